//! The headless host: files, the network and clocks of this machine.

#[cfg(feature = "network")]
mod address;
mod asset_folders;
mod assets;
#[cfg(feature = "network")]
mod certificates;
mod cloud_file;
mod drawing;
pub mod example;
#[cfg(feature = "network")]
mod fetch;
#[cfg(not(feature = "network"))]
#[path = "no_network.rs"]
mod fetch;
mod files;
mod game_files;
pub mod play;
#[cfg(feature = "network")]
mod resolve;
mod sent;
mod templates;
mod used;
mod video;

#[cfg(feature = "network")]
pub use address::{AddressPolicy, AllowedHost, Reach, refusal};
pub use assets::{Assets, File, compile_files, compile_regular_files, is_remote, read_named, read_regular_text, read_text};
pub use cloud_file::FileStorage;
pub use drawing::{Bring, Brought, CallOptions, Drawing, Drawn, Finished, ImageOptions, board_request, options, refused};
#[cfg(not(feature = "network"))]
pub use fetch::{AddressPolicy, AllowedHost, Fetcher, lacked};
#[cfg(feature = "network")]
pub use fetch::{Fetched, Fetcher};
#[cfg(feature = "batch")]
pub use files::{keep_names, write_one_of_many};
pub use files::{read_within, write_whole};
pub use game_files::GameFiles;
pub use sent::{RequestFiles, picture_to_send};
pub use templates::Templates;
pub use used::{REST, Used, note};
pub use video::video_seconds;
