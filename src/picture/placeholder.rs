//! The colour that stands behind a name's first letter where there is no avatar.

use crate::color::Color;

/// The colours behind the letter of a missing avatar: white letters on each have a contrast of at least 3:1.
pub const PLACEHOLDER_COLORS: [Color; 10] = [
    Color::rgb(0x4F, 0x46, 0xE5),
    Color::rgb(0x7C, 0x3A, 0xED),
    Color::rgb(0xC0, 0x26, 0xD3),
    Color::rgb(0xDB, 0x27, 0x77),
    Color::rgb(0xE1, 0x1D, 0x48),
    Color::rgb(0xC2, 0x5E, 0x0A),
    Color::rgb(0x4D, 0x7C, 0x0F),
    Color::rgb(0x0F, 0x84, 0x6E),
    Color::rgb(0x03, 0x7F, 0xB5),
    Color::rgb(0x47, 0x5D, 0x8F),
];

/// The colour of a person: always the same for one seed (an openid, or a name where there is none).
///
/// ```
/// use friendboard::picture::placeholder_color;
/// assert_eq!(placeholder_color("oABC"), placeholder_color("oABC"));
/// ```
#[must_use]
pub fn placeholder_color(seed: &str) -> Color {
    // FNV-1a, 32 bits: the standard library's hasher may change between releases, and pictures must not.
    let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // Its high bits are the better mixed ones.
    PLACEHOLDER_COLORS[(hash ^ (hash >> 16)) as usize % PLACEHOLDER_COLORS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, relative luminance.
    fn luminance(color: Color) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }

    #[test]
    fn white_letters_are_legible_on_each() {
        for color in PLACEHOLDER_COLORS {
            let contrast = 1.05 / (luminance(color) + 0.05);
            assert!(contrast >= 4.0, "{color:?}: {contrast:.2}");
        }
    }

    #[test]
    fn colours_are_spread_and_stay() {
        let mut counts = [0; PLACEHOLDER_COLORS.len()];
        for person in 0..1_000 {
            let color = placeholder_color(&format!("ouAmJ7BSDfix1j0RbRAp_{person}"));
            counts[PLACEHOLDER_COLORS.iter().position(|known| *known == color).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (60..150).contains(count)), "{counts:?}");
        assert_eq!(placeholder_color(""), PLACEHOLDER_COLORS[(0x811c_9dc5_u32 ^ 0x811c) as usize % 10]);
    }
}
