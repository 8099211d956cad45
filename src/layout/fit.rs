//! Texts that become smaller, and then shorter, where they do not fit (`minFontSize`, `short`).

use std::sync::Arc;

use super::style::SAME_WIDTH;
use crate::scene::Node;
use crate::text::{FontDescription, Paragraph, TextLayout, TextSystem};

/// How often another size is tried for one text: estimates by the width are right at once, but for hinted or wrapped text.
const TRIES: usize = 8;

/// What a text may become.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Smallest size, px.
    least: f32,
    /// What stands in where the value does not fit at that size.
    short: Option<Arc<str>>,
}

impl Fit {
    /// What a node's text may become; `None` where it stays as it is.
    pub fn of(node: &Node) -> Option<Self> {
        let least = node.style.text.min_font_size;
        (least > 0.0 || node.short.is_some()).then(|| Self { least, short: node.short.clone() })
    }

    /// The lines in a width: at the paragraph's own size where that fits, else at the largest that does; where none does,
    /// the same of the short text; and where that does not fit either, it at the smallest size, cut as its style says.
    pub fn lines(&self, paragraph: &Paragraph, text: &mut dyn TextSystem, width: f32) -> Arc<TextLayout> {
        let last = match smaller(paragraph, self.least, text, width) {
            Ok(fits) => return fits,
            Err(last) => last,
        };
        let Some(short) = &self.short else { return last };
        let mut shorter = paragraph.clone();
        shorter.text = Arc::clone(short);
        shorter.spans.truncate(1);
        if let Some(span) = shorter.spans.first_mut() {
            span.range = 0..short.len();
        }
        smaller(&shorter, self.least, text, width).unwrap_or_else(|last| last)
    }
}

/// The lines at the largest size that fits; `Err` has those of the smallest.
fn smaller(
    paragraph: &Paragraph,
    least: f32,
    text: &mut dyn TextSystem,
    width: f32,
) -> Result<Arc<TextLayout>, Arc<TextLayout>> {
    let size_of = |paragraph: &Paragraph| paragraph.spans.iter().map(|span| span.font.size).fold(0.0, f32::max);
    let full = size_of(paragraph);
    let mut size = full;
    let mut lines = text.layout(paragraph, Some(width));
    for _ in 0..TRIES {
        if !lines.truncated && lines.width <= width + SAME_WIDTH {
            return Ok(lines);
        }
        if size <= least || full <= 0.0 {
            break;
        }
        // Whole px: a figure that grows digit by digit gets smaller in steps.
        let natural = text.layout(&scaled(paragraph, size / full), None).width.max(1.0);
        size = (size * width / natural).floor().clamp(1.0, (size - 1.0).max(1.0)).max(least);
        lines = text.layout(&scaled(paragraph, size / full), Some(width));
    }
    if !lines.truncated && lines.width <= width + SAME_WIDTH { Ok(lines) } else { Err(lines) }
}

/// A paragraph with all of its letters larger by a factor.
fn scaled(paragraph: &Paragraph, factor: f32) -> Paragraph {
    let mut scaled = paragraph.clone();
    for span in &mut scaled.spans {
        let font = FontDescription { size: span.font.size * factor, ..FontDescription::clone(&span.font) };
        span.font = Arc::new(font);
    }
    scaled
}
