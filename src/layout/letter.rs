//! The letter that stands in for an avatar, as large as suits it.

use std::sync::Arc;

use crate::geometry::Rect;
use crate::scene::{Content, Node};
use crate::style::Style;
use crate::text::{Paragraph, TextLayout, TextSystem};

/// Its font size, as a part of the avatar's height.
const SIZE: f32 = 0.46;

/// How wide it is at the most, as a part of the avatar's shorter side.
const WIDTH: f32 = 0.7;

/// The letter of an `image` with a content box; `None` where there is none, or no room. It is laid out whether the picture
/// is there or not: that may change without another layout.
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
    let letter = set(&style, text);
    // A wide one (a ligature, an emoji with a sign beside it) is set smaller, so that it stays inside of a circle.
    let most = content.width.min(content.height) * WIDTH;
    if letter.width <= most {
        return Some(letter);
    }
    style.text.inherited.font_size = (style.text.inherited.font_size * most / letter.width).max(1.0);
    Some(set(&style, text))
}
