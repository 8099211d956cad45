//! Pictures and tiles of them under the current transform.

use super::blend;
use super::fills::{Brush, is_whole};
use super::image::{self, Sampling};
use super::painter::Painter;
use super::surface::Source;
use crate::display::operations::{Composite, Pattern};
use crate::geometry::{PixelRect, Rect, RoundedRect, Transform};
use crate::picture::Picture;

/// Most tiles that are drawn one by one where they are turned; more are drawn as one pattern.
const TILES_MAX: f32 = 4_096.0;

/// No picture is scaled to more px a side, a tile neither.
const TILE_MAX: f32 = 4_096.0;

/// Rows of a vast picture that are scaled at once.
const BAND_ROWS: usize = 128;

/// True where there is something to draw; the host's own pictures are the host's to draw.
pub fn is_drawn(picture: &Picture, source: &Rect, destination: &Rect) -> bool {
    let numbers = [source, destination].into_iter().flat_map(|rect| [rect.x, rect.y, rect.width, rect.height]);
    let finite = numbers.into_iter().all(f32::is_finite);
    finite
        && !picture.is_of_host()
        && picture.width() > 0
        && picture.height() > 0
        && !source.is_empty()
        && !destination.is_empty()
}

/// The part of a picture that there is, and where it goes: what a source has beyond the picture's edges draws nothing.
pub fn within(picture: &Picture, source: Rect, destination: Rect) -> (Rect, Rect) {
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    if whole.covers(&source) {
        return (source, destination);
    }
    let part = source.intersection(&whole);
    let (across, down) = (destination.width / source.width, destination.height / source.height);
    let (x, y) = (destination.x + (part.x - source.x) * across, destination.y + (part.y - source.y) * down);
    (part, Rect::new(x, y, part.width * across, part.height * down))
}

/// To how many px a tile is scaled where nothing is turned.
pub fn tile_size((width, height): (f32, f32)) -> (u32, u32) {
    (width.round().max(1.0) as u32, height.round().max(1.0) as u32)
}

/// Pixels of the boxes around so many tiles where they are turned: around narrow ones, far more than of the tiles.
pub fn tile_pixels(transform: &Transform, (width, height): (f32, f32), count: f32) -> f32 {
    let around = transform.bounds(&Rect::new(0.0, 0.0, width, height));
    (around.width + 2.0) * (around.height + 2.0) * count
}

/// The most of them that are drawn tile by tile.
pub fn most_tile_pixels(canvas: &PixelRect) -> f32 {
    canvas.width() as f32 * canvas.height() as f32 * 4.0
}

/// To how many px a picture is scaled that a transform places.
pub fn grown_size((width, height): (f32, f32), transform: &Transform) -> (u32, u32) {
    let growth = transform.mean_scale().clamp(0.01, 16.0);
    let pixels = |extent: f32| ((extent * growth).round().clamp(1.0, TILE_MAX)) as u32;
    (pixels(width), pixels(height))
}

impl Painter<'_> {
    /// A part of a picture scaled into a rectangle. Where nothing is turned, its edges go to the nearest whole pixels.
    pub(super) fn picture(&mut self, picture: &Picture, source: &Rect, destination: &Rect) {
        match self.state.transform.whole_move() {
            Some((x, y)) => {
                let area = PixelRect::around(&destination.translated(x, y).snapped());
                let (source, area) = image::seen_part(*source, area, &self.canvas);
                let (width, height) = (area.width() as u32, area.height() as u32);
                self.scaled_picture(picture, source, (width, height), area, false);
            }
            None => self.turned_picture(picture, source, destination),
        }
    }

    /// A part of a picture repeated over a rectangle from its top left corner, so large a tile.
    pub(super) fn tiles(&mut self, picture: &Picture, source: &Rect, destination: &Rect, (width, height): (f32, f32)) {
        match self.state.transform.whole_move() {
            Some((x, y)) => {
                let area = PixelRect::around(&destination.translated(x, y).snapped());
                let tile = tile_size((width, height));
                self.scaled_picture(picture, *source, tile, area, true);
            }
            None => self.turned_tiles(picture, source, destination, (width, height)),
        }
    }

    fn scaled_picture(&mut self, picture: &Picture, source: Rect, size: (u32, u32), area: PixelRect, tiled: bool) {
        let mix = self.mix();
        let reaches = mix.composite.reaches_beyond_source();
        if area.intersection(&self.state.clip.bounds).is_empty() && !reaches {
            return;
        }
        if !tiled && !reaches && !picture.is_as_it_is(source, size) && !self.scaled.keeps(size.0, size.1) {
            return self.vast_picture(picture, source, size, area);
        }
        let scaled = self.scaled.get(picture, source, size.0, size.1);
        let surface = self.surfaces.top();
        image::draw_pixels(surface, &self.state.clip, &scaled, area, tiled, mix);
    }

    /// A picture that is too large to be kept at the size at which it is drawn: band by band, what is seen of it.
    fn vast_picture(&mut self, picture: &Picture, source: Rect, size: (u32, u32), area: PixelRect) {
        let mix = self.mix();
        let drawn = PixelRect { right: area.left + size.0 as i32, bottom: area.top + size.1 as i32, ..area };
        let seen = area.intersection(&drawn).intersection(&self.state.clip.bounds);
        let surface = self.surfaces.top();
        let from = |edge: i32, start: i32| (edge - start).max(0) as u32;
        let columns = (from(seen.left, area.left), from(seen.right, area.left));
        for top in (seen.top..seen.bottom).step_by(BAND_ROWS) {
            let bottom = seen.bottom.min(top + BAND_ROWS as i32);
            let rows = (from(top, area.top), from(bottom, area.top));
            let band = picture.scaled_piece(source, size, columns, rows);
            let place = PixelRect::new(seen.left, top, seen.right, bottom);
            image::draw_pixels(surface, &self.state.clip, &band, place, false, mix);
        }
    }

    /// A part of a picture as large as the transform makes it: the scale is taken from the source at once, so that a small
    /// picture is not aliased.
    fn grown(&mut self, picture: &Picture, source: &Rect, size: (f32, f32), transform: &Transform) -> Picture {
        let (width, height) = grown_size(size, transform);
        self.scaled.get(picture, *source, width, height)
    }

    /// A part of a picture into a rectangle under any transform.
    pub(super) fn turned_picture(&mut self, picture: &Picture, source: &Rect, destination: &Rect) {
        let transform = self.state.transform;
        let scaled = self.grown(picture, source, (destination.width, destination.height), &transform);
        self.place(&scaled, destination);
    }

    fn turned_tiles(&mut self, picture: &Picture, source: &Rect, destination: &Rect, (width, height): (f32, f32)) {
        let transform = self.state.transform;
        let scaled = self.grown(picture, source, (width, height), &transform);
        let (step_x, step_y) = (width.max(1.0), height.max(1.0));
        // Only the tiles that can be seen.
        let Some(inverse) = transform.inverse() else { return };
        let seen = inverse.bounds(&self.state.clip.bounds.outset(2).to_rect()).outset(1.0).intersection(destination);
        let first = |seen: f32, from: f32, step: f32| ((seen - from) / step).floor().max(0.0);
        let count = |extent: f32, step: f32| (extent / step).ceil() + 1.0;
        let (columns, rows) = (count(seen.width, step_x), count(seen.height, step_y));
        if columns * rows > TILES_MAX
            || tile_pixels(&transform, (width, height), columns * rows) > most_tile_pixels(&self.canvas)
        {
            return self.pattern(picture, source, &Rect::new(destination.x, destination.y, width, height), destination);
        }
        let (left, top) = (first(seen.x, destination.x, step_x), first(seen.y, destination.y, step_y));
        for row in 0..rows as u32 {
            for column in 0..columns as u32 {
                let x = destination.x + (left + column as f32) * step_x;
                let y = destination.y + (top + row as f32) * step_y;
                if x < destination.right() && y < destination.bottom() {
                    self.place(&scaled, &Rect::new(x, y, width, height));
                }
            }
        }
    }

    /// Tiles as one picture.
    fn pattern(&mut self, picture: &Picture, source: &Rect, tile: &Rect, destination: &Rect) {
        let transform = self.state.transform;
        let scaled = self.grown(picture, source, (tile.width, tile.height), &transform);
        let area = PixelRect::around(&transform.bounds(destination)).outset(1).intersection(&self.canvas);
        if area.is_empty() {
            return;
        }
        if let Some(pixels) = image::repeated(&scaled, tile, (true, true), Sampling::Smooth, &transform, area) {
            let pieces = self.pieces(super::fills::Outline::Box(&RoundedRect::plain(*destination)));
            self.fill_pieces(&pieces, &Source::Pixels { bounds: area, pixels: &pixels });
        }
    }

    /// All of a picture into a rectangle.
    fn place(&mut self, picture: &Picture, place: &Rect) {
        let transform = self.state.transform;
        let area = PixelRect::around(&transform.bounds(place)).outset(1).intersection(&self.canvas);
        let reaches = self.state.composite.reaches_beyond_source();
        if area.is_empty() || (area.intersection(&self.state.clip.bounds).is_empty() && !reaches) {
            return;
        }
        if let Some(pixels) = image::transformed(picture, place, &transform, area) {
            self.composite(area, None, &Source::Pixels { bounds: area, pixels: &pixels });
        }
    }

    /// A part of a picture into a rectangle under any transform, each pixel as it is.
    pub(super) fn pixelated(&mut self, picture: &Picture, source: &Rect, destination: &Rect) {
        let transform = self.state.transform;
        let area = PixelRect::around(&transform.bounds(destination)).outset(1).intersection(&self.canvas);
        if area.is_empty() {
            return;
        }
        if let Some(pixels) = image::nearest(picture, source, destination, &transform, area) {
            self.composite(area, None, &Source::Pixels { bounds: area, pixels: &pixels });
        }
    }

    /// A pattern over an area; `None` where it draws nothing.
    pub(super) fn pattern_brush(&mut self, pattern: &Pattern, area: PixelRect) -> Option<Brush> {
        if area.is_empty() || !is_drawn(&pattern.picture, &pattern.source, &pattern.tile) {
            return None;
        }
        let transform = self.state.transform.then(&pattern.transform);
        if !transform.is_finite() {
            return None;
        }
        let repeats = (pattern.repeat_x, pattern.repeat_y);
        let pixels = if pattern.smooth {
            let scaled = self.grown(&pattern.picture, &pattern.source, (pattern.tile.width, pattern.tile.height), &transform);
            image::repeated(&scaled, &pattern.tile, repeats, Sampling::Smooth, &transform, area)
        } else {
            let size = |extent: f32| extent.round().clamp(1.0, TILE_MAX) as u32;
            let (width, height) = (size(pattern.source.width), size(pattern.source.height));
            let part = self.scaled.get(&pattern.picture, pattern.source, width, height);
            image::repeated(&part, &pattern.tile, repeats, Sampling::Nearest, &transform, area)
        };
        pixels.map(|pixels| Brush::Pixels(area, pixels))
    }

    /// True for a pattern that is a board's tiles, from a rectangle's corner on.
    pub(super) fn is_tiled(&self, pattern: &Pattern, shape: &RoundedRect) -> bool {
        let (tile, rect) = (pattern.tile, shape.rect);
        let at_corner = tile.x == rect.x && tile.y == rect.y && shape.is_plain();
        let plain = pattern.repeat_x && pattern.repeat_y && pattern.smooth && pattern.transform == Transform::IDENTITY;
        let on_pixels = self.state.transform.whole_move().is_none() || {
            let whole = |extent: f32| extent.fract() == 0.0;
            is_whole(shape) && whole(tile.width) && whole(tile.height)
        };
        let kept = tile.width.max(tile.height) <= TILE_MAX;
        at_corner && plain && on_pixels && kept && self.state.composite == Composite::SourceOver
    }

    /// Replaces pixels.
    pub(super) fn put_pixels(&mut self, picture: &Picture, source: &PixelRect, (x, y): (i32, i32)) {
        let whole = PixelRect::new(0, 0, picture.width() as i32, picture.height() as i32);
        let source = source.intersection(&whole);
        let area = self.area;
        let surface = self.surfaces.top();
        let target = |edge: i32, by: i32| edge.saturating_add(by);
        let placed =
            PixelRect::new(target(source.left, x), target(source.top, y), target(source.right, x), target(source.bottom, y));
        let placed = placed.intersection(&surface.bounds).intersection(&area);
        if source.is_empty() || placed.is_empty() {
            return;
        }
        for row in placed.top..placed.bottom {
            let start = (row - y) as usize * picture.width() as usize + (placed.left - x) as usize;
            let length = placed.width() as usize * 4;
            if let Some(pixels) = picture.pixels().get(start * 4..start * 4 + length) {
                surface.row_mut(row, placed.left, placed.right).copy_from_slice(pixels);
            }
        }
    }
}

/// Two opacities, one over the other.
pub fn both(a: u8, b: u8) -> u8 {
    blend::divide_255(u32::from(a) * u32::from(b)) as u8
}
