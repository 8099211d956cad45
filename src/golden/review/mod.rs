//! `friendboard golden review`: the failures of a run on a page of this machine, to be looked at and accepted one by one.
//!
//! The server listens on loopback only, on a port that the system picks. Every address begins with a secret that only who
//! started it is told, and requests that name another host are refused: no other page can reach it.

mod answers;
mod http;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use answers::{Answer, Reviewed, answer};

use super::outcome::Outcome;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// Connections that are served at once; more wait.
const CONNECTIONS_MOST: usize = 16;
/// How long a request may take to come, and an answer to go.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the server rests where too many are connected, or none can be.
const REST: Duration = Duration::from_millis(20);

/// A page of failures that waits for its visitor.
pub struct Review {
    listener: TcpListener,
    address: SocketAddr,
    /// The secret that addresses begin with.
    token: String,
    outcomes: Mutex<Vec<Reviewed>>,
    limits: Limits,
}

impl Review {
    /// Opens a port of its own for the failures of a run.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where no port or no secret is to be had.
    pub fn open(outcomes: Vec<Outcome>, limits: &Limits) -> Result<Self> {
        let failed = |what: &str, error: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("{what}: {error}"));
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| failed("no port could be opened", &error))?;
        let address = listener.local_addr().map_err(|error| failed("no port could be opened", &error))?;
        let mut secret = [0_u8; 16];
        getrandom::getrandom(&mut secret).map_err(|error| failed("no secret could be made", &error))?;
        let token = format!("{:032x}", u128::from_be_bytes(secret));
        let outcomes = outcomes.into_iter().filter(|outcome| !outcome.passed());
        let outcomes = outcomes.map(|outcome| Reviewed { outcome, is_accepted: false }).collect();
        Ok(Self { listener, address, token, outcomes: Mutex::new(outcomes), limits: limits.clone() })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.token)
    }

    /// Serves the page until the process ends.
    pub fn serve(&self) {
        let open = AtomicUsize::new(0);
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
                    self.connection(stream);
                    open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
    }

    /// One request and its answer. Who goes away before the end misses it.
    fn connection(&self, mut stream: TcpStream) {
        let timeouts = stream.set_read_timeout(Some(PATIENCE)).and(stream.set_write_timeout(Some(PATIENCE)));
        if timeouts.is_err() {
            return;
        }
        let answer = match http::read(&mut stream, PATIENCE) {
            Ok(request) => {
                let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                answer(&request, &self.address.to_string(), &self.token, &mut outcomes, &self.limits)
            }
            Err(status) => Answer::text(status, "this is no request that is understood here"),
        };
        drop(stream.write_all(&answer.to_bytes()).and_then(|()| stream.flush()));
    }
}
