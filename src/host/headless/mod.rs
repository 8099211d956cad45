//! The headless host: files and clocks of this machine.

mod assets;
pub mod play;

pub use assets::{Assets, read_text};
