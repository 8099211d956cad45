//! Two pictures, pixel by pixel: exactly, or as a tolerance says.

use std::borrow::Cow;

use super::similarity::similarity;
use super::smoothed::Seen;
use super::tolerance::Tolerance;
use crate::geometry::PixelRect;
use crate::picture::{Picture, Pixels, Premultiplied};
use crate::raster::blur_pixels;

/// How two pictures differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Pixels in all.
    pub total: u64,
    /// Where all that differs lies.
    pub bounds: PixelRect,
    /// How many pixels are off by how much.
    by: Box<[u64; 256]>,
    /// For each pixel by how much it is off, row by row: in the channel that is off farthest, or as the tolerance measures.
    pub distances: Vec<u8>,
    /// Width, px.
    pub width: u32,
    /// How like they are as a whole, where the tolerance asks that.
    similarity: Option<f64>,
}

impl Difference {
    /// How two pictures differ by the measure of a tolerance; `None` where they do not, or have two sizes and may not.
    #[must_use]
    pub fn between(expected: &Picture, actual: &Picture, tolerance: Option<&Tolerance>) -> Option<Self> {
        let sizes = [expected, actual].map(|picture| (picture.width(), picture.height()));
        if expected.pixels() == actual.pixels() && sizes[0] == sizes[1] {
            return None;
        }
        if sizes[0] != sizes[1] && !tolerance.is_some_and(|tolerance| tolerance.any_size) {
            return None;
        }
        let (width, height) = (sizes[0].0.max(sizes[1].0), sizes[0].1.max(sizes[1].1));
        let [old, new] = [expected, actual].map(|picture| blurred(padded(picture, width, height), tolerance));
        let (mut distances, similarity) = distances(&old, &new, tolerance);
        for (row, distances) in distances.chunks_mut(width.max(1) as usize).enumerate() {
            for (column, distance) in distances.iter_mut().enumerate() {
                let is_of = |size: (u32, u32)| column < size.0 as usize && row < size.1 as usize;
                // What only one of them has is not like what the other lacks.
                if is_of(sizes[0]) != is_of(sizes[1]) {
                    *distance = u8::MAX;
                }
            }
        }
        Self::of(distances, width, similarity)
    }

    /// What distances come to; `None` where there are none.
    fn of(distances: Vec<u8>, width: u32, similarity: Option<f64>) -> Option<Self> {
        let mut by = Box::new([0_u64; 256]);
        let mut bounds = PixelRect::new(i32::MAX, i32::MAX, i32::MIN, i32::MIN);
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
            similarity,
        })
    }

    /// How many pixels are off by more than a distance.
    #[must_use]
    pub fn count_beyond(&self, distance: u8) -> u64 {
        self.by.iter().skip(usize::from(distance) + 1).sum()
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

    /// True where the pictures are as near as a tolerance asks.
    #[must_use]
    pub fn is_within(&self, tolerance: &Tolerance) -> bool {
        match tolerance.similarity {
            Some(least) => self.similarity.unwrap_or(0.0) >= least,
            None => self.is_few(self.count_beyond(tolerance.distance()), Some(tolerance)),
        }
    }

    /// True for so many pixels as may differ.
    fn is_few(&self, count: u64, tolerance: Option<&Tolerance>) -> bool {
        match tolerance.and_then(|tolerance| tolerance.count) {
            Some(most) => count <= most,
            None => self.share(count) <= tolerance.map_or(0.0, |tolerance| tolerance.pixels),
        }
    }

    fn share(&self, count: u64) -> f64 {
        count as f64 / self.total.max(1) as f64
    }

    /// The least tolerances that would have passed, each by its key in `case.toml`: the distance of a pixel alone, at the
    /// number of pixels that is allowed already, and the number alone, at the distance that is allowed already.
    #[must_use]
    pub fn would_pass(&self, tolerance: Option<&Tolerance>) -> Vec<(&'static str, f64)> {
        if let Some(similarity) = self.similarity {
            // A number that is written and read again is to be no more.
            return vec![("similarity", libm::floor(similarity.max(0.0) * 1e4) / 1e4)];
        }
        let distance = (0..=255).find(|distance| self.is_few(self.count_beyond(*distance), tolerance)).unwrap_or(255);
        let distance = match tolerance.and_then(|tolerance| tolerance.perceived) {
            Some(_) => ("perceived", rounded_up(f64::from(distance) / 255.0)),
            None => ("channel", f64::from(distance)),
        };
        let count = self.count_beyond(tolerance.map_or(0, Tolerance::distance));
        let count = match tolerance.and_then(|tolerance| tolerance.count) {
            Some(_) => ("count", count as f64),
            None => ("pixels", rounded_up(self.share(count))),
        };
        vec![distance, count]
    }
}

/// How far the pixels of two pictures of one size are apart, and how like the pictures are as a whole.
fn distances(old: &Picture, new: &Picture, tolerance: Option<&Tolerance>) -> (Vec<u8>, Option<f64>) {
    if tolerance.is_some_and(|tolerance| tolerance.similarity.is_some()) {
        let found = similarity(old, new);
        let mean = found.iter().sum::<f64>() / found.len().max(1) as f64;
        let distances = found.iter().map(|one| libm::ceil((1.0 - one).clamp(0.0, 1.0) * 255.0) as u8);
        return (distances.collect(), Some(mean));
    }
    let seen = tolerance.filter(|tolerance| tolerance.perceived.is_some() || tolerance.antialiased);
    let seen = seen.map(|tolerance| (tolerance, Seen::of(old), Seen::of(new)));
    let (old, new) = (straight(old), straight(new));
    let pairs = old.as_chunks::<4>().0.iter().zip(new.as_chunks::<4>().0);
    let distance = |(index, (old, new)): (usize, (&[u8; 4], &[u8; 4]))| {
        let distance = old.iter().zip(new).map(|(old, new)| old.abs_diff(*new)).max().unwrap_or(0);
        let Some((tolerance, old, new)) = seen.as_ref().filter(|_| distance > 0) else { return distance };
        if tolerance.antialiased && (old.is_smoothed(new, index) || new.is_smoothed(old, index)) {
            return 0;
        }
        if tolerance.perceived.is_some() { old.distance(new, index) } else { distance }
    };
    (pairs.enumerate().map(distance).collect(), None)
}

/// A picture with so much that is transparent beside and below it that it has a size.
#[must_use]
pub fn padded(picture: &Picture, width: u32, height: u32) -> Cow<'_, Picture> {
    if (picture.width(), picture.height()) == (width, height) {
        return Cow::Borrowed(picture);
    }
    let (row, stride) = (picture.width() as usize * 4, width as usize * 4);
    let mut pixels = vec![0; stride * height as usize];
    for (to, from) in pixels.chunks_exact_mut(stride.max(1)).zip(picture.pixels().chunks_exact(row.max(1))) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    Picture::from_premultiplied(width, height, pixels).map_or(Cow::Borrowed(picture), Cow::Owned)
}

/// A picture as it is compared: blurred as if it went on beyond its edges as it is there.
fn blurred<'a>(picture: Cow<'a, Picture>, tolerance: Option<&Tolerance>) -> Cow<'a, Picture> {
    let Some(tolerance) = tolerance.filter(|tolerance| tolerance.blur > 0.0) else { return picture };
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let beyond = libm::ceilf(tolerance.blur * 3.0) as usize + 3;
    let wide = width + 2 * beyond;
    let old = picture.pixels().as_chunks::<4>().0;
    let inside = |at: usize, length: usize| at.saturating_sub(beyond).min(length.saturating_sub(1));
    let rows = (0..height + 2 * beyond).map(|y| inside(y, height) * width);
    let pixels = rows.flat_map(|row| (0..wide).map(move |x| row + inside(x, width)));
    let mut pixels: Vec<u8> = pixels.flat_map(|at| old.get(at).copied().unwrap_or_default()).collect();
    blur_pixels(&mut pixels, wide, tolerance.blur);
    let rows = pixels.chunks_exact(wide * 4).skip(beyond).take(height);
    let cut: Vec<u8> = rows.flat_map(|row| row.get(beyond * 4..(beyond + width) * 4).unwrap_or_default()).copied().collect();
    Picture::from_premultiplied(picture.width(), picture.height(), cut).map_or(picture, Cow::Owned)
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

fn straight(picture: &Picture) -> Cow<'_, [u8]> {
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
        Tolerance { pixels, channel, ..Tolerance::default() }
    }

    #[test]
    fn a_difference_has_its_place_size_and_tolerance() {
        let old = gray(&[10; 8]);
        let new = gray(&[10, 10, 13, 10, 10, 10, 10, 40]);
        assert!(Difference::between(&old, &old.clone(), None).is_none());
        let difference = Difference::between(&old, &new, None).unwrap();
        assert_eq!((difference.count(), difference.most()), (2, 30));
        assert_eq!(difference.bounds, PixelRect::new(2, 0, 4, 2));
        assert_eq!(difference.would_pass(None), [("channel", 30.0), ("pixels", 0.25)]);
        for (pixels, channel, passes) in [(0.0, 30, true), (0.0, 29, false), (0.25, 0, true), (0.2, 0, false), (0.125, 3, true)]
        {
            assert_eq!(difference.is_within(&tolerance(pixels, channel)), passes, "{pixels} {channel}");
        }
        assert_eq!(difference.would_pass(Some(&tolerance(0.125, 1))), [("channel", 3.0), ("pixels", 0.25)]);
        let counted = |count| Tolerance { count: Some(count), ..tolerance(0.0, 0) };
        assert_eq!((difference.is_within(&counted(2)), difference.is_within(&counted(1))), (true, false));
        assert_eq!(difference.would_pass(Some(&counted(1))), [("channel", 3.0), ("count", 2.0)]);
    }

    /// What is said to pass does, by each measure.
    #[test]
    fn each_measure_has_a_tolerance_that_passes() {
        let picture = |off: u8| {
            let pixels = (0..16 * 16_u32).flat_map(|at| [(at % 16 * 9) as u8 + off, (at / 16 * 7) as u8, 90 + off / 2, 255]);
            Picture::from_straight(16, 16, pixels.collect::<Vec<u8>>()).unwrap()
        };
        let (old, new) = (picture(0), picture(37));
        let strict = [
            Tolerance::default(),
            Tolerance { count: Some(0), ..Tolerance::default() },
            Tolerance { perceived: Some(0.0), ..Tolerance::default() },
            Tolerance { similarity: Some(1.0), ..Tolerance::default() },
            Tolerance { blur: 2.0, ..Tolerance::default() },
        ];
        for strict in &strict {
            let difference = Difference::between(&old, &new, Some(strict)).unwrap();
            assert!(!difference.is_within(strict), "{strict:?}");
            for (key, value) in difference.would_pass(Some(strict)) {
                let mut wide = strict.clone();
                match key {
                    "pixels" => wide.pixels = value,
                    "count" => wide.count = Some(value as u64),
                    "channel" => wide.channel = value as u8,
                    "perceived" => wide.perceived = Some(value),
                    "similarity" => wide.similarity = Some(value),
                    other => panic!("{other}"),
                }
                assert!(difference.is_within(&wide), "{wide:?}");
            }
        }
    }

    #[test]
    fn eyes_tell_black_from_white_best() {
        let of = |values: [u8; 3]| Picture::from_straight(1, 1, [values.as_slice(), &[255]].concat()).unwrap();
        let strict = Tolerance { perceived: Some(0.0), ..Tolerance::default() };
        let far = |old, new| Difference::between(&of(old), &of(new), Some(&strict)).map_or(0, |found| found.most());
        assert_eq!(far([0, 0, 0], [255, 255, 255]), 247);
        // The same distance in a channel is less in blue than in green.
        assert!(far([0, 0, 0], [0, 0, 60]) * 2 < far([0, 0, 0], [0, 60, 0]));
    }

    /// A disc's edge, drawn half a pixel on: what smooths it may differ, a square that is new may not.
    #[test]
    fn smoothed_edges_may_differ_and_nothing_else() {
        let disc = |off: f32| {
            let value = move |at: u32| {
                let (x, y) = ((at % 32) as f32 - 15.5 - off, (at / 32) as f32 - 15.5);
                let light = ((10.0 - libm::sqrtf(x * x + y * y)).clamp(-0.5, 0.5) + 0.5) * 255.0;
                [light as u8, light as u8, light as u8, 255]
            };
            (0..32 * 32).flat_map(value).collect::<Vec<u8>>()
        };
        let of = |pixels: Vec<u8>| Picture::from_straight(32, 32, pixels).unwrap();
        let smoothed = Tolerance { antialiased: true, ..Tolerance::default() };
        let (old, moved) = (of(disc(0.0)), of(disc(0.4)));
        let all = Difference::between(&old, &moved, None).unwrap().count();
        let left = Difference::between(&old, &moved, Some(&smoothed)).map_or(0, |found| found.count());
        assert!(all > 40 && left * 8 < all, "{left} of {all}");
        let mut square = disc(0.0);
        for at in [0, 1, 2, 32, 33, 34, 64, 65, 66] {
            square[at * 4..at * 4 + 3].fill(200);
        }
        assert_eq!(Difference::between(&old, &of(square), Some(&smoothed)).unwrap().count(), 9);
    }

    #[test]
    fn a_blur_takes_noise_away_and_leaves_what_is_large() {
        let of = |value: &dyn Fn(u32, u32) -> u8| {
            let pixels = (0..32 * 32_u32).flat_map(|at| [value(at % 32, at / 32), 0, 0, 255]);
            Picture::from_straight(32, 32, pixels.collect::<Vec<u8>>()).unwrap()
        };
        let plain = of(&|_, _| 128);
        let noise = of(&|x, y| if (x + y) % 2 == 0 { 118 } else { 138 });
        let half = of(&|x, _| if x < 16 { 118 } else { 138 });
        let most = |new: &Picture, blur| {
            let tolerance = Tolerance { blur, ..Tolerance::default() };
            Difference::between(&plain, new, Some(&tolerance)).map_or(0, |found| found.most())
        };
        assert_eq!((most(&noise, 0.0), most(&half, 0.0)), (10, 10));
        // A corner's pixel stands for all that is beyond it: a quarter of what its own is made of.
        assert!(most(&noise, 2.0) <= 3, "{}", most(&noise, 2.0));
        assert!(most(&half, 2.0) >= 9, "{}", most(&half, 2.0));
    }

    #[test]
    fn pictures_of_two_sizes_differ_where_one_has_none() {
        let old = gray(&[10; 8]);
        let pixels: Vec<u8> = [10_u8; 15].iter().flat_map(|value| [*value, 9, 9, 255]).collect();
        let new = Picture::from_straight(5, 3, pixels).unwrap();
        assert!(Difference::between(&old, &new, None).is_none());
        let any = Tolerance { any_size: true, ..Tolerance::default() };
        for (old, new) in [(&old, &new), (&new, &old)] {
            let difference = Difference::between(old, new, Some(&any)).unwrap();
            assert_eq!((difference.count(), difference.total, difference.most()), (7, 15, 255));
            assert_eq!(difference.bounds, PixelRect::new(0, 0, 5, 3));
        }
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
