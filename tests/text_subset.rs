//! Small fonts: cut to a text, they draw it pixel for pixel as the whole fonts do.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::path::Path;
use std::sync::Arc;

use friendboard::style::{FontVariantNumeric, Style};
use friendboard::text::{Fonts, GlyphKey, GlyphSource, Paragraph, TextEngine, TextSystem};
use friendboard::{ErrorKind, Limits};

/// Everything that is drawn of a text: places, sizes and pictures. Glyphs have other numbers in a small font.
fn drawn(engine: &mut TextEngine, text: &str, weight: u16, numeric: FontVariantNumeric) -> Vec<String> {
    let mut style = Style::default();
    style.text.inherited.font_size = 22.0;
    style.text.inherited.font_weight = weight;
    style.text.font_variant_numeric = numeric;
    let layout = engine.layout(&Paragraph::from_style(Arc::from(text), &style), None);
    let mut list = Vec::new();
    for line in &layout.lines {
        list.push(format!("{} {} {}", line.width, line.height, line.baseline));
        for run in &line.runs {
            let name = engine.face_name(run.face).map(|(family, weight)| format!("{family} {weight}"));
            list.push(format!("{name:?} {:?} {:?} {}", run.underline, run.line_through, run.embolden));
            for glyph in run.glyphs.iter() {
                assert_ne!(glyph.id, 0, "{text}");
                let key = GlyphKey {
                    face: run.face,
                    glyph: glyph.id,
                    size: run.size,
                    quarter: 1,
                    embolden: run.embolden,
                    slant: run.slant,
                    stroke: 0.0,
                };
                list.push(format!("{} {} {:?} {:?}", glyph.x, glyph.y, engine.image(&key), engine.outline(&key)));
            }
        }
    }
    list
}

fn compare(whole: impl Fn() -> Fonts, texts: &[&str]) -> friendboard::text::Subset {
    let small = whole().subset(texts.iter().copied()).unwrap();
    assert!(small.missing.is_empty(), "{:?}", small.missing);
    assert!(small.faces.iter().all(|face| face.lost.is_empty()), "{:?}", small.faces);
    let mut fonts = Fonts::none();
    assert_eq!(fonts.add_bytes("small", small.bytes.clone()).unwrap(), small.faces.len());
    let (mut all, mut cut) = (TextEngine::new(whole()), TextEngine::new(fonts));
    for text in texts {
        for weight in [400, 700] {
            for numeric in [FontVariantNumeric::Normal, FontVariantNumeric::TabularNums] {
                let (expected, found) = (drawn(&mut all, text, weight, numeric), drawn(&mut cut, text, weight, numeric));
                assert_eq!(expected.len(), found.len(), "{text}");
                for (expected, found) in expected.iter().zip(&found) {
                    assert!(expected == found, "{text} at {weight}:\n{expected:.400}\n{found:.400}");
                }
            }
        }
    }
    small
}

/// A file of `assets/fonts`, alone.
fn alone(name: &'static str) -> impl Fn() -> Fonts {
    move || {
        let mut fonts = Fonts::none();
        fonts.add_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts").join(name), &Limits::default()).unwrap();
        fonts
    }
}

#[test]
fn a_small_font_draws_the_same_pixels() {
    for (file, texts, most) in [
        ("NotoSans-Regular.ttf", &["Tomáš Dvořák AVATAR 12,345", "Привет Ёлка", "Nguyễn Thị"][..], 30_000),
        ("NotoSansSC-Regular.otf", &["小明無敵", "すずきいちろう", "한국어게임"], 30_000),
        ("NotoSansArabic-Bold.ttf", &["سلام لا إله مُحَمَّد", "علی"], 60_000),
        ("NotoSansDevanagari-Regular.ttf", &["क्षत्रिय श्री हिन्दी प्रेम"], 90_000),
        ("NotoSansThai-Regular.ttf", &["ไม่เป็นไร ที่นี่ ผู้ใหญ่"], 30_000),
        ("NotoSansHebrew-Regular.ttf", &["שָׁלוֹם עולם"], 30_000),
        ("TwemojiMozilla.ttf", &["👨‍👩‍👧‍👦👑🇯🇵1️⃣", "👍🏽"], 60_000),
    ] {
        let small = compare(alone(file), texts);
        let whole = std::fs::metadata(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts").join(file)).unwrap().len();
        println!("{file}: {} of {whole} bytes", small.bytes.len());
        assert!(small.bytes.len() < most, "{file}: {} bytes", small.bytes.len());
        assert_eq!(small.faces.len(), 1);
    }
}

#[test]
fn the_bundled_stack_becomes_one_collection_that_falls_back_as_it_does() {
    let names: Vec<&str> = include_str!("text/names.txt").lines().collect();
    let small = Fonts::bundled().subset(names.iter().copied()).unwrap();
    assert!(small.bytes.starts_with(b"ttcf") && small.bytes.len() < 1_000_000, "{}", small.bytes.len());
    let mut fonts = Fonts::none();
    fonts.add_bytes("small.ttc", small.bytes).unwrap();
    let (mut all, mut cut) = (TextEngine::new(Fonts::bundled()), TextEngine::new(fonts));
    for name in names {
        let mut style = Style::default();
        for weight in [400, 700] {
            style.text.inherited.font_weight = weight;
            let paragraph = Paragraph::from_style(Arc::from(name), &style);
            let (expected, found) = (all.layout(&paragraph, None), cut.layout(&paragraph, None));
            assert_eq!((expected.width, expected.height), (found.width, found.height), "{name}");
            let faces = |engine: &TextEngine, layout: &friendboard::text::TextLayout| -> Vec<String> {
                let runs = layout.lines.iter().flat_map(|line| &line.runs);
                let mut names: Vec<String> = runs.map(|run| engine.face_name(run.face).unwrap().0.to_owned()).collect();
                // The small Latin face and the whole one are of one family.
                names.dedup();
                names
            };
            assert_eq!(faces(&all, &expected), faces(&cut, &found), "{name}");
        }
    }
    assert_eq!(cut.uncovered().count(), 0);
}

#[test]
fn a_face_of_a_large_collection_is_cut_too() {
    let path = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    if !path.is_file() {
        println!("{} is not here: nothing was cut", path.display());
        return;
    }
    let whole = || {
        let mut fonts = Fonts::none();
        fonts.add_file(path, &Limits::default()).unwrap();
        fonts
    };
    let small = compare(whole, &["国際 ゲーム 12,345"]);
    assert!(small.bytes.len() < 30_000, "{}", small.bytes.len());
}

#[test]
fn a_broken_font_is_an_error_or_a_font() {
    // Cut from what is broken in places: it must end, with a file that loads or with an error.
    let whole = include_bytes!("../assets/fonts/NotoSansThai-Regular.ttf");
    let mut state = 1_u64;
    for _ in 0..60 {
        let mut bytes = whole.to_vec();
        for _ in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (state >> 33) as usize % bytes.len();
            bytes[place] = (state >> 25) as u8;
        }
        let mut fonts = Fonts::none();
        if fonts.add_bytes("broken", bytes).is_err() {
            continue;
        }
        match fonts.subset(["ไม่เป็นไร ab"]) {
            Ok(small) => drop(Fonts::none().add_bytes("small", small.bytes)),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Font),
        }
    }
}
