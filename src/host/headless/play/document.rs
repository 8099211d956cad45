//! A JSON document whose every value knows where it stands, so that what is wrong with it can be said with a place.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use super::super::read_text;
use super::service::CALLS;
use crate::error::{Error, ErrorKind, Place, Result, closest};
use crate::friends::json::{Json, Kind};
use crate::geometry::Point;
use crate::limits::Limits;
use crate::template::Value;

/// A document with its name.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    limits: Limits,
}

/// A value of a document.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    document: &'a Document,
    json: Json<'a>,
    path: String,
}

impl Document {
    /// A document from its text.
    #[must_use]
    pub fn new(name: &str, text: String, limits: Limits) -> Self {
        Self { name: name.to_owned(), text, limits }
    }

    /// Its value.
    ///
    /// # Errors
    /// `Data` with line and column where it is not JSON.
    pub fn root(&self) -> Result<Entry<'_>> {
        let json = Json::parse(&self.text, &self.name, self.limits.data_depth)?;
        let entry = Entry { document: self, json, path: String::new() };
        if entry.is_map() { Ok(entry) } else { Err(entry.wrong("an object", entry.json.kind().name())) }
    }
}

impl<'a> Entry<'a> {
    /// The limits that hold for the document.
    pub fn limits(&self) -> &'a Limits {
        &self.document.limits
    }

    fn at(&self, json: Json<'a>, path: String) -> Self {
        Self { document: self.document, json, path }
    }

    /// What is wrong with it.
    pub fn wrong(&self, expected: &str, found: &str) -> Error {
        Error::new(ErrorKind::Data, format!("expected {expected}, found {found}")).at(self.place())
    }

    fn place(&self) -> Place {
        let offset = self.json.offset_in(&self.document.text);
        let place = Place::document(&self.document.name).at_offset(&self.document.text, offset);
        if self.path.is_empty() { place } else { place.path(&self.path) }
    }

    fn is_not(&self, expected: &str) -> Error {
        let written: String = self.json.written().chars().take(40).collect();
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
        self.json.written()
    }

    /// A member, unless it is null; of two with one name the later.
    pub fn get(&self, name: &str) -> Option<Self> {
        let (_, json) = self.json.members().into_iter().rfind(|(known, _)| known == name)?;
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        (json.kind() != Kind::Null).then(|| self.at(json, path))
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
        let members = self.json.members().into_iter();
        Ok(members
            .map(|(name, json)| {
                let name = name.into_owned();
                let path = if self.path.is_empty() { name.clone() } else { format!("{}.{name:.80}", self.path) };
                (name, self.at(json, path))
            })
            .collect())
    }

    /// The items of a list.
    pub fn items(&self, most: usize) -> Result<Vec<Self>> {
        if self.json.kind() != Kind::List {
            return Err(self.is_not("a list"));
        }
        let items = self.json.items();
        if items.len() > most {
            return Err(self.wrong(&format!("at most {most} items"), &items.len().to_string()));
        }
        Ok(items.into_iter().enumerate().map(|(index, json)| self.at(json, format!("{}[{index}]", self.path))).collect())
    }

    /// The items of a list that a limit bounds.
    pub fn items_within(&self, limit: &str, most: usize) -> Result<Vec<Self>> {
        let items = self.items(usize::MAX)?;
        if items.len() > most {
            return Err(Error::limit(limit, format_args!("{most} items"), items.len()).at(self.place()));
        }
        Ok(items)
    }

    /// A time of the script, ms, not before another.
    pub fn time(&self, least: u64) -> Result<u64> {
        let most = self.limits().script_ms;
        let time = self.whole(least..=u64::MAX).map_err(|_| self.is_not(&format!("a whole number from {least} to {most}")))?;
        if time > most {
            return Err(Error::limit("script_ms", format_args!("{most} ms"), time).at(self.place()));
        }
        Ok(time)
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
        let offset = self.json.offset_in(&self.document.text);
        let place = Place::document(&self.document.name).at_offset(&self.document.text, offset).path(&self.path);
        Error::new(ErrorKind::Data, error.to_string()).at(place)
    }

    /// true or false.
    pub fn boolean(&self) -> Result<bool> {
        match self.json.written() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.is_not("true or false")),
        }
    }

    /// A whole number.
    pub fn whole(&self, range: RangeInclusive<u64>) -> Result<u64> {
        let expected = || format!("a whole number from {} to {}", range.start(), range.end());
        let number = self.json.integer().filter(|_| self.json.kind() == Kind::Number);
        let number = number.and_then(|number| u64::try_from(number).ok()).filter(|number| range.contains(number));
        number.ok_or_else(|| self.is_not(&expected()))
    }

    /// A number.
    pub fn float(&self, range: RangeInclusive<f32>) -> Result<f32> {
        let number = self.json.number().filter(|_| self.json.kind() == Kind::Number);
        let number = number.map(|number| number.to_f64() as f32).filter(|number| range.contains(number));
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
        Value::from_json(self.json.written(), &self.document.limits).map_err(|error| self.wrong("a value", error.message()))
    }

    /// The text of a file that it names.
    pub fn file(&self, path: &Path) -> Result<String> {
        read_text(path, self.document.limits.data_bytes, "data_bytes", ErrorKind::Data).map_err(|error| self.wrong_as(&error))
    }
}
