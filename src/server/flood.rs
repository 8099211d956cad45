//! Whether far more requests come than can be drawn.

use std::time::{Duration, Instant};

/// How long requests are counted before it is decided.
const WINDOW: Duration = Duration::from_millis(250);

/// Counts who was let in and who was turned away. A queue takes up a burst; where at least twice as many come as can be drawn, and
/// go on coming, all that its length does is that each of those who are let in waits for the whole of it.
#[derive(Debug)]
pub struct Flood {
    since: Instant,
    accepted: u32,
    refused: u32,
    lasts: bool,
}

impl Flood {
    /// Nobody has come yet.
    pub fn new(now: Instant) -> Self {
        Self { since: now, accepted: 0, refused: 0, lasts: false }
    }

    /// Whether there is one now: as many were turned away in the window before as were let in.
    pub fn lasts(&mut self, now: Instant) -> bool {
        let past = now.saturating_duration_since(self.since);
        if past >= WINDOW {
            // Of a window that ended long ago nothing follows.
            self.lasts = past < 2 * WINDOW && self.refused > 0 && self.refused >= self.accepted;
            (self.since, self.accepted, self.refused) = (now, 0, 0);
        }
        self.lasts
    }

    /// Somebody was let in, or turned away.
    pub fn came(&mut self, accepted: bool) {
        let count = if accepted { &mut self.accepted } else { &mut self.refused };
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether there is a flood after windows in each of which so many were let in and turned away.
    fn after(windows: &[(u32, u32)]) -> bool {
        let mut now = Instant::now();
        let mut flood = Flood::new(now);
        for (accepted, refused) in windows {
            flood.lasts(now);
            (0..*accepted).for_each(|_| flood.came(true));
            (0..*refused).for_each(|_| flood.came(false));
            now += WINDOW;
        }
        flood.lasts(now)
    }

    #[test]
    fn it_takes_as_many_turned_away_as_let_in_for_a_window() {
        assert!(!after(&[]) && !after(&[(100, 0)]) && !after(&[(100, 99)]));
        assert!(after(&[(100, 100)]) && after(&[(0, 3)]) && after(&[(100, 0), (100, 300)]));
        assert!(!after(&[(100, 300), (100, 20)]), "over again");
        assert!(!after(&[(100, 300), (0, 0)]), "nobody comes any more");
    }

    #[test]
    fn nothing_follows_from_a_window_that_nobody_looked_at() {
        let start = Instant::now();
        let mut flood = Flood::new(start);
        flood.came(false);
        assert!(!flood.lasts(start + WINDOW / 2), "too early to tell");
        assert!(!flood.lasts(start + WINDOW * 3), "too late to tell");
    }
}
