//! The one value of data: what JSON holds, what expressions work on, what reports are written from.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::ceiling::Ceiling;
use super::document::{Document, Node};
use super::list::List;
use super::map::Map;
use super::parse::Kind;
use super::write::{write, write_pretty};
use crate::error::Result;
use crate::number::Number;
use crate::sorted::{self, BTreeMap};

/// A value of data or of an expression. Cheap to clone.
///
/// ```
/// use friendboard::json::Value;
/// let friend = Value::map([("nickname", Value::from("Ann")), ("score", Value::from(12))]);
/// assert_eq!(friend.get("score"), Some(&Value::from(12)));
/// assert_eq!(friend.get("score").map(ToString::to_string), Some("12".to_owned()));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing; as text it is empty, as a condition false.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// An exact number.
    Number(Number),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<List<Value>>),
    /// Named values.
    Map(Arc<Map<Value>>),
}

/// A list or map as text has at most so many bytes: nobody reads more.
pub const TEXT_BYTES: usize = 4 * 1024;

/// Lists and maps nested deeper than this are left out of a text form.
const TEXT_DEPTH: usize = 32;

impl Value {
    /// Reads JSON; numbers stay as they are written, of two entries with one name the later stays.
    ///
    /// # Errors
    /// As [`Document::parse`], and with line and column for a number of too many digits.
    ///
    /// ```
    /// use friendboard::{Limits, json::Value};
    /// let value = Value::from_json(r#"{"score": 9007199254740993}"#, &Limits::default())?;
    /// assert_eq!(value.get("score").unwrap().to_string(), "9007199254740993");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn from_json(text: &str, ceiling: impl Into<Ceiling>) -> Result<Self> {
        Self::read(text, "<json>", ceiling)
    }

    /// The same of a text that has a name for the places of its errors.
    ///
    /// # Errors
    /// As [`Value::from_json`].
    pub fn read(text: &str, name: &str, ceiling: impl Into<Ceiling>) -> Result<Self> {
        Document::parse(text, name, ceiling)?.root().to_value()
    }

    /// The value as JSON on one line: numbers with all of their digits, the entries of maps in the order of their names.
    /// What is nested deeper than 128 levels is `null`.
    ///
    /// ```
    /// use friendboard::{Limits, json::Value};
    /// let json = r#"{"a":[1.50,true,null],"b":"\"x\""}"#;
    /// assert_eq!(Value::from_json(json, &Limits::default()).unwrap().to_json(), json);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        write(self)
    }

    /// The same on many lines, indented by two spaces, as people read it.
    #[must_use]
    pub fn to_pretty_json(&self) -> String {
        write_pretty(self)
    }

    /// Named values from pairs; of two with one name the later stays.
    pub fn map<K: Into<Arc<str>>, V: Into<Self>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::from_map(sorted::map(entries.into_iter().map(|(name, value)| (name.into(), value.into()))))
    }

    /// Named values from what is in order already.
    #[must_use]
    pub(crate) fn from_map(map: BTreeMap<Arc<str>, Self>) -> Self {
        Self::Map(Arc::new(Map::from(map)))
    }

    /// A list.
    pub fn list<V: Into<Self>>(items: impl IntoIterator<Item = V>) -> Self {
        Self::List(Arc::new(items.into_iter().map(Into::into).collect()))
    }

    /// The value of a name; `None` where this is no map or has no such name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_map()?.get(name)
    }

    /// The same map with one more name; what is no map becomes one.
    #[must_use]
    pub fn with(mut self, name: impl Into<Arc<str>>, value: impl Into<Self>) -> Self {
        self.insert(name, value);
        self
    }

    /// Adds a name, or changes its value; what is no map becomes one.
    pub fn insert(&mut self, name: impl Into<Arc<str>>, value: impl Into<Self>) {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Arc::default());
        }
        if let Self::Map(map) = self {
            Arc::make_mut(map).change(|entries| {
                entries.insert(name.into(), value.into());
            });
        }
    }

    /// True for nothing.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth value, where it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, where it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, where it is a whole one within 64 bits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        i64::try_from(self.as_number()?.as_integer()?).ok()
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, where it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The named values, where it is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&BTreeMap<Arc<str>, Self>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// What it is, for the authors of boards: `a number`, `a text` … (What JSON calls it is [`Kind::name`].)
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    /// The value as text, shared where it is text already. The same as its `Display`.
    #[must_use]
    pub fn to_text(&self) -> Arc<str> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Null => empty_text(),
            other => Arc::from(other.to_string()),
        }
    }

    fn write(&self, f: &mut dyn fmt::Write, depth: usize) -> fmt::Result {
        match self {
            Self::Text(text) if depth > 0 => quoted(f, text),
            Self::Null if depth > 0 => f.write_str("null"),
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(_) | Self::Map(_) if depth > TEXT_DEPTH => f.write_str("…"),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    item.write(f, depth + 1)?;
                }
                f.write_str("]")
            }
            Self::Map(map) => {
                f.write_str("{")?;
                for (index, (name, value)) in map.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    quoted(f, name)?;
                    f.write_str(": ")?;
                    value.write(f, depth + 1)?;
                }
                f.write_str("}")
            }
        }
    }
}

/// A text in quotes, what would not be seen escaped. Most have nothing of that, and are written at once.
fn quoted(f: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\') {
        f.write_char('"')?;
        f.write_str(text)?;
        f.write_char('"')
    } else {
        write!(f, "{text:?}")
    }
}

/// As text: nothing is empty, numbers are exact, lists and maps are written out.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(_) | Self::Map(_) => {
                let mut cut = Cut { f, left: TEXT_BYTES };
                match self.write(&mut cut, 0) {
                    Err(fmt::Error) if cut.left == 0 => f.write_str("…"),
                    written => written,
                }
            }
            _ => self.write(f, 0),
        }
    }
}

/// Writes so many bytes and no more.
struct Cut<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    left: usize,
}

impl fmt::Write for Cut<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.floor_char_boundary(self.left);
        self.f.write_str(text.get(..end).unwrap_or_default())?;
        if end < text.len() {
            self.left = 0;
            return Err(fmt::Error);
        }
        self.left -= end;
        Ok(())
    }
}

impl Node<'_> {
    /// The value with all that it holds; of two members with one name the later stays.
    ///
    /// # Errors
    /// With a place, for a number of more than [`Number::MAX_CHARACTERS`] digits.
    pub fn to_value(self) -> Result<Value> {
        Ok(match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(self.boolean() == Some(true)),
            Kind::Number => Value::Number(self.number().ok_or_else(|| self.error(too_many_digits()))?),
            Kind::Text => Value::Text(self.text().map(Arc::from).unwrap_or_default()),
            // The recursion is bounded by `Ceiling::DEEPEST`.
            Kind::List => Value::List(Arc::new(self.items().map(Node::to_value).collect::<Result<_>>()?)),
            Kind::Map => {
                let mut map = BTreeMap::new();
                for member in self.members() {
                    map.insert(Arc::from(member.name), member.value.to_value()?);
                }
                Value::from_map(map)
            }
        })
    }
}

/// What is said of a number that is too long to be kept.
pub(super) fn too_many_digits() -> String {
    format!("expected a number of at most {} digits", Number::MAX_CHARACTERS)
}

/// An empty text, without an allocation for each.
#[must_use]
pub(crate) fn empty_text() -> Arc<str> {
    static EMPTY: OnceLock<Arc<str>> = OnceLock::new();
    EMPTY.get_or_init(|| Arc::from("")).clone()
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// From whole numbers.
macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value {
            fn from(value: $integer) -> Self {
                Self::Number(Number::from(value as i128))
            }
        }
    )*};
}

from_integers!(i32, i64, u8, u16, u32, u64, usize);

/// A float that is not finite is nothing, as in `JSON.stringify`.
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

/// By its shortest text: `0.1_f32` is 0.1.
impl From<f32> for Value {
    fn from(value: f32) -> Self {
        Number::parse(&value.to_string()).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Arc::from(value))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Arc::from(value))
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Arc::from(value.as_str()))
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(value: Cow<'_, str>) -> Self {
        Self::Text(Arc::from(value))
    }
}

impl From<char> for Value {
    fn from(value: char) -> Self {
        Self::from(value.encode_utf8(&mut [0; 4]) as &str)
    }
}

impl From<Arc<str>> for Value {
    fn from(value: Arc<str>) -> Self {
        Self::Text(value)
    }
}

impl From<&Arc<str>> for Value {
    fn from(value: &Arc<str>) -> Self {
        Self::Text(Arc::clone(value))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self> + Clone> From<&[T]> for Value {
    fn from(value: &[T]) -> Self {
        Self::list(value.iter().cloned())
    }
}

impl From<&Self> for Value {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(value: Vec<T>) -> Self {
        Self::list(value)
    }
}

impl<K: Into<Arc<str>>, V: Into<Self>> From<BTreeMap<K, V>> for Value {
    fn from(value: BTreeMap<K, V>) -> Self {
        Self::map(value)
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::List(Arc::new(items.into_iter().collect()))
    }
}
