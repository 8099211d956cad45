//! Blocks of four pixels that are worked on side by side: what is drawn most is made of them. Where the processor has instructions
//! for it that every one of its kind has, they are called by name; the same in plain steps is what they are held to.

#[cfg(all(feature = "simd", target_arch = "x86_64"))]
mod sse2;

#[cfg(not(all(feature = "simd", target_arch = "x86_64")))]
pub use plain::{covered, even, mixed, solid};
#[cfg(all(feature = "simd", target_arch = "x86_64"))]
pub use sse2::{covered, even, mixed, solid};

/// Bytes of a block.
pub const BYTES: usize = 16;
/// Pixels of a block.
pub const PIXELS: usize = BYTES / 4;

/// Premultiplied pixels.
pub type Block = [[u8; 4]; PIXELS];

/// A premultiplied colour, ready to be drawn again and again.
pub struct Ink {
    color: [u8; 4],
    /// Its channels, pixel by pixel.
    channels: [u16; BYTES],
}

impl Ink {
    /// Of a colour.
    #[inline]
    pub fn of(color: [u8; 4]) -> Self {
        Self { color, channels: std::array::from_fn(|byte| u16::from(color[byte % 4])) }
    }
}

/// `value / 255`, rounded to nearest, in sixteen bits: room enough for a product of two bytes.
#[inline]
pub fn divide_255_short(value: u16) -> u16 {
    let biased = value + 128;
    (biased + (biased >> 8)) >> 8
}

/// In steps that become vectors wherever there are some.
#[cfg_attr(all(feature = "simd", target_arch = "x86_64"), allow(dead_code, reason = "what the other is compared with"))]
mod plain {
    use super::{BYTES, Block, Ink, PIXELS, divide_255_short};

    /// A colour where it is covered, a byte a pixel.
    // Not inlined, as those below: within a loop they would not become vectors.
    #[inline(never)]
    pub fn solid(block: &mut Block, Ink { channels, color }: &Ink, covers: [u8; PIXELS]) {
        let covers = spread(covers);
        let covered = |byte: usize| u16::from(covers[byte]);
        let own = |byte: usize| divide_255_short(channels[byte] * covered(byte)) as u8;
        let alpha = u16::from(color[3]);
        // What is most often drawn, letters, is opaque.
        if alpha == 255 {
            mix(block, |byte| (own(byte), 255 - covered(byte)));
        } else {
            mix(block, |byte| (own(byte), 255 - divide_255_short(alpha * covered(byte))));
        }
    }

    /// A colour over all.
    #[inline]
    pub fn even(block: &mut Block, Ink { channels, color }: &Ink) {
        let keep = 255 - u16::from(color[3]);
        // Times 255 as where coverage is: like this it becomes vectors.
        mix(block, |byte| (divide_255_short(channels[byte] * 255) as u8, keep));
    }

    /// Pixels over others.
    #[inline(never)]
    pub fn mixed(block: &mut Block, from: &Block) {
        let from = bytes_of(from);
        let alphas = alphas(&from);
        // What has no alpha has nothing to bring.
        mix(block, |byte| (if alphas[byte] == 0 { 0 } else { from[byte] }, 255 - u16::from(alphas[byte])));
    }

    /// Pixels over others where they are covered.
    #[inline(never)]
    pub fn covered(block: &mut Block, from: &Block, covers: [u8; PIXELS]) {
        let (from, covers) = (bytes_of(from), spread(covers));
        let alphas = alphas(&from);
        mix(block, |byte| {
            let (alpha, covered) = (u16::from(alphas[byte]), u16::from(covers[byte]));
            let own = if alpha == 0 { 0 } else { divide_255_short(u16::from(from[byte]) * covered) as u8 };
            (own, 255 - divide_255_short(alpha * covered))
        });
    }

    /// Of each byte what comes onto it, and how much of it stays.
    #[inline]
    #[allow(clippy::needless_range_loop, reason = "a loop over indexes of arrays becomes vectors, one over iterators does not")]
    fn mix(block: &mut Block, of: impl Fn(usize) -> (u8, u16)) {
        let mut bytes = bytes_of(block);
        for byte in 0..BYTES {
            let (own, keep) = of(byte);
            bytes[byte] = own.saturating_add(divide_255_short(u16::from(bytes[byte]) * keep) as u8);
        }
        block.as_flattened_mut().copy_from_slice(&bytes);
    }

    #[inline]
    fn bytes_of(block: &Block) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(block.as_flattened());
        bytes
    }

    /// A byte a pixel as a byte a channel.
    #[inline]
    fn spread(covers: [u8; PIXELS]) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        for (four, covered) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(covers) {
            *four = [covered; 4];
        }
        bytes
    }

    /// Of each pixel its alpha, in each of its channels.
    #[inline]
    fn alphas(from: &[u8; BYTES]) -> [u8; BYTES] {
        std::array::from_fn(|byte| from[byte / 4 * 4 + 3])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of any pixels, those that are not premultiplied among them, and any coverage.
    #[test]
    fn by_whatever_instructions_the_bytes_are_those_of_plain_steps() {
        let mut random = crate::random::random(77);
        let mut byte = || [0, 1, 254, 255, random() as u8, random() as u8][random() as usize % 6];
        for _ in 0..200_000 {
            let mut pixels = || -> Block { std::array::from_fn(|_| std::array::from_fn(|_| byte())) };
            let (below, from, [color, covers, ..]) = (pixels(), pixels(), pixels());
            let ink = Ink::of(color);
            let both = |draw: fn(&mut Block, &Block, &Ink, [u8; 4]), plain: fn(&mut Block, &Block, &Ink, [u8; 4])| {
                let (mut found, mut expected) = (below, below);
                draw(&mut found, &from, &ink, covers);
                plain(&mut expected, &from, &ink, covers);
                assert_eq!(found, expected, "{from:?} or {color:?} over {below:?}, covered {covers:?}");
            };
            both(|b, _, ink, covers| solid(b, ink, covers), |b, _, ink, covers| plain::solid(b, ink, covers));
            both(|b, _, ink, _| even(b, ink), |b, _, ink, _| plain::even(b, ink));
            both(|b, from, _, _| mixed(b, from), |b, from, _, _| plain::mixed(b, from));
            both(|b, from, _, covers| covered(b, from, covers), |b, from, _, covers| plain::covered(b, from, covers));
        }
    }
}
