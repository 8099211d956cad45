//! Pictures of at most so many bytes.

use super::Picture;
use super::encode::{Format, Premultiplied, encode};
use crate::error::{Error, ErrorKind, Result};

/// A JPEG that was fitted to a number of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// The quality that was chosen.
    pub quality: u8,
    /// Width of the picture in it, px: smaller than it was where no quality would have done.
    pub width: u32,
    /// Height of the picture in it, px.
    pub height: u32,
}

/// Lowest quality that a smaller picture is not better than.
const MIN_QUALITY: u8 = 45;
/// Highest quality worth its bytes.
const MAX_QUALITY: u8 = 95;
/// A thumbnail of fewer px a side shows nothing.
const MIN_SIDE: u32 = 16;
/// Rows that are encoded first to see whether a picture is too heavy: whole blocks of a JPEG.
const FIRST_ROWS: u32 = 64;
/// What a file of some rows has that a file of more rows may lack: padding and the end of a JPEG, codes whose length was
/// bounded …
const JPEG_END: usize = 64;
/// … and one byte of so many, as other codes may have more bytes of 255, each of which is two in the file.
const JPEG_DOUBLED: usize = 64;
/// The same of a lossless file: its last block of codes, which may come out otherwise.
const LOSSLESS_END: usize = 64 * 1024;

/// Encodes the best JPEG of at most so many bytes, for the thumbnails of shares (`WeChat`'s SDK takes 32 KiB): the
/// highest quality from 95 down to 45 that fits; where none does, the picture is made smaller, by an eighth a step.
///
/// # Errors
/// `Picture` where there are no pixels, and `Limit` where not even 16 px a side fit.
pub fn encode_under(picture: &Picture, max_bytes: usize) -> Result<Encoded> {
    let whole = picture.bounds();
    let (mut width, mut height) = (picture.width(), picture.height());
    loop {
        let is_smallest = width.min(height) <= MIN_SIDE;
        // The smallest is encoded in any case: an error says what it needs.
        let lowest = Format::Jpeg { quality: MIN_QUALITY };
        if is_smallest || !is_surely_heavier(picture, (width, height), lowest, max_bytes)? {
            let scaled = picture.scaled_crop(whole, width, height);
            let at = |quality: u8| -> Result<Encoded> {
                let bytes = encode(Premultiplied::of(&scaled), Format::Jpeg { quality })?;
                Ok(Encoded { bytes, quality, width: scaled.width(), height: scaled.height() })
            };
            let least = at(MIN_QUALITY)?;
            if least.bytes.len() <= max_bytes {
                return best_quality(least, max_bytes, at);
            }
            if is_smallest {
                let message = format!("expected a limit that a thumbnail of {width}×{height} px fits, found {max_bytes} bytes");
                return Err(Error::new(ErrorKind::Limit, message).hint(format!("it needs {} bytes", least.bytes.len())));
            }
        }
        let smaller = |side: u32| (side * 7 / 8).max(1);
        (width, height) = (smaller(width), smaller(height));
    }
}

/// The highest quality that fits, from one that does on.
fn best_quality(least: Encoded, max_bytes: usize, at: impl Fn(u8) -> Result<Encoded>) -> Result<Encoded> {
    let mut best = least;
    let (mut low, mut high) = (MIN_QUALITY + 1, MAX_QUALITY);
    while low <= high {
        let middle = low.midpoint(high);
        let tried = at(middle)?;
        if tried.bytes.len() <= max_bytes {
            low = middle + 1;
            best = tried;
        } else {
            high = middle - 1;
        }
    }
    Ok(best)
}

/// True where a picture, scaled to a size, is over so many bytes already with its first rows: a large picture of noise is
/// found too heavy by a small part of it. False says nothing: the whole has to be encoded.
///
/// A JPEG's first rows take no more bits than they do in the whole file, as the codes are made for them alone. A lossless
/// file's are the beginning of the whole file's up to its last block of codes, and are held to a quarter more.
///
/// # Errors
/// `Picture` where there are no pixels.
pub fn is_surely_heavier(picture: &Picture, (width, height): (u32, u32), format: Format, max_bytes: usize) -> Result<bool> {
    let (most, least_rows) = match format {
        Format::Jpeg { .. } => (max_bytes.saturating_add(max_bytes / JPEG_DOUBLED).saturating_add(JPEG_END), FIRST_ROWS),
        _ => {
            let most = max_bytes.saturating_add(max_bytes / 4).saturating_add(LOSSLESS_END);
            // Fewer rows are lighter than that as they are, without any code.
            let rows = most.saturating_add(most / 8) / (width.max(1) as usize * 3);
            (most, u32::try_from(rows).unwrap_or(u32::MAX).max(FIRST_ROWS))
        }
    };
    let mut rows = least_rows;
    // Most of the rows are as dear as all of them.
    while rows < height / 4 * 3 {
        let first = picture.scaled_top(width, height, rows);
        if encode(Premultiplied::of(&first), format)?.len() > most {
            return Ok(true);
        }
        rows = rows.saturating_mul(4);
    }
    Ok(false)
}

#[cfg(test)]
#[path = "fitted_tests.rs"]
mod tests;
