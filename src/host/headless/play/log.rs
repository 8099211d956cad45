//! The log of a run: a JSON object a line, its time first.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use crate::budget::{Budget, Stage};
use crate::context::{Effect, LogLine};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::Value;
use crate::platform::{Answer, Call};

/// Steps of a budget to write a line, and for each of its bytes.
const STEPS_PER_LINE: u64 = 1_000;
const STEPS_PER_BYTE: u64 = 10;

/// The lines.
#[derive(Debug)]
pub struct Log {
    /// The folder from which documents are named.
    folder: PathBuf,
    /// Each with its line feed.
    pub text: String,
    /// What was wrong, each once, with its time.
    pub said: Vec<(u64, Diagnostic)>,
    /// What the lines are charged to.
    spent: Budget,
}

impl Log {
    /// A log that names documents from a folder, and whose lines are charged to a session.
    pub fn of(folder: &Path, spent: &Budget) -> Self {
        Self { folder: folder.to_owned(), text: String::new(), said: Vec::new(), spent: spent.clone() }
    }

    /// Something that was wrong, its document named from the folder.
    fn named<'a>(&self, diagnostic: &'a Diagnostic) -> Cow<'a, Diagnostic> {
        let document = diagnostic.place.document.as_deref();
        let Some(below) = document.and_then(|document| Path::new(document).strip_prefix(&self.folder).ok()) else {
            return Cow::Borrowed(diagnostic);
        };
        let name = below.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        let place = Place { document: Some(Arc::from(name)), ..diagnostic.place.clone() };
        Cow::Owned(Diagnostic { place, ..diagnostic.clone() })
    }

    fn line(&mut self, at: u64, line: &LogLine<'_>) {
        let line = line.to_json(at as f64);
        self.spent.spend(Stage::Writing, STEPS_PER_LINE + line.len() as u64 * STEPS_PER_BYTE);
        self.text.push_str(&line);
        self.text.push('\n');
    }

    /// Something that happened.
    pub fn event(&mut self, at: u64, name: &str, fields: &[(&str, Value)]) {
        self.line(at, &LogLine::happened(name, fields.to_vec()));
    }

    /// A call that the game made by itself. Of pairs that are stored or removed it has the keys, of other calls the
    /// arguments and what `success` got.
    pub fn game_call(&mut self, at: u64, call: Call, arguments: &Value, answer: &Answer) {
        let (of_pairs, mut fields): (bool, Vec<(&str, Value)>) = match call {
            Call::SetUserCloudStorage => {
                let pairs = arguments.as_map().into_iter().flat_map(|members| members.values()).find_map(Value::as_list);
                let keys = pairs.unwrap_or_default().iter().filter_map(|pair| pair.get("key"));
                (true, vec![("keyList", Value::list(keys.cloned()))])
            }
            Call::RemoveUserCloudStorage => (true, vec![("keyList", arguments.get("keyList").cloned().unwrap_or_default())]),
            Call::CanIUse => (false, vec![("schema", arguments.clone())]),
            _ => {
                let members = arguments.as_map().into_iter().flat_map(|members| members.iter());
                (false, members.map(|(name, value)| (&**name, value.clone())).collect())
            }
        };
        match answer {
            Answer::Success(_) if of_pairs => {}
            Answer::Success(members) => fields.push(("success", members.clone())),
            Answer::Fail(members) => fields.push(("fail", members.clone())),
            Answer::Nothing => {}
        }
        self.event(at, call.name(), &fields);
    }

    /// Something that was wrong.
    pub fn diagnostic(&mut self, at: u64, diagnostic: &Diagnostic) {
        let named = self.named(diagnostic);
        self.line(at, &LogLine::diagnostic(&named));
        self.keep(at, diagnostic);
    }

    fn keep(&mut self, at: u64, diagnostic: &Diagnostic) {
        if self.said.len() < Diagnostics::KEPT && !self.said.iter().any(|(_, known)| known == diagnostic) {
            self.said.push((at, diagnostic.clone()));
        }
    }

    /// All that was wrong.
    pub fn diagnostics(&mut self, at: u64, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.as_slice() {
            self.diagnostic(at, diagnostic);
        }
    }

    /// What a script asked for.
    #[cfg(feature = "script")]
    pub fn asked(&mut self, at: u64, name: &str, members: Vec<(&str, Value)>) {
        self.line(at, &LogLine::asked(name, members));
    }

    /// A line of a script's `console`.
    #[cfg(feature = "script")]
    pub fn console(&mut self, at: u64, level: &str, text: &str) {
        self.line(at, &LogLine::console(level, text));
    }

    /// What the context asked for or told.
    pub fn effect(&mut self, at: u64, effect: &Effect) {
        match effect {
            Effect::Diagnostic(diagnostic) => self.diagnostic(at, diagnostic),
            effect => self.line(at, &LogLine::effect(effect)),
        }
    }
}
