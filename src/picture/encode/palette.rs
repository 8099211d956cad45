//! The colours of a picture, where they are few.

use std::ops::Range;

/// Most colours of a palette.
const MOST: usize = 256;
/// Places of the table, four for each colour.
const PLACES: usize = 1024;

/// Pixels of a piece that is looked at before all are …
const PIECE: usize = 256;
/// … one of so many.
const PIECES: usize = 37;

/// At most 256 colours. Those with transparency come first, as only their alphas need be stored.
pub struct Palette {
    /// RGB of each colour.
    pub colors: Vec<u8>,
    /// Alphas of those that come first.
    pub alphas: Vec<u8>,
    table: Vec<(u32, u16)>,
}

/// No colour stands in a place of the table.
const FREE: u16 = u16::MAX;

impl Palette {
    /// The colours of straight RGBA8; `None` where there are more than 256.
    pub fn of(straight: &[u8]) -> Option<Self> {
        let pixels = straight.as_chunks::<4>().0;
        Self::of_parts(pixels.len(), usize::MAX, |part, meet| meet(pixels.get(part).unwrap_or_default()))
    }

    /// The same of so many pixels that are shown in parts of no more than `most`: `show` gives a part to who meets it.
    pub fn of_parts(
        count: usize,
        most: usize,
        mut show: impl FnMut(Range<usize>, &mut dyn FnMut(&[[u8; 4]]) -> Option<()>) -> Option<()>,
    ) -> Option<Self> {
        let mut found = Self { colors: Vec::new(), alphas: Vec::new(), table: vec![(0, FREE); PLACES] };
        let mut known: Vec<u32> = Vec::new();
        let mut meet = |pixels: &[[u8; 4]]| found.meet(pixels, &mut known);
        let parts = |of: usize, step: usize| (0..count).step_by(step).map(move |from| from..from.saturating_add(of).min(count));
        // Where they are too many, a few pieces tell.
        for part in parts(PIECE, PIECE * PIECES).chain(parts(most, most)) {
            show(part, &mut meet)?;
        }
        known.sort_unstable();
        for (index, color) in (0..).zip(known) {
            let [alpha, rgb @ ..] = color.to_be_bytes();
            found.colors.extend(rgb);
            if alpha != 255 {
                found.alphas.push(alpha);
            }
            let place = found.place(color);
            found.table[place].1 = index;
        }
        Some(found)
    }

    /// Adds the colours of pixels to those that are known; `None` where these become too many.
    fn meet(&mut self, pixels: &[[u8; 4]], known: &mut Vec<u32>) -> Option<()> {
        let mut last = None;
        for pixel in pixels {
            if last == Some(pixel) {
                continue;
            }
            last = Some(pixel);
            let key = key(*pixel);
            let place = self.place(key);
            if self.table[place].1 == FREE {
                if known.len() == MOST {
                    return None;
                }
                self.table[place] = (key, 0);
                known.push(key);
            }
        }
        Some(())
    }

    /// How many colours there are.
    pub fn len(&self) -> usize {
        self.colors.len() / 3
    }

    /// The place of a pixel's colour, which must be one of them.
    #[inline]
    pub fn index(&self, pixel: [u8; 4]) -> u8 {
        self.table[self.place(key(pixel))].1 as u8
    }

    /// Where a colour stands, or would.
    #[inline]
    fn place(&self, key: u32) -> usize {
        let mut place = (key.wrapping_mul(0x9E37_79B1) >> 22) as usize % PLACES;
        while self.table[place].1 != FREE && self.table[place].0 != key {
            place = (place + 1) % PLACES;
        }
        place
    }
}

/// A colour as a number, alpha first; all that is transparent is one colour.
#[inline]
fn key([red, green, blue, alpha]: [u8; 4]) -> u32 {
    if alpha == 0 { 0 } else { u32::from_be_bytes([alpha, red, green, blue]) }
}
