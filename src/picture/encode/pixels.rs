//! Pixels that are lent to an encoder.

use std::borrow::Cow;
use std::ops::Range;

use crate::picture::Picture;
use crate::picture::content::byte_length;

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
    pub(super) fn size(&self) -> (u32, u32) {
        match self {
            Self::Premultiplied(Premultiplied { width, height, .. }) | Self::Straight(Straight { width, height, .. }) => {
                (*width, *height)
            }
        }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Premultiplied(Premultiplied { pixels, .. }) | Self::Straight(Straight { pixels, .. }) => pixels,
        }
    }

    pub(super) fn is_opaque(&self) -> bool {
        // By groups, of which each is one comparison of the machine's.
        let (groups, rest) = self.bytes().as_chunks::<64>();
        let opaque = |all: u32, pixel: &[u8; 4]| all & u32::from_le_bytes(*pixel);
        groups.iter().all(|group| group.as_chunks::<4>().0.iter().fold(u32::MAX, opaque) >> 24 == 255)
            && rest.as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255)
    }

    /// Straight RGBA8; each channel to the nearest.
    #[must_use]
    pub fn straight(&self) -> Cow<'a, [u8]> {
        match self {
            Self::Premultiplied(Premultiplied { pixels, .. }) if !self.is_opaque() => {
                let mut straight = pixels.to_vec();
                crate::picture::straighten_all(&mut straight);
                Cow::Owned(straight)
            }
            _ => Cow::Borrowed(self.bytes()),
        }
    }

    /// A part of them as straight RGBA8, in a buffer where they are not that as they are.
    pub(super) fn straight_part<'b>(&self, part: Range<usize>, is_opaque: bool, buffer: &'b mut Vec<u8>) -> &'b [[u8; 4]]
    where
        'a: 'b,
    {
        let bytes = self.bytes().get(part.start * 4..part.end * 4).unwrap_or_default();
        if is_opaque || matches!(self, Self::Straight(_)) {
            return bytes.as_chunks().0;
        }
        buffer.clear();
        buffer.extend_from_slice(bytes);
        crate::picture::straighten_all(buffer);
        buffer.as_chunks().0
    }

    /// RGB8 of opaque pixels.
    pub(super) fn rgb(&self) -> Vec<u8> {
        let mut rgb = Vec::with_capacity(self.bytes().len() / 4 * 3);
        for [red, green, blue, _] in self.bytes().as_chunks::<4>().0 {
            rgb.extend([*red, *green, *blue]);
        }
        rgb
    }

    /// One of the pixels over white: red in the lowest byte, then green and blue.
    pub(super) fn on_white(&self, [channels @ .., alpha]: [u8; 4]) -> u32 {
        let is_straight = matches!(self, Self::Straight(_));
        let [red, green, blue] = channels.map(|channel: u8| {
            let channel = if is_straight { crate::picture::premultiply(channel, alpha) } else { channel };
            channel.saturating_add(255 - alpha)
        });
        u32::from_le_bytes([red, green, blue, 255])
    }
}
