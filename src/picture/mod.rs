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

mod content;
mod crops;
mod data_url;
mod decode;
#[cfg(feature = "raster")]
mod encode;
#[cfg(feature = "raster")]
mod fitted;
mod pictures;
mod placeholder;
mod scale;
mod store;

pub use content::Picture;
pub use crops::ScaledCrops;
pub use data_url::data_url;
pub use decode::{claimed_bytes, decode, decoding_steps};
#[cfg(feature = "cli")]
pub(crate) use encode::png;
#[cfg(feature = "raster")]
pub use encode::{Format, Pixels, Premultiplied, Straight, encode};
#[cfg(feature = "raster")]
pub use fitted::{Encoded, encode_under, is_surely_heavier};
pub use pictures::{PictureState, Pictures, missing, shortened};
pub use placeholder::{PLACEHOLDER_COLORS, placeholder_color};
pub use store::PictureStore;

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

/// Premultiplied RGBA8 pixels made straight, in place.
#[cfg(feature = "raster")]
pub(crate) fn straighten_all(pixels: &mut [u8]) {
    for [channels @ .., alpha] in pixels.as_chunks_mut::<4>().0 {
        let channels: &mut [u8; 3] = channels;
        if *alpha != 255 {
            *channels = channels.map(|channel| straighten(channel, *alpha));
        }
    }
}
