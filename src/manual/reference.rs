//! Pages of limits and errors.

use super::entry::{Entry, Topic};
use crate::error::{CODES, Code, KINDS};
use crate::limits::Limits;

/// The page of limits.
pub(super) fn limits() -> Topic {
    let entries = Limits::ALL.iter().map(|limit| {
        Entry::new(limit.name, "limit", limit.about.trim())
            .also([limit.name.replace('_', "-")])
            .fact("stage", limit.stage)
            .fact("default", limit.shown(limit.default))
            .fact("from", limit.shown(limit.lowest))
            .fact("to", limit.shown(limit.highest))
    });
    Topic {
        name: "limits",
        title: "Limits",
        about: "What an input may cost. The defaults hold for input from anywhere; raise one with `--limit NAME=VALUE` (in \
                Rust `Limits`) only for input that is trusted. Bytes may be written `64MiB`, times `5s`."
            .to_owned(),
        entries: entries.collect(),
        is_table: true,
    }
}

/// The page of errors.
pub(super) fn errors() -> Topic {
    let entry = |code: &Code, kind: &str| Entry::new(code.name, kind, code.about).fact("what to do", code.remedy);
    let kinds = KINDS.iter().map(|code| entry(code, "kind of error"));
    Topic {
        name: "errors",
        title: "Errors and warnings",
        about:
            "A warning or an error that stops nothing has a code, which `--report json`, `check --json` and `events.ndjson` \
                give beside the words; the rest is drawn. An error that stops a call has a kind. The exit status is 0, 1 where \
                what was asked could not be done, 2 where the call itself was wrong."
                .to_owned(),
        entries: kinds.chain(CODES.iter().map(|code| entry(code, "code of a diagnostic"))).collect(),
        is_table: true,
    }
}
