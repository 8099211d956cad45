//! What stands in for the network where a build has none (the feature `network` is off, as in the npm package): nothing is
//! fetched, and whoever asks is told so.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// What is said of a build without a network.
const WHY: &str = "this build of friendboard reaches no network";

/// How many pictures this process has asked for in vain.
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Which addresses may be fetched: none.
#[derive(Clone, Debug, Default)]
pub struct AddressPolicy(());

impl AddressPolicy {
    /// Allows a host, of which there is none.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "the policy of a build with a network keeps it")]
    pub fn allow(self, host: AllowedHost) -> Self {
        match host.0 {}
    }
}

/// A host that pictures may come from: there is none.
#[derive(Clone, Debug)]
pub struct AllowedHost(Infallible);

impl FromStr for AllowedHost {
    type Err = Error;

    fn from_str(_: &str) -> Result<Self> {
        Err(Error::new(ErrorKind::Usage, WHY)
            .hint("leave it out, save the pictures below --assets and name them by their paths"))
    }
}

/// Fetches nothing.
#[derive(Debug)]
pub struct Fetcher;

impl Fetcher {
    /// A fetcher that fetches nothing, under any policy.
    #[must_use]
    pub fn new(_: AddressPolicy, _: &Limits) -> Self {
        Self
    }

    /// Hands over for each address that it can't be fetched, in order.
    pub fn fetch_all(&self, addresses: &[&str], _: Instant, mut each: impl FnMut(usize, Result<Vec<u8>>)) {
        ASKED.fetch_add(addresses.len(), Ordering::Relaxed);
        for index in 0..addresses.len() {
            each(index, Err(Error::new(ErrorKind::Picture, WHY)));
        }
    }
}

/// What is to be said at the end of a process that asked for pictures of the network; `None` where it asked for none.
#[must_use]
pub fn lacked() -> Option<Error> {
    let count = ASKED.load(Ordering::Relaxed);
    let pictures = if count == 1 { "picture" } else { "pictures" };
    let error = || {
        Error::new(ErrorKind::Picture, format!("{count} {pictures} of the network could not be fetched: {WHY}")).hint(
            "save them below --assets and name them by their paths; or give --offline to have what stands in for them; or use the \
             native program, which fetches them",
        )
    };
    (count > 0).then(error)
}
