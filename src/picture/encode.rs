//! From pixels to a file's bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;

use super::Picture;
use super::content::byte_length;
use crate::error::{Error, ErrorKind, Result, closest};

/// Borrowed premultiplied RGBA8: what is drawn into. Row-major, top row first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Premultiplied<'a> {
    width: u32,
    height: u32,
    pixels: &'a [u8],
}

/// Borrowed straight RGBA8: what `ImageData` and PNG hold. Row-major, top row first.
#[derive(Clone, Copy, Debug)]
pub struct Straight<'a> {
    width: u32,
    height: u32,
    pixels: &'a [u8],
}

impl<'a> Premultiplied<'a> {
    /// `None` where the length is not `width × height × 4`.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Option<Self> {
        (Some(pixels.len()) == byte_length(width, height)).then_some(Self { width, height, pixels })
    }

    /// The pixels of a picture.
    #[must_use]
    pub fn of(picture: &'a Picture) -> Self {
        Self { width: picture.width(), height: picture.height(), pixels: picture.pixels() }
    }
}

impl<'a> Straight<'a> {
    /// `None` where the length is not `width × height × 4`.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Option<Self> {
        (Some(pixels.len()) == byte_length(width, height)).then_some(Self { width, height, pixels })
    }
}

/// Pixels of either kind.
#[derive(Clone, Copy, Debug)]
pub enum Pixels<'a> {
    /// Each channel multiplied by its alpha.
    Premultiplied(Premultiplied<'a>),
    /// Each channel on its own.
    Straight(Straight<'a>),
}

impl<'a> From<Premultiplied<'a>> for Pixels<'a> {
    fn from(pixels: Premultiplied<'a>) -> Self {
        Self::Premultiplied(pixels)
    }
}

impl<'a> From<Straight<'a>> for Pixels<'a> {
    fn from(pixels: Straight<'a>) -> Self {
        Self::Straight(pixels)
    }
}

impl<'a> Pixels<'a> {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::Premultiplied(Premultiplied { width, height, .. }) | Self::Straight(Straight { width, height, .. }) => {
                (*width, *height)
            }
        }
    }

    fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Premultiplied(Premultiplied { pixels, .. }) | Self::Straight(Straight { pixels, .. }) => pixels,
        }
    }

    fn is_opaque(&self) -> bool {
        self.bytes().as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255)
    }

    /// Straight RGBA8; each channel to the nearest.
    #[must_use]
    pub fn straight(&self) -> Cow<'a, [u8]> {
        match self {
            Self::Premultiplied(Premultiplied { pixels, .. }) if !self.is_opaque() => {
                let mut straight = pixels.to_vec();
                super::straighten_all(&mut straight);
                Cow::Owned(straight)
            }
            _ => Cow::Borrowed(self.bytes()),
        }
    }

    /// RGB8 of opaque pixels.
    fn rgb(&self) -> Vec<u8> {
        let mut rgb = Vec::with_capacity(self.bytes().len() / 4 * 3);
        for [red, green, blue, _] in self.bytes().as_chunks::<4>().0 {
            rgb.extend([*red, *green, *blue]);
        }
        rgb
    }

    /// RGB8 over white.
    fn rgb_on_white(&self) -> Vec<u8> {
        let mut rgb = Vec::with_capacity(self.bytes().len() / 4 * 3);
        let is_straight = matches!(self, Self::Straight(_));
        for [channels @ .., alpha] in self.bytes().as_chunks::<4>().0 {
            let channels: &[u8; 3] = channels;
            rgb.extend(channels.map(|channel| {
                let channel = if is_straight { super::premultiply(channel, *alpha) } else { channel };
                channel.saturating_add(255 - alpha)
            }));
        }
        rgb
    }
}

/// A file format, with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG: RGB where every pixel is opaque, else RGBA.
    Png {
        /// As small as it gets, for files that are kept: a palette where there are at most 256 colours, the best of
        /// several filters. Takes ten to a hundred times as long.
        best: bool,
    },
    /// JPEG. It has no transparency: what is transparent is laid on white.
    Jpeg {
        /// From 1, small, to 100, faithful.
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
        Format::Png { best: false } => {
            let filter = (png::Compression::Fast, png::Filter::Adaptive);
            if pixels.is_opaque() {
                write_png(width, height, &Png::plain(png::ColorType::Rgb, &pixels.rgb()), filter)
            } else {
                write_png(width, height, &Png::plain(png::ColorType::Rgba, &pixels.straight()), filter)
            }
            .map_err(|error| failed(error.into()))
        }
        Format::Png { best: true } => smallest_png(&pixels).map_err(|error| failed(error.into())),
        Format::Jpeg { quality } => {
            let mut bytes = Vec::new();
            JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100))
                .encode(&pixels.rgb_on_white(), width, height, ExtendedColorType::Rgb8)
                .map_err(|error| failed(error.into()))?;
            Ok(bytes)
        }
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

/// The rows of a PNG as they are stored.
struct Png<'a> {
    color: png::ColorType,
    depth: png::BitDepth,
    rows: &'a [u8],
    /// RGB of each colour, and alpha of those that come first.
    palette: Option<(&'a [u8], &'a [u8])>,
}

impl<'a> Png<'a> {
    fn plain(color: png::ColorType, rows: &'a [u8]) -> Self {
        Self { color, depth: png::BitDepth::Eight, rows, palette: None }
    }
}

fn write_png(
    width: u32,
    height: u32,
    png: &Png<'_>,
    (compression, filter): (png::Compression, png::Filter),
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png.color);
    encoder.set_depth(png.depth);
    encoder.set_compression(compression);
    encoder.set_filter(filter);
    if let Some((colors, alphas)) = png.palette {
        encoder.set_palette(colors);
        if !alphas.is_empty() {
            encoder.set_trns(alphas);
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(png.rows)?;
    writer.finish()?;
    Ok(bytes)
}

/// The smallest of: a palette where the colours allow it, RGB or RGBA with each filter that tends to win.
fn smallest_png(pixels: &Pixels<'_>) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = pixels.size();
    let high = png::Compression::High;
    let mut candidates = Vec::new();
    let straight = pixels.straight();
    if let Some((palette, indices)) = Palette::of(&straight) {
        let (depth, rows) = pack(&indices, width as usize, palette.colors.len() / 3);
        let palette = Some((palette.colors.as_slice(), palette.alphas.as_slice()));
        let png = Png { color: png::ColorType::Indexed, depth, rows: &rows, palette };
        candidates.push(write_png(width, height, &png, (high, png::Filter::NoFilter))?);
        if depth == png::BitDepth::Eight {
            candidates.push(write_png(width, height, &png, (high, png::Filter::Adaptive))?);
        }
    } else {
        let (color, rows) =
            if pixels.is_opaque() { (png::ColorType::Rgb, Cow::Owned(pixels.rgb())) } else { (png::ColorType::Rgba, straight) };
        for filter in [png::Filter::NoFilter, png::Filter::Sub, png::Filter::Up, png::Filter::Paeth, png::Filter::Adaptive] {
            candidates.push(write_png(width, height, &Png::plain(color, &rows), (high, filter))?);
        }
    }
    // Each way writes something; of equals the first.
    Ok(candidates.into_iter().min_by_key(Vec::len).unwrap_or_default())
}

struct Palette {
    colors: Vec<u8>,
    alphas: Vec<u8>,
}

impl Palette {
    /// The colours of straight RGBA8, and each pixel's; `None` where there are more than 256. Colours with transparency
    /// come first, as only their alphas need be stored.
    fn of(straight: &[u8]) -> Option<(Self, Vec<u8>)> {
        let (pixels, _) = straight.as_chunks::<4>();
        let key = |[red, green, blue, alpha]: [u8; 4]| if alpha == 0 { [0; 4] } else { [alpha, red, green, blue] };
        let mut indices = BTreeMap::new();
        let mut last = None;
        for pixel in pixels {
            if last != Some(pixel) {
                indices.entry(key(*pixel)).or_insert(0_u8);
                if indices.len() > 256 {
                    return None;
                }
                last = Some(pixel);
            }
        }
        let mut palette = Self { colors: Vec::new(), alphas: Vec::new() };
        for (place, ([alpha, rgb @ ..], index)) in indices.iter_mut().enumerate() {
            *index = place as u8;
            palette.colors.extend(rgb);
            if *alpha != 255 {
                palette.alphas.push(*alpha);
            }
        }
        let of_pixels = pixels.iter().map(|pixel| indices.get(&key(*pixel)).copied().unwrap_or(0)).collect();
        Some((palette, of_pixels))
    }
}

/// Rows of indices in as few bits as the number of colours needs.
fn pack(indices: &[u8], width: usize, colors: usize) -> (png::BitDepth, Vec<u8>) {
    let (depth, bits) = match colors {
        0..=2 => (png::BitDepth::One, 1),
        3..=4 => (png::BitDepth::Two, 2),
        5..=16 => (png::BitDepth::Four, 4),
        _ => return (png::BitDepth::Eight, indices.to_vec()),
    };
    let mut rows = Vec::with_capacity(indices.len() * bits / 8);
    for row in indices.chunks_exact(width) {
        for group in row.chunks(8 / bits) {
            let packed = group.iter().enumerate().fold(0, |byte, (place, index)| byte | (index << (8 - bits * (place + 1))));
            rows.push(packed);
        }
    }
    (depth, rows)
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
