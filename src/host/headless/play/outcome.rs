//! What a run gives, and the clock that all runs share.

use crate::display::{DrawList, View};
use crate::error::{Diagnostic, Result};
use crate::json::Value;
use crate::pipeline::Prepared;
use crate::raster::SharedCanvas;

/// Frames a second of the virtual screen.
const FRAMES_PER_SECOND: u64 = 60;

/// A snapshot as it is taken.
pub struct Snapshot<'a> {
    /// Its name.
    pub name: &'a str,
    /// The picture.
    pub png: Vec<u8>,
    /// Makes what it shows; nothing where a game's own script drew it.
    pub shown: &'a dyn Fn() -> Option<Shown>,
}

/// Takes each snapshot of a run; an error of its ends the run. What it does not keep is not held.
pub type Album<'a> = &'a mut dyn FnMut(Snapshot<'_>) -> Result<()>;

/// What a run gave.
pub struct Run {
    /// Snapshots by name, PNG; none where an album took them.
    pub snapshots: Vec<(String, Vec<u8>)>,
    /// What each snapshot shows; nothing where a game's own script drew it, or an album took it.
    pub shown: Vec<Shown>,
    /// The log, a JSON object a line.
    pub events: String,
    /// The whole run as an APNG, where it was asked for, or why there is none.
    pub animation: Option<Result<Vec<u8>>>,
    /// Messages that were not understood, each once, with the time when it came.
    pub misunderstood: Vec<(u64, Diagnostic)>,
    /// All that was wrong, each once, with its time.
    pub said: Vec<(u64, Diagnostic)>,
    /// Expectations that were not met, with their time.
    pub failed: Vec<(u64, String)>,
    /// Frames that were drawn.
    pub frames: usize,
    /// When it ended, ms.
    pub end: u64,
    /// What a game's own script did wrong, for people, with its time.
    pub faults: Vec<(u64, String)>,
    /// Lines of `console.warn` and `console.error`.
    pub console: (usize, usize),
}

/// What is on the board at a snapshot.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All that the template could name.
    pub globals: Value,
    /// The scene with its boxes.
    pub prepared: Prepared,
    /// How it is looked at.
    pub view: View,
    /// What was drawn.
    pub list: DrawList,
}

/// Steps of a budget to pack a canvas as a snapshot of so many bytes.
pub(super) fn snapshot_steps(canvas: &SharedCanvas, png: &[u8]) -> u64 {
    packing_steps(u64::from(canvas.width()) * u64::from(canvas.height()), png.len())
}

/// Steps to pack pixels into so many bytes.
pub(super) fn packing_steps(pixels: u64, bytes: usize) -> u64 {
    pixels * 3 + bytes as u64 * 10
}

/// Steps to write a file of so many bytes, which is flushed to the disk.
pub(super) fn writing_steps(bytes: &[u8]) -> u64 {
    300_000 + bytes.len() as u64 * 4
}

/// When the screen is next drawn, whole ms.
pub(super) fn next_frame(now: u64) -> u64 {
    let number = now * FRAMES_PER_SECOND / 1_000 + 1;
    (number * 1_000).div_ceil(FRAMES_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_sixty_times_a_second() {
        let mut now = 0;
        let mut count = 0;
        while now < 1_000 {
            let next = next_frame(now);
            assert!(next > now && next - now <= 17);
            now = next;
            count += 1;
        }
        assert_eq!(count, 60);
    }
}
