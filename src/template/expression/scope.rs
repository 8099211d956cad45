//! The names that an expression sees.

use std::cell::RefCell;
use std::sync::Arc;

use crate::budget::{Budget, Stage};
use crate::json::Value;
use crate::limits::Limits;
use crate::sorted::BTreeSet;
use crate::template::source::Position;

/// The names that an expression sees: the data's, and those of the loops that it stands in.
///
/// It also counts what the evaluations cost, so that hostile data under a hostile template ends in an error in place of
/// a hang.
#[derive(Debug)]
pub struct Scope<'a> {
    globals: &'a Value,
    frames: Vec<Frame>,
    pub(super) string_bytes: usize,
    budget: Budget,
    /// Where something was said: what a loop repeats says it once.
    said: RefCell<BTreeSet<(usize, u32, u32)>>,
    /// What was read, where that is asked for.
    reads: Option<RefCell<Reads>>,
}

/// What expressions read of their scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// The names of globals, each once, also those that are not there.
    pub globals: Vec<Arc<str>>,
    /// True where one read how far a loop is.
    pub loop_fields: bool,
}

/// One loop's names and how far it is.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub names: Vec<(Arc<str>, Value)>,
    pub index: usize,
    pub length: usize,
}

/// Steps of a budget for each unit of work: about a byte of text handled.
const STEPS: u64 = 3;

impl<'a> Scope<'a> {
    /// A scope of named values (a [`Value::Map`]; anything else has no names).
    #[must_use]
    pub fn new(globals: &'a Value, limits: &Limits) -> Self {
        Self::within(globals, limits, Budget::new(limits))
    }

    /// The same, as a part of what a budget is for.
    pub(crate) fn within(globals: &'a Value, limits: &Limits, budget: Budget) -> Self {
        Self { globals, frames: Vec::new(), string_bytes: limits.string_bytes, budget, said: RefCell::default(), reads: None }
    }

    /// The value of a name, the innermost loop's first.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let in_loops = self.frames.iter().rev().flat_map(|frame| &frame.names).find(|(known, _)| &**known == name);
        if let Some((_, value)) = in_loops {
            return Some(value);
        }
        if let Some(reads) = &self.reads {
            let mut reads = reads.borrow_mut();
            if !reads.globals.iter().any(|known| **known == *name) {
                reads.globals.push(Arc::from(name));
            }
        }
        self.globals.get(name)
    }

    /// Notes what is read from now on, beside what was read before.
    pub(crate) fn note_reads(&mut self, before: Reads) {
        self.reads = Some(RefCell::new(before));
    }

    /// Takes what was read.
    pub(crate) fn take_reads(&mut self) -> Reads {
        self.reads.take().map(RefCell::into_inner).unwrap_or_default()
    }

    /// The value of a global.
    pub(crate) fn global(&self, name: &str) -> Option<&'a Value> {
        self.globals.get(name)
    }

    /// In how many loops it stands.
    pub(crate) fn loops(&self) -> usize {
        self.frames.len()
    }

    /// Every name, for 'did you mean'.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let globals = match self.globals {
            Value::Map(map) => Some(map.keys().map(AsRef::as_ref)),
            _ => None,
        };
        let in_loops = self.frames.iter().flat_map(|frame| frame.names.iter().map(|(name, _)| name.as_ref()));
        in_loops.chain(globals.into_iter().flatten())
    }

    pub(super) fn innermost(&self) -> Option<&Frame> {
        if let Some(reads) = &self.reads {
            reads.borrow_mut().loop_fields = true;
        }
        self.frames.last()
    }

    pub(crate) fn push(&mut self, frame: Frame) {
        self.frames.push(frame);
    }

    pub(crate) fn pop(&mut self) {
        self.frames.pop();
    }

    /// Turns the innermost loop to its next item.
    pub(crate) fn turn(&mut self, index: usize, values: impl IntoIterator<Item = Value>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.index = index;
            for (slot, value) in frame.names.iter_mut().zip(values) {
                slot.1 = value;
            }
        }
    }

    /// Counts work; false once too much is done, and from then on.
    pub(crate) fn spend(&self, work: usize) -> bool {
        self.budget.spend(Stage::Scene, (work as u64).saturating_mul(STEPS))
    }

    /// True the first time that something is said of a place in a document.
    pub(super) fn says_first(&self, document: &Arc<str>, position: Position) -> bool {
        self.said.borrow_mut().insert((document.as_ptr().addr(), position.line, position.column))
    }
}
