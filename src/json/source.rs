//! A part of a document that is handed on unread.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::ceiling::Ceiling;
use super::document::{Document, Node};
use crate::error::{Place, Result};

/// The newtype that is given as a value's text with its place.
pub(super) const SOURCE: &str = "$friendboard::json::source";

/// The text of one value of a document, with its place in it: for a member that its reader hands on, such as friend data
/// in a request. As a member of a type it is read through this room's [`read`](super::read) only.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Request { data: friendboard::json::Source }
///
/// let limits = friendboard::Limits::default();
/// let request: Request = friendboard::json::read("{\n  \"data\": [1, \"x\"]}", "<request>", &limits)?;
/// assert_eq!(request.data.text(), r#"[1, "x"]"#);
/// let error = request.data.read::<Vec<u32>>(&limits).unwrap_err();
/// assert_eq!(error.to_string(), "<request>:2:15 at data[1]: expected a whole number from 0 to 4,294,967,295, found a string");
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    text: Arc<str>,
    place: Place,
}

impl Source {
    /// A text as a whole document.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>, document: &str) -> Self {
        Self { text: text.into(), place: Place::document(document).at(1, 1) }
    }

    /// The value as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the value stands: document, line, column and JSON path.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Reads the part; its places go on to count in the whole document, which keeps the text.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn document(&self, ceiling: impl Into<Ceiling>) -> Result<Document<'static>> {
        Document::parse_part(&self.text, &self.place, &ceiling.into())
    }
}

impl From<Node<'_>> for Source {
    fn from(node: Node<'_>) -> Self {
        Self { text: Arc::from(node.source()), place: node.place_and_path() }
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Source;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value of a JSON text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Source, A::Error> {
                let missing = || serde::de::Error::custom("expected a value of a JSON text");
                let text: &str = parts.next_element()?.ok_or_else(missing)?;
                let document: String = parts.next_element()?.ok_or_else(missing)?;
                let line = parts.next_element()?.ok_or_else(missing)?;
                let column = parts.next_element()?.ok_or_else(missing)?;
                let path: String = parts.next_element()?.ok_or_else(missing)?;
                let place = Place::document(&document).at(line, column);
                Ok(Source { text: Arc::from(text), place: if path.is_empty() { place } else { place.path(&path) } })
            }
        }
        deserializer.deserialize_newtype_struct(SOURCE, Parts)
    }
}
