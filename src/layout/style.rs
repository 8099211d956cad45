//! The typed style as taffy reads it. Lengths are bounded on the way: what is not a number is nothing, and nothing is
//! longer than [`LENGTH_MAX`], so that sums of them stay finite.

use taffy::prelude::{Dimension, LengthPercentage, LengthPercentageAuto};

use crate::geometry::Edges;
use crate::style::{Align, BoxSizing, LayoutStyle, Length, Position};

/// No length of a style counts for more, in px.
pub(super) const LENGTH_MAX: f32 = 1_000_000.0;

/// No percentage of a style counts for more.
const PERCENT_MAX: f32 = 100_000.0;

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

pub(super) fn factor(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, LENGTH_MAX) }
}

/// A ratio that can be used: positive and finite.
pub(super) fn ratio(value: Option<f32>) -> Option<f32> {
    value.filter(|ratio| ratio.is_finite() && *ratio > 1.0 / LENGTH_MAX && *ratio < LENGTH_MAX)
}

/// What taffy reads of an absolute box, and of the box that it stands in.
pub(super) fn to_taffy(style: &LayoutStyle, clips: bool, is_picture: bool) -> taffy::Style {
    // Proportions are our own measuring's: taffy would take bounds along through them. A side that follows the other one
    // is not stretched; where both could be, the height follows.
    let follows = ratio(style.aspect_ratio).is_some();
    let spans = style.inset.left != Length::Auto && style.inset.right != Length::Auto;
    let is_given = style.width != Length::Auto || style.height != Length::Auto;
    let align_self = match style.align_self {
        None if follows && spans && !is_given => Some(taffy::AlignSelf::START),
        None => None,
        Some(Align::Stretch) => Some(taffy::AlignSelf::STRETCH),
        Some(Align::FlexStart | Align::Baseline) => Some(taffy::AlignSelf::START),
        Some(Align::Center) => Some(taffy::AlignSelf::CENTER),
        Some(Align::FlexEnd) => Some(taffy::AlignSelf::END),
    };
    let overflow = if clips { taffy::Overflow::Hidden } else { taffy::Overflow::Visible };
    taffy::Style {
        position: match style.position {
            Position::Relative => taffy::Position::Relative,
            Position::Absolute => taffy::Position::Absolute,
        },
        box_sizing: match style.box_sizing {
            BoxSizing::BorderBox => taffy::BoxSizing::BorderBox,
            BoxSizing::ContentBox => taffy::BoxSizing::ContentBox,
        },
        item_is_replaced: is_picture || follows && is_given,
        overflow: taffy::Point { x: overflow, y: overflow },
        inset: rect(style.inset, offset),
        size: taffy::Size { width: dimension(style.width), height: dimension(style.height) },
        min_size: taffy::Size { width: limit(style.min_width), height: limit(style.min_height) },
        max_size: taffy::Size { width: limit(style.max_width), height: limit(style.max_height) },
        margin: rect(style.margin, offset),
        padding: rect(style.padding, room),
        border: rect(style.border, |width| LengthPercentage::length(positive(width))),
        align_self,
        ..taffy::Style::default()
    }
}
