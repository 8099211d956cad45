//! Calls in a template's script: its own functions, and what texts, numbers and lists can do.

use std::rc::Rc;

use super::evaluate::{joined, value_of};
use super::js::tree::{Expression, Function, Kind, Offset};
use super::pieces::{Piece, Value};
use super::program::{Outcome, Program};

impl Program {
    pub(super) fn called(&mut self, callee: &Expression, arguments: &[Expression], offset: Offset) -> Outcome {
        match &callee.kind {
            Kind::Name(name) => match self.names.get(name).cloned() {
                Some(Outcome::Function(function)) => {
                    let given = arguments.iter().map(|argument| self.evaluate(argument)).collect();
                    if is_escaping(&function) {
                        return first_of(given);
                    }
                    self.call(&function, given, offset)
                }
                _ => self.global(name, arguments, offset),
            },
            Kind::Member(of, method) => {
                if let Kind::Name(name) = &of.kind
                    && !self.names.contains_key(name)
                {
                    return self.of_global(name, method, arguments, offset);
                }
                let of = self.evaluate(of);
                if let Outcome::Map(map) = &of
                    && let Some(Outcome::Function(function)) = map.get(method)
                {
                    let given = arguments.iter().map(|argument| self.evaluate(argument)).collect();
                    return self.call(&Rc::clone(function), given, offset);
                }
                self.method(of, method, arguments, offset)
            }
            Kind::Function(function) => {
                let given = arguments.iter().map(|argument| self.evaluate(argument)).collect();
                self.call(function, given, offset)
            }
            _ => Outcome::Value(Value::Lost("a call".to_owned(), offset)),
        }
    }

    fn global(&mut self, name: &str, arguments: &[Expression], offset: Offset) -> Outcome {
        let Some(first) = arguments.first() else { return Outcome::Value(Value::Lost(format!("{name}()"), offset)) };
        let lower = name.to_ascii_lowercase();
        let value = match name {
            "require" => match &first.kind {
                Kind::Text(file) => Value::Lost(format!("what '{file}' exports"), offset),
                _ => Value::Lost("require(…)".to_owned(), offset),
            },
            "String" => self.value(first).filter("string", Vec::new()),
            "Number" | "parseFloat" => self.value(first).filter("float", Vec::new()),
            "parseInt" => self.value(first).filter("int", Vec::new()),
            "Boolean" => self.condition(first),
            // What stands in a board is never read as markup.
            _ if lower.contains("escape") || lower.contains("encode") => return self.evaluate(first),
            _ => Value::Lost(format!("{name}(…)"), offset),
        };
        Outcome::Value(value)
    }

    /// `Math.floor(x)`, `Array.isArray(x)`.
    fn of_global(&mut self, name: &str, method: &str, arguments: &[Expression], offset: Offset) -> Outcome {
        let given: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
        let value = match (name, method, &*given) {
            ("Math", "floor", [of]) => of.clone().filter("floor", Vec::new()),
            ("Math", "trunc", [of]) => of.clone().filter("int", Vec::new()),
            ("Math", "ceil", [of]) => of.clone().filter("ceil", Vec::new()),
            ("Math", "round", [of]) => of.clone().filter("round", Vec::new()),
            ("Math", "abs", [of]) => of.clone().filter("abs", Vec::new()),
            ("Math", "max", [a, b]) => Value::conditional(Value::binary(">", a.clone(), b.clone()), a.clone(), b.clone()),
            ("Math", "min", [a, b]) => Value::conditional(Value::binary("<", a.clone(), b.clone()), a.clone(), b.clone()),
            ("Array", "isArray", [of]) => of.clone(),
            ("JSON", "stringify", [of]) => of.clone().filter("json", Vec::new()),
            _ => Value::Lost(format!("{name}.{method}(…)"), offset),
        };
        Outcome::Value(value)
    }

    /// A function for each item of a list: what it gives, put together.
    pub(super) fn over(&mut self, list: &Value, function: &Rc<Function>, offset: Offset) -> Vec<Piece> {
        // What the function adds to texts around it stays.
        const GIVEN: &str = "\0given";
        let item = match function.parameters.first() {
            Some(super::js::tree::Target::Name(name, _)) => name.clone(),
            _ => "item".to_owned(),
        };
        self.names.insert(GIVEN.to_owned(), Outcome::Pieces(Vec::new(), false));
        self.repeat(list, &item, offset, |program, id| {
            let arguments = [Value::Item(id), Value::Index(id)].map(Outcome::Value);
            for (target, value) in function.parameters.iter().zip(arguments) {
                program.bind_parameter(target, value);
            }
            let given = program.statements(&function.body);
            let pieces = given.map(|given| program.pieces_of(given, offset)).unwrap_or_default();
            program.names.insert(GIVEN.to_owned(), Outcome::Pieces(pieces, true));
        });
        match self.names.remove(GIVEN) {
            Some(Outcome::Pieces(list, _)) => list,
            _ => Vec::new(),
        }
    }

    fn method(&mut self, of: Outcome, method: &str, arguments: &[Expression], offset: Offset) -> Outcome {
        if method == "map"
            && let Some(first) = arguments.first()
        {
            let list = value_of(of, offset);
            return match self.evaluate(first) {
                Outcome::Function(function) => Outcome::Pieces(self.over(&list, &function, offset), false),
                _ => Outcome::Value(Value::Lost("….map(…)".to_owned(), offset)),
            };
        }
        if let (Outcome::Pieces(list, _), "join") = (&of, method) {
            let between = arguments.first().map(|between| self.value(between));
            let is_blank = matches!(&between, Some(Value::Text(text)) if text.trim().is_empty());
            if !is_blank && list.iter().any(|piece| matches!(piece, Piece::Loop(_))) {
                self.tell(offset, "what stands between the items is left out", "write it into the items");
            }
            return of;
        }
        if let (Outcome::Pieces(..), "concat") = (&of, method) {
            let mut list = self.pieces_of(of, offset);
            for argument in arguments {
                list.extend(self.pieces(argument));
            }
            return Outcome::Pieces(list, false);
        }
        // `.replace(/&/g, '&amp;')`: what stands in a board is never read as markup.
        if method == "replace" && arguments.get(1).is_some_and(is_entity) {
            return of;
        }
        if let (Outcome::Pieces(..), "trim") = (&of, method) {
            return of;
        }
        let of = value_of(of, offset);
        let given: Vec<Value> = arguments.iter().map(|argument| self.value(argument)).collect();
        let whole = |number: &Value| matches!(number, Value::Number(number) if number.parse::<u32>().is_ok());
        let zero = || Value::Number("0".to_owned());
        let slice = |of, start: &Value, end: Option<&Value>| {
            Value::Slice(Box::new(of), Box::new(start.clone()), end.cloned().map(Box::new))
        };
        let value = match (method, &*given) {
            _ if matches!(of, Value::Lost(..)) => of,
            ("toString" | "valueOf", []) => of.filter("string", Vec::new()),
            ("toFixed", []) => of.filter("round", Vec::new()),
            ("toFixed", [digits]) => of.filter("round", vec![digits.clone()]),
            ("toUpperCase", []) => of.filter("upper", Vec::new()),
            ("toLowerCase", []) => of.filter("lower", Vec::new()),
            ("toLocaleString", _) => of.filter("thousands", Vec::new()),
            ("trim", []) => of.filter("trim", Vec::new()),
            ("reverse", []) => of.filter("reverse", Vec::new()),
            ("join", [between]) => of.filter("join", vec![between.clone()]),
            ("padStart", [length, with]) => of.filter("pad", vec![length.clone(), with.clone()]),
            ("replace" | "replaceAll", [Value::Text(old), new @ Value::Text(_)]) => {
                of.filter("replace", vec![Value::Text(old.clone()), new.clone()])
            }
            ("includes", [part]) => Value::binary("in", part.clone(), of),
            ("charAt", [at]) => Value::At(Box::new(of), Box::new(at.clone())),
            ("slice" | "substring", [start]) if whole(start) => slice(of, start, None),
            ("slice" | "substring", [start, end])
                if whole(start) && !matches!(end, Value::Number(end) if end.starts_with('-')) =>
            {
                slice(of, start, Some(end))
            }
            ("substr", [start, length]) if *start == zero() => slice(of, start, Some(length)),
            ("concat" | "slice", []) => of,
            _ => Value::Lost(format!("….{method}(…)"), offset),
        };
        Outcome::Value(value)
    }
}

fn first_of(given: Vec<Outcome>) -> Outcome {
    match given.into_iter().next() {
        Some(Outcome::Pieces(list, _)) => Outcome::Value(joined(&list)),
        Some(outcome) => outcome,
        None => Outcome::Value(Value::Nothing),
    }
}

/// True for a function whose only work is to write `&amp;` for `&` and such.
fn is_escaping(function: &Function) -> bool {
    let name = function.name.to_ascii_lowercase();
    if name.contains("escape") || name.contains("encode") {
        return true;
    }
    match &*function.body {
        [super::js::tree::Statement::Return(Some(value))] => replaces_entities(value),
        _ => false,
    }
}

fn replaces_entities(value: &Expression) -> bool {
    let Kind::Call(callee, arguments) = &value.kind else { return false };
    let Kind::Member(of, method) = &callee.kind else { return false };
    let is_replace = |value: &Expression| matches!(&value.kind, Kind::Call(callee, _) if matches!(&callee.kind, Kind::Member(_, method) if method == "replace"));
    method == "replace" && arguments.get(1).is_some_and(is_entity) && (!is_replace(of) || replaces_entities(of))
}

/// True for `'&amp;'`.
fn is_entity(value: &Expression) -> bool {
    matches!(&value.kind, Kind::Text(text) if text.starts_with('&') && text.ends_with(';'))
}
