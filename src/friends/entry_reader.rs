//! What friend data is read by, and what is said of it on the way.

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::{Diagnostic, Place};
use crate::json::Node;
use crate::limits::Limits;
use crate::reading::Reading;

/// Diagnostics of single entries that are kept; of more only the number is said.
pub(super) const MAX_ENTRY_DIAGNOSTICS: usize = 100;

/// So many keys are kept while entries are read.
const KEYS_KEPT: usize = 16;

/// Reads entries, and says what is wrong with them.
pub(super) struct EntryReader<'a> {
    /// The score's key, where the caller named one.
    pub(super) key: Option<&'a str>,
    reading: Reading<'a>,
    /// Keys that were read, of which all entries have the same ones.
    keys: Vec<Arc<str>>,
    said: usize,
    unsaid: usize,
}

impl<'a> EntryReader<'a> {
    /// One that has said nothing yet.
    pub(super) fn new(key: Option<&'a str>, reading: Reading<'a>) -> Self {
        Self { key, reading, keys: Vec::new(), said: 0, unsaid: 0 }
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

    /// As [`EntryReader::text_of`], of a key that other entries are likely to have too: of those there is one text.
    pub(super) fn key_of(&mut self, value: Node<'_>) -> Arc<str> {
        let known = value.text().and_then(|text| self.keys.iter().find(|key| ***key == *text).map(Arc::clone));
        known.unwrap_or_else(|| {
            let key = self.text_of(value);
            if self.keys.len() < KEYS_KEPT {
                self.keys.push(Arc::clone(&key));
            }
            key
        })
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
