//! From words to a tree, by Jinja's precedence (its `parser.py`): conditional, `or`, `and`, `not`, comparison, `+ -`,
//! `~`, `* / // %`, `**`, sign, then `.x [x] |filter` and `is test`.

use std::sync::Arc;

use super::filters::Filter;
use super::lexer::{Fault, Token, tokens};
use super::predicates::Test;
use super::tree::{Arguments, Arithmetic, Comparison, Kind, LoopField, Node};
use crate::error::closest;
use crate::json::Value;
use crate::number::Number;
use crate::template::source::Located;

/// Most levels of a tree: evaluating it recurses.
const DEPTH_MAX: u16 = 64;

/// Most brackets in one another: parsing them recurses, and over more functions.
const NESTING_MAX: u16 = 24;

/// The operators between two values: how tightly each binds, and `None` for `~`.
const BINARY: [(&str, u8, Option<Arithmetic>); 8] = [
    ("+", 0, Some(Arithmetic::Add)),
    ("-", 0, Some(Arithmetic::Subtract)),
    ("~", 1, None),
    ("*", 2, Some(Arithmetic::Multiply)),
    ("/", 2, Some(Arithmetic::Divide)),
    ("//", 2, Some(Arithmetic::FloorDivide)),
    ("%", 2, Some(Arithmetic::Remainder)),
    ("**", 3, Some(Arithmetic::Power)),
];

pub(super) fn parse(text: &str, located: &Located<'_>) -> Result<Node, Fault> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0, located, nesting: 0 };
    let node = parser.conditional()?;
    match parser.peek() {
        Token::End => Ok(node),
        found => Err(Fault::new(parser.offset(), format!("expected an operator or the end, found {}", found.describe()))),
    }
}

struct Parser<'a> {
    tokens: Vec<(Token<'a>, usize)>,
    next: usize,
    located: &'a Located<'a>,
    nesting: u16,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens.get(self.next).map_or(Token::End, |(token, _)| token.clone())
    }

    fn offset(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |&(_, offset)| offset)
    }

    fn advance(&mut self) {
        self.next += 1;
    }

    fn skip_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((Token::Symbol(next), _)) if *next == symbol);
        self.next += usize::from(found);
        found
    }

    fn skip_name(&mut self, name: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((Token::Name(next), _)) if *next == name);
        self.next += usize::from(found);
        found
    }

    fn expect_symbol(&mut self, symbol: &str) -> Result<(), Fault> {
        if self.skip_symbol(symbol) {
            return Ok(());
        }
        Err(Fault::new(self.offset(), format!("expected '{symbol}', found {}", self.peek().describe())))
    }

    fn expect_name(&mut self, what: &str) -> Result<&'a str, Fault> {
        match self.peek() {
            Token::Name(name) => {
                self.advance();
                Ok(name)
            }
            found => Err(Fault::new(self.offset(), format!("expected {what}, found {}", found.describe()))),
        }
    }

    /// A node over others, unless the tree would be too deep.
    fn node(&self, kind: Kind, offset: usize) -> Result<Node, Fault> {
        let depth = 1 + below(&kind).map(|node| node.depth).max().unwrap_or(0);
        if depth > DEPTH_MAX {
            return Err(Fault::new(offset, format!("expected an expression of at most {DEPTH_MAX} levels"))
                .hint("compute a part of it in the data, or split it over several attributes"));
        }
        Ok(Node { kind, position: self.located.position(offset), depth })
    }

    fn conditional(&mut self) -> Result<Node, Fault> {
        // Every recursion of this parser passes here, or is counted where it does not.
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            return Err(Fault::new(self.offset(), format!("expected brackets nested at most {NESTING_MAX} deep")));
        }
        let mut node = self.or()?;
        loop {
            let offset = self.offset();
            if !self.skip_name("if") {
                break;
            }
            let condition = self.or()?;
            let otherwise = if self.skip_name("else") { Some(Box::new(self.conditional()?)) } else { None };
            node = self.node(Kind::Conditional(Box::new(node), Box::new(condition), otherwise), offset)?;
        }
        self.nesting -= 1;
        Ok(node)
    }

    fn or(&mut self) -> Result<Node, Fault> {
        let mut left = self.and()?;
        loop {
            let offset = self.offset();
            if !self.skip_name("or") {
                return Ok(left);
            }
            let right = self.and()?;
            left = self.node(Kind::Or(Box::new(left), Box::new(right)), offset)?;
        }
    }

    fn and(&mut self) -> Result<Node, Fault> {
        let mut left = self.not()?;
        loop {
            let offset = self.offset();
            if !self.skip_name("and") {
                return Ok(left);
            }
            let right = self.not()?;
            left = self.node(Kind::And(Box::new(left), Box::new(right)), offset)?;
        }
    }

    fn not(&mut self) -> Result<Node, Fault> {
        let mut offsets = Vec::new();
        loop {
            let offset = self.offset();
            if !self.skip_name("not") {
                break;
            }
            offsets.push(offset);
        }
        let mut node = self.comparison()?;
        for offset in offsets.into_iter().rev() {
            node = self.node(Kind::Not(Box::new(node)), offset)?;
        }
        Ok(node)
    }

    fn comparison(&mut self) -> Result<Node, Fault> {
        let left = self.binary(0)?;
        let offset = self.offset();
        let mut pairs = Vec::new();
        while let Some(comparison) = self.comparison_operator() {
            pairs.push((comparison, self.binary(0)?));
        }
        if pairs.is_empty() { Ok(left) } else { self.node(Kind::Compare(Box::new(left), pairs), offset) }
    }

    fn comparison_operator(&mut self) -> Option<Comparison> {
        let comparison = match self.peek() {
            Token::Symbol("==") => Comparison::Equal,
            Token::Symbol("!=") => Comparison::NotEqual,
            Token::Symbol("<") => Comparison::Less,
            Token::Symbol("<=") => Comparison::LessOrEqual,
            Token::Symbol(">") => Comparison::Greater,
            Token::Symbol(">=") => Comparison::GreaterOrEqual,
            Token::Name("in") => Comparison::In,
            Token::Name("not") if matches!(self.tokens.get(self.next + 1), Some((Token::Name("in"), _))) => {
                self.advance();
                Comparison::NotIn
            }
            _ => return None,
        };
        self.advance();
        Some(comparison)
    }

    /// Operators that bind at least as tightly as a level of [`BINARY`]; all are left-associative (`**` too, as in Jinja).
    /// By precedence climbing: a plain operand costs one call, not one for each level.
    fn binary(&mut self, loosest: u8) -> Result<Node, Fault> {
        let mut left = self.filtered_sign()?;
        loop {
            let offset = self.offset();
            let Token::Symbol(symbol) = self.peek() else { return Ok(left) };
            let found = BINARY.iter().find(|&&(known, level, _)| known == symbol && level >= loosest);
            let Some(&(_, level, operator)) = found else { return Ok(left) };
            self.advance();
            let right = self.binary(level + 1)?;
            let (a, b) = (Box::new(left), Box::new(right));
            let kind = match operator {
                Some(operator) => Kind::Arithmetic(operator, a, b),
                None => Kind::Join(a, b),
            };
            left = self.node(kind, offset)?;
        }
    }

    fn filtered_sign(&mut self) -> Result<Node, Fault> {
        let mut signs = Vec::new();
        loop {
            let offset = self.offset();
            if self.skip_symbol("-") {
                signs.push(offset);
            } else if !self.skip_symbol("+") {
                break;
            }
        }
        let mut node = self.primary()?;
        node = self.postfix(node)?;
        for offset in signs.into_iter().rev() {
            node = self.node(Kind::Negate(Box::new(node)), offset)?;
        }
        self.filters(node)
    }

    fn primary(&mut self) -> Result<Node, Fault> {
        let offset = self.offset();
        let token = self.peek();
        self.advance();
        match token {
            Token::Name("true" | "True") => self.node(Kind::Literal(Value::Bool(true)), offset),
            Token::Name("false" | "False") => self.node(Kind::Literal(Value::Bool(false)), offset),
            Token::Name("none" | "None" | "null") => self.node(Kind::Literal(Value::Null), offset),
            Token::Name(word @ ("and" | "or" | "if" | "else" | "in" | "is" | "not")) => {
                Err(Fault::new(offset, format!("expected a value, found '{word}'")))
            }
            Token::Name("loop") => self.loop_field(offset),
            Token::Name(name) => self.node(Kind::Name(Arc::from(name)), offset),
            // `.5` is 0.5.
            Token::Number(text) => match Number::parse(&format!("{}{text}", if text.starts_with('.') { "0" } else { "" })) {
                Some(number) => self.node(Kind::Literal(Value::Number(number)), offset),
                None => Err(Fault::new(offset, format!("expected a number of at most {} digits", Number::MAX_CHARACTERS))),
            },
            Token::Text(text) => {
                let node = self.node(Kind::Literal(Value::from(text)), offset)?;
                if matches!(self.peek(), Token::Text(_)) {
                    return Err(Fault::new(self.offset(), "expected an operator between two texts").hint("join them with '~'"));
                }
                Ok(node)
            }
            Token::Symbol("(") => {
                let node = self.conditional()?;
                self.expect_symbol(")")?;
                Ok(node)
            }
            Token::Symbol("[") => {
                let items = self.list("]")?;
                self.node(Kind::List(items), offset)
            }
            found => Err(Fault::new(offset, format!("expected a value, found {}", found.describe()))),
        }
    }

    fn loop_field(&mut self, offset: usize) -> Result<Node, Fault> {
        let names = LoopField::NAMES.map(|(name, _)| name);
        if !self.skip_symbol(".") {
            return Err(Fault::new(offset, "expected a field of 'loop'").hint(format!("one of {}", names.join(", "))));
        }
        let field_offset = self.offset();
        let name = self.expect_name("a field of 'loop'")?;
        if let Some(&(_, field)) = LoopField::NAMES.iter().find(|(known, _)| *known == name) {
            return self.node(Kind::Loop(field), offset);
        }
        let fault = Fault::new(field_offset, format!("'loop' has no field '{name}'"));
        Err(fault.hint(suggestion(name, &names)))
    }

    /// Items up to a closing bracket, which is taken too.
    fn list(&mut self, close: &str) -> Result<Vec<Node>, Fault> {
        let mut items = Vec::new();
        while !self.skip_symbol(close) {
            items.push(self.conditional()?);
            if !self.skip_symbol(",") {
                self.expect_symbol(close)?;
                break;
            }
        }
        Ok(items)
    }

    fn postfix(&mut self, mut node: Node) -> Result<Node, Fault> {
        loop {
            let offset = self.offset();
            if self.skip_symbol(".") {
                let offset = self.offset();
                node = match self.peek() {
                    // `friends.0`, as Jinja has it.
                    Token::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                        let index = self.primary()?;
                        self.node(Kind::Index(Box::new(node), Box::new(index)), offset)?
                    }
                    _ => {
                        let name = Arc::from(self.expect_name("a name after '.'")?);
                        self.node(Kind::Member(Box::new(node), name), offset)?
                    }
                };
            } else if self.skip_symbol("[") {
                node = self.subscript(node, offset)?;
            } else if let Token::Symbol("(") = self.peek() {
                return Err(
                    Fault::new(offset, "expected an operator, found '('").hint("there are no calls; use a filter: x | name")
                );
            } else {
                return Ok(node);
            }
        }
    }

    fn subscript(&mut self, node: Node, offset: usize) -> Result<Node, Fault> {
        let start = if matches!(self.peek(), Token::Symbol(":")) { None } else { Some(Box::new(self.conditional()?)) };
        if !self.skip_symbol(":") {
            self.expect_symbol("]")?;
            let Some(index) = start else {
                return Err(Fault::new(offset, "expected an index"));
            };
            return match &index.kind {
                Kind::Literal(Value::Text(name)) => self.node(Kind::Member(Box::new(node), name.clone()), offset),
                _ => self.node(Kind::Index(Box::new(node), index), offset),
            };
        }
        let end = if matches!(self.peek(), Token::Symbol("]")) { None } else { Some(Box::new(self.conditional()?)) };
        self.expect_symbol("]")?;
        self.node(Kind::Slice(Box::new(node), start, end), offset)
    }

    fn filters(&mut self, mut node: Node) -> Result<Node, Fault> {
        loop {
            if self.skip_symbol("|") {
                let offset = self.offset();
                let name = self.expect_name("a filter")?;
                let Some(filter) = Filter::from_name(name) else {
                    let fault = Fault::new(offset, format!("unknown filter '{name}'"));
                    return Err(fault.hint(suggestion(name, &Filter::NAMES)));
                };
                let arguments = if self.skip_symbol("(") { self.arguments()? } else { Arguments::default() };
                filter.check(&arguments).map_err(|message| Fault::new(offset, message))?;
                node = self.node(Kind::Filter(filter, Box::new(node), arguments), offset)?;
            } else if self.skip_name("is") {
                let negated = self.skip_name("not");
                let offset = self.offset();
                let name = self.expect_name("a test after 'is'")?;
                let Some(test) = Test::from_name(name) else {
                    let fault = Fault::new(offset, format!("unknown test '{name}'"));
                    return Err(fault.hint(suggestion(name, &Test::NAMES)));
                };
                let arguments = if test.arguments() == 0 { Vec::new() } else { self.test_arguments(test, offset)? };
                node = self.node(Kind::Test(test, negated, Box::new(node), arguments), offset)?;
            } else {
                return Ok(node);
            }
        }
    }

    /// `is divisibleby(3)` or `is divisibleby 3`.
    fn test_arguments(&mut self, test: Test, offset: usize) -> Result<Vec<Node>, Fault> {
        let arguments = if self.skip_symbol("(") { self.list(")")? } else { vec![self.primary()?] };
        if arguments.len() != test.arguments() {
            return Err(Fault::new(
                offset,
                format!("expected {} argument of the test, found {}", test.arguments(), arguments.len()),
            ));
        }
        Ok(arguments)
    }

    fn arguments(&mut self) -> Result<Arguments, Fault> {
        let mut arguments = Arguments::default();
        while !self.skip_symbol(")") {
            let offset = self.offset();
            let named = match (self.peek(), self.tokens.get(self.next + 1)) {
                (Token::Name(name), Some((Token::Symbol("="), _))) => Some(name),
                _ => None,
            };
            if let Some(name) = named {
                self.next += 2;
                let value = self.conditional()?;
                arguments.named.push((Arc::from(name), value));
            } else if arguments.named.is_empty() {
                arguments.placed.push(self.conditional()?);
            } else {
                return Err(Fault::new(offset, "expected a named argument after a named argument"));
            }
            if !self.skip_symbol(",") {
                self.expect_symbol(")")?;
                break;
            }
        }
        Ok(arguments)
    }
}

/// 'Did you mean', or the list of what there is.
pub(super) fn suggestion(name: &str, known: &[&'static str]) -> String {
    closest(name, known.iter().copied())
        .map_or_else(|| format!("one of {}", known.join(", ")), |close| format!("did you mean '{close}'?"))
}

/// The nodes right below one.
fn below(kind: &Kind) -> impl Iterator<Item = &Node> {
    let mut nodes: Vec<&Node> = Vec::new();
    match kind {
        Kind::Literal(_) | Kind::Name(_) | Kind::Loop(_) => {}
        Kind::Member(a, _) | Kind::Negate(a) | Kind::Not(a) => nodes.push(a),
        Kind::Index(a, b) | Kind::And(a, b) | Kind::Or(a, b) | Kind::Arithmetic(_, a, b) | Kind::Join(a, b) => {
            nodes.extend([&**a, &**b]);
        }
        Kind::Slice(a, b, c) => {
            nodes.push(a);
            nodes.extend([b, c].into_iter().flatten().map(|node| &**node));
        }
        Kind::Conditional(a, b, c) => {
            nodes.extend([&**a, &**b]);
            nodes.extend(c.as_deref());
        }
        Kind::List(items) => nodes.extend(items),
        Kind::Compare(a, pairs) => {
            nodes.push(a);
            nodes.extend(pairs.iter().map(|(_, node)| node));
        }
        Kind::Filter(_, a, arguments) => {
            nodes.push(a);
            nodes.extend(&arguments.placed);
            nodes.extend(arguments.named.iter().map(|(_, node)| node));
        }
        Kind::Test(_, _, a, arguments) => {
            nodes.push(a);
            nodes.extend(arguments);
        }
    }
    nodes.into_iter()
}
