//! `friendboard serve`: boards, share images and cards over HTTP. Thin over [`Drawing`](crate::host::headless::Drawing): what is here is who may ask, how
//! much, and what is answered where it is too much.
//!
//! ```text
//! connections ──routes──▶ admission ──body──▶ pool (a renderer a thread) ──answers──▶ client
//!                              signing ──▶ │  ▲ pictures (fetched, kept)
//! ```
//!
//! Nothing of a request but its route is logged: its names, pictures and keys are those of people.

mod admission;
mod answers;
mod app;
mod body;
mod clock;
mod connections;
mod door;
mod flood;
mod meters;
mod observed;
mod openapi;
mod pages;
mod pictures;
mod pool;
mod problem;
mod routes;
mod settings;
mod signing;
mod trace;
mod waiting;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use self::app::App;
#[cfg(feature = "batch")]
pub(crate) use self::pictures::{Collected, LocalFiles, Pictures};
#[cfg(feature = "batch")]
pub(crate) use self::pool::{Lost, Pool, Turn};
pub use self::settings::{Examples, Settings};
pub use self::signing::{Keys, Payload, token};
use crate::error::{Error, ErrorKind, Result};

/// Threads that draw for each that reads, writes and waits beside them. One of these turns 40,000 requests a second away; a second
/// one on the same core only hands work to and fro.
const DRAWING_FOR_A_WAITING_THREAD: usize = 8;
/// How often the metrics are tidied up.
const TIDY: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT, and then until what was accepted is answered. `listening` is told the address as soon as
/// connections are accepted.
///
/// # Errors
/// [`ErrorKind::Io`] where the address can't be listened on; where a template can't be compiled.
pub fn serve(settings: Settings, listening: impl FnOnce(SocketAddr) -> Result<()>) -> Result<()> {
    let files = raise_open_files();
    let metrics = meters::install()?;
    let app = Arc::new(App::new(settings, metrics)?);
    let failed = |what: &str| {
        let what = what.to_owned();
        move |error: std::io::Error| Error::new(ErrorKind::Io, format!("{what}: {error}")).source(error)
    };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime
        .worker_threads(app.settings.workers.div_ceil(DRAWING_FOR_A_WAITING_THREAD).max(1))
        .thread_name("serve")
        .on_thread_start(waiting::give_way_to_drawing)
        .enable_all();
    let runtime = runtime.build().map_err(failed("the server can't be started"))?;
    let served = runtime.block_on(async {
        let wanted = app.settings.listen;
        let listener = TcpListener::bind(wanted).await.map_err(failed(&format!("{wanted} can't be listened on")))?;
        let address = listener.local_addr().map_err(failed("the address is not known"))?;
        let (end, ending) = watch::channel(false);
        let signals = signals(Arc::clone(&app), end).map_err(failed("signals can't be waited for"))?;
        let tidying = Arc::clone(&app);
        let tidy = tokio::spawn(async move {
            loop {
                tokio::time::sleep(TIDY).await;
                tidying.tidy_metrics();
            }
        });
        say_hello(&app, address);
        listening(address)?;
        let most = Settings::CONNECTIONS.min(files.saturating_sub(256).max(64));
        connections::serve(listener, routes::router(Arc::clone(&app)), Arc::clone(&app), ending, most).await;
        tidy.abort();
        signals.abort();
        Ok(())
    });
    // What still waits for the network is not waited for.
    runtime.shutdown_background();
    app.pool.close(Duration::ZERO);
    if served.is_ok() {
        tracing::info!("ended");
    }
    served
}

fn say_hello(app: &App, address: SocketAddr) {
    let settings = &app.settings;
    let (workers, queue, rate) = (settings.workers, settings.queue, settings.rate);
    tracing::info!(%address, workers, queue, rate, fetch = settings.fetch.is_some(), "listening");
    if settings.keys.is_empty() {
        tracing::info!("without --key no address is signed, and none is valid");
    } else if settings.token.is_none() {
        tracing::info!("without --token /v1/sign is off");
    }
}

/// Ends the server at SIGTERM and SIGINT: first it is not ready any more, then it takes no connections.
#[cfg(unix)]
fn signals(app: Arc<App>, end: watch::Sender<bool>) -> std::io::Result<tokio::task::JoinHandle<()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("ending: what was accepted is answered");
        app.drain();
        let _ = end.send(true);
        // The channel stays, so that connections do not take its end for another change.
        std::future::pending::<()>().await;
    }))
}

#[cfg(not(unix))]
fn signals(app: Arc<App>, end: watch::Sender<bool>) -> std::io::Result<tokio::task::JoinHandle<()>> {
    Ok(tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            app.drain();
            let _ = end.send(true);
        }
        std::future::pending::<()>().await;
    }))
}

/// Lets the process open as many files as the system allows it, and gives how many that are.
#[cfg(unix)]
fn raise_open_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.unwrap_or(u64::MAX).min(65_536);
    let open = current.unwrap_or(u64::MAX);
    if open < wanted && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).is_ok() {
        return wanted as usize;
    }
    usize::try_from(open).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn raise_open_files() -> usize {
    Settings::CONNECTIONS + 256
}
