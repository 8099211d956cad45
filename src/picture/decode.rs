//! From a file's bytes to a picture, within limits.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat};

use super::{Picture, premultiply};
use crate::error::{Error, ErrorKind, Result, raise_limit};
use crate::limits::Limits;

/// Decodes a PNG, JPEG, WebP or GIF (its first frame), told by its content and not by a name. Its EXIF orientation is
/// applied. Channels of 16 bits are rounded to the nearest of 8, and then premultiplied to the nearest.
///
/// The same bytes give the same pixels on every target. A JPEG that ends early is drawn as far as it goes.
///
/// # Errors
/// `Limit` where the file has more than [`Limits::image_bytes`], or claims more than [`Limits::image_side`] or
/// [`Limits::image_pixels`]: that is known before anything is allocated for its pixels. `Picture` where it is another
/// format, or broken.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Picture, "expected a picture, found nothing: the file is empty"));
    }
    if bytes.len() > limits.image_bytes {
        let allowed = format!("{} bytes of an encoded picture", limits.image_bytes);
        return Err(Error::limit("image_bytes", allowed, bytes.len()));
    }
    let input = Cursor::new(bytes);
    match image::guess_format(bytes) {
        Ok(ImageFormat::Png) => {
            let opened = PngDecoder::with_limits(input, decoder_limits(limits));
            read(opened.map_err(|error| broken("PNG", error))?, "PNG", limits)
        }
        Ok(ImageFormat::Jpeg) => read(JpegDecoder::new(input).map_err(|error| broken("JPEG", error))?, "JPEG", limits),
        Ok(ImageFormat::WebP) => read(WebPDecoder::new(input).map_err(|error| broken("WebP", error))?, "WebP", limits),
        Ok(ImageFormat::Gif) => read(GifDecoder::new(input).map_err(|error| broken("GIF", error))?, "GIF", limits),
        _ => Err(Error::new(ErrorKind::Picture, format!("expected PNG, JPEG, WebP or GIF, found {}", described(bytes)))),
    }
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

/// What bytes that are no picture of ours look like.
fn described(bytes: &[u8]) -> &'static str {
    let start = bytes.trim_ascii_start();
    let begins = |text: &[u8]| start.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    match bytes {
        _ if begins(b"<svg") => "SVG (it is not drawn: convert it)",
        _ if begins(b"<!doctype") || begins(b"<html") => "a web page (the server's error page?)",
        _ if begins(b"<?xml") => "XML",
        _ if begins(b"{") || begins(b"[") => "JSON (the server's error?)",
        [b'B', b'M', ..] => "BMP",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => "AVIF",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "HEIC",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "a video",
        [0x49, 0x49, 0x2A, 0, ..] | [0x4D, 0x4D, 0, 0x2A, ..] => "TIFF",
        [0, 0, 1, 0, ..] => "an icon",
        _ => "something else",
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
