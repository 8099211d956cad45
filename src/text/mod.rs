//! Fonts and fallback, shaping, lines and ellipsis, glyph masks, colour emoji.
//!
//! [`TextSystem`] is the small trait behind which a host that measures and draws text itself can stand in;
//! [`TextEngine`] is ours. Its way through:
//!
//! ```text
//! Paragraph ─white_space─▶ text ─shape (stack chooses faces)─▶ clusters ─lines─▶ ranges ─place─▶ TextLayout
//! GlyphKey ─glyph_images (fontdue | outline + coverage | color_glyph | color_paint)─▶ GlyphImage
//! ```

// What needs no fonts.
pub mod bitmap_font;
mod glyph;
mod paragraph;
mod source;

// Text to lines, whoever measures it.
#[cfg(feature = "text-lines")]
mod analysis;
#[cfg(feature = "text-lines")]
mod clusters;
#[cfg(feature = "text-lines")]
mod host;
#[cfg(feature = "text-lines")]
mod line_fonts;
#[cfg(feature = "text-lines")]
mod lines;
#[cfg(feature = "text-lines")]
mod measure;
#[cfg(feature = "text-lines")]
mod paragraphs;
#[cfg(feature = "text-lines")]
mod place;
#[cfg(feature = "text-lines")]
mod placed;
#[cfg(feature = "text-lines")]
mod runs;
#[cfg(feature = "text-lines")]
mod white_space;

// Our own shaping, with the fonts that it is given.
#[cfg(feature = "shaping")]
mod bundled;
#[cfg(feature = "shaping")]
mod engine;
#[cfg(feature = "shaping")]
mod face;
#[cfg(feature = "cli")]
mod files;
#[cfg(feature = "script")]
mod first_font;
#[cfg(feature = "shaping")]
mod font_file;
#[cfg(feature = "shaping")]
mod fonts;
#[cfg(feature = "shaping")]
mod library_lines;
#[cfg(feature = "shaping")]
mod shape;
#[cfg(feature = "shaping")]
mod stack;
#[cfg(feature = "cli")]
mod subset;

// Pictures of glyphs.
#[cfg(all(feature = "shaping", feature = "raster"))]
mod color_brush;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod color_glyph;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod color_paint;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod coverage;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod glyph_images;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod ink;
#[cfg(all(feature = "shaping", feature = "raster"))]
mod outline;

#[cfg(feature = "text-lines")]
pub use analysis::{ParagraphOrder, line_breaks, paragraph_order};
#[cfg(feature = "shaping")]
pub use engine::{DrawnCluster, TextEngine};
#[cfg(feature = "shaping")]
pub use fonts::Fonts;
pub use glyph::{FaceId, GlyphImage, GlyphKey, GlyphSource, OutlineStep};
#[cfg(feature = "text-lines")]
pub use host::HostText;
#[cfg(feature = "text-lines")]
pub use measure::HostMeasure;
pub use paragraph::{DecorationLine, FontDescription, Glyph, GlyphRun, Paragraph, Span, TextCluster, TextLayout, TextLine};
pub use source::TextSource;
#[cfg(feature = "cli")]
pub use subset::{Subset, SubsetFace};

/// Measures and lays out text.
pub trait TextSystem {
    /// Lays a paragraph out in a width (px at dpr 1); `None` is as wide as it likes. The same call gives the same
    /// answer, and is cheap the second time.
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> std::sync::Arc<TextLayout>;

    /// The width of its widest part that can't be broken (px at dpr 1): CSS's min-content. Its max-content is the width
    /// of [`TextSystem::layout`] with `None`.
    fn min_content_width(&mut self, paragraph: &Paragraph) -> f32 {
        self.layout(paragraph, Some(0.0)).width
    }

    /// The box around what a layout's first line draws, from the layout's left edge and the line's baseline (px at dpr 1);
    /// `None` where it draws nothing, or nobody knows: a host draws its text itself.
    fn ink(&mut self, layout: &TextLayout) -> Option<crate::geometry::Rect> {
        let _ = layout;
        None
    }

    /// What was done so far, in steps of a [`Budget`](crate::Budget): what was kept from before costs nothing more.
    fn work(&self) -> u64 {
        0
    }
}
