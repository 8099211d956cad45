//! A property's value once it is read.

use std::sync::Arc;

use crate::color::Color;
use crate::geometry::{Corners, Edges};
use crate::style::{Background, BackgroundSize, Length, LineHeight, Shadow, TransformStep};

/// A property's value once it is read. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PropertyValue {
    Length(Length),
    Number(f32),
    /// `None` is the keyword that stands for no number.
    OptionalNumber(Option<f32>),
    OptionalInteger(Option<i32>),
    /// `None` is `currentcolor`.
    Color(Option<Color>),
    Keyword(&'static str),
    Lengths(Edges<Length>),
    Numbers(Edges<f32>),
    Colors(Edges<Option<Color>>),
    Corners(Corners<Length>),
    /// Horizontal and vertical (`transformOrigin`), or row and column (`gap`).
    Pair(Length, Length),
    Families(Arc<[Arc<str>]>),
    LineHeight(LineHeight),
    Weight(u16),
    Flex {
        grow: f32,
        shrink: f32,
        basis: Length,
    },
    /// Width and colour of a border.
    Border(f32, Option<Color>),
    Shadows(Arc<[Shadow]>),
    Background(Option<Background>),
    BackgroundSize(BackgroundSize),
    /// `background`: a colour or an image.
    Ground(Color, Option<Background>),
    Transform(Arc<[TransformStep]>),
}
