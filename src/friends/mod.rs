//! The platforms' spellings of friend data, exact scores, ranking.
//!
//! ```text
//! JSON ──read──▶ FriendData (friends, group, self, or the platform's failure) ──rank──▶ Ranking
//! ```
//!
//! [`read`] takes what TikTok, WeChat and Douyin answer, and what games make of it; [`rank`] puts it in order.
//!
//! ```
//! use friendboard::friends::{rank, read, RankOptions, ReadOptions};
//! use friendboard::{Diagnostics, Limits, Reading};
//!
//! let json = r#"{"errMsg": "getFriendCloudStorage:ok", "data": [
//!     {"openid": "a", "nickname": "Ann", "avatarUrl": "", "KVDataList": [{"key": "score", "value": "9007199254740993"}]},
//!     {"openid": "b", "nickname": "Bo", "avatarUrl": "", "KVDataList": [{"key": "score", "value": "9007199254740992"}]}]}"#;
//! let data = read(json, "friends.json", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut Diagnostics::new()))?;
//! let ranking = rank(&data, &RankOptions { self_openid: Some("b".into()), ..Default::default() });
//! assert_eq!(ranking.entry(0).unwrap().friend.nickname(), "Ann");
//! let target = ranking.next_to_beat().unwrap();
//! assert_eq!(target.gap.unwrap().to_string(), "1");
//! # Ok::<(), friendboard::Error>(())
//! ```

mod choose;
mod duplicates;
mod entry;
mod entry_reader;
mod failure;
mod friend;
mod names;
mod order;
mod page;
mod path;
mod rank_options;
mod ranking;
mod read;
mod score;
mod shapes;

use std::sync::Arc;

pub use crate::moment::{Period, Since, Zone, milliseconds};
pub use failure::{FailureKind, PlatformFailure};
pub use friend::{Friend, Friends, Person};
pub use page::Page;
pub use rank_options::{Order, RankOptions, ThenBy, Ties, WithoutScore};
pub use ranking::{Entries, RankEntry, Ranking, Target, rank};
pub use read::{ReadOptions, SCORE_DIAGNOSTICS, read, read_document};
pub use score::Score;

/// What a platform answered: friends in the order in which they came, or its failure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FriendData {
    /// The friends that could be read, in the order of the data.
    pub friends: Friends,
    /// The group that they are members of, where the data names one.
    pub group: Option<Group>,
    /// Who 'self' is, where the data says so.
    pub self_identity: Identity,
    /// The platform's failure, where it answered with one in place of data.
    pub failure: Option<PlatformFailure>,
    /// The key that the scores were read from; `None` where no friend has a score under a key.
    pub score_key: Option<Arc<str>>,
    /// True where the data is one user's own (`getUserCloudStorage`): its one friend is self, and has no openid.
    pub is_own: bool,
    /// The page of a longer order that this is, where the data says so (Douyin's `getImRankData`).
    pub page: Option<Page>,
    /// How many entries were dropped: malformed ones, and second entries of one person.
    pub dropped: usize,
}

/// The group of a group's board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name; empty where the data has none.
    pub name: Arc<str>,
    /// Its identity (`openGId`, `groupId`); empty where the data has none.
    pub id: Arc<str>,
    /// How many members it has, where the data says so.
    pub members: Option<usize>,
}

/// Who somebody is: by openid, or else by avatar and name together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The platform's identity; empty: not known.
    pub openid: Arc<str>,
    /// The avatar's address; empty: not known.
    pub avatar_url: Arc<str>,
    /// The name; empty: not known.
    pub nickname: Arc<str>,
}

impl Identity {
    /// Somebody known by openid.
    #[must_use]
    pub fn openid(openid: impl Into<Arc<str>>) -> Self {
        Self { openid: openid.into(), ..Self::default() }
    }

    /// True where it fits nobody.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.openid.is_empty() && (self.avatar_url.is_empty() || self.nickname.is_empty())
    }

    /// True where the friend is this person: the same openid where both have one, else the same avatar and name.
    #[must_use]
    pub fn is(&self, friend: Friend<'_>) -> bool {
        if !self.openid.is_empty() {
            let openid = friend.openid();
            if !openid.is_empty() {
                return *self.openid == *openid;
            }
        }
        !self.avatar_url.is_empty()
            && !self.nickname.is_empty()
            && *self.avatar_url == *friend.avatar_url()
            && *self.nickname == *friend.nickname()
    }
}
