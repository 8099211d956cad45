//! Text: `fillText()`, `strokeText()`, `measureText()`.

use std::sync::Arc;

use super::capitals::{Capitals, SMALL};
use super::state::{Align, Baseline, TextState};
use super::{Canvas, Pen};
use crate::display::operations::Operation;
use crate::geometry::{Point, Rect};
use crate::style::{Direction, FontStyle, FontVariantNumeric, LineHeight, TextAlign, TextOverflow, WhiteSpace, WordBreak};
use crate::text::{FontDescription, GlyphKey, GlyphRun, GlyphSource, OutlineStep, Paragraph, Span, TextLine, TextSystem};

/// Largest size at which text is shaped; larger text is that, scaled.
const SHAPED_MAX: f64 = 512.0;
/// What it costs to shape a byte of text.
const SHAPED: u64 = 500;
/// Bytes of one text that are drawn.
const TEXT_MAX: usize = 64 * 1024;

/// What `measureText()` tells, px.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextMetrics {
    /// How far the text goes.
    pub width: f64,
    /// From the alignment point to the left edge of what is drawn, left is positive.
    pub left: f64,
    /// From there to its right edge.
    pub right: f64,
    /// From the baseline up to its top edge.
    pub top: f64,
    /// From the baseline down to its bottom edge.
    pub bottom: f64,
    /// From the baseline to the font's ascent and descent.
    pub font: (f64, f64),
    /// From the baseline to the em square's edges.
    pub em: (f64, f64),
    /// From the baseline (of `textBaseline`) up to the hanging, the alphabetic and the ideographic one.
    pub baselines: (f64, f64, f64),
}

/// A line of text with its measures, px at its own size.
struct Shaped {
    line: Option<TextLine>,
    /// Px of the context per px of the line.
    scale: f64,
    width: f64,
    ascent: f64,
    descent: f64,
    em_ascent: f64,
    /// How far above its own the hanging and the ideographic baseline are.
    hanging: f64,
    ideographic: f64,
}

impl Shaped {
    /// How far below the line's baseline `textBaseline` is.
    fn below(&self, baseline: Baseline, size: f64) -> f64 {
        match baseline {
            Baseline::Alphabetic => 0.0,
            Baseline::Top => -self.em_ascent,
            Baseline::Hanging => -self.hanging,
            Baseline::Middle => size / 2.0 - self.em_ascent,
            Baseline::Ideographic => -self.ideographic,
            Baseline::Bottom => size - self.em_ascent,
        }
    }
}

/// Where a line of a width begins, from where it is aligned.
fn begins(state: &TextState, width: f64) -> f64 {
    let right = match state.align {
        Align::Left => false,
        Align::Right => true,
        Align::Center => return -width / 2.0,
        Align::Start => state.right_to_left,
        Align::End => !state.right_to_left,
    };
    if right { -width } else { 0.0 }
}

fn shape(text: &str, state: &TextState, pen: &mut Pen) -> Shaped {
    let font = &state.font;
    let scale = (font.size / SHAPED_MAX).max(1.0);
    let size = font.size / scale;
    let mut end = text.len().min(TEXT_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // White space is a space, each of it (HTML, "text preparation algorithm").
    let replaced: String = text
        .chars()
        .take(if end < text.len() { text.get(..end).map_or(0, |text| text.chars().count()) } else { usize::MAX })
        .map(|c| if matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') { ' ' } else { c })
        .collect();
    let description = FontDescription {
        family: Arc::clone(&font.families),
        size: size as f32,
        weight: font.weight.clamp(1, 1_000),
        style: if font.italic { FontStyle::Italic } else { FontStyle::Normal },
        numeric: FontVariantNumeric::Normal,
        letter_spacing: state.letter_spacing / scale as f32,
        kerning: state.kerning,
    };
    let metrics = pen.text.first_metrics(&description);
    let (hanging, ideographic) = pen.text.first_baselines(&description);
    let capitals = if font.small_caps && state.capitals == Capitals::Normal { Capitals::Small } else { state.capitals };
    let (drawn, parts) = capitals.apply(replaced);
    let small = Arc::new(FontDescription { size: (size * SMALL) as f32, ..description.clone() });
    let description = Arc::new(description);
    let span = |(range, is_small)| {
        let font = Arc::clone(if is_small { &small } else { &description });
        Span { range, font, line_height: LineHeight::Normal }
    };
    let paragraph = Paragraph {
        text: Arc::from(drawn),
        spans: parts.into_iter().map(span).collect(),
        align: TextAlign::Left,
        direction: if state.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight },
        white_space: WhiteSpace::Pre,
        word_break: WordBreak::Normal,
        overflow: TextOverflow::Clip,
        max_lines: None,
    };
    pen.account.spend(SHAPED * paragraph.text.len() as u64);
    let layout = pen.text.layout(&paragraph, None);
    let unworded = layout.lines.first().map_or(0.0, end_of) * scale;
    let line = layout.lines.first().map(|line| spaced(line, state.word_spacing / scale as f32));
    let mut width = line.as_ref().map_or(0.0, end_of) * scale;
    let (letters, words) = (f64::from(state.letter_spacing), f64::from(state.word_spacing));
    if letters != 0.0 || words != 0.0 {
        let mut plain = paragraph;
        let unspaced = |span: &mut Span| span.font = Arc::new(FontDescription { letter_spacing: 0.0, ..(*span.font).clone() });
        plain.spans.iter_mut().for_each(unspaced);
        let natural = pen.text.layout(&plain, None).lines.first().map_or(0.0, end_of) * scale;
        // Spacing adds itself, so often: nothing is lost to the sums that place the letters.
        let often = |more: f64, by: f64| if by == 0.0 { 0.0 } else { (more / by).round() * by };
        let exact = natural + (often(unworded - natural, letters) + often(width - unworded, words));
        // Letters that stand apart may be others than those that join.
        if (exact - width).abs() < 0.01 {
            width = exact;
        }
    }
    let (ascent, descent, typo_ascent, typo_descent) = metrics.unwrap_or((0.8, 0.2, 0.8, 0.2));
    // The em square lies around the baseline as the font's own design says (CSS Inline 3, "normalized" metrics).
    let em = f64::from(typo_ascent + typo_descent);
    let em_ascent = if em > 0.0 { f64::from(typo_ascent) / em * font.size } else { font.size * 0.8 };
    // Their product is exact where a font's designer meant it to be.
    let px = |part: f32| f64::from(part * font.size as f32);
    let (ascent, descent) = (px(ascent), px(descent));
    let (hanging, ideographic) = (hanging.map_or(ascent * 0.8, px), ideographic.map_or(-descent, px));
    Shaped { line, scale, width, ascent, descent, em_ascent, hanging, ideographic }
}

/// Where a line ends, px from where it begins.
fn end_of(line: &TextLine) -> f64 {
    f64::from(line.runs.iter().fold(0.0f32, |end, run| end.max(run.x + run.advance)))
}

/// A line with more room at each of its spaces.
fn spaced(line: &TextLine, by: f32) -> TextLine {
    if by == 0.0 {
        return line.clone();
    }
    let mut moved = 0.0;
    let mut runs = Vec::new();
    for run in &line.runs {
        let mut own: GlyphRun = (**run).clone();
        let (start, mut glyphs, mut clusters) = (moved, own.glyphs.to_vec(), own.clusters.to_vec());
        for cluster in &mut clusters {
            let is_space = own.text.get(cluster.range.clone()).is_some_and(|text| matches!(text, " " | "\u{a0}"));
            cluster.x += moved;
            if is_space {
                cluster.advance += by;
                moved += by;
            }
        }
        // Glyphs go with the cluster that they stand in.
        for (glyph, old) in glyphs.iter_mut().zip(run.glyphs.iter()) {
            let at = run.clusters.iter().rposition(|cluster| cluster.x <= old.x + 1e-3).unwrap_or(0);
            let by = clusters.get(at).zip(run.clusters.get(at)).map_or(0.0, |(new, old)| new.x - old.x);
            glyph.x = old.x + by;
        }
        own.x += start;
        own.advance += moved - start;
        (own.glyphs, own.clusters) = (Arc::from(glyphs), Arc::from(clusters));
        runs.push(Arc::new(own));
    }
    TextLine { width: line.width + moved, runs, ..line.clone() }
}

impl Canvas {
    /// `fillText()` or `strokeText()`; `most` is the width into which longer text is pressed together.
    pub fn text(&mut self, text: &str, [x, y]: [f64; 2], most: Option<f64>, stroked: bool, pen: &mut Pen) {
        let state = self.state.text.clone();
        let size = state.font.size;
        if size <= 0.0 || most.is_some_and(|most| most.is_nan() || most <= 0.0) {
            return;
        }
        let shaped = shape(text, &state, pen);
        let Some(line) = &shaped.line else { return };
        let ink = if stroked { &self.state.stroke } else { &self.state.fill };
        let Some(paint) = ink.paint() else { return };
        let pressed = most.filter(|most| shaped.width > *most).map_or(1.0, |most| most / shaped.width);
        let left = begins(&state, shaped.width * pressed);
        let down = -shaped.below(state.baseline, size);
        let before = self.state.transform;
        let scale = shaped.scale as f32;
        let mut origin = Point::new((x + left) as f32, (y + down) as f32);
        if pressed < 1.0 {
            let press = super::Matrix([pressed, 0.0, 0.0, 1.0, x + left, y + down]);
            self.state.transform = before.then(&press);
            origin = Point::default();
        }
        let stroke = stroked.then(|| Arc::clone(&self.state.line));
        for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
            let reach = run.reach(origin, scale);
            let cost = self.cost(&reach, run.glyphs.len() * 16);
            let (paint, stroke) = (paint.clone(), stroke.clone());
            self.draw(Operation::Text { run: Arc::clone(run), origin, scale, paint, stroke }, pen, cost);
        }
        self.state.transform = before;
    }

    /// `measureText()`.
    pub fn measure(&mut self, text: &str, pen: &mut Pen) -> TextMetrics {
        let state = &self.state.text;
        let size = state.font.size;
        if size <= 0.0 {
            return TextMetrics::default();
        }
        let shaped = shape(text, state, pen);
        let begins = begins(state, shaped.width);
        let below = shaped.below(state.baseline, size);
        let mut ink: Option<Rect> = None;
        for run in shaped.line.iter().flat_map(|line| &line.runs) {
            for bounds in glyph_bounds(run, pen) {
                ink = Some(ink.map_or(bounds, |ink| ink.union(&bounds)));
            }
        }
        let edge = |value: f32| f64::from(value) * shaped.scale;
        let (left, right, top, bottom) = ink.map_or((-begins, begins, below, -below), |ink| {
            (-(begins + edge(ink.x)), begins + edge(ink.right()), below - edge(ink.y), edge(ink.bottom()) - below)
        });
        TextMetrics {
            width: shaped.width,
            left,
            right,
            top: if ink.is_some() { top } else { 0.0 },
            bottom: if ink.is_some() { bottom } else { 0.0 },
            font: (shaped.ascent + below, shaped.descent - below),
            em: (shaped.em_ascent + below, size - shaped.em_ascent - below),
            baselines: (shaped.hanging + below, below, shaped.ideographic + below),
        }
    }
}

/// Where the glyphs of a run have ink, from the line's origin.
fn glyph_bounds(run: &GlyphRun, pen: &mut Pen) -> Vec<Rect> {
    let mut all = Vec::new();
    for glyph in run.glyphs.iter() {
        let key = GlyphKey {
            face: run.face,
            glyph: glyph.id,
            size: run.size,
            quarter: 0,
            embolden: run.embolden,
            slant: run.slant,
            stroke: 0.0,
        };
        let mut points: Vec<(f32, f32)> = Vec::new();
        for step in pen.text.outline(&key) {
            match step {
                OutlineStep::MoveTo(x, y) | OutlineStep::LineTo(x, y) => points.push((x, y)),
                OutlineStep::QuadTo(a, b, x, y) => points.extend([(a, b), (x, y)]),
                OutlineStep::CurveTo(a, b, c, d, x, y) => points.extend([(a, b), (c, d), (x, y)]),
                OutlineStep::Close => {}
            }
        }
        if points.is_empty() {
            // A colour glyph has no outline: its picture says where it is.
            if let crate::text::GlyphImage::Color { left, top, width, height, .. } = &*pen.text.image(&key) {
                let rect = Rect::new(*left as f32, *top as f32, *width as f32, *height as f32);
                all.push(rect.translated(glyph.x, glyph.y));
            }
            continue;
        }
        let fold =
            |start: f32, pick: fn(&(f32, f32)) -> f32, choose: fn(f32, f32) -> f32| points.iter().map(pick).fold(start, choose);
        let (left, right) = (fold(f32::MAX, |p| p.0, f32::min), fold(f32::MIN, |p| p.0, f32::max));
        let (top, bottom) = (fold(f32::MAX, |p| p.1, f32::min), fold(f32::MIN, |p| p.1, f32::max));
        all.push(Rect::from_edges(left, top, right, bottom).translated(glyph.x, glyph.y));
    }
    all
}
