//! `friendboard golden review`.

use super::selection::Selection;
#[cfg(feature = "network")]
use crate::cli::output::Stream;
use crate::error::Result;
#[cfg(feature = "network")]
use crate::golden::{Outcome, report, review::Review};

/// Options of `golden review`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The page shows expected, drawn and difference beside each other, swiped, blinking and overlaid, to the pixel, with the boxes of
the nodes. Keys: j and k go on and back, space blinks, a accepts, ? lists the others. It writes as `golden accept` does.

Examples:
  friendboard golden review
  friendboard golden review golden/podium")]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
}

/// A page needs a port.
#[cfg(not(feature = "network"))]
pub fn run(_: &Arguments) -> Result<()> {
    Err(crate::cli::lacking::lacking("golden review").hint(
        "`friendboard golden run --report DIR` writes a page of what fails, and `friendboard golden accept` takes it as right",
    ))
}

/// Serves the failures on a page of this machine.
#[cfg(feature = "network")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let outcomes = arguments.selection.outcomes(false)?;
    if outcomes.iter().all(Outcome::passed) {
        return Stream::Output.text(&format!("{}: there is nothing to review", report::summary(&outcomes)));
    }
    let summary = report::summary(&outcomes);
    let review = Review::open(outcomes, &arguments.selection.limits.to_limits())?;
    Stream::Output.text(&format!("{summary}; review them at {}\nCtrl-C ends it", review.url()))?;
    review.serve();
    Ok(())
}
