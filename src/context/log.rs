//! What a context asks for and tells, as lines of a log: the same members wherever it runs.

use std::borrow::Cow;

use super::input::{Effect, Event};
use crate::error::{Diagnostic, Severity};
use crate::escape::{escaped, escaped_json};
use crate::json::Value;
use crate::number::Number;

/// A line of a session's log: a JSON object with a time, what it is of (`effect`, `event`, `console` or
/// `diagnostic`) and more
/// members by that.
///
/// ```
/// use friendboard::context::{Effect, LogLine};
/// assert_eq!(LogLine::effect(&Effect::SetTimer { time: 40.0 }).to_json(7.0), r#"{"at":7,"effect":"setTimer","time":40}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine<'a> {
    kind: &'static str,
    name: Cow<'a, str>,
    fields: Vec<(&'a str, Value)>,
}

impl<'a> LogLine<'a> {
    fn new(kind: &'static str, name: impl Into<Cow<'a, str>>, fields: Vec<(&'a str, Value)>) -> Self {
        Self { kind, name: name.into(), fields }
    }

    /// Something that happened; members that are null are left out.
    #[must_use]
    pub fn happened(name: &'a str, fields: Vec<(&'a str, Value)>) -> Self {
        Self::new("event", name, fields)
    }

    /// What a script asked for, by the name of the call.
    #[must_use]
    pub fn asked(name: &'a str, members: Vec<(&'a str, Value)>) -> Self {
        Self::new("effect", name, members)
    }

    /// A line of a script's `console`.
    #[must_use]
    pub fn console(level: &'a str, text: &'a str) -> Self {
        Self::new("console", level, vec![("text", Value::from(text))])
    }

    /// What the context asked for or told.
    #[must_use]
    pub fn effect(effect: &'a Effect) -> Self {
        let effect_line = |name, fields| Self::new("effect", name, fields);
        match effect {
            Effect::Call { api, arguments, .. } => {
                let members = arguments.as_map().into_iter().flatten();
                effect_line(*api, members.map(|(name, value)| (&**name, value.clone())).collect())
            }
            Effect::CreateImage { src } => effect_line("createImage", vec![("src", Value::from(src.clone()))]),
            Effect::LoadBitmapFont { path } => effect_line("loadBitmapFont", vec![("path", Value::from(path.clone()))]),
            Effect::RequestAnimationFrame => effect_line("requestAnimationFrame", Vec::new()),
            Effect::CancelAnimationFrame => effect_line("cancelAnimationFrame", Vec::new()),
            Effect::ClearTimer => effect_line("clearTimeout", Vec::new()),
            Effect::SetTimer { time } => effect_line("setTimer", vec![("time", decimal(*time))]),
            Effect::Event(event) => Self::event(event),
            Effect::Diagnostic(diagnostic) => Self::diagnostic(diagnostic),
        }
    }

    /// What the context told of.
    #[must_use]
    pub fn event(event: &'a Event) -> Self {
        let named = |text: &std::sync::Arc<str>| if text.is_empty() { Value::Null } else { Value::from(text.clone()) };
        match event {
            Event::State { state, board } => {
                Self::happened("state", vec![("state", Value::from(*state)), ("board", named(board))])
            }
            Event::Tap { action, id, data, friend } => {
                let data = Value::map(data.iter().map(|(name, value)| (name.clone(), value.clone())));
                let fields =
                    [("action", Value::from(action.clone())), ("id", named(id)), ("data", data), ("friend", friend.clone())];
                Self::happened("tap", fields.into())
            }
            Event::Scroll { id, begins, offset } => {
                let phase = if *begins { "start" } else { "end" };
                let fields = [
                    ("id", Value::from(id.clone())),
                    ("phase", Value::from(phase)),
                    ("x", decimal(f64::from(offset.x))),
                    ("y", decimal(f64::from(offset.y))),
                ];
                Self::happened("scroll", fields.into())
            }
            Event::Page { page, pages } => {
                let page = Value::from(Number::from(i128::from(*page)));
                Self::happened("page", vec![("page", page), ("pages", Value::from(*pages))])
            }
            Event::Dropped { what } => Self::happened("dropped", vec![("what", Value::from(what.clone()))]),
        }
    }

    /// Something that was wrong.
    #[must_use]
    pub fn diagnostic(diagnostic: &Diagnostic) -> Self {
        let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
        let place = &diagnostic.place;
        let known = |number: u32| if number > 0 { Value::from(number as usize) } else { Value::Null };
        // Escaped as for people: whoever reads them will print them. Data stays what it is to a reader of JSON.
        let shown = |text: Option<&str>| text.map_or(Value::Null, |text| Value::from(&*escaped(text)));
        let fields = vec![
            ("severity", Value::from(severity)),
            ("code", Value::from(diagnostic.code)),
            ("document", shown(place.document.as_deref())),
            ("line", known(place.line)),
            ("column", known(place.column)),
            ("path", shown(place.path.as_deref())),
            ("hint", shown(diagnostic.hint.as_deref())),
        ];
        Self::new("diagnostic", escaped(&diagnostic.message).into_owned(), fields)
    }

    /// The line's JSON, without a line feed, at a time (ms).
    #[must_use]
    pub fn to_json(&self, at: f64) -> String {
        let mut line = format!("{{\"at\":{},\"{}\":{}", decimal(at).to_json(), self.kind, Value::from(&*self.name).to_json());
        for (name, value) in self.fields.iter().filter(|(_, value)| !value.is_null()) {
            line.push(',');
            line.push_str(&Value::from(*name).to_json());
            line.push(':');
            line.push_str(&value.to_json());
        }
        line.push('}');
        escaped_json(&line).into_owned()
    }
}

/// A number with at most three decimals.
fn decimal(value: f64) -> Value {
    Number::from_f64((value * 1_000.0).round() / 1_000.0).map_or(Value::Null, Value::from)
}
