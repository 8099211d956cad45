//! From a byte of decoded text back to the line and column where its author wrote it.

use std::rc::Rc;
use std::sync::Arc;

use crate::error::Place;
use crate::lines::Lines;

/// A line and a column (in characters), both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    /// The place in a document.
    pub fn in_document(self, document: &Arc<str>) -> Place {
        Place { document: Some(document.clone()), line: self.line, column: self.column, path: None }
    }
}

/// A document's text with an index of its lines.
pub(crate) struct Source<'a> {
    pub document: Arc<str>,
    pub text: &'a str,
    lines: Lines,
}

impl<'a> Source<'a> {
    pub fn new(document: &str, text: &'a str) -> Self {
        Self { document: Arc::from(document), text, lines: Lines::of(text) }
    }

    /// Line and column of a byte; past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let (line, column) = self.lines.position(self.text, offset);
        Position { line, column }
    }

    /// The place of a byte.
    pub fn place(&self, offset: usize) -> Place {
        self.position(offset).in_document(&self.document)
    }
}

/// Where the bytes of a decoded text (an attribute's value, a JSON string) stand in its source.
pub(crate) struct Located<'a> {
    source: &'a Source<'a>,
    offsets: Offsets,
}

enum Offsets {
    /// The text stands in the source as it is, from this byte.
    From(usize),
    /// The source's byte for each byte of the text (which begins at an index of them), and for its end.
    Each(Rc<[usize]>, usize),
}

impl<'a> Located<'a> {
    /// A text that stands in the source as it is.
    pub fn at(source: &'a Source<'a>, offset: usize) -> Self {
        Self { source, offsets: Offsets::From(offset) }
    }

    /// A part of the text that was decoded once more: for each byte of it its byte from `start` on, and for the end.
    pub fn each(&self, start: usize, offsets: &[usize]) -> Located<'a> {
        Self::of_bytes(self.source, offsets.iter().map(|&offset| self.offset(start.saturating_add(offset))).collect())
    }

    /// A text whose bytes come from anywhere: the source's byte for each, and for the end.
    pub fn of_bytes(source: &'a Source<'a>, offsets: Vec<usize>) -> Self {
        Self { source, offsets: Offsets::Each(Rc::from(offsets), 0) }
    }

    /// A part of the text.
    pub fn part(&self, start: usize) -> Located<'a> {
        let offsets = match &self.offsets {
            Offsets::From(offset) => Offsets::From(offset.saturating_add(start)),
            Offsets::Each(offsets, from) => Offsets::Each(offsets.clone(), from.saturating_add(start)),
        };
        Located { source: self.source, offsets }
    }

    pub fn document(&self) -> &Arc<str> {
        &self.source.document
    }

    /// The source's byte of a byte of the text.
    fn offset(&self, offset: usize) -> usize {
        match &self.offsets {
            Offsets::From(start) => start.saturating_add(offset),
            Offsets::Each(offsets, from) => offsets.get(from.saturating_add(offset)).or(offsets.last()).copied().unwrap_or(0),
        }
    }

    pub fn position(&self, offset: usize) -> Position {
        self.source.position(self.offset(offset))
    }

    pub fn place(&self, offset: usize) -> Place {
        self.position(offset).in_document(self.document())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_lines_and_columns_in_any_order() {
        let source = Source::new("x", "ab\n你好c\n\nd");
        for (offset, line, column) in
            [(0, 1, 1), (9, 2, 3), (3, 2, 1), (6, 2, 2), (7, 2, 2), (11, 3, 1), (12, 4, 1), (99, 4, 2), (2, 1, 3)]
        {
            assert_eq!(source.position(offset), Position { line, column }, "{offset}");
        }
    }

    #[test]
    fn maps_decoded_bytes() {
        let source = Source::new("x", "a=\"1 &lt; 2\"");
        let located = Located::of_bytes(&source, vec![3, 4, 5, 9, 10, 11]);
        assert_eq!(located.position(3).column, 10);
        assert_eq!(located.part(2).position(0).column, 6);
        assert_eq!(located.position(99).column, 12);
    }
}
