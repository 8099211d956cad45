//! The headless host: files, the network and clocks of this machine.

mod address;
mod assets;
mod certificates;
mod fetch;
mod resolve;
mod still;

pub use address::{AddressPolicy, AllowedHost, Reach, refusal};
pub use assets::{Assets, read_text};
pub use fetch::Fetcher;
pub use still::draw_list;
