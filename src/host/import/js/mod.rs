//! JavaScript, as far as templates are written in it.

mod expressions;
pub mod lexer;
pub mod parser;
pub mod tree;
