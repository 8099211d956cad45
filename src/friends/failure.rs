//! A platform's failure, answered in place of data.

use std::fmt;
use std::sync::Arc;

/// What a platform answered in place of data: `{errMsg: "getFriendCloudStorage:fail …", errCode}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformFailure {
    /// What kind of failure it is; it decides which state a board shows.
    pub kind: FailureKind,
    /// The call that failed, such as `getFriendCloudStorage`; empty where the message names none.
    pub call: Arc<str>,
    /// The whole message as it was given; empty where there was none.
    pub message: Arc<str>,
    /// The code (`errCode`, `errno`, `errNo`, `err_code`), where one was given.
    pub code: Option<i64>,
}

/// What kind of failure a platform answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The player has not allowed it: code −12006, or a message that says so. The board says why and what to tap.
    Denied,
    /// Anything else. The board offers to try again.
    Failed,
}

impl PlatformFailure {
    /// A failure from a message and a code.
    ///
    /// ```
    /// use friendboard::friends::{FailureKind, PlatformFailure};
    /// let failure = PlatformFailure::new("getFriendCloudStorage:fail auth deny", None);
    /// assert_eq!((failure.kind, &*failure.call), (FailureKind::Denied, "getFriendCloudStorage"));
    /// assert_eq!(PlatformFailure::new("", Some(-12006)).kind, FailureKind::Denied);
    /// ```
    #[must_use]
    pub fn new(message: &str, code: Option<i64>) -> Self {
        let call = message.split_once(':').map_or("", |(call, _)| call.trim());
        let call = if call.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.') { call } else { "" };
        let said = message.to_ascii_lowercase();
        let denied = code == Some(NOT_AUTHORISED) || DENIALS.iter().any(|denial| said.contains(denial));
        let kind = if denied { FailureKind::Denied } else { FailureKind::Failed };
        Self { kind, call: Arc::from(call), message: Arc::from(message), code }
    }

    /// True where a message is a failure's: `call:fail …`.
    #[must_use]
    pub fn is_failure_message(message: &str) -> bool {
        let after = message.split_once(':').map_or("", |(_, rest)| rest.trim_start());
        after.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("fail"))
    }
}

impl fmt::Display for PlatformFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.message.is_empty(), self.code) {
            (false, None) => f.write_str(&self.message),
            (false, Some(code)) => write!(f, "{} ({code})", self.message),
            (true, Some(code)) => write!(f, "the platform answered with code {code}"),
            (true, None) => f.write_str("the platform answered with a failure"),
        }
    }
}

/// WeChat's code of 'not authorised'.
const NOT_AUTHORISED: i64 = -12006;

/// How messages say that the player has not allowed it, in lower case.
const DENIALS: &[&str] =
    &["auth deny", "auth denied", "authorize deny", "authorize denied", "unauthorized", "not authorized", "not authorised"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_denied_from_failed() {
        let cases = [
            ("getFriendCloudStorage:fail", Some(-12006), FailureKind::Denied),
            ("getFriendCloudStorage:fail:auth denied", Some(-1), FailureKind::Denied),
            ("getUserInfo:fail scope unauthorized", None, FailureKind::Denied),
            ("getFriendCloudStorage:fail timeout", Some(-1), FailureKind::Failed),
            ("", Some(10103), FailureKind::Failed),
        ];
        for (message, code, kind) in cases {
            assert_eq!(PlatformFailure::new(message, code).kind, kind, "{message} {code:?}");
        }
    }

    #[test]
    fn knows_failure_messages() {
        for message in ["a:fail", "getX:fail no", "getX: Failed", "getX:fail:auth"] {
            assert!(PlatformFailure::is_failure_message(message), "{message}");
        }
        for message in ["a:ok", "", "failure", "getX:", "getX:é"] {
            assert!(!PlatformFailure::is_failure_message(message), "{message}");
        }
    }

    #[test]
    fn shows_message_and_code() {
        assert_eq!(PlatformFailure::new("a:fail b", Some(3)).to_string(), "a:fail b (3)");
        assert_eq!(PlatformFailure::new("", Some(3)).to_string(), "the platform answered with code 3");
    }
}
