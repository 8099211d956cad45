//! What a shape covers, in few parts: made for it, or kept from one of its kind that stood elsewhere.

use std::sync::Arc;

use super::coverage::{Cover, Mask, Piece};
use crate::geometry::PixelRect;

/// The parts of a shape's coverage; they do not overlap.
pub enum Pieces {
    /// All of a rectangle.
    Full(PixelRect),
    /// A mask.
    Masked(Mask),
    /// Any.
    Made(Vec<Piece>),
    /// Of a shape whose corner stands at 0, 0.
    Kept {
        /// Its parts.
        pieces: Arc<[Piece]>,
        /// Where it stands now.
        at: (i32, i32),
        /// Parts that touch nothing of this are left out.
        seen: PixelRect,
    },
}

/// A part of a shape's coverage.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// All of a rectangle.
    Full(PixelRect),
    /// Its edges.
    Masked(Cover<'a>),
}

impl Part<'_> {
    /// The pixels that it touches.
    pub fn bounds(&self) -> PixelRect {
        match self {
            Self::Full(bounds) | Self::Masked(Cover { bounds, .. }) => *bounds,
        }
    }
}

impl Pieces {
    /// Nothing.
    pub fn none() -> Self {
        Self::Made(Vec::new())
    }

    /// What a mask covers, where there is one.
    pub fn masked(mask: Option<Mask>) -> Self {
        mask.map_or_else(Self::none, Self::Masked)
    }

    /// The parts of what was made for a shape that stands where it is drawn.
    pub fn into_vec(self) -> Vec<Piece> {
        match self {
            Self::Full(area) => vec![Piece::Full(area)],
            Self::Masked(mask) => vec![Piece::Masked(mask)],
            Self::Made(pieces) => pieces,
            Self::Kept { .. } => Vec::new(),
        }
    }

    /// The parts, where they stand.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let (one, pieces, (x, y), seen) = match self {
            Self::Full(area) => (Some(Part::Full(*area)), [].as_slice(), (0, 0), None),
            Self::Masked(mask) => (Some(Part::Masked(mask.into())), [].as_slice(), (0, 0), None),
            Self::Made(pieces) => (None, pieces.as_slice(), (0, 0), None),
            Self::Kept { pieces, at, seen } => (None, &**pieces, *at, Some(*seen)),
        };
        let moved = move |area: &PixelRect| PixelRect::new(area.left + x, area.top + y, area.right + x, area.bottom + y);
        let placed = move |piece| match piece {
            &Piece::Full(ref area) => Part::Full(moved(area)),
            &Piece::Masked(ref mask) => Part::Masked(Cover { bounds: moved(&mask.bounds), coverage: &mask.coverage }),
        };
        let is_seen = move |part: &Part<'_>| seen.is_none_or(|seen| !part.bounds().intersection(&seen).is_empty());
        one.into_iter().chain(pieces.iter().map(placed).filter(is_seen))
    }

    /// All parts as one mask over the pixels that they touch within an area.
    pub fn joined(&self, within: &PixelRect) -> Mask {
        let touched = self.parts().map(|part| part.bounds().intersection(within)).filter(|area| !area.is_empty());
        let around = touched.fold(PixelRect::default(), |sum, area| sum.union(&area));
        let mut mask = Mask::new(around, vec![0; around.width() as usize * around.height() as usize]);
        self.parts().for_each(|part| mask.paint(part));
        mask
    }
}
