//! `friendboard golden`: this repository's own cases, and the way of a team that makes boards.
//!
//! `FRIENDBOARD_ACCEPT=1 cargo test --test golden` takes what is drawn now as right.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/folder.rs"]
mod folder;

mod automation;
mod choosing;
mod folders;
mod junit;
mod keys;
mod references;
mod repository;
mod reviewing;
mod team;
mod tolerances;
mod workspace;
