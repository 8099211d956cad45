//! Coverage of boxes that was made before: rows of a list are alike, and so are their corners.

use std::sync::Arc;

use super::clip::ClipMask;
use super::coverage;
use super::pieces::{Piece, Pieces};
use crate::cache::Cache;
use crate::geometry::{Corners, PixelRect, Rect, RoundedRect, Size};

/// Coverage kept, bytes.
const KEPT_BYTES: usize = 1024 * 1024;
/// Clips kept, bytes.
const CLIPS_BYTES: usize = 512 * 1024;
/// A larger clip is made of what is seen of it, bytes.
const CLIP_BYTES: usize = 64 * 1024;
/// What an entry costs beside its coverage, bytes.
const ENTRY_BYTES: usize = 512;
/// Larger corners and wider borders are made anew each time, of what is seen of them.
const LARGEST: f32 = 128.0;

/// A box's size and corners, and where a box inside of it stands: bits of numbers.
type Key = [u32; 23];

/// A memo of [`coverage::pieces`], wherever a box stands, and of the clips that are made of them.
pub struct BoxCoverage {
    pieces: Cache<Key, Arc<[Piece]>>,
    clips: Cache<Key, ClipMask>,
}

impl Default for BoxCoverage {
    fn default() -> Self {
        Self { pieces: Cache::with_capacity(KEPT_BYTES), clips: Cache::with_capacity(CLIPS_BYTES) }
    }
}

impl BoxCoverage {
    /// [`coverage::pieces`], remembered.
    pub fn pieces(&mut self, outer: &RoundedRect, inner: Option<&RoundedRect>, canvas: &PixelRect, clip: &PixelRect) -> Pieces {
        let seen = canvas.intersection(clip);
        let is_seen = !PixelRect::around(&outer.rect).intersection(&seen).is_empty();
        if !is_seen || !is_kept(outer, inner) {
            return coverage::pieces(outer, inner, canvas, clip);
        }
        let (x, y) = (outer.rect.x, outer.rect.y);
        let pieces = self.pieces_at_origin(&outer.translated(-x, -y), inner.map(|inner| inner.translated(-x, -y)).as_ref());
        Pieces::Kept { pieces, at: (x as i32, y as i32), seen }
    }

    /// The coverage of what stands at 0, 0 and is kept.
    fn pieces_at_origin(&mut self, outer: &RoundedRect, inner: Option<&RoundedRect>) -> Arc<[Piece]> {
        let key = key(outer, inner);
        if let Some(pieces) = self.pieces.get(&key) {
            return Arc::clone(pieces);
        }
        let whole = PixelRect::around(&outer.rect);
        let pieces: Arc<[Piece]> = coverage::pieces(outer, inner, &whole, &whole).into_vec().into();
        let bytes = |piece: &Piece| match piece {
            Piece::Full(_) => 0,
            Piece::Masked(mask) => mask.coverage.len(),
        };
        let bytes = ENTRY_BYTES + pieces.iter().map(bytes).sum::<usize>();
        if bytes <= KEPT_BYTES / 8 {
            self.pieces.insert(key, Arc::clone(&pieces), bytes);
        }
        pieces
    }

    /// What a rounded box leaves of an area, as a clip.
    pub fn clip(&mut self, shape: &RoundedRect, canvas: &PixelRect, area: &PixelRect) -> ClipMask {
        let whole = PixelRect::around(&shape.rect);
        let area = whole.intersection(area);
        let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
        let rows = top_left.height.max(top_right.height) + bottom_left.height.max(bottom_right.height);
        let is_small = (rows + 2.0) * shape.rect.width <= CLIP_BYTES as f32;
        if area.intersection(canvas).is_empty() || !is_small || !is_kept(shape, None) {
            return ClipMask::of_pieces(&self.pieces(shape, None, canvas, &area), area);
        }
        let (x, y) = (shape.rect.x, shape.rect.y);
        let shape = shape.translated(-x, -y);
        let key = key(&shape, None);
        let at = (x as i32, y as i32);
        if let Some(clip) = self.clips.get(&key) {
            return clip.placed(at, &area);
        }
        let whole = PixelRect::around(&shape.rect);
        let clip = ClipMask::of_pieces(&self.pieces(&shape, None, &whole, &whole), whole);
        let placed = clip.placed(at, &area);
        let bytes = clip.bytes() + ENTRY_BYTES;
        self.clips.insert(key, clip, bytes);
        placed
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
        [top_left, top_right, bottom_right, bottom_left].into_iter().flat_map(|size| [size.width, size.height])
    };
    let own = [outer.rect.width, outer.rect.height].into_iter().chain(corners(outer));
    let inside = inner.into_iter().flat_map(|inner| {
        let Rect { x, y, width, height } = inner.rect;
        [1.0, x, y, width, height].into_iter().chain(corners(inner))
    });
    let mut numbers = own.chain(inside);
    std::array::from_fn(|_| numbers.next().unwrap_or_default().to_bits())
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
                    let made = coverage::pieces(&outer, inner.as_ref(), &canvas, &canvas).joined(&canvas);
                    let found = kept.pieces(&outer, inner.as_ref(), &canvas, &canvas).joined(&canvas);
                    assert_eq!(made.bounds, found.bounds);
                    let most = made.coverage.iter().zip(&found.coverage).map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(most <= Some(1), "{radius} {border}: {most:?}");
                }
            }
        }
        assert!(kept.pieces.len() <= 14, "{} shapes are kept", kept.pieces.len());
    }

    #[test]
    fn a_box_at_the_edge_is_a_part_of_the_whole() {
        let mut kept = BoxCoverage::default();
        let shape = RoundedRect::new(Rect::new(-20.0, -31.0, 90.0, 60.0), Corners::all(25.0));
        let (small, large) = (PixelRect::new(0, 0, 50, 20), PixelRect::new(-100, -100, 100, 100));
        let part = kept.pieces(&shape, None, &small, &small).joined(&small);
        let whole = kept.pieces(&shape, None, &large, &large).joined(&large);
        for y in part.bounds.top..part.bounds.bottom {
            assert_eq!(part.row(y, part.bounds.left, part.bounds.right), whole.row(y, part.bounds.left, part.bounds.right));
        }
    }
}
