//! The folder of a game: what a game package needs to show a board, and what makes a board stay invisible in one.
//!
//! - [`files`] is what `friendboard init` writes: the open data domain's files and the main domain's.
//! - [`doctor`] is what `friendboard doctor` looks for in a game's project.

mod configuration;
pub mod doctor;
mod documents;
mod engine;
mod files;
mod javascript;
mod modules;
mod texts;

pub use configuration::{FOLDER, MEMBER, configuration};
pub use engine::Engine;
pub use files::{GameBoard, GameFile, Order, files};
pub use modules::Painter;
pub use texts::{around_names, shown_texts};
