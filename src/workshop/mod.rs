//! `friendboard dev`: the workshop, a page of this machine on which a board is made.
//!
//! A frame of the page is a session of `friendboard play` that goes on ([`crate::host::headless::play::Live`]): what is done
//! on the page are steps of its script, so that what was done can be saved and played to the same bytes. Whenever a file that
//! a frame has read is saved, its session begins anew and does what was done before.
//!
//! ```text
//! files ──watched──▶ Shop: Project, Friends, Panes ──▶ summary ──server-sent events──▶ page
//!                      ▲                └─ pixels, nodes, commands, log ◀──asked for──────┘
//!                      └──────────── steps, looks, friends, trouble ◀────posted───────────┘
//! ```

mod answers;
mod editor;
mod inspect;
mod pane;
mod people;
mod project;
mod record;
mod shop;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::host::loopback::{Answer, Loopback, Request};
use crate::limits::Limits;
use answers::answer;
use editor::Editor;
use project::Project;
use shop::Shop;

/// How often the clocks of the sessions go on.
const TURN: Duration = Duration::from_millis(15);
/// How often saves are looked for: who looks at the page waits for that. It takes a few calls of the system.
const LOOK: Duration = Duration::from_millis(8);
/// How often a page is told that nothing happened, so that one that has gone is noticed.
const PULSE: Duration = Duration::from_secs(2);
/// Pages that listen at once.
const LISTENERS_MOST: usize = 8;

/// The workshop of a folder.
pub struct Workshop {
    server: Loopback,
    project: Project,
    editor: Option<Editor>,
    /// What pages are told: the bench's summary.
    summary: Mutex<String>,
    changed: Condvar,
    listeners: AtomicUsize,
}

/// A path that is the same from every folder.
fn whole(path: &Path) -> String {
    let whole = std::path::absolute(path);
    whole.as_deref().unwrap_or(path).to_string_lossy().into_owned()
}

/// A request with where its answer goes.
type Asked = (Request, Sender<Answer<'static>>);

impl Workshop {
    /// Opens a port of its own for a folder; fonts are files that are tried before the bundled ones.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where the folder can't be read or no port is to be had.
    pub fn open(folder: &Path, fonts: &[PathBuf], limits: &Limits) -> Result<Self> {
        Ok(Self {
            project: Project { fonts: fonts.iter().map(|font| whole(font)).collect(), ..Project::open(folder, limits)? },
            server: Loopback::open(None)?,
            editor: Editor::of_environment(),
            summary: Mutex::default(),
            changed: Condvar::new(),
            listeners: AtomicUsize::new(0),
        })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Serves the page until the process ends.
    ///
    /// # Errors
    /// As [`Workshop::open`].
    pub fn serve(&self) -> Result<()> {
        let mut shop = Shop::new(self.project.clone())?;
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(move || self.server.serve(|request| self.answer(request, &sender)));
            self.work(&mut shop, &receiver);
        });
        Ok(())
    }

    /// All that is done on the bench, on one thread: answers as they are asked for, the clocks and the saves in between.
    fn work(&self, shop: &mut Shop, asked: &Receiver<Asked>) {
        let (mut turned, mut looked) = (Instant::now(), Instant::now());
        loop {
            let rest = TURN.saturating_sub(turned.elapsed()).min(LOOK.saturating_sub(looked.elapsed()));
            match asked.recv_timeout(rest) {
                Ok((request, sender)) => {
                    // Who asked may have gone.
                    let _ = sender.send(answer(&request, shop, self.editor.as_ref()));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if turned.elapsed() >= TURN {
                turned = Instant::now();
                shop.turn();
            }
            if looked.elapsed() >= LOOK {
                shop.look_for_saves();
                looked = Instant::now();
            }
            let now = shop.summary();
            let mut told = self.told();
            if *told != now {
                *told = now;
                self.changed.notify_all();
            }
        }
    }

    fn told(&self) -> MutexGuard<'_, String> {
        self.summary.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: Request, bench: &Sender<Asked>) -> Answer<'_> {
        if (request.method.as_str(), request.path.as_str()) == ("GET", "events") {
            if self.listeners.load(Ordering::Relaxed) >= LISTENERS_MOST {
                return Answer::text(503, "too many pages listen");
            }
            return Answer::events(|to| self.tell(to));
        }
        let (sender, receiver) = mpsc::channel();
        let asked = bench.send((request, sender)).ok().and_then(|()| receiver.recv().ok());
        asked.unwrap_or_else(|| Answer::text(503, "the workshop has ended"))
    }

    /// Tells a page of what changes, until it has gone.
    fn tell(&self, to: &mut dyn Write) -> std::io::Result<()> {
        self.listeners.fetch_add(1, Ordering::Relaxed);
        let mut known = String::new();
        let ended = loop {
            let waited = self.changed.wait_timeout_while(self.told(), PULSE, |told| *told == known);
            let now = waited.unwrap_or_else(PoisonError::into_inner).0.clone();
            let line = if now == known { ":\n\n".to_owned() } else { format!("data: {now}\n\n") };
            known = now;
            if let Err(error) = to.write_all(line.as_bytes()).and_then(|()| to.flush()) {
                break error;
            }
        };
        self.listeners.fetch_sub(1, Ordering::Relaxed);
        Err(ended)
    }
}
