//! XML and style sheet to typed trees with positions; `for`, `if` and `{{ }}` on the tree; the built-in boards.

pub mod expression;
mod source;
pub mod style;
pub mod value;

pub use expression::{Expression, Scope};
pub use style::Style;
pub use value::Value;
