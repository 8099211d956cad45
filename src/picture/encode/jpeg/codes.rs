//! What blocks are coded as, and the Huffman codes of a picture's own.

use super::blocks::{FREQUENCIES, Frequencies, PLACES, present};
use crate::picture::encode::huffman;

/// Codes of 15 bits fit JPEG's 16 and [`huffman::lengths`].
const MOST_BITS: usize = 15;
/// Tables: of the lowest frequency and of the others, for brightness and for colours.
const TABLES: usize = 4;
/// What ends a block before its last frequency.
const END: u32 = 0;
/// Sixteen zeros.
const ZEROS: u32 = 0xF0;

/// Writes blocks. What they are coded as is kept, up to so many tokens: the codes are made for all of them, or, where there
/// are more, for the first ones.
pub struct Writer {
    /// A symbol's table and the symbol from bit 16 on, below them the bits that follow its code.
    tokens: Vec<u32>,
    most: usize,
    counts: Box<[[u32; 256]; TABLES]>,
    /// The lowest frequencies of the blocks before, by component.
    before: [i16; 3],
    coded: Option<Coded>,
    file: Vec<u8>,
}

/// A table's codes as they stand in a file.
struct Table {
    of_length: [u8; 16],
    symbols: Vec<u8>,
}

/// A scan that was begun.
struct Coded {
    /// By table and symbol: code and room for the bits that follow it, from bit 5 on; below them how many bits these are.
    codes: Box<[u32; 256 * TABLES]>,
    /// Bits that fill no four bytes yet.
    bits: u64,
    filled: u32,
}

impl Writer {
    /// Goes on with a file whose frame header is written.
    pub fn new(file: Vec<u8>, most: usize) -> Self {
        Self { tokens: Vec::new(), most, counts: Box::new([[0; 256]; TABLES]), before: [0; 3], coded: None, file }
    }

    /// Adds a block of a component (0 brightness, 1 blue, 2 red).
    pub fn block(&mut self, component: usize, frequencies: &Frequencies) {
        self.lowest(component, frequencies[0]);
        let table = 2 + usize::from(component > 0);
        let mut rest = present(frequencies) & !1;
        // From columns to the order of the file.
        let mut ordered = 0_u64;
        while rest != 0 {
            ordered |= 1 << PLACES[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        let mut next = 1;
        while ordered != 0 {
            let place = ordered.trailing_zeros();
            ordered &= ordered - 1;
            let mut zeros = place - next;
            while zeros > 15 {
                self.token(table, ZEROS, 0);
                zeros -= 16;
            }
            let (size, bits) = sized(frequencies[usize::from(FREQUENCIES[place as usize])]);
            self.token(table, (zeros << 4) | size, bits);
            next = place + 1;
        }
        if next < 64 {
            self.token(table, END, 0);
        }
    }

    /// Adds a block of equal samples.
    pub fn equal(&mut self, component: usize, lowest: i16) {
        self.lowest(component, lowest);
        self.token(2 + usize::from(component > 0), END, 0);
    }

    /// Adds the difference to the block before.
    fn lowest(&mut self, component: usize, lowest: i16) {
        let (size, bits) = sized(lowest - self.before[component]);
        self.before[component] = lowest;
        self.token(usize::from(component > 0), size, bits);
    }

    #[inline]
    fn token(&mut self, table: usize, symbol: u32, bits: u32) {
        self.counts[table][(symbol & 0xFF) as usize] += 1;
        self.tokens.push(((table as u32) << 24) | (symbol << 16) | bits);
    }

    /// To be called now and then, between blocks: writes what is too much to be kept.
    pub fn limit(&mut self) {
        if self.tokens.len() >= self.most {
            self.write(false);
        }
    }

    /// Writes what is kept, and before the first of it the codes.
    fn write(&mut self, is_all: bool) {
        let coded = self.coded.get_or_insert_with(|| {
            if !is_all {
                // What has not come yet may.
                for table in 0..TABLES {
                    possible(table).for_each(|symbol| self.counts[table][usize::from(symbol)] += 1);
                }
            }
            begin(&mut self.file, &self.counts)
        });
        for token in self.tokens.drain(..) {
            coded.put(&mut self.file, token);
        }
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        self.write(true);
        if let Some(coded) = &self.coded {
            // Ones fill the last byte.
            let padding = (8 - coded.filled % 8) % 8;
            let last = ((coded.bits << padding) | ((1 << padding) - 1)) << (32 - coded.filled - padding);
            let bytes = (last as u32).to_be_bytes();
            put_bytes(&mut self.file, &bytes[..(coded.filled + padding) as usize / 8]);
        }
        self.file.extend([0xFF, 0xD9]);
        self.file
    }
}

/// How many bits a value takes, and the bits: a negative one's are those of one less.
fn sized(value: i16) -> (u32, u32) {
    let size = 16 - value.unsigned_abs().leading_zeros();
    let bits = i32::from(value) + i32::from(value >> 15);
    (size, bits as u32 & ((1 << size) - 1))
}

/// The symbols that a table may have: differences of up to 11 bits, or up to 15 zeros before a frequency of 1 to 10 bits.
fn possible(table: usize) -> impl Iterator<Item = u8> {
    let is_possible = move |symbol: &u8| match table {
        0 | 1 => *symbol < 12,
        _ => matches!(symbol & 15, 1..=10) || matches!(u32::from(*symbol), END | ZEROS),
    };
    (0..=u8::MAX).filter(is_possible)
}

/// Writes the tables and the header of the scan.
fn begin(file: &mut Vec<u8>, counts: &[[u32; 256]; TABLES]) -> Coded {
    let mut codes = Box::new([0; 256 * TABLES]);
    for (table, counts) in counts.iter().enumerate() {
        let Table { of_length, symbols } = Table::of(counts);
        file.extend([0xFF, 0xC4]);
        file.extend((19 + symbols.len() as u16).to_be_bytes());
        // The lowest frequencies' first, brightness before colours.
        file.push(((table as u8 / 2) << 4) | (table as u8 % 2));
        file.extend(of_length);
        file.extend(&symbols);
        let (mut code, mut symbols) = (0_u32, symbols.into_iter());
        for (length, count) in (1_u32..).zip(of_length) {
            code <<= 1;
            for symbol in symbols.by_ref().take(usize::from(count)) {
                let size = u32::from(symbol & 15);
                codes[(table << 8) | usize::from(symbol)] = (code << (size + 5)) | (length + size);
                code += 1;
            }
        }
    }
    // Three components with their tables; all frequencies at once, whole.
    file.extend([0xFF, 0xDA, 0, 12, 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    Coded { codes, bits: 0, filled: 0 }
}

impl Table {
    fn of(counts: &[u32; 256]) -> Self {
        // No code is all ones (T.81, C.2): that of a symbol that is rarer than all, and never used.
        let mut with_unused = [0; 257];
        with_unused[0] = 1;
        with_unused[1..].copy_from_slice(&counts.map(|count| count * 2));
        let lengths = huffman::lengths(&with_unused, MOST_BITS);
        let mut of_length = [0; 16];
        let mut symbols = Vec::new();
        for (length, count) in (1_u8..).zip(&mut of_length) {
            let before = symbols.len();
            symbols.extend((0..=u8::MAX).filter(|symbol| lengths[usize::from(*symbol) + 1] == length));
            *count = (symbols.len() - before) as u8;
        }
        Self { of_length, symbols }
    }
}

impl Coded {
    #[inline]
    fn put(&mut self, file: &mut Vec<u8>, token: u32) {
        let code = self.codes[(token as usize >> 16) & (256 * TABLES - 1)];
        let length = code & 31;
        self.bits = (self.bits << length) | u64::from((code >> 5) | (token & 0xFFFF));
        self.filled += length;
        if self.filled >= 32 {
            self.filled -= 32;
            put_bytes(file, &((self.bits >> self.filled) as u32).to_be_bytes());
        }
    }
}

/// Writes bytes; a zero after each of 255, so that it is no marker.
#[inline]
fn put_bytes(file: &mut Vec<u8>, bytes: &[u8]) {
    if bytes.iter().all(|byte| *byte != 0xFF) {
        file.extend_from_slice(bytes);
    } else {
        for byte in bytes {
            file.push(*byte);
            if *byte == 0xFF {
                file.push(0);
            }
        }
    }
}
