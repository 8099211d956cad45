//! What a property is: its names, its grammar, what it sets; and how a value of it is read.

use super::example::Example;
use super::grammar::Grammar;
use super::value::PropertyValue;
use super::value_reader::{Input, Over, ValueReader};
use super::words;
use crate::error::raise_limit;
use crate::json::Value;
use crate::limits::Limits;
use crate::style::Style;

/// A property of the dialect.
pub(crate) struct Property {
    /// In camelCase.
    pub name: &'static str,
    /// Other spellings, in camelCase.
    pub aliases: &'static [&'static str],
    /// Which part of the dialect it belongs to.
    pub group: Group,
    /// What its values look like.
    pub grammar: Grammar,
    /// The initial value, as it would be written.
    pub initial: &'static str,
    /// How many properties it stands for: in one object of a style sheet those that stand for more are applied first, so
    /// that `marginLeft` holds beside `margin` in whatever order the two are written.
    pub breadth: u8,
    /// What it does, in one line.
    pub doc: &'static str,
    /// What its examples are drawn on, more of the style there, and the values that they show.
    #[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the manual is made natively"))]
    pub shown: (Example, &'static str, &'static [&'static str]),
    pub(super) set: fn(&mut Style, &PropertyValue),
}

/// The parts of the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Where a box stands.
    Layout,
    /// A text that children inherit.
    Inherited,
    /// A text.
    Text,
    /// What is painted.
    Paint,
}

impl Property {
    /// Sets the value in a style.
    pub fn apply(&self, style: &mut Style, value: &PropertyValue) {
        (self.set)(style, value);
    }

    /// Reads a value of the property. `Ok(None)` says nothing (a value that is not there).
    ///
    /// # Errors
    ///
    /// What was wrong with the value.
    pub fn read(&self, value: &Value, limits: &Limits) -> Result<Option<ReadValue>, Misread> {
        let input = match value {
            Value::Null => return Ok(None),
            Value::Number(number) => Input::Number(number.to_f64()),
            Value::Text(written) => {
                let text = match written.trim() {
                    "" => return Ok(None),
                    "initial" | "unset" => self.initial,
                    text => text,
                };
                words::input(text)
            }
            Value::Bool(_) | Value::List(_) | Value::Map(_) => return Err(Misread::new(self, value)),
        };
        let mut reader = ValueReader::new(limits);
        match (self.grammar.read(input, &mut reader), reader.over) {
            (Some(value), _) => Ok(Some(ReadValue { value, clamped: reader.clamped })),
            (None, Some(over)) => Err(Misread::over(self, &over)),
            (None, None) => Err(Misread::new(self, value)),
        }
    }
}

/// A value that was read.
pub(crate) struct ReadValue {
    pub value: PropertyValue,
    /// What was out of range, and what it was brought to.
    pub clamped: Option<(f64, f64)>,
}

/// A value that is none of its property.
#[derive(Debug)]
pub(crate) struct Misread {
    /// Names the property, what was expected and what was found.
    pub message: String,
    /// A keyword or a colour that was perhaps meant.
    pub hint: Option<String>,
}

impl Misread {
    fn new(property: &Property, found: &Value) -> Self {
        let shown = match found {
            Value::Text(text) => format!("'{}'", crate::grapheme::prefix_bytes(text, 80)),
            Value::Number(number) => number.to_string(),
            other => other.kind().to_owned(),
        };
        let message = format!("expected {} for '{}', found {shown}", property.grammar.describe(), property.name);
        let hint = found.as_text().and_then(|text| property.grammar.closest(text));
        Self { message, hint: hint.map(|close| format!("did you mean '{close}'?")) }
    }

    fn over(property: &Property, over: &Over) -> Self {
        let Over { limit, allowed, found } = over;
        let what = limit.replace('_', " ");
        let message = format!("over the limit of {allowed} {what} for '{}': found {found}", property.name);
        Self { message, hint: Some(raise_limit(limit)) }
    }
}
