//! What CSS colours and fonts have in common: numbers, lengths, sums of them, and the words between separators.

pub mod calc;
mod lengths;
pub mod tokens;

pub use lengths::{length, number, shown};
