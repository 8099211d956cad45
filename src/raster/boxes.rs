//! Coverage of boxes that was made before: rows of a list are alike, and so are their corners.

use std::sync::Arc;

use super::coverage::{self, Mask, Piece};
use crate::cache::Cache;
use crate::geometry::{Corners, PixelRect, Rect, RoundedRect, Size};

/// Coverage kept, bytes.
const KEPT_BYTES: usize = 1024 * 1024;
/// What an entry costs beside its coverage, bytes.
const ENTRY_BYTES: usize = 512;
/// Larger corners and wider borders are made anew each time, of what is seen of them.
const LARGEST: f32 = 128.0;

/// A box's size and corners, and where a box inside of it stands: bits of numbers.
type Key = [u32; 23];

/// A memo of [`coverage::pieces`], wherever a box stands.
pub struct BoxCoverage(Cache<Key, Arc<[Piece]>>);

impl Default for BoxCoverage {
    fn default() -> Self {
        Self(Cache::with_capacity(KEPT_BYTES))
    }
}

impl BoxCoverage {
    /// [`coverage::pieces`], remembered.
    pub fn pieces(
        &mut self,
        outer: &RoundedRect,
        inner: Option<&RoundedRect>,
        canvas: &PixelRect,
        clip: &PixelRect,
    ) -> Vec<Piece> {
        let is_seen = !PixelRect::around(&outer.rect).intersection(canvas).intersection(clip).is_empty();
        if !is_seen || !is_kept(outer, inner) {
            return coverage::pieces(outer, inner, canvas, clip);
        }
        let (x, y) = (outer.rect.x, outer.rect.y);
        let (outer, inner) = (outer.translated(-x, -y), inner.map(|inner| inner.translated(-x, -y)));
        let key = key(&outer, inner.as_ref());
        let pieces = if let Some(pieces) = self.0.get(&key) {
            Arc::clone(pieces)
        } else {
            let whole = PixelRect::around(&outer.rect);
            let pieces: Arc<[Piece]> = coverage::pieces(&outer, inner.as_ref(), &whole, &whole).into();
            let bytes = |piece: &Piece| match piece {
                Piece::Full(_) => 0,
                Piece::Masked(mask) => mask.coverage.len(),
            };
            let bytes = ENTRY_BYTES + pieces.iter().map(bytes).sum::<usize>();
            if bytes <= KEPT_BYTES / 8 {
                self.0.insert(key, Arc::clone(&pieces), bytes);
            }
            pieces
        };
        let (x, y) = (x as i32, y as i32);
        let moved = |area: &PixelRect| PixelRect::new(area.left + x, area.top + y, area.right + x, area.bottom + y);
        let placed = pieces.iter().filter_map(|piece| {
            let area = match piece {
                Piece::Full(area) => moved(area),
                Piece::Masked(mask) => moved(&mask.bounds),
            };
            let is_seen = !area.intersection(canvas).intersection(clip).is_empty();
            is_seen.then(|| match piece {
                Piece::Full(_) => Piece::Full(area),
                Piece::Masked(mask) => Piece::Masked(Mask { bounds: area, ..mask.clone() }),
            })
        });
        placed.collect()
    }
}

/// True where a box, or what is between two, covers the same of its pixels wherever it stands.
pub fn stands_alike(outer: &RoundedRect, inner: Option<&RoundedRect>) -> bool {
    let is_whole = [outer.rect.x, outer.rect.y, outer.rect.width, outer.rect.height].iter().all(|value| value.fract() == 0.0);
    is_kept(outer, inner) || (inner.is_none() && outer.is_plain() && is_whole)
}

/// True for what has corners of a usual size, and stands on whole pixels that are near enough to be numbers of theirs.
fn is_kept(outer: &RoundedRect, inner: Option<&RoundedRect>) -> bool {
    let is_near = |rect: &Rect| {
        [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.fract() == 0.0 && value.abs() < 65_536.0)
    };
    let is_small = |corners: &Corners<Size>| {
        let Corners { top_left, top_right, bottom_right, bottom_left } = corners;
        [top_left, top_right, bottom_right, bottom_left].iter().all(|size| size.width <= LARGEST && size.height <= LARGEST)
    };
    let (own, plain) = (&outer.rect, outer.is_plain());
    let fits = |inner: &RoundedRect| {
        let rect = &inner.rect;
        let inside = rect.is_empty() || own.covers(rect);
        let borders = [rect.x - own.x, rect.y - own.y, own.right() - rect.right(), own.bottom() - rect.bottom()];
        is_near(rect) && is_small(&inner.radii) && inside && borders.iter().all(|border| *border <= LARGEST)
    };
    // Without corners it is one piece.
    !(plain && inner.is_none()) && is_near(own) && is_small(&outer.radii) && inner.is_none_or(fits)
}

fn key(outer: &RoundedRect, inner: Option<&RoundedRect>) -> Key {
    let corners = |shape: &RoundedRect| {
        let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
        [top_left, top_right, bottom_right, bottom_left]
    };
    let mut numbers = vec![outer.rect.width, outer.rect.height];
    numbers.extend(corners(outer).iter().flat_map(|size| [size.width, size.height]));
    if let Some(inner) = inner {
        let Rect { x, y, width, height } = inner.rect;
        numbers.extend([1.0, x, y, width, height]);
        numbers.extend(corners(inner).iter().flat_map(|size| [size.width, size.height]));
    }
    std::array::from_fn(|index| numbers.get(index).copied().unwrap_or_default().to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Edges;

    #[test]
    fn what_is_kept_is_what_is_made_and_moves_along() {
        let canvas = PixelRect::new(0, 0, 300, 300);
        let mut kept = BoxCoverage::default();
        for radius in [0.0, 3.5, 12.0, 30.0, 200.0] {
            for border in [0.0, 1.0, 5.0] {
                for (x, y) in [(40.0, 50.0), (40.0, 51.0), (100.0, 90.0)] {
                    let outer = RoundedRect::new(Rect::new(x, y, 90.0, 60.0), Corners::all(radius));
                    let inner = (border > 0.0).then(|| outer.inset(Edges::all(border)));
                    let made = coverage::joined(&coverage::pieces(&outer, inner.as_ref(), &canvas, &canvas), &canvas);
                    let found = coverage::joined(&kept.pieces(&outer, inner.as_ref(), &canvas, &canvas), &canvas);
                    assert_eq!(made.bounds, found.bounds);
                    let most = made.coverage.iter().zip(&found.coverage).map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(most <= Some(1), "{radius} {border}: {most:?}");
                }
            }
        }
        assert!(kept.0.len() <= 14, "{} shapes are kept", kept.0.len());
    }

    #[test]
    fn a_box_at_the_edge_is_a_part_of_the_whole() {
        let mut kept = BoxCoverage::default();
        let shape = RoundedRect::new(Rect::new(-20.0, -31.0, 90.0, 60.0), Corners::all(25.0));
        let (small, large) = (PixelRect::new(0, 0, 50, 20), PixelRect::new(-100, -100, 100, 100));
        let part = coverage::joined(&kept.pieces(&shape, None, &small, &small), &small);
        let whole = coverage::joined(&kept.pieces(&shape, None, &large, &large), &large);
        for y in part.bounds.top..part.bounds.bottom {
            assert_eq!(part.row(y, part.bounds.left, part.bounds.right), whole.row(y, part.bounds.left, part.bounds.right));
        }
    }
}
