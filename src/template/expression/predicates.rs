//! `x is defined` and the other tests.

use super::evaluate::Evaluator;
use super::tree::Node;
use crate::json::Value;
use crate::number::Number;
use crate::template::source::Position;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Defined,
    Undefined,
    Empty,
    Number,
    Text,
    List,
    Map,
    Boolean,
    Even,
    Odd,
    DivisibleBy,
}

const TESTS: [(&str, Test); 14] = [
    ("defined", Test::Defined),
    ("undefined", Test::Undefined),
    ("none", Test::Undefined),
    ("empty", Test::Empty),
    ("number", Test::Number),
    ("string", Test::Text),
    ("text", Test::Text),
    ("sequence", Test::List),
    ("list", Test::List),
    ("mapping", Test::Map),
    ("boolean", Test::Boolean),
    ("even", Test::Even),
    ("odd", Test::Odd),
    ("divisibleby", Test::DivisibleBy),
];

impl Test {
    pub const NAMES: [&'static str; TESTS.len()] = {
        let mut names = [""; TESTS.len()];
        let mut index = 0;
        while index < TESTS.len() {
            names[index] = TESTS[index].0;
            index += 1;
        }
        names
    };

    pub fn from_name(name: &str) -> Option<Self> {
        TESTS.iter().find(|(known, _)| *known == name).map(|&(_, test)| test)
    }

    /// Every test's name.
    #[cfg(feature = "cli")]
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        TESTS.iter().copied()
    }

    /// When it holds, an expression that shows it, and what comes of that.
    #[cfg(feature = "cli")]
    pub fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Defined => ("There is such a value.", "self.kv.level is defined", "false"),
            Self::Undefined => ("There is no such value.", "group is none", "true"),
            Self::Empty => ("There is no such value, or it is an empty text, list or map.", "'' is empty", "true"),
            Self::Number => ("It is a number.", "count is number", "true"),
            Self::Text => ("It is a text.", "'1' is string", "true"),
            Self::List => ("It is a list.", "friends is list", "true"),
            Self::Map => ("It is a map of names and values.", "theme is mapping", "true"),
            Self::Boolean => ("It is true or false.", "dark is boolean", "true"),
            Self::Even => ("It is an even number.", "4 is even", "true"),
            Self::Odd => ("It is an odd number: rows in two colours by loop.index.", "4 is odd", "false"),
            Self::DivisibleBy => ("It is a multiple of the argument.", "9 is divisibleby(3)", "true"),
        }
    }

    /// How many arguments it takes.
    pub fn arguments(self) -> usize {
        usize::from(self == Self::DivisibleBy)
    }
}

#[inline(never)]
pub(super) fn evaluate(
    evaluator: &mut Evaluator<'_, '_>,
    position: Position,
    test: Test,
    of: &Node,
    arguments: &[Node],
) -> bool {
    let value = match test {
        Test::Defined | Test::Undefined | Test::Empty => evaluator.optional(of),
        _ => evaluator.value(of),
    };
    let other = arguments.first().map_or_else(|| Value::from(2), |argument| evaluator.value(argument));
    holds(evaluator, position, test, &value, &other)
}

/// True where a test holds for a value; `other` is its argument, 2 where it has none.
pub(super) fn holds(evaluator: &mut Evaluator<'_, '_>, position: Position, test: Test, value: &Value, other: &Value) -> bool {
    let two = Value::from(2);
    let divisor = if *other == Value::Null || test != Test::DivisibleBy { &two } else { other };
    match test {
        Test::Defined => *value != Value::Null,
        Test::Undefined => *value == Value::Null,
        Test::Empty => match value {
            Value::Number(_) | Value::Bool(_) => false,
            value => !value.is_true(),
        },
        Test::Number => matches!(value, Value::Number(_)),
        Test::Text => matches!(value, Value::Text(_)),
        Test::List => matches!(value, Value::List(_)),
        Test::Map => matches!(value, Value::Map(_)),
        Test::Boolean => matches!(value, Value::Bool(_)),
        Test::Even | Test::Odd | Test::DivisibleBy => {
            let integer = |value: &Value| match value {
                Value::Number(number) => Number::as_integer(number),
                _ => None,
            };
            match (integer(value), integer(divisor)) {
                (Some(value), Some(divisor)) if divisor != 0 => {
                    (value.checked_rem(divisor).unwrap_or(0) == 0) != (test == Test::Odd)
                }
                (None, _) if *value == Value::Null => false,
                (None, _) => {
                    evaluator.mismatch(position, "a whole number", value, "");
                    false
                }
                _ => {
                    evaluator.mismatch(position, "a whole number other than 0", divisor, "");
                    false
                }
            }
        }
    }
}
