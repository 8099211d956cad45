//! Baseline JPEG by ITU T.81 and JFIF, in whole numbers: the same bytes on every target.
//!
//! Each pixel keeps its own colour (4:4:4) at every quality. With one colour for four pixels (4:2:0) thin red and blue text
//! turns grey and its edges fringe, and bytes are better spent otherwise: a board of 64 KB (quality 60) is as near to what was
//! drawn, 33.6 dB, as one of 71 KB (quality 80) whose colours are shared; coloured text of 12 KB (quality 45, 27.5 dB) is
//! nearer than one of 19.5 KB (quality 90, 27.3 dB).

mod blocks;
mod codes;

use blocks::{FREQUENCIES, Quantizer};
use codes::Writer;

use super::pixels::Pixels;

/// Most pixels a side.
const MOST_SIDE: u32 = 65_535;
/// Tokens that are kept until the codes are made, 8 MiB: those of nearly every picture, and of the first 10,000 blocks of 8 by
/// 8 pixels of the worst noise.
const MOST_TOKENS: usize = 1 << 21;

/// Steps for brightness at quality 50, by rows (T.81, table K.1).
const LUMA_STEPS: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80,
    62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,
    112, 100, 103, 99,
];
/// Steps for colours in the first four rows and columns (T.81, table K.2); all others are 99.
const COLOR_STEPS: [[u8; 4]; 4] = [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]];

/// Writes a picture of at least one pixel, over white.
///
/// # Errors
/// Says so where a side is longer than the format allows.
pub fn write(pixels: &Pixels<'_>, quality: u8) -> Result<Vec<u8>, String> {
    write_within(pixels, quality, MOST_TOKENS)
}

/// The same, with so many tokens kept.
fn write_within(pixels: &Pixels<'_>, quality: u8, most_tokens: usize) -> Result<Vec<u8>, String> {
    let (width, height) = pixels.size();
    if width.max(height) > MOST_SIDE {
        return Err(format!("a side of a JPEG is of at most {MOST_SIDE} px"));
    }
    let steps = steps(quality);
    let writer = Writer::new(header((width as u16, height as u16), &steps), most_tokens);
    let mut scan = Scan { writer, quantizers: steps.each_ref().map(Quantizer::new) };
    let is_opaque = pixels.is_opaque();
    let mut strip = vec![[[0; 8]; 8]; (width as usize).div_ceil(8)];
    for top in (0..height as usize).step_by(8) {
        fill(&mut strip, pixels, top, is_opaque);
        for block in &strip {
            scan.block(block);
        }
        scan.writer.limit();
    }
    Ok(scan.writer.finish())
}

/// The steps of a quality, for brightness and for colours, in the order of a file: scaled as everybody does, so that a quality
/// means what people know by it.
fn steps(quality: u8) -> [[u8; 64]; 2] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - quality * 2 };
    let scaled = |step: u8| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u8;
    let color = |column: usize, row: usize| COLOR_STEPS.get(row).and_then(|row| row.get(column)).map_or(99, |step| *step);
    let places = FREQUENCIES.map(|frequency| (usize::from(frequency / 8), usize::from(frequency % 8)));
    [places.map(|(column, row)| scaled(LUMA_STEPS[row * 8 + column])), places.map(|(column, row)| scaled(color(column, row)))]
}

/// A file up to its frame's header.
fn header((width, height): (u16, u16), steps: &[[u8; 64]; 2]) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    // JFIF 1.01, pixels as wide as high, no thumbnail.
    file.extend(b"\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (table, steps) in (0_u8..).zip(steps) {
        file.extend([0xFF, 0xDB, 0, 67, table]);
        file.extend(steps);
    }
    // Eight bits a sample; three components with their sampling and steps.
    file.extend([0xFF, 0xC0, 0, 17, 8]);
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend([3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]);
    file
}

/// Takes eight rows from one on into a row of blocks; the last row and the last column go on beyond the picture.
fn fill(strip: &mut [blocks::Pixels], pixels: &Pixels<'_>, top: usize, is_opaque: bool) {
    let (width, height) = pixels.size();
    let (width, height) = (width as usize, height as usize);
    for row in 0..8 {
        let start = (top + row).min(height - 1) * width;
        let line = &pixels.bytes().as_chunks::<4>().0[start..start + width];
        let (eights, rest) = line.as_chunks::<8>();
        let (whole, beyond) = strip.split_at_mut(eights.len());
        for (block, eight) in whole.iter_mut().zip(eights) {
            block[row] = if is_opaque { eight.map(u32::from_le_bytes) } else { eight.map(|pixel| pixels.on_white(pixel)) };
        }
        if let Some(block) = beyond.first_mut() {
            block[row] = std::array::from_fn(|column| pixels.on_white(rest[column.min(rest.len() - 1)]));
        }
    }
}

/// Blocks on their way into the file.
struct Scan {
    writer: Writer,
    /// Of brightness and of colours.
    quantizers: [Quantizer; 2],
}

impl Scan {
    fn block(&mut self, pixels: &blocks::Pixels) {
        let quantizer = |component: usize| &self.quantizers[usize::from(component > 0)];
        if let Some(pixel) = blocks::only(pixels) {
            // The same as below, without the sums.
            for (component, sample) in blocks::converted(pixel).into_iter().enumerate() {
                self.writer.equal(component, quantizer(component).of_equal(sample));
            }
        } else {
            for (component, samples) in blocks::components(pixels).iter().enumerate() {
                self.writer.block(component, &quantizer(component).quantized(&blocks::transformed(samples)));
            }
        }
    }
}

#[cfg(test)]
#[path = "jpeg/tests.rs"]
mod tests;
