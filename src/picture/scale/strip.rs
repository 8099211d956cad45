//! The two passes of scaling: each needed row of the source to the new width, then those rows to the new height. Where the
//! processor has instructions for it that every one of its kind has, they are called by name; the same in plain steps is what they
//! are held to.

#[cfg(all(feature = "simd", target_arch = "x86_64"))]
mod sse2;

#[cfg(not(all(feature = "simd", target_arch = "x86_64")))]
use plain::make;
#[cfg(all(feature = "simd", target_arch = "x86_64"))]
use sse2::make;

use super::{EXTRA_BITS, Taps, WEIGHT_BITS};

/// Some columns of a result.
pub struct Strip<'a> {
    /// Premultiplied RGBA8 of the source, and the pixels of a row of it.
    pub pixels: &'a [u8],
    pub source_width: usize,
    /// What each column and each row is made of.
    pub columns: &'a [Taps],
    pub rows: &'a [Taps],
    /// So many rows of the source are held at the new width at once.
    pub held: usize,
}

impl Strip<'_> {
    /// A row of the source.
    fn row(&self, number: usize) -> &[u8] {
        let length = self.source_width * 4;
        self.pixels.get(number * length..).and_then(|rest| rest.get(..length)).unwrap_or_default()
    }

    /// Makes it, row by row of the result.
    pub fn make<'a>(&self, lines: impl Iterator<Item = &'a mut [u8]>) {
        make(self, lines);
    }
}

/// In steps that become vectors wherever there are some.
#[cfg_attr(all(feature = "simd", target_arch = "x86_64"), allow(dead_code, reason = "what the other is compared with"))]
mod plain {
    use super::{EXTRA_BITS, Strip, Taps, WEIGHT_BITS};

    /// The columns of a strip.
    pub fn make<'a>(strip: &Strip<'_>, lines: impl Iterator<Item = &'a mut [u8]>) {
        let Strip { columns, rows, held, .. } = *strip;
        let stride = columns.len() * 4;
        let mut narrowed = vec![0; held * stride];
        let mut next = rows.iter().map(|taps| taps.start).min().unwrap_or(0);
        let mut sums: Vec<i32> = vec![0; stride];
        for (taps, target) in rows.iter().zip(lines) {
            while next < taps.end() {
                if let Some(line) = narrowed.get_mut(next % held * stride..).and_then(|rest| rest.get_mut(..stride)) {
                    narrow(strip.row(next), columns, line);
                }
                next += 1;
            }
            sums.fill(1 << (WEIGHT_BITS + EXTRA_BITS - 1));
            for (number, weight) in (taps.start..).zip(&taps.weights) {
                let line = narrowed.get(number % held * stride..).and_then(|rest| rest.get(..stride)).unwrap_or_default();
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += i32::from(*value) * i32::from(*weight);
                }
            }
            for (target, pixel) in target.as_chunks_mut::<4>().0.iter_mut().zip(sums.as_chunks::<4>().0) {
                // The kernel's negative lobes overshoot: no channel may leave the byte, nor pass its alpha.
                let [red, green, blue, alpha] = pixel.map(|sum| (sum >> (WEIGHT_BITS + EXTRA_BITS)).clamp(0, 255));
                *target = [red.min(alpha), green.min(alpha), blue.min(alpha), alpha].map(|channel| channel as u8);
            }
        }
    }

    /// A source row to the new width.
    fn narrow(row: &[u8], columns: &[Taps], line: &mut [i16]) {
        let (row, _) = row.as_chunks::<4>();
        for (taps, target) in columns.iter().zip(line.as_chunks_mut::<4>().0) {
            let mut sums = [1 << (WEIGHT_BITS - EXTRA_BITS - 1); 4];
            for (pixel, weight) in row.get(taps.start..).unwrap_or_default().iter().zip(&taps.weights) {
                for (sum, channel) in sums.iter_mut().zip(pixel) {
                    *sum += i32::from(i16::from(*channel)) * i32::from(*weight);
                }
            }
            *target = sums.map(|sum| (sum >> (WEIGHT_BITS - EXTRA_BITS)) as i16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{held_rows, taps};
    use super::*;

    /// Of any pixels, those that are not premultiplied among them, from any size to any other.
    #[test]
    fn by_whatever_instructions_the_bytes_are_those_of_plain_steps() {
        let mut random = crate::random::random(41);
        for case in 0..1_500 {
            let mut below = |count: u32| random() % count;
            let (width, height) = (1 + below(40), 1 + below(40));
            let (to_width, to_height) = (1 + below(50), 1 + below(50));
            let part = |length: u32, random: &mut dyn FnMut(u32) -> u32| match random(3) {
                0 => (random(length * 8) as f32 / 8.0 - 2.0, 0.25 + random(length * 8) as f32 / 8.0),
                _ => (0.0, length as f32),
            };
            let ((x, across), (y, down)) = (part(width, &mut below), part(height, &mut below));
            let (columns, rows) =
                (taps(x, across, to_width, &(0..to_width), width), taps(y, down, to_height, &(0..to_height), height));
            let pixels: Vec<u8> =
                (0..width * height * 4).map(|_| [0, 255, below(256) as u8, below(256) as u8][below(4) as usize]).collect();
            let held = held_rows(&rows);
            let strip = Strip { pixels: &pixels, source_width: width as usize, columns: &columns, rows: &rows, held };
            let stride = to_width as usize * 4;
            let (mut found, mut expected) = (vec![7; stride * to_height as usize], vec![9; stride * to_height as usize]);
            make(&strip, found.chunks_exact_mut(stride));
            plain::make(&strip, expected.chunks_exact_mut(stride));
            assert!(found == expected, "{case}: {width}×{height} from {x}, {y}, {across}×{down} to {to_width}×{to_height}");
        }
    }
}
