//! Scaling that neither aliases nor blurs: a Catmull-Rom kernel, as wide as the picture shrinks, in whole numbers.
//!
//! Of the kernels that need no transcendental function it is the one that keeps avatars sharp at 132 → 60 px; its
//! weights come from additions and multiplications of `f32` alone, so that every target computes the same.

mod strip;

use std::ops::Range;
use std::sync::Arc;

use super::Picture;
use super::content::Content;
use crate::geometry::Rect;
use strip::Strip;

/// Longest side of a scaled picture, px: what is asked larger is made this large.
const MAX_SIDE: u32 = 4_096;

/// Weights are fractions of 2^14: 16 bits times 14 bits, summed, stay within 32.
const WEIGHT_BITS: u32 = 14;

/// Between the two passes channels carry 6 bits more than a byte.
const EXTRA_BITS: u32 = 6;

/// What one pixel of the result is made of.
struct Taps {
    /// First pixel of the source.
    start: usize,
    /// Weight of it and of those after it; their sum is 2^14.
    weights: Vec<i16>,
}

impl Picture {
    /// A part of the picture, scaled to `width` × `height` px (at most 4,096 a side).
    ///
    /// Shrinking weighs every source pixel, so nothing aliases; enlarging is bicubic. Nothing outside of `source` (in px
    /// of the picture, fractions allowed) takes part; where `source` reaches beyond the picture, its edge goes on. An
    /// empty or non-finite `source` gives a transparent picture.
    #[must_use]
    pub fn scaled_crop(&self, source: Rect, width: u32, height: u32) -> Self {
        self.scaled_rows(source, width, height, u32::MAX)
    }

    /// The whole picture.
    pub(super) fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width as f32, self.height as f32)
    }

    /// The first rows of the whole picture scaled to `width` × `height` px, without making the others.
    #[cfg(feature = "raster")]
    pub(super) fn scaled_top(&self, width: u32, height: u32, count: u32) -> Self {
        self.scaled_rows(self.bounds(), width, height, count)
    }

    /// The first rows, at most so many, of a part of the picture scaled.
    fn scaled_rows(&self, source: Rect, width: u32, height: u32, count: u32) -> Self {
        let height = height.min(MAX_SIDE);
        self.scaled_piece(source, (width, height), (0, width), (0, height.min(count)))
    }

    /// A piece of a [scaled crop](Picture::scaled_crop) of a size, from and until these columns and rows of it: the same
    /// pixels, without the others.
    #[must_use]
    pub fn scaled_piece(&self, source: Rect, size: (u32, u32), columns: (u32, u32), rows: (u32, u32)) -> Self {
        let (width, height) = (size.0.min(MAX_SIDE), size.1.min(MAX_SIDE));
        let (columns, rows) = (columns.0.min(width)..columns.1.min(width), rows.0.min(height)..rows.1.min(height));
        if let Content::Crops(crops) = &self.content {
            return crops.find(source, width, height).piece(columns, rows);
        }
        if self.is_as_it_is(source, (width, height)) {
            // All of one that is mostly transparent is made for whoever draws it, and not kept.
            return match &self.content {
                Content::Part(part) => Self::premultiplied_of(width, height, part.whole((width, height))).piece(columns, rows),
                _ => self.clone().piece(columns, rows),
            };
        }
        let is_finite = [source.x, source.y, source.width, source.height].iter().all(|value| value.is_finite());
        let length = columns.len() * rows.len() * 4;
        let (painted, pixels) = self.content.painted((self.width, self.height));
        if source.is_empty() || !is_finite || length == 0 || pixels.is_empty() {
            return Self::premultiplied_of(columns.len() as u32, rows.len() as u32, vec![0; length]);
        }
        let of_columns = within(taps(source.x, source.width, width, &columns, self.width), painted.x, painted.width);
        let of_rows = within(taps(source.y, source.height, height, &rows, self.height), painted.y, painted.height);
        let pixels = resample(pixels, painted.width, &of_columns, &of_rows);
        Self::premultiplied_of(columns.len() as u32, rows.len() as u32, pixels)
    }

    /// True where a scaled crop is the picture itself.
    #[must_use]
    pub fn is_as_it_is(&self, source: Rect, size: (u32, u32)) -> bool {
        source == self.bounds() && size == (self.width, self.height)
    }

    /// Some columns and rows.
    fn piece(self, columns: Range<u32>, rows: Range<u32>) -> Self {
        let (whole, length) = (self.width as usize * 4, columns.len() * 4);
        if (columns.len(), rows.len()) == (self.width as usize, self.height as usize) {
            return self;
        }
        let lines = self.pixels().chunks_exact(whole.max(1)).skip(rows.start as usize).take(rows.len());
        let start = columns.start as usize * 4;
        let pixels: Vec<u8> = lines.flat_map(|line| line.get(start..start + length).unwrap_or_default()).copied().collect();
        Self::premultiplied_of(columns.len() as u32, rows.len() as u32, pixels)
    }

    fn premultiplied_of(width: u32, height: u32, pixels: Vec<u8>) -> Self {
        Self::from_premultiplied(width, height, pixels)
            .unwrap_or_else(|| Self { identity: usize::MAX, ..Self::of((0, 0), Content::Whole(Arc::default())) })
    }
}

/// Taps as they fall on the painted part of an axis; what is beside it is transparent and adds nothing.
fn within(taps: Vec<Taps>, start: usize, length: usize) -> Vec<Taps> {
    let cut = |taps: Taps| {
        let first = taps.start.clamp(start, start + length);
        let end = taps.end().clamp(first, start + length);
        let weights = taps.weights.get(first.saturating_sub(taps.start)..end.saturating_sub(taps.start));
        Taps { start: first - start, weights: weights.unwrap_or_default().to_vec() }
    };
    if start == 0 && taps.iter().all(|taps| taps.end() <= length) { taps } else { taps.into_iter().map(cut).collect() }
}

/// Catmull-Rom: B = 0, C = ½ (Mitchell and Netravali 1988); it is 0 from 2 on.
fn kernel(distance: f32) -> f32 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

/// The taps of some pixels along one axis, of `count` for the part from `origin` on, `extent` long, of `available`.
fn taps(origin: f32, extent: f32, count: u32, wanted: &Range<u32>, available: u32) -> Vec<Taps> {
    let step = extent / count as f32;
    let stretch = step.max(1.0);
    // Whole source pixels that the part touches, within the picture.
    let last = available.saturating_sub(1) as f32;
    let first_used = origin.floor().clamp(0.0, last) as usize;
    let last_used = ((origin + extent).ceil() - 1.0).clamp(first_used as f32, last) as usize;
    wanted
        .clone()
        .map(|index| {
            let center = origin + (index as f32 + 0.5) * step;
            let clamp = |value: f32| (value.clamp(first_used as f32, last_used as f32)) as usize;
            let start = clamp((center - 2.0 * stretch).floor());
            let end = clamp((center + 2.0 * stretch).ceil());
            let raw: Vec<f32> = (start..=end).map(|pixel| kernel((pixel as f32 + 0.5 - center) / stretch)).collect();
            Taps::new(start, &raw, clamp(center.floor()) - start)
        })
        .collect()
}

impl Taps {
    /// Weights in proportion to the raw ones; `nearest` is the one that takes it all where they have no sum.
    fn new(start: usize, raw: &[f32], nearest: usize) -> Self {
        let one = 1 << WEIGHT_BITS;
        let sum: f32 = raw.iter().sum();
        let mut weights: Vec<i32> = if sum > 0.25 {
            raw.iter().map(|weight| (weight / sum * one as f32).round() as i32).collect()
        } else {
            vec![0; raw.len()]
        };
        // What rounding left over goes where it shows least: to the nearest pixel.
        let left = one - weights.iter().sum::<i32>();
        if let Some(weight) = weights.get_mut(nearest) {
            *weight += left;
        }
        let leading = weights.iter().take_while(|weight| **weight == 0).count();
        let trailing = weights.iter().rev().take_while(|weight| **weight == 0).count();
        let used = leading..weights.len().saturating_sub(trailing).max(leading);
        // Products of sixteen bits are made eight at a time. The kernel overshoots by a few percent, so that each weight fits.
        let short = |weight: &i32| (*weight).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        Self { start: start + leading, weights: weights.get(used).unwrap_or_default().iter().map(short).collect() }
    }

    fn end(&self) -> usize {
        self.start + self.weights.len()
    }
}

/// Bytes of source rows that are held at once at the new width: of wider pictures, strips are made one after the other.
const HELD_BYTES: usize = 512 * 1024;

/// Both passes: each needed source row to the new width, then the rows to the new height. Only the narrowed rows that a row
/// of the result is made of are held.
fn resample(pixels: &[u8], source_width: usize, columns: &[Taps], rows: &[Taps]) -> Vec<u8> {
    let held = held_rows(rows);
    let width = (HELD_BYTES / (held.max(1) * 8)).max(16).min(columns.len());
    let stride = columns.len() * 4;
    let mut result = vec![0; rows.len() * stride];
    for left in (0..columns.len()).step_by(width.max(1)) {
        let columns = columns.get(left..(left + width).min(columns.len())).unwrap_or_default();
        let lines = result.chunks_exact_mut(stride).filter_map(|line| line.get_mut(left * 4..(left + columns.len()) * 4));
        Strip { pixels, source_width, columns, rows, held }.make(lines);
    }
    result
}

/// The most source rows from the first that is still needed to the last that is needed already.
fn held_rows(rows: &[Taps]) -> usize {
    let mut still = usize::MAX;
    let mut firsts = Vec::with_capacity(rows.len());
    for taps in rows.iter().rev() {
        still = still.min(taps.start);
        firsts.push(still);
    }
    firsts.reverse();
    let mut end = 0;
    let held = rows.iter().zip(firsts).map(|(taps, first)| {
        end = end.max(taps.end());
        end.saturating_sub(first)
    });
    held.max().unwrap_or(0)
}

#[cfg(test)]
#[path = "scale_tests.rs"]
mod tests;
