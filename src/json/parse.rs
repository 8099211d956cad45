//! From a text to the tape of its values: one pass, no recursion, nothing copied.

use super::ceiling::Ceiling;
use super::mistake::{self, Expected};
use crate::error::Error;

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list.
    List,
    /// An object.
    Map,
}

impl Kind {
    /// As it is called in a message, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Map => "an object",
        }
    }
}

/// One value, or one name of a member, on the tape; what a list or an object holds follows it, a member's value follows
/// its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// First byte of the text; a string's opening quote.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// The entry after this one and all that it holds.
    pub next: u32,
    pub kind: Kind,
    /// A string with escapes in it.
    pub escaped: bool,
}

/// Reads a whole text.
///
/// # Errors
/// For what is no JSON, and for what is nested deeper than the ceiling: with the byte where it is, and without a place.
pub(super) fn parse(text: &str, ceiling: &Ceiling) -> Result<Vec<Entry>, (Error, usize)> {
    let entries = Vec::with_capacity(text.len() / 12 + 1);
    let mut parser = Parser { bytes: text.as_bytes(), at: 0, entries, levels: ceiling.levels() };
    match parser.document() {
        Ok(()) => Ok(parser.entries),
        Err(Stop::TooDeep(offset)) => Err((ceiling.too_deep(), offset)),
        Err(Stop::Unexpected(offset, expected)) => {
            let found = mistake::name(text, offset, expected);
            let error = Error::new(ceiling.kind, format!("expected JSON, found {}", found.what));
            let error = match found.hint {
                Some(hint) => error.hint(hint),
                None => error,
            };
            Err((error, found.offset))
        }
    }
}

/// Why reading stopped, and at which byte.
enum Stop {
    Unexpected(usize, Expected),
    TooDeep(usize),
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    entries: Vec<Entry>,
    levels: usize,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        // The lists and objects that are open, by their entries.
        let mut open: Vec<u32> = Vec::new();
        loop {
            // A value, or the first bracket of one.
            let mut opened = self.value(open.len())?;
            if opened {
                open.push(self.entries.len() as u32 - 1);
            }
            // After a value: close what ends here, then go on to the next value, or be done.
            loop {
                let Some(&index) = open.last() else {
                    self.skip_space();
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(self.unexpected(Expected::End)) };
                };
                let is_map = self.entries[index as usize].kind == Kind::Map;
                self.skip_space();
                let (closing, expected) = match (is_map, opened) {
                    (true, true) => (b'}', Expected::NameOrEnd),
                    (true, false) => (b'}', Expected::CommaOrEndOfMap),
                    (false, true) => (b']', Expected::ValueOrEnd),
                    (false, false) => (b']', Expected::CommaOrEndOfList),
                };
                match self.bytes.get(self.at) {
                    Some(&byte) if byte == closing => {
                        self.at += 1;
                        let next = self.entries.len() as u32;
                        let entry = &mut self.entries[index as usize];
                        (entry.end, entry.next) = (self.at as u32, next);
                        open.pop();
                        opened = false;
                        continue;
                    }
                    Some(b',') if !opened => {
                        self.at += 1;
                        self.skip_space();
                    }
                    _ if opened => {}
                    _ => return Err(self.unexpected(expected)),
                }
                if is_map {
                    self.name(if opened { Expected::NameOrEnd } else { Expected::Name })?;
                }
                break;
            }
        }
    }

    fn unexpected(&self, expected: Expected) -> Stop {
        Stop::Unexpected(self.at, expected)
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// A member's name and its colon.
    fn name(&mut self, expected: Expected) -> Result<(), Stop> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.unexpected(expected));
        }
        self.string()?;
        self.skip_space();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(self.unexpected(Expected::Colon));
        }
        self.at += 1;
        Ok(())
    }

    /// A value without what it holds; true where it is a list or an object, now open.
    fn value(&mut self, depth: usize) -> Result<bool, Stop> {
        self.skip_space();
        let start = self.at;
        match self.bytes.get(start) {
            Some(b'"') => self.string()?,
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                self.push(Kind::Number, start);
            }
            Some(&byte @ (b'[' | b'{')) => {
                if depth >= self.levels {
                    return Err(Stop::TooDeep(start));
                }
                self.at += 1;
                self.push(if byte == b'{' { Kind::Map } else { Kind::List }, start);
                return Ok(true);
            }
            Some(b't') => self.word("true", Kind::Bool)?,
            Some(b'f') => self.word("false", Kind::Bool)?,
            Some(b'n') => self.word("null", Kind::Null)?,
            _ => return Err(self.unexpected(Expected::Value)),
        }
        Ok(false)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        let next = self.entries.len() as u32 + 1;
        self.entries.push(Entry { start: start as u32, end: self.at as u32, next, kind, escaped: false });
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<(), Stop> {
        let start = self.at;
        let rest = &self.bytes[start..];
        let ends = rest.get(word.len()).is_none_or(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')));
        if !(rest.starts_with(word.as_bytes()) && ends) {
            return Err(self.unexpected(Expected::Value));
        }
        self.at += word.len();
        self.push(kind, start);
        Ok(())
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let wrong = Err(Stop::Unexpected(start, Expected::Number));
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let leading_zero = self.bytes.get(self.at) == Some(&b'0');
        let first = self.at;
        if !self.digits() || (leading_zero && self.at > first + 1) {
            return wrong;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if !self.digits() {
                return wrong;
            }
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !self.digits() {
                return wrong;
            }
        }
        let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-');
        if self.bytes.get(self.at).is_some_and(goes_on) { wrong } else { Ok(()) }
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            while self.bytes.get(self.at).is_some_and(|&byte| IS_PLAIN[byte as usize]) {
                self.at += 1;
            }
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.unexpected(Expected::Character)),
                None => return Err(Stop::Unexpected(self.at, Expected::EndOfText(start))),
            }
        }
        self.at += 1;
        self.push(Kind::Text, start);
        if let Some(entry) = self.entries.last_mut() {
            entry.escaped = escaped;
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Stop> {
        let length = match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let digits = self.bytes.get(self.at + 2..self.at + 6).unwrap_or_default();
                if digits.len() < 4 || !digits.iter().all(u8::is_ascii_hexdigit) {
                    return Err(self.unexpected(Expected::Escape));
                }
                6
            }
            _ => return Err(self.unexpected(Expected::Escape)),
        };
        self.at += length;
        Ok(())
    }
}

/// The bytes that stand for themselves in a string.
const IS_PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 0x20 {
        plain[byte] = false;
        byte += 1;
    }
    plain[b'"' as usize] = false;
    plain[b'\\' as usize] = false;
    plain
};
