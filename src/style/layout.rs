//! What layout reads of a style: lengths and the box's own properties.

use super::{Align, AlignContent, BoxSizing, Display, FlexDirection, FlexWrap, Justify, Overflow, Position};
use crate::geometry::Edges;

/// A length that layout resolves: px, a part of the container, or automatic.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Length {
    /// Left to the layout.
    #[default]
    Auto,
    /// In px at dpr 1.
    Points(f32),
    /// Of the container's extent: 50.0 is half of it.
    Percent(f32),
}

impl Length {
    /// No extent.
    pub const ZERO: Self = Self::Points(0.0);

    /// The length in px against the extent that percentages are of; `None` for auto.
    #[must_use]
    pub fn resolve(self, of: f32) -> Option<f32> {
        match self {
            Self::Auto => None,
            Self::Points(points) => Some(points),
            Self::Percent(percent) => Some(of * percent / 100.0),
        }
    }
}

/// What layout reads.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct LayoutStyle {
    pub width: Length,
    pub height: Length,
    pub min_width: Length,
    pub min_height: Length,
    pub max_width: Length,
    pub max_height: Length,
    pub aspect_ratio: Option<f32>,
    pub inset: Edges<Length>,
    pub margin: Edges<Length>,
    pub padding: Edges<Length>,
    pub border: Edges<f32>,
    pub row_gap: Length,
    pub column_gap: Length,
    pub flex_direction: FlexDirection,
    pub flex_grow: f32,
    pub flex_shrink: f32,
    pub flex_basis: Length,
    pub flex_wrap: FlexWrap,
    pub justify_content: Justify,
    pub align_items: Align,
    pub align_self: Option<Align>,
    pub align_content: AlignContent,
    pub position: Position,
    pub display: Display,
    pub overflow: Overflow,
    pub box_sizing: BoxSizing,
    /// False: padding makes the box larger, and what it shows is wrapped and drawn as if there were none. No property: what
    /// texts and pictures do in [`Dialect::Layout`](super::Dialect::Layout).
    pub pads_content: bool,
    /// True where `direction` is `rtl`: rows run from right to left, and columns begin at the right.
    pub right_to_left: bool,
}

impl Default for LayoutStyle {
    fn default() -> Self {
        Self {
            width: Length::Auto,
            height: Length::Auto,
            min_width: Length::Auto,
            min_height: Length::Auto,
            max_width: Length::Auto,
            max_height: Length::Auto,
            aspect_ratio: None,
            inset: Edges::all(Length::Auto),
            margin: Edges::all(Length::ZERO),
            padding: Edges::all(Length::ZERO),
            border: Edges::all(0.0),
            row_gap: Length::ZERO,
            column_gap: Length::ZERO,
            flex_direction: FlexDirection::Column,
            flex_grow: 0.0,
            flex_shrink: 0.0,
            flex_basis: Length::Auto,
            flex_wrap: FlexWrap::NoWrap,
            justify_content: Justify::FlexStart,
            align_items: Align::Stretch,
            align_self: None,
            align_content: AlignContent::Stretch,
            position: Position::Relative,
            display: Display::Flex,
            overflow: Overflow::Visible,
            box_sizing: BoxSizing::BorderBox,
            pads_content: true,
            right_to_left: false,
        }
    }
}
