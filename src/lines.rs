//! Lines and columns of a text's bytes, found without reading the text anew for each.

/// An index of a text's lines: a mark each 128 bytes, so that a place costs no more in a file of one long line.
///
/// ```
/// let text = "ab\n你好";
/// assert_eq!(friendboard::lines::Lines::of(text).position(text, 6), (2, 2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lines(Vec<(u32, u32)>);

/// Bytes from one mark to the next.
const STEP: usize = 128;

impl Lines {
    /// The index of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut position = (1, 1);
        for block in text.as_bytes().chunks(STEP) {
            marks.push(position);
            position = advance(position, block);
        }
        Self(marks)
    }

    /// Line and column, both from 1 and the column in characters, of a byte of the text that the index is of; past the
    /// end is the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = text.floor_char_boundary(offset);
        // The end of a text of whole blocks has no mark of its own.
        let block = (offset / STEP).min(self.0.len().saturating_sub(1));
        let mark = self.0.get(block).copied().unwrap_or((1, 1));
        advance(mark, text.as_bytes().get(block * STEP..offset).unwrap_or_default())
    }
}

/// The position after some bytes.
fn advance((mut line, mut column): (u32, u32), bytes: &[u8]) -> (u32, u32) {
    for &byte in bytes {
        if byte == b'\n' {
            (line, column) = (line.saturating_add(1), 1);
        } else if byte & 0xC0 != 0x80 {
            column = column.saturating_add(1);
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::line_and_column;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let mut random = crate::random::random(3);
        for length in [0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP, 20_000] {
            let mut text = String::new();
            while text.len() < length {
                text.push_str(["a", "é", "你", "🎉", "\n", "bc"][random() as usize % 6]);
            }
            let lines = Lines::of(&text);
            for _ in 0..500 {
                let offset = random() as usize % (text.len() + 3);
                assert_eq!(lines.position(&text, offset), line_and_column(&text, offset), "{offset} of {}", text.len());
            }
        }
    }
}
