//! From a platform's answer, in any of its shapes, to [`FriendData`].

use std::borrow::Cow;

use super::FriendData;
use super::entry_reader::{EntryReader, TextLimits};
use super::shapes::Found;
use crate::budget::Stage;
use crate::error::{Diagnostic, Place, Result};
use crate::json::Document;
use crate::reading::Reading;

/// Codes of diagnostics that are about where the scores are, rather than about the data: whoever reads the same data by
/// another key hears others.
pub const SCORE_DIAGNOSTICS: &[&str] = &["unreadable-score", "score-by-guess", "ambiguous-score", "no-scores", "unknown-key"];

/// How friend data is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The key of the cloud storage that holds the score. `None`: the key is found by itself — one named `score`, else
    /// one whose name has `score` or `rank` in it, else the one that most friends have a score under.
    pub key: Option<String>,
}

/// Steps of a budget for each byte of the data.
const STEPS_PER_BYTE: u64 = 20;

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
/// [`Limits::data_bytes`](crate::Limits::data_bytes) or nested deeper than [`Limits::data_depth`](crate::Limits::data_depth).
pub fn read(json: impl AsRef<[u8]>, document: &str, options: &ReadOptions, reading: &mut Reading<'_>) -> Result<FriendData> {
    // What is UTF-8 as it should be is told at once; only the rest is looked at byte by byte.
    let text = std::str::from_utf8(json.as_ref()).map_or_else(|_| String::from_utf8_lossy(json.as_ref()), Cow::Borrowed);
    if matches!(text, Cow::Owned(_)) {
        let message = "expected UTF-8, found other bytes: each is read as U+FFFD";
        reading.push(Diagnostic::warning("invalid-utf8", message, Place::document(document)));
    }
    read_document(Document::parse_owned(text.into_owned(), document, reading.limits)?, options, reading)
}

/// Reads friend data of a document that is kept with it: of each friend what ranks them and tells them apart. Otherwise as
/// [`read`].
///
/// # Errors
/// `Data`, with line and column, where the value is nothing of what [`read`] lists.
pub fn read_document(document: Document<'static>, options: &ReadOptions, reading: &mut Reading<'_>) -> Result<FriendData> {
    reading.spend(Stage::Data, document.text().len() as u64 * STEPS_PER_BYTE)?;
    let place = Place { document: Some(document.name()), ..Place::default() };
    let (mut found, limits) = (Found::new(reading.limits), TextLimits::of(reading.limits));
    let mut reader = EntryReader::new(options.key.as_deref(), limits, Some(&mut *reading.diagnostics));
    reader.document(document, &mut found, 0)?;
    reader.finish_saying(&place);
    let read = reader.finish();
    Ok(found.into_data(read, options.key.as_deref(), &place, reading.diagnostics))
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
