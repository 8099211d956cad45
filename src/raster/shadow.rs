//! Blurs: three box blurs in a row stand for a Gaussian (Filter Effects 1, §9.5), in whole numbers.

use super::coverage::{Mask, pieces};
use crate::geometry::{PixelRect, Rect, RoundedRect, finite};

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

/// Blurs a mask in place; what is outside of its bounds counts as empty, so it must have room around it.
pub fn blur(mask: &mut Mask, deviation: f32) {
    let width = mask.bounds.width() as usize;
    let height = mask.bounds.height() as usize;
    let widths = box_widths(deviation);
    if widths[0] <= 1 || width == 0 || height == 0 {
        return;
    }
    let mut line = Vec::with_capacity(width.max(height));
    let mut blurred = vec![0; width.max(height)];
    for row in mask.coverage.chunks_exact_mut(width) {
        blur_line(row.iter().copied(), &mut line, &mut blurred[..width], widths);
        row.copy_from_slice(&blurred[..width]);
    }
    for x in 0..width {
        let column = (0..height).map(|y| mask.coverage[y * width + x]);
        blur_line(column, &mut line, &mut blurred[..height], widths);
        for (y, &value) in blurred[..height].iter().enumerate() {
            mask.coverage[y * width + x] = value;
        }
    }
    (mask.full_from, mask.full_until) = (0, 0);
}

/// Blurs one line in 16-bit steps, so that three passes do not add up their rounding.
fn blur_line(values: impl Iterator<Item = u8>, line: &mut Vec<u32>, out: &mut [u8], widths: [usize; 3]) {
    line.clear();
    line.extend(values.map(|value| u32::from(value) << 8));
    let count = line.len();
    let mut next = vec![0u32; count];
    for (pass, width) in widths.into_iter().enumerate() {
        // An even box has no middle: the first leans left, the second right, the third is one wider and centred.
        let (before, width) = match (width % 2, pass) {
            (1, _) | (_, 0) => (width / 2, width),
            (_, 1) => (width / 2 - 1, width),
            _ => (width / 2, width + 1),
        };
        let after = width - 1 - before;
        let mut sum: u64 = line.iter().take(after).map(|&value| u64::from(value)).sum();
        for (index, blurred) in next.iter_mut().enumerate() {
            if let Some(&entering) = line.get(index + after) {
                sum += u64::from(entering);
            }
            *blurred = ((sum + width as u64 / 2) / width as u64) as u32;
            if let Some(leaving) = index.checked_sub(before) {
                sum -= u64::from(line[leaving]);
            }
        }
        std::mem::swap(line, &mut next);
    }
    for (out, &value) in out.iter_mut().zip(line.iter()) {
        *out = ((value + 128) >> 8).min(255) as u8;
    }
}

/// The coverage of a box's shadow. A large box is blurred small and its middle stretched: the blur's edges don't know
/// how long they are.
pub fn box_shadow(shape: &RoundedRect, deviation: f32, canvas: &PixelRect) -> Option<Mask> {
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
    let area = PixelRect::new(0, 0, small_width + 2 * reach, small_height + 2 * reach);
    let mut small = Mask::new(area, vec![0; area.width() as usize * area.height() as usize]);
    paint(&mut small, &RoundedRect { rect: small_rect, radii: snapped.radii });
    blur(&mut small, deviation);
    // Only what can be seen is stretched out.
    let mut coverage = Vec::with_capacity(seen.width() as usize * seen.height() as usize);
    let source = |position: i32, start: i32, end: i32, small: i32| {
        let (from_start, from_end) = (position - start, end - 1 - position);
        if from_start <= small / 2 { from_start } else { (small - 1 - from_end).max(small / 2) }
    };
    for y in seen.top..seen.bottom {
        let row = source(y, bounds.top, bounds.bottom, area.height());
        coverage.extend((seen.left..seen.right).map(|x| {
            let column = source(x, bounds.left, bounds.right, area.width());
            small.coverage.get((row * area.width() + column) as usize).copied().unwrap_or(0)
        }));
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
    use crate::geometry::Corners;

    #[test]
    fn a_blur_keeps_the_sum_and_the_symmetry() {
        for deviation in [0.8, 2.0, 3.5, 8.0] {
            let mut line = Vec::new();
            let mut out = vec![0; 101];
            let values = (0..101).map(|index| if (45..=55).contains(&index) { 200 } else { 0 });
            blur_line(values, &mut line, &mut out, box_widths(deviation));
            let sum: i32 = out.iter().map(|&value| i32::from(value)).sum();
            assert!((sum - 2_200).abs() < 40, "{deviation}: {sum}");
            for index in 0..50 {
                assert!(out[index].abs_diff(out[100 - index]) <= 1, "{deviation} at {index}");
            }
        }
    }

    #[test]
    fn a_part_of_a_shadow_is_that_part() {
        let shape = RoundedRect::new(Rect::new(-200.0, -150.0, 500.0, 400.0), Corners::all(120.0));
        let whole = box_shadow(&shape, 6.0, &PixelRect::new(-300, -300, 400, 400)).unwrap();
        let part = box_shadow(&shape, 6.0, &PixelRect::new(230, 180, 330, 280)).unwrap();
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
        let mask = box_shadow(&vast, 100.0, &PixelRect::new(0, 0, 100, 100)).unwrap();
        assert_eq!(mask.row(50, 50, 51), [255]);
        assert!(start.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_stretched_shadow_is_the_blurred_box() {
        let canvas = PixelRect::new(0, 0, 400, 300);
        let shape = RoundedRect::new(Rect::new(60.0, 50.0, 260.0, 180.0), Corners::all(16.0));
        let stretched = box_shadow(&shape, 6.0, &canvas).unwrap();
        let mut whole = Mask::new(canvas, vec![0; 400 * 300]);
        paint(&mut whole, &shape);
        blur(&mut whole, 6.0);
        for y in stretched.bounds.top..stretched.bounds.bottom {
            let row = stretched.row(y, stretched.bounds.left, stretched.bounds.right);
            assert_eq!(row, whole.row(y, stretched.bounds.left, stretched.bounds.right), "row {y}");
        }
    }
}
