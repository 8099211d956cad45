//! Fonts and fallback, shaping, lines and ellipsis, glyph masks, colour emoji.
//!
//! [`TextSystem`] is the small trait behind which a host that measures and draws text itself can stand in.

pub mod bitmap_font;
mod glyph;
mod paragraph;

pub use glyph::{GlyphImage, GlyphKey, GlyphSource, OutlineStep};
pub use paragraph::{DecorationLine, Glyph, GlyphRun, Paragraph, Span, TextLayout, TextLine};

/// A face of the fonts in use, as the engine that laid the text out numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u32);

/// Measures and lays out text.
pub trait TextSystem {
    /// Lays a paragraph out in a width (px at dpr 1); `None` is as wide as it likes. The same call gives the same
    /// answer, and is cheap the second time.
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> std::sync::Arc<TextLayout>;
}
