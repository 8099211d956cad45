//! The letter that stands in for an avatar, as large as suits it.

use std::sync::Arc;

use crate::geometry::Rect;
use crate::scene::{Content, Node};
use crate::style::Style;
use crate::text::{Paragraph, TextLayout, TextSystem};

/// Its font size, as a part of the avatar's height.
const SIZE: f32 = 0.46;

/// How far its ink reaches from the middle at the most, as a part of the circle's radius: the rest is the circle's rim.
const REACH: f32 = 0.76;

/// How wide it is at the most where nobody knows its ink, as a part of the avatar's shorter side.
const WIDTH: f32 = 0.7;

/// The letter of an `image` with a content box; `None` where there is none, or no room. It is laid out whether the picture
/// is there or not: that may change without another layout.
///
/// Its box is that of its ink, which whoever draws it puts into the avatar's middle: letters stand on a line, hang from one, and
/// have signs above and below them (Burmese, Thai, Vietnamese). One with more of them than the circle has room for is set smaller.
pub(super) fn letter(node: &Node, content: &Rect, text: &mut dyn TextSystem) -> Option<Arc<TextLayout>> {
    let Content::Image { fallback: Some(fallback), .. } = &node.content else { return None };
    if fallback.letter.is_empty() || content.is_empty() {
        return None;
    }
    let mut style = Style::default();
    style.text.inherited.font_size = (content.height * SIZE).clamp(1.0, 512.0);
    style.text.inherited.font_weight = 700;
    let set = |style: &Style, text: &mut dyn TextSystem| {
        text.layout(&Paragraph::from_style(Arc::clone(&fallback.letter), style), None)
    };
    let mut letter = set(&style, text);
    let ink = text.ink(&letter);
    let side = content.width.min(content.height);
    let part = match &ink {
        Some(ink) => side / 2.0 * REACH / (ink.width.hypot(ink.height) / 2.0),
        None => side * WIDTH / letter.width,
    };
    if part < 1.0 {
        style.text.inherited.font_size = (style.text.inherited.font_size * part).max(1.0);
        letter = set(&style, text);
    }
    Some(match ink.and_then(|_| text.ink(&letter)) {
        Some(ink) => around(&letter, &ink),
        None => letter,
    })
}

/// A layout whose only line is as large as its ink.
fn around(letter: &TextLayout, ink: &Rect) -> Arc<TextLayout> {
    let mut own = letter.clone();
    own.lines.truncate(1);
    for line in &mut own.lines {
        (line.x, line.width) = (ink.x, ink.width);
        (line.top, line.height, line.baseline) = (0.0, ink.height, -ink.y);
    }
    (own.width, own.height) = (ink.width, ink.height);
    Arc::new(own)
}
