//! Connections: how many, how slow, and how they end.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::Sleep;

use super::app::App;
use super::door::turned_away;
use super::meters;
use super::routes::Peer;
use super::settings::Settings;

/// Told to whom there is no connection for.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
/// Bytes that are read and thrown away after an answer to a request that was not read whole: while they come, the client
/// has not read the answer yet, and a connection that is just closed would take it away.
const LINGER_BYTES: usize = 16 * 1024 * 1024;
/// For how long that is done.
const LINGER: Duration = Duration::from_secs(2);
/// Where nothing came for so long, nothing more is on its way.
const SILENCE: Duration = Duration::from_millis(300);

/// Accepts connections until `ending` says otherwise, then waits for those that are open, but no longer than the drain.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>, mut ending: watch::Receiver<bool>, most: usize) {
    loop {
        let accepted = tokio::select! {
            biased;
            _ = ending.changed() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of files, as a rule: those that are open will be closed.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        if app.connections.load(Ordering::Relaxed) >= most {
            meters::shed("connections");
            // What does not fit into the socket's buffer is not waited for.
            drop(stream.try_write(FULL));
            continue;
        }
        let open = Open::new(&app);
        let (router, app, ending) = (router.clone(), Arc::clone(&app), ending.clone());
        tokio::spawn(async move {
            connection(stream, peer, router, app, ending).await;
            drop(open);
        });
    }
    drop(listener);
    let end = Instant::now() + Settings::DRAIN;
    while app.connections.load(Ordering::Relaxed) > 0 && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A connection that is counted.
struct Open(Arc<App>);

impl Open {
    fn new(app: &Arc<App>) -> Self {
        app.connections.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(app))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, app: Arc<App>, mut ending: watch::Receiver<bool>) {
    // An answer is small: it is not to wait for more.
    drop(stream.set_nodelay(true));
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        let handled = match turned_away(&app.pool, &request) {
            Some(answer) => Err(answer),
            None => {
                request.extensions_mut().insert(Peer(peer.ip()));
                Ok(router.call(request.map(Body::new)))
            }
        };
        Box::pin(async move {
            match handled {
                Ok(answer) => answer.await,
                Err(turned_away) => Ok(turned_away),
            }
        })
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Settings::HEAD)
        .max_header_size(Settings::HEAD_BYTES)
        .max_buf_size(Settings::HEAD_BYTES.max(64 * 1024))
        .max_headers(100)
        .half_close(false);
    let mut connection = http.serve_connection(TokioIo::new(Patient::new(stream)), service);
    let mut is_ending = *ending.borrow();
    if is_ending {
        Pin::new(&mut connection).graceful_shutdown();
    }
    let ended = loop {
        tokio::select! {
            ended = std::future::poll_fn(|context| connection.poll_without_shutdown(context)) => break ended,
            _ = ending.changed(), if !is_ending => {
                // What is on its way is answered; nothing more is read.
                is_ending = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
    let stream = connection.into_parts().io.into_inner().stream;
    linger(stream).await;
}

/// Closes our half, and reads what the client still sends until it closes its own.
async fn linger(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut scrap = vec![0; 16 * 1024];
    let mut left = LINGER_BYTES;
    let reading = async {
        while let Ok(Ok(read)) = tokio::time::timeout(SILENCE, stream.read(&mut scrap)).await {
            left = left.saturating_sub(read);
            if read == 0 || left == 0 {
                return;
            }
        }
    };
    // Whoever is not done by then is cut off.
    drop(tokio::time::timeout(LINGER, reading).await);
}

/// A stream whose other end has to fetch what is written within [`Settings::ANSWER`].
struct Patient {
    stream: TcpStream,
    /// Runs from when a write could not go on until all was written.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self { stream, waiting: None }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(Settings::ANSWER)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.wait(context),
            written @ Poll::Ready(_) => written,
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(context, slices) {
            Poll::Pending => self.wait(context),
            written @ Poll::Ready(_) => written,
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Reached once all was written.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.waiting = None;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
