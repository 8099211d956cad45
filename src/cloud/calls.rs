//! The platform in front of a storage: who may call what, limits, answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::answer::{Cause, Refusal, Reply};
use super::platform::{Call, Domain, Platform};
use super::{CloudStorage, GroupKey, Player};
use crate::error::{Error, ErrorKind, Result, closest};
use crate::number::Number;

/// How many people Douyin's `getCloudStorageByRelation` answers with, at most.
const RELATIONS: usize = 100;

/// A platform's cloud storage as one player's game sees it.
#[derive(Clone, Debug)]
pub struct Cloud<S> {
    platform: Platform,
    openid: String,
    authorised: bool,
    rank_keys: BTreeSet<String>,
    storage: S,
}

impl<S: CloudStorage> Cloud<S> {
    /// The storage of a platform as the player `openid` sees it, who has allowed everything.
    pub fn new(platform: Platform, openid: impl Into<String>, storage: S) -> Self {
        Self { platform, openid: openid.into(), authorised: true, rank_keys: BTreeSet::new(), storage }
    }

    /// With what the player has allowed: without it, calls that read friends fail as not authorised.
    pub fn set_authorised(&mut self, authorised: bool) {
        self.authorised = authorised;
    }

    /// With the keys that the game has configured as rankings with Douyin: values under them must be
    /// `{"ttgame": {"score": …}}`, and groups are sorted by them. Other platforms have none.
    #[must_use]
    pub fn with_rank_keys(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.rank_keys = keys.into_iter().collect();
        self
    }

    /// Which platform it is.
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// What keeps the data.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// What keeps the data, to change it behind the platform's back.
    pub fn storage_mut(&mut self) -> &mut S {
        &mut self.storage
    }

    /// Answers a call by its name, with the object that the game gives (`success`, `fail` and `complete` are not looked
    /// at).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the platform has no such function in that domain: a game's script would throw. What
    /// the platform refuses is no error of this call but an [`Answer::Fail`](super::Answer::Fail).
    pub fn call(&mut self, domain: Domain, name: &str, arguments: &Value) -> Result<Reply> {
        let known = Call::ALL.into_iter().find(|call| call.name() == name);
        let Some(call) = known.filter(|&call| self.platform.has(call, domain)) else {
            return Err(self.not_a_function(domain, name, known));
        };
        let answered = if self.platform.needs_authorisation(call) && !self.authorised {
            let detail = "expected the player's authorisation, which was not given";
            Err(Refusal::new(Cause::NotAllowed, "auth deny", "", detail))
        } else {
            self.answer(call, arguments)
        };
        Ok(answered.unwrap_or_else(|refusal| refusal.reply(self.platform, call)))
    }

    fn not_a_function(&self, domain: Domain, name: &str, known: Option<Call>) -> Error {
        let shown: String = name.chars().take(60).collect();
        let message = format!("{}.{shown} is not a function in the {domain} ({})", self.platform.global(), self.platform);
        let error = Error::new(ErrorKind::Usage, message);
        match known {
            Some(call) if self.platform.has(call, Domain::OpenData) => error.hint("call it in the open data domain"),
            Some(_) => error.hint("it is another platform's"),
            None => match closest(name, Call::ALL.map(Call::name)) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            },
        }
    }

    fn answer(&mut self, call: Call, arguments: &Value) -> Result<Reply, Refusal> {
        match call {
            Call::SetUserCloudStorage => self.set(arguments),
            Call::RemoveUserCloudStorage => {
                let keys = key_list(arguments)?;
                self.storage.remove(&self.openid, &keys).map_err(failed)?;
                Ok(Reply::success(call, []))
            }
            Call::GetUserCloudStorage => {
                let keys = key_list(arguments)?;
                let own = self.storage.player(&self.openid).map_err(failed)?.unwrap_or_default();
                // Douyin's documents name the list `data`; the others' `KVDataList`.
                let field = if self.platform == Platform::Douyin { "data" } else { "KVDataList" };
                Ok(Reply::success(call, [(field, pairs_of(&own, &keys))]))
            }
            Call::GetUserCloudStorageKeys => {
                let own = self.storage.player(&self.openid).map_err(failed)?.unwrap_or_default();
                Ok(Reply::success(call, [("keys", own.pairs.into_keys().collect())]))
            }
            Call::GetFriendCloudStorage => {
                let keys = key_list(arguments)?;
                let friends = self.storage.friends(&self.openid).map_err(failed)?;
                Ok(Reply::success(call, [("data", rows(&friends, &keys))]))
            }
            Call::GetGroupCloudStorage => {
                let keys = key_list(arguments)?;
                let members = self.members(&group_key(arguments)?)?;
                Ok(Reply::success(call, [("data", rows(&members, &keys))]))
            }
            Call::GetCloudStorageByRelation => self.by_relation(arguments),
            Call::SetUserGroup => {
                let group = text(arguments, "groupId")?;
                self.storage.join(&self.openid, &group).map_err(failed)?;
                Ok(Reply::success(call, []))
            }
        }
    }

    fn set(&mut self, arguments: &Value) -> Result<Reply, Refusal> {
        let limits = self.platform.storage_limits();
        let field = if self.platform == Platform::TikTok { "data" } else { "KVDataList" };
        let list = match arguments.get(field) {
            Some(Value::Array(list)) => list,
            found => {
                let detail = format!("expected {field}: [{{key, value}}], found {}", kind(found));
                return Err(Refusal::new(Cause::Parameter, format!("{field} must be an Array"), field, detail));
            }
        };
        if list.is_empty() {
            let text = format!("{field}.length must greater than 0");
            return Err(Refusal::new(Cause::Parameter, text, field, "expected a pair at least, found an empty list"));
        }
        let mut pairs = BTreeMap::new();
        for (index, item) in list.iter().enumerate() {
            let path = format!("{field}[{index}]");
            let member = |name: &str| item.get(name).and_then(Value::as_str);
            let (Some(key), Some(value)) = (member("key").filter(|key| !key.is_empty()), member("value")) else {
                let wrong = ["key", "value"].into_iter().find(|name| member(name).is_none_or(str::is_empty));
                let found = wrong.and_then(|name| item.get(name));
                let detail =
                    format!("expected {{key, value}} of two strings, found {} {}", wrong.unwrap_or("key"), kind(found));
                return Err(Refusal::new(Cause::Pair, "invalid KVData item", path, detail));
            };
            let (of_key, of_value, unit) = (limits.measure.of(key), limits.measure.of(value), limits.measure.unit());
            if of_key > limits.key {
                let detail = format!("expected a key of at most {} {unit}, found {of_key}", limits.key);
                let text = "some keys in list meet length exceed";
                return Err(Refusal::new(Cause::KeyLength, text, path + ".key", detail));
            }
            let over = match (limits.value, limits.pair) {
                (Some(most), _) if of_value > most => Some(("a value", most, of_value)),
                (_, Some(most)) if of_key + of_value > most => Some(("key and value", most, of_key + of_value)),
                _ => None,
            };
            if let Some((what, most, found)) = over {
                let detail = format!("expected {what} of at most {most} {unit}, found {found}");
                let text = "some key-value in list meet length exceed";
                return Err(Refusal::new(Cause::PairLength, text, path, detail));
            }
            if self.platform == Platform::Douyin && self.rank_keys.contains(key) && rank_score(value).is_none() {
                let detail = format!("expected {{\"ttgame\": {{\"score\": number}}}} under the rank key '{key}'");
                let text = "value of a rank key has a wrong format";
                return Err(Refusal::new(Cause::RankValue, text, path + ".value", detail));
            }
            pairs.insert(key.to_owned(), value.to_owned());
        }
        let stored = self.storage.player(&self.openid).map_err(failed)?.unwrap_or_default();
        let added = pairs.keys().filter(|key| !stored.pairs.contains_key(*key)).count();
        if stored.pairs.len() + added > limits.pairs {
            let detail = format!("expected at most {} pairs a player, found {}", limits.pairs, stored.pairs.len() + added);
            let text = "user has stored too much keys. delete some keys and try again";
            return Err(Refusal::new(Cause::PairCount, text, field, detail));
        }
        self.storage.set(&self.openid, &pairs).map_err(failed)?;
        Ok(Reply::success(Call::SetUserCloudStorage, []))
    }

    fn by_relation(&self, arguments: &Value) -> Result<Reply, Refusal> {
        let keys = key_list(arguments)?;
        let mut people = match arguments.get("type").and_then(Value::as_str) {
            Some("friend") => self.storage.friends(&self.openid).map_err(failed)?,
            Some("recommend") => self.storage.strangers(&self.openid).map_err(failed)?,
            Some("group") => {
                let extra = arguments.get("extra").unwrap_or(&Value::Null);
                let sort_key = text(extra, "sortKey")?;
                if !self.rank_keys.contains(&sort_key) {
                    let detail = format!("expected a sortKey that is configured as a ranking, found '{sort_key}'");
                    return Err(Refusal::new(Cause::Parameter, "invalid sortKey", "extra.sortKey", detail));
                }
                let mut members = self.members(&GroupName::Id(text(extra, "groupId")?))?;
                // The best first; members without a score last, in the order in which they are stored.
                members.sort_by_cached_key(|member| {
                    std::cmp::Reverse(member.pairs.get(&sort_key).and_then(|value| rank_score(value)))
                });
                members
            }
            _ => {
                let detail = format!("expected type friend, recommend or group, found {}", kind(arguments.get("type")));
                return Err(Refusal::new(Cause::Parameter, "invalid type", "type", detail));
            }
        };
        people.truncate(RELATIONS);
        Ok(Reply::success(Call::GetCloudStorageByRelation, [("data", rows(&people, &keys))]))
    }

    fn members(&self, group: &GroupName) -> Result<Vec<Player>, Refusal> {
        let (key, field, name) = match group {
            GroupName::Id(id) => (GroupKey::Id(id), "groupId", id),
            GroupName::Ticket(ticket) => (GroupKey::ShareTicket(ticket), "shareTicket", ticket),
        };
        self.storage.group(key).map_err(failed)?.ok_or_else(|| {
            let detail = format!("expected a group that is known, found {field} '{name}'");
            Refusal::new(Cause::Group, format!("invalid {field}"), field, detail)
        })
    }
}

/// A group as the game names it.
enum GroupName {
    Id(String),
    Ticket(String),
}

/// WeChat's `groupid` or `shareTicket`: one of them.
fn group_key(arguments: &Value) -> Result<GroupName, Refusal> {
    // The platform advises the identity, where both are given.
    for name in ["groupid", "groupId"] {
        if arguments.get(name).is_some_and(|value| !value.is_null()) {
            return text(arguments, name).map(GroupName::Id);
        }
    }
    text(arguments, "shareTicket").map(GroupName::Ticket)
}

/// A required string.
fn text(arguments: &Value, name: &str) -> Result<String, Refusal> {
    match arguments.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        found => {
            let detail = format!("expected {name} as a string, found {}", kind(found));
            Err(Refusal::new(Cause::Parameter, format!("invalid {name}"), name, detail))
        }
    }
}

/// The required `keyList`.
fn key_list(arguments: &Value) -> Result<Vec<String>, Refusal> {
    let found = arguments.get("keyList");
    let keys = found
        .and_then(Value::as_array)
        .and_then(|list| list.iter().map(|key| key.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>());
    keys.ok_or_else(|| {
        let detail = format!("expected keyList as a list of strings, found {}", kind(found));
        Refusal::new(Cause::Parameter, "invalid keyList", "keyList", detail)
    })
}

/// What a storage could not do is the platform's 'system error' to the game.
#[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn failed(error: Error) -> Refusal {
    Refusal::new(Cause::Storage, "system error", "", error.to_string())
}

fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "nothing",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a boolean",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(text)) if text.is_empty() => "an empty string",
        Some(Value::String(_)) => "a string",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    }
}

/// The score by which Douyin ranks a value, `{"ttgame": {"score": number, "update_time": …}, …}`.
fn rank_score(value: &str) -> Option<Number> {
    #[derive(serde::Deserialize)]
    struct Ranked<'a> {
        #[serde(borrow)]
        ttgame: Game<'a>,
    }
    #[derive(serde::Deserialize)]
    struct Game<'a> {
        // As written: a score beyond 2^53 keeps all of its digits.
        #[serde(borrow)]
        score: &'a serde_json::value::RawValue,
    }
    Number::parse(serde_json::from_str::<Ranked<'_>>(value).ok()?.ttgame.score.get())
}

/// A player's pairs under the keys that were asked for, in that order.
fn pairs_of(player: &Player, keys: &[String]) -> Value {
    let mut seen = BTreeSet::new();
    let asked = keys.iter().filter(|key| seen.insert(*key));
    asked.filter_map(|key| player.pairs.get(key).map(|value| json!({"key": key, "value": value}))).collect()
}

fn rows(players: &[Player], keys: &[String]) -> Value {
    players
        .iter()
        .map(|player| {
            json!({
                "avatarUrl": player.avatar_url,
                "nickname": player.nickname,
                "openid": player.openid,
                "KVDataList": pairs_of(player, keys),
            })
        })
        .collect()
}
