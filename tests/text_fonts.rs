//! Fonts that are given, named or the machine's, and styles within one line.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::path::Path;
use std::sync::Arc;

use friendboard::Limits;
use friendboard::style::{LineHeight, Style};
use friendboard::text::{Fonts, GlyphImage, GlyphKey, GlyphSource, Paragraph, Span, TextEngine, TextSystem};

fn family_of(engine: &mut TextEngine, text: &str, families: &[&str]) -> String {
    let mut style = Style::default();
    style.text.inherited.font_family = families.iter().map(|name| Arc::from(*name)).collect();
    let clusters = engine.clusters(&Paragraph::from_style(Arc::from(text), &style));
    assert_eq!(clusters.len(), 1, "{text}");
    engine.face_name(clusters[0].face).unwrap().0.to_owned()
}

#[test]
fn a_named_family_is_taken_before_the_stack_and_an_unknown_one_passed_over() {
    let mut engine = TextEngine::new(Fonts::bundled());
    assert_eq!(family_of(&mut engine, "—", &[]), "noto sans");
    assert_eq!(family_of(&mut engine, "—", &["Noto Sans SC"]), "noto sans sc");
    assert_eq!(family_of(&mut engine, "—", &["No Such Face", " noto sans sc "]), "noto sans sc");
    assert_eq!(family_of(&mut engine, "—", &["sans-serif"]), "noto sans");
    // What the named one lacks, the stack has.
    assert_eq!(family_of(&mut engine, "ก", &["Noto Sans SC"]), "noto sans thai");
}

#[test]
fn the_machines_fonts_have_what_the_bundled_ones_lack() {
    let mut fonts = Fonts::bundled();
    let bundled = fonts.families().count();
    let added = fonts.add_system(&Limits::default());
    assert_eq!(fonts.families().count(), bundled + added);
    if !Path::new("/usr/share/fonts/truetype/noto/NotoSansCuneiform-Regular.ttf").is_file() {
        println!("fonts-noto is not here: {added} faces were found, none was drawn with");
        return;
    }
    let mut engine = TextEngine::new(fonts);
    assert_eq!(family_of(&mut engine, "\u{12000}", &[]), "noto sans cuneiform");
    assert_eq!(family_of(&mut engine, "A", &[]), "noto sans");
    assert_eq!(family_of(&mut engine, "👑", &[]), "twemoji mozilla");
    assert_eq!(family_of(&mut engine, "A", &["DejaVu Sans Mono"]), "dejavu sans mono");
}

#[test]
fn a_font_of_bitmaps_is_passed_over_for_one_that_can_be_drawn() {
    let path = Path::new("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf");
    if !path.is_file() {
        println!("{} is not here: nothing was passed over", path.display());
        return;
    }
    let mut fonts = Fonts::bundled();
    fonts.add_file(path, &Limits::default()).unwrap();
    let mut engine = TextEngine::new(fonts);
    for text in ["👑", "👨‍👩‍👧‍👦", "🇯🇵", "1️⃣"] {
        assert_eq!(family_of(&mut engine, text, &[]), "twemoji mozilla", "{text}");
    }
    assert_eq!(family_of(&mut engine, "1", &[]), "noto sans");
    assert_eq!(engine.uncovered().count(), 0);
}

#[test]
fn sizes_in_one_line_share_a_baseline_and_each_has_its_decoration() {
    let mut engine = TextEngine::new(Fonts::bundled());
    let text: Arc<str> = Arc::from("small LARGE 中");
    let mut style = Style::default();
    style.text.inherited.line_height = LineHeight::Percent(150.0);
    let mut paragraph = Paragraph::from_style(Arc::clone(&text), &style);
    let mut sized = |range: std::ops::Range<usize>, size: f32| {
        style.text.inherited.font_size = size;
        Span::from_style(range, &style)
    };
    paragraph.spans = vec![sized(0..6, 12.0), sized(6..text.len(), 40.0)];
    let layout = engine.layout(&paragraph, None);
    let line = &layout.lines[0];
    let large = LineHeight::Percent(150.0).resolve(40.0);
    assert!((line.height - large).abs() < 0.01, "{} of {large}", line.height);
    assert_eq!(line.runs.iter().map(|run| (run.span, run.size)).collect::<Vec<_>>(), [(0, 12.0), (1, 40.0), (1, 40.0)]);
    let [small, latin, han] = [0, 1, 2].map(|run| line.runs[run].underline);
    assert!((latin.thickness / small.thickness - 40.0 / 12.0).abs() < 1e-3);
    // One line under a span, whatever face its glyphs are from.
    assert_eq!(latin, han);
    assert!(latin.offset > 0.0 && line.runs[1].line_through.offset < 0.0);
}

#[test]
fn a_stroke_goes_round_the_outline() {
    let mut engine = TextEngine::new(Fonts::bundled());
    let layout = engine.layout(&Paragraph::from_style(Arc::from("l"), &Style::default()), None);
    let run = layout.lines[0].runs[0].clone();
    let key =
        GlyphKey { face: run.face, glyph: run.glyphs[0].id, size: 80.0, quarter: 0, embolden: 0.0, slant: 0.0, stroke: 0.0 };
    let mask = |engine: &mut TextEngine, stroke: f32| match &*engine.image(&GlyphKey { stroke, ..key }) {
        GlyphImage::Mask { width, height, coverage, .. } => {
            let middle = coverage[(height / 2 * width + width / 2) as usize];
            (*width, *height, middle)
        }
        other => panic!("a mask was expected, found {other:?}"),
    };
    let (width, height, middle) = mask(&mut engine, 0.0);
    assert_eq!(middle, 255);
    let (stroked_width, stroked_height, stroked_middle) = mask(&mut engine, 2.0);
    assert!((2..=3).contains(&(stroked_width - width)) && (2..=3).contains(&(stroked_height - height)));
    assert_eq!(stroked_middle, 0);
}
