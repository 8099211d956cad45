//! `friendboard man`.

use std::path::PathBuf;

use super::output::{self, Stream, io_error};
use crate::error::{Error, ErrorKind, Result};

/// Options of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard man | man -l -                        read the page of the program
  friendboard man ~/.local/share/man/man1           write friendboard.1 and a page for each command")]
pub struct Arguments {
    /// The folder for the pages; it is made where there is none. Without it, the program's own page is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints or writes man pages.
pub fn run(arguments: &Arguments, command_line: clap::Command) -> Result<()> {
    let page = |command: clap::Command| {
        let mut page = Vec::new();
        let made = clap_mangen::Man::new(command).render(&mut page);
        made.map(|()| page).map_err(|error| Error::new(ErrorKind::Io, format!("the page cannot be made: {error}")))
    };
    let Some(folder) = &arguments.folder else { return Stream::Output.write(&page(command_line)?) };
    std::fs::create_dir_all(folder).map_err(|error| io_error(folder, "made", error))?;
    for command in command_line.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("friendboard-{}", command.get_name());
        // A page is of what is typed: `friendboard render`.
        let typed = command.clone().display_name(name.clone()).bin_name(format!("friendboard {}", command.get_name()));
        output::write(&folder.join(format!("{name}.1")), &page(typed)?)?;
    }
    output::write(&folder.join("friendboard.1"), &page(command_line)?)
}
