//! From types of ours to [`Value`].

use std::fmt;
use std::sync::Arc;

use serde::ser::{self, Serialize};

use super::value::Value;
use crate::number::Number;
use crate::sorted::BTreeMap;

/// A type of ours as a value; what JSON has no form for (a map whose keys are no texts) is nothing.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Row { name: &'static str, score: Option<u32> }
/// let value = friendboard::json::to_value(&Row { name: "Ann", score: Some(5) });
/// assert_eq!(value.get("score").unwrap().as_integer(), Some(5));
/// ```
#[must_use]
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Value {
    value.serialize(ToValue).unwrap_or_default()
}

/// What has no form in JSON.
#[derive(Debug)]
struct NoForm(String);

impl fmt::Display for NoForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoForm {}

impl ser::Error for NoForm {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The struct that `serde_json`'s raw values, and so this crate's decimals, are serialised as.
const RAW: &str = "$serde_json::private::RawValue";

struct ToValue;

/// Numbers by their shortest text that reads as the same one.
macro_rules! numbers {
    ($($method:ident $type:ty)*) => {$(
        fn $method(self, value: $type) -> Result<Value, NoForm> {
            Ok(Number::parse(&value.to_string()).map_or(Value::Null, Value::Number))
        }
    )*};
}

impl ser::Serializer for ToValue {
    type Ok = Value;
    type Error = NoForm;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128 serialize_f32 f32
    }

    fn serialize_f64(self, value: f64) -> Result<Value, NoForm> {
        Ok(Value::from(value))
    }

    fn serialize_bool(self, value: bool) -> Result<Value, NoForm> {
        Ok(Value::Bool(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, NoForm> {
        Ok(Value::from(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, NoForm> {
        Ok(Value::from(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, NoForm> {
        Ok(value.iter().map(|&byte| Value::from(byte)).collect())
    }

    fn serialize_none(self) -> Result<Value, NoForm> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NoForm> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, NoForm> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NoForm> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, NoForm> {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, NoForm> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, NoForm> {
        Ok(Value::map([(variant, value.serialize(Self)?)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, NoForm> {
        Ok(Items { items: Vec::with_capacity(length.unwrap_or(0).min(1024)), variant: None })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, NoForm> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, NoForm> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, length: usize) -> Result<Items, NoForm> {
        Ok(Items { variant: Some(variant), ..self.serialize_seq(Some(length))? })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, NoForm> {
        Ok(Members::default())
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, NoForm> {
        Ok(Members { is_raw: name == RAW, ..Members::default() })
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Members, NoForm> {
        Ok(Members { variant: Some(variant), ..Members::default() })
    }
}

/// A variant's value under its name; without one the value alone.
fn under(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(variant) => Value::map([(variant, value)]),
        None => value,
    }
}

struct Items {
    items: Vec<Value>,
    variant: Option<&'static str>,
}

/// The traits of lists, which differ in names only.
macro_rules! items {
    ($($trait:ident $method:ident)*) => {$(
        impl ser::$trait for Items {
            type Ok = Value;
            type Error = NoForm;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoForm> {
                self.items.push(value.serialize(ToValue)?);
                Ok(())
            }

            fn end(self) -> Result<Value, NoForm> {
                Ok(under(self.variant, self.items.into_iter().collect()))
            }
        }
    )*};
}

items! {
    SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

#[derive(Default)]
struct Members {
    entries: BTreeMap<Arc<str>, Value>,
    key: Option<Arc<str>>,
    variant: Option<&'static str>,
    is_raw: bool,
}

impl Members {
    fn finish(self) -> Value {
        if self.is_raw {
            let written = self.entries.get(RAW).and_then(Value::as_text).unwrap_or_default();
            return Number::parse(written).map_or(Value::Null, Value::Number);
        }
        under(self.variant, Value::from_map(self.entries))
    }
}

impl ser::SerializeMap for Members {
    type Ok = Value;
    type Error = NoForm;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoForm> {
        self.key = match key.serialize(ToValue)? {
            Value::Text(name) => Some(name),
            key @ (Value::Number(_) | Value::Bool(_)) => Some(key.to_text()),
            other => return Err(NoForm(format!("expected a text as a map's key, found {}", other.kind()))),
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoForm> {
        let value = value.serialize(ToValue)?;
        if let Some(key) = self.key.take() {
            self.entries.insert(key, value);
        }
        Ok(())
    }

    fn end(self) -> Result<Value, NoForm> {
        Ok(self.finish())
    }
}

/// The traits of structs, which differ in names only.
macro_rules! members {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Members {
            type Ok = Value;
            type Error = NoForm;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NoForm> {
                self.entries.insert(Arc::from(name), value.serialize(ToValue)?);
                Ok(())
            }

            fn end(self) -> Result<Value, NoForm> {
                Ok(self.finish())
            }
        }
    )*};
}

members! { SerializeStruct SerializeStructVariant }
