//! Scores in the forms that games store them in.

use crate::error::ErrorKind;
use crate::json::{self, Ceiling, Kind, Node, Value};
use crate::number::Number;

/// What a friend is ranked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The score, exactly as stored. For Douyin's rows of type 'enum' this is the row's `priority`.
    pub value: Number,
    /// When it was reached, in seconds since 1970 as the platforms have it (kept as written: a game that writes
    /// milliseconds has milliseconds here). Among equal scores the earlier one stands higher.
    pub update_time: Option<i64>,
    /// What is shown in place of the number: the `value` of Douyin's rows of type 'enum', such as `Gold III`.
    pub label: Option<std::sync::Arc<str>>,
}

impl Score {
    /// A score of a number alone.
    #[must_use]
    pub fn new(value: Number) -> Self {
        Self { value, update_time: None, label: None }
    }

    /// Reads a stored value: `{"wxgame": {"score", "update_time"}}` or `ttgame`, `{"score"}`, or the number itself, in
    /// this order; numbers may be strings. `None` where it is none of these.
    ///
    /// ```
    /// use friendboard::friends::Score;
    /// let score = Score::parse(r#"{"wxgame":{"score":16,"update_time":1513080573},"cost_ms":36500}"#).unwrap();
    /// assert_eq!((score.value.to_string().as_str(), score.update_time), ("16", Some(1513080573)));
    /// assert_eq!(Score::parse("9007199254740993").unwrap().value.to_string(), "9007199254740993");
    /// assert!(Score::parse("NaN").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(number) = Number::parse(text) {
            return Some(Self::new(number));
        }
        Self::of(json::open(text, "<score>", STORED)?.ok()?.root())
    }

    /// The same of a JSON value; a string may hold JSON once more (`JSON.stringify` applied twice).
    ///
    /// ```
    /// use friendboard::{Limits, friends::Score, json::Document};
    /// let document = Document::parse(r#"{"ttgame": {"score": 7}}"#, "<value>", &Limits::default())?;
    /// assert_eq!(Score::of(document.root()).unwrap().value.to_string(), "7");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    #[must_use]
    pub fn of(value: Node<'_>) -> Option<Self> {
        match value.kind() {
            Kind::Number => value.number().map(Self::new),
            Kind::Text => {
                let text = value.text()?;
                if let Some(number) = Number::parse(&text) {
                    return Some(Self::new(number));
                }
                Self::of_node(json::open(&text, "<score>", STORED)?.ok()?.root())
            }
            Kind::Map => Self::of_node(value),
            Kind::Null | Kind::Bool | Kind::List => None,
        }
    }

    /// The same of a value that was read already, such as a message's.
    ///
    /// ```
    /// use friendboard::{friends::Score, json};
    /// assert_eq!(Score::of_value(&json!({ "wxgame": { "score": "7" } })).unwrap().value.to_string(), "7");
    /// ```
    #[must_use]
    pub fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::new(number.clone())),
            Value::Text(text) => Self::parse(text),
            Value::Map(_) => Self::of_map(value, |map, name| map.get(name), number_of_value),
            Value::Null | Value::Bool(_) | Value::List(_) => None,
        }
    }

    fn of_node(map: Node<'_>) -> Option<Self> {
        Self::of_map(map, Node::get, number)
    }

    /// `{"wxgame": {"score", "update_time"}}`, or `ttgame`, or the inner object alone.
    fn of_map<T: Copy>(map: T, get: impl Fn(T, &str) -> Option<T>, number: impl Fn(T) -> Option<Number>) -> Option<Self> {
        let direct = |map: T| {
            let value = number(get(map, "score")?)?;
            let update_time = get(map, "update_time").and_then(&number).and_then(|number| whole(&number));
            Some(Self { value, update_time, label: None })
        };
        ["wxgame", "ttgame"].into_iter().find_map(|name| direct(get(map, name)?)).or_else(|| direct(map))
    }
}

/// A stored value is as long as the data that it came in, and deep enough for what games store beside the score.
const STORED: Ceiling = Ceiling { kind: ErrorKind::Data, field: "data_bytes", bytes: usize::MAX, depth: 64 };

/// A number, or a string that reads as one.
fn number(value: Node<'_>) -> Option<Number> {
    match value.text() {
        Some(text) => Number::parse(&text),
        None => value.number(),
    }
}

/// A whole number within 64 bits, or a string that reads as one.
pub(super) fn integer(value: Node<'_>) -> Option<i64> {
    number(value).and_then(|number| whole(&number))
}

fn number_of_value(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::Text(text) => Number::parse(text),
        _ => None,
    }
}

fn whole(number: &Number) -> Option<i64> {
    i64::try_from(number.as_integer()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<i64>)> {
        Score::parse(text).map(|score| (score.value.to_string(), score.update_time))
    }

    #[test]
    fn reads_every_form() {
        let cases = [
            ("10000", "10000", None),
            (" -3.50 ", "-3.50", None),
            ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456", None),
            (r#"{"wxgame":{"score":16,"update_time":1513080573},"cost_ms":36500}"#, "16", Some(1_513_080_573)),
            (r#"{"ttgame":{"score":"17","update_time":"5"}}"#, "17", Some(5)),
            (r#"{"score":18014398509481985}"#, "18014398509481985", None),
            (r#"{"score":"9007199254740993","update_time":7}"#, "9007199254740993", Some(7)),
            (r#"{"score":1,"wxgame":{"score":2}}"#, "2", None),
            (r#"{"wxgame":{"level":2},"ttgame":null,"score":3}"#, "3", None),
            (r#""12""#, "12", None),
            (r#""{\"score\":4}""#, "4", None),
        ];
        for (text, value, time) in cases {
            assert_eq!(read(text), Some((value.to_owned(), time)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_score() {
        let deep = format!("{{\"score\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        for text in ["", "abc", "NaN", "null", "true", "[1]", "{}", r#"{"score":null}"#, r#"{"score":{"score":1}}"#, &deep] {
            assert_eq!(read(text), None, "{text:.40}");
        }
    }
}
