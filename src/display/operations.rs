//! What a 2D context does, as data: the operations of a `CanvasRenderingContext2D` (HTML, "The 2D rendering context").
//!
//! Boards write draw lists, which [`lower`](super::lower()) turns into operations; a script's context writes operations.
//! The rasterizer draws both, and a painter in a game replays operations on the context that it has.
//!
//! Coordinates are px of the canvas under the current transform, y down. What is not finite draws nothing, as the
//! specification says of arguments; no operation is an error.
//!
//! ```
//! use std::sync::Arc;
//! use friendboard::Color;
//! use friendboard::display::operations::{FillRule, Operation, Paint, Path};
//! let mut circle = Path::default();
//! circle.arc((40.0, 40.0), 30.0, (0.0, std::f64::consts::TAU), false);
//! let fill = Operation::Fill { path: Arc::new(circle), rule: FillRule::NonZero, paint: Paint::Solid(Color::BLACK) };
//! let operations = [Operation::Save, Operation::SetAlpha(0.5), fill, Operation::Restore];
//! # assert_eq!(operations.len(), 4);
//! ```

mod composite;
mod gradient;
mod paint;
mod path;
mod stroke;

use std::sync::Arc;

pub use composite::Composite;
pub use gradient::{Circle, Gradient, GradientKind};
pub use paint::{Paint, Pattern};
#[cfg(feature = "raster")]
pub(crate) use path::KAPPA;
pub use path::{FillRule, Path, Segment};
pub use stroke::{LineCap, LineJoin, StrokeStyle};

use crate::color::Color;
use crate::geometry::{PixelRect, Point, Rect, Transform};
use crate::picture::Picture;
use crate::text::GlyphRun;

/// One operation.
///
/// What [`Save`](Self::Save) keeps is the state: transform, clip, alpha, compositing and shadow. At first it is: no
/// transform, no clip, alpha 1, source-over, no shadow. What a context keeps beside that (fill and stroke style, line
/// style, font, smoothing) stands with each operation that reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// `save()`: keeps the state for the [`Restore`](Self::Restore) that belongs to it.
    Save,
    /// `restore()`: brings back the state that was kept last; without one, or with one from outside of the open layer, does
    /// nothing.
    Restore,
    /// `setTransform()`: the transform from here on.
    SetTransform(Transform),
    /// `transform()`: what is drawn goes through this transform, then through the current one. `translate()`, `scale()` and
    /// `rotate()` are this too.
    Transform(Transform),
    /// `globalAlpha`, 0 to 1; another value changes nothing.
    SetAlpha(f32),
    /// `globalCompositeOperation`.
    SetComposite(Composite),
    /// `shadowColor`, `shadowBlur`, `shadowOffsetX` and `shadowOffsetY`.
    SetShadow(Shadow),
    /// `clip()`: from here on, only what is also inside of this path is drawn.
    Clip {
        /// The path.
        path: Arc<Path>,
        /// What is inside of it.
        rule: FillRule,
    },
    /// `fill()`, `fillRect()`.
    Fill {
        /// The path; subpaths that are open are closed.
        path: Arc<Path>,
        /// What is inside of it.
        rule: FillRule,
        /// `fillStyle`.
        paint: Paint,
    },
    /// `stroke()`, `strokeRect()`.
    Stroke {
        /// The path.
        path: Arc<Path>,
        /// Width, caps, joins and dashes, in px under the transform.
        style: Arc<StrokeStyle>,
        /// `strokeStyle`.
        paint: Paint,
    },
    /// `drawImage()`.
    Image {
        /// Its key: by what a host that has the picture itself finds it.
        src: Arc<str>,
        /// The picture.
        picture: Picture,
        /// Which part of it, picture px.
        source: Rect,
        /// Where.
        destination: Rect,
        /// `imageSmoothingEnabled`: without it, the nearest pixel is taken.
        smooth: bool,
    },
    /// `fillText()`, and `strokeText()` with a stroke. A host with fonts of its own draws the run's `text` by its clusters.
    Text {
        /// Text, font and glyphs; positions and sizes are px of the run.
        run: Arc<GlyphRun>,
        /// Where the run's origin is: the layout's left edge, on the line's baseline.
        origin: Point,
        /// Px under the transform per px of the run.
        scale: f32,
        /// `fillStyle` or `strokeStyle`. Colour glyphs keep their colours, and take its opacity.
        paint: Paint,
        /// Stroke of the outlines in place of their filling.
        stroke: Option<Arc<StrokeStyle>>,
    },
    /// `beginLayer()`: until the [`EndLayer`](Self::EndLayer), what is drawn makes a picture of its own. It begins with
    /// the current transform and without clip, alpha, compositing and shadow. Clip and shadow hold for the layer as a whole;
    /// its alpha and compositing are its own.
    BeginLayer(Layer),
    /// `endLayer()`: draws the layer, and brings back the state that was there before it.
    EndLayer,
    /// `clearRect()`: makes what is inside of it and of the clip transparent, whatever alpha, compositing and shadow are.
    ClearRect(Rect),
    /// `putImageData()`: replaces pixels. Transform, clip, alpha, compositing and shadow have no say; the canvas's edges have.
    PutPixels {
        /// The pixels.
        picture: Picture,
        /// Which of them (the "dirty" rectangle), picture px.
        source: PixelRect,
        /// Column of the canvas on which the picture's first column comes.
        x: i32,
        /// Row of the canvas on which the picture's first row comes.
        y: i32,
    },
}

/// The shadow of what is drawn. It has neither blur nor offset at first, and is then not drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// `shadowColor`; a transparent one draws none.
    pub color: Color,
    /// `shadowBlur`: twice the standard deviation of the blur, px of the canvas whatever the transform.
    pub blur: f32,
    /// `shadowOffsetX`, px of the canvas whatever the transform.
    pub x: f32,
    /// `shadowOffsetY`, px of the canvas whatever the transform.
    pub y: f32,
    /// The shadow without what casts it, even where it has neither blur nor offset. A context draws the thing beyond its
    /// canvas's edge and moves the shadow back by its offset.
    pub only: bool,
}

impl Shadow {
    /// No shadow.
    pub const NONE: Self = Self { color: Color::TRANSPARENT, blur: 0.0, x: 0.0, y: 0.0, only: false };

    /// True where there is a shadow to draw.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        !self.color.is_transparent() && (self.only || self.blur > 0.0 || self.x != 0.0 || self.y != 0.0)
    }
}

/// A picture of its own, as it comes onto what is below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// How opaque it is, 0 to 1.
    pub alpha: f32,
    /// How it is composited.
    pub composite: Composite,
    /// Standard deviation of a blur (the filter `blur()`), px of the canvas; 0 is sharp.
    pub blur: f32,
    /// What can be drawn in it, under the transform at its begin; `None` is everything.
    pub bounds: Option<Rect>,
}
