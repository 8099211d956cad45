//! Which state a board shows, and what became of messages to friends.

use crate::friends::{FailureKind, FriendData};

/// Which state a board shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoardState {
    /// Friends are there.
    #[default]
    Ready,
    /// Data is on its way.
    Loading,
    /// There are no friends.
    Empty,
    /// The player has not allowed it.
    Denied,
    /// The platform failed.
    Error,
}

impl BoardState {
    /// Every state with its keyword.
    pub const ALL: [(&'static str, Self); 5] = [
        ("ready", Self::Ready),
        ("loading", Self::Loading),
        ("empty", Self::Empty),
        ("denied", Self::Denied),
        ("error", Self::Error),
    ];

    /// The state of a keyword.
    #[must_use]
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == keyword).map(|(_, state)| *state)
    }

    /// The keyword, as templates compare it.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        Self::ALL.iter().find(|(_, state)| *state == self).map_or("ready", |(keyword, _)| keyword)
    }

    /// The state that data is in by itself.
    #[must_use]
    pub fn of(data: &FriendData) -> Self {
        match &data.failure {
            Some(failure) if failure.kind == FailureKind::Denied => Self::Denied,
            Some(_) => Self::Error,
            None if data.friends.is_empty() => Self::Empty,
            None => Self::Ready,
        }
    }
}

/// What became of a message to a friend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It is on its way.
    Sending,
    /// It was sent.
    Sent,
    /// It could not be sent.
    Failed,
}

impl Mark {
    /// The member of a friend that says so in templates.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}
