//! Source-over on rows of premultiplied RGBA8, in whole numbers only, so that it is the same on every target.

use super::blocks::{self, Block, Ink, PIXELS, divide_255_short};

/// `value / 255`, rounded to nearest; exact for products of two bytes.
#[inline]
pub fn divide_255(value: u32) -> u32 {
    let biased = value + 128;
    (biased + (biased >> 8)) >> 8
}

/// A straight colour as premultiplied bytes.
pub fn premultiply(color: crate::color::Color) -> [u8; 4] {
    let alpha = u32::from(color.alpha);
    let channel = |value: u8| divide_255(u32::from(value) * alpha) as u8;
    [channel(color.red), channel(color.green), channel(color.blue), color.alpha]
}

/// A premultiplied pixel made so much fainter.
#[inline]
pub fn scale(source: [u8; 4], by: u8) -> [u8; 4] {
    Halves::of(source).scaled(u32::from(by)).pixel()
}

/// The four channels of a pixel, two in each word with eight bits of room above them: what is done to a word is done to both.
#[derive(Clone, Copy)]
struct Halves {
    /// Red, and blue from bit 16 on.
    even: u32,
    /// Green, and alpha from bit 16 on.
    odd: u32,
}

const HALVES: u32 = 0x00FF_00FF;

impl Halves {
    #[inline]
    fn of(pixel: [u8; 4]) -> Self {
        let word = u32::from_le_bytes(pixel);
        Self { even: word & HALVES, odd: (word >> 8) & HALVES }
    }

    #[inline]
    fn pixel(self) -> [u8; 4] {
        (self.even | (self.odd << 8)).to_le_bytes()
    }

    #[inline]
    fn alpha(self) -> u32 {
        self.odd >> 16
    }

    /// Each channel times a byte, as [`divide_255`] says.
    #[inline]
    fn scaled(self, by: u32) -> Self {
        let both = |channels: u32| {
            let biased = channels * by + 0x0080_0080;
            ((biased + ((biased >> 8) & HALVES)) >> 8) & HALVES
        };
        Self { even: both(self.even), odd: both(self.odd) }
    }

    /// This over another one. A premultiplied channel never exceeds its alpha, so that the sum is a byte; of pixels that are not, it is
    /// 255 at the most.
    #[inline]
    fn over(self, below: Self) -> Self {
        let kept = below.scaled(255 - self.alpha());
        let both = |sum: u32| (sum | (((sum >> 8) & 0x0001_0001) * 255)) & HALVES;
        Self { even: both(self.even + kept.even), odd: both(self.odd + kept.odd) }
    }
}

#[inline]
fn over(destination: &mut [u8; 4], source: Halves) {
    *destination = source.over(Halves::of(*destination)).pixel();
}

/// One colour over a row; `coverage` is a byte a pixel, `None` is full.
pub fn solid_row(row: &mut [u8], color: [u8; 4], coverage: Option<&[u8]>) {
    match coverage {
        None if color[3] == 255 => fill(row.as_chunks_mut::<4>().0, color),
        None => evenly(row.as_chunks_mut::<4>().0, color),
        Some(coverage) => covered_row(row.as_chunks_mut::<4>().0, color, coverage),
    }
}

/// One colour in place of all of a row, many pixels at a time.
fn fill(row: &mut [[u8; 4]], color: [u8; 4]) {
    let (blocks, rest) = row.as_chunks_mut::<16>();
    blocks.fill([color; 16]);
    rest.fill(color);
}

/// One colour over all of a row.
fn evenly(row: &mut [[u8; 4]], color: [u8; 4]) {
    let ink = Ink::of(color);
    let (blocks, rest) = row.as_chunks_mut::<PIXELS>();
    for block in blocks {
        blocks::even(block, &ink);
    }
    for pixel in rest {
        over(pixel, Halves::of(color));
    }
}

/// Coverage of the last pixels of a row, of which so many are still to be drawn: those before are covered by nothing.
#[inline]
fn last_covers(covers: u32, left: usize) -> [u8; PIXELS] {
    (covers & (u32::MAX << (8 * (PIXELS - left)))).to_le_bytes()
}

/// One colour over what is covered: as letters are, mostly fully or not at all.
fn covered_row(pixels: &mut [[u8; 4]], color: [u8; 4], coverage: &[u8]) {
    let length = pixels.len().min(coverage.len());
    let (Some(pixels), Some(coverage)) = (pixels.get_mut(..length), coverage.get(..length)) else { return };
    let (ink, alpha) = (Ink::of(color), color[3]);
    let (blocks, rest) = pixels.as_chunks_mut::<PIXELS>();
    let (covers, covers_rest) = coverage.as_chunks::<PIXELS>();
    for (block, covers) in blocks.iter_mut().zip(covers) {
        match u32::from_le_bytes(*covers) {
            0 => {}
            u32::MAX if alpha == 255 => block.fill(color),
            _ => blocks::solid(block, &ink, *covers),
        }
    }
    let left = rest.len();
    if left == 0 {
        return;
    }
    if let (Some(block), Some(covers)) = (pixels.last_chunk_mut(), coverage.last_chunk()) {
        let covers = last_covers(u32::from_le_bytes(*covers), left);
        if covers != [0; PIXELS] {
            blocks::solid(block, &ink, covers);
        }
        return;
    }
    for (pixel, covered) in pixels.iter_mut().zip(covers_rest) {
        match covered {
            0 => {}
            255 if alpha == 255 => *pixel = color,
            _ => over(pixel, Halves::of(color).scaled(u32::from(*covered))),
        }
    }
}

/// A row of premultiplied pixels over a row; `coverage` is a byte a pixel, `None` is full.
pub fn pixel_row(row: &mut [u8], source: &[u8], coverage: Option<&[u8]>, opacity: u8) {
    let (pixels, _) = row.as_chunks_mut::<4>();
    let (source, _) = source.as_chunks::<4>();
    let length = pixels.len().min(source.len()).min(coverage.map_or(usize::MAX, <[u8]>::len));
    let (Some(pixels), Some(source)) = (pixels.get_mut(..length), source.get(..length)) else { return };
    match coverage.and_then(|coverage| coverage.get(..length)) {
        Some(coverage) => covered_pixels(pixels, source, coverage, opacity),
        None if opacity == 255 => plain_pixels(pixels, source),
        None => faint_pixels(pixels, source, opacity),
    }
}

#[inline]
fn one_pixel(pixel: &mut [u8; 4], from: [u8; 4], covered: u8) {
    match (covered, from[3]) {
        (0, _) | (_, 0) => {}
        (255, 255) => *pixel = from,
        (255, _) => over(pixel, Halves::of(from)),
        _ => over(pixel, Halves::of(from).scaled(u32::from(covered))),
    }
}

/// Pixels over others where they are covered: as in a round frame, mostly fully.
fn covered_pixels(pixels: &mut [[u8; 4]], source: &[[u8; 4]], coverage: &[u8], opacity: u8) {
    let fainter = |covers: [u8; PIXELS]| match opacity {
        255 => covers,
        _ => covers.map(|covered| divide_255(u32::from(covered) * u32::from(opacity)) as u8),
    };
    let (blocks, rest) = pixels.as_chunks_mut::<PIXELS>();
    let (sources, sources_rest) = source.as_chunks::<PIXELS>();
    let (covers, covers_rest) = coverage.as_chunks::<PIXELS>();
    for ((block, from), covers) in blocks.iter_mut().zip(sources).zip(covers) {
        let covers = fainter(*covers);
        match u32::from_le_bytes(covers) {
            0 => {}
            u32::MAX => plain_block(block, from),
            _ => blocks::covered(block, from, covers),
        }
    }
    let left = rest.len();
    if left == 0 {
        return;
    }
    if let (Some(block), Some(from), Some(covers)) = (pixels.last_chunk_mut(), source.last_chunk(), coverage.last_chunk()) {
        blocks::covered(block, from, last_covers(u32::from_le_bytes(fainter(*covers)), left));
        return;
    }
    for ((pixel, from), covered) in pixels.iter_mut().zip(sources_rest).zip(covers_rest) {
        one_pixel(pixel, *from, divide_255(u32::from(*covered) * u32::from(opacity)) as u8);
    }
}

/// Pixels over others: as pictures are, mostly opaque.
fn plain_pixels(pixels: &mut [[u8; 4]], source: &[[u8; 4]]) {
    let (blocks, rest) = pixels.as_chunks_mut::<PIXELS>();
    let (sources, sources_rest) = source.as_chunks::<PIXELS>();
    blocks.iter_mut().zip(sources).for_each(|(block, from)| plain_block(block, from));
    rest.iter_mut().zip(sources_rest).for_each(|(pixel, from)| one_pixel(pixel, *from, 255));
}

#[inline]
fn plain_block(block: &mut Block, from: &Block) {
    let words = from.map(u32::from_le_bytes);
    let every = words.into_iter().fold(u32::MAX, |all, word| all & word);
    let any = words.into_iter().fold(0, |all, word| all | word);
    match (every >> 24, any >> 24) {
        (_, 0) => {}
        (255, _) => *block = *from,
        _ => blocks::mixed(block, from),
    }
}

fn faint_pixels(pixels: &mut [[u8; 4]], source: &[[u8; 4]], opacity: u8) {
    let (blocks, rest) = pixels.as_chunks_mut::<PIXELS>();
    let (sources, sources_rest) = source.as_chunks::<PIXELS>();
    blocks.iter_mut().zip(sources).for_each(|(block, from)| blocks::covered(block, from, [opacity; PIXELS]));
    rest.iter_mut().zip(sources_rest).for_each(|(pixel, from)| one_pixel(pixel, *from, opacity));
}

/// The coverage of two rows where both are, onto the end of a third.
pub fn extend_with_products(row: &mut Vec<u8>, a: &[u8], b: &[u8]) {
    row.extend(a.iter().zip(b).map(|(&a, &b)| divide_255_short(u16::from(a) * u16::from(b)) as u8));
}

/// Takes from a row of coverage what another has.
pub fn reduce(row: &mut [u8], taken: &[u8]) {
    for (own, &taken) in row.iter_mut().zip(taken) {
        *own = divide_255_short(u16::from(*own) * u16::from(255 - taken)) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_exact_rounding() {
        for a in 0..=255u32 {
            for b in 0..=255u32 {
                assert_eq!(divide_255(a * b), (f64::from(a * b) / 255.0).round() as u32);
            }
        }
    }

    /// What all ways must come to, channel by channel.
    fn expected(below: [u8; 4], source: [u8; 4], covered: u8) -> [u8; 4] {
        let source = source.map(|channel| divide_255(u32::from(channel) * u32::from(covered)));
        std::array::from_fn(|channel| {
            (source[channel] + divide_255(u32::from(below[channel]) * (255 - source[3]))).min(255) as u8
        })
    }

    #[test]
    fn every_way_gives_the_same_bytes() {
        let mut random = crate::random::random(21);
        let mut pixel = || {
            let alpha = [0, 255, random() as u8][random() as usize % 3];
            // Now and then one that is not premultiplied.
            let most = if random().is_multiple_of(9) { 255 } else { u32::from(alpha) };
            [(random() % (most + 1)) as u8, (random() % (most + 1)) as u8, (random() % (most + 1)) as u8, alpha]
        };
        for length in [0, 1, 3, 4, 7, 8, 9, 16, 33, 100] {
            for _ in 0..50 {
                let row: Vec<[u8; 4]> = (0..length).map(|_| pixel()).collect();
                let source: Vec<[u8; 4]> = (0..length).map(|_| pixel()).collect();
                let (color, opacity) = (pixel(), [255, 0, 255, pixel()[3]][pixel()[0] as usize % 4]);
                let runs: Vec<u8> = (0..length).map(|at: usize| [0, 255, pixel()[3]][at / 9 % 3]).collect();
                for coverage in [None, Some(runs.as_slice())] {
                    let covered = |at: usize| coverage.map_or(255, |coverage| coverage[at]);
                    let mut solid = row.concat();
                    solid_row(&mut solid, color, coverage);
                    let by_one: Vec<_> = (0..length).map(|at| expected(row[at], color, covered(at))).collect();
                    assert_eq!(solid, by_one.concat());
                    let mut pixels = row.concat();
                    pixel_row(&mut pixels, &source.concat(), coverage, opacity);
                    let both = |at: usize| divide_255(u32::from(covered(at)) * u32::from(opacity)) as u8;
                    // Where a source has no alpha it has nothing to bring.
                    let from = |at: usize| if source[at][3] == 0 { [0; 4] } else { source[at] };
                    let by_one: Vec<_> = (0..length)
                        .map(|at| {
                            if both(at) == 255 && source[at][3] == 255 {
                                source[at]
                            } else {
                                expected(row[at], from(at), both(at))
                            }
                        })
                        .collect();
                    assert_eq!(pixels, by_one.concat());
                }
            }
        }
    }

    #[test]
    fn opaque_and_transparent_ends_are_exact() {
        let mut row = [10, 20, 30, 255];
        solid_row(&mut row, [0, 0, 0, 0], None);
        assert_eq!(row, [10, 20, 30, 255]);
        solid_row(&mut row, [1, 2, 3, 255], Some(&[255]));
        assert_eq!(row, [1, 2, 3, 255]);
        pixel_row(&mut row, &[9, 9, 9, 255], None, 0);
        assert_eq!(row, [1, 2, 3, 255]);
    }
}
