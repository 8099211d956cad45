//! What one request may spend: work, memory, and time where the host gives any. Each stage charges it where the work is done;
//! over it comes one error, which names the stage, the figure, the ceiling and what raises it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Limit, Limits};

/// A clock: the time since any moment that stays the same.
pub type Clock = fn() -> Duration;

/// What is done of a request, for who pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Friend data and other JSON.
    Data,
    /// Templates and style sheets are compiled.
    Template,
    /// A template is bound to data.
    Scene,
    /// Boxes are measured and placed.
    Layout,
    /// Text is shaped and broken into lines.
    Text,
    /// Pictures are decoded and kept.
    Pictures,
    /// The draw list is made.
    Display,
    /// The list is drawn: fills, blurs, layers, masks.
    Drawing,
    /// What was drawn is written as a file, and what happened into a log.
    Writing,
}

/// How many stages there are.
const STAGES: usize = 9;

impl Stage {
    /// What is being done, as it follows 'while'.
    #[must_use]
    pub fn doing(self) -> &'static str {
        match self {
            Self::Data => "reading data",
            Self::Template => "compiling the template",
            Self::Scene => "binding the template to data",
            Self::Layout => "laying out boxes",
            Self::Text => "laying out text",
            Self::Pictures => "decoding pictures",
            Self::Display => "making the draw list",
            Self::Drawing => "drawing",
            Self::Writing => "writing pictures and logs",
        }
    }
}

/// Steps after which the clock is looked at again: about two milliseconds.
const STEPS_PER_LOOK: u64 = 2_000_000;

/// What one request may spend, and what of it is spent. Clones are the same budget: the stages of a request share one, in one
/// thread.
///
/// A step of work is about a nanosecond on a machine of 2020; how many of them something costs is counted by what it is, never
/// measured, so that the same request comes to the same end on every machine. Once it is over the budget it stays so.
///
/// ```
/// use friendboard::budget::{Budget, Stage};
/// use friendboard::Limits;
/// let budget = Budget::new(&Limits { work: 1_000_000, ..Limits::default() });
/// assert!(budget.spend(Stage::Scene, 900_000));
/// assert!(budget.check().is_ok());
/// assert!(!budget.spend(Stage::Text, 200_000));
/// assert_eq!(
///     budget.check().unwrap_err().to_string(),
///     "over the limit of 1,000,000 steps of work for one board: found 1,100,000 while laying out text \
///      (raise it with --limit work=…, in Rust Limits::work)"
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Budget(Rc<Account>);

#[derive(Debug)]
struct Account {
    /// The limit of the work.
    of: &'static str,
    /// What the work is for.
    purpose: &'static str,
    /// Steps that were spent of the same limit before.
    before: u64,
    /// What this is a part of: it is charged the work of this in the end.
    whole: Option<Budget>,
    /// The work is done by somebody who charges for it, or not at all.
    is_estimate: bool,
    work_most: u64,
    memory_most: u64,
    deadline: Cell<Option<Deadline>>,
    work: Cell<u64>,
    /// The stage that was charged last.
    last: Cell<Stage>,
    /// Bytes that each stage holds now.
    held: [Cell<u64>; STAGES],
    held_most: Cell<u64>,
    /// Steps of work at which there is something to be looked at: the clock, or that it is over.
    look_at: Cell<u64>,
    over: Cell<Option<Over>>,
}

#[derive(Clone, Copy, Debug)]
struct Deadline {
    clock: Clock,
    /// By the clock.
    end: Duration,
    allowed: Duration,
}

impl Account {
    fn open(of: &'static str, purpose: &'static str, work_most: u64, memory_most: u64) -> Self {
        Self {
            of,
            purpose,
            before: 0,
            whole: None,
            is_estimate: false,
            work_most,
            memory_most,
            deadline: Cell::new(None),
            work: Cell::new(0),
            last: Cell::new(Stage::Data),
            held: Default::default(),
            held_most: Cell::new(0),
            look_at: Cell::new(work_most.saturating_add(1)),
            over: Cell::new(None),
        }
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let is_more_than_left = || self.of == "session_work" && self.over.get().is_some();
        if let Some(whole) = &self.whole
            && (!self.is_estimate || is_more_than_left())
        {
            whole.spend(self.last.get(), self.work.get());
        }
    }
}

/// What was over first, and where.
#[derive(Clone, Copy, Debug)]
struct Over {
    stage: Stage,
    what: Resource,
}

#[derive(Clone, Copy, Debug)]
enum Resource {
    /// Steps.
    Work(u64),
    /// Bytes.
    Memory(u64),
    Time,
}

#[allow(clippy::must_use_candidate, reason = "what is passed stays passed: a stage may charge first and check in the end")]
impl Budget {
    /// What the limits allow: [`Limits::work`] and [`Limits::memory`], and any time.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self::open("work", "one board", limits.work, limits.memory)
    }

    /// What a whole session may spend, all of its inputs and frames together: [`Limits::session_work`].
    #[must_use]
    pub fn of_session(limits: &Limits) -> Self {
        Self::open("session_work", "one session", limits.session_work, limits.memory)
    }

    /// Makes it what [`new`](Self::new) gives, where nobody else has it; false where somebody does.
    pub(crate) fn renew(&mut self, limits: &Limits) -> bool {
        let account = Rc::get_mut(&mut self.0);
        account.map(|account| *account = Account::open("work", "one board", limits.work, limits.memory)).is_some()
    }

    fn open(of: &'static str, purpose: &'static str, work_most: u64, memory_most: u64) -> Self {
        Self(Rc::new(Account::open(of, purpose, work_most, memory_most)))
    }

    /// A budget of its own for a part of what this one is for. What it spends is charged here once it is done with, and it has
    /// no more than is left here.
    ///
    /// ```
    /// use friendboard::budget::{Budget, Stage};
    /// use friendboard::Limits;
    /// let limits = Limits { work: 1_000, session_work: 1_500, ..Limits::default() };
    /// let session = Budget::of_session(&limits);
    /// assert!(session.part(&limits).spend(Stage::Drawing, 900));
    /// assert!(!session.part(&limits).spend(Stage::Drawing, 900));
    /// assert_eq!(
    ///     session.check().unwrap_err().to_string(),
    ///     "over the limit of 1,500 steps of work for one session: found 1,800 while drawing \
    ///      (raise it with --limit session_work=…, in Rust Limits::session_work)"
    /// );
    /// ```
    #[must_use]
    pub fn part(&self, limits: &Limits) -> Self {
        self.open_part(limits, false)
    }

    /// As [`part`](Self::part), for work that is counted before it is done: it is charged here only where it is more than is left.
    #[cfg(feature = "raster")]
    pub(crate) fn estimate(&self, limits: &Limits) -> Self {
        self.open_part(limits, true)
    }

    fn open_part(&self, limits: &Limits, is_estimate: bool) -> Self {
        let left = self.0.work_most.saturating_sub(self.work());
        let mut part = Self::open("work", "one board", limits.work, limits.memory);
        if let Some(account) = Rc::get_mut(&mut part.0) {
            if left < limits.work {
                (account.of, account.purpose, account.before) = (self.0.of, self.0.purpose, self.work());
                (account.work_most, account.look_at) = (left, Cell::new(left.saturating_add(1)));
            }
            (account.whole, account.is_estimate) = (Some(self.clone()), is_estimate);
        }
        part
    }

    /// The same, to be done within a time from now by a clock.
    ///
    /// ```
    /// use std::time::Duration;
    /// use friendboard::budget::{Budget, Stage};
    /// use friendboard::{ErrorKind, Limits};
    /// let late = Budget::new(&Limits::default()).within(|| Duration::from_secs(5), Duration::ZERO);
    /// assert!(!late.spend(Stage::Layout, 3_000_000));
    /// assert_eq!(late.check().unwrap_err().kind(), ErrorKind::Deadline);
    /// ```
    #[must_use]
    pub fn within(self, clock: Clock, allowed: Duration) -> Self {
        self.0.deadline.set(Some(Deadline { clock, end: clock().saturating_add(allowed), allowed }));
        self.0.look_at.set(self.0.work.get().saturating_add(STEPS_PER_LOOK).min(self.0.work_most.saturating_add(1)));
        self
    }

    /// Charges steps of work; false once the budget is passed, and from then on: whoever charges stops, and
    /// [`check`](Self::check) says why.
    pub fn spend(&self, stage: Stage, steps: u64) -> bool {
        let work = self.0.work.get().saturating_add(steps);
        self.0.work.set(work);
        self.0.last.set(stage);
        if work >= self.0.look_at.get() {
            self.look(stage, work);
        }
        self.0.over.get().is_none()
    }

    /// Says how many bytes a stage holds now; false once the budget is passed.
    pub fn hold(&self, stage: Stage, bytes: u64) -> bool {
        if let Some(held) = self.0.held.get(stage as usize) {
            held.set(bytes);
        }
        let all = self.0.held.iter().fold(0u64, |sum, held| sum.saturating_add(held.get()));
        self.0.held_most.set(self.0.held_most.get().max(all));
        if all > self.0.memory_most {
            self.pass(stage, Resource::Memory(all));
        }
        self.0.over.get().is_none()
    }

    /// Says that a stage holds so many bytes more; false once the budget is passed.
    pub fn hold_more(&self, stage: Stage, bytes: u64) -> bool {
        let before = self.0.held.get(stage as usize).map_or(0, Cell::get);
        self.hold(stage, before.saturating_add(bytes))
    }

    /// Looks at the clock, whatever was spent since the last look; false once the budget is passed.
    pub fn is_in_time(&self, stage: Stage) -> bool {
        if let Some(Deadline { clock, end, .. }) = self.0.deadline.get()
            && clock() >= end
        {
            self.pass(stage, Resource::Time);
        }
        self.0.over.get().is_none()
    }

    /// That the budget is not passed.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where it took too much work or memory, [`ErrorKind::Deadline`] where it took too long.
    pub fn check(&self) -> Result<()> {
        let Some(Over { stage, what }) = self.0.over.get() else { return Ok(()) };
        let shown =
            |name: &str, value: u64| Limit::find(name).map_or_else(|_| value.to_string(), |limit| limit.shown(value as f64));
        let doing = stage.doing();
        Err(match what {
            Resource::Work(found) => {
                let Account { of, purpose, before, work_most, .. } = &*self.0;
                let allowed = format!("{} of work for {purpose}", shown(of, before.saturating_add(*work_most)));
                let found = shown(of, before.saturating_add(found));
                Error::limit(of, allowed, format_args!("{} while {doing}", found.trim_end_matches(" steps")))
            }
            Resource::Memory(found) => {
                let allowed = format!("{} held at a time for one board", shown("memory", self.0.memory_most));
                Error::limit("memory", allowed, format_args!("{} while {doing}", shown("memory", found)))
            }
            Resource::Time => {
                let allowed = self.0.deadline.get().map_or(0, |deadline| deadline.allowed.as_millis());
                let message = format!("over the time of {allowed} ms for one board: found it still {doing}");
                Error::new(ErrorKind::Deadline, message).hint("give it more time, or ask for less in one board")
            }
        })
    }

    /// Steps of work that were charged so far.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.0.work.get()
    }

    /// The most bytes that all stages held at a time.
    #[must_use]
    pub fn memory(&self) -> u64 {
        self.0.held_most.get()
    }

    fn look(&self, stage: Stage, work: u64) {
        if work > self.0.work_most {
            self.pass(stage, Resource::Work(work));
        } else if self.0.deadline.get().is_some() {
            self.is_in_time(stage);
            self.0.look_at.set(work.saturating_add(STEPS_PER_LOOK).min(self.0.work_most.saturating_add(1)));
        }
    }

    /// What was passed first is what is told.
    fn pass(&self, stage: Stage, what: Resource) {
        if self.0.over.get().is_none() {
            self.0.over.set(Some(Over { stage, what }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget() -> Budget {
        Budget::new(&Limits { work: 10_000_000, memory: 1024 * 1024, ..Limits::default() })
    }

    #[test]
    fn what_is_passed_first_is_told() {
        let budget = budget();
        assert!(budget.spend(Stage::Data, 10_000_000) && budget.check().is_ok());
        assert!(!budget.spend(Stage::Layout, 1));
        assert!(!budget.hold(Stage::Text, 2 * 1024 * 1024) && !budget.spend(Stage::Drawing, 0));
        let said = budget.check().unwrap_err();
        assert_eq!(said.kind(), ErrorKind::Limit);
        assert!(said.to_string().contains("found 10,000,001 while laying out boxes"), "{said}");
        assert_eq!((budget.work(), budget.memory()), (10_000_001, 2 * 1024 * 1024));
    }

    #[test]
    fn what_stages_hold_adds_up_and_is_let_go() {
        let budget = budget();
        assert!(budget.hold(Stage::Pictures, 700_000));
        assert!(budget.hold(Stage::Pictures, 100_000) && budget.hold_more(Stage::Drawing, 700_000));
        assert_eq!(budget.memory(), 800_000);
        assert!(!budget.hold_more(Stage::Drawing, 300_000));
        let said = budget.check().unwrap_err().to_string();
        let expected = "over the limit of 1 MiB held at a time for one board: found";
        assert!(said.starts_with(expected) && said.contains("while drawing (raise it with --limit memory="), "{said}");
    }

    #[test]
    fn the_clock_is_looked_at_while_work_is_charged() {
        let budget = budget().within(|| Duration::from_secs(9), Duration::from_secs(1));
        assert!(budget.spend(Stage::Text, STEPS_PER_LOOK * 2));
        let late = Budget::new(&Limits::default()).within(
            || {
                thread_local!(static CALLS: Cell<u64> = const { Cell::new(0) });
                CALLS.set(CALLS.get() + 1);
                Duration::from_secs(CALLS.get())
            },
            Duration::from_millis(2_500),
        );
        // The clock was asked once at the start: a second passes with each look.
        assert!(late.spend(Stage::Text, STEPS_PER_LOOK) && late.spend(Stage::Text, 1));
        assert!(late.spend(Stage::Text, STEPS_PER_LOOK));
        assert!(!late.spend(Stage::Text, STEPS_PER_LOOK));
        let said = late.check().unwrap_err();
        assert!(said.to_string().contains("2500 ms") && said.to_string().contains("laying out text"), "{said}");
        assert_eq!(said.kind(), ErrorKind::Deadline);
    }
}
