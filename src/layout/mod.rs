//! Flexbox over the scene, and how far a scroll view scrolls. All lengths are px at dpr 1, unrounded.

use std::sync::Arc;

use crate::geometry::{Edges, Rect, Size};
use crate::text::TextLayout;

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
    /// Its padding, resolved.
    pub padding: Edges<f32>,
    /// Its lines, if it is a text; they start at the content box's top left, moved down by `text_offset`.
    pub text: Option<Arc<TextLayout>>,
    /// How far below the content box's top the lines start (`verticalAlign`).
    pub text_offset: f32,
    /// How far its content can be scrolled (a scroll view's content less its padding box).
    pub scroll: Size,
    /// False for `display: none` and what is in it.
    pub shown: bool,
}
