//! Scores in the forms that games store them in.

use crate::error::ErrorKind;
use crate::json::{self, Ceiling, Kind, Node, Value};
use crate::moment::{milliseconds, time_of};
use crate::number::Number;

/// What a friend is ranked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The score, exactly as stored. For Douyin's rows of type 'enum' this is the row's `priority`.
    pub value: Number,
    /// When it was reached, since 1970, kept as written: in seconds as the platforms have it, or in milliseconds (see
    /// [`milliseconds`](super::milliseconds)). Among equal scores the earlier one stands higher.
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

    /// When it was reached, in milliseconds since 1970.
    #[must_use]
    pub fn time(&self) -> Option<i64> {
        self.update_time.map(milliseconds)
    }

    /// Reads a stored value: `{"wxgame": {"score", "update_time"}}` or `ttgame`, `qqgame`, `{"score"}`, or the number
    /// itself, in this order; numbers may be strings, and the time `updateTime` or `utime`. `None` where it is none of these.
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
            Value::Map(_) => {
                let nested = |value: &Value| Self::parse(value.as_text().filter(|text| json::looks_like_json(text))?);
                Self::of_map(value, |map, name| map.get(name), number_of_value, nested)
            }
            Value::Null | Value::Bool(_) | Value::List(_) => None,
        }
    }

    fn of_node(map: Node<'_>) -> Option<Self> {
        let nested = |node: Node<'_>| Self::parse(node.text().filter(|text| json::looks_like_json(text))?.as_ref());
        Self::of_map(map, Node::get, number, nested)
    }

    /// `{"wxgame": {"score", "update_time"}}`, or `ttgame`, `qqgame`, or the inner object alone; the time may stand outside.
    fn of_map<T: Copy>(
        map: T,
        get: impl Fn(T, &str) -> Option<T>,
        number: impl Fn(T) -> Option<Number>,
        nested: impl Fn(T) -> Option<Self>,
    ) -> Option<Self> {
        let time = |map: T| time_of(|name| number(get(map, name)?));
        let direct = |map: T| {
            let stored = get(map, "score")?;
            let score = number(stored).map(Self::new).or_else(|| nested(stored))?;
            Some(Self { update_time: score.update_time.or_else(|| time(map)), ..score })
        };
        let inner = ["wxgame", "ttgame", "qqgame"].into_iter().find_map(|name| direct(get(map, name)?));
        inner.map(|score| Self { update_time: score.update_time.or_else(|| time(map)), ..score }).or_else(|| direct(map))
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

/// The JSON object or list that a stored text is.
pub(super) fn open_stored(text: &str) -> Option<Value> {
    let document = json::open(text, "<score>", STORED)?.ok()?;
    matches!(document.root().kind(), Kind::Map | Kind::List).then(|| document.root().to_value().ok())?
}

pub(super) fn number_of_value(value: &Value) -> Option<Number> {
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
            (r#"{"score":"{\"score\":5,\"updateTime\":9}"}"#, "5", Some(9)),
            (r#"{"wxgame":{"score":6},"utime":1760000000000}"#, "6", Some(1_760_000_000_000)),
            (r#"{"qqgame":{"score":8,"update_time":2}}"#, "8", Some(2)),
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
