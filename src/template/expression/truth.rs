//! Values as conditions, and their order.

use std::cmp::Ordering;

use crate::json::Value;
use crate::number::Number;

impl Value {
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
}
