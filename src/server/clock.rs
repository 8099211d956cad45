//! The clock by which stages are timed.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The time since this was first asked.
pub fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
