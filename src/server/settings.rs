//! What whoever runs the server says.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::signing::Keys;
use crate::host::headless::AddressPolicy;
use crate::limits::Limits;

/// How a server is run.
#[derive(Debug)]
pub struct Settings {
    /// Where it listens; port 0 is any that is free.
    pub listen: SocketAddr,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// The folder below which pictures are found.
    pub assets: Option<PathBuf>,
    /// Which addresses of the network pictures may come from; `None`: nothing is fetched.
    pub fetch: Option<AddressPolicy>,
    /// The keys of signed addresses.
    pub keys: Keys,
    /// Who may have addresses signed; `None`: nobody.
    pub token: Option<Vec<u8>>,
    /// What stands before signed addresses, without a slash at its end; `None`: the host that was asked.
    pub public_url: Option<String>,
    /// Ceilings of a request.
    pub limits: Limits,
    /// How long a request may wait and be drawn.
    pub time: Duration,
    /// Threads that draw.
    pub workers: usize,
    /// Requests that wait for one of them.
    pub queue: usize,
    /// Requests a second of one client; 0: as many as it likes.
    pub rate: f64,
    /// Requests that a client may make at once.
    pub burst: f64,
    /// Bytes of pictures that are kept, fetched and drawn ones in all.
    pub cache: usize,
    /// How many proxies stand before the server, each of which adds to `X-Forwarded-For`.
    pub proxies: usize,
    /// The page of examples at `/`, with what they show; `None`: there is none.
    pub examples: Option<Examples>,
}

/// What the examples show.
#[derive(Clone, Copy, Debug)]
pub struct Examples {
    /// Friend data, JSON.
    pub friends: &'static str,
    /// The pictures that it names.
    pub pictures: &'static [(&'static str, &'static [u8])],
}

impl Settings {
    /// Where the server listens unless it is told.
    pub const LISTEN: &'static str = "127.0.0.1:8787";
    /// How long the requests that were accepted are waited for at the end.
    pub const DRAIN: Duration = Duration::from_secs(20);
    /// How long a client may take for the head of a request.
    pub const HEAD: Duration = Duration::from_secs(10);
    /// How long a client may take for the body of a request.
    pub const BODY: Duration = Duration::from_secs(10);
    /// How long a client may take to fetch an answer.
    pub const ANSWER: Duration = Duration::from_secs(30);
    /// The longest head of a request, bytes: an address with a signed request is a part of it.
    pub const HEAD_BYTES: usize = 32 * 1024;
    /// Connections at a time.
    pub const CONNECTIONS: usize = 8_192;
    /// Bytes of bodies that are being read at a time.
    pub const BODY_BYTES: usize = 32 * 1024 * 1024;
    /// Bytes of fetched pictures that requests hold at a time.
    pub const FETCHED_BYTES: usize = 32 * 1024 * 1024;
    /// The longest time for which an address is signed: a year.
    pub const LONGEST: Duration = Duration::from_hours(366 * 24);

    /// The limits of what strangers send: as the library's, with a canvas and pictures that leave room for others.
    #[must_use]
    pub fn limits() -> Limits {
        Limits {
            canvas_pixels: 4 * 1024 * 1024,
            memory: 48 * 1024 * 1024,
            image_pixels: 4 * 1024 * 1024,
            board_image_bytes: 64 * 1024 * 1024,
            held_image_bytes: 8 * 1024 * 1024,
            fetch_all_ms: 5_000,
            ..Limits::default()
        }
    }
}
