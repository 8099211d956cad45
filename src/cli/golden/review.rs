//! `friendboard golden review`.

use super::selection::Selection;
#[cfg(feature = "network")]
use crate::cli::output::Stream;
use crate::error::Result;
#[cfg(feature = "network")]
use crate::golden::{Outcome, report, review::Review};
#[cfg(feature = "network")]
use crate::limits::Limits;

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
    /// The port of the page; without it, one that is free
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
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
    serve(arguments.selection.outcomes(|options| options)?, arguments.port, &arguments.selection.limits.to_limits())
}

/// Serves the failures of a run until the process ends.
#[cfg(feature = "network")]
pub fn serve(outcomes: Vec<Outcome>, port: Option<u16>, limits: &Limits) -> Result<()> {
    let summary = report::summary(&outcomes);
    if outcomes.iter().all(Outcome::passed) {
        return Stream::Output.text(&format!("{summary}: there is nothing to review"));
    }
    let review = Review::open(outcomes, port, limits)?;
    Stream::Output.text(&format!("{summary}; review them at {}\nCtrl-C ends it", review.url()))?;
    review.serve();
    Ok(())
}
