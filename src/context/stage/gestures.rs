//! What a finger does to a board: presses, taps and drags.

use super::finger::{Finger, Gesture};
use super::scroll::{Axis, NodeKey, Scrolls};
use crate::geometry::Point;
use crate::scene::{NodeId, Scene};

/// How far and how long a finger may go that taps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TapLimits {
    /// Farther than this, px, it drags.
    pub distance: f32,
    /// Longer than this, ms, it rests.
    pub time: f64,
}

/// The finger on a board, if one is down. One at a time: a second one neither scrolls nor taps.
#[derive(Debug)]
pub(super) struct Gestures {
    limits: TapLimits,
    finger: Option<Finger>,
}

impl Gestures {
    /// No finger yet.
    pub(super) fn new(limits: TapLimits) -> Self {
        Self { limits, finger: None }
    }

    /// True where no finger is down.
    pub(super) fn is_idle(&self) -> bool {
        self.finger.is_none()
    }

    /// Forgets the finger that is down.
    pub(super) fn forget(&mut self) {
        self.finger = None;
    }

    /// The nodes that are pressed, the topmost first.
    pub(super) fn pressed(&self) -> &[NodeId] {
        match self.finger.as_ref().map(|finger| &finger.gesture) {
            Some(Gesture::Presses(nodes)) => nodes,
            _ => &[],
        }
    }

    /// A finger comes down on nodes, the topmost first. On a view that moves by itself it stops that and takes hold of it.
    pub(super) fn start(
        &mut self,
        finger: i64,
        at: Point,
        (scene, nodes): (&Scene, Vec<NodeId>),
        scrolls: &mut Scrolls,
        now: f64,
    ) {
        let stops = nodes.iter().any(|node| scrolls.by_node(*node).is_some_and(|view| view.moves_by_itself(now)));
        let gesture = if stops { grab(&nodes, Axis::Y, scene, scrolls, now) } else { Gesture::Presses(nodes) };
        self.finger = Some(Finger::down(finger, at, gesture, now));
    }

    /// A finger moves. Where it goes too far to tap, it scrolls, in the direction in which it went, the innermost view
    /// that can.
    pub(super) fn move_to(&mut self, finger: i64, at: Point, scene: &Scene, scrolls: &mut Scrolls, now: f64) {
        let Some(finger) = self.finger.as_mut().filter(|known| known.id == finger) else { return };
        let by = finger.move_to(at, now);
        match &finger.gesture {
            Gesture::Presses(nodes) if finger.is_far(self.limits.distance) => {
                let away = finger.away();
                let axis = if away.x.abs() > away.y.abs() { Axis::X } else { Axis::Y };
                finger.gesture = grab(nodes, axis, scene, scrolls, now);
            }
            Gesture::Drags(view, axis) => drag(scrolls, view, *axis, by),
            Gesture::Presses(_) | Gesture::Nothing => {}
        }
    }

    /// A finger is lifted, or taken away (which neither taps nor flings). Gives the nodes that it tapped, the topmost
    /// first.
    pub(super) fn lift(&mut self, finger: i64, at: Option<Point>, scrolls: &mut Scrolls, now: f64) -> Option<Vec<NodeId>> {
        let mut finger = self.finger.take_if(|known| known.id == finger)?;
        let by = at.map(|at| finger.move_to(at, now));
        match &finger.gesture {
            Gesture::Drags(view, axis) => {
                if let Some(by) = by {
                    drag(scrolls, view, *axis, by);
                }
                let velocity = if by.is_some() { -finger.velocity(*axis, now) } else { 0.0 };
                if let Some(view) = scrolls.by_key(view) {
                    view.release(*axis, velocity, now);
                }
                None
            }
            Gesture::Presses(nodes) => {
                let is_tap = !finger.is_far(self.limits.distance) && finger.held(now) <= self.limits.time;
                (by.is_some() && is_tap).then(|| nodes.clone())
            }
            Gesture::Nothing => None,
        }
    }

    /// Takes over to a new scene: the finger stays on the nodes that it is on, by their keys.
    pub(super) fn carry_over(&mut self, before: &Scene, next: &Scene) {
        let Some(Finger { gesture, .. }) = &mut self.finger else { return };
        if let Gesture::Presses(nodes) = gesture {
            let find = |id: &NodeId| {
                let key = NodeKey::of(*id, before.nodes.get(*id)?);
                next.nodes.iter().enumerate().position(|(id, node)| NodeKey::of(id, node) == key)
            };
            *gesture = nodes.iter().map(find).collect::<Option<Vec<NodeId>>>().map_or(Gesture::Nothing, Gesture::Presses);
        }
    }
}

/// Takes hold of the first view of some nodes that can scroll in a direction.
fn grab(nodes: &[NodeId], axis: Axis, scene: &Scene, scrolls: &mut Scrolls, now: f64) -> Gesture {
    for node in nodes {
        let Some(scene_node) = scene.nodes.get(*node) else { continue };
        let key = NodeKey::of(*node, scene_node);
        let Some(view) = scrolls.by_key(&key).filter(|view| view.node == *node && view.can_scroll(axis)) else { continue };
        let moves_already = view.moves_by_itself(now);
        view.grab(axis, now);
        if !moves_already {
            scrolls.note_begin(*node, now);
        }
        return Gesture::Drags(key, axis);
    }
    Gesture::Nothing
}

/// A finger that holds a view moved so far.
fn drag(scrolls: &mut Scrolls, view: &NodeKey, axis: Axis, by: Point) {
    if let Some(view) = scrolls.by_key(view) {
        view.drag(axis, -f64::from(if axis == Axis::X { by.x } else { by.y }));
    }
}
