//! A run as CI reads it: `JUnit`'s XML, a suite for each case.

use std::fmt::Write as _;

use super::text::text;
use crate::escape::escaped;
use crate::golden::outcome::{Failure, Outcome};

/// A run as `JUnit`'s XML: <https://github.com/testmoapp/junitxml>, which CI systems read. What can't be drawn is an error,
/// all else that is wrong a failure.
#[must_use]
pub fn junit(outcomes: &[Outcome]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"friendboard golden\"{}>", counts(outcomes));
    for suite in outcomes.chunk_by(|a, b| a.case == b.case) {
        let Some(first) = suite.first() else { continue };
        let skipped = suite.iter().filter(|outcome| outcome.skipped.is_some()).count();
        let _ = writeln!(xml, "  <testsuite name=\"{}\"{} skipped=\"{skipped}\">", attribute(&first.case), counts(suite));
        for outcome in suite {
            let (class, name) = (attribute(&outcome.case), attribute(&outcome.name()));
            let _ =
                write!(xml, "    <testcase classname=\"{class}\" name=\"{name}\" time=\"{:.6}\"", outcome.took.as_secs_f64());
            if let Some(reason) = &outcome.skipped {
                let _ = writeln!(xml, ">\n      <skipped message=\"{}\"/>\n    </testcase>", attribute(reason));
                continue;
            }
            let Some(failure) = outcome.failures.first() else {
                xml.push_str("/>\n");
                continue;
            };
            let (tag, kind) = (if is_error(outcome) { "error" } else { "failure" }, failure.code());
            let message = attribute(&failure.message());
            let said = content(&text(outcome));
            let _ = writeln!(xml, ">\n      <{tag} type=\"{kind}\" message=\"{message}\">{said}</{tag}>\n    </testcase>");
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn is_error(outcome: &Outcome) -> bool {
    outcome.failures.iter().any(|failure| matches!(failure, Failure::Error(_)))
}

fn counts(outcomes: &[Outcome]) -> String {
    let errors = outcomes.iter().filter(|outcome| is_error(outcome)).count();
    let failures = outcomes.iter().filter(|outcome| !outcome.passed()).count() - errors;
    let time: f64 = outcomes.iter().map(|outcome| outcome.took.as_secs_f64()).sum();
    format!(" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{time:.6}\"", outcomes.len())
}

/// Text between tags: lines stay, what XML 1.0 has no way to write goes.
fn content(text: &str) -> String {
    text.lines().map(|line| markup(&escaped(line))).collect::<Vec<_>>().join("\n")
}

fn attribute(text: &str) -> String {
    markup(&escaped(text))
}

fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() && c != '\t' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
