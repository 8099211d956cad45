//! A template as a board's document.

use std::fmt::Write as _;

use super::expression::{Unsaid, Writer};
use super::js::tree::Offset;
use super::markup::Attribute;
use super::names::Names;
use super::pieces::{Piece, Value};
use super::program::Note;
use super::tree::{Element, Node};
use crate::json::Value as Sheet;
use crate::template::tag::Tag;

/// A document that was written.
pub struct Document {
    pub xml: String,
    /// How many elements, loops, conditions and expressions it has.
    pub counts: [usize; 4],
}

/// How an engine draws texts whose style does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// In lines of 1.2 times the size of the font, which break: as on a board.
    Lines,
    /// In one line that is as high as the font is large: engines up to 1.0.14.
    OneLine,
}

/// Writes a document; what can't be said is told.
pub fn document(nodes: &[Node], names: &Names, (sheet, texts): (&Sheet, Texts), notes: &mut Vec<Note>) -> Document {
    let mut printer = Printer {
        writer: Writer { names, loops: Vec::new() },
        sheet,
        texts,
        notes,
        document: Document { xml: String::new(), counts: [0; 4] },
    };
    let roots: Vec<&Node> = nodes.iter().filter(|node| !matches!(node, Node::Text(..))).collect();
    match &*roots {
        // Of several elements the engine draws the first: it knows no others.
        [Node::Element(root), others @ ..] if others.iter().all(|other| matches!(other, Node::Element(_))) => {
            for other in others {
                let Node::Element(other) = other else { continue };
                let message =
                    format!("<{}> stands beside the board's first element, and the engine does not draw it", other.name);
                printer.tell(other.offset, message, "put it into the first element if it is to be seen");
            }
            printer.element(root, &Around { is_root: true, ..Around::default() }, 0);
        }
        _ => {
            let offset = roots.iter().find_map(|node| match node {
                Node::Element(element) => Some(element.offset),
                _ => None,
            });
            printer.tell(
                offset.unwrap_or_default(),
                "one element was expected around all others; a view was put there",
                "give that view the size of the board",
            );
            let root = Element { name: "view".to_owned(), attributes: Vec::new(), children: nodes.to_vec(), offset: Offset(0) };
            printer.element(&root, &Around { is_root: true, ..Around::default() }, 0);
        }
    }
    printer.document
}

/// What an element has on it: a loop, a condition.
#[derive(Clone, Default)]
struct Around {
    is_root: bool,
    repeat: Option<String>,
    /// `if`, `else-if` or `else`, with the condition.
    branch: Option<(&'static str, String)>,
}

struct Printer<'a> {
    writer: Writer<'a>,
    sheet: &'a Sheet,
    texts: Texts,
    notes: &'a mut Vec<Note>,
    document: Document,
}

impl Printer<'_> {
    fn tell(&mut self, offset: Offset, message: impl Into<String>, hint: &str) {
        let note = Note { offset: offset.0, message: message.into(), hint: hint.to_owned() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// An expression; where there is none for it, what stands in, and a note.
    fn expression(&mut self, value: &Value, near: Offset, otherwise: &str) -> String {
        self.document.counts[3] += 1;
        match self.writer.write(value, near) {
            Ok(text) => text,
            Err(Unsaid { offset, what, hint }) => {
                let what = crate::grapheme::prefix(&what, 60);
                self.tell(offset, format!("no expression says {what}; {otherwise} stands there"), hint);
                otherwise.to_owned()
            }
        }
    }

    fn line(&mut self, depth: usize) {
        if !self.document.xml.is_empty() {
            self.document.xml.push('\n');
        }
        let _ = write!(self.document.xml, "{:width$}", "", width = depth * 2);
    }

    fn nodes(&mut self, nodes: &[Node], condition: Option<&str>, depth: usize) {
        for node in nodes {
            let branch = condition.map(|condition| ("if", condition.to_owned()));
            match node {
                Node::Text(_, at) => {
                    self.tell(*at, "a text outside of <text> is not drawn, and was left out", "put it into <text>");
                }
                Node::Element(element) => self.element(element, &Around { branch, ..Around::default() }, depth),
                Node::Choice(branches, otherwise) => self.choice(branches, otherwise, condition, depth),
                Node::Loop(head, body) => {
                    self.document.counts[1] += 1;
                    let list = self.expression(&head.list, head.offset, "[]");
                    let name = self.writer.names.loops.get(&head.id).map_or("item", |(name, _)| name).to_owned();
                    self.writer.loops.push(head.id);
                    let inner: Vec<&Node> = body.iter().filter(|node| !matches!(node, Node::Text(..))).collect();
                    let placed = self.writer.names.placed.contains(&head.id);
                    let name = if placed { format!("{name}, {name}_place") } else { name };
                    let around = |branch| Around { is_root: false, repeat: Some(format!("{name} in {list}")), branch };
                    match &*inner {
                        [] => {}
                        [Node::Element(element)] => self.element(element, &around(branch), depth),
                        [Node::Choice(branches, otherwise)]
                            if condition.is_none() && otherwise.is_empty() && single(branches).is_some() =>
                        {
                            if let Some((condition, element)) = single(branches) {
                                self.document.counts[2] += 1;
                                let condition = self.expression(condition, element.offset, "false");
                                self.element(element, &around(Some(("if", condition))), depth);
                            }
                        }
                        _ => {
                            self.tell(
                                head.offset,
                                "a loop repeats one element, and here it has several; a view was put around them",
                                "give the view the style that its surroundings need (flexDirection), or put all of it into one element",
                            );
                            let view = Element {
                                name: "view".to_owned(),
                                attributes: Vec::new(),
                                children: body.clone(),
                                offset: head.offset,
                            };
                            self.element(&view, &around(branch), depth);
                        }
                    }
                    self.writer.loops.pop();
                }
            }
        }
    }

    fn choice(&mut self, branches: &[(Value, Vec<Node>)], otherwise: &[Node], outer: Option<&str>, depth: usize) {
        self.document.counts[2] += 1;
        let one = |nodes: &[Node]| matches!(nodes, [Node::Element(_)]);
        let is_chain =
            outer.is_none() && branches.iter().all(|(_, nodes)| one(nodes)) && (otherwise.is_empty() || one(otherwise));
        if is_chain {
            for (index, (condition, nodes)) in branches.iter().enumerate() {
                let [Node::Element(element)] = &**nodes else { continue };
                let condition = self.expression(condition, element.offset, "false");
                let word = if index == 0 { "if" } else { "else-if" };
                self.element(element, &Around { branch: Some((word, condition)), ..Around::default() }, depth);
            }
            if let [Node::Element(element)] = otherwise {
                self.element(element, &Around { branch: Some(("else", String::new())), ..Around::default() }, depth);
            }
            return;
        }
        // Each node with the whole of its condition.
        let mut before: Option<Value> = None;
        for (condition, nodes) in branches {
            let own = match &before {
                Some(before) => Value::binary("and", before.clone(), condition.clone()),
                None => condition.clone(),
            };
            let not = condition.clone().negated();
            before = Some(match before {
                Some(before) => Value::binary("and", before, not),
                None => not,
            });
            self.under(&own, nodes, outer, depth);
        }
        if let Some(before) = before {
            self.under(&before, otherwise, outer, depth);
        }
    }

    fn under(&mut self, condition: &Value, nodes: &[Node], outer: Option<&str>, depth: usize) {
        if nodes.is_empty() {
            return;
        }
        let condition = self.expression(condition, Offset(0), "false");
        let whole = match outer {
            Some(outer) => format!("({outer}) and ({condition})"),
            None => condition,
        };
        self.nodes(nodes, Some(&whole), depth);
    }

    fn element(&mut self, element: &Element, around: &Around, depth: usize) {
        self.document.counts[0] += 1;
        let tag = element.name.to_ascii_lowercase();
        let known = Tag::named(&tag);
        let tag = if known.is_some() {
            tag
        } else {
            self.tell(
                element.offset,
                format!("<{}> is no tag of a board; a view stands there", element.name),
                "see `friendboard explain tags`",
            );
            "view".to_owned()
        };
        let own = known.unwrap_or(Tag::View).attributes();
        self.line(depth);
        let _ = write!(self.document.xml, "<{tag}");
        if let Some(repeat) = &around.repeat {
            self.attribute("for", repeat);
        }
        match &around.branch {
            Some(("else", _)) => self.document.xml.push_str(" else=\"\""),
            Some((word, condition)) => self.attribute(word, condition),
            None => {}
        }
        if around.is_root {
            self.attribute("dialect", "layout");
        }
        let own_line = if tag == "text" && self.texts == Texts::OneLine { self.one_line(element) } else { String::new() };
        let mut value_given = false;
        for Attribute { name, value } in &element.attributes {
            if matches!(&**name, "for" | "if" | "else" | "else-if" | "dialect") {
                continue;
            }
            let allowed = matches!(&**name, "id" | "class" | "style" | "key" | "action")
                || name.starts_with("data-")
                || own.iter().any(|known| known.name == name);
            if !allowed {
                let hint = if name.starts_with("on") || name.starts_with("bind") {
                    "a tap is told by action=\"NAME\""
                } else {
                    "leave it out"
                };
                self.tell(
                    element.offset,
                    format!("the attribute '{name}' of <{tag}> is not one of a board, and was left out"),
                    hint,
                );
                continue;
            }
            value_given |= name == "value";
            let text = self.parts(value, element.offset);
            let text = if name == "style" && !own_line.is_empty() { format!("{own_line}; {text}") } else { text };
            self.attribute_raw(name, &text);
        }
        if !own_line.is_empty() && !element.attributes.iter().any(|one| one.name == "style") {
            self.attribute("style", &own_line);
        }
        let takes_text = own.iter().any(|known| known.name == "value");
        if takes_text {
            let content: Vec<Piece> = element
                .children
                .iter()
                .flat_map(|child| match child {
                    Node::Text(pieces, _) => pieces.clone(),
                    _ => Vec::new(),
                })
                .collect();
            if !value_given && !content.is_empty() {
                let text = self.parts(&content, element.offset);
                self.attribute_raw("value", text.trim());
            }
            if element.children.iter().any(|child| !matches!(child, Node::Text(..))) {
                self.tell(element.offset, format!("<{tag}> has no elements in it; they were left out"), "put them beside it");
            }
            self.document.xml.push_str("/>");
            return;
        }
        if element.children.is_empty() {
            self.document.xml.push_str("/>");
            return;
        }
        self.document.xml.push('>');
        self.nodes(&element.children, None, depth + 1);
        self.line(depth);
        let _ = write!(self.document.xml, "</{tag}>");
    }

    /// What a text's own style must say, to be in one line as high as its font is large.
    fn one_line(&self, element: &Element) -> String {
        let mut names = Vec::new();
        for attribute in element.attributes.iter().filter(|one| matches!(&*one.name, "class" | "id")) {
            said_in(&attribute.value, &mut names);
        }
        let said = |property: &str| {
            let mut styles =
                names.iter().flat_map(|text| text.split_whitespace()).filter_map(|name| self.sheet.get(name)?.get(property));
            styles.next_back().cloned()
        };
        let mut style = Vec::new();
        if said("height").is_none() && said("lineHeight").is_none() {
            let size = said("fontSize").map_or_else(|| "12".to_owned(), |size| size.to_string());
            style.push(format!("lineHeight: {size}px"));
        }
        if said("whiteSpace").is_none() && said("textOverflow").is_none() {
            style.push("whiteSpace: nowrap".to_owned());
        }
        style.join("; ")
    }

    /// An attribute whose value is written as it is read.
    fn attribute(&mut self, name: &str, value: &str) {
        let value = escaped(value);
        self.attribute_raw(name, &value);
    }

    fn attribute_raw(&mut self, name: &str, value: &str) {
        let _ = write!(self.document.xml, " {name}=\"{value}\"");
    }

    /// A value that is put together, escaped.
    fn parts(&mut self, pieces: &[Piece], near: Offset) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(said, _) | Piece::Value(Value::Text(said), _) => text.push_str(&escaped_markup(said)),
                Piece::Value(value, at) => {
                    let said = self.expression(value, *at, "''");
                    let _ = write!(text, "{{{{ {} }}}}", escaped(&said));
                }
                piece => {
                    let value = super::evaluate::joined(std::slice::from_ref(piece));
                    let said = self.expression(&value, near, "''");
                    let _ = write!(text, "{{{{ {} }}}}", escaped(&said));
                }
            }
        }
        text
    }
}

/// The texts in a value, in all of its branches.
fn said_in(pieces: &[Piece], list: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Text(text, _) => list.push(text.clone()),
            Piece::Value(value, _) => value.visit(&mut |part| {
                if let Value::Text(text) = part {
                    list.push(text.clone());
                }
            }),
            Piece::Choice(branches, otherwise) => {
                for (_, inner) in branches {
                    said_in(inner, list);
                }
                said_in(otherwise, list);
            }
            Piece::Loop(_) => {}
        }
    }
}

/// The only branch of a choice, where it is one element.
fn single(branches: &[(Value, Vec<Node>)]) -> Option<(&Value, &Element)> {
    match branches {
        [(condition, nodes)] => match &**nodes {
            [Node::Element(element)] => Some((condition, element)),
            _ => None,
        },
        _ => None,
    }
}

/// A text as XML has it in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The same of what was markup already: its entities stay.
fn escaped_markup(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('&').enumerate() {
        if index > 0 {
            let is_entity = part.find(';').is_some_and(|end| {
                let name = &part[..end];
                matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                    || name
                        .strip_prefix('#')
                        .is_some_and(|code| !code.is_empty() && code.chars().all(|next| next.is_ascii_alphanumeric()))
            });
            out.push_str(if is_entity { "&" } else { "&amp;" });
        }
        out.push_str(&part.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"));
    }
    out
}
