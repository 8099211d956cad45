//! The edges of a scroll view beyond which there is more: what is there fades into the ground.

use super::builder::Builder;
use super::list::{Command, Gradient, GradientKind, Paint, Shape};
use super::walk::{DeviceBox, Pinned};
use crate::geometry::{Point, Rect, RoundedRect};
use crate::scene::NodeId;
use crate::style::Style;

/// Paints the fades of a scroll view (`edgeFade`) over its content. Towards its end a fade is only as high as what is still
/// to come, so that the last row stands clear of it. What is pinned in it has an edge of its own, under which the rest goes.
pub fn paint(builder: &mut Builder<'_>, (id, style): (NodeId, &Style), device: &DeviceBox, pinned: &[Pinned]) {
    let (fade, dpr) = (style.paint.edge_fade, builder.view.dpr);
    let Some(place) = builder.layout.boxes.get(id).filter(|_| fade > 0.0) else { return };
    let offset = builder.view.scroll.get(&id).map_or(0.0, |offset| offset.y);
    let port = device.padding().rect;
    let color = style.paint.edge_fade_color.unwrap_or(style.text.inherited.color);
    // From where it is solid, upwards or downwards.
    let mut edge = |(x, solid, width): (f32, f32, f32), beyond: f32, down: bool| {
        let height = (fade.min(beyond).min(port.height / dpr / 2.0) * dpr).round();
        if height < 1.0 {
            return;
        }
        let clear = if down { solid + height } else { solid - height };
        let kind = GradientKind::Linear { start: Point::new(x, clear), end: Point::new(x, solid) };
        let stops = builder.fades.stops(color);
        let shape = Shape::Rect(RoundedRect::plain(Rect::new(x, solid.min(clear), width, height)));
        builder.push(Command::Fill { shape, paint: Paint::Gradient(Gradient { kind, stops, repeating: false }) });
    };
    edge((port.x, port.y, port.width), offset, true);
    edge((port.x, port.bottom(), port.width), place.scroll.height - offset, false);
    for Pinned { area, down } in pinned {
        let is_at_top = *down > 0.0;
        edge((area.x, if is_at_top { area.bottom() } else { area.y }, area.width), down.abs() / dpr, is_at_top);
    }
}
