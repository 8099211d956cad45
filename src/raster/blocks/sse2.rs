//! The same by instructions of x86-64, in half of the time: nothing in plain steps tells a compiler that the upper half of a product
//! is an instruction of its own.

use std::arch::x86_64::{
    __m128i, _mm_add_epi16, _mm_adds_epu8, _mm_andnot_si128, _mm_cmpeq_epi8, _mm_cvtsi32_si128, _mm_cvtsi128_si64,
    _mm_mulhi_epu16, _mm_mullo_epi16, _mm_packus_epi16, _mm_set_epi64x, _mm_set1_epi16, _mm_set1_epi32, _mm_setzero_si128,
    _mm_shufflehi_epi16, _mm_shufflelo_epi16, _mm_sub_epi16, _mm_unpackhi_epi8, _mm_unpackhi_epi64, _mm_unpacklo_epi8,
    _mm_unpacklo_epi16,
};

use super::{Block, Ink, PIXELS};

/// Defines what is called from anywhere: nothing but the call is unsafe, and of that no more than that the instructions are there.
macro_rules! by_instructions {
    ($($(#[$documented:meta])* $name:ident($($argument:ident: $type:ty),*) = $own:path;)*) => {$(
        $(#[$documented])*
        #[inline]
        #[allow(unsafe_code, reason = "the compiler does not take it for granted that the target has what every one of its kind has")]
        pub fn $name(block: &mut Block, $($argument: $type),*) {
            // SAFETY: SSE2 is a part of x86-64.
            unsafe { $own(block, $($argument),*) }
        }
    )*};
}

by_instructions! {
    /// A colour where it is covered, a byte a pixel.
    solid(ink: &Ink, covers: [u8; PIXELS]) = solid_by_sse2;
    /// A colour over all.
    even(ink: &Ink) = even_by_sse2;
    /// Pixels over others.
    mixed(from: &Block) = mixed_by_sse2;
    /// Pixels over others where they are covered.
    covered(from: &Block, covers: [u8; PIXELS]) = covered_by_sse2;
}

/// The bytes of four pixels as words: those of the first two, and those of the last two.
type Words = (__m128i, __m128i);

#[target_feature(enable = "sse2")]
#[inline]
fn solid_by_sse2(block: &mut Block, Ink { color, .. }: &Ink, covers: [u8; PIXELS]) {
    let (is_opaque, color, covers) = (color[3] == 255, words(every(*color)), words(spread(covers)));
    // What is most often drawn, letters, is opaque: its alpha is what it covers.
    let alphas = if is_opaque { covers } else { scaled(alphas(color), covers) };
    *block = stored(over(loaded(block), packed(scaled(color, covers)), alphas));
}

#[target_feature(enable = "sse2")]
#[inline]
fn even_by_sse2(block: &mut Block, Ink { color, .. }: &Ink) {
    let color = every(*color);
    *block = stored(over(loaded(block), color, alphas(words(color))));
}

#[target_feature(enable = "sse2")]
#[inline]
fn mixed_by_sse2(block: &mut Block, from: &Block) {
    let from = loaded(from);
    let alphas = alphas(words(from));
    *block = stored(over(loaded(block), where_there_is_alpha(from, alphas), alphas));
}

#[target_feature(enable = "sse2")]
#[inline]
fn covered_by_sse2(block: &mut Block, from: &Block, covers: [u8; PIXELS]) {
    let (from, covers) = (words(loaded(from)), words(spread(covers)));
    let alphas = alphas(from);
    let own = where_there_is_alpha(packed(scaled(from, covers)), alphas);
    *block = stored(over(loaded(block), own, scaled(alphas, covers)));
}

/// Bytes over others, of which they leave what their alphas do.
#[target_feature(enable = "sse2")]
#[inline]
fn over(below: __m128i, own: __m128i, (first, last): Words) -> __m128i {
    let full = _mm_set1_epi16(255);
    let kept = scaled(words(below), (_mm_sub_epi16(full, first), _mm_sub_epi16(full, last)));
    _mm_adds_epu8(own, packed(kept))
}

/// What has no alpha has nothing to bring.
#[target_feature(enable = "sse2")]
#[inline]
fn where_there_is_alpha(bytes: __m128i, alphas: Words) -> __m128i {
    _mm_andnot_si128(_mm_cmpeq_epi8(packed(alphas), _mm_setzero_si128()), bytes)
}

/// Products of bytes, divided by 255 and rounded: for a product `p` of two bytes, `(p + 128) × 257 ÷ 65,536`.
#[target_feature(enable = "sse2")]
#[inline]
fn scaled(bytes: Words, by: Words) -> Words {
    let (half, factor) = (_mm_set1_epi16(128), _mm_set1_epi16(257));
    let first = _mm_mulhi_epu16(_mm_add_epi16(_mm_mullo_epi16(bytes.0, by.0), half), factor);
    (first, _mm_mulhi_epu16(_mm_add_epi16(_mm_mullo_epi16(bytes.1, by.1), half), factor))
}

/// Of each pixel its alpha, in each of its channels.
#[target_feature(enable = "sse2")]
#[inline]
fn alphas((first, last): Words) -> Words {
    const ALPHA: i32 = 0b11_11_11_11;
    let of = |two| _mm_shufflehi_epi16::<ALPHA>(_mm_shufflelo_epi16::<ALPHA>(two));
    (of(first), of(last))
}

/// A byte a pixel as a byte a channel.
#[target_feature(enable = "sse2")]
#[inline]
fn spread(covers: [u8; PIXELS]) -> __m128i {
    let covers = _mm_cvtsi32_si128(i32::from_le_bytes(covers));
    let twice = _mm_unpacklo_epi8(covers, covers);
    _mm_unpacklo_epi16(twice, twice)
}

#[target_feature(enable = "sse2")]
#[inline]
fn every(color: [u8; 4]) -> __m128i {
    _mm_set1_epi32(i32::from_le_bytes(color))
}

#[target_feature(enable = "sse2")]
#[inline]
fn words(bytes: __m128i) -> Words {
    let zero = _mm_setzero_si128();
    (_mm_unpacklo_epi8(bytes, zero), _mm_unpackhi_epi8(bytes, zero))
}

#[target_feature(enable = "sse2")]
#[inline]
fn packed((first, last): Words) -> __m128i {
    _mm_packus_epi16(first, last)
}

#[target_feature(enable = "sse2")]
#[inline]
fn loaded(block: &Block) -> __m128i {
    let [first, second, third, last] = block.map(u32::from_le_bytes).map(u64::from);
    _mm_set_epi64x((third | last << 32) as i64, (first | second << 32) as i64)
}

#[target_feature(enable = "sse2")]
#[inline]
fn stored(bytes: __m128i) -> Block {
    let (first, last) = (_mm_cvtsi128_si64(bytes), _mm_cvtsi128_si64(_mm_unpackhi_epi64(bytes, bytes)));
    let half = |word: i64, by: u32| ((word as u64 >> by) as u32).to_le_bytes();
    [half(first, 0), half(first, 32), half(last, 0), half(last, 32)]
}
