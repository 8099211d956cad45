//! `friendboard doctor`: what makes a list stay invisible.

use std::path::{Path, PathBuf};

use super::limits::LimitArguments;
use super::output::Stream;
use super::report::print_diagnostics;
use crate::error::{Error, ErrorKind, Result};
use crate::host::game_folder::doctor;
use crate::json::{self, Value};
use crate::platform::Platform;

/// Options of `doctor`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
It finds: no line in the configuration, a wrong folder, files that are named and not there, a canvas of no size, beyond the
screen or of another shape than its place, a package that is too large, a message that nobody understands, a key that is
asked for and never stored, a board that nothing opens. Each finding is one line, FILE:LINE:COLUMN: error: what (what to
do); the exit status is 1 where there is one.

Examples:
  friendboard doctor mygame
  friendboard doctor mygame --platform douyin --json")]
pub struct Arguments {
    /// The folder of the game: the one that has its configuration
    folder: PathBuf,
    /// Where the game runs: tiktok, wechat or douyin; without it, as the project says
    #[arg(long, value_name = "PLATFORM")]
    platform: Option<Platform>,
    /// Print the findings as a JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Prints what is wrong; exit status 1 where anything is.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.folder;
    // As it was named, so that it is opened from where the command was given.
    let from_here = |file: &str| if folder == Path::new(".") { file.into() } else { folder.join(file).display().to_string() };
    let diagnostics = doctor::examine(folder, arguments.platform, &arguments.limits.to_limits())?.renamed(from_here);
    if arguments.json {
        let found: Value = diagnostics.as_slice().iter().map(json::diagnostic).collect();
        Stream::Output.json(&found.to_json())?;
    } else {
        print_diagnostics(&diagnostics)?;
    }
    match diagnostics.as_slice().len() + diagnostics.left_out() {
        0 if arguments.json => Ok(()),
        0 => Stream::Output.text("nothing was found that would keep the board from being seen"),
        1 => Err(Error::new(ErrorKind::Data, "1 finding")),
        count => Err(Error::new(ErrorKind::Data, format!("{count} findings"))),
    }
}
