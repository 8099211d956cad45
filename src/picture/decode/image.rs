//! Decoding by the `image` crate, within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError};

use crate::error::{Error, ErrorKind, Result, raise_limit};
use crate::limits::Limits;
use crate::picture::{Picture, premultiply};

#[cfg(feature = "decode-png")]
pub(super) fn png(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let opened = image::codecs::png::PngDecoder::with_limits(Cursor::new(bytes), decoder_limits(limits));
    read(opened.map_err(|error| broken("PNG", error))?, "PNG", limits)
}

#[cfg(feature = "decode-jpeg")]
pub(super) fn jpeg(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let opened = image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes));
    read(opened.map_err(|error| broken("JPEG", error))?, "JPEG", limits)
}

#[cfg(feature = "decode-webp")]
pub(super) fn webp(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let opened = image::codecs::webp::WebPDecoder::new(Cursor::new(bytes));
    read(opened.map_err(|error| broken("WebP", error))?, "WebP", limits)
}

#[cfg(feature = "decode-gif")]
pub(super) fn gif(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    let opened = image::codecs::gif::GifDecoder::new(Cursor::new(bytes));
    read(opened.map_err(|error| broken("GIF", error))?, "GIF", limits)
}

fn read(mut decoder: impl ImageDecoder, format: &str, limits: &Limits) -> Result<Picture> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Error::new(ErrorKind::Picture, format!("expected a picture, found a {format} of {width}×{height} px")));
    }
    let found = format_args!("{width}×{height} px").to_string();
    if width > limits.image_side || height > limits.image_side {
        return Err(Error::limit("image_side", format_args!("{} px a side of a picture", limits.image_side), found));
    }
    if u64::from(width) * u64::from(height) > u64::from(limits.image_pixels) {
        return Err(Error::limit("image_pixels", format_args!("{} px of a picture", limits.image_pixels), found));
    }
    decoder.set_limits(decoder_limits(limits)).map_err(|error| broken(format, error))?;
    // A broken EXIF chunk is no reason not to show the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| broken(format, error))?;
    image.apply_orientation(orientation);

    let image = image.into_rgba8();
    let (width, height) = image.dimensions();
    let mut pixels = image.into_raw();
    for [red, green, blue, alpha] in pixels.as_chunks_mut::<4>().0 {
        if *alpha != 255 {
            for channel in [red, green, blue] {
                *channel = premultiply(*channel, *alpha);
            }
        }
    }
    Picture::from_premultiplied(width, height, pixels)
        .ok_or_else(|| Error::new(ErrorKind::Picture, format!("expected {width}×{height} px of the {format}, found fewer")))
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
