//! Expressions, from the words of a script.

use std::rc::Rc;

use super::lexer::{Read, Token, fault, tokens};
use super::parser::Parser;
use super::tree::{Expression, Function, Kind, Offset, Statement, Target};

/// Between two values, from the loosest.
const LEVELS: [&[&str]; 9] = [
    &["??"],
    &["||"],
    &["&&"],
    &["===", "!==", "==", "!="],
    &["<=", ">=", "<", ">", "in", "instanceof"],
    &["<<", ">>", ">>>", "&", "|", "^"],
    &["+", "-"],
    &["*", "/", "%"],
    &["**"],
];

impl Parser {
    pub(super) fn comma(&mut self) -> Read<Expression> {
        let mut value = self.expression()?;
        while self.skip(",") {
            value = self.expression()?;
        }
        Ok(value)
    }

    pub(super) fn expression(&mut self) -> Read<Expression> {
        self.deeper(Self::assignment)
    }

    fn assignment(&mut self) -> Read<Expression> {
        let offset = Offset(self.offset());
        if let Some(function) = self.arrow()? {
            return Ok(Expression { kind: Kind::Function(function), offset });
        }
        let left = self.conditional()?;
        for operator in ["=", "+=", "-=", "*=", "/=", "%=", "||=", "&&=", "??="] {
            if self.skip(operator) {
                let right = self.expression()?;
                return Ok(Expression { kind: Kind::Assign(operator, Box::new(left), Box::new(right)), offset });
            }
        }
        Ok(left)
    }

    /// `x => …`, `(x, y) => …`; `None` where something else stands here.
    fn arrow(&mut self) -> Read<Option<Rc<Function>>> {
        let before = self.next;
        if self.is_name(0, "async") && matches!(self.token(1), Token::Name(_) | Token::Symbol("(")) {
            self.next += 1;
        }
        let parameters = if matches!(self.peek(), Token::Name(_)) && matches!(self.token(1), Token::Symbol("=>")) {
            vec![Target::Name(self.name()?, None)]
        } else if self.is("(") && self.closes_before_arrow() {
            self.next += 1;
            self.parameters()?
        } else {
            self.next = before;
            return Ok(None);
        };
        self.expect("=>")?;
        let body = if self.is("{") { self.deeper(Self::block)? } else { vec![Statement::Return(Some(self.expression()?))] };
        Ok(Some(Rc::new(Function { name: String::new(), parameters, body })))
    }

    fn closes_before_arrow(&self) -> bool {
        let mut depth = 0_u32;
        for (index, (token, ..)) in self.tokens.iter().enumerate().skip(self.next) {
            match token {
                Token::Symbol("(" | "[" | "{") => depth += 1,
                Token::Symbol(")" | "]" | "}") => {
                    depth -= 1;
                    if depth == 0 {
                        return matches!(self.tokens.get(index + 1), Some((Token::Symbol("=>"), ..)));
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn conditional(&mut self) -> Read<Expression> {
        let offset = Offset(self.offset());
        let condition = self.binary(0)?;
        if !self.skip("?") {
            return Ok(condition);
        }
        let then = self.expression()?;
        self.expect(":")?;
        let otherwise = self.expression()?;
        Ok(Expression { kind: Kind::Conditional(Box::new(condition), Box::new(then), Box::new(otherwise)), offset })
    }

    fn operator(&self, level: usize) -> Option<&'static str> {
        let operators = LEVELS.get(level)?;
        let is = |operator: &&&str| self.is(operator) || self.is_name(0, operator);
        operators.iter().find(is).copied()
    }

    fn binary(&mut self, level: usize) -> Read<Expression> {
        if level >= LEVELS.len() {
            return self.unary();
        }
        let offset = Offset(self.offset());
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = self.operator(level) {
            self.next += 1;
            let right = self.binary(level + 1)?;
            left = Expression { kind: Kind::Binary(operator, Box::new(left), Box::new(right)), offset };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Read<Expression> {
        let offset = Offset(self.offset());
        for operator in ["!", "-", "+", "typeof", "void", "await"] {
            if self.skip(operator) || (operator.len() > 1 && self.skip_name(operator)) {
                let of = self.deeper(Self::unary)?;
                return Ok(match operator {
                    "await" => of,
                    _ => Expression { kind: Kind::Unary(operator, Box::new(of)), offset },
                });
            }
        }
        let one = Expression { kind: Kind::Number("1".to_owned()), offset };
        let step = |operator, of| Expression { kind: Kind::Assign(operator, Box::new(of), Box::new(one.clone())), offset };
        for (sign, operator) in [("++", "+="), ("--", "-=")] {
            if self.skip(sign) {
                let of = self.postfix()?;
                return Ok(step(operator, of));
            }
        }
        let of = self.postfix()?;
        if self.skip("++") {
            return Ok(step("+=", of));
        }
        if self.skip("--") {
            return Ok(step("-=", of));
        }
        Ok(of)
    }

    fn postfix(&mut self) -> Read<Expression> {
        let offset = Offset(self.offset());
        if self.skip_name("new") {
            return Err(fault(offset.0, "'new' is not read in a template"));
        }
        let mut value = self.primary()?;
        loop {
            let kind = if self.skip("?.") {
                if self.is("(") || self.is("[") {
                    continue;
                }
                Kind::Member(Box::new(value), self.name()?)
            } else if self.skip(".") {
                Kind::Member(Box::new(value), self.name()?)
            } else if self.skip("[") {
                let index = self.comma()?;
                self.expect("]")?;
                Kind::Index(Box::new(value), Box::new(index))
            } else if self.skip("(") {
                Kind::Call(Box::new(value), self.list(")")?)
            } else {
                return Ok(value);
            };
            value = Expression { kind, offset };
        }
    }

    /// Values up to a bracket.
    fn list(&mut self, end: &str) -> Read<Vec<Expression>> {
        let mut list = Vec::new();
        while !self.skip(end) {
            let offset = Offset(self.offset());
            let is_spread = self.skip("...");
            let value = self.expression()?;
            list.push(if is_spread { Expression { kind: Kind::Spread(Box::new(value)), offset } } else { value });
            if !self.skip(",") && !self.is(end) {
                return Err(self.unexpected(&format!("',' or '{end}'")));
            }
        }
        Ok(list)
    }

    fn primary(&mut self) -> Read<Expression> {
        let start = self.offset();
        let offset = Offset(start);
        let token = self.peek().clone();
        let made = |kind| Ok(Expression { kind, offset });
        match token {
            Token::Name(name) if name == "function" => made(Kind::Function(self.function()?)),
            Token::Name(name) if name == "async" && self.is_name(1, "function") => {
                self.next += 1;
                made(Kind::Function(self.function()?))
            }
            Token::Symbol("(") => {
                self.next += 1;
                let inner = self.comma()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Symbol("[") => {
                self.next += 1;
                made(Kind::List(self.list("]")?))
            }
            Token::Symbol("{") => self.map(offset),
            Token::Symbol(_) | Token::End => Err(self.unexpected("a value")),
            Token::Name(name) if matches!(&*name, "class" | "yield") => {
                Err(fault(start, format!("'{name}' is not read in a template")))
            }
            Token::Name(name) => {
                self.next += 1;
                made(match &*name {
                    "true" => Kind::Bool(true),
                    "false" => Kind::Bool(false),
                    "null" | "undefined" => Kind::Nothing,
                    _ => Kind::Name(name),
                })
            }
            Token::Number(number) => {
                self.next += 1;
                made(Kind::Number(number))
            }
            Token::Text(text) => {
                self.next += 1;
                made(Kind::Text(text))
            }
            Token::Pattern(pattern) => {
                self.next += 1;
                made(Kind::Pattern(pattern))
            }
            Token::Template(texts, sources) => {
                self.next += 1;
                let depth = self.depth;
                let read = |(source, base): (String, usize)| {
                    let mut parser = Self { tokens: tokens(&source, base)?, next: 0, depth };
                    let value = parser.deeper(Self::comma)?;
                    if parser.peek() == &Token::End { Ok(value) } else { Err(parser.unexpected("'}'")) }
                };
                let values = sources.into_iter().map(read).collect::<Read<Vec<_>>>()?;
                made(Kind::Template(texts, values))
            }
        }
    }

    fn map(&mut self, offset: Offset) -> Read<Expression> {
        self.expect("{")?;
        let mut members = Vec::new();
        while !self.skip("}") {
            let at = Offset(self.offset());
            if self.skip("...") {
                let value = self.expression()?;
                members.push(("...".to_owned(), value));
            } else {
                let name = match self.peek().clone() {
                    Token::Name(name) | Token::Text(name) | Token::Number(name) => {
                        self.next += 1;
                        name
                    }
                    _ => return Err(self.unexpected("the name of a member")),
                };
                let value = if self.skip(":") {
                    self.expression()?
                } else if self.is("(") {
                    Expression { kind: Kind::Function(self.function_after(name.clone())?), offset: at }
                } else {
                    Expression { kind: Kind::Name(name.clone()), offset: at }
                };
                members.push((name, value));
            }
            if !self.skip(",") && !self.is("}") {
                return Err(self.unexpected("',' or '}'"));
            }
        }
        Ok(Expression { kind: Kind::Map(members), offset })
    }
}
