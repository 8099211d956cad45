//! Blurs: three box blurs in a row stand for a Gaussian (Filter Effects 1, §9.5), in whole numbers.

use std::sync::Arc;

use super::coverage::{Mask, pieces};
use crate::cache::Cache;
use crate::geometry::{Corners, PixelRect, Rect, RoundedRect, Transform, finite};

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

/// Blurred boxes kept, bytes.
const KEPT_BYTES: usize = 1024 * 1024;
/// What one costs beside its coverage, bytes.
const ENTRY_BYTES: usize = 256;

/// Bits of the size, of the corners' radii and of the blur's deviation.
type BoxKey = [u32; 11];

/// Small boxes that were blurred before: the rows of a list are alike, and so are their shadows, in this frame and the next.
pub struct BlurredBoxes(Cache<BoxKey, Arc<Mask>>);

impl Default for BlurredBoxes {
    fn default() -> Self {
        Self(Cache::with_capacity(KEPT_BYTES))
    }
}

impl BlurredBoxes {
    /// A box that stands as far from its mask's edges as its blur reaches, blurred.
    fn get(&mut self, shape: &RoundedRect, deviation: f32) -> Arc<Mask> {
        let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
        let radii = [top_left, top_right, bottom_right, bottom_left];
        let size = [shape.rect.width, shape.rect.height, deviation].into_iter();
        let mut numbers = size.chain(radii.iter().flat_map(|radius| [radius.width, radius.height]));
        let key: BoxKey = std::array::from_fn(|_| numbers.next().unwrap_or_default().to_bits());
        if let Some(known) = self.0.get(&key) {
            return Arc::clone(known);
        }
        let area = PixelRect::around(&shape.rect).outset(reach(deviation));
        let mut mask = Mask::new(area, vec![0; area.width() as usize * area.height() as usize]);
        paint(&mut mask, shape);
        blur(&mut mask, deviation);
        let (mask, bytes) = (Arc::new(mask), area.width() as usize * area.height() as usize + ENTRY_BYTES);
        if bytes <= KEPT_BYTES / 4 {
            self.0.insert(key, Arc::clone(&mask), bytes);
        }
        mask
    }
}

/// The coverage of a box's shadow. A large box is blurred small and its middle stretched: the blur's edges don't know
/// how long they are.
pub fn box_shadow(shape: &RoundedRect, deviation: f32, canvas: &PixelRect, kept: &mut BlurredBoxes) -> Option<Mask> {
    let reach = reach(deviation);
    let snapped = RoundedRect { rect: shape.rect.snapped(), radii: shape.radii };
    let bounds = PixelRect::around(&snapped.rect).outset(reach);
    if bounds.intersection(canvas).is_empty() || snapped.rect.is_empty() {
        return None;
    }
    let corner = |pick: fn(&RoundedRect) -> [f32; 4]| pick(&snapped).into_iter().fold(0.0, f32::max).ceil() as i32;
    let radius_x =
        corner(|s| [s.radii.top_left.width, s.radii.top_right.width, s.radii.bottom_right.width, s.radii.bottom_left.width]);
    let radius_y = corner(|s| {
        [s.radii.top_left.height, s.radii.top_right.height, s.radii.bottom_right.height, s.radii.bottom_left.height]
    });
    let small_width = (snapped.rect.width as i32).min((radius_x + reach) * 2 + 1);
    let small_height = (snapped.rect.height as i32).min((radius_y + reach) * 2 + 1);
    let seen = bounds.intersection(canvas);
    let roomy = seen.outset(reach);
    let area_of = |width: i32, height: i32| i64::from(width) * i64::from(height);
    if area_of(roomy.width(), roomy.height()) <= area_of(small_width + 2 * reach, small_height + 2 * reach) {
        return Some(blurred_part(&snapped, deviation, &seen, roomy));
    }
    let small_rect = Rect::new(reach as f32, reach as f32, small_width as f32, small_height as f32);
    let small = kept.get(&RoundedRect { rect: small_rect, radii: snapped.radii }, deviation);
    let area = small.bounds;
    // Only what can be seen is stretched out.
    let mut coverage = Vec::with_capacity(seen.width() as usize * seen.height() as usize);
    let source = |position: i32, start: i32, end: i32, small: i32| {
        let (from_start, from_end) = (position - start, end - 1 - position);
        if from_start <= small / 2 { from_start } else { (small - 1 - from_end).max(small / 2) }
    };
    let columns: Vec<usize> =
        (seen.left..seen.right).map(|x| source(x, bounds.left, bounds.right, area.width()).max(0) as usize).collect();
    let mut last = None;
    for y in seen.top..seen.bottom {
        let row = source(y, bounds.top, bounds.bottom, area.height()).max(0) as usize;
        // Most rows are the middle one again and again.
        if last == Some(row) {
            coverage.extend_from_within(coverage.len() - columns.len()..);
            continue;
        }
        last = Some(row);
        let stretched = small.coverage.get(row * area.width() as usize..).unwrap_or_default();
        coverage.extend(columns.iter().map(|column| stretched.get(*column).copied().unwrap_or(0)));
    }
    Some(Mask::new(seen, coverage))
}

/// The part of a shadow that is seen, blurred by itself: for a box whose corners alone are larger than what is seen. A
/// pixel comes from no farther than the blur reaches, which `roomy` has around it.
fn blurred_part(shape: &RoundedRect, deviation: f32, seen: &PixelRect, roomy: PixelRect) -> Mask {
    let mut mask = Mask::new(roomy, vec![0; roomy.width() as usize * roomy.height() as usize]);
    paint(&mut mask, shape);
    blur(&mut mask, deviation);
    let coverage = (seen.top..seen.bottom).flat_map(|y| mask.row(y, seen.left, seen.right)).copied().collect();
    Mask::new(*seen, coverage)
}

/// Writes a box's coverage into a mask.
fn paint(mask: &mut Mask, shape: &RoundedRect) {
    let bounds = mask.bounds;
    for piece in &pieces(shape, None, &bounds, &bounds) {
        mask.paint(piece);
    }
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

/// The coverage of a box as one mask over all of the canvas that it touches.
pub fn box_mask(shape: &RoundedRect, canvas: &PixelRect) -> Option<Mask> {
    let bounds = PixelRect::around(&shape.rect).intersection(canvas);
    if bounds.is_empty() {
        return None;
    }
    let mut mask = Mask::new(bounds, vec![0; bounds.width() as usize * bounds.height() as usize]);
    paint(&mut mask, shape);
    Some(mask)
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

    #[test]
    fn a_part_of_a_shadow_is_that_part() {
        let shape = RoundedRect::new(Rect::new(-200.0, -150.0, 500.0, 400.0), Corners::all(120.0));
        let whole = box_shadow(&shape, 6.0, &PixelRect::new(-300, -300, 400, 400), &mut BlurredBoxes::default()).unwrap();
        let part = box_shadow(&shape, 6.0, &PixelRect::new(230, 180, 330, 280), &mut BlurredBoxes::default()).unwrap();
        for y in part.bounds.top..part.bounds.bottom {
            let (left, right) = (part.bounds.left, part.bounds.right);
            // Corners are rasterized over another area: rounding may differ.
            assert!(
                part.row(y, left, right).iter().zip(whole.row(y, left, right)).all(|(a, b)| a.abs_diff(*b) <= 1),
                "row {y}"
            );
        }
    }

    #[test]
    fn a_vast_shadow_costs_what_is_seen() {
        let vast = RoundedRect::new(Rect::new(-10_000.0, -10_000.0, 20_000.0, 20_000.0), Corners::all(10_000.0));
        let start = std::time::Instant::now();
        let mask = box_shadow(&vast, 100.0, &PixelRect::new(0, 0, 100, 100), &mut BlurredBoxes::default()).unwrap();
        assert_eq!(mask.row(50, 50, 51), [255]);
        assert!(start.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_stretched_shadow_is_the_blurred_box() {
        let canvas = PixelRect::new(0, 0, 400, 300);
        let shape = RoundedRect::new(Rect::new(60.0, 50.0, 260.0, 180.0), Corners::all(16.0));
        let stretched = box_shadow(&shape, 6.0, &canvas, &mut BlurredBoxes::default()).unwrap();
        let mut whole = Mask::new(canvas, vec![0; 400 * 300]);
        paint(&mut whole, &shape);
        blur(&mut whole, 6.0);
        for y in stretched.bounds.top..stretched.bounds.bottom {
            let row = stretched.row(y, stretched.bounds.left, stretched.bounds.right);
            assert_eq!(row, whole.row(y, stretched.bounds.left, stretched.bounds.right), "row {y}");
        }
    }
}
