//! A long run of the open data context: messages, touches, data and avatars come and go, memory stays, and at rest no
//! frame is asked for.
//!
//! `FRIENDBOARD_FRAMES=1000000 cargo test --release --test soak -- --nocapture` is the whole of it.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod common;

use common::runs::{Host, Random};

/// Frames of a run that nobody asked to be longer.
const FRAMES: u64 = 20_000;
/// Frames after which caches are full at the earliest.
const WARM: u64 = 10_000;

#[test]
fn memory_stays_and_rest_is_rest() {
    let frames = std::env::var("FRIENDBOARD_FRAMES").map_or(FRAMES, |frames| frames.parse().unwrap());
    let warm = (frames / 100).max(WARM.min(frames / 2));
    let mut random = Random::new(7);
    let mut host = Host::new(&mut random);
    let mut baseline = None;
    for frame in 0..frames {
        if frame == warm {
            baseline = resident_bytes();
        }
        if frame % 40 == 0 && frame < warm / 2 {
            // Caches are to be as full as they may be before it counts how much there is.
            host.crowd(&mut random);
        }
        host.happen(&mut random);
        host.frame();
        if frame % 500 == 499 {
            rest(&mut host, frame);
        }
    }
    let (Some(before), Some(after)) = (baseline, resident_bytes()) else { return };
    let growth = (after as f64 - before as f64) / before as f64 * 100.0;
    println!(
        "{frames} frames, {:.1} MB after {warm}, {:.1} MB at the end: {growth:+.2}%",
        before as f64 / 1e6,
        after as f64 / 1e6
    );
    assert!(growth < 5.0, "memory grew by {growth:.2}%, from {before} to {after} bytes");
}

/// Lets everything come to rest, and then waits: nothing may ask for a frame.
fn rest(host: &mut Host, frame: u64) {
    host.lift_finger();
    let mut drawn = 0;
    while host.is_frame_due() {
        host.wait(17.0);
        host.frame();
        drawn += 1;
        assert!(drawn < 1_000, "frame {frame}: something moves without end");
    }
    host.wait(60_000.0);
    while host.is_frame_due() {
        host.wait(17.0);
        host.frame();
    }
    let asked = host.frames_asked;
    for _ in 0..20 {
        host.wait(1_000.0);
        assert!(!host.is_frame_due() && host.frames_asked == asked, "frame {frame}: a frame was asked for at rest");
        assert_eq!(host.frame(), None, "frame {frame}: something was drawn at rest");
    }
}

/// Memory of this process that is in use; `None` where the system does not say.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib * 1024)
}
