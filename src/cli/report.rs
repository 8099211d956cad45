//! What `render` says of what it did: a few lines for people, JSON for machines.

use std::fmt::Write as _;
use std::time::Duration;

use super::output::Stream;
use crate::error::{Diagnostic, Diagnostics, Result};
use crate::escape::escaped;
use crate::json;
use crate::json::Value;
use crate::manual::lead;
use crate::pipeline::{Frame, Times};
use crate::scene::BoardState;

/// What was drawn.
pub struct Report<'a> {
    pub path: String,
    /// Of the picture's file.
    pub bytes: usize,
    pub frame: &'a Frame,
    /// With those of what is not the frame's.
    pub times: &'a Times,
}

impl Report<'_> {
    /// For people.
    pub fn to_text(&self) -> String {
        let Frame { canvas, drawn, dropped, state, .. } = self.frame;
        let mut text = String::new();
        let friends = if *drawn == 1 { "friend" } else { "friends" };
        let rows = self.frame.rows();
        let size = format!("{}×{} px, {:.1} KB", canvas.width(), canvas.height(), self.bytes as f64 / 1000.0);
        let _ = write!(text, "{}: {size}, {drawn} {friends}, {rows} drawn, {dropped} dropped", escaped(&self.path));
        if *state != BoardState::Ready {
            let _ = write!(text, ", state {}", state.keyword());
        }
        let stages = self.times.list();
        let total: Duration = stages.iter().map(|(_, time)| *time).sum();
        let stages: Vec<String> = stages.iter().map(|(stage, time)| format!("{stage} {:.1}", milliseconds(*time))).collect();
        let _ = writeln!(text, "\n{:.1} ms: {}", milliseconds(total), stages.join(", "));
        text
    }

    /// For machines.
    pub fn to_json(&self) -> String {
        let Frame { canvas, diagnostics, .. } = self.frame;
        let stages = Value::map(self.times.list().iter().map(|(stage, time)| (*stage, rounded(*time))));
        let found: Value = diagnostics.as_slice().iter().map(json::diagnostic).collect();
        json!({
            "path": &self.path, "width": canvas.width(), "height": canvas.height(), "bytes": self.bytes,
            "state": self.frame.state.keyword(), "friends": self.frame.drawn, "drawn": self.frame.rows(), "dropped": self.frame.dropped,
            "milliseconds": stages, "diagnostics": found, "diagnosticsLeftOut": diagnostics.left_out(),
        })
        .to_json()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn rounded(time: Duration) -> f64 {
    (milliseconds(time) * 1000.0).round() / 1000.0
}

/// How many names a line tells to look up.
const LEADS: usize = 3;

/// How to learn more of diagnostics: a command; `None` where there are none.
pub fn learn_more<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Option<String> {
    let mut leads: Vec<String> = Vec::new();
    // Of very many the first say enough.
    for found in diagnostics.into_iter().take(20).map(lead) {
        if leads.len() < LEADS && !leads.contains(&found) {
            leads.push(found);
        }
    }
    (!leads.is_empty()).then(|| format!("friendboard explain {}", leads.join(" ")))
}

/// Prints diagnostics to standard error, and how to learn more.
pub fn print_diagnostics(diagnostics: &Diagnostics) -> Result<()> {
    print_findings(diagnostics)?;
    match learn_more(diagnostics.as_slice()) {
        Some(command) => Stream::Errors.text(&format!("learn more: {command}")),
        None => Ok(()),
    }
}

/// Prints diagnostics to standard error, in the form that editors and CI annotate: `place: severity: message`.
pub fn print_findings(diagnostics: &Diagnostics) -> Result<()> {
    if diagnostics.is_empty() {
        return Ok(());
    }
    let mut text = String::new();
    for diagnostic in diagnostics.as_slice() {
        if !diagnostic.place.is_unknown() {
            let _ = write!(text, "{}: ", diagnostic.place);
        }
        let _ = write!(text, "{}: {}", diagnostic.severity.keyword(), escaped(&diagnostic.message));
        if let Some(hint) = &diagnostic.hint {
            let _ = write!(text, " ({})", escaped(hint));
        }
        text.push('\n');
    }
    if diagnostics.left_out() > 0 {
        let _ = writeln!(text, "warning: {} more like these", diagnostics.left_out());
    }
    Stream::Errors.text(&text)
}
