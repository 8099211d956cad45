//! The edges of a scroll view beyond which there is more: what is there fades into the ground.

use super::builder::Builder;
use super::list::{Command, Gradient, GradientKind, Paint, Shape};
use super::walk::DeviceBox;
use crate::geometry::{Point, Rect, RoundedRect};
use crate::scene::NodeId;
use crate::style::Style;

/// Paints the fades of a scroll view (`edgeFade`) over its content. Towards its end a fade is only as high as what is still
/// to come, so that the last row stands clear of it.
pub fn paint(builder: &mut Builder<'_>, id: NodeId, style: &Style, device: &DeviceBox) {
    let (fade, dpr) = (style.paint.edge_fade, builder.view.dpr);
    let Some(place) = builder.layout.boxes.get(id).filter(|_| fade > 0.0) else { return };
    let offset = builder.view.scroll.get(&id).map_or(0.0, |offset| offset.y);
    let port = device.padding().rect;
    let color = style.paint.edge_fade_color.unwrap_or(style.text.inherited.color);
    let mut edge = |beyond: f32, at_top: bool| {
        let height = (fade.min(beyond).min(port.height / dpr / 2.0) * dpr).round();
        if height < 1.0 {
            return;
        }
        let top = if at_top { port.y } else { port.bottom() - height };
        let (solid, clear) = if at_top { (top, top + height) } else { (top + height, top) };
        let kind = GradientKind::Linear { start: Point::new(port.x, clear), end: Point::new(port.x, solid) };
        let stops = [(0.0, color.faded(0.0)), (1.0, color)].into();
        let shape = Shape::Rect(RoundedRect::plain(Rect::new(port.x, top, port.width, height)));
        builder.push(Command::Fill { shape, paint: Paint::Gradient(Gradient { kind, stops, repeating: false }) });
    };
    edge(offset, true);
    edge(place.scroll.height - offset, false);
}
