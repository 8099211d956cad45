//! From a platform's answer, in any of its shapes, to [`FriendData`].

use std::borrow::Cow;
use std::sync::Arc;

use super::FriendData;
use super::shapes::Found;
use crate::error::{Diagnostic, Diagnostics, Place, Result};
use crate::json::{Document, Node};
use crate::limits::Limits;

/// How friend data is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The key of the cloud storage that holds the score. `None`: the key is found by itself — one named `score`, else
    /// one whose name has `score` or `rank` in it, else the one that most friends have a score under.
    pub key: Option<String>,
}

/// Reads friend data as a platform answers it, or as a game passes it on.
///
/// Shapes: `{data: […], errMsg}`; the list alone; one user's own `{KVDataList: […]}` or `{data: [{key, value}]}`; rows of
/// Douyin's `getImRankData` and of `getUserInfo`; an object inside of `data`; any of these as a JSON string. Beside the
/// list: `self` (an openid or an entry), `group` or `groupName`, `groupId`, `memberCount`. Names are read without regard
/// to case and `_`, so that `nickname`, `nickName` and `nick_name` are one.
///
/// An entry is dropped, with a diagnostic that names its index and field, where it is not an object, where its `openid`,
/// `nickname` or `KVDataList` has the wrong type, and where it has no openid, name or avatar at all. Anything else that
/// is wrong with it (an avatar that is a number, a pair without a key) is passed over with a diagnostic. Of two entries
/// with one openid the one whose score has the later `update_time` stays, else the one that has a score, else the first;
/// it stands where the first stood. `{errMsg: "…:fail …", errCode}` in place of data is no error of this call but
/// [`FriendData::failure`].
///
/// # Errors
/// `Data`, with line and column, where the text is not JSON or is nothing of the above; `Limit` where it is longer than
/// [`Limits::data_bytes`] or nested deeper than [`Limits::data_depth`].
pub fn read(
    json: impl AsRef<[u8]>,
    document: &str,
    options: &ReadOptions,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<FriendData> {
    let text = String::from_utf8_lossy(json.as_ref());
    if matches!(text, Cow::Owned(_)) {
        let message = "expected UTF-8, found other bytes: each is read as U+FFFD";
        diagnostics.push(Diagnostic::warning("invalid-utf8", message, Place::document(document)));
    }
    read_node(Document::parse(&text, document, limits)?.root(), options, limits, diagnostics)
}

/// Reads friend data that is a part of a document, such as of a request. Otherwise as [`read`].
///
/// # Errors
/// `Data`, with line and column, where the value is nothing of what [`read`] lists.
pub fn read_node(node: Node<'_>, options: &ReadOptions, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<FriendData> {
    let mut found = Found::default();
    let mut reading = Reading { key: options.key.as_deref(), limits, diagnostics, said: 0, unsaid: 0 };
    reading.value(node, &mut found, 0)?;
    let document = Place { document: Some(node.document().name()), ..Place::default() };
    reading.finish_saying(&document);
    Ok(found.into_data(options, &document, diagnostics))
}

/// Diagnostics of single entries that are kept; of more only the number is said.
pub(super) const MAX_ENTRY_DIAGNOSTICS: usize = 100;

/// What reading goes by, and what it says.
pub(super) struct Reading<'a> {
    /// The score's key, where the caller named one.
    pub(super) key: Option<&'a str>,
    pub(super) limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    said: usize,
    unsaid: usize,
}

impl Reading<'_> {
    /// Adds a diagnostic at a value.
    pub(super) fn warn(&mut self, code: &'static str, message: String, value: Node<'_>) {
        if self.said >= MAX_ENTRY_DIAGNOSTICS {
            self.unsaid += 1;
            return;
        }
        self.said += 1;
        self.diagnostics.push(Diagnostic::warning(code, message, value.place_and_path()));
    }

    fn finish_saying(&mut self, document: &Place) {
        if self.unsaid > 0 {
            let message = format!("{} more entries have something wrong with them", self.unsaid);
            self.diagnostics.push(Diagnostic::warning("more-diagnostics", message, document.clone()));
        }
    }

    /// A string's text, or any other value as it is written, cut to what a string may have.
    pub(super) fn text_of(&mut self, value: Node<'_>) -> Arc<str> {
        let text = value.text().unwrap_or(Cow::Borrowed(value.source()));
        let cut = text.floor_char_boundary(self.limits.string_bytes);
        if cut < text.len() {
            let message =
                format!("expected a string of at most {} bytes, found {}: it is cut", self.limits.string_bytes, text.len());
            self.warn("cut-string", message, value);
        }
        Arc::from(text.get(..cut).unwrap_or_default())
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
