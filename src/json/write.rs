//! From values and types of ours to JSON.

use std::io;

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use serde_json::value::RawValue;

use super::value::Value;
use crate::number::Number;

/// A value or a type of ours as JSON on one line. What JSON has no form for (a map whose keys are no texts) is `null`.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Row { name: &'static str, score: Option<u32> }
/// assert_eq!(friendboard::json::write(&Row { name: "Ann", score: None }), r#"{"name":"Ann","score":null}"#);
/// ```
#[must_use]
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    written(value, Escaping(CompactFormatter))
}

/// The same on many lines, indented by two spaces, as people read it.
#[must_use]
pub fn write_pretty<T: Serialize + ?Sized>(value: &T) -> String {
    written(value, Escaping(PrettyFormatter::new()))
}

fn written<T: Serialize + ?Sized>(value: &T, formatter: impl Formatter) -> String {
    let mut bytes = Vec::with_capacity(128);
    let result = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
    match result.ok().and_then(|()| String::from_utf8(bytes).ok()) {
        Some(text) => text,
        None => "null".to_owned(),
    }
}

/// Escapes what old JavaScript ends a line at, and what no terminal should get.
struct Escaping<F>(F);

/// Forwards to the formatter within.
macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<W: io::Write + ?Sized>(&mut self, writer: &mut W, $($argument: $type),*) -> io::Result<()> {
            self.0.$method(writer, $($argument),*)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaping<F> {
    forward! {
        begin_array() end_array() begin_array_value(first: bool) end_array_value()
        begin_object() end_object() begin_object_key(first: bool) end_object_key()
        begin_object_value() end_object_value()
    }

    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let is_special = |c: char| matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some(index) = rest.find(is_special) {
            writer.write_all(&rest.as_bytes()[..index])?;
            let special = rest[index..].chars().next().unwrap_or_default();
            write!(writer, "\\u{:04x}", u32::from(special))?;
            rest = &rest[index + special.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Lists and maps nested deeper than this are written as `null`.
const DEPTH: usize = 128;

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Nested(self, DEPTH).serialize(serializer)
    }
}

/// A value with so many levels to go.
struct Nested<'a>(&'a Value, usize);

impl Serialize for Nested<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value, levels) = *self;
        match value {
            Value::Null => serializer.serialize_unit(),
            Value::List(_) | Value::Map(_) if levels == 0 => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(&Nested(item, levels - 1))?;
                }
                list.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, value) in entries.iter() {
                    map.serialize_entry(&**name, &Nested(value, levels - 1))?;
                }
                map.end()
            }
        }
    }
}

/// With all digits, as it was written.
impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_integer() {
            Some(integer) => match i64::try_from(integer) {
                Ok(integer) => serializer.serialize_i64(integer),
                Err(_) => serializer.serialize_i128(integer),
            },
            // `serde` has no form for decimals of any length; this one writes them through `serde_json`, and
            // `to_value` knows it.
            None => RawValue::from_string(self.to_string()).map_err(S::Error::custom)?.serialize(serializer),
        }
    }
}
