//! Files that are fetched side by side, handed over in the order in which they were asked for.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::error::Result;

/// So many bytes may lie about that came before one that stands before them; then nothing more is begun.
const EARLY_BYTES: usize = 16 * 1024 * 1024;

/// What came too early, and how many bytes that is.
#[derive(Default)]
pub(super) struct InOrder {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    /// What is handed over next.
    next: usize,
    early: BTreeMap<usize, Result<Vec<u8>>>,
    bytes: usize,
}

impl InOrder {
    /// Waits until a file may be begun: where too much has come too early, until it is the next one, or too late.
    pub fn wait_for_room(&self, index: usize, deadline: Instant) {
        let mut state = self.state();
        while state.bytes > EARLY_BYTES && state.next != index {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.moved.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes what was fetched, and hands over all whose turn it is.
    pub fn take(&self, index: usize, fetched: Result<Vec<u8>>, each: &mut impl FnMut(usize, Result<Vec<u8>>)) {
        let length = |fetched: &Result<Vec<u8>>| fetched.as_ref().map_or(0, Vec::len);
        let mut ready = Vec::new();
        {
            let mut state = self.state();
            state.bytes += length(&fetched);
            state.early.insert(index, fetched);
            let mut next = state.next;
            while let Some(fetched) = state.early.remove(&next) {
                state.bytes -= length(&fetched);
                ready.push((next, fetched));
                next += 1;
            }
            state.next = next;
        }
        self.moved.notify_all();
        for (index, fetched) in ready {
            each(index, fetched);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_first_waits_for_its_turn() {
        let queue = InOrder::default();
        let mut handed = Vec::new();
        for index in [2, 1, 4, 0, 3] {
            queue.take(index, Ok(vec![0; 100]), &mut |index, _| handed.push(index));
        }
        assert_eq!(handed, [0, 1, 2, 3, 4]);
        assert_eq!(queue.state().bytes, 0);
    }

    #[test]
    fn nothing_more_is_begun_where_too_much_came_too_early() {
        let (queue, now) = (InOrder::default(), Instant::now());
        queue.take(1, Ok(vec![0; EARLY_BYTES + 1]), &mut |_, _| {});
        // The one that is waited for may be begun, another one not before the deadline.
        queue.wait_for_room(0, now + std::time::Duration::from_mins(1));
        queue.wait_for_room(2, now + std::time::Duration::from_millis(50));
        assert!(now.elapsed().as_millis() >= 50);
        let mut handed = 0;
        queue.take(0, Ok(Vec::new()), &mut |_, _| handed += 1);
        assert_eq!(handed, 2);
        queue.wait_for_room(2, now + std::time::Duration::from_mins(1));
        assert!(now.elapsed().as_secs() < 60);
    }
}
