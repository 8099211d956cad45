//! The markup of `richtext`: `p`, `strong`, `em`, `br` and `span`, read as forgivingly as HTML is.

use std::sync::Arc;

use super::declaration::{Declaration, compile_inline};
use super::expression::Bound;
use super::markup::reference;
use super::property::{Group, Property};
use super::source::Located;
use crate::error::{Diagnostic, closest, raise_limit};
use crate::json::Value;
use crate::reading::Reading;

/// Rich text before it is bound: values that are bound are text and stay text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Markup {
    pub paragraphs: Vec<MarkupParagraph>,
}

/// A paragraph, or a line of one between two `<br>`.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkupParagraph {
    /// What `p` and `span` say of alignment.
    pub alignment: Vec<Declaration>,
    pub runs: Vec<MarkupRun>,
}

/// A text with what the tags around it say, the outermost first.
#[derive(Clone, Debug)]
pub(crate) struct MarkupRun {
    pub text: Bound,
    pub declarations: Vec<Arc<[Declaration]>>,
}

const TAGS: [&str; 5] = ["p", "strong", "em", "br", "span"];

impl Markup {
    /// Compiles markup. What it does not know is said, and its text stays.
    pub fn compile(text: &str, located: &Located<'_>, reading: &mut Reading<'_>) -> Self {
        let mut reader = Reader {
            text,
            located,
            reading: reading.reborrow(),
            open: Vec::new(),
            markup: Self::default(),
            line: MarkupParagraph::default(),
        };
        reader.read();
        reader.markup
    }
}

/// A tag that is open.
struct Open {
    name: String,
    declarations: Arc<[Declaration]>,
}

struct Reader<'a, 'b> {
    text: &'a str,
    located: &'a Located<'b>,
    reading: Reading<'a>,
    open: Vec<Open>,
    markup: Markup,
    line: MarkupParagraph,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let next = next_tag(rest);
            self.run(at, at + next);
            at += next;
            let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) else { break };
            if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |index| index + 3);
                continue;
            }
            let Some(length) = tag_length(rest) else {
                let place = self.located.place(at);
                self.reading.push(Diagnostic::warning("bad-markup", "expected '>' at the end of the tag", place));
                break;
            };
            let inside = rest.get(1..length - 1).unwrap_or_default();
            match inside.strip_prefix('/') {
                Some(name) => self.close(name.trim(), at),
                None => self.begin(inside, at + 1),
            }
            at += length;
        }
        self.end_line(false);
    }

    /// A text between two tags, with its references decoded outside of `{{ }}` too.
    fn run(&mut self, start: usize, end: usize) {
        let raw = self.text.get(start..end).unwrap_or_default();
        if raw.is_empty() {
            return;
        }
        let (text, offsets) = decode(raw);
        // White space between two blocks is none.
        if text.trim().is_empty() && self.line.runs.is_empty() {
            return;
        }
        let text = if self.line.runs.is_empty() { text.trim_start() } else { &text };
        let begin = offsets.len() - 1 - text.len();
        let located = self.located.each(start, offsets.get(begin..).unwrap_or_default());
        let text = Bound::compile(text, &located, &mut self.reading);
        let declarations: Vec<_> =
            self.open.iter().map(|open| open.declarations.clone()).filter(|list| !list.is_empty()).collect();
        for declaration in declarations.iter().flat_map(|list| list.iter()) {
            if declaration.property().name == "textAlign" && !self.line.alignment.contains(declaration) {
                self.line.alignment.push(declaration.clone());
            }
        }
        self.line.runs.push(MarkupRun { text, declarations });
    }

    /// Ends a line; an empty one is kept where a `br` ended or began it.
    fn end_line(&mut self, by_break: bool) {
        let mut line = std::mem::take(&mut self.line);
        // White space before a tag that ends a line is none.
        while let Some(MarkupRun { text: Bound::Text(text), .. }) = line.runs.last_mut() {
            let trimmed = text.trim_end();
            if trimmed.len() < text.len() {
                *text = Arc::from(trimmed);
            }
            if !text.is_empty() {
                break;
            }
            line.runs.pop();
        }
        if !line.runs.is_empty() || by_break {
            self.markup.paragraphs.push(line);
        }
    }

    fn begin(&mut self, inside: &str, at: usize) {
        let inside_trimmed = inside.trim_end().trim_end_matches('/');
        let name_length = inside_trimmed.find(|next: char| next.is_ascii_whitespace()).unwrap_or(inside_trimmed.len());
        let (name, attributes) = inside_trimmed.split_at(name_length);
        let empty = inside.trim_end().ends_with('/');
        let name = match name.to_ascii_lowercase().as_str() {
            "b" => "strong".to_owned(),
            "i" => "em".to_owned(),
            name => name.to_owned(),
        };
        if name == "br" {
            self.end_line(true);
            return;
        }
        if !TAGS.contains(&name.as_str()) {
            let shown = crate::grapheme::prefix_bytes(&name, 80);
            let mut diagnostic = Diagnostic::warning(
                "unknown-tag",
                format!("unknown tag '{shown}' in rich text, its text is kept"),
                self.located.place(at),
            );
            diagnostic.hint = Some(
                closest(&name, TAGS)
                    .map_or_else(|| format!("one of {}", TAGS.join(", ")), |close| format!("did you mean '{close}'?")),
            );
            self.reading.push(diagnostic);
        }
        if name == "p" {
            // As in HTML, a paragraph ends the one before.
            self.close_paragraph();
            self.end_line(false);
        }
        let mut declarations = self.own_declarations(&name, at);
        declarations.extend(self.attributes(attributes, at + name_length));
        if empty {
            return;
        }
        if self.open.len() >= self.reading.limits.rich_text_depth {
            let place = self.located.place(at);
            let message = format!("expected at most {} tags in one another in rich text", self.reading.limits.rich_text_depth);
            let diagnostic = Diagnostic::warning("bad-markup", message, place);
            self.reading.push(diagnostic.hint(raise_limit("rich_text_depth")));
            return;
        }
        self.open.push(Open { name, declarations: Arc::from(declarations) });
    }

    fn own_declarations(&mut self, name: &str, at: usize) -> Vec<Declaration> {
        let (property, value) = match name {
            "strong" => ("fontWeight", "bold"),
            "em" => ("fontStyle", "italic"),
            _ => return Vec::new(),
        };
        let place = self.located.place(at);
        let property = Property::named(property);
        let declaration =
            property.and_then(|property| Declaration::ready(property, &Value::from(value), place, &mut self.reading));
        declaration.into_iter().collect()
    }

    fn attributes(&mut self, attributes: &str, start: usize) -> Vec<Declaration> {
        let mut declarations = Vec::new();
        let mut at = 0;
        while let Some(attribute) = next_attribute(attributes, at) {
            at = attribute.end;
            let located = |offset: usize| self.located.part(start + offset);
            if attribute.name.eq_ignore_ascii_case("style") {
                let (value, offsets) = decode(attribute.value);
                let located = self.located.each(start + attribute.value_start, &offsets);
                let found = compile_inline(&value, &located, &mut self.reading);
                for declaration in found {
                    if matches!(declaration.property().group, Group::Inherited | Group::Text) {
                        declarations.push(declaration);
                    } else {
                        let message = format!("'{}' is no property of a part of a text", declaration.property().name);
                        let place = located.place(0);
                        self.reading.push(Diagnostic::warning("unknown-property", message, place));
                    }
                }
            } else {
                let shown = crate::grapheme::prefix_bytes(attribute.name, 80);
                let message = format!("unknown attribute '{shown}' in rich text");
                let diagnostic = Diagnostic::warning("unknown-attribute", message, located(attribute.start).place(0));
                self.reading.push(diagnostic.hint("write style=\"color: …\""));
            }
        }
        declarations
    }

    fn close(&mut self, name: &str, at: usize) {
        let name = match name.to_ascii_lowercase().as_str() {
            "b" => "strong".to_owned(),
            "i" => "em".to_owned(),
            name => name.to_owned(),
        };
        match self.open.iter().rposition(|open| open.name == name) {
            Some(index) => {
                self.open.truncate(index);
                if name == "p" {
                    self.end_line(false);
                }
            }
            // `</br>` is written, and means a break.
            None if name == "br" => self.end_line(true),
            None => {
                let shown = crate::grapheme::prefix_bytes(&name, 80);
                let message = format!("expected an open tag before </{shown}>");
                self.reading.push(Diagnostic::warning("bad-markup", message, self.located.place(at)));
            }
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(index) = self.open.iter().rposition(|open| open.name == "p") {
            self.open.truncate(index);
        }
    }
}

/// Where the next tag begins, or the end: `<` outside of `{{ }}` with a name, a slash or a comment behind it.
fn next_tag(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(found) = rest.find(['<', '{']) else { break };
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("{{") {
            match super::expression::closing(rest, 2) {
                Some(close) => at += close + 2,
                None => at += 2,
            }
        } else if rest.starts_with("<!--")
            || rest
                .get(1..)
                .is_some_and(|rest| rest.trim_start_matches('/').starts_with(|next: char| next.is_ascii_alphabetic()))
                && rest.starts_with('<')
        {
            return at;
        } else {
            at += 1;
        }
    }
    text.len()
}

/// How long a tag is, with its `<` and `>`; a `>` within quotes does not end it.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) => quote = if byte == open { None } else { Some(open) },
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(index + 1),
            (None, _) => {}
        }
    }
    None
}

struct RawAttribute<'a> {
    name: &'a str,
    value: &'a str,
    start: usize,
    value_start: usize,
    end: usize,
}

fn next_attribute(text: &str, from: usize) -> Option<RawAttribute<'_>> {
    let rest = text.get(from..)?;
    let start = from + rest.len() - rest.trim_start().len();
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    let name_length = rest.find(|next: char| next.is_whitespace() || next == '=').unwrap_or(rest.len()).max(1);
    let name_length = rest.ceil_char_boundary(name_length);
    let (name, after) = rest.split_at(name_length);
    let Some(after_equals) = after.trim_start().strip_prefix('=') else {
        return Some(RawAttribute { name, value: "", start, value_start: start + name_length, end: start + name_length });
    };
    let value = after_equals.trim_start();
    let begin = text.len() - value.len();
    let quoted = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let (value_start, length, end) = if let Some(quote) = quoted {
        let inner = value.get(1..).unwrap_or_default();
        let length = inner.find(quote).unwrap_or(inner.len());
        (begin + 1, length, (begin + 1 + length + 1).min(text.len()))
    } else {
        let length = value.find(char::is_whitespace).unwrap_or(value.len());
        (begin, length, begin + length)
    };
    let value = text.get(value_start..value_start + length).unwrap_or_default();
    Some(RawAttribute { name, value, start, value_start, end })
}

/// A text with its references decoded, and the raw byte for each byte of it and for its end.
fn decode(raw: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(raw.len());
    let mut offsets = Vec::with_capacity(raw.len() + 1);
    let mut at = 0;
    while let Some(character) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        let found = if character == '&' { raw.get(at..).and_then(reference) } else { None };
        let (length, decoded) = found.unwrap_or((character.len_utf8(), character));
        text.push(decoded);
        offsets.extend(std::iter::repeat_n(at, decoded.len_utf8()));
        at += length;
    }
    offsets.push(at);
    (text, offsets)
}
