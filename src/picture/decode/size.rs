//! Which sizes of pictures are decoded; what a PNG and a JPEG say of theirs, read before a decoder is opened.

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// That a picture of a size may be decoded.
pub(super) fn check(format: &str, (width, height): (u32, u32), limits: &Limits) -> Result<()> {
    if width == 0 || height == 0 {
        return Err(Error::new(ErrorKind::Picture, format!("expected a picture, found a {format} of {width}×{height} px")));
    }
    let found = format_args!("{width}×{height} px").to_string();
    if width > limits.image_side || height > limits.image_side {
        return Err(Error::limit("image_side", format_args!("{} px a side of a picture", limits.image_side), found));
    }
    if u64::from(width) * u64::from(height) > u64::from(limits.image_pixels) {
        return Err(Error::limit("image_pixels", format_args!("{} px of a picture", limits.image_pixels), found));
    }
    Ok(())
}

/// Width and height of a PNG's first chunk; `None` where that is no header.
#[cfg(feature = "decode-png")]
pub(super) fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some((number(16)?, number(20)?))
}

/// The largest width and height of all frame headers of a JPEG up to its first scan; `None` where there are none.
#[cfg(feature = "decode-jpeg")]
pub(super) fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    let mut size: Option<(u32, u32)> = None;
    loop {
        // What is between segments is passed over, as decoders do.
        let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) else { return size };
        at += found + 1;
        let number = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
        match bytes.get(at) {
            Some(0xDA) | None => return size,
            // Markers without a segment, and fill bytes.
            Some(0x00 | 0x01 | 0xD0..=0xD9) => at += 1,
            Some(0xFF) => {}
            Some(marker) => {
                let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
                if is_frame && let (Some(height), Some(width)) = (number(at + 4), number(at + 6)) {
                    let before = size.unwrap_or_default();
                    size = Some((before.0.max(width), before.1.max(height)));
                }
                let Some(length) = number(at + 1) else { return size };
                at += 1 + length as usize;
            }
        }
    }
}
