//! `friendboard golden review`: the failures of a run on a page of this machine, to be looked at and accepted one by one.

mod answers;

use std::sync::{Mutex, PoisonError};

use answers::{Reviewed, answer};

use super::outcome::Outcome;
use crate::error::Result;
use crate::host::loopback::Loopback;
use crate::limits::Limits;

/// A page of failures that waits for its visitor.
pub struct Review {
    server: Loopback,
    outcomes: Mutex<Vec<Reviewed>>,
    limits: Limits,
}

impl Review {
    /// Opens a port for the failures of a run; without a number, one that the system picks.
    ///
    /// # Errors
    /// As [`Loopback::open`].
    pub fn open(outcomes: Vec<Outcome>, port: Option<u16>, limits: &Limits) -> Result<Self> {
        let outcomes = outcomes.into_iter().filter(|outcome| !outcome.passed());
        let outcomes = outcomes.map(|outcome| Reviewed { outcome, is_accepted: false }).collect();
        Ok(Self { server: Loopback::open(port)?, outcomes: Mutex::new(outcomes), limits: limits.clone() })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Serves the page until the process ends.
    pub fn serve(&self) {
        self.server.serve(|request| {
            let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
            answer(&request, &mut outcomes, &self.limits)
        });
    }
}
