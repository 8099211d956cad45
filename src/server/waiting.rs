//! How the threads that wait for the network share a core with those that draw.

/// Lets the threads that draw go on when something comes for this one: it is its turn when they give way, as they do after each
/// drawing, or when their slice ends (some ms). What came meanwhile is then done at once, and not one by one, each between two
/// halves of a drawing. On a core of its own nothing changes.
///
/// With it a request that is turned away takes 26 µs of such a core and without it 38, and a board that is drawn 90 µs beside the
/// drawing and 115 (`schedstat` of both threads over fifteen floods of 3,200 requests a second). That much more is drawn.
///
/// The rule: `SCHED_BATCH`, sched(7). Where a system does not know it, or a sandbox does not allow it, all goes on as before.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "the standard library has no name for it; it is told of this thread alone, and reads one number")]
pub fn give_way_to_drawing() {
    // musl's has more members than a priority of 0: all of it is numbers, and nought.
    // SAFETY: zeroes are a value of a structure of numbers.
    let parameters: libc::sched_param = unsafe { std::mem::zeroed() };
    // By the thread rather than by `sched_setscheduler`, which musl refuses whatever it is asked.
    // SAFETY: `parameters` lives until the call has returned, which keeps nothing of it; the thread is the one that calls.
    let refused = unsafe { libc::pthread_setschedparam(libc::pthread_self(), libc::SCHED_BATCH, &raw const parameters) };
    if refused != 0 {
        tracing::debug!(error = %std::io::Error::from_raw_os_error(refused), "threads that wait do not give way to those that draw");
    }
}

/// Only Linux has such a policy.
#[cfg(not(target_os = "linux"))]
pub fn give_way_to_drawing() {}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// How this thread is scheduled: the 41st field of `/proc/[pid]/stat`, proc(5).
    fn policy() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        // The name before may have spaces and parentheses.
        let (_, after_name) = stat.rsplit_once(") ").unwrap();
        after_name.split(' ').nth(38).unwrap().parse().unwrap()
    }

    #[test]
    fn a_thread_gives_way_by_itself_and_no_other_with_it() {
        let before = policy();
        assert_ne!(before, libc::SCHED_BATCH);
        let other = std::thread::spawn(|| {
            give_way_to_drawing();
            policy()
        });
        assert_eq!(other.join().unwrap(), libc::SCHED_BATCH);
        assert_eq!(policy(), before);
    }
}
