//! From pixels to a file's bytes.

mod checksum;
mod deflate;
mod huffman;
mod jpeg;
mod palette;
mod pixels;
pub(crate) mod png;
mod repeats;
mod smallest;

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use image::ExtendedColorType;
use image::codecs::webp::WebPEncoder;

pub use pixels::{Pixels, Premultiplied, Straight};

use crate::error::{Error, ErrorKind, Result, closest};

/// A file format, with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG: a palette where there are at most 256 colours, RGB where every pixel is opaque, else RGBA.
    Png {
        /// As small as it gets, for files that are kept: palettes of few bits, the best of several filters. Takes thirty to
        /// two hundred times as long.
        best: bool,
    },
    /// JPEG. It has no transparency: what is transparent is laid on white.
    Jpeg {
        /// From 1, small, to 100, faithful; as other programs have it. Colours are as sharp as brightness at each.
        quality: u8,
    },
    /// WebP, lossless.
    WebP,
    /// The bare pixels: straight RGBA8, row-major, top row first.
    Rgba,
}

impl Format {
    /// PNG, written fast.
    pub const PNG: Self = Self::Png { best: false };
    /// JPEG of the quality that pictures with text need.
    pub const JPEG: Self = Self::Jpeg { quality: 90 };

    /// The endings of file names that [`Format::from_extension`] knows.
    pub const EXTENSIONS: &'static [&'static str] = &["png", "jpg", "jpeg", "webp", "rgba"];

    /// The format of a file name's ending, with or without its dot, in either case.
    ///
    /// # Errors
    /// `Usage` where the ending is another; the error lists them.
    pub fn from_extension(extension: &str) -> Result<Self> {
        let name = extension.strip_prefix('.').unwrap_or(extension).to_ascii_lowercase();
        match name.as_str() {
            "png" => Ok(Self::PNG),
            "jpg" | "jpeg" => Ok(Self::JPEG),
            "webp" => Ok(Self::WebP),
            "rgba" => Ok(Self::Rgba),
            _ => {
                let endings = Self::EXTENSIONS.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
                let found = if name.is_empty() { "no ending".to_owned() } else { format!("`.{name:.16}`") };
                let error =
                    Error::new(ErrorKind::Usage, format!("expected a file name that ends in one of {endings}; found {found}"));
                Err(match closest(&name, Self::EXTENSIONS.iter().copied()) {
                    Some(known) => error.hint(format!("did you mean `.{known}`?")),
                    None => error,
                })
            }
        }
    }

    /// The format of a file by its name's ending.
    ///
    /// # Errors
    /// `Usage` where the ending is none that is known; the error lists them.
    ///
    /// ```
    /// use friendboard::picture::Format;
    /// assert_eq!(Format::from_path("out/board.PNG").unwrap(), Format::PNG);
    /// let error = Format::from_path("board.bmp").unwrap_err().to_string();
    /// assert_eq!(error, "expected a file name that ends in one of .png, .jpg, .jpeg, .webp, .rgba; found `.bmp`");
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_extension(&path.as_ref().extension().unwrap_or_default().to_string_lossy())
    }

    /// The usual ending, without its dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png { .. } => "png",
            Self::Jpeg { .. } => "jpg",
            Self::WebP => "webp",
            Self::Rgba => "rgba",
        }
    }

    /// The media type, for a server's `Content-Type`.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png { .. } => "image/png",
            Self::Jpeg { .. } => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Rgba => "application/octet-stream",
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(extension: &str) -> Result<Self> {
        Self::from_extension(extension)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Png { .. } => "PNG",
            Self::Jpeg { .. } => "JPEG",
            Self::WebP => "WebP",
            Self::Rgba => "RGBA",
        })
    }
}

/// Encodes pixels; the same pixels give the same bytes.
///
/// # Errors
/// `Picture` where there are no pixels, or more than the format allows (65,535 px a side of a JPEG, 16,384 of a WebP).
pub fn encode<'a>(pixels: impl Into<Pixels<'a>>, format: Format) -> Result<Vec<u8>> {
    let pixels = pixels.into();
    let (width, height) = pixels.size();
    if width == 0 || height == 0 {
        let message = format!("expected pixels to write as {format}, found {width}×{height} px");
        return Err(Error::new(ErrorKind::Picture, message));
    }
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        let message = format!("{width}×{height} px can't be written as {format}: {error}");
        Error::new(ErrorKind::Picture, message).source(error)
    };
    match format {
        Format::Png { best: false } => Ok(png::write(&pixels)),
        Format::Png { best: true } => smallest::smallest(&pixels).map_err(|error| failed(error.into())),
        Format::Jpeg { quality } => jpeg::write(&pixels, quality).map_err(|error| failed(error.into())),
        Format::WebP => {
            let mut bytes = Vec::new();
            let encoder = WebPEncoder::new_lossless(&mut bytes);
            let result = if pixels.is_opaque() {
                encoder.encode(&pixels.rgb(), width, height, ExtendedColorType::Rgb8)
            } else {
                encoder.encode(&pixels.straight(), width, height, ExtendedColorType::Rgba8)
            };
            result.map_err(|error| failed(error.into()))?;
            Ok(bytes)
        }
        Format::Rgba => Ok(pixels.straight().into_owned()),
    }
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
