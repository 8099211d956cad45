//! Line breaks and paragraph order against Unicode's own tests, through this crate's functions and its layout.

use std::io::Read;
use std::sync::Arc;

use friendboard::grapheme::clusters;
use friendboard::style::{Direction, Style, WhiteSpace, WordBreak};
use friendboard::text::{Fonts, Paragraph, TextEngine, TextSystem, line_breaks, paragraph_order};

fn unpack(gzip: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(gzip).read_to_string(&mut text).unwrap();
    text
}

fn character(hex: &str) -> char {
    char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()
}

/// A line of LineBreakTest: the text, the bytes at which a line may end, the comment.
fn break_tests(file: &str) -> impl Iterator<Item = (String, Vec<usize>, &str)> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let (test, comment) = line.split_once('#').unwrap_or((line, ""));
        let (mut text, mut breaks) = (String::new(), Vec::new());
        for part in test.split_whitespace() {
            match part {
                "÷" => breaks.push(text.len()),
                "×" => {}
                hex => text.push(character(hex)),
            }
        }
        (text, breaks, comment)
    })
}

#[test]
fn line_breaks_are_unicode_s() {
    let file = unpack(include_bytes!("data/unicode/LineBreakTest-15.1.0.txt.gz"));
    let (mut all, mut wrong) = (0, Vec::new());
    for (text, expected, comment) in break_tests(&file) {
        all += 1;
        let found = line_breaks(&text, WordBreak::Normal);
        if found != expected {
            wrong.push(format!("{text:?}: expected {expected:?}, found {found:?}{comment}"));
        }
    }
    println!("LineBreakTest 15.1: {} of {all} agree", all - wrong.len());
    assert!(all > 10_000, "{all}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn line_breaks_differ_from_the_file_of_15_0_only_where_the_rules_did() {
    let file = unpack(include_bytes!("data/unicode/LineBreakTest-15.0.0.txt.gz"));
    let (mut all, mut numbers, mut quotes, mut wrong) = (0, 0, 0, Vec::new());
    for (text, expected, comment) in break_tests(&file) {
        all += 1;
        let found = line_breaks(&text, WordBreak::Normal);
        if found == expected {
            continue;
        }
        // 15.1 replaced LB15 by LB15a and LB15b: a space after an opening quotation mark is judged by what is before it.
        if text.contains(['"', '«', '»']) {
            quotes += 1;
        // Up to 15.1 the file tests numbers as a regular expression (UAX #14, 8.2, example 7), not as LB25 has them.
        } else if text.contains(|c: char| c.is_ascii_digit() || matches!(c, '%' | '$' | '\\')) {
            numbers += 1;
        } else {
            wrong.push(format!("{text:?}: expected {expected:?}, found {found:?}{comment}"));
        }
    }
    println!("LineBreakTest 15.0: {all}, but for {numbers} with LB25 tailored and {quotes} before LB15a");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert_eq!((all, numbers, quotes), (7_654, 34, 8));
}

#[test]
fn layout_breaks_lines_where_unicode_does() {
    // In no width at all every opportunity is taken, so each of the lines is one unbreakable part.
    let mut engine = TextEngine::new(Fonts::bundled());
    let file = unpack(include_bytes!("data/unicode/LineBreakTest-15.1.0.txt.gz"));
    let mut style = Style::default();
    style.text.white_space = WhiteSpace::PreWrap;
    let (mut all, mut within, mut empty, mut wrong) = (0, 0, 0, Vec::new());
    for (text, mut expected, comment) in break_tests(&file) {
        // What layout takes out or turns into `\n` before it breaks lines has no place in them to compare.
        if text.chars().any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')) {
            continue;
        }
        all += 1;
        // The exception: layout breaks no line within a grapheme cluster, such as a space with a mark on it, where the
        // rules alone would (UAX #14, LB10 takes the mark for a letter). What the reader takes for one character stays one.
        let ends: Vec<usize> = clusters(&text)
            .scan(0, |end, cluster| {
                *end += cluster.len();
                Some(*end)
            })
            .collect();
        let possible = expected.len();
        expected.retain(|end| ends.contains(end));
        within += usize::from(expected.len() < possible);
        let layout = engine.layout(&Paragraph::from_style(Arc::from(text.as_str()), &style), Some(0.0));
        // White space hangs, so a line's range may end before the next one starts: what is compared is where lines start.
        let found: Vec<usize> = layout.lines.iter().skip(1).map(|line| line.range.start).chain([text.len()]).collect();
        if text.starts_with('\u{200B}') && found.get(..) == expected.get(1..) {
            // The other: what has no width fits even a line that has none, so there is no need to break before it.
            empty += 1;
        } else if found != expected {
            wrong.push(format!("{text:?}: expected {expected:?}, found {found:?}{comment}"));
        }
    }
    println!("layout: {} of {all} agree, but for {within} breaks within clusters, {empty} without width", all - wrong.len());
    assert!(all > 8_000, "{all}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn paragraphs_are_read_in_unicode_s_order() {
    let file = unpack(include_bytes!("data/unicode/BidiCharacterTest-15.0.0.txt.gz"));
    let (mut all, mut wrong) = (0, Vec::new());
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<&str> = line.split(';').collect();
        let [text, direction, base, levels, visual] = fields[..] else { panic!("{line}") };
        let text: String = text.split(' ').map(character).collect();
        let direction = match direction {
            "0" => Direction::LeftToRight,
            "1" => Direction::RightToLeft,
            _ => Direction::Auto,
        };
        all += 1;
        let found = paragraph_order(&text, direction);
        let levels: Vec<Option<u8>> = levels.split(' ').map(|level| level.parse().ok()).collect();
        let visual: Vec<usize> = visual.split(' ').filter_map(|number| number.parse().ok()).collect();
        if (found.base_level.to_string().as_str(), &found.levels, &found.visual) != (base, &levels, &visual) {
            wrong.push(format!("{line}\n  found {found:?}"));
        }
    }
    println!("BidiCharacterTest 15.0: {} of {all} agree", all - wrong.len());
    assert!(all > 90_000, "{all}");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
