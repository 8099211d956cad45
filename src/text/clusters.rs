//! What lines are made of: clusters in logical order, whoever measured them.

use std::ops::Range;

use super::paragraph::Span;
use super::white_space::Prepared;
use crate::geometry::finite;

/// What a cluster is to the breaking of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something that is seen, or that at least takes part in the line's width.
    Ink,
    /// White space that hangs at the end of a line.
    Space,
    /// A tab, where white space is kept.
    Tab,
    /// The end of a line in the source.
    Newline,
}

/// One grapheme cluster, or several that share glyphs, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// Characters of the prepared text.
    pub characters: Range<u32>,
    /// Advance with letter spacing, px.
    pub advance: f32,
    /// Its glyphs in [`Shaped::glyphs`], from left to right.
    pub glyphs: Range<u32>,
    /// The face.
    pub face: u16,
    /// The span.
    pub span: u16,
    /// Embedding level (UAX #9).
    pub level: u8,
    /// What it is to the breaking of lines.
    pub kind: Kind,
    /// A grapheme cluster starts with it. One whose characters are of two scripts is shaped in two parts.
    pub starts: bool,
    /// A line may end before it.
    pub break_before: bool,
}

/// A glyph, positioned from its cluster's left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ClusterGlyph {
    pub id: u32,
    pub x: f32,
    pub y: f32,
}

/// A shaped paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shaped {
    /// In logical order.
    pub clusters: Vec<Cluster>,
    /// Of all clusters.
    pub glyphs: Vec<ClusterGlyph>,
    /// The paragraph's own level: 1 is right to left.
    pub base_level: u8,
    /// The text that was shaped.
    pub prepared: Prepared,
    /// The stack of each span.
    pub stacks: Vec<usize>,
    /// True where letters that were measured together have their advance at the first of them: enough for where a line of all
    /// of them ends, and for nothing within; see [`Shaping::measure_each`](super::paragraphs::Shaping::measure_each).
    pub is_measured_whole: bool,
}

/// A span's size, px: finite and within what fonts can be scaled to.
pub(super) fn size_of(span: &Span) -> f32 {
    finite(span.font.size).clamp(0.0, 4_096.0)
}

pub(super) fn spacing_of(span: &Span) -> f32 {
    finite(span.font.letter_spacing).clamp(-4_096.0, 4_096.0)
}

/// True for a cluster of nothing but characters without a picture of their own: bidi controls, joiners, selectors.
pub(super) fn is_invisible(text: &str) -> bool {
    use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};
    text.chars()
        .all(|character| !character.is_ascii() && CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character))
}

/// Whether letter spacing is added after a cluster: not within cursive scripts, whose letters join (CSS Text 3, §8.2),
/// and not after what has no width of its own.
pub(super) fn takes_spacing(text: &str) -> bool {
    !is_invisible(text) && !text.chars().next().is_some_and(is_cursive)
}

/// Letters of the scripts that CSS Text 3, Appendix D calls cursive.
pub(super) fn is_cursive(character: char) -> bool {
    matches!(u32::from(character),
        0x0600..=0x085F | 0x0860..=0x08FF | 0x1800..=0x18AF | 0xA840..=0xA877 | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC
        | 0x10D00..=0x10D3F | 0x1E900..=0x1E95F)
}
