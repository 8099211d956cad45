//! What keeps the players' data.

use serde::{Deserialize, Serialize};

use super::pairs;
use crate::error::Result;
use crate::sorted::BTreeMap;

/// A player, as stored. As JSON it is what the platforms write: `{openid, nickname, avatarUrl, KVDataList: [{key, value}]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlayerRecord {
    /// The platform's identity of the person; empty where the data had none.
    pub openid: String,
    /// The name.
    pub nickname: String,
    /// The avatar's address.
    #[serde(rename = "avatarUrl")]
    pub avatar_url: String,
    /// The pairs of the cloud storage.
    #[serde(rename = "KVDataList", with = "pairs")]
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

impl<'a> GroupKey<'a> {
    /// The name, of whichever kind.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Id(name) | Self::ShareTicket(name) => name,
        }
    }
}

/// What keeps the players' data. It knows no limits and no platforms: that is [`Cloud`](super::Cloud)'s part.
///
/// Every change is done wholly or not at all, and is kept when the call returns.
pub trait CloudStorage {
    /// A player; `None` where nothing is known of this openid.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn player(&self, openid: &str) -> Result<Option<PlayerRecord>>;

    /// A player's friends, with the player among them where they are known.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn friends(&self, openid: &str) -> Result<Vec<PlayerRecord>>;

    /// People whom the player does not know: whom a platform might suggest.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn strangers(&self, openid: &str) -> Result<Vec<PlayerRecord>>;

    /// A group's members; `None` where there is no such group.
    ///
    /// # Errors
    /// Where the storage can't be read.
    fn group(&self, key: GroupKey<'_>) -> Result<Option<Vec<PlayerRecord>>>;

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
