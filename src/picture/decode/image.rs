//! Decoding by the `image` crate, within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, RgbaImage};

#[cfg(feature = "decode-gif")]
use super::super::gif;
use super::super::size;
use super::super::straight;
#[cfg(feature = "decode-webp")]
use super::super::webp;
use crate::error::{Error, ErrorKind, Result, raise_limit};
use crate::limits::Limits;
use crate::picture::content::byte_length;
use crate::picture::{Picture, premultiply};

#[cfg(feature = "decode-png")]
pub(super) fn png(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    if let Some(size) = size::png(bytes) {
        size::check("PNG", size, limits)?;
    }
    let opened = image::codecs::png::PngDecoder::with_limits(Cursor::new(bytes), decoder_limits(limits));
    whole(opened.map_err(|error| broken("PNG", error))?, "PNG", limits)
}

#[cfg(feature = "decode-jpeg")]
pub(super) fn jpeg(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    if let Some(size) = size::jpeg(bytes) {
        size::check("JPEG", size, limits)?;
    }
    let opened = image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes));
    whole(opened.map_err(|error| broken("JPEG", error))?, "JPEG", limits)
}

#[cfg(feature = "decode-webp")]
pub(super) fn webp(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let webp::Still { canvas, at, size, file, exif } = webp::still(bytes)?;
    size::check("WebP", canvas, limits)?;
    size::check("WebP", size, limits)?;
    let opened = image::codecs::webp::WebPDecoder::new(Cursor::new(file));
    let frame = read(opened.map_err(|error| broken("WebP", error))?, "WebP", limits)?;
    let orientation = exif.and_then(|exif| Orientation::from_exif_chunk(&exif)).unwrap_or(Orientation::NoTransforms);
    if size == canvas {
        return finished(frame, orientation, "WebP");
    }
    if orientation == Orientation::NoTransforms {
        return placed(frame, canvas, at, "WebP");
    }
    let mut image = RgbaImage::new(canvas.0, canvas.1);
    image::imageops::replace(&mut image, &frame, i64::from(at.0), i64::from(at.1));
    finished(image, orientation, "WebP")
}

#[cfg(feature = "decode-gif")]
pub(super) fn gif(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let (Some(width), Some(height)) = (bytes.get(6..8), bytes.get(8..10)) else {
        return Err(Error::new(ErrorKind::Picture, "expected a whole GIF, found its first bytes alone"));
    };
    let side = |bytes: &[u8]| u32::from(bytes[0]) | u32::from(bytes[1]) << 8;
    size::check("GIF", (side(width), side(height)), limits)?;
    let missing = || Error::new(ErrorKind::Picture, "expected a whole GIF, found no image in it");
    let gif::Still { canvas, at, size, file } = gif::still(bytes).ok_or_else(missing)?;
    if size.0 == 0 || size.1 == 0 {
        return Err(missing());
    }
    size::check("GIF", size, limits)?;
    let opened = image::codecs::gif::GifDecoder::new(Cursor::new(file));
    let frame = read(opened.map_err(|error| broken("GIF", error))?, "GIF", limits)?;
    if at == (0, 0) && size == canvas {
        return finished(frame, Orientation::NoTransforms, "GIF");
    }
    placed(frame, canvas, at, "GIF")
}

/// All that a decoder has, as straight RGBA8. It is made so where it was decoded: a large picture is there once.
fn read(mut decoder: impl ImageDecoder, format: &str, limits: &Limits) -> Result<RgbaImage> {
    let (width, height) = decoder.dimensions();
    size::check(format, (width, height), limits)?;
    decoder.set_limits(decoder_limits(limits)).map_err(|error| broken(format, error))?;
    let color = decoder.color_type();
    let (Ok(decoded), Some(length)) = (usize::try_from(decoder.total_bytes()), byte_length(width, height)) else {
        return Err(fewer(format, width, height));
    };
    let mut pixels = vec![0; decoded.max(length)];
    decoder.read_image(pixels.get_mut(..decoded).unwrap_or_default()).map_err(|error| broken(format, error))?;
    if !straight::to_rgba8(&mut pixels, color, length / 4) {
        return Err(Error::new(
            ErrorKind::Picture,
            format!("expected pixels of 8 or 16 bits in the {format}, found {color:?}"),
        ));
    }
    pixels.truncate(length);
    pixels.shrink_to_fit();
    RgbaImage::from_raw(width, height, pixels).ok_or_else(|| fewer(format, width, height))
}

/// All that a decoder has, turned as the file says.
#[cfg(any(feature = "decode-png", feature = "decode-jpeg"))]
fn whole(mut decoder: impl ImageDecoder, format: &str, limits: &Limits) -> Result<Picture> {
    size::check(format, decoder.dimensions(), limits)?;
    // A broken EXIF chunk is no reason not to show the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    finished(read(decoder, format, limits)?, orientation, format)
}

fn finished(image: RgbaImage, orientation: Orientation, format: &str) -> Result<Picture> {
    let mut image = DynamicImage::from(image);
    image.apply_orientation(orientation);
    let (width, height, pixels) = premultiplied(image.into_rgba8());
    Picture::from_premultiplied(width, height, pixels).ok_or_else(|| fewer(format, width, height))
}

/// A picture that is painted in one part only.
#[cfg(any(feature = "decode-webp", feature = "decode-gif"))]
fn placed(image: RgbaImage, canvas: (u32, u32), at: (u32, u32), format: &str) -> Result<Picture> {
    let (width, height, pixels) = premultiplied(image);
    Picture::with_part(canvas, at, (width, height), pixels).ok_or_else(|| fewer(format, width, height))
}

fn premultiplied(image: RgbaImage) -> (u32, u32, Vec<u8>) {
    let (width, height) = image.dimensions();
    let mut pixels = image.into_raw();
    for [red, green, blue, alpha] in pixels.as_chunks_mut::<4>().0 {
        if *alpha != 255 {
            for channel in [red, green, blue] {
                *channel = premultiply(*channel, *alpha);
            }
        }
    }
    (width, height, pixels)
}

fn fewer(format: &str, width: u32, height: u32) -> Error {
    Error::new(ErrorKind::Picture, format!("expected {width}×{height} px of the {format}, found fewer"))
}

/// What a decoder may allocate: the largest picture at 16 bits a channel, and as much again for its own work.
fn decoder_limits(limits: &Limits) -> image::Limits {
    let mut decoder = image::Limits::default();
    decoder.max_image_width = Some(limits.image_side);
    decoder.max_image_height = Some(limits.image_side);
    decoder.max_alloc = Some(u64::from(limits.image_pixels).saturating_mul(16).max(1024 * 1024));
    decoder
}

fn broken(format: &str, error: ImageError) -> Error {
    match error {
        ImageError::Limits(_) => {
            Error::new(ErrorKind::Limit, format!("the {format} is larger than the limits of pictures: {error}"))
                .hint(format!("{}, or image_pixels", raise_limit("image_side")))
        }
        error => {
            Error::new(ErrorKind::Picture, format!("expected a whole {format}, found an error in it: {error}")).source(error)
        }
    }
}
