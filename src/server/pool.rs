//! The threads that draw, each with a renderer of its own, and the queue before them.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::clock;
use super::flood::Flood;
use crate::budget::Budget;
use crate::limits::Limits;
use crate::pipeline::Renderer;
use crate::text::Fonts;
use crate::unwind::contained;

/// What a thread is to do with its renderer. It answers by itself.
struct Task {
    run: Box<dyn FnOnce(&mut Renderer) + Send>,
    /// Nobody has the other end where the caller went away.
    caller: Weak<()>,
}

/// Places in the queue for each thread in a flood, where each of those who are let in waits for all of them: the one that is drawn
/// next, so that its thread has work at once. Of four times as many as can be drawn, boards then take 4 to 5 ms (the 99th
/// percentile of three runs of `benches/serve.sh`), and 84 to 92% are drawn of what is drawn of as many as can be; with two 5.6 to
/// 6.5 ms, and 87 to 95%.
const PLACES_IN_FLOOD: usize = 1;

/// Threads and their queue.
pub struct Pool {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
    drawing: AtomicUsize,
    limits: Limits,
}

struct Queue {
    tasks: VecDeque<Task>,
    closed: bool,
    /// Places for those who wait …
    capacity: usize,
    /// … and in a flood.
    capacity_in_flood: usize,
    flood: Flood,
}

/// Why a drawing did not come to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The queue is full.
    Full,
    /// It took too long.
    Late,
    /// It panicked.
    Broken,
}

/// Whether a drawing waits in line, or goes on with what was accepted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A new one: refused where the queue is full.
    First,
    /// One that was accepted, and has got its pictures by now.
    Again,
}

impl Pool {
    /// So many threads, and so many places in the queue.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(workers: usize, capacity: usize, limits: &Limits) -> std::io::Result<Self> {
        let workers = workers.max(1);
        let flood = Flood::new(Instant::now());
        let queue = Queue {
            tasks: VecDeque::new(),
            closed: false,
            capacity,
            capacity_in_flood: capacity.min(workers * PLACES_IN_FLOOD),
            flood,
        };
        let shared = Arc::new(Shared {
            queue: Mutex::new(queue),
            filled: Condvar::new(),
            drawing: AtomicUsize::new(0),
            limits: limits.clone(),
        });
        let mut threads = Vec::new();
        for number in 0..workers {
            let shared = Arc::clone(&shared);
            threads.push(std::thread::Builder::new().name(format!("draw-{number}")).spawn(move || shared.work())?);
        }
        Ok(Self { shared, threads: Mutex::new(threads) })
    }

    /// Runs something on one of the threads, and waits for it until the deadline. Where the caller goes away before it has
    /// begun, it is not run.
    ///
    /// # Errors
    /// As [`Lost`] says.
    pub async fn run<T: Send + 'static>(
        &self,
        turn: Turn,
        deadline: Instant,
        run: impl FnOnce(&mut Renderer) -> T + Send + 'static,
    ) -> Result<T, Lost> {
        let (sender, receiver) = oneshot::channel();
        let caller = Arc::new(());
        let run = Box::new(move |renderer: &mut Renderer| {
            if sender.is_closed() || Instant::now() >= deadline {
                return;
            }
            // What is drawn beyond the deadline is drawn for nobody: it ends then too.
            let left = deadline.saturating_duration_since(Instant::now());
            renderer.give(Budget::new(renderer.limits()).within(clock::now, left));
            // Who went away meanwhile is not told.
            drop(sender.send(run(renderer)));
        });
        self.shared.push(turn, Task { run, caller: Arc::downgrade(&caller) })?;
        let done = tokio::time::timeout_at(deadline.into(), receiver).await;
        drop(caller);
        match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) if Instant::now() >= deadline => Err(Lost::Late),
            Ok(Err(_)) => Err(Lost::Broken),
            Err(_) => Err(Lost::Late),
        }
    }

    /// Requests that wait for a thread.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.queue().tasks.len()
    }

    /// Whether a request that has come is refused before it is read, as the queue is full.
    #[must_use]
    pub fn turns_away(&self) -> bool {
        let mut queue = self.shared.queue();
        let is_full = queue.is_full();
        if is_full {
            queue.flood.came(false);
        }
        is_full
    }

    /// Requests that are being drawn.
    #[must_use]
    pub fn drawing(&self) -> usize {
        self.shared.drawing.load(Ordering::Relaxed)
    }

    /// Places in the queue: fewer in a flood.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.shared.queue().places()
    }

    /// Ends the threads once the queue is empty, and waits for them for so long.
    pub fn close(&self, patience: Duration) {
        self.shared.queue().closed = true;
        self.shared.filled.notify_all();
        let end = Instant::now() + patience;
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        while threads.iter().any(|thread| !thread.is_finished()) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(1));
        }
        threads.clear();
    }
}

impl Queue {
    /// How many may wait now.
    fn places(&mut self) -> usize {
        if self.flood.lasts(Instant::now()) { self.capacity_in_flood } else { self.capacity }
    }

    /// Whether so many wait. Whoever went away takes no place.
    fn is_full(&mut self) -> bool {
        let places = self.places();
        if self.tasks.len() >= places {
            self.tasks.retain(|task| task.caller.strong_count() > 0);
        }
        self.tasks.len() >= places
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, turn: Turn, task: Task) -> Result<(), Lost> {
        let mut queue = self.queue();
        match turn {
            Turn::First if queue.is_full() => {
                queue.flood.came(false);
                return Err(Lost::Full);
            }
            Turn::First => {
                queue.flood.came(true);
                queue.tasks.push_back(task);
            }
            // It has waited in line already.
            Turn::Again => queue.tasks.push_front(task),
        }
        drop(queue);
        self.filled.notify_one();
        Ok(())
    }

    fn next(&self) -> Option<Task> {
        let mut queue = self.queue();
        loop {
            if let Some(task) = queue.tasks.pop_front() {
                return Some(task);
            }
            if queue.closed {
                return None;
            }
            queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self) {
        let renderer = || Renderer::new(Fonts::bundled(), self.limits.clone()).with_clock(clock::now);
        let mut own = renderer();
        while let Some(task) = self.next() {
            self.drawing.fetch_add(1, Ordering::Relaxed);
            let done = contained(|| (task.run)(&mut own));
            self.drawing.fetch_sub(1, Ordering::Relaxed);
            if let Err(panic) = done {
                tracing::error!(panic, "a drawing panicked: this is a bug, please report it");
                // What it left half done is not used again.
                own = renderer();
            }
            // Who waits to send what was drawn, or to turn somebody away, is not to wait for the next drawing too.
            std::thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(5)
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
    }

    #[test]
    fn a_full_queue_refuses_at_once_and_what_was_accepted_before_goes_on() {
        let pool = Arc::new(Pool::start(1, 2, &Limits::default()).unwrap());
        let (open, gate) = std::sync::mpsc::channel::<()>();
        runtime().block_on(async {
            let (started, is_started) = oneshot::channel();
            let blocked = pool.run(Turn::First, soon(), move |_| {
                started.send(()).unwrap();
                gate.recv().unwrap();
            });
            let (first, second) = (pool.run(Turn::First, soon(), |_| 1), pool.run(Turn::First, soon(), |_| 2));
            let others = async {
                is_started.await.unwrap();
                let (first, second) = (std::pin::pin!(first), std::pin::pin!(second));
                let waiting = async {
                    tokio::task::yield_now().await;
                    assert_eq!((pool.waiting(), pool.drawing()), (2, 1));
                    assert_eq!(pool.run(Turn::First, soon(), |_| 3).await, Err(Lost::Full));
                    let again = pool.run(Turn::Again, soon(), |_| 4);
                    let opening = async { open.send(()).unwrap() };
                    assert_eq!(futures(again, opening).await.0, Ok(4));
                };
                futures(futures(first, second), waiting).await.0
            };
            let (blocked, answers) = futures(blocked, others).await;
            assert_eq!((blocked, answers), (Ok(()), (Ok(1), Ok(2))));
        });
        pool.close(Duration::from_secs(5));
    }

    /// Both at once.
    async fn futures<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
        let (mut a, mut b) = (std::pin::pin!(a), std::pin::pin!(b));
        let (mut from_a, mut from_b) = (None, None);
        std::future::poll_fn(|context| {
            if from_a.is_none()
                && let std::task::Poll::Ready(done) = a.as_mut().poll(context)
            {
                from_a = Some(done);
            }
            if from_b.is_none()
                && let std::task::Poll::Ready(done) = b.as_mut().poll(context)
            {
                from_b = Some(done);
            }
            if from_a.is_some() && from_b.is_some() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        (from_a.unwrap(), from_b.unwrap())
    }

    #[test]
    fn in_a_flood_one_waits_for_each_thread() {
        let pool = Pool::start(2, 8, &Limits::default()).unwrap();
        assert_eq!(pool.capacity(), 8);
        let many_turned_away = |queue: &mut Queue| (0..9).for_each(|_| queue.flood.came(false));
        many_turned_away(&mut pool.shared.queue());
        std::thread::sleep(Duration::from_millis(260));
        // On a machine that slept for longer it is counted anew.
        while pool.capacity() == 8 {
            many_turned_away(&mut pool.shared.queue());
            std::thread::sleep(Duration::from_millis(260));
        }
        assert_eq!(pool.capacity(), 2);
        std::thread::sleep(Duration::from_millis(260));
        assert_eq!(pool.capacity(), 8, "nobody was turned away any more");
        pool.close(Duration::from_secs(5));
    }

    #[test]
    fn what_is_drawn_beyond_its_deadline_ends_and_the_thread_is_free_again() {
        use crate::error::ErrorKind;
        use crate::pipeline::{Board, Request};

        let pool = Pool::start(1, 8, &Limits::default()).unwrap();
        let (send, ended) = std::sync::mpsc::channel();
        runtime().block_on(async {
            let endless = move |renderer: &mut Renderer| {
                let board = Board::built_in("podium").unwrap();
                std::thread::sleep(Duration::from_millis(30));
                let friends = r#"[{"openid": "a", "nickname": "Ann", "score": 1}]"#;
                let request = Request::friends(friends).size(2_000.0, 2_000.0);
                let drawn = renderer.begin(&board, &request).and_then(|job| job.finish().map(drop));
                send.send(drawn.unwrap_err().kind()).unwrap();
            };
            let late = pool.run(Turn::First, Instant::now() + Duration::from_millis(20), endless).await;
            assert_eq!(late, Err(Lost::Late));
            assert_eq!(ended.recv().unwrap(), ErrorKind::Deadline);
            // The next has a time of its own.
            let fine = |renderer: &mut Renderer| {
                let board = Board::built_in("podium").unwrap();
                renderer.begin(&board, &Request::friends("[]").size(40.0, 40.0)).and_then(|job| job.finish().map(drop)).is_ok()
            };
            assert_eq!(pool.run(Turn::First, soon(), fine).await, Ok(true));
        });
        pool.close(Duration::from_secs(5));
    }

    #[test]
    fn who_went_away_is_not_drawn_for_and_a_panic_ends_no_thread() {
        let pool = Pool::start(1, 8, &Limits::default()).unwrap();
        let drawn = Arc::new(AtomicUsize::new(0));
        runtime().block_on(async {
            let (open, gate) = std::sync::mpsc::channel::<()>();
            let blocked = pool.run(Turn::First, soon(), move |_| gate.recv().unwrap());
            let count = Arc::clone(&drawn);
            {
                let mut gone = std::pin::pin!(pool.run(Turn::First, soon(), move |_| count.fetch_add(1, Ordering::Relaxed)));
                let mut blocked = std::pin::pin!(blocked);
                std::future::poll_fn(|context| {
                    assert!(blocked.as_mut().poll(context).is_pending());
                    assert!(gone.as_mut().poll(context).is_pending());
                    std::task::Poll::Ready(())
                })
                .await;
            }
            open.send(()).unwrap();
            assert_eq!(pool.run(Turn::First, soon(), |_| -> u8 { panic!("a bug") }).await, Err(Lost::Broken));
            assert_eq!(pool.run(Turn::First, soon(), |_| 5).await, Ok(5));
            assert_eq!(drawn.load(Ordering::Relaxed), 0);
            let past = Instant::now();
            assert_eq!(pool.run(Turn::First, past, |_| 6).await, Err(Lost::Late));
        });
        pool.close(Duration::from_secs(5));
    }
}
