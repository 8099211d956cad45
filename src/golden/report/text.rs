//! A run in lines for people.

use std::fmt::Write as _;

use crate::escape::escaped;
use crate::golden::blame::{Blame, Culprit};
use crate::golden::outcome::{Failure, Outcome, PixelFailure};
use crate::golden::reference::Keeping;

/// Lines of a text difference that are printed of each failure; the report has more.
const LINES_MOST: usize = 16;
/// Nodes that are printed of each failure.
const NODES_MOST: usize = 6;

/// What is wrong with an outcome, in indented lines below its name. Nothing in it is obeyed by a terminal.
#[must_use]
pub fn text(outcome: &Outcome) -> String {
    let mut text = format!("FAIL {}\n", escaped(&outcome.name()));
    for failure in &outcome.failures {
        let _ = writeln!(text, "  {}", escaped(&failure.message()));
        match failure {
            Failure::Pixels(pixels) => {
                stage(&mut text, &pixels.blame, outcome.keeping);
                tolerance(&mut text, pixels);
            }
            Failure::Events(difference) => lines(&mut text, difference),
            failure => {
                if let Some(blame) = failure.blame() {
                    stage(&mut text, blame, outcome.keeping);
                }
            }
        }
    }
    text
}

/// What is wrong with an outcome, in one line.
#[must_use]
pub fn line(outcome: &Outcome) -> String {
    let messages: Vec<String> = outcome.failures.iter().map(Failure::message).collect();
    format!("FAIL {}: {}", escaped(&outcome.name()), escaped(&messages.join("; ")))
}

fn stage(text: &mut String, blame: &Blame, keeping: Keeping) {
    match blame.stage {
        Some(stage) => {
            let _ = writeln!(text, "  begins at {stage}{}", if blame.text.is_empty() { "" } else { ":" });
            lines(text, &blame.text);
        }
        // Of files alone nobody expects it.
        None if keeping == Keeping::Files => {}
        None => text.push_str("  where it begins is not known: no record of the stages stands beside this reference\n"),
    }
    for culprit in blame.nodes.iter().take(NODES_MOST) {
        let _ = writeln!(text, "  {}", escaped(&node(culprit)));
    }
    if blame.nodes.len() > NODES_MOST {
        let _ = writeln!(text, "  and {} more nodes", blame.nodes.len() - NODES_MOST);
    }
}

/// A node with its place, and what of it changed.
pub fn node(culprit: &Culprit) -> String {
    let mut text = format!("{}: {}", culprit.place, culprit.node);
    if culprit.count > 1 {
        let _ = write!(text, " (×{})", culprit.count);
    }
    if culprit.pixels > 0 {
        let _ = write!(text, ", {} pixels", culprit.pixels);
    }
    if !culprit.changes.is_empty() {
        let _ = write!(text, ": {}", culprit.changes.join(" "));
    }
    text
}

fn lines(text: &mut String, difference: &str) {
    let count = difference.lines().count();
    for line in difference.lines().take(LINES_MOST) {
        let _ = writeln!(text, "    {}", escaped(line));
    }
    if count > LINES_MOST {
        let _ = writeln!(text, "    … and {} more lines", count - LINES_MOST);
    }
}

fn tolerance(text: &mut String, pixels: &PixelFailure) {
    let _ =
        writeln!(text, "  it would pass with a tolerance of {}", would_pass(pixels, |key, value| format!("{key} = {value}")));
}

/// The tolerances that would have passed, each as `shown` shows it.
pub fn would_pass(pixels: &PixelFailure, shown: impl Fn(&str, &str) -> String) -> String {
    let written = |(key, value): &(&'static str, f64)| {
        let is_whole = matches!(*key, "channel" | "count");
        shown(key, &if is_whole { value.to_string() } else { number(*value) })
    };
    pixels.would_pass.iter().map(written).collect::<Vec<_>>().join(", or of ")
}

/// A share as it is written in `case.toml`.
fn number(share: f64) -> String {
    let text = format!("{share:.12}");
    let text = text.trim_end_matches('0');
    if text.ends_with('.') { format!("{text}0") } else { text.to_owned() }
}

/// What came of a run, in one line.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let failed = outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let skipped = outcomes.iter().filter(|outcome| outcome.skipped.is_some()).count();
    let drawn = outcomes.len() - skipped;
    let noun = if drawn == 1 { "picture" } else { "pictures" };
    let left_out = if skipped > 0 { format!(", {skipped} left out") } else { String::new() };
    if failed == 0 {
        let near = outcomes.iter().filter(|outcome| outcome.is_near).count();
        let near = if near > 0 { format!(", {near} within a tolerance") } else { String::new() };
        let are = if is_comparison(outcomes) { "alike" } else { "as accepted" };
        return format!("{drawn} {noun} {are}{near}{left_out}");
    }
    let verb = match (is_comparison(outcomes), failed) {
        (false, _) => "failed",
        (true, 1) => "differs",
        (true, _) => "differ",
    };
    format!("{failed} of {drawn} {noun} {verb}{left_out}")
}

/// True of two folders that were compared.
fn is_comparison(outcomes: &[Outcome]) -> bool {
    outcomes.first().is_some_and(|outcome| outcome.keeping == Keeping::Files)
}
