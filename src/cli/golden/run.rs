//! `friendboard golden run`.

use std::path::{Component, Path, PathBuf};

use super::selection::Selection;
use crate::cli::output::{self, Stream};
use crate::cli::show;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, Outcome, report};
use crate::limits::Limits;
use crate::picture::{Format, Premultiplied, encode};

/// Failures whose pictures are written beside the report.
const PICTURES_MOST: usize = 200;

/// Options of `golden run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The exit status is 0 where every picture is as accepted, 1 where one is not.

Examples:
  friendboard golden run
  friendboard golden run golden/podium --filter dark --report report
  friendboard golden run -E 'name(/-(1.5|2)x/) & !case(podium)'")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line by itself")]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Write DIR/index.html, one page with all that failed, and a picture of expected, actual and difference of each
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Write what was drawn of each failure below DIR, as the references of its case: copied over the folder of the cases it
    /// is accepted, which serves where pictures are drawn elsewhere
    #[arg(long, value_name = "DIR")]
    drawn: Option<PathBuf>,
    /// Write what came of it for CI, as `JUnit` has it
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Print what came of each picture as JSON
    #[arg(long)]
    json: bool,
    /// Print the names of the pictures, and draw none
    #[arg(long, conflicts_with_all = ["report", "drawn", "junit", "json"])]
    list: bool,
    /// Print one line of each failure
    #[arg(long, conflicts_with = "json")]
    compact: bool,
    /// Print a line of each picture that passes, too
    #[arg(long, conflicts_with = "json")]
    verbose: bool,
    /// Show expected, drawn and difference of each failure in the terminal
    #[arg(long)]
    show: bool,
}

/// Draws cases and compares them.
pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.list {
        for name in arguments.selection.names()? {
            Stream::Output.text(&escaped(&name))?;
        }
        return Ok(());
    }
    let outcomes = arguments.selection.outcomes(false)?;
    let limits = arguments.selection.limits.to_limits();
    if let Some(path) = &arguments.junit {
        make_folder(path.parent())?;
        output::write(path, report::junit(&outcomes).as_bytes())?;
    }
    if let Some(folder) = &arguments.report {
        write_report(folder, &outcomes, &limits)?;
    }
    if let Some(folder) = &arguments.drawn {
        write_drawn(folder, &outcomes, arguments)?;
    }
    if arguments.json {
        Stream::Output.json(&report::json(&outcomes))?;
    } else {
        for outcome in &outcomes {
            if outcome.passed() {
                if arguments.verbose {
                    Stream::Output.text(&format!("ok {}", escaped(&outcome.name())))?;
                }
                continue;
            }
            Stream::Output.text(&if arguments.compact { report::line(outcome) } else { report::text(outcome) })?;
            if arguments.show {
                show(outcome, &limits)?;
            }
        }
    }
    let summary = report::summary(&outcomes);
    if outcomes.iter().all(Outcome::passed) {
        return if arguments.json { Ok(()) } else { Stream::Output.text(&summary) };
    }
    Err(Error::new(ErrorKind::Data, summary).hint(what_to_do(arguments, &outcomes)))
}

/// What differs, in the terminal.
fn show(outcome: &Outcome, limits: &Limits) -> Result<()> {
    let Some(picture) = report::views(outcome, limits).and_then(|views| views.beside(false)) else { return Ok(()) };
    show::in_terminal(&encode(Premultiplied::of(&picture), Format::PNG)?, limits)
}

/// What is to be done about what failed.
fn what_to_do(arguments: &Arguments, outcomes: &[Outcome]) -> String {
    let mut hints = Vec::new();
    if let Some(folder) = &arguments.report {
        hints.push(format!("{} shows them", folder.join("index.html").display()));
    } else {
        hints.push("--report DIR shows them".to_owned());
    }
    if outcomes.iter().any(Outcome::can_be_accepted) {
        hints.push("`friendboard golden accept` takes what is drawn now as right".to_owned());
    }
    let is_stale = |outcome: &Outcome| outcome.failures.iter().any(|failure| failure.code() == "stale");
    if outcomes.iter().any(is_stale) {
        hints.push("`friendboard golden prune` removes references that are stale".to_owned());
    }
    hints.join("; ")
}

fn make_folder(folder: Option<&Path>) -> Result<()> {
    match folder.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| output::io_error(folder, "written", error)),
        None => Ok(()),
    }
}

fn write_report(folder: &Path, outcomes: &[Outcome], limits: &Limits) -> Result<()> {
    make_folder(Some(folder))?;
    output::write(&folder.join("index.html"), report::html(outcomes, limits).as_bytes())?;
    for outcome in outcomes.iter().filter(|outcome| !outcome.passed()).take(PICTURES_MOST) {
        let Some(picture) = report::views(outcome, limits).and_then(|views| views.beside(true)) else { continue };
        let name: String = outcome.name().chars().map(|c| if matches!(c, '/' | '\\' | ':') { '-' } else { c }).collect();
        let name = name.trim_start_matches(['-', '.']);
        output::write(&folder.join(format!("{name}.png")), &encode(Premultiplied::of(&picture), Format::PNG)?)?;
    }
    Ok(())
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
