//! How an offset moves by itself: pieces after one another, each a closed function of the time since it began. Frames
//! only sample it, so their rate changes nothing. Times are ms, positions px, velocities px/ms.

/// How fast a fling loses its speed: after this many ms a part 1/e of it is left.
const DECAY: f64 = 325.0;
/// Slower than this is rest.
const SLOW: f64 = 0.02;
/// No finger is faster.
pub const FASTEST: f64 = 8.0;
/// Stiffness of the spring at an end, per ms; it is damped critically, so it never swings over.
const SPRING: f64 = 0.012;
/// Nearer to its end than this, the spring is at rest.
const NEAR: f64 = 0.25;
/// How much of a pull beyond an end is followed at first.
const RUBBER: f64 = 0.55;
/// How long `scrollTo` takes.
pub const EASE: f64 = 300.0;

/// An offset that moves by itself until it rests.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    pieces: Vec<Piece>,
    /// When it rests.
    end: f64,
    /// Where it rests.
    rest: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    start: f64,
    curve: Curve,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Curve {
    /// Loses speed exponentially.
    Decay { from: f64, velocity: f64 },
    /// Is pulled to an end.
    Spring { edge: f64, away: f64, velocity: f64 },
    /// Goes somewhere, fast at first.
    Ease { from: f64, to: f64 },
}

impl Curve {
    /// Position and velocity after some ms.
    fn at(self, time: f64) -> (f64, f64) {
        match self {
            Self::Decay { from, velocity } => {
                let left = libm::exp(-time / DECAY);
                (from + velocity * DECAY * (1.0 - left), velocity * left)
            }
            Self::Spring { edge, away, velocity } => {
                let (pull, left) = (velocity + SPRING * away, libm::exp(-SPRING * time));
                (edge + (away + pull * time) * left, (velocity - SPRING * pull * time) * left)
            }
            Self::Ease { from, to } => {
                let left = (1.0 - time / EASE).clamp(0.0, 1.0);
                (to - (to - from) * left * left * left, (to - from) * 3.0 * left * left / EASE)
            }
        }
    }
}

impl Track {
    /// What becomes of an offset that is let go at a speed, between 0 and `extent`: it slows down, and springs back from
    /// beyond an end.
    #[must_use]
    pub fn released(position: f64, velocity: f64, extent: f64, now: f64) -> Self {
        let velocity = velocity.clamp(-FASTEST, FASTEST);
        if position < 0.0 || position > extent {
            return Self::spring(Vec::new(), position.clamp(0.0, extent), position, velocity, now);
        }
        if velocity.abs() <= SLOW {
            return Self { pieces: Vec::new(), end: now, rest: position };
        }
        let curve = Curve::Decay { from: position, velocity };
        let slowed = DECAY * libm::log(velocity.abs() / SLOW);
        let (rest, _) = curve.at(slowed);
        let pieces = vec![Piece { start: now, curve }];
        if (0.0..=extent).contains(&rest) {
            return Self { pieces, end: now + slowed, rest };
        }
        let edge = if rest < 0.0 { 0.0 } else { extent };
        let part = ((edge - position) / (velocity * DECAY)).clamp(0.0, 1.0);
        let crossing = (-DECAY * libm::log(1.0 - part)).min(slowed);
        Self::spring(pieces, edge, edge, curve.at(crossing).1, now + crossing)
    }

    fn spring(mut pieces: Vec<Piece>, edge: f64, position: f64, velocity: f64, start: f64) -> Self {
        let away = position - edge;
        // The larger of what it can be; it only falls from 1/SPRING on.
        let bound = |time: f64| (away.abs() + (velocity + SPRING * away).abs() * time) * libm::exp(-SPRING * time);
        let mut time = 1.0 / SPRING;
        while bound(time) > NEAR && time < 5_000.0 {
            time += 8.0;
        }
        pieces.push(Piece { start, curve: Curve::Spring { edge, away, velocity } });
        Self { pieces, end: start + time, rest: edge }
    }

    /// Goes to an offset, as `scrollTo` does.
    #[must_use]
    pub fn eased(from: f64, to: f64, now: f64) -> Self {
        if from == to {
            return Self { pieces: Vec::new(), end: now, rest: to };
        }
        Self { pieces: vec![Piece { start: now, curve: Curve::Ease { from, to } }], end: now + EASE, rest: to }
    }

    /// Position and velocity at a time.
    #[must_use]
    pub fn at(&self, now: f64) -> (f64, f64) {
        if now >= self.end {
            return (self.rest, 0.0);
        }
        let piece = self.pieces.iter().rev().find(|piece| piece.start <= now).or_else(|| self.pieces.first());
        piece.map_or((self.rest, 0.0), |piece| piece.curve.at((now - piece.start).max(0.0)))
    }

    /// When it rests.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.end
    }

    /// Where it rests.
    #[must_use]
    pub fn rest(&self) -> f64 {
        self.rest
    }
}

/// Where an offset is shown that a finger pulled to `raw`: beyond an end it follows less and less, and never farther than
/// the view is long.
#[must_use]
pub fn rubber(raw: f64, extent: f64, length: f64) -> f64 {
    let edge = raw.clamp(0.0, extent.max(0.0));
    let beyond = raw - edge;
    let length = length.max(1.0);
    edge + beyond.signum() * length * (1.0 - 1.0 / (beyond.abs() * RUBBER / length + 1.0))
}

/// The way back from [`rubber`]: where a finger that takes hold of a shown offset stands.
#[must_use]
pub fn unrubber(shown: f64, extent: f64, length: f64) -> f64 {
    let edge = shown.clamp(0.0, extent.max(0.0));
    let beyond = shown - edge;
    let length = length.max(1.0);
    let part = (beyond.abs() / length).min(0.99);
    edge + beyond.signum() * length / RUBBER * (1.0 / (1.0 - part) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fling_slows_down_within_the_ends() {
        let track = Track::released(100.0, 1.0, 10_000.0, 1_000.0);
        let mut before = 100.0;
        for step in 0..200 {
            let (position, velocity) = track.at(1_000.0 + f64::from(step) * 8.0);
            assert!(position >= before && (0.0..=1.0).contains(&velocity));
            before = position;
        }
        assert_eq!(track.at(track.end()), (track.rest(), 0.0));
        assert!((track.rest() - 100.0 - DECAY).abs() < 10.0);
    }

    #[test]
    fn what_is_flung_beyond_an_end_comes_back_to_it() {
        for (position, velocity, edge) in [(10.0, -3.0, 0.0), (490.0, 3.0, 500.0), (-40.0, 0.0, 0.0), (560.0, 1.0, 500.0)] {
            let track = Track::released(position, velocity, 500.0, 0.0);
            let samples: Vec<f64> = (0..2_000).map(|ms| track.at(f64::from(ms)).0).collect();
            assert!(samples.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 8.0), "no jumps");
            assert!(samples.iter().any(|sample| if edge == 0.0 { *sample < 0.0 } else { *sample > edge }));
            assert_eq!(samples.last(), Some(&edge));
            assert!(track.end() < 2_000.0);
        }
    }

    #[test]
    fn pieces_meet() {
        let track = Track::released(450.0, 2.0, 500.0, 0.0);
        let crossing = track.pieces[1].start;
        let ((before, v_before), (after, v_after)) = (track.at(crossing - 1e-6), track.at(crossing + 1e-6));
        assert!((before - after).abs() < 1e-4 && (v_before - v_after).abs() < 1e-4);
    }

    #[test]
    fn a_pull_is_never_longer_than_the_view_and_can_be_taken_back() {
        for raw in [-5_000.0, -80.0, -1.0, 0.0, 250.0, 500.0, 501.0, 900.0] {
            let shown = rubber(raw, 500.0, 300.0);
            assert!((-300.0..=800.0).contains(&shown));
            if raw > -1_000.0 {
                assert!((unrubber(shown, 500.0, 300.0) - raw).abs() < 1e-6, "{raw}");
            }
        }
    }

    #[test]
    fn easing_ends_where_it_should() {
        let track = Track::eased(0.0, 90.0, 10.0);
        assert_eq!((track.at(10.0).0, track.at(10.0 + EASE).0), (0.0, 90.0));
        assert!(track.at(100.0).0 > 40.0);
        assert_eq!(Track::eased(5.0, 5.0, 10.0).end(), 10.0);
    }
}
