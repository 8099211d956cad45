//! The records themselves: in memory, and as JSON.

use serde::{Deserialize, Serialize};

use super::storage::{CloudStorage, GroupKey, PlayerRecord};
use crate::error::{Error, ErrorKind, Result};
use crate::friends::FriendData;
use crate::json::{self, Ceiling};
use crate::limits::Limits;
use crate::sorted::BTreeMap;

/// All that is stored: by itself a storage that lasts as long as it is held. As JSON:
///
/// ```json
/// {
///   "players": [{"openid": "a", "nickname": "Ann", "avatarUrl": "a.png", "KVDataList": [{"key": "score", "value": "7"}]}],
///   "friends": {"a": ["b"]},
///   "groups": [{"groupId": "g", "shareTickets": ["t"], "members": ["a", "b"]}]
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Records {
    /// The players, in the order in which friends are answered.
    pub players: Vec<PlayerRecord>,
    /// Whose friends are who, by openid. Who is not named here is everybody's friend.
    pub friends: BTreeMap<String, Vec<String>>,
    /// The groups.
    pub groups: Vec<GroupRecord>,
}

/// A group, as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GroupRecord {
    /// Its identity.
    pub group_id: String,
    /// The tickets of messages that were shared to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub share_tickets: Vec<String>,
    /// Its members by openid; `None` is everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
}

impl Records {
    /// The records that would have given this friend data: everybody in it is a friend and, where the data names a
    /// group, a member of that group.
    #[must_use]
    pub fn from_friends(data: &FriendData) -> Self {
        let players = data.friends.iter().map(|friend| PlayerRecord {
            openid: friend.openid().into_owned(),
            nickname: friend.nickname().into_owned(),
            avatar_url: friend.avatar_url().into_owned(),
            pairs: friend.kv().iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
        });
        let group = data.group.iter().filter(|group| !group.id.is_empty());
        let groups = group.map(|group| GroupRecord { group_id: group.id.to_string(), ..GroupRecord::default() });
        Self { players: players.collect(), friends: BTreeMap::new(), groups: groups.collect() }
    }

    /// Reads records as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] with line and column where the text is not JSON or not records.
    pub fn from_json(text: &str, document: &str) -> Result<Self> {
        let ceiling = Ceiling { bytes: usize::MAX, ..Ceiling::data(&Limits::default()) };
        json::read(text, document, ceiling).map_err(|error| {
            let place = error.place().clone();
            let message = format!("expected the records of a cloud storage, found an error: {}", error.message());
            Error::new(ErrorKind::Data, message)
                .at(place)
                .hint("they are {players: [{openid, nickname, avatarUrl, KVDataList}], friends: {}, groups: []}")
        })
    }

    /// The records as JSON, the same for the same records.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write_pretty(self) + "\n"
    }

    fn find(&self, openid: &str) -> Option<&PlayerRecord> {
        self.players.iter().find(|player| player.openid == openid)
    }

    fn find_or_add(&mut self, openid: &str) -> &mut PlayerRecord {
        let index = self.players.iter().position(|player| player.openid == openid).unwrap_or_else(|| {
            self.players.push(PlayerRecord { openid: openid.to_owned(), ..PlayerRecord::default() });
            self.players.len() - 1
        });
        &mut self.players[index]
    }

    fn group_of(&self, key: GroupKey<'_>) -> Option<&GroupRecord> {
        self.groups.iter().find(|group| match key {
            GroupKey::Id(id) => group.group_id == id,
            GroupKey::ShareTicket(ticket) => group.share_tickets.iter().any(|known| known == ticket),
        })
    }

    fn select(&self, mut wanted: impl FnMut(&PlayerRecord) -> bool) -> Vec<PlayerRecord> {
        self.players.iter().filter(|player| wanted(player)).cloned().collect()
    }

    fn knows(&self, openid: &str, player: &PlayerRecord) -> bool {
        player.openid == openid || self.friends.get(openid).is_none_or(|friends| friends.contains(&player.openid))
    }
}

impl CloudStorage for Records {
    fn player(&self, openid: &str) -> Result<Option<PlayerRecord>> {
        Ok(self.find(openid).cloned())
    }

    fn friends(&self, openid: &str) -> Result<Vec<PlayerRecord>> {
        Ok(self.select(|player| self.knows(openid, player)))
    }

    fn strangers(&self, openid: &str) -> Result<Vec<PlayerRecord>> {
        Ok(self.select(|player| !self.knows(openid, player)))
    }

    fn group(&self, key: GroupKey<'_>) -> Result<Option<Vec<PlayerRecord>>> {
        Ok(self
            .group_of(key)
            .map(|group| self.select(|player| group.members.as_ref().is_none_or(|members| members.contains(&player.openid)))))
    }

    fn set(&mut self, openid: &str, pairs: &BTreeMap<String, String>) -> Result<()> {
        let player = self.find_or_add(openid);
        player.pairs.extend(pairs.iter().map(|(key, value)| (key.clone(), value.clone())));
        Ok(())
    }

    fn remove(&mut self, openid: &str, keys: &[String]) -> Result<()> {
        if let Some(player) = self.players.iter_mut().find(|player| player.openid == openid) {
            for key in keys {
                player.pairs.remove(key);
            }
        }
        Ok(())
    }

    fn join(&mut self, openid: &str, group: &str) -> Result<()> {
        self.find_or_add(openid);
        let Some(known) = self.groups.iter_mut().find(|known| known.group_id == group) else {
            let members = Some(vec![openid.to_owned()]);
            self.groups.push(GroupRecord { group_id: group.to_owned(), share_tickets: Vec::new(), members });
            return Ok(());
        };
        if let Some(members) = &mut known.members
            && !members.iter().any(|member| member == openid)
        {
            members.push(openid.to_owned());
        }
        Ok(())
    }
}
