//! Letters that no font has, where a host draws them: measured by it, in their place among ours.

use super::*;
use crate::style::{Direction, Style, TextOverflow, WhiteSpace};
use crate::text::{FontDescription, GlyphRun, TextLine};

/// A host whose letters are all half as wide as they are high.
struct Half;

impl HostMeasure for Half {
    fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
        text.chars().count() as f32 * font.size / 2.0
    }

    fn extents(&mut self, _font: &FontDescription) -> Option<(f32, f32)> {
        None
    }
}

fn engine() -> TextEngine {
    let mut engine = TextEngine::new(Fonts::bundled());
    engine.set_host(Box::new(Half));
    engine
}

fn name(text: &str) -> Paragraph {
    let mut paragraph = Paragraph::from_style(text.into(), &Style::default());
    (paragraph.white_space, paragraph.overflow) = (WhiteSpace::NoWrap, TextOverflow::Ellipsis);
    paragraph
}

/// The only line of a paragraph.
fn line(engine: &mut TextEngine, paragraph: &Paragraph, width: Option<f32>) -> TextLine {
    let layout = engine.layout(paragraph, width);
    assert_eq!(layout.lines.len(), 1);
    layout.lines[0].clone()
}

fn of_host(line: &TextLine) -> Vec<&GlyphRun> {
    line.runs.iter().map(|run| &**run).filter(|run| run.face.is_of_host()).collect()
}

fn is_seamless(line: &TextLine) -> bool {
    line.runs.windows(2).all(|pair| (pair[0].x + pair[0].advance - pair[1].x).abs() < 0.01)
}

#[test]
fn letters_that_no_font_has_stand_in_their_place() {
    let paragraph = name("Ann \u{A288}\u{A320} Zoë");
    let found = line(&mut engine(), &paragraph, None);
    // A space stands by itself where the script changes.
    let said: Vec<&str> = found.runs.iter().map(|run| &*run.text).collect();
    assert_eq!(said, ["Ann ", "\u{A288}\u{A320}", " ", "Zoë"]);
    let [host] = of_host(&found)[..] else { panic!("{found:?}") };
    assert_eq!(host.face, FaceId::OF_HOST);
    assert!((host.advance - host.size).abs() < 0.01, "{} for two letters", host.advance);
    assert!(host.glyphs.is_empty() && is_seamless(&found));
    // What our fonts have is as it is without a host, and the line as high.
    let alone = line(&mut TextEngine::new(Fonts::bundled()), &paragraph, None);
    assert!(of_host(&alone).is_empty());
    let first = |line: &TextLine| (line.runs[0].glyphs[..3].to_vec(), line.height, line.baseline);
    assert_eq!(first(&found), first(&alone));
    let ours = name("Ann 小明 👑 محمد");
    assert_eq!(line(&mut engine(), &ours, None), line(&mut TextEngine::new(Fonts::bundled()), &ours, None));
}

#[test]
fn a_name_of_the_hosts_letters_ends_with_an_ellipsis_of_ours() {
    let paragraph = name(&format!("Ann {}", "\u{A288}\u{A320}".repeat(8)));
    let mut engine = engine();
    let whole = line(&mut engine, &paragraph, None);
    let found = line(&mut engine, &paragraph, Some(whole.width / 2.0));
    assert!(found.width <= whole.width / 2.0 && is_seamless(&found));
    let said: String = found.runs.iter().map(|run| &*run.text).collect();
    assert!(said.starts_with("Ann \u{A288}\u{A320}") && said.ends_with('…') && said.chars().count() < 20, "{said}");
    assert!(!found.runs.last().unwrap().face.is_of_host());
}

#[test]
fn letters_from_right_to_left_are_one_run_in_the_order_of_their_line() {
    let (syriac, mut paragraph) = ("\u{72B}\u{720}\u{721}\u{710}", name("אב \u{72B}\u{720}\u{721}\u{710} גד"));
    paragraph.direction = Direction::RightToLeft;
    let found = line(&mut engine(), &paragraph, None);
    let [host] = of_host(&found)[..] else { panic!("{found:?}") };
    assert_eq!((host.face, &*host.text), (FaceId::OF_HOST_REVERSED, syriac), "in logical order, as a host takes it");
    assert!(host.clusters.iter().all(|cluster| cluster.right_to_left) && is_seamless(&found));
    let place = |letter: char| found.runs.iter().position(|run| run.text.contains(letter)).unwrap();
    assert!(place('ג') < place('\u{72B}') && place('\u{72B}') < place('א'), "{found:?}");
}

#[test]
fn letters_are_spaced_and_measured_in_their_own_font() {
    let mut paragraph = name("\u{A288}\u{A320}");
    let mut font = (*paragraph.spans[0].font).clone();
    (font.size, font.letter_spacing) = (20.0, 3.0);
    paragraph.spans[0].font = Arc::new(font);
    let found = line(&mut engine(), &paragraph, None);
    assert_eq!(of_host(&found)[0].advance, 2.0 * (10.0 + 3.0));
    let places: Vec<f32> = of_host(&found)[0].clusters.iter().map(|cluster| cluster.x).collect();
    assert_eq!(places, [0.0, 13.0]);
}

#[test]
fn of_the_ink_of_a_hosts_letter_nobody_knows() {
    let mut engine = engine();
    let layout = engine.layout(&name("\u{A288}"), None);
    assert_eq!(engine.ink(&layout), None);
}
