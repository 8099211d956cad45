//! `friendboard golden review`.

use super::selection::Selection;
use crate::cli::output::Stream;
use crate::error::Result;
use crate::golden::Outcome;
use crate::golden::report;
use crate::golden::review::Review;

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

/// Serves the failures on a page of this machine.
pub fn run(arguments: &Arguments) -> Result<()> {
    let outcomes = arguments.selection.outcomes()?;
    if outcomes.iter().all(Outcome::passed) {
        return Stream::Output.text(&format!("{}: there is nothing to review", report::summary(&outcomes)));
    }
    let summary = report::summary(&outcomes);
    let review = Review::open(outcomes, &arguments.selection.limits.to_limits())?;
    Stream::Output.text(&format!("{summary}; review them at {}\nCtrl-C ends it", review.url()))?;
    review.serve();
    Ok(())
}
