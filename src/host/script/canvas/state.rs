//! What `save()` keeps.

use std::sync::Arc;

use super::capitals::Capitals;
use super::matrix::Matrix;
use crate::color::Color;
use crate::display::operations::{Composite, FillRule, Gradient, Paint, Path, Pattern, Shadow, StrokeStyle};
use crate::host::script::font::Font;

/// What fills or strokes are made of: `fillStyle`, `strokeStyle`.
#[derive(Clone, Debug, PartialEq)]
pub enum Ink {
    /// One colour.
    Color(Color),
    /// A gradient; `None` draws nothing.
    Gradient(Option<Arc<Gradient>>),
    /// A pattern; `None` draws nothing (a picture that is not there).
    Pattern(Option<Arc<Pattern>>),
}

impl Ink {
    /// As an operation takes it; `None` where it draws nothing.
    pub fn paint(&self) -> Option<Paint> {
        match self {
            Self::Color(color) => Some(Paint::Solid(*color)),
            Self::Gradient(gradient) => gradient.clone().map(Paint::Gradient),
            Self::Pattern(pattern) => pattern.clone().map(Paint::Pattern),
        }
    }
}

/// One clip of those that hold.
#[derive(Debug, PartialEq)]
pub struct ClipPath {
    /// The path, under the transform.
    pub path: Arc<Path>,
    /// What is inside of it.
    pub rule: FillRule,
    /// The transform when it was set.
    pub transform: Matrix,
    /// What it costs to bring about, each time.
    pub cost: u64,
}

/// The state of a context, as a new one has it at first.
#[derive(Clone, Debug)]
pub struct State {
    /// The transform.
    pub transform: Matrix,
    /// How many of the canvas's clips hold: while a state is kept, later ones only come on top of them.
    pub clips: usize,
    /// `globalAlpha`.
    pub alpha: f64,
    /// `globalCompositeOperation`.
    pub composite: Composite,
    /// It is `clear`, which the operations know as a copy of nothing.
    pub clears: bool,
    /// The shadow's four properties.
    pub shadow: Shadow,
    /// `fillStyle`.
    pub fill: Ink,
    /// `strokeStyle`.
    pub stroke: Ink,
    /// Line width, caps, joins, dashes.
    pub line: Arc<StrokeStyle>,
    /// `imageSmoothingEnabled`.
    pub smooth: bool,
    /// Font, alignment and all else of text.
    pub text: TextState,
}

/// What of the state is of text.
#[derive(Clone, Debug)]
pub struct TextState {
    /// `font`.
    pub font: Arc<Font>,
    /// `textAlign`.
    pub align: Align,
    /// `textBaseline`.
    pub baseline: Baseline,
    /// `direction` is `rtl`; what it inherits is left to right.
    pub right_to_left: bool,
    /// `fontVariantCaps`; where it is normal, what the font says.
    pub capitals: Capitals,
    /// `fontKerning` is not `none`.
    pub kerning: bool,
    /// `letterSpacing`, px.
    pub letter_spacing: f32,
    /// `wordSpacing`, px.
    pub word_spacing: f32,
}

/// `textAlign`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where text of the direction begins.
    Start,
    /// Where it ends.
    End,
    /// Left.
    Left,
    /// Right.
    Right,
    /// In the middle.
    Center,
}

/// `textBaseline`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The top of the em square.
    Top,
    /// What Indic letters hang from.
    Hanging,
    /// The middle of the em square.
    Middle,
    /// What most letters stand on.
    Alphabetic,
    /// The bottom of ideographs.
    Ideographic,
    /// The bottom of the em square.
    Bottom,
}

impl State {
    /// The state of a new context.
    pub fn new(font: Arc<Font>) -> Self {
        let (align, baseline) = (Align::Start, Baseline::Alphabetic);
        Self {
            transform: Matrix::IDENTITY,
            clips: 0,
            alpha: 1.0,
            composite: Composite::SourceOver,
            clears: false,
            shadow: Shadow::NONE,
            fill: Ink::Color(Color::BLACK),
            stroke: Ink::Color(Color::BLACK),
            line: Arc::default(),
            smooth: true,
            text: TextState {
                font,
                align,
                baseline,
                right_to_left: false,
                capitals: Capitals::Normal,
                kerning: true,
                letter_spacing: 0.0,
                word_spacing: 0.0,
            },
        }
    }
}
