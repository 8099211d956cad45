//! `friendboard golden run`.

use std::path::{Component, Path, PathBuf};

use super::reporting::{Reporting, make_folder};
use super::selection::Selection;
use crate::cli::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, Options, Outcome, report};

/// Options of `golden run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The exit status is 0 where every picture is as accepted, 1 where one is not.

Examples:
  friendboard golden run
  friendboard golden run golden/podium --filter dark --report report
  friendboard golden run --fail-fast --layout column --report report
  friendboard golden run -E 'name(/-(1.5|2)x/) & !case(podium)'")]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Write what was drawn of each failure below DIR, as the references of its case: copied over the folder of the cases it
    /// is accepted, which serves where pictures are drawn elsewhere
    #[arg(long, value_name = "DIR")]
    drawn: Option<PathBuf>,
    /// Print the names of the pictures, and draw none
    #[arg(long, conflicts_with_all = ["report", "drawn", "junit", "json"])]
    list: bool,
    /// Draw also the cases that say to be left out
    #[arg(long)]
    no_skip: bool,
    /// Stop at the first picture that fails
    #[arg(long)]
    fail_fast: bool,
    #[command(flatten)]
    reporting: Reporting,
}

/// Draws cases and compares them.
pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.list {
        for name in arguments.selection.names()? {
            Stream::Output.text(&escaped(&name))?;
        }
        return Ok(());
    }
    let how = |options: Options| Options { runs_skipped: arguments.no_skip, stops_early: arguments.fail_fast, ..options };
    let outcomes = arguments.selection.outcomes(how)?;
    let limits = arguments.selection.limits.to_limits();
    if let Some(folder) = &arguments.drawn {
        write_drawn(folder, &outcomes, arguments)?;
    }
    arguments.reporting.tell(&outcomes, &limits)?;
    let summary = report::summary(&outcomes);
    if outcomes.iter().all(Outcome::passed) {
        return if arguments.reporting.json { Ok(()) } else { Stream::Output.text(&summary) };
    }
    Err(Error::new(ErrorKind::Data, summary).hint(what_to_do(arguments, &outcomes)))
}

/// What is to be done about what failed.
fn what_to_do(arguments: &Arguments, outcomes: &[Outcome]) -> String {
    let mut hints = vec![arguments.reporting.hint()];
    if outcomes.iter().any(Outcome::can_be_accepted) {
        hints.push("`friendboard golden accept` takes what is drawn now as right".to_owned());
    }
    let is_stale = |outcome: &Outcome| outcome.failures.iter().any(|failure| failure.code() == "stale");
    if outcomes.iter().any(is_stale) {
        hints.push("`friendboard golden prune` removes references that are stale".to_owned());
    }
    hints.join("; ")
}

/// What was drawn, as references below a folder of its own.
fn write_drawn(folder: &Path, outcomes: &[Outcome], arguments: &Arguments) -> Result<()> {
    let elsewhere = |outcome: &Outcome| {
        let own = Path::new(&outcome.case).components().filter(|part| matches!(part, Component::Normal(_)));
        let own = folder.join(own.collect::<PathBuf>());
        // Lines of pictures that pass stand beside those that do not.
        golden::copy_lines(outcome, &own)?;
        Ok(Outcome { folder: own, ..outcome.clone() })
    };
    let unwritten = |reason: String| Error::new(ErrorKind::Io, reason);
    let moved = outcomes.iter().filter(|outcome| outcome.can_be_accepted()).map(elsewhere);
    let moved: Vec<Outcome> = moved.collect::<std::result::Result<_, String>>().map_err(unwritten)?;
    for outcome in &moved {
        make_folder(Some(&outcome.folder))?;
    }
    let moved: Vec<&Outcome> = moved.iter().collect();
    let written = golden::accept_all(&moved, arguments.selection.jobs(), &arguments.selection.limits.to_limits());
    written.into_iter().collect::<std::result::Result<Vec<_>, String>>().map(drop).map_err(unwritten)
}
