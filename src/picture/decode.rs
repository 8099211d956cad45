//! From a file's bytes to a picture, within limits.

mod formats;
#[cfg(feature = "decode-gif")]
mod gif;
mod signature;
mod size;
#[cfg(any(feature = "decode-png", feature = "decode-jpeg", feature = "decode-webp", feature = "decode-gif"))]
mod straight;
#[cfg(feature = "decode-webp")]
mod webp;

use signature::{described, signature};

use super::Picture;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::unwind::contained;

/// Decodes a PNG, JPEG, WebP or GIF (its first frame), told by its content and not by a name. Its EXIF orientation is
/// applied. Channels of 16 bits are rounded to the nearest of 8, and then premultiplied to the nearest.
///
/// What a file says of its size is checked before a decoder sees it, in each part that says it. Of an animation only the
/// first frame's data reach a decoder.
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
        Some(format) => contained(|| formats::decode(format, bytes, limits)).unwrap_or_else(|fault| {
            let message = format!("expected a whole {}, found one at which its decoder fails: {fault}", format.name());
            Err(Error::new(ErrorKind::Picture, message))
        }),
        None => Err(Error::new(ErrorKind::Picture, format!("expected PNG, JPEG, WebP or GIF, found {}", described(bytes)))),
    }
}

/// What decoding a file would cost by what it claims, bytes: for who decodes many of which some are broken. 0 where it is
/// refused before it is decoded.
#[must_use]
pub fn claimed_bytes(bytes: &[u8], limits: &Limits) -> usize {
    let size = match signature(bytes) {
        #[cfg(feature = "decode-png")]
        Some(signature::Format::Png) => size::png(bytes),
        #[cfg(feature = "decode-jpeg")]
        Some(signature::Format::Jpeg) => size::jpeg(bytes),
        #[cfg(feature = "decode-webp")]
        Some(signature::Format::WebP) => webp::still(bytes).ok().map(|still| still.size),
        #[cfg(feature = "decode-gif")]
        Some(signature::Format::Gif) => gif::still(bytes).map(|still| still.size),
        _ => None,
    };
    size.filter(|size| size::check("picture", *size, limits).is_ok())
        .map_or(0, |(width, height)| width as usize * height as usize * 4)
}

/// What decoding a file costs, in steps of a [budget](crate::budget::Budget), where its pixels come to so many bytes.
#[must_use]
pub fn decoding_steps(file: &[u8], pixel_bytes: usize) -> u64 {
    let (of_pixels, of_file) = match signature(file) {
        // Arithmetic coding bit by bit, and filters over all of it.
        Some(signature::Format::WebP) => (4, 64),
        // Codes of single coefficients: noise has many.
        Some(signature::Format::Jpeg) => (2, 32),
        _ => (2, 1),
    };
    (pixel_bytes as u64).saturating_mul(of_pixels).saturating_add((file.len() as u64).saturating_mul(of_file))
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
