//! A script of a game: what it calls, and with what.

use super::super::javascript::{self, Kind, Token};
use crate::error::Place;
use crate::json::Value;
use crate::platform::Platform;

/// The runtime's own files say nothing about a game.
const OWN: &[&str] = &["friendboard.js", "friendboard.wasm.js", "friendboard-game.js"];

/// What the runtime wants to know, and the module does not.
const RUNTIME_OPTIONS: &[&str] = &["module", "plain", "canvas", "painter", "fonts", "files", "log", "onEvent", "onError"];

/// A script, read.
pub(super) struct Script {
    /// Its path below the project.
    pub path: String,
    text: String,
    tokens: Vec<Token>,
}

/// Gives the script that a script requires by a path.
pub(super) type Find<'a> = &'a dyn Fn(&str, &str) -> Option<&'a Script>;

/// A call.
pub(super) struct Called {
    /// The name of what is called.
    pub name: String,
    pub arguments: Vec<Option<Value>>,
    pub place: Place,
}

/// The call of `friendboard.start`.
#[derive(Clone)]
pub(super) struct Entry {
    pub options: Value,
    pub place: Place,
}

impl Entry {
    /// The options that the module reads.
    pub fn settings(&self) -> Value {
        let Value::Map(options) = &self.options else { return self.options.clone() };
        let known = |(name, value): &(&std::sync::Arc<str>, &Value)| !RUNTIME_OPTIONS.contains(&&***name) && !value.is_null();
        Value::map(options.iter().filter(known).map(|(name, value)| (std::sync::Arc::clone(name), value.clone())))
    }

    /// The platform that it names.
    pub fn platform(&self) -> Option<Platform> {
        self.options.get("platform")?.as_text()?.parse().ok()
    }
}

impl Script {
    pub fn read(path: &str, text: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        // An engine's bundle is of one line or of the runtime's own; neither is a place to look.
        let tokens = if OWN.contains(&name) { Vec::new() } else { javascript::tokens(text) };
        Self { path: path.to_owned(), text: text.to_owned(), tokens }
    }

    /// The name that a token is.
    fn name(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    pub fn place(&self, at: usize) -> Place {
        let offset = self.tokens.get(at).map_or(0, |token| token.offset);
        Place::document(&self.path).at_offset(&self.text, offset)
    }

    /// True where the text has a word, wherever.
    pub fn mentions(&self, word: &str) -> bool {
        self.text.contains(word)
    }

    /// The calls of methods and functions with one of these names.
    pub fn calls(&self, names: &[&str]) -> Vec<Called> {
        let mut calls = Vec::new();
        for at in 0..self.tokens.len() {
            let Some(name) = self.name(at).filter(|name| names.contains(name)) else { continue };
            if self.is_mark(at + 1, '(') {
                let arguments = javascript::arguments(&self.tokens, at + 1, &|_| None);
                calls.push(Called { name: name.to_owned(), arguments, place: self.place(at) });
            }
        }
        calls
    }

    /// What `require` is called with, with where.
    pub fn required(&self) -> Vec<(String, Place)> {
        let text = |call: Called| Some((call.arguments.first()?.as_ref()?.as_text()?.to_owned(), call.place));
        self.calls(&["require"]).into_iter().filter_map(text).collect()
    }

    /// What is put into members of a name: `x.style.top = "5vh"` is `(["x", "style", "top"], "5vh")`.
    pub fn assignments(&self) -> Vec<(Vec<&str>, Value, Place)> {
        let mut found = Vec::new();
        for at in 0..self.tokens.len() {
            let is_start = self.name(at).is_some() && !(at > 0 && self.is_mark(at - 1, '.'));
            if !is_start || !self.is_mark(at + 1, '.') {
                continue;
            }
            let mut path = vec![self.name(at).unwrap_or_default()];
            let mut end = at + 1;
            while self.is_mark(end, '.') {
                let Some(name) = self.name(end + 1) else { break };
                path.push(name);
                end += 2;
            }
            if self.is_mark(end, '=')
                && !self.is_mark(end + 1, '=')
                && let Some(value) = javascript::value(&self.tokens, end + 1, &|_| None)
            {
                found.push((path, value, self.place(at)));
            }
        }
        found
    }

    /// The call that starts the board, where it is in this script.
    pub fn entry(&self, find: Find<'_>) -> Option<Entry> {
        let named = |name: &str| self.exported(name, find);
        let at = (0..self.tokens.len()).find(|&at| {
            self.name(at) == Some("start")
                && self.is_mark(at + 1, '(')
                && at >= 2
                && self.is_mark(at - 1, '.')
                && self.name(at - 2).is_some_and(|owner| self.is_runtime(owner))
        })?;
        let arguments = javascript::arguments(&self.tokens, at + 1, &named);
        let options = arguments.into_iter().next().flatten().unwrap_or_else(|| Value::map::<&str, Value>([]));
        Some(Entry { options, place: self.place(at) })
    }

    /// True for the name that `require("./friendboard.js")` was given, and for its global.
    fn is_runtime(&self, name: &str) -> bool {
        name == "friendboard" || self.source(name).is_some_and(|path| path.trim_end_matches(".js").ends_with("friendboard"))
    }

    /// The path that a name was required from.
    fn source(&self, name: &str) -> Option<String> {
        let at = (0..self.tokens.len())
            .find(|&at| self.name(at) == Some(name) && self.is_mark(at + 1, '=') && self.name(at + 2) == Some("require"))?;
        javascript::arguments(&self.tokens, at + 3, &|_| None).into_iter().next()??.as_text().map(str::to_owned)
    }

    /// What the file exports that a name was required from.
    fn exported(&self, name: &str, find: Find<'_>) -> Option<Value> {
        let script = find(&self.path, &self.source(name)?)?;
        let at = (0..script.tokens.len()).find(|&at| {
            script.name(at) == Some("module")
                && script.is_mark(at + 1, '.')
                && script.name(at + 2) == Some("exports")
                && script.is_mark(at + 3, '=')
        })?;
        javascript::value(&script.tokens, at + 4, &|_| None)
    }
}

/// The file that a script requires by a path; `None` where there is none.
pub(super) fn resolve(from: &str, path: &str, has: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let found = parts.join("/");
    [found.clone(), format!("{found}.js"), format!("{found}/index.js"), format!("{found}.json")]
        .into_iter()
        .find(|file| has(file))
}
