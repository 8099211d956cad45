//! XML and style sheet to typed trees with positions; `for`, `if` and `{{ }}` on the tree; the built-in boards.

mod boards;
mod check;
mod compile;
pub(crate) mod declaration;
mod documented;
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
pub use boards::{
    BOARDS, BuiltIn, LOCALES, THEMES, extended_theme, is_dark, is_right_to_left, locale, merge_json, string_keys, strings,
    theme, theme_over, theme_roles,
};
pub use check::{check, named_files, unknown_families, unknown_names, unread_keys};
pub use documented::{strings_schema, strings_schema_of, theme_schema};
pub use expression::{Expression, Scope};
pub use mistakes::{Foreign, foreign};
pub use schema::style_schema;
pub use sheet::StyleSheet;
pub use tree::Template;
