//! The headless host: files and clocks of this machine.

mod assets;
mod game_files;
pub mod play;
mod video;

pub use assets::{Assets, read_text};
pub use game_files::GameFiles;
pub use video::video_seconds;
