//! What limits painting: boxes, and what is cut out of them.

use std::sync::Arc;

use super::blend;
use super::pieces::{Mask, Part, Pieces};
use crate::geometry::PixelRect;

/// What limits painting: a rectangle, and masks inside of it.
#[derive(Clone, Default)]
pub struct Clip {
    pub bounds: PixelRect,
    pub mask: Option<ClipMask>,
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
        self.mask = Some(match outer {
            Some(outer) => outer.intersection(&mask),
            None => mask,
        });
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
/// Cheap to clone.
#[derive(Clone)]
pub struct ClipMask {
    pub bounds: PixelRect,
    /// Of which pixels coverage is held: the bounds, and what was cut off.
    whole: PixelRect,
    /// The rows that are full: from the first until the second.
    full: (i32, i32),
    /// A byte a pixel of the rows above these, then of those below.
    coverage: Arc<Vec<u8>>,
}

impl ClipMask {
    /// What a mask covers.
    pub fn of(mask: Mask) -> Self {
        let Mask { bounds, coverage } = mask;
        Self { bounds, whole: bounds, full: (bounds.top, bounds.top), coverage: Arc::new(coverage) }
    }

    /// What the parts of a shape cover within an area, which reaches no farther than it does.
    pub fn of_pieces(pieces: &Pieces, area: PixelRect) -> Self {
        let area = if area.is_empty() { PixelRect::default() } else { area };
        let mut full = (area.top, area.top);
        for part in pieces.parts() {
            if let Part::Full(part) = part
                && part.left <= area.left
                && part.right >= area.right
            {
                let rows = (part.top.max(area.top), part.bottom.min(area.bottom));
                full = if rows.1 - rows.0 > full.1 - full.0 { rows } else { full };
            }
        }
        let (width, held) = (area.width() as usize, (area.height() - (full.1 - full.0)) as usize);
        let mut coverage = vec![0; width * held];
        for part in pieces.parts() {
            let own = part.bounds().intersection(&area);
            for y in own.top..own.bottom {
                let Some(start) = start((&area, full), y, own.left) else { continue };
                if let Some(row) = coverage.get_mut(start..start + own.width() as usize) {
                    match part {
                        Part::Full(_) => row.fill(255),
                        Part::Masked(cover) => row.copy_from_slice(cover.row(y, own.left, own.right)),
                    }
                }
            }
        }
        Self { bounds: area, whole: area, full, coverage: Arc::new(coverage) }
    }

    /// The same at another place, so far to the right and down, cut to an area.
    pub fn placed(&self, (x, y): (i32, i32), area: &PixelRect) -> Self {
        let moved = |area: &PixelRect| PixelRect::new(area.left + x, area.top + y, area.right + x, area.bottom + y);
        let (bounds, full) = (moved(&self.bounds).intersection(area), (self.full.0 + y, self.full.1 + y));
        Self { bounds, whole: moved(&self.whole), full, coverage: Arc::clone(&self.coverage) }
    }

    /// Bytes of what it holds.
    pub fn bytes(&self) -> usize {
        self.coverage.len()
    }

    /// Coverage of a part of a row, which must lie within the bounds; `None` where all of it is full.
    pub fn row(&self, y: i32, left: i32, right: i32) -> Option<&[u8]> {
        let start = start((&self.whole, self.full), y, left)?;
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
            let none = PixelRect::default();
            return Self { bounds: none, whole: none, full: (0, 0), coverage: Arc::default() };
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
        Self { bounds, whole: bounds, full, coverage: Arc::new(coverage) }
    }
}

/// Where the coverage of a pixel is held, of so many pixels and full rows; `None` where its row is full.
fn start((whole, (from, until)): (&PixelRect, (i32, i32)), y: i32, x: i32) -> Option<usize> {
    let row = match y {
        _ if y < from => y - whole.top,
        _ if y >= until => y - whole.top - (until - from),
        _ => return None,
    };
    Some(row as usize * whole.width() as usize + (x - whole.left) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Corners, Rect, RoundedRect, Size};
    use crate::raster::boxes::BoxCoverage;
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
            .map(|shape| {
                let area = PixelRect::around(&shape.rect).intersection(&canvas);
                ClipMask::of_pieces(&coverage::pieces(shape, None, &canvas, &area), area)
            })
            .collect();
        for (shape, mask) in shapes.iter().zip(&made) {
            let whole = coverage::pieces(shape, None, &canvas, &canvas).joined(&canvas);
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

    /// Wherever it stands, and however much of it is seen.
    #[test]
    fn a_clip_that_is_kept_is_what_its_pieces_cover() {
        let canvas = PixelRect::new(0, 0, 200, 150);
        let mut random = crate::random::random(17);
        let mut kept = BoxCoverage::default();
        for _ in 0..600 {
            let mut below = |count: u32| (random() % count) as f32;
            let size = [(60.0, 60.0, 30.0), (90.0, 40.0, 8.0), (180.0, 30.0, 15.0), (400.0, 300.0, 100.0)][below(4) as usize];
            let shape = rounded(below(260) - 60.0, below(220) - 60.0, size.0, size.1, size.2);
            let (left, top) = (below(200) as i32, below(150) as i32);
            let area = PixelRect::new(left, top, left + 1 + below(200) as i32, top + 1 + below(150) as i32);
            let area = area.intersection(&canvas);
            let mask = kept.clip(&shape, &canvas, &area);
            let whole = BoxCoverage::default().pieces(&shape, None, &canvas, &canvas).joined(&canvas);
            for y in 0..150 {
                for x in 0..200 {
                    let at = PixelRect::new(x, y, x + 1, y + 1);
                    let is_seen = !at.intersection(&whole.bounds).is_empty() && !at.intersection(&area).is_empty();
                    let expected = if is_seen { whole.row(y, x, x + 1)[0] } else { 0 };
                    assert_eq!(covered(&mask, x, y), expected, "{shape:?} within {area:?} at {x},{y}");
                }
            }
            let seen = mask.bounds;
            if !seen.is_empty() && !mask.cuts(&seen) {
                assert!((seen.top..seen.bottom).all(|y| (seen.left..seen.right).all(|x| covered(&mask, x, y) == 255)));
            }
        }
    }
}
