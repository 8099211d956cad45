//! Deflate (RFC 1951) of tokens that others find: bytes as they are, and repetitions. Each block has a code of its own.

use super::huffman;

/// Tokens of a block: enough for a code to pay, few enough to stay in the nearest memory.
const BLOCK: usize = 16 * 1024;
/// Bytes that are put together before they go where the others are.
const BUFFER: usize = 1024;
/// The symbol that ends a block.
const ENDS_BLOCK: usize = 256;
/// In a token: a repetition, its [distance](Part) from bit 32 on and its length below; without it up to four bytes, and their
/// number from bit 32 on.
const REPEATS: u64 = 1 << 63;

/// A stream that grows.
pub struct Deflate {
    bytes: Vec<u8>,
    /// What is not a whole byte yet.
    bits: u64,
    filled: u32,
    tokens: Vec<u64>,
    literals: [u32; 288],
    distances: [u32; 32],
}

/// A code of a symbol: its bits, the first lowest, and how many they are.
type Code = (u16, u8);

impl Deflate {
    /// A stream behind bytes that are there already.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, bits: 0, filled: 0, tokens: Vec::with_capacity(BLOCK), literals: [0; 288], distances: [0; 32] }
    }

    /// The first so many bytes of a word (1 to 4), the lowest first.
    #[inline]
    pub fn literal(&mut self, word: u32, count: usize) {
        for byte in word.to_le_bytes().into_iter().take(count) {
            self.literals[usize::from(byte)] += 1;
        }
        self.push(u64::from(word) | (count as u64) << 32);
    }

    /// So many bytes (3 to 258) once more that stand so many bytes (1 to 32,768) before.
    #[inline]
    pub fn repeat(&mut self, length: usize, distance: usize) {
        self.repeat_times(length, distance, 1);
    }

    /// The same again and again, each as long.
    #[inline]
    pub fn repeat_times(&mut self, length: usize, distance: usize, times: usize) {
        let (length, distance) = (Part::of(length_code(length as u32)), Part::of(distance_code(distance as u32)));
        let token = REPEATS | u64::from(distance.0) << 32 | u64::from(length.0);
        for _ in 0..times {
            // Here and not before: a block may end between them.
            self.literals[length.symbol()] += 1;
            self.distances[distance.symbol() & 31] += 1;
            self.push(token);
        }
    }

    #[inline]
    fn push(&mut self, token: u64) {
        self.tokens.push(token);
        if self.tokens.len() == BLOCK {
            self.end_block(false);
        }
    }

    /// Ends the stream and gives all bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_block(true);
        if self.filled > 0 {
            self.bytes.push(self.bits as u8);
        }
        self.bytes
    }

    /// Writes a few bits; those that are left are fewer than eight.
    fn put(&mut self, bits: u64, count: u32) {
        self.bits |= bits << self.filled;
        self.filled += count;
        while self.filled >= 8 {
            self.bytes.push(self.bits as u8);
            self.bits >>= 8;
            self.filled -= 8;
        }
    }

    fn end_block(&mut self, is_last: bool) {
        self.literals[ENDS_BLOCK] = 1;
        // Some readers refuse a code of one symbol: there are always two distances.
        self.distances[0] += 1;
        self.distances[1] += 1;
        let literal_lengths = huffman::lengths(&self.literals, 15);
        let distance_lengths = huffman::lengths(&self.distances, 15);
        // Whether it is the last, and that it brings codes of its own.
        self.put(u64::from(is_last) | 0b100, 3);
        self.write_lengths(&literal_lengths, &distance_lengths);
        self.write_tokens(&huffman::codes(&literal_lengths), &huffman::codes(&distance_lengths));
        self.tokens.clear();
        (self.literals, self.distances) = ([0; 288], [0; 32]);
    }

    /// The lengths of both codes, by a code of their own.
    fn write_lengths(&mut self, literals: &[u8; 288], distances: &[u8; 32]) {
        /// In which order the lengths of that code come.
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let used = |lengths: &[u8], least: usize| {
            lengths.iter().rposition(|length| *length > 0).map_or(least, |last| (last + 1).max(least))
        };
        let (literal_count, distance_count) = (used(literals, 257), used(distances, 1));
        let all: Vec<u8> = literals.iter().take(literal_count).chain(distances.iter().take(distance_count)).copied().collect();
        let packed = packed_lengths(&all);
        let mut counts = [0; 19];
        for (symbol, ..) in &packed {
            counts[usize::from(*symbol)] += 1;
        }
        let lengths = huffman::lengths(&counts, 7);
        let codes = huffman::codes(&lengths);
        let written = ORDER.iter().rposition(|symbol| lengths[*symbol] > 0).map_or(4, |last| (last + 1).max(4));
        self.put(literal_count as u64 - 257, 5);
        self.put(distance_count as u64 - 1, 5);
        self.put(written as u64 - 4, 4);
        ORDER.iter().take(written).for_each(|symbol| self.put(u64::from(lengths[*symbol]), 3));
        for (symbol, more, count) in packed {
            let (code, length) = codes[usize::from(symbol)];
            self.put(u64::from(code), u32::from(length));
            self.put(u64::from(more), count);
        }
    }

    fn write_tokens(&mut self, literals: &[Code; 288], distances: &[Code; 32]) {
        let mut writer = BitWriter { bytes: &mut self.bytes, buffer: [0; BUFFER], at: 0, bits: self.bits, filled: self.filled };
        for token in &self.tokens {
            if token & REPEATS == 0 {
                // Three codes of 15 bits fit beside the 7 that may be left; a fourth needs room.
                let [first, second, third, fourth, count, ..] = token.to_le_bytes();
                writer.put(literals[usize::from(first)]);
                if count > 1 {
                    writer.put(literals[usize::from(second)]);
                    writer.put(literals[usize::from(third)]);
                    if count > 3 {
                        writer.flush();
                        writer.put(literals[usize::from(fourth)]);
                    }
                }
            } else {
                let (length, distance) = (Part(*token as u32), Part((*token >> 32) as u32));
                // At the most 15 bits and 5, then 15 and 13, beside the 7 that may be left.
                writer.put_with_more(literals[length.symbol()], length);
                writer.put_with_more(distances[distance.symbol() & 31], distance);
            }
            writer.flush();
        }
        writer.put(literals[ENDS_BLOCK]);
        writer.flush();
        (self.bits, self.filled) = writer.finish();
    }
}

/// Lengths, their runs put together: each a symbol, further bits, and how many those are.
fn packed_lengths(all: &[u8]) -> Vec<(u8, u8, u32)> {
    let mut packed = Vec::with_capacity(all.len());
    let mut rest = all;
    while let Some(&length) = rest.first() {
        let run = rest.iter().take_while(|other| **other == length).count();
        let taken = match (length, run) {
            (0, 11..) => {
                let run = run.min(138);
                packed.push((18, run as u8 - 11, 7));
                run
            }
            (0, 3..) => {
                packed.push((17, run as u8 - 3, 3));
                run
            }
            (_, 4..) => {
                let run = run.min(7);
                packed.push((length, 0, 0));
                packed.push((16, run as u8 - 4, 2));
                run
            }
            _ => {
                packed.push((length, 0, 0));
                1
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    packed
}

/// Bits on their way into bytes.
struct BitWriter<'a> {
    bytes: &'a mut Vec<u8>,
    buffer: [u8; BUFFER],
    /// How much of the buffer is full.
    at: usize,
    bits: u64,
    filled: u32,
}

impl BitWriter<'_> {
    /// Adds bits; all that is there must be fewer than 64.
    #[inline]
    fn put(&mut self, (bits, count): Code) {
        self.bits |= u64::from(bits) << self.filled;
        self.filled += u32::from(count);
    }

    /// Adds a symbol's bits and those that follow it; all that is there must be fewer than 64.
    #[inline]
    fn put_with_more(&mut self, (bits, count): Code, part: Part) {
        self.put((bits, count));
        self.bits |= u64::from(part.more()) << self.filled;
        self.filled += part.more_count();
    }

    /// Moves whole bytes on: fewer than eight bits are left.
    #[inline]
    fn flush(&mut self) {
        if let Some(room) = self.buffer.get_mut(self.at..self.at + 8) {
            room.copy_from_slice(&self.bits.to_le_bytes());
        }
        self.at += (self.filled / 8) as usize;
        // Never all of 64: fewer were put.
        self.bits >>= self.filled & 0x38;
        self.filled %= 8;
        if self.at > BUFFER - 8 {
            self.bytes.extend_from_slice(self.buffer.get(..self.at).unwrap_or_default());
            self.at = 0;
        }
    }

    fn finish(self) -> (u64, u32) {
        self.bytes.extend_from_slice(self.buffer.get(..self.at).unwrap_or_default());
        (self.bits, self.filled)
    }
}

/// A length or a distance as it is written: its symbol in 9 bits, then the number of further bits in 4, then these.
#[derive(Clone, Copy)]
struct Part(u32);

impl Part {
    #[inline]
    fn of((symbol, more, count): (usize, u16, u8)) -> Self {
        Self(symbol as u32 & 511 | u32::from(count & 15) << 9 | u32::from(more) << 13)
    }

    #[inline]
    fn symbol(self) -> usize {
        self.0 as usize & 511
    }

    #[inline]
    fn more_count(self) -> u32 {
        self.0 >> 9 & 15
    }

    /// In a token, what is above belongs to something else.
    #[inline]
    fn more(self) -> u32 {
        self.0 >> 13 & 0x1FFF
    }
}

/// Symbol, further bits and their number of a length from 3 to 258.
#[inline]
fn length_code(length: u32) -> (usize, u16, u8) {
    let over = length.saturating_sub(3);
    if over < 8 {
        return (257 + over as usize, 0, 0);
    }
    if over >= 255 {
        return (285, 0, 0);
    }
    let highest = over.ilog2();
    let more = highest - 2;
    let symbol = 257 + 4 * (highest - 1) + ((over >> more) & 3);
    (symbol as usize, (over & ((1 << more) - 1)) as u16, more as u8)
}

/// Symbol, further bits and their number of a distance from 1 to 32,768.
#[inline]
fn distance_code(distance: u32) -> (usize, u16, u8) {
    let over = distance.saturating_sub(1);
    if over < 2 {
        return (over as usize, 0, 0);
    }
    let highest = over.ilog2();
    let more = highest - 1;
    let symbol = 2 * highest + ((over >> more) & 1);
    (symbol as usize, (over & ((1 << more) - 1)) as u16, more as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inflated(bytes: &[u8]) -> Vec<u8> {
        use std::io::Read as _;
        let mut all = Vec::new();
        flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut all).unwrap();
        all
    }

    #[test]
    fn every_length_and_distance_is_told() {
        let mut random = crate::random::random(5);
        let mut stream = Deflate::new(Vec::new());
        let mut expected: Vec<u8> = Vec::new();
        for _ in 0..10_000 {
            let word = random() ^ random() << 16;
            for count in [1, 3, 4] {
                stream.literal(word, count);
                expected.extend(&word.to_le_bytes()[..count]);
            }
        }
        let distances =
            (1..300).chain((0..15).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) + 1])).chain([32_767, 32_768]);
        for (distance, length) in distances.filter(|distance| *distance > 0).zip((3..=258).cycle()) {
            stream.repeat(length, distance);
            (0..length).for_each(|_| expected.push(expected[expected.len() - distance]));
        }
        for length in 3..=258 {
            stream.repeat(length, 7);
            (0..length).for_each(|_| expected.push(expected[expected.len() - 7]));
        }
        assert!(inflated(&stream.finish()) == expected);
    }

    #[test]
    fn an_empty_stream_is_one() {
        assert!(inflated(&Deflate::new(Vec::new()).finish()).is_empty());
    }
}
