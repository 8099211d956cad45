//! What reading from outside goes by, and what it says: they travel together.

use crate::budget::{Budget, Stage};
use crate::error::{Diagnostic, Diagnostics, Result};
use crate::limits::Limits;

/// The limits that a reader holds its input to, the budget that it spends, and the diagnostics that it leaves of it.
///
/// ```
/// use friendboard::friends::{self, ReadOptions};
/// use friendboard::{Diagnostics, Limits, Reading};
///
/// let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
/// let mut reading = Reading::new(&limits, &mut diagnostics);
/// friends::read("[7]", "friends.json", &ReadOptions::default(), &mut reading)?;
/// assert_eq!(diagnostics.as_slice()[0].code, "dropped-friend");
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Debug)]
pub struct Reading<'a> {
    /// What may be read.
    pub limits: &'a Limits,
    /// What was found, in the order in which it was found.
    pub diagnostics: &'a mut Diagnostics,
    /// What it may cost.
    pub budget: Budget,
}

impl<'a> Reading<'a> {
    /// Reading within limits, with a budget of its own; what is found is added to the diagnostics.
    pub fn new(limits: &'a Limits, diagnostics: &'a mut Diagnostics) -> Self {
        Self::within(limits, Budget::new(limits), diagnostics)
    }

    /// Reading as a part of what a budget is for.
    pub fn within(limits: &'a Limits, budget: Budget, diagnostics: &'a mut Diagnostics) -> Self {
        Self { limits, diagnostics, budget }
    }

    /// The same for one part of the input, to be kept by what reads that part.
    pub fn reborrow(&mut self) -> Reading<'_> {
        Reading { limits: self.limits, diagnostics: self.diagnostics, budget: self.budget.clone() }
    }

    /// Charges the budget.
    ///
    /// # Errors
    /// As [`Budget::check`], once it is passed.
    pub fn spend(&self, stage: Stage, steps: u64) -> Result<()> {
        if self.budget.spend(stage, steps) { Ok(()) } else { self.budget.check() }
    }

    /// Adds what was found.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
