//! Clusters of a line in their places to glyph runs.

use std::sync::Arc;

use super::clusters::{Kind, Shaped, size_of};
use super::glyph::FaceId;
use super::line_fonts::LineFonts;
use super::paragraph::{Glyph, GlyphRun, Paragraph, Span, TextCluster};
use super::placed::Placed;
use crate::sorted;

/// Glyph runs of a line whose left edge is at `left`: neighbours in one face and span together.
pub(super) fn runs(
    paragraph: &Paragraph,
    placed: &[Placed<'_>],
    left: f32,
    fonts: &impl LineFonts,
    shaped: &Shaped,
) -> Vec<Arc<GlyphRun>> {
    let mut runs = Vec::new();
    let mut x = left;
    for entries in placed.chunk_by(|a, b| (a.cluster.face, a.span) == (b.cluster.face, b.span)) {
        let Some(first) = entries.first() else { continue };
        let number = usize::from(first.span);
        let Some(span) = paragraph.spans.get(number) else { continue };
        let mut run = open_run((number, span), first.cluster.face, x, fonts, shaped);
        let mut glyphs: Vec<Glyph> = Vec::new();
        let mut lefts: Vec<f32> = Vec::with_capacity(entries.len());
        for entry in entries {
            let found = entry.from.glyphs.get(entry.cluster.glyphs.start as usize..entry.cluster.glyphs.end as usize);
            glyphs.extend(found.unwrap_or_default().iter().map(|glyph| Glyph { id: glyph.id, x: x + glyph.x, y: glyph.y }));
            lefts.push(x);
            x += entry.advance;
        }
        run.glyphs = Arc::from(glyphs);
        run.advance = x - run.x;
        (run.text, run.clusters) = text_of(entries, &lefts);
        runs.push(Arc::new(run));
    }
    runs
}

/// What a run says, in logical order, and where each part of it stands, in visual order.
fn text_of(entries: &[Placed<'_>], lefts: &[f32]) -> (Arc<str>, Arc<[TextCluster]>) {
    let seen: Vec<(&Placed<'_>, f32)> =
        entries.iter().zip(lefts.iter().copied()).filter(|(entry, _)| entry.cluster.kind != Kind::Newline).collect();
    let mut logical: Vec<usize> = (0..seen.len()).collect();
    sorted::sort_by_key(&mut logical, |&index| seen[index].0.order);
    let mut text = String::new();
    let mut starts = vec![0; seen.len()];
    for index in logical {
        starts[index] = text.len();
        text.push_str(seen[index].0.text);
    }
    let cluster = |((entry, x), start): (&(&Placed<'_>, f32), usize)| TextCluster {
        range: start..start + entry.text.len(),
        x: *x,
        advance: entry.advance,
        right_to_left: entry.level % 2 == 1,
    };
    let clusters = seen.iter().zip(starts).map(cluster).collect();
    (Arc::from(text), clusters)
}

/// A run without its glyphs and text.
fn open_run(span: (usize, &Span), face: u16, x: f32, fonts: &impl LineFonts, shaped: &Shaped) -> GlyphRun {
    let (number, span) = span;
    let size = size_of(span);
    let drawn = fonts.drawn(shaped, number, face, size);
    GlyphRun {
        text: Arc::from(""),
        clusters: Arc::from([]),
        font: Arc::clone(&span.font),
        face: FaceId(u32::from(face)),
        size,
        span: number,
        glyphs: Arc::from([]),
        x,
        advance: 0.0,
        embolden: drawn.embolden,
        slant: drawn.slant,
        underline: drawn.underline,
        line_through: drawn.line_through,
    }
}
