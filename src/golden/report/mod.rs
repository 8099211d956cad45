//! What is said of a run: lines for people, JSON, `JUnit` for CI, and one page with everything in it.

mod html;
mod json;
mod junit;
mod picture;
mod text;

pub use html::html;
pub use json::{json, outcome};
pub use junit::junit;
pub use picture::{Layout, Views, views};
pub use text::{line, summary, text};
