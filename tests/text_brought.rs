//! Fonts that somebody brings: the weights of a variable one, and colour glyphs of gradients and layers (COLR version 1).
//! `tests/data/fonts/made.py` made them.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::path::Path;
use std::sync::Arc;

use friendboard::Limits;
use friendboard::style::Style;
use friendboard::text::{Fonts, GlyphImage, GlyphKey, GlyphSource, Paragraph, TextEngine, TextLayout, TextSystem};

fn engine(file: &str) -> TextEngine {
    let mut fonts = Fonts::none();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fonts").join(file);
    fonts.add_file(&path, &Limits::default()).unwrap();
    TextEngine::new(fonts)
}

fn set(engine: &mut TextEngine, text: &str, size: f32, weight: u16) -> Arc<TextLayout> {
    let mut style = Style::default();
    style.text.inherited.font_size = size;
    style.text.inherited.font_weight = weight;
    engine.layout(&Paragraph::from_style(Arc::from(text), &style), None)
}

/// The picture of the only glyph of a text.
fn picture(engine: &mut TextEngine, text: &str, size: f32, weight: u16) -> Arc<GlyphImage> {
    let lines = set(engine, text, size, weight);
    let run = &lines.lines[0].runs[0];
    let key = GlyphKey {
        face: run.face,
        glyph: run.glyphs[0].id,
        size,
        quarter: 0,
        embolden: run.embolden,
        slant: run.slant,
        stroke: 0.0,
    };
    engine.image(&key)
}

/// A pixel of a colour glyph: across and down, as parts of the glyph's em.
fn pixel(image: &GlyphImage, across: f32, down: f32) -> [u8; 4] {
    let GlyphImage::Color { width, height, pixels, .. } = image else { panic!("no colour glyph: {image:?}") };
    let (x, y) = ((across * *width as f32) as usize, (down * *height as f32) as usize);
    let place = (y * *width as usize + x) * 4;
    pixels[place..place + 4].try_into().unwrap()
}

#[test]
fn a_variable_font_has_the_weight_that_is_asked_for() {
    let mut engine = engine("weights.ttf");
    // Its stem is 100 units wide at 300 and 700 at 900, its advance 200 more: 1 unit a px at this size.
    for (weight, stem) in [(100, 100.0), (300, 100.0), (400, 200.0), (450, 300.0), (600, 400.0), (650, 500.0), (900, 700.0)] {
        let lines = set(&mut engine, "I", 1_000.0, weight);
        assert!((lines.width - (stem + 200.0)).abs() < 0.5, "{weight}: an advance of {}", lines.width);
        let GlyphImage::Mask { width, .. } = &*picture(&mut engine, "I", 1_000.0, weight) else { panic!("{weight}: no mask") };
        assert!((*width as f32 - stem).abs() <= 1.0, "{weight}: a stem of {width}");
    }
    // Nothing is made bold that is bold by itself.
    assert_eq!(set(&mut engine, "I", 20.0, 700).lines[0].runs[0].embolden.to_bits(), 0.0_f32.to_bits());
}

#[test]
fn weights_of_one_text_are_measured_each_by_its_own() {
    let mut engine = engine("weights.ttf");
    let (light, bold) = (set(&mut engine, "II", 100.0, 300).width, set(&mut engine, "II", 100.0, 900).width);
    assert!((light - 60.0).abs() < 0.5 && (bold - 180.0).abs() < 0.5, "{light} {bold}");
}

#[test]
fn gradients_are_drawn_along_their_shapes() {
    let mut engine = engine("paints.ttf");
    let near =
        |found: [u8; 4], expected: [u8; 4]| found.iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= 6);
    let linear = picture(&mut engine, "L", 100.0, 400);
    for (across, expected) in [(0.0, [254, 0, 1, 255]), (0.5, [126, 0, 129, 255]), (0.99, [1, 0, 254, 255])] {
        let found = pixel(&linear, across, 0.5);
        assert!(near(found, expected), "linear at {across}: {found:?}");
    }
    let radial = picture(&mut engine, "R", 100.0, 400);
    for (across, down, expected) in
        [(0.5, 0.5, [252, 0, 3, 255]), (0.75, 0.5, [127, 0, 128, 255]), (0.02, 0.02, [0, 0, 255, 255])]
    {
        let found = pixel(&radial, across, down);
        assert!(near(found, expected), "radial at {across}, {down}: {found:?}");
    }
    // Counterclockwise: up is a quarter of the way, left is half, down is three quarters.
    let sweep = picture(&mut engine, "S", 100.0, 400);
    for (across, down, part) in [(0.5, 0.02, 0.25), (0.02, 0.5, 0.5), (0.5, 0.98, 0.75)] {
        let (found, blue) = (pixel(&sweep, across, down), (part * 255.0) as u8);
        assert!(near(found, [255 - blue, 0, blue, 255]), "sweep at {across}, {down}: {found:?}");
    }
}

#[test]
fn transforms_and_layers_do_as_the_font_says() {
    let mut engine = engine("paints.ttf");
    let GlyphImage::Color { left, width, .. } = &*picture(&mut engine, "T", 100.0, 400) else { panic!("no colour glyph") };
    assert_eq!((*left, *width), (50, 50), "half a square, moved by half an em");
    let layered = picture(&mut engine, "M", 100.0, 400);
    assert_eq!(pixel(&layered, 0.25, 0.5), [0, 0, 0, 255], "red times blue");
    assert_eq!(pixel(&layered, 0.75, 0.5), [255, 0, 0, 255], "red alone");
    assert_eq!(pixel(&picture(&mut engine, "C", 100.0, 400), 0.5, 0.5), [0, 0, 0, 128], "half of the text's own colour");
}
