//! From a tree to a value.

use std::cmp::Ordering;
use std::sync::Arc;

use super::scope::Scope;
use super::tree::{Comparison, Kind, LoopField, Node};
use super::{arithmetic, filters, predicates};
use crate::error::{Diagnostic, Diagnostics, closest, raise_limit};
use crate::grapheme;
use crate::json::Value;
use crate::number::Number;
use crate::template::source::Position;

pub(super) struct Evaluator<'a, 'b> {
    pub scope: &'a Scope<'b>,
    pub diagnostics: &'a mut Diagnostics,
    pub document: &'a Arc<str>,
}

/// Names that 'did you mean' looks at: data can have any number of them.
const CANDIDATES: usize = 1_000;

/// What a name that is not there means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// A mistake.
    Said,
    /// A mistake only where it looks like a misspelling: the value is asked for as a condition.
    SaidIfClose,
    /// What was asked.
    Silent,
}

impl Evaluator<'_, '_> {
    pub fn value(&mut self, node: &Node) -> Value {
        self.value_or(node, Missing::Said)
    }

    pub fn condition(&mut self, node: &Node) -> bool {
        self.value_or(node, Missing::SaidIfClose).is_true()
    }

    /// A value that may be missing without a word.
    pub fn optional(&mut self, node: &Node) -> Value {
        self.value_or(node, Missing::Silent)
    }

    pub fn report(
        &mut self,
        code: &'static str,
        position: Position,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Value {
        if self.scope.says_first(self.document, position) {
            self.say(code, position, message, hint);
        }
        Value::Null
    }

    fn say(&mut self, code: &'static str, position: Position, message: impl Into<String>, hint: Option<String>) {
        let mut diagnostic = Diagnostic::warning(code, message, position.in_document(self.document));
        diagnostic.hint = hint;
        self.diagnostics.push(diagnostic);
    }

    /// A value that was asked for one kind and is another.
    pub fn mismatch(&mut self, position: Position, expected: &str, found: &Value, hint: &str) -> Value {
        let message = format!("expected {expected}, found {}", shown(found));
        self.report("bad-expression", position, message, (!hint.is_empty()).then(|| hint.to_owned()))
    }

    /// A text within the limit: longer ones are cut between two grapheme clusters.
    pub fn text(&mut self, position: Position, text: String) -> Value {
        let allowed = self.scope.string_bytes;
        if text.len() <= allowed {
            return Value::from(text);
        }
        let message = format!("over the limit of {allowed} bytes of a text: found {}", text.len());
        self.report("limit", position, message, Some(raise_limit("string_bytes")));
        Value::from(grapheme::prefix_bytes(&text, allowed))
    }

    fn value_or(&mut self, node: &Node, missing: Missing) -> Value {
        if !self.scope.spend(1) {
            return Value::Null;
        }
        match &node.kind {
            Kind::Literal(value) => value.clone(),
            Kind::Name(name) => self.name(node, name, missing),
            Kind::Loop(field) => self.loop_field(node, *field),
            Kind::Member(of, name) => {
                let of = self.value_or(of, missing);
                self.member(node, &of, name, missing)
            }
            Kind::Index(of, index) => {
                let of = self.value_or(of, missing);
                let index = self.value(index);
                self.index(node, &of, &index, missing)
            }
            Kind::Slice(of, start, end) => {
                let of = self.value_or(of, missing);
                let start = start.as_ref().map(|start| self.value(start));
                let end = end.as_ref().map(|end| self.value(end));
                self.slice(node, &of, start, end)
            }
            Kind::List(items) => items.iter().map(|item| self.value(item)).collect(),
            Kind::Negate(of) => match self.value(of) {
                Value::Null => Value::Null,
                Value::Number(number) => arithmetic::negate(&number).map_or_else(
                    || self.report("bad-expression", node.position, "the number is too large to change its sign", None),
                    Value::Number,
                ),
                found => self.mismatch(node.position, "a number after '-'", &found, ""),
            },
            Kind::Not(of) => Value::Bool(!self.value_or(of, missing.of_condition()).is_true()),
            Kind::And(a, b) => {
                let left = self.value_or(a, missing.of_condition());
                if left.is_true() { self.value_or(b, missing.of_condition()) } else { left }
            }
            Kind::Or(a, b) => {
                let left = self.value_or(a, missing.of_condition());
                if left.is_true() { left } else { self.value_or(b, missing) }
            }
            Kind::Arithmetic(operator, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                arithmetic::evaluate(self, node.position, *operator, &a, &b)
            }
            Kind::Join(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                let text = format!("{a}{b}");
                self.scope.spend(text.len());
                self.text(node.position, text)
            }
            Kind::Compare(first, pairs) => {
                let mut left = self.value(first);
                for (comparison, right) in pairs {
                    let right = self.value(right);
                    if !self.compare(node, *comparison, &left, &right) {
                        return Value::Bool(false);
                    }
                    left = right;
                }
                Value::Bool(true)
            }
            Kind::Conditional(value, condition, otherwise) => {
                if self.condition(condition) {
                    self.value_or(value, missing)
                } else {
                    otherwise.as_ref().map_or(Value::Null, |otherwise| self.value_or(otherwise, missing))
                }
            }
            Kind::Filter(filter, of, arguments) => filters::evaluate(self, node.position, *filter, of, arguments),
            Kind::Test(test, negated, of, arguments) => {
                Value::Bool(predicates::evaluate(self, node.position, *test, of, arguments) != *negated)
            }
        }
    }

    fn name(&mut self, node: &Node, name: &str, missing: Missing) -> Value {
        if let Some(value) = self.scope.get(name) {
            return value.clone();
        }
        if missing != Missing::Silent && self.scope.says_first(self.document, node.position) {
            let close = closest(name, self.scope.names().take(CANDIDATES)).map(|close| format!("did you mean '{close}'?"));
            self.say("unknown-name", node.position, format!("unknown name '{name}'"), close);
        }
        Value::Null
    }

    fn loop_field(&mut self, node: &Node, field: LoopField) -> Value {
        let Some(frame) = self.scope.innermost() else {
            return self.report("unknown-name", node.position, "'loop' is only there in what a 'for' repeats", None);
        };
        match field {
            LoopField::Index => Value::from(frame.index + 1),
            LoopField::Index0 => Value::from(frame.index),
            LoopField::ReverseIndex => Value::from(frame.length.saturating_sub(frame.index)),
            LoopField::ReverseIndex0 => Value::from(frame.length.saturating_sub(frame.index + 1)),
            LoopField::First => Value::Bool(frame.index == 0),
            LoopField::Last => Value::Bool(frame.index + 1 == frame.length),
            LoopField::Length => Value::from(frame.length),
        }
    }

    fn member(&mut self, node: &Node, of: &Value, name: &str, missing: Missing) -> Value {
        match of {
            Value::Map(map) => {
                if let Some(value) = map.get(name) {
                    return value.clone();
                }
                if missing == Missing::Silent || !self.scope.says_first(self.document, node.position) {
                    return Value::Null;
                }
                let close = closest(name, map.keys().map(AsRef::as_ref).take(CANDIDATES));
                if missing == Missing::Said || close.is_some() {
                    let hint = close.map_or_else(
                        || format!("write `… | default('')` where '{name}' may be missing"),
                        |close| format!("did you mean '{close}'?"),
                    );
                    self.say("unknown-name", node.position, format!("unknown name '{name}'"), Some(hint));
                }
                Value::Null
            }
            // Said where it became nothing.
            Value::Null => Value::Null,
            found => {
                let hint = if name == "length" { "write `… | length`" } else { "" };
                self.mismatch(node.position, &format!("a map with a name '{name}'"), found, hint)
            }
        }
    }

    #[inline(never)]
    fn index(&mut self, node: &Node, of: &Value, index: &Value, missing: Missing) -> Value {
        match (of, index) {
            (Value::Null, _) | (_, Value::Null) => Value::Null,
            (Value::Map(_), Value::Text(name)) => self.member(node, of, name, missing),
            (Value::List(items), Value::Number(number)) => {
                let found = number.as_integer().and_then(|index| items.item(from_end(index, items.len())?));
                if let Some(value) = found {
                    return value;
                }
                if missing == Missing::Said {
                    let message = format!("expected an index of a list of {}, found {number}", items.len());
                    self.report("unknown-name", node.position, message, None);
                }
                Value::Null
            }
            (Value::List(_), index) => self.mismatch(node.position, "a whole number as the index of a list", index, ""),
            (Value::Map(_), index) => self.mismatch(node.position, "a text as the index of a map", index, ""),
            (of, _) => self.mismatch(node.position, "a list or a map before '['", of, ""),
        }
    }

    #[inline(never)]
    fn slice(&mut self, node: &Node, of: &Value, start: Option<Value>, end: Option<Value>) -> Value {
        let Value::List(items) = of else {
            return match of {
                Value::Null => Value::Null,
                found => self.mismatch(node.position, "a list before '[…:…]'", found, "cut a text with `… | truncate(n)`"),
            };
        };
        let mut bound = |bound: Option<Value>, otherwise: usize| match bound {
            None | Some(Value::Null) => otherwise,
            Some(value) => match &value {
                Value::Number(number) if number.as_integer().is_some() => {
                    let index = number.as_integer().unwrap_or(0);
                    let length = items.len() as i128;
                    let index = if index < 0 { index.saturating_add(length) } else { index };
                    usize::try_from(index.clamp(0, length)).unwrap_or(0)
                }
                found => {
                    self.mismatch(node.position, "whole numbers in '[…:…]'", found, "");
                    otherwise
                }
            },
        };
        let (start, end) = (bound(start, 0), bound(end, items.len()));
        let part = items.part(start..end);
        self.scope.spend(part.len());
        Value::List(Arc::new(part))
    }

    #[inline(never)]
    fn compare(&mut self, node: &Node, comparison: Comparison, a: &Value, b: &Value) -> bool {
        self.scope.spend(weight(a).min(weight(b)));
        let ordering = match comparison {
            Comparison::Equal => return a == b,
            Comparison::NotEqual => return a != b,
            Comparison::In => return self.contains(node, b, a),
            Comparison::NotIn => return !self.contains(node, b, a),
            _ => a.order(b),
        };
        let Some(ordering) = ordering else {
            // Nothing is neither less nor greater; that it is nothing was said where it became so.
            if !matches!((a, b), (Value::Null, _) | (_, Value::Null)) {
                let message = format!("expected two numbers or two texts to compare, found {} and {}", shown(a), shown(b));
                let hint = "a text becomes a number by `… | int` or `… | float`";
                self.report("bad-expression", node.position, message, Some(hint.to_owned()));
            }
            return false;
        };
        match comparison {
            Comparison::Less => ordering == Ordering::Less,
            Comparison::LessOrEqual => ordering != Ordering::Greater,
            Comparison::Greater => ordering == Ordering::Greater,
            _ => ordering != Ordering::Less,
        }
    }

    fn contains(&mut self, node: &Node, container: &Value, item: &Value) -> bool {
        self.scope.spend(weight(container));
        match (container, item) {
            (Value::Null, _) => false,
            (Value::List(items), item) => items.contains(item),
            (Value::Map(map), Value::Text(name)) => map.contains_key(name),
            (Value::Text(text), Value::Text(part)) => text.contains(&**part),
            (found, _) => {
                self.mismatch(node.position, "a list, a map or a text after 'in'", found, "");
                false
            }
        }
    }
}

impl Missing {
    fn of_condition(self) -> Self {
        if self == Self::Said { Self::SaidIfClose } else { self }
    }
}

/// An index counted from the start, or from the end where it is negative.
fn from_end(index: i128, length: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add(length as i128)? } else { index };
    usize::try_from(index).ok()
}

/// About how much work it is to go through a value once.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() / 8 + 1,
        Value::List(items) => items.len() + 1,
        Value::Map(map) => map.len() + 1,
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

/// A value for a message: its kind, with a short one itself.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("the text '{}'", grapheme::prefix_bytes(text, 40)),
        Value::Number(number) => format!("the number {}", grapheme::prefix_bytes(&Number::to_string(number), 40)),
        other => other.kind().to_owned(),
    }
}
