//! Blurs: three box blurs in a row stand for a Gaussian (Filter Effects 1, §9.5), in whole numbers.

use super::pieces::Mask;
use crate::geometry::{PixelRect, RoundedRect, Transform, finite};

/// No blur reaches farther, device px: what is blurrier is drawn with this.
const DEVIATION_MAX: f32 = 150.0;

/// The standard deviation of a context's blur.
pub fn deviation(blur: f32) -> f32 {
    finite(blur).max(0.0) / 2.0
}

/// The three box widths that stand for a standard deviation.
fn box_widths(deviation: f32) -> [usize; 3] {
    let ideal = (deviation.clamp(0.0, DEVIATION_MAX) * 1.879_971_3 + 0.5).floor() as usize;
    if ideal % 2 == 1 { [ideal; 3] } else { [ideal.max(1); 3] }
}

/// How far a blur reaches, in px.
pub fn reach(deviation: f32) -> i32 {
    (box_widths(deviation)[0] as i32 * 3) / 2 + 2
}

/// Whether a blur of such a deviation leaves everything as it is.
pub fn is_sharp(deviation: f32) -> bool {
    Boxes::new(deviation).are_identity()
}

/// Lines that are blurred side by side: so many neighbours of a column are in one line of the processor's cache.
const LANES: usize = 16;

/// So many lines, one value of each beside the other, in 16 bits.
type Lanes = [u32; LANES];

/// Blurs a mask in place; what is outside of its bounds counts as empty, so it must have room around it.
pub fn blur(mask: &mut Mask, deviation: f32) {
    let width = mask.bounds.width() as usize;
    let height = mask.bounds.height() as usize;
    let boxes = Boxes::new(deviation);
    if boxes.are_identity() || width == 0 || height == 0 {
        return;
    }
    let mut lines = Lines::with_length(width.max(height));
    for rows in mask.coverage.chunks_mut(width * LANES) {
        lines.values.truncate(0);
        lines.values.resize(width, [0; LANES]);
        for (lane, row) in rows.chunks_exact(width).enumerate() {
            for (values, value) in lines.values.iter_mut().zip(row) {
                values[lane] = u32::from(*value) << 8;
            }
        }
        boxes.blur(&mut lines);
        for (lane, row) in rows.chunks_exact_mut(width).enumerate() {
            for (value, values) in row.iter_mut().zip(&lines.values) {
                *value = rounded(values[lane]);
            }
        }
    }
    for left in (0..width).step_by(LANES) {
        let right = (left + LANES).min(width);
        lines.values.truncate(0);
        lines.values.extend(mask.coverage.chunks_exact(width).map(|row| {
            let mut values = [0; LANES];
            values.iter_mut().zip(&row[left..right]).for_each(|(value, covered)| *value = u32::from(*covered) << 8);
            values
        }));
        boxes.blur(&mut lines);
        for (row, values) in mask.coverage.chunks_exact_mut(width).zip(&lines.values) {
            row[left..right].iter_mut().zip(values).for_each(|(covered, value)| *covered = rounded(*value));
        }
    }
}

/// 16 bits to the nearest of 8.
fn rounded(value: u32) -> u8 {
    ((value + 128) >> 8).min(255) as u8
}

/// What is blurred, and room for the next pass.
struct Lines {
    values: Vec<Lanes>,
    next: Vec<Lanes>,
}

impl Lines {
    fn with_length(length: usize) -> Self {
        Self { values: Vec::with_capacity(length), next: Vec::with_capacity(length) }
    }
}

/// The three boxes of a blur.
struct Boxes([RunningMean; 3]);

impl Boxes {
    fn new(deviation: f32) -> Self {
        let widths = box_widths(deviation);
        let mean = |pass: usize| {
            // An even box has no middle: the first leans left, the second right, the third is one wider and centred.
            let (before, width) = match (widths[pass] % 2, pass) {
                (1, _) | (_, 0) => (widths[pass] / 2, widths[pass]),
                (_, 1) => (widths[pass] / 2 - 1, widths[pass]),
                _ => (widths[pass] / 2, widths[pass] + 1),
            };
            RunningMean::new(before, width)
        };
        Self([mean(0), mean(1), mean(2)])
    }

    fn are_identity(&self) -> bool {
        self.0[0].width <= 1
    }

    /// Blurs lines in 16-bit steps, so that three passes do not add up their rounding.
    fn blur(&self, lines: &mut Lines) {
        for mean in &self.0 {
            mean.pass(&lines.values, &mut lines.next);
            std::mem::swap(&mut lines.values, &mut lines.next);
        }
    }
}

/// The mean over a box, rounded to the nearest, by a sum that runs along: its cost does not grow with the box.
struct RunningMean {
    /// Values of the box before the one that it stands for, and after it.
    before: usize,
    after: usize,
    width: usize,
    /// To divide a sum by the width: multiply, then shift.
    factor: u32,
    shift: u32,
}

/// No sum has more bits: 16 a value, and no box is wider than 2⁹.
const SUM_BITS: u32 = 25;

impl RunningMean {
    fn new(before: usize, width: usize) -> Self {
        // Exact for every sum of so many bits (Granlund and Montgomery 1994, theorem 4.2).
        let shift = SUM_BITS + width.next_power_of_two().trailing_zeros();
        let factor = ((1u64 << shift) / width as u64 + 1) as u32;
        Self { before, after: width - 1 - before, width, factor, shift }
    }

    fn divide(&self, sum: u32) -> u32 {
        ((u64::from(sum) * u64::from(self.factor)) >> self.shift) as u32
    }

    fn pass(&self, values: &[Lanes], blurred: &mut Vec<Lanes>) {
        let mut sums = [self.width as u32 / 2; LANES];
        let enter = |sums: &mut Lanes, values: &Lanes| sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        for values in values.iter().take(self.after) {
            enter(&mut sums, values);
        }
        blurred.truncate(0);
        for index in 0..values.len() {
            if let Some(entering) = values.get(index + self.after) {
                enter(&mut sums, entering);
            }
            blurred.push(sums.map(|sum| self.divide(sum)));
            if let Some(leaving) = index.checked_sub(self.before).and_then(|leaving| values.get(leaving)) {
                sums.iter_mut().zip(leaving).for_each(|(sum, value)| *sum -= value);
            }
        }
    }
}

/// True where nothing of a shadow is seen, since all of it is cut out.
pub fn is_all_cut(cut: &RoundedRect, transform: &Transform, seen: &PixelRect) -> bool {
    let Some((x, y)) = transform.whole_move().filter(|_| cut.is_plain()) else { return false };
    let cut = cut.rect.translated(x, y);
    cut.covers(&seen.to_rect())
}

/// A mask blurred, with the room that the blur needs around it.
pub fn blurred(mask: &Mask, deviation: f32) -> Mask {
    let mut roomy = mask.roomy(reach(deviation));
    blur(&mut roomy, deviation);
    roomy
}

/// Blurs premultiplied RGBA8 rows in place, `width` pixels each; what is outside counts as transparent.
pub fn blur_pixels(pixels: &mut [u8], width: usize, deviation: f32) {
    if width == 0 {
        return;
    }
    let bounds = PixelRect::new(0, 0, width as i32, (pixels.len() / 4 / width) as i32);
    for channel in 0..4 {
        let mut mask = Mask::new(bounds, pixels.iter().skip(channel).step_by(4).copied().collect());
        blur(&mut mask, deviation);
        for (value, blurred) in pixels.iter_mut().skip(channel).step_by(4).zip(mask.coverage) {
            *value = blurred;
        }
    }
    // Each channel was rounded by itself: none may pass its alpha.
    for pixel in pixels.as_chunks_mut::<4>().0 {
        let alpha = pixel[3];
        pixel.iter_mut().take(3).for_each(|channel| *channel = (*channel).min(alpha));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line, each mean by itself.
    fn blurred_plainly(values: &[u8], deviation: f32) -> Vec<u8> {
        let mut line: Vec<u64> = values.iter().map(|value| u64::from(*value) << 8).collect();
        for RunningMean { before, after, width, .. } in &Boxes::new(deviation).0 {
            let mean = |index: usize| {
                let sum: u64 = line[index.saturating_sub(*before)..(index + after + 1).min(line.len())].iter().sum();
                (sum + *width as u64 / 2) / *width as u64
            };
            line = (0..line.len()).map(mean).collect();
        }
        line.into_iter().map(|value| rounded(value as u32)).collect()
    }

    #[test]
    fn a_blur_is_three_means_of_rows_and_then_of_columns() {
        let mut random = crate::random::random(5);
        for deviation in [0.3, 0.8, 2.0, 3.5, 8.0, 40.0, 150.0, 1e9] {
            for (width, height) in [(1, 1), (1, 40), (37, 1), (33, 50), (16, 16), (15, 17)] {
                let bounds = PixelRect::new(0, 0, width, height);
                let (width, height) = (width as usize, height as usize);
                let coverage: Vec<u8> =
                    (0..width * height).map(|_| if random().is_multiple_of(3) { 255 } else { random() as u8 }).collect();
                let mut rows: Vec<u8> = coverage.chunks(width).flat_map(|row| blurred_plainly(row, deviation)).collect();
                for x in 0..width {
                    let column: Vec<u8> = (0..height).map(|y| rows[y * width + x]).collect();
                    for (y, value) in blurred_plainly(&column, deviation).into_iter().enumerate() {
                        rows[y * width + x] = value;
                    }
                }
                let mut mask = Mask::new(bounds, coverage);
                blur(&mut mask, deviation);
                assert!(mask.coverage == rows, "{deviation} on {width}×{height}");
            }
        }
    }

    /// The widest boxes, and sums as large as there are.
    #[test]
    fn a_mean_is_exact() {
        for width in 1..=(box_widths(f32::MAX)[0] + 1) {
            let mean = RunningMean::new(0, width);
            let most = 65_280 * width as u32 + width as u32 / 2;
            assert!(most < 1 << SUM_BITS);
            for sum in (0..most).step_by(251).chain(most.saturating_sub(600)..=most) {
                assert_eq!(mean.divide(sum), sum / width as u32, "{sum} by {width}");
            }
        }
    }
}
