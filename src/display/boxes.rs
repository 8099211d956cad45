//! A box's own paint: shadows, background, border; and the bars of a scroll view.

use super::builder::Builder;
use super::list::{Command, Paint, Shape};
use super::walk::DeviceBox;
use super::{gradients, images};
use crate::color::Color;
use crate::geometry::{Corners, Edges, Point, Rect, RoundedRect, Size};
use crate::scene::NodeId;
use crate::style::Style;
use crate::style::{Background, Shadow};

/// Paints shadows, background and border of a box, from back to front.
pub fn paint(builder: &mut Builder<'_>, style: &Style, device: &DeviceBox) {
    let border = device.border;
    if border.rect.is_empty() {
        return;
    }
    let paint = &style.paint;
    let text_color = style.text.inherited.color;
    for shadow in paint.box_shadows.iter().rev().filter(|shadow| !shadow.inset) {
        outer_shadow(builder, shadow, &border, text_color);
    }
    if !paint.background_color.is_transparent() {
        builder.push(Command::Fill { shape: Shape::Rect(border), paint: Paint::Solid(paint.background_color) });
    }
    match &paint.background_image {
        // A picture or gradient is placed in the padding box (CSS Backgrounds 3, §2.6); a gradient goes on under the border.
        Some(Background::Url(src)) => images::paint_background(builder, src, style, &device.padding()),
        Some(gradient) => {
            let area = device.padding();
            let placed = images::background_place(style, &area.rect, None, builder.view.dpr);
            let paint = gradients::on_box(gradient, &placed, builder.view.dpr).map(Paint::Gradient);
            if let (Some(paint), true) = (&paint, placed == area.rect) {
                builder.push(Command::Fill { shape: Shape::Rect(border), paint: paint.clone() });
            } else if let Some(paint) = paint {
                builder.push(Command::PushClip(border));
                builder.push(Command::Fill { shape: Shape::Rect(RoundedRect::plain(placed)), paint });
                builder.push(Command::PopClip);
            }
        }
        None => {}
    }
    for shadow in paint.box_shadows.iter().rev().filter(|shadow| shadow.inset) {
        inset_shadow(builder, shadow, &device.padding(), text_color);
    }
    paint_border(builder, style, device);
}

fn outer_shadow(builder: &mut Builder<'_>, shadow: &Shadow, border: &RoundedRect, text_color: Color) {
    let color = shadow.color.unwrap_or(text_color);
    let dpr = builder.view.dpr;
    if color.is_transparent() {
        return;
    }
    let spread = shadow.spread * dpr;
    let cast = border.rect.outset(spread).translated(shadow.x * dpr, shadow.y * dpr).snapped();
    if cast.is_empty() {
        return;
    }
    let radii = border.radii.map(|radius| grown(radius, spread));
    builder.push(Command::Shadow {
        shape: RoundedRect { rect: cast, radii },
        deviation: shadow.blur * dpr / 2.0,
        color,
        cut: *border,
        inset: false,
    });
}

fn inset_shadow(builder: &mut Builder<'_>, shadow: &Shadow, padding: &RoundedRect, text_color: Color) {
    let color = shadow.color.unwrap_or(text_color);
    let dpr = builder.view.dpr;
    if color.is_transparent() || padding.rect.is_empty() {
        return;
    }
    let spread = shadow.spread * dpr;
    let lit = padding.rect.inset(Edges::all(spread)).translated(shadow.x * dpr, shadow.y * dpr).snapped();
    builder.push(Command::Shadow {
        shape: RoundedRect { rect: lit, radii: padding.radii.map(|radius| grown(radius, -spread)) },
        deviation: shadow.blur * dpr / 2.0,
        color,
        cut: *padding,
        inset: true,
    });
}

/// A corner grown by a spread; a sharp corner stays sharp (CSS Backgrounds 3, §7.1.1).
fn grown(radius: Size, by: f32) -> Size {
    if radius.width <= 0.0 || radius.height <= 0.0 {
        return Size::default();
    }
    Size::new((radius.width + by).max(0.0), (radius.height + by).max(0.0))
}

fn paint_border(builder: &mut Builder<'_>, style: &Style, device: &DeviceBox) {
    let widths = device.widths;
    let given = style.paint.border_color.map(|color| color.unwrap_or(style.text.inherited.color));
    let sides =
        [(widths.left, given.left), (widths.top, given.top), (widths.right, given.right), (widths.bottom, given.bottom)];
    let mut painted = sides.iter().filter(|(width, _)| *width > 0.0).map(|(_, color)| *color);
    let Some(first) = painted.next() else { return };
    let (outer, inner) = (device.border, device.padding());
    if painted.all(|color| color == first) {
        builder.push(Command::Fill { shape: Shape::Ring { outer, inner }, paint: Paint::Solid(first) });
        return;
    }
    // Each side is what lies between the outer and the inner corners; the lines between them go on to the middle.
    let (o, i) = (outer.rect, inner.rect);
    let corners = |rect: &Rect| {
        [
            Point::new(rect.x, rect.y),
            Point::new(rect.right(), rect.y),
            Point::new(rect.right(), rect.bottom()),
            Point::new(rect.x, rect.bottom()),
        ]
    };
    let (far, near) = (corners(&o), corners(&i));
    for (index, (width, color)) in [1, 2, 3, 0].into_iter().map(|side: usize| sides[side]).enumerate() {
        if width > 0.0 && !color.is_transparent() {
            let next = (index + 1) % 4;
            let side = [far[index], far[next], deeper(far[next], near[next], &o), deeper(far[index], near[index], &o)];
            builder.push(Command::Fill { shape: Shape::RingSide { outer, inner, side }, paint: Paint::Solid(color) });
        }
    }
}

/// The line from an outer through an inner corner, on to where a round inner corner's arc is surely inside.
fn deeper(far: Point, near: Point, rect: &Rect) -> Point {
    let (dx, dy) = (near.x - far.x, near.y - far.y);
    let longest = dx.abs().max(dy.abs());
    if longest <= 0.0 {
        return near;
    }
    let factor = (rect.width.min(rect.height) / 2.0 / longest).max(1.0);
    Point::new(far.x + dx * factor, far.y + dy * factor)
}

/// Paints the bars of a scroll view, as visible as the view says.
pub fn paint_bars(builder: &mut Builder<'_>, id: NodeId, device: &DeviceBox) {
    let visible = builder.view.bars.get(&id).copied().unwrap_or(0.0);
    let Some(place) = builder.layout.boxes.get(id) else { return };
    if visible <= 0.0 {
        return;
    }
    let dpr = builder.view.dpr;
    let offset = builder.view.scroll.get(&id).copied().unwrap_or_default();
    let track = device.padding().rect.inset(Edges::all(2.0 * dpr));
    let thickness = (3.0 * dpr).round().max(2.0);
    let mut bar = |vertical: bool, extent: f32, length: f32, offset: f32| {
        if extent <= 0.0 || length <= 0.0 {
            return;
        }
        let track_length = length;
        let shown = length / (length + extent * dpr);
        // Beyond the ends the bar gets shorter, as the content is pulled away.
        let beyond = (-offset).max(offset - extent).max(0.0) * dpr;
        let size = (track_length * shown - beyond).max(thickness * 4.0).min(track_length);
        let start = (track_length - size) * (offset / extent).clamp(0.0, 1.0);
        let rect = if vertical {
            Rect::new(track.right() - thickness, track.y + start, thickness, size)
        } else {
            Rect::new(track.x + start, track.bottom() - thickness, size, thickness)
        };
        let shape = RoundedRect::new(rect.snapped(), Corners::all(thickness / 2.0));
        let color = Color::rgba(128, 132, 150, 255).faded(0.6 * visible);
        builder.commands.push(Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(color) });
    };
    bar(true, place.scroll.height, track.height, offset.y);
    bar(false, place.scroll.width, track.width, offset.x);
}
