//! A game's own `openDataContext/index.js`, unmodified, in an engine of ours (QuickJS): its canvas, its platform and its
//! clock are pretended, and the same script gives the same pixels and the same log, always.
//!
//! ```text
//! the script ──▶ prelude (the Web's objects, JavaScript) ──▶ natives ──▶ World: canvases, paths, pictures, asks
//!     ▲                                                                     │
//!     └── messages, touches, answers, pictures, timers ── Domain ◀── host ◀─┘
//! ```
//!
//! A [`Domain`] does no I/O and knows no clock: whoever drives it (`headless/play`) tells it what happens, and polls what
//! it asks for. A script has no file and no network but what its host gives. What it may cost stands in one account
//! (`account.rs`): [`Limits::script_bytes`] of memory, the engine's and what is behind its objects; [`Limits::script_loops`] and
//! [`Limits::work`] in a turn; and a fixed part of the call stack. What goes over it is stopped for good. What the engine does
//! without telling of it has a share of the processor's time ([`Limits::script_stall`], `watch.rs`).
//!
//! [`Limits::script_bytes`]: crate::Limits::script_bytes
//! [`Limits::script_loops`]: crate::Limits::script_loops
//! [`Limits::script_stall`]: crate::Limits::script_stall
//! [`Limits::work`]: crate::Limits::work

mod account;
mod ask;
mod canvas;
mod colors;
mod domain;
mod fault;
mod font;
mod loader;
mod memory;
mod natives;
mod package;
mod watch;
mod world;

pub use ask::{Ask, Fault};
pub use domain::{Domain, DomainOptions, ScriptTouch, Strictness};
pub use package::{Package, resolve};
pub use watch::give_up_by;
