//! What the engine does without telling of it: it asks whether to stop after ten thousand loops and calls only, and a comparison
//! of two long texts, or a chain of a million prototypes, makes hours of these. One thread of the process watches the turns of
//! all scripts. It looks at the time that the processor gave to a turn, not at the clock on the wall: a machine that does
//! much else stops nothing. A script whose work is counted as it should be never meets it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How often it looks.
const TICK: Duration = Duration::from_millis(25);
/// For each step of work that was counted, so many nanoseconds are allowed.
const PER_STEP: u64 = 2;
/// A build that is not optimised takes as many times as long.
const SLOW: u64 = if cfg!(debug_assertions) { 20 } else { 1 };
/// How long the engine has to end a turn that is over, before the process gives it up.
const LAST_WORDS: Duration = Duration::from_millis(400);

/// A script that is watched.
#[derive(Debug)]
pub struct Watch {
    /// Its name, for what is said of it.
    name: Mutex<String>,
    /// Counts begins and ends of turns: it is odd within one.
    turns: AtomicU64,
    /// Steps of work that this turn was charged.
    steps: AtomicU64,
    stalled: AtomicBool,
    clock: Clock,
    allowed: Duration,
}

/// What a thread was given of the processor.
#[derive(Debug)]
enum Clock {
    /// The file in which Linux tells it.
    File(PathBuf),
    /// Elsewhere it is the time since then.
    Wall(Instant),
}

impl Clock {
    /// Of the thread that calls.
    fn of_this_thread() -> Self {
        let file = std::fs::read_link("/proc/thread-self").map(|link| PathBuf::from("/proc").join(link).join("schedstat"));
        match file {
            Ok(file) if file.is_file() => Self::File(file),
            _ => Self::Wall(Instant::now()),
        }
    }

    /// `None` once the thread is no more.
    fn now(&self) -> Option<Duration> {
        match self {
            Self::File(file) => {
                let text = std::fs::read_to_string(file).ok()?;
                text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
            }
            Self::Wall(start) => Some(start.elapsed()),
        }
    }
}

impl Watch {
    /// Watches a script of the thread that calls, whose turns may take `allowed` beside what is counted of them.
    pub fn new(allowed: Duration) -> Arc<Self> {
        let watch = Arc::new(Self {
            name: Mutex::new(String::new()),
            turns: AtomicU64::new(0),
            steps: AtomicU64::new(0),
            stalled: AtomicBool::new(false),
            clock: Clock::of_this_thread(),
            allowed,
        });
        let watcher = watcher();
        locked(&watcher.scripts).push(Arc::downgrade(&watch));
        watcher.come.notify_one();
        watch
    }

    /// Names the script.
    pub fn name(&self, name: &str) {
        name.clone_into(&mut locked(&self.name));
    }

    /// A turn begins, or it ends.
    pub fn turn(&self) {
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// So many steps were counted in this turn.
    pub fn counted(&self, steps: u64) {
        self.steps.store(steps, Ordering::Relaxed);
    }

    /// True where it has taken too long.
    pub fn is_stalled(&self) -> bool {
        self.stalled.load(Ordering::Relaxed)
    }

    /// How long a turn may take that has been charged what this one has.
    fn most(&self) -> Duration {
        let counted = Duration::from_nanos(self.steps.load(Ordering::Relaxed).saturating_mul(PER_STEP));
        self.allowed.saturating_add(counted).saturating_mul(SLOW as u32)
    }
}

struct Watcher {
    scripts: Mutex<Vec<Weak<Watch>>>,
    /// There is something to watch.
    come: Condvar,
}

/// What is done with the name of a script that the engine does not come back from.
static GIVE_UP: OnceLock<fn(&str)> = OnceLock::new();

/// Says what is done where the engine does not come back from a script, with its name: a command ends the process. Without it the
/// turn goes on until the engine asks whether to stop.
pub fn give_up_by(end: fn(&str)) {
    GIVE_UP.set(end).ok();
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The one of the process, whose thread begins with the first script.
fn watcher() -> &'static Watcher {
    static WATCHER: OnceLock<Watcher> = OnceLock::new();
    static THREAD: OnceLock<bool> = OnceLock::new();
    let watcher = WATCHER.get_or_init(|| Watcher { scripts: Mutex::default(), come: Condvar::new() });
    THREAD.get_or_init(|| std::thread::Builder::new().name("scripts".to_owned()).spawn(|| watch(watcher)).is_ok());
    watcher
}

/// A turn that was seen: of which script, which one, and the thread's time then.
struct Seen {
    script: Weak<Watch>,
    turn: u64,
    began: Duration,
    stalled: Option<Duration>,
}

fn watch(watcher: &Watcher) {
    let mut seen: Vec<Seen> = Vec::new();
    loop {
        let mut scripts = locked(&watcher.scripts);
        scripts.retain(|script| script.strong_count() > 0);
        while scripts.is_empty() {
            seen.clear();
            scripts = watcher.come.wait(scripts).unwrap_or_else(PoisonError::into_inner);
        }
        let alive: Vec<Arc<Watch>> = scripts.iter().filter_map(Weak::upgrade).collect();
        drop(scripts);
        seen.retain(|seen| seen.script.strong_count() > 0);
        for script in &alive {
            look(script, &mut seen);
        }
        drop(alive);
        std::thread::sleep(TICK);
    }
}

/// Looks at the turn of a script.
fn look(script: &Arc<Watch>, seen: &mut Vec<Seen>) {
    let turn = script.turns.load(Ordering::Relaxed);
    let Some(now) = script.clock.now() else { return };
    let known = seen.iter().position(|seen| std::ptr::eq(seen.script.as_ptr(), Arc::as_ptr(script)));
    let known = known.and_then(|at| seen.get_mut(at));
    let Some(known) = known else {
        seen.push(Seen { script: Arc::downgrade(script), turn, began: now, stalled: None });
        return;
    };
    if known.turn != turn || turn.is_multiple_of(2) {
        (known.turn, known.began, known.stalled) = (turn, now, None);
        return;
    }
    if let Some(since) = known.stalled {
        if now.saturating_sub(since) > LAST_WORDS * SLOW as u32
            && let Some(end) = GIVE_UP.get()
        {
            end(&locked(&script.name));
            known.stalled = Some(now);
        }
    } else if now.saturating_sub(known.began) > script.most() {
        script.stalled.store(true, Ordering::Relaxed);
        known.stalled = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_seen_to_stall_and_one_that_is_counted_is_not() {
        let stall = |steps: u64| {
            let watch = Watch::new(Duration::from_millis(2));
            watch.counted(steps);
            let mut seen = Vec::new();
            watch.turn();
            look(&watch, &mut seen);
            // Work that takes more than 2 ms, of an optimised build or of another.
            let mut sum = 0u64;
            let before = watch.clock.now().unwrap();
            while watch.clock.now().unwrap() < before + Duration::from_millis(2) * SLOW as u32 + TICK {
                sum = sum.wrapping_add(std::hint::black_box(sum) ^ 1);
            }
            look(&watch, &mut seen);
            watch.is_stalled()
        };
        assert!(stall(0));
        assert!(!stall(1_000_000_000));
    }

    #[test]
    fn a_new_turn_has_its_own_time() {
        let watch = Watch::new(Duration::ZERO);
        let mut seen = Vec::new();
        for _ in 0..3 {
            watch.turn();
            look(&watch, &mut seen);
            watch.turn();
            look(&watch, &mut seen);
        }
        assert!(!watch.is_stalled());
    }
}
