//! Scroll views: where each stands at a time, what holds or moves it, and how visible its bar is.

use std::sync::Arc;

use super::motion::{Track, rubber, unrubber};
use crate::geometry::Point;
use crate::pipeline::Prepared;
use crate::scene::{Content, Node, NodeId};
use crate::sorted::{self, BTreeMap};

/// How long a bar stays after its view came to rest, ms.
const BAR_STAYS: f64 = 400.0;
/// How long it takes to fade, ms.
const BAR_FADES: f64 = 300.0;

/// What a node is known by, from one scene to the next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NodeKey {
    /// Its `key`.
    Key(Arc<str>),
    /// Its `id`.
    Id(Arc<str>),
    /// Its place in the tree.
    Place(NodeId),
}

impl NodeKey {
    pub(super) fn of(id: NodeId, node: &Node) -> Self {
        match &node.key {
            // A key names what was repeated; the nodes in it are told apart by their ids.
            Some(key) if node.id.is_empty() => Self::Key(Arc::clone(key)),
            _ if !node.id.is_empty() => Self::Id(Arc::clone(&node.id)),
            _ => Self::Place(id),
        }
    }
}

/// A direction of scrolling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    X,
    Y,
}

/// What holds or moves an offset.
#[derive(Clone, Debug, PartialEq)]
enum Hold {
    /// Nothing: it is here.
    Rest(f64),
    /// A finger holds it: where it would be if nothing ended.
    Held(f64),
    /// It moves by itself.
    Moves(Track),
}

/// One direction of one view.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    hold: Hold,
    /// How far it scrolls, px.
    extent: f64,
    /// How long the view is, px.
    length: f64,
}

impl Range {
    fn at(&self, now: f64) -> (f64, f64) {
        match &self.hold {
            Hold::Rest(position) => (*position, 0.0),
            Hold::Held(raw) => (rubber(*raw, self.extent, self.length), 0.0),
            Hold::Moves(track) => track.at(now),
        }
    }

    /// When it rests; `None` while a finger holds it.
    fn end(&self) -> Option<f64> {
        match &self.hold {
            Hold::Rest(_) => Some(f64::NEG_INFINITY),
            Hold::Held(_) => None,
            Hold::Moves(track) => Some(track.end()),
        }
    }

    fn measure(&mut self, extent: f64, length: f64, now: f64) {
        if (self.extent, self.length) == (extent, length) {
            return;
        }
        let (position, velocity) = self.at(now);
        (self.extent, self.length) = (extent, length);
        match &self.hold {
            Hold::Rest(_) => self.hold = Hold::Rest(position.clamp(0.0, extent)),
            Hold::Held(_) => {}
            Hold::Moves(_) => self.hold = Hold::Moves(Track::released(position.clamp(0.0, extent), velocity, extent, now)),
        }
    }
}

/// A scroll view.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScrollView {
    /// Its `id` in the template.
    pub id: Arc<str>,
    /// Its node in the scene of now.
    pub node: NodeId,
    x: Range,
    y: Range,
    /// True from its first movement until its rest was noticed.
    moving: bool,
    /// When it last came to rest; `None`: it never moved.
    rested: Option<f64>,
    /// Where it comes to rest, px; nowhere in particular where there is none.
    stops: Vec<f64>,
    /// What it was scrolled to by itself.
    wanted: Option<Arc<str>>,
}

impl ScrollView {
    fn range(&mut self, axis: Axis) -> &mut Range {
        match axis {
            Axis::X => &mut self.x,
            Axis::Y => &mut self.y,
        }
    }

    /// Its offset, px.
    pub(super) fn offset(&self, now: f64) -> Point {
        Point::new(self.x.at(now).0 as f32, self.y.at(now).0 as f32)
    }

    /// True where it can scroll in a direction.
    pub(super) fn can_scroll(&self, axis: Axis) -> bool {
        match axis {
            Axis::X => self.x.extent > 0.0,
            Axis::Y => self.y.extent > 0.0,
        }
    }

    /// How far it scrolls down, and how long it is, px.
    pub(super) fn vertical(&self) -> (f64, f64) {
        (self.y.extent, self.y.length)
    }

    /// Where it is going to be: where it rests once it does.
    pub(super) fn goal(&self, now: f64) -> f64 {
        match &self.y.hold {
            Hold::Moves(track) => track.rest(),
            _ => self.y.at(now).0,
        }
    }

    /// When it rests; `None` while a finger holds it.
    fn end(&self) -> Option<f64> {
        Some(self.x.end()?.max(self.y.end()?))
    }

    fn is_moving(&self, now: f64) -> bool {
        self.end().is_none_or(|end| end > now)
    }

    /// True where it goes on by itself: a finger that takes hold of it then does not tap.
    pub(super) fn moves_by_itself(&self, now: f64) -> bool {
        self.end().is_some_and(|end| end > now)
    }

    fn bar(&self, now: f64) -> f32 {
        if self.is_moving(now) {
            return 1.0;
        }
        let Some(rested) = self.rest_time() else { return 0.0 };
        (1.0 - (now - rested - BAR_STAYS) / BAR_FADES).clamp(0.0, 1.0) as f32
    }

    fn rest_time(&self) -> Option<f64> {
        let end = self.end().filter(|end| end.is_finite());
        match (end, self.rested) {
            (Some(end), Some(rested)) => Some(end.max(rested)),
            (end, rested) => end.or(rested),
        }
    }

    /// A finger takes hold of a direction where it stands.
    pub(super) fn grab(&mut self, axis: Axis, now: f64) {
        for range in [&mut self.x, &mut self.y] {
            let (position, _) = range.at(now);
            range.hold = Hold::Rest(position);
        }
        let range = self.range(axis);
        let (position, _) = range.at(now);
        range.hold = Hold::Held(unrubber(position, range.extent, range.length));
        self.moving = true;
    }

    /// The finger moved so far against the direction of scrolling.
    pub(super) fn drag(&mut self, axis: Axis, by: f64) {
        if let Hold::Held(raw) = &mut self.range(axis).hold {
            *raw += by;
        }
    }

    /// The finger let go at a speed, px/ms.
    pub(super) fn release(&mut self, axis: Axis, velocity: f64, now: f64) {
        for (range, velocity) in [(Axis::X, &mut self.x), (Axis::Y, &mut self.y)]
            .map(|(own, range)| (range, if own == axis { velocity } else { 0.0 }))
        {
            let (position, _) = range.at(now);
            range.hold = Hold::Moves(Track::released(position, velocity, range.extent, now));
        }
        self.stop_at_a_row(now);
        self.rested = Some(now);
    }

    /// Leads where it would come to rest to where the nearest row begins.
    fn stop_at_a_row(&mut self, now: f64) {
        let (position, _) = self.y.at(now);
        // What is pulled beyond an end comes back to it.
        if self.stops.is_empty() || position < 0.0 || position > self.y.extent {
            return;
        }
        let rest = self.goal(now).clamp(0.0, self.y.extent);
        let ends = [0.0, self.y.extent];
        let stops = self.stops.iter().copied().filter(|stop| *stop < self.y.extent).chain(ends);
        let Some(stop) = stops.min_by(|a, b| (a - rest).abs().total_cmp(&(b - rest).abs())) else { return };
        self.y.hold =
            if (stop - position).abs() < 0.01 { Hold::Rest(stop) } else { Hold::Moves(Track::eased(position, stop, now)) };
    }

    /// Goes to an offset down (or to the right); within what can be scrolled.
    pub(super) fn scroll_to(&mut self, axis: Axis, to: f64, animated: bool, now: f64) {
        let range = self.range(axis);
        let (to, (from, _)) = (to.clamp(0.0, range.extent), range.at(now));
        if animated && from != to {
            range.hold = Hold::Moves(Track::eased(from, to, now));
            self.moving = true;
            self.rested = Some(now);
        } else {
            range.hold = Hold::Rest(to);
        }
    }
}

/// What a scroll view began or ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScrollChange {
    pub id: Arc<str>,
    pub begins: bool,
    pub offset: Point,
}

/// The scroll views of the board that is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Scrolls {
    views: BTreeMap<NodeKey, ScrollView>,
    /// Begun movements that nobody has taken yet.
    begun: Vec<ScrollChange>,
}

impl Scrolls {
    /// Forgets everything: another board is shown.
    pub(super) fn clear(&mut self) {
        self.views.clear();
        self.begun.clear();
    }

    /// Takes over to a new scene: what has the same key stays where it is.
    pub(super) fn carry_over(&mut self, prepared: &Prepared, now: f64) {
        let mut before = std::mem::take(&mut self.views);
        for (id, node) in prepared.scene.nodes.iter().enumerate() {
            let (Content::ScrollView { scrolling, .. }, Some(place)) = (&node.content, prepared.layout.boxes.get(id)) else {
                continue;
            };
            if !place.shown {
                continue;
            }
            let inside = |length: f32, start: f32, end: f32| f64::from((length - start - end).max(0.0));
            let width = inside(place.rect.width, place.border.left, place.border.right);
            let height = inside(place.rect.height, place.border.top, place.border.bottom);
            let key = NodeKey::of(id, node);
            let range = || Range { hold: Hold::Rest(0.0), extent: 0.0, length: 0.0 };
            let fresh = || ScrollView {
                id: Arc::clone(&node.id),
                node: id,
                x: range(),
                y: range(),
                moving: false,
                rested: None,
                stops: Vec::new(),
                wanted: None,
            };
            let known = before.remove(&key);
            let is_known = known.is_some();
            let mut view = known.unwrap_or_else(fresh);
            view.node = id;
            view.x.measure(f64::from(place.scroll.width), width, now);
            view.y.measure(f64::from(place.scroll.height), height, now);
            view.stops = if scrolling.snaps { prepared.row_starts(id) } else { Vec::new() };
            // Once for each thing that is wanted: whoever scrolls away from it is let go.
            if scrolling.to != view.wanted {
                let offset = prepared.offset_to_wanted(id, view.offset(now).y);
                view.wanted = scrolling.to.clone().filter(|_| offset.is_some() || prepared.has_wanted(id));
                if let Some(offset) = offset {
                    view.scroll_to(Axis::Y, f64::from(offset), is_known, now);
                }
            }
            self.views.insert(key, view);
        }
    }

    /// How far down the scroll view of a node is scrolled, px, whichever scene the node is of.
    pub(super) fn offset_of(&self, id: NodeId, node: &Node, now: f64) -> f32 {
        self.views.get(&NodeKey::of(id, node)).map_or(0.0, |view| view.offset(now).y)
    }

    /// The view of a node.
    pub(super) fn by_node(&mut self, node: NodeId) -> Option<&mut ScrollView> {
        self.views.values_mut().find(|view| view.node == node)
    }

    /// The view of a key.
    pub(super) fn by_key(&mut self, key: &NodeKey) -> Option<&mut ScrollView> {
        self.views.get_mut(key)
    }

    /// The view with an id; without one, the first in the tree that can scroll (down, if any can).
    pub(super) fn by_id(&mut self, id: Option<&str>) -> Option<&mut ScrollView> {
        if let Some(id) = id {
            return self.views.values_mut().find(|view| &*view.id == id);
        }
        let first = |axis| self.views.values().filter(|view| view.can_scroll(axis)).map(|view| view.node).min();
        let node = first(Axis::Y).or_else(|| first(Axis::X)).or_else(|| self.views.values().map(|view| view.node).min())?;
        self.by_node(node)
    }

    /// Offsets and bars for drawing. What never moved is left out.
    pub(super) fn offsets_and_bars(&self, now: f64) -> (BTreeMap<NodeId, Point>, BTreeMap<NodeId, f32>) {
        let offsets =
            self.views.values().map(|view| (view.node, view.offset(now))).filter(|(_, offset)| *offset != Point::default());
        let bars = self.views.values().map(|view| (view.node, view.bar(now))).filter(|(_, bar)| *bar > 0.0);
        (sorted::map(offsets), sorted::map(bars))
    }

    /// True where offsets and bars are those of a time.
    pub(super) fn are_at(&self, now: f64, offsets: &BTreeMap<NodeId, Point>, bars: &BTreeMap<NodeId, f32>) -> bool {
        let (mut moved, mut shown) = (0, 0);
        let are_known = self.views.values().all(|view| {
            let (offset, bar) = (view.offset(now), view.bar(now));
            moved += usize::from(offset != Point::default());
            shown += usize::from(bar > 0.0);
            (offset == Point::default() || offsets.get(&view.node) == Some(&offset))
                && (bar <= 0.0 || bars.get(&view.node) == Some(&bar))
        });
        are_known && (moved, shown) == (offsets.len(), bars.len())
    }

    /// Brings offsets and bars of the same views up to a time; false where they are of others, and then some may be changed.
    pub(super) fn update(&self, now: f64, offsets: &mut BTreeMap<NodeId, Point>, bars: &mut BTreeMap<NodeId, f32>) -> bool {
        for view in self.views.values() {
            let (offset, bar) = (view.offset(now), view.bar(now));
            if let Some(known) = offsets.get_mut(&view.node) {
                *known = offset;
            }
            if let Some(known) = bars.get_mut(&view.node) {
                *known = bar;
            }
        }
        self.are_at(now, offsets, bars)
    }

    /// True where the next frame differs from this one.
    pub(super) fn needs_frames(&self, now: f64) -> bool {
        self.views.values().any(|view| {
            let bar = view.bar(now);
            view.moves_by_itself(now) || (bar > 0.0 && bar < 1.0)
        })
    }

    /// When a bar begins to fade.
    pub(super) fn next_time(&self, now: f64) -> Option<f64> {
        let times = self.views.values().filter(|view| !view.is_moving(now)).filter_map(|view| {
            // The first ms of fading, so that something differs then.
            view.rest_time().map(|rested| rested + BAR_STAYS + 1.0).filter(|time| *time > now)
        });
        times.min_by(f64::total_cmp)
    }

    /// Notes that a view begins to move.
    pub(super) fn note_begin(&mut self, node: NodeId, now: f64) {
        if let Some(view) = self.views.values().find(|view| view.node == node) {
            self.begun.push(ScrollChange { id: Arc::clone(&view.id), begins: true, offset: view.offset(now) });
        }
    }

    /// What began and what came to rest since the last call.
    pub(super) fn take_changes(&mut self, now: f64) -> Vec<ScrollChange> {
        let mut changes = std::mem::take(&mut self.begun);
        for view in self.views.values_mut() {
            if view.moving && !view.is_moving(now) {
                view.moving = false;
                view.rested = view.rest_time().or(Some(now));
                changes.push(ScrollChange { id: Arc::clone(&view.id), begins: false, offset: view.offset(now) });
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> ScrollView {
        let range = Range { hold: Hold::Rest(0.0), extent: 1_000.0, length: 300.0 };
        ScrollView {
            id: Arc::from("list"),
            node: 1,
            x: Range { extent: 0.0, ..range.clone() },
            y: range,
            moving: false,
            rested: None,
            stops: Vec::new(),
            wanted: None,
        }
    }

    #[test]
    fn a_drag_follows_the_finger_and_a_fling_moves_by_itself() {
        let mut view = view();
        view.grab(Axis::Y, 0.0);
        view.drag(Axis::Y, 50.0);
        assert_eq!(view.offset(10.0), Point::new(0.0, 50.0));
        view.release(Axis::Y, 1.0, 20.0);
        assert!(view.moves_by_itself(30.0) && view.offset(60.0).y > 80.0);
        let end = view.end().unwrap();
        assert_eq!((view.bar(end), view.moves_by_itself(end)), (1.0, false));
        assert_eq!(view.bar(end + BAR_STAYS + BAR_FADES), 0.0);
    }

    #[test]
    fn a_pull_beyond_the_end_comes_back() {
        let mut view = view();
        view.grab(Axis::Y, 0.0);
        view.drag(Axis::Y, -120.0);
        let pulled = view.offset(0.0).y;
        assert!(pulled < -30.0 && pulled > -120.0);
        view.release(Axis::Y, 0.0, 10.0);
        assert_eq!(view.offset(3_000.0).y, 0.0);
    }

    #[test]
    fn a_finger_that_takes_hold_again_finds_no_jump() {
        let mut view = view();
        view.grab(Axis::Y, 0.0);
        view.drag(Axis::Y, -120.0);
        view.release(Axis::Y, 0.0, 10.0);
        let before = view.offset(60.0);
        view.grab(Axis::Y, 60.0);
        assert!((view.offset(60.0).y - before.y).abs() < 0.01);
    }

    #[test]
    fn a_shorter_list_is_not_scrolled_past_its_end() {
        let mut view = view();
        view.scroll_to(Axis::Y, 900.0, false, 0.0);
        view.y.measure(200.0, 300.0, 1.0);
        assert_eq!(view.offset(1.0).y, 200.0);
    }
}
