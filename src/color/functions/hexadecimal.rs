//! Colours in a text as a reader knows them who knows no functions.

use std::borrow::Cow;

use crate::color::Color;

/// What a colour's function may be called.
const NAMES: &[&str] =
    &["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"];

/// A document (a template, a style sheet, a theme) in which every colour that only these functions read is written in hexadecimal: a
/// game's module knows the older notations alone, which are most of what is written and a hundredth of its download less.
///
/// ```
/// use friendboard::color::functions::in_hexadecimal;
/// let style = r#"{"backgroundImage": "linear-gradient(rgb(1 2 3), oklch(70% 0.1 200) 50%)"}"#;
/// assert_eq!(in_hexadecimal(style), r##"{"backgroundImage": "linear-gradient(rgb(1 2 3), #40b1b7 50%)"}"##);
/// ```
#[must_use]
pub fn in_hexadecimal(document: &str) -> Cow<'_, str> {
    let (mut written, mut copied, mut from) = (String::new(), 0, 0);
    while let Some(open) = document.get(from..).and_then(|rest| rest.find('(')).map(|index| from + index) {
        from = open + 1;
        let before = document.get(..open).unwrap_or_default();
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let start = before
            .rfind(|c: char| !is_of_name(c))
            .map_or(0, |index| index + before.get(index..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let name = document.get(start..open).unwrap_or_default();
        if !NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let Some(end) = closing(document, open) else { continue };
        let function = document.get(start..end).unwrap_or_default();
        if Color::parse_plain(function).is_some() {
            continue;
        }
        if let Some(color) = Color::parse(function) {
            written.push_str(document.get(copied..start).unwrap_or_default());
            written.push_str(&color.to_string());
            (copied, from) = (end, end);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(document);
    }
    written.push_str(document.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}

/// Where a parenthesis that opens is closed, behind it; a colour is short.
fn closing(document: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, byte) in document.as_bytes().get(open..)?.iter().enumerate().take(Color::LONGEST) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(open + index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_functions_read_is_written_otherwise_and_nothing_else() {
        for (document, expected) in [
            ("", ""),
            ("a(b", "a(b"),
            ("lab(50% 40 59.5)", "#bf5700"),
            ("颜色 Lab(50% 40 59.5)！", "颜色 #bf5700！"),
            ("collab(50% 40 59.5) slab(1)", "collab(50% 40 59.5) slab(1)"),
            ("hsl(120 100% 25%), rgb(1, 2, 3), hwb(1 2% 3%)", "hsl(120 100% 25%), rgb(1, 2, 3), hwb(1 2% 3%)"),
            ("color-mix(in srgb, red, rgb(from blue r g b)), lab(1", "#800080, lab(1"),
            ("color(red) oklab(nothing)", "color(red) oklab(nothing)"),
            ("url(lab(50% 40 59.5)) oklab(0.59 0.1 0.1 / 50%)", "url(#bf5700) #c05d2b80"),
            (r#"{"a": "{{ 'oklch(' }}", "b": "rgb(calc(1) 2 3)"}"#, r##"{"a": "{{ 'oklch(' }}", "b": "#010203"}"##),
        ] {
            assert_eq!(in_hexadecimal(document), expected);
        }
    }
}
