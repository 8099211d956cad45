//! The manual: what a board's author can name, made of the tables and types that the program itself reads.
//!
//! Every description stands beside what it describes (a property's in the table of properties, a limit's in that of limits);
//! here they are gathered into [`Topic`]s, which `friendboard explain` prints, `assets/manual` keeps as Markdown, and the
//! schemas are made of. `tests/house` holds that nothing is without a description and no page stale.

mod all;
mod commands;
mod dialect;
mod entry;
mod find;
mod looks;
mod markdown;
mod members;
mod messages;
mod pictures;
mod reference;
mod schema;
mod terminal;

pub use all::topics;
pub use entry::{Entry, Tile, Topic};
pub use find::{Found, find, lead};
pub use markdown::{index, page};
pub use pictures::{PANEL, draw};
pub use schema::{SCHEMAS, schema};
pub use terminal::{contents, entry as entry_text, topic as topic_text};
