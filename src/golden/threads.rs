//! Work on as many threads as are asked for, with results in the order of the work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does each piece of work, on so many threads (0: as many as the machine has cores), each of which has something of its own
/// that it goes on with.
pub fn on_threads<W: Sync, O, R: Send>(
    work: &[W],
    jobs: usize,
    own: impl Fn() -> O + Sync,
    each: impl Fn(&mut O, &W) -> R + Sync,
) -> Vec<R> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if jobs == 0 { cores() } else { jobs }.clamp(1, work.len().max(1));
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(work.len()));
    std::thread::scope(|scope| {
        let go_on = || {
            let mut own = own();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(piece) = work.get(index) else { break };
                let result = each(&mut own, piece);
                found.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
            }
        };
        // This thread works, too: where no other can be started, as in a WASI module, it does all.
        for _ in 1..jobs {
            drop(std::thread::Builder::new().spawn_scoped(scope, go_on));
        }
        go_on();
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, result)| result).collect()
}
