//! The typed style of one node: what every property of the dialect says once it is read.
//!
//! The initial values are the dialect's (`flexDirection: column`, `flexShrink: 0`, `fontSize: 12` …). Lengths are px at
//! dpr 1.

mod keywords;
mod layout;
mod paint;
mod text;

pub(crate) use keywords::keywords;
pub use keywords::{
    Align, AlignContent, BoxSizing, Dialect, Direction, Display, FlexDirection, FlexWrap, FontStyle, FontVariantNumeric,
    ImageType, Justify, KeepInView, ObjectFit, Overflow, Position, TextAlign, TextDecoration, TextOverflow, VerticalAlign,
    Visibility, WhiteSpace, WordBreak,
};
pub use layout::{LayoutStyle, Length};
pub use paint::{Background, BackgroundSize, GradientLine, GradientStop, PaintStyle, RadialExtent, Shadow, TransformStep};
pub use text::{InheritedText, LineHeight, TextStyle};

/// Every property of one node, resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// What layout reads.
    pub layout: LayoutStyle,
    /// What a text reads.
    pub text: TextStyle,
    /// What painting reads.
    pub paint: PaintStyle,
}

impl Style {
    /// True for a box of which nothing is drawn but what in it is visible again: `visibility: hidden`.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.text.inherited.visibility == Visibility::Hidden
    }
}
