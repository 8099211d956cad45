//! Options of commands that draw pictures of the network.

use crate::host::headless::{AddressPolicy, AllowedHost, Fetcher};
use crate::limits::Limits;

/// What of the network may be reached.
#[derive(Debug, clap::Args)]
pub struct Network {
    /// A host that pictures may come from though it is not public, on port 80, 443 or PORT; may be repeated
    #[arg(long, value_name = "HOST[:PORT]", conflicts_with = "offline")]
    allow_host: Vec<AllowedHost>,
    /// Fetch nothing: pictures over http and https are left out
    #[arg(long)]
    offline: bool,
}

impl Network {
    /// What fetches within that; `None` where nothing is to be fetched. This costs nothing until a picture is.
    pub fn fetcher(&self, limits: &Limits) -> Option<Fetcher> {
        if self.offline {
            return None;
        }
        let policy = self.allow_host.iter().cloned().fold(AddressPolicy::default(), AddressPolicy::allow);
        Some(Fetcher::new(policy, limits))
    }
}
