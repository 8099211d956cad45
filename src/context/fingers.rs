//! What a finger does to a board: presses, taps and drags.

use super::OpenDataContext;
use super::input::{Touch, TouchPhase};
use super::scroll::{Axis, Identity};
use super::touches::{Doing, Finger};
use crate::display::hit;
use crate::scene::NodeId;

impl OpenDataContext {
    pub(super) fn touch(&mut self, touch: Touch) {
        if self.shown.is_none() {
            return;
        }
        let at = self.placement.to_board(touch.point);
        let now = self.now;
        match (touch.phase, &mut self.finger) {
            (TouchPhase::Start, None) => {
                let nodes = hit(&self.prepared.scene, &self.prepared.layout, &self.look(), at);
                let doing = if self.stop(&nodes) { Doing::Nothing } else { Doing::Presses(nodes.clone()) };
                let holds = doing == Doing::Nothing;
                self.finger = Some(Finger::down(touch.finger, at, doing, now));
                if holds {
                    self.begin_drag(&nodes, Axis::Y);
                }
            }
            (TouchPhase::Move, Some(finger)) if finger.id == touch.finger => {
                let by = finger.moved(at, now);
                match finger.doing.clone() {
                    Doing::Presses(nodes) if finger.is_far(self.options.tap_distance) => self.start_drag(&nodes),
                    Doing::Drags(identity, axis) => {
                        let by = if axis == Axis::X { by.x } else { by.y };
                        if let Some(view) = self.scrolls.get(&identity) {
                            view.drag(axis, -f64::from(by));
                        }
                    }
                    Doing::Presses(_) | Doing::Nothing => {}
                }
            }
            (TouchPhase::End | TouchPhase::Cancel, Some(finger)) if finger.id == touch.finger => {
                if touch.phase == TouchPhase::End {
                    let by = finger.moved(at, now);
                    if let Doing::Drags(identity, axis) = &finger.doing
                        && let Some(view) = self.scrolls.get(identity)
                    {
                        let by = if *axis == Axis::X { by.x } else { by.y };
                        view.drag(*axis, -f64::from(by));
                    }
                }
                let Some(finger) = self.finger.take() else { return };
                self.lift(&finger, touch.phase == TouchPhase::End);
            }
            // One finger at a time: a second one neither scrolls nor taps.
            (TouchPhase::Start | TouchPhase::Move | TouchPhase::End | TouchPhase::Cancel, _) => {}
        }
    }

    /// Stops a view under a finger that goes on by itself; true where there is one.
    fn stop(&mut self, nodes: &[NodeId]) -> bool {
        let now = self.now;
        nodes.iter().any(|node| self.scrolls.of_node(*node).is_some_and(|view| view.goes_on(now)))
    }

    /// The finger went too far to tap: it scrolls, in the direction in which it went, the innermost view that can.
    fn start_drag(&mut self, nodes: &[NodeId]) {
        let Some(finger) = &mut self.finger else { return };
        let away = finger.away();
        finger.doing = Doing::Nothing;
        let axis = if away.x.abs() > away.y.abs() { Axis::X } else { Axis::Y };
        self.begin_drag(nodes, axis);
    }

    fn begin_drag(&mut self, nodes: &[NodeId], axis: Axis) {
        let now = self.now;
        for node in nodes {
            let Some(scene_node) = self.prepared.scene.nodes.get(*node) else { continue };
            let identity = Identity::of(*node, scene_node);
            let Some(view) = self.scrolls.get(&identity).filter(|view| view.node == *node && view.can(axis)) else { continue };
            let told = view.goes_on(now);
            view.grab(axis, now);
            if !told {
                self.scrolls.begins(*node, now);
            }
            if let Some(finger) = &mut self.finger {
                finger.doing = Doing::Drags(identity, axis);
            }
            return;
        }
    }

    fn lift(&mut self, finger: &Finger, taps: bool) {
        let now = self.now;
        match &finger.doing {
            Doing::Drags(identity, axis) => {
                let velocity = if taps { -finger.velocity(*axis, now) } else { 0.0 };
                if let Some(view) = self.scrolls.get(identity) {
                    view.release(*axis, velocity, now);
                }
            }
            Doing::Presses(nodes) => {
                let near = !finger.is_far(self.options.tap_distance) && finger.held(now) <= self.options.tap_time;
                if taps && near {
                    self.tap(nodes);
                }
            }
            Doing::Nothing => {}
        }
    }
}
