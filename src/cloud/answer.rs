//! What a call's callbacks get, in each platform's shape.

use serde::Serialize;
use serde_json::{Map, Value};

use super::platform::{Call, Platform};
use crate::error::{Diagnostic, Place};

/// What the callbacks get. It is written as `{"success": {…}}` or `{"fail": {…}}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// `success` and `complete` get this.
    Success(Map<String, Value>),
    /// `fail` and `complete` get this.
    Fail(Map<String, Value>),
}

impl Answer {
    /// True for a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Success(_))
    }

    /// What `complete` gets: the same as `success` or `fail`.
    #[must_use]
    pub fn complete(&self) -> &Map<String, Value> {
        match self {
            Self::Success(fields) | Self::Fail(fields) => fields,
        }
    }

    /// What `complete` gets, as JSON: what [`friends::read`](crate::friends::read) takes.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::Object(self.complete().clone()).to_string()
    }
}

/// An answer, and why it is a failure: the platforms' messages don't say which value was wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What the game gets.
    pub answer: Answer,
    /// What the game's author should know about a failure.
    pub diagnostic: Option<Diagnostic>,
}

impl Reply {
    pub(super) fn success<const N: usize>(call: Call, fields: [(&str, Value); N]) -> Self {
        let mut map: Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        map.insert("errMsg".to_owned(), format!("{}:ok", call.name()).into());
        Self { answer: Answer::Success(map), diagnostic: None }
    }
}

/// Why a platform refuses a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A parameter is missing or has the wrong type.
    Parameter,
    /// A pair is not `{key: string, value: string}`.
    Pair,
    /// A key is too long.
    KeyLength,
    /// A value, or key and value together, is too long.
    PairLength,
    /// The player would have too many pairs.
    PairCount,
    /// A value under a rank key is not what the platform ranks by.
    RankValue,
    /// The player has not allowed it.
    NotAllowed,
    /// There is no such group.
    Group,
    /// The storage could not be read or written.
    Storage,
}

/// A call that is refused.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    cause: Cause,
    /// The message after `call:fail `.
    text: String,
    /// Which value is meant, as a JSON path.
    path: String,
    /// What was expected and found.
    detail: String,
}

impl Refusal {
    pub(super) fn new(cause: Cause, text: impl Into<String>, path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { cause, text: text.into(), path: path.into(), detail: detail.into() }
    }

    /// The failure as the platform gives it.
    pub(super) fn reply(self, platform: Platform, call: Call) -> Reply {
        let mut map = Map::new();
        map.insert("errMsg".to_owned(), format!("{}:fail {}", call.name(), self.text).into());
        if let Some((field, number)) = number(platform, self.cause) {
            map.insert(field.to_owned(), number.into());
        }
        let mut place = Place::document(call.name());
        if !self.path.is_empty() {
            place = place.path(&self.path);
        }
        Reply { answer: Answer::Fail(map), diagnostic: Some(Diagnostic::error("cloud-storage", self.detail, place)) }
    }
}

/// The platform's number for a cause, and the field that it stands in; `None` where its documents give none.
///
/// WeChat's are those of the server's `setUserStorage`, which has the same limits, and −12006 of 'not authorised';
/// Douyin's those of `set_user_storage`, whose effect its documents call the same, and of 'auth deny' and 'invalid
/// param'. TikTok's documents give none.
fn number(platform: Platform, cause: Cause) -> Option<(&'static str, i64)> {
    let number = match (platform, cause) {
        (Platform::TikTok, _) | (Platform::WeChat, Cause::Parameter | Cause::Pair | Cause::RankValue | Cause::Group) => {
            return None;
        }
        (Platform::WeChat, Cause::KeyLength) => 87_019,
        (Platform::WeChat, Cause::PairLength) => 87_016,
        (Platform::WeChat, Cause::PairCount) => 87_018,
        (Platform::WeChat, Cause::NotAllowed) => -12_006,
        (Platform::Douyin, Cause::KeyLength) => 40_009,
        (Platform::Douyin, Cause::PairLength) => 40_010,
        (Platform::Douyin, Cause::RankValue) => 40_011,
        (Platform::Douyin, Cause::PairCount) => 60_001,
        (Platform::Douyin, Cause::NotAllowed) => 10_200,
        (Platform::Douyin, Cause::Parameter | Cause::Pair | Cause::Group) => 20_001,
        (Platform::WeChat | Platform::Douyin, Cause::Storage) => -1,
    };
    Some((if platform == Platform::Douyin { "errNo" } else { "errCode" }, number))
}
