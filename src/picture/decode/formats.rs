//! The decoders that this build has.

use super::signature::Format;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::picture::Picture;

/// Decodes a file of a format.
pub(super) fn decode(format: Format, bytes: &[u8], limits: &Limits) -> Result<Picture> {
    match format {
        #[cfg(feature = "decode-png")]
        Format::Png => image::png(bytes, limits),
        #[cfg(feature = "decode-jpeg")]
        Format::Jpeg => image::jpeg(bytes, limits),
        #[cfg(feature = "decode-webp")]
        Format::WebP => image::webp(bytes, limits),
        #[cfg(feature = "decode-gif")]
        Format::Gif => image::gif(bytes, limits),
        #[allow(unreachable_patterns, reason = "of the formats that are left, there are none where all features are on")]
        format => {
            let _ = (bytes, limits);
            Err(without(format))
        }
    }
}

/// That a format's feature is off.
fn without(format: Format) -> Error {
    let feature = match format {
        Format::Png => "decode-png",
        Format::Jpeg => "decode-jpeg",
        Format::WebP => "decode-webp",
        Format::Gif => "decode-gif",
    };
    let name = format.name();
    let error = Error::new(ErrorKind::Picture, format!("this build decodes no {name}"));
    error.hint(format!("build it with the feature `{feature}`, or let the host decode the picture"))
}

#[cfg(any(feature = "decode-png", feature = "decode-jpeg", feature = "decode-webp", feature = "decode-gif"))]
#[path = "image.rs"]
mod image;
