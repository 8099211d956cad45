//! Values in the spelling of a board's expressions.

use super::js::tree::Offset;
use super::names::{Names, friend_member};
use super::pieces::Value;

/// What can't be said, and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsaid {
    pub offset: Offset,
    pub what: String,
    pub hint: &'static str,
}

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Tightness {
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Join,
    Product,
    Power,
    Sign,
    Whole,
}

/// Writes values.
pub struct Writer<'a> {
    pub names: &'a Names,
    /// The loops around the place, the outermost first.
    pub loops: Vec<u32>,
}

type Written = Result<(String, Tightness), Unsaid>;

impl Writer<'_> {
    /// A value as an expression.
    pub fn write(&self, value: &Value, near: Offset) -> Result<String, Unsaid> {
        self.any(value)
            .map(|(text, _)| text)
            .map_err(|unsaid| if unsaid.offset.0 == 0 { Unsaid { offset: near, ..unsaid } } else { unsaid })
    }

    fn within(&self, value: &Value, least: Tightness) -> Result<String, Unsaid> {
        let (text, tightness) = self.any(value)?;
        Ok(if tightness < least { format!("({text})") } else { text })
    }

    fn any(&self, value: &Value) -> Written {
        let whole = |text: String| Ok((text, Tightness::Whole));
        match value {
            Value::Number(text) => number(text),
            Value::Text(text) => whole(quoted(text)),
            Value::Bool(value) => whole(value.to_string()),
            Value::Nothing => whole("none".to_owned()),
            Value::Data => Err(unsaid("it", "a board has its data by name: friends, self, and variables")),
            Value::Item(id) => whole(self.names.loops.get(id).map_or_else(|| "item".to_owned(), |(name, _)| name.clone())),
            Value::Index(id) => whole(self.index(*id)),
            Value::Member(of, name) => self.member(of, name),
            Value::At(of, at) => {
                let (of, at) = (self.within(of, Tightness::Whole)?, self.any(at)?.0);
                whole(format!("{of}[{at}]"))
            }
            Value::Slice(of, start, end) => {
                let of = self.within(of, Tightness::Whole)?;
                let start = if **start == Value::Number("0".to_owned()) { String::new() } else { self.any(start)?.0 };
                let end = end.as_ref().map(|end| self.any(end)).transpose()?.map(|(end, _)| end).unwrap_or_default();
                whole(format!("{of}[{start}:{end}]"))
            }
            Value::Not(of) => Ok((format!("not {}", self.within(of, Tightness::Not)?), Tightness::Not)),
            Value::Negate(of) => Ok((format!("-{}", self.within(of, Tightness::Whole)?), Tightness::Sign)),
            Value::Binary(operator, a, b) => self.binary(operator, a, b),
            Value::Conditional(condition, a, b) => {
                let condition = self.within(condition, Tightness::Or)?;
                let (a, b) = (self.within(a, Tightness::Or)?, self.any(b)?.0);
                Ok((format!("{a} if {condition} else {b}"), Tightness::Conditional))
            }
            Value::Filter(name, of, arguments) => {
                let of = self.within(of, Tightness::Whole)?;
                let list = arguments.iter().map(|argument| Ok(self.any(argument)?.0)).collect::<Result<Vec<_>, Unsaid>>()?;
                let list = if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) };
                // A filter is no operand by itself: `a | b + 1` is read as people don't mean it.
                whole(format!("({of} | {name}{list})"))
            }
            Value::Lost(what, offset) => Err(Unsaid {
                offset: *offset,
                what: what.clone(),
                hint: "put it into the data (a member of each friend's kv, or a variable), or write it as an expression",
            }),
        }
    }

    /// The place of a loop's item, from 0.
    fn index(&self, id: u32) -> String {
        if self.loops.last() == Some(&id) {
            return "loop.index0".to_owned();
        }
        let name = self.names.loops.get(&id).map_or("item", |(name, _)| name);
        format!("{name}_place")
    }

    fn member(&self, of: &Value, name: &str) -> Written {
        let whole = |text: String| Ok((text, Tightness::Whole));
        let names = self.names;
        if *of == Value::Data {
            let is = |known: &Option<(Value, String)>| known.as_ref().is_some_and(|(_, known)| known == name);
            if is(&names.friends) {
                return whole("friends".to_owned());
            }
            if is(&names.own) {
                return whole("self".to_owned());
            }
            if names.own_place.as_deref() == Some(name) {
                return whole("self.rank".to_owned());
            }
            return whole(plain(name)?);
        }
        if self.is_friend(of) {
            let of = self.within(of, Tightness::Whole)?;
            if let Some(own) = friend_member(name) {
                return whole(format!("{of}.{own}"));
            }
            if names.score.as_deref() == Some(name) {
                return whole(format!("{of}.score"));
            }
            return whole(format!("{of}.kv.{}", plain(name)?));
        }
        if name == "value"
            && let Value::At(pairs, _) = of
            && matches!(&**pairs, Value::Member(friend, list) if list == "KVDataList" && self.is_friend(friend))
        {
            let Value::Member(friend, _) = &**pairs else { return Err(unsaid(name, "")) };
            return whole(format!("{}.score", self.within(friend, Tightness::Whole)?));
        }
        let of = self.within(of, Tightness::Whole)?;
        whole(format!("{of}.{}", plain(name)?))
    }

    /// True for a friend, or the player.
    fn is_friend(&self, value: &Value) -> bool {
        match value {
            Value::Item(id) => self.names.loops.get(id).is_some_and(|(_, is_friend)| *is_friend),
            Value::At(list, _) => self.names.friends.as_ref().is_some_and(|(friends, _)| **list == *friends),
            other => self.names.own.as_ref().is_some_and(|(own, _)| own == other),
        }
    }

    fn binary(&self, operator: &'static str, a: &Value, b: &Value) -> Written {
        // The place from 1 has a name of its own.
        let one = Value::Number("1".to_owned());
        if let ("+", Value::Index(id)) = (operator, a)
            && *b == one
            && self.loops.last() == Some(id)
        {
            return Ok(("loop.index".to_owned(), Tightness::Whole));
        }
        let level = match operator {
            "or" => Tightness::Or,
            "and" => Tightness::And,
            "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" => Tightness::Comparison,
            "+" | "-" => Tightness::Sum,
            "~" => Tightness::Join,
            "**" => Tightness::Power,
            _ => Tightness::Product,
        };
        let tighter = match level {
            Tightness::Or => Tightness::And,
            Tightness::And => Tightness::Not,
            Tightness::Comparison => Tightness::Sum,
            Tightness::Sum => Tightness::Join,
            Tightness::Join => Tightness::Product,
            Tightness::Product => Tightness::Power,
            _ => Tightness::Sign,
        };
        let left = self.within(a, if level == Tightness::Comparison { tighter } else { level })?;
        let right = self.within(b, tighter)?;
        Ok((format!("{left} {operator} {right}"), level))
    }
}

/// A number, where it is written with digits.
fn number(number: &str) -> Written {
    let tightness = if number.starts_with('-') { Tightness::Sign } else { Tightness::Whole };
    let plain: Option<f64> = number.parse().ok();
    match plain {
        Some(_) => Ok((number.trim_end_matches('.').to_owned(), tightness)),
        None => Err(unsaid(number, "write the number with digits alone")),
    }
}

fn unsaid(what: &str, hint: &'static str) -> Unsaid {
    Unsaid { offset: Offset(0), what: what.to_owned(), hint }
}

/// A name that an expression can have.
fn plain(name: &str) -> Result<String, Unsaid> {
    let is_plain = name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$'))
        && name.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'));
    if is_plain { Ok(name.to_owned()) } else { Err(unsaid(name, "give it a name of letters and digits in the data")) }
}

/// A text as an expression has it.
fn quoted(text: &str) -> String {
    let mut said = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' => said.extend(['\\', character]),
            '\n' => said.push_str("\\n"),
            '\t' => said.push_str("\\t"),
            other => said.push(other),
        }
    }
    said.push('\'');
    said
}
