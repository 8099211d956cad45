//! What pictures may weigh: the WeChat SDK's ceilings, which stand behind WPS's call too; and pictures made to keep them.

#[cfg(feature = "raster")]
mod fit;

#[cfg(feature = "raster")]
pub use fit::{Fitted, fit};

/// A thumbnail of a web page, in bytes (32 KiB).
pub const THUMBNAIL: u32 = 32 * 1024;
/// The picture of a mini program card, in bytes (128 KiB).
pub const MINI_PROGRAM_IMAGE: u32 = 128 * 1024;
