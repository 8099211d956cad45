//! What limits painting: boxes, and what is cut out of them.

use std::sync::Arc;

use super::blend;
use super::coverage::{Mask, Piece};
use crate::geometry::{PixelRect, RoundedRect};

/// What limits painting: a rectangle, and masks inside of it.
#[derive(Clone, Default)]
pub struct Clip {
    pub bounds: PixelRect,
    pub mask: Option<Arc<ClipMask>>,
    /// The last of the clips where it is no box: what is drawn is cut by it first. So a side of a border or a shadow around
    /// its box is cut as it is in a draw list, to the last bit.
    pub inner: Option<Inner>,
}

/// A clip that is no box.
#[derive(Clone)]
pub enum Inner {
    /// What it covers is kept.
    Inside(Arc<Mask>),
    /// What it covers is left out.
    Outside(Arc<Mask>),
}

impl Clip {
    /// A rectangle of whole pixels.
    pub fn of(bounds: PixelRect) -> Self {
        Self { bounds, mask: None, inner: None }
    }

    /// The same, with all of its masks as one.
    pub fn joined(mut self) -> Self {
        match self.inner.take() {
            Some(Inner::Inside(inner)) => self.also(ClipMask::of(Arc::unwrap_or_clone(inner))),
            Some(Inner::Outside(cut)) => self.also(ClipMask::of(Mask::full(self.bounds).without(&cut))),
            None => {}
        }
        self
    }

    /// Keeps what another mask covers too.
    pub fn also(&mut self, mask: ClipMask) {
        self.bounds = self.bounds.intersection(&mask.bounds);
        // Where one of them is full, the other one is both.
        let outer = self.mask.take().filter(|outer| outer.cuts(&mask.bounds));
        self.mask = Some(Arc::new(match outer {
            Some(outer) => outer.intersection(&mask),
            None => mask,
        }));
    }

    /// The pixels that it may leave.
    pub fn area(&self) -> PixelRect {
        let area = self.mask.as_ref().map_or(self.bounds, |mask| self.bounds.intersection(&mask.bounds));
        match &self.inner {
            Some(Inner::Inside(inner)) => area.intersection(&inner.bounds),
            Some(Inner::Outside(_)) | None => area,
        }
    }
}

/// Coverage of the pixels of a rectangle, of which rows in the middle are full and not held: nearly all of a rounded box's are.
pub struct ClipMask {
    pub bounds: PixelRect,
    /// The rows that are full: from the first until the second.
    full: (i32, i32),
    /// A byte a pixel of the rows above these, then of those below.
    coverage: Vec<u8>,
}

impl ClipMask {
    /// What a mask covers.
    pub fn of(mask: Mask) -> Self {
        Self { bounds: mask.bounds, full: (mask.bounds.top, mask.bounds.top), coverage: mask.coverage }
    }

    /// What a rounded box covers within an area; `pieces` gives its coverage there.
    pub fn of_box(
        shape: &RoundedRect,
        bounds: &PixelRect,
        pieces: impl FnOnce(&RoundedRect, &PixelRect) -> Vec<Piece>,
    ) -> Self {
        let area = PixelRect::around(&shape.rect).intersection(bounds);
        let pieces = pieces(shape, &area);
        let mut full = (area.top, area.top);
        for piece in &pieces {
            if let Piece::Full(piece) = piece
                && piece.left <= area.left
                && piece.right >= area.right
            {
                let rows = (piece.top.max(area.top), piece.bottom.min(area.bottom));
                full = if rows.1 - rows.0 > full.1 - full.0 { rows } else { full };
            }
        }
        let held = (area.height() - (full.1 - full.0)) as usize;
        let mut mask = Self { bounds: area, full, coverage: vec![0; area.width() as usize * held] };
        for piece in &pieces {
            let (own, part) = match piece {
                Piece::Full(own) => (own.intersection(&area), None),
                Piece::Masked(part) => (part.bounds.intersection(&area), Some(part)),
            };
            for y in own.top..own.bottom {
                let Some(start) = mask.start(y, own.left) else { continue };
                if let Some(row) = mask.coverage.get_mut(start..start + own.width() as usize) {
                    match part {
                        Some(part) => row.copy_from_slice(part.row(y, own.left, own.right)),
                        None => row.fill(255),
                    }
                }
            }
        }
        mask
    }

    /// Where the coverage of a pixel is held; `None` where its row is full.
    fn start(&self, y: i32, x: i32) -> Option<usize> {
        let (from, until) = self.full;
        let row = match y {
            _ if y < from => y - self.bounds.top,
            _ if y >= until => y - self.bounds.top - (until - from),
            _ => return None,
        };
        Some(row as usize * self.bounds.width() as usize + (x - self.bounds.left) as usize)
    }

    /// Coverage of a part of a row, which must lie within the bounds; `None` where all of it is full.
    pub fn row(&self, y: i32, left: i32, right: i32) -> Option<&[u8]> {
        let start = self.start(y, left)?;
        self.coverage.get(start..start + (right - left) as usize)
    }

    /// True where a part of an area is not covered fully.
    pub fn cuts(&self, area: &PixelRect) -> bool {
        self.bounds.intersection(area) != *area || area.top < self.full.0 || area.bottom > self.full.1
    }

    /// What this mask and another cover both.
    fn intersection(&self, other: &Self) -> Self {
        let bounds = self.bounds.intersection(&other.bounds);
        if bounds.is_empty() {
            return Self { bounds: PixelRect::default(), full: (0, 0), coverage: Vec::new() };
        }
        let from = self.full.0.max(other.full.0).max(bounds.top);
        let full = (from, self.full.1.min(other.full.1).min(bounds.bottom).max(from));
        let full = if full.0 < bounds.bottom { full } else { (bounds.top, bounds.top) };
        let held = (bounds.height() - (full.1 - full.0)) as usize;
        let mut coverage = Vec::with_capacity(bounds.width() as usize * held);
        for y in (bounds.top..full.0).chain(full.1..bounds.bottom) {
            match (self.row(y, bounds.left, bounds.right), other.row(y, bounds.left, bounds.right)) {
                (Some(a), Some(b)) => blend::extend_with_products(&mut coverage, a, b),
                (Some(row), None) | (None, Some(row)) => coverage.extend_from_slice(row),
                (None, None) => coverage.resize(coverage.len() + bounds.width() as usize, 255),
            }
        }
        Self { bounds, full, coverage }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Corners, Rect, Size};
    use crate::raster::coverage;

    fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> RoundedRect {
        let corner = Size::new(radius, radius);
        let radii = Corners { top_left: corner, top_right: corner, bottom_right: corner, bottom_left: corner };
        RoundedRect { rect: Rect::new(x, y, width, height), radii }
    }

    fn covered(mask: &ClipMask, x: i32, y: i32) -> u8 {
        let PixelRect { left, top, right, bottom } = mask.bounds;
        if x < left || x >= right || y < top || y >= bottom {
            return 0;
        }
        mask.row(y, x, x + 1).map_or(255, |row| row[0])
    }

    #[test]
    fn full_rows_are_not_held_and_everything_is_covered_as_by_its_pieces() {
        let canvas = PixelRect::new(0, 0, 120, 90);
        let shapes = [
            rounded(10.0, 5.0, 80.0, 60.0, 12.0),
            rounded(10.5, 5.25, 80.0, 60.0, 12.0),
            rounded(-20.0, -8.0, 90.0, 70.0, 20.0),
            rounded(30.0, 20.0, 60.0, 60.0, 30.0),
            rounded(50.0, 40.0, 400.0, 400.0, 9.0),
        ];
        let made: Vec<ClipMask> = shapes
            .iter()
            .map(|shape| ClipMask::of_box(shape, &canvas, |shape, area| coverage::pieces(shape, None, &canvas, area)))
            .collect();
        for (shape, mask) in shapes.iter().zip(&made) {
            let whole = coverage::joined(&coverage::pieces(shape, None, &canvas, &canvas), &canvas);
            let by_pieces = |x: i32, y: i32| {
                let inside = PixelRect::new(x, y, x + 1, y + 1).intersection(&whole.bounds);
                if inside.is_empty() { 0 } else { whole.row(y, x, x + 1)[0] }
            };
            for y in 0..90 {
                for x in 0..120 {
                    assert_eq!(covered(mask, x, y), by_pieces(x, y), "{shape:?} at {x},{y}");
                }
            }
        }
        assert!(made[0].coverage.len() <= 80 * 24, "{} bytes", made[0].coverage.len());
        for a in &made {
            for b in &made {
                let both = a.intersection(b);
                for y in 0..90 {
                    for x in 0..120 {
                        let expected = blend::divide_255(u32::from(covered(a, x, y)) * u32::from(covered(b, x, y)));
                        assert_eq!(u32::from(covered(&both, x, y)), expected, "{x},{y}");
                    }
                }
            }
        }
    }
}
