//! Reading a call's arguments: tolerant of how games write them, and saying each time what it was tolerant of.

use std::sync::Arc;

use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, closest};
use crate::json::{Map, Value};
use crate::limits::Limits;
use crate::number::Number;

/// Names that every call takes and that mean nothing in JSON, where a function can't stand.
const CALLBACKS: [&str; 5] = ["success", "fail", "complete", "onSuccess", "onError"];

/// Why a value is refused that must be there.
const MISSING: &str = "it is required and missing";

/// The members of an object.
pub(crate) type Members = Map<Value>;

/// A value of the wrong type; the platform decides what it answers to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// JSON path.
    pub path: String,
    /// What was expected and found.
    pub reason: String,
}

/// What came up while reading.
pub(crate) struct Notes {
    /// Name of the arguments as a document, in places.
    document: &'static str,
    pub diagnostics: Diagnostics,
    pub invalid: Vec<Invalid>,
}

impl Notes {
    /// Nothing yet.
    pub fn new(document: &'static str) -> Self {
        Self { document, diagnostics: Diagnostics::new(), invalid: Vec::new() }
    }
}

/// Reads arguments that are written as JSON. An object, or a JSON string that holds one (some engines pass the whole
/// payload as text); `null` and nothing at all are an empty object: each call can be made without options.
pub(crate) fn parse(text: &str, document: &str, limits: &Limits) -> Result<Arc<Members>> {
    let is_within = text.len() <= limits.data_bytes;
    if is_within && text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Ok(Arc::default());
    }
    let mut value = Value::read(text, document, limits)?;
    if let Value::Text(inner) = &value
        && inner.trim_start().starts_with('{')
    {
        value = Value::read(inner, document, limits)?;
    }
    match value {
        Value::Map(members) => Ok(members),
        Value::Null => Ok(Arc::default()),
        other => Err(Error::new(ErrorKind::Data, format!("expected the call's options as an object, found {}", kind(&other)))
            .at(Place::document(document))
            .hint("write the options as JSON, such as {\"title\": \"Beat my score\"}")),
    }
}

/// What a value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
    }
}

/// A number that is a whole one, however it is written: a script's `2.0` is 2.
pub(crate) fn whole(number: &Number) -> Option<i64> {
    /// Up to here a float says which whole number it is.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let integer = number.as_integer().and_then(|integer| i64::try_from(integer).ok());
    let float = number.to_f64();
    integer.or_else(|| (float.fract() == 0.0 && float.abs() < EXACT).then_some(float as i64))
}

/// Reads one object member by member; what was never asked for is unknown.
pub(crate) struct ArgumentReader<'a> {
    members: &'a Members,
    path: String,
    asked: Vec<&'static str>,
    string_bytes: usize,
    /// Texts that a list may have.
    most_texts: usize,
    /// What is not of the type that is asked for is refused, even where it is plain what was meant.
    strict: bool,
    notes: &'a mut Notes,
}

impl<'a> ArgumentReader<'a> {
    pub fn new(members: &'a Members, limits: &Limits, notes: &'a mut Notes) -> Self {
        let (string_bytes, most_texts) = (limits.string_bytes, limits.share_texts);
        Self { members, path: String::new(), asked: Vec::new(), string_bytes, most_texts, strict: false, notes }
    }

    /// A reader that takes nothing for what it is not.
    pub fn strict(members: &'a Members, notes: &'a mut Notes) -> Self {
        let (string_bytes, most_texts) = (usize::MAX, Limits::DEFAULT.share_texts);
        Self { members, path: String::new(), asked: Vec::new(), string_bytes, most_texts, strict: true, notes }
    }

    fn inner<'b>(&'b mut self, members: &'b Members, path: String) -> ArgumentReader<'b> {
        let Self { string_bytes, most_texts, strict, .. } = *self;
        ArgumentReader { members, path, asked: Vec::new(), string_bytes, most_texts, strict, notes: self.notes }
    }

    /// JSON path of a member.
    fn path_of(&self, name: &str) -> String {
        let simple = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        let shown: String = name.chars().take(64).collect();
        match (simple, self.path.is_empty()) {
            (true, true) => shown,
            (true, false) => format!("{}.{shown}", self.path),
            (false, _) => format!("{}[{shown:?}]", self.path),
        }
    }

    fn say(&mut self, code: &'static str, name: &str, message: String, hint: Option<String>) {
        let place = Place::document(self.notes.document).path(&self.path_of(name));
        let diagnostic = Diagnostic::warning(code, message, place);
        self.notes.diagnostics.push(match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        });
    }

    /// Refuses a value for a reason of the caller's own.
    pub fn refuse_value(&mut self, name: &str, reason: String) {
        self.refuse_at(self.path_of(name), reason);
    }

    fn refuse_at(&mut self, path: String, reason: String) {
        self.notes.invalid.push(Invalid { path, reason });
    }

    fn refuse(&mut self, name: &str, expected: &str, found: &Value) {
        self.refuse_at(self.path_of(name), format!("expected {expected}, found {}", kind(found)));
    }

    /// Takes what is meant for what was written, with a word about it; false where the platform would not.
    fn takes(&mut self, name: &str, expected: &str, found: &Value, hint: impl Into<String>) -> bool {
        if self.strict {
            self.refuse(name, expected, found);
        } else {
            self.say("wrong-type", name, format!("expected {expected}, found {}", kind(found)), Some(hint.into()));
        }
        !self.strict
    }

    /// The value of a member; `null` is as good as absent.
    fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.members.get(name).filter(|value| **value != Value::Null)
    }

    /// The first of some spellings of a member that is there.
    pub fn spelling(&mut self, names: &[&'static str]) -> Option<&'static str> {
        self.asked.extend_from_slice(names);
        names.iter().copied().find(|name| self.has(name))
    }

    /// True where a member is there, whatever its value.
    pub fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| *value != Value::Null)
    }

    /// A text; numbers and true or false are taken as text, with a word about it. Empty text is `None`.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.text_of(name, self.string_bytes)
    }

    /// A text that may be as long as the whole request, such as a picture in base64.
    pub fn long_text(&mut self, name: &'static str) -> Option<String> {
        self.text_of(name, usize::MAX)
    }

    fn text_of(&mut self, name: &'static str, most: usize) -> Option<String> {
        let text = match self.get(name)? {
            Value::Text(text) => text.to_string(),
            value @ (Value::Number(_) | Value::Bool(_)) => {
                if !self.takes(name, "text", value, "put it in quotes") {
                    return None;
                }
                value.to_string()
            }
            other => {
                self.refuse(name, "text", other);
                return None;
            }
        };
        if text.len() > most {
            let message = format!("text of {} bytes is cut at {most} bytes", text.len());
            self.say("text-cut", name, message, None);
            return text.get(..text.floor_char_boundary(most)).map(str::to_owned);
        }
        if text.is_empty() { None } else { Some(text) }
    }

    /// A text that must be there; `None` and a refusal where it is not.
    pub fn required_text(&mut self, name: &'static str) -> Option<String> {
        self.required(name, |reader| reader.text(name))
    }

    /// A list of texts that must be there, of which none is left out.
    pub fn required_texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.required(name, |reader| reader.has(name).then(|| reader.texts_of(name, usize::MAX)))
    }

    fn required<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.notes.invalid.len();
        self.asked.push(name);
        let value = read(self);
        if value.is_none() && self.notes.invalid.len() == before {
            self.refuse_value(name, MISSING.to_owned());
        }
        value
    }

    /// True or false; `0`, `1`, `"true"` and `"false"` are taken, with a word about it.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let value = self.get(name)?;
        let meant = match value {
            Value::Bool(value) => return Some(*value),
            Value::Number(_) if value.as_integer() == Some(0) => false,
            Value::Number(_) if value.as_integer() == Some(1) => true,
            Value::Text(text) if &**text == "false" => false,
            Value::Text(text) if &**text == "true" => true,
            other => {
                self.refuse(name, "true or false", other);
                return None;
            }
        };
        self.takes(name, "true or false", value, format!("write {meant}")).then_some(meant)
    }

    /// A whole number, however it is written (`2.0`); a number as text is taken, with a word about it.
    pub fn integer(&mut self, name: &'static str) -> Option<i64> {
        let value = self.get(name)?;
        match value {
            Value::Text(text) => {
                if let Some(number) = Number::parse(text.trim()).as_ref().and_then(whole) {
                    return self.takes(name, "a number", value, format!("write {number}")).then_some(number);
                }
            }
            _ => {
                if let Some(number) = value.as_number().and_then(whole) {
                    return Some(number);
                }
            }
        }
        self.refuse(name, "a whole number", value);
        None
    }

    /// An exact number; numbers as text are taken as they are, which is how large ones are written.
    pub fn number(&mut self, name: &'static str) -> Option<Number> {
        let value = self.get(name)?;
        let parsed = match value {
            Value::Number(number) => Some(number.clone()),
            Value::Text(text) => Number::parse(text),
            _ => None,
        };
        if parsed.is_none() {
            self.refuse(name, "a number", value);
        }
        parsed
    }

    /// A list as it is; `None` and a refusal for anything else, and where it is missing.
    pub fn required_list(&mut self, name: &'static str) -> Option<&'a [Value]> {
        self.required(name, |reader| match reader.get(name)? {
            Value::List(items) => Some(&***items),
            other => {
                reader.refuse(name, "a list", other);
                None
            }
        })
    }

    /// A list of objects, each read by a function; what is over so many is cut.
    pub fn objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        mut read: impl FnMut(&mut ArgumentReader<'_>) -> T,
    ) -> Vec<T> {
        let items = match self.get(name) {
            None => return Vec::new(),
            Some(Value::List(items)) => items,
            Some(other) => {
                self.refuse(name, "a list of objects", other);
                return Vec::new();
            }
        };
        if items.len() > most {
            self.say("list-cut", name, format!("list of {} is cut at {most}", items.len()), None);
        }
        let mut list = Vec::new();
        for (index, item) in items.iter().take(most).enumerate() {
            let path = format!("{}[{index}]", self.path_of(name));
            let Value::Map(members) = item else {
                self.refuse_at(path, format!("expected an object, found {}", kind(item)));
                continue;
            };
            let mut reader = self.inner(members, path);
            list.push(read(&mut reader));
            reader.finish();
        }
        list
    }

    /// A list of texts; a single text is taken for a list of one, with a word about it.
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.texts_of(name, self.most_texts)
    }

    fn texts_of(&mut self, name: &'static str, most: usize) -> Vec<String> {
        let items = match self.get(name) {
            None => return Vec::new(),
            Some(found @ Value::Text(text)) => {
                let taken = self.takes(name, "a list of texts", found, "put it in [ ]");
                return if taken { vec![text.to_string()] } else { Vec::new() };
            }
            Some(Value::List(items)) => items,
            Some(other) => {
                self.refuse(name, "a list of texts", other);
                return Vec::new();
            }
        };
        if items.len() > most {
            self.say("list-cut", name, format!("list of {} is cut at {most}", items.len()), None);
        }
        let mut texts = Vec::new();
        for (index, item) in items.iter().take(most).enumerate() {
            match item {
                Value::Text(text) => texts.push(text.chars().take(self.string_bytes / 4).collect()),
                other => {
                    let path = format!("{}[{index}]", self.path_of(name));
                    self.refuse_at(path, format!("expected text, found {}", kind(other)));
                }
            }
        }
        texts
    }

    /// An object inside of this one.
    pub fn object(&mut self, name: &'static str) -> Option<ArgumentReader<'_>> {
        match self.get(name)? {
            Value::Map(members) => {
                let path = self.path_of(name);
                Some(self.inner(members, path))
            }
            other => {
                self.refuse(name, "an object", other);
                None
            }
        }
    }

    /// An object inside of this one that must be there.
    pub fn required_object(&mut self, name: &'static str) -> Option<ArgumentReader<'_>> {
        if !self.has(name) {
            self.pass_over(&[name]);
            self.refuse_value(name, MISSING.to_owned());
            return None;
        }
        self.object(name)
    }

    /// A list of `{name, value}`, as the platforms give parameters; values may be text or numbers.
    pub fn parameters(&mut self, name: &'static str, known: &[&'static str]) -> Option<Vec<(String, String)>> {
        if !self.has(name) {
            self.pass_over(&[name]);
            return None;
        }
        let parameters = self.objects(name, 64, |reader| {
            let (parameter, value) = (reader.required_text("name")?, reader.text("value"));
            if !known.contains(&parameter.as_str()) {
                let shown: String = parameter.chars().take(64).collect();
                let hint = closest(&parameter, known.iter().copied()).map(|close| format!("did you mean '{close}'?"));
                reader.say("unknown-parameter", "name", format!("no parameter is called {shown:?}"), hint);
            }
            Some((parameter, value.unwrap_or_default()))
        });
        Some(parameters.into_iter().flatten().collect())
    }

    /// Takes members for known without reading them.
    pub fn pass_over(&mut self, names: &[&'static str]) {
        self.asked.extend_from_slice(names);
    }

    /// Says of each member that was never asked for that it is unknown.
    pub fn finish(mut self) {
        let members = self.members;
        for name in members.keys() {
            if self.asked.contains(&&**name) || CALLBACKS.contains(&&**name) {
                continue;
            }
            let shown: String = name.chars().take(64).collect();
            let hint = closest(name, self.asked.iter().copied()).map(|close| format!("did you mean '{close}'?"));
            self.say("unknown-field", name, format!("there is no field {shown:?} here; it is passed over"), hint);
        }
    }
}

#[cfg(test)]
#[path = "arguments_tests.rs"]
mod tests;
