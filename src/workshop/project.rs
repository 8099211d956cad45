//! The folder that is worked on: which boards, themes, texts, data and scripts it has.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::read_regular_text;
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::Theme;
use crate::template::{BOARDS, LOCALES, THEMES, string_keys};

/// Files of a folder that are looked at.
const FILES_MOST: usize = 500;
/// A script that says what the platform is like, where the folder has one.
const SCRIPT: &str = "script.json";
/// Members of a script that a frame says itself.
const OF_FRAMES: &[&str] = &["steps", "end", "canvas", "window", "script", "root", "seed", "strict"];

/// The folder.
#[derive(Clone, Debug)]
pub struct Project {
    /// Where it is.
    pub folder: PathBuf,
    /// What it has.
    pub found: Found,
    /// What its script says of the platform and the board.
    pub base: Value,
    /// Messages that its scripts post.
    pub messages: Vec<Value>,
    /// Font files to try before those of the script, whole paths.
    pub fonts: Vec<String>,
    pub(super) limits: Limits,
}

/// Names of files, from the folder.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Templates.
    pub templates: Vec<String>,
    /// Colours by role.
    pub themes: Vec<String>,
    /// Texts by key.
    pub locales: Vec<String>,
    /// Friend data.
    pub data: Vec<String>,
}

/// The forms of a text that counts.
const PLURALS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// What a JSON file is.
enum Kind {
    Theme,
    Locale,
    Data,
    Script(Value),
    Other,
}

impl Project {
    /// Looks through a folder.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it is none.
    pub fn open(folder: &Path, limits: &Limits) -> Result<Self> {
        if !folder.is_dir() {
            let error = Error::new(ErrorKind::Io, format!("a folder was expected, found none at '{}'", folder.display()));
            return Err(error.hint("name the folder of your board; `friendboard boards --export podium DIR` makes one"));
        }
        let mut project = Self {
            folder: folder.to_owned(),
            found: Found::default(),
            base: Value::map::<&str, Value>([]),
            messages: Vec::new(),
            fonts: Vec::new(),
            limits: limits.clone(),
        };
        project.look()?;
        Ok(project)
    }

    /// Looks through the folder anew.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where it can't be read.
    pub fn look(&mut self) -> Result<()> {
        let failed = |error: std::io::Error| {
            let message = format!("'{}' cannot be read: {error}", self.folder.display());
            Error::new(ErrorKind::Io, message).source(error)
        };
        let entries = std::fs::read_dir(&self.folder).map_err(failed)?;
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.') && !name.ends_with(".schema.json") && self.is_inside(&self.folder.join(name)))
            .take(FILES_MOST)
            .collect();
        names.sort();
        let mut found = Found::default();
        let (mut messages, mut base) = (Vec::new(), None);
        for name in names {
            match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
                Some("xml") => found.templates.push(name),
                Some("json") => match self.kind(&name) {
                    Kind::Theme => found.themes.push(name),
                    Kind::Locale => found.locales.push(name),
                    Kind::Data => found.data.push(name),
                    Kind::Script(script) => {
                        collect_messages(&script, &mut messages);
                        if name == SCRIPT {
                            base = Some(script);
                        }
                    }
                    Kind::Other => {}
                },
                _ => {}
            }
        }
        let own = base.as_ref().and_then(Value::as_map).into_iter().flatten();
        self.base = Value::map(
            own.filter(|(name, _)| !OF_FRAMES.contains(&&***name) && !name.starts_with('$'))
                .map(|(name, value)| (Arc::clone(name), value.clone())),
        );
        (self.found, self.messages) = (found, messages);
        Ok(())
    }

    /// True for a file that is below the folder, wherever links lead.
    #[must_use]
    pub fn is_inside(&self, path: &Path) -> bool {
        match (path.canonicalize(), self.folder.canonicalize()) {
            (Ok(path), Ok(folder)) => path.starts_with(folder),
            _ => false,
        }
    }

    /// A path as it is named from the folder.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    }

    /// The board that is shown first: that of the script, a template of the folder, or a built-in one.
    #[must_use]
    pub fn first_board(&self) -> String {
        let said = ["template", "board"].into_iter().find_map(|name| self.base.get(name)).and_then(Value::as_text);
        let own = self.found.templates.iter().find(|name| *name == "board.xml").or(self.found.templates.first());
        said.or(own.map(String::as_str)).unwrap_or("leaderboard").to_owned()
    }

    /// True for a template's file; false for a built-in board.
    #[must_use]
    pub fn is_template(&self, board: &str) -> bool {
        self.found.templates.iter().any(|known| known == board)
            || self.base.get("template").and_then(Value::as_text) == Some(board)
    }

    /// The style sheets of a template: those that the script names for it, or the one of its name.
    #[must_use]
    pub fn styles(&self, template: &str) -> Value {
        if self.base.get("template").and_then(Value::as_text) == Some(template)
            && let Some(style) = self.base.get("style")
        {
            return style.clone();
        }
        let stem = template.rsplit_once('.').map_or(template, |(stem, _)| stem);
        let own = format!("{stem}.json");
        if self.folder.join(&own).is_file() { Value::list([own]) } else { Value::list::<Value>([]) }
    }

    /// Names of boards: the folder's templates, then the built-in ones.
    pub fn boards(&self) -> impl Iterator<Item = &str> {
        let of_script = self.base.get("template").and_then(Value::as_text);
        let of_script = of_script.filter(|name| !self.found.templates.iter().any(|known| known == name));
        of_script
            .into_iter()
            .chain(self.found.templates.iter().map(String::as_str))
            .chain(BOARDS.iter().map(|board| board.name))
    }

    /// Names of themes.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        said(&self.base, "theme", &self.found.themes)
            .chain(self.found.themes.iter().map(String::as_str))
            .chain(THEMES.iter().copied())
    }

    /// Names of locales.
    pub fn locales(&self) -> impl Iterator<Item = &str> {
        said(&self.base, "locale", &self.found.locales)
            .chain(self.found.locales.iter().map(String::as_str))
            .chain(LOCALES.iter().copied())
    }

    fn kind(&self, name: &str) -> Kind {
        let path = self.folder.join(name);
        let Ok(text) = read_regular_text(&path, self.limits.data_bytes, "data_bytes", ErrorKind::Data) else {
            return Kind::Other;
        };
        let Ok(value) = Value::read(&text, name, &self.limits) else {
            // A file that is being written may be one of friends all the same.
            return if is_called_data(name) { Kind::Data } else { Kind::Other };
        };
        if value.get("steps").is_some_and(|steps| steps.as_list().is_some()) {
            return Kind::Script(value);
        }
        let members: Vec<(&str, &Value)> = value.as_map().into_iter().flatten().map(|(name, value)| (&**name, value)).collect();
        // A style sheet may name its classes as texts are named: what it says of them is no text.
        let is_text = |value: &Value| value.as_text().is_some();
        let is_plural = |value: &Value| {
            value.as_map().is_some_and(|forms| forms.iter().all(|(form, text)| PLURALS.contains(&&**form) && is_text(text)))
        };
        let own: Vec<&(&str, &Value)> = members.iter().filter(|(name, _)| !name.starts_with('$')).collect();
        if !own.is_empty() && own.iter().all(|(_, value)| is_text(value) || is_plural(value)) {
            if string_keys().is_ok_and(|keys| own.iter().any(|(name, _)| keys.get(name).is_some())) {
                return Kind::Locale;
            }
            if Theme::try_from(value.clone()).is_ok_and(|theme| theme.colors().is_ok()) {
                return Kind::Theme;
            }
        }
        let is_list = value.as_list().is_some() || members.iter().any(|(_, value)| value.as_list().is_some());
        if is_list || is_called_data(name) { Kind::Data } else { Kind::Other }
    }
}

fn is_called_data(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("friend") || name.contains("data")
}

/// What a script says of a look, where that is no name that is known already.
fn said<'a>(base: &'a Value, member: &str, known: &'a [String]) -> impl Iterator<Item = &'a str> {
    let text = base.get(member).and_then(Value::as_text);
    text.filter(|text| !known.iter().any(|name| name == text) && !THEMES.contains(text) && !LOCALES.contains(text)).into_iter()
}

/// Messages that a script posts, each once.
fn collect_messages(script: &Value, messages: &mut Vec<Value>) {
    for step in script.get("steps").and_then(Value::as_list).unwrap_or_default() {
        if let Some(message) = step.get("message")
            && messages.len() < 50
            && !messages.contains(message)
        {
            messages.push(message.clone());
        }
    }
}
