//! What goes into text layout and what comes out of it. All lengths are px at dpr 1.

use std::ops::Range;
use std::sync::Arc;

use super::FaceId;
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

/// The font and spacing of a part of a [`Paragraph`]. What only painting reads (colour, shadow) stays with the node.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Family names in order of preference; empty is the bundled stack.
    pub family: Arc<[Arc<str>]>,
    /// Size in px, within the limits.
    pub size: f32,
    /// 100 to 900.
    pub weight: u16,
    /// Upright or slanted.
    pub style: FontStyle,
    /// Added after each cluster, px.
    pub letter_spacing: f32,
    /// Height of its lines.
    pub line_height: LineHeight,
    /// Figures of one width.
    pub numeric: FontVariantNumeric,
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
        Self {
            range,
            family: inherited.font_family.clone(),
            size: inherited.font_size,
            weight: inherited.font_weight,
            style: style.text.font_style,
            letter_spacing: inherited.letter_spacing,
            line_height: inherited.line_height,
            numeric: style.text.font_variant_numeric,
        }
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
    pub runs: Vec<GlyphRun>,
}

/// Glyphs of one face, size and span, in visual order.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
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
