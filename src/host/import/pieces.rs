//! What a template puts together: texts, values of its data, conditions and loops.

use super::js::tree::Offset;

/// A value that a template shows or asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it is written.
    Number(String),
    Text(String),
    Bool(bool),
    Nothing,
    /// All that the template was given: `it`.
    Data,
    /// What a loop is at.
    Item(u32),
    /// Its place, from 0.
    Index(u32),
    Member(Box<Value>, String),
    At(Box<Value>, Box<Value>),
    /// From an item up to another.
    Slice(Box<Value>, Box<Value>, Option<Box<Value>>),
    Not(Box<Value>),
    Negate(Box<Value>),
    /// Our operators: `==`, `and`, `~`, …
    Binary(&'static str, Box<Value>, Box<Value>),
    /// Condition, what it is where that holds, what it is where it does not.
    Conditional(Box<Value>, Box<Value>, Box<Value>),
    /// One of our filters with its arguments.
    Filter(&'static str, Box<Value>, Vec<Value>),
    /// What no expression of ours says: as it was written, and why.
    Lost(String, Offset),
}

impl Value {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn member(self, name: &str) -> Self {
        match (self, name) {
            (lost @ Self::Lost(..), _) => lost,
            (of, "length") => of.filter("length", Vec::new()),
            (of, name) => Self::Member(Box::new(of), name.to_owned()),
        }
    }

    pub fn filter(self, name: &'static str, arguments: Vec<Self>) -> Self {
        match self {
            lost @ Self::Lost(..) => lost,
            of => Self::Filter(name, Box::new(of), arguments),
        }
    }

    pub fn binary(operator: &'static str, a: Self, b: Self) -> Self {
        Self::Binary(operator, Box::new(a), Box::new(b))
    }

    pub fn conditional(condition: Self, then: Self, otherwise: Self) -> Self {
        Self::Conditional(Box::new(condition), Box::new(then), Box::new(otherwise))
    }

    /// The opposite of a condition.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            Self::Bool(value) => Self::Bool(!value),
            Self::Binary("==", a, b) => Self::Binary("!=", a, b),
            Self::Binary("!=", a, b) => Self::Binary("==", a, b),
            other => Self::Not(Box::new(other)),
        }
    }

    /// True where exactly one of both holds always: `a` and `not a`, `n % 2 == 0` and `n % 2 == 1`.
    pub fn is_opposite(&self, other: &Self) -> bool {
        if self.clone().negated() == *other {
            return true;
        }
        let halves = |value: &Self| match value {
            Self::Binary("==", left, right) => match (&**left, &**right) {
                (Self::Binary("%", _, by), Self::Number(rest)) if **by == Self::Number("2".to_owned()) => {
                    Some((left.clone(), rest.clone()))
                }
                _ => None,
            },
            _ => None,
        };
        match (halves(self), halves(other)) {
            (Some((left, rest)), Some((same, other))) => left == same && rest != other,
            _ => false,
        }
    }

    /// What it is made of, one level down.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Member(a, _) | Self::Not(a) | Self::Negate(a) => vec![a],
            Self::At(a, b) | Self::Binary(_, a, b) => vec![a, b],
            Self::Slice(a, b, c) => [&**a, &**b].into_iter().chain(c.as_deref()).collect(),
            Self::Conditional(a, b, c) => vec![a, b, c],
            Self::Filter(_, a, list) => std::iter::once(&**a).chain(list).collect(),
            _ => Vec::new(),
        }
    }

    /// Each value in it, itself first.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        for part in self.parts() {
            part.visit(see);
        }
    }
}

/// A part of what a template gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Markup as it is written, and where it begins.
    Text(String, Offset),
    /// A value in it.
    Value(Value, Offset),
    /// The first branch whose condition holds, else what stands behind them.
    Choice(Vec<(Value, Vec<Piece>)>, Vec<Piece>),
    /// A part for each item.
    Loop(Loop),
}

/// A loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    pub list: Value,
    pub id: u32,
    /// What the template calls an item.
    pub item: String,
    pub body: Vec<Piece>,
    pub offset: Offset,
}
