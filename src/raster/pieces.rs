//! What a shape covers, in few parts: made for it, or kept from one of its kind that stood elsewhere.

use std::ops::Range;
use std::sync::Arc;

use super::blend;
use crate::geometry::PixelRect;

/// Coverage of the pixels of a rectangle, a byte a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    pub bounds: PixelRect,
    pub coverage: Vec<u8>,
}

/// A mask that is lent: coverage that others keep, somewhere on the canvas.
#[derive(Clone, Copy)]
pub struct Cover<'a> {
    pub bounds: PixelRect,
    pub coverage: &'a [u8],
}

impl<'a> Cover<'a> {
    /// Coverage of a part of a row, which must lie within the bounds.
    #[inline]
    pub fn row(&self, y: i32, left: i32, right: i32) -> &'a [u8] {
        let start = (y - self.bounds.top) as usize * self.bounds.width() as usize + (left - self.bounds.left) as usize;
        self.coverage.get(start..start + (right - left) as usize).unwrap_or_default()
    }
}

impl<'a> From<&'a Mask> for Cover<'a> {
    fn from(mask: &'a Mask) -> Self {
        Self { bounds: mask.bounds, coverage: &mask.coverage }
    }
}

impl Mask {
    pub fn new(bounds: PixelRect, coverage: Vec<u8>) -> Self {
        Self { bounds, coverage }
    }

    /// Full coverage.
    pub fn full(bounds: PixelRect) -> Self {
        let coverage = vec![255; bounds.width() as usize * bounds.height() as usize];
        Self { bounds, coverage }
    }

    /// Changes the rows of what lies in an area: of each, its coverage there, its y, and the columns.
    fn each_row(&mut self, area: PixelRect, mut change: impl FnMut(&mut [u8], i32, Range<i32>)) {
        let area = area.intersection(&self.bounds);
        if area.is_empty() {
            return;
        }
        let (bounds, width) = (self.bounds, self.bounds.width() as usize);
        for y in area.top..area.bottom {
            let start = (y - bounds.top) as usize * width + (area.left - bounds.left) as usize;
            if let Some(row) = self.coverage.get_mut(start..start + area.width() as usize) {
                change(row, y, area.left..area.right);
            }
        }
    }

    /// Writes a part of a shape's coverage.
    pub fn paint(&mut self, part: Part<'_>) {
        self.each_row(part.bounds(), |row, y, columns| match part {
            Part::Full(_) => row.fill(255),
            Part::Masked(cover) => row.copy_from_slice(cover.row(y, columns.start, columns.end)),
        });
    }

    /// Takes another's coverage where it is more.
    pub fn add(&mut self, other: &Self) {
        self.each_row(other.bounds, |row, y, columns| {
            for (sum, &own) in row.iter_mut().zip(other.row(y, columns.start, columns.end)) {
                *sum = (*sum).max(own);
            }
        });
    }

    /// The same with room around it, empty.
    pub fn roomy(&self, around: i32) -> Self {
        let bounds = self.bounds.outset(around);
        let mut roomy = Self::new(bounds, vec![0; bounds.width() as usize * bounds.height() as usize]);
        roomy.add(self);
        roomy
    }

    /// What it does not cover, within an area.
    pub fn inverted(&self, area: PixelRect) -> Self {
        Self::full(area).without(self)
    }

    /// Coverage of a part of a row, which must lie within the bounds.
    pub fn row(&self, y: i32, left: i32, right: i32) -> &[u8] {
        Cover::from(self).row(y, left, right)
    }

    /// Coverage of this mask less that of another.
    pub fn without(mut self, other: &Self) -> Self {
        self.each_row(other.bounds, |row, y, columns| blend::reduce(row, other.row(y, columns.start, columns.end)));
        self
    }
}

/// A part of a shape's coverage.
pub enum Piece {
    /// All of a rectangle.
    Full(PixelRect),
    /// Its edges.
    Masked(Mask),
}

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
        let is_seen = move |part: &Part<'_>| seen.is_none_or(|seen| !part.bounds().intersection(&seen).is_empty());
        one.into_iter().chain(pieces.iter().map(move |piece| placed(piece, x, y)).filter(is_seen))
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

/// A part that stands so far to the right and down.
fn placed(piece: &Piece, x: i32, y: i32) -> Part<'_> {
    let moved = |area: &PixelRect| PixelRect::new(area.left + x, area.top + y, area.right + x, area.bottom + y);
    match piece {
        Piece::Full(area) => Part::Full(moved(area)),
        Piece::Masked(mask) => Part::Masked(Cover { bounds: moved(&mask.bounds), coverage: &mask.coverage }),
    }
}
