//! From 8 by 8 pixels to quantised frequencies, in whole numbers and by rows of eight, which a compiler makes vectors of.

/// 8 by 8 pixels, rows from the top; red in the lowest byte of each, then green and blue.
pub type Pixels = [[u32; 8]; 8];
/// 8 by 8 samples about 0, rows from the top.
pub type Samples = [[i16; 8]; 8];
/// 64 frequencies, by columns: the vertical ones of each horizontal one lie together.
pub type Frequencies = [i16; 64];

/// Where each frequency of a column stands in the order of a file, from low ones to high ones (T.81, figure A.6).
pub const PLACES: [u8; 64] = places();
/// Which frequency of the columns stands at each place.
pub const FREQUENCIES: [u8; 64] = frequencies();

const fn places() -> [u8; 64] {
    let mut places = [0; 64];
    let (mut place, mut diagonal) = (0, 0_usize);
    while diagonal < 15 {
        let mut step = 0;
        while step <= diagonal {
            // Up those of an even sum, down the others.
            let (column, row) = if diagonal.is_multiple_of(2) { (step, diagonal - step) } else { (diagonal - step, step) };
            if column < 8 && row < 8 {
                places[column * 8 + row] = place;
                place += 1;
            }
            step += 1;
        }
        diagonal += 1;
    }
    places
}

const fn frequencies() -> [u8; 64] {
    let mut frequencies = [0; 64];
    let mut frequency = 0;
    while frequency < 64 {
        frequencies[PLACES[frequency] as usize] = frequency as u8;
        frequency += 1;
    }
    frequencies
}

/// A pixel's channels.
#[derive(Clone, Copy)]
struct Channels {
    red: i32,
    green: i32,
    blue: i32,
}

impl Channels {
    fn of(pixel: u32) -> Self {
        Self { red: (pixel & 0xFF) as i32, green: ((pixel >> 8) & 0xFF) as i32, blue: ((pixel >> 16) & 0xFF) as i32 }
    }

    // JFIF's factors in 65,536ths. None is over 32,767, as machines multiply 16 bits fastest: what is over it is shifted.

    /// The brightness, about 0.
    fn luma(self) -> i16 {
        let sum = 19_595 * self.red + 5_702 * self.green + 7_471 * self.blue + (self.green << 15);
        ((sum + (1 << 15) - (128 << 16)) >> 16) as i16
    }

    /// Blue's difference; what lies between two is the lower, so that pure blue stays in 8 bits.
    fn blue_difference(self) -> i16 {
        (((self.blue << 15) - 11_059 * self.red - 21_709 * self.green + (1 << 15) - 1) >> 16) as i16
    }

    /// Red's difference, likewise.
    fn red_difference(self) -> i16 {
        (((self.red << 15) - 27_439 * self.green - 5_329 * self.blue + (1 << 15) - 1) >> 16) as i16
    }
}

/// Brightness, blue's and red's difference of a pixel.
pub fn converted(pixel: u32) -> [i16; 3] {
    let channels = Channels::of(pixel);
    [channels.luma(), channels.blue_difference(), channels.red_difference()]
}

/// The pixel that all of them are, if so.
pub fn only(pixels: &Pixels) -> Option<u32> {
    let first = pixels[0][0];
    let differs = |row: &[u32; 8]| row.iter().fold(0, |all, pixel| all | (pixel ^ first));
    (differs(&pixels[0]) == 0 && pixels.iter().fold(0, |all, row| all | differs(row)) == 0).then_some(first)
}

/// Brightness, blue's and red's differences of pixels.
pub fn components(pixels: &Pixels) -> [Samples; 3] {
    let all = |component: fn(Channels) -> i16| pixels.map(|row| row.map(|pixel| component(Channels::of(pixel))));
    [all(Channels::luma), all(Channels::blue_difference), all(Channels::red_difference)]
}

/// Bits behind the point of the cosines.
const COSINE_BITS: u32 = 14;
/// √2 · cos(k · π/16), k from 1 to 7.
const C1: i32 = 22_725;
const C2: i32 = 21_407;
const C3: i32 = 19_266;
const C5: i32 = 12_873;
const C6: i32 = 8_867;
const C7: i32 = 4_520;
/// Bits behind the point between the two passes.
const PASS_BITS: u32 = 2;

/// The frequencies of eight columns, each √8 times what an orthonormal transform gives, shifted by `LEFT` bits to the left or
/// by `RIGHT` bits to the right and rounded to the nearest.
#[inline]
fn pass<const LEFT: u32, const RIGHT: u32>(rows: &Samples) -> Samples {
    let mut out = [[0; 8]; 8];
    for lane in 0..8 {
        let at = |row: usize| rows[row][lane];
        let (sum0, sum1, sum2, sum3) = (at(0) + at(7), at(1) + at(6), at(2) + at(5), at(3) + at(4));
        let [odd0, odd1, odd2, odd3] = [at(0) - at(7), at(1) - at(6), at(2) - at(5), at(3) - at(4)].map(i32::from);
        let [outer, inner] = [sum0 + sum3, sum1 + sum2].map(i32::from);
        let [far, near] = [sum0 - sum3, sum1 - sum2].map(i32::from);
        let rounded = |sum: i32, bits: u32| ((sum + (1 << bits >> 1)) >> bits) as i16;
        let plain = |sum: i32| rounded(sum << LEFT, RIGHT);
        let turned = |sum: i32| rounded(sum, COSINE_BITS - LEFT + RIGHT);
        out[0][lane] = plain(outer + inner);
        out[4][lane] = plain(outer - inner);
        out[2][lane] = turned(far * C2 + near * C6);
        out[6][lane] = turned(far * C6 - near * C2);
        out[1][lane] = turned(odd0 * C1 + odd1 * C3 + odd2 * C5 + odd3 * C7);
        out[3][lane] = turned(odd0 * C3 - odd1 * C7 - odd2 * C1 - odd3 * C5);
        out[5][lane] = turned(odd0 * C5 - odd1 * C1 + odd2 * C7 + odd3 * C3);
        out[7][lane] = turned(odd0 * C7 - odd1 * C5 + odd2 * C3 - odd3 * C1);
    }
    out
}

/// Rows become columns.
fn turned(rows: &Samples) -> Samples {
    std::array::from_fn(|column| std::array::from_fn(|row| rows[row][column]))
}

/// The frequencies of samples, eight times what they are.
pub fn transformed(samples: &Samples) -> Samples {
    pass::<0, PASS_BITS>(&turned(&pass::<PASS_BITS, 0>(samples)))
}

/// Divisions by the steps of a quantisation table, as multiplications.
#[derive(Clone)]
pub struct Quantizer {
    half: [u16; 64],
    factor: [u16; 64],
    power: [u16; 64],
}

impl Quantizer {
    /// For steps in the order of a file.
    pub fn new(steps: &[u8; 64]) -> Self {
        let mut new = Self { half: [0; 64], factor: [0; 64], power: [0; 64] };
        for (frequency, place) in PLACES.iter().enumerate() {
            // Frequencies come in eight times what they are.
            let divisor = u32::from(steps[usize::from(*place)]) * 8;
            // 2^bits < divisor ≤ 2^(bits + 1): with a factor of 16 bits rounded up, what is below 2^15 is divided exactly.
            let bits = (divisor - 1).ilog2();
            new.half[frequency] = (divisor / 2) as u16;
            new.factor[frequency] = (1_u32 << (16 + bits)).div_ceil(divisor) as u16;
            new.power[frequency] = 1 << (16 - bits);
        }
        new
    }

    fn at(&self, index: usize, frequency: i16) -> i16 {
        let high = |a: u16, b: u16| ((u32::from(a) * u32::from(b)) >> 16) as u16;
        let size = frequency.unsigned_abs() + self.half[index];
        let size = high(high(size, self.factor[index]), self.power[index]) as i16;
        if frequency < 0 { -size } else { size }
    }

    /// Frequencies, eight times what they are, by the steps and to the nearest.
    pub fn quantized(&self, frequencies: &Samples) -> Frequencies {
        let flat = frequencies.as_flattened();
        std::array::from_fn(|index| self.at(index, flat[index]))
    }

    /// The lowest frequency of 64 equal samples; the others are 0.
    pub fn of_equal(&self, sample: i16) -> i16 {
        self.at(0, sample * 64)
    }
}

/// A bit for each frequency that is not 0.
pub fn present(frequencies: &Frequencies) -> u64 {
    let flags = frequencies.map(|frequency| u8::from(frequency != 0));
    flags.as_chunks::<8>().0.iter().rev().fold(0, |bits, eight| {
        // Eight bytes of 0 or 1 become eight bits, the first lowest.
        (bits << 8) | (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
    })
}
