//! XML and style sheet to typed trees with positions; `for`, `if` and `{{ }}` on the tree; the built-in boards.

pub mod style;
pub mod value;

pub use style::Style;
pub use value::Value;
