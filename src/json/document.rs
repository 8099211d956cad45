//! A text that was read, and its values where they stand.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::ceiling::Ceiling;
use super::parse::{Entry, Kind, parse};
use super::text::{Text, looks_like_json};
use super::{escape, path};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::lines::Lines;
use crate::number::Number;

/// A JSON text that is known to be well-formed, with an index of its values.
///
/// ```
/// use friendboard::{Limits, json::Document};
/// let text = "{\"data\": [\n  {\"nickname\": \"Ann\", \"score\": 9007199254740993}]}";
/// let document = Document::parse(text, "friends.json", &Limits::default())?;
/// let score = document.root().get("data").and_then(|data| data.items().next()?.get("score")).unwrap();
/// assert_eq!(score.number().unwrap().to_string(), "9007199254740993");
/// assert_eq!(score.place_and_path().to_string(), "friends.json:2:32 at data[0].score");
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Debug)]
pub struct Document<'t> {
    text: Text<'t>,
    kind: ErrorKind,
    entries: Vec<Entry>,
    lines: OnceLock<Lines>,
    origin: Origin<'t>,
}

/// Where a text comes from.
#[derive(Debug)]
enum Origin<'t> {
    Named(&'t str),
    /// A part of another document, or a whole one that outlives its name: where it stands.
    Part(Place),
}

impl<'t> Document<'t> {
    /// Reads a text; a byte order mark is passed over. `name` is what places call it.
    ///
    /// # Errors
    /// Of the ceiling's kind, with line and column, for what is no JSON; of kind [`ErrorKind::Limit`] for what is longer
    /// or nested deeper than the ceiling.
    pub fn parse(text: &'t str, name: &'t str, ceiling: impl Into<Ceiling>) -> Result<Self> {
        Self::read(Text::Borrowed(text), Origin::Named(name), &ceiling.into())
    }

    /// The same of a text that the document keeps: it is there for as long as anybody has the document.
    ///
    /// # Errors
    /// As [`Document::parse`].
    ///
    /// ```
    /// use friendboard::{Limits, json::Document};
    /// let document: Document<'static> = Document::parse_owned("[7]".to_owned(), "friends.json", &Limits::default())?;
    /// assert_eq!(document.root().items().next().unwrap().source(), "7");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn parse_owned(text: String, name: &str, ceiling: impl Into<Ceiling>) -> Result<Document<'static>> {
        Document::read(Text::Owned(text), Origin::Part(Place::document(name).at(1, 1)), &ceiling.into())
    }

    /// Reads a part of another document, whose places it goes on to count.
    pub(super) fn parse_part(text: &Arc<str>, place: &Place, ceiling: &Ceiling) -> Result<Document<'static>> {
        Document::read(Text::Shared(Arc::clone(text)), Origin::Part(place.clone()), ceiling)
    }

    fn read(text: Text<'t>, origin: Origin<'t>, ceiling: &Ceiling) -> Result<Self> {
        let text = text.without_mark();
        let mut document = Self { text, kind: ceiling.kind, entries: Vec::new(), lines: OnceLock::new(), origin };
        if let Err(error) = ceiling.check_bytes(&document.text) {
            return Err(error.at(Place { document: Some(document.name()), ..Place::default() }));
        }
        match parse(&document.text, ceiling) {
            Ok(entries) => document.entries = entries,
            Err((error, offset)) => return Err(error.at(Place { path: document.base_path(), ..document.place(offset) })),
        }
        Ok(document)
    }

    /// The document's one value.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { document: self, index: 0 }
    }

    /// The value of a [number](Node::number_in_document).
    pub(crate) fn node(&self, index: u32) -> Node<'_> {
        Node { document: self, index }
    }

    /// The text, without a byte order mark: what offsets count in.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document's name.
    #[must_use]
    pub fn name(&self) -> Arc<str> {
        match &self.origin {
            Origin::Named(name) => Arc::from(*name),
            Origin::Part(place) => place.document.clone().unwrap_or_default(),
        }
    }

    /// The place of a byte of the text.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let lines = self.lines.get_or_init(|| Lines::of(&self.text));
        let (line, column) = lines.position(&self.text, offset);
        match &self.origin {
            Origin::Named(name) => Place::document(name).at(line, column),
            Origin::Part(place) => within(place, line, column),
        }
    }

    /// The path of the part that this is of another document.
    fn base_path(&self) -> Option<Arc<str>> {
        match &self.origin {
            Origin::Named(_) => None,
            Origin::Part(place) => place.path.clone(),
        }
    }

    fn entry(&self, index: u32) -> Entry {
        // Indices come from the tape itself; a wrong one would be a defect here and not of the input.
        self.entries.get(index as usize).copied().unwrap_or(Entry {
            start: 0,
            end: 0,
            next: 0,
            kind: Kind::Null,
            escaped: false,
        })
    }

    fn written(&self, entry: &Entry) -> &str {
        self.text.get(entry.start as usize..entry.end as usize).unwrap_or_default()
    }

    fn decoded(&self, entry: &Entry) -> Cow<'_, str> {
        if entry.escaped {
            return escape::unescape(self.written(entry));
        }
        Cow::Borrowed(self.text.get(entry.start as usize + 1..(entry.end as usize).saturating_sub(1)).unwrap_or_default())
    }
}

/// A line and a column of a part, in the whole.
fn within(part: &Place, line: u32, column: u32) -> Place {
    let column = if line <= 1 { part.column.saturating_add(column).saturating_sub(1) } else { column };
    let line = part.line.saturating_add(line).saturating_sub(1);
    Place { document: part.document.clone(), line, column, path: None }
}

/// One value of a document. As cheap to copy as a reference.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document<'a>,
    index: u32,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its value.
    pub value: Node<'a>,
    /// The name as a value of its own, for its place.
    pub key: Node<'a>,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.source())
    }
}

impl<'a> Node<'a> {
    fn entry(self) -> Entry {
        self.document.entry(self.index)
    }

    /// Its number among the values and names of its document, by which it is [found](Document::node) again; 0 is the root's.
    pub(crate) fn number_in_document(self) -> u32 {
        self.index
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// True for `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value as it is written.
    #[must_use]
    pub fn source(self) -> &'a str {
        self.document.written(&self.entry())
    }

    /// How many bytes are written of it, a string's quotes among them.
    pub(crate) fn written_length(self) -> usize {
        let entry = self.entry();
        entry.end as usize - entry.start as usize
    }

    /// Its first byte in the document's text; a string's opening quote.
    #[must_use]
    pub fn offset(self) -> usize {
        self.entry().start as usize
    }

    /// The document.
    #[must_use]
    pub fn document(self) -> &'a Document<'a> {
        self.document
    }

    /// Document, line and column.
    #[must_use]
    pub fn place(self) -> Place {
        self.document.place(self.offset())
    }

    /// Document, line, column and JSON path.
    #[must_use]
    pub fn place_and_path(self) -> Place {
        let (place, path) = (self.place(), self.path());
        if path.is_empty() { place } else { place.path(&path) }
    }

    /// JSON path, such as `data[3].nickname`; empty for the document's one value. Found by a walk from there.
    #[must_use]
    pub fn path(self) -> String {
        let mut path = self.document.base_path().map_or_else(String::new, |path| path.to_string());
        let mut node = self.document.root();
        while node.index != self.index {
            let holds = |child: Node<'_>| (child.index..child.entry().next).contains(&self.index);
            let inner = match node.kind() {
                Kind::List => node.items().enumerate().find(|(_, item)| holds(*item)).map(|(index, item)| {
                    path::push_item(&mut path, index);
                    item
                }),
                _ => node.members().find(|member| member.key.index == self.index || holds(member.value)).map(|member| {
                    path::push_member(&mut path, &member.name);
                    if member.key.index == self.index { member.key } else { member.value }
                }),
            };
            match inner {
                Some(inner) => node = inner,
                None => break,
            }
        }
        path
    }

    /// A string's text: escapes resolved, each half of a broken surrogate pair as U+FFFD.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        let entry = self.entry();
        (entry.kind == Kind::Text).then(|| self.document.decoded(&entry))
    }

    /// The document's byte for each byte of a string's text, and for its end; empty for anything else.
    #[must_use]
    pub fn text_offsets(self) -> Vec<usize> {
        let entry = self.entry();
        if entry.kind != Kind::Text {
            return Vec::new();
        }
        let mut offsets = escape::offsets(self.document.written(&entry));
        for offset in &mut offsets {
            *offset += entry.start as usize;
        }
        offsets
    }

    /// A number, exactly; `None` for anything else and for one of more than [`Number::MAX_CHARACTERS`] digits.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        if self.kind() == Kind::Number { Number::parse(self.source()) } else { None }
    }

    /// True or false.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.source() == "true")
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        Items(self.children(Kind::List))
    }

    /// The members of an object as they are written, two of one name too; none for anything else.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        Members(self.children(Kind::Map))
    }

    /// The members of an object that count: of two of one name the last one, where it stands.
    #[must_use]
    pub fn distinct_members(self) -> Vec<Member<'a>> {
        let mut members: Vec<Member<'a>> = self.members().collect();
        if members.len() <= FEW {
            // Comparing is cheaper than hashing a few names.
            for index in (1..members.len()).rev() {
                let (before, after) = members.split_at(index);
                let is_repeated = |member: &Member<'a>| after.iter().any(|later| later.name == member.name);
                if before.last().is_some_and(is_repeated) {
                    members.remove(index - 1);
                }
            }
            return members;
        }
        let mut later: HashSet<&str> = HashSet::new();
        let mut keep: Vec<bool> = members.iter().rev().map(|member| later.insert(&member.name)).collect();
        drop(later);
        members.retain(|_| keep.pop() == Some(true));
        members
    }

    /// The value of a name; of two members of one name the last one's. `None` where this is no object or has no such
    /// name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        let mut children = self.children(Kind::Map);
        let mut found = None;
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let entry = key.entry();
            let plain = entry.end as usize - entry.start as usize == name.len() + 2;
            if (plain || entry.escaped) && self.document.decoded(&entry) == name {
                found = Some(value);
            }
        }
        found
    }

    /// How many items or members it has; 0 for what can have none.
    #[must_use]
    pub fn len(self) -> usize {
        match self.kind() {
            Kind::List => self.items().count(),
            Kind::Map => self.members().count(),
            _ => 0,
        }
    }

    /// True where it has no items and no members.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.entry().next == self.index + 1
    }

    fn children(self, kind: Kind) -> Children<'a> {
        let entry = self.entry();
        let end = if entry.kind == kind { entry.next } else { 0 };
        Children { document: self.document, at: self.index + 1, end }
    }

    /// Reads the JSON that a string holds, as [`open`] does; its places name this document and go on from this path.
    /// `None` for what is no string, and for a string that does not begin like JSON.
    ///
    /// # Errors
    /// Within the `Some`, as [`Document::parse`].
    #[must_use]
    pub fn open(self, ceiling: impl Into<Ceiling>) -> Option<Result<Document<'static>>> {
        let text = self.text().filter(|text| looks_like_json(text))?;
        let path = self.path();
        let name = format!("{} (the JSON in its string)", self.document.name());
        let place = Place::document(&name).at(1, 1);
        let place = if path.is_empty() { place } else { place.path(&path) };
        unwrap(Text::Owned(text.into_owned()), || Origin::Part(place.clone()), &ceiling.into())
    }

    /// What is wrong with it, where it stands: 'expected …, found …'.
    #[must_use]
    pub fn error(self, message: impl Into<String>) -> Error {
        Error::new(self.document.kind, message).at(self.place_and_path())
    }
}

/// The entries that stand in a list or an object.
#[derive(Clone, Debug)]
struct Children<'a> {
    document: &'a Document<'a>,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { document: self.document, index: self.at };
        self.at = node.entry().next;
        Some(node)
    }
}

/// The items of a list.
#[derive(Clone, Debug)]
pub struct Items<'a>(Children<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.0.next()
    }
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Members<'a>(Children<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let (key, value) = (self.0.next()?, self.0.next()?);
        Some(Member { name: key.document.decoded(&key.entry()), value, key })
    }
}

/// Members that are compared with each other rather than hashed.
const FEW: usize = 16;

/// How often JSON may stand in a string of JSON.
const WRAPPINGS: usize = 4;

/// Reads the JSON that a text holds, as where a game passed a value through `JSON.stringify` once more, or twice; `None`
/// where it does not begin as an object, a list or a string does. The value is none of a text of JSON again, unless one
/// is wrapped more than four times.
///
/// # Errors
/// Within the `Some`, as [`Document::parse`]: it begins like JSON and is none.
///
/// ```
/// use friendboard::{Limits, json};
/// let document = json::open(r#""{\"score\": 5}""#, "<value>", &Limits::default()).unwrap()?;
/// assert_eq!(document.root().get("score").unwrap().source(), "5");
/// assert!(json::open("just a text", "<value>", &Limits::default()).is_none());
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn open<'t>(text: &'t str, name: &'t str, ceiling: impl Into<Ceiling>) -> Option<Result<Document<'t>>> {
    unwrap(Text::Borrowed(text), || Origin::Named(name), &ceiling.into())
}

fn unwrap<'t>(text: Text<'t>, origin: impl Fn() -> Origin<'t>, ceiling: &Ceiling) -> Option<Result<Document<'t>>> {
    if !looks_like_json(&text) {
        return None;
    }
    let mut document = match Document::read(text, origin(), ceiling) {
        Ok(document) => document,
        wrong => return Some(wrong),
    };
    for _ in 1..WRAPPINGS {
        let Some(inner) = document.root().text().filter(|inner| looks_like_json(inner)).map(Cow::into_owned) else { break };
        match Document::read(Text::Owned(inner), origin(), ceiling) {
            Ok(opened) => document = opened,
            // A text that only looked like JSON.
            Err(_) => break,
        }
    }
    Some(Ok(document))
}
