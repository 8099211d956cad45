//! A value and its numbers as `serde` takes them: all digits, and so many levels.

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde_json::value::RawValue;

use super::value::Value;
use crate::number::Number;

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
