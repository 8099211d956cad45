//! The style properties: one table of names, grammars and what each sets, from which reading, 'did you mean', the JSON
//! Schema and the documentation are made.

mod gradient;
mod grammar;
mod shadow;
mod table;
mod transform;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use grammar::Grammar;
pub(crate) use value::PropertyValue;

use crate::error::{closest, raise_limit};
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
    set: fn(&mut Style, &PropertyValue),
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
    /// The property of a name, in camelCase or in CSS's kebab-case.
    pub fn named(name: &str) -> Option<&'static Self> {
        let camel = camel_case(name);
        let camel = camel.as_deref().unwrap_or(name);
        table::all().find(|property| property.name == camel || property.aliases.contains(&camel))
    }

    /// The property whose name is closest, for 'did you mean'.
    pub fn closest(name: &str) -> Option<&'static str> {
        closest(name, table::all().map(|property| property.name))
    }

    /// Every property, in the order of the dialect's page.
    pub fn all() -> impl Iterator<Item = &'static Self> + Clone {
        table::all()
    }

    /// Sets the value in a style.
    pub fn apply(&self, style: &mut Style, value: &PropertyValue) {
        (self.set)(style, value);
    }

    /// Reads a value of the property. `Ok(None)` says nothing (a value that is not there).
    ///
    /// # Errors
    ///
    /// What was wrong with the value.
    pub fn read(&self, value: &Value, limits: &Limits) -> Result<Option<Reading>, Misread> {
        let input = match value {
            Value::Null => return Ok(None),
            Value::Number(number) => Input::Number(number.to_f64()),
            Value::Text(written) => {
                let text = match written.trim() {
                    "" => return Ok(None),
                    "initial" | "unset" => self.initial,
                    text => text,
                };
                words::plain_number(text).map_or(Input::Text(text), Input::Number)
            }
            Value::Bool(_) | Value::List(_) | Value::Map(_) => return Err(Misread::new(self, value)),
        };
        let mut reader = Reader { limits, clamped: None, over: None };
        match (self.grammar.read(&input, &mut reader), reader.over) {
            (Some(value), _) => Ok(Some(Reading { value, clamped: reader.clamped })),
            (None, Some(over)) => Err(Misread::over(self, &over)),
            (None, None) => Err(Misread::new(self, value)),
        }
    }
}

/// A value that was read.
pub(crate) struct Reading {
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

/// What a grammar reads: a number, or a text that is not one.
pub(crate) enum Input<'a> {
    Number(f64),
    Text(&'a str),
}

/// What a grammar reads with.
pub(crate) struct Reader<'a> {
    limits: &'a Limits,
    clamped: Option<(f64, f64)>,
    over: Option<Over>,
}

/// A list in a value that is longer than a limit.
struct Over {
    limit: &'static str,
    allowed: usize,
    found: usize,
}

impl Reader<'_> {
    /// A length of a list; `None`, and noted, where it is over the limit of a name.
    fn count(&mut self, found: usize, limit: &'static str, allowed: usize) -> Option<usize> {
        if found > allowed {
            self.over = Some(Over { limit, allowed, found });
        }
        (found <= allowed).then_some(found)
    }

    /// A number in a range; what was outside of it is noted.
    fn within(&mut self, value: f64, least: f64, most: f64) -> f32 {
        let inside = if value.is_nan() { 0.0 } else { value.clamp(least, most) };
        if inside != value {
            self.clamped = Some((value, inside));
        }
        inside as f32
    }

    /// A length that can be drawn.
    fn length(&mut self, value: f64) -> f32 {
        let most = f64::from(crate::geometry::COORDINATE_MAX);
        self.within(value, -most, most)
    }
}

/// `font-size` as `fontSize`; `None` where there is no hyphen.
fn camel_case(name: &str) -> Option<String> {
    if !name.contains('-') || name.len() > 64 {
        return None;
    }
    let mut camel = String::with_capacity(name.len());
    for (index, part) in name.split('-').enumerate() {
        let mut characters = part.chars();
        match characters.next() {
            Some(first) if index > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(characters.as_str());
    }
    Some(camel)
}
