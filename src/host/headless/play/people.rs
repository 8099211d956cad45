//! The friends and groups of a script, as a platform's storage keeps them.

use std::collections::{BTreeMap, BTreeSet};

use crate::cloud::{CloudStorage, GroupKey, PlayerRecord, Records};
use crate::error::{Diagnostics, Result};
use crate::friends::{self, FriendData, Group, ReadOptions};
use crate::json::{Source, Value};
use crate::reading::Reading;

/// The people of a script: the player's friends, and the members of groups. A group that the script does not name has
/// the friends as its members, and the player is one of every list.
#[derive(Clone, Debug)]
pub struct People {
    friends: PeopleList,
    /// By shareTicket or identity.
    groups: BTreeMap<String, PeopleList>,
}

/// One list of people as a script has it.
#[derive(Clone, Debug, Default)]
struct PeopleList {
    players: Vec<PlayerRecord>,
    /// The group, where the data says something of one: it stands beside the members.
    group: Option<Group>,
    /// Data that no storage could have answered (a failure, something broken, a page of the platform's ranking): it is
    /// answered as it is written.
    as_written: Option<String>,
}

impl People {
    /// The people of a script's data, each list in any platform's shape. What can't be read of an entry is in
    /// the diagnostics.
    pub fn read(friends: &Source, groups: &BTreeMap<String, Source>, reading: &mut Reading<'_>) -> (Self, Option<String>) {
        let (friends, self_openid) = PeopleList::read(friends, reading);
        let groups = groups.iter().map(|(name, data)| (name.clone(), PeopleList::read(data, reading).0)).collect();
        (Self { friends, groups }, self_openid)
    }

    fn list(&self, group: Option<&str>) -> &PeopleList {
        group.and_then(|name| self.groups.get(name)).unwrap_or(&self.friends)
    }

    /// What a list is answered with in place of what the storage answers; `None`: nothing.
    pub fn as_written(&self, group: Option<&str>) -> Option<&str> {
        self.list(group).as_written.as_deref()
    }

    /// What is known of a list's group, as friend data spells it.
    pub fn group_facts(&self, group: Option<&str>) -> Option<Value> {
        let Group { name, id, members } = self.list(group).group.as_ref()?;
        Some(Value::map([("name", Value::from(name)), ("id", Value::from(id)), ("members", Value::from(*members))]))
    }

    /// The keys that people of a list have something under, where nobody has anything under the ones that are asked
    /// for; else none.
    pub fn unasked_keys(&self, group: Option<&str>, asked: &[&str]) -> Vec<&str> {
        let keys = self.list(group).players.iter().flat_map(|player| player.pairs.keys());
        let keys: BTreeSet<&str> = keys.map(String::as_str).collect();
        if asked.iter().any(|key| keys.contains(key)) { Vec::new() } else { keys.into_iter().collect() }
    }

    fn lists(&self) -> impl Iterator<Item = &PeopleList> {
        std::iter::once(&self.friends).chain(self.groups.values())
    }

    /// Changes the player in every list.
    fn change(&mut self, openid: &str, mut change: impl FnMut(&mut PlayerRecord)) {
        // A script that does not say who plays has nobody to store anything for.
        if openid.is_empty() {
            return;
        }
        for PeopleList { players, .. } in std::iter::once(&mut self.friends).chain(self.groups.values_mut()) {
            if !players.iter().any(|player| player.openid == openid) {
                players.push(PlayerRecord { openid: openid.to_owned(), ..PlayerRecord::default() });
            }
            players.iter_mut().filter(|player| player.openid == openid).for_each(&mut change);
        }
    }
}

impl PeopleList {
    /// A list, and who its data says self is.
    fn read(source: &Source, reading: &mut Reading<'_>) -> (Self, Option<String>) {
        let mut said = Diagnostics::new();
        let document = source.document(reading.limits);
        let data = document.and_then(|document| {
            friends::read_document(document, &ReadOptions::default(), &mut Reading::new(reading.limits, &mut said))
        });
        let Some(data) = data.ok().filter(is_of_a_storage) else {
            return (Self { as_written: Some(source.text().to_owned()), ..Self::default() }, None);
        };
        // What is wrong with a value is said when it is answered and read again.
        for diagnostic in said.as_slice().iter().filter(|diagnostic| !friends::SCORE_DIAGNOSTICS.contains(&diagnostic.code)) {
            reading.push(diagnostic.clone());
        }
        let identity = &data.self_identity;
        let self_openid = match data.friends.iter().find(|friend| identity.is(*friend)) {
            Some(friend) => friend.openid().into_owned(),
            None => identity.openid.to_string(),
        };
        let self_openid = Some(self_openid).filter(|openid| !openid.is_empty());
        (Self { players: Records::from_friends(&data).players, group: data.group, as_written: None }, self_openid)
    }
}

/// True for friends with pairs, which a storage could have answered.
fn is_of_a_storage(data: &FriendData) -> bool {
    let has_scores = data.friends.iter().any(|friend| friend.score().is_some());
    data.failure.is_none() && !data.is_own && (!has_scores || data.score_key.is_some())
}

impl CloudStorage for People {
    fn player(&self, openid: &str) -> Result<Option<PlayerRecord>> {
        let mut players = self.lists().flat_map(|list| &list.players);
        Ok(players.find(|player| !openid.is_empty() && player.openid == openid).cloned())
    }

    fn friends(&self, _openid: &str) -> Result<Vec<PlayerRecord>> {
        Ok(self.friends.players.clone())
    }

    fn strangers(&self, _openid: &str) -> Result<Vec<PlayerRecord>> {
        let is_friend = |player: &&PlayerRecord| self.friends.players.iter().any(|friend| friend.openid == player.openid);
        let members = self.groups.values().flat_map(|group| &group.players);
        Ok(members.filter(|player| !is_friend(player)).cloned().collect())
    }

    fn group(&self, key: GroupKey<'_>) -> Result<Option<Vec<PlayerRecord>>> {
        Ok(Some(self.list(Some(key.name())).players.clone()))
    }

    fn set(&mut self, openid: &str, pairs: &BTreeMap<String, String>) -> Result<()> {
        self.change(openid, |player| player.pairs.extend(pairs.clone()));
        Ok(())
    }

    fn remove(&mut self, openid: &str, keys: &[String]) -> Result<()> {
        self.change(openid, |player| player.pairs.retain(|key, _| !keys.contains(key)));
        Ok(())
    }

    fn join(&mut self, _openid: &str, _group: &str) -> Result<()> {
        // The player is a member of every group.
        Ok(())
    }
}
