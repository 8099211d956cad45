//! Options of commands that draw pictures of the network.

use crate::host::headless::{AddressPolicy, AllowedHost, Assets, Fetcher};
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
    /// The same assets with what may be reached. This costs nothing until a picture is fetched.
    pub fn connect(&self, assets: Assets, limits: &Limits) -> Assets {
        if self.offline {
            return assets;
        }
        let policy = self.allow_host.iter().cloned().fold(AddressPolicy::default(), AddressPolicy::allow);
        assets.with_network(Fetcher::new(policy, limits))
    }
}
