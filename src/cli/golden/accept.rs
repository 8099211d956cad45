//! `friendboard golden accept`.

use super::selection::Selection;
use crate::cli::output::Stream;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::{self, Options, Outcome, report};

/// Options of `golden accept`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
References are written whole or not at all, and links are not followed. Those that pass stay as they are.
-E 'kind(events)' takes the logs of sessions alone, -E 'kind(picture)' the pictures alone.

Examples:
  friendboard golden accept
  friendboard golden accept golden/podium --filter dark")]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Take also what differs by no more than its case tolerates
    #[arg(long)]
    near: bool,
    /// Take also the cases that say to be left out
    #[arg(long)]
    no_skip: bool,
    /// Accept although this is a run of continuous integration (the environment has CI)
    #[arg(long)]
    in_ci: bool,
}

/// Takes what is drawn as right.
pub fn run(arguments: &Arguments) -> Result<()> {
    if golden::is_ci() && !arguments.in_ci {
        let message = "nothing is accepted in continuous integration (the environment has CI)";
        return Err(Error::new(ErrorKind::Usage, message).hint("accept where the pictures can be looked at, or give --in-ci"));
    }
    let how = |options| Options { keeps_near: arguments.near, runs_skipped: arguments.no_skip, ..options };
    let outcomes = arguments.selection.outcomes(how)?;
    accept_all(&outcomes, arguments)
}

fn accept_all(outcomes: &[Outcome], arguments: &Arguments) -> Result<()> {
    let limits = arguments.selection.limits.to_limits();
    let (mut accepted, mut wrong) = (0_usize, 0_usize);
    let is_taken = |outcome: &&Outcome| !outcome.passed() || (arguments.near && outcome.is_near);
    let taken: Vec<&Outcome> = outcomes.iter().filter(is_taken).collect();
    let all = golden::accept_all(&taken, arguments.selection.jobs(), &limits);
    for (outcome, result) in taken.into_iter().zip(all) {
        match result {
            Ok(Some(path)) => {
                accepted += 1;
                Stream::Output.text(&format!("accepted {}", escaped(&golden::shown(&path))))?;
            }
            Ok(None) => {}
            Err(reason) => {
                wrong += 1;
                Stream::Errors.text(&format!("{}: {}", escaped(&outcome.name()), escaped(&reason)))?;
            }
        }
        let rest = outcome.lasting();
        if !rest.is_empty() {
            wrong += 1;
            Stream::Errors.text(&report::text(&Outcome { failures: rest, ..outcome.clone() }))?;
        }
    }
    Stream::Output.text(&format!("{accepted} of {} accepted", outcomes.len()))?;
    if wrong > 0 {
        let message = format!("{wrong} of {} are not as they should be, and accepting does not mend that", outcomes.len());
        return Err(Error::new(ErrorKind::Data, message));
    }
    Ok(())
}
