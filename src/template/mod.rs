//! XML and style sheet to typed trees with positions; `for`, `if` and `{{ }}` on the tree; the built-in boards.

mod boards;
mod check;
mod compile;
pub(crate) mod declaration;
pub mod expression;
mod markup;
mod mistakes;
pub(crate) mod property;
pub(crate) mod rich;
pub(crate) mod schema;
pub(crate) mod sheet;
mod source;

pub(crate) mod tag;
pub(crate) mod tree;

pub use crate::style::Style;
pub use boards::{BOARDS, BuiltIn, LOCALES, THEMES, locale, merge_json, string_keys, strings, theme, theme_roles};
pub use check::{check, named_files, unknown_families, unknown_names, unread_keys};
pub use expression::{Expression, Scope};
pub use mistakes::{Foreign, foreign};
pub use schema::style_schema;
pub use sheet::StyleSheet;
pub use tree::Template;
