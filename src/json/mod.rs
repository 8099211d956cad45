//! JSON: the one reader of all that comes from outside, the one value, and what is written.
//!
//! ```text
//! text ──Document::parse──▶ Document: a tape of Nodes with places ──to_value──▶ Value ──write──▶ text
//!                                        └─────read::<T>─────▶ a type of ours ──to_value──▶ Value
//! ```
//!
//! The reader knows every value's place and keeps numbers as they are written. It reads what JavaScript's `JSON.parse`
//! reads, and two things more: a byte order mark is passed over, and half of a surrogate pair (a name that was cut in the
//! middle of an emoji) is U+FFFD. Of two members with one name the last counts. What is no JSON is named (a comment, a
//! trailing comma, a name without quotes, `NaN`), with what to write instead.

mod ceiling;
mod de;
mod de_error;
mod diagnostic;
mod document;
mod escape;
mod list;
mod literal;
mod map;
mod mistake;
mod names;
mod parse;
pub mod path;
mod source;
mod text;
mod to_value;
mod value;
mod value_de;
mod value_ser;
mod write;

#[cfg(test)]
mod tests;

pub use ceiling::Ceiling;
pub use de::read;
pub use de_error::DeError;
pub use diagnostic::diagnostic;
pub use document::{Document, Items, Member, Members, Node, open};
pub use list::List;
pub use map::{Maker, Map, Origin};
pub use names::{folded, is_same_name};
pub use parse::Kind;
pub use source::Source;
pub use text::looks_like_json;
pub use to_value::to_value;
pub(crate) use value::empty_text;
pub use value::{TEXT_BYTES, Value};
pub use write::{write, write_pretty};
