//! Names that people give themselves, made fit to be shown among others.

use std::borrow::Cow;

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiClass, DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory, Script};
use parley_data::Properties;

use crate::grapheme::clusters;

/// Most marks on one base that all scripts share (accents): more is a tower, not a letter.
const MOST_SHARED_MARKS: usize = 4;
/// Most marks on one base of a script's own; Tibetan and cantillated Hebrew need this many.
const MOST_SCRIPT_MARKS: usize = 8;

/// The first grapheme cluster that is seen, for a picture in place of an avatar; empty where nothing is.
///
/// ```
/// use friendboard::name::first_grapheme;
/// assert_eq!(first_grapheme("  \u{200B}👨‍👩‍👧 family"), "👨‍👩‍👧");
/// assert_eq!(first_grapheme("\u{202E}\u{3164}"), "");
/// ```
#[must_use]
pub fn first_grapheme(text: &str) -> &str {
    clusters(text).find(|cluster| cluster.chars().any(is_seen)).unwrap_or_default()
}

/// A person's name as it may stand among others: nothing in it reorders or hides what is around it, it is one line, and
/// its marks don't tower. Wrapped in FSI … PDI where it has right-to-left letters. A name of nothing visible is empty, for
/// the caller to put something in its place.
///
/// - Control characters go; white space and line ends become single spaces.
/// - Bidirectional controls, zero-width spaces, fillers and other invisible characters go, and so do replacement
///   characters.
/// - Joiners, variation selectors and tags stay where they do something: in emoji, in scripts that join, on ideographs.
/// - Of stacked marks the first 4 stay (8 of marks that belong to the base's own script).
///
/// ```
/// use friendboard::name::display_name;
/// assert_eq!(display_name(" Zoë\n🎉 "), "Zoë 🎉");
/// assert_eq!(display_name("abc\u{202E}def"), "abcdef");
/// assert_eq!(display_name("cut \u{FFFD}"), "cut");
/// assert_eq!(display_name("\u{3164}\u{200B} "), "");
/// assert_eq!(display_name("سارة"), "\u{2068}سارة\u{2069}");
/// ```
#[must_use]
pub fn display_name(raw: &str) -> Cow<'_, str> {
    if raw.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(raw);
    }
    let mut name = String::with_capacity(raw.len());
    let characters: Vec<char> = raw.chars().collect();
    let mut marks = 0;
    // An emoji tag sequence (the flag of Scotland) is open.
    let mut tags = false;
    for (number, &character) in characters.iter().enumerate() {
        let next = characters.get(number + 1).copied();
        let previous = name.chars().next_back();
        match kind(character) {
            Kind::Gone => continue,
            Kind::Space => {
                if !name.is_empty() && previous != Some(' ') {
                    name.push(' ');
                }
                (marks, tags) = (0, false);
                continue;
            }
            Kind::Mark => {
                marks += 1;
                let most = if is_shared(character) { MOST_SHARED_MARKS } else { MOST_SCRIPT_MARKS };
                if marks > most {
                    continue;
                }
            }
            Kind::Joiner if !joins(character, previous, next) => continue,
            Kind::Selector if !selects(character, previous) => continue,
            Kind::Tag => {
                let opens = previous == Some('\u{1F3F4}') && character != '\u{E007F}';
                if !(opens || tags) {
                    continue;
                }
                tags = character != '\u{E007F}';
            }
            Kind::Joiner | Kind::Selector => {}
            Kind::Plain => (marks, tags) = (0, false),
        }
        name.push(character);
    }
    if name.ends_with(' ') {
        name.pop();
    }
    if !name.chars().any(is_seen) {
        return Cow::Borrowed("");
    }
    if name.chars().any(is_right_to_left) {
        return Cow::Owned(format!("\u{2068}{name}\u{2069}"));
    }
    if name == raw { Cow::Borrowed(raw) } else { Cow::Owned(name) }
}

/// What is done with a character of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Stays.
    Plain,
    /// Never stays.
    Gone,
    /// Becomes a space.
    Space,
    /// Stands on the one before.
    Mark,
    /// Zero-width joiner or non-joiner.
    Joiner,
    /// Variation selector.
    Selector,
    /// Part of an emoji tag sequence.
    Tag,
}

fn kind(character: char) -> Kind {
    match character {
        ' '..='~' if character != ' ' => Kind::Plain,
        // The ideographic space is as wide as a letter on purpose.
        '\u{3000}' => Kind::Plain,
        '\u{200C}' | '\u{200D}' => Kind::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => Kind::Selector,
        '\u{E0020}'..='\u{E007F}' => Kind::Tag,
        // Interlinear annotation hides or moves what follows in some renderers; the replacement character stands where a
        // platform cut an emoji in half, and is a box to most readers.
        '\u{FFF9}'..='\u{FFFB}' | '\u{FFFD}' => Kind::Gone,
        _ if character.is_whitespace() => Kind::Space,
        _ if character.is_control() || u32::from(character) & 0xFFFE == 0xFFFE => Kind::Gone,
        // Bidirectional controls, zero-width spaces, word joiners, fillers, soft hyphens, the byte order mark.
        _ if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character) => Kind::Gone,
        _ => match Properties::get(character).general_category() {
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark => Kind::Mark,
            _ => Kind::Plain,
        },
    }
}

/// Whether a character draws something: not white space, not invisible, not a mark without a base.
fn is_seen(character: char) -> bool {
    // The blank of Braille is no white space to Unicode, and yet it is nothing to see.
    kind(character) == Kind::Plain && !matches!(character, '\u{2800}' | '\u{3000}')
}

fn is_shared(mark: char) -> bool {
    matches!(Properties::get(mark).script(), Script::Inherited | Script::Common)
}

fn is_pictograph(character: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(character)
}

/// Whether a joiner does something between its neighbours.
fn joins(joiner: char, previous: Option<char>, next: Option<char>) -> bool {
    let Some(previous) = previous else { return false };
    let after_emoji = is_pictograph(previous) || previous == '\u{FE0F}' || Properties::get(previous).is_emoji_modifier();
    if joiner == '\u{200D}' && after_emoji && next.is_some_and(is_pictograph) {
        return true;
    }
    // Scripts in which letters join, or in which a joiner chooses between forms (Unicode 15, §9.2, §12.1).
    matches!(u32::from(previous),
        0x0600..=0x08FF | 0x0900..=0x0DFF | 0x0F00..=0x109F | 0x1780..=0x18AF | 0x1A20..=0x1AAF | 0x1B00..=0x1BFF | 0xA840..=0xA8FF
        | 0xA980..=0xA9DF | 0xAAE0..=0xAAFF | 0xABC0..=0xABFF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC | 0x10A00..=0x11FFF
        | 0x1E900..=0x1E95F)
}

/// Whether a variation selector does something to the character before it.
fn selects(selector: char, previous: Option<char>) -> bool {
    let Some(previous) = previous else { return false };
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => Properties::get(previous).is_emoji(),
        '\u{180B}'..='\u{180F}' => matches!(u32::from(previous), 0x1800..=0x18AF),
        // Registered for ideographs and mathematical signs, and for Phags-pa, Myanmar and some others: never after another.
        _ => kind(previous) == Kind::Plain && !previous.is_ascii() && !Properties::get(previous).is_region_indicator(),
    }
}

fn is_right_to_left(character: char) -> bool {
    !character.is_ascii()
        && matches!(
            Properties::get(character).bidi_class(),
            BidiClass::RightToLeft | BidiClass::ArabicLetter | BidiClass::ArabicNumber
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two crates tell of characters, and may be a version of Unicode apart: what both know they tell alike, but for a few
    /// letters that a version puts into another category.
    #[test]
    fn both_sources_of_properties_agree_on_what_both_know() {
        use icu_properties::CodePointMapData;
        use icu_properties::props::{Emoji, EmojiModifier, RegionalIndicator};
        let categories = CodePointMapData::<GeneralCategory>::new();
        let scripts = CodePointMapData::<Script>::new();
        let classes = CodePointMapData::<BidiClass>::new();
        let agree = |character: char| {
            let known = Properties::get(character);
            known.general_category() == GeneralCategory::Unassigned
                || (known.general_category() == categories.get(character)
                    && known.script() == scripts.get(character)
                    && known.bidi_class() == classes.get(character)
                    && known.is_emoji() == CodePointSetData::new::<Emoji>().contains(character)
                    && known.is_emoji_modifier() == CodePointSetData::new::<EmojiModifier>().contains(character)
                    && known.is_region_indicator() == CodePointSetData::new::<RegionalIndicator>().contains(character))
        };
        let differ: Vec<char> = ('\0'..=char::MAX).filter(|&character| !agree(character)).collect();
        assert!(differ.len() <= 16, "{differ:?}");
    }

    #[test]
    fn what_does_something_stays() {
        for name in [
            "小明",
            "👨‍👩‍👧‍👦",
            "👍🏽❤️",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
            "1️⃣",
            "🏳️‍🌈",
            "क्‍ष",
            "桜󠄀",
            "Nguyễn Văn Tèo",
            "ไม่เป็นไร",
            "♥︎",
            "すずき いちろう",
            "a\u{3000}b",
        ] {
            assert_eq!(display_name(name), name);
        }
        assert_eq!(display_name("می‌خواهم"), "\u{2068}می‌خواهم\u{2069}");
    }

    #[test]
    fn what_reorders_or_hides_goes() {
        for (raw, shown) in [
            ("a\u{202E}b\u{202C}c", "abc"),
            ("a\u{2066}\u{2067}b\u{2069}", "ab"),
            ("a\u{200B}\u{200B}\u{FEFF}b", "ab"),
            ("a\u{200D}\u{200D}b", "ab"),
            ("a\u{FE0F}b", "ab"),
            ("a\u{E0041}\u{E007F}b", "ab"),
            ("\0\u{7}a\u{9B}b", "ab"),
            (" a \r\n\t\u{2028} b ", "a b"),
            ("\u{FFF9}a\u{FFFB}", "a"),
            ("a\u{AD}b", "ab"),
        ] {
            assert_eq!(display_name(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn nothing_visible_is_empty() {
        for raw in [
            "",
            " ",
            "\u{200B}",
            "\u{3164}\u{FFA0}\u{115F}",
            "\u{2800}\u{3000}",
            "\u{301}\u{302}",
            "\u{202E}\u{2069}",
            "\u{FE0F}",
        ] {
            assert_eq!(display_name(raw), "", "{raw:?}");
        }
    }

    #[test]
    fn marks_do_not_tower() {
        let tower: String = std::iter::once('e').chain(std::iter::repeat_n('\u{301}', 4_000)).collect();
        assert_eq!(display_name(&tower).chars().count(), 5);
        let two = format!("{tower}{tower}");
        assert_eq!(display_name(&two).chars().count(), 10);
    }

    #[test]
    fn showing_a_shown_name_changes_nothing_but_its_isolation() {
        let mut state = 7_u64;
        for _ in 0..2_000 {
            let raw: String = (0..12)
                .filter_map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let pick = (state >> 33) as u32;
                    char::from_u32(match pick % 6 {
                        0 => 0x2000 + pick / 6 % 0x70,
                        1 => 0x300 + pick / 6 % 0x70,
                        2 => 0x1F300 + pick / 6 % 0x600,
                        3 => 0x590 + pick / 6 % 0x170,
                        4 => 0xFE00 + pick / 6 % 0x10,
                        _ => pick / 6 % 0x11_0000,
                    })
                })
                .collect();
            let once = display_name(&raw).into_owned();
            assert_eq!(display_name(&once), once, "{raw:?}");
            assert!(once.is_empty() || !first_grapheme(&once).is_empty(), "{raw:?}");
        }
    }
}
