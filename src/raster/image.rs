//! Pictures on the canvas: scaled once to whole pixels, or through a pattern where they are turned.

use super::surface::{Clip, Source, Surface};
use crate::geometry::{PixelRect, Rect, Transform};
use crate::picture::Picture;

/// Draws premultiplied pixels scaled already, at a whole position, repeated over an area where a tile is asked for.
pub fn draw_pixels(surface: &mut Surface<'_>, clip: &Clip, picture: &Picture, area: PixelRect, tiled: bool) {
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    if width == 0 || height == 0 {
        return;
    }
    let seen = area.intersection(&clip.bounds);
    if seen.is_empty() {
        return;
    }
    let mut draw = |left: i32, top: i32| {
        let bounds = PixelRect::new(left, top, left + width, top + height);
        let source = Source::Pixels { bounds, pixels: picture.pixels(), opacity: 255 };
        surface.composite(bounds.intersection(&area), None, clip, &source);
    };
    if !tiled {
        return draw(area.left, area.top);
    }
    let (first_x, first_y) = ((seen.left - area.left) / width, (seen.top - area.top) / height);
    let mut top = area.top + first_y * height;
    while top < seen.bottom {
        let mut left = area.left + first_x * width;
        while left < seen.right {
            draw(left, top);
            left += width;
        }
        top += height;
    }
}

/// No picture is scaled to more px a side ([`Picture::scaled_crop`]'s own limit).
const SCALED_MAX: i32 = 4_096;

/// What of a picture is scaled, and to where: all of it, or the part that the canvas shows where all of it would be vast.
/// The clip has no say, so that a repaint of a part comes out as the whole did.
pub fn seen_part(source: Rect, area: PixelRect, canvas: &PixelRect) -> (Rect, PixelRect) {
    if area.width().max(area.height()) <= SCALED_MAX {
        return (source, area);
    }
    let seen = area.intersection(canvas);
    if seen.is_empty() {
        return (source, seen);
    }
    let (across, down) = (source.width / area.width() as f32, source.height / area.height() as f32);
    let left = source.x + (seen.left - area.left) as f32 * across;
    let top = source.y + (seen.top - area.top) as f32 * down;
    (Rect::new(left, top, seen.width() as f32 * across, seen.height() as f32 * down), seen)
}

/// A picture under any transform: its pixels through a bilinear pattern, into pixels over `area`.
pub fn transformed(picture: &Picture, destination: &Rect, transform: &Transform, area: PixelRect) -> Option<Vec<u8>> {
    let mut pixmap = tiny_skia::Pixmap::new(area.width() as u32, area.height() as u32)?;
    let source = tiny_skia::PixmapRef::from_bytes(picture.pixels(), picture.width(), picture.height())?;
    let (scale_x, scale_y) = (destination.width / picture.width() as f32, destination.height / picture.height() as f32);
    let placed = Transform::translate(-area.left as f32, -area.top as f32)
        .then(transform)
        .then(&Transform::translate(destination.x, destination.y))
        .then(&Transform::scale(scale_x, scale_y));
    let pattern = tiny_skia::Pattern::new(
        source,
        tiny_skia::SpreadMode::Pad,
        tiny_skia::FilterQuality::Bilinear,
        1.0,
        tiny_skia::Transform::identity(),
    );
    let paint = tiny_skia::Paint { shader: pattern, anti_alias: true, ..Default::default() };
    let rect = tiny_skia::Rect::from_xywh(0.0, 0.0, picture.width() as f32, picture.height() as f32)?;
    let path = tiny_skia::PathBuilder::from_rect(rect);
    pixmap.fill_path(&path, &paint, tiny_skia::FillRule::Winding, skia(&placed), None);
    Some(pixmap.take())
}

/// The same transform in tiny-skia's terms.
pub fn skia(transform: &Transform) -> tiny_skia::Transform {
    tiny_skia::Transform::from_row(transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vast_picture_is_cut_to_what_is_seen() {
        let source = Rect::new(0.0, 0.0, 100.0, 50.0);
        let canvas = PixelRect::new(0, 0, 200, 100);
        let small = PixelRect::new(-50, 0, 400, 100);
        assert_eq!(seen_part(source, small, &canvas), (source, small));
        let (part, area) = seen_part(source, PixelRect::new(-5_000, 0, 5_000, 1_000), &canvas);
        assert_eq!((part, area), (Rect::new(50.0, 0.0, 2.0, 5.0), canvas));
        assert!(seen_part(source, PixelRect::new(300, 0, 9_000, 10), &canvas).1.is_empty());
    }
}
