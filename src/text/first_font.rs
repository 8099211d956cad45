//! The measures of a description's first font, which a 2D context aligns text by.

use std::sync::Arc;

use skrifa::Tag;
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

    /// How far the hanging and the ideographic baseline of a description's first font are above the alphabetic one, as parts of
    /// its size; `None` where the font has no such line of its own.
    pub fn first_baselines(&mut self, font: &FontDescription) -> (Option<f32>, Option<f32>) {
        let span = Span { range: 0..0, font: Arc::new(font.clone()), line_height: LineHeight::Normal };
        let library = self.library();
        let stack = library.stack_of(&span);
        let primary = library.stack(stack).and_then(|stack| stack.primary);
        let face = primary.and_then(|primary| library.faces.get(primary.face));
        face.and_then(|face| contained(|| baselines(face)).ok().flatten()).unwrap_or_default()
    }
}

/// The baselines of a font's `BASE` table, for horizontal text of any script.
fn baselines(face: &Face) -> Option<(Option<f32>, Option<f32>)> {
    let font = face.font()?;
    let em = f32::from(font.head().ok()?.units_per_em());
    let axis = font.base().ok()?.horiz_axis()?.ok()?;
    let tags = axis.base_tag_list()?.ok()?;
    let scripts = axis.base_script_list().ok()?;
    let records = scripts.base_script_records();
    let of = |tag: &[u8; 4]| records.iter().find(|record| record.base_script_tag() == Tag::new(tag));
    let record = of(b"DFLT").or_else(|| of(b"latn")).or(records.first())?;
    let values = record.base_script(scripts.offset_data()).ok()?.base_values()?.ok()?;
    let at = |tag: &[u8; 4]| {
        let index = tags.baseline_tags().iter().position(|known| known.get() == Tag::new(tag))?;
        Some(f32::from(values.base_coords().get(index).ok()?.coordinate()) / em)
    };
    Some((at(b"hang"), at(b"ideo")))
}

fn typographic(face: &Face) -> Option<(f32, f32)> {
    let font = face.font()?;
    let (os2, em) = (font.os2().ok()?, f32::from(font.head().ok()?.units_per_em()));
    let (ascent, descent) = (f32::from(os2.s_typo_ascender()) / em, -f32::from(os2.s_typo_descender()) / em);
    (ascent > 0.0 && ascent + descent > 0.0).then_some((ascent, descent))
}
