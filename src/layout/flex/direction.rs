//! Which way the axes of a flex container run, and what stands between its items.

use crate::layout::style::positive;
use crate::style::{FlexDirection, FlexWrap, LayoutStyle, Length};

/// True where children stand beside each other.
pub(super) fn is_row(style: &LayoutStyle) -> bool {
    matches!(style.flex_direction, FlexDirection::Row | FlexDirection::RowReverse)
}

/// True where the main axis runs from right to left or from bottom to top.
pub(super) fn is_reversed(style: &LayoutStyle) -> bool {
    match style.flex_direction {
        FlexDirection::Row => style.right_to_left,
        FlexDirection::RowReverse => !style.right_to_left,
        FlexDirection::Column => false,
        FlexDirection::ColumnReverse => true,
    }
}

/// True where the first line is last, and what stands across starts at the right or at the bottom: so in a column from right
/// to left.
pub(super) fn is_wrap_reversed(style: &LayoutStyle) -> bool {
    (style.flex_wrap == FlexWrap::WrapReverse) != (style.right_to_left && !is_row(style))
}

/// A gap in px.
pub(super) fn gap(length: Length, of: Option<f32>) -> f32 {
    positive(length.resolve(of.unwrap_or(0.0)).unwrap_or(0.0))
}
