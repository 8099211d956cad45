//! From what is shown to a draw list: the scene anew where something in it changed, the list alone where something moved.

use std::sync::Arc;

use super::scroll::{Axis, Identity};
use super::touches::Doing;
use super::{Event, OpenDataContext};
use crate::display::{self, Damage, DrawList, View, damage};
use crate::error::{Diagnostic, Diagnostics};
use crate::friends;
use crate::geometry::PixelRect;
use crate::json::Value;
use crate::picture::{self, Picture, shortened};
use crate::pipeline::Prepared;
use crate::scene::{Content, NodeId, Surroundings, globals};
use crate::style::Length;

use super::pictures::Arrived;

impl OpenDataContext {
    /// Brings the draw list up to a time and gives the pixels in which it differs from the last one; `None` where nothing
    /// does. [`OpenDataContext::frame`] does this by itself.
    pub fn update(&mut self, now: f64) -> Damage {
        self.advance(now);
        self.frame_asked = false;
        self.late();
        if self.stale.scene {
            self.prepare();
        }
        let view = self.look();
        let whole = self.whole();
        let mut touched = None;
        if self.stale.list || view != self.view {
            let list = if self.shown.is_some() {
                let (prepared, size, known) = (&self.prepared, self.placement.own, self.pictures.known());
                let shown = display::wanted(&prepared.scene, &prepared.layout, &view, size, known);
                let list = self.renderer.draw_list(prepared, &view, size, known);
                self.pictures.in_sight(shown);
                list
            } else {
                DrawList { width: self.placement.own.0, height: self.placement.own.1, commands: Vec::new() }
            };
            touched = damage(&self.list, &list);
            (self.list, self.view, self.stale.list) = (list, view, false);
            if self.shown.is_some() {
                self.pump();
            }
        }
        if std::mem::take(&mut self.stale.canvas) {
            touched = Some(whole);
        }
        touched
    }

    /// True where the canvas is not what it should be now, or will not be in the next frame.
    pub(super) fn needs_frame(&self) -> bool {
        self.is_drawn()
            && (self.stale.scene
                || self.stale.list
                || self.stale.canvas
                || self.scrolls.needs_frames(self.now)
                || self.look() != self.view)
    }

    /// True where there is something on the canvas, or should be: an empty canvas needs no frame to stay empty.
    fn is_drawn(&self) -> bool {
        self.shown.is_some() || !self.list.commands.is_empty()
    }

    pub(super) fn whole(&self) -> PixelRect {
        PixelRect::new(0, 0, self.placement.own.0 as i32, self.placement.own.1 as i32)
    }

    /// How the scene is looked at now.
    pub(super) fn look(&self) -> View {
        let (scroll, bars) = self.scrolls.look(self.now);
        let pressed = match self.finger.as_ref().map(|finger| &finger.doing) {
            Some(Doing::Presses(nodes)) => self.pressed(nodes),
            _ => std::collections::BTreeSet::new(),
        };
        View { dpr: self.placement.dpr(), scroll, bars, pressed }
    }

    /// Of the nodes under a finger, those that look pressed: from the topmost up to the first with an action.
    fn pressed(&self, nodes: &[NodeId]) -> std::collections::BTreeSet<NodeId> {
        let node = |id: &NodeId| self.prepared.scene.nodes.get(*id);
        let acts =
            |id: &NodeId| node(id).is_some_and(|node| node.action.is_some() || matches!(node.content, Content::Button(_)));
        let count = nodes.iter().position(acts).map_or(nodes.len(), |index| index + 1);
        let looks_it = |id: &&NodeId| node(id).is_some_and(|node| node.active_style.is_some());
        nodes.iter().take(count).filter(looks_it).copied().collect()
    }

    /// Makes the scene and its boxes anew.
    pub(super) fn prepare(&mut self) {
        self.stale.scene = false;
        self.stale.list = true;
        let Some(shown) = &self.shown else {
            self.prepared = Prepared::default();
            return;
        };
        let (occasion, rank, size) = (shown.occasion, self.rank_options(), self.placement.board_size());
        let (state, data) = self.data.shown(&shown.source, &rank, &self.options);
        let mut variables = self.options.variables.clone();
        if let Some(tab) = &self.tab {
            variables.push((Arc::from("tab"), Value::from(Arc::clone(tab))));
        }
        let surroundings = Surroundings {
            state,
            theme: self.options.theme.clone(),
            dark: self.options.dark,
            strings: self.options.strings.clone(),
            locale: Arc::clone(&self.options.locale),
            size,
            variables,
            marks: self.marks.clone(),
        };
        self.ranking = friends::rank(&data, &rank);
        self.friends = data;
        let Some(board) = self.board(occasion) else { return };
        let mut diagnostics = Diagnostics::new();
        let limits = self.renderer.limits().clone();
        let values = globals(&self.friends, &self.ranking, &surroundings, &limits, &mut diagnostics);
        let made = board
            .resolve(&values, size, &limits, &mut diagnostics)
            .and_then(|scene| self.renderer.layout(scene, size, self.pictures.known()));
        self.say_once(&diagnostics);
        let prepared = made.unwrap_or_else(|error| {
            let mut once = Diagnostics::new();
            once.push(Diagnostic::from_error("board", &error));
            self.say_once(&once);
            Prepared::default()
        });
        self.follow_finger(&prepared);
        self.prepared = prepared;
        self.scrolls.follow(&self.prepared, self.now);
        self.pictures.look_ahead(&self.prepared.scene, &self.options);
        let wanted = self.scroll_wanted.filter(|_| state == crate::scene::BoardState::Ready);
        if let Some(y) = wanted {
            self.scroll_wanted = None;
            let now = self.now;
            if let Some(view) = self.scrolls.main(None) {
                view.go(Axis::Y, f64::from(y), false, now);
            }
        }
        let blur = self.placement.blur();
        if blur > 1.3 {
            self.tell_blur(blur);
        }
    }

    /// A finger stays on the nodes that it is on, by their identity.
    fn follow_finger(&mut self, next: &Prepared) {
        let before = &self.prepared.scene.nodes;
        let Some(finger) = &mut self.finger else { return };
        if let Doing::Presses(nodes) = &mut finger.doing {
            let known: Vec<Option<Identity>> =
                nodes.iter().map(|id| before.get(*id).map(|node| Identity::of(*id, node))).collect();
            let find = |identity: &Identity| {
                next.scene.nodes.iter().enumerate().find(|(id, node)| Identity::of(*id, node) == *identity).map(|(id, _)| id)
            };
            let found: Option<Vec<NodeId>> = known.iter().map(|identity| identity.as_ref().and_then(find)).collect();
            match found {
                Some(found) => *nodes = found,
                None => finger.doing = Doing::Nothing,
            }
        }
    }

    pub(super) fn picture_arrived(&mut self, src: &str, picture: Result<Picture, String>) {
        let reason = picture.as_ref().err().cloned();
        match self.pictures.arrived(src, picture, self.now, &self.options) {
            Arrived::Stale => self.event(Event::Dropped { what: Arc::from(shortened(src)) }),
            Arrived::Ready => {
                self.stale.list |= self.shown.is_some();
                self.stale.scene |= self.shown.is_some() && self.decides_sizes(src);
            }
            Arrived::Again => {}
            Arrived::Failed => {
                self.stale.list |= self.shown.is_some();
                let reason = reason.unwrap_or_default();
                self.say(picture::missing("picture", src, format_args!("{reason:.300}")));
            }
        }
    }

    /// True where a picture's own size decides over that of a box.
    fn decides_sizes(&self, src: &str) -> bool {
        self.prepared.scene.nodes.iter().any(|node| {
            let layout = &node.style.layout;
            matches!(&node.content, Content::Image { src: own, .. } if **own == *src)
                && (layout.width == Length::Auto || layout.height == Length::Auto)
        }) || self.prepared.scene.nodes.iter().any(|node| matches!(node.content, Content::BitmapText { .. }))
    }
}
