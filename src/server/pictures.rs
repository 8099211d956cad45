//! Pictures of the network: fetched once for all who wait for them, kept as long as their server lets them be.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};

use super::meters;
use super::settings::Settings;
use crate::cache::Cache;
use crate::error::{Error, ErrorKind};
use crate::host::headless::{AddressPolicy, Assets, Bring, Brought, Fetcher, GameFiles, is_remote};
use crate::limits::Limits;
use crate::share::Files;

/// Pictures that are fetched at a time, of all hosts.
const AT_A_TIME: usize = 32;
/// Pictures that are fetched at a time of one host.
const OF_A_HOST: usize = 6;
/// For how long a picture is kept whose server says nothing of it.
const FRESH: Duration = Duration::from_mins(1);
/// For how long a picture is kept at most.
const FRESH_MOST: Duration = Duration::from_hours(24);
/// For how long nobody asks again for what could not be had.
const FAILED: Duration = Duration::from_secs(5);

/// A picture's file, or why there is none.
type Outcome = std::result::Result<Arc<[u8]>, Arc<str>>;

/// What is kept of an address.
struct Kept {
    outcome: Outcome,
    until: Instant,
}

/// Fetches and keeps pictures.
pub struct Pictures {
    fetcher: Option<Arc<Fetcher>>,
    kept: Mutex<Cache<Arc<str>, Kept>>,
    fetching: Mutex<HashMap<Arc<str>, Arc<OnceCell<Outcome>>>>,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
    all: Arc<Semaphore>,
    /// Bytes of pictures that requests may hold together while they are drawn.
    room: Arc<Semaphore>,
    limits: Limits,
}

/// The pictures of the network that a request has got, and the room that they take.
#[derive(Default)]
pub struct Collected {
    files: BTreeMap<Arc<str>, Outcome>,
    room: Vec<OwnedSemaphorePermit>,
}

impl Pictures {
    /// Pictures from where the policy lets them come from, in a cache of so many bytes.
    #[must_use]
    pub fn new(policy: Option<AddressPolicy>, cache: usize, limits: &Limits) -> Self {
        Self {
            fetcher: policy.map(|policy| Arc::new(Fetcher::new(policy, limits))),
            kept: Mutex::new(Cache::with_capacity(cache)),
            fetching: Mutex::default(),
            hosts: Mutex::default(),
            all: Arc::new(Semaphore::new(AT_A_TIME)),
            room: Arc::new(Semaphore::new(Settings::FETCHED_BYTES)),
            limits: limits.clone(),
        }
    }

    /// Fetches what is missing, all at once, and waits for it until the deadline. What has not come by then is an error
    /// each.
    pub async fn collect(&self, wanted: &[Arc<str>], deadline: Instant, collected: &mut Collected) {
        let mut tasks = Vec::new();
        for address in wanted {
            tasks.push((Arc::clone(address), Box::pin(self.outcome(address, deadline))));
        }
        let mut fetched = Vec::new();
        // Each is polled as it wakes up: they are few.
        std::future::poll_fn(|context| {
            tasks.retain_mut(|(address, task)| match task.as_mut().poll(context) {
                std::task::Poll::Ready(outcome) => {
                    fetched.push((Arc::clone(address), outcome));
                    false
                }
                std::task::Poll::Pending => true,
            });
            if tasks.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        for (address, outcome) in fetched {
            let bytes = outcome.as_ref().map_or(0, |file| file.len());
            let room = Arc::clone(&self.room).try_acquire_many_owned(u32::try_from(bytes).unwrap_or(u32::MAX));
            let outcome = match room {
                Ok(room) => {
                    collected.room.push(room);
                    outcome
                }
                Err(_) => Err(Arc::from("no more pictures can be held at a time")),
            };
            collected.files.insert(address, outcome);
        }
    }

    async fn outcome(&self, address: &Arc<str>, deadline: Instant) -> Outcome {
        if let Some(outcome) = self.kept(address) {
            meters::cache("pictures", true);
            return outcome;
        }
        meters::cache("pictures", false);
        let Some(fetcher) = &self.fetcher else {
            return Err(Arc::from("pictures of the network are not fetched here: it takes --fetch"));
        };
        let cell = {
            let mut fetching = self.fetching.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(fetching.entry(Arc::clone(address)).or_default())
        };
        // Who comes first fetches it for all; where they go away, the next goes on.
        let fetched = cell.get_or_init(|| self.fetch(Arc::clone(fetcher), Arc::clone(address), deadline));
        let fetched = tokio::time::timeout_at(deadline.into(), fetched).await;
        let outcome = fetched.map_or_else(|_| Err(Arc::from("it took too long")), Clone::clone);
        let mut fetching = self.fetching.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = fetching.get(address).is_some_and(|known| Arc::ptr_eq(known, &cell));
        // Somebody else may still wait for it.
        if is_ours && (cell.initialized() || Arc::strong_count(&cell) <= 2) {
            fetching.remove(address);
        }
        outcome
    }

    async fn fetch(&self, fetcher: Arc<Fetcher>, address: Arc<str>, deadline: Instant) -> Outcome {
        let late = || Arc::from("it took too long");
        let host = self.host(&address);
        let own = Arc::clone(&host).acquire_owned();
        let own = tokio::time::timeout_at(deadline.into(), own).await.map_err(|_| late())?.map_err(|_| late())?;
        let all = Arc::clone(&self.all).acquire_owned();
        let all = tokio::time::timeout_at(deadline.into(), all).await.map_err(|_| late())?.map_err(|_| late())?;
        let asked = Arc::clone(&address);
        // The one way to the network is the headless host's; it waits on a thread. The permits go along: what was begun
        // counts until it ends, also where nobody waits for it any more.
        let fetched = tokio::task::spawn_blocking(move || {
            let fetched = fetcher.fetch_to_keep(&asked, deadline);
            drop((own, all));
            fetched
        });
        let fetched = match fetched.await {
            Ok(fetched) => fetched,
            Err(_) => Err(Error::new(ErrorKind::Picture, "it could not be fetched")),
        };
        drop(host);
        self.forget_idle_hosts();
        meters::fetched(fetched.is_ok());
        let (outcome, fresh) = match fetched {
            Ok(fetched) => (Ok(Arc::from(fetched.bytes)), fetched.fresh.unwrap_or(FRESH).min(FRESH_MOST)),
            Err(error) => (Err(Arc::from(error.to_string())), FAILED),
        };
        self.keep(&address, &outcome, fresh);
        outcome
    }

    fn kept(&self, address: &Arc<str>) -> Option<Outcome> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(address) {
            Some(found) if found.until > Instant::now() => Some(found.outcome.clone()),
            Some(_) => {
                kept.remove(address);
                None
            }
            None => None,
        }
    }

    fn keep(&self, address: &Arc<str>, outcome: &Outcome, fresh: Duration) {
        if fresh.is_zero() {
            return;
        }
        let bytes = outcome.as_ref().map_or_else(|reason| reason.len(), |file| file.len());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes > kept.capacity() / 4 {
            return;
        }
        let until = Instant::now() + fresh;
        kept.insert(Arc::clone(address), Kept { outcome: outcome.clone(), until }, bytes + address.len() + 128);
    }

    /// Bytes that are kept.
    pub fn weight(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).weight()
    }

    fn host(&self, address: &str) -> Arc<Semaphore> {
        let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(OF_A_HOST))))
    }

    fn forget_idle_hosts(&self) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, host| Arc::strong_count(host) > 1);
    }

    /// Who brings pictures to a drawing: those that were collected, and those of the asset folder.
    pub fn bringing<'a>(&self, files: &'a LocalFiles, collected: &'a Collected) -> Bringing<'a> {
        Bringing { files, collected, is_fetching: self.fetcher.is_some(), address_bytes: self.limits.address_bytes }
    }
}

/// The pictures of the asset folder, as boards and as games name them.
pub struct LocalFiles {
    assets: Assets,
    game: Option<GameFiles>,
}

impl LocalFiles {
    /// Those below a folder, and those that are part of the program.
    #[must_use]
    pub fn new(folder: Option<&Path>, bundled: &'static [(&'static str, &'static [u8])], limits: &Limits) -> Self {
        let assets = Assets::new(folder.map(Path::to_owned), limits.clone()).with_bundled(bundled);
        Self { assets, game: folder.map(|folder| GameFiles::new([folder.to_owned()], limits.clone())) }
    }

    /// The files of a game's package, where there is a folder that stands for it.
    #[must_use]
    pub fn of_game(&self) -> Option<&dyn Files> {
        self.game.as_ref().map(|game| game as &dyn Files)
    }
}

/// Brings what is at hand, and says what is to be fetched.
pub struct Bringing<'a> {
    files: &'a LocalFiles,
    collected: &'a Collected,
    is_fetching: bool,
    address_bytes: usize,
}

impl Bring for Bringing<'_> {
    fn bring(&mut self, src: &str) -> Option<Brought> {
        if !is_remote(src) {
            return Some(self.files.assets.bytes(src).map_err(|error| match error.kind() {
                // Of files only that they are not there: how the server's disk looks is nobody's business.
                ErrorKind::Io | ErrorKind::Picture if !src.starts_with("data:") => missing("not found below the asset folder"),
                _ => error,
            }));
        }
        if let Some(outcome) = self.collected.files.get(src) {
            return Some(outcome.as_ref().map(|file| Cow::Owned(file.to_vec())).map_err(|reason| missing(reason)));
        }
        if !self.is_fetching {
            return Some(Err(missing("pictures of the network are not fetched here: it takes --fetch")));
        }
        if src.len() > self.address_bytes {
            let allowed = format_args!("{} bytes of an address", self.address_bytes);
            return Some(Err(Error::limit("address_bytes", allowed, src.len())));
        }
        None
    }

    fn bring_of_game(&mut self, src: &str) -> Option<Brought> {
        match &self.files.game {
            Some(game) => {
                let name = game.below_root(src);
                self.bring(&name)
            }
            None => self.bring(src.trim_start_matches('/')),
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        self.files.of_game()
    }
}

fn missing(why: &str) -> Error {
    Error::new(ErrorKind::Picture, why)
}
