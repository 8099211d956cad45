//! What lines ask of our own fonts: metrics of the first one, and bold and italic where no face has them.

use super::clusters::{Cluster, Shaped};
use super::face::{Face, FaceMetrics};
use super::line_fonts::{Drawn, LineFonts};
use super::paragraph::DecorationLine;
use super::stack::Library;
use crate::unwind::contained;

impl Library {
    /// Metrics of a span's first font.
    fn first_metrics(&self, shaped: &Shaped, span: usize) -> Option<&FaceMetrics> {
        let primary = self.stack(*shaped.stacks.get(span)?)?.primary?;
        self.faces.get(primary.face).map(Face::metrics)
    }
}

impl LineFonts for Library {
    fn extents(&self, shaped: &Shaped, span: usize) -> Option<(f32, f32)> {
        self.first_metrics(shaped, span).map(|metrics| (metrics.ascent, metrics.descent))
    }

    fn reaches(&self, shaped: &Shaped, clusters: &[Cluster], size: f32) -> Option<(f32, f32)> {
        let face = self.faces.get(usize::from(clusters.first()?.face))?;
        if !face.metrics().may_need_room || size <= 0.0 {
            return None;
        }
        let glyphs = clusters.iter().flat_map(|cluster| {
            shaped.glyphs.get(cluster.glyphs.start as usize..cluster.glyphs.end as usize).unwrap_or_default()
        });
        contained(|| face.reaches(glyphs.map(|glyph| (glyph.id, glyph.y / size)))).ok()
    }

    fn drawn(&self, shaped: &Shaped, span: usize, face: u16, size: f32) -> Drawn {
        let stack = shaped.stacks.get(span).and_then(|&stack| self.stack(stack));
        let entry = stack.map(|stack| stack.face(usize::from(face)));
        // Decorations are the first font's over the whole span, so that a line does not jump between faces.
        let metrics = self.first_metrics(shaped, span);
        let decoration = |offset: f32, thickness: f32| DecorationLine { offset: offset * size, thickness: thickness * size };
        Drawn {
            embolden: if entry.is_some_and(|entry| entry.embolden) { bold_growth(size) } else { 0.0 },
            slant: if entry.is_some_and(|entry| entry.slant) { SLANT } else { 0.0 },
            underline: metrics.map_or_else(DecorationLine::default, |metrics| {
                decoration(metrics.underline_offset, metrics.underline_thickness)
            }),
            line_through: metrics.map_or_else(DecorationLine::default, |metrics| {
                decoration(metrics.strikeout_offset, metrics.strikeout_thickness)
            }),
        }
    }
}

/// dx per dy of a synthetic italic: Skia's, and so most browsers'.
const SLANT: f32 = 0.25;

/// How much a synthetic bold grows on each side, as a part of the size: half of Skia's outline, which is 1/24 of the
/// size up to 9 px and 1/32 from 36 px on (`SkScalerContext`, `kStdFakeBoldInterpValues`).
fn bold_growth(size: f32) -> f32 {
    let part = ((size - 9.0) / 27.0).clamp(0.0, 1.0);
    1.0 / 48.0 + (1.0 / 64.0 - 1.0 / 48.0) * part
}
