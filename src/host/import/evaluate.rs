//! What the expressions of a template's script come to, without data.

use std::rc::Rc;

use super::js::tree::{Expression, Kind, Offset};
use super::pieces::{Piece, Value};
use super::program::{Outcome, Program, choices};

impl Program {
    /// An expression as a value; a text that is put together becomes one that is joined.
    pub(super) fn value(&mut self, expression: &Expression) -> Value {
        let outcome = self.evaluate(expression);
        value_of(outcome, expression.offset)
    }

    /// An expression of which only whether it holds is asked.
    pub(super) fn condition(&mut self, expression: &Expression) -> Value {
        match &expression.kind {
            Kind::Binary(operator @ ("&&" | "||"), a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                match (*operator, a, b) {
                    ("&&", Value::Bool(true), other)
                    | ("&&", other, Value::Bool(true))
                    | ("||", Value::Bool(false), other)
                    | ("||", other, Value::Bool(false)) => other,
                    ("&&", Value::Bool(false), _) | ("&&", _, Value::Bool(false)) => Value::Bool(false),
                    ("||", Value::Bool(true), _) | ("||", _, Value::Bool(true)) => Value::Bool(true),
                    ("&&", a, b) => Value::binary("and", a, b),
                    (_, a, b) => Value::binary("or", a, b),
                }
            }
            Kind::Unary("!", of) => self.condition(of).negated(),
            _ => match self.value(expression) {
                Value::Nothing => Value::Bool(false),
                // `Array.isArray(list)` and such: nothing that data says is asked.
                Value::Text(text) => Value::Bool(!text.is_empty()),
                other => other,
            },
        }
    }

    /// True where `+` joins texts: something in it is one.
    fn is_text(&self, expression: &Expression) -> bool {
        match &expression.kind {
            Kind::Text(_) | Kind::Template(..) => true,
            Kind::Binary("&&", _, b) => self.is_text(b),
            Kind::Binary("+" | "||" | "??", a, b) | Kind::Conditional(_, a, b) => self.is_text(a) || self.is_text(b),
            Kind::Name(name) => self.names.get(name).is_some_and(Outcome::is_text),
            Kind::Call(callee, _) => match &callee.kind {
                Kind::Name(name) => name == "String" || matches!(self.names.get(name), Some(Outcome::Function(_))),
                Kind::Member(_, method) => matches!(
                    &**method,
                    "join"
                        | "toString"
                        | "toFixed"
                        | "toUpperCase"
                        | "toLowerCase"
                        | "trim"
                        | "substring"
                        | "substr"
                        | "padStart"
                        | "replace"
                        | "charAt"
                        | "toLocaleString"
                        | "concat"
                ),
                _ => false,
            },
            _ => false,
        }
    }

    /// An expression as what it adds to a text.
    pub(super) fn pieces(&mut self, expression: &Expression) -> Vec<Piece> {
        let offset = expression.offset;
        match &expression.kind {
            Kind::Text(text) => vec![Piece::Text(text.clone(), Offset(offset.0 + 1))],
            Kind::Template(texts, values) => {
                let mut list = Vec::new();
                for (index, (text, at)) in texts.iter().enumerate() {
                    if !text.is_empty() {
                        list.push(Piece::Text(text.clone(), *at));
                    }
                    if let Some(value) = values.get(index) {
                        list.extend(self.pieces(value));
                    }
                }
                list
            }
            Kind::Binary("+", a, b) if self.is_text(expression) => {
                // `rank + 1 + ' points'`: what stands before the first text is a number.
                let mut list = if self.is_text(a) { self.pieces(a) } else { vec![Piece::Value(self.value(a), a.offset)] };
                list.extend(self.pieces(b));
                list
            }
            Kind::Conditional(condition, a, b) => {
                let condition = self.condition(condition);
                let (a, b) = (self.pieces(a), self.pieces(b));
                choices(condition, a, b)
            }
            Kind::Binary("&&", condition, then) if self.is_text(then) => {
                let condition = self.condition(condition);
                let then = self.pieces(then);
                choices(condition, then, Vec::new())
            }
            _ => {
                let outcome = self.evaluate(expression);
                self.pieces_of(outcome, offset)
            }
        }
    }

    pub(super) fn pieces_of(&mut self, outcome: Outcome, offset: Offset) -> Vec<Piece> {
        match outcome {
            Outcome::Pieces(list, _) => list,
            Outcome::Value(Value::Text(text)) => vec![Piece::Text(text, offset)],
            Outcome::Value(Value::Nothing) => Vec::new(),
            Outcome::Value(value) => vec![Piece::Value(value, offset)],
            Outcome::Function(_) | Outcome::Map(_) => {
                self.tell(offset, "a text was expected here", "return the markup as one text");
                Vec::new()
            }
        }
    }

    pub(super) fn evaluate(&mut self, expression: &Expression) -> Outcome {
        self.steps += 1;
        let offset = expression.offset;
        let lost = |what: &str| Outcome::Value(Value::Lost(what.to_owned(), offset));
        match &expression.kind {
            Kind::Number(number) => Outcome::Value(Value::Number(number.clone())),
            // Where it is markup, its place counts.
            Kind::Text(text) if text.contains(['<', '>']) => Outcome::Pieces(self.pieces(expression), false),
            Kind::Text(text) => Outcome::Value(Value::Text(text.clone())),
            Kind::Template(..) => Outcome::Pieces(self.pieces(expression), false),
            Kind::Bool(value) => Outcome::Value(Value::Bool(*value)),
            Kind::Nothing => Outcome::Value(Value::Nothing),
            Kind::Name(name) => self.names.get(name).cloned().unwrap_or_else(|| lost(name)),
            Kind::Member(of, name) => {
                let of = self.evaluate(of);
                of.member(name, offset)
            }
            Kind::Index(of, at) => {
                let of = self.evaluate(of);
                let at = self.value(at);
                self.at(of, at, offset)
            }
            Kind::Call(callee, arguments) => self.called(callee, arguments, offset),
            Kind::Unary("!", of) => Outcome::Value(self.condition(of).negated()),
            Kind::Unary("-", of) => Outcome::Value(match self.value(of) {
                Value::Number(number) => Value::Number(format!("-{number}")),
                other => Value::Negate(Box::new(other)),
            }),
            Kind::Unary("+", of) => Outcome::Value(self.value(of).filter("float", Vec::new())),
            Kind::Unary(operator, _) => lost(operator),
            Kind::Binary(operator, a, b) => self.binary(expression, operator, a, b),
            Kind::Conditional(condition, a, b) => {
                if self.is_text(a) || self.is_text(b) {
                    return Outcome::Pieces(self.pieces(expression), false);
                }
                let condition = self.condition(condition);
                let (a, b) = (self.evaluate(a), self.evaluate(b));
                self.either(condition, a, b)
            }
            Kind::Function(function) => Outcome::Function(Rc::clone(function)),
            Kind::Assign(..) => {
                self.effect(expression);
                match &expression.kind {
                    Kind::Assign(_, target, _) => self.evaluate(target),
                    _ => lost("an assignment"),
                }
            }
            Kind::List(items) => {
                let mut list = Vec::new();
                for item in items {
                    match &item.kind {
                        Kind::Spread(inner) => {
                            let inner = self.evaluate(inner);
                            list.extend(self.pieces_of(inner, item.offset));
                        }
                        _ => list.extend(self.pieces(item)),
                    }
                }
                Outcome::Pieces(list, false)
            }
            Kind::Map(members) => {
                let mut map = std::collections::BTreeMap::new();
                for (name, value) in members {
                    let value = self.evaluate(value);
                    match (&**name, value) {
                        ("...", Outcome::Map(more)) => map.extend(more),
                        ("...", _) => {}
                        (name, value) => drop(map.insert(name.to_owned(), value)),
                    }
                }
                Outcome::Map(map)
            }
            Kind::Spread(_) => lost("..."),
            Kind::Pattern(pattern) => lost(pattern),
        }
    }

    fn at(&mut self, of: Outcome, at: Value, offset: Offset) -> Outcome {
        match (of, at) {
            (of, Value::Text(name)) => of.member(&name, offset),
            (Outcome::Value(list), Value::Index(id)) if self.is_list_of(&list, id) => Outcome::Value(Value::Item(id)),
            (Outcome::Value(lost @ Value::Lost(..)), _) => Outcome::Value(lost),
            (Outcome::Value(list), at) => Outcome::Value(Value::At(Box::new(list), Box::new(at))),
            _ => Outcome::Value(Value::Lost("…[…]".to_owned(), offset)),
        }
    }

    /// True where a loop goes over a list, or its beginning.
    fn is_list_of(&self, list: &Value, id: u32) -> bool {
        match self.loops.get(id as usize) {
            Some(Value::Slice(whole, start, _)) if **start == Value::Number("0".to_owned()) => **whole == *list,
            Some(known) => known == list,
            None => false,
        }
    }

    fn binary(&mut self, expression: &Expression, operator: &'static str, a: &Expression, b: &Expression) -> Outcome {
        if operator == "+" && self.is_text(expression) {
            return Outcome::Pieces(self.pieces(expression), false);
        }
        let value = match operator {
            "&&" if self.is_text(b) => return Outcome::Pieces(self.pieces(expression), false),
            "&&" => {
                let condition = self.condition(a);
                let then = self.value(b);
                match condition {
                    Value::Bool(true) => then,
                    Value::Bool(false) => Value::Nothing,
                    condition => Value::binary("and", condition, then),
                }
            }
            "||" => match (self.value(a), self.value(b)) {
                (Value::Nothing, other) => other,
                (known, other) => known.filter("default", vec![other, Value::Bool(true)]),
            },
            "??" => match (self.value(a), self.value(b)) {
                (Value::Nothing, other) => other,
                (known, other) => known.filter("default", vec![other]),
            },
            _ => {
                let operator = match operator {
                    "===" | "==" => "==",
                    "!==" | "!=" => "!=",
                    "+" | "-" | "*" | "/" | "%" | "**" | "<" | "<=" | ">" | ">=" | "in" => operator,
                    _ => return Outcome::Value(Value::Lost(format!("… {operator} …"), expression.offset)),
                };
                let (a, b) = (self.value(a), self.value(b));
                folded(operator, &a, &b).unwrap_or_else(|| Value::binary(operator, a, b))
            }
        };
        Outcome::Value(value)
    }

    /// What an expression changes, where it stands as a statement.
    pub(super) fn effect(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Assign(operator, target, value) => self.assign(operator, target, value),
            Kind::Call(callee, arguments) => {
                if let (Kind::Member(of, method), [first, ..]) = (&callee.kind, &**arguments) {
                    match (&of.kind, &**method) {
                        (Kind::Name(name), "push") if matches!(self.names.get(name), Some(Outcome::Pieces(..))) => {
                            for value in arguments {
                                self.append(name, value);
                            }
                            return;
                        }
                        (_, "forEach") => return self.for_each(of, first, expression.offset),
                        _ => {}
                    }
                }
                self.evaluate(expression);
            }
            Kind::Name(word) if matches!(&**word, "continue" | "break") => {
                self.tell(expression.offset, format!("'{word}' can't be followed"), "put what comes behind it into an if");
            }
            _ => drop(self.evaluate(expression)),
        }
    }

    fn assign(&mut self, operator: &'static str, target: &Expression, value: &Expression) {
        let name = match &target.kind {
            Kind::Name(name) => name,
            Kind::Member(of, member) => {
                match &of.kind {
                    Kind::Name(module) if module == "module" && member == "exports" => self.export("default", value),
                    Kind::Name(exports) if exports == "exports" => self.export(member, value),
                    Kind::Member(module, exports)
                        if exports == "exports" && matches!(&module.kind, Kind::Name(name) if name == "module") =>
                    {
                        self.export(member, value);
                    }
                    Kind::Name(name) => {
                        let value = self.evaluate(value);
                        if let Some(Outcome::Map(map)) = self.names.get_mut(name) {
                            map.insert(member.clone(), value);
                        }
                    }
                    _ => {}
                }
                return;
            }
            _ => return,
        };
        let is_text = self.names.get(name).is_some_and(Outcome::is_text);
        match operator {
            "=" => {
                // `out = out + …`.
                let mut parts = Vec::new();
                summands(value, &mut parts);
                if is_text && matches!(parts.first().map(|first| &first.kind), Some(Kind::Name(first)) if first == name) {
                    for part in parts.into_iter().skip(1) {
                        self.append(name, part);
                    }
                    return;
                }
                let value = match self.evaluate(value) {
                    Outcome::Pieces(list, _) => Outcome::Pieces(list, false),
                    other => other,
                };
                self.names.insert(name.clone(), value);
            }
            "+=" if is_text || self.is_text(value) => self.append(name, value),
            _ => {
                let operator = operator.get(..operator.len() - 1).unwrap_or_default();
                let known = ["+", "-", "*", "/", "%"].into_iter().find(|known| *known == operator);
                let before = value_of(self.names.get(name).cloned().unwrap_or(Outcome::Value(Value::Nothing)), target.offset);
                let value = self.value(value);
                let after = match known {
                    Some(operator) => {
                        folded(operator, &before, &value).unwrap_or_else(|| Value::binary(operator, before, value))
                    }
                    None => Value::Lost(format!("{name} {operator}= …"), target.offset),
                };
                self.names.insert(name.clone(), Outcome::Value(after));
            }
        }
    }

    /// Puts something behind a text.
    fn append(&mut self, name: &str, value: &Expression) {
        let more = self.pieces(value);
        let before = self.names.get(name).cloned();
        let (mut list, goes_on) = match before {
            Some(Outcome::Pieces(list, goes_on)) => (list, goes_on),
            Some(other) => (self.pieces_of(other, value.offset), false),
            None => (Vec::new(), false),
        };
        list.extend(more);
        self.names.insert(name.to_owned(), Outcome::Pieces(list, goes_on));
    }

    /// `list.forEach((item, index) => …)`.
    fn for_each(&mut self, list: &Expression, function: &Expression, offset: Offset) {
        let list = self.value(list);
        let Outcome::Function(function) = self.evaluate(function) else {
            self.tell(offset, "this loop can't be followed", "write the function where the loop is");
            return;
        };
        self.over(&list, &function, offset);
    }
}

/// The parts of a sum, from the left.
fn summands<'a>(expression: &'a Expression, list: &mut Vec<&'a Expression>) {
    match &expression.kind {
        Kind::Binary("+", a, b) => {
            summands(a, list);
            list.push(b);
        }
        _ => list.push(expression),
    }
}

/// A sum or comparison of numbers that are written out.
fn folded(operator: &str, a: &Value, b: &Value) -> Option<Value> {
    let (Value::Number(a), Value::Number(b)) = (a, b) else { return None };
    let (a, b): (f64, f64) = (a.parse().ok()?, b.parse().ok()?);
    let number = match operator {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" if b != 0.0 => a / b,
        "<" => return Some(Value::Bool(a < b)),
        ">" => return Some(Value::Bool(a > b)),
        _ => return None,
    };
    Some(Value::Number(number.to_string()))
}

/// A text that is put together, as one value.
pub(super) fn value_of(outcome: Outcome, offset: Offset) -> Value {
    match outcome {
        Outcome::Value(value) => value,
        Outcome::Pieces(list, _) => joined(&list),
        Outcome::Function(_) => Value::Lost("a function".to_owned(), offset),
        Outcome::Map(_) => Value::Lost("{…}".to_owned(), offset),
    }
}

/// Pieces as one value, as they stand in an attribute.
pub(super) fn joined(list: &[Piece]) -> Value {
    let mut parts = list.iter().map(|piece| match piece {
        Piece::Text(text, _) => Value::Text(text.clone()),
        Piece::Value(value, _) => value.clone(),
        Piece::Choice(branches, otherwise) => {
            let last = joined(otherwise);
            branches
                .iter()
                .rev()
                .fold(last, |rest, (condition, then)| Value::conditional(condition.clone(), joined(then), rest))
        }
        Piece::Loop(inner) => Value::Lost("a loop within a text".to_owned(), inner.offset),
    });
    let Some(first) = parts.next() else { return Value::text("") };
    parts.fold(first, |before, next| match (before, next) {
        (Value::Text(a), Value::Text(b)) => Value::Text(a + &b),
        (lost @ Value::Lost(..), _) | (_, lost @ Value::Lost(..)) => lost,
        (a, b) => Value::binary("~", a, b),
    })
}
