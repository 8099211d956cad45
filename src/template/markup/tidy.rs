//! Makes XML of what is written by hand, and refuses what is nested too deeply before anything is built of it.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::template::source::Source;

/// The text that the XML parser reads, with the way back to the source.
pub(super) struct Tidied<'a> {
    pub text: Cow<'a, str>,
    /// From a byte of the text to a byte of the source, at each place where the distance changes; ascending.
    jumps: Vec<(usize, usize)>,
}

impl Tidied<'_> {
    /// The source's byte for a byte of the text.
    pub fn original(&self, offset: usize) -> usize {
        let before = self.jumps.partition_point(|&(from, _)| from <= offset);
        match before.checked_sub(1).and_then(|index| self.jumps.get(index)) {
            Some(&(from, to)) => to + (offset - from),
            None => offset,
        }
    }
}

/// A reference at the beginning of a text: how many bytes it takes, and the character.
pub(crate) fn reference(text: &str) -> Option<(usize, char)> {
    let inner = text.strip_prefix('&')?;
    // The longest is `&#1114111;`.
    let end = inner.bytes().take(10).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 2, character))
}

/// Makes XML of a hand-written text.
pub(super) fn tidy<'a>(source: &'a Source<'a>, depth: usize, attributes: usize) -> Result<Tidied<'a>> {
    let mut tidier =
        Tidier { source, at: 0, copied: 0, text: String::new(), jumps: Vec::new(), depth: 0, allowed: depth, attributes };
    tidier.document()?;
    Ok(tidier.finish())
}

struct Tidier<'a> {
    source: &'a Source<'a>,
    /// How far the source is read.
    at: usize,
    /// How far it is copied.
    copied: usize,
    text: String,
    jumps: Vec<(usize, usize)>,
    depth: usize,
    allowed: usize,
    /// Attributes that one element may have.
    attributes: usize,
}

impl<'a> Tidier<'a> {
    fn rest(&self) -> &'a str {
        self.source.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.source.text.as_bytes().get(self.at).copied()
    }

    /// Puts a text in the place of some bytes of the source.
    fn replace(&mut self, bytes: usize, with: &str) {
        self.text.push_str(self.source.text.get(self.copied..self.at).unwrap_or_default());
        self.jumps.push((self.text.len(), self.at));
        self.text.push_str(with);
        self.at += bytes;
        self.copied = self.at;
        self.jumps.push((self.text.len(), self.at));
    }

    fn finish(mut self) -> Tidied<'a> {
        if self.jumps.is_empty() {
            return Tidied { text: Cow::Borrowed(self.source.text), jumps: self.jumps };
        }
        self.text.push_str(self.source.text.get(self.copied..).unwrap_or_default());
        Tidied { text: Cow::Owned(self.text), jumps: self.jumps }
    }

    /// Goes behind the next occurrence of a text, or to the end.
    fn skip_past(&mut self, end: &str) {
        self.at = self.rest().find(end).map_or(self.source.text.len(), |index| self.at + index + end.len());
    }

    fn document(&mut self) -> Result<()> {
        while let Some(byte) = self.peek() {
            match byte {
                b'<' => self.markup()?,
                b'&' => self.ampersand(),
                b'{' if self.rest().starts_with("{{") => self.expression(),
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    fn ampersand(&mut self) {
        match reference(self.rest()) {
            Some((length, '\u{a0}')) => self.replace(length, "&#160;"),
            Some((length, _)) => self.at += length,
            None => self.replace(1, "&amp;"),
        }
    }

    /// `{{ a < b }}` in a text.
    fn expression(&mut self) {
        let Some(close) = crate::template::expression::closing(self.rest(), 2) else {
            self.at += 2;
            return;
        };
        let end = self.at + close;
        while self.at < end {
            match self.peek() {
                Some(b'<') => self.replace(1, "&lt;"),
                Some(b'&') => self.ampersand(),
                _ => self.at += 1,
            }
        }
    }

    fn markup(&mut self) -> Result<()> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.skip_past("-->");
        } else if rest.starts_with("<![CDATA[") {
            self.skip_past("]]>");
        } else if rest.starts_with("<?") {
            self.skip_past("?>");
        } else if rest.starts_with("<!") {
            // A DOCTYPE, which the parser refuses.
            self.at = self.source.text.len();
        } else if rest.starts_with("</") {
            self.skip_past(">");
            self.depth = self.depth.saturating_sub(1);
        } else {
            self.start_tag()?;
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Result<()> {
        let start = self.at;
        self.at += 1;
        self.skip_while(|byte| !matches!(byte, b'>' | b'/' | b'<') && !byte.is_ascii_whitespace());
        let mut attributes = 0;
        loop {
            self.skip_while(|byte| byte.is_ascii_whitespace());
            match self.peek() {
                // At a `<` the parser says what is wrong.
                None | Some(b'<') => return Ok(()),
                Some(b'>') => {
                    self.at += 1;
                    self.depth += 1;
                    if self.depth > self.allowed {
                        let error = Error::limit("template_depth", format_args!("{} levels of nesting", self.allowed), "more");
                        return Err(error.at(self.source.place(start)));
                    }
                    return Ok(());
                }
                Some(b'/') if self.rest().starts_with("/>") => {
                    self.at += 2;
                    return Ok(());
                }
                Some(b'/' | b'=' | b'"' | b'\'') => self.at += 1,
                Some(_) => {
                    attributes += 1;
                    if attributes > self.attributes {
                        let allowed = format_args!("{} attributes of one element", self.attributes);
                        let error = Error::limit("template_attributes", allowed, "more");
                        return Err(error.at(self.source.place(start)));
                    }
                    self.attribute();
                }
            }
        }
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&keep) {
            self.at += 1;
        }
    }

    fn attribute(&mut self) {
        self.skip_while(|byte| !matches!(byte, b'=' | b'>' | b'<' | b'/' | b'"' | b'\'') && !byte.is_ascii_whitespace());
        let name_end = self.at;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            // As HTML has it: there or not.
            self.at = name_end;
            self.replace(0, "=\"\"");
            return;
        }
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let Some(quote) = self.peek().filter(|byte| matches!(byte, b'"' | b'\'')) else { return };
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                b'<' => self.replace(1, "&lt;"),
                b'&' => self.ampersand(),
                _ => self.at += 1,
            }
        }
    }
}
