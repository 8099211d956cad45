//! What came from outside, made fit for a terminal and a log: nothing in it moves the cursor, begins a line of its own or
//! turns the order of what stands beside it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text for messages: controls (C0, DEL, C1), line and paragraph separators, bidirectional controls and what else has no
/// shape are written as Rust writes them in a string. A text without any is given as it is.
///
/// ```
/// use friendboard::escape::escaped;
/// assert_eq!(escaped("Ann 安 👩‍🚀"), "Ann 安 👩‍🚀");
/// assert_eq!(escaped("a\u{1B}[2J\nerror: b\u{202E}"), r"a\u{1b}[2J\nerror: b\u{202e}");
/// ```
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |out, character| {
        let _ = match character {
            '\n' => out.write_str("\\n"),
            '\r' => out.write_str("\\r"),
            '\t' => out.write_str("\\t"),
            _ => write!(out, "\\u{{{:x}}}", u32::from(character)),
        };
    })
}

/// The same of a text of several lines: its own line breaks stay, and what follows them is indented, so that it looks like no
/// line of its own.
///
/// ```
/// use friendboard::escape::escaped_lines;
/// assert_eq!(escaped_lines("a\nerror: b\n    c"), "a\n    error: b\n    c");
/// ```
#[must_use]
pub fn escaped_lines(text: &str) -> String {
    let mut lines = text.lines();
    let mut out = escaped(lines.next().unwrap_or_default()).into_owned();
    for line in lines {
        let _ = write!(out, "\n    {}", escaped(line.strip_prefix("    ").unwrap_or(line)));
    }
    out
}

/// A JSON text for reports and logs: the same characters, as JSON escapes them in its strings. What a reader of JSON gets
/// is what it was; ASCII's own controls stand in no string of JSON, so the line breaks between members stay. A carriage
/// return, which would let a line be written over, is a line feed.
///
/// ```
/// use friendboard::escape::escaped_json;
/// assert_eq!(escaped_json("{\n  \"a\": \"\u{9B}\u{E0041}\"\n}"), "{\n  \"a\": \"\\u009b\\udb40\\udc41\"\n}");
/// ```
#[must_use]
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    replaced(json, |out, character| {
        if matches!(character, '\n' | '\r' | '\t') {
            out.push(if character == '\r' { '\n' } else { character });
            return;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn replaced(text: &str, mut replace: impl FnMut(&mut String, char)) -> Cow<'_, str> {
    let Some(first) = text.find(is_hidden) else { return Cow::Borrowed(text) };
    let (before, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(before);
    for character in rest.chars() {
        if is_hidden(character) {
            replace(&mut out, character);
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// True for what a terminal obeys instead of showing it, and for what has no shape where it stands alone. The joiners of
/// emoji and of Arabic and Indic words are parts of what is seen.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // The soft hyphen; the Arabic letter mark; the Mongolian vowel separator.
            '\u{AD}' | '\u{61C}' | '\u{180E}'
            // The zero-width space, marks of direction, separators of lines and paragraphs, embeddings and overrides.
            | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            // Word joiner, invisible operators, isolates, deprecated format characters; the byte order mark.
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            // Interlinear annotations; tags, which can hide a whole text.
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_reaches_a_terminal() {
        let every: String = (0..=u32::from(char::MAX)).filter_map(char::from_u32).collect();
        let shown = escaped(&every);
        assert!(!shown.contains(is_hidden) && shown.lines().count() == 1);
        assert!(shown.contains(r"\u{7f}\u{80}") && shown.contains(r"\u{2066}\u{2067}") && shown.contains("\u{200D}"));
        // What is escaped stays as it is when it is part of another message.
        assert_eq!(escaped(&shown), shown);
    }

    #[test]
    fn json_says_the_same() {
        // What JSON leaves in its strings as it is; the line break stands between members.
        let every: String = ('\n'..='\n').chain(' '..=char::MAX).filter(|character| *character != '\\').collect();
        let shown = escaped_json(&every).into_owned();
        assert!(!shown.contains(|character| is_hidden(character) && character != '\n'));
        let mut units = Vec::new();
        for (index, part) in shown.split("\\u").enumerate() {
            let (digits, rest) = part.split_at(if index == 0 { 0 } else { 4 });
            units.extend(u16::from_str_radix(digits, 16));
            units.extend(rest.encode_utf16());
        }
        assert!(String::from_utf16(&units).is_ok_and(|read| read == every));
    }
}
