//! How long each stage took, by a clock that the caller brings.

use std::time::Duration;

pub use crate::budget::Clock;

/// The stages so far and how long each took; without a clock it stays empty.
///
/// ```
/// use std::time::Duration;
/// use friendboard::pipeline::Times;
/// let mut times = Times::start(Some(|| Duration::from_secs(5)));
/// times.end("friends");
/// assert_eq!(times.list(), [("friends", Duration::ZERO)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Times {
    clock: Option<Clock>,
    last: Duration,
    list: Vec<(&'static str, Duration)>,
}

impl Times {
    /// Starts now.
    #[must_use]
    pub fn start(clock: Option<Clock>) -> Self {
        Self { clock, last: clock.map(|now| now()).unwrap_or_default(), list: Vec::new() }
    }

    /// What was done since the last end was this stage, or more of it.
    pub fn end(&mut self, stage: &'static str) {
        let Some(now) = self.clock.map(|now| now()) else { return };
        self.add(stage, now.saturating_sub(self.last));
        self.last = now;
    }

    /// Takes over what another has measured up to now.
    pub fn extend(&mut self, other: &Self) {
        for (stage, time) in &other.list {
            self.add(stage, *time);
        }
        self.last = self.clock.map(|now| now()).unwrap_or_default();
    }

    /// The stages in the order in which they first ended.
    #[must_use]
    pub fn list(&self) -> &[(&'static str, Duration)] {
        &self.list
    }

    fn add(&mut self, stage: &'static str, time: Duration) {
        match self.list.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, sum)) => *sum += time,
            None => self.list.push((stage, time)),
        }
    }
}
