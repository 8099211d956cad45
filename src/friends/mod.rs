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
//! assert_eq!(&*ranking.entries()[0].friend.nickname, "Ann");
//! let target = ranking.next_to_beat().unwrap();
//! assert_eq!(target.gap.unwrap().to_string(), "1");
//! # Ok::<(), friendboard::Error>(())
//! ```

mod choose;
mod entry_reader;
mod failure;
mod keys;
mod page;
mod path;
mod ranking;
mod read;
mod row;
mod score;
mod shapes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::json::Value;
pub use crate::moment::{Period, Since, Zone, milliseconds};
use crate::number::Number;
pub use failure::{FailureKind, PlatformFailure};
pub use page::Page;
pub use ranking::{Order, RankEntry, RankOptions, Ranking, Target, ThenBy, Ties, WithoutScore, rank};
pub use read::{ReadOptions, SCORE_DIAGNOSTICS, read, read_node};
pub use score::Score;

/// What a platform answered: friends in the order in which they came, or its failure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FriendData {
    /// The friends that could be read, in the order of the data.
    pub friends: Vec<Arc<Friend>>,
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
    /// The player, where such a page has them not.
    pub self_outside: Option<Arc<Friend>>,
    /// How many entries were dropped: malformed ones, and second entries of one person.
    pub dropped: usize,
}

/// One friend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Friend {
    /// Place of the entry in the data, from 0.
    pub index: usize,
    /// The platform's identity of the person; empty where the data has none.
    pub openid: Arc<str>,
    /// The name as it was given; empty where the data has none.
    pub nickname: Arc<str>,
    /// The avatar's address exactly as it was given; empty where there is none.
    pub avatar_url: Arc<str>,
    /// The score; `None` where none is stored, or what is stored is none.
    pub score: Option<Score>,
    /// Every pair of the cloud storage, values as they were given: strings as their text, anything else as its JSON.
    /// Other members of the entry that hold a string, a number or a boolean (`extra`, `city`, `level`) are here too,
    /// after the pairs of the same name.
    pub kv: BTreeMap<Arc<str>, Arc<str>>,
}

impl Friend {
    /// What is stored at a path: a key, or a key and the names of members with dots between, where the value is JSON.
    ///
    /// ```
    /// use friendboard::friends::Friend;
    /// let kv = [("daily".into(), r#"{"date": "2026-11-25", "highestScore": 310}"#.into())].into();
    /// let friend = Friend { kv, ..Friend::default() };
    /// assert_eq!(friend.value_at("daily.highestScore").unwrap().to_json(), "310");
    /// assert!(friend.value_at("daily.lowestScore").is_none());
    /// ```
    #[must_use]
    pub fn value_at(&self, path: &str) -> Option<Value> {
        path::value_at(&self.kv, path)
    }

    /// The rank that the friend had before, as a game stores it beside the score.
    #[must_use]
    pub fn former_rank(&self) -> Option<i128> {
        // Most friends have none, and have few keys: that is seen sooner than each name is looked up.
        if !self.kv.keys().any(|key| FORMER_RANK.contains(&&**key)) {
            return None;
        }
        let found = FORMER_RANK.iter().find_map(|key| self.value_at(key))?;
        match &found {
            Value::Number(number) => number.as_integer(),
            other => Number::parse(&other.to_text()).and_then(|number| number.as_integer()),
        }
    }
}

/// The keys that games store a former rank under, the most usual first.
const FORMER_RANK: [&str; 3] = ["lastRank", "last_rank", "previousRank"];

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
    pub fn is(&self, friend: &Friend) -> bool {
        if !self.openid.is_empty() && !friend.openid.is_empty() {
            return self.openid == friend.openid;
        }
        !self.avatar_url.is_empty()
            && !self.nickname.is_empty()
            && self.avatar_url == friend.avatar_url
            && self.nickname == friend.nickname
    }
}
