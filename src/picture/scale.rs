//! Scaling that neither aliases nor blurs: a Catmull-Rom kernel, as wide as the picture shrinks, in whole numbers.
//!
//! Of the kernels that need no transcendental function it is the one that keeps avatars sharp at 132 → 60 px; its
//! weights come from additions and multiplications of `f32` alone, so that every target computes the same.

use std::sync::Arc;

use super::Picture;
use super::content::Content;
use crate::geometry::Rect;

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
    weights: Vec<i32>,
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
        let (width, height) = (width.min(MAX_SIDE), height.min(MAX_SIDE));
        if let Content::Crops(crops) = &self.content {
            return crops.find(source, width, height).top(count);
        }
        if source == self.bounds() && (width, height) == (self.width, self.height) {
            // All of one that is mostly transparent is made for whoever draws it, and not kept.
            return match &self.content {
                Content::Part(part) => Self::premultiplied_of(width, height, part.whole((width, height))).top(count),
                _ => self.clone().top(count),
            };
        }
        let shown = height.min(count);
        let is_finite = [source.x, source.y, source.width, source.height].iter().all(|value| value.is_finite());
        let length = width as usize * shown as usize * 4;
        let (painted, pixels) = self.content.painted((self.width, self.height));
        if source.is_empty() || !is_finite || length == 0 || pixels.is_empty() {
            return Self::premultiplied_of(width, shown, vec![0; length]);
        }
        let columns = within(taps(source.x, source.width, width, self.width), painted.x, painted.width);
        let mut rows = within(taps(source.y, source.height, height, self.height), painted.y, painted.height);
        rows.truncate(shown as usize);
        let pixels = resample(pixels, painted.width, &columns, &rows);
        Self::premultiplied_of(width, shown, pixels)
    }

    /// The first rows, at most so many.
    fn top(self, count: u32) -> Self {
        if count >= self.height {
            return self;
        }
        let length = self.width as usize * count as usize * 4;
        let pixels = self.pixels().get(..length).unwrap_or_default().to_vec();
        Self::premultiplied_of(self.width, count, pixels)
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

/// The taps of each pixel along one axis: `count` pixels for the part from `origin` on, `extent` long, of `available`.
fn taps(origin: f32, extent: f32, count: u32, available: u32) -> Vec<Taps> {
    let step = extent / count as f32;
    let stretch = step.max(1.0);
    // Whole source pixels that the part touches, within the picture.
    let last = available.saturating_sub(1) as f32;
    let first_used = origin.floor().clamp(0.0, last) as usize;
    let last_used = ((origin + extent).ceil() - 1.0).clamp(first_used as f32, last) as usize;
    (0..count)
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
        Self { start: start + leading, weights: weights.get(used).unwrap_or_default().to_vec() }
    }

    fn end(&self) -> usize {
        self.start + self.weights.len()
    }
}

/// Both passes: each needed source row to the new width, then the rows to the new height.
fn resample(pixels: &[u8], source_width: usize, columns: &[Taps], rows: &[Taps]) -> Vec<u8> {
    let first_row = rows.iter().map(|taps| taps.start).min().unwrap_or(0);
    let end_row = rows.iter().map(Taps::end).max().unwrap_or(0);
    let stride = columns.len() * 4;
    let mut narrowed: Vec<i16> = Vec::with_capacity((end_row - first_row) * stride);
    for row in pixels.chunks_exact(source_width * 4).take(end_row).skip(first_row) {
        let (row, _) = row.as_chunks::<4>();
        for taps in columns {
            let mut sums = [1 << (WEIGHT_BITS - EXTRA_BITS - 1); 4];
            for (pixel, weight) in row.get(taps.start..).unwrap_or_default().iter().zip(&taps.weights) {
                for (sum, channel) in sums.iter_mut().zip(pixel) {
                    *sum += i32::from(*channel) * weight;
                }
            }
            narrowed.extend(sums.map(|sum| (sum >> (WEIGHT_BITS - EXTRA_BITS)) as i16));
        }
    }

    let mut result = Vec::with_capacity(rows.len() * stride);
    let mut sums: Vec<i32> = vec![0; stride];
    for taps in rows {
        sums.fill(1 << (WEIGHT_BITS + EXTRA_BITS - 1));
        let lines = narrowed.chunks_exact(stride).skip(taps.start - first_row);
        for (line, weight) in lines.zip(&taps.weights) {
            for (sum, value) in sums.iter_mut().zip(line) {
                *sum += i32::from(*value) * weight;
            }
        }
        for pixel in sums.as_chunks::<4>().0 {
            // The kernel's negative lobes overshoot: no channel may leave the byte, nor pass its alpha.
            let [red, green, blue, alpha] = pixel.map(|sum| (sum >> (WEIGHT_BITS + EXTRA_BITS)).clamp(0, 255));
            result.extend([red.min(alpha), green.min(alpha), blue.min(alpha), alpha].map(|channel| channel as u8));
        }
    }
    result
}

#[cfg(test)]
#[path = "scale_tests.rs"]
mod tests;
