//! From a string as it is written to its text.

use std::borrow::Cow;

/// The text of a well-formed string, written with its quotes: escapes resolved, each half of a broken surrogate pair as
/// U+FFFD.
pub(super) fn unescape(written: &str) -> Cow<'_, str> {
    let inner = inner(written);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    each(written, |_, part| text.push_str(part));
    Cow::Owned(text)
}

/// The byte of the written string (quotes and all) that each byte of its text comes from, and the closing quote's for its
/// end.
pub(super) fn offsets(written: &str) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(written.len());
    each(written, |start, part| {
        if part.len() == 1 || !written[start..].starts_with('\\') {
            offsets.extend(start..start + part.len());
        } else {
            offsets.extend(std::iter::repeat_n(start, part.len()));
        }
    });
    offsets.push(written.len().saturating_sub(1));
    offsets
}

fn inner(written: &str) -> &str {
    written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written)
}

/// Each part of a string's text with the byte of the written one where it begins: what stands for itself as a whole, each
/// escape alone.
fn each(written: &str, mut part: impl FnMut(usize, &str)) {
    let inner = inner(written);
    let base = usize::from(inner.len() < written.len());
    let (mut rest, mut buffer) = (inner, [0; 4]);
    while let Some(index) = rest.find('\\') {
        let start = base + inner.len() - rest.len();
        if index > 0 {
            part(start, &rest[..index]);
        }
        let (character, length) = character(&rest[index..]);
        part(start + index, character.encode_utf8(&mut buffer));
        rest = &rest[index + length..];
    }
    if !rest.is_empty() {
        part(base + inner.len() - rest.len(), rest);
    }
}

/// The character of the escape that a text begins with, and the escape's bytes.
fn character(text: &str) -> (char, usize) {
    let Some(escape) = text[1..].chars().next() else { return ('\\', 1) };
    let character = match escape {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(text),
        other => other,
    };
    (character, 1 + escape.len_utf8())
}

/// The character of `\uXXXX` or `\uXXXX\uXXXX`.
fn unicode(text: &str) -> (char, usize) {
    let unit = |text: &str| text.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(text) else { return (char::REPLACEMENT_CHARACTER, 2) };
    let rest = &text[6..];
    if (0xD800..0xDC00).contains(&first)
        && rest.starts_with("\\u")
        && let Some(second) = unit(rest).filter(|second| (0xDC00..0xE000).contains(second))
    {
        let character = char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        return (character.unwrap_or(char::REPLACEMENT_CHARACTER), 12);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_escapes_and_replaces_half_pairs() {
        let cases = [
            (r#""plain""#, "plain"),
            (r#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ud83dx""#, "\u{fffd}x"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""é\u00e9""#, "éé"),
        ];
        for (written, text) in cases {
            assert_eq!(unescape(written), text, "{written}");
            assert_eq!(offsets(written).len(), text.len() + 1, "{written}");
        }
    }

    #[test]
    fn maps_bytes_of_the_text_to_the_written_ones() {
        assert_eq!(offsets(r#""a\u00e9b\n""#), [1, 2, 2, 8, 9, 11]);
        assert_eq!(offsets(r#""\ud83d\ude00é""#), [1, 1, 1, 1, 13, 14, 15]);
    }
}
