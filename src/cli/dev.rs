//! `friendboard dev`.

use std::path::PathBuf;

use super::limits::LimitArguments;
use super::output::Stream;
use crate::error::Result;
use crate::escape::escaped;
use crate::workshop::Workshop;

/// Options of `dev`.
#[derive(Debug, clap::Args)]
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
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Serves the workshop.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workshop = Workshop::open(&arguments.folder, &arguments.limits.to_limits())?;
    let folder = escaped(&arguments.folder.to_string_lossy()).into_owned();
    Stream::Output.text(&format!("{folder}: work on it at {}\nCtrl-C ends it", workshop.url()))?;
    if arguments.open {
        super::open::open(workshop.url())?;
    }
    workshop.serve()
}
