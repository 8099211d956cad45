//! The platforms' cloud storage: a player's pairs, the friends' and a group's, with each platform's limits and answers.
//!
//! ```text
//! a call with its arguments ──Cloud (limits, domains, answers)──▶ CloudStorage ──▶ Records in memory, or FileStorage (native)
//! ```
//!
//! A [`CloudStorage`] only keeps; [`Cloud`] is the platform in front of it.
//!
//! ```
//! use friendboard::cloud::{Cloud, Domain, Platform, Records};
//! use serde_json::json;
//!
//! let mut cloud = Cloud::new(Platform::WeChat, "me", Records::default());
//! let score = json!({"KVDataList": [{"key": "score", "value": "9007199254740993"}]});
//! let reply = cloud.call(Domain::Main, "setUserCloudStorage", &score)?;
//! assert_eq!(reply.answer.to_json(), r#"{"errMsg":"setUserCloudStorage:ok"}"#);
//!
//! let friends = cloud.call(Domain::OpenData, "getFriendCloudStorage", &json!({"keyList": ["score"]}))?;
//! assert_eq!(friends.answer.complete()["data"][0]["KVDataList"][0]["value"], "9007199254740993");
//! assert!(cloud.call(Domain::Main, "getFriendCloudStorage", &json!({"keyList": ["score"]})).is_err());
//! # Ok::<(), friendboard::Error>(())
//! ```

mod answer;
mod calls;
#[cfg(feature = "native")]
mod file;
mod platform;
mod records;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use answer::{Answer, Reply};
pub use calls::Cloud;
#[cfg(feature = "native")]
pub use file::FileStorage;
pub use platform::{Call, Domain, Platform};
pub use records::{GroupRecord, Records};

use crate::error::Result;

/// A player, as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Player {
    /// The platform's identity of the person; empty where the data had none.
    pub openid: String,
    /// The name.
    pub nickname: String,
    /// The avatar's address.
    pub avatar_url: String,
    /// The pairs of the cloud storage.
    pub pairs: BTreeMap<String, String>,
}

/// How a group is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey<'a> {
    /// By its identity: `groupid`, `groupId`, `openGId`.
    Id(&'a str),
    /// By the ticket of a message that was shared to it.
    ShareTicket(&'a str),
}

/// What keeps the players' data. It knows no limits and no platforms: that is [`Cloud`]'s part.
///
/// Every change is done wholly or not at all, and is kept when the call returns.
pub trait CloudStorage {
    /// A player; `None` where nothing is known of this openid.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn player(&self, openid: &str) -> Result<Option<Player>>;

    /// A player's friends, with the player among them where they are known.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn friends(&self, openid: &str) -> Result<Vec<Player>>;

    /// People whom the player does not know: whom a platform might suggest.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn strangers(&self, openid: &str) -> Result<Vec<Player>>;

    /// A group's members; `None` where there is no such group.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn group(&self, key: GroupKey<'_>) -> Result<Option<Vec<Player>>>;

    /// Stores pairs of a player beside what is there; a player who is not known becomes so.
    ///
    /// # Errors
    /// Where the storage can't be written; then it is as before.
    fn set(&mut self, openid: &str, pairs: &BTreeMap<String, String>) -> Result<()>;

    /// Removes pairs of a player; keys that are not there are passed over.
    ///
    /// # Errors
    /// Where the storage can't be written; then it is as before.
    fn remove(&mut self, openid: &str, keys: &[String]) -> Result<()>;

    /// Makes a player a member of a group, which comes to be with its first member.
    ///
    /// # Errors
    /// Where the storage can't be written; then it is as before.
    fn join(&mut self, openid: &str, group: &str) -> Result<()>;
}
