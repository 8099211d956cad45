//! A value of a script where it stands, so that what is wrong with it can be said with its place.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use super::super::assets::read_regular_text;
use crate::error::{Error, ErrorKind, Result, closest};
use crate::geometry::Point;
use crate::json::{Kind, Node, Value};
use crate::limits::Limits;
use crate::platform::Call;

/// A value of a script.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The value.
    pub node: Node<'a>,
    /// The limits that hold for the script.
    pub limits: &'a Limits,
}

impl<'a> Entry<'a> {
    fn of(self, node: Node<'a>) -> Self {
        Self { node, limits: self.limits }
    }

    /// What is wrong with it.
    pub fn wrong(self, expected: &str, found: &str) -> Error {
        self.node.error(format!("expected {expected}, found {found}"))
    }

    /// What is wrong with it, as another reader said it.
    pub fn wrong_as(self, error: &Error) -> Error {
        self.node.error(error.to_string())
    }

    /// What is wrong with it, where it is of another kind than expected.
    pub fn is_not(self, expected: &str) -> Error {
        let found = match self.node.kind() {
            Kind::Text | Kind::Number => self.node.source().chars().take(40).collect(),
            kind => kind.name().to_owned(),
        };
        self.wrong(expected, &found)
    }

    /// True for an object.
    pub fn is_map(self) -> bool {
        self.node.kind() == Kind::Map
    }

    /// The same, where it is an object.
    pub fn map(self) -> Result<Self> {
        if self.is_map() { Ok(self) } else { Err(self.is_not("an object")) }
    }

    /// A member, unless it is null; of two with one name the later.
    pub fn get(self, name: &str) -> Option<Self> {
        self.node.get(name).filter(|node| !node.is_null()).map(|node| self.of(node))
    }

    /// What is read of a member, where it is there.
    pub fn read<T>(self, name: &str, read: impl FnOnce(Self) -> Result<T>) -> Result<Option<T>> {
        self.get(name).map(read).transpose()
    }

    /// A member that there must be.
    pub fn need(self, name: &str) -> Result<Self> {
        self.get(name).ok_or_else(|| self.wrong(&format!("`{name}`"), "none"))
    }

    /// The members of an object; of two with one name the later.
    pub fn members(self) -> Result<Vec<(String, Self)>> {
        let members = self.map()?.node.distinct_members().into_iter();
        Ok(members.map(|member| (member.name.into_owned(), self.of(member.value))).collect())
    }

    /// The items of a list.
    pub fn items(self, most: usize) -> Result<Vec<Self>> {
        if self.node.kind() != Kind::List {
            return Err(self.is_not("a list"));
        }
        match self.node.len() {
            found if found > most => Err(self.wrong(&format!("at most {most} items"), &found.to_string())),
            _ => Ok(self.node.items().map(|node| self.of(node)).collect()),
        }
    }

    /// The items of a list that a limit bounds.
    pub fn items_within(self, limit: &str, most: usize) -> Result<Vec<Self>> {
        let items = self.items(usize::MAX)?;
        if items.len() > most {
            return Err(Error::limit(limit, format_args!("{most} items"), items.len()).at(self.node.place()));
        }
        Ok(items)
    }

    /// A time of the script, ms, not before another.
    pub fn time(self, least: u64) -> Result<u64> {
        let most = self.limits.script_ms;
        let time = self.whole(least..=u64::MAX).map_err(|_| self.is_not(&format!("a whole number from {least} to {most}")))?;
        if time > most {
            return Err(Error::limit("script_ms", format_args!("{most} ms"), time).at(self.node.place()));
        }
        Ok(time)
    }

    /// Refuses members of other names.
    pub fn only(self, known: &[&str]) -> Result<()> {
        for (name, entry) in self.members()? {
            // `$schema` is for editors.
            if name != "$schema" && !known.contains(&name.as_str()) {
                let error = entry.wrong(&format!("one of {}", known.join(", ")), &format!("`{name:.60}`"));
                return Err(match closest(&name, known.iter().copied()) {
                    Some(close) => error.hint(format!("did you mean `{close}`?")),
                    None => error,
                });
            }
        }
        Ok(())
    }

    /// Refuses members that are neither `known` nor calls of any platform.
    pub fn only_or_calls(self, known: &[&str]) -> Result<()> {
        for (name, entry) in self.members()? {
            if known.contains(&name.as_str()) || Call::from_name(&name).is_some() {
                continue;
            }
            let expected = format!("one of {}, or a call of the platform's such as shareAppMessage", known.join(", "));
            let error = entry.wrong(&expected, &format!("`{name:.60}`"));
            let names = known.iter().copied().chain(Call::ALL.iter().map(|call| call.name()));
            return Err(match closest(&name, names) {
                Some(close) => error.hint(format!("did you mean `{close}`?")),
                None => error,
            });
        }
        Ok(())
    }

    /// Refuses members that are no calls of any platform and not `beside`.
    pub fn only_calls(self, beside: &str) -> Result<()> {
        let known: Vec<&str> = Call::ALL.iter().map(|call| call.name()).chain([beside]).collect();
        self.only(&known)
    }

    /// The text of a string; `None` for anything else.
    pub fn as_text(self) -> Option<String> {
        self.node.text().map(std::borrow::Cow::into_owned)
    }

    /// A string.
    pub fn text(self) -> Result<String> {
        self.as_text().ok_or_else(|| self.is_not("a string"))
    }

    /// A string that says something else.
    pub fn parsed<T: FromStr<Err = Error>>(self) -> Result<T> {
        self.text()?.parse().map_err(|error: Error| self.wrong_as(&error))
    }

    /// A value that reads itself.
    pub fn read_as<T: serde::de::DeserializeOwned>(self) -> Result<T> {
        self.node.read()
    }

    /// true or false.
    pub fn boolean(self) -> Result<bool> {
        self.node.boolean().ok_or_else(|| self.is_not("true or false"))
    }

    /// A whole number.
    pub fn whole(self, range: RangeInclusive<u64>) -> Result<u64> {
        let number = self.node.number().and_then(|number| u64::try_from(number.as_integer()?).ok());
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.is_not(&format!("a whole number from {} to {}", range.start(), range.end())))
    }

    /// A number.
    pub fn float(self, range: RangeInclusive<f32>) -> Result<f32> {
        let number = self.node.number().map(|number| number.to_f64() as f32).filter(|number| range.contains(number));
        number.ok_or_else(|| self.is_not(&format!("a number from {} to {}", range.start(), range.end())))
    }

    /// `[x, y]` in logical px of the window.
    pub fn point(self) -> Result<Point> {
        let items = self.items(2)?;
        let [x, y] = items.as_slice() else { return Err(self.is_not("[x, y] in px")) };
        Ok(Point::new(x.float(-1e5..=1e5)?, y.float(-1e5..=1e5)?))
    }

    /// Any value.
    pub fn value(self) -> Result<Value> {
        self.node.to_value()
    }

    /// The text of a file that it names: a regular one, as whoever wrote the script is not who runs it.
    pub fn file(self, path: &Path) -> Result<String> {
        read_regular_text(path, self.limits.data_bytes, "data_bytes", ErrorKind::Data).map_err(|error| self.wrong_as(&error))
    }
}
