//! From the words of a script to its statements. What templates never have (classes, `try`, `switch`, generators) is refused
//! with its place.

use std::rc::Rc;

use super::lexer::{Placed, Read, Token, fault, tokens};
use super::tree::{Expression, Function, Kind, Offset, Statement, Target};

/// Most levels of brackets and statements in one another: reading them recurses.
const DEPTH_MOST: u32 = 100;

/// Reads a whole file, or a part of one that begins at `base`.
pub fn parse(text: &str, base: usize) -> Read<Vec<Statement>> {
    let mut parser = Parser { tokens: tokens(text, base)?, next: 0, depth: 0 };
    let mut list = Vec::new();
    while parser.peek() != &Token::End {
        parser.statement_into(&mut list)?;
    }
    Ok(list)
}

/// Reads tokens; its expressions are read in the file of that name.
pub(super) struct Parser {
    pub(super) tokens: Vec<Placed>,
    pub(super) next: usize,
    pub(super) depth: u32,
}

impl Parser {
    pub(super) fn token(&self, ahead: usize) -> &Token {
        self.tokens.get(self.next + ahead).map_or(&Token::End, |(token, ..)| token)
    }

    pub(super) fn peek(&self) -> &Token {
        self.token(0)
    }

    pub(super) fn offset(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |&(_, offset, _)| offset)
    }

    pub(super) fn is(&self, symbol: &str) -> bool {
        matches!(self.peek(), Token::Symbol(found) if *found == symbol)
    }

    pub(super) fn is_name(&self, ahead: usize, name: &str) -> bool {
        matches!(self.token(ahead), Token::Name(found) if found == name)
    }

    pub(super) fn skip(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        self.next += usize::from(found);
        found
    }

    pub(super) fn skip_name(&mut self, name: &str) -> bool {
        let found = self.is_name(0, name);
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Read<()> {
        if self.skip(symbol) { Ok(()) } else { Err(self.unexpected(&format!("'{symbol}'"))) }
    }

    pub(super) fn unexpected(&self, expected: &str) -> (usize, crate::error::Error) {
        let found = match self.peek() {
            Token::Name(name) | Token::Number(name) => format!("'{name}'"),
            Token::Symbol(symbol) => format!("'{symbol}'"),
            Token::Text(_) | Token::Template(..) => "a text".to_owned(),
            Token::Pattern(_) => "a regular expression".to_owned(),
            Token::End => "the end".to_owned(),
        };
        fault(self.offset(), format!("expected {expected}, found {found}"))
    }

    pub(super) fn name(&mut self) -> Read<String> {
        match self.peek() {
            Token::Name(name) => {
                let name = name.clone();
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.depth += 1;
        if self.depth > DEPTH_MOST {
            return Err(fault(self.offset(), format!("expected brackets and statements nested at most {DEPTH_MOST} deep")));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    pub(super) fn block(&mut self) -> Read<Vec<Statement>> {
        let mut list = Vec::new();
        if !self.skip("{") {
            self.statement_into(&mut list)?;
            return Ok(list);
        }
        while !self.skip("}") {
            if self.peek() == &Token::End {
                return Err(self.unexpected("'}'"));
            }
            self.statement_into(&mut list)?;
        }
        Ok(list)
    }

    fn statement_into(&mut self, list: &mut Vec<Statement>) -> Read<()> {
        if self.skip(";") {
            return Ok(());
        }
        let statement = self.deeper(Self::statement)?;
        list.push(statement);
        self.skip(";");
        Ok(())
    }

    fn statement(&mut self) -> Read<Statement> {
        let offset = Offset(self.offset());
        if self.is("{") {
            return Ok(Statement::Block(self.block()?));
        }
        let word = match self.peek() {
            Token::Name(name) => name.clone(),
            _ => String::new(),
        };
        match &*word {
            "var" | "let" | "const" => {
                self.next += 1;
                self.declarations().map(Statement::Declare)
            }
            "if" => self.branches(),
            "while" => {
                self.next += 1;
                let condition = self.bracketed()?;
                Ok(Statement::While(condition, self.block()?, offset))
            }
            "for" => self.for_loop(offset),
            "return" => {
                self.next += 1;
                let ended = self.tokens.get(self.next).is_none_or(|&(_, _, line_ended)| line_ended);
                let is_empty = ended || self.is(";") || self.is("}");
                Ok(Statement::Return(if is_empty { None } else { Some(self.comma()?) }))
            }
            "function" => self.function().map(Statement::Function),
            "async" if self.is_name(1, "function") => {
                self.next += 1;
                self.function().map(Statement::Function)
            }
            "export" => self.export(),
            "import" if !matches!(self.token(1), Token::Symbol("(" | ".")) => self.import(),
            "class" | "try" | "switch" | "throw" | "do" | "with" => {
                Err(fault(offset.0, format!("'{word}' is not read in a template")))
            }
            _ => self.comma().map(Statement::Expression),
        }
    }

    fn declarations(&mut self) -> Read<Vec<(Target, Option<Expression>)>> {
        let mut list = Vec::new();
        loop {
            let target = self.target(false)?;
            let value = if self.skip("=") { Some(self.expression()?) } else { None };
            list.push((target, value));
            if !self.skip(",") {
                return Ok(list);
            }
        }
    }

    /// What takes a value; of parameters and members with what stands in for nothing.
    fn target(&mut self, with_default: bool) -> Read<Target> {
        if !self.skip("{") {
            let name = self.name()?;
            let otherwise = if with_default && self.skip("=") { Some(self.expression()?) } else { None };
            return Ok(Target::Name(name, otherwise));
        }
        let mut members = Vec::new();
        while !self.skip("}") {
            let member = self.name()?;
            let target = if self.skip(":") {
                self.deeper(|parser| parser.target(true))?
            } else {
                let otherwise = if self.skip("=") { Some(self.expression()?) } else { None };
                Target::Name(member.clone(), otherwise)
            };
            members.push((member, target));
            if !self.skip(",") && !self.is("}") {
                return Err(self.unexpected("',' or '}'"));
            }
        }
        // `{ a } = {}`: what stands in for all of them has nothing in it that a template could show.
        if with_default && self.skip("=") {
            self.expression()?;
        }
        Ok(Target::Members(members))
    }

    fn bracketed(&mut self) -> Read<Expression> {
        self.expect("(")?;
        let inner = self.comma()?;
        self.expect(")")?;
        Ok(inner)
    }

    fn branches(&mut self) -> Read<Statement> {
        self.next += 1;
        let condition = self.bracketed()?;
        let then = self.block()?;
        self.skip(";");
        let otherwise = if self.skip_name("else") { self.deeper(Self::block)? } else { Vec::new() };
        Ok(Statement::If(condition, then, otherwise))
    }

    fn for_loop(&mut self, offset: Offset) -> Read<Statement> {
        self.next += 1;
        self.expect("(")?;
        let mut start = Vec::new();
        if !self.is(";") {
            let declares = ["var", "let", "const"].iter().any(|word| self.is_name(0, word));
            if declares {
                self.next += 1;
                let before = self.next;
                let target = self.target(false)?;
                if self.skip_name("of") {
                    let of = self.expression()?;
                    self.expect(")")?;
                    return Ok(Statement::ForOf(target, of, self.block()?, offset));
                }
                self.next = before;
                start.push(Statement::Declare(self.declarations()?));
            } else {
                start.push(Statement::Expression(self.comma()?));
            }
        }
        self.expect(";")?;
        let condition = if self.is(";") { None } else { Some(self.comma()?) };
        self.expect(";")?;
        let step = if self.is(")") { None } else { Some(self.comma()?) };
        self.expect(")")?;
        Ok(Statement::For(start, condition, step, self.block()?, offset))
    }

    /// `function name(…) {…}`, with or without a name.
    pub(super) fn function(&mut self) -> Read<Rc<Function>> {
        self.next += 1;
        if self.is("*") {
            return Err(fault(self.offset(), "a generator is not read in a template"));
        }
        let name = if self.is("(") { String::new() } else { self.name()? };
        self.function_after(name)
    }

    pub(super) fn function_after(&mut self, name: String) -> Read<Rc<Function>> {
        self.expect("(")?;
        let parameters = self.parameters()?;
        if !self.is("{") {
            return Err(self.unexpected("'{'"));
        }
        let body = self.deeper(Self::block)?;
        Ok(Rc::new(Function { name, parameters, body }))
    }

    /// Up to the bracket that closes them.
    pub(super) fn parameters(&mut self) -> Read<Vec<Target>> {
        let mut list = Vec::new();
        while !self.skip(")") {
            list.push(self.target(true)?);
            if !self.skip(",") && !self.is(")") {
                return Err(self.unexpected("',' or ')'"));
            }
        }
        Ok(list)
    }

    fn export(&mut self) -> Read<Statement> {
        let offset = Offset(self.offset());
        self.next += 1;
        let named = |name: String| Expression { kind: Kind::Name(name), offset };
        if self.skip_name("default") {
            let value = self.expression()?;
            return Ok(Statement::Export("default".to_owned(), value));
        }
        if self.skip("{") {
            let mut list = Vec::new();
            while !self.skip("}") {
                let name = self.name()?;
                let to = if self.skip_name("as") { self.name()? } else { name.clone() };
                list.push(Statement::Export(to, named(name)));
                self.skip(",");
            }
            return Ok(Statement::Block(list));
        }
        let inner = self.statement()?;
        let mut list = Vec::new();
        match &inner {
            Statement::Function(function) => list.push(function.name.clone()),
            Statement::Declare(declared) => list.extend(declared.iter().filter_map(|(target, _)| match target {
                Target::Name(name, _) => Some(name.clone()),
                Target::Members(_) => None,
            })),
            _ => return Err(fault(offset.0, "a function or a name was expected behind 'export'")),
        }
        let exports = list.into_iter().map(|name| Statement::Export(name.clone(), named(name)));
        Ok(Statement::Block(std::iter::once(inner).chain(exports).collect()))
    }

    fn import(&mut self) -> Read<Statement> {
        self.next += 1;
        let mut names = Vec::new();
        loop {
            let token = self.peek().clone();
            self.next += 1;
            match token {
                Token::Text(from) => return Ok(Statement::Import(names, from)),
                Token::Name(name) if self.is_name(0, "as") => drop(name),
                Token::Name(name) if !matches!(&*name, "as" | "from") => names.push(name),
                Token::End => return Err(self.unexpected("the name of a file")),
                _ => {}
            }
        }
    }
}
