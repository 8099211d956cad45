//! The platform in front of a storage: who may call what, limits, answers.

use std::cmp::Reverse;

use super::call::{self, Pair, Relation, StorageCall, refusal};
use super::storage::{CloudStorage, PlayerRecord};
use crate::error::{Diagnostics, Error, ErrorKind, Result, closest};
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;
use crate::platform::arguments::Notes;
use crate::platform::{Answer, Call, Domain, Fault, Finding, Platform, Storage};
use crate::sorted::{BTreeMap, BTreeSet};

/// How many people Douyin's `getCloudStorageByRelation` answers with, at most.
const RELATIONS: usize = 100;

/// A member of an answer.
type AnswerMember = (&'static str, Value);

/// A platform's cloud storage as one player's game sees it.
#[derive(Clone, Debug)]
pub struct Cloud<S> {
    platform: Platform,
    openid: String,
    authorised: bool,
    /// `None`: not known.
    rank_keys: Option<BTreeSet<String>>,
    storage: S,
}

impl<S: CloudStorage> Cloud<S> {
    /// The storage of a platform as the player `openid` sees it, who has allowed everything. No key is configured as a
    /// ranking.
    pub fn new(platform: Platform, openid: impl Into<String>, storage: S) -> Self {
        Self { platform, openid: openid.into(), authorised: true, rank_keys: Some(BTreeSet::new()), storage }
    }

    /// With what the player has allowed: without it, calls that read friends fail as not authorised.
    pub fn set_authorised(&mut self, authorised: bool) {
        self.authorised = authorised;
    }

    /// True where the player has allowed everything.
    pub fn is_authorised(&self) -> bool {
        self.authorised
    }

    /// With the keys that the game has configured as rankings with Douyin: values under them must be
    /// `{"ttgame": {"score": …}}`, and groups are sorted by them. Other platforms have none.
    #[must_use]
    pub fn with_rank_keys(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.rank_keys = Some(keys.into_iter().collect());
        self
    }

    /// Where it is not known which keys the game has configured as rankings: groups are sorted by any, and values are
    /// not checked.
    #[must_use]
    pub fn with_unknown_rank_keys(mut self) -> Self {
        self.rank_keys = None;
        self
    }

    /// Which platform it is.
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// The player.
    pub fn openid(&self) -> &str {
        &self.openid
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
    /// at). Why a call is refused is in the diagnostics, as the platforms' messages don't say which value was wrong;
    /// arguments that no call has are too.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the platform has no such function in that domain: a game's script would throw. What
    /// the platform refuses is no error of this call but an [`Answer::Fail`].
    pub fn call(&mut self, domain: Domain, name: &str, arguments: &Value, diagnostics: &mut Diagnostics) -> Result<Answer> {
        let known = call::from_name(name);
        let has = known.filter(|&call| self.platform.has(call, domain));
        let Some((call, facts)) = has.zip(self.platform.storage()) else {
            return Err(self.not_a_function(domain, name, known));
        };
        let mut notes = Notes::new(call.name());
        let answered = if self.platform.needs_permission(call) && !self.authorised {
            let reason = "expected the player's authorisation, which was not given";
            Err(refusal(facts, Fault::NotAllowed, "auth deny", "", reason))
        } else {
            StorageCall::read(call, facts, arguments, &mut notes).and_then(|call| self.answer(call, facts))
        };
        diagnostics.extend(notes.diagnostics);
        Ok(match answered {
            Ok(member) => Answer::of(self.platform, call, None, member),
            Err(finding) => {
                diagnostics.push(finding.to_diagnostic(call.name()));
                Answer::of(self.platform, call, Some(&finding), None)
            }
        })
    }

    fn not_a_function(&self, domain: Domain, name: &str, known: Option<Call>) -> Error {
        let shown: String = name.chars().take(60).collect();
        let global = self.platform.global().map(|global| format!("{global}.")).unwrap_or_default();
        let message = format!("{global}{shown} is not a function of the storage in the {domain} ({})", self.platform);
        let error = Error::new(ErrorKind::Usage, message);
        match known {
            Some(call) if self.platform.has(call, Domain::OpenData) => error.hint("call it in the open data domain"),
            Some(_) => error.hint("it is another platform's"),
            None => match closest(name, call::names()) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            },
        }
    }

    fn answer(&mut self, call: StorageCall<'_>, facts: &Storage) -> Result<Option<AnswerMember>, Finding> {
        let failed = |error: Error| unavailable(facts, &error);
        let own = || self.storage.player(&self.openid).map(Option::unwrap_or_default).map_err(failed);
        Ok(match call {
            StorageCall::Set(pairs) => {
                let pairs = self.checked(&pairs, facts)?;
                self.storage.set(&self.openid, &pairs).map_err(failed)?;
                None
            }
            StorageCall::Remove(keys) => {
                self.storage.remove(&self.openid, &keys).map_err(failed)?;
                None
            }
            StorageCall::JoinGroup(group) => {
                self.storage.join(&self.openid, &group).map_err(failed)?;
                None
            }
            StorageCall::GetOwn(keys) => Some((facts.own_as, pairs_of(&own()?, &keys))),
            StorageCall::GetOwnKeys => Some(("keys", Value::list(own()?.pairs.into_keys()))),
            StorageCall::GetFriends(keys) => {
                let friends = self.storage.friends(&self.openid).map_err(failed)?;
                Some(("data", rows(&friends, &keys)))
            }
            StorageCall::GetGroup(group, keys) => Some(("data", rows(&self.members(&group, facts)?, &keys))),
            StorageCall::GetByRelation(relation, keys) => {
                let mut people = match relation {
                    Relation::Friends => self.storage.friends(&self.openid).map_err(failed)?,
                    Relation::Strangers => self.storage.strangers(&self.openid).map_err(failed)?,
                    Relation::Group { group, sort_key } => self.sorted_members(&group, &sort_key, facts)?,
                };
                people.truncate(RELATIONS);
                Some(("data", rows(&people, &keys)))
            }
        })
    }

    /// The pairs, where the platform takes all of them.
    fn checked(&self, pairs: &[Pair<'_>], facts: &Storage) -> Result<BTreeMap<String, String>, Finding> {
        let unit = facts.measure.unit();
        let mut taken = BTreeMap::new();
        for (index, Pair { key, value }) in pairs.iter().enumerate() {
            let path = format!("{}[{index}]", facts.stored_as);
            let (of_key, of_value) = (facts.measure.of(key), facts.measure.of(value));
            if of_key > facts.key {
                let reason = format!("expected a key of at most {} {unit}, found {of_key}", facts.key);
                let text = "some keys in list meet length exceed";
                return Err(refusal(facts, Fault::KeyLength, text, path + ".key", reason));
            }
            let over = match (facts.value, facts.pair) {
                (Some(most), _) if of_value > most => Some(("a value", most, of_value)),
                (_, Some(most)) if of_key + of_value > most => Some(("key and value", most, of_key + of_value)),
                _ => None,
            };
            if let Some((what, most, found)) = over {
                let reason = format!("expected {what} of at most {most} {unit}, found {found}");
                let text = "some key-value in list meet length exceed";
                return Err(refusal(facts, Fault::PairLength, text, path, reason));
            }
            let is_ranked = facts.has_rank_keys && self.rank_keys.as_ref().is_some_and(|keys| keys.contains(*key));
            if is_ranked && rank_score(value).is_none() {
                let reason = format!("expected {{\"ttgame\": {{\"score\": number}}}} under the rank key '{key}'");
                let text = "value of a rank key has a wrong format";
                return Err(refusal(facts, Fault::RankValue, text, path + ".value", reason));
            }
            taken.insert((*key).to_owned(), (*value).to_owned());
        }
        let stored = self.storage.player(&self.openid).map_err(|error| unavailable(facts, &error))?.unwrap_or_default();
        let added = taken.keys().filter(|key| !stored.pairs.contains_key(*key)).count();
        if stored.pairs.len() + added > facts.pairs {
            let reason = format!("expected at most {} pairs a player, found {}", facts.pairs, stored.pairs.len() + added);
            let text = "user has stored too much keys. delete some keys and try again";
            return Err(refusal(facts, Fault::PairCount, text, facts.stored_as, reason));
        }
        Ok(taken)
    }

    fn members(&self, group: &call::Group, facts: &Storage) -> Result<Vec<PlayerRecord>, Finding> {
        let (key, argument) = group.key();
        let members = self.storage.group(key).map_err(|error| unavailable(facts, &error))?;
        members.ok_or_else(|| {
            let reason = format!("expected a group that is known, found {argument} '{}'", key.name());
            refusal(facts, Fault::Group, format!("invalid {argument}"), argument, reason)
        })
    }

    /// A group's members, the best first; members without a score last, in the order in which they are stored.
    fn sorted_members(&self, group: &call::Group, sort_key: &str, facts: &Storage) -> Result<Vec<PlayerRecord>, Finding> {
        if self.rank_keys.as_ref().is_some_and(|keys| !keys.contains(sort_key)) {
            let reason = format!("expected a sortKey that is configured as a ranking, found '{sort_key}'");
            return Err(refusal(facts, Fault::Parameter, "invalid sortKey", "extra.sortKey", reason));
        }
        let mut members = self.members(group, facts)?;
        members.sort_by_cached_key(|member| Reverse(member.pairs.get(sort_key).and_then(|value| rank_score(value))));
        Ok(members)
    }
}

/// What a storage could not do is the platform's 'system error' to the game.
fn unavailable(facts: &Storage, error: &Error) -> Finding {
    refusal(facts, Fault::Unavailable, "system error", "", error.to_string())
}

/// The score by which Douyin ranks a value, `{"ttgame": {"score": number, "update_time": …}, …}`.
fn rank_score(value: &str) -> Option<Number> {
    let value = Value::from_json(value, &Limits::default()).ok()?;
    value.get("ttgame")?.get("score")?.as_number().cloned()
}

/// A player's pairs under the keys that were asked for, in that order.
fn pairs_of(player: &PlayerRecord, keys: &[String]) -> Value {
    let mut seen = BTreeSet::new();
    let asked = keys.iter().filter(|key| seen.insert(*key));
    let pair = |key: &String, value: &String| Value::map([("key", key), ("value", value)]);
    asked.filter_map(|key| player.pairs.get(key).map(|value| pair(key, value))).collect()
}

fn rows(players: &[PlayerRecord], keys: &[String]) -> Value {
    let row = |player: &PlayerRecord| {
        Value::map([
            ("avatarUrl", Value::from(&player.avatar_url)),
            ("nickname", Value::from(&player.nickname)),
            ("openid", Value::from(&player.openid)),
            ("KVDataList", pairs_of(player, keys)),
        ])
    };
    players.iter().map(row).collect()
}
