//! The text of a document: somebody else's, its own, or one that others have too.

use std::ops::Deref;
use std::sync::Arc;

/// What a document was read from. One that is its own, or shared, lets the document outlive its reader.
#[derive(Debug)]
pub(super) enum Text<'t> {
    Borrowed(&'t str),
    Owned(String),
    Shared(Arc<str>),
}

const MARK: char = '\u{feff}';

impl Text<'_> {
    /// The same without a byte order mark.
    pub(super) fn without_mark(self) -> Self {
        match self {
            Self::Borrowed(text) => Self::Borrowed(text.strip_prefix(MARK).unwrap_or(text)),
            kept => match kept.strip_prefix(MARK) {
                Some(text) => Self::Owned(text.to_owned()),
                None => kept,
            },
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
            Self::Shared(text) => text,
        }
    }
}

/// True for a text that begins as an object, a list or a string of JSON does.
#[must_use]
pub fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches([MARK, ' ', '\n', '\r', '\t']).starts_with(['{', '[', '"'])
}
