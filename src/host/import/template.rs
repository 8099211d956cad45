//! A template's file, from its text to a board's document.

use std::rc::Rc;

use super::dot::{self, Compiled};
use super::js::lexer::{at, placed};
use super::js::parser::parse;
use super::js::tree::{Function, Statement, Target};
use super::markup::items;
use super::names::{Names, names};
use super::pieces::Piece;
use super::program::{Note, Outcome, Program};
use super::tree::{Node, tree};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::limits::Limits;

/// A template that was read.
pub struct Template {
    pub nodes: Vec<Node>,
    pub names: Names,
    /// What needs a hand so far.
    pub notes: Vec<Note>,
    /// How the same is made for the engine.
    pub source: Source,
    /// Where the script that was followed came from, if it is not the file itself.
    origin: Option<Compiled>,
}

impl Template {
    /// Notes with their places in the file, in its order.
    pub fn placed(&self, notes: Vec<Note>, name: &str, file: &str) -> Vec<(Place, Note)> {
        let placed = notes.into_iter().map(|note| {
            let offset = self.origin.as_ref().map_or(note.offset, |compiled| compiled.origin(note.offset)).min(file.len());
            let offset = (0..=offset).rev().find(|&offset| file.is_char_boundary(offset)).unwrap_or(0);
            (Place::document(name).at_offset(file, offset), note)
        });
        let mut placed: Vec<(Place, Note)> = placed.collect();
        placed.sort_by_key(|(place, _)| (place.line, place.column));
        placed
    }
}

/// How a template makes markup of data.
pub enum Source {
    /// The body of a function of `it`.
    Body(String),
    /// An export of the file, called with the whole data, or with these members of it.
    Export(String, Vec<String>),
    /// A function of the file that is not exported, by its name; without one, the file is the function.
    Bare(String),
}

/// Reads a template: doT's text, a script that exports such a text or a function.
///
/// # Errors
/// Where the text can't be read at all: no template is in it, or a tag, loop or condition of doT has no end.
pub fn read(name: &str, text: &str, export: Option<&str>, limits: &Limits) -> Result<Template> {
    let is_markup =
        text.trim_start().starts_with('<') || !matches!(name.rsplit_once('.'), Some((_, "js" | "mjs" | "cjs" | "ts")));
    if is_markup {
        return of_dot(name, text, text, 0, limits);
    }
    let file = placed(parse(text, 0), name, text)?;
    let mut program = Program::default();
    program.run(&file);
    let (export, is_bare, found) = choose(&program, &file, export).map_err(|message| {
        Error::new(ErrorKind::Template, message)
            .at(Place::document(name))
            .hint("a function that is given the data and returns markup was expected, or a text; --export NAME says which")
    })?;
    match found {
        Outcome::Function(function) => {
            let pieces = program.template(&function);
            let notes = std::mem::take(&mut program.notes);
            let source = if is_bare { Source::Bare(export) } else { Source::Export(export, members(&function)) };
            Ok(finish(&pieces, notes, source, None, limits))
        }
        Outcome::Pieces(pieces, _) => match &*pieces {
            [Piece::Text(markup, at)] => of_dot(name, text, markup, at.0, limits),
            _ => {
                let source = Source::Export(export, Vec::new());
                Ok(finish(&pieces, Vec::new(), source, None, limits))
            }
        },
        _ => Err(Error::new(ErrorKind::Template, format!("'{export}' of {name} is no template"))
            .at(Place::document(name))
            .hint("a function that returns markup was expected, or a text; --export NAME says which")),
    }
}

/// A text of doT's, within a file.
fn of_dot(name: &str, file: &str, text: &str, base: usize, limits: &Limits) -> Result<Template> {
    let compiled = placed(dot::compile(text, base), name, file)?;
    let body = parse(&compiled.body, 0).map_err(|(offset, error)| at((compiled.origin(offset), error), name, file))?;
    let function = Rc::new(Function { name: String::new(), parameters: vec![Target::Name("it".to_owned(), None)], body });
    let mut program = Program::default();
    let pieces = program.template(&function);
    let notes = std::mem::take(&mut program.notes);
    let source = Source::Body(compiled.body.clone());
    Ok(finish(&pieces, notes, source, Some(compiled), limits))
}

fn finish(pieces: &[Piece], mut notes: Vec<Note>, source: Source, origin: Option<Compiled>, limits: &Limits) -> Template {
    let items = items(pieces, &mut notes);
    let nodes = tree(items, limits.template_nodes, &mut notes);
    let names = names(&nodes);
    Template { nodes, names, notes, source, origin }
}

/// The members of the data that a function of several parameters is called with.
fn members(function: &Function) -> Vec<String> {
    let named = |target: &Target| match target {
        Target::Name(name, _) => name.clone(),
        Target::Members(_) => String::new(),
    };
    if function.parameters.len() > 1 { function.parameters.iter().map(named).collect() } else { Vec::new() }
}

/// The export that is the template.
fn choose(program: &Program, file: &[Statement], wanted: Option<&str>) -> std::result::Result<(String, bool, Outcome), String> {
    // What `module.exports` has in it is exported, too.
    let mut exports = program.exports.clone();
    if let Some(Outcome::Map(map)) = program.exports.get("default") {
        exports.extend(map.iter().map(|(name, outcome)| (name.clone(), outcome.clone())));
    }
    let is_template = |outcome: &Outcome| matches!(outcome, Outcome::Function(_) | Outcome::Pieces(..));
    if let Some(wanted) = wanted {
        let found = exports.get(wanted).filter(|outcome| is_template(outcome)).cloned();
        return found
            .map(|outcome| (wanted.to_owned(), false, outcome))
            .ok_or_else(|| format!("no template is exported as '{wanted}'"));
    }
    if let Some(outcome) = exports.get("default").filter(|outcome| is_template(outcome)) {
        return Ok(("default".to_owned(), false, outcome.clone()));
    }
    let mut found: Vec<(String, Outcome)> = exports.into_iter().filter(|(_, outcome)| is_template(outcome)).collect();
    let is_bare = found.is_empty();
    if is_bare {
        // A function as a page of doT's gives it, that nothing exports.
        found = file
            .iter()
            .filter_map(|statement| match statement {
                Statement::Function(function) => Some((function.name.clone(), Outcome::Function(Rc::clone(function)))),
                Statement::Expression(expression) => match &expression.kind {
                    super::js::tree::Kind::Function(function) => Some((String::new(), Outcome::Function(Rc::clone(function)))),
                    _ => None,
                },
                _ => None,
            })
            .collect();
    }
    if found.is_empty() {
        // A text of doT's that the file itself compiles.
        let is_markup = |outcome: &Outcome| match outcome {
            Outcome::Pieces(pieces, _) => matches!(&**pieces, [Piece::Text(text, _)] if text.trim_start().starts_with('<')),
            _ => false,
        };
        found = program.names.iter().filter(|(_, outcome)| is_markup(outcome)).map(|(n, o)| (n.clone(), o.clone())).collect();
    }
    match found.len() {
        0 => Err("no template was found in it".to_owned()),
        1 => {
            let (name, outcome) = found.remove(0);
            Ok((name, is_bare, outcome))
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
            Err(format!("several may be the template: {}", names.join(", ")))
        }
    }
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
