//! What friend data is read by, and what is said of it on the way.

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Diagnostic, Place};
use crate::json::Node;
use crate::limits::Limits;
use crate::reading::Reading;

/// Diagnostics of single entries that are kept; of more only the number is said.
pub(super) const MAX_ENTRY_DIAGNOSTICS: usize = 100;

/// Reads entries, and says what is wrong with them.
pub(super) struct EntryReader<'a> {
    /// The score's key, where the caller named one.
    pub(super) key: Option<&'a str>,
    reading: Reading<'a>,
    said: usize,
    unsaid: usize,
}

impl<'a> EntryReader<'a> {
    /// One that has said nothing yet.
    pub(super) fn new(key: Option<&'a str>, reading: Reading<'a>) -> Self {
        Self { key, reading, said: 0, unsaid: 0 }
    }

    /// What an entry is held to.
    pub(super) fn limits(&self) -> &'a Limits {
        self.reading.limits
    }

    /// Adds a diagnostic at a value.
    pub(super) fn warn(&mut self, code: &'static str, message: String, value: Node<'_>) {
        if self.said >= MAX_ENTRY_DIAGNOSTICS {
            self.unsaid += 1;
            return;
        }
        self.said += 1;
        self.reading.push(Diagnostic::warning(code, message, value.place_and_path()));
    }

    /// Says how many diagnostics were left out.
    pub(super) fn finish_saying(&mut self, document: &Place) {
        if self.unsaid > 0 {
            let message = format!("{} more entries have something wrong with them", self.unsaid);
            self.reading.push(Diagnostic::warning("more-diagnostics", message, document.clone()));
        }
    }

    /// A string's text, or any other value as it is written, cut to what a string may have.
    pub(super) fn text_of(&mut self, value: Node<'_>) -> Arc<str> {
        let text = value.text().unwrap_or(Cow::Borrowed(value.source()));
        let cut = text.floor_char_boundary(self.limits().string_bytes);
        if cut < text.len() {
            let message =
                format!("expected a string of at most {} bytes, found {}: it is cut", self.limits().string_bytes, text.len());
            self.warn("cut-string", message, value);
        }
        Arc::from(text.get(..cut).unwrap_or_default())
    }
}
