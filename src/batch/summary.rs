//! What came of a batch, in figures.

use std::time::{Duration, Instant};

/// What came of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Pictures that were drawn.
    pub drawn: u64,
    /// Pictures that were there already.
    pub there: u64,
    /// Lines that no picture came of.
    pub failed: u64,
    start: Instant,
}

impl Summary {
    /// Nothing yet.
    #[must_use]
    pub fn begin() -> Self {
        Self { drawn: 0, there: 0, failed: 0, start: Instant::now() }
    }

    /// Lines a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        (self.drawn + self.there + self.failed) as f64 / self.took().as_secs_f64().max(0.001)
    }

    /// How long it took so far.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.start.elapsed()
    }
}
