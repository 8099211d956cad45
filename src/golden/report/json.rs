//! A run for machines.

use crate::escape::escaped;
use crate::golden::blame::Blame;
use crate::golden::outcome::{Failure, Outcome};
use crate::json;
use crate::json::Value;

/// A run as one JSON object: how many pictures, how many failed, and of each what is wrong.
#[must_use]
pub fn json(outcomes: &[Outcome]) -> String {
    let failed = outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let skipped = outcomes.iter().filter(|outcome| outcome.skipped.is_some()).count();
    let list: Value = outcomes.iter().map(outcome).collect();
    json!({ "pictures": outcomes.len(), "failed": failed, "skipped": skipped, "outcomes": list }).to_json()
}

/// What came of one picture.
#[must_use]
pub fn outcome(outcome: &Outcome) -> Value {
    let failures: Value = outcome.failures.iter().map(failure).collect();
    let mut value = json!({
        "name": shown(&outcome.name()), "case": shown(&outcome.case), "picture": shown(&outcome.picture), "kind": outcome.kind.word(),
        "passed": outcome.passed(), "near": outcome.is_near, "milliseconds": (outcome.took.as_secs_f64() * 1e6).round() / 1e3, "failures": failures,
    });
    if let Some(reason) = &outcome.skipped {
        value.insert("skipped", shown(reason));
    }
    value
}

fn failure(failure: &Failure) -> Value {
    let mut value = json!({ "code": failure.code(), "message": shown(&failure.message()) });
    if let Failure::Pixels(pixels) = failure {
        let bounds = pixels.bounds;
        value.insert("count", pixels.count);
        value.insert("total", pixels.total);
        value.insert("most", u64::from(pixels.most));
        value.insert("bounds", Value::list([bounds.left, bounds.top, bounds.right, bounds.bottom]));
        let mut would_pass = json!({});
        for (key, tolerance) in &pixels.would_pass {
            would_pass.insert(*key, *tolerance);
        }
        value.insert("wouldPass", would_pass);
    }
    if let Failure::Events(difference) = failure {
        value.insert("text", shown(difference));
    }
    if let Some(found) = failure.blame() {
        value.insert("blame", blame(found));
    }
    value
}

fn blame(blame: &Blame) -> Value {
    let nodes: Value = blame
        .nodes
        .iter()
        .map(|culprit| {
            let changes = Value::list(culprit.changes.iter().map(|change| shown(change)));
            json!({
                "node": shown(&culprit.node), "place": shown(&culprit.place), "count": culprit.count,
                "pixels": culprit.pixels, "changes": changes,
            })
        })
        .collect();
    json!({ "stage": blame.stage, "text": shown(&blame.text), "nodes": nodes })
}

/// What may be printed: line feeds stay, as JSON writes them as `\n`.
fn shown(text: &str) -> String {
    text.split('\n').map(|line| escaped(line).into_owned()).collect::<Vec<_>>().join("\n")
}
