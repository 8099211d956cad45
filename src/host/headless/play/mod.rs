//! Runs the open data context from a script: a virtual clock, a platform that answers as the script says, snapshots and
//! a log. The same script gives the same bytes, always.
//!
//! ```text
//! script.json ──read──▶ Script ──options──▶ the context ◀──runner (clock)──▶ service (People behind a Cloud), pictures
//!                                               └──────▶ log, snapshots, animation
//! ```
//!
//! Where a script names a game's own `index.js`, that is the context (`host/script`), between the same clock and service.

mod animation;
mod entry;
mod expect;
mod game;
mod live;
mod log;
mod options;
mod outcome;
#[cfg(feature = "script")]
mod package;
mod people;
mod pictures;
mod read;
mod runner;
mod script;
#[cfg(feature = "script")]
mod scripted;
mod service;

pub use animation::{ANIMATION, Animation};
pub use live::Live;
pub use outcome::{Album, Run, Shown, Snapshot};
#[cfg(feature = "script")]
pub use package::Folder;
pub use read::{ACTIONS, MEMBERS, read_script};
pub use runner::{run, run_into};
pub use script::{
    Action, AssetsPart, BoardPart, CanvasPart, Expected, Faults, ImageFault, Latency, Script, ScriptPart, Step, package_root,
};
#[cfg(feature = "script")]
pub use scripted::{Look, look};
