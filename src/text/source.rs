//! Who lays text out: our own engine, or the host.

use std::sync::Arc;

use super::{GlyphImage, GlyphKey, GlyphSource, OutlineStep, Paragraph, TextLayout, TextSystem};
use crate::geometry::Rect;

/// What a renderer lays text out with, and takes the pictures of glyphs from.
pub enum TextSource {
    /// Our own engine and its fonts.
    #[cfg(feature = "shaping")]
    Engine(Box<super::TextEngine>),
    /// A host that measures text, and draws it itself: it has no pictures of glyphs.
    Host(Box<dyn TextSystem>),
}

impl TextSystem for TextSource {
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        match self {
            #[cfg(feature = "shaping")]
            Self::Engine(engine) => engine.layout(paragraph, width),
            Self::Host(host) => host.layout(paragraph, width),
        }
    }

    fn min_content_width(&mut self, paragraph: &Paragraph) -> f32 {
        match self {
            #[cfg(feature = "shaping")]
            Self::Engine(engine) => engine.min_content_width(paragraph),
            Self::Host(host) => host.min_content_width(paragraph),
        }
    }

    fn ink(&mut self, layout: &TextLayout) -> Option<Rect> {
        match self {
            #[cfg(feature = "shaping")]
            Self::Engine(engine) => engine.ink(layout),
            Self::Host(host) => host.ink(layout),
        }
    }

    fn work(&self) -> u64 {
        match self {
            #[cfg(feature = "shaping")]
            Self::Engine(engine) => engine.work(),
            Self::Host(host) => host.work(),
        }
    }
}

impl GlyphSource for TextSource {
    fn image(&mut self, key: &GlyphKey) -> Arc<GlyphImage> {
        let _ = key;
        match self {
            #[cfg(all(feature = "shaping", feature = "raster"))]
            Self::Engine(engine) => engine.image(key),
            _ => Arc::new(GlyphImage::Empty),
        }
    }

    fn outline(&mut self, key: &GlyphKey) -> Vec<OutlineStep> {
        let _ = key;
        match self {
            #[cfg(all(feature = "shaping", feature = "raster"))]
            Self::Engine(engine) => engine.outline(key),
            _ => Vec::new(),
        }
    }
}
