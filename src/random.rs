//! Numbers for tests that must be the same at every run.

/// Xorshift32 from a seed.
pub(crate) fn random(seed: u32) -> impl FnMut() -> u32 {
    let mut state = seed | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    }
}
