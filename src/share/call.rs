//! What every share call can do: be checked, be answered, show a card.

use super::answer::{Answer, Finding};
use super::card::CardModel;
use super::circumstances::Circumstances;
use super::request::{Invalid, Reader};

/// A share call's typed request.
pub trait Request {
    /// What the platform would find wrong with it, in the order in which the platform looks, and what is worth knowing
    /// besides. The person's choice is the last: nobody is asked when the call is refused before.
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding>;

    /// What `success`, `fail` and `complete` get, after these findings.
    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer;

    /// The card as it will stand in the chat; `None` where the call sends no message.
    fn card(&self, circumstances: &Circumstances<'_>) -> Option<CardModel>;
}

/// A request that is read from JSON.
pub(super) trait Read: Request + Sized {
    /// Reads the call's fields.
    fn read(reader: &mut Reader<'_>) -> Self;

    /// What the platform says to a value of the wrong type or to a required one that is missing.
    fn invalid(invalid: &Invalid) -> Finding;
}
