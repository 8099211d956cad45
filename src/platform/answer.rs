//! What a call's callbacks get, as each platform spells it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::call::Call;
use super::finding::Finding;
use super::platforms::Platform;
use crate::json::Value;

/// What the callbacks get: a map. It is written as `{"success": {…}}`, `{"fail": {…}}`, or `{}` where none is called.
///
/// ```
/// use friendboard::json;
/// use friendboard::platform::{Answer, Call, Finding, Platform};
/// let sent = Answer::of(Platform::TikTok, Call::ShareToUser, None, []);
/// assert_eq!(json::write(&sent), r#"{"success":{"errMsg":"shareToUser:ok"}}"#);
///
/// let cancelled = Finding::error("cancel", 10502, "cancel");
/// let answer = Answer::of(Platform::Douyin, Call::ShareAppMessage, Some(&cancelled), []);
/// assert_eq!(json::write(&answer), r#"{"fail":{"errMsg":"shareAppMessage:fail cancel","errNo":10502}}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// `success` (WPS: `onSuccess`) and `complete` get this.
    Success(Value),
    /// `fail` (WPS: `onError`) and `complete` get this.
    Fail(Value),
    /// The call has no effect at all: no callback is called.
    Nothing,
}

impl Answer {
    /// What a platform answers to a call: its failure for what it refuses the call for, else its success with these
    /// members beside the message.
    #[must_use]
    pub fn of(
        platform: Platform,
        call: Call,
        refusal: Option<&Finding>,
        members: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        match refusal {
            Some(finding) => Self::failure(platform, call, &finding.text, finding.number),
            None => {
                let message = platform.spelling().success.map(|member| (member, Value::from(format!("{call}:ok"))));
                Self::Success(Value::map(members.into_iter().chain(message)))
            }
        }
    }

    /// A platform's failure of a call: its text after `NAME:fail`, and its number where the platform gives numbers.
    #[must_use]
    pub fn failure(platform: Platform, call: Call, text: &str, number: Option<i64>) -> Self {
        let spelling = platform.spelling();
        let message = if spelling.names_call { format!("{call}:fail {text}") } else { text.to_owned() };
        let number = spelling.number.zip(number).map(|(member, number)| (member, Value::from(number)));
        Self::Fail(Value::map([(spelling.failure, Value::from(message))].into_iter().chain(number)))
    }

    /// True for a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Success(_))
    }

    /// What `complete` gets: the same as `success` or `fail`; null where it is not called.
    #[must_use]
    pub fn complete(&self) -> &Value {
        match self {
            Self::Success(members) | Self::Fail(members) => members,
            Self::Nothing => &Value::Null,
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Success(members) => map.serialize_entry("success", members)?,
            Self::Fail(members) => map.serialize_entry("fail", members)?,
            Self::Nothing => {}
        }
        map.end()
    }
}
