//! `--open`: what this system shows files and addresses with.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use super::output::Stream;
use crate::error::Result;

/// The program that opens a file or an address, with its arguments before it.
const OPENERS: &[&[&str]] = if cfg!(target_os = "macos") {
    &[&["open"]]
} else if cfg!(windows) {
    // The title comes first where anything is in quotes.
    &[&["cmd", "/C", "start", ""]]
} else {
    &[&["xdg-open"], &["wslview"], &["gio", "open"]]
};

/// Opens a file or an address, and waits for nothing. Where nothing opens it, that is said, and is no failure: what was asked
/// for besides is done.
pub fn open(what: impl AsRef<OsStr>) -> Result<()> {
    for words in OPENERS {
        let Some((program, arguments)) = words.split_first() else { continue };
        let mut command = Command::new(program);
        command.args(arguments).arg(what.as_ref()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Ok(mut child) = command.spawn() {
            // Waited for, so that none is left behind as a zombie.
            std::thread::spawn(move || child.wait());
            return Ok(());
        }
    }
    let names: Vec<&str> = OPENERS.iter().filter_map(|words| words.first().copied()).collect();
    Stream::Errors.text(&format!("warning: nothing opens it here: {} was expected on the path", names.join(" or ")))
}
