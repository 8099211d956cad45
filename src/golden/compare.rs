//! Two pictures of one size, pixel by pixel.

use super::spec::Tolerance;
use crate::geometry::PixelRect;
use crate::picture::{Picture, Pixels, Premultiplied};

/// How two pictures differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Pixels in all.
    pub total: u64,
    /// Where all that differs lies.
    pub bounds: PixelRect,
    /// How many pixels are off by how much, in the channel that is off farthest.
    by: Box<[u64; 256]>,
    /// For each pixel by how much it is off, row by row.
    pub distances: Vec<u8>,
    /// Width, px.
    pub width: u32,
}

impl Difference {
    /// How two pictures of one size differ; `None` where they do not.
    #[must_use]
    pub fn between(expected: &Picture, actual: &Picture) -> Option<Self> {
        if expected.pixels() == actual.pixels() {
            return None;
        }
        let (old, new) = (straight(expected), straight(actual));
        let mut by = Box::new([0_u64; 256]);
        let width = expected.width();
        let mut bounds = PixelRect::new(i32::MAX, i32::MAX, i32::MIN, i32::MIN);
        let pairs = old.as_chunks::<4>().0.iter().zip(new.as_chunks::<4>().0);
        let distances: Vec<u8> =
            pairs.map(|(old, new)| old.iter().zip(new).map(|(old, new)| old.abs_diff(*new)).max().unwrap_or(0)).collect();
        for (index, distance) in distances.iter().enumerate() {
            if let Some(count) = by.get_mut(usize::from(*distance)) {
                *count += 1;
            }
            if *distance > 0 {
                let (x, y) = ((index % width.max(1) as usize) as i32, (index / width.max(1) as usize) as i32);
                bounds.left = bounds.left.min(x);
                bounds.top = bounds.top.min(y);
                bounds.right = bounds.right.max(x + 1);
                bounds.bottom = bounds.bottom.max(y + 1);
            }
        }
        // Premultiplied pixels differ where straight ones do: a difference that is none is not told.
        (!bounds.is_empty() && bounds.left != i32::MAX).then_some(Self {
            total: distances.len() as u64,
            bounds,
            by,
            distances,
            width,
        })
    }

    /// How many pixels are off by more than a distance.
    #[must_use]
    pub fn count_beyond(&self, channel: u8) -> u64 {
        self.by.iter().skip(usize::from(channel) + 1).sum()
    }

    /// How many pixels differ at all.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count_beyond(0)
    }

    /// By how much the pixel that is off farthest is.
    #[must_use]
    pub fn most(&self) -> u8 {
        self.by.iter().rposition(|count| *count > 0).unwrap_or(0) as u8
    }

    /// The share of pixels that are off by more than a distance.
    #[must_use]
    pub fn share_beyond(&self, channel: u8) -> f64 {
        self.count_beyond(channel) as f64 / self.total.max(1) as f64
    }

    /// True where the pictures are as near as a tolerance asks.
    #[must_use]
    pub fn is_within(&self, tolerance: &Tolerance) -> bool {
        self.share_beyond(tolerance.channel) <= tolerance.pixels
    }

    /// The least tolerances that would have passed: the distance of a channel alone, at the share of pixels that is allowed
    /// already, and the share alone, at the distance that is allowed already.
    #[must_use]
    pub fn would_pass(&self, tolerance: Option<&Tolerance>) -> (u8, f64) {
        let (allowed_share, allowed_channel) = tolerance.map_or((0.0, 0), |tolerance| (tolerance.pixels, tolerance.channel));
        let channel = (0..=255).find(|channel| self.share_beyond(*channel) <= allowed_share).unwrap_or(255);
        (channel, rounded_up(self.share_beyond(allowed_channel)))
    }
}

/// A share in three digits that is not below it.
fn rounded_up(share: f64) -> f64 {
    if share <= 0.0 {
        return 0.0;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(share)) - 2.0);
    let rounded = libm::ceil(share / unit - 1e-9) * unit;
    // Written and read again, it is to be no less.
    let written: f64 = format!("{rounded:.12}").parse().unwrap_or(rounded);
    if written >= share { written.min(1.0) } else { share }
}

fn straight(picture: &Picture) -> std::borrow::Cow<'_, [u8]> {
    Pixels::from(Premultiplied::of(picture)).straight()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(values: &[u8]) -> Picture {
        let pixels: Vec<u8> = values.iter().flat_map(|value| [*value, 9, 9, 255]).collect();
        Picture::from_straight(values.len() as u32 / 2, 2, pixels).unwrap()
    }

    fn tolerance(pixels: f64, channel: u8) -> Tolerance {
        Tolerance { pixels, channel, reason: "a test".to_owned() }
    }

    #[test]
    fn a_difference_has_its_place_size_and_tolerance() {
        let old = gray(&[10; 8]);
        let new = gray(&[10, 10, 13, 10, 10, 10, 10, 40]);
        assert!(Difference::between(&old, &old.clone()).is_none());
        let difference = Difference::between(&old, &new).unwrap();
        assert_eq!((difference.count(), difference.most()), (2, 30));
        assert_eq!(difference.bounds, PixelRect::new(2, 0, 4, 2));
        assert_eq!(difference.would_pass(None), (30, 0.25));
        for (pixels, channel, passes) in [(0.0, 30, true), (0.0, 29, false), (0.25, 0, true), (0.2, 0, false), (0.125, 3, true)]
        {
            assert_eq!(difference.is_within(&tolerance(pixels, channel)), passes, "{pixels} {channel}");
        }
        assert_eq!(difference.would_pass(Some(&tolerance(0.125, 1))), (3, 0.25));
    }

    #[test]
    fn what_would_have_passed_passes() {
        for count in 1..40_u32 {
            let share = f64::from(count) / 7_777.0;
            let told: f64 = format!("{}", rounded_up(share)).parse().unwrap();
            assert!(told >= share && told < share * 1.02, "{share} {told}");
        }
    }
}
