//! What can be seen and touched: the canvas and its place on the screen, the scene and where it is scrolled, the finger on
//! it, the draw list. It knows no friends and no platform; it is given a board to show, and tells of taps.

mod finger;
mod gestures;
mod motion;
mod pages;
mod press;
mod scroll;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::exchange::{Showing, Tap};
use super::input::{Event, Touch, TouchPhase};
use super::messages::Turn;
use super::options::Options;
use super::outbox::Outbox;
use super::placement::Placement;
use crate::display::{self, Damage, DrawList, Room, View, damage, hit};
use crate::error::{Diagnostic, Diagnostics, ErrorKind, Place};
use crate::geometry::{PixelRect, Point, Size};
use crate::json::Value;
use crate::layout::{self, Kept};
use crate::limits::Limits;
use crate::picture::Pictures;
use crate::pipeline::{Board, Prepared, Renderer, Source, device_size};
use crate::reading::Reading;
use crate::scene::{Node, NodeId, Scene};
use gestures::{Gestures, TapLimits};
use pages::{page_at, page_starts};
use scroll::{Axis, Scrolls};

/// A canvas px that is spread over more px of the screen than this looks blurred.
const BLURRED: f32 = 1.3;

/// Scene, scrolls, finger and list.
pub(super) struct Stage {
    placement: Placement,
    /// The number of the first page in messages.
    first_page: i64,
    /// True while a board is shown.
    is_open: bool,
    prepared: Prepared,
    /// What was measured for it.
    kept: Kept,
    /// The board that it is of.
    made_of: Option<Board>,
    /// Of what the scene was made.
    source: Option<Source>,
    /// The session's revision that the scene is of.
    revision: u64,
    scrolls: Scrolls,
    /// Where the board is to be scrolled once friends are there, px.
    scroll_goal: Option<f32>,
    gestures: Gestures,
    list: DrawList,
    /// The list before that one.
    last: DrawList,
    /// How the list looks at the scene.
    view: View,
    /// What is kept from one list to the next.
    room: Room,
    stale: Stale,
    rows: Rows,
}

/// What is to be made anew.
#[derive(Clone, Copy, Debug)]
struct Stale {
    /// The scene and its boxes, whatever the session's revision.
    scene: bool,
    /// The draw list.
    list: bool,
    /// All of the canvas.
    canvas: bool,
}

/// Whether the rows of long lists can be made that come in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// They can, as far as it is known.
    Follow,
    /// They cost too much: they are not tried again until there is another scene.
    TooDear,
}

impl Stage {
    /// A stage that shows nothing yet.
    pub(super) fn new(options: &Options) -> Self {
        Self {
            placement: Placement::default(),
            first_page: options.first_page,
            is_open: false,
            prepared: Prepared::default(),
            kept: Kept::default(),
            made_of: None,
            source: None,
            revision: 0,
            scrolls: Scrolls::default(),
            scroll_goal: None,
            gestures: Gestures::new(TapLimits { distance: options.tap_distance, time: options.tap_time }),
            list: DrawList::default(),
            last: DrawList::default(),
            view: View::default(),
            room: Room::default(),
            stale: Stale { scene: false, list: false, canvas: true },
            rows: Rows::Follow,
        }
    }

    /// Where the canvas stands.
    pub(super) fn placement(&self) -> &Placement {
        &self.placement
    }

    /// What is shown.
    pub(super) fn scene(&self) -> &Scene {
        &self.prepared.scene
    }

    /// The scene with its boxes, how the last list looks at it, and what it was made of.
    pub(super) fn shown(&self) -> (&Prepared, &View, &Value) {
        const NOTHING: &Value = &Value::Null;
        (&self.prepared, &self.view, self.source.as_ref().map_or(NOTHING, |source| &source.values))
    }

    /// The board of the scene.
    pub(super) fn board(&self) -> Option<&Board> {
        self.source.as_ref().map(|source| &source.board)
    }

    /// The last draw list.
    pub(super) fn list(&self) -> &DrawList {
        &self.list
    }

    /// The draw list before the last one.
    #[cfg(feature = "raster")]
    pub(super) fn last_list(&self) -> &DrawList {
        &self.last
    }

    /// The whole canvas, device px.
    pub(super) fn area(&self) -> PixelRect {
        PixelRect::new(0, 0, self.placement.own.0 as i32, self.placement.own.1 as i32)
    }

    /// A board is shown from now on: the one that was shown already, or another one. `scroll_y` is where it is to be
    /// scrolled once friends are there, px.
    pub(super) fn open(&mut self, is_same: bool, scroll_y: Option<f32>) {
        if !is_same {
            self.scrolls.clear();
            self.gestures.forget();
            self.scroll_goal = None;
        }
        self.scroll_goal = scroll_y.or(self.scroll_goal);
        self.is_open = true;
    }

    /// Another board takes the place of the one that is shown.
    pub(super) fn change_board(&mut self) {
        self.scrolls.clear();
    }

    /// Nothing is shown from now on.
    pub(super) fn close(&mut self) {
        self.open(false, None);
        self.is_open = false;
        self.take(Prepared::default());
        self.stale.list = true;
        // What else a game may have drawn there goes too.
        self.stale.canvas = true;
    }

    /// Places the canvas otherwise.
    pub(super) fn place(&mut self, change: impl FnOnce(&mut Placement), outbox: &mut Outbox) {
        let before = self.placement.clone();
        change(&mut self.placement);
        if self.is_open && self.placement != before {
            self.stale.scene = true;
            self.warn_of_blur(outbox);
        }
    }

    /// The canvas was given a size, which clears it, even if it is the size that it had.
    pub(super) fn resize(&mut self, (width, height): (u32, u32), limits: &Limits, outbox: &mut Outbox) {
        if let Err(error) = device_size(Size::new(width as f32, height as f32), 1.0, limits) {
            return outbox.say(Diagnostic::from_error("canvas-size", &error));
        }
        self.stale.canvas = true;
        self.place(|placement| placement.own = (width, height), outbox);
    }

    /// Says that the canvas has fewer px than the screen shows it with; that is why text looks blurred.
    fn warn_of_blur(&self, outbox: &mut Outbox) {
        let blur = self.placement.blur();
        if blur <= BLURRED {
            return;
        }
        let (width, height) = self.placement.own;
        let message =
            format!("the canvas of {width}×{height} px is shown {blur:.1} times as large in device px: it is blurred");
        let (wide, high) = ((width as f32 * blur).round(), (height as f32 * blur).round());
        let diagnostic = Diagnostic::warning("blurred-canvas", message, Place::default());
        outbox.say_once(&diagnostic.hint(format!("give it {wide}×{high} px of its own")));
    }

    /// The scene is to be made anew.
    pub(super) fn invalidate_scene(&mut self) {
        self.stale.scene = true;
    }

    /// All of the next scene is made anew.
    #[cfg(test)]
    pub(super) fn keep_nothing(&mut self) {
        self.prepared.scene.keep_nothing();
        self.kept = Kept::default();
    }

    /// The draw list is to be made anew.
    pub(super) fn invalidate_list(&mut self) {
        self.stale.list = true;
    }

    /// What is known of a picture has changed; `is_there`: it can be drawn now.
    pub(super) fn picture_changed(&mut self, src: &str, is_there: bool) {
        if self.is_open {
            self.stale.list = true;
            self.stale.scene |= is_there && self.decides_sizes(src);
        }
    }

    /// True where a picture's own size decides over that of a box.
    fn decides_sizes(&self, src: &str) -> bool {
        layout::needs(&self.prepared.scene).pictures.iter().any(|own| **own == *src)
    }

    /// True where the scene is not that of a revision of the session.
    pub(super) fn is_scene_stale(&self, revision: u64) -> bool {
        self.stale.scene || self.revision != revision
    }

    /// Lets go of the values that the scene was made of, before there are others.
    pub(super) fn forget_values(&mut self) {
        self.source = None;
    }

    /// Makes the scene and its boxes anew, of what the session shows at a revision.
    pub(super) fn build(
        &mut self,
        showing: Option<Showing<'_>>,
        revision: u64,
        renderer: &mut Renderer,
        pictures: &Pictures,
        now: f64,
        outbox: &mut Outbox,
    ) {
        let is_as_before = !self.stale.scene;
        self.revision = revision;
        self.stale.scene = false;
        self.stale.list = true;
        self.source = None;
        self.rows = Rows::Follow;
        let Some(showing) = showing else {
            self.take(Prepared::default());
            return;
        };
        let Showing { board, globals, is_ready } = showing;
        // Of another board, or on another canvas, nothing is as it was.
        let is_same_board = self.made_of.replace(board.clone()).is_some_and(|known| known.is_same(board));
        if !(is_as_before && is_same_board) {
            self.prepared.scene.keep_nothing();
        }
        let source = Source { board: board.clone(), values: globals, size: self.placement.board_size() };
        self.make(&source, renderer, pictures, now, outbox);
        self.source = Some(source);
        if is_ready
            && let Some(y) = self.scroll_goal.take()
            && let Some(view) = self.scrolls.by_id(None)
        {
            view.scroll_to(Axis::Y, f64::from(y), false, now);
        }
        self.warn_of_blur(outbox);
    }

    /// Makes scene and boxes of what is shown, with the rows of long lists that are in sight.
    fn make(&mut self, source: &Source, renderer: &mut Renderer, pictures: &Pictures, now: f64, outbox: &mut Outbox) {
        let (mut diagnostics, limits) = (Diagnostics::new(), renderer.limits().clone());
        let mut reading = Reading::within(&limits, renderer.take_budget(), &mut diagnostics);
        let scrolls = &self.scrolls;
        let offset = |id: NodeId, node: &Node| scrolls.offset_of(id, node, now);
        let prepared = renderer.prepare_after((&self.prepared, &mut self.kept), source, &offset, pictures, &mut reading);
        outbox.say_each_once(&diagnostics);
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                outbox.say_once(&Diagnostic::from_error("board", &error));
                // What costs too much leaves the last good frame.
                if matches!(error.kind(), ErrorKind::Limit | ErrorKind::Deadline) {
                    self.rows = Rows::TooDear;
                    return;
                }
                Prepared::default()
            }
        };
        self.gestures.carry_over(&self.prepared.scene, &prepared.scene);
        self.take(prepared);
        self.scrolls.carry_over(&self.prepared, now);
        self.stale.list = true;
    }

    /// Takes a scene with its boxes in place of the one that was shown.
    fn take(&mut self, prepared: Prepared) {
        self.prepared = prepared;
        self.room.forget_scene();
    }

    /// Makes the rows of long lists that were scrolled in sight.
    pub(super) fn follow_scrolls(&mut self, renderer: &mut Renderer, pictures: &Pictures, now: f64, outbox: &mut Outbox) {
        let Some(source) = self.source.take_if(|_| self.rows == Rows::Follow) else { return };
        let scrolls = &self.scrolls;
        if !self.prepared.has_rows_in_sight(&|id, node| scrolls.offset_of(id, node, now)) {
            self.make(&source, renderer, pictures, now, outbox);
        }
        self.source = Some(source);
    }

    /// How the scene is looked at, at a time.
    pub(super) fn view_at(&self, now: f64) -> View {
        let (scroll, bars) = self.scrolls.offsets_and_bars(now);
        let pressed = press::pressed(&self.prepared.scene, self.gestures.pressed());
        View { dpr: self.placement.dpr(), scroll, bars, pressed }
    }

    /// Looks at the scene as it is at a time.
    fn look(&mut self, now: f64) {
        if self.is_view_of(now) {
            return;
        }
        self.stale.list = true;
        self.view.dpr = self.placement.dpr();
        // Most often nothing but the offset is another one.
        if !self.scrolls.update(now, &mut self.view.scroll, &mut self.view.bars) {
            (self.view.scroll, self.view.bars) = self.scrolls.offsets_and_bars(now);
        }
        self.view.pressed = press::pressed(&self.prepared.scene, self.gestures.pressed());
    }

    /// True where the view is that at a time.
    fn is_view_of(&self, now: f64) -> bool {
        self.view.dpr == self.placement.dpr()
            && self.scrolls.are_at(now, &self.view.scroll, &self.view.bars)
            && self.view.pressed == press::pressed(&self.prepared.scene, self.gestures.pressed())
    }

    /// True where the draw list is not what it should be.
    pub(super) fn is_list_stale(&self, now: f64) -> bool {
        self.stale.list || !self.is_view_of(now)
    }

    /// Finds the pictures that are in sight at a time, in the order of drawing.
    pub(super) fn find_wanted(&mut self, pictures: &Pictures, now: f64, found: &mut Vec<Arc<str>>) {
        self.look(now);
        let Prepared { scene, layout } = &self.prepared;
        display::wanted_next((scene, layout, &self.view), self.placement.own, pictures, &mut self.room, found);
    }

    /// Makes the draw list anew; gives the pixels in which it differs from the one before.
    pub(super) fn draw(&mut self, renderer: &mut Renderer, pictures: &Pictures, now: f64) -> Damage {
        self.look(now);
        self.room.take_back(std::mem::take(&mut self.last.commands));
        let (width, height) = self.placement.own;
        let list = if self.is_open {
            let budget = renderer.take_budget();
            Renderer::draw_list_next((&self.prepared, &self.view), (width, height), pictures, &budget, &mut self.room)
        } else {
            DrawList { width, height, commands: Vec::new() }
        };
        let touched = damage(&self.list, &list);
        self.last = std::mem::replace(&mut self.list, list);
        self.stale.list = false;
        touched
    }

    /// True once where all of the canvas is to be drawn anew.
    pub(super) fn take_cleared(&mut self) -> bool {
        std::mem::take(&mut self.stale.canvas)
    }

    /// True where the canvas is not what it should be now, or will not be in the next frame.
    pub(super) fn needs_frame(&self, revision: u64, now: f64) -> bool {
        // An empty canvas needs no frame to stay empty.
        let is_drawn = self.is_open || !self.list.commands.is_empty();
        is_drawn
            && (self.is_scene_stale(revision) || self.stale.canvas || self.scrolls.needs_frames(now) || self.is_list_stale(now))
    }

    /// When a bar begins to fade.
    pub(super) fn next_time(&self, now: f64) -> Option<f64> {
        self.scrolls.next_time(now)
    }

    /// Tells of the scroll views that began to move, and that came to rest.
    pub(super) fn report_scrolls(&mut self, now: f64, outbox: &mut Outbox) {
        for change in self.scrolls.take_changes(now) {
            outbox.event(Event::Scroll { id: change.id, begins: change.begins, offset: change.offset });
        }
    }

    /// Takes what a finger did; gives the tap that it made.
    pub(super) fn touch(&mut self, touch: Touch, now: f64) -> Option<Tap> {
        if !self.is_open {
            return None;
        }
        let Touch { phase, finger, .. } = touch;
        let at = self.placement.to_board(touch.point);
        match phase {
            TouchPhase::Start => {
                if self.gestures.is_idle() {
                    let nodes = self.nodes_at(at, now);
                    self.gestures.start(finger, at, (&self.prepared.scene, nodes), &mut self.scrolls, now);
                }
                None
            }
            TouchPhase::Move => {
                self.gestures.move_to(finger, at, &self.prepared.scene, &mut self.scrolls, now);
                None
            }
            TouchPhase::End | TouchPhase::Cancel => {
                let at = (phase == TouchPhase::End).then_some(at);
                let nodes = self.gestures.lift(finger, at, &mut self.scrolls, now)?;
                press::tap(&self.prepared.scene, &nodes)
            }
        }
    }

    /// The nodes at a point of the board, the topmost first.
    fn nodes_at(&self, at: Point, now: f64) -> Vec<NodeId> {
        hit(&self.prepared.scene, &self.prepared.layout, &self.view_at(now), at)
    }

    /// Scrolls a view by its `id`, or the first that can scroll, to offsets in px; `None` leaves one as it is.
    pub(super) fn scroll_to(
        &mut self,
        id: Option<&str>,
        (x, y): (Option<f32>, Option<f32>),
        animated: bool,
        now: f64,
        outbox: &mut Outbox,
    ) {
        let Some(view) = self.scrolls.by_id(id) else {
            let named = id.map_or_else(|| "none".to_owned(), |id| format!("none with id '{id:.40}'"));
            let message = format!("a scrollview was expected, the board has {named}");
            return outbox.say(Diagnostic::warning("no-scrollview", message, Place::default()));
        };
        for (axis, to) in [(Axis::X, x), (Axis::Y, y)] {
            if let Some(to) = to {
                view.scroll_to(axis, f64::from(to), animated, now);
            }
        }
        let node = view.node;
        self.note_movement(node, now);
    }

    /// Turns to a page of the first view that can scroll.
    pub(super) fn turn(&mut self, turn: Turn, now: f64, outbox: &mut Outbox) {
        let Some(view) = self.scrolls.by_id(None) else {
            let message = "a page was asked for, but nothing scrolls";
            return outbox.say(Diagnostic::warning("no-scrollview", message, Place::default()));
        };
        let (node, (extent, length)) = (view.node, view.vertical());
        let starts = page_starts(&self.prepared, node, extent, length);
        let wanted = match turn {
            Turn::To(page) => page.saturating_sub(self.first_page),
            Turn::By(pages) => pages.saturating_add(page_at(&starts, view.goal(now)) as i64),
        };
        let page = usize::try_from(wanted).unwrap_or(0).min(starts.len() - 1);
        view.scroll_to(Axis::Y, starts.get(page).copied().unwrap_or(0.0), true, now);
        self.note_movement(node, now);
        let number = self.first_page.saturating_add(page as i64);
        outbox.event(Event::Page { page: number, pages: starts.len() });
    }

    /// A view was scrolled without a finger.
    fn note_movement(&mut self, node: NodeId, now: f64) {
        self.stale.list = true;
        if self.scrolls.by_node(node).is_some_and(|view| view.moves_by_itself(now)) {
            self.scrolls.note_begin(node, now);
        }
    }
}
