//! What a script expects to be on the board, compared with what is there.

use super::script::Expected;
use crate::json::{Ceiling, Value};
use crate::limits::Limits;

impl Expected {
    /// What is not as it was expected, in words. `log` has the lines since the last expectation.
    pub fn failures(&self, state: &str, texts: &[String], log: &str) -> Vec<String> {
        let mut failed = Vec::new();
        if let Some(expected) = self.state.as_deref().filter(|expected| *expected != state) {
            failed.push(format!("state: expected {expected}, found {state}"));
        }
        for text in self.texts.iter().flatten().filter(|text| !texts.contains(text)) {
            let shown: Vec<String> =
                texts.iter().filter(|text| !text.is_empty()).take(40).map(|text| format!("'{text:.60}'")).collect();
            failed.push(format!("texts: expected '{text:.200}', found {}", or_none(&shown)));
        }
        // Our own lines: they were read by nobody, and none is longer than what a script may hold.
        let ceiling = Ceiling { bytes: usize::MAX, ..Ceiling::data(&Limits::default()) };
        let lines: Vec<Value> = log.lines().filter_map(|line| Value::read(line, "<log>", ceiling).ok()).collect();
        let mut rest = lines.iter();
        for event in self.events.iter().flatten() {
            if !rest.any(|line| has_all(line, event)) {
                failed.push(format!("events: expected {:.300} in this order, found none", event.to_json()));
                break;
            }
        }
        if let Some(expected) = &self.diagnostics {
            let said: Vec<(String, String)> = lines.iter().filter_map(diagnostic).collect();
            let is = |wanted: &str, (code, message): &(String, String)| code == wanted || message.contains(wanted);
            for wanted in expected.iter().filter(|wanted| !said.iter().any(|said| is(wanted, said))) {
                failed.push(format!("diagnostics: expected '{wanted:.200}', found none"));
            }
            for (code, message) in said.iter().filter(|said| !expected.iter().any(|wanted| is(wanted, said))) {
                failed.push(format!("diagnostics: expected no '{code}', found '{message:.300}'"));
            }
        }
        failed
    }
}

fn or_none(shown: &[String]) -> String {
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

/// True for a line that has all members of another, whatever else it has.
fn has_all(line: &Value, wanted: &Value) -> bool {
    match (line, wanted) {
        (Value::Map(line), Value::Map(wanted)) => {
            wanted.iter().all(|(name, wanted)| line.get(name).is_some_and(|found| has_all(found, wanted)))
        }
        (found, wanted) => found == wanted,
    }
}

/// Code and words of a diagnostic's line.
fn diagnostic(line: &Value) -> Option<(String, String)> {
    let text = |name: &str| line.get(name).and_then(Value::as_text).map(str::to_owned);
    Some((text("code")?, text("diagnostic")?))
}
