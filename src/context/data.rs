//! Friend data: what is asked for, what is kept and for how long, and the player's own new score until the platform
//! knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::input::RequestId;
use super::options::Options;
use crate::error::{Diagnostic, Diagnostics, Error};
use crate::friends::{self, Friend, FriendData, PlatformFailure, RankOptions, ReadOptions, Score};
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;
use crate::platform::{Call, Platform};
use crate::scene::BoardState;

/// Whose data it is, and under which key the scores are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// The group's share ticket and identity; `None`: the player's friends.
    pub group: Option<(Arc<str>, Arc<str>)>,
    /// The score's key, where a message named one.
    pub key: Option<Arc<str>>,
}

#[derive(Debug)]
struct Known {
    data: Arc<FriendData>,
    /// When it came, ms.
    at: f64,
}

#[derive(Debug)]
struct Pending {
    request: RequestId,
    source: Source,
    /// When it was asked for, ms.
    at: f64,
}

/// The player's own new score.
#[derive(Debug)]
struct Own {
    score: Score,
    key: Option<Arc<str>>,
    /// Answers to requests from here on may know it already.
    since: RequestId,
}

/// What is known, and what is asked for.
#[derive(Debug, Default)]
pub(super) struct Data {
    known: BTreeMap<Source, Known>,
    /// At most one request is waited for; a newer one takes its place.
    pending: Option<Pending>,
    /// The failure of the last request for a source, until the next one.
    failed: Option<(Source, Arc<FriendData>)>,
    own: Option<Own>,
}

/// What an answer was.
#[derive(Debug, PartialEq)]
pub(super) enum Answered {
    /// Nobody waits for it.
    Stale,
    /// Data, or a failure that is shown.
    Changed,
    /// Data that was there already.
    TheSame,
    /// A failure behind data that stays.
    StaysAsItWas(String),
}

impl Data {
    /// Notes that a source was asked for. What was waited for before is not any more.
    pub(super) fn asked(&mut self, request: RequestId, source: Source, now: f64) {
        if self.failed.as_ref().is_some_and(|(failed, _)| *failed == source) {
            self.failed = None;
        }
        self.pending = Some(Pending { request, source, at: now });
    }

    /// True where a source is being waited for.
    pub(super) fn is_asked(&self, source: &Source) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.source == *source)
    }

    /// The request that is waited for.
    pub(super) fn waits_for(&self) -> Option<RequestId> {
        self.pending.as_ref().map(|pending| pending.request)
    }

    /// Waits for nothing any more.
    pub(super) fn cancel(&mut self) {
        self.pending = None;
    }

    /// When what is waited for is too late.
    pub(super) fn deadline(&self, timeout: f64) -> Option<f64> {
        self.pending.as_ref().map(|pending| pending.at + timeout)
    }

    /// Takes an answer. `timeout` is what a late one is said to be.
    pub(super) fn answer(
        &mut self,
        request: RequestId,
        success: bool,
        json: &str,
        now: f64,
        (key, limits): (&str, &Limits),
        diagnostics: &mut Diagnostics,
    ) -> Answered {
        let Some(pending) = self.pending.take_if(|pending| pending.request == request) else { return Answered::Stale };
        let source = pending.source;
        let options = ReadOptions { key: Some(source.key.as_deref().unwrap_or(key).to_owned()).filter(|key| !key.is_empty()) };
        let mut data = friends::read(json, "<friend data>", &options, limits, diagnostics)
            .unwrap_or_else(|error| FriendData { failure: Some(failure_of(json, &error)), ..FriendData::default() });
        if !success && data.failure.is_none() {
            data = FriendData {
                failure: Some(PlatformFailure::new("the platform gave no reason", None)),
                ..FriendData::default()
            };
        }
        match data.failure.clone() {
            None => {
                if self.own.as_ref().is_some_and(|own| request >= own.since) {
                    // From here on the platform's word counts, unless it has not heard of the score yet.
                    self.own = self.own.take().map(|own| Own { since: RequestId(0), ..own });
                }
                if let Some(known) = self.known.get_mut(&source).filter(|known| *known.data == data && self.own.is_none()) {
                    known.at = now;
                    return Answered::TheSame;
                }
                self.remember(source, data, now, limits.context_answers);
                Answered::Changed
            }
            // Data that is older still says more than a failure, unless the player took the permission back.
            Some(failure) if failure.kind == friends::FailureKind::Failed && self.is_fresh(&source, now, f64::INFINITY) => {
                Answered::StaysAsItWas(failure.to_string())
            }
            Some(_) => {
                self.known.remove(&source);
                self.failed = Some((source, Arc::new(data)));
                Answered::Changed
            }
        }
    }

    fn remember(&mut self, source: Source, data: FriendData, now: f64, most: usize) {
        self.known.insert(source, Known { data: Arc::new(data), at: now });
        while self.known.len() > most {
            let oldest = self.known.iter().min_by(|a, b| a.1.at.total_cmp(&b.1.at)).map(|(source, _)| source.clone());
            let Some(oldest) = oldest else { break };
            self.known.remove(&oldest);
        }
    }

    /// True where data of a source is there and not older than `age` ms.
    pub(super) fn is_fresh(&self, source: &Source, now: f64, age: f64) -> bool {
        self.known.get(source).is_some_and(|known| now - known.at <= age)
    }

    /// Forgets what is older than `age` ms.
    pub(super) fn forget_old(&mut self, source: &Source, now: f64, age: f64) {
        if !self.is_fresh(source, now, age) {
            self.known.remove(source);
        }
    }

    /// The player's own new score; `next` is the number of the next request.
    pub(super) fn set_own(&mut self, score: Score, key: Option<Arc<str>>, next: RequestId) {
        self.own = Some(Own { score, key, since: next });
    }

    /// What a board of a source shows now: its state and its data, the player's own new score in it.
    pub(super) fn shown(&self, source: &Source, rank: &RankOptions, options: &Options) -> (BoardState, Arc<FriendData>) {
        if let Some((_, failed)) = self.failed.as_ref().filter(|(failed, _)| failed == source) {
            return (BoardState::of(failed), Arc::clone(failed));
        }
        match self.known.get(source) {
            Some(known) => {
                let data = self.merged(source, &known.data, rank, options);
                (BoardState::of(&data), data)
            }
            None => (BoardState::Loading, Arc::default()),
        }
    }

    /// Data with the player's own new score in it, where that is not the platform's already.
    fn merged(&self, source: &Source, data: &Arc<FriendData>, rank: &RankOptions, options: &Options) -> Arc<FriendData> {
        let default_key = options.keys.first();
        let Some(own) = &self.own else { return Arc::clone(data) };
        let (of_own, of_board) = (own.key.as_ref().or(default_key), source.key.as_ref().or(default_key));
        if of_own != of_board {
            return Arc::clone(data);
        }
        let ranking = friends::rank(data, rank);
        let entry = ranking.self_entry();
        let stored = entry.and_then(|entry| entry.friend.score.as_ref());
        let known = |stored: &Number| match rank.order {
            friends::Order::Desc => *stored >= own.score.value,
            friends::Order::Asc => *stored <= own.score.value,
        };
        if own.since == RequestId(0) && stored.is_some_and(|stored| known(&stored.value)) {
            return Arc::clone(data);
        }
        let mut data = FriendData::clone(data);
        let score = Some(own.score.clone());
        if let Some(entry) = entry {
            if let Some(friend) = data.friends.iter_mut().find(|friend| Arc::ptr_eq(friend, &entry.friend)) {
                *friend = Arc::new(Friend { score, ..Friend::clone(friend) });
            }
        } else if let Some(openid) = rank.self_openid.clone().filter(|openid| !openid.is_empty()) {
            // A player whom the platform does not list yet can be named by openid only.
            let index = data.friends.len();
            data.friends.push(Arc::new(Friend { index, openid, score, ..Friend::default() }));
        }
        Arc::new(data)
    }
}

/// What is shown where an answer can't be read: the platform's own words, where it gave some.
fn failure_of(json: &str, error: &Error) -> PlatformFailure {
    let text = json.trim().trim_matches('"');
    if PlatformFailure::is_failure_message(text) {
        return PlatformFailure::new(&text.chars().take(400).collect::<String>(), None);
    }
    PlatformFailure::new(&format!("the answer could not be read: {error}"), None)
}

/// The call that asks a platform for a source's data.
pub(super) fn request(source: &Source, options: &Options) -> (Call, Value) {
    let keys: Vec<Value> = match &source.key {
        Some(key) => vec![Value::from(Arc::clone(key))],
        None => options.keys.iter().map(|key| Value::from(Arc::clone(key))).collect(),
    };
    let sort_key = keys.first().cloned().unwrap_or_default();
    let list = Value::List(keys.into());
    let by_relation = options.platform.offers(Call::GetCloudStorageByRelation);
    match (&source.group, by_relation) {
        (None, false) => (Call::GetFriendCloudStorage, Value::map([("keyList", list)])),
        (Some((ticket, group)), false) => {
            let by = if ticket.is_empty() { ("groupid", group) } else { ("shareTicket", ticket) };
            (Call::GetGroupCloudStorage, Value::map([("keyList", list), (by.0, Value::from(Arc::clone(by.1)))]))
        }
        (group, true) => {
            let extra = Value::map([("sortKey", sort_key)]);
            let (kind, extra) = match group {
                None => ("friend", extra),
                Some((ticket, group)) => {
                    let id = if group.is_empty() { ticket } else { group };
                    ("group", extra.with("groupId", Value::from(Arc::clone(id))))
                }
            };
            let arguments = [("type", Value::from(kind)), ("keyList", list), ("extra", extra)];
            (Call::GetCloudStorageByRelation, Value::map(arguments))
        }
    }
}

/// What is wrong with a group that can't be asked for.
pub(super) fn group_trouble(platform: Platform, ticket: &str, group: &str) -> Option<Diagnostic> {
    let said = if !platform.has_groups() {
        "this platform has no groups: the friends are shown"
    } else if ticket.is_empty() && group.is_empty() {
        "a group's board needs a shareTicket or a groupId: the friends are shown"
    } else {
        return None;
    };
    Some(Diagnostic::warning("no-group", said, crate::error::Place::default()))
}
