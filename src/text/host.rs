//! Text that a host measures and draws in fonts of its own: the same lines, order and ellipsis as ours, over its measures.

use std::collections::HashMap;
use std::sync::Arc;

use parley_engine::{Analysis, Analyzer};

use super::TextSystem;
use super::analysis::analyze;
use super::clusters::{Cluster, Kind, Shaped, spacing_of};
use super::line_fonts::{Drawn, LineFonts};
use super::measure::{HostMeasure, measure};
use super::paragraph::{DecorationLine, FontDescription, Paragraph, TextLayout};
use super::paragraphs::{Paragraphs, Shaping};
use super::white_space::{Prepared, prepare};
use crate::geometry::finite;
use crate::style::WhiteSpace;

/// Lays text out by what a host measures. Its runs have texts and clusters, and no glyphs: the host draws them.
///
/// ```
/// use friendboard::style::Style;
/// use friendboard::text::{FontDescription, HostMeasure, HostText, Paragraph, TextSystem};
///
/// struct Typewriter;
/// impl HostMeasure for Typewriter {
///     fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
///         text.chars().count() as f32 * font.size / 2.0
///     }
///     fn extents(&mut self, _font: &FontDescription) -> Option<(f32, f32)> {
///         None
///     }
/// }
///
/// let paragraph = Paragraph::from_style("to be or not".into(), &Style::default());
/// let size = paragraph.spans[0].font.size;
/// let layout = HostText::new(Typewriter).layout(&paragraph, Some(size * 3.0));
/// let lines: Vec<&str> = layout.lines.iter().map(|line| &*line.runs[0].text).collect();
/// assert_eq!(lines, ["to be", "or not"]);
/// ```
#[derive(Debug)]
pub struct HostText<M> {
    shaping: HostShaping<M>,
    paragraphs: Paragraphs,
}

impl<M: HostMeasure> HostText<M> {
    /// Text by a host's measures.
    #[must_use]
    pub fn new(measure: M) -> Self {
        let shaping =
            HostShaping { measure, analyzer: Analyzer::new(), analysis: Analysis::new(), fonts: HostFonts::default() };
        Self { shaping, paragraphs: Paragraphs::default() }
    }
}

impl<M: HostMeasure> TextSystem for HostText<M> {
    fn layout(&mut self, paragraph: &Paragraph, width: Option<f32>) -> Arc<TextLayout> {
        self.paragraphs.lay_out(&mut self.shaping, paragraph, width)
    }

    fn min_content_width(&mut self, paragraph: &Paragraph) -> f32 {
        self.paragraphs.min_content_width(&mut self.shaping, paragraph)
    }

    fn work(&self) -> u64 {
        self.paragraphs.work()
    }
}

/// Makes clusters by a host's measures.
struct HostShaping<M> {
    measure: M,
    analyzer: Analyzer,
    analysis: Analysis,
    fonts: HostFonts,
}

impl<M> std::fmt::Debug for HostShaping<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostShaping").field("fonts", &self.fonts).finish_non_exhaustive()
    }
}

/// The fonts that were asked for, by what `Shaped::stacks` names them.
#[derive(Debug, Default)]
struct HostFonts {
    /// Ascent and descent, as parts of the size.
    extents: Vec<(f32, f32)>,
    numbers: HashMap<FontKey, usize>,
}

/// What tells one font from another, whatever its size.
type FontKey = (Arc<[Arc<str>]>, u16, bool);

impl HostFonts {
    fn number(&mut self, font: &FontDescription, measure: &mut impl HostMeasure) -> usize {
        let is_slanted = font.style == crate::style::FontStyle::Italic;
        let key = (Arc::clone(&font.family), font.weight, is_slanted);
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        // Measured at one size, so that the lines of all sizes are in proportion.
        let sample = FontDescription { size: 100.0, letter_spacing: 0.0, ..font.clone() };
        let part = |px: f32| (finite(px) / 100.0).clamp(0.0, 4.0);
        let found = measure.extents(&sample).map(|(above, below)| (part(above), part(below)));
        self.extents.push(found.filter(|(above, below)| above + below > 0.0).unwrap_or((0.8, 0.2)));
        self.numbers.insert(key, self.extents.len() - 1);
        self.extents.len() - 1
    }
}

impl LineFonts for HostFonts {
    fn extents(&self, shaped: &Shaped, span: usize) -> Option<(f32, f32)> {
        self.extents.get(*shaped.stacks.get(span)?).copied()
    }

    fn drawn(&self, _shaped: &Shaped, _span: usize, _face: u16, size: f32) -> Drawn {
        // Where most fonts have them.
        let line = |offset: f32| DecorationLine { offset: offset * size, thickness: (size / 16.0).max(1.0) };
        Drawn { underline: line(-0.1), line_through: line(0.3), ..Drawn::default() }
    }
}

impl<M: HostMeasure> Shaping for HostShaping<M> {
    type Fonts = HostFonts;

    fn shape(&mut self, paragraph: &Paragraph) -> Shaped {
        let prepared = prepare(&paragraph.text, &paragraph.spans, paragraph.white_space);
        let spans = &paragraph.spans;
        let stacks = spans.iter().map(|span| self.fonts.number(&span.font, &mut self.measure)).collect();
        let mut shaped = Shaped { stacks, ..Shaped::default() };
        if !prepared.text.is_empty() && !spans.is_empty() {
            analyze(&mut self.analyzer, &mut self.analysis, &prepared.text, paragraph.direction, paragraph.word_break);
            shaped.base_level = self.analysis.paragraph_level().to_u8();
            shaped.clusters = self.clusters(paragraph, &prepared, shaped.base_level);
            // Letters that are spaced apart are drawn each where it stands.
            shaped.is_measured_whole = spans.iter().all(|span| spacing_of(span) == 0.0);
            measure(&mut self.measure, paragraph, &prepared, &mut shaped.clusters, shaped.is_measured_whole, |_| true);
        }
        shaped.prepared = prepared;
        shaped
    }

    fn measure_each(&mut self, paragraph: &Paragraph, shaped: &mut Shaped) {
        measure(&mut self.measure, paragraph, &shaped.prepared, &mut shaped.clusters, false, |_| true);
        shaped.is_measured_whole = false;
    }

    fn fonts(&self) -> &HostFonts {
        &self.fonts
    }
}

impl<M: HostMeasure> HostShaping<M> {
    /// The grapheme clusters of a text, without their advances. A run of the host's has one direction: its level stands in
    /// for a face.
    fn clusters(&self, paragraph: &Paragraph, prepared: &Prepared, base_level: u8) -> Vec<Cluster> {
        let keep_spaces = paragraph.white_space == WhiteSpace::Pre;
        let mut clusters: Vec<Cluster> = Vec::new();
        let mut last_span = None;
        for (number, (character, info)) in prepared.text.chars().zip(self.analysis.char_info()).enumerate() {
            let span = prepared.spans.get(number).copied().unwrap_or_default();
            let level = self.analysis.bidi_levels().get(number).map_or(base_level, |level| level.to_u8());
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            if !info.is_grapheme_start()
                && last_span == Some(span)
                && let Some(open) = clusters.last_mut()
            {
                open.characters.end = number + 1;
                continue;
            }
            last_span = Some(span);
            clusters.push(Cluster {
                characters: number..number + 1,
                advance: 0.0,
                glyphs: 0..0,
                face: u16::from(level % 2),
                span,
                level,
                kind: kind_of(character, keep_spaces),
                starts: info.is_grapheme_start(),
                break_before: info.is_grapheme_start() && info.is_soft_wrap_opportunity(),
            });
        }
        clusters
    }
}

/// What a cluster is to the breaking of lines, by its first character.
fn kind_of(character: char, keep_spaces: bool) -> Kind {
    match character {
        '\n' => Kind::Newline,
        '\t' => Kind::Tab,
        // Separators that hang, which all are but those that glue (UAX #14: GL).
        ' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' | '\u{3000}' if !keep_spaces => {
            Kind::Space
        }
        _ => Kind::Ink,
    }
}

#[cfg(all(test, feature = "shaping"))]
mod tests {
    use super::*;
    use crate::style::{Style, TextOverflow};
    use crate::text::{Fonts, TextEngine};

    /// A host whose fonts are ours.
    struct Ours(TextEngine);

    impl HostMeasure for Ours {
        fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
            let mut paragraph = Paragraph::from_style(Arc::from(text), &Style::default());
            paragraph.white_space = WhiteSpace::Pre;
            paragraph.spans[0].font = Arc::new(font.clone());
            self.0.layout(&paragraph, None).width
        }

        fn extents(&mut self, font: &FontDescription) -> Option<(f32, f32)> {
            let mut paragraph = Paragraph::from_style(Arc::from("x"), &Style::default());
            paragraph.spans[0].font = Arc::new(font.clone());
            let line = self.0.layout(&paragraph, None).lines.first().cloned()?;
            // Half of the leading is on each side.
            let natural = 1.362 * font.size;
            let above = line.baseline - (line.height - natural) / 2.0;
            Some((above, natural - above))
        }
    }

    const NAMES: &[&str] = &[
        "to be or not to be, that is the question",
        "小明👑王者归来，今天也要加油！",
        "Zoë Ångström ⚡ AVATAR To.",
        "مرحبا بالعالم abc",
        "שלום לך 123 שלום",
        "Bob 👨‍👩‍👧‍👦 family",
        "さくら🎮ゲーム",
        "नमस्ते दुनिया",
        "a\u{200B}b\u{AD}c  d",
    ];

    #[test]
    fn lines_are_those_of_our_own_engine_over_the_same_measures() {
        let mut ours = TextEngine::new(Fonts::bundled());
        let mut host = HostText::new(Ours(TextEngine::new(Fonts::bundled())));
        for text in NAMES {
            for (width, most) in
                [(None, None), (Some(200.0), None), (Some(60.0), None), (Some(90.0), Some(1)), (Some(120.0), Some(2))]
            {
                let mut paragraph = Paragraph::from_style(Arc::from(*text), &Style::default());
                (paragraph.max_lines, paragraph.overflow) = (most, TextOverflow::Ellipsis);
                let (expected, found) = (ours.layout(&paragraph, width), host.layout(&paragraph, width));
                let ranges = |layout: &TextLayout| layout.lines.iter().map(|line| line.range.clone()).collect::<Vec<_>>();
                assert_eq!(ranges(&found), ranges(&expected), "{text} in {width:?}");
                assert_eq!(found.truncated, expected.truncated, "{text} in {width:?}");
                for (found, expected) in found.lines.iter().zip(&expected.lines) {
                    assert!((found.width - expected.width).abs() < 0.6, "{text}: {} for {}", found.width, expected.width);
                    let said = |line: &crate::text::TextLine| {
                        let mut parts: Vec<&str> = line.runs.iter().map(|run| &*run.text).collect();
                        parts.sort_unstable();
                        let mut letters: Vec<char> = parts.concat().chars().collect();
                        letters.sort_unstable();
                        letters
                    };
                    assert_eq!(said(found), said(expected), "{text}");
                }
            }
        }
    }

    /// A host that tells how often it is asked for a width.
    #[derive(Default)]
    struct Asked(std::rc::Rc<std::cell::Cell<usize>>);

    impl HostMeasure for Asked {
        fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
            self.0.set(self.0.get() + 1);
            // Letters that stand closer together than alone.
            text.chars().count() as f32 * font.size / 2.0 - text.matches("AV").count() as f32
        }

        fn extents(&mut self, _font: &FontDescription) -> Option<(f32, f32)> {
            None
        }
    }

    #[test]
    fn what_fits_on_one_line_is_measured_once_a_word() {
        let asked = Asked::default();
        let count = std::rc::Rc::clone(&asked.0);
        let mut host = HostText::new(asked);
        let mut paragraph = Paragraph::from_style(Arc::from("Player AVATAR"), &Style::default());
        let size = paragraph.spans[0].font.size;
        let natural = 13.0 * size / 2.0 - 1.0;
        let layout = host.layout(&paragraph, Some(natural + 20.0));
        assert_eq!((layout.lines.len(), layout.width), (1, natural));
        assert_eq!(count.get(), 3, "two words and the space between them");
        // Cut, each of its letters counts, as if it had never been measured otherwise.
        (paragraph.max_lines, paragraph.overflow) = (Some(1), TextOverflow::Ellipsis);
        let cut = host.layout(&paragraph, Some(size * 5.0));
        assert_eq!(&*cut.lines[0].runs[0].text, "Player AV…");
        assert_eq!(cut, HostText::new(Asked::default()).layout(&paragraph, Some(size * 5.0)));
        // And where it wraps.
        paragraph.max_lines = None;
        assert_eq!(host.layout(&paragraph, Some(size * 4.0)).lines.len(), 2);
        assert_eq!(host.min_content_width(&paragraph), 6.0 * size / 2.0);
    }

    #[test]
    fn letters_that_are_spaced_apart_have_a_place_each() {
        let mut host = HostText::new(Asked::default());
        let mut paragraph = Paragraph::from_style(Arc::from("AVA"), &Style::default());
        let size = paragraph.spans[0].font.size;
        let spaced = FontDescription { letter_spacing: 2.0, ..(*paragraph.spans[0].font).clone() };
        paragraph.spans[0].font = Arc::new(spaced);
        let layout = host.layout(&paragraph, None);
        let places: Vec<f32> = layout.lines[0].runs[0].clusters.iter().map(|cluster| cluster.x).collect();
        assert_eq!(places, [0.0, size / 2.0 + 2.0, size + 3.0]);
    }

    #[test]
    fn a_run_has_one_direction_and_stands_where_the_line_has_it() {
        let mut host = HostText::new(Ours(TextEngine::new(Fonts::bundled())));
        let layout = host.layout(&Paragraph::from_style(Arc::from("ab אבג cd"), &Style::default()), None);
        let runs: Vec<(&str, bool)> =
            layout.lines[0].runs.iter().map(|run| (&*run.text, run.clusters.iter().any(|it| it.right_to_left))).collect();
        assert_eq!(runs, [("ab ", false), ("אבג", true), (" cd", false)]);
        let ends = layout.lines[0].runs.windows(2).all(|pair| (pair[0].x + pair[0].advance - pair[1].x).abs() < 0.01);
        assert!(ends, "each begins where the one before ends");
    }

    #[test]
    fn measures_that_are_no_numbers_harm_nothing() {
        struct Broken;
        impl HostMeasure for Broken {
            fn advance(&mut self, _text: &str, _font: &FontDescription) -> f32 {
                f32::NAN
            }
            fn extents(&mut self, _font: &FontDescription) -> Option<(f32, f32)> {
                Some((f32::INFINITY, -1.0))
            }
        }
        let layout = HostText::new(Broken).layout(&Paragraph::from_style(Arc::from("a b"), &Style::default()), Some(10.0));
        assert!(layout.width.is_finite() && layout.height.is_finite());
    }
}
