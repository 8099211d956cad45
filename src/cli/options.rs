//! Values of options: what they may be, and what is said where they are not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{Point, Size};
use crate::json::Value;
use crate::number::Number;
use crate::template::{LOCALES, THEMES};

/// What a theme may be, behind what it is for.
pub fn theme_help(what: &str) -> String {
    format!("{what}: {}, or a JSON file of colours by role", listed(THEMES))
}

/// What a locale may be, behind what it is for.
pub fn locale_help(what: &str) -> String {
    format!("{what}: {}, or a JSON file of texts", listed(LOCALES))
}

fn listed(names: &[&str]) -> String {
    names.join(", ")
}

/// Where pictures are.
#[derive(Debug, Default, clap::Args)]
pub struct AssetFolders {
    /// A folder below which pictures are found; may be repeated, the first one first. Without it, beside the template, then
    /// beside the data
    #[arg(long, value_name = "DIR")]
    assets: Vec<PathBuf>,
}

impl AssetFolders {
    /// True where none is named.
    pub fn is_empty(&self) -> bool {
        self.assets.is_empty()
    }

    /// Those that are named; else the ones in which some documents are, as far as they are files.
    pub fn or_beside<'a>(&self, documents: impl IntoIterator<Item = &'a Path>) -> Result<Vec<PathBuf>> {
        if let Some(none) = self.assets.iter().find(|folder| !folder.is_dir()) {
            let message = format!("--assets: a folder was expected, found none at {}", none.display());
            return Err(Error::new(ErrorKind::Usage, message));
        }
        if !self.assets.is_empty() {
            return Ok(self.assets.clone());
        }
        let files = documents.into_iter().filter(|path| *path != Path::new("-"));
        Ok(files.filter_map(Path::parent).map(Path::to_owned).collect())
    }
}

/// `WxH` in px at dpr 1.
#[derive(Clone, Copy, Debug)]
pub struct CanvasSize(pub Size);

impl FromStr for CanvasSize {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        text.parse().map(Self)
    }
}

/// `NAME=VALUE`: a number, `true`, `false`, or text.
#[derive(Clone, Debug)]
pub struct Variable(pub String, pub Value);

impl Variable {
    /// The values by their names; of two with one name the later stays.
    pub fn all(given: &[Self]) -> BTreeMap<String, Value> {
        given.iter().map(|Self(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl FromStr for Variable {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or_else(|| "NAME=VALUE was expected, such as title=Friends".to_owned())?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name {
            return Err(format!("'{name}' is no name: a letter, then letters, digits and _ were expected"));
        }
        let value = match (value, Number::parse(value)) {
            ("true", _) => Value::from(true),
            ("false", _) => Value::from(false),
            // What would be written otherwise (007, +5) is text.
            (_, Some(number)) if number.to_string() == value => Value::from(number),
            _ => Value::from(value),
        };
        Ok(Self(name.to_owned(), value))
    }
}

/// `ID=X,Y` in px at dpr 1; `ID=Y` scrolls down.
#[derive(Clone, Debug)]
pub struct ScrollOffset(pub String, pub Point);

impl FromStr for ScrollOffset {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let expected = || "ID=X,Y in px was expected, such as list=0,120".to_owned();
        let (id, offset) = text.split_once('=').ok_or_else(expected)?;
        let part = |part: &str| part.trim().parse::<f32>().ok().filter(|part| part.is_finite()).ok_or_else(expected);
        let point = match offset.split_once(',') {
            Some((x, y)) => Point::new(part(x)?, part(y)?),
            None => Point::new(0.0, part(offset)?),
        };
        Ok(Self(id.to_owned(), point))
    }
}

/// A device pixel ratio.
pub fn ratio(text: &str) -> Result<f32, String> {
    let ratio = text.parse::<f32>().ok().filter(|ratio| ratio.is_finite() && *ratio > 0.0);
    ratio.ok_or_else(|| "a number above 0 was expected".to_owned())
}
