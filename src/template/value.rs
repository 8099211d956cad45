//! The values that expressions work on.

pub(super) mod json;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::number::Number;

/// A value of data or of an expression. Cheap to clone.
///
/// ```
/// use friendboard::template::Value;
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
    List(Arc<[Value]>),
    /// Named values.
    Map(Arc<BTreeMap<Arc<str>, Value>>),
}

/// Lists and maps nested deeper than this are left out of a text form.
const TEXT_DEPTH: usize = 32;

impl Value {
    /// Named values from pairs; of two with one name the later stays.
    pub fn map<K: Into<Arc<str>>, V: Into<Self>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect()))
    }

    /// A list.
    pub fn list<V: Into<Self>>(items: impl IntoIterator<Item = V>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The value of a name; `None` where this is no map or has no such name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(name),
            _ => None,
        }
    }

    /// The same map with one more name; what is no map becomes one.
    #[must_use]
    pub fn with(self, name: impl Into<Arc<str>>, value: impl Into<Self>) -> Self {
        let mut map = match self {
            Self::Map(map) => map,
            _ => Arc::default(),
        };
        Arc::make_mut(&mut map).insert(name.into(), value.into());
        Self::Map(map)
    }

    /// As a condition, by Jinja's rule: false are nothing, `false`, zero, and what is empty.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => *number != Number::from(0_i128),
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(map) => !map.is_empty(),
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages: `a number`, `a text` …
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

    /// The order of two numbers, two texts (by code point) or two truth values; `None` where there is none.
    #[must_use]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    fn write(&self, f: &mut std::fmt::Formatter<'_>, depth: usize) -> std::fmt::Result {
        match self {
            Self::Text(text) if depth > 0 => write!(f, "{text:?}"),
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
                    write!(f, "{}{name:?}: ", if index > 0 { ", " } else { "" })?;
                    value.write(f, depth + 1)?;
                }
                f.write_str("}")
            }
        }
    }
}

/// An empty text, without an allocation for each.
#[must_use]
pub(crate) fn empty_text() -> Arc<str> {
    static EMPTY: std::sync::OnceLock<Arc<str>> = std::sync::OnceLock::new();
    EMPTY.get_or_init(|| Arc::from("")).clone()
}

/// As text: nothing is empty, numbers are exact, lists and maps are written out.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.write(f, 0)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Number(Number::from(i128::from(value)))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Number(Number::from(value))
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

impl From<Arc<str>> for Value {
    fn from(value: Arc<str>) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(value: Vec<T>) -> Self {
        Self::list(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_true_as_in_jinja() {
        let empty_map: [(&str, Value); 0] = [];
        let falsy = [
            Value::Null,
            false.into(),
            0.into(),
            "".into(),
            Value::list([] as [Value; 0]),
            Value::map(empty_map),
            Number::parse("0.0").into(),
        ];
        for value in falsy {
            assert!(!value.is_true(), "{value:?}");
        }
        for value in [true.into(), (-1).into(), "0".into(), "false".into(), Value::list([Value::Null])] {
            assert!(value.is_true(), "{value:?}");
        }
    }

    #[test]
    fn writes_itself_as_text() {
        let value = Value::map([("b", Value::Null), ("a", Value::list([Value::from("x\""), true.into(), 3.into()]))]);
        assert_eq!(value.to_string(), r#"{"a": ["x\"", true, 3], "b": null}"#);
        assert_eq!(Value::Null.to_string(), "");
        let deep = (0..1_000).fold(Value::Null, |inner, _| Value::list([inner]));
        assert!(deep.to_string().contains('…'));
    }

    #[test]
    fn builds_maps() {
        let value = Value::Null.with("a", 1).with("b", "x").with("a", 2);
        assert_eq!(value, Value::map([("a", Value::from(2)), ("b", Value::from("x"))]));
        assert_eq!(value.get("c"), None);
        assert_eq!(Value::from(1).get("a"), None);
    }
}
