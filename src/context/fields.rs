//! The members of a message, wherever games put them: beside its word, or in `data`, `box`, `params` and kin.

use std::sync::Arc;

use crate::json::{self, Value};
use crate::limits::Limits;
use crate::number::Number;

/// Members that hold further members.
const WRAPPERS: &[&str] = &["data", "box", "params", "param", "value", "payload", "msg", "options"];

/// How deep wrappers are looked into.
const DEPTH: usize = 3;

/// The members of a message by their names without case, `_` and `-`; what stands beside the word wins over what is
/// wrapped.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, Value)>);

impl Fields {
    /// The members of a message but for the one that holds its word.
    pub(super) fn of(message: &Value, word: &str, limits: &Limits) -> Self {
        let mut fields = Self::default();
        fields.gather(message, word, limits, DEPTH);
        fields
    }

    /// One member alone.
    pub(super) fn alone(name: &str, value: Value) -> Self {
        Self(vec![(name.to_owned(), value)])
    }

    /// Puts a member before all others.
    pub(super) fn put_first(&mut self, name: &str, value: Value) {
        self.0.insert(0, (name.to_owned(), value));
    }

    /// The members that say who plays: those of `userInfo`, or of this message where it has a name or a picture.
    pub(super) fn person(&self) -> Option<Self> {
        let inner = self.get(&["userinfo", "user", "self", "player"]).filter(|value| matches!(value, Value::Map(_)));
        if let Some(Value::Map(members)) = inner {
            return Some(Self(members.iter().map(|(name, value)| (json::folded(name), value.clone())).collect()));
        }
        let has = |name: &str| matches!(self.get(&[name]), Some(Value::Text(_)));
        (has("nickname") || has("avatarurl")).then(|| self.clone())
    }

    fn gather(&mut self, map: &Value, word: &str, limits: &Limits, depth: usize) {
        let Value::Map(entries) = map else { return };
        let mut wrapped = Vec::new();
        for (name, value) in entries.iter().filter(|(name, _)| ***name != *word) {
            let name = json::folded(name);
            let opened = Self::open(value, limits).unwrap_or_else(|| value.clone());
            if WRAPPERS.contains(&name.as_str()) && matches!(opened, Value::Map(_)) {
                wrapped.push(opened.clone());
            }
            if !self.0.iter().any(|(known, _)| *known == name) {
                self.0.push((name, opened));
            }
        }
        if depth > 0 {
            for inner in wrapped {
                self.gather(&inner, "", limits, depth - 1);
            }
        }
    }

    /// What a string of JSON holds, where it holds an object, a list or a string of JSON again; `None`: not JSON.
    pub(super) fn open(value: &Value, limits: &Limits) -> Option<Value> {
        json::open(value.as_text()?, "<message>", limits)?.ok()?.root().to_value().ok()
    }

    /// The first of some names (normalised) that there is and is not null.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|wanted| {
            self.0.iter().find(|(name, value)| name == wanted && *value != Value::Null).map(|(_, value)| value)
        })
    }

    /// The same as text, where it is a text or a number.
    pub(super) fn text(&self, names: &[&str]) -> Option<Arc<str>> {
        names.iter().find_map(|name| match self.get(&[name])? {
            Value::Text(text) => Some(Arc::clone(text)),
            Value::Number(number) => Some(Arc::from(number.to_string())),
            _ => None,
        })
    }

    /// The same as a finite length.
    pub(super) fn float(&self, names: &[&str]) -> Option<f32> {
        let value = names.iter().find_map(|name| Self::number(self.get(&[name])?))?.to_f64() as f32;
        (value.is_finite() && value.abs() <= 1e6).then_some(value)
    }

    /// A number, or a text that reads as one.
    pub(super) fn number(value: &Value) -> Option<Number> {
        match value {
            Value::Number(number) => Some(number.clone()),
            Value::Text(text) => Number::parse(text),
            _ => None,
        }
    }

    /// A value as a cloud storage holds it: text as it is, anything else as JSON.
    pub(super) fn stored(value: &Value) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            other => other.to_json(),
        }
    }
}
