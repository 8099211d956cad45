//! `friendboard batch`: a picture for each line of NDJSON, into a folder or object storage. Thin over
//! [`Drawing`](crate::host::headless::Drawing), with the server's threads and pictures.
//!
//! ```text
//! lines ──line──▶ task ──(there already?)──▶ pool ──▶ store ──▶ result, in the order of the lines or as they come
//! ```
//!
//! It is a filter on purpose: whatever spreads lines over machines spreads it. A picture's name is that of its request, so
//! that a run which was killed goes on where it was.

mod line;
mod lines;
mod progress;
mod run;
mod store;
mod summary;

pub use self::run::{Settings, run};
pub use self::summary::Summary;
