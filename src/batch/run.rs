//! A run from its first line to its last.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::line::{Line, id};
use super::lines::{self, RawLine};
use super::progress::Progress;
use super::store::Store;
use super::summary::Summary;
use crate::error::{Error, ErrorKind, Result};
use crate::escape::{escaped, escaped_json};
use crate::host::headless::{AddressPolicy, Drawn, Finished, Templates, refused};
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::Format;
use crate::server::{Collected, LocalFiles, Lost, Pictures, Pool, Turn};

/// Pictures that are on their way at a time for each thread that draws: read, asked for, fetched, written.
const FOR_A_WORKER: usize = 8;
/// How long one picture may take, whatever the machine.
const PATIENCE: Duration = Duration::from_mins(10);
/// Bytes of fetched pictures that are kept.
const KEPT_PICTURES: usize = 64 * 1024 * 1024;
/// How often a drawing may ask for pictures of the network.
const ROUNDS: usize = 6;

/// How a batch is run.
#[derive(Debug)]
pub struct Settings {
    /// Files of NDJSON; none, or `-`, is standard input.
    pub files: Vec<PathBuf>,
    /// Where the pictures go.
    pub out: String,
    /// What a picture is written as whose line does not say.
    pub format: Format,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// The folder below which pictures are found.
    pub assets: Option<PathBuf>,
    /// Which addresses of the network pictures may come from; `None`: nothing is fetched.
    pub fetch: Option<AddressPolicy>,
    /// Ceilings of a request.
    pub limits: Limits,
    /// Threads that draw.
    pub workers: usize,
    /// Results in the order of the lines.
    pub ordered: bool,
}

/// What all lines share.
struct Shared {
    settings: Settings,
    templates: Templates,
    pool: Pool,
    pictures: Pictures,
    files: LocalFiles,
    store: Store,
}

/// What came of a line.
struct Done {
    sequence: u64,
    length: u64,
    json: String,
    outcome: Outcome,
    /// Free once the result is written: not more of them wait for that of an earlier line than there are places.
    place: Option<OwnedSemaphorePermit>,
}

#[derive(Clone, Copy)]
enum Outcome {
    Drawn,
    There,
    Failed,
}

/// Draws a picture for each line, and writes a result for each to `results`.
///
/// # Errors
/// Where the output or a template can't be opened or flushed, the input not be read to its end, or the results not be written. What is
/// wrong with a line is its result.
pub fn run(settings: Settings, mut results: impl Write) -> Result<Summary> {
    let limits = settings.limits.clone();
    let at_a_time = settings.workers.max(1) * FOR_A_WORKER;
    let no_thread = |error: std::io::Error| Error::new(ErrorKind::Io, format!("no thread can be started: {error}"));
    let shared = Arc::new(Shared {
        templates: Templates::load(settings.templates.as_deref(), &limits)?,
        store: Store::open(&settings.out)?,
        pool: Pool::start(settings.workers, at_a_time * 2, &limits).map_err(no_thread)?,
        pictures: Pictures::new(settings.fetch.clone(), KEPT_PICTURES, &limits),
        files: LocalFiles::new(settings.assets.as_deref(), &[], &limits),
        settings,
    });
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().map_err(no_thread)?;
    let progress = Progress::new(length_of(&shared.settings.files));
    let (sender, lines) = mpsc::channel(at_a_time);
    let (files, limit) = (shared.settings.files.clone(), limits.data_bytes.saturating_add(4096));
    let reader = std::thread::Builder::new().name("lines".to_owned());
    let reader =
        reader.spawn(move || lines::read(&files, limit, |line| sender.blocking_send(line).is_ok())).map_err(no_thread)?;
    let summary = runtime.block_on(drive(Arc::clone(&shared), lines, at_a_time, &mut results, &progress));
    progress.end();
    let kept = shared.store.keep();
    let summary = summary?;
    kept?;
    match reader.join() {
        Ok(Ok(())) => Ok(summary),
        Ok(Err((path, error))) => {
            Err(Error::new(ErrorKind::Io, format!("'{}' can't be read: {error}", path.display())).source(error))
        }
        Err(_) => Err(Error::new(ErrorKind::Io, "the input can't be read")),
    }
}

/// How many bytes the input has, where it is of files.
fn length_of(files: &[PathBuf]) -> Option<u64> {
    let lengths =
        files.iter().map(|path| std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| file.len()));
    lengths.sum::<Option<u64>>().filter(|_| !files.is_empty())
}

async fn drive(
    shared: Arc<Shared>,
    mut lines: mpsc::Receiver<RawLine>,
    at_a_time: usize,
    results: &mut impl Write,
    progress: &Progress,
) -> Result<Summary> {
    let mut summary = Summary::begin();
    let (sender, mut done) = mpsc::channel::<Done>(at_a_time);
    let ordered = shared.settings.ordered;
    let places = Arc::new(Semaphore::new(at_a_time));
    tokio::spawn(async move {
        let mut sequence = 0;
        while let Some(line) = lines.recv().await {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            let (shared, sender) = (Arc::clone(&shared), sender.clone());
            let own = sequence;
            sequence += 1;
            tokio::spawn(async move {
                let mut done = shared.line(own, line).await;
                done.place = Some(place);
                // Where nobody takes results any more, the run has ended.
                drop(sender.send(done).await);
            });
        }
    });
    let mut order = Order { next: 0, waiting: BTreeMap::new(), ready: VecDeque::new() };
    while let Some(next) = done.recv().await {
        match next.outcome {
            Outcome::Drawn => summary.drawn += 1,
            Outcome::There => summary.there += 1,
            Outcome::Failed => summary.failed += 1,
        }
        progress.done(next.length, &summary);
        if ordered {
            order.take(next);
        } else {
            order.ready.push_back(next);
        }
        while let Some(next) = order.ready.pop_front() {
            let written =
                writeln!(results, "{}", next.json).and_then(|()| if done.is_empty() { results.flush() } else { Ok(()) });
            written
                .map_err(|error| Error::new(ErrorKind::Io, format!("the results can't be written: {error}")).source(error))?;
        }
    }
    results
        .flush()
        .map_err(|error| Error::new(ErrorKind::Io, format!("the results can't be written: {error}")).source(error))?;
    Ok(summary)
}

/// Results that wait for those of earlier lines.
struct Order {
    next: u64,
    waiting: BTreeMap<u64, Done>,
    ready: VecDeque<Done>,
}

impl Order {
    fn take(&mut self, done: Done) {
        self.waiting.insert(done.sequence, done);
        while let Some(done) = self.waiting.remove(&self.next) {
            self.ready.push_back(done);
            self.next += 1;
        }
    }
}

impl Shared {
    /// What comes of a line.
    async fn line(self: &Arc<Self>, sequence: u64, raw: RawLine) -> Done {
        let limits = &self.settings.limits;
        let text = match raw.bytes {
            None => Err(Error::limit("data_bytes", format_args!("{} bytes of a line", limits.data_bytes), raw.length)),
            Some(bytes) => String::from_utf8(bytes).map_err(|error| {
                let valid = error.utf8_error().valid_up_to();
                Error::new(ErrorKind::Usage, format!("UTF-8 text was expected, found a byte that is not at offset {valid}"))
            }),
        };
        let id = text.as_ref().map_or(Value::Null, |text| id(text, limits));
        let came = match text {
            Ok(text) => self.picture(&text).await,
            Err(error) => Err(error),
        };
        let mut result = json!({ "id": id, "line": Value::from(raw.number) });
        if let Some(file) = &raw.file {
            result.insert("file", &**file);
        }
        let outcome = match came {
            Ok((line, bytes, drawn)) => {
                result.insert("path", self.store.name(&line.path));
                result.insert("bytes", Value::from(bytes));
                result.insert("hash", line.hash.as_str());
                result.insert("drawn", Value::from(drawn));
                if drawn { Outcome::Drawn } else { Outcome::There }
            }
            Err(error) => {
                result.insert("error", &*escaped(&error.to_string()));
                Outcome::Failed
            }
        };
        let json = escaped_json(&json::write(&result)).into_owned();
        Done { sequence, length: raw.length, json, outcome, place: None }
    }

    /// The picture of a line: how many bytes it has, and whether it was drawn now.
    async fn picture(self: &Arc<Self>, text: &str) -> Result<(Arc<Line>, u64, bool)> {
        let line = Arc::new(Line::read(text, self.settings.format, &self.templates, &self.settings.limits)?);
        if let Some(length) = self.store.length(&line.path).await? {
            return Ok((line, length, false));
        }
        let finished = self.draw(Arc::clone(&line)).await?;
        let length = finished.bytes.len() as u64;
        self.store.put(&line.path, finished.bytes).await?;
        Ok((line, length, true))
    }

    async fn draw(self: &Arc<Self>, line: Arc<Line>) -> Result<Finished> {
        let mut collected = Collected::default();
        let fetched_by = Instant::now() + Duration::from_millis(self.settings.limits.fetch_all_ms);
        for _ in 0..ROUNDS {
            let (shared, task) = (Arc::clone(self), Arc::clone(&line));
            let drawn = self.pool.run(Turn::First, Instant::now() + PATIENCE, move |renderer| {
                let mut from = shared.pictures.bringing(&shared.files, &collected);
                let drawn = task.drawing.draw(&task.document, task.format, &shared.templates, renderer, &mut from);
                (drawn, collected)
            });
            let (drawn, kept) = drawn.await.map_err(|lost| {
                let why = if lost == Lost::Broken { "drawing it panicked: this is a bug" } else { "it took too long" };
                Error::new(ErrorKind::Picture, why)
            })?;
            collected = kept;
            match drawn? {
                Drawn::Done(finished) => {
                    if let Some(found) = refused(&finished.diagnostics) {
                        return Err(Error::new(ErrorKind::Limit, found.to_string()));
                    }
                    return Ok(*finished);
                }
                Drawn::Later(wanted) => self.pictures.collect(&wanted, fetched_by, &mut collected).await,
            }
        }
        Err(Error::new(ErrorKind::Picture, "its pictures come from too many places"))
    }
}
