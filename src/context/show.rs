//! What messages do: which board is shown, whose data it asks for, when it is hidden.

use std::sync::Arc;

use super::data::{self, Answered, Source};
use super::input::{Effect, Event, RequestId};
use super::messages::{Message, Received, Show, Turn};
use super::placement::{Placement, Word};
use super::scroll::Axis;
use super::{Occasion, OpenDataContext, Purpose, Shown};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::friends::RankOptions;
use crate::geometry::Size;
use crate::json::Value;
use crate::pipeline::Board;
use crate::scene::BoardState;

/// A built-in board that is compiled already.
pub(super) type BoardName = &'static str;

impl OpenDataContext {
    pub(super) fn message(&mut self, message: &Value) {
        let read = self.options.vocabulary.read(message, self.renderer.limits());
        let Received { message, self_openid, tab } = match read {
            Ok(received) => received,
            Err(diagnostic) => return self.say(diagnostic),
        };
        if self_openid.is_some() && self.self_openid != self_openid {
            self.self_openid = self_openid;
            self.stale.scene = true;
        }
        if tab.is_some() && self.tab != tab {
            self.tab = tab;
            self.stale.scene = true;
        }
        match message {
            Message::ShowFriends(show) => self.show(Occasion::Friends, None, show),
            Message::ShowNextToBeat(show) => self.show(Occasion::NextToBeat, None, show),
            Message::ShowGroup { ticket, group, show } => match data::group_trouble(self.options.platform, &ticket, &group) {
                Some(trouble) => {
                    self.say(trouble);
                    self.show(Occasion::Friends, None, show);
                }
                None => self.show(Occasion::Group, Some((ticket, group)), show),
            },
            Message::Hide => self.hide(),
            Message::Viewport(area) => self.place(|placement| placement.word = Some(Word::Box(area))),
            Message::Matrix(matrix, size) => {
                self.place(|placement| placement.word = Some(Word::Matrix(matrix)));
                self.resize_to(size);
            }
            Message::Resize(width, height) => self.resized(width, height),
            Message::Score { score, key, store } => {
                let arguments = store.map(|value| self.pairs(key.clone(), value));
                self.data.set_own(score, key, RequestId(self.next_request));
                self.stale.scene = true;
                match arguments {
                    Some(arguments) => self.call("setUserCloudStorage", arguments, Purpose::Store),
                    // The main domain has stored it; soon the platform knows.
                    None => self.refresh(),
                }
            }
            Message::Page(turn) => self.turn(turn),
            Message::Identity => {}
            Message::Refresh => {
                self.pictures.forgive(&self.prepared.scene);
                self.stale.list = true;
                self.refresh();
            }
            Message::Scroll { id, x, y, animated } => self.scroll_to(id.as_deref(), x, y, animated),
        }
    }

    /// The arguments of `setUserCloudStorage`.
    fn pairs(&self, key: Option<Arc<str>>, value: Arc<str>) -> Value {
        let key = key.or_else(|| self.options.keys.first().cloned()).unwrap_or_else(|| Arc::from("score"));
        let pair = Value::map([("key", Value::from(key)), ("value", Value::from(value))]);
        let stored_as = self.options.platform.storage().map_or("KVDataList", |storage| storage.stored_as);
        Value::map([(stored_as, Value::list([pair]))])
    }

    fn show(&mut self, occasion: Occasion, group: Option<(Arc<str>, Arc<str>)>, show: Show) {
        self.resize_to(show.size);
        let source = Source { group, key: show.key };
        let before = self.shown.take();
        let same = before.as_ref().is_some_and(|before| before.occasion == occasion && before.source == source);
        if !same {
            self.scrolls.clear();
            self.finger = None;
        }
        if show.force {
            self.pictures.forgive(&self.prepared.scene);
        }
        self.scroll_wanted = show.scroll_y.or(self.scroll_wanted.filter(|_| same));
        // What is too old is not shown again; what is shown already stays until there is better.
        if !same {
            self.data.forget_old(&source, self.now, self.options.data_age);
        }
        self.shown = Some(Shown { occasion, source: source.clone(), state: BoardState::Loading });
        self.stale.scene = true;
        if show.force || !self.data.is_asked(&source) {
            self.ask(source);
        }
        self.tell_state();
    }

    /// Shows another board of the same data.
    pub(super) fn switch(&mut self, occasion: Occasion) {
        if let Some(shown) = &mut self.shown
            && shown.occasion != occasion
        {
            shown.occasion = occasion;
            self.scrolls.clear();
            self.stale.scene = true;
            self.told = None;
            self.tell_state();
        }
    }

    pub(super) fn hide(&mut self) {
        if self.shown.take().is_none() {
            return;
        }
        self.data.cancel();
        self.pictures.cancel();
        self.scrolls.clear();
        self.scroll_wanted = None;
        self.finger = None;
        self.prepared = crate::pipeline::Prepared::default();
        self.stale.list = true;
        // What else a game may have drawn there goes too.
        self.stale.canvas = true;
        self.tell_state();
    }

    /// Asks for the data of what is shown.
    fn ask(&mut self, source: Source) {
        let (call, arguments) = data::request(&source, &self.options);
        let request = self.request_id();
        self.data.asked(request, source, self.now);
        self.effects.push_back(Effect::Call { request, api: call.name(), arguments });
    }

    /// Asks anew for the data of what is shown, behind what is there.
    pub(super) fn refresh(&mut self) {
        if let Some(shown) = &self.shown {
            let source = shown.source.clone();
            self.ask(source);
            self.stale.scene = true;
        }
    }

    pub(super) fn answered(&mut self, request: RequestId, success: bool, json: &str) {
        if let Some(purpose) = self.calls.remove(&request) {
            return self.call_answered(purpose, success, json);
        }
        let mut diagnostics = Diagnostics::new();
        let keys = &self.options.keys;
        // One key needs no name: it is found in whatever form the data has it.
        let key = keys.first().filter(|_| keys.len() > 1).cloned().unwrap_or_default();
        let limits = self.renderer.limits();
        let answered = self.data.answer(request, success, json, self.now, (&key, limits), &mut diagnostics);
        self.say_once(&diagnostics);
        match answered {
            Answered::Stale => self.event(Event::Dropped { what: Arc::from("answer") }),
            Answered::TheSame => {}
            Answered::Changed => {
                self.stale.scene = true;
                self.tell_state();
            }
            Answered::StaysAsItWas(failure) => {
                let message = format!("the data could not be refreshed, what was there stays: {failure:.300}");
                self.say(Diagnostic::warning("refresh-failed", message, Place::default()));
            }
        }
    }

    pub(super) fn data_is_late(&mut self) {
        let limits = self.renderer.limits().clone();
        let json = r#"{"errMsg": "the platform did not answer in time", "errCode": -1}"#;
        if let Some(request) = self.data.waits_for() {
            match self.data.answer(request, false, json, self.now, ("", &limits), &mut Diagnostics::new()) {
                Answered::StaysAsItWas(failure) => {
                    let message = format!("the data could not be refreshed, what was there stays: {failure}");
                    self.say(Diagnostic::warning("refresh-failed", message, Place::default()));
                }
                Answered::Changed | Answered::TheSame | Answered::Stale => {
                    self.stale.scene = true;
                    self.tell_state();
                }
            }
        }
    }

    /// Says which state is shown, where it is another one.
    pub(super) fn tell_state(&mut self) {
        let rank = self.rank_options();
        let (state, board) = match &mut self.shown {
            Some(shown) => {
                shown.state = self.data.shown(&shown.source, &rank, &self.options).0;
                let (occasion, state) = (shown.occasion, shown.state);
                (state.keyword(), self.board_name(occasion))
            }
            None => ("hidden", Arc::default()),
        };
        if self.told.as_ref() != Some(&(state, Arc::clone(&board))) {
            self.told = Some((state, Arc::clone(&board)));
            self.event(Event::State { state, board });
        }
    }

    fn board_name(&self, occasion: Occasion) -> Arc<str> {
        self.options.boards.get(&occasion).map_or_else(|| Arc::from(occasion.built_in()), |board| Arc::clone(&board.name))
    }

    /// The board for an occasion; what is built in is compiled when it is first shown.
    pub(super) fn board(&mut self, occasion: Occasion) -> Option<Board> {
        if let Some(own) = self.options.boards.get(&occasion) {
            return Some(own.clone());
        }
        let name = occasion.built_in();
        if !self.boards.contains_key(name) {
            match Board::built_in(name) {
                Ok(board) => {
                    self.boards.insert(name, board);
                }
                Err(error) => self.say(Diagnostic::from_error("board", &error)),
            }
        }
        self.boards.get(name).cloned()
    }

    /// How friends are ranked, with who self is.
    pub(super) fn rank_options(&self) -> RankOptions {
        let mut options = self.options.rank.clone();
        if let Some(openid) = &self.self_openid {
            options.self_openid = Some(Arc::clone(openid));
        }
        options
    }

    pub(super) fn place(&mut self, change: impl FnOnce(&mut Placement)) {
        let before = self.placement.clone();
        change(&mut self.placement);
        if self.placement == before {
            return;
        }
        self.stale.scene |= self.shown.is_some();
        let blur = self.placement.blur();
        if self.shown.is_some() && blur > 1.3 {
            self.tell_blur(blur);
        }
    }

    /// Says that the canvas has fewer px than the screen shows it with; that is why text looks blurred.
    pub(super) fn tell_blur(&mut self, blur: f32) {
        let (width, height) = self.placement.own;
        let message =
            format!("the canvas of {width}×{height} px is shown {blur:.1} times as large in device px: it is blurred");
        let (wide, high) = ((width as f32 * blur).round(), (height as f32 * blur).round());
        let diagnostic = Diagnostic::warning("blurred-canvas", message, Place::default());
        let mut once = Diagnostics::new();
        once.push(diagnostic.hint(format!("give it {wide}×{high} px of its own")));
        self.say_once(&once);
    }

    fn resize_to(&mut self, size: Option<(u32, u32)>) {
        if let Some((width, height)) = size
            && (width, height) != self.placement.own
        {
            self.resized(width, height);
        }
    }

    /// The canvas was given a size, which clears it, even if it is the size that it had.
    pub(super) fn resized(&mut self, width: u32, height: u32) {
        let limits = self.renderer.limits();
        if let Err(error) = crate::pipeline::device_size(Size::new(width as f32, height as f32), 1.0, limits) {
            return self.say(Diagnostic::from_error("canvas-size", &error));
        }
        self.stale.canvas = true;
        self.place(|placement| placement.own = (width, height));
    }

    fn scroll_to(&mut self, id: Option<&str>, x: Option<f32>, y: Option<f32>, animated: bool) {
        let now = self.now;
        if self.stale.scene {
            self.prepare();
        }
        let Some(view) = self.scrolls.main(id) else {
            let named = id.map_or_else(|| "none".to_owned(), |id| format!("none with id '{id:.40}'"));
            let message = format!("a scrollview was expected, the board has {named}");
            return self.say(Diagnostic::warning("no-scrollview", message, Place::default()));
        };
        let node = view.node;
        for (axis, to) in [(Axis::X, x), (Axis::Y, y)] {
            if let Some(to) = to {
                view.go(axis, f64::from(to), animated, now);
            }
        }
        let moves = view.goes_on(now);
        self.stale.list = true;
        if moves {
            self.scrolls.begins(node, now);
        }
    }

    /// Turns to a page: each begins with the first child of the list that the page before did not show whole.
    fn turn(&mut self, turn: Turn) {
        if self.stale.scene {
            self.prepare();
        }
        let now = self.now;
        let Some(view) = self.scrolls.main(None) else {
            return self.say(Diagnostic::warning(
                "no-scrollview",
                "a page was asked for, but nothing scrolls",
                Place::default(),
            ));
        };
        let (node, goal, (extent, length)) = (view.node, view.goal(now), view.vertical());
        let starts = page_starts(&self.prepared, node, extent, length);
        let last = starts.len() - 1;
        let current = starts.iter().rposition(|start| *start <= goal + 0.5).unwrap_or(0);
        let wanted = match turn {
            Turn::To(page) => page.saturating_sub(self.options.first_page),
            Turn::By(pages) => pages.saturating_add(current as i64),
        };
        let page = usize::try_from(wanted).unwrap_or(0).min(last);
        let start = starts.get(page).copied().unwrap_or(0.0);
        if let Some(view) = self.scrolls.of_node(node) {
            view.go(Axis::Y, start, true, now);
            if view.goes_on(now) {
                self.scrolls.begins(node, now);
            }
        }
        self.stale.list = true;
        let number = self.options.first_page.saturating_add(page as i64);
        self.event(Event::Page { page: number, pages: starts.len() });
    }
}

/// Where pages begin, px; the first at 0, the last where there is no more to scroll.
fn page_starts(prepared: &crate::pipeline::Prepared, view: usize, extent: f64, length: f64) -> Vec<f64> {
    let (Some(node), Some(place)) = (prepared.scene.nodes.get(view), prepared.layout.boxes.get(view)) else { return vec![0.0] };
    let top = f64::from(place.absolute.y + place.border.top);
    let rows = node.children.iter().filter_map(|&child| prepared.layout.boxes.get(child)).filter(|row| row.shown);
    let rows: Vec<(f64, f64)> =
        rows.map(|row| (f64::from(row.absolute.y) - top, f64::from(row.absolute.bottom()) - top)).collect();
    let mut starts = vec![0.0];
    while let Some(&start) = starts.last() {
        // A row that is higher than the view is shown in as many pages as it needs.
        let cut = rows.iter().find(|(from, to)| *from > start + 0.5 && *to > start + length + 0.5).map(|(from, _)| *from);
        let next = cut.unwrap_or(start + length).min(extent).max(start + 1.0);
        if start >= extent - 0.5 || next > extent || starts.len() > 10_000 {
            break;
        }
        starts.push(next);
    }
    starts
}
