//! What a script says, as far as templates and what they call are written.

use std::rc::Rc;

/// Where something begins, bytes from the start of its text. Two of them are always equal: what is compared is what is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offset(pub usize);

impl PartialEq for Offset {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An expression with where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub kind: Kind,
    pub offset: Offset,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// As it is written.
    Number(String),
    Text(String),
    /// Texts and what stands between them: one text more than expressions. Each text with where it begins.
    Template(Vec<(String, Offset)>, Vec<Expression>),
    Bool(bool),
    /// `null` and `undefined`.
    Nothing,
    Name(String),
    Member(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
    Call(Box<Expression>, Vec<Expression>),
    /// `!`, `-`, `+`, `typeof`, `void`.
    Unary(&'static str, Box<Expression>),
    /// Between two values: `+`, `===`, `&&`, …
    Binary(&'static str, Box<Expression>, Box<Expression>),
    Conditional(Box<Expression>, Box<Expression>, Box<Expression>),
    Function(Rc<Function>),
    /// `=`, `+=`, …; `++` is `+=` 1.
    Assign(&'static str, Box<Expression>, Box<Expression>),
    List(Vec<Expression>),
    Map(Vec<(String, Expression)>),
    /// `...x` in a list.
    Spread(Box<Expression>),
    /// A regular expression, as it is written.
    Pattern(String),
}

#[derive(Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub parameters: Vec<Target>,
    pub body: Vec<Statement>,
}

/// What takes a value: a name, or names of members, each with what stands in where there is nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Name(String, Option<Expression>),
    /// The member, and what takes it.
    Members(Vec<(String, Target)>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    Declare(Vec<(Target, Option<Expression>)>),
    Expression(Expression),
    If(Expression, Vec<Statement>, Vec<Statement>),
    While(Expression, Vec<Statement>, Offset),
    /// Start, condition, step, body.
    For(Vec<Statement>, Option<Expression>, Option<Expression>, Vec<Statement>, Offset),
    ForOf(Target, Expression, Vec<Statement>, Offset),
    Return(Option<Expression>),
    Block(Vec<Statement>),
    Function(Rc<Function>),
    /// `export` of something under a name; `default` is one of them.
    Export(String, Expression),
    /// What is asked of another file: names here, and its name.
    Import(Vec<String>, String),
}
