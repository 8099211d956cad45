//! The mutator of the fuzz tests: numbers that are the same at every run, and texts that are broken by them.

/// `SplitMix64`: the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A text broken in one to three places, with pieces that mean something to what reads it.
pub fn mutate(random: &mut Random, text: &str, pieces: &[&str]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len() + 1);
        let length = random.below(12).min(characters.len() - at);
        match random.below(13) {
            0 => drop(characters.drain(at..at + length)),
            1 => {
                let piece: Vec<char> = random.pick(pieces).chars().collect();
                drop(characters.splice(at..at, piece));
            }
            2 => {
                let piece: Vec<char> = random.pick(pieces).chars().collect();
                drop(characters.splice(at..at + length, piece));
            }
            // Once in a while: what is cut off is seldom whole.
            3 => characters.truncate(at.max(1)),
            4..=6 => {
                let copy: Vec<char> = characters[at..at + length].to_vec();
                let to = random.below(characters.len() + 1);
                drop(characters.splice(to..to, copy));
            }
            7..=9 => {
                if let Some(character) = characters.get_mut(at) {
                    *character = char::from_u32(random.below(0x3000) as u32).unwrap_or('x');
                }
            }
            _ => {
                let other = random.below(characters.len().max(1));
                if at < characters.len() && other < characters.len() {
                    characters.swap(at, other);
                }
            }
        }
    }
    characters.into_iter().collect()
}
