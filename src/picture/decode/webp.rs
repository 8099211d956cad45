//! The still picture in a WebP: of an animation the first frame as a file of its own, of other files what is drawn of them.
//! All that it says of its size is checked, so that the decoder sees no two sizes.

use crate::error::{Error, ErrorKind, Result};

/// A picture without animation.
#[derive(Debug)]
pub(super) struct Still {
    /// Width and height of the whole picture, px.
    pub canvas: (u32, u32),
    /// Where the frame's corner stands on it, px.
    pub at: (u32, u32),
    /// Width and height of the frame, px.
    pub size: (u32, u32),
    /// The file.
    pub file: Vec<u8>,
    /// What its cameras say, as it stands in the file.
    pub exif: Option<Vec<u8>>,
}

/// In a `VP8X` chunk: frames; transparency.
const ANIMATION: u8 = 0x02;
const ALPHA: u8 = 0x10;

/// Bytes of a frame's chunk before the chunks in it.
const FRAME_HEAD: usize = 16;

/// Takes the still picture out.
///
/// # Errors
/// `Picture` where a chunk is missing or broken, or where two sizes differ.
pub(super) fn still(bytes: &[u8]) -> Result<Still> {
    let mut chunks = Chunks { rest: bytes.get(12..).unwrap_or_default() };
    let first = chunks.next().ok_or_else(|| broken("no chunk"))?;
    if first.name != *b"VP8X" {
        let size = size_of(&first)?;
        let file = container(&[&first]);
        return Ok(Still { canvas: size, at: (0, 0), size, file, exif: None });
    }
    let head: &[u8; 10] = first.data.first_chunk().ok_or_else(|| broken("a VP8X chunk that is too short"))?;
    let canvas = (three(head, 4) + 1, three(head, 7) + 1);
    let animated = head[0] & ANIMATION != 0;
    let (mut alpha, mut image, mut exif) = (None, None, None);
    let (mut at, mut size) = ((0, 0), canvas);
    for chunk in chunks {
        match &chunk.name {
            b"ANMF" if animated && image.is_none() => {
                let frame = chunk.data.get(..FRAME_HEAD).ok_or_else(|| broken("a frame that is too short"))?;
                at = (three(frame, 0) * 2, three(frame, 3) * 2);
                size = (three(frame, 6) + 1, three(frame, 9) + 1);
                if at.0 + size.0 > canvas.0 || at.1 + size.1 > canvas.1 {
                    return Err(broken("a frame that reaches beyond the picture"));
                }
                let inner = Chunks { rest: chunk.data.get(FRAME_HEAD..).unwrap_or_default() };
                (alpha, image) = image_of(inner);
                if image.is_none() {
                    return Err(broken("a frame without a picture"));
                }
            }
            b"ALPH" if !animated && alpha.is_none() && image.is_none() => alpha = Some(chunk),
            b"VP8 " | b"VP8L" if !animated && image.is_none() => image = Some(chunk),
            b"EXIF" if exif.is_none() => exif = Some(chunk.data.to_vec()),
            _ => {}
        }
    }
    let image = image.ok_or_else(|| broken("no picture in it"))?;
    let inner = size_of(&image)?;
    if inner != size {
        let message =
            format!("expected {}×{} px in the WebP, as it says, found a picture of {}×{} px", size.0, size.1, inner.0, inner.1);
        return Err(Error::new(ErrorKind::Picture, message));
    }
    let is_lossy = image.name == *b"VP8 ";
    let alpha = alpha.filter(|_| is_lossy);
    // What a still file says of its transparency counts; of a frame, what is in it.
    let transparent = if animated { alpha.is_some() } else { head[0] & ALPHA != 0 };
    let file = match (animated && alpha.is_none(), transparent && is_lossy, alpha) {
        (true, _, _) => container(&[&image]),
        (false, true, None) => return Err(broken("no transparency, which it says it has")),
        (false, _, alpha) => {
            let mut head = [0; 10];
            head[0] = if transparent { ALPHA } else { 0 };
            head[4..7].copy_from_slice(&(size.0 - 1).to_le_bytes()[..3]);
            head[7..10].copy_from_slice(&(size.1 - 1).to_le_bytes()[..3]);
            let head = Chunk { name: *b"VP8X", data: &head };
            match alpha {
                Some(alpha) => container(&[&head, &alpha, &image]),
                None => container(&[&head, &image]),
            }
        }
    };
    Ok(Still { canvas, at, size, file, exif })
}

/// A piece of a RIFF file.
struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
}

/// The chunks of a RIFF file, one after the other; the last may be cut off.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let (name, rest) = self.rest.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let data = rest.get(..length).unwrap_or(rest);
        self.rest = rest.get(length.saturating_add(length % 2)..).unwrap_or_default();
        Some(Chunk { name: *name, data })
    }
}

/// Transparency and picture of a frame.
fn image_of(chunks: Chunks<'_>) -> (Option<Chunk<'_>>, Option<Chunk<'_>>) {
    let mut alpha = None;
    for chunk in chunks {
        match &chunk.name {
            b"ALPH" if alpha.is_none() => alpha = Some(chunk),
            b"VP8 " | b"VP8L" => return (alpha, Some(chunk)),
            _ => {}
        }
    }
    (alpha, None)
}

/// Width and height in the data of a picture.
fn size_of(chunk: &Chunk<'_>) -> Result<(u32, u32)> {
    let data = chunk.data;
    match &chunk.name {
        b"VP8 " => {
            let (Some([0x9D, 0x01, 0x2A]), Some(size)) = (data.get(3..6), data.get(6..10)) else {
                return Err(broken("a VP8 chunk without a frame"));
            };
            let side = |at: usize| (u32::from(size[at]) | u32::from(size[at + 1]) << 8) & 0x3FFF;
            Ok((side(0), side(2)))
        }
        b"VP8L" => {
            let (Some(0x2F), Some(bits)) = (data.first(), data.get(1..).and_then(<[u8]>::first_chunk::<4>)) else {
                return Err(broken("a VP8L chunk without a frame"));
            };
            let bits = u32::from_le_bytes(*bits);
            Ok(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => Err(broken("no picture in it")),
    }
}

/// A file of these chunks.
fn container(chunks: &[&Chunk<'_>]) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
    for chunk in chunks {
        file.extend(chunk.name);
        file.extend((chunk.data.len() as u32).to_le_bytes());
        file.extend(chunk.data);
        if chunk.data.len() % 2 == 1 {
            file.push(0);
        }
    }
    let length = (file.len() as u32 - 8).to_le_bytes();
    file[4..8].copy_from_slice(&length);
    file
}

/// Three bytes, the lowest first.
fn three(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 3).map_or(0, |bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
}

fn broken(found: &str) -> Error {
    Error::new(ErrorKind::Picture, format!("expected a whole WebP, found {found}"))
}
