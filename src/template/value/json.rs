//! Values from JSON, with numbers kept as written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Value;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;
use crate::number::Number;

/// The entries of a JSON object in the order written, each value as its source text.
pub(crate) struct RawObject<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawObject<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    entries.push((name, value));
                }
                Ok(RawObject(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A name that borrows where it can (`Cow` of serde always owns).
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl Value {
    /// Reads JSON; numbers stay as they are written, of two entries with one name the later stays.
    ///
    /// # Errors
    ///
    /// Of kind [`ErrorKind::Data`] with line and column for what is no JSON, of kind [`ErrorKind::Limit`] for what is
    /// longer than `Limits::data_bytes` or nested deeper than `Limits::data_depth`.
    ///
    /// ```
    /// use friendboard::{Limits, template::Value};
    /// let value = Value::from_json(r#"{"score": 9007199254740993}"#, &Limits::default()).unwrap();
    /// assert_eq!(value.get("score").unwrap().to_string(), "9007199254740993");
    /// ```
    pub fn from_json(text: &str, limits: &Limits) -> Result<Self> {
        if text.len() > limits.data_bytes {
            return Err(Error::limit("data_bytes", format_args!("{} bytes", limits.data_bytes), text.len()));
        }
        check_depth(text, limits.data_depth)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| json_error(ErrorKind::Data, text, 0, &error))?;
        read(raw.get(), text)
    }

    /// The value as JSON: numbers with all of their digits, the entries of maps in the order of their names. What is
    /// nested deeper than 128 levels is `null`.
    ///
    /// ```
    /// use friendboard::{Limits, template::Value};
    /// let json = r#"{"a":[1.50,true,null],"b":"\"x\""}"#;
    /// assert_eq!(Value::from_json(json, &Limits::default()).unwrap().to_json(), json);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, 128);
        out
    }
}

/// A text as a JSON string, with its quotes.
fn write_text(text: &str, out: &mut String) {
    use std::fmt::Write as _;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // U+2028 and U+2029 end a line in old JavaScript.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn write(value: &Value, out: &mut String, levels: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::List(_) | Value::Map(_) if levels == 0 => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write(item, out, levels - 1);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (name, value)) in entries.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_text(name, out);
                out.push(':');
                write(value, out, levels - 1);
            }
            out.push('}');
        }
    }
}

/// Refuses what is nested too deeply before anything recurses over it.
fn check_depth(text: &str, allowed: usize) -> Result<()> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > allowed {
            return Err(Error::limit("data_depth", format_args!("{allowed} levels of nesting"), "more")
                .at(Place::default().at_offset(text, offset)));
        }
    }
    Ok(())
}

/// A value from the source text of one; recursion is bounded by [`check_depth`].
fn read(raw: &str, source: &str) -> Result<Value> {
    let fail = |error: serde_json::Error| json_error(ErrorKind::Data, source, offset_in(source, raw), &error);
    match raw.as_bytes().first() {
        Some(b'{') => {
            let RawObject(entries) = serde_json::from_str(raw).map_err(fail)?;
            let mut map = BTreeMap::new();
            for (name, value) in entries {
                map.insert(Arc::from(name), read(value.get(), source)?);
            }
            Ok(Value::Map(Arc::new(map)))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(fail)?;
            Ok(Value::List(items.into_iter().map(|item| read(item.get(), source)).collect::<Result<_>>()?))
        }
        Some(b'"') => Ok(Value::Text(Arc::from(serde_json::from_str::<String>(raw).map_err(fail)?))),
        Some(b't') => Ok(Value::Bool(true)),
        Some(b'f') => Ok(Value::Bool(false)),
        Some(b'n') => Ok(Value::Null),
        _ => Number::parse(raw).map(Value::Number).ok_or_else(|| {
            Error::new(ErrorKind::Data, format!("expected a number of at most {} digits", Number::MAX_CHARACTERS))
                .at(Place::default().at_offset(source, offset_in(source, raw)))
        }),
    }
}

/// Where a part of a text starts in it; 0 for what is no part of it.
pub(crate) fn offset_in(source: &str, part: &str) -> usize {
    let offset = part.as_ptr().addr().wrapping_sub(source.as_ptr().addr());
    if offset <= source.len() { offset } else { 0 }
}

/// A JSON error with its place in the document; `base` is where the text that was read starts in `source`.
pub(crate) fn json_error(kind: ErrorKind, source: &str, base: usize, error: &serde_json::Error) -> Error {
    let part = source.get(base..).unwrap_or_default();
    // serde_json counts lines from 1 and columns in bytes from 1, 0 being before the first.
    let line_start = match error.line() {
        0 | 1 => 0,
        line => part.match_indices('\n').nth(line - 2).map_or(part.len(), |(index, _)| index + 1),
    };
    let offset = base + line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Error::new(kind, format!("expected JSON, found {message}")).at(Place::default().at_offset(source, offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value> {
        Value::from_json(text, &Limits::default())
    }

    #[test]
    fn keeps_numbers_and_order() {
        let value = read(r#"{"a":[1.50, 9007199254740993, -0, true, null], "b":{"c":"\u4f60\n"}, "a2":1e2}"#).unwrap();
        assert_eq!(value.get("a").unwrap().to_string(), "[1.50, 9007199254740993, 0, true, null]");
        assert_eq!(value.get("b").and_then(|b| b.get("c")), Some(&Value::from("你\n")));
        assert_eq!(value.get("a2"), Some(&Value::from(100)));
    }

    #[test]
    fn says_where_it_is_no_json() {
        let error = read("{\n  \"a\": [1, 2,\n  \"é\": 3}").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert_eq!((error.place().line, error.place().column), (3, 6));
        assert!(read("{\"a\":").is_err());
        assert!(read("").is_err());
        assert!(read("[\"\\ud800\"]").is_err());
        assert!(read(&format!("[{}]", "9".repeat(400))).is_err());
    }

    #[test]
    fn writes_what_it_reads() {
        let text = "\"\\/\n\u{1}\u{2028}é🎉";
        let value = Value::map([("k\"", Value::list([Value::from(text), 5.into()])), ("empty", Value::map([("", "")]))]);
        assert_eq!(read(&value.to_json()).unwrap(), value);
        let deep = (0..100_000).fold(Value::Null, |inner, _| Value::list([inner]));
        assert!(deep.to_json().len() < 300);
        std::mem::forget(deep);
    }

    #[test]
    fn refuses_depth_and_size() {
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep).unwrap_err().kind(), ErrorKind::Limit);
        assert_eq!(read(&format!("{}{}", "[".repeat(64), "]".repeat(64))).unwrap().kind(), "a list");
        assert_eq!(read(&" ".repeat(2_000_000)).unwrap_err().kind(), ErrorKind::Limit);
        assert!(read(&format!("[{}]", "\"[\",".repeat(100) + "1")).is_ok());
    }
}
