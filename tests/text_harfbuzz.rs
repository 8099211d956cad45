//! Shaping against HarfBuzz: `tests/text/harfbuzz.py` records what `hb-shape` answers for the same font files.

use std::fmt::Write;
use std::sync::Arc;

use friendboard::style::{Style, WhiteSpace};
use friendboard::text::{Fonts, GlyphImage, GlyphKey, GlyphSource, Paragraph, TextEngine, TextLayout, TextSystem};

/// Units per em of the faces in the recording: at this size a px is a font unit.
const UNITS: f32 = 1000.0;

fn lay_out(engine: &mut TextEngine, weight: u16, text: &str) -> Arc<TextLayout> {
    let mut style = Style::default();
    style.text.inherited.font_size = UNITS;
    style.text.inherited.font_weight = weight;
    // White space is shaped too, so it is compared too.
    style.text.white_space = WhiteSpace::Pre;
    engine.layout(&Paragraph::from_style(Arc::from(text), &style), None)
}

/// The runs of a layout as the recording writes them.
fn written(layout: &TextLayout) -> String {
    let mut out = String::new();
    for run in layout.lines.iter().flat_map(|line| &line.runs) {
        let _ = write!(out, "\t{} {} ", run.face.0, run.advance);
        for (number, glyph) in run.glyphs.iter().enumerate() {
            let space = if number == 0 { "" } else { " " };
            let _ = write!(out, "{space}{}@{}", glyph.id, glyph.x - run.x);
            if glyph.y != 0.0 {
                let _ = write!(out, ",{}", -glyph.y);
            }
        }
    }
    out
}

#[test]
fn advances_and_places_are_exactly_harfbuzz_s() {
    let mut engine = TextEngine::new(Fonts::bundled());
    let (mut lines, mut runs) = (0, 0);
    let mut different = Vec::new();
    for line in include_str!("text/harfbuzz.tsv").lines().skip(1) {
        let mut fields = line.splitn(3, '\t');
        let (Some(weight), Some(text), Some(expected)) = (fields.next(), fields.next(), fields.next()) else {
            panic!("not a line of the recording: {line}");
        };
        let layout = lay_out(&mut engine, weight.parse().unwrap(), text);
        let found = written(&layout);
        if found.trim_start() != expected {
            different.push(format!("{weight} {text}\n  hb-shape {expected}\n  ours     {}", found.trim_start()));
        }
        lines += 1;
        runs += expected.split('\t').count();
    }
    println!("{lines} lines, {runs} runs, {} different", different.len());
    assert!(lines >= 2_000, "{lines}");
    assert!(different.is_empty(), "{} of {lines}:\n{}", different.len(), different[..different.len().min(12)].join("\n"));
}

#[test]
fn no_glyph_that_has_an_outline_is_drawn_empty() {
    let mut engine = TextEngine::new(Fonts::bundled());
    let mut drawn = std::collections::BTreeSet::new();
    for line in include_str!("text/harfbuzz.tsv").lines().skip(1) {
        for run in line.split('\t').skip(2) {
            let mut parts = run.split(' ');
            let face: u32 = parts.next().unwrap().parse().unwrap();
            drawn.extend(parts.skip(1).filter_map(|glyph| Some((face, glyph.split_once('@')?.0.parse::<u32>().ok()?))));
        }
    }
    assert!(drawn.len() > 2_000, "{}", drawn.len());
    let mut lost = Vec::new();
    for &(face, glyph) in &drawn {
        for quarter in 0..4 {
            let key = GlyphKey {
                face: friendboard::text::FaceId(face),
                glyph,
                size: 20.0,
                quarter,
                embolden: 0.0,
                slant: 0.0,
                stroke: 0.0,
            };
            if *engine.image(&key) == GlyphImage::Empty && !engine.outline(&key).is_empty() {
                lost.push((face, glyph, quarter));
            }
        }
    }
    println!("{} glyphs in four places each", drawn.len());
    assert_eq!(lost, Vec::new());
}
