//! `{{ }}` in an attribute's value, a text or a style value.

use std::sync::Arc;

use super::{Expression, Scope};
use crate::error::{Diagnostic, Diagnostics, Place, raise_limit};
use crate::grapheme;
use crate::json::{TEXT_BYTES, Value, empty_text};
use crate::reading::Reading;
use crate::template::mistakes;
use crate::template::source::Located;

/// A text that may have expressions in it. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    /// No expression: as written.
    Text(Arc<str>),
    /// One expression and nothing else: its value keeps its type.
    Expression(Expression),
    /// Texts and expressions, joined.
    Parts(Arc<[Part]>),
}

/// A part of a [`Bound::Parts`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Text(Arc<str>),
    Expression(Expression),
}

impl Default for Bound {
    fn default() -> Self {
        Self::Text(empty_text())
    }
}

impl Bound {
    /// Compiles the text. An expression that can't be compiled is nothing, with a diagnostic.
    pub fn compile(text: &str, located: &Located<'_>, reading: &mut Reading<'_>) -> Self {
        if !text.contains("{{") {
            return Self::Text(Arc::from(text));
        }
        let mut parts = Vec::new();
        let mut written = 0;
        while let Some(open) = text.get(written..).and_then(|rest| rest.find("{{")).map(|index| written + index) {
            let inside = open + 2;
            let Some(close) = closing(text, inside) else {
                let diagnostic = Diagnostic::error("bad-expression", "expected '}}' after '{{'", located.place(open));
                reading.push(diagnostic.hint("write {{ '{{' }} for two braces"));
                break;
            };
            if open > written {
                parts.push(Part::Text(Arc::from(&text[written..open])));
            }
            let expression = compile_trimmed(&text[inside..close], &located.part(inside), reading);
            parts.push(Part::Expression(expression));
            written = close + 2;
        }
        if written < text.len() {
            parts.push(Part::Text(Arc::from(&text[written..])));
        }
        match parts.as_slice() {
            [Part::Expression(expression)] => Self::Expression(expression.clone()),
            [Part::Text(text)] => Self::Text(text.clone()),
            _ => Self::Parts(Arc::from(parts)),
        }
    }

    /// Where its first expression was written; unknown where it has none.
    pub fn place(&self) -> Place {
        match self {
            Self::Text(_) => Place::default(),
            Self::Expression(expression) => expression.place(),
            Self::Parts(parts) => {
                let expression = parts.iter().find_map(|part| match part {
                    Part::Expression(expression) => Some(expression.place()),
                    Part::Text(_) => None,
                });
                expression.unwrap_or_default()
            }
        }
    }

    /// The value; one expression alone keeps its type.
    pub fn value(&self, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> Value {
        match self {
            Self::Text(text) => Value::Text(text.clone()),
            Self::Expression(expression) => expression.evaluate(scope, diagnostics),
            Self::Parts(parts) => Value::from(join(parts, scope, diagnostics)),
        }
    }

    /// The value as text.
    pub fn text(&self, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> Arc<str> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Expression(expression) => {
                let value = expression.evaluate(scope, diagnostics);
                as_text(&value, expression, scope, diagnostics)
            }
            Self::Parts(parts) => Arc::from(join(parts, scope, diagnostics)),
        }
    }
}

/// A value as text. Lists and maps are written out, which takes work, and it is said where they are cut.
fn as_text(value: &Value, expression: &Expression, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> Arc<str> {
    let text = value.to_text();
    if matches!(value, Value::List(_) | Value::Map(_)) {
        scope.spend(text.len() * WRITTEN);
        // All of one would end with its bracket.
        if text.ends_with('…') {
            let message = format!("{} as text is cut after {TEXT_BYTES} bytes", value.kind());
            let diagnostic = Diagnostic::warning("cut-text", message, expression.place());
            diagnostics.push(diagnostic.hint("show what is in it, by `for` or by its members"));
        }
    }
    text
}

/// How much more a byte costs that is written out of a list's members than one that is there.
const WRITTEN: usize = 3;

/// Compiles an expression with white space around it; one that can't be compiled is nothing, with a diagnostic.
pub(crate) fn compile_trimmed(text: &str, located: &Located<'_>, reading: &mut Reading<'_>) -> Expression {
    let start = text.len() - text.trim_start().len();
    Expression::compile_located(text.trim(), &located.part(start), reading.limits).unwrap_or_else(|error| {
        let mut diagnostic = Diagnostic::from_error("bad-expression", &error);
        if let Some(dot) = mistakes::dot(text.trim()) {
            diagnostic.hint = Some(dot.to_owned());
        }
        reading.push(diagnostic);
        Expression::constant(Value::Null)
    })
}

/// Where the `}}` of an expression is: not inside of a quoted text.
pub(crate) fn closing(text: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'}') if text.as_bytes().get(index + 1) == Some(&b'}') => return Some(index),
            _ => {}
        }
    }
    None
}

fn join(parts: &[Part], scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> String {
    let mut joined = String::new();
    let mut last = None;
    for part in parts {
        match part {
            Part::Text(text) => joined.push_str(text),
            Part::Expression(expression) => {
                last = Some(expression);
                match expression.evaluate(scope, diagnostics) {
                    Value::Text(text) => joined.push_str(&text),
                    value => joined.push_str(&as_text(&value, expression, scope, diagnostics)),
                }
            }
        }
    }
    scope.spend(joined.len());
    let allowed = scope.string_bytes;
    if joined.len() > allowed {
        let place = last.map(Expression::place).unwrap_or_default();
        let message = format!("over the limit of {allowed} bytes of a text: found {}", joined.len());
        let diagnostic = Diagnostic::warning("limit", message, place);
        diagnostics.push(diagnostic.hint(raise_limit("string_bytes")));
        joined.truncate(grapheme::prefix_bytes(&joined, allowed).len());
    }
    joined
}
