//! What a layout is: where each node stands, and the lines in it.

use std::sync::Arc;

use crate::geometry::{Edges, Rect, Size};
use crate::text::TextLayout;
use crate::text::bitmap_font::BitmapLines;

/// Where everything stands: a box for each node of the scene, by the same number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<LayoutBox>,
}

/// Where one node stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutBox {
    /// Border box, from the parent's border box.
    pub rect: Rect,
    /// Border box, from the canvas, with every scroll view at 0 and no transform applied.
    pub absolute: Rect,
    /// Widths of its border.
    pub border: Edges<f32>,
    /// Its padding, resolved; none where what it shows is drawn as if there were none ([`LayoutStyle::pads_content`]).
    ///
    /// [`LayoutStyle::pads_content`]: crate::style::LayoutStyle::pads_content
    pub padding: Edges<f32>,
    /// Its lines, if it is a text or a button; they start at the content box's top left, moved down by `text_offset`.
    pub text: Option<Arc<TextLayout>>,
    /// Its paragraphs, if it is a rich text; they start where `text` does.
    pub rich: Vec<RichLines>,
    /// Its letters, if it is a bitmap text whose font is known; they start where `text` does.
    pub bitmap: Option<Arc<BitmapLines>>,
    /// The letter that stands in for its picture, if it is an avatar; for a box of `content`'s height.
    pub letter: Option<Arc<TextLayout>>,
    /// How far below the content box's top the lines start (`verticalAlign`); negative where they are higher than the box.
    pub text_offset: f32,
    /// How far its content can be scrolled (a scroll view's content less its padding box).
    pub scroll: Size,
    /// False for `display: none` and what is in it.
    pub shown: bool,
}

impl LayoutBox {
    /// The box inside of border and padding, from the canvas.
    #[must_use]
    pub fn content(&self) -> Rect {
        self.absolute.inset(self.border).inset(self.padding)
    }
}

/// A paragraph of a rich text, laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichLines {
    /// Its top edge, from where the lines start.
    pub top: f32,
    /// Its lines.
    pub layout: Arc<TextLayout>,
}
