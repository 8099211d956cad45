//! Runs a template's script without data: what it gives is not a text, but the pieces that it would be made of.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::js::tree::{Expression, Function, Kind, Offset, Statement, Target};
use super::pieces::{Loop, Piece, Value};

/// Calls in one another.
const DEPTH_MOST: u32 = 24;
/// Statements and expressions altogether: branches that return double what comes behind them.
const STEPS_MOST: u32 = 400_000;

/// What an expression comes to.
#[derive(Clone, Debug)]
pub enum Outcome {
    Value(Value),
    /// A text that is put together, or a list of such. False where it begins anew in this branch.
    Pieces(Vec<Piece>, bool),
    Function(Rc<Function>),
    Map(BTreeMap<String, Outcome>),
}

impl Outcome {
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Pieces(..) | Self::Value(Value::Text(_)))
    }

    /// A member of it.
    pub(super) fn member(self, name: &str, offset: Offset) -> Self {
        match self {
            Self::Value(Value::Nothing) => Self::Value(Value::Nothing),
            Self::Value(value) => Self::Value(value.member(name)),
            Self::Map(map) => map.get(name).cloned().unwrap_or(Self::Value(Value::Nothing)),
            Self::Pieces(..) | Self::Function(_) => Self::Value(Value::Lost(format!("… .{name}"), offset)),
        }
    }
}

/// What needs a hand, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub offset: usize,
    pub message: String,
    pub hint: String,
}

/// A script that is run.
#[derive(Default)]
pub struct Program {
    pub(super) names: BTreeMap<String, Outcome>,
    pub exports: BTreeMap<String, Outcome>,
    pub notes: Vec<Note>,
    /// The lists of loops, by their numbers.
    pub(super) loops: Vec<Value>,
    pub(super) depth: u32,
    pub(super) steps: u32,
}

impl Program {
    /// Runs a file: what it exports is known then.
    pub fn run(&mut self, file: &[Statement]) {
        for statement in file {
            if let Statement::Function(function) = statement {
                self.names.insert(function.name.clone(), Outcome::Function(Rc::clone(function)));
            }
        }
        self.statements(file);
        // What is said of a file counts where its template uses it only.
        self.notes.clear();
    }

    /// What a template gives of its data.
    pub fn template(&mut self, function: &Rc<Function>) -> Vec<Piece> {
        let arguments = match &*function.parameters {
            [_] => vec![Outcome::Value(Value::Data)],
            several => several.iter().map(|target| Outcome::Value(argument(target))).collect(),
        };
        let given = self.call(function, arguments, Offset::default());
        self.pieces_of(given, Offset::default())
    }

    pub(super) fn tell(&mut self, offset: Offset, message: impl Into<String>, hint: &str) {
        let note = Note { offset: offset.0, message: message.into(), hint: hint.to_owned() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn call(&mut self, function: &Rc<Function>, arguments: Vec<Outcome>, offset: Offset) -> Outcome {
        if self.depth >= DEPTH_MOST {
            return Outcome::Value(Value::Lost("a function that calls itself".to_owned(), offset));
        }
        self.depth += 1;
        let outside = self.names.clone();
        let mut arguments = arguments.into_iter();
        for target in &function.parameters {
            let value = arguments.next().unwrap_or(Outcome::Value(Value::Nothing));
            self.bind(target, value);
        }
        let given = self.statements(&function.body);
        self.names = outside;
        self.depth -= 1;
        given.unwrap_or(Outcome::Value(Value::Nothing))
    }

    pub(super) fn bind_parameter(&mut self, target: &Target, value: Outcome) {
        self.bind(target, value);
    }

    fn bind(&mut self, target: &Target, value: Outcome) {
        match target {
            Target::Name(name, otherwise) => {
                let value = match (otherwise, value) {
                    (Some(otherwise), Outcome::Value(Value::Nothing)) => self.evaluate(otherwise),
                    (Some(otherwise), Outcome::Value(value @ (Value::Member(..) | Value::At(..)))) => {
                        let otherwise = self.value(otherwise);
                        Outcome::Value(value.filter("default", vec![otherwise]))
                    }
                    (_, value) => value,
                };
                self.names.insert(name.clone(), value);
            }
            Target::Members(members) => {
                for (member, target) in members {
                    let value = value.clone().member(member, Offset::default());
                    self.bind(target, value);
                }
            }
        }
    }

    /// Runs statements; what they return.
    pub(super) fn statements(&mut self, list: &[Statement]) -> Option<Outcome> {
        for (index, statement) in list.iter().enumerate() {
            self.steps += 1;
            if self.steps > STEPS_MOST {
                self.tell(Offset::default(), "the template does too much to be followed", "split it");
                return None;
            }
            match statement {
                Statement::If(condition, then, otherwise) => {
                    let condition = self.condition(condition);
                    if returns(then) || returns(otherwise) {
                        let rest = list.get(index + 1..).unwrap_or_default();
                        return self.ways_out(condition, then, otherwise, rest);
                    }
                    self.branches(&condition, then, otherwise);
                }
                Statement::Return(value) => {
                    return Some(value.as_ref().map_or(Outcome::Value(Value::Nothing), |value| self.evaluate(value)));
                }
                Statement::Block(inner) => {
                    if let Some(given) = self.statements(inner) {
                        return Some(given);
                    }
                }
                other => self.statement(other),
            }
        }
        None
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Declare(list) => {
                for (target, value) in list {
                    let value = value.as_ref().map_or(Outcome::Value(Value::Nothing), |value| self.evaluate(value));
                    // A text that is begun may go on.
                    let value = match value {
                        Outcome::Value(Value::Text(text)) if text.is_empty() => Outcome::Pieces(Vec::new(), false),
                        value => value,
                    };
                    self.bind(target, value);
                }
            }
            Statement::Expression(expression) => self.effect(expression),
            Statement::While(condition, body, offset) => self.while_loop(condition, body, *offset),
            Statement::For(start, condition, step, body, offset) => {
                for statement in start {
                    self.statement(statement);
                }
                self.counted(condition.as_ref(), step.as_ref(), body, *offset);
            }
            Statement::ForOf(target, of, body, offset) => {
                let list = self.value(of);
                self.repeat(&list, &target_name(target), *offset, |program, id| {
                    program.bind(target, Outcome::Value(Value::Item(id)));
                    program.statements(body);
                });
            }
            Statement::Function(function) => {
                self.names.insert(function.name.clone(), Outcome::Function(Rc::clone(function)));
            }
            Statement::Export(name, value) => self.export(name, value),
            Statement::Import(names, from) => {
                for name in names {
                    let why = format!("{name} (of '{from}')");
                    self.names.insert(name.clone(), Outcome::Value(Value::Lost(why, Offset::default())));
                }
            }
            Statement::If(..) | Statement::Return(_) | Statement::Block(_) => {}
        }
    }

    /// A value under a name of the file's. `module.exports = template(example)` exports the template.
    pub(super) fn export(&mut self, name: &str, value: &Expression) {
        let called = match &value.kind {
            Kind::Call(callee, arguments) if arguments.len() <= 1 => match &callee.kind {
                Kind::Name(function) => self.names.get(function).cloned(),
                _ => None,
            },
            _ => None,
        };
        let value = match called {
            Some(function @ Outcome::Function(_)) => function,
            _ => self.evaluate(value),
        };
        self.exports.insert(name.to_owned(), value);
    }

    /// Branches of which one returns: what stands behind them belongs to the other.
    fn ways_out(
        &mut self,
        condition: Value,
        then: &[Statement],
        otherwise: &[Statement],
        rest: &[Statement],
    ) -> Option<Outcome> {
        let before = self.names.clone();
        let first = self.statements(then).or_else(|| self.statements(rest));
        let after = std::mem::replace(&mut self.names, before);
        let second = self.statements(otherwise).or_else(|| self.statements(rest));
        match (first, second) {
            (Some(first), Some(second)) => Some(self.either(condition, first, second)),
            (None, None) => {
                self.names = after;
                None
            }
            (one, other) => one.or(other),
        }
    }

    pub(super) fn either(&mut self, condition: Value, first: Outcome, second: Outcome) -> Outcome {
        match (condition, first, second) {
            (Value::Bool(true), first, _) => first,
            (Value::Bool(false), _, second) => second,
            (condition, Outcome::Value(first), Outcome::Value(second)) => {
                Outcome::Value(if first == second { first } else { Value::conditional(condition, first, second) })
            }
            (_, function @ Outcome::Function(_), _) => function,
            (_, map @ Outcome::Map(_), _) => map,
            (condition, first, second) => {
                let (first, second) = (self.pieces_of(first, Offset::default()), self.pieces_of(second, Offset::default()));
                Outcome::Pieces(vec![choice(condition, first, second)], false)
            }
        }
    }

    /// Branches that both go on: what they add to texts is put behind those.
    fn branches(&mut self, condition: &Value, then: &[Statement], otherwise: &[Statement]) {
        if let Value::Bool(holds) = condition {
            self.statements(if *holds { then } else { otherwise });
            return;
        }
        let before = self.begin_part();
        self.statements(then);
        let after_then = std::mem::replace(&mut self.names, emptied(&before));
        self.statements(otherwise);
        let after_otherwise = std::mem::replace(&mut self.names, before);
        let names: std::collections::BTreeSet<&String> = after_then.keys().chain(after_otherwise.keys()).collect();
        for name in names {
            let known = self.names.get(name).cloned();
            let (a, b) = (after_then.get(name).cloned(), after_otherwise.get(name).cloned());
            let joined = match (known, a, b) {
                (Some(Outcome::Pieces(mut list, anew)), Some(Outcome::Pieces(a, true)), Some(Outcome::Pieces(b, true))) => {
                    if !a.is_empty() || !b.is_empty() {
                        list.push(choice(condition.clone(), a, b));
                    }
                    Outcome::Pieces(list, anew)
                }
                (Some(Outcome::Pieces(list, _)), Some(a), Some(b)) => {
                    // One of them began anew.
                    let whole = |outcome: Outcome| match outcome {
                        Outcome::Pieces(more, true) => Outcome::Pieces(list.iter().cloned().chain(more).collect(), false),
                        other => other,
                    };
                    let (a, b) = (whole(a), whole(b));
                    self.either(condition.clone(), a, b)
                }
                (_, Some(a), Some(b)) => self.either(condition.clone(), a, b),
                (_, Some(one), None) | (_, None, Some(one)) => one,
                (known, None, None) => match known {
                    Some(known) => known,
                    None => continue,
                },
            };
            self.names.insert(name.clone(), joined);
        }
    }

    /// The names as they are, while a part begins in which texts are empty.
    fn begin_part(&mut self) -> BTreeMap<String, Outcome> {
        let inside = emptied(&self.names);
        std::mem::replace(&mut self.names, inside)
    }

    /// A loop over a list; its body is run once, for any item.
    pub(super) fn repeat(&mut self, list: &Value, item: &str, offset: Offset, body: impl FnOnce(&mut Self, u32)) {
        let id = self.loops.len() as u32;
        self.loops.push(list.clone());
        let before = self.begin_part();
        body(self, id);
        let after = std::mem::replace(&mut self.names, before);
        for (name, outcome) in after {
            match (self.names.get_mut(&name), outcome) {
                (Some(Outcome::Pieces(known, _)), Outcome::Pieces(body, true)) if !body.is_empty() => {
                    known.push(Piece::Loop(Loop { list: list.clone(), id, item: item.to_owned(), body, offset }));
                }
                (Some(Outcome::Value(known)), Outcome::Value(value)) if *known != value => {
                    *known = Value::Lost(format!("{name}, which changes from one item to the next"), offset);
                }
                _ => {}
            }
        }
    }

    /// `while (index < last) { item = list[index += 1]; … }`, as doT writes its loops.
    fn while_loop(&mut self, condition: &Expression, body: &[Statement], offset: Offset) {
        let written = match (&condition.kind, body.split_first()) {
            (Kind::Binary("<", index, _), Some((Statement::Expression(first), rest))) => match (&index.kind, &first.kind) {
                (Kind::Name(index), Kind::Assign("=", item, from)) => match (&item.kind, &from.kind) {
                    (Kind::Name(item), Kind::Index(list, step)) if steps(step, index) => Some((index, item, list, rest)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        let Some((index, item, list, rest)) = written else {
            self.tell(
                offset,
                "this loop can't be followed",
                "write it as a loop over a list: list.forEach((item, index) => …)",
            );
            return;
        };
        let list = self.value(list);
        self.repeat(&list, item, offset, |program, id| {
            program.names.insert(item.clone(), Outcome::Value(Value::Item(id)));
            program.names.insert(index.clone(), Outcome::Value(Value::Index(id)));
            program.statements(rest);
        });
    }

    /// `for (let i = 0; i < list.length; i++) …`.
    fn counted(&mut self, condition: Option<&Expression>, step: Option<&Expression>, body: &[Statement], offset: Offset) {
        let found = match condition.map(|condition| &condition.kind) {
            Some(Kind::Binary("<", index, end)) => match &index.kind {
                Kind::Name(index) if step.is_some_and(|step| steps(step, index)) => Some((index.clone(), self.value(end))),
                _ => None,
            },
            _ => None,
        };
        let begins = |index: &str| matches!(self.names.get(index), Some(Outcome::Value(Value::Number(zero))) if zero == "0");
        let list = match found {
            Some((index, Value::Filter("length", list, _))) if begins(&index) => Some((index, *list)),
            // Up to a number: of the list whose items are asked for.
            Some((index, end)) if begins(&index) => indexed(body, &index).map(|list| {
                let end = match &end {
                    Value::Conditional(_, a, b) => match (&**a, &**b) {
                        (Value::Filter("length", ..), limit) | (limit, Value::Filter("length", ..)) => limit.clone(),
                        _ => end.clone(),
                    },
                    _ => end.clone(),
                };
                let zero = Box::new(Value::Number("0".to_owned()));
                (index, Value::Slice(Box::new(self.value(&list)), zero, Some(Box::new(end))))
            }),
            _ => None,
        };
        let Some((index, list)) = list else {
            self.tell(
                offset,
                "this loop can't be followed",
                "write it as a loop over a list: list.forEach((item, index) => …)",
            );
            return;
        };
        self.repeat(&list, "item", offset, |program, id| {
            program.names.insert(index, Outcome::Value(Value::Index(id)));
            program.statements(body);
        });
    }
}

/// What a parameter of several is given: the member of the data with its name.
fn argument(target: &Target) -> Value {
    match target {
        Target::Name(name, _) => Value::Data.member(name),
        Target::Members(_) => Value::Data,
    }
}

fn target_name(target: &Target) -> String {
    match target {
        Target::Name(name, _) => name.clone(),
        Target::Members(_) => "item".to_owned(),
    }
}

/// A condition with its branches; a loop needs none over its own list.
fn choice(condition: Value, then: Vec<Piece>, otherwise: Vec<Piece>) -> Piece {
    if let [Piece::Loop(only)] = &*then
        && otherwise.is_empty()
        && only.list == condition
    {
        return Piece::Loop(only.clone());
    }
    // `if … else if …` is one choice.
    let (more, otherwise) = match <[Piece; 1]>::try_from(otherwise) {
        Ok([Piece::Choice(more, otherwise)]) => (more, otherwise),
        Ok([other]) => (Vec::new(), vec![other]),
        Err(list) => (Vec::new(), list),
    };
    Piece::Choice(std::iter::once((condition, then)).chain(more).collect(), otherwise)
}

pub(super) fn choices(condition: Value, then: Vec<Piece>, otherwise: Vec<Piece>) -> Vec<Piece> {
    match condition {
        Value::Bool(true) => then,
        Value::Bool(false) => otherwise,
        condition => vec![choice(condition, then, otherwise)],
    }
}

fn emptied(names: &BTreeMap<String, Outcome>) -> BTreeMap<String, Outcome> {
    let inside = |outcome: &Outcome| match outcome {
        Outcome::Pieces(..) => Outcome::Pieces(Vec::new(), true),
        other => other.clone(),
    };
    names.iter().map(|(name, outcome)| (name.clone(), inside(outcome))).collect()
}

/// True for `index += 1` and `index++`.
fn steps(step: &Expression, index: &str) -> bool {
    match &step.kind {
        Kind::Assign("+=", target, by) => {
            matches!(&target.kind, Kind::Name(name) if name == index) && matches!(&by.kind, Kind::Number(one) if one == "1")
        }
        _ => false,
    }
}

/// True where a statement among them returns.
fn returns(list: &[Statement]) -> bool {
    list.iter().any(|statement| match statement {
        Statement::Return(_) => true,
        Statement::If(_, a, b) => returns(a) || returns(b),
        Statement::Block(inner) => returns(inner),
        _ => false,
    })
}

/// The list of which a body takes the item `list[index]` in a declaration at its start.
fn indexed(body: &[Statement], index: &str) -> Option<Expression> {
    body.iter().find_map(|statement| match statement {
        Statement::Declare(declared) => declared.iter().find_map(|(_, value)| match &value.as_ref()?.kind {
            Kind::Index(list, at) if matches!(&at.kind, Kind::Name(name) if name == index) => Some((**list).clone()),
            _ => None,
        }),
        _ => None,
    })
}
