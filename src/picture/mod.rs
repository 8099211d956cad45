//! Pictures: decoded within limits, cropped, scaled without aliasing, kept, encoded.
//!
//! ```
//! use friendboard::geometry::Rect;
//! use friendboard::picture::{decode, encode, Format, Premultiplied, Picture};
//!
//! let red = Picture::from_premultiplied(2, 2, [255, 0, 0, 255].repeat(4)).unwrap();
//! let png = encode(Premultiplied::of(&red), Format::PNG)?;
//! let avatar = decode(&png, &friendboard::Limits::default())?;
//! let thumbnail = avatar.scaled_crop(Rect::new(0.0, 0.0, 2.0, 2.0), 1, 1);
//! assert_eq!(thumbnail.pixels(), [255, 0, 0, 255]);
//! # Ok::<(), friendboard::Error>(())
//! ```

mod crops;
mod data_url;
mod decode;
#[cfg(feature = "raster")]
mod encode;
mod pictures;
mod placeholder;
mod scale;
mod store;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use crops::ScaledCrops;
pub use data_url::data_url;
pub use decode::decode;
#[cfg(feature = "raster")]
pub use encode::{Encoded, Format, Pixels, Premultiplied, Straight, encode, encode_under};
pub use pictures::{PictureState, Pictures, missing, shortened};
pub use placeholder::{PLACEHOLDER_COLORS, placeholder_color};
pub use store::PictureStore;

/// A decoded picture: premultiplied RGBA8, row-major, top row first. Cheap to clone; two clones are the same picture.
#[derive(Clone)]
pub struct Picture {
    width: u32,
    height: u32,
    identity: usize,
    pixels: Arc<[u8]>,
}

impl Picture {
    /// A picture from premultiplied RGBA8 rows; `None` where the length is not `width × height × 4`.
    #[must_use]
    pub fn from_premultiplied(width: u32, height: u32, pixels: impl Into<Arc<[u8]>>) -> Option<Self> {
        // An address would not do: a new picture may get that of a dropped one, and be taken for it by a memo.
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let pixels = pixels.into();
        (Some(pixels.len()) == byte_length(width, height)).then(|| Self {
            width,
            height,
            identity: NEXT.fetch_add(1, Ordering::Relaxed),
            pixels,
        })
    }

    /// Width in px.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in px.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Premultiplied RGBA8, row-major, top row first.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// What tells this picture from every other of this process: equal for clones of one picture.
    #[must_use]
    pub fn identity(&self) -> usize {
        self.identity
    }

    /// True where every pixel is opaque.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.pixels.chunks_exact(4).all(|pixel| pixel[3] == 255)
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

/// Bytes of RGBA8 rows; `None` where this target can't address so many.
fn byte_length(width: u32, height: u32) -> Option<usize> {
    (width as usize).checked_mul(height as usize)?.checked_mul(4)
}

/// `channel × alpha ÷ 255`, rounded to the nearest (there are no ties, as 255 is odd).
#[cfg(any(
    feature = "raster",
    feature = "decode-png",
    feature = "decode-jpeg",
    feature = "decode-webp",
    feature = "decode-gif"
))]
fn premultiply(channel: u8, alpha: u8) -> u8 {
    ((u32::from(channel) * u32::from(alpha) + 127) / 255) as u8
}

/// `channel × 255 ÷ alpha`, rounded to the nearest, halves up; 0 where alpha is 0.
#[cfg(feature = "raster")]
fn straighten(channel: u8, alpha: u8) -> u8 {
    let alpha = u32::from(alpha);
    (u32::from(channel) * 255 + alpha / 2).checked_div(alpha).map_or(0, |value| value.min(255) as u8)
}
