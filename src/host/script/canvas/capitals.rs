//! `fontVariantCaps`, and `small-caps` of a font: capitals of a smaller size, as browsers make them for fonts without any of their
//! own (CSS Fonts 4, §6.6).

use std::ops::Range;

/// The size of a small capital beside the font's, as in browsers.
pub const SMALL: f64 = 0.7;

/// `fontVariantCaps`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capitals {
    /// Letters as they are; also where capitals are asked for that only a font itself can have.
    #[default]
    Normal,
    /// Small letters are small capitals.
    Small,
    /// All letters are small capitals.
    AllSmall,
    /// Capitals are small ones.
    Unicase,
}

impl Capitals {
    /// By the word of `fontVariantCaps`: small capitals stand for petite ones.
    pub fn from_keyword(word: &str) -> Self {
        match word {
            "small-caps" | "petite-caps" => Self::Small,
            "all-small-caps" | "all-petite-caps" => Self::AllSmall,
            "unicase" => Self::Unicase,
            _ => Self::Normal,
        }
    }

    /// A text as it is drawn, in parts each of which has one size: true for the small one.
    pub fn apply(self, text: String) -> (String, Vec<(Range<usize>, bool)>) {
        if self == Self::Normal {
            let all = 0..text.len();
            return (text, vec![(all, false)]);
        }
        let mut drawn = String::with_capacity(text.len());
        let mut parts: Vec<(Range<usize>, bool)> = Vec::new();
        // A mark stands on its letter.
        for cluster in crate::grapheme::clusters(&text) {
            let Some(letter) = cluster.chars().next() else { continue };
            let start = drawn.len();
            let is_small = match self {
                Self::Normal => false,
                Self::Small => letter.is_lowercase(),
                Self::AllSmall => letter.is_lowercase() || letter.is_uppercase(),
                Self::Unicase => letter.is_uppercase(),
            };
            if is_small {
                drawn.push_str(&cluster.to_uppercase());
            } else {
                drawn.push_str(cluster);
            }
            match parts.last_mut() {
                Some((range, small)) if *small == is_small => range.end = drawn.len(),
                _ => parts.push((start..drawn.len(), is_small)),
            }
        }
        if parts.is_empty() {
            parts.push((0..0, false));
        }
        (drawn, parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_each_kind_become_small_capitals() {
        let apply = |word: &str, text: &str| Capitals::from_keyword(word).apply(text.to_owned());
        assert_eq!(apply("small-caps", "Hé1"), ("HÉ1".to_owned(), vec![(0..1, false), (1..3, true), (3..4, false)]));
        assert_eq!(apply("all-small-caps", "Hé1"), ("HÉ1".to_owned(), vec![(0..3, true), (3..4, false)]));
        assert_eq!(apply("unicase", "Hé1"), ("Hé1".to_owned(), vec![(0..1, true), (1..4, false)]));
        assert_eq!(apply("titling-caps", "Hé1"), ("Hé1".to_owned(), vec![(0..4, false)]));
        assert_eq!(apply("small-caps", "e\u{301}A").1, [(0..3, true), (3..4, false)]);
        assert_eq!(apply("small-caps", ""), (String::new(), vec![(0..0, false)]));
    }
}
