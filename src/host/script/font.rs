//! `font` of a 2D context: the CSS shorthand (CSS Fonts 4, §2.7), and how it is read back.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::css::{calc, length, number, shown};

/// What `em` and percentages are of where nothing is inherited: the size of a new context's font.
const BASE_SIZE: f64 = 10.0;
/// Longest text that is read as a font.
const LONGEST: usize = 4_096;
/// Keywords that stand for a value from elsewhere, and so for no family.
const WIDE: [&str; 6] = ["inherit", "initial", "unset", "revert", "revert-layer", "default"];
/// Families by kind, which are written in small letters.
const GENERIC: [&str; 7] = ["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math"];
const STRETCHES: [&str; 8] = [
    "ultra-condensed",
    "extra-condensed",
    "condensed",
    "semi-condensed",
    "semi-expanded",
    "expanded",
    "extra-expanded",
    "ultra-expanded",
];
/// Sizes by name, px.
const SIZES: [(&str, f64); 10] = [
    ("xx-small", 9.0),
    ("x-small", 10.0),
    ("small", 13.0),
    ("medium", 16.0),
    ("large", 18.0),
    ("x-large", 24.0),
    ("xx-large", 32.0),
    ("xxx-large", 48.0),
    ("smaller", BASE_SIZE / 1.2),
    ("larger", BASE_SIZE * 1.2),
];
/// Fonts of the system's own parts, which come back as what they are computed to.
const SYSTEM: [&str; 6] = ["caption", "icon", "menu", "message-box", "small-caption", "status-bar"];

/// A font, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Font {
    /// As `font` gives it back.
    pub css: String,
    /// Slanted.
    pub italic: bool,
    /// Small letters are drawn as small capitals.
    pub small_caps: bool,
    /// 1 to 1000.
    pub weight: u16,
    /// px.
    pub size: f64,
    /// In order of preference, without quotes.
    pub families: Arc<[Arc<str>]>,
}

impl Default for Font {
    fn default() -> Self {
        let families = [Arc::from("sans-serif")].into();
        Self { css: "10px sans-serif".to_owned(), italic: false, small_caps: false, weight: 400, size: BASE_SIZE, families }
    }
}

impl Font {
    /// Reads the shorthand; `None` where it is none, which changes nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(is_space);
        if text.len() > LONGEST {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        if SYSTEM.contains(&lower.as_str()) {
            return Some(Self { css: "16px sans-serif".to_owned(), size: 16.0, ..Self::default() });
        }
        let mut prefix = Prefix::default();
        let mut rest = text;
        let size = loop {
            // A size may be followed by its line height with space around the slash.
            let word = word_of(rest, is_space);
            let head = word_of(word, |c| c == '/');
            if let Some(size) = size(&head.to_ascii_lowercase()) {
                rest = rest.get(head.len()..)?;
                break size;
            }
            if !prefix.take(&word.to_ascii_lowercase()) {
                return None;
            }
            rest = rest.get(word.len()..)?.trim_start_matches(is_space);
        };
        let rest = after_line_height(rest)?;
        let families = families(rest)?;
        let css = prefix.css(size, &families);
        let names = families.into_iter().map(|family| Arc::from(family.name)).collect();
        let (italic, small_caps) = (prefix.style.is_some(), prefix.small_caps);
        Some(Self { css, italic, small_caps, weight: prefix.weight.unwrap_or(400), size, families: names })
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// What comes before the size, in any order.
#[derive(Default)]
struct Prefix {
    style: Option<String>,
    small_caps: bool,
    weight: Option<u16>,
    stretch: Option<String>,
    normals: usize,
    /// `oblique` was the last word: an angle may follow.
    oblique: bool,
}

impl Prefix {
    /// Takes a word; false where it is none of a font's, or one too many.
    fn take(&mut self, word: &str) -> bool {
        let after_oblique = std::mem::take(&mut self.oblique);
        let set = match word {
            "normal" => {
                self.normals += 1;
                true
            }
            "italic" | "oblique" if self.style.is_none() => {
                self.oblique = word == "oblique";
                self.style = Some(word.to_owned());
                true
            }
            "small-caps" => !std::mem::replace(&mut self.small_caps, true),
            "bold" | "bolder" => self.weight.replace(700).is_none(),
            "lighter" => self.weight.replace(100).is_none(),
            _ if STRETCHES.contains(&word) => self.stretch.replace(word.to_owned()).is_none(),
            _ if after_oblique && word.strip_suffix("deg").is_some_and(|angle| number(angle).is_some()) => true,
            _ => match number(word) {
                Some(weight) if (1.0..=1000.0).contains(&weight) => self.weight.replace(weight as u16).is_none(),
                _ => false,
            },
        };
        let given = [self.style.is_some(), self.small_caps, self.weight.is_some(), self.stretch.is_some()];
        set && self.normals + given.into_iter().filter(|given| *given).count() <= 4
    }

    /// The shorthand as it is read back: what is normal is left out.
    fn css(&self, size: f64, families: &[Family]) -> String {
        let mut css = String::new();
        if let Some(style) = &self.style {
            css.push_str(style);
            css.push(' ');
        }
        if self.small_caps {
            css.push_str("small-caps ");
        }
        match self.weight {
            None | Some(400) => {}
            Some(700) => css.push_str("bold "),
            Some(weight) => {
                let _ = write!(css, "{weight} ");
            }
        }
        if let Some(stretch) = &self.stretch {
            css.push_str(stretch);
            css.push(' ');
        }
        let _ = write!(css, "{}px ", shown(size));
        for (index, family) in families.iter().enumerate() {
            if index > 0 {
                css.push_str(", ");
            }
            css.push_str(&family.css());
        }
        css
    }
}

/// A text up to what ends a word, wherever that stands in no parentheses.
fn word_of(text: &str, ends: impl Fn(char) -> bool) -> &str {
    let mut depth = 0_usize;
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            other if depth == 0 && ends(other) => return text.get(..index).unwrap_or_default(),
            _ => {}
        }
    }
    text
}

/// What `calc()` gives, and whether it is a length, px: less than nothing is nothing, as the range of a size says (CSS Values 4,
/// §10.12).
fn sum(word: &str) -> Option<(f64, bool)> {
    let sum = in_px(word.strip_prefix("calc(")?.strip_suffix(')')?)?;
    let (value, unit) = calc::evaluate(&sum, &|_| None)?;
    matches!(unit, "" | "px").then_some((value.max(0.0), unit == "px"))
}

/// A sum with all of its lengths in px.
fn in_px(sum: &str) -> Option<String> {
    let mut px = String::with_capacity(sum.len());
    let ends = |c: char| c.is_whitespace() || matches!(c, '*' | '/' | '(' | ')' | ',');
    for word in sum.split_inclusive(ends) {
        let quantity = word.trim_end_matches(ends);
        match quantity.strip_suffix('%') {
            Some(percent) => {
                let _ = write!(px, "{}px", number(percent)? * BASE_SIZE / 100.0);
            }
            None => match length(quantity, BASE_SIZE).filter(|_| quantity.ends_with(|c: char| c.is_ascii_alphabetic())) {
                Some(length) => {
                    let _ = write!(px, "{length}px");
                }
                None => px.push_str(quantity),
            },
        }
        px.push_str(word.get(quantity.len()..).unwrap_or_default());
    }
    Some(px)
}

fn size(word: &str) -> Option<f64> {
    if word.starts_with("calc(") {
        return sum(word).and_then(|(px, is_length)| is_length.then_some(px));
    }
    if let Some((_, size)) = SIZES.iter().find(|(name, _)| *name == word) {
        return Some(*size);
    }
    let size = match word.strip_suffix('%') {
        Some(percent) => number(percent)? * BASE_SIZE / 100.0,
        None => length(word, BASE_SIZE)?,
    };
    // A bare 0 is a weight that is none, and no size.
    let has_unit = word.ends_with(|c: char| c.is_ascii_alphabetic() || c == '%');
    (size >= 0.0 && has_unit).then_some(size)
}

/// What follows a line height, where there is one.
fn after_line_height(rest: &str) -> Option<&str> {
    let trimmed = rest.trim_start_matches(is_space);
    let Some(height) = trimmed.strip_prefix('/') else {
        // Something must separate the size from the families.
        return (trimmed.len() < rest.len() || rest.is_empty()).then_some(trimmed);
    };
    let height = height.trim_start_matches(is_space);
    let word = word_of(height, is_space);
    let lower = word.to_ascii_lowercase();
    let value = match lower.strip_suffix('%') {
        Some(percent) => number(percent),
        None => number(&lower).or_else(|| length(&lower, BASE_SIZE)).or_else(|| Some(sum(&lower)?.0)),
    };
    if lower != "normal" && value.is_none_or(|value| value < 0.0) {
        return None;
    }
    Some(height.get(word.len()..)?.trim_start_matches(is_space))
}

/// A family, and whether it must be quoted.
struct Family {
    name: String,
    quoted: bool,
}

impl Family {
    fn css(&self) -> String {
        if !self.quoted && !self.name.contains(' ') {
            return self.name.clone();
        }
        let mut css = String::from("\"");
        for character in self.name.chars() {
            if matches!(character, '"' | '\\') {
                css.push('\\');
            }
            css.push(character);
        }
        css.push('"');
        css
    }
}

/// The families, separated by commas: each a string, or identifiers with space between them.
fn families(text: &str) -> Option<Vec<Family>> {
    let mut families = Vec::new();
    let mut characters = text.chars().peekable();
    loop {
        while characters.next_if(|c| is_space(*c)).is_some() {}
        let family = match characters.peek()? {
            quote @ ('"' | '\'') => {
                let quote = *quote;
                characters.next();
                let mut name = String::new();
                loop {
                    match characters.next()? {
                        end if end == quote => break,
                        '\n' => return None,
                        '\\' => name.push(escaped(&mut characters)?),
                        other => name.push(other),
                    }
                }
                Family { name, quoted: true }
            }
            _ => unquoted(&mut characters)?,
        };
        families.push(family);
        while characters.next_if(|c| is_space(*c)).is_some() {}
        match characters.next() {
            None => return Some(families),
            Some(',') => {}
            Some(_) => return None,
        }
    }
}

/// Identifiers with space between them.
fn unquoted(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Family> {
    let mut words: Vec<String> = Vec::new();
    while let Some(&next) = characters.peek() {
        if next == ',' {
            break;
        }
        if is_space(next) {
            characters.next();
            continue;
        }
        let mut word = String::new();
        while let Some(&next) = characters.peek() {
            if next.is_ascii_alphanumeric() || matches!(next, '-' | '_') || !next.is_ascii() {
                word.push(next);
            } else if next == '\\' {
                characters.next();
                word.push(escaped(characters)?);
                continue;
            } else {
                break;
            }
            characters.next();
        }
        let start = word.strip_prefix('-').unwrap_or(&word);
        if start.is_empty() || start.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        words.push(word);
    }
    let lower = words.first()?.to_ascii_lowercase();
    if words.len() == 1 && WIDE.contains(&lower.as_str()) {
        return None;
    }
    let name = if words.len() == 1 && GENERIC.contains(&lower.as_str()) { lower } else { words.join(" ") };
    Some(Family { name, quoted: false })
}

/// What a backslash stands for: a character by its number, or the one that follows.
fn escaped(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let mut digits = String::new();
    while digits.len() < 6
        && let Some(digit) = characters.next_if(char::is_ascii_hexdigit)
    {
        digits.push(digit);
    }
    if digits.is_empty() {
        return characters.next();
    }
    characters.next_if(|c| is_space(*c));
    let number = u32::from_str_radix(&digits, 16).ok()?;
    Some(char::from_u32(number).filter(|c| *c != '\0').unwrap_or('\u{fffd}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_read_and_given_back() {
        let cases = [
            ("20px serif", "20px serif"),
            ("20PX   SERIF", "20px serif"),
            (" 34px PingFangSC-Regular, sans-serif", "34px PingFangSC-Regular, sans-serif"),
            ("small-caps italic 400 12px/2 Unknown Font, sans-serif", "italic small-caps 12px \"Unknown Font\", sans-serif"),
            ("bold 26px Heiti ", "bold 26px Heiti"),
            ("24px Arial bold", "24px \"Arial bold\""),
            ("24px 黑体 bolder", "24px \"黑体 bolder\""),
            ("normal normal 14px Microsoft YaHei", "14px \"Microsoft YaHei\""),
            ("14.96px 'A b'", "14.96px \"A b\""),
            ("700 1em x", "bold 10px x"),
            ("50% serif", "5px serif"),
            ("12px / 14px a", "12px a"),
            ("oblique 10deg 1e1px a", "oblique 10px a"),
            ("20px UnquotedFont,\"QuotedFont\\\\\\\",\"", "20px UnquotedFont, \"QuotedFont\\\\\\\",\""),
        ];
        for (text, css) in cases {
            assert_eq!(Font::parse(text).map(|font| font.css).as_deref(), Some(css), "{text}");
        }
        let font = Font::parse("italic 900 14px \"Noto Sans\", b").unwrap();
        assert_eq!((font.italic, font.weight, font.size, &*font.families[0]), (true, 900, 14.0, "Noto Sans"));
    }

    #[test]
    fn what_is_no_font_is_none() {
        for text in [
            "",
            "bogus",
            "inherit",
            "10px",
            "10px ",
            "10px {bogus}",
            "10px initial",
            "10px inherit",
            "undefinedpx Arial",
            "-5px a",
            "italic oblique 1px a",
            "1em serif; background: green",
            "10px 2px",
            "10 serif",
            "10px a,",
            "10px ,a",
            "10px \"a",
            "10px/-1 a",
            "normal normal normal normal normal 10px a",
        ] {
            assert_eq!(Font::parse(text), None, "{text}");
        }
    }
}
