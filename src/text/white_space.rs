//! White space as `whiteSpace` says (CSS Text 3, §4.1), before anything is shaped.

use super::paragraph::Span;
use crate::style::WhiteSpace;

/// A text whose white space is settled, and where each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prepared {
    /// The text: spaces, tabs and `\n` are what is to be laid out, no other control character is left.
    pub text: String,
    /// The span of each character.
    pub spans: Vec<u16>,
    /// For each character the byte of the source at which it starts, then the end of the source.
    starts: Vec<u32>,
}

impl Prepared {
    /// The source's byte at which the character with a number starts.
    pub fn source(&self, character: usize) -> usize {
        self.starts.get(character).or(self.starts.last()).map_or(0, |&byte| byte as usize)
    }

    /// The byte of the text at which each character starts.
    pub fn bytes(&self) -> Vec<usize> {
        self.text.char_indices().map(|(byte, _)| byte).collect()
    }

    fn push(&mut self, character: char, span: u16, start: usize) {
        self.text.push(character);
        self.spans.push(span);
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
    }

    fn ends_in(&self, character: char) -> bool {
        self.text.ends_with(character)
    }

    fn pop(&mut self) {
        self.text.pop();
        self.spans.pop();
        self.starts.pop();
    }
}

/// Settles the white space of a paragraph.
pub(super) fn prepare(source: &str, spans: &[Span], white_space: WhiteSpace) -> Prepared {
    let keep_spaces = matches!(white_space, WhiteSpace::Pre | WhiteSpace::PreWrap);
    let keep_lines = keep_spaces || white_space == WhiteSpace::PreLine;
    let mut prepared = Prepared::default();
    let mut span = 0_usize;
    let mut previous = '\0';
    for (start, character) in source.char_indices() {
        while spans.get(span).is_some_and(|found| found.range.end <= start) && span + 1 < spans.len() {
            span += 1;
        }
        let style = u16::try_from(span).unwrap_or(u16::MAX);
        let after_return = previous == '\r';
        previous = character;
        match character {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' if keep_lines => {
                if !keep_spaces && prepared.ends_in(' ') {
                    prepared.pop();
                }
                prepared.push('\n', style, start);
            }
            '\t' | ' ' if keep_spaces => prepared.push(character, style, start),
            '\t' | ' ' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' | '\u{85}' => {
                if !(prepared.text.is_empty() || prepared.ends_in(' ') || prepared.ends_in('\n')) {
                    prepared.push(' ', style, start);
                }
            }
            // CSS would draw the others as a box; here they are nobody's name.
            _ if character.is_control() => {}
            _ => prepared.push(character, style, start),
        }
    }
    if !keep_spaces {
        while prepared.ends_in(' ') {
            prepared.pop();
        }
    }
    prepared.starts.push(u32::try_from(source.len()).unwrap_or(u32::MAX));
    prepared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str, white_space: WhiteSpace) -> String {
        prepare(source, &[], white_space).text
    }

    #[test]
    fn white_space_is_as_css_has_it() {
        let source = "  a \t b\r\n  c\u{7}d  \n\n e ";
        assert_eq!(text(source, WhiteSpace::Normal), "a b cd e");
        assert_eq!(text(source, WhiteSpace::NoWrap), "a b cd e");
        assert_eq!(text(source, WhiteSpace::PreLine), "a b\ncd\n\ne");
        assert_eq!(text(source, WhiteSpace::Pre), "  a \t b\n  cd  \n\n e ");
        assert_eq!(text(source, WhiteSpace::PreWrap), "  a \t b\n  cd  \n\n e ");
        assert_eq!(text(" \n\t ", WhiteSpace::Normal), "");
    }

    #[test]
    fn every_character_knows_where_it_came_from() {
        let source = "  é  \r\n 中 ";
        let prepared = prepare(source, &[], WhiteSpace::Normal);
        assert_eq!(prepared.text, "é 中");
        let starts: Vec<usize> = (0..4).map(|number| prepared.source(number)).collect();
        assert_eq!(starts, [2, 4, 9, source.len()]);
        assert_eq!(source[9..].chars().next(), Some('中'));
    }
}
