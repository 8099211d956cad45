//! `friendboard golden prune`.

use std::path::PathBuf;

use super::selection::FOLDER;
use crate::cli::limits::LimitArguments;
use crate::cli::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden;

/// Options of `golden prune`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A reference is removed where its case makes no picture of that name, and where its folder has no case and nothing else in it.

Examples:
  friendboard golden prune --dry-run
  friendboard golden prune golden/podium")]
pub struct Arguments {
    /// Folders of cases; without any, golden
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Removes references that are of nothing.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(FOLDER)] } else { arguments.paths.clone() };
    let (mut files, mut lines, mut wrong) = (0_usize, 0_usize, 0_usize);
    for path in &paths {
        let (found, unknown) = golden::orphans(path, &limits)?;
        for reason in &unknown {
            Stream::Errors.text(&escaped(reason))?;
        }
        wrong += unknown.len();
        for stale in found {
            let shown = escaped(&stale.to_string()).into_owned();
            if !arguments.dry_run
                && let Err(reason) = stale.remove()
            {
                wrong += 1;
                Stream::Errors.text(&escaped(&reason))?;
                continue;
            }
            // Of a file of lines some may go, and the file stays.
            lines += stale.pictures.len();
            files += usize::from(stale.pictures.is_empty());
            Stream::Output.text(&format!("{} {shown}", if arguments.dry_run { "would remove" } else { "removed" }))?;
        }
    }
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut removed = counted(files, "file");
    if lines > 0 {
        removed = if files > 0 { format!("{removed} and {}", counted(lines, "line")) } else { counted(lines, "line") };
    }
    Stream::Output.text(&format!("{removed} {}", if arguments.dry_run { "to remove" } else { "removed" }))?;
    match wrong {
        0 => Ok(()),
        count => Err(Error::new(ErrorKind::Io, format!("{count} could not be looked at or removed"))),
    }
}
