//! What repeats in rows of pixels: told in whole pixels, which is a third of the steps that bytes would take.

use super::checksum::Adler;
use super::deflate::Deflate;

/// How far deflate looks back, bytes.
const WINDOW: usize = 32 * 1024;
/// The longest repetition of deflate, bytes.
const LONGEST: usize = 258;
/// Bits of a hash of pixels.
const HASH_BITS: u32 = 12;
/// A repetition of so many pixels is not worth a search for a longer one.
const LONG: usize = 16;
/// One that is shorter is worth the search among pixels that were met before.
const SHORT: usize = 4;

/// Rows of pixels on their way into a zlib stream (RFC 1950). A pixel is a word of which the first one, three or four bytes count;
/// the others are 0.
pub struct Rows {
    stream: Deflate,
    sum: Adler,
    /// Pixels of a row.
    width: usize,
    /// Bytes of a pixel.
    size: usize,
    /// What may still be repeated, and the row that is being written.
    kept: Vec<u32>,
    /// How many pixels were before those kept.
    gone: usize,
    /// Where some pixels stood last, by their hash: one more than their place among all.
    met: Vec<u32>,
    /// The distance that served last, in pixels; 0 for none.
    last: usize,
    /// Whether deflate reaches the row above.
    above: bool,
}

/// Pixels in a row of which nothing repeats: what follows is taken for as of a photo, of which only what is seen at once is
/// looked for.
const NOISE: usize = 8;

/// A repetition, in pixels.
#[derive(Clone, Copy)]
struct Repetition {
    length: usize,
    distance: usize,
}

const NONE: Repetition = Repetition { length: 0, distance: 0 };

impl Rows {
    /// Behind bytes that are there already: rows of so many pixels of so many bytes.
    pub fn new(mut bytes: Vec<u8>, width: usize, size: usize) -> Self {
        // Deflate with a window of 32 KiB, made fast.
        bytes.extend([0x78, 0x01]);
        Self {
            stream: Deflate::new(bytes),
            sum: Adler::default(),
            width,
            size,
            kept: Vec::with_capacity((WINDOW / size + width) * 2),
            gone: 0,
            met: vec![0; 1 << HASH_BITS],
            last: 0,
            above: width * size < WINDOW,
        }
    }

    /// Writes a row, after the number of its filter.
    pub fn push(&mut self, filter: u8, pixels: impl Iterator<Item = u32>) {
        if self.kept.len() + self.width > self.kept.capacity() {
            let gone = self.kept.len() - (WINDOW / self.size).max(self.width).min(self.kept.len());
            self.kept.drain(..gone);
            self.gone += gone;
        }
        let start = self.kept.len();
        self.kept.extend(pixels);
        debug_assert_eq!(self.kept.len(), start + self.width, "rows are of one width");
        self.sum.row(filter, self.kept.get(start..).unwrap_or_default(), self.size);
        self.stream.literal(u32::from(filter), 1);
        let mut place = start;
        // Pixels before this one of which nothing repeated.
        let mut fresh = 0;
        while let Some(&pixel) = self.kept.get(place) {
            if fresh >= NOISE {
                let noise = self.noise(place);
                place += noise;
                // What ended it is looked at closely.
                fresh = NOISE - 1;
                if noise > 0 {
                    continue;
                }
            }
            let found = self.find(start, place, pixel);
            match self.in_bytes(found, place - start) {
                Some((length, bytes)) => {
                    self.last = found.distance;
                    self.repeat(length * self.size, bytes);
                    place += length;
                    fresh = 0;
                }
                None => {
                    self.stream.literal(pixel, self.size);
                    place += 1;
                    fresh += 1;
                }
            }
        }
    }

    /// Writes pixels from a place on as they are, until one is that before it or above it; gives how many.
    fn noise(&mut self, place: usize) -> usize {
        // Where deflate does not reach the row above, there is one row less to look at.
        let up = if self.above { self.width.min(place) } else { 1 };
        let (rest, before) = (self.kept.get(place..).unwrap_or_default(), self.kept.get(place - 1..).unwrap_or_default());
        let above = self.kept.get(place - up..).unwrap_or_default();
        let mut count = 0;
        for ((pixel, before), above) in rest.iter().zip(before).zip(above) {
            if pixel == before || pixel == above {
                break;
            }
            self.stream.literal(*pixel, self.size);
            count += 1;
        }
        count
    }

    /// The longest repetition at a place that is looked for, in a row that starts at `start`.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "a step of the innermost loop: a call costs as much as all of it")]
    fn find(&mut self, start: usize, place: usize, pixel: u32) -> Repetition {
        let kept = self.kept.as_slice();
        // Nearly always the first pixel tells.
        let begins = |distance: usize| kept.get(place.wrapping_sub(distance)) == Some(&pixel);
        let mut best = NONE;
        // The row above, where it is not too far away.
        if self.above && begins(self.width) {
            best = Repetition { length: in_common(kept, place, place - self.width), distance: self.width };
            if best.length >= LONG {
                return best;
            }
        }
        // The pixel before costs the shortest of codes.
        if place > start && begins(1) {
            let length = in_common(kept, place, place - 1);
            if length > best.length {
                best = Repetition { length, distance: 1 };
            }
        }
        if best.length < LONG && self.last > 1 && self.last != self.width && begins(self.last) {
            let length = in_common(kept, place, place - self.last);
            if length > best.length {
                best = Repetition { length, distance: self.last };
            }
        }
        if best.length < SHORT
            && let Some(hash) = hash_of(kept, place, self.size)
            && let Some(met) = self.met.get_mut(hash)
        {
            let all = self.gone + place;
            let before = std::mem::replace(met, all as u32 + 1) as usize;
            let distance = all + 1 - before;
            if before > self.gone && begins(distance) {
                let length = in_common(kept, place, place - distance);
                if length > best.length + 1 {
                    best = Repetition { length, distance };
                }
            }
        }
        best
    }

    /// The length of a repetition at a column, cut to a row of its source, and its distance in bytes; `None` where it does not pay.
    #[inline]
    fn in_bytes(&self, found: Repetition, column: usize) -> Option<(usize, usize)> {
        let Repetition { mut length, distance } = found;
        // One pixel far away takes as many bits as a pixel.
        if length < 2 && (length == 0 || distance > 1) {
            return None;
        }
        let mut bytes = distance * self.size;
        if distance > column {
            // A row's filter stands between.
            let (back, source) = if distance - column <= self.width {
                (1, column + self.width - distance)
            } else {
                let back = (distance - column).div_ceil(self.width);
                (back, column + back * self.width - distance)
            };
            length = length.min(self.width - source);
            bytes += back;
        }
        (length * self.size >= 3 && bytes <= WINDOW).then_some((length, bytes))
    }

    fn repeat(&mut self, length: usize, distance: usize) {
        let longest = LONGEST / self.size * self.size;
        let mut left = length;
        if left > longest {
            let times = left / longest;
            left -= times * longest;
            // What is left must be long enough for another one: the last of the long ones is shorter then.
            let is_short = left > 0 && left < 3;
            self.stream.repeat_times(longest, distance, times - usize::from(is_short));
            if is_short {
                self.stream.repeat(longest - 3, distance);
                left += 3;
            }
        }
        if left > 0 {
            self.stream.repeat(left, distance);
        }
    }

    /// The stream with its checksum.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.stream.finish();
        bytes.extend(self.sum.value().to_be_bytes());
        bytes
    }
}

/// A hash of as many pixels from a place on as the shortest of repetitions has.
#[inline]
fn hash_of(pixels: &[u32], place: usize, size: usize) -> Option<usize> {
    let [first, second, ..] = *pixels.get(place..)? else { return None };
    let third = if size == 1 { *pixels.get(place + 2)? } else { 0 };
    let mixed = first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA6B) ^ third.wrapping_mul(0x27D4_EB2F);
    Some((mixed.wrapping_mul(0x2C1B_3C6D) >> (32 - HASH_BITS)) as usize)
}

/// How many pixels from a place on are those from an earlier place on.
#[inline]
fn in_common(pixels: &[u32], place: usize, from: usize) -> usize {
    const LANES: usize = 8;
    let Some(rest) = pixels.get(place..) else { return 0 };
    let Some(earlier) = pixels.get(from..from + rest.len()) else { return 0 };
    // Most end within the first few, and where is not to be foreseen: that is counted, and not branched upon.
    if let (Some(a), Some(b)) = (rest.first_chunk(), earlier.first_chunk()) {
        let few = alike(a, b);
        if few < FOUR {
            return few;
        }
    }
    let (blocks, others) = (rest.as_chunks::<LANES>().0, earlier.as_chunks::<LANES>().0);
    let mut count = blocks.iter().zip(others).take_while(|(a, b)| a == b).count() * LANES;
    let (rest, earlier) = (rest.get(count..).unwrap_or_default(), earlier.get(count..).unwrap_or_default());
    let (fours, last) = rest.as_chunks();
    let (other_fours, other_last) = earlier.as_chunks();
    for (a, b) in fours.iter().zip(other_fours) {
        let few = alike(a, b);
        count += few;
        if few < FOUR {
            return count;
        }
    }
    count + last.iter().zip(other_last).take_while(|(a, b)| a == b).count()
}

const FOUR: usize = 4;

/// How many of four pixels are those of four others, from the first one on.
#[inline]
fn alike(a: &[u32; FOUR], b: &[u32; FOUR]) -> usize {
    let word = |four: &[u32; FOUR]| four.iter().rev().fold(0, |word, pixel| word << 32 | u128::from(*pixel));
    ((word(a) ^ word(b)).trailing_zeros() / 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as they stand in the stream, bytes.
    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        use std::io::Read as _;
        let mut all = Vec::new();
        flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut all).unwrap();
        all
    }

    #[test]
    fn rows_come_back_whatever_repeats_in_them() {
        let mut random = crate::random::random(3);
        for size in [1, 3, 4] {
            for (width, height) in [(1, 40), (2, 9), (3, 3), (7, 300), (258, 20), (400, 60), (11_000, 5), (33_000, 3)] {
                for colors in [1, 2, 5, 60_000] {
                    let mut pixels: Vec<u32> = Vec::new();
                    for _ in 0..height {
                        // Noise, the row above, the row above moved, and runs.
                        let kind = random() % 4;
                        for x in 0..width {
                            let mask = if size == 4 { u32::MAX } else { (1 << (8 * size)) - 1 };
                            let fresh = (random() % colors).wrapping_mul(0x0123_4567) & mask;
                            let above = pixels.len().checked_sub(width).map(|place| pixels[place]);
                            let moved = pixels.len().checked_sub(width - 1).and_then(|place| pixels.get(place).copied());
                            let same = pixels.last().copied();
                            let old = match kind {
                                0 => None,
                                1 => above,
                                2 => moved,
                                _ => same,
                            };
                            pixels.push(if x % 50 == 49 { fresh } else { old.unwrap_or(fresh) });
                        }
                    }
                    let mut rows = Rows::new(Vec::new(), width, size);
                    let mut expected: Vec<u8> = Vec::new();
                    for row in pixels.chunks(width) {
                        rows.push(2, row.iter().copied());
                        expected.push(2);
                        expected.extend(row.iter().flat_map(|pixel| pixel.to_le_bytes().into_iter().take(size)));
                    }
                    assert!(unpacked(&rows.finish()) == expected, "{size} bytes, {width}×{height}, {colors} colours");
                }
            }
        }
    }
}
