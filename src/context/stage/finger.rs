//! One finger: where it is and was, how fast it goes, and what it does.

use super::scroll::{Axis, NodeKey};
use crate::geometry::Point;
use crate::scene::NodeId;

/// Movements that say how fast a finger let go: those of the last so many ms.
const RECENT: f64 = 100.0;
/// Samples that are kept.
const SAMPLES: usize = 16;

/// A finger that is down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finger {
    /// Which.
    pub id: i64,
    /// Where it came down, px of the board.
    start: Point,
    /// Where it is.
    last: Point,
    /// When it came down, ms.
    since: f64,
    /// What it does.
    pub gesture: Gesture,
    samples: Vec<(f64, Point)>,
}

/// What a finger does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Gesture {
    /// It is down on these nodes, the topmost first, and may still tap.
    Presses(Vec<NodeId>),
    /// It scrolls a view in a direction.
    Drags(NodeKey, Axis),
    /// Nothing: it went too far, or stopped a movement.
    Nothing,
}

impl Finger {
    pub(super) fn down(id: i64, at: Point, gesture: Gesture, now: f64) -> Self {
        Self { id, start: at, last: at, since: now, gesture, samples: vec![(now, at)] }
    }

    /// Moves it; gives how far it went since it was last heard of.
    pub(super) fn move_to(&mut self, to: Point, now: f64) -> Point {
        let by = Point::new(to.x - self.last.x, to.y - self.last.y);
        self.last = to;
        if self.samples.len() >= SAMPLES {
            self.samples.remove(0);
        }
        self.samples.push((now, to));
        by
    }

    /// How far it is from where it came down.
    pub(super) fn away(&self) -> Point {
        Point::new(self.last.x - self.start.x, self.last.y - self.start.y)
    }

    /// True where it has gone farther than a tap may.
    pub(super) fn is_far(&self, distance: f32) -> bool {
        let away = self.away();
        away.x.abs().max(away.y.abs()) > distance
    }

    /// How long it is down, ms.
    pub(super) fn held(&self, now: f64) -> f64 {
        now - self.since
    }

    /// How fast it is along an axis, px/ms: by where it was during the last 100 ms. A finger that stood still before it
    /// let go is not fast.
    pub(super) fn velocity(&self, axis: Axis, now: f64) -> f64 {
        let along = |point: Point| f64::from(if axis == Axis::X { point.x } else { point.y });
        let recent = || self.samples.iter().filter(|(time, _)| now - time <= RECENT);
        let (Some(first), Some(last)) = (recent().next(), recent().next_back()) else { return 0.0 };
        let time = now.max(last.0) - first.0;
        if time < 1.0 { 0.0 } else { (along(last.1) - along(first.1)) / time }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn velocity_is_that_of_the_end() {
        let mut finger = Finger::down(0, Point::new(0.0, 100.0), Gesture::Nothing, 0.0);
        for step in 1..=20 {
            finger.move_to(Point::new(0.0, 100.0 - step as f32 * 10.0), f64::from(step) * 10.0);
        }
        assert!((finger.velocity(Axis::Y, 200.0) + 1.0).abs() < 0.01);
        assert_eq!(finger.velocity(Axis::X, 200.0), 0.0);
        assert_eq!(finger.velocity(Axis::Y, 400.0), 0.0, "it stood still");
        assert!(finger.is_far(10.0) && finger.away() == Point::new(0.0, -200.0));
    }
}
