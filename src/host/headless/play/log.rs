//! The log of a run: a JSON object a line, its time first.

use crate::context::{Effect, Event};
use crate::error::{Diagnostic, Diagnostics, Severity};
use crate::escape::{escaped, escaped_json};
use crate::geometry::Point;
use crate::json::Value;
use crate::number::Number;
use crate::platform::{Answer, Call};

/// The lines.
#[derive(Debug, Default)]
pub struct Log {
    /// Each with its line feed.
    pub text: String,
}

impl Log {
    fn line(&mut self, at: u64, kind: &str, name: &str, fields: &[(&str, Value)]) {
        let mut line = format!("{{\"at\":{at},\"{kind}\":{}", Value::from(name).to_json());
        for (name, value) in fields.iter().filter(|(_, value)| *value != Value::Null) {
            line.push(',');
            line.push_str(&Value::from(*name).to_json());
            line.push(':');
            line.push_str(&value.to_json());
        }
        line.push_str("}\n");
        self.text.push_str(&escaped_json(&line));
    }

    /// Something that happened.
    pub fn event(&mut self, at: u64, name: &str, fields: &[(&str, Value)]) {
        self.line(at, "event", name, fields);
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
        let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
        let place = &diagnostic.place;
        let known = |number: u32| if number > 0 { Value::from(number as usize) } else { Value::Null };
        // Escaped as for people: whoever reads them will print them. Data stays what it is to a reader of JSON.
        let shown = |text: Option<&str>| text.map_or(Value::Null, |text| Value::from(&*escaped(text)));
        let fields = [
            ("severity", Value::from(severity)),
            ("code", Value::from(diagnostic.code)),
            ("document", shown(place.document.as_deref())),
            ("line", known(place.line)),
            ("column", known(place.column)),
            ("path", shown(place.path.as_deref())),
            ("hint", shown(diagnostic.hint.as_deref())),
        ];
        self.line(at, "diagnostic", &escaped(&diagnostic.message), &fields);
    }

    /// All that was wrong.
    pub fn diagnostics(&mut self, at: u64, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.as_slice() {
            self.diagnostic(at, diagnostic);
        }
    }

    /// What the context asked for or told.
    pub fn effect(&mut self, at: u64, effect: &Effect) {
        match effect {
            Effect::Call { api, arguments, .. } => {
                let fields: Vec<(&str, Value)> = match arguments {
                    Value::Map(entries) => entries.iter().map(|(name, value)| (&**name, value.clone())).collect(),
                    _ => Vec::new(),
                };
                self.line(at, "effect", api, &fields);
            }
            Effect::CreateImage { src } => self.line(at, "effect", "createImage", &[("src", Value::from(src.clone()))]),
            Effect::LoadBitmapFont { path } => {
                self.line(at, "effect", "loadBitmapFont", &[("path", Value::from(path.clone()))]);
            }
            Effect::RequestAnimationFrame => self.line(at, "effect", "requestAnimationFrame", &[]),
            Effect::SetTimer { time } => self.line(at, "effect", "setTimer", &[("time", decimal(*time))]),
            Effect::Event(event) => self.context_event(at, event),
            Effect::Diagnostic(diagnostic) => self.diagnostic(at, diagnostic),
        }
    }

    /// What the context told of.
    fn context_event(&mut self, at: u64, event: &Event) {
        match event {
            Event::State { state, board } => {
                let board = if board.is_empty() { Value::Null } else { Value::from(board.clone()) };
                self.event(at, "state", &[("state", Value::from(*state)), ("board", board)]);
            }
            Event::Tap { action, id, data, friend } => {
                let id = if id.is_empty() { Value::Null } else { Value::from(id.clone()) };
                let data = Value::map(data.iter().map(|(name, value)| (name.clone(), value.clone())));
                let fields = [("action", Value::from(action.clone())), ("id", id), ("data", data), ("friend", friend.clone())];
                self.event(at, "tap", &fields);
            }
            Event::Scroll { id, begins, offset } => {
                let phase = if *begins { "start" } else { "end" };
                let Point { x, y } = *offset;
                let fields = [
                    ("id", Value::from(id.clone())),
                    ("phase", Value::from(phase)),
                    ("x", decimal(f64::from(x))),
                    ("y", decimal(f64::from(y))),
                ];
                self.event(at, "scroll", &fields);
            }
            Event::Page { page, pages } => {
                let page = Value::from(Number::from(i128::from(*page)));
                self.event(at, "page", &[("page", page), ("pages", Value::from(*pages))]);
            }
            Event::Dropped { what } => self.event(at, "dropped", &[("what", Value::from(what.clone()))]),
        }
    }
}

/// A number with at most three decimals.
fn decimal(value: f64) -> Value {
    Number::from_f64((value * 1_000.0).round() / 1_000.0).map_or(Value::Null, Value::from)
}
