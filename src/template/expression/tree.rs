//! The tree of a compiled expression.

use std::sync::Arc;

use super::filters::Filter;
use super::predicates::Test;
use crate::json::Value;
use crate::template::source::Position;

/// A node with where it was written and how deep the tree below it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub kind: Kind,
    pub position: Position,
    pub depth: u16,
}

impl Node {
    pub fn literal(value: Value) -> Self {
        Self { kind: Kind::Literal(value), position: Position::default(), depth: 1 }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Literal(Value),
    Name(Arc<str>),
    /// A field of the innermost loop: `loop.index`.
    Loop(LoopField),
    Member(Box<Node>, Arc<str>),
    Index(Box<Node>, Box<Node>),
    Slice(Box<Node>, Option<Box<Node>>, Option<Box<Node>>),
    List(Vec<Node>),
    Negate(Box<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Join(Box<Node>, Box<Node>),
    /// `a < b <= c`: each pair must hold.
    Compare(Box<Node>, Vec<(Comparison, Node)>),
    /// The value where the condition holds, the condition, the value where it does not.
    Conditional(Box<Node>, Box<Node>, Option<Box<Node>>),
    Filter(Filter, Box<Node>, Arguments),
    Test(Test, bool, Box<Node>, Vec<Node>),
}

/// The arguments of a filter: by place, then by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Arguments {
    pub placed: Vec<Node>,
    pub named: Vec<(Arc<str>, Node)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Remainder,
    Power,
}

impl Arithmetic {
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::Remainder => "%",
            Self::Power => "**",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoopField {
    Index,
    Index0,
    ReverseIndex,
    ReverseIndex0,
    First,
    Last,
    Length,
}

impl LoopField {
    pub const NAMES: [(&'static str, Self); 7] = [
        ("index", Self::Index),
        ("index0", Self::Index0),
        ("revindex", Self::ReverseIndex),
        ("revindex0", Self::ReverseIndex0),
        ("first", Self::First),
        ("last", Self::Last),
        ("length", Self::Length),
    ];

    /// What it says.
    #[cfg(feature = "cli")]
    pub fn about(self) -> &'static str {
        match self {
            Self::Index => "The place of the item, from 1.",
            Self::Index0 => "The place of the item, from 0.",
            Self::ReverseIndex => "How many items are left with this one: 1 at the last.",
            Self::ReverseIndex0 => "How many items come after it: 0 at the last.",
            Self::First => "True at the first item.",
            Self::Last => "True at the last item.",
            Self::Length => "How many items there are.",
        }
    }
}
