//! **friendboard** renders friend lists, leaderboards and share cards of mini-games.
//!
//! From data shaped as the platforms give it to a sized RGBA buffer, with avatars and text: the same bytes in a WASM
//! module inside the open data context, in a headless golden-image test and on a server that draws share cards.
//!
//! ```text
//! friends JSON ──friends──▶ ranked entries ─┐
//! XML + style  ──template─▶ bound tree ─────┴─scene─▶ resolved tree ──layout (text)──▶ boxes ──display──▶ draw list
//!                                                                                                        │
//!                                    raster ▶ SharedCanvas (RGBA8) ▶ picture: PNG, JPEG, WebP ◀──────────┘
//! ```
//!
//! Each module is a room of that house, named after what happens in it; imports point from right to left only
//! (`tests/house` says so).
#![forbid(unsafe_op_in_unsafe_fn)]

pub mod budget;
pub mod cache;
pub mod color;
#[cfg(feature = "color-functions")]
pub mod css;
pub mod error;
pub mod escape;
pub mod few;
pub mod geometry;
pub mod grapheme;
pub mod limits;
pub mod lines;
pub(crate) mod moment;
pub mod name;
pub mod number;
#[cfg(feature = "cli")]
pub mod open;
#[cfg(test)]
pub(crate) mod random;
pub mod reading;
pub(crate) mod sorted;
pub mod style;
pub mod unwind;

pub mod cloud;
pub mod display;
pub mod friends;
pub mod json;
pub mod layout;
pub mod picture;
pub mod platform;
#[cfg(feature = "raster")]
pub mod raster;
pub mod scene;
#[cfg(feature = "share")]
pub mod share;
pub mod template;
pub mod text;

#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod context;
#[cfg(feature = "cli")]
pub mod golden;
pub mod host;
#[cfg(feature = "cli")]
pub mod manual;
pub mod pipeline;
#[cfg(feature = "serve")]
pub mod server;
#[cfg(feature = "network")]
pub mod workshop;

pub use budget::Budget;
pub use color::Color;
pub use error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, Severity};
pub use limits::Limits;
pub use number::Number;
#[cfg(feature = "raster")]
pub use picture::Format;
pub use pipeline::{Board, Frame, Job, Renderer, Request};
pub use reading::Reading;

/// The README's Rust is tested as every other example is.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
