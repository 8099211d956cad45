//! Pictures on the canvas: scaled once to whole pixels, or through a pattern where they are turned.

use std::borrow::Cow;

use super::clip::Clip;
use super::composite::Mix;
use super::paths::{self, skia};
use super::surface::{Source, Surface};
use crate::display::operations::Path;
use crate::geometry::{PixelRect, Rect, RoundedRect, Transform};
use crate::picture::Picture;

/// Draws premultiplied pixels scaled already, at a whole position, repeated over an area where a tile is asked for.
pub fn draw_pixels(surface: &mut Surface<'_>, clip: &Clip, picture: &Picture, area: PixelRect, tiled: bool, mix: Mix) {
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    if width == 0 || height == 0 {
        return;
    }
    let seen = area.intersection(&clip.bounds);
    if seen.is_empty() {
        return;
    }
    if !tiled {
        let bounds = PixelRect::new(area.left, area.top, area.left + width, area.top + height);
        let source = Source::Pixels { bounds, pixels: picture.pixels() };
        return surface.composite(bounds.intersection(&area), None, clip, &source, mix);
    }
    let block = block(picture, &seen);
    let (width, height) = (block.width, block.height);
    let mut draw = |left: i32, top: i32| {
        let bounds = PixelRect::new(left, top, left + width, top + height);
        let source = Source::Pixels { bounds, pixels: &block.pixels };
        surface.composite(bounds.intersection(&area), None, clip, &source, mix);
    };
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

/// Tiles side by side, so many that drawing them costs no more than their pixels do.
struct Block<'a> {
    width: i32,
    height: i32,
    pixels: Cow<'a, [u8]>,
}

/// A block has at least so many px a side, where so many are seen.
const BLOCK_LEAST: i32 = 256;

fn block<'a>(tile: &'a Picture, seen: &PixelRect) -> Block<'a> {
    let (width, height) = (tile.width() as i32, tile.height() as i32);
    let times = |side: i32, seen: i32| (BLOCK_LEAST.min(seen) + side - 1) / side;
    let (across, down) = (times(width, seen.width()).max(1), times(height, seen.height()).max(1));
    if (across, down) == (1, 1) {
        return Block { width, height, pixels: Cow::Borrowed(tile.pixels()) };
    }
    let rows = tile.pixels().chunks_exact(width as usize * 4).map(|row| row.repeat(across as usize));
    let pixels = rows.collect::<Vec<_>>().concat().repeat(down as usize);
    Block { width: width * across, height: height * down, pixels: Cow::Owned(pixels) }
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

/// How far from the line between two pixels a place is still on it, px of the picture.
const BETWEEN: f32 = 1.0 / 4_096.0;

/// How a picture is sampled under a transform.
#[derive(Clone, Copy)]
pub enum Sampling {
    /// Between pixels.
    Smooth,
    /// The nearest pixel.
    Nearest,
}

/// A picture under any transform: its pixels through a bilinear pattern, into pixels over `area`.
pub fn transformed(picture: &Picture, destination: &Rect, transform: &Transform, area: PixelRect) -> Option<Vec<u8>> {
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    let placed = onto(transform, &whole, destination, &area);
    shaded(picture, &whole, tiny_skia::SpreadMode::Pad, Sampling::Smooth, &placed, area)
}

/// A part of a picture, each pixel as it is, onto a rectangle under any transform, into pixels over `area`.
pub fn nearest(
    picture: &Picture,
    source: &Rect,
    destination: &Rect,
    transform: &Transform,
    area: PixelRect,
) -> Option<Vec<u8>> {
    let placed = onto(transform, source, destination, &area);
    shaded(picture, source, tiny_skia::SpreadMode::Pad, Sampling::Nearest, &placed, area)
}

/// A picture repeated to both sides, or up and down, or both, from its first tile on, into pixels over `area`.
pub fn repeated(
    picture: &Picture,
    tile: &Rect,
    (repeat_x, repeat_y): (bool, bool),
    sampling: Sampling,
    transform: &Transform,
    area: PixelRect,
) -> Option<Vec<u8>> {
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    let placed = onto(transform, &whole, tile, &area);
    // Where it is not repeated, there is nothing beyond the first tile.
    let seen = placed.inverse()?.bounds(&PixelRect::new(-2, -2, area.width() + 2, area.height() + 2).to_rect());
    let (left, right) = if repeat_x { (seen.x, seen.right()) } else { (0.0, whole.width) };
    let (top, bottom) = if repeat_y { (seen.y, seen.bottom()) } else { (0.0, whole.height) };
    let filled = Rect::from_edges(left, top, right, bottom);
    shaded(picture, &filled, tiny_skia::SpreadMode::Repeat, sampling, &placed, area)
}

/// What brings a rectangle onto another one under a transform, from the corner of an area on.
fn onto(transform: &Transform, from: &Rect, to: &Rect, area: &PixelRect) -> Transform {
    let (scale_x, scale_y) = (to.width / from.width, to.height / from.height);
    Transform::translate(-area.left as f32, -area.top as f32)
        .then(transform)
        .then(&Transform::translate(to.x, to.y))
        .then(&Transform::scale(scale_x, scale_y))
        .then(&Transform::translate(-from.x, -from.y))
}

/// Fills a rectangle of picture px with the picture, under a transform that leads to pixels of the area.
fn shaded(
    picture: &Picture,
    filled: &Rect,
    spread: tiny_skia::SpreadMode,
    sampling: Sampling,
    transform: &Transform,
    area: PixelRect,
) -> Option<Vec<u8>> {
    let mut pixmap = tiny_skia::Pixmap::new(area.width() as u32, area.height() as u32)?;
    let source = tiny_skia::PixmapRef::from_bytes(picture.pixels(), picture.width(), picture.height())?;
    let quality = match sampling {
        Sampling::Smooth => tiny_skia::FilterQuality::Bilinear,
        Sampling::Nearest => tiny_skia::FilterQuality::Nearest,
    };
    // What lies between two pixels is the first's, as browsers have it.
    let aside = match sampling {
        Sampling::Smooth => 0.0,
        Sampling::Nearest => BETWEEN,
    };
    let pattern = tiny_skia::Pattern::new(source, spread, quality, 1.0, tiny_skia::Transform::from_translate(aside, aside));
    let mut paint = tiny_skia::Paint { shader: pattern, anti_alias: true, ..Default::default() };
    let outline = Path::of_box(RoundedRect::plain(*filled));
    let outline = paths::outline(&outline, transform)?;
    // The path is in its place already; the pattern comes there by itself.
    paint.shader.transform(skia(transform));
    pixmap.fill_path(&outline, &paint, tiny_skia::FillRule::Winding, tiny_skia::Transform::identity(), None);
    Some(pixmap.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_side_by_side_are_the_same_tiles() {
        let pixels: Vec<u8> = (0..3 * 2).flat_map(|index: u8| [index * 9, index, 0, 255]).collect();
        let tile = Picture::from_premultiplied(3, 2, pixels).unwrap();
        let drawn = |seen: PixelRect, area: PixelRect| {
            let mut canvas = vec![0; 40 * 30 * 4];
            let bounds = PixelRect::new(0, 0, 40, 30);
            let mut surface = Surface { bounds, pixels: super::super::surface::Pixels::Borrowed(&mut canvas) };
            let mix = Mix { opacity: 255, composite: crate::display::operations::Composite::SourceOver };
            draw_pixels(&mut surface, &Clip::of(seen), &tile, area, true, mix);
            canvas
        };
        let area = PixelRect::new(-5, 3, 38, 29);
        let seen = PixelRect::new(4, 5, 40, 27);
        let canvas = drawn(seen, area);
        for (index, pixel) in canvas.as_chunks::<4>().0.iter().enumerate() {
            let (x, y) = (index as i32 % 40, index as i32 / 40);
            let inside = x >= seen.left && x < area.right && y >= seen.top && y < seen.bottom;
            let of_tile = ((y - area.top).rem_euclid(2) * 3 + (x - area.left).rem_euclid(3)) as u8;
            assert_eq!(*pixel, if inside { [of_tile * 9, of_tile, 0, 255] } else { [0; 4] }, "{x}, {y}");
        }
    }

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
