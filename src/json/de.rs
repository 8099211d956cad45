//! Documents that are ours: `serde`'s derives over the reader, with places in what is wrong.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer, U32Deserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::ceiling::Ceiling;
use super::de_error::DeError;
use super::document::{Document, Member, Node};
use super::parse::Kind;
use super::source::{SOURCE, Source};
use super::value::too_many_digits;
use crate::error::Result;
use crate::number::Number;

/// The newtype whose numbers are given as they are written.
pub(super) const EXACT: &str = "$friendboard::json::exact";

/// Reads a document of ours. `name` is what places call it. Of two members with one name the last counts.
///
/// # Errors
/// As [`Document::parse`]; of the ceiling's kind, with line, column and JSON path, for what the type has no room for.
///
/// ```
/// #[derive(serde::Deserialize, Debug)]
/// #[serde(deny_unknown_fields)]
/// struct Request { board: String }
///
/// let limits = friendboard::Limits::default();
/// let error = friendboard::json::read::<Request>(r#"{"boad": "leaderboard"}"#, "<request>", &limits).unwrap_err();
/// assert_eq!(error.to_string(), "<request>:1:2 at boad: unknown member `boad` (did you mean `board`?)");
/// ```
pub fn read<T: DeserializeOwned>(text: &str, name: &str, ceiling: impl Into<Ceiling>) -> Result<T> {
    Document::parse(text, name, ceiling)?.root().read()
}

impl<'a> Node<'a> {
    /// Reads a type of ours from the value.
    ///
    /// # Errors
    /// Of the document's kind, with line, column and JSON path, for what the type has no room for.
    pub fn read<T: serde::Deserialize<'a>>(self) -> Result<T> {
        T::deserialize(self).map_err(|error| error.into_error(self))
    }
}

impl Source {
    /// Reads the part as a type of ours; places go on to count in the whole document.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read<T: DeserializeOwned>(&self, ceiling: impl Into<Ceiling>) -> Result<T> {
        self.document(ceiling)?.root().read()
    }
}

/// Adds the value's place to what has none yet.
fn at<'a, T>(node: Node<'a>, result: Result<T, DeError<'a>>) -> Result<T, DeError<'a>> {
    result.map_err(|error| error.at(node))
}

fn wrong<'a, T>(node: Node<'a>, visitor: &dyn serde::de::Expected) -> Result<T, DeError<'a>> {
    Err(DeError::expected(visitor, node.kind().name()).at(node))
}

/// A number in the narrowest form of serde's that holds it.
fn visit_number<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    let Some(integer) = node.number().and_then(|number| number.as_integer()) else { return visit_float(node, visitor) };
    if let Ok(integer) = u64::try_from(integer) {
        visitor.visit_u64(integer)
    } else if let Ok(integer) = i64::try_from(integer) {
        visitor.visit_i64(integer)
    } else {
        // As JavaScript would have it: nothing wider is asked for but by `EXACT`.
        visit_float(node, visitor)
    }
}

fn visit_float<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    match node.source().parse::<f64>() {
        Ok(float) if float.is_finite() => visitor.visit_f64(float),
        _ => Err(DeError::new("expected a number of at most 308 digits")),
    }
}

/// Numbers that were asked for.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
            if self.kind() != Kind::Number {
                return wrong(self, &visitor);
            }
            at(self, visit_number(self, visitor))
        }
    )*};
}

/// What is of one kind only. Each goes to the visit of its kind and no other: every visit of every type is code in a module.
macro_rules! of_kind {
    ($($method:ident $kind:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
            if self.kind() != Kind::$kind {
                return wrong(self, &visitor);
            }
            at(self, $visit(self, visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = DeError<'de>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        let result = match self.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool => visit_bool(self, visitor),
            Kind::Number => visit_number(self, visitor),
            Kind::Text => visit_text(self, visitor),
            Kind::List => visit_list(self, visitor),
            Kind::Map => visit_members(self, visitor),
        };
        at(self, result)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }

    of_kind! {
        deserialize_bool Bool visit_bool deserialize_char Text visit_text deserialize_str Text visit_text
        deserialize_string Text visit_text deserialize_seq List visit_list deserialize_map Map visit_members
        deserialize_unit Null visit_nothing
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        match self.source().parse::<f32>() {
            Ok(float) if self.kind() == Kind::Number && float.is_finite() => at(self, visitor.visit_f32(float)),
            _ => wrong(self, &visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        if self.kind() != Kind::Number {
            return wrong(self, &visitor);
        }
        at(self, visit_float(self, visitor))
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        wrong(self, &visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        wrong(self, &visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        at(self, if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) })
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, DeError<'de>> {
        let result = match name {
            EXACT => visitor.visit_newtype_struct(Exact(self)),
            SOURCE => visitor.visit_seq(SourceAccess { node: self, part: 0 }),
            _ => visitor.visit_newtype_struct(self),
        };
        at(self, result)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DeError<'de>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError<'de>> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError<'de>> {
        let variant = match self.kind() {
            Kind::Text => Variant { name: self, value: None },
            Kind::Map => match self.distinct_members().as_slice() {
                [member] => Variant { name: member.key, value: Some(member.value) },
                _ => return Err(DeError::new("expected an object with one member").at(self)),
            },
            _ => return wrong(self, &visitor),
        };
        at(self, visitor.visit_enum(variant))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        visitor.visit_unit()
    }
}

fn visit_nothing<'a, V: Visitor<'a>>(_: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    visitor.visit_unit()
}

fn visit_bool<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    visitor.visit_bool(node.boolean() == Some(true))
}

fn visit_text<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    match node.text().unwrap_or_default() {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

fn visit_members<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    visitor.visit_map(MembersAccess { members: node.distinct_members().into_iter(), value: None })
}

fn visit_list<'a, V: Visitor<'a>>(node: Node<'a>, visitor: V) -> Result<V::Value, DeError<'a>> {
    let mut items = ItemsAccess(node.items());
    let value = visitor.visit_seq(&mut items)?;
    match items.0.next() {
        None => Ok(value),
        Some(extra) => {
            let (all, left) = (node.len(), items.0.count() + 1);
            Err(DeError::new(format!("expected a list of {}, found {all}", all - left)).at(extra))
        }
    }
}

struct ItemsAccess<'a>(super::document::Items<'a>);

impl<'de> SeqAccess<'de> for ItemsAccess<'de> {
    type Error = DeError<'de>;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError<'de>> {
        self.0.next().map(|item| at(item, seed.deserialize(item))).transpose()
    }
}

struct MembersAccess<'a> {
    members: std::vec::IntoIter<Member<'a>>,
    value: Option<Node<'a>>,
}

impl<'de> MapAccess<'de> for MembersAccess<'de> {
    type Error = DeError<'de>;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError<'de>> {
        let Some(member) = self.members.next() else { return Ok(None) };
        self.value = Some(member.value);
        at(member.key, seed.deserialize(Key(member.key))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DeError<'de>> {
        let Some(value) = self.value.take() else { return Err(DeError::new("a value was asked for before its name")) };
        at(value, seed.deserialize(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// A name of a member: a text, from which numbers and truth values are read where a map's keys are such.
struct Key<'a>(Node<'a>);

/// Keys that are numbers.
macro_rules! number_keys {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
            match self.0.text().and_then(|text| text.parse().ok()) {
                Some(number) => visitor.$visit(number),
                None => wrong(self.0, &visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = DeError<'de>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.0.deserialize_any(visitor)
    }

    number_keys! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError<'de>> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError<'de>> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        visitor.visit_some(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.0.deserialize_str(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}

/// A variant's name, and what it holds.
struct Variant<'a> {
    name: Node<'a>,
    value: Option<Node<'a>>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = DeError<'de>;
    type Variant = Held<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Held<'de>), DeError<'de>> {
        let variant = at(self.name, seed.deserialize(self.name))?;
        Ok((variant, Held(self)))
    }
}

/// What a variant holds.
struct Held<'a>(Variant<'a>);

impl<'a> Held<'a> {
    fn value(&self) -> Result<Node<'a>, DeError<'a>> {
        let Variant { name, value } = &self.0;
        value
            .ok_or_else(|| DeError::new(format!("expected an object {{{}: …}}, found the name alone", name.source())).at(*name))
    }
}

impl<'de> VariantAccess<'de> for Held<'de> {
    type Error = DeError<'de>;

    fn unit_variant(self) -> Result<(), DeError<'de>> {
        match self.0.value {
            Some(value) if !value.is_null() => {
                Err(DeError::new(format!("expected {} alone, found a value with it", self.0.name.source())).at(value))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DeError<'de>> {
        let value = self.value()?;
        at(value, seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DeError<'de>> {
        self.value()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, DeError<'de>> {
        self.value()?.deserialize_map(visitor)
    }
}

/// A value whose number is given as its bytes, as it is written.
struct Exact<'a>(Node<'a>);

impl<'de> Deserializer<'de> for Exact<'de> {
    type Error = DeError<'de>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError<'de>> {
        match self.0.kind() {
            Kind::Number => at(self.0, visitor.visit_borrowed_bytes(self.0.source().as_bytes())),
            _ => self.0.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The parts of a [`Source`]: its text, document, line, column and path.
struct SourceAccess<'a> {
    node: Node<'a>,
    part: u8,
}

impl<'de> SeqAccess<'de> for SourceAccess<'de> {
    type Error = DeError<'de>;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError<'de>> {
        let (node, part) = (self.node, self.part);
        self.part += 1;
        let value = match part {
            0 => seed.deserialize(BorrowedStrDeserializer::new(node.source())),
            1 => seed.deserialize(StringDeserializer::new(node.document().name().to_string())),
            2 => seed.deserialize(U32Deserializer::new(node.place().line)),
            3 => seed.deserialize(U32Deserializer::new(node.place().column)),
            4 => seed.deserialize(StringDeserializer::new(node.path())),
            _ => return Ok(None),
        };
        value.map(Some)
    }
}

/// A number as it is written, from [`Exact`] or from a deserializer that knows floats only.
pub(super) fn exact_number<E: serde::de::Error>(written: &[u8]) -> Result<Number, E> {
    std::str::from_utf8(written).ok().and_then(Number::parse).ok_or_else(|| E::custom(too_many_digits()))
}

impl<'de> serde::Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Number, D::Error> {
                deserializer.deserialize_any(self)
            }

            fn visit_bytes<E: serde::de::Error>(self, written: &[u8]) -> Result<Number, E> {
                exact_number(written)
            }

            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number::from(i128::from(value)))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number::from(i128::from(value)))
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Number, E> {
                Number::from_f64(value).ok_or_else(|| E::custom("expected a finite number"))
            }
        }
        deserializer.deserialize_newtype_struct(EXACT, Written)
    }
}
