//! What the context asks of its host and tells it, until the host takes it.

use std::collections::VecDeque;

use super::input::{Effect, Event};
use crate::error::{Diagnostic, Diagnostics};

/// Diagnostics that are remembered, so that each is said once.
const SAID_MAX: usize = 500;

/// Effects in the order in which they came up.
#[derive(Debug)]
pub(super) struct Outbox {
    effects: VecDeque<Effect>,
    /// Of more effects than this, events and diagnostics are left out.
    most: usize,
    said: Vec<Diagnostic>,
}

impl Outbox {
    /// Room for so many effects.
    pub(super) fn new(most: usize) -> Self {
        Self { effects: VecDeque::new(), most, said: Vec::new() }
    }

    /// Asks the host for something. This is never left out.
    pub(super) fn ask(&mut self, effect: Effect) {
        self.effects.push_back(effect);
    }

    /// Tells of something that happened.
    pub(super) fn event(&mut self, event: Event) {
        if self.effects.len() < self.most {
            self.effects.push_back(Effect::Event(event));
        }
    }

    /// Tells of something that is wrong.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        if self.effects.len() < self.most {
            self.effects.push_back(Effect::Diagnostic(diagnostic));
        }
    }

    /// The same, where it was not said before: what is wrong with a board is wrong in every frame.
    pub(super) fn say_once(&mut self, diagnostic: &Diagnostic) {
        if self.said.len() < SAID_MAX && !self.said.contains(diagnostic) {
            self.said.push(diagnostic.clone());
            self.say(diagnostic.clone());
        }
    }

    /// The same for each of several.
    pub(super) fn say_each_once(&mut self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.as_slice() {
            self.say_once(diagnostic);
        }
    }

    /// The next effect; `None` where there is none.
    pub(super) fn take(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}
