//! Expected, actual and difference, as pictures.

use crate::geometry::{PixelRect, Rect};
use crate::golden::compare::{Difference, padded};
use crate::golden::outcome::{Failure, Outcome, OutcomeKind};
use crate::golden::reference::{self, Keeping, Part, Reference, reference_limits};
use crate::limits::Limits;
use crate::picture::{self, Picture};

/// What is shown around what differs, px.
const MARGIN: i32 = 24;
/// What is between the three, px.
const GAP: u32 = 8;
/// The least side of a part that is shown, px.
const SIDE_LEAST: i32 = 96;

/// How the pictures of a failure are put into one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Beside each other.
    #[default]
    Row,
    /// Below each other.
    Column,
    /// The difference alone, where there is one.
    Difference,
}

impl Layout {
    /// All of them, by their words.
    pub const ALL: [(&'static str, Self); 3] = [("row", Self::Row), ("column", Self::Column), ("difference", Self::Difference)];
}

/// A failed picture, to be looked at.
#[derive(Clone, Debug)]
pub struct Views {
    /// The reference, where there is one that can be shown; of a hash the small picture beside it.
    pub expected: Option<Picture>,
    /// What was drawn.
    pub actual: Picture,
    /// What is the same faded, what differs in red; where both are there, can be compared, and differ.
    pub difference: Option<Picture>,
    /// Where they differ, px.
    pub bounds: Option<PixelRect>,
}

/// The pictures of a failed outcome; `None` where nothing was drawn.
#[must_use]
pub fn views(outcome: &Outcome, limits: &Limits) -> Option<Views> {
    let drawn = outcome.drawn.as_ref().filter(|_| outcome.kind == OutcomeKind::Picture)?;
    let limits = reference_limits(limits);
    let actual = picture::decode(&drawn.bytes, &limits).ok()?;
    // What is too heavy is shown all the same.
    let keeping = if matches!(outcome.keeping, Keeping::Pictures(_)) { Keeping::Pictures(usize::MAX) } else { outcome.keeping };
    let drawn_too = drawn.expected.as_ref().and_then(|bytes| picture::decode(bytes, &limits).ok());
    let kept = || match reference::read(&outcome.folder, &outcome.picture, keeping, &limits) {
        Ok(Some(Reference::Picture(picture))) => Some(picture),
        Ok(Some(Reference::Hash(_))) => {
            let bytes = reference::read_file(&Part::Preview.path(&outcome.folder, &outcome.picture), limits.image_bytes);
            bytes.ok().flatten().and_then(|bytes| picture::decode(&bytes, &limits).ok())
        }
        _ => None,
    };
    let expected = drawn_too.or_else(kept);
    let tolerance = outcome.failures.iter().find_map(|failure| match failure {
        Failure::Pixels(pixels) => pixels.tolerance.as_ref(),
        _ => None,
    });
    let found = expected.as_ref().and_then(|expected| Some((expected, Difference::between(expected, &actual, tolerance)?)));
    let difference = found.as_ref().and_then(|(expected, difference)| shown_difference(expected, difference));
    let bounds = found.map(|(_, difference)| difference.bounds);
    Some(Views { expected, actual, difference, bounds })
}

/// What is the same faded, what differs in red, stronger where it differs by more.
fn shown_difference(expected: &Picture, difference: &Difference) -> Option<Picture> {
    let height = difference.distances.len() / difference.width.max(1) as usize;
    let expected = padded(expected, difference.width, height as u32);
    let pixels = expected.pixels().as_chunks::<4>().0.iter().zip(&difference.distances);
    let shown = pixels.flat_map(|([red, green, blue, alpha], distance)| {
        if *distance > 0 {
            let rest = 110 - (distance / 4).min(60) * 3 / 2;
            return [255, rest, rest, 255];
        }
        let light = (u32::from(*red) + u32::from(*green) + u32::from(*blue)) / 3 + 255 - u32::from(*alpha);
        let gray = (light.min(255) / 5 + 204) as u8;
        [gray, gray, gray, 255]
    });
    Picture::from_premultiplied(expected.width(), expected.height(), shown.collect::<Vec<u8>>())
}

impl Views {
    /// All that there is of expected, actual and difference in one picture: of what differs with a margin, or whole.
    #[must_use]
    pub fn together(&self, layout: Layout, whole: bool) -> Option<Picture> {
        let is_alone = layout == Layout::Difference && self.difference.is_some();
        let pair = if is_alone { [None, None] } else { [self.expected.as_ref(), Some(&self.actual)] };
        let shown = [pair[0], pair[1], self.difference.as_ref()];
        let widest = self.difference.as_ref().unwrap_or(&self.actual);
        let area = self.bounds.filter(|_| !whole).map(|bounds| grown(bounds, widest));
        let parts: Vec<Picture> = shown
            .into_iter()
            .flatten()
            .map(|picture| match area {
                Some(area) => padded(picture, widest.width(), widest.height()).scaled_crop(
                    area.to_rect(),
                    area.width() as u32,
                    area.height() as u32,
                ),
                None => picture.clone(),
            })
            .collect();
        joined(&parts, layout == Layout::Column)
    }
}

/// What differs, with a margin, and not too small to be made out.
fn grown(bounds: PixelRect, picture: &Picture) -> PixelRect {
    let mut area = bounds.outset(MARGIN);
    let (wider, higher) = ((SIDE_LEAST - area.width()).max(0) / 2, (SIDE_LEAST - area.height()).max(0) / 2);
    area = PixelRect::new(area.left - wider, area.top - higher, area.right + wider, area.bottom + higher);
    area.intersection(&PixelRect::new(0, 0, picture.width() as i32, picture.height() as i32))
}

/// Pictures beside or below each other on grey.
fn joined(parts: &[Picture], is_column: bool) -> Option<Picture> {
    let gaps = GAP * (parts.len() as u32).saturating_sub(1);
    let (widths, heights) = (parts.iter().map(Picture::width), parts.iter().map(Picture::height));
    let (width, height) =
        if is_column { (widths.max()?, heights.sum::<u32>() + gaps) } else { (widths.sum::<u32>() + gaps, heights.max()?) };
    let mut pixels = [128, 128, 128, 255].repeat(width as usize * height as usize);
    let (mut left, mut top) = (0, 0);
    for part in parts {
        let stride = part.width() as usize * 4;
        for (row, from) in part.pixels().chunks_exact(stride.max(1)).enumerate() {
            let start = ((top + row) * width as usize + left) * 4;
            if let Some(to) = pixels.get_mut(start..start + stride) {
                to.copy_from_slice(from);
            }
        }
        if is_column {
            top += (part.height() + GAP) as usize;
        } else {
            left += (part.width() + GAP) as usize;
        }
    }
    Picture::from_premultiplied(width, height, pixels)
}

/// A picture that is at most so wide and high.
#[must_use]
pub fn within(picture: &Picture, side: u32) -> Picture {
    let longest = picture.width().max(picture.height()).max(1);
    if longest <= side {
        return picture.clone();
    }
    let scaled = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longest)).max(1) as u32;
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
    picture.scaled_crop(whole, scaled(picture.width()), scaled(picture.height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_pictures_stand_beside_each_other() {
        let one = |value: u8, width: u32| {
            let pixels = [value, value, value, 255].repeat(width as usize * 2);
            Picture::from_premultiplied(width, 2, pixels).unwrap()
        };
        let below = joined(&[one(1, 3), one(2, 2)], true).unwrap();
        assert_eq!((below.width(), below.height()), (3, 2 + GAP + 2));
        assert_eq!(
            below.pixels().as_chunks::<4>().0[3 * (2 + GAP as usize)..][..3].iter().map(|pixel| pixel[0]).collect::<Vec<_>>(),
            [2, 2, 128]
        );
        let found = joined(&[one(1, 3), one(2, 2)], false).unwrap();
        assert_eq!((found.width(), found.height()), (3 + GAP + 2, 2));
        let first_row: Vec<u8> =
            found.pixels().as_chunks::<4>().0[..found.width() as usize].iter().map(|pixel| pixel[0]).collect();
        assert_eq!(first_row, [vec![1; 3], vec![128; GAP as usize], vec![2; 2]].concat());
        assert_eq!(within(&one(1, 40), 20).width(), 20);
    }
}
