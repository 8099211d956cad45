//! What lines ask of fonts, once their clusters are measured.

use super::clusters::{Cluster, Shaped};
use super::paragraph::DecorationLine;

/// The fonts of a paragraph's spans.
pub(super) trait LineFonts {
    /// Ascent and descent of a span's first font, as parts of its size; `None` where there is no font.
    fn extents(&self, shaped: &Shaped, span: usize) -> Option<(f32, f32)>;

    /// How far the letters of clusters in one face reach above and below their baseline, as parts of their size; `None`
    /// where that is no farther than what a usual line holds, or nobody knows.
    fn reaches(&self, shaped: &Shaped, clusters: &[Cluster], size: f32) -> Option<(f32, f32)> {
        let _ = (shaped, clusters, size);
        None
    }

    /// How a run of a span in one of its faces is drawn, at a size in px.
    fn drawn(&self, shaped: &Shaped, span: usize, face: u16, size: f32) -> Drawn;
}

/// How a run is drawn beside its glyphs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawn {
    /// Outline grown by this much on each side, as a part of the size.
    pub embolden: f32,
    /// dx per dy.
    pub slant: f32,
    /// Where an underline goes.
    pub underline: DecorationLine,
    /// Where a line through goes.
    pub line_through: DecorationLine,
}
