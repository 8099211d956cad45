//! Pictures over http and https, within limits of time, size and reach.

mod in_order;

use std::error::Error as StdError;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, LOCATION,
};
use reqwest::redirect;

use super::address::{AddressPolicy, Named, Reach};
use super::certificates;
use super::resolve::{Lookup, RefusedName, Resolver, system};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use in_order::InOrder;

/// How many pictures are fetched at a time.
const AT_A_TIME: usize = 6;

/// A picture's file as it came, and for how long it may be shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The file.
    pub bytes: Vec<u8>,
    /// How long its server lets it be kept, by `Cache-Control`; `None` where it says nothing.
    pub fresh: Option<Duration>,
}

/// Fetches pictures within [`Limits`] (`connect_ms`, `fetch_ms`, `image_bytes` after unpacking, `redirects`, each of
/// which is checked anew, `address_bytes`), without cookies, credentials or proxies, and only from where the [`AddressPolicy`] lets it.
///
/// Making one costs nothing: clients are made, and certificates loaded, when they are first needed.
pub struct Fetcher {
    policy: AddressPolicy,
    limits: Limits,
    lookup: Lookup,
    /// Of hosts that are not named: connects to public addresses only.
    public: OnceLock<Result<Client, String>>,
    /// Of named hosts. A client of its own, so that no connection of one is used for the other.
    named: OnceLock<Result<Client, String>>,
}

impl Fetcher {
    /// A fetcher under a policy.
    #[must_use]
    pub fn new(policy: AddressPolicy, limits: &Limits) -> Self {
        Self::with_lookup(policy, limits, system())
    }

    fn with_lookup(policy: AddressPolicy, limits: &Limits, lookup: Lookup) -> Self {
        Self { policy, limits: limits.clone(), lookup, public: OnceLock::new(), named: OnceLock::new() }
    }

    /// Fetches one picture's file, within [`Limits::fetch_ms`].
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] with what was refused (and how to allow it) or went wrong; [`ErrorKind::Limit`] where the
    /// file is too large.
    pub fn fetch(&self, address: &str) -> Result<Vec<u8>> {
        let mut fetched = None;
        self.fetch_all(&[address], Instant::now() + self.patience(), |_, result| fetched = Some(result));
        fetched.unwrap_or_else(|| Err(failed("it was not fetched")))
    }

    /// Fetches one picture's file by a deadline, for who keeps it.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    pub fn fetch_to_keep(&self, address: &str, deadline: Instant) -> Result<Fetched> {
        self.fetch_by(address, deadline.min(Instant::now() + self.patience()))
    }

    /// Fetches pictures' files, 6 at a time and each within [`Limits::fetch_ms`], and hands each over with its place in the list,
    /// in that order whatever comes first: so that it is not the network that says which of too many are drawn. What has not
    /// come by the deadline is an error each; the call returns then, too.
    pub fn fetch_all(&self, addresses: &[&str], deadline: Instant, mut each: impl FnMut(usize, Result<Vec<u8>>)) {
        let next = AtomicUsize::new(0);
        let queue = InOrder::default();
        let work = |sender: &mpsc::SyncSender<(usize, Result<Vec<u8>>)>| {
            while let Some((index, address)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                addresses.get(index).map(|address| (index, address))
            } {
                queue.wait_for_room(index, deadline);
                let fetched = self.fetch_to_keep(address, deadline).map(|fetched| fetched.bytes);
                if sender.send((index, fetched)).is_err() {
                    return;
                }
            }
        };
        thread::scope(|scope| {
            // A worker waits until its file is taken, so that no more of them lie about than there are workers.
            let (sender, receiver) = mpsc::sync_channel(0);
            let mut workers = 0;
            for _ in 0..addresses.len().min(AT_A_TIME) {
                let (work, sender) = (&work, sender.clone());
                let thread = thread::Builder::new().name("fetch".to_owned()).spawn_scoped(scope, move || work(&sender));
                workers += usize::from(thread.is_ok());
            }
            drop(sender);
            for (index, fetched) in receiver {
                queue.take(index, fetched, &mut each);
            }
            if workers == 0 {
                for index in 0..addresses.len() {
                    each(index, Err(failed("no thread could be started to fetch it")));
                }
            }
        });
    }

    /// How long one picture may take.
    fn patience(&self) -> Duration {
        Duration::from_millis(self.limits.fetch_ms)
    }

    fn fetch_by(&self, address: &str, deadline: Instant) -> Result<Fetched> {
        if address.len() > self.limits.address_bytes {
            let allowed = format_args!("{} bytes of an address", self.limits.address_bytes);
            return Err(Error::limit("address_bytes", allowed, address.len()));
        }
        let (mut url, mut reach) = self.policy.check(address)?;
        for hop in 0..=self.limits.redirects {
            let response = match self.ask(&url, reach, deadline) {
                Err(error) if hop > 0 => return Err(elsewhere(&url, error)),
                asked => asked?,
            };
            let status = response.status();
            if !is_redirect(status) {
                return if status.is_success() {
                    let fresh = freshness(&header(response.headers(), &CACHE_CONTROL));
                    Ok(Fetched { bytes: self.body(response)?, fresh })
                } else {
                    Err(failed(format!("the server answered {status}")))
                };
            }
            let target = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let target = target.ok_or_else(|| failed(format!("the server answered {status} without saying where to")))?;
            let next = url.join(target).map_err(|error| failed(format!("redirected to no address: {error}")))?;
            reach = self.policy.check_url(&next).map_err(|error| elsewhere(&next, error))?;
            url = next;
        }
        let allowed = format_args!("{} redirects", self.limits.redirects);
        Err(Error::limit("redirects", allowed, "more"))
    }

    fn ask(&self, url: &Url, reach: Reach, deadline: Instant) -> Result<Response> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(too_late());
        }
        let request = self
            .client(reach)?
            .get(url.clone())
            .header(ACCEPT, "image/png, image/jpeg, image/webp, image/gif")
            // Pictures are packed already.
            .header(ACCEPT_ENCODING, "identity")
            .timeout(left);
        request.send().map_err(|error| {
            if let Some(refused) = RefusedName::behind(&error) {
                let hint =
                    url.host().map(|host| Named { host: &host, port: url.port_or_known_default().unwrap_or(80) }.to_string());
                return failed(refused.to_string()).hint(hint.unwrap_or_default());
            }
            explain(&error, "the server could not be reached")
        })
    }

    fn client(&self, reach: Reach) -> Result<&Client> {
        let slot = match reach {
            Reach::Public => &self.public,
            Reach::Named => &self.named,
        };
        slot.get_or_init(|| self.make_client(reach)).as_ref().map_err(|error| failed(format!("no http client: {error}")))
    }

    fn make_client(&self, reach: Reach) -> Result<Client, String> {
        let config = certificates::client_config().map_err(|error| error.to_string())?;
        Client::builder()
            .tls_backend_preconfigured(config)
            .dns_resolver(Arc::new(Resolver { lookup: Arc::clone(&self.lookup), reach }))
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_millis(self.limits.connect_ms))
            .timeout(self.patience())
            .pool_max_idle_per_host(AT_A_TIME)
            .user_agent(concat!("friendboard/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| chain(&error))
    }

    fn body(&self, response: Response) -> Result<Vec<u8>> {
        let limit = self.limits.image_bytes;
        // What is declared can only make it shorter: what comes is counted all the same.
        if let Some(declared) = response.content_length().filter(|&length| length > limit as u64) {
            return Err(too_large(limit, format!("{declared} bytes declared")));
        }
        let kind = header(response.headers(), &CONTENT_TYPE);
        let packing = header(response.headers(), &CONTENT_ENCODING);
        let bytes = match packing.as_str() {
            "" | "identity" => read(response, limit),
            // No picture gains from packing: a packed one that is larger than the limit is one that is too large.
            "gzip" | "x-gzip" => read(flate2::read::MultiGzDecoder::new(response.take(limit as u64)), limit),
            "deflate" => read(flate2::read::ZlibDecoder::new(response.take(limit as u64)), limit),
            other => return Err(failed(format!("an unpacked answer was expected, found one packed as {other:.40}"))),
        }?;
        if bytes.is_empty() {
            return Err(failed("the server answered with nothing"));
        }
        // What it is, its bytes say; but where they are text, what the server called it says more than 'no picture'.
        if kind.starts_with("text/") && bytes.iter().take(64).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
        {
            return Err(failed(format!("a picture was expected, the server answered with {kind:.40}")));
        }
        Ok(bytes)
    }
}

impl std::fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher").field("policy", &self.policy).finish_non_exhaustive()
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> String {
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_lowercase());
    values.collect::<Vec<_>>().join(", ")
}

/// For how long a cache that many share may keep an answer (RFC 9111, 5.2.2), by its `Cache-Control` in lower case.
fn freshness(control: &str) -> Option<Duration> {
    let directives = || control.split(',').map(str::trim);
    let barred = ["no-store", "no-cache", "private"];
    if directives().any(|directive| barred.contains(&directive.split('=').next().unwrap_or_default().trim_end())) {
        return Some(Duration::ZERO);
    }
    let seconds = |name: &str| {
        let value = directives().find_map(|directive| directive.strip_prefix(name)?.trim_start().strip_prefix('='))?;
        value.trim().trim_matches('"').parse::<u64>().ok()
    };
    seconds("s-maxage").or_else(|| seconds("max-age")).map(Duration::from_secs)
}

/// Reads to the end, and no further than the limit.
fn read(from: impl Read, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| {
        let answer = error.get_ref().map(|inner| inner as &(dyn StdError + 'static));
        match answer.and_then(|inner| inner.downcast_ref::<reqwest::Error>()) {
            Some(error) => explain(error, "the answer was cut off"),
            None => failed(format!("the answer cannot be unpacked: {error}")),
        }
    })?;
    if bytes.len() > limit {
        return Err(too_large(limit, "more"));
    }
    Ok(bytes)
}

fn too_large(limit: usize, found: impl std::fmt::Display) -> Error {
    Error::limit("image_bytes", format_args!("{limit} bytes of a picture"), found)
}

fn too_late() -> Error {
    failed("it took too long").hint(
        "raise it with --limit fetch_ms=… for one picture (connect_ms=… to connect), fetch_all_ms=… for a board's, in Rust in Limits",
    )
}

/// What a client's error means to the one who reads the report.
fn explain(error: &reqwest::Error, otherwise: &str) -> Error {
    let timed_out = |cause: &(dyn StdError + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
    };
    if error.is_timeout() || causes(error).any(timed_out) {
        return too_late();
    }
    failed(format!("{otherwise}: {}", chain(error)))
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The innermost cause: the outer ones repeat the address and say 'error sending request'.
fn chain(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn failed(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Picture, message)
}

/// A refusal of an address that a redirect led to.
fn elsewhere(target: &Url, error: Error) -> Error {
    let host: String = target.host_str().unwrap_or_default().chars().take(80).collect();
    let hint = crate::error::Diagnostic::from_error("", &error).hint.unwrap_or_default();
    let message = format!("redirected to {host}: {}", error.message());
    let elsewhere = failed(message).source(error);
    if hint.is_empty() { elsewhere } else { elsewhere.hint(hint) }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
