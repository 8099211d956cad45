//! Structural similarity: how like two pictures are to who looks at edges and texture, more than at single pixels.
//!
//! Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli: Image Quality Assessment: From Error Visibility to Structural
//! Similarity (2004): its constants, and its window of 11 × 11 px, which ends where the picture does.

use std::collections::VecDeque;

use crate::picture::Picture;

/// How far the window reaches, px.
const REACH: usize = 5;
/// The standard deviation of its weights, px.
const DEVIATION: f64 = 1.5;
/// `(0.01 · 255)²` and `(0.03 · 255)²`: what keeps plain areas from being divided by nothing.
const STABLE: [f64; 2] = [6.5025, 58.5225];

/// Of a window, sums by weight: of both pictures' values, of their squares and their products.
type Sums = [f64; 5];

/// The similarity at each pixel of two pictures of one size, row by row: 1 where they are alike.
#[must_use]
pub fn similarity(expected: &Picture, actual: &Picture) -> Vec<f64> {
    let width = expected.width() as usize;
    let (old, new) = (brightness(expected), brightness(actual));
    let height = old.len() / width.max(1);
    let weights: [f64; REACH + 1] = std::array::from_fn(|off| libm::exp(-((off * off) as f64) / (2.0 * DEVIATION * DEVIATION)));
    // What rows make of their windows' width, for as many rows as a window is high.
    let mut rows: VecDeque<(usize, Vec<Sums>)> = VecDeque::new();
    let mut found = Vec::with_capacity(old.len());
    let mut next = 0;
    for y in 0..height {
        while next < height && next <= y + REACH {
            let row = next * width..(next + 1) * width;
            let (old, new) = (old.get(row.clone()).unwrap_or_default(), new.get(row).unwrap_or_default());
            rows.push_back((next, across(old, new, &weights)));
            next += 1;
        }
        while rows.front().is_some_and(|(row, _)| row + REACH < y) {
            rows.pop_front();
        }
        for x in 0..width {
            let (mut sums, mut total) = ([0.0; 5], 0.0);
            for (row, values) in &rows {
                let (Some(weight), Some(values)) = (weights.get(row.abs_diff(y)), values.get(x)) else { continue };
                total += weight;
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
            }
            found.push(of_window(sums.map(|sum| sum / total)));
        }
    }
    found
}

/// The windows of a row, one row high.
fn across(old: &[f64], new: &[f64], weights: &[f64]) -> Vec<Sums> {
    let sums = |x: usize| {
        let (mut sums, mut total) = ([0.0; 5], 0.0);
        for at in x.saturating_sub(REACH)..(x + REACH + 1).min(old.len()) {
            let (Some(weight), Some(old), Some(new)) = (weights.get(at.abs_diff(x)), old.get(at), new.get(at)) else {
                continue;
            };
            total += weight;
            let values = [*old, *new, old * old, new * new, old * new];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
        }
        sums.map(|sum| sum / total)
    };
    (0..old.len()).map(sums).collect()
}

/// The similarity of a window by its means.
fn of_window([old, new, old_squares, new_squares, products]: Sums) -> f64 {
    let [first, second] = STABLE;
    let (old_variance, new_variance, covariance) = (old_squares - old * old, new_squares - new * new, products - old * new);
    let like = (2.0 * old * new + first) * (2.0 * covariance + second);
    like / ((old * old + new * new + first) * (old_variance + new_variance + second))
}

/// How bright each pixel is over white, 0 to 255.
fn brightness(picture: &Picture) -> Vec<f64> {
    let pixels = picture.pixels().as_chunks::<4>().0.iter();
    let bright = |[red, green, blue, alpha]: &[u8; 4]| {
        let over = 255.0 - f64::from(*alpha);
        f64::from(*red) * 0.299 + f64::from(*green) * 0.587 + f64::from(*blue) * 0.114 + over
    };
    pixels.map(bright).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, values: impl Iterator<Item = u8>) -> Picture {
        let pixels: Vec<u8> = values.flat_map(|value| [value, value, value, 255]).collect();
        Picture::from_straight(width, pixels.len() as u32 / 4 / width, pixels).unwrap()
    }

    fn mean(old: &Picture, new: &Picture) -> f64 {
        let found = similarity(old, new);
        found.iter().sum::<f64>() / found.len() as f64
    }

    #[test]
    fn what_is_alike_is_one_and_what_is_turned_is_none() {
        let stripes =
            |off: u32| picture(24, (0..24 * 24).map(move |at| if (at % 24 + off).is_multiple_of(2) { 0 } else { 255 }));
        assert!(similarity(&stripes(0), &stripes(0)).iter().all(|one| *one == 1.0));
        // The stripes' places changed hands: as unlike as can be.
        assert!(mean(&stripes(0), &stripes(1)) < -0.8, "{}", mean(&stripes(0), &stripes(1)));
        // A little brighter all over is nearly alike.
        let (dark, light) = (picture(24, (0..576).map(|_| 120)), picture(24, (0..576).map(|_| 124)));
        assert!((0.99..1.0).contains(&mean(&dark, &light)), "{}", mean(&dark, &light));
        assert_eq!(similarity(&picture(1, [3].into_iter()), &picture(1, [3].into_iter())), [1.0]);
    }

    /// By the formula, where all of the pictures is one window.
    #[test]
    fn plain_pictures_are_told_apart_by_their_brightness() {
        let (dark, light) = (picture(9, (0..81).map(|_| 50)), picture(9, (0..81).map(|_| 200)));
        let expected = (2.0 * 50.0 * 200.0 + STABLE[0]) / (50.0 * 50.0 + 200.0 * 200.0 + STABLE[0]);
        assert!(similarity(&dark, &light).iter().all(|one| (one - expected).abs() < 1e-9));
    }
}
