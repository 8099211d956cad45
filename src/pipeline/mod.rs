//! The one way through: a [`Request`] is begun on a [`Board`], makes a [`Job`] that says which pictures it needs, and is
//! finished into a [`Frame`]. The command line, the WASM module, cards, tests and servers all go this way.
//!
//! ```text
//! Board + Request ──Renderer::begin──▶ Job ──next_picture / supply──▶ Job ──finish──▶ Frame: canvas, boxes, draw list
//! ```
//!
//! ```
//! use friendboard::{Board, Format, Limits, Renderer, Request, text::Fonts};
//!
//! let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
//! let board = Board::built_in("leaderboard")?;
//! let friends = r#"[{"openid": "o1", "nickname": "小明", "avatarUrl": "fox.png", "score": 12}]"#;
//! let mut job = renderer.begin(&board, &Request::friends(friends).me("o1").size(360, 640))?;
//! while let Some(src) = job.next_picture() {
//!     job.supply(&src, std::fs::read(format!("assets/example/avatars/{src}")));
//! }
//! let frame = job.finish()?;
//! assert!(frame.diagnostics.is_empty());
//! assert!(frame.encode(Format::PNG)?.starts_with(b"\x89PNG"));
//! # Ok::<(), friendboard::Error>(())
//! ```
//!
//! The steps themselves stay within reach: [`Board::resolve`], [`Renderer::layout`], [`Renderer::draw_list`],
//! [`Renderer::rasterize`].

mod begin;
mod board;
mod frame;
mod job;
mod look;
mod renderer;
mod request;
mod rows;
mod source;
mod supplied;
mod times;

#[cfg(test)]
mod rows_tests;
#[cfg(test)]
mod tests;

pub use board::Board;
pub use frame::{Frame, Prepared};
pub use job::{Job, Need};
pub use look::{Locale, Theme};
pub use renderer::{Renderer, device_size};
pub(crate) use request::one_or_several;
pub use request::{Bound, Request};
pub use rows::Offsets;
pub use source::Source;
pub use times::{Clock, Times};
