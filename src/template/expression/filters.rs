//! `x | filter(argument, name=argument)`.

mod colors;
mod compact;
mod lists;
mod moments;
mod numeric;
mod plural;
mod textual;

use std::sync::Arc;

use super::evaluate::{Evaluator, weight};
use super::tree::{Arguments, Node};
use crate::grapheme;
use crate::json::Value;
use crate::template::source::Position;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Thousands,
    Compact,
    Score,
    Plural,
    Duration,
    Ordinal,
    Upper,
    Lower,
    Length,
    Default,
    Round,
    Truncate,
    Replace,
    Join,
    First,
    Last,
    Trim,
    Absolute,
    Integer,
    Float,
    Text,
    Items,
    Reverse,
    Pad,
    Ceiling,
    Floor,
    Percent,
    Date,
    Ago,
    Sort,
    Select,
    Reject,
    SelectAttribute,
    RejectAttribute,
    Map,
    Alpha,
    Mix,
    Json,
}

/// The filter of each name, with the names of its arguments in order and how many of them it must have.
const FILTERS: [(&str, Filter, &[&str], usize); 43] = [
    ("thousands", Filter::Thousands, &["separator"], 0),
    ("compact", Filter::Compact, &["locale", "digits"], 0),
    ("score", Filter::Score, &["short"], 0),
    ("plural", Filter::Plural, &["count"], 1),
    ("duration", Filter::Duration, &["digits", "unit"], 0),
    ("ordinal", Filter::Ordinal, &["locale"], 0),
    ("upper", Filter::Upper, &[], 0),
    ("lower", Filter::Lower, &[], 0),
    ("length", Filter::Length, &[], 0),
    ("count", Filter::Length, &[], 0),
    ("default", Filter::Default, &["default_value", "boolean"], 1),
    ("d", Filter::Default, &["default_value", "boolean"], 1),
    ("round", Filter::Round, &["precision", "method"], 0),
    ("truncate", Filter::Truncate, &["length", "end"], 1),
    ("replace", Filter::Replace, &["old", "new", "count"], 2),
    ("join", Filter::Join, &["d", "attribute"], 0),
    ("first", Filter::First, &[], 0),
    ("last", Filter::Last, &[], 0),
    ("trim", Filter::Trim, &[], 0),
    ("abs", Filter::Absolute, &[], 0),
    ("int", Filter::Integer, &["default"], 0),
    ("float", Filter::Float, &["default"], 0),
    ("number", Filter::Float, &["default"], 0),
    ("string", Filter::Text, &[], 0),
    ("text", Filter::Text, &[], 0),
    ("items", Filter::Items, &[], 0),
    ("reverse", Filter::Reverse, &[], 0),
    ("pad", Filter::Pad, &["length", "with"], 1),
    ("ceil", Filter::Ceiling, &[], 0),
    ("floor", Filter::Floor, &[], 0),
    ("percent", Filter::Percent, &["precision"], 0),
    ("date", Filter::Date, &["form", "zone"], 0),
    ("ago", Filter::Ago, &["now", "locale"], 0),
    ("sort", Filter::Sort, &["by", "reverse"], 0),
    ("select", Filter::Select, &["test", "value"], 0),
    ("filter", Filter::Select, &["test", "value"], 0),
    ("reject", Filter::Reject, &["test", "value"], 0),
    ("selectattr", Filter::SelectAttribute, &["attribute", "test", "value"], 1),
    ("rejectattr", Filter::RejectAttribute, &["attribute", "test", "value"], 1),
    ("map", Filter::Map, &["attribute"], 1),
    ("alpha", Filter::Alpha, &["opacity"], 1),
    ("mix", Filter::Mix, &["with", "part"], 1),
    ("json", Filter::Json, &[], 0),
];

impl Filter {
    pub const NAMES: [&'static str; FILTERS.len()] = {
        let mut names = [""; FILTERS.len()];
        let mut index = 0;
        while index < FILTERS.len() {
            names[index] = FILTERS[index].0;
            index += 1;
        }
        names
    };

    pub fn from_name(name: &str) -> Option<Self> {
        FILTERS.iter().find(|(known, ..)| *known == name).map(|&(_, filter, ..)| filter)
    }

    fn signature(self) -> (&'static str, &'static [&'static str], usize) {
        let found = FILTERS.iter().find(|(_, filter, ..)| *filter == self);
        found.map_or(("", &[], 0), |&(name, _, parameters, required)| (name, parameters, required))
    }

    /// Every filter's name, with the names of its arguments and how many of them it must have.
    #[cfg(feature = "cli")]
    pub fn all() -> impl Iterator<Item = (&'static str, Self, &'static [&'static str], usize)> {
        FILTERS.iter().copied()
    }

    /// What it does, an expression that shows it, and what comes of that.
    #[cfg(feature = "cli")]
    pub fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Thousands => ("A number with its digits in groups of three.", "12345 | thousands", "12,345"),
            Self::Compact => (
                "A number made short, in the units of the locale: 1.2K, 1.2万.",
                "12345 | compact('zh-CN') ~ ', ' ~ (12345 | compact('en'))",
                "1.2万, 12K",
            ),
            Self::Score => (
                "A score as `scoreAs` says (a number, a time), in the locale's signs; with `true` in short. A word stays as it is.",
                "1234567 | score ~ ', ' ~ (1234567 | score(true))",
                "1,234,567, 1.23M",
            ),
            Self::Plural => (
                "The form of a text that a count asks for in the locale's language, with {count} in its place.",
                "strings.players | plural(2)",
                "2 players",
            ),
            Self::Duration => (
                "A time from milliseconds (or seconds: unit='s'), with 0 to 3 digits behind the seconds.",
                "62345 | duration(1)",
                "1:02.3",
            ),
            Self::Ordinal => ("A rank as the locale says it.", "2 | ordinal", "2nd"),
            Self::Upper => ("A text in capitals.", "'Ann' | upper", "ANN"),
            Self::Lower => ("A text in small letters.", "'Ann' | lower", "ann"),
            Self::Length => ("How many letters a text has, or items a list.", "'小雨🌧️' | length", "3"),
            Self::Default => (
                "Another value where there is none; with true as its second argument also where it is empty or 0.",
                "self.kv.level | default(1)",
                "1",
            ),
            Self::Round => {
                ("A number rounded to so many digits; method is 'common', 'floor' or 'ceil'.", "3.14159 | round(2)", "3.14")
            }
            Self::Truncate => (
                "A text cut to so many letters as people see them, with an end that counts.",
                "'Bartholomew' | truncate(5)",
                "Bart…",
            ),
            Self::Replace => {
                ("A text with one text in it replaced by another.", "'{count} players' | replace('{count}', 7)", "7 players")
            }
            Self::Join => {
                ("The items of a list as one text; attribute takes a member of each.", "['a', 'b'] | join(', ')", "a, b")
            }
            Self::First => ("The first item of a list, or letter of a text.", "'李明' | first", "李"),
            Self::Last => ("The last item of a list.", "[1, 2, 3] | last", "3"),
            Self::Trim => ("A text without the white space around it.", "'  Ann ' | trim", "Ann"),
            Self::Absolute => ("A number without its sign.", "-7 | abs", "7"),
            Self::Integer => ("A whole number; the argument (0) where it is none.", "'12.9' | int", "12"),
            Self::Float => ("A number; the argument (0) where it is none.", "'x' | float(-1)", "-1"),
            Self::Text => ("Any value as text.", "(12 | string) ~ 'th'", "12th"),
            Self::Items => ("A map as a list of its names and values, for a loop over both.", "(size | items)[0][0]", "height"),
            Self::Reverse => ("A list turned round.", "[1, 2, 3] | reverse | first", "3"),
            Self::Pad => {
                ("A number or text made as long as an argument says, with 0 or another text before it.", "7 | pad(3)", "007")
            }
            Self::Ceiling => ("The next whole number up.", "1.2 | ceil", "2"),
            Self::Floor => ("The next whole number down.", "1.8 | floor", "1"),
            Self::Percent => ("A part of 1 in percent.", "0.125 | percent", "13%"),
            Self::Date => (
                "A time as a date: YYYY, MM, DD, HH, mm, ss (or %Y, %m …) in the form stand for its parts; the zone is \
                 that of the options.",
                "1764547200 | date('YYYY/M/D HH:mm')",
                "2025/12/1 00:00",
            ),
            Self::Ago => (
                "How long ago a time was, in words of the locale; from `now`, which --date or the game's clock says.",
                "100 | ago(now=400)",
                "5 minutes ago",
            ),
            Self::Sort => ("A list in order, by a member where one is named.", "[3, 1, 2] | sort | join(' ')", "1 2 3"),
            Self::Select => (
                "The items for which a test or comparison holds; without one, those that are true.",
                "[1, 2, 3] | select('odd') | join(' ')",
                "1 3",
            ),
            Self::Reject => ("The items for which a test does not hold.", "[1, 2, 3] | reject('odd') | join(' ')", "2"),
            Self::SelectAttribute => (
                "The items with a member for which a test holds.",
                "friends | selectattr('isSelf') | map('nickname') | join",
                "B",
            ),
            Self::RejectAttribute => (
                "The items with a member for which a test does not hold.",
                "friends | rejectattr('isSelf') | map('nickname') | join",
                "A",
            ),
            Self::Map => ("A member of each item.", "friends | map('nickname') | join(', ')", "A, B"),
            Self::Alpha => ("A colour with so much opacity, 0 to 1 or in percent.", "theme.accent | alpha(0.5)", "#4f46e580"),
            Self::Mix => {
                ("A colour mixed with another; part (0.5) is how much of the other.", "'white' | mix('black')", "#808080")
            }
            Self::Json => ("Any value as JSON.", "[1, 'a'] | json", "[1,\"a\"]"),
        }
    }

    /// Says what is wrong with the arguments' number and names.
    pub(super) fn check(self, arguments: &Arguments) -> Result<(), String> {
        let (name, parameters, required) = self.signature();
        let given = arguments.placed.len() + arguments.named.len();
        if given > parameters.len() || given < required {
            let expected =
                if required == parameters.len() { required.to_string() } else { format!("{required} to {}", parameters.len()) };
            return Err(format!("expected {expected} arguments of '{name}', found {given}"));
        }
        match arguments.named.iter().find(|(argument, _)| !parameters.contains(&&**argument)) {
            Some((argument, _)) => Err(format!("'{name}' has no argument '{argument}'; it has {}", parameters.join(", "))),
            None => Ok(()),
        }
    }

    /// An argument by its name, wherever it was given.
    fn argument<'a>(self, arguments: &'a Arguments, name: &str) -> Option<&'a Node> {
        let (_, parameters, _) = self.signature();
        let place = parameters.iter().position(|&parameter| parameter == name)?;
        let named = || arguments.named.iter().find(|(known, _)| &**known == name).map(|(_, node)| node);
        arguments.placed.get(place).or_else(named)
    }
}

/// A filter at work: its value and its arguments.
struct Call<'a, 'b, 'c> {
    evaluator: &'a mut Evaluator<'b, 'c>,
    position: Position,
    filter: Filter,
    arguments: &'a Arguments,
}

impl Call<'_, '_, '_> {
    /// An argument's value; `None` where it was not given or is nothing.
    fn argument(&mut self, name: &str) -> Option<Value> {
        let node = self.filter.argument(self.arguments, name)?;
        Some(self.evaluator.value(node)).filter(|value| *value != Value::Null)
    }

    /// An argument that is a whole number.
    fn whole_number(&mut self, name: &str) -> Option<i128> {
        let value = self.argument(name)?;
        let integer = match &value {
            Value::Number(number) => number.as_integer(),
            _ => None,
        };
        if integer.is_none() {
            let expected = format!("a whole number as '{name}' of '{}'", self.filter.signature().0);
            self.evaluator.mismatch(self.position, &expected, &value, "");
        }
        integer
    }

    /// An argument as text.
    fn text_argument(&mut self, name: &str) -> Option<Arc<str>> {
        self.argument(name).map(|value| value.to_text())
    }

    /// The locale: the argument, else the data's `locale`.
    fn locale(&mut self) -> Arc<str> {
        let given = self.text_argument("locale");
        given.or_else(|| self.evaluator.scope.get("locale").map(Value::to_text)).unwrap_or_else(|| Arc::from("en"))
    }

    fn mismatch(&mut self, expected: &str, found: &Value) -> Value {
        let expected = format!("{expected} before '| {}'", self.filter.signature().0);
        self.evaluator.mismatch(self.position, &expected, found, "")
    }

    fn text(&mut self, text: String) -> Value {
        self.evaluator.text(self.position, text)
    }
}

/// A filter's value. Each kind of filter is a function of its own, as the smallest builds would else make one of all with the
/// evaluator: a module compiles a function whole when it is first called.
#[inline(never)]
pub(super) fn evaluate(
    evaluator: &mut Evaluator<'_, '_>,
    position: Position,
    filter: Filter,
    of: &Node,
    arguments: &Arguments,
) -> Value {
    let value = if filter == Filter::Default { evaluator.optional(of) } else { evaluator.value(of) };
    evaluator.scope.spend(weight(&value) * 8);
    let mut call = Call { evaluator, position, filter, arguments };
    if value == Value::Null
        && !matches!(filter, Filter::Default | Filter::Length | Filter::Text | Filter::Integer | Filter::Float | Filter::Json)
    {
        // That it is nothing was said where it became so.
        return Value::Null;
    }
    match filter {
        Filter::Default => {
            let empty_too = call.argument("boolean").is_some_and(|value| value.is_true());
            let missing = if empty_too { !value.is_true() } else { value == Value::Null };
            if missing { call.argument("default_value").unwrap_or_default() } else { value }
        }
        Filter::Length => match &value {
            Value::Null => Value::from(0),
            Value::Text(text) => Value::from(grapheme::count(text)),
            Value::List(items) => Value::from(items.len()),
            Value::Map(map) => Value::from(map.len()),
            found => call.mismatch("a text, a list or a map", found),
        },
        Filter::Plural => plural::evaluate(&mut call, &value),
        Filter::Thousands
        | Filter::Compact
        | Filter::Score
        | Filter::Duration
        | Filter::Ordinal
        | Filter::Round
        | Filter::Ceiling
        | Filter::Floor
        | Filter::Percent
        | Filter::Absolute => numeric::evaluate(&mut call, &value),
        Filter::Integer | Filter::Float => numeric::convert(&mut call, &value),
        Filter::Upper
        | Filter::Lower
        | Filter::Truncate
        | Filter::Replace
        | Filter::Trim
        | Filter::Pad
        | Filter::Json
        | Filter::Text => textual::evaluate(&mut call, &value),
        Filter::Join
        | Filter::First
        | Filter::Last
        | Filter::Items
        | Filter::Reverse
        | Filter::Sort
        | Filter::Select
        | Filter::Reject
        | Filter::SelectAttribute
        | Filter::RejectAttribute
        | Filter::Map => lists::evaluate(&mut call, &value),
        Filter::Date | Filter::Ago => moments::evaluate(&mut call, &value),
        Filter::Alpha | Filter::Mix => colors::evaluate(&mut call, &value),
    }
}
