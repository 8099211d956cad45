//! How WeChat words the answers to share calls.

use crate::json::Value;
use crate::platform::arguments::Invalid;
use crate::platform::{Answer, Call, Finding, Platform, first_error};

/// `{errMsg: "NAME:fail cancel"}`, `{errMsg: "NAME:fail (…)"}`, or the success with these members.
pub(super) fn answer(call: Call, findings: &[Finding], members: impl IntoIterator<Item = (&'static str, Value)>) -> Answer {
    let refusal = first_error(findings).map(|error| {
        let text = if error.code == "cancel" { error.text.clone() } else { format!("({})", error.text) };
        Finding { text, ..error.clone() }
    });
    Answer::of(Platform::WeChat, call, refusal.as_ref(), members)
}

/// What is said to a value of the wrong type.
pub(super) fn invalid(found: &Invalid) -> Finding {
    let text = format!("parameter error: parameter.{}", found.path);
    Finding::undocumented("invalid-parameter", text).at(found.path.clone()).because(found.reason.clone())
}
