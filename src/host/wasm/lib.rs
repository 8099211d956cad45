//! The exports of the WASM module: plain functions over numbers, without glue.
//!
//! - [`request`]: one picture of one request, for tests and for whoever has data at hand.
//! - [`game`]: the open data context, which `friendboard.js` runs.
//! - [`command_line`]: the command line, under WASI only.
//!
//! What is longer than a number goes through a buffer of the module's own: the host asks for room, and is told where it
//! is. So no pointer ever comes in from outside.
#![allow(unsafe_code, reason = "an export's name is global, which is the only thing that is unsafe here")]

#[cfg(feature = "command-line")]
mod command_line;
mod css;
mod effects;
mod fault;
mod game;
#[cfg(not(feature = "command-line"))]
mod measure;
#[cfg(feature = "pixels")]
mod pixels;
#[cfg(not(feature = "pixels"))]
mod replay;
#[cfg(feature = "request")]
mod request;
mod room;
mod words;

#[cfg(feature = "pixels")]
use pixels as painter;
#[cfg(not(feature = "pixels"))]
use replay as painter;
