//! `friendboard golden compare`.

use std::path::PathBuf;

use super::reporting::Reporting;
use super::selection::Which;
use crate::cli::limits::LimitArguments;
use crate::cli::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, Comparing, Outcome, Tolerance, report};

/// Options of `golden compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Pictures are compared by their names below the two folders, whoever drew them. Where a record of the stages stands beside both,
as references of cases have one, the stage at which a difference begins is told too. The exit status is 0 where all are alike,
1 where some differ.

Examples:
  friendboard golden compare old new --report report
  friendboard golden compare golden ../main/golden --filter dark --tolerance channel=2 --tolerance pixels=0.001
  friendboard golden compare old.png new.png --show
  friendboard golden compare old new --review --port 7200")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line by itself")]
pub struct Arguments {
    /// The folder of what is expected, or a picture
    #[arg(value_name = "LEFT")]
    left: PathBuf,
    /// The folder that is compared with it, or a picture
    #[arg(value_name = "RIGHT")]
    right: PathBuf,
    /// What LEFT and RIGHT are called; without it, as they are named here
    #[arg(long, value_name = "TITLE", num_args = 2, value_names = ["LEFT", "RIGHT"])]
    titles: Option<Vec<String>>,
    /// Leave out what LEFT has not
    #[arg(long)]
    ignore_left_missing: bool,
    /// Leave out what RIGHT has not
    #[arg(long)]
    ignore_right_missing: bool,
    /// A key of `[tolerance]` as a case has it, such as channel=2; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    tolerance: Vec<String>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    limits: LimitArguments,
    #[command(flatten)]
    reporting: Reporting,
    /// Copy what differs, or LEFT has not, from RIGHT to LEFT
    #[arg(long, conflicts_with = "review")]
    accept: bool,
    /// Look at what differs on a page of this machine, and accept it one by one
    #[arg(long)]
    review: bool,
    /// The port of that page; without it, one that is free
    #[arg(long, value_name = "PORT", requires = "review")]
    port: Option<u16>,
}

/// Compares two folders.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let comparing = Comparing {
        jobs: arguments.which.jobs(),
        filter: arguments.which.filter()?,
        tolerance: tolerance(&arguments.tolerance)?,
        titles: arguments.titles.clone().and_then(|titles| titles.try_into().ok()),
        ignores_missing: [arguments.ignore_left_missing, arguments.ignore_right_missing],
        limits: limits.clone(),
    };
    #[cfg(not(feature = "network"))]
    if arguments.review {
        let lacking = crate::cli::lacking::lacking("golden compare --review");
        return Err(lacking.hint("--report DIR writes a page of what differs, and --accept copies it"));
    }
    let outcomes = golden::compare_folders(&arguments.left, &arguments.right, &comparing)?;
    #[cfg(feature = "network")]
    if arguments.review {
        return super::review::serve(outcomes, arguments.port, &limits);
    }
    arguments.reporting.tell(&outcomes, &limits)?;
    let summary = report::summary(&outcomes);
    if outcomes.iter().all(Outcome::passed) {
        return if arguments.reporting.json { Ok(()) } else { Stream::Output.text(&summary) };
    }
    if arguments.accept {
        return accept(&outcomes, &comparing);
    }
    let hint = format!("{}; --accept copies them from RIGHT to LEFT", arguments.reporting.hint());
    Err(Error::new(ErrorKind::Data, summary).hint(hint))
}

/// Copies what differs over what was expected.
fn accept(outcomes: &[Outcome], comparing: &Comparing) -> Result<()> {
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.passed()).collect();
    let (mut accepted, mut wrong) = (0_usize, 0_usize);
    for (outcome, result) in failed.iter().zip(golden::accept_all(&failed, comparing.jobs, &comparing.limits)) {
        match result {
            Ok(Some(path)) => {
                accepted += 1;
                Stream::Output.text(&format!("accepted {}", escaped(&golden::shown(&path))))?;
            }
            Ok(None) => {
                wrong += 1;
                Stream::Errors.text(&report::line(outcome))?;
            }
            Err(reason) => {
                wrong += 1;
                Stream::Errors.text(&format!("{}: {}", escaped(&outcome.name()), escaped(&reason)))?;
            }
        }
    }
    Stream::Output.text(&format!("{accepted} of {} accepted", outcomes.len()))?;
    match wrong {
        0 => Ok(()),
        count => Err(Error::new(ErrorKind::Data, format!("{count} of {} could not be copied", outcomes.len()))),
    }
}

/// The keys of a tolerance, read as a case's are.
fn tolerance(keys: &[String]) -> Result<Option<Tolerance>> {
    if keys.is_empty() {
        return Ok(None);
    }
    let toml = format!("{}\nreason = \"asked for on the command line\"\n", keys.join("\n"));
    let wrong = |message: &str| {
        let message = format!("--tolerance: {}", message.trim_end().replace('\n', ", "));
        Error::new(ErrorKind::Usage, message)
            .hint("KEY=VALUE, with the keys that `friendboard golden --help` has for [tolerance]")
    };
    let tolerance: Tolerance = toml::from_str(&toml).map_err(|error| wrong(error.message()))?;
    tolerance.check().map_err(|message| wrong(&message))?;
    Ok(Some(tolerance))
}
