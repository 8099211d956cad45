//! The typed style as taffy reads it. Lengths are bounded on the way: what is not a number is nothing, and nothing is
//! longer than [`LENGTH_MAX`], so that sums of them stay finite.

use taffy::prelude::{Dimension, LengthPercentage, LengthPercentageAuto};

use crate::geometry::Edges;
use crate::template::style::{
    Align, AlignContent, BoxSizing, Display, FlexDirection, FlexWrap, Justify, LayoutStyle, Length, Overflow, Position,
};

/// No length of a style counts for more, in px.
pub(super) const LENGTH_MAX: f32 = 1_000_000.0;

/// No percentage of a style counts for more.
const PERCENT_MAX: f32 = 100_000.0;

/// What stands between a [`LayoutStyle`] and what taffy makes of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nature {
    /// It clips its children, whatever its `overflow` says.
    pub scrolls: bool,
    /// It has a size of its own (a text, a picture): the initial `stretch` leaves it as it is, and it may be made
    /// smaller than its content.
    pub own_size: bool,
    /// How its parent aligns children, for `own_size`.
    pub parent_align: Option<Align>,
}

/// A number of a style, bounded.
pub(super) fn bounded(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-LENGTH_MAX, LENGTH_MAX) }
}

/// A length of a style that can't be negative, bounded.
pub(super) fn positive(value: f32) -> f32 {
    bounded(value).max(0.0)
}

fn percent(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-PERCENT_MAX, PERCENT_MAX) / 100.0 }
}

/// A size; a negative one is none (CSS drops the declaration).
fn dimension(length: Length) -> Dimension {
    match length {
        Length::Points(points) if points >= 0.0 => Dimension::length(bounded(points)),
        Length::Percent(part) if part >= 0.0 => Dimension::percent(percent(part)),
        _ => Dimension::auto(),
    }
}

fn limit(length: Length) -> LengthPercentageAuto {
    match length {
        Length::Points(points) if points >= 0.0 => LengthPercentageAuto::length(bounded(points)),
        Length::Percent(part) if part >= 0.0 => LengthPercentageAuto::percent(percent(part)),
        _ => LengthPercentageAuto::auto(),
    }
}

fn offset(length: Length) -> LengthPercentageAuto {
    match length {
        Length::Auto => LengthPercentageAuto::auto(),
        Length::Points(points) => LengthPercentageAuto::length(bounded(points)),
        Length::Percent(part) => LengthPercentageAuto::percent(percent(part)),
    }
}

fn room(length: Length) -> LengthPercentage {
    match length {
        Length::Auto => LengthPercentage::length(0.0),
        Length::Points(points) => LengthPercentage::length(positive(points)),
        Length::Percent(part) => LengthPercentage::percent(percent(part).max(0.0)),
    }
}

fn rect<T: Copy, U>(edges: Edges<T>, change: impl Fn(T) -> U) -> taffy::Rect<U> {
    taffy::Rect { left: change(edges.left), right: change(edges.right), top: change(edges.top), bottom: change(edges.bottom) }
}

fn factor(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, LENGTH_MAX) }
}

fn align(value: Align) -> taffy::AlignItems {
    match value {
        Align::Stretch => taffy::AlignItems::STRETCH,
        Align::FlexStart => taffy::AlignItems::FLEX_START,
        Align::Center => taffy::AlignItems::CENTER,
        Align::FlexEnd => taffy::AlignItems::FLEX_END,
        Align::Baseline => taffy::AlignItems::BASELINE,
    }
}

/// A ratio that can be used: positive and finite.
pub(super) fn ratio(value: Option<f32>) -> Option<f32> {
    value.filter(|ratio| ratio.is_finite() && *ratio > 1.0 / LENGTH_MAX && *ratio < LENGTH_MAX)
}

/// What taffy reads.
pub(super) fn to_taffy(style: &LayoutStyle, nature: Nature) -> taffy::Style {
    let clips = nature.scrolls || style.overflow == Overflow::Hidden;
    let overflow = if clips { taffy::Overflow::Hidden } else { taffy::Overflow::Visible };
    let align_self = match (style.align_self, nature) {
        (Some(value), _) => Some(align(value)),
        (None, Nature { own_size: true, parent_align: Some(Align::Stretch), .. }) => Some(taffy::AlignItems::FLEX_START),
        (None, _) => None,
    };
    let smallest = |length: Length| match limit(length) {
        auto if auto.is_auto() && nature.own_size => LengthPercentageAuto::length(0.0),
        given => given,
    };
    taffy::Style {
        display: match style.display {
            Display::Flex => taffy::Display::Flex,
            Display::None => taffy::Display::None,
        },
        position: match style.position {
            Position::Relative => taffy::Position::Relative,
            Position::Absolute => taffy::Position::Absolute,
        },
        box_sizing: match style.box_sizing {
            BoxSizing::BorderBox => taffy::BoxSizing::BorderBox,
            BoxSizing::ContentBox => taffy::BoxSizing::ContentBox,
        },
        overflow: taffy::Point { x: overflow, y: overflow },
        inset: rect(style.inset, offset),
        size: taffy::Size { width: dimension(style.width), height: dimension(style.height) },
        min_size: taffy::Size { width: smallest(style.min_width), height: smallest(style.min_height) },
        max_size: taffy::Size { width: limit(style.max_width), height: limit(style.max_height) },
        aspect_ratio: ratio(style.aspect_ratio),
        margin: rect(style.margin, offset),
        padding: rect(style.padding, room),
        border: rect(style.border, |width| LengthPercentage::length(positive(width))),
        align_items: align(style.align_items),
        align_self,
        align_content: match style.align_content {
            AlignContent::Stretch => taffy::AlignContent::STRETCH,
            AlignContent::FlexStart => taffy::AlignContent::FLEX_START,
            AlignContent::Center => taffy::AlignContent::CENTER,
            AlignContent::FlexEnd => taffy::AlignContent::FLEX_END,
            AlignContent::SpaceBetween => taffy::AlignContent::SPACE_BETWEEN,
            AlignContent::SpaceAround => taffy::AlignContent::SPACE_AROUND,
            AlignContent::SpaceEvenly => taffy::AlignContent::SPACE_EVENLY,
        },
        justify_content: match style.justify_content {
            Justify::FlexStart => taffy::JustifyContent::FLEX_START,
            Justify::Center => taffy::JustifyContent::CENTER,
            Justify::FlexEnd => taffy::JustifyContent::FLEX_END,
            Justify::SpaceBetween => taffy::JustifyContent::SPACE_BETWEEN,
            Justify::SpaceAround => taffy::JustifyContent::SPACE_AROUND,
            Justify::SpaceEvenly => taffy::JustifyContent::SPACE_EVENLY,
        },
        gap: taffy::Size { width: room(style.column_gap), height: room(style.row_gap) },
        flex_direction: match style.flex_direction {
            FlexDirection::Column => taffy::FlexDirection::Column,
            FlexDirection::Row => taffy::FlexDirection::Row,
            FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
            FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
        },
        flex_wrap: match style.flex_wrap {
            FlexWrap::NoWrap => taffy::FlexWrap::NoWrap,
            FlexWrap::Wrap => taffy::FlexWrap::Wrap,
            FlexWrap::WrapReverse => taffy::FlexWrap::WrapReverse,
        },
        flex_basis: dimension(style.flex_basis),
        flex_grow: factor(style.flex_grow),
        flex_shrink: factor(style.flex_shrink),
        ..taffy::Style::default()
    }
}
