//! The names that an expression asks its scope for.

use std::sync::Arc;

use super::filters::Filter;
use super::predicates::Test;
use super::tree::{Kind, Node};
use super::{Bound, Expression, binding::Part};
use crate::error::Place;

impl Expression {
    /// The name that it is, where it is nothing else.
    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        match &self.root.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Calls back with each name that must be there, and where it was written. What `default` or `is defined` asks for may
    /// be missing, and is left out.
    pub(crate) fn each_name(&self, call: &mut dyn FnMut(&Arc<str>, Option<&Arc<str>>, Place)) {
        walk(&self.root, &mut |name, member, node| call(name, member, node.position.in_document(&self.document)));
    }
}

impl Bound {
    /// The same for all of its expressions.
    pub(crate) fn each_name(&self, call: &mut dyn FnMut(&Arc<str>, Option<&Arc<str>>, Place)) {
        match self {
            Self::Text(_) => {}
            Self::Expression(expression) => expression.each_name(call),
            Self::Parts(parts) => {
                for part in parts.iter() {
                    if let Part::Expression(expression) = part {
                        expression.each_name(call);
                    }
                }
            }
        }
    }
}

/// The depth of expressions is bounded where they are parsed.
fn walk(node: &Node, call: &mut dyn FnMut(&Arc<str>, Option<&Arc<str>>, &Node)) {
    match &node.kind {
        Kind::Literal(_) | Kind::Loop(_) => {}
        Kind::Name(name) => call(name, None, node),
        Kind::Member(of, member) => match &of.kind {
            Kind::Name(name) => call(name, Some(member), of),
            _ => walk(of, call),
        },
        Kind::Negate(of) | Kind::Not(of) => walk(of, call),
        Kind::Index(a, b) | Kind::And(a, b) | Kind::Or(a, b) | Kind::Arithmetic(_, a, b) | Kind::Join(a, b) => {
            walk(a, call);
            walk(b, call);
        }
        Kind::Slice(of, from, until) => {
            walk(of, call);
            from.iter().chain(until).for_each(|bound| walk(bound, call));
        }
        Kind::List(items) => items.iter().for_each(|item| walk(item, call)),
        Kind::Compare(first, rest) => {
            walk(first, call);
            for (_, other) in rest {
                walk(other, call);
            }
        }
        Kind::Conditional(value, condition, otherwise) => {
            walk(value, call);
            walk(condition, call);
            if let Some(otherwise) = otherwise {
                walk(otherwise, call);
            }
        }
        Kind::Filter(filter, of, arguments) => {
            if *filter != Filter::Default {
                walk(of, call);
            }
            arguments.placed.iter().chain(arguments.named.iter().map(|(_, value)| value)).for_each(|value| walk(value, call));
        }
        Kind::Test(test, _, of, arguments) => {
            if !matches!(test, Test::Defined | Test::Undefined | Test::Empty) {
                walk(of, call);
            }
            for argument in arguments {
                walk(argument, call);
            }
        }
    }
}
