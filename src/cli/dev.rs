//! `friendboard dev`.

use std::path::PathBuf;

use super::limits::LimitArguments;
#[cfg(feature = "network")]
use super::output::Stream;
use crate::error::Result;
#[cfg(feature = "network")]
use crate::escape::escaped;
#[cfg(feature = "network")]
use crate::workshop::Workshop;

/// Options of `dev`.
#[derive(Debug, clap::Args)]
#[cfg_attr(not(feature = "network"), allow(dead_code, reason = "the options are told of, and nothing serves a page"))]
#[command(after_help = "\
The page shows the board of a folder as it is in a game, and again whenever one of its files is saved: a template (board.xml)
with its style sheet (board.json), themes, texts, friends, pictures. A script.json there says what the platform is like.
It is served to this machine alone, and needs no network. FRIENDBOARD_EDITOR names the editor that a file:line opens, such as
'code -g' or 'myeditor {file} {line} {column}'; without it, VISUAL or `code`.

Examples:
  friendboard boards --export podium my-board && friendboard dev my-board
  friendboard dev my-board --open")]
pub struct Arguments {
    /// The folder of the board
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// A font file to try before the bundled ones; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// A page needs a port.
#[cfg(not(feature = "network"))]
pub fn run(_: &Arguments) -> Result<()> {
    Err(super::lacking::lacking("dev")
        .hint("`friendboard render` draws the board, and `friendboard play` runs it as a game does"))
}

/// Serves the workshop.
#[cfg(feature = "network")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let workshop = Workshop::open(&arguments.folder, &arguments.font, &arguments.limits.to_limits())?;
    let folder = escaped(&arguments.folder.to_string_lossy()).into_owned();
    Stream::Output.text(&format!("{folder}: work on it at {}\nCtrl-C ends it", workshop.url()))?;
    if arguments.open {
        super::open::open(workshop.url())?;
    }
    workshop.serve()
}
