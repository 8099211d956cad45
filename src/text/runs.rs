//! Clusters of a line in their places to glyph runs.

use std::sync::Arc;

use super::glyph::FaceId;
use super::paragraph::{DecorationLine, Glyph, GlyphRun, Paragraph, Span, TextCluster};
use super::placed::Placed;
use super::shape::{Kind, Shaped, size_of};
use super::stack::Library;

/// Glyph runs of a line whose left edge is at `left`: neighbours in one face and span together.
pub(super) fn runs(
    paragraph: &Paragraph,
    placed: &[Placed<'_>],
    left: f32,
    library: &Library,
    shaped: &Shaped,
) -> Vec<Arc<GlyphRun>> {
    let mut runs = Vec::new();
    let mut x = left;
    for entries in placed.chunk_by(|a, b| (a.cluster.face, a.span) == (b.cluster.face, b.span)) {
        let Some(first) = entries.first() else { continue };
        let number = usize::from(first.span);
        let Some(span) = paragraph.spans.get(number) else { continue };
        let mut run = open_run((number, span), first.cluster.face, x, library, shaped);
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
    logical.sort_by_key(|&index| seen[index].0.order);
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
fn open_run(span: (usize, &Span), face: u16, x: f32, library: &Library, shaped: &Shaped) -> GlyphRun {
    let (number, span) = span;
    let size = size_of(span);
    let stack = shaped.stacks.get(number).and_then(|&stack| library.stack(stack));
    let entry = stack.map(|stack| stack.face(usize::from(face)));
    // Decorations are the first font's over the whole span, so that a line does not jump between faces.
    let primary = stack.and_then(|stack| stack.primary);
    let metrics = primary.and_then(|primary| library.faces.get(primary.face)).map(super::face::Face::metrics);
    let decoration = |offset: f32, thickness: f32| DecorationLine { offset: offset * size, thickness: thickness * size };
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
        embolden: if entry.is_some_and(|entry| entry.embolden) { bold_growth(size) } else { 0.0 },
        slant: if entry.is_some_and(|entry| entry.slant) { SLANT } else { 0.0 },
        underline: metrics
            .map_or_else(DecorationLine::default, |metrics| decoration(metrics.underline_offset, metrics.underline_thickness)),
        line_through: metrics
            .map_or_else(DecorationLine::default, |metrics| decoration(metrics.strikeout_offset, metrics.strikeout_thickness)),
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
