//! The expressions of `{{ }}`, `for` and `if`: small and total, in Jinja's spelling.
//!
//! - Literals: `'text'`, `"text"`, `12`, `1.5`, `true`, `false`, `none`, `[a, b]`.
//! - Paths: `friend.kv.level`, `friends[0]`, `friends[-1]`, `friend["x"]`, slices `friends[3:10]`.
//! - `+ - * / // % **`, `~` to join text, `== != < <= > >=` (also chained), `in`, `not in`, `and or not`,
//!   `a if c else b`, `is defined` and the other tests, filters `x | round(1)`.
//!
//! There are no calls and no loops: what an expression costs is bounded by its length and its data. Nothing fails while
//! one is evaluated; what can't be had is nothing ([`Value::Null`]) with a diagnostic. Whole numbers are exact.

mod arithmetic;
mod binding;
mod evaluate;
mod filters;
mod lexer;
mod names;
mod numbers;
mod parser;
mod predicates;
mod scope;
#[cfg(test)]
mod tests;
mod tree;
mod truth;

use std::sync::Arc;

pub(crate) use binding::{Bound, closing, compile_trimmed};
#[cfg(feature = "cli")]
pub(crate) use filters::Filter;
#[cfg(feature = "cli")]
pub(crate) use predicates::Test;
pub use scope::Scope;
pub(crate) use scope::{Frame, Reads};
#[cfg(feature = "cli")]
pub(crate) use tree::LoopField;

use super::source::{Located, Source};
use crate::error::{Diagnostics, Error, ErrorKind, Place, Result};
use crate::json::Value;
use crate::limits::Limits;

/// A compiled expression. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Arc<tree::Node>,
    document: Arc<str>,
}

impl Expression {
    /// Compiles an expression (without its `{{ }}`).
    ///
    /// # Errors
    ///
    /// Of kind [`ErrorKind::Expression`], with the place, for what is not in the grammar, and of kind
    /// [`ErrorKind::Limit`] for one that is longer than `Limits::string_bytes`.
    ///
    /// ```
    /// use friendboard::json::Value;
    /// use friendboard::template::{Expression, Scope};
    /// use friendboard::{Diagnostics, Limits};
    /// let limits = Limits::default();
    /// let expression = Expression::compile("board", "friend.score | thousands ~ ' points'", &limits).unwrap();
    /// let data = Value::map([("friend", Value::map([("score", 12345)]))]);
    /// let mut diagnostics = Diagnostics::new();
    /// let value = expression.evaluate(&Scope::new(&data, &limits), &mut diagnostics);
    /// assert_eq!(value.to_string(), "12,345 points");
    /// ```
    pub fn compile(document: &str, text: &str, limits: &Limits) -> Result<Self> {
        let source = Source::new(document, text);
        Self::compile_located(text, &Located::at(&source, 0), limits)
    }

    /// Compiles a part of a document, so that places are the document's.
    pub(crate) fn compile_located(text: &str, located: &Located<'_>, limits: &Limits) -> Result<Self> {
        if text.len() > limits.string_bytes {
            let error =
                Error::limit("string_bytes", format_args!("{} bytes of an expression", limits.string_bytes), text.len());
            return Err(error.at(located.place(0)));
        }
        let root = parser::parse(text, located).map_err(|fault| {
            let error = Error::new(ErrorKind::Expression, fault.message).at(located.place(fault.offset));
            match fault.hint {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })?;
        Ok(Self { root: Arc::new(root), document: located.document().clone() })
    }

    /// The expression that is always one value.
    pub(crate) fn constant(value: Value) -> Self {
        Self { root: Arc::new(tree::Node::literal(value)), document: crate::json::empty_text() }
    }

    /// The value in a scope. What can't be had is nothing, with a diagnostic.
    #[must_use]
    pub fn evaluate(&self, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> Value {
        evaluate::Evaluator { scope, diagnostics, document: &self.document }.value(&self.root)
    }

    /// The value as a condition: here a name that a map does not have is no mistake.
    pub(crate) fn is_true(&self, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> bool {
        evaluate::Evaluator { scope, diagnostics, document: &self.document }.condition(&self.root)
    }

    /// Where it was written.
    #[must_use]
    pub fn place(&self) -> Place {
        self.root.position.in_document(&self.document)
    }
}

/// Two expressions are equal that were compiled from the same text at the same place.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root) || (self.document == other.document && self.root == other.root)
    }
}
