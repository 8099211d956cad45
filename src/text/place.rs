//! Clusters in lines to glyphs in places: visual order (UAX #9, L1 and L2), alignment, heights.

use std::ops::Range;
use std::sync::Arc;

use super::analysis::reorder;
use super::clusters::{Kind, Shaped, size_of};
use super::line_fonts::LineFonts;
use super::lines::{Line, Lines, advance_at};
use super::paragraph::{Paragraph, TextLayout, TextLine};
use super::placed::Placed;
use super::runs::runs;
use crate::style::{LineHeight, TextAlign};

/// An ellipsis, shaped in the style of a span.
pub(super) struct Ellipsis {
    /// Its only cluster, with its glyphs.
    pub shaped: Arc<Shaped>,
}

/// Puts the lines in their places.
pub(super) fn place(
    paragraph: &Paragraph,
    shaped: &Shaped,
    lines: &Lines,
    width: Option<f32>,
    fonts: &impl LineFonts,
    mut ellipsis: impl FnMut(u16) -> Option<Ellipsis>,
) -> TextLayout {
    let widest = lines.lines.iter().fold(0.0_f32, |widest, line| widest.max(line.width));
    let box_width = width.filter(|width| width.is_finite()).unwrap_or(widest);
    let mut layout = TextLayout { width: widest, truncated: lines.truncated, ..TextLayout::default() };
    let bytes = shaped.prepared.bytes();
    for line in &lines.lines {
        let (above, below) = heights(paragraph, shaped, line, fonts);
        let x = align(paragraph.align, shaped.base_level % 2 == 1, box_width, line.width);
        let dots = if line.ellipsis { ellipsis(ellipsis_span(shaped, line)) } else { None };
        let placed = visual_order(shaped, &bytes, line, dots.as_ref());
        let first = shaped.clusters.get(line.clusters.start).map_or(0, |cluster| cluster.characters.start as usize);
        let last = shaped.clusters.get(line.visible.wrapping_sub(1)).map_or(first, |cluster| cluster.characters.end as usize);
        let source: Range<usize> = shaped.prepared.source(first)..source_end(paragraph, shaped, first, last);
        layout.lines.push(TextLine {
            x,
            width: line.width,
            top: layout.height,
            height: above + below,
            baseline: layout.height + above,
            range: source,
            runs: runs(paragraph, &placed, x, fonts, shaped),
        });
        layout.height += above + below;
    }
    layout
}

/// The span that an ellipsis at the end of a line has the style of.
fn ellipsis_span(shaped: &Shaped, line: &Line) -> u16 {
    let last = line.visible.saturating_sub(1).max(line.clusters.start);
    shaped.clusters.get(last).map_or(0, |cluster| cluster.span)
}

/// The byte after the last character of a line: white space that was left out before the next one is not shown.
fn source_end(paragraph: &Paragraph, shaped: &Shaped, first: usize, last: usize) -> usize {
    if last <= first {
        return shaped.prepared.source(first);
    }
    let start = shaped.prepared.source(last - 1);
    let length = paragraph.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start + length
}

/// How far letters may stand out of a line above and below, as parts of their size, before it becomes higher: that far there
/// is nothing of the lines beside it. Their own letters end so far below their upper edge, and hardly reach their lower one.
const OUT_ABOVE: f32 = 0.1;
const OUT_BELOW: f32 = 0.2;

/// Height above and below the baseline: each span's line height about its first font, half the leading on each side. Where
/// no height is given, it is more for letters that would touch the next line: Tibetan stacks, what is below Burmese ones.
fn heights(paragraph: &Paragraph, shaped: &Shaped, line: &Line, fonts: &impl LineFonts) -> (f32, f32) {
    let (mut above, mut below) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
    let mut last = None;
    let clusters = shaped.clusters.get(line.clusters.clone()).unwrap_or_default();
    for alike in clusters.chunk_by(|a, b| (a.span, a.face) == (b.span, b.face)) {
        let Some(number) = alike.first().map(|cluster| usize::from(cluster.span)) else { continue };
        let Some(span) = paragraph.spans.get(number) else { continue };
        let size = size_of(span);
        if last != Some(number) {
            last = Some(number);
            let (ascent, descent) = fonts.extents(shaped, number).unwrap_or((0.8, 0.2));
            let height = crate::geometry::finite(span.line_height.resolve(size)).max(0.0);
            let up = (height - (ascent + descent) * size) / 2.0 + ascent * size;
            above = above.max(up);
            below = below.max(height - up);
        }
        if span.line_height == LineHeight::Normal
            && let Some((up, down)) = fonts.reaches(shaped, alike, size)
        {
            above = above.max((up - OUT_ABOVE) * size);
            below = below.max((down - OUT_BELOW) * size);
        }
    }
    if above.is_finite() { (above, below) } else { (0.0, 0.0) }
}

/// The left edge of a line. One that is too wide goes over the edge at which its paragraph ends.
fn align(align: TextAlign, right_to_left: bool, width: f32, line: f32) -> f32 {
    let free = width - line;
    if free <= 0.0 {
        return if right_to_left { free } else { 0.0 };
    }
    match align {
        TextAlign::Center => free / 2.0,
        TextAlign::Right => free,
        TextAlign::End if !right_to_left => free,
        TextAlign::Start if right_to_left => free,
        TextAlign::Left | TextAlign::Start | TextAlign::End => 0.0,
    }
}

/// The clusters that are seen, from left to right, with the ellipsis where the text goes on.
fn visual_order<'a>(shaped: &'a Shaped, bytes: &[usize], line: &Line, ellipsis: Option<&'a Ellipsis>) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = Vec::with_capacity(line.visible.saturating_sub(line.clusters.start) + 1);
    let mut x = 0.0;
    for number in line.clusters.start..line.visible {
        let Some(cluster) = shaped.clusters.get(number) else { break };
        let advance = advance_at(shaped, number, x);
        x += advance;
        // Tabs, and white space before them, stand in the paragraph's direction (L1).
        let level = if cluster.kind == Kind::Tab { shaped.base_level } else { cluster.level };
        let byte = |character: u32| bytes.get(character as usize).copied().unwrap_or(shaped.prepared.text.len());
        let text = shaped.prepared.text.get(byte(cluster.characters.start)..byte(cluster.characters.end)).unwrap_or_default();
        placed.push(Placed { cluster, from: shaped, text, order: number, span: cluster.span, level, advance });
    }
    let mut before_separator = false;
    for entry in placed.iter_mut().rev() {
        before_separator = entry.cluster.kind == Kind::Tab || (before_separator && entry.cluster.kind == Kind::Space);
        if before_separator {
            entry.level = shaped.base_level;
        }
    }
    if let Some(ellipsis) = ellipsis {
        // Inside of a run the dots stand at the run's end, whichever side that is; between two, at the outer one's.
        let kept = placed.last().map(|entry| entry.level);
        let next =
            shaped.clusters.get(line.visible).filter(|cluster| cluster.kind != Kind::Newline).map(|cluster| cluster.level);
        let level = match (kept, next) {
            (Some(kept), Some(next)) => kept.min(next),
            (Some(level), None) | (None, Some(level)) => level,
            (None, None) => shaped.base_level,
        };
        for cluster in &ellipsis.shaped.clusters {
            // The dots were shaped alone, in the style of the span that they end.
            let span = ellipsis_span(shaped, line);
            let (from, text) = (&*ellipsis.shaped, ellipsis.shaped.prepared.text.as_str());
            placed.push(Placed { cluster, from, text, order: line.visible, span, level, advance: cluster.advance });
        }
    }
    reorder(&mut placed, |entry| entry.level);
    placed
}
