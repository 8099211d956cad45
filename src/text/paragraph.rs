//! What goes into text layout and what comes out of it. All lengths are px at dpr 1.

use std::ops::Range;
use std::sync::Arc;

use super::glyph::FaceId;
use crate::geometry::{Point, Rect};
use crate::style::{
    Direction, FontStyle, FontVariantNumeric, LineHeight, Style, TextAlign, TextOverflow, WhiteSpace, WordBreak,
};

/// A paragraph to lay out.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// The text, as given (white space is treated as `white_space` says).
    pub text: Arc<str>,
    /// Styles over byte ranges of the text, in order and without gaps.
    pub spans: Vec<Span>,
    /// Alignment of its lines in the width.
    pub align: TextAlign,
    /// Base direction.
    pub direction: Direction,
    /// White space and wrapping.
    pub white_space: WhiteSpace,
    /// Where words may break.
    pub word_break: WordBreak,
    /// What happens to what does not fit.
    pub overflow: TextOverflow,
    /// Most lines; `None` is any number.
    pub max_lines: Option<u32>,
}

/// A part of a [`Paragraph`]. What only painting reads (colour, shadow) stays with the node.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Its font and spacing.
    pub font: Arc<FontDescription>,
    /// Height of its lines.
    pub line_height: LineHeight,
}

/// A font as it is asked for, with what shaping needs beside it: all that a host that has fonts of its own sets.
#[derive(Clone, Debug, PartialEq)]
pub struct FontDescription {
    /// Family names in order of preference; empty is the bundled stack.
    pub family: Arc<[Arc<str>]>,
    /// Size in px, within the limits.
    pub size: f32,
    /// 100 to 900.
    pub weight: u16,
    /// Upright or slanted.
    pub style: FontStyle,
    /// Figures of one width.
    pub numeric: FontVariantNumeric,
    /// Added after each cluster, px.
    pub letter_spacing: f32,
    /// Letters stand closer where the font says so.
    pub kerning: bool,
}

impl Paragraph {
    /// The whole text in a node's style.
    #[must_use]
    pub fn from_style(text: Arc<str>, style: &Style) -> Self {
        let span = Span::from_style(0..text.len(), style);
        let text_style = &style.text;
        Self {
            text,
            spans: vec![span],
            align: text_style.inherited.text_align,
            direction: text_style.inherited.direction,
            white_space: text_style.white_space,
            word_break: text_style.word_break,
            overflow: text_style.text_overflow,
            max_lines: text_style.max_lines,
        }
    }
}

impl Span {
    /// A part of a text in a style.
    #[must_use]
    pub fn from_style(range: Range<usize>, style: &Style) -> Self {
        let inherited = &style.text.inherited;
        let font = FontDescription {
            family: inherited.font_family.clone(),
            size: inherited.font_size,
            weight: inherited.font_weight,
            style: style.text.font_style,
            numeric: style.text.font_variant_numeric,
            letter_spacing: inherited.letter_spacing,
            kerning: true,
        };
        Self { range, font: Arc::new(font), line_height: inherited.line_height }
    }
}

/// A paragraph laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextLayout {
    /// Width of the widest line, without trailing white space.
    pub width: f32,
    /// Sum of the lines' heights.
    pub height: f32,
    /// The lines, from the top.
    pub lines: Vec<TextLine>,
    /// True where something was cut off.
    pub truncated: bool,
}

impl TextLayout {
    /// About how much memory it takes, bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let of_run = |run: &Arc<GlyphRun>| 256 + run.text.len() + run.glyphs.len() * 12 + run.clusters.len() * 32;
        64 + self.lines.len() * 80 + self.lines.iter().flat_map(|line| &line.runs).map(of_run).sum::<usize>()
    }
}

/// A line of a [`TextLayout`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextLine {
    /// Left edge, from the layout's left edge: alignment is in it.
    pub x: f32,
    /// Width without trailing white space.
    pub width: f32,
    /// Top edge, from the layout's top edge.
    pub top: f32,
    /// Height.
    pub height: f32,
    /// Baseline, from the layout's top edge.
    pub baseline: f32,
    /// Bytes of the paragraph's text that it shows.
    pub range: Range<usize>,
    /// What is drawn, in visual order.
    pub runs: Vec<Arc<GlyphRun>>,
}

/// Glyphs of one face, size and span, in visual order; and what they say, for a host that draws text in fonts of its own.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// What it says, in logical order.
    pub text: Arc<str>,
    /// The parts of `text` that glyphs stand for, in visual order; together they are all of it.
    pub clusters: Arc<[TextCluster]>,
    /// The font that was asked for.
    pub font: Arc<FontDescription>,
    /// The face.
    pub face: FaceId,
    /// px per em.
    pub size: f32,
    /// Which of the paragraph's spans it belongs to.
    pub span: usize,
    /// The glyphs, positioned from the layout's left edge and the line's baseline.
    pub glyphs: Arc<[Glyph]>,
    /// Left edge, from the layout's left edge.
    pub x: f32,
    /// Advance of the whole run.
    pub advance: f32,
    /// Outline grown by this much on each side, as a part of the size: bold without a bold face.
    pub embolden: f32,
    /// Slant as dx per dy: italic without an italic face.
    pub slant: f32,
    /// Where an underline goes.
    pub underline: DecorationLine,
    /// Where a line through goes.
    pub line_through: DecorationLine,
}

impl GlyphRun {
    /// What its glyphs can touch where its origin is at a place: no glyph of a sane face reaches farther from its own.
    #[must_use]
    pub fn reach(&self, origin: Point, scale: f32) -> Rect {
        let (mut left, mut right) = (self.x, self.x + self.advance);
        let (mut top, mut bottom) = (0.0f32, 0.0f32);
        for glyph in self.glyphs.iter() {
            (left, right) = (left.min(glyph.x), right.max(glyph.x));
            (top, bottom) = (top.min(glyph.y), bottom.max(glyph.y));
        }
        let (x, y) = (|along: f32| origin.x + along * scale, |down: f32| origin.y + down * scale);
        Rect::from_edges(x(left), y(top), x(right), y(bottom)).outset(self.size * scale * 2.0)
    }
}

impl PartialEq for GlyphRun {
    fn eq(&self, other: &Self) -> bool {
        // Layouts are kept, and their runs shared: what two frames have in common is most often the very same.
        std::ptr::eq(self, other)
            || (self.face, self.size, self.span, self.x, self.advance, self.embolden, self.slant)
                == (other.face, other.size, other.span, other.x, other.advance, other.embolden, other.slant)
                && (self.underline, self.line_through) == (other.underline, other.line_through)
                && (&self.glyphs, &self.text, &self.clusters, &self.font)
                    == (&other.glyphs, &other.text, &other.clusters, &other.font)
    }
}

/// A part of a [`GlyphRun`]'s text that is drawn as one: a grapheme cluster, several that share a glyph (a ligature), or
/// the part of one in another script.
#[derive(Clone, Debug, PartialEq)]
pub struct TextCluster {
    /// Bytes of the run's text.
    pub range: Range<usize>,
    /// Left edge, from the layout's left edge.
    pub x: f32,
    /// Advance, with the letter spacing after it.
    pub advance: f32,
    /// Written from right to left. Neighbours that are form one string in that direction.
    pub right_to_left: bool,
}

/// Where a decoration goes, in px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DecorationLine {
    /// Its top edge below the baseline (negative is above).
    pub offset: f32,
    /// Its thickness.
    pub thickness: f32,
}

/// A positioned glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Number in the face.
    pub id: u32,
    /// Origin, from the layout's left edge.
    pub x: f32,
    /// Origin above (negative) or below the line's baseline.
    pub y: f32,
}
