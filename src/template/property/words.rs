//! CSS's small parts: numbers, lengths, angles, functions and lists.

use super::value_reader::{Input, ValueReader};
use crate::style::Length;

/// A CSS number: digits with an optional sign, point and exponent; neither `inf` nor `nan`. White space was trimmed.
pub(super) fn number(text: &str) -> Option<f64> {
    let allowed = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    if text.is_empty() || text.len() > 128 || !text.bytes().all(allowed) {
        return None;
    }
    text.parse().ok()
}

/// A number, or one with `px`: both mean the same everywhere.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    number(text.strip_suffix("px").or_else(|| text.strip_suffix("PX")).unwrap_or(text))
}

/// A word as a grammar reads it: a number, with `px` or without, or else a text.
pub(super) fn input(word: &str) -> Input<'_> {
    plain_number(word).map_or(Input::Text(word), Input::Number)
}

/// A number or a length: `12`, `12px`, `50%`.
pub(super) fn length(text: &str, reader: &mut ValueReader<'_>) -> Option<Length> {
    match text.strip_suffix('%') {
        Some(percent) => number(percent).map(|percent| Length::Percent(reader.length(percent))),
        None => plain_number(text).map(|points| Length::Points(reader.length(points))),
    }
}

/// An angle in degrees: `30deg`, `.5turn`, `1.2rad`, `100grad`; a bare number is degrees too.
pub(super) fn angle(text: &str) -> Option<f32> {
    // `grad` before `rad`: one ends with the other.
    let units = [("deg", 1.0), ("grad", 0.9), ("rad", 180.0 / std::f64::consts::PI), ("turn", 360.0)];
    let degrees = match units.iter().find_map(|&(unit, factor)| text.strip_suffix(unit).map(|text| (text, factor))) {
        Some((text, factor)) => number(text)? * factor,
        None => number(text)?,
    };
    // A turn more or less is the same; what is huge loses the rest of its digits here and not in the rasterizer.
    Some(if degrees.abs() > 360_000.0 { degrees % 360.0 } else { degrees } as f32)
}

/// Splits at a byte that is outside of brackets and quotes; each part trimmed.
pub(super) fn split(text: &str, separator: u8) -> Vec<&str> {
    split_where(text, |byte| byte == separator)
}

/// Splits at white space that is outside of brackets and quotes; without empty parts.
pub(super) fn split_space(text: &str) -> Vec<&str> {
    let mut parts = split_where(text, |byte| byte.is_ascii_whitespace());
    parts.retain(|part| !part.is_empty());
    parts
}

fn split_where(text: &str, is_separator: impl Fn(u8) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut start) = (0_u32, None, 0);
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) => quote = if byte == open { None } else { Some(open) },
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, byte) if depth == 0 && is_separator(byte) => {
                parts.push(text.get(start..index).unwrap_or_default().trim());
                start = index + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts
}

/// `name(arguments)` as its name in lower case and its arguments.
pub(super) fn function(text: &str) -> Option<(String, &str)> {
    let (name, arguments) = text.strip_suffix(')')?.split_once('(')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.len() < 40 && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    is_name.then(|| (name.to_ascii_lowercase(), arguments.trim()))
}

/// The text within quotes, or the text itself.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_outside_of_brackets_and_quotes() {
        assert_eq!(split("a(1, 2), 'b, c' ,d", b','), ["a(1, 2)", "'b, c'", "d"]);
        assert_eq!(split_space(" 1px  rgb(1 2 3)\t\"a b\" "), ["1px", "rgb(1 2 3)", "\"a b\""]);
        assert_eq!(split("", b','), [""]);
    }

    #[test]
    fn reads_numbers_and_functions() {
        for (text, expected) in [
            ("12", Some(12.0)),
            ("-.5px", Some(-0.5)),
            ("1e2", Some(100.0)),
            ("nan", None),
            ("inf", None),
            ("", None),
            ("1 px", None),
        ] {
            assert_eq!(plain_number(text), expected, "{text}");
        }
        assert_eq!(function("Url( a(1) )"), Some(("url".to_owned(), "a(1)")));
        assert_eq!(function("a b(1)"), None);
        assert_eq!(angle("0.25turn"), Some(90.0));
        assert_eq!(angle("100grad"), Some(90.0));
        assert_eq!(angle("x"), None);
    }
}
