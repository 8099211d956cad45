//! Runs the open data context from a script: a virtual clock, a platform that answers as the script says, snapshots and
//! a log. The same script gives the same bytes, always.
//!
//! ```text
//! script.json ──read──▶ Script ──options──▶ the context ◀──runner (clock)──▶ service (People behind a Cloud), pictures
//!                                               └──────▶ log, snapshots, animation
//! ```

mod animation;
mod entry;
mod expect;
mod log;
mod options;
mod people;
mod pictures;
mod read;
mod runner;
mod script;
mod service;

pub use animation::{ANIMATION, Animation};
pub use read::{ACTIONS, MEMBERS, read_script};
pub use runner::{Run, Shown, run};
pub use script::{Action, AssetsPart, BoardPart, CanvasPart, Expected, Faults, ImageFault, Latency, Script, Step};
