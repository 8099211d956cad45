//! Mutated files, data and messages through the library, from fixed seeds: no panic leaves it, what comes out keeps its
//! promises, and nothing takes more than its limits.
//!
//! So many of each kind in CI; `FRIENDBOARD_MUTATIONS=500000 cargo test --release --test mutations` is the long run (two
//! million pictures of the four formats). Fonts are dearer: a fiftieth as many in CI, a fifth in the long run.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "../common/mutator.rs"]
mod mutator;
mod pictures;
mod texts;

use mutator::Random;

/// How many mutations of each kind there are where nothing else is said.
const IN_CI: usize = 100_000;

/// How many mutations of each kind are made.
fn count() -> usize {
    std::env::var("FRIENDBOARD_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(IN_CI)
}

/// Runs so many mutations of one kind and holds their outcomes to be of both sorts: what is read though it was broken, and
/// what is refused. A mutator that breaks nothing, or everything, tests nothing.
fn run(kind: &str, seed: u64, count: usize, mut once: impl FnMut(&mut Random) -> bool) {
    let start = std::time::Instant::now();
    let (mut read, mut refused) = (0_usize, 0_usize);
    for number in 0..count {
        // Each has a seed of its own, so that one that fails is made again alone.
        let mut random = Random(seed.wrapping_add(number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| once(&mut random)));
        let was_read = outcome.unwrap_or_else(|_| panic!("{kind}: mutation {number} of seed {seed} panics"));
        *(if was_read { &mut read } else { &mut refused }) += 1;
    }
    println!("{kind}: {count} mutations in {:.1} s, {read} read, {refused} refused", start.elapsed().as_secs_f32());
    assert!(read > count / 200 && refused > count / 200, "{kind}: {read} read, {refused} refused");
}
