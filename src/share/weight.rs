//! What pictures may weigh: the WeChat SDK's ceilings, which stand behind WPS's call too.

/// A thumbnail of a web page, in bytes (32 KiB).
pub const THUMBNAIL: u32 = 32 * 1024;
/// The picture of a mini program card, in bytes (128 KiB).
pub const MINI_PROGRAM_IMAGE: u32 = 128 * 1024;
