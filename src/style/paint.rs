//! What painting a box reads of a style: backgrounds, borders, shadows, transforms.

use std::sync::Arc;

use super::{ImageType, KeepInView, Length, ObjectFit};
use crate::color::Color;
use crate::geometry::{Corners, Edges};

/// One of `textShadow` or `boxShadow`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// Moved to the right by, in px.
    pub x: f32,
    /// Moved down by, in px.
    pub y: f32,
    /// Blur radius in px: twice the standard deviation (CSS Backgrounds 3, §7.2).
    pub blur: f32,
    /// Grown by, in px (boxes only).
    pub spread: f32,
    /// Inside of the box (boxes only).
    pub inset: bool,
    /// Colour; `None` is the text's own colour.
    pub color: Option<Color>,
}

/// A stop of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientStop {
    /// Its colour.
    pub color: Color,
    /// Where, along the gradient's line: px or percent; auto is even spacing (CSS Images 3, §3.4.3).
    pub position: Length,
}

/// Where a linear gradient goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientLine {
    /// Degrees clockwise from 'to the top'.
    Angle(f32),
    /// To a corner: signs of x (right) and y (down), CSS's magic corners.
    Corner {
        /// To the right rather than the left.
        right: bool,
        /// To the bottom rather than the top.
        bottom: bool,
    },
}

/// How far a radial gradient reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RadialExtent {
    /// To the farthest corner (initial).
    FarthestCorner,
    /// To the closest corner.
    ClosestCorner,
    /// To the farthest side.
    FarthestSide,
    /// To the closest side.
    ClosestSide,
    /// Given radii.
    Explicit(Length, Length),
}

/// `backgroundImage`.
#[derive(Clone, Debug, PartialEq)]
pub enum Background {
    /// `url(…)`.
    Url(Arc<str>),
    /// `linear-gradient(…)`.
    Linear {
        /// Direction.
        line: GradientLine,
        /// At least two.
        stops: Arc<[GradientStop]>,
        /// `repeating-linear-gradient`.
        repeating: bool,
    },
    /// `radial-gradient(…)`.
    Radial {
        /// A circle rather than an ellipse.
        circle: bool,
        /// Reach.
        extent: RadialExtent,
        /// Centre in the box, horizontally and vertically.
        center: (Length, Length),
        /// At least two.
        stops: Arc<[GradientStop]>,
        /// `repeating-radial-gradient`.
        repeating: bool,
    },
}

/// `backgroundSize`: how large a background's picture or gradient is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BackgroundSize {
    /// As small as covers the box, its proportions kept.
    Cover,
    /// As large as the box holds, its proportions kept.
    Contain,
    /// Width and height: px, percent of the box, or auto (its own proportions; for both its own size).
    Sides(Length, Length),
}

/// One step of `transform`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TransformStep {
    /// `rotate(..)`, degrees clockwise.
    Rotate(f32),
    /// `scale(x, y)`.
    Scale(f32, f32),
    /// `translate(x, y)`; percentages are of the box.
    Translate(Length, Length),
    /// `skew(x, y)`, degrees.
    Skew(f32, f32),
}

/// What painting a box reads.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the property of its name")]
pub struct PaintStyle {
    pub background_color: Color,
    pub background_image: Option<Background>,
    pub background_image_type: ImageType,
    /// Source px from each side that nine-slice keeps.
    pub background_image_inset: Edges<f32>,
    /// The whole box at first, unlike in CSS.
    pub background_size: BackgroundSize,
    /// Where it stands in the room that is left: percent are of that room (CSS Backgrounds 3, §2.6).
    pub background_position: (Length, Length),
    pub object_fit: ObjectFit,
    pub image_type: ImageType,
    pub image_inset: Edges<f32>,
    /// `None` is the text colour, as CSS's `currentcolor`.
    pub border_color: Edges<Option<Color>>,
    /// px or percent of the box.
    pub border_radius: Corners<Length>,
    pub opacity: f32,
    /// Standard deviation of the blur of the box with all that is in it, px (`filter: blur(…)`).
    pub blur: f32,
    pub box_shadows: Arc<[Shadow]>,
    pub transform: Arc<[TransformStep]>,
    pub transform_origin: (Length, Length),
    /// `None` is auto: in document order.
    pub z_index: Option<i32>,
    /// Whether it stays in sight where the scroll view around it is scrolled.
    pub keep_in_view: KeepInView,
    /// How far a scroll view's content fades into `edge_fade_color` where more of it is out of sight, px.
    pub edge_fade: f32,
    /// `None` is the text colour, as CSS's `currentcolor`.
    pub edge_fade_color: Option<Color>,
}

impl Default for PaintStyle {
    fn default() -> Self {
        Self {
            background_color: Color::TRANSPARENT,
            background_image: None,
            background_image_type: ImageType::Simple,
            background_image_inset: Edges::all(0.0),
            background_size: BackgroundSize::Sides(Length::Percent(100.0), Length::Percent(100.0)),
            background_position: (Length::ZERO, Length::ZERO),
            object_fit: ObjectFit::Fill,
            image_type: ImageType::Simple,
            image_inset: Edges::all(0.0),
            border_color: Edges::all(None),
            border_radius: Corners::all(Length::ZERO),
            opacity: 1.0,
            blur: 0.0,
            box_shadows: Arc::from([]),
            transform: Arc::from([]),
            transform_origin: (Length::Percent(50.0), Length::Percent(50.0)),
            z_index: None,
            keep_in_view: KeepInView::None,
            edge_fade: 0.0,
            edge_fade_color: None,
        }
    }
}
