//! What comes of a share call, and how a typed call comes to it.

use super::card::CardModel;
use super::circumstances::Circumstances;
use crate::error::Diagnostics;
use crate::platform::arguments::{ArgumentReader, Invalid, Members, Notes};
use crate::platform::{Answer, Call, Finding};

/// Name of the call's options as a document, in places.
pub const REQUEST: &str = "<request>";

/// What comes of a share call.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the callbacks get.
    pub answer: Answer,
    /// The cards, one for each channel that the message goes to; none for a call that sends no message. They are there
    /// for a refused call too, to be looked at.
    pub cards: Vec<CardModel>,
    /// Everything that was found, in the platform's order.
    pub findings: Vec<Finding>,
}

/// A share call with its typed options.
pub trait ShareCall {
    /// What the platform would find wrong with it, in the order in which the platform looks, and what is worth knowing
    /// besides. The person's choice is the last: nobody is asked when the call is refused before.
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding>;

    /// What `success`, `fail` and `complete` get, after these findings.
    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer;

    /// The cards as they will stand in the chats; none where the call sends no message.
    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel>;
}

/// A share call whose options are read from what a game gives.
pub(super) trait FromArguments: ShareCall + Sized {
    /// Reads the options.
    fn read(reader: &mut ArgumentReader<'_>) -> Self;

    /// What the platform says to a value of the wrong type or to a required one that is missing.
    fn invalid(invalid: &Invalid) -> Finding;
}

/// Reads a call's options, checks and answers it.
pub(super) type Runner = fn(&Members, &Circumstances<'_>, Option<Finding>, &mut Diagnostics) -> Outcome;

/// A platform's share calls, each with what runs it.
pub(super) type Calls = &'static [(Call, Runner)];

/// The runner of a call. `barred` is why the call is not there at all: it comes before anything in the call itself.
pub(super) fn outcome<C: FromArguments>(
    members: &Members,
    circumstances: &Circumstances<'_>,
    barred: Option<Finding>,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    let mut notes = Notes::new(REQUEST);
    let mut reader = ArgumentReader::new(members, &circumstances.limits, &mut notes);
    let call = C::read(&mut reader);
    reader.finish();
    // A value of the wrong type is refused before anything else is looked at.
    let mut findings: Vec<Finding> = barred.into_iter().chain(notes.invalid.iter().map(C::invalid)).collect();
    let said = |finding: &Finding| notes.invalid.iter().any(|invalid| Some(&invalid.path) == finding.path.as_ref());
    findings.extend(call.check(circumstances).into_iter().filter(|finding| !said(finding)));
    diagnostics.extend(notes.diagnostics);
    for finding in &findings {
        diagnostics.push(finding.to_diagnostic(REQUEST));
    }
    Outcome { answer: call.answer(&findings, circumstances), cards: call.cards(circumstances), findings }
}
