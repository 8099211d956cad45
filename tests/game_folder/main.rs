//! `friendboard init` and `friendboard doctor`, as a game's programmer meets them.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "../common/folder.rs"]
mod folder;

mod doctor;
mod init;

use std::path::Path;
use std::process::{Command, Output};

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
