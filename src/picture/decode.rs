//! From a file's bytes to a picture, within limits.

mod formats;

use super::Picture;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// Decodes a PNG, JPEG, WebP or GIF (its first frame), told by its content and not by a name. Its EXIF orientation is
/// applied. Channels of 16 bits are rounded to the nearest of 8, and then premultiplied to the nearest.
///
/// The same bytes give the same pixels on every target. A JPEG that ends early is drawn as far as it goes.
///
/// # Errors
/// `Limit` where the file has more than [`Limits::image_bytes`], or claims more than [`Limits::image_side`] or
/// [`Limits::image_pixels`]: that is known before anything is allocated for its pixels. `Picture` where it is another
/// format, broken, or of a format whose feature (`decode-png`, `decode-jpeg`, `decode-webp`, `decode-gif`) is off.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Picture, "expected a picture, found nothing: the file is empty"));
    }
    if bytes.len() > limits.image_bytes {
        let allowed = format!("{} bytes of an encoded picture", limits.image_bytes);
        return Err(Error::limit("image_bytes", allowed, bytes.len()));
    }
    match signature(bytes) {
        Some(format) => formats::decode(format, bytes, limits),
        None => Err(Error::new(ErrorKind::Picture, format!("expected PNG, JPEG, WebP or GIF, found {}", described(bytes)))),
    }
}

/// A format that may be decoded: each by a feature of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Png,
    Jpeg,
    WebP,
    Gif,
}

/// The format by a file's first bytes.
fn signature(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        _ => None,
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
