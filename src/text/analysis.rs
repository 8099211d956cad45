//! What is known of a text before any font: where lines may end (UAX #14), and in which order it is read (UAX #9).

use icu_properties::props::BidiClass;
use parley_data::Properties;
use parley_engine::{Analysis, AnalysisOptions, Analyzer, BaseDirection, LineBreakConfig};

use crate::style::{Direction, WordBreak};

/// Analyses a text as layout does: everything of this room that asks for breaks or levels comes through here.
pub(super) fn analyze(analyzer: &mut Analyzer, analysis: &mut Analysis, text: &str, direction: Direction, words: WordBreak) {
    let word_break = match words {
        WordBreak::Normal => parlance::WordBreak::Normal,
        WordBreak::BreakAll => parlance::WordBreak::BreakAll,
        WordBreak::KeepAll => parlance::WordBreak::KeepAll,
    };
    let config = LineBreakConfig { word_break, ..LineBreakConfig::default() };
    let options = AnalysisOptions {
        base_direction: match direction {
            Direction::Auto => BaseDirection::Auto,
            Direction::LeftToRight => BaseDirection::Ltr,
            Direction::RightToLeft => BaseDirection::Rtl,
        },
        line_break: &[(0..text.len(), config)],
        ..AnalysisOptions::default()
    };
    analyzer.analyze(text, &options, analysis);
}

/// Where lines of a text may or must end (UAX #14, with dictionaries for Thai, Lao, Khmer and Burmese): bytes, in order, the
/// end of the text last. Empty for an empty text.
///
/// ```
/// use friendboard::{style::WordBreak, text::line_breaks};
/// assert_eq!(line_breaks("to be (中文)", WordBreak::Normal), [3, 6, 10, 14]);
/// ```
#[must_use]
pub fn line_breaks(text: &str, words: WordBreak) -> Vec<usize> {
    let mut analysis = Analysis::new();
    analyze(&mut Analyzer::new(), &mut analysis, text, Direction::LeftToRight, words);
    let mut breaks = Vec::new();
    let mut before = '\0';
    for ((start, character), info) in text.char_indices().zip(analysis.char_info()) {
        let forced = start > 0 && ends_line(before) && !(before == '\r' && character == '\n');
        if start > 0 && (forced || info.is_soft_wrap_opportunity()) {
            breaks.push(start);
        }
        before = character;
    }
    breaks.extend((!text.is_empty()).then_some(text.len()));
    breaks
}

/// UAX #14's classes BK, CR, LF and NL.
fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// In which order a paragraph is read; see [`paragraph_order`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParagraphOrder {
    /// The paragraph's own embedding level: 1 is right to left.
    pub base_level: u8,
    /// The embedding level of each character (not byte); `None` for those that UAX #9's X9 removes.
    pub levels: Vec<Option<u8>>,
    /// The numbers of the characters that are left, from the left of the line to its right.
    pub visual: Vec<usize>,
}

/// In which order a paragraph on one line is read (UAX #9), as layout orders it.
///
/// ```
/// use friendboard::{style::Direction, text::paragraph_order};
/// let order = paragraph_order("ab אב", Direction::Auto);
/// assert_eq!((order.base_level, order.visual), (0, vec![0, 1, 2, 4, 3]));
/// ```
#[must_use]
pub fn paragraph_order(text: &str, direction: Direction) -> ParagraphOrder {
    let mut analysis = Analysis::new();
    analyze(&mut Analyzer::new(), &mut analysis, text, direction, WordBreak::Normal);
    let base_level = analysis.paragraph_level().to_u8();
    let classes: Vec<BidiClass> = text.chars().map(|character| Properties::get(character).bidi_class()).collect();
    // Without levels the whole text is at the paragraph's own.
    let level_of = |number: usize| analysis.bidi_levels().get(number).map_or(base_level, |level| level.to_u8());
    let mut levels: Vec<Option<u8>> =
        classes.iter().enumerate().map(|(number, &class)| (!is_removed(class)).then(|| level_of(number))).collect();
    // L1: white space at the end of the line stands at the paragraph's level.
    for (level, &class) in levels.iter_mut().zip(&classes).rev() {
        match level {
            Some(level) if is_white_space(class) => *level = base_level,
            Some(_) => break,
            None => {}
        }
    }
    let mut visual: Vec<(usize, u8)> =
        levels.iter().enumerate().filter_map(|(number, level)| level.map(|level| (number, level))).collect();
    reorder(&mut visual, |&(_, level)| level);
    ParagraphOrder { base_level, levels, visual: visual.into_iter().map(|(number, _)| number).collect() }
}

fn is_removed(class: BidiClass) -> bool {
    [
        BidiClass::LeftToRightEmbedding,
        BidiClass::RightToLeftEmbedding,
        BidiClass::LeftToRightOverride,
        BidiClass::RightToLeftOverride,
        BidiClass::PopDirectionalFormat,
        BidiClass::BoundaryNeutral,
    ]
    .contains(&class)
}

fn is_white_space(class: BidiClass) -> bool {
    [
        BidiClass::WhiteSpace,
        BidiClass::SegmentSeparator,
        BidiClass::ParagraphSeparator,
        BidiClass::FirstStrongIsolate,
        BidiClass::LeftToRightIsolate,
        BidiClass::RightToLeftIsolate,
        BidiClass::PopDirectionalIsolate,
    ]
    .contains(&class)
}

/// UAX #9, L2: from the highest level down to the lowest odd one, whatever is at that level or above is turned round.
pub(super) fn reorder<T>(line: &mut [T], level: impl Fn(&T) -> u8) {
    let highest = line.iter().map(&level).max().unwrap_or(0);
    let Some(lowest_odd) = line.iter().map(&level).filter(|level| level % 2 == 1).min() else { return };
    for lowest in (lowest_odd..=highest).rev() {
        let mut start = 0;
        while start < line.len() {
            let run = line.iter().skip(start).take_while(|entry| level(entry) >= lowest).count();
            if let Some(run) = line.get_mut(start..start + run) {
                run.reverse();
            }
            start += run.max(1);
        }
    }
}
