//! A JSON document whose every value knows where it stands, so that what is wrong with it can be said with a place.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use super::super::read_text;
use super::service::CALLS;
use crate::error::{Error, ErrorKind, Result, closest};
use crate::geometry::Point;
use crate::json::{self, Kind, Node, Value};
use crate::limits::Limits;

/// A document with what it may cost.
#[derive(Debug)]
pub struct Document<'a> {
    json: json::Document<'a>,
    limits: &'a Limits,
}

/// A value of a document.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    json: Node<'a>,
    limits: &'a Limits,
}

impl<'a> Document<'a> {
    /// A document from its text.
    ///
    /// # Errors
    /// `Data` with line and column where it is not JSON.
    pub fn parse(name: &'a str, text: &'a str, limits: &'a Limits) -> Result<Self> {
        Ok(Self { json: json::Document::parse(text, name, limits)?, limits })
    }

    /// Its value.
    ///
    /// # Errors
    /// `Data` where it is no object.
    pub fn root(&self) -> Result<Entry<'_>> {
        let entry = Entry { json: self.json.root(), limits: self.limits };
        if entry.is_map() { Ok(entry) } else { Err(entry.wrong("an object", entry.json.kind().name())) }
    }
}

impl<'a> Entry<'a> {
    fn at(&self, json: Node<'a>) -> Self {
        Self { json, limits: self.limits }
    }

    /// What is wrong with it.
    pub fn wrong(&self, expected: &str, found: &str) -> Error {
        self.json.error(format!("expected {expected}, found {found}"))
    }

    fn is_not(&self, expected: &str) -> Error {
        let written: String = self.json.source().chars().take(40).collect();
        let found = match self.json.kind() {
            Kind::Text | Kind::Number => written,
            kind => kind.name().to_owned(),
        };
        self.wrong(expected, &found)
    }

    /// True for an object.
    pub fn is_map(&self) -> bool {
        self.json.kind() == Kind::Map
    }

    /// The value as it is written.
    pub fn written(&self) -> &'a str {
        self.json.source()
    }

    /// A member, unless it is null; of two with one name the later.
    pub fn get(&self, name: &str) -> Option<Self> {
        self.json.get(name).filter(|json| !json.is_null()).map(|json| self.at(json))
    }

    /// A member that there must be.
    pub fn need(&self, name: &str) -> Result<Self> {
        self.get(name).ok_or_else(|| self.wrong(&format!("`{name}`"), "none"))
    }

    /// The members of an object.
    pub fn members(&self) -> Result<Vec<(String, Self)>> {
        if !self.is_map() {
            return Err(self.is_not("an object"));
        }
        Ok(self.json.members().map(|member| (member.name.into_owned(), self.at(member.value))).collect())
    }

    /// The items of a list.
    pub fn items(&self, most: usize) -> Result<Vec<Self>> {
        if self.json.kind() != Kind::List {
            return Err(self.is_not("a list"));
        }
        if self.json.len() > most {
            return Err(self.wrong(&format!("at most {most} items"), &self.json.len().to_string()));
        }
        Ok(self.json.items().map(|json| self.at(json)).collect())
    }

    /// Refuses members of other names.
    pub fn only(&self, known: &[&str]) -> Result<()> {
        for (name, entry) in self.members()? {
            if !known.contains(&name.as_str()) {
                let error = entry.wrong(&format!("one of {}", known.join(", ")), &format!("`{name:.60}`"));
                return Err(match closest(&name, known.iter().copied()) {
                    Some(close) => error.hint(format!("did you mean `{close}`?")),
                    None => error,
                });
            }
        }
        Ok(())
    }

    /// Refuses members that are no calls of any platform.
    pub fn known_calls(&self, beside: &[&str]) -> Result<()> {
        let known: Vec<&str> = CALLS.iter().chain(beside).copied().collect();
        self.only(&known)
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<String> {
        self.json.text().map(std::borrow::Cow::into_owned)
    }

    /// A string.
    pub fn text(&self) -> Result<String> {
        self.as_text().ok_or_else(|| self.is_not("a string"))
    }

    /// A string that says something else.
    pub fn parsed<T: FromStr<Err = Error>>(&self) -> Result<T> {
        let text = self.text()?;
        text.parse().map_err(|error: Error| self.wrong_as(&error))
    }

    /// An error of another reader, at this place.
    pub fn wrong_as(&self, error: &Error) -> Error {
        self.json.error(error.to_string())
    }

    /// true or false.
    pub fn boolean(&self) -> Result<bool> {
        match self.json.source() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.is_not("true or false")),
        }
    }

    /// A whole number.
    pub fn whole(&self, range: RangeInclusive<u64>) -> Result<u64> {
        let expected = || format!("a whole number from {} to {}", range.start(), range.end());
        let number = self.json.number().and_then(|number| number.as_integer());
        let number = number.and_then(|number| u64::try_from(number).ok()).filter(|number| range.contains(number));
        number.ok_or_else(|| self.is_not(&expected()))
    }

    /// A number.
    pub fn float(&self, range: RangeInclusive<f32>) -> Result<f32> {
        let number = self.json.number().map(|number| number.to_f64() as f32).filter(|number| range.contains(number));
        number.ok_or_else(|| self.is_not(&format!("a number from {} to {}", range.start(), range.end())))
    }

    /// `[x, y]` in logical px of the window.
    pub fn point(&self) -> Result<Point> {
        let items = self.items(2)?;
        let [x, y] = items.as_slice() else { return Err(self.is_not("[x, y] in px")) };
        Ok(Point::new(x.float(-1e5..=1e5)?, y.float(-1e5..=1e5)?))
    }

    /// Any value.
    pub fn value(&self) -> Result<Value> {
        self.json.to_value()
    }

    /// The text of a file that it names.
    pub fn file(&self, path: &Path) -> Result<String> {
        read_text(path, self.limits.data_bytes, "data_bytes", ErrorKind::Data).map_err(|error| self.wrong_as(&error))
    }
}
