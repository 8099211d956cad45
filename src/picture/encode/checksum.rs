//! Adler-32 (RFC 1950), by words that hold a pixel each.

/// What both sums are taken modulo.
const PRIME: u64 = 65_521;
/// Pixels that are summed side by side.
const LANES: usize = 8;
/// Groups of pixels of which two sums still fit a word: 15 × 16 ÷ 2 × 2 × 255 is less than 2¹⁶.
const GROUPS: usize = 15;
/// Blocks of groups after which the sums of one lane still fit a word.
const BLOCKS: usize = 128;

/// The checksum of what was put into it.
pub struct Adler {
    plain: u64,
    weighted: u64,
}

impl Default for Adler {
    fn default() -> Self {
        Self { plain: 1, weighted: 0 }
    }
}

impl Adler {
    /// Of all so far.
    pub fn value(&self) -> u32 {
        (self.weighted << 16 | self.plain) as u32
    }

    /// Adds a byte, and pixels of which the first `size` bytes count; the others are 0.
    pub fn row(&mut self, first: u8, pixels: &[u32], size: usize) {
        let length = (pixels.len() * size + 1) as u64;
        let Sums { bytes, from_end, later } = Sums::of(pixels);
        // Each byte counts once for each one from it to the end.
        let weighted = length * u64::from(first) + from_end * size as u64 - later;
        self.weighted = (self.weighted + length * self.plain + weighted) % PRIME;
        self.plain = (self.plain + u64::from(first) + bytes) % PRIME;
    }
}

/// Sums over pixels.
#[derive(Default)]
struct Sums {
    /// Of their bytes.
    bytes: u64,
    /// Of their bytes, each as often as there are pixels from its own to the end.
    from_end: u64,
    /// Of their bytes, each as often as there are others before it in its pixel.
    later: u64,
}

impl Sums {
    fn of(pixels: &[u32]) -> Self {
        let mut all = Self::default();
        let mut left = pixels.len();
        let (groups, rest) = pixels.as_chunks::<LANES>();
        for groups in groups.chunks(GROUPS * BLOCKS) {
            left -= groups.len() * LANES;
            let Lanes { plain, again, later } = Lanes::of(groups);
            for (lane, ((plain, again), later)) in plain.into_iter().zip(again).zip(later).enumerate() {
                let (plain, again) = (u64::from(plain), u64::from(again));
                all.bytes += plain;
                // The last group counts once in `again`: from its lane on there are fewer than all.
                all.from_end += again * LANES as u64 + plain * left as u64 - plain * lane as u64;
                all.later += u64::from(later);
            }
        }
        for (pixel, left) in rest.iter().zip((1..=left as u64).rev()) {
            let [first, second, third, fourth] = pixel.to_le_bytes().map(u64::from);
            all.bytes += first + second + third + fourth;
            all.from_end += (first + second + third + fourth) * left;
            all.later += second + 2 * third + 3 * fourth;
        }
        all
    }
}

/// The sums of each lane.
#[derive(Default)]
struct Lanes {
    plain: [u32; LANES],
    /// The sums after each group, summed.
    again: [u32; LANES],
    later: [u32; LANES],
}

impl Lanes {
    fn of(groups: &[[u32; LANES]]) -> Self {
        let mut all = Self::default();
        for block in groups.chunks(GROUPS) {
            // Two sums in each word: of the first and the third bytes, of the second and the fourth.
            let (mut even, mut odd, mut again) = ([0_u32; LANES], [0_u32; LANES], [0_u32; LANES]);
            for group in block {
                for lane in 0..LANES {
                    even[lane] += group[lane] & 0x00FF_00FF;
                    odd[lane] += (group[lane] >> 8) & 0x00FF_00FF;
                    again[lane] += even[lane] + odd[lane];
                }
            }
            let count = block.len() as u32;
            for lane in 0..LANES {
                all.again[lane] += all.plain[lane] * count + (again[lane] & 0xFFFF) + (again[lane] >> 16);
                let pairs = even[lane] + odd[lane];
                all.plain[lane] += (pairs & 0xFFFF) + (pairs >> 16);
                all.later[lane] += (odd[lane] & 0xFFFF) + 2 * (even[lane] >> 16) + 3 * (odd[lane] >> 16);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_bytes() {
        let mut random = crate::random::random(8);
        for size in [1, 3, 4] {
            for width in [0, 1, 15, 16, 17, 400, 4_095, 4_096, 4_097, 16_384] {
                let mask = if size == 4 { u32::MAX } else { (1 << (8 * size)) - 1 };
                let mut sum = Adler::default();
                let (mut plain, mut weighted) = (1_u64, 0_u64);
                for round in 0..3 {
                    let pixels: Vec<u32> =
                        (0..width).map(|_| if round == 1 { mask } else { (random() ^ random() << 16) & mask }).collect();
                    sum.row(round, &pixels, size);
                    let bytes = pixels.iter().flat_map(|pixel| pixel.to_le_bytes().into_iter().take(size));
                    for byte in std::iter::once(round).chain(bytes) {
                        plain = (plain + u64::from(byte)) % PRIME;
                        weighted = (weighted + plain) % PRIME;
                    }
                }
                assert_eq!(u64::from(sum.value()), weighted << 16 | plain, "{size} bytes, {width} wide");
            }
        }
    }
}
