//! What tests of accepted pictures share.

#![allow(dead_code, reason = "each test uses its own part of it")]

pub mod cases;
pub mod runs;

use std::fmt::Write as _;
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ImageEncoder, RgbaImage};

/// A picture as straight RGBA.
pub fn read(path: &Path) -> Result<RgbaImage, String> {
    image::open(path).map(|picture| picture.to_rgba8()).map_err(|error| format!("{}: {error}", path.display()))
}

/// References are kept small: without alpha where there is none, and compressed as far as it goes.
pub fn write_small(path: &Path, picture: &RgbaImage) -> Result<(), String> {
    let encode = |filter| {
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, filter);
        let opaque = picture.pixels().all(|pixel| pixel[3] == 255);
        let (width, height) = picture.dimensions();
        let done = if opaque {
            let rgb: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            encoder.write_image(&rgb, width, height, image::ExtendedColorType::Rgb8)
        } else {
            encoder.write_image(picture.as_raw(), width, height, image::ExtendedColorType::Rgba8)
        };
        done.map(|()| bytes)
    };
    let smallest = [FilterType::NoFilter, FilterType::Sub, FilterType::Adaptive]
        .into_iter()
        .filter_map(|filter| encode(filter).ok())
        .min_by_key(Vec::len);
    std::fs::write(path, smallest.unwrap_or_default()).map_err(|error| error.to_string())
}

/// Says what changed, and writes a picture of it: what is the same faded, what differs in red.
pub fn describe(case: &Path, expected: &RgbaImage, drawn: &RgbaImage) -> String {
    if expected.dimensions() != drawn.dimensions() {
        return format!("expected {:?} px, drew {:?} px", expected.dimensions(), drawn.dimensions());
    }
    let mut difference = expected.clone();
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    let (mut count, mut most) = (0usize, 0u8);
    for (x, y, pixel) in difference.enumerate_pixels_mut() {
        let (old, new) = (expected.get_pixel(x, y), drawn.get_pixel(x, y));
        let by = old.0.iter().zip(new.0).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
        if by == 0 {
            let gray = ((u32::from(old[0]) + u32::from(old[1]) + u32::from(old[2])) / 3) as u8 / 4 + 191;
            pixel.0 = [gray, gray, gray, 255];
        } else {
            (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x), bottom.max(y));
            (count, most) = (count + 1, most.max(by));
            pixel.0 = [255, 0, 0, 255];
        }
    }
    let mut text = format!("{count} pixels differ, in {}×{} px at ({left}, {top})", right - left + 1, bottom - top + 1);
    let _ = write!(text, ", by {most} at the most; see expected.actual.png and expected.difference.png");
    if let Err(error) = difference.save(case.join("expected.difference.png")) {
        let _ = write!(text, " (not written: {error})");
    }
    text
}
