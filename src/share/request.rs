//! Reading a request's JSON: tolerant of how games write it, and saying each time what it was tolerant of.

use serde_json::{Map, Value};

use super::answer::REQUEST;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, closest, raise_limit};
use crate::limits::Limits;
use crate::number::Number;

/// Names that every call takes and that mean nothing in JSON, where a function can't stand.
const CALLBACKS: [&str; 5] = ["success", "fail", "complete", "onSuccess", "onError"];

/// A value of the wrong type; the platform decides what it answers to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invalid {
    /// JSON path.
    pub path: String,
    /// What was expected and found.
    pub reason: String,
}

/// What came up while reading.
#[derive(Default)]
pub(super) struct Notes {
    pub diagnostics: Diagnostics,
    pub invalid: Vec<Invalid>,
}

/// Parses a request. An object, or a JSON string that holds one (some engines pass the whole payload as text); `null`
/// and nothing at all are an empty object: each call can be made without options.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Map<String, Value>> {
    if text.len() > limits.data_bytes {
        return Err(
            Error::limit("data_bytes", format_args!("{} bytes", limits.data_bytes), text.len()).at(Place::document(REQUEST))
        );
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Ok(Map::new());
    }
    let mut value: Value = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    if let Value::String(inner) = &value
        && inner.trim_start().starts_with('{')
    {
        value = serde_json::from_str(inner).map_err(|error| not_json(&error))?;
    }
    match value {
        Value::Object(object) => Ok(object),
        Value::Null => Ok(Map::new()),
        other => Err(Error::new(ErrorKind::Data, format!("expected the call's options as an object, found {}", name(&other)))
            .at(Place::document(REQUEST))
            .hint("write the options as JSON, such as {\"title\": \"Beat my score\"}")),
    }
}

fn not_json(error: &serde_json::Error) -> Error {
    let place =
        Place::document(REQUEST).at(u32::try_from(error.line()).unwrap_or(0), u32::try_from(error.column()).unwrap_or(0));
    // serde_json puts the place at the end of its message; it stands in ours already.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Error::new(ErrorKind::Data, format!("expected JSON: {message}"))
        .at(place)
        .hint("names and texts stand in double quotes, functions are left out, and nothing follows the last comma")
}

/// What a JSON value is, in words.
fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Reads one object field by field; what was never asked for is unknown.
pub(super) struct Reader<'a> {
    object: &'a Map<String, Value>,
    path: String,
    asked: Vec<&'static str>,
    limits: &'a Limits,
    notes: &'a mut Notes,
}

impl<'a> Reader<'a> {
    pub fn new(object: &'a Map<String, Value>, limits: &'a Limits, notes: &'a mut Notes) -> Self {
        Self { object, path: String::new(), asked: Vec::new(), limits, notes }
    }

    /// JSON path of a field.
    fn path_of(&self, field: &str) -> String {
        let simple = !field.is_empty() && field.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        let shown: String = field.chars().take(64).collect();
        match (simple, self.path.is_empty()) {
            (true, true) => shown,
            (true, false) => format!("{}.{shown}", self.path),
            (false, _) => format!("{}[{shown:?}]", self.path),
        }
    }

    fn say(&mut self, code: &'static str, field: &str, message: String, hint: Option<String>) {
        let place = Place::document(REQUEST).path(&self.path_of(field));
        let diagnostic = Diagnostic::warning(code, message, place);
        self.notes.diagnostics.push(match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        });
    }

    fn refuse(&mut self, field: &str, expected: &str, found: &Value) {
        let reason = format!("expected {expected}, found {}", name(found));
        self.notes.invalid.push(Invalid { path: self.path_of(field), reason });
    }

    /// The value of a field; `null` is as good as absent.
    fn get(&mut self, field: &'static str) -> Option<&'a Value> {
        self.asked.push(field);
        self.object.get(field).filter(|value| !value.is_null())
    }

    /// The first of some spellings of a field that is there.
    pub fn spelling(&mut self, fields: &[&'static str]) -> Option<&'static str> {
        self.asked.extend_from_slice(fields);
        fields.iter().copied().find(|field| self.object.get(*field).is_some_and(|value| !value.is_null()))
    }

    /// True where a field is there, whatever its value.
    pub fn has(&self, field: &str) -> bool {
        self.object.get(field).is_some_and(|value| !value.is_null())
    }

    /// A text; numbers and true or false are taken as text, with a word about it. Empty text is `None`.
    pub fn text(&mut self, field: &'static str) -> Option<String> {
        self.text_of(field, self.limits.string_bytes)
    }

    /// A text that may be as long as the whole request, such as a picture in base64.
    pub fn long_text(&mut self, field: &'static str) -> Option<String> {
        self.text_of(field, usize::MAX)
    }

    fn text_of(&mut self, field: &'static str, most: usize) -> Option<String> {
        let text = match self.get(field)? {
            Value::String(text) => text.clone(),
            value @ (Value::Number(_) | Value::Bool(_)) => {
                self.say("wrong-type", field, format!("expected text, found {}", name(value)), Some("put it in quotes".into()));
                value.to_string()
            }
            other => {
                self.refuse(field, "text", other);
                return None;
            }
        };
        if text.len() > most {
            let message = format!("text of {} bytes is cut at {most} bytes", text.len());
            self.say("text-cut", field, message, None);
            let end = (0..=most).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            return text.get(..end).map(str::to_owned);
        }
        if text.is_empty() { None } else { Some(text) }
    }

    /// A text that must be there; `None` and a refusal where it is not.
    pub fn required_text(&mut self, field: &'static str) -> Option<String> {
        let before = self.notes.invalid.len();
        let text = self.text(field);
        if text.is_none() && self.notes.invalid.len() == before {
            self.notes.invalid.push(Invalid { path: self.path_of(field), reason: "it is required and missing".to_owned() });
        }
        text
    }

    /// True or false; `0`, `1`, `"true"` and `"false"` are taken, with a word about it.
    pub fn boolean(&mut self, field: &'static str) -> Option<bool> {
        let value = self.get(field)?;
        let meant = match value {
            Value::Bool(value) => return Some(*value),
            Value::Number(number) if number.as_i64() == Some(0) => false,
            Value::Number(number) if number.as_i64() == Some(1) => true,
            Value::String(text) if text == "false" => false,
            Value::String(text) if text == "true" => true,
            other => {
                self.refuse(field, "true or false", other);
                return None;
            }
        };
        self.say("wrong-type", field, format!("expected true or false, found {}", name(value)), Some(format!("write {meant}")));
        Some(meant)
    }

    /// A whole number; digits as text are taken, with a word about it.
    pub fn integer(&mut self, field: &'static str) -> Option<i64> {
        let value = self.get(field)?;
        let parsed = match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match parsed {
            None => self.refuse(field, "a whole number", value),
            Some(number) if value.is_string() => {
                self.say("wrong-type", field, "expected a number, found text".to_owned(), Some(format!("write {number}")));
            }
            Some(_) => {}
        }
        parsed
    }

    /// An exact number; numbers as text are taken as they are, which is how large ones are written.
    pub fn number(&mut self, field: &'static str) -> Option<Number> {
        let value = self.get(field)?;
        let parsed = match value {
            Value::Number(number) => {
                if number.is_f64() && number.as_f64().is_some_and(|number| number.abs() >= 9_007_199_254_740_992.0) {
                    let hint = Some("write it in quotes".to_owned());
                    self.say("inexact-number", field, "a number this large is not kept exactly".to_owned(), hint);
                }
                Number::parse(&number.to_string())
            }
            Value::String(text) => Number::parse(text),
            _ => None,
        };
        if parsed.is_none() {
            self.refuse(field, "a number", value);
        }
        parsed
    }

    /// A list of objects, each read by a function; what is over so many is cut.
    pub fn objects<T>(&mut self, field: &'static str, most: usize, mut read: impl FnMut(&mut Reader<'_>) -> T) -> Vec<T> {
        let items = match self.get(field) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.refuse(field, "a list of objects", other);
                return Vec::new();
            }
        };
        if items.len() > most {
            self.say("list-cut", field, format!("list of {} is cut at {most}", items.len()), None);
        }
        let mut list = Vec::new();
        for (index, item) in items.iter().take(most).enumerate() {
            let path = format!("{}[{index}]", self.path_of(field));
            let Value::Object(object) = item else {
                self.notes.invalid.push(Invalid { path, reason: format!("expected an object, found {}", name(item)) });
                continue;
            };
            let mut reader = Reader { object, path, asked: Vec::new(), limits: self.limits, notes: &mut *self.notes };
            list.push(read(&mut reader));
            reader.finish();
        }
        list
    }

    /// A list of texts; a single text is taken for a list of one, with a word about it.
    pub fn texts(&mut self, field: &'static str) -> Vec<String> {
        match self.get(field) {
            None => Vec::new(),
            Some(Value::String(text)) => {
                self.say("wrong-type", field, "expected a list of texts, found text".to_owned(), Some("put it in [ ]".into()));
                vec![text.clone()]
            }
            Some(Value::Array(items)) => {
                if items.len() > self.limits.share_texts {
                    let message = format!("list of {} is cut at {}", items.len(), self.limits.share_texts);
                    self.say("list-cut", field, message, Some(raise_limit("share_texts")));
                }
                let mut texts = Vec::new();
                for (index, item) in items.iter().take(self.limits.share_texts).enumerate() {
                    match item {
                        Value::String(text) => texts.push(text.chars().take(self.limits.string_bytes / 4).collect()),
                        other => {
                            let path = format!("{}[{index}]", self.path_of(field));
                            let reason = format!("expected text, found {}", name(other));
                            self.notes.invalid.push(Invalid { path, reason });
                        }
                    }
                }
                texts
            }
            Some(other) => {
                self.refuse(field, "a list of texts", other);
                Vec::new()
            }
        }
    }

    /// An object inside of this one.
    pub fn object(&mut self, field: &'static str) -> Option<Reader<'_>> {
        match self.get(field)? {
            Value::Object(object) => {
                let path = self.path_of(field);
                let limits = self.limits;
                Some(Reader { object, path, asked: Vec::new(), limits, notes: self.notes })
            }
            other => {
                self.refuse(field, "an object", other);
                None
            }
        }
    }

    /// A list of `{name, value}`, as the platforms give parameters; values may be text or numbers.
    pub fn parameters(&mut self, field: &'static str, known: &[&'static str]) -> Option<Vec<(String, String)>> {
        if !self.has(field) {
            self.pass_over(&[field]);
            return None;
        }
        let parameters = self.objects(field, 64, |reader| {
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

    /// Takes a field for known without reading it.
    pub fn pass_over(&mut self, fields: &[&'static str]) {
        self.asked.extend_from_slice(fields);
    }

    /// Says of each field that was never asked for that it is unknown.
    pub fn finish(mut self) {
        let object = self.object;
        for field in object.keys() {
            if self.asked.contains(&field.as_str()) || CALLBACKS.contains(&field.as_str()) {
                continue;
            }
            let shown: String = field.chars().take(64).collect();
            let hint = closest(field, self.asked.iter().copied()).map(|close| format!("did you mean '{close}'?"));
            self.say("unknown-field", field, format!("there is no field {shown:?} here; it is passed over"), hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> (T, Notes) {
        let object = parse(text, &Limits::default()).unwrap();
        let mut notes = Notes::default();
        let mut reader = Reader::new(&object, &Limits::DEFAULT, &mut notes);
        let value = read(&mut reader);
        reader.finish();
        (value, notes)
    }

    fn messages(notes: &Notes) -> Vec<String> {
        notes.diagnostics.as_slice().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unknown_fields_are_named_with_the_closest_known_one() {
        let ((), notes) = read(r#"{"titel": "a", "extra": {"videoTopic": []}, "success": null}"#, |reader| {
            reader.text("title");
            if let Some(mut extra) = reader.object("extra") {
                extra.texts("videoTopics");
                extra.finish();
            }
        });
        assert_eq!(
            messages(&notes),
            [
                "<request> at extra.videoTopic: there is no field \"videoTopic\" here; it is passed over (did you mean 'videoTopics'?)",
                "<request> at titel: there is no field \"titel\" here; it is passed over (did you mean 'title'?)",
            ]
        );
    }

    #[test]
    fn takes_what_is_meant_and_says_so() {
        let (values, notes) = read(r#"{"a": 5, "b": "true", "c": "7", "d": "x", "e": 1}"#, |reader| {
            (reader.text("a"), reader.boolean("b"), reader.integer("c"), reader.texts("d"), reader.boolean("e"))
        });
        assert_eq!(values, (Some("5".into()), Some(true), Some(7), vec!["x".into()], Some(true)));
        assert_eq!(notes.diagnostics.as_slice().len(), 5);
        assert!(notes.invalid.is_empty());
    }

    #[test]
    fn refuses_what_can_not_be_meant() {
        let ((), notes) = read(r#"{"a": {}, "b": "perhaps", "c": 1.5, "d": 3, "e": [1], "p": [7, {"value": 1}]}"#, |reader| {
            assert_eq!(reader.text("a"), None);
            assert_eq!(reader.boolean("b"), None);
            assert_eq!(reader.integer("c"), None);
            assert!(reader.texts("d").is_empty());
            assert!(reader.texts("e").is_empty());
            assert!(reader.required_text("f").is_none());
            assert_eq!(reader.parameters("p", &["memberCount"]), Some(Vec::new()));
        });
        let invalid: Vec<_> = notes.invalid.iter().map(|invalid| format!("{}: {}", invalid.path, invalid.reason)).collect();
        assert_eq!(
            invalid,
            [
                "a: expected text, found an object",
                "b: expected true or false, found text",
                "c: expected a whole number, found a number",
                "d: expected a list of texts, found a number",
                "e[0]: expected text, found a number",
                "f: it is required and missing",
                "p[0]: expected an object, found a number",
                "p[1].name: it is required and missing",
            ]
        );
    }

    #[test]
    fn documents_that_are_no_object() {
        for text in ["", " \n", "null", "\u{feff}{}", r#""{\"title\": \"a\"}""#] {
            assert!(parse(text, &Limits::default()).is_ok(), "{text:?}");
        }
        let error = parse("[1]", &Limits::default()).unwrap_err().to_string();
        assert!(error.starts_with("<request>: expected the call's options as an object, found a list"), "{error}");
        let error = parse("{\n  title: 1}", &Limits::default()).unwrap_err().to_string();
        assert!(error.starts_with("<request>:2:3: expected JSON: key must be a string"), "{error}");
        let deep = "[".repeat(100_000);
        assert!(parse(&deep, &Limits::default()).is_err());
        let long = " ".repeat(Limits::default().data_bytes + 1);
        assert_eq!(parse(&long, &Limits::default()).unwrap_err().kind(), ErrorKind::Limit);
    }
}
