//! PNG, written fast: a palette where the colours are few, RGB where all is opaque, and filters only where they pay. What
//! boards are made of is told by what repeats in it, and a filter would hide that.

use super::palette::Palette;
use super::pixels::Pixels;
use super::repeats::Rows;

/// Rows that share a filter, chosen by the first of them …
pub const BAND: usize = 8;
/// … and in that by one of so many pixels.
const SAMPLE: usize = 4;
/// Sub pays where so many of eight pixels differ from the one before them …
const CHANGED_OF_EIGHT: usize = 2;
/// … by no more than so much, all channels together and on average.
const CHANGE: usize = 48;

/// What every PNG begins with.
pub const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1A\n";

const NO_FILTER: u8 = 0;
const SUB: u8 = 1;

/// How pixels are stored.
enum Color {
    Indexed(Palette),
    Rgb,
    Rgba,
}

/// Writes a picture of at least one pixel.
pub fn write(pixels: &Pixels<'_>) -> Vec<u8> {
    let (width, height) = pixels.size();
    let is_opaque = pixels.is_opaque();
    // Band by band: of what is not straight as it is, no second picture is made.
    let (count, band) = (width as usize * height as usize, width as usize * BAND);
    let mut buffer = Vec::new();
    let palette = Palette::of_parts(count, band, |part, meet| meet(pixels.straight_part(part, is_opaque, &mut buffer)));
    let color = match palette {
        Some(palette) => Color::Indexed(palette),
        None if is_opaque => Color::Rgb,
        None => Color::Rgba,
    };
    let mut file = Vec::with_capacity(count / 4 + 1024);
    file.extend(SIGNATURE);
    let kind = match color {
        Color::Indexed(_) => 3,
        Color::Rgb => 2,
        Color::Rgba => 6,
    };
    chunk(&mut file, *b"IHDR", |mut file| {
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        // Eight bits a channel; the only packing, the only filters, not interlaced.
        file.extend([8, kind, 0, 0, 0]);
        file
    });
    if let Color::Indexed(palette) = &color {
        chunk(&mut file, *b"PLTE", |file| [file, palette.colors.clone()].concat());
        if !palette.alphas.is_empty() {
            chunk(&mut file, *b"tRNS", |file| [file, palette.alphas.clone()].concat());
        }
    }
    let bands = |show: &mut dyn FnMut(&[[u8; 4]])| {
        let parts = (0..count).step_by(band).map(|from| from..(from + band).min(count));
        parts.for_each(|part| show(pixels.straight_part(part, is_opaque, &mut buffer)));
    };
    chunk(&mut file, *b"IDAT", |file| rows(file, bands, width as usize, &color));
    chunk(&mut file, *b"IEND", |file| file);
    file
}

/// Adds a chunk with what is written behind what is there.
pub fn chunk(file: &mut Vec<u8>, name: [u8; 4], write: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let start = file.len();
    file.extend([0; 4]);
    file.extend(name);
    *file = write(std::mem::take(file));
    let length = (file.len() - start - 8) as u32;
    let sum = file.get(start + 4..).map_or(0, crc32fast::hash);
    if let Some(place) = file.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_be_bytes());
    }
    file.extend(sum.to_be_bytes());
}

/// The rows as a zlib stream; `bands` shows them, a [`BAND`] of them at a time.
fn rows(file: Vec<u8>, bands: impl FnOnce(&mut dyn FnMut(&[[u8; 4]])), width: usize, color: &Color) -> Vec<u8> {
    match color {
        Color::Indexed(palette) => {
            let mut rows = Rows::new(file, width, 1);
            bands(&mut |band| {
                for row in band.chunks_exact(width) {
                    rows.push(NO_FILTER, row.iter().map(|pixel| u32::from(palette.index(*pixel))));
                }
            });
            rows.finish()
        }
        Color::Rgb => {
            let mut rows = Rows::new(file, width, 3);
            bands(&mut |band| push_band::<0x00FF_FFFF>(&mut rows, band, width));
            rows.finish()
        }
        Color::Rgba => {
            let mut rows = RgbaRows::new(file, width);
            bands(&mut |band| rows.push(band));
            rows.finish()
        }
    }
}

/// Straight RGBA8 as a zlib stream of PNG's rows, given band by band: no more of a picture is held than that.
pub struct RgbaRows {
    rows: Rows,
    width: usize,
}

impl RgbaRows {
    /// Behind bytes that are there already: rows of so many pixels.
    pub fn new(file: Vec<u8>, width: usize) -> Self {
        Self { rows: Rows::new(file, width, 4), width }
    }

    /// Adds rows: a [`BAND`] of them, and what is left the last time.
    pub fn push(&mut self, band: &[[u8; 4]]) {
        push_band::<0xFFFF_FFFF>(&mut self.rows, band, self.width);
    }

    /// What was there, and the stream behind it.
    pub fn finish(self) -> Vec<u8> {
        self.rows.finish()
    }
}

/// Rows of what `MASK` leaves of the pixels, which share a filter.
fn push_band<const MASK: u32>(rows: &mut Rows, band: &[[u8; 4]], width: usize) {
    let is_smooth = band.get(..width).is_some_and(is_smooth);
    for row in band.chunks_exact(width) {
        let plain = row.iter().map(|pixel| u32::from_le_bytes(*pixel));
        if is_smooth {
            let before = std::iter::once(0).chain(plain.clone());
            rows.push(SUB, plain.zip(before).map(|(pixel, before)| less(pixel, before) & MASK));
        } else {
            rows.push(NO_FILTER, plain.map(|pixel| pixel & MASK));
        }
    }
}

/// True for a row as of a photo: it changes nearly everywhere, and by little. Between its neighbours' differences there is less to tell
/// than between its pixels; elsewhere more repeats without a filter.
fn is_smooth(row: &[[u8; 4]]) -> bool {
    let (mut seen, mut changed, mut change) = (0, 0, 0);
    for sample in row.as_chunks::<SAMPLE>().0 {
        seen += 1;
        let [before, pixel, ..] = sample;
        if before != pixel {
            changed += 1;
            change += before.iter().zip(pixel).map(|(before, pixel)| usize::from(before.abs_diff(*pixel))).sum::<usize>();
        }
    }
    changed * 8 > seen * CHANGED_OF_EIGHT && change < changed * CHANGE
}

/// The differences of the bytes of two words, each modulo 256.
#[inline]
fn less(word: u32, by: u32) -> u32 {
    const HIGH: u32 = 0x8080_8080;
    ((word | HIGH) - (by & !HIGH)) ^ ((word ^ !by) & HIGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_words_are_subtracted_one_by_one() {
        for (word, by) in [(0x0001_80FF_u32, 0x0102_7F00_u32), (0x0000_0000, 0x0180_FF7F), (0xFFFF_FFFF, 0x8000_7F01)] {
            let expected: [u8; 4] = std::array::from_fn(|byte| word.to_le_bytes()[byte].wrapping_sub(by.to_le_bytes()[byte]));
            assert_eq!(less(word, by).to_le_bytes(), expected);
        }
    }
}
