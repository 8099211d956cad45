//! From pieces to the words of markup: tags, texts, choices and loops.

use super::js::tree::Offset;
use super::pieces::{Loop, Piece, Value};
use super::program::Note;

/// An attribute with what its value is put together of.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    pub name: String,
    pub value: Vec<Piece>,
}

/// A word of markup.
#[derive(Clone, Debug)]
pub enum Item {
    Open {
        name: String,
        attributes: Vec<Attribute>,
        is_empty: bool,
        offset: Offset,
    },
    Close(Offset),
    Text(Vec<Piece>, Offset),
    Choice(Vec<(Value, Vec<Item>)>, Vec<Item>),
    /// A loop with the words of its body; its pieces are empty.
    Loop(Loop, Vec<Item>),
}

/// Reads pieces; what can't be read is told.
pub fn items(pieces: &[Piece], notes: &mut Vec<Note>) -> Vec<Item> {
    let mut scanner = Scanner::new(notes);
    scanner.all(pieces);
    if !matches!(scanner.state, State::Content) {
        scanner.tell(Offset(scanner.last.0), "a tag does not end", "close it by '>'");
    }
    scanner.finish()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Content,
    /// Behind `<`.
    TagName,
    /// Between attributes.
    Inside,
    Name,
    AfterName,
    BeforeValue,
    /// Within quotes of this kind; a space where there are none.
    Value(char),
    Comment,
}

struct Scanner<'a> {
    notes: &'a mut Vec<Note>,
    state: State,
    items: Vec<Item>,
    text: Vec<Piece>,
    text_at: Offset,
    tag: String,
    tag_at: Offset,
    attributes: Vec<Attribute>,
    name: String,
    value: Vec<Piece>,
    said: String,
    last: Offset,
}

impl<'a> Scanner<'a> {
    fn new(notes: &'a mut Vec<Note>) -> Self {
        Self {
            notes,
            state: State::Content,
            items: Vec::new(),
            text: Vec::new(),
            text_at: Offset(0),
            tag: String::new(),
            tag_at: Offset(0),
            attributes: Vec::new(),
            name: String::new(),
            value: Vec::new(),
            said: String::new(),
            last: Offset(0),
        }
    }

    fn tell(&mut self, offset: Offset, message: &str, hint: &str) {
        let note = Note { offset: offset.0, message: message.to_owned(), hint: hint.to_owned() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn finish(mut self) -> Vec<Item> {
        self.end_text();
        self.items
    }

    fn all(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text, at) => {
                    for (index, next) in text.char_indices() {
                        self.character(next, Offset(at.0 + index));
                    }
                    self.end_said();
                }
                Piece::Value(_, at) => self.whole(piece, *at),
                Piece::Choice(branches, otherwise) => self.choice(piece, branches, otherwise),
                Piece::Loop(inner) => self.repeat(piece, inner),
            }
        }
    }

    /// A piece that is no text.
    fn whole(&mut self, piece: &Piece, at: Offset) {
        match self.state {
            State::Content => {
                if self.text.is_empty() {
                    self.text_at = at;
                }
                self.text.push(piece.clone());
            }
            State::Value(_) => self.value.push(piece.clone()),
            State::BeforeValue => {
                self.state = State::Value(' ');
                self.value.push(piece.clone());
            }
            State::Comment => {}
            _ => self.tell(
                at,
                "a value stands where a tag or an attribute is named",
                "write each of the names out, with a condition",
            ),
        }
    }

    fn choice(&mut self, piece: &Piece, branches: &[(Value, Vec<Piece>)], otherwise: &[Piece]) {
        let at = self.last;
        match self.state {
            State::Content => {
                self.end_text();
                let mut read = |pieces: &[Piece]| {
                    let mut scanner = Scanner::new(self.notes);
                    scanner.all(pieces);
                    if scanner.state != State::Content {
                        scanner.tell(
                            scanner.last,
                            "a tag begins in one branch and ends behind it",
                            "write the whole tag in each branch",
                        );
                    }
                    scanner.finish()
                };
                let branches = branches.iter().map(|(condition, pieces)| (condition.clone(), read(pieces))).collect();
                let otherwise = read(otherwise);
                self.items.push(Item::Choice(branches, otherwise));
            }
            State::Value(quote) if holds_no(quote, piece) => self.value.push(piece.clone()),
            State::Inside => {
                let mut read = |pieces: &[Piece]| {
                    let mut scanner = Scanner::new(self.notes);
                    scanner.state = State::Inside;
                    scanner.all(pieces);
                    scanner.end_unquoted();
                    if scanner.state != State::Inside {
                        scanner.tell(at, "a tag ends in one branch of it", "write the whole tag in each branch");
                    }
                    scanner.attributes
                };
                let mut all: Vec<(Value, Vec<Attribute>)> =
                    branches.iter().map(|(condition, pieces)| (condition.clone(), read(pieces))).collect();
                let last = read(otherwise);
                let names: Vec<String> =
                    all.iter().flat_map(|(_, list)| list).chain(&last).map(|one| one.name.clone()).collect();
                for name in names {
                    let take = |list: &mut Vec<Attribute>| {
                        let found = list.iter().position(|one| one.name == name);
                        found.map(|index| list.swap_remove(index).value).unwrap_or_default()
                    };
                    let mut last = last.clone();
                    let values = all.iter_mut().map(|(condition, list)| (condition.clone(), take(list))).collect();
                    let value = Piece::Choice(values, take(&mut last));
                    if !self.attributes.iter().any(|one| one.name == name) {
                        self.attributes.push(Attribute { name, value: vec![value] });
                    }
                }
            }
            State::Comment => {}
            _ => self.tell(at, "a condition begins or ends within a tag", "write the whole tag in each branch"),
        }
    }

    fn repeat(&mut self, piece: &Piece, inner: &Loop) {
        match self.state {
            State::Content => {
                self.end_text();
                let mut scanner = Scanner::new(self.notes);
                scanner.all(&inner.body);
                if scanner.state != State::Content {
                    scanner.tell(inner.offset, "a tag begins in a loop and ends behind it", "write the whole tag in the loop");
                }
                let body = scanner.finish();
                self.items.push(Item::Loop(Loop { body: Vec::new(), ..inner.clone() }, body));
            }
            State::Value(_) => self.value.push(piece.clone()),
            State::Comment => {}
            _ => self.tell(inner.offset, "a loop stands within a tag", "write the attributes out"),
        }
    }

    /// The characters that were read become a piece.
    fn end_said(&mut self) {
        let said = std::mem::take(&mut self.said);
        if said.is_empty() {
            return;
        }
        match self.state {
            State::Content => self.text.push(Piece::Text(said, self.text_at)),
            State::Value(_) => self.value.push(Piece::Text(said, self.last)),
            // Names go on in the next piece, and comments are left out.
            _ => self.said = said,
        }
    }

    fn end_text(&mut self) {
        self.end_said();
        let text = std::mem::take(&mut self.text);
        let is_blank = text.iter().all(|piece| matches!(piece, Piece::Text(text, _) if text.trim().is_empty()));
        if !is_blank {
            self.items.push(Item::Text(text, self.text_at));
        }
    }

    fn end_attribute(&mut self) {
        self.end_said();
        let name = std::mem::take(&mut self.name);
        let value = std::mem::take(&mut self.value);
        if !name.is_empty() && !self.attributes.iter().any(|one| one.name == name) {
            self.attributes.push(Attribute { name, value });
        }
    }

    fn end_unquoted(&mut self) {
        match self.state {
            State::Value(' ') => self.end_attribute(),
            // An attribute without a value is set.
            State::Name | State::AfterName => {
                self.name = std::mem::take(&mut self.said) + &std::mem::take(&mut self.name);
                self.value = vec![Piece::Text("true".to_owned(), self.last)];
                self.state = State::Inside;
                self.end_attribute();
            }
            _ => return,
        }
        self.state = State::Inside;
    }

    fn end_tag(&mut self, is_empty: bool) {
        let name = std::mem::take(&mut self.tag);
        let attributes = std::mem::take(&mut self.attributes);
        self.state = State::Content;
        self.items.push(if name.starts_with('/') {
            Item::Close(self.tag_at)
        } else {
            Item::Open { name, attributes, is_empty, offset: self.tag_at }
        });
    }

    fn character(&mut self, next: char, at: Offset) {
        self.last = at;
        match self.state {
            State::Content if next == '<' => {
                self.end_text();
                self.tag_at = at;
                self.state = State::TagName;
            }
            State::Content => {
                if self.said.is_empty() && self.text.is_empty() {
                    self.text_at = at;
                }
                self.said.push(next);
            }
            State::TagName => match next {
                '>' => {
                    self.tag = std::mem::take(&mut self.said);
                    self.tag_end();
                }
                '/' if !self.said.is_empty() => {
                    self.tag = std::mem::take(&mut self.said);
                    self.said.push('/');
                    self.state = State::Inside;
                }
                next if next.is_whitespace() && !self.said.is_empty() => {
                    self.tag = std::mem::take(&mut self.said);
                    self.state = State::Inside;
                }
                next if next.is_whitespace() => {}
                next => {
                    self.said.push(next);
                    if self.said == "!--" {
                        self.said.clear();
                        self.state = State::Comment;
                    }
                }
            },
            State::Comment => {
                self.said.push(next);
                if self.said.ends_with("-->") {
                    self.said.clear();
                    self.state = State::Content;
                }
            }
            State::Inside => match next {
                '>' => self.tag_end(),
                '/' => "/".clone_into(&mut self.said),
                next if next.is_whitespace() => {}
                next => {
                    self.said = next.to_string();
                    self.state = State::Name;
                }
            },
            State::Name | State::AfterName => match next {
                '=' => {
                    self.name = std::mem::take(&mut self.said) + &std::mem::take(&mut self.name);
                    self.state = State::BeforeValue;
                }
                '>' | '/' => {
                    self.end_unquoted();
                    self.character(next, at);
                }
                next if next.is_whitespace() => self.state = State::AfterName,
                next if self.state == State::AfterName => {
                    self.end_unquoted();
                    self.character(next, at);
                }
                next => self.said.push(next),
            },
            State::BeforeValue => match next {
                '"' | '\'' => self.state = State::Value(next),
                next if next.is_whitespace() => {}
                next => {
                    self.said = next.to_string();
                    self.state = State::Value(' ');
                }
            },
            State::Value(' ') if next.is_whitespace() || next == '>' => {
                self.end_unquoted();
                if next == '>' {
                    self.character(next, at);
                }
            }
            State::Value(quote) if next == quote => {
                self.end_attribute();
                self.state = State::Inside;
            }
            State::Value(_) => self.said.push(next),
        }
    }

    /// `>`, with or without a `/` before it.
    fn tag_end(&mut self) {
        let is_empty = std::mem::take(&mut self.said) == "/";
        self.end_tag(is_empty);
    }
}

/// True where no text in a piece has a quote in it, which would end a value.
fn holds_no(quote: char, piece: &Piece) -> bool {
    match piece {
        Piece::Text(text, _) => !text.contains(quote),
        Piece::Value(..) => true,
        Piece::Choice(branches, otherwise) => {
            branches.iter().flat_map(|(_, list)| list).chain(otherwise).all(|piece| holds_no(quote, piece))
        }
        Piece::Loop(inner) => inner.body.iter().all(|piece| holds_no(quote, piece)),
    }
}
