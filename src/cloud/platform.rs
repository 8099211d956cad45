//! Which platform has which call, where it may be made, and what may be stored.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result, closest};

/// A platform that stores data for a game's players. (WPS has no such storage.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// TikTok mini games.
    TikTok,
    /// WeChat mini games.
    WeChat,
    /// Douyin mini games.
    Douyin,
}

/// Where a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// The game's own code.
    Main,
    /// The open data domain: the only place where friends' data may be read.
    OpenData,
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Main => "main domain",
            Self::OpenData => "open data domain",
        })
    }
}

/// A call of the cloud storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Stores pairs of the player.
    SetUserCloudStorage,
    /// Removes pairs of the player.
    RemoveUserCloudStorage,
    /// The player's own pairs under some keys.
    GetUserCloudStorage,
    /// The keys under which the player has pairs.
    GetUserCloudStorageKeys,
    /// Friends, with their pairs under some keys.
    GetFriendCloudStorage,
    /// WeChat: a group's members, with their pairs under some keys.
    GetGroupCloudStorage,
    /// Douyin: friends, a group or people that the platform suggests.
    GetCloudStorageByRelation,
    /// Douyin: makes the player a member of a group.
    SetUserGroup,
}

impl Call {
    /// All calls.
    pub const ALL: [Self; 8] = [
        Self::SetUserCloudStorage,
        Self::RemoveUserCloudStorage,
        Self::GetUserCloudStorage,
        Self::GetUserCloudStorageKeys,
        Self::GetFriendCloudStorage,
        Self::GetGroupCloudStorage,
        Self::GetCloudStorageByRelation,
        Self::SetUserGroup,
    ];

    /// The platforms' own name of the call.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SetUserCloudStorage => "setUserCloudStorage",
            Self::RemoveUserCloudStorage => "removeUserCloudStorage",
            Self::GetUserCloudStorage => "getUserCloudStorage",
            Self::GetUserCloudStorageKeys => "getUserCloudStorageKeys",
            Self::GetFriendCloudStorage => "getFriendCloudStorage",
            Self::GetGroupCloudStorage => "getGroupCloudStorage",
            Self::GetCloudStorageByRelation => "getCloudStorageByRelation",
            Self::SetUserGroup => "setUserGroup",
        }
    }
}

/// What a platform stores, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StorageLimits {
    /// Pairs of one player.
    pub pairs: usize,
    /// How keys and values are measured.
    pub measure: Measure,
    /// The longest key.
    pub key: usize,
    /// The longest value; `None` where only the pair as a whole is limited.
    pub value: Option<usize>,
    /// The longest key and value together; `None` where each is limited by itself.
    pub pair: Option<usize>,
}

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters as scripts count them: UTF-16 code units.
    Characters,
}

impl Measure {
    pub(super) fn of(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Characters => text.encode_utf16().count(),
        }
    }

    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Characters => "characters",
        }
    }
}

impl Platform {
    /// All platforms with a cloud storage.
    pub const ALL: [Self; 3] = [Self::TikTok, Self::WeChat, Self::Douyin];

    /// The platform's name in commands and scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TikTok => "tiktok",
            Self::WeChat => "wechat",
            Self::Douyin => "douyin",
        }
    }

    /// The global object whose functions the calls are.
    #[must_use]
    pub fn global(self) -> &'static str {
        match self {
            Self::TikTok | Self::Douyin => "tt",
            Self::WeChat => "wx",
        }
    }

    /// True where the platform has the call in that domain. What writes the player's own data may be called from either;
    /// what reads, from the open data domain only.
    ///
    /// ```
    /// use friendboard::cloud::{Call, Domain, Platform};
    /// assert!(Platform::WeChat.has(Call::SetUserCloudStorage, Domain::Main));
    /// assert!(!Platform::WeChat.has(Call::GetFriendCloudStorage, Domain::Main));
    /// assert!(!Platform::Douyin.has(Call::GetFriendCloudStorage, Domain::OpenData));
    /// ```
    #[must_use]
    pub fn has(self, call: Call, domain: Domain) -> bool {
        let offered = match call {
            Call::SetUserCloudStorage
            | Call::RemoveUserCloudStorage
            | Call::GetUserCloudStorage
            | Call::GetUserCloudStorageKeys => true,
            Call::GetFriendCloudStorage => self != Self::Douyin,
            Call::GetGroupCloudStorage => self == Self::WeChat,
            Call::GetCloudStorageByRelation | Call::SetUserGroup => self == Self::Douyin,
        };
        let writes = matches!(call, Call::SetUserCloudStorage | Call::RemoveUserCloudStorage | Call::SetUserGroup);
        offered && (writes || domain == Domain::OpenData)
    }

    /// True where the player must have allowed the call. On WeChat the documents name them; reading one's own pairs
    /// is free everywhere.
    #[must_use]
    pub fn needs_authorisation(self, call: Call) -> bool {
        match call {
            Call::GetFriendCloudStorage | Call::GetGroupCloudStorage | Call::GetCloudStorageByRelation => true,
            Call::GetUserCloudStorageKeys => self == Self::WeChat,
            _ => false,
        }
    }

    /// The documents' limits. TikTok's say nothing about the number of pairs: there, the ceiling is ours.
    pub(super) fn storage_limits(self) -> StorageLimits {
        match self {
            Self::TikTok => {
                StorageLimits { pairs: 1_024, measure: Measure::Characters, key: 128, value: Some(2_048), pair: None }
            }
            Self::WeChat | Self::Douyin => {
                StorageLimits { pairs: 128, measure: Measure::Bytes, key: 128, value: None, pair: Some(1_024) }
            }
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Platform {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|platform| platform.name() == name).ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let error = Error::new(ErrorKind::Usage, format!("expected tiktok, wechat or douyin, found {shown:?}"));
            match closest(name, Self::ALL.map(Self::name)) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })
    }
}
