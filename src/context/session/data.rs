//! Friend data: what is asked for, what is kept and for how long, and the player's own new score until the platform
//! knows it.

use std::sync::Arc;

use crate::context::input::RequestId;
use crate::error::{Diagnostics, Error};
use crate::friends::{self, FailureKind, FriendData, PlatformFailure, ReadOptions, Score};
use crate::json::Document;
use crate::limits::Limits;
use crate::number::Number;
use crate::reading::Reading;
use crate::sorted::BTreeMap;

/// A group as messages name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::context) struct GroupName {
    /// The share ticket; empty where there is none.
    pub ticket: Arc<str>,
    /// The identity; empty where there is none.
    pub id: Arc<str>,
}

/// Whose data it is, and under which key the scores are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// The group; `None`: the player's friends.
    pub group: Option<GroupName>,
    /// The score's key, where a message named one.
    pub key: Option<Arc<str>>,
}

#[derive(Debug)]
struct Kept {
    data: Arc<FriendData>,
    /// When it came, ms.
    at: f64,
}

/// A request for data that is not answered yet.
#[derive(Debug)]
pub(super) struct PendingData {
    request: RequestId,
    /// Whose data.
    pub source: Source,
    /// When it was asked for, ms.
    at: f64,
}

/// The player's own new score.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OwnScore {
    /// The score.
    pub score: Score,
    /// The key that it is stored under, where a message named one.
    key: Option<Arc<str>>,
    /// Answers to requests from here on may know it already.
    since: RequestId,
    /// True once such an answer has come: the platform's word counts, unless it has not heard of the score yet.
    pub is_answered: bool,
}

impl OwnScore {
    /// A score that the platform can know of in answers to requests from `since` on.
    pub(super) fn new(score: Score, key: Option<Arc<str>>, since: RequestId) -> Self {
        Self { score, key, since, is_answered: false }
    }
}

/// What is known, and what is asked for.
#[derive(Debug)]
pub(super) struct Data {
    kept: BTreeMap<Source, Kept>,
    /// Answers that are kept.
    most: usize,
    /// At most one request is waited for; a newer one takes its place.
    pending: Option<PendingData>,
    /// The failure of the last request for a source, until the next one.
    failed: Option<(Source, Arc<FriendData>)>,
    /// Another one with each change.
    own: Option<Arc<OwnScore>>,
}

/// What an answer came to.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    /// Data, or a failure that is shown.
    Changed,
    /// Data that was there already.
    Same,
    /// A failure behind data that stays.
    Kept(PlatformFailure),
}

impl Data {
    /// Nothing is known yet; so many answers are kept.
    pub(super) fn new(most: usize) -> Self {
        Self { kept: BTreeMap::new(), most, pending: None, failed: None, own: None }
    }

    /// Waits for the answer to a request. What was waited for before is not any more.
    pub(super) fn wait_for(&mut self, request: RequestId, source: Source, now: f64) {
        if self.failed.as_ref().is_some_and(|(failed, _)| *failed == source) {
            self.failed = None;
        }
        self.pending = Some(PendingData { request, source, at: now });
    }

    /// True where a source is waited for.
    pub(super) fn is_waiting_for(&self, source: &Source) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.source == *source)
    }

    /// Waits for nothing any more.
    pub(super) fn cancel(&mut self) {
        self.pending = None;
    }

    /// When what is waited for is overdue.
    pub(super) fn deadline(&self, timeout: f64) -> Option<f64> {
        self.pending.as_ref().map(|pending| pending.at + timeout)
    }

    /// Ends the waiting for a request; `None` where nobody waits for it.
    pub(super) fn end(&mut self, request: RequestId) -> Option<PendingData> {
        self.pending.take_if(|pending| pending.request == request)
    }

    /// Ends the waiting for a request that is overdue; `None` where there is none.
    pub(super) fn end_overdue(&mut self, timeout: f64, now: f64) -> Option<PendingData> {
        self.pending.take_if(|pending| pending.at + timeout <= now)
    }

    /// Takes what an ended request came to.
    pub(super) fn settle(&mut self, pending: PendingData, data: FriendData, now: f64) -> Outcome {
        let PendingData { request, source, .. } = pending;
        match data.failure.clone() {
            None => {
                if let Some(own) = self.own.as_mut().filter(|own| request >= own.since && !own.is_answered) {
                    *own = Arc::new(OwnScore { is_answered: true, ..OwnScore::clone(own) });
                }
                if let Some(kept) = self.kept.get_mut(&source).filter(|kept| *kept.data == data && self.own.is_none()) {
                    kept.at = now;
                    return Outcome::Same;
                }
                self.keep(source, data, now);
                Outcome::Changed
            }
            // Data that is older still says more than a failure, unless the player took the permission back.
            Some(failure) if failure.kind == FailureKind::Failed && self.is_fresh(&source, now, f64::INFINITY) => {
                Outcome::Kept(failure)
            }
            Some(_) => {
                self.kept.remove(&source);
                self.failed = Some((source, Arc::new(data)));
                Outcome::Changed
            }
        }
    }

    fn keep(&mut self, source: Source, data: FriendData, now: f64) {
        self.kept.insert(source, Kept { data: Arc::new(data), at: now });
        while self.kept.len() > self.most {
            let oldest = self.kept.iter().min_by(|a, b| a.1.at.total_cmp(&b.1.at)).map(|(source, _)| source.clone());
            let Some(oldest) = oldest else { break };
            self.kept.remove(&oldest);
        }
    }

    /// True where data of a source is there and not older than `age` ms.
    fn is_fresh(&self, source: &Source, now: f64, age: f64) -> bool {
        self.kept.get(source).is_some_and(|kept| now - kept.at <= age)
    }

    /// Forgets data of a source that is older than `age` ms.
    pub(super) fn forget_old(&mut self, source: &Source, now: f64, age: f64) {
        if !self.is_fresh(source, now, age) {
            self.kept.remove(source);
        }
    }

    /// Notes the player's own new score.
    pub(super) fn set_own(&mut self, own: OwnScore) {
        self.own = Some(Arc::new(own));
    }

    /// The player's own new score.
    pub(super) fn own(&self) -> Option<&Arc<OwnScore>> {
        self.own.as_ref()
    }

    /// Forgets the player's own new score.
    pub(super) fn forget_own(&mut self) {
        self.own = None;
    }

    /// What is known of a source: its data or failure, and the player's own new score where it is to stand in the data.
    /// `None`: nothing yet. Scores without a key are under the default one.
    pub(super) fn known(
        &self,
        source: &Source,
        default_key: Option<&Arc<str>>,
    ) -> Option<(&Arc<FriendData>, Option<&Arc<OwnScore>>)> {
        if let Some((_, failure)) = self.failed.as_ref().filter(|(failed, _)| failed == source) {
            return Some((failure, None));
        }
        let of_board = source.key.as_ref().or(default_key);
        let own = self.own.as_ref().filter(|own| own.key.as_ref().or(default_key) == of_board);
        self.kept.get(source).map(|kept| (&kept.data, own))
    }
}

/// Reads what a call for data was answered with, its failure included. `key` is that of the scores; empty: whichever the
/// data has.
pub(super) fn read_answer(json: String, success: bool, key: &str, reading: &mut Reading<'_>) -> FriendData {
    let options = ReadOptions { key: Some(key.to_owned()).filter(|key| !key.is_empty()) };
    // The data keeps the text; what the platform says in place of JSON is looked for before.
    let said = failure_in_words(&json);
    let document = Document::parse_owned(json, "<friend data>", reading.limits);
    let data = document.and_then(|document| friends::read_document(document, &options, reading));
    let data = data.unwrap_or_else(|error| failed(said.unwrap_or_else(|| unreadable(&error))));
    if success || data.failure.is_some() { data } else { failed(PlatformFailure::new("the platform gave no reason", None)) }
}

/// The player's own score in what `getUserCloudStorage` answered.
pub(super) fn own_stored(json: &str, key: Option<&Arc<str>>, limits: &Limits) -> Option<Number> {
    let mut diagnostics = Diagnostics::new();
    let options = ReadOptions { key: key.map(ToString::to_string) };
    let data = friends::read(json, "<own data>", &options, &mut Reading::new(limits, &mut diagnostics)).ok()?;
    data.friends.get(0)?.score().map(|score| score.value.clone())
}

/// What stands for data where a platform did not answer in time.
pub(super) fn overdue() -> FriendData {
    failed(PlatformFailure::new("the platform did not answer in time", Some(-1)))
}

fn failed(failure: PlatformFailure) -> FriendData {
    FriendData { failure: Some(failure), ..FriendData::default() }
}

/// The platform's own words, where it gave some in place of JSON.
fn failure_in_words(answer: &str) -> Option<PlatformFailure> {
    let text = answer.trim().trim_matches('"');
    let is_failure = PlatformFailure::is_failure_message(text);
    is_failure.then(|| PlatformFailure::new(&text.chars().take(400).collect::<String>(), None))
}

/// What is shown where an answer can't be read.
fn unreadable(error: &Error) -> PlatformFailure {
    PlatformFailure::new(&format!("the answer could not be read: {error}"), None)
}
