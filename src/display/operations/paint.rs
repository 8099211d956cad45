//! What fills and strokes are made of.

use std::sync::Arc;

use super::gradient::Gradient;
use crate::color::Color;
use crate::geometry::{Rect, Transform};
use crate::picture::Picture;

/// `fillStyle` and `strokeStyle`.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// A gradient.
    Gradient(Arc<Gradient>),
    /// A picture again and again.
    Pattern(Arc<Pattern>),
}

/// `createPattern()`: a part of a picture, repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Its key: by what a host that has the picture itself finds it.
    pub src: Arc<str>,
    /// The picture.
    pub picture: Picture,
    /// The part that is repeated, picture px. A context repeats whole pictures: of a part it makes one.
    pub source: Rect,
    /// Where the first tile comes: in a context, at the origin in the part's own size.
    pub tile: Rect,
    /// Repeated to both sides.
    pub repeat_x: bool,
    /// Repeated up and down.
    pub repeat_y: bool,
    /// The pattern's own transform (`setTransform()` of the pattern), before the context's.
    pub transform: Transform,
    /// `imageSmoothingEnabled`: without it, the nearest pixel is taken.
    pub smooth: bool,
}
