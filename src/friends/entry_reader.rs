//! What the entries of friend data are read by, and what is said of them on the way.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;

use super::Score;
use super::names::{NameId, Names};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::{Kind, Node};
use crate::limits::Limits;

/// Diagnostics of single entries that are kept; of more only the number is said.
pub(super) const MAX_ENTRY_DIAGNOSTICS: usize = 100;

/// How long the texts of a friend may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextLimits {
    /// Of a string, bytes.
    string: usize,
    /// Of a picture, bytes.
    picture: usize,
}

impl TextLimits {
    pub(super) fn of(limits: &Limits) -> Self {
        Self { string: limits.string_bytes, picture: limits.image_bytes }
    }

    /// A text, cut to what a string may have.
    pub(super) fn cut<'t>(&self, text: &'t str) -> &'t str {
        text.get(..text.floor_char_boundary(self.string)).unwrap_or_default()
    }

    /// A string's text, or any other value as it is written, cut to what a string may have.
    pub(super) fn text_of<'a>(&self, value: Node<'a>) -> Cow<'a, str> {
        match value.text().unwrap_or(Cow::Borrowed(value.source())) {
            Cow::Borrowed(text) => Cow::Borrowed(self.cut(text)),
            Cow::Owned(text) => Cow::Owned(self.cut(&text).to_owned()),
        }
    }
}

/// A value that an entry holds under a name: a pair of the cloud storage, or a member beside the pairs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) name: NameId,
    /// Its number in the document.
    pub(super) value: u32,
    /// The number of the score that it reads as, from 1.
    pub(super) score: Option<NonZeroU32>,
}

/// A member of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamedMember {
    pub(super) name: NameId,
    /// The number of its value in the document.
    pub(super) value: u32,
}

/// What a reader leaves of the entries.
pub(super) struct Read {
    pub(super) names: Names,
    pub(super) held: Vec<Held>,
    pub(super) scores: Vec<Score>,
    pub(super) unreadable: Vec<(u32, u32)>,
    pub(super) limits: TextLimits,
}

/// Reads entries one after another into lists that all of them share, and says what is wrong with them.
pub(super) struct EntryReader<'a> {
    /// The score's key, where the caller named one.
    pub(super) key: Option<&'a str>,
    pub(super) limits: TextLimits,
    pub(super) names: Names,
    /// What the entries hold, one after another.
    pub(super) held: Vec<Held>,
    /// The scores of the entries.
    pub(super) scores: Vec<Score>,
    /// Values that should be a score and read as none, by document and number.
    pub(super) unreadable: Vec<(u32, u32)>,
    /// The members of the entry that is read.
    pub(super) members: Vec<NamedMember>,
    /// The names that entries before had, by their place: most entries have the same.
    pub(super) guesses: Vec<NameId>,
    /// Where what is held begins: by the entry before, and by the one that is read.
    pub(super) before: usize,
    pub(super) begun: usize,
    /// The number of the document that is read.
    pub(super) document: u32,
    /// The number of the entry that is read, from 1.
    pub(super) entry: u32,
    /// `None`: nobody listens.
    said_to: Option<&'a mut Diagnostics>,
    said: usize,
    unsaid: usize,
}

impl<'a> EntryReader<'a> {
    /// One that has read nothing yet; it says what it finds where somebody listens.
    pub(super) fn new(key: Option<&'a str>, limits: TextLimits, said_to: Option<&'a mut Diagnostics>) -> Self {
        Self {
            key,
            limits,
            names: Names::default(),
            held: Vec::new(),
            scores: Vec::new(),
            unreadable: Vec::new(),
            members: Vec::new(),
            guesses: Vec::new(),
            before: 0,
            begun: 0,
            document: 0,
            entry: 0,
            said_to,
            said: 0,
            unsaid: 0,
        }
    }

    /// What was read.
    pub(super) fn finish(self) -> Read {
        let Self { names, held, scores, unreadable, limits, .. } = self;
        Read { names, held, scores, unreadable, limits }
    }

    /// True where somebody listens, and wants scores: what is looked at once more was ranked already.
    pub(super) fn is_first_reading(&self) -> bool {
        self.said_to.is_some()
    }

    /// Adds a diagnostic at a value.
    pub(super) fn warn(&mut self, code: &'static str, value: Node<'_>, message: impl FnOnce() -> String) {
        let Some(said_to) = &mut self.said_to else { return };
        if self.said >= MAX_ENTRY_DIAGNOSTICS {
            self.unsaid += 1;
            return;
        }
        self.said += 1;
        said_to.push(Diagnostic::warning(code, message(), value.place_and_path()));
    }

    /// Says how many diagnostics were left out.
    pub(super) fn finish_saying(&mut self, document: &Place) {
        if let Some(said_to) = self.said_to.as_mut().filter(|_| self.unsaid > 0) {
            let message = format!("{} more entries have something wrong with them", self.unsaid);
            said_to.push(Diagnostic::warning("more-diagnostics", message, document.clone()));
        }
    }

    /// Says where a value's text is longer than a string may be. Its text is no longer than what is written of it.
    pub(super) fn check_length(&mut self, value: Node<'_>) {
        let most = self.limits.string;
        if value.written_length() > most {
            let length = value.text().map_or(value.written_length(), |text| text.len());
            if length > most {
                self.warn("cut-string", value, || {
                    format!("expected a string of at most {most} bytes, found {length}: it is cut")
                });
            }
        }
    }

    /// The same of a text that is wanted now.
    pub(super) fn text_of(&mut self, value: Node<'_>) -> Arc<str> {
        self.check_length(value);
        Arc::from(self.limits.text_of(value))
    }

    /// True for an address that is there and reaches the host unchanged: one that is too long is of no use cut. `data:`
    /// addresses hold the picture.
    pub(super) fn is_address(&mut self, value: Node<'_>) -> bool {
        let string = self.limits.string;
        // Base64 is four characters for three bytes; percent-encoding would be three for one.
        let picture = self.limits.picture.saturating_mul(3).saturating_add(256);
        if value.written_length() > string.min(picture) {
            let text = value.text().unwrap_or_default();
            let limit = if text.starts_with("data:") { picture } else { string };
            if text.len() > limit {
                self.warn("ignored-field", value, || {
                    format!("address ignored: expected at most {limit} bytes, found {}", text.len())
                });
                return false;
            }
        }
        !is_empty(value)
    }
}

/// True for a string without a character.
pub(super) fn is_empty(value: Node<'_>) -> bool {
    value.kind() == Kind::Text && value.written_length() == 2
}
