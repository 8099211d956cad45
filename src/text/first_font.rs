//! The measures of a description's first font, which a 2D context aligns text by.

use std::sync::Arc;

use skrifa::raw::TableProvider;

use super::engine::TextEngine;
use super::face::Face;
use super::paragraph::{FontDescription, Span};
use crate::style::LineHeight;
use crate::unwind::contained;

impl TextEngine {
    /// Ascent and descent of the first font of a description, and those that its designer gave the em square (`OS/2`'s
    /// typographic ones), all as parts of its size; `None` without fonts.
    pub fn first_metrics(&mut self, font: &FontDescription) -> Option<(f32, f32, f32, f32)> {
        let span = Span { range: 0..0, font: Arc::new(font.clone()), line_height: LineHeight::Normal };
        let library = self.library();
        let stack = library.stack_of(&span);
        let face = library.faces.get(library.stack(stack)?.primary?.face)?;
        let metrics = face.metrics();
        let (ascent, descent) = (metrics.ascent, metrics.descent);
        let (typo_ascent, typo_descent) = contained(|| typographic(face)).ok().flatten().unwrap_or((ascent, descent));
        Some((ascent, descent, typo_ascent, typo_descent))
    }
}

fn typographic(face: &Face) -> Option<(f32, f32)> {
    let font = face.font()?;
    let (os2, em) = (font.os2().ok()?, f32::from(font.head().ok()?.units_per_em()));
    let (ascent, descent) = (f32::from(os2.s_typo_ascender()) / em, -f32::from(os2.s_typo_descender()) / em);
    (ascent > 0.0 && ascent + descent > 0.0).then_some((ascent, descent))
}
