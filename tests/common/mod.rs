//! What tests of accepted pictures share.

#![allow(dead_code, reason = "each test uses its own part of it")]

pub mod cases;
pub mod runs;

use std::path::Path;

use image::RgbaImage;

/// A picture as straight RGBA.
pub fn read(path: &Path) -> Result<RgbaImage, String> {
    image::open(path).map(|picture| picture.to_rgba8()).map_err(|error| format!("{}: {error}", path.display()))
}
