//! Which way the axes of a flex container run, and what stands between its items.

use crate::layout::style::positive;
use crate::style::{Align, FlexDirection, FlexWrap, LayoutStyle, Length};

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

/// True where the first line is last.
pub(super) fn is_wrap_reversed(style: &LayoutStyle) -> bool {
    (style.flex_wrap == FlexWrap::WrapReverse) != (style.right_to_left && !is_row(style))
}

/// How an item stands across its container: in a column from right to left the start is at the right.
pub(super) fn across(align: Align, container: &LayoutStyle) -> Align {
    match align {
        Align::FlexStart if container.right_to_left && !is_row(container) => Align::FlexEnd,
        Align::FlexEnd if container.right_to_left && !is_row(container) => Align::FlexStart,
        align => align,
    }
}

/// A gap in px.
pub(super) fn gap(length: Length, of: Option<f32>) -> f32 {
    positive(length.resolve(of.unwrap_or(0.0)).unwrap_or(0.0))
}
