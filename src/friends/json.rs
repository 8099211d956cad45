//! A look into JSON text without making a tree of it: numbers stay as written, one bad string spoils nothing else, and
//! every value knows where it stands.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Place, Result};
use crate::number::Number;

/// One JSON value inside a text that is known to be well-formed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json<'a>(&'a str);

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Map,
}

impl Kind {
    /// As it is called in a message, with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Map => "an object",
        }
    }
}

impl<'a> Json<'a> {
    /// Checks a whole text: well-formed, and nested no deeper than `depth`.
    ///
    /// Neither this nor anything else here recurses, so that no nesting can exhaust the stack.
    ///
    /// # Errors
    /// `Data` with line and column where the text is not JSON; `Limit` where it is nested too deep.
    pub(crate) fn parse(text: &'a str, document: &str, depth: usize) -> Result<Self> {
        if let Some(offset) = deeper_than(text, depth) {
            return Err(Error::limit("data_depth", format_args!("{depth} levels of nesting"), format_args!("{}", depth + 1))
                .at(Place::document(document).at_offset(text, offset)));
        }
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Ok(Self(raw.get())),
            Err(error) => Err(syntax_error(text, document, &error)),
        }
    }

    /// The same without a place for what is wrong: for JSON inside a string.
    pub(crate) fn parse_inner(text: &'a str, depth: usize) -> Option<Self> {
        if deeper_than(text, depth).is_some() {
            return None;
        }
        serde_json::from_str::<&RawValue>(text).ok().map(|raw| Self(raw.get()))
    }

    /// What it is.
    pub(crate) fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'{') => Kind::Map,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// The value as it is written.
    pub(crate) fn written(self) -> &'a str {
        self.0
    }

    /// Byte offset in the text that it was read from.
    pub(crate) fn offset_in(self, text: &str) -> usize {
        self.0.as_ptr().addr().saturating_sub(text.as_ptr().addr())
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(self) -> Vec<Json<'a>> {
        let raw: Vec<&'a RawValue> = match self.kind() {
            Kind::List => serde_json::from_str(self.0).unwrap_or_default(),
            _ => Vec::new(),
        };
        raw.into_iter().map(|raw| Self(raw.get())).collect()
    }

    /// The members of an object in the order written; none for anything else.
    pub(crate) fn members(self) -> Vec<(Cow<'a, str>, Json<'a>)> {
        let members = match self.kind() {
            Kind::Map => serde_json::from_str::<Members<'a>>(self.0).map(|members| members.0).unwrap_or_default(),
            _ => Vec::new(),
        };
        members.into_iter().map(|(name, value)| (unescape(name.get()), Self(value.get()))).collect()
    }

    /// A string's text: escapes resolved, each half of a broken surrogate pair as U+FFFD.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        (self.kind() == Kind::Text).then(|| unescape(self.0))
    }

    /// A number, or a string that reads as one.
    pub(crate) fn number(self) -> Option<Number> {
        match self.kind() {
            Kind::Number => Number::parse(self.0),
            Kind::Text => Number::parse(&unescape(self.0)),
            _ => None,
        }
    }

    /// A whole number within 64 bits, or a string that reads as one.
    pub(crate) fn integer(self) -> Option<i64> {
        self.number().and_then(|number| i64::try_from(number.as_integer()?).ok())
    }
}

/// Members of an object with their names still escaped: a name with a broken surrogate must not fail the object.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Vec<(&'de RawValue, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Collect).map(Members)
    }
}

/// The offset of the first bracket that nests deeper than allowed.
fn deeper_than(text: &str, depth: usize) -> Option<usize> {
    let (mut open, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => {
                open += 1;
                if open > depth {
                    return Some(offset);
                }
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The text of a written string (with its quotes) that is known to be well-formed.
fn unescape(written: &str) -> Cow<'_, str> {
    let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(index) = rest.find('\\') {
        text.push_str(&rest[..index]);
        rest = &rest[index + 1..];
        let Some(escape) = rest.chars().next() else { break };
        rest = &rest[escape.len_utf8()..];
        text.push(match escape {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let (character, left) = unicode_escape(rest);
                rest = left;
                character
            }
            other => other,
        });
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The character of `XXXX` or `XXXX\uXXXX`, with what follows it.
fn unicode_escape(text: &str) -> (char, &str) {
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(text) else { return (char::REPLACEMENT_CHARACTER, text) };
    let rest = &text[4..];
    if (0xD800..0xDC00).contains(&first)
        && let Some(second) = rest.strip_prefix("\\u").and_then(unit)
        && (0xDC00..0xE000).contains(&second)
    {
        let character = char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        return (character.unwrap_or(char::REPLACEMENT_CHARACTER), &rest[6..]);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), rest)
}

fn syntax_error(text: &str, document: &str, error: &serde_json::Error) -> Error {
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    // serde_json counts bytes and names the last one that it read.
    let offset = line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let place = Place::document(document).at_offset(text, offset);
    let error = Error::new(ErrorKind::Data, format!("expected JSON, found an error in it: {message}")).at(place);
    if text.trim().is_empty() {
        error.hint("the data is empty")
    } else if message.starts_with("EOF") {
        error.hint("the data ends before the value does: was it cut off?")
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Json<'_> {
        Json::parse(text, "test", 64).unwrap()
    }

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
            assert_eq!(parse(written).text().unwrap(), text, "{written}");
        }
    }

    #[test]
    fn reads_members_with_broken_names_and_twice() {
        let members = parse(r#" {"\ud83d": 1, "a" : {"b":[]}, "a": 9007199254740993} "#).members();
        let names: Vec<_> = members.iter().map(|(name, _)| name.as_ref()).collect();
        assert_eq!(names, ["\u{fffd}", "a", "a"]);
        assert_eq!(members[2].1.number().unwrap().to_string(), "9007199254740993");
        assert_eq!(members[1].1.kind(), Kind::Map);
    }

    #[test]
    fn knows_offsets() {
        let text = "[1, {\"a\": true}]";
        let items = parse(text).items();
        assert_eq!(items[1].offset_in(text), 4);
        assert_eq!(items[1].members()[0].1.offset_in(text), 10);
    }

    #[test]
    fn names_line_and_column_in_characters() {
        let error = Json::parse("{\"é\":\n  \"ééé\" x}", "data.json", 64).unwrap_err();
        assert_eq!((error.place().line, error.place().column), (2, 9), "{error}");
        let error = Json::parse("[1, 2", "data.json", 64).unwrap_err();
        assert!(error.to_string().contains("cut off"), "{error}");
        assert!(Json::parse("", "data.json", 64).unwrap_err().to_string().contains("empty"));
    }

    #[test]
    fn refuses_deep_nesting_and_ignores_brackets_in_strings() {
        let deep = "[".repeat(100_000);
        assert_eq!(Json::parse(&deep, "test", 64).unwrap_err().kind(), ErrorKind::Limit);
        assert!(Json::parse(r#"["[[[[\"[[[["]"#, "test", 2).is_ok());
    }
}
