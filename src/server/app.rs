//! What all requests share, and how one is drawn.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response};
use metrics_exporter_prometheus::PrometheusHandle;

use super::admission::{Admission, Client};
use super::answers::{Answers, Freshness, Picture, Tag, not_modified};
use super::body::Bodies;
use super::meters::{self, Standing};
use super::pictures::{Collected, LocalFiles, Pictures};
use super::pool::{Lost, Pool, Turn};
use super::problem::Problem;
use super::settings::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::{Drawing, Drawn, Finished, Templates, refused};
use crate::picture::Format;

/// How often a drawing may ask for pictures of the network: bitmap fonts, their pages, what gives boxes a size, the rest.
const ROUNDS: usize = 6;

/// The server's state.
pub struct App {
    /// What whoever runs it says.
    pub settings: Settings,
    /// The boards.
    pub templates: Templates,
    /// The threads that draw.
    pub pool: Pool,
    /// How many requests each client may make.
    pub admission: Admission,
    /// What reads bodies.
    pub bodies: Bodies,
    /// Connections that are open.
    pub connections: AtomicUsize,
    pictures: Pictures,
    /// The pictures of the asset folder.
    pub files: LocalFiles,
    answers: Answers,
    metrics: PrometheusHandle,
    draining: AtomicBool,
}

/// Something to be drawn, with its document.
#[derive(Clone, Debug)]
pub struct Work {
    /// What it is.
    pub drawing: Drawing,
    /// Its document, JSON.
    pub document: String,
    /// What it is written as.
    pub format: Format,
}

impl App {
    /// Starts the threads that draw.
    ///
    /// # Errors
    /// Where a template can't be compiled, or no thread be started.
    pub fn new(settings: Settings, metrics: PrometheusHandle) -> Result<Self> {
        let limits = &settings.limits;
        let started = Pool::start(settings.workers, settings.queue, limits);
        let pool = started.map_err(|error| Error::new(ErrorKind::Io, format!("no thread can be started: {error}")))?;
        Ok(Self {
            templates: Templates::load(settings.templates.as_deref(), limits)?,
            pool,
            admission: Admission::new(settings.rate, settings.burst),
            bodies: Bodies::new(limits.data_bytes, Settings::BODY_BYTES.max(limits.data_bytes * 2), Settings::BODY),
            connections: AtomicUsize::new(0),
            pictures: Pictures::new(settings.fetch.clone(), settings.cache / 4, limits),
            files: LocalFiles::new(
                settings.assets.as_deref(),
                settings.examples.map_or(&[], |examples| examples.pictures),
                limits,
            ),
            answers: Answers::new(settings.cache - settings.cache / 4),
            metrics,
            draining: AtomicBool::new(false),
            settings,
        })
    }

    /// Lets a client in, or says that it asks too often.
    ///
    /// # Errors
    /// 429.
    pub fn admit(&self, client: Client) -> Result<(), Problem> {
        if self.admission.admits(client, Instant::now()) {
            return Ok(());
        }
        meters::shed("rate");
        Err(Problem::too_many())
    }

    /// True where a new request would find room: not while the server ends, nor with nine tenths of the queue taken.
    pub fn is_ready(&self) -> bool {
        !self.draining.load(Ordering::Relaxed) && self.pool.waiting() * 10 <= self.pool.capacity() * 9
    }

    /// From now on the server is not ready.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// The metrics, as Prometheus reads them.
    pub fn metrics(&self) -> String {
        let standing = Standing {
            queue: (self.pool.waiting(), self.pool.capacity(), self.pool.drawing()),
            connections: self.connections.load(Ordering::Relaxed),
            caches: (self.answers.weight(), self.pictures.weight()),
        };
        standing.show();
        self.metrics.render()
    }

    /// Moves what was counted to where it takes no more room.
    pub fn tidy_metrics(&self) {
        self.metrics.run_upkeep();
    }

    /// Answers with a picture: the one that the caller has, one that was drawn before, or a new one.
    ///
    /// # Errors
    /// What is wrong with the work, or with the server.
    pub async fn answer(
        self: Arc<Self>,
        method: &Method,
        headers: &HeaderMap,
        work: Work,
        freshness: Freshness,
    ) -> Result<Response<Body>, Problem> {
        let format = work.format;
        let tag = Tag::of(&work.drawing.fingerprint(&work.document, format, &self.templates));
        let is_asked_for = *method == Method::GET || *method == Method::HEAD;
        if is_asked_for && tag.is_known(headers) {
            return Ok(not_modified(&tag, freshness));
        }
        if let Some(picture) = self.answers.get(&tag) {
            return Ok(picture.respond(&tag, format, freshness));
        }
        let finished = self.draw(Arc::new(work)).await?;
        meters::stages(&finished.times);
        if let Some(found) = refused(&finished.diagnostics) {
            return Err(Problem::refused(found));
        }
        let picture = Picture {
            is_complete: finished.is_complete(),
            diagnostics: finished.diagnostics.as_slice().len() + finished.diagnostics.left_out(),
            // As large as it is: what an encoder took in advance would be kept with it, and counted by nobody.
            bytes: Bytes::from(finished.bytes.into_boxed_slice()),
        };
        self.answers.keep(&tag, &picture);
        Ok(picture.respond(&tag, format, freshness))
    }

    /// Draws, and fetches what is missing in between: no thread of those that draw waits for the network.
    async fn draw(self: &Arc<Self>, work: Arc<Work>) -> Result<Finished, Problem> {
        let mut collected = Collected::default();
        let fetched_by = Instant::now() + Duration::from_millis(self.settings.limits.fetch_all_ms);
        for round in 0..ROUNDS {
            let turn = if round == 0 { Turn::First } else { Turn::Again };
            let (app, task) = (Arc::clone(self), Arc::clone(&work));
            let drawn = self.run(turn, move |renderer| {
                let mut from = app.pictures.bringing(&app.files, &collected);
                let drawn = task.drawing.draw(&task.document, task.format, &app.templates, renderer, &mut from);
                (drawn, collected)
            });
            let (drawn, kept) = drawn.await?;
            collected = kept;
            // It ends by itself once its time is over, mostly a little before who waits for it gives up.
            let drawn = drawn.map_err(|error| match error.kind() {
                ErrorKind::Deadline => Problem::out_of_time(self.settings.time.as_millis()),
                _ => Problem::from(error),
            });
            match drawn? {
                Drawn::Done(finished) => return Ok(*finished),
                Drawn::Later(wanted) => self.pictures.collect(&wanted, fetched_by, &mut collected).await,
            }
        }
        Err(Problem::out_of_time(self.settings.time.as_millis()))
    }

    /// Runs something on one of the threads that draw.
    ///
    /// # Errors
    /// 503 where the queue is full, 504 where it takes too long, 500 where it panics.
    pub async fn run<T: Send + 'static>(
        &self,
        turn: Turn,
        run: impl FnOnce(&mut crate::pipeline::Renderer) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let done = self.pool.run(turn, Instant::now() + self.settings.time, run).await;
        done.map_err(|lost| match lost {
            Lost::Full => {
                meters::shed("queue");
                Problem::busy("the queue is full")
            }
            Lost::Late => Problem::out_of_time(self.settings.time.as_millis()),
            Lost::Broken => Problem::internal(),
        })
    }
}
