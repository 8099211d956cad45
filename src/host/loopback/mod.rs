//! Pages of this machine: the server of `friendboard golden review` and `friendboard dev`.
//!
//! It listens on loopback only, on a port that the system picks. Every address begins with a secret that only who started it is
//! told; requests that name another host, or come from another page, are refused: no other page can reach it.

mod answer;
mod request;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub use answer::Answer;
pub use request::Request;

use crate::error::{Error, ErrorKind, Result};

/// Connections that are served at once; more wait.
const CONNECTIONS_MOST: usize = 32;
/// How long a request may take to come, and an answer to go.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the server rests where too many are connected, or none can be.
const REST: Duration = Duration::from_millis(20);

/// A port of this machine, and the secret that its addresses begin with.
pub struct Loopback {
    listener: TcpListener,
    address: SocketAddr,
    token: String,
}

impl Loopback {
    /// Opens a port; without a number, one that the system picks.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where no port or no secret is to be had.
    pub fn open(port: Option<u16>) -> Result<Self> {
        let failed = |what: &str, error: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("{what}: {error}"));
        let what = port.map_or("no port could be opened".to_owned(), |port| format!("port {port} could not be opened"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).map_err(|error| failed(&what, &error))?;
        let address = listener.local_addr().map_err(|error| failed("no port could be opened", &error))?;
        let mut secret = [0_u8; 16];
        getrandom::getrandom(&mut secret).map_err(|error| failed("no secret could be made", &error))?;
        Ok(Self { listener, address, token: format!("{:032x}", u128::from_be_bytes(secret)) })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.token)
    }

    /// Serves requests until the process ends: `answer` has those that know the secret, with their paths behind it.
    pub fn serve<'a>(&self, answer: impl Fn(Request) -> Answer<'a> + Sync) {
        let (open, answer) = (AtomicUsize::new(0), &answer);
        std::thread::scope(|scope| {
            loop {
                if open.load(Ordering::Relaxed) >= CONNECTIONS_MOST {
                    std::thread::sleep(REST);
                    continue;
                }
                let Ok((stream, _)) = self.listener.accept() else {
                    std::thread::sleep(REST);
                    continue;
                };
                open.fetch_add(1, Ordering::Relaxed);
                let open = &open;
                scope.spawn(move || {
                    self.connection(stream, answer);
                    open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
    }

    /// One request and its answer. Who goes away before the end misses it.
    fn connection<'a>(&self, mut stream: TcpStream, answer: &impl Fn(Request) -> Answer<'a>) {
        let timeouts = stream.set_read_timeout(Some(PATIENCE)).and(stream.set_write_timeout(Some(PATIENCE)));
        if timeouts.and(stream.set_nodelay(true)).is_err() {
            return;
        }
        let answer = match request::read(&mut stream, PATIENCE) {
            Ok(request) => admitted(request, &self.address.to_string(), &self.token).map_or_else(|refusal| refusal, answer),
            Err(status) => Answer::text(status, "this is no request that is understood here"),
        };
        drop(answer.send(&mut stream));
    }
}

/// The request with its path behind the secret. Whoever does not know the secret, or comes by another name of this machine,
/// learns nothing.
fn admitted<'a>(request: Request, address: &str, token: &str) -> std::result::Result<Request, Answer<'a>> {
    let port = address.rsplit_once(':').map_or("", |(_, port)| port);
    let is_ours = |host: &str| host == address || host == format!("localhost:{port}");
    if !is_ours(&request.host) {
        return Err(Answer::text(403, "this page is for the machine that it runs on"));
    }
    if request.origin.as_deref().is_some_and(|origin| !origin.strip_prefix("http://").is_some_and(is_ours)) {
        return Err(Answer::text(403, "another page asked"));
    }
    let path = request.path.strip_prefix('/').and_then(|path| path.strip_prefix(token)).and_then(|path| path.strip_prefix('/'));
    match path.map(str::to_owned) {
        Some(path) => Ok(Request { path, ..request }),
        None => Err(Answer::text(404, "there is nothing here")),
    }
}
