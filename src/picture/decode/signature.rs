//! Formats told by a file's first bytes.

/// A format that may be decoded: each by a feature of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
    WebP,
    Gif,
}

impl Format {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
        }
    }
}

/// The format by a file's first bytes.
pub(super) fn signature(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        _ => None,
    }
}

/// What bytes that are no picture of ours look like.
pub(super) fn described(bytes: &[u8]) -> &'static str {
    let start = bytes.trim_ascii_start();
    let begins = |text: &[u8]| start.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    match bytes {
        _ if begins(b"<svg") => "SVG (it is not drawn: convert it)",
        _ if begins(b"<!doctype") || begins(b"<html") => "a web page (the server's error page?)",
        _ if begins(b"<?xml") => "XML",
        _ if begins(b"{") || begins(b"[") => "JSON (the server's error?)",
        [b'B', b'M', ..] => "BMP",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => "AVIF",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "HEIC",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "a video",
        [0x49, 0x49, 0x2A, 0, ..] | [0x4D, 0x4D, 0, 0x2A, ..] => "TIFF",
        [0, 0, 1, 0, ..] => "an icon",
        _ => "something else",
    }
}
