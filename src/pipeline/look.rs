//! How a board looks: the colours of its theme, the texts of its locale.

use std::sync::Arc;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::json::Value;
use crate::template;

/// The colours of a board.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub enum Theme {
    /// A bundled theme.
    Named(String),
    /// Colours by role, added to those of the theme that they name as `extends`; `light` without one.
    Colors(Value),
}

/// The texts of a board itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub enum Locale {
    /// A bundled locale.
    Named(String),
    /// Texts by key; what is not there is said as the bundled locale of that language says it, else in English. The text
    /// `locale` is its tag.
    Texts(Value),
}

/// `light`.
impl Default for Theme {
    fn default() -> Self {
        Self::from("light")
    }
}

/// `en`.
impl Default for Locale {
    fn default() -> Self {
        Self::from("en")
    }
}

impl From<&str> for Theme {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<&str> for Locale {
    fn from(tag: &str) -> Self {
        Self::Named(tag.to_owned())
    }
}

impl TryFrom<Value> for Theme {
    type Error = Error;

    /// A name, or colours by role.
    fn try_from(value: Value) -> Result<Self> {
        match value {
            Value::Text(name) => Ok(Self::from(&*name)),
            Value::Map(_) => Ok(Self::Colors(value)),
            _ => Err(neither("the name of a theme, or an object of colours by role", &value)),
        }
    }
}

impl TryFrom<Value> for Locale {
    type Error = Error;

    /// A tag, or texts by key.
    fn try_from(value: Value) -> Result<Self> {
        match value {
            Value::Text(tag) => Ok(Self::from(&*tag)),
            Value::Map(_) => Ok(Self::Texts(value)),
            _ => Err(neither("the tag of a locale, or an object of texts by key", &value)),
        }
    }
}

fn neither(expected: &str, found: &Value) -> Error {
    Error::new(ErrorKind::Usage, format!("expected {expected}, found {}", found.kind()))
}

impl Theme {
    /// The colours by role, and whether the theme is a dark one.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a theme that is not bundled, and for a colour that is none.
    pub fn colors(&self) -> Result<(Value, bool)> {
        self.colors_over(|| template::theme("light"))
    }

    /// The same, where colours without an `extends` are added to others than `light`.
    ///
    /// # Errors
    /// As [`colors`](Self::colors), and what `unnamed` returns.
    pub fn colors_over(&self, unnamed: impl FnOnce() -> Result<Value>) -> Result<(Value, bool)> {
        let colors = match self {
            Self::Named(name) => template::theme(name)?,
            Self::Colors(colors) => template::theme_over(colors, unnamed)?,
        };
        let dark = template::is_dark(&colors);
        Ok((colors, dark))
    }
}

impl Locale {
    /// The texts by key, and the locale's tag.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a locale that is not bundled.
    pub fn texts(&self) -> Result<(Value, Arc<str>)> {
        self.texts_of(template::strings)
    }

    /// The same of other texts than those of boards: `strings` knows those of a locale.
    ///
    /// # Errors
    /// As [`texts`](Self::texts), and what `strings` returns for English.
    pub fn texts_of(&self, strings: impl Fn(&str) -> Result<Value>) -> Result<(Value, Arc<str>)> {
        Ok(match self {
            Self::Named(tag) => (strings(tag)?, Arc::from(template::locale(tag)?)),
            Self::Texts(own) => {
                let tag = own.get("locale").and_then(Value::as_text).unwrap_or("en");
                // A language that is bundled says what its own texts leave out; English says the rest.
                let bundled = strings(tag).or_else(|_| strings("en"))?;
                let (strings, tag) = (with_all(bundled, own), Arc::from(tag));
                (strings, tag)
            }
        })
    }
}

/// A map with all that another has.
fn with_all(map: Value, more: &Value) -> Value {
    let Value::Map(more) = more else { return map };
    more.iter().fold(map, |map, (name, value)| map.with(Arc::clone(name), value.clone()))
}
