//! What is known and under way, whether it can be seen or not: whose board is shown, its data and their order, marks of
//! friends, calls of the platform. It knows no canvas; the stage asks it what to show.

mod actions;
mod calls;
mod data;
mod marks;
mod pending;
mod standings;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::exchange::Showing;
use super::input::{Effect, Event, RequestId};
use super::messages::Profile;
use super::options::{Occasion, Options};
use super::outbox::Outbox;
use crate::budget::Budget;
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::friends::{Order, Ranking, Score};
use crate::geometry::Size;
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;
use crate::pipeline::Board;
use crate::platform::{Call, Domain};
use crate::reading::Reading;
use crate::scene::{BoardState, Surroundings, globals};
use crate::sorted::BTreeMap;
pub(super) use data::GroupName;
use data::{Data, Outcome, OwnScore, PendingData, Source};
use marks::Marks;
use pending::{PendingCalls, Purpose};
use standings::{Ranker, Standings};

/// What is shown, and whose data.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    occasion: Occasion,
    source: Source,
}

/// Variables that messages can set, at most.
const VARIABLES_MAX: usize = 1_000;

/// What the shell is left to do after a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// Nothing.
    Nothing,
    /// What could not be loaded is to be tried again.
    Retry,
    /// Another board is shown.
    AnotherBoard,
}

/// Data, ranking, marks and calls.
pub(super) struct Session {
    options: Arc<Options>,
    limits: Limits,
    /// Grows with every change of what a board shows.
    revision: u64,
    /// What is shown; `None`: nothing.
    shown: Option<Shown>,
    data: Data,
    ranker: Ranker,
    /// The order of the friends on the stage: a tap is about those who can be seen.
    on_stage: Arc<Ranking>,
    marks: Marks,
    calls: PendingCalls,
    /// What boards can name beside friends.
    surroundings: Surroundings,
    /// Built-in boards that were shown already, by name.
    built_in: BTreeMap<&'static str, Board>,
    /// The platform was asked who plays.
    asked_who_plays: bool,
    /// The state and the board that the host was last told of.
    reported: Option<(&'static str, Arc<str>)>,
}

impl Session {
    /// A session that shows nothing yet.
    pub(super) fn new(options: Arc<Options>, limits: Limits) -> Self {
        let surroundings = Surroundings {
            state: BoardState::Loading,
            theme: options.theme.clone(),
            dark: options.dark,
            strings: options.strings.clone(),
            locale: Arc::clone(&options.locale),
            size: Size::default(),
            now: (options.wall_clock > 0.0).then_some(options.wall_clock as i64),
            zone: options.zone,
            variables: options.variables.clone(),
            marks: Arc::default(),
        };
        Self {
            ranker: Ranker::new(options.rank.clone()),
            options,
            revision: 0,
            shown: None,
            data: Data::new(limits.context_answers),
            on_stage: Arc::default(),
            marks: Marks::new(limits.context_marks),
            calls: PendingCalls::new(limits.context_calls),
            limits,
            surroundings,
            built_in: BTreeMap::new(),
            asked_who_plays: false,
            reported: None,
        }
    }

    /// Grows with every change of what [`Session::showing`] gives for one size.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// True while a board is shown.
    pub(super) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// What is to be shown on a stage of a size in px at dpr 1; `None`: nothing.
    pub(super) fn showing(&mut self, size: Size, budget: Budget, outbox: &mut Outbox) -> Option<Showing<'_>> {
        let occasion = self.shown.as_ref()?.occasion;
        // Where the order of before is nobody's but the ranker's, a new score is put into it and no copy is made.
        self.on_stage = Arc::default();
        let (state, Standings { data, ranking }) = self.standings();
        self.on_stage = Arc::clone(&ranking);
        self.surroundings.state = state;
        self.surroundings.size = size;
        self.surroundings.marks = Arc::clone(self.marks.all());
        let mut diagnostics = Diagnostics::new();
        let mut reading = Reading::within(&self.limits, budget, &mut diagnostics);
        let globals = globals(&data, &ranking, &self.surroundings, &mut reading);
        let board = board(&self.options, &mut self.built_in, occasion, outbox)?;
        outbox.say_each_once(&diagnostics);
        Some(Showing { board, globals, is_ready: state == BoardState::Ready })
    }

    /// When an answer is overdue.
    pub(super) fn next_time(&self) -> Option<f64> {
        self.data.deadline(self.options.data_timeout)
    }

    /// Another person is self.
    pub(super) fn set_self(&mut self, openid: Arc<str>) {
        if self.ranker.set_self(openid) {
            self.revision += 1;
        }
    }

    /// The player has this name and this picture.
    pub(super) fn set_profile(&mut self, profile: &Profile) {
        if self.ranker.set_profile(profile) {
            self.revision += 1;
        }
    }

    /// Values that templates can name; they stand over the game's own of the same names.
    pub(super) fn set_variables(&mut self, values: &Value) {
        for (name, value) in values.as_map().into_iter().flatten() {
            match self.surroundings.variables.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known = value.clone(),
                // Before the tab, which stays the last.
                None => self.surroundings.variables.insert(0, (Arc::clone(name), value.clone())),
            }
        }
        self.surroundings.variables.truncate(VARIABLES_MAX);
        self.revision += 1;
    }

    /// The main domain's `tab` is another one.
    pub(super) fn set_tab(&mut self, tab: Arc<str>) {
        let variables = &mut self.surroundings.variables;
        let tab = (Arc::from("tab"), Value::from(tab));
        if variables.last() != Some(&tab) {
            // It stands after all others, and wins over them.
            variables.retain(|(name, _)| **name != *tab.0);
            variables.push(tab);
            self.revision += 1;
        }
    }

    /// The group of a message that wants a group's board; `None` where the friends are shown in its place.
    pub(super) fn group(&self, ticket: Arc<str>, id: Arc<str>, outbox: &mut Outbox) -> Option<GroupName> {
        let group = GroupName { ticket, id };
        match calls::group_trouble(&group, &self.options) {
            Some(trouble) => {
                outbox.say(trouble);
                None
            }
            None => Some(group),
        }
    }

    /// Shows a board; true where it is the one that is shown already.
    pub(super) fn show(
        &mut self,
        occasion: Occasion,
        (group, key): (Option<GroupName>, Option<Arc<str>>),
        force: bool,
        now: f64,
        outbox: &mut Outbox,
    ) -> bool {
        self.begin_period(now);
        let source = Source { group, key };
        let shown = Some(Shown { occasion, source: source.clone() });
        let is_same = self.shown == shown;
        // What is too old is not shown again; what is shown already stays until there is better.
        if !is_same {
            self.data.forget_old(&source, now, self.options.data_age);
        }
        self.shown = shown;
        self.revision += 1;
        if force || !self.data.is_waiting_for(&source) {
            self.ask(source, now, outbox);
        }
        self.report_state(outbox);
        is_same
    }

    /// Hides the board; false where none is shown.
    pub(super) fn hide(&mut self, outbox: &mut Outbox) -> bool {
        let was_shown = self.shown.take().is_some();
        if was_shown {
            self.data.cancel();
            self.report_state(outbox);
        }
        was_shown
    }

    /// Takes the player's own new score, and stores it where there is a `stored` form of it.
    pub(super) fn set_own_score(
        &mut self,
        score: Score,
        key: Option<Arc<str>>,
        stored: Option<Arc<str>>,
        now: f64,
        outbox: &mut Outbox,
    ) {
        if let Some(better) = self.better_than(&score, key.as_ref()) {
            let message = format!("a score of {} is not better than {better}, which is known: it is not stored", score.value);
            return outbox.say_once(&Diagnostic::warning("not-better", message, Place::default()));
        }
        let is_known = self.data.known(&Source { group: None, key: key.clone() }, self.options.keys.first()).is_some();
        let is_stored_here = stored.is_some();
        self.data.set_own(OwnScore::new(score, key.clone(), self.calls.next()));
        self.revision += 1;
        match stored {
            // The platform keeps whatever is stored last: what it has is looked at before.
            Some(value) if !is_known && self.options.platform.has(Call::GetUserCloudStorage, Domain::OpenData) => {
                let name = key.clone().or_else(|| self.options.keys.first().cloned()).unwrap_or_else(|| Arc::from("score"));
                let arguments = Value::map([("keyList", Value::list([Value::from(name)]))]);
                let purpose = Purpose::OwnStored { key, value };
                self.call((Call::GetUserCloudStorage, arguments), purpose, outbox);
            }
            Some(value) => self.call(calls::store(key, value, &self.options), Purpose::Store, outbox),
            // The main domain has stored it; soon the platform knows.
            None => self.refresh(now, outbox),
        }
        if is_stored_here {
            self.ask_who_plays(outbox);
        }
    }

    /// The score of the player's own that is known and at least as good as another one.
    fn better_than(&self, score: &Score, key: Option<&Arc<str>>) -> Option<Number> {
        let is_better = |known: &Number| !self.is_better(&score.value, known);
        let source = Source { group: None, key: key.cloned() };
        let (data, own) = self.data.known(&source, self.options.keys.first())?;
        let listed = self.ranker.own_score(data);
        listed.into_iter().chain(own.map(|own| own.score.value.clone())).find(is_better)
    }

    /// True for a score that beats another.
    fn is_better(&self, score: &Number, other: &Number) -> bool {
        if self.options.rank.order == Order::Asc { score < other } else { score > other }
    }

    /// Asks the platform who plays, where somebody has a score and the data has nobody whose it is.
    fn ask_who_plays(&mut self, outbox: &mut Outbox) {
        let is_asked = self.asked_who_plays || !self.options.platform.has(Call::GetUserInfo, Domain::OpenData);
        let Some(shown) = self.shown.as_ref().filter(|_| !is_asked && self.ranker.profile().nickname.is_empty()) else {
            return;
        };
        let is_nobody = match self.data.known(&shown.source, self.options.keys.first()) {
            Some((data, Some(_))) => data.failure.is_none() && self.ranker.own_score(data).is_none(),
            _ => false,
        };
        if is_nobody {
            self.asked_who_plays = true;
            let arguments = Value::map([("openIdList", Value::list([Value::from("selfOpenId")]))]);
            self.call((Call::GetUserInfo, arguments), Purpose::WhoPlays, outbox);
        }
    }

    /// Asks anew for the data of what is shown, behind what is there.
    pub(super) fn refresh(&mut self, now: f64, outbox: &mut Outbox) {
        if let Some(shown) = &self.shown {
            let source = shown.source.clone();
            self.ask(source, now, outbox);
            self.revision += 1;
        }
    }

    /// Takes what a call came to.
    pub(super) fn answer(
        &mut self,
        request: RequestId,
        success: bool,
        json: String,
        budget: Budget,
        now: f64,
        outbox: &mut Outbox,
    ) {
        if let Some(purpose) = self.calls.end(request) {
            return self.call_answered(purpose, success, &json, now, outbox);
        }
        let Some(pending) = self.data.end(request) else {
            return outbox.event(Event::Dropped { what: Arc::from("answer") });
        };
        // One key needs no name: it is found in whatever form the data has it.
        let default_key = self.options.keys.first().filter(|_| self.options.keys.len() > 1);
        let default_key = self.options.score_path.as_ref().or(default_key);
        let key = pending.source.key.as_ref().or(default_key).cloned().unwrap_or_default();
        self.begin_period(now);
        let mut diagnostics = Diagnostics::new();
        let data = data::read_answer(json, success, &key, &mut Reading::within(&self.limits, budget, &mut diagnostics));
        outbox.say_each_once(&diagnostics);
        self.settle(pending, data, now, outbox);
    }

    /// Leaves out scores from before the running period.
    fn begin_period(&mut self, now: f64) {
        self.surroundings.now = (self.options.wall_clock > 0.0).then_some((self.options.wall_clock + now) as i64);
        let Some((period, zone)) = self.options.period else { return };
        if self.ranker.set_since(period.began((self.options.wall_clock + now) as i64, zone)) {
            self.revision += 1;
        }
    }

    /// Gives up waiting for data that is overdue.
    pub(super) fn give_up_overdue(&mut self, now: f64, outbox: &mut Outbox) {
        if let Some(pending) = self.data.end_overdue(self.options.data_timeout, now) {
            self.settle(pending, data::overdue(), now, outbox);
        }
    }

    fn settle(&mut self, pending: PendingData, data: crate::friends::FriendData, now: f64, outbox: &mut Outbox) {
        match self.data.settle(pending, data, now) {
            Outcome::Same => {}
            Outcome::Changed => {
                self.revision += 1;
                self.report_state(outbox);
                self.ask_who_plays(outbox);
            }
            Outcome::Kept(failure) => {
                let failure = failure.to_string();
                let message = format!("the data could not be refreshed, what was there stays: {failure:.300}");
                outbox.say(Diagnostic::warning("refresh-failed", message, Place::default()));
            }
        }
    }

    /// Asks for data.
    fn ask(&mut self, source: Source, now: f64, outbox: &mut Outbox) {
        let (call, arguments) = calls::get_data(&source, &self.options);
        let request = self.calls.number();
        self.data.wait_for(request, source, now);
        outbox.ask(Effect::Call { request, api: call.name(), arguments });
    }

    /// Asks the platform for something beside data.
    fn call(&mut self, (call, arguments): (Call, Value), purpose: Purpose, outbox: &mut Outbox) {
        let request = self.calls.begin(purpose);
        outbox.ask(Effect::Call { request, api: call.name(), arguments });
    }

    /// The state of what is shown, its friends and their order; ranked anew only where something in it changed.
    fn standings(&mut self) -> (BoardState, Standings) {
        let known = self.shown.as_ref().and_then(|shown| self.data.known(&shown.source, self.options.keys.first()));
        match known {
            Some((data, own)) => {
                let standings = self.ranker.rank(data, own);
                (BoardState::of(&standings.data), standings)
            }
            None => (BoardState::Loading, self.ranker.nobody()),
        }
    }

    /// The state that the host was told of last.
    pub(super) fn reported_state(&self) -> &'static str {
        self.reported.as_ref().map_or("hidden", |(state, _)| state)
    }

    /// Tells which state is shown, where it is another one.
    fn report_state(&mut self, outbox: &mut Outbox) {
        let (state, board) = match &self.shown {
            Some(Shown { occasion, .. }) => {
                let own = self.options.boards.get(occasion);
                let name = own.map_or_else(|| Arc::from(occasion.built_in()), |board| Arc::clone(&board.name));
                (self.standings().0.keyword(), name)
            }
            None => ("hidden", Arc::default()),
        };
        if self.reported.as_ref() != Some(&(state, Arc::clone(&board))) {
            self.reported = Some((state, Arc::clone(&board)));
            outbox.event(Event::State { state, board });
        }
    }
}

/// The board for an occasion; what is built in is compiled when it is first shown.
fn board<'a>(
    options: &'a Options,
    built_in: &'a mut BTreeMap<&'static str, Board>,
    occasion: Occasion,
    outbox: &mut Outbox,
) -> Option<&'a Board> {
    if let Some(own) = options.boards.get(&occasion) {
        return Some(own);
    }
    let name = occasion.built_in();
    if !built_in.contains_key(name) {
        match Board::built_in(name) {
            Ok(board) => {
                built_in.insert(name, board);
            }
            Err(error) => outbox.say(Diagnostic::from_error("board", &error)),
        }
    }
    built_in.get(name)
}
