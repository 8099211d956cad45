//! What a script may cost, all in all: work that is counted and bytes that are kept, of the engine and of what stands behind its
//! objects alike. Once it is over, it is over for good: nothing that a script catches brings it back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::watch::Watch;
use crate::limits::{Limit, Limits};

/// Steps of work that ten thousand loops and calls are counted as: what one of them does that neither calls nor allocates.
const LOOPS: u64 = 1_000_000;
/// Parts of a turn's work that each second of the session's clock adds to what all turns may do: frames of 5 ms go on for ever.
const SECONDS_PER_TURN: u64 = 4;
/// Parts of a turn's work that each message, touch or change of size adds to it.
const EVENTS_PER_TURN: u64 = 24;
/// Above this many bytes at once nothing is given that there is no room for. Less is, for the few calls until the engine asks
/// whether to stop: it stands better on its feet if it can still make the error that it throws.
const SMALL: usize = 64 * 1024;
/// Bytes that are given at once to a script that is over: what it computes with more would take long, and ends at once.
const LAST: usize = 8 * 1024;

/// Why a script was stopped.
#[derive(Clone, Debug, PartialEq)]
enum Over {
    Loops,
    Work,
    Session,
    Bytes,
    Stalled,
    /// What it did, the limit, and what that allows.
    Limit(&'static str, &'static str, usize),
}

#[derive(Debug)]
struct Sums {
    loops_most: u64,
    work_most: u64,
    bytes_most: usize,
    /// Of this turn.
    loops: Cell<u64>,
    /// Of this turn.
    work: Cell<u64>,
    /// Of all turns before.
    before: Cell<u64>,
    /// Events of the session's own so far.
    events: Cell<u64>,
    /// The session's clock, ms.
    now: Cell<u64>,
    held: Cell<usize>,
    held_most: Cell<usize>,
    over: RefCell<Option<Over>>,
    /// What is asked now is where it ended.
    speaks: Cell<bool>,
    stall_most: u64,
    watch: Arc<Watch>,
}

/// The account of a script; clones are the same one.
///
/// A step of work is about a nanosecond, as it is of [`Budget`](crate::budget::Budget), and counted by what is done, never
/// measured: the same script comes to the same end on every machine.
#[derive(Clone, Debug)]
pub struct Account(Rc<Sums>);

impl Account {
    /// What the limits allow.
    pub fn new(limits: &Limits) -> Self {
        Self(Rc::new(Sums {
            loops_most: limits.script_loops,
            work_most: limits.work,
            bytes_most: limits.script_bytes,
            loops: Cell::new(0),
            work: Cell::new(0),
            before: Cell::new(0),
            events: Cell::new(0),
            now: Cell::new(0),
            held: Cell::new(0),
            held_most: Cell::new(0),
            over: RefCell::new(None),
            speaks: Cell::new(false),
            stall_most: limits.script_stall,
            watch: Watch::new(Duration::from_millis(limits.script_stall)),
        }))
    }

    /// A turn begins at a time of the session's clock, ms; `is_event` where the session itself makes it: a message, a touch.
    pub fn begin_turn(&self, now: f64, is_event: bool) {
        self.0.before.set(self.0.before.get().saturating_add(self.0.work.get()));
        self.0.work.set(0);
        self.0.loops.set(0);
        self.0.now.set(now as u64);
        self.0.events.set(self.0.events.get() + u64::from(is_event));
        self.0.watch.counted(0);
        self.0.watch.turn();
    }

    /// The turn is done.
    pub fn end_turn(&self) {
        self.0.watch.turn();
    }

    /// Names the script, for what is said where the engine does not come back from it.
    pub fn name(&self, name: &str) {
        self.0.watch.name(name);
    }

    /// Forgets what was done so far: it was not the script that did it.
    pub fn forget(&self) {
        self.0.work.set(0);
        self.0.before.set(0);
        self.0.loops.set(0);
    }

    /// Steps of work were done, or are about to be; false once it is over.
    pub fn spend(&self, steps: u64) -> bool {
        let work = self.0.work.get().saturating_add(steps);
        self.0.work.set(work);
        self.0.watch.counted(work);
        if work > self.0.work_most {
            self.end(Over::Work);
        } else if self.0.before.get().saturating_add(work) > self.session_most() {
            self.end(Over::Session);
        }
        !self.is_over()
    }

    /// Ten thousand loops and calls more, as the engine tells of them; false once it is over.
    pub fn spend_loops(&self) -> bool {
        self.0.loops.set(self.0.loops.get() + 1);
        if self.0.loops.get() > self.0.loops_most {
            self.end(Over::Loops);
        }
        self.spend(LOOPS)
    }

    /// What all turns up to now may do.
    fn session_most(&self) -> u64 {
        let turn = self.0.work_most;
        let by_time = turn.saturating_mul(self.0.now.get()) / (1_000 * SECONDS_PER_TURN);
        let by_events = turn.saturating_mul(self.0.events.get()) / EVENTS_PER_TURN;
        turn.saturating_add(by_time).saturating_add(by_events)
    }

    /// True where there is room for so many bytes more; it is no end where there is none.
    pub fn has_room(&self, bytes: usize) -> bool {
        self.0.held.get().saturating_add(bytes) <= self.0.bytes_most
    }

    /// Takes bytes for the engine; false where it gets none. To have asked for more than there is, is the end.
    pub fn take(&self, bytes: usize) -> bool {
        let held = self.0.held.get().saturating_add(bytes);
        if bytes > LAST && self.is_over() {
            return false;
        }
        if held > self.0.bytes_most {
            self.end(Over::Bytes);
            let most = self.0.bytes_most.saturating_add(self.0.bytes_most / 16);
            if bytes > SMALL || (held > most && !self.0.speaks.get()) {
                return false;
            }
        }
        self.set_held(held);
        true
    }

    /// It is over, and is asked where it ended: for that it gets what it needs.
    pub fn last_words(&self) {
        self.0.speaks.set(true);
    }

    /// Bytes that are kept no more.
    pub fn give_back(&self, bytes: usize) {
        self.0.held.set(self.0.held.get().saturating_sub(bytes));
    }

    fn set_held(&self, held: usize) {
        self.0.held.set(held);
        self.0.held_most.set(self.0.held_most.get().max(held));
    }

    /// Bytes behind something of the script's, none at first.
    pub fn hold(&self) -> Held {
        Held { account: self.clone(), bytes: 0 }
    }

    /// The script is to be stopped for another limit: what it did, its name and what it allows.
    pub fn stop_by(&self, what: &'static str, name: &'static str, allowed: usize) {
        self.end(Over::Limit(what, name, allowed));
    }

    fn end(&self, why: Over) {
        // The first reason is the one that is told.
        self.0.over.borrow_mut().get_or_insert(why);
    }

    /// True once it is over.
    pub fn is_over(&self) -> bool {
        if self.0.watch.is_stalled() {
            self.end(Over::Stalled);
        }
        self.0.over.borrow().is_some()
    }

    /// Why it is over, with the limit and how to raise it.
    pub fn why(&self) -> Option<String> {
        let over = self.0.over.borrow().clone()?;
        let (what, name, allowed) = match over {
            Over::Loops => ("ran for more loops and calls than one turn may", "script_loops", self.0.loops_most as f64),
            Over::Work => ("computed and drew more than one turn may", "work", self.0.work_most as f64),
            Over::Session => ("computed and drew more than a session of its length may", "work", self.0.work_most as f64),
            Over::Bytes => ("needed more memory than it may", "script_bytes", self.0.bytes_most as f64),
            Over::Stalled => ("did for longer what can't be counted than it may", "script_stall", self.0.stall_most as f64),
            Over::Limit(what, name, allowed) => (what, name, allowed as f64),
        };
        let allowed = Limit::find(name).map_or_else(|_| allowed.to_string(), |limit| limit.shown(allowed));
        let detail = match over {
            Over::Loops => format!("{allowed} 10,000"),
            Over::Session => format!("{allowed} for a turn, and a quarter of it for each second"),
            _ => allowed,
        };
        Some(format!("the script {what} ({detail}), and was stopped (raise it with --limit {name}=…, in Rust Limits::{name})"))
    }

    /// Steps of work of this turn, and the most bytes that were held at a time.
    #[cfg(test)]
    pub fn sums(&self) -> (u64, usize) {
        (self.0.work.get(), self.0.held_most.get())
    }
}

/// Bytes that something holds, which goes with it.
#[derive(Debug)]
pub struct Held {
    account: Account,
    bytes: usize,
}

impl Held {
    /// It holds so many bytes now. More than there is room for is the end of the script, not of what holds them.
    pub fn set(&mut self, bytes: usize) {
        self.account.give_back(self.bytes);
        self.bytes = bytes;
        let held = self.account.0.held.get().saturating_add(bytes);
        if held > self.account.0.bytes_most {
            self.account.end(Over::Bytes);
        }
        self.account.set_held(held);
    }

    /// It holds so many bytes more.
    pub fn add(&mut self, bytes: usize) {
        self.set(self.bytes.saturating_add(bytes));
    }

    /// It holds so many bytes less.
    pub fn remove(&mut self, bytes: usize) {
        self.set(self.bytes.saturating_sub(bytes));
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.account.give_back(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Account {
        Account::new(&Limits { work: 1_000_000, script_loops: 3, script_bytes: 8 * 1024 * 1024, ..Limits::default() })
    }

    #[test]
    fn a_turn_and_a_session_have_their_work() {
        let account = account();
        account.begin_turn(0.0, false);
        assert!(account.spend(1_000_000));
        account.begin_turn(100.0, false);
        assert!(account.spend(25_000) && !account.spend(1), "a quarter of a turn's work for each second");
        assert!(account.why().unwrap_or_default().contains("--limit work="));
        // It stays over, whatever comes.
        account.begin_turn(1e9, true);
        assert!(!account.spend(0) && account.is_over());
    }

    #[test]
    fn what_is_held_is_given_back() {
        let account = account();
        let mut held = account.hold();
        held.set(6 * 1024 * 1024);
        assert!(!account.has_room(3 * 1024 * 1024) && !account.is_over());
        drop(held);
        assert!(account.take(7 * 1024 * 1024) && !account.take(2 * 1024 * 1024));
        assert!(account.take(1_000), "a little is given while it ends");
        assert!(account.why().unwrap_or_default().contains("script_bytes"));
        assert_eq!(account.sums().1, 7 * 1024 * 1024 + 1_000);
    }
}
