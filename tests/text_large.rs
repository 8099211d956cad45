//! A large face: mapped, not loaded. What is drawn of it is what it costs.
//!
//! Runs where Debian's fonts-noto-cjk is installed (a 19 MB collection), alone in its process so that memory can be counted.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use friendboard::Limits;
use friendboard::style::Style;
use friendboard::text::{Fonts, GlyphKey, GlyphSource, Paragraph, TextEngine, TextLayout, TextSystem};

const COLLECTION: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// Memory of this process that is no file's, KiB: what a mapping costs beside itself.
fn own_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn pictures(engine: &mut TextEngine, layout: &TextLayout) -> usize {
    let mut drawn = 0;
    for run in layout.lines.iter().flat_map(|line| &line.runs) {
        for glyph in run.glyphs.iter() {
            let key = GlyphKey {
                face: run.face,
                glyph: glyph.id,
                size: run.size,
                quarter: 0,
                embolden: run.embolden,
                slant: run.slant,
                stroke: 0.0,
            };
            let _ = engine.image(&key);
            drawn += 1;
        }
    }
    drawn
}

fn paragraph(text: &str) -> Paragraph {
    let mut style = Style::default();
    style.text.inherited.font_size = 24.0;
    Paragraph::from_style(Arc::from(text), &style)
}

#[test]
fn a_large_collection_costs_what_is_drawn_of_it() {
    if !Path::new(COLLECTION).is_file() {
        println!("{COLLECTION} is not here: nothing was measured");
        return;
    }
    let limits = Limits::default();
    // What shaping costs with any font is there before: the engine's tables, the dictionaries' first use.
    let mut warm = TextEngine::new(Fonts::bundled());
    let layout = warm.layout(&paragraph("Ab 中"), None);
    pictures(&mut warm, &layout);

    let before = own_memory();
    let started = Instant::now();
    let mut fonts = Fonts::none();
    fonts.add_file(Path::new(COLLECTION), &limits).unwrap();
    let mut engine = TextEngine::new(fonts);
    let first = engine.layout(&paragraph("国"), None);
    assert_eq!(pictures(&mut engine, &first), 1);
    let first_glyph = started.elapsed();
    assert_eq!(engine.uncovered().count(), 0);

    // Three hundred different characters, as in a hundred names.
    let characters: Vec<char> = (0x4E00..0x9FA5).step_by(69).filter_map(char::from_u32).take(300).collect();
    let started = Instant::now();
    let mut drawn = 0;
    for name in characters.chunks(3) {
        let layout = engine.layout(&paragraph(&name.iter().collect::<String>()), None);
        drawn += pictures(&mut engine, &layout);
    }
    let all = started.elapsed();
    let memory = own_memory().saturating_sub(before);
    assert_eq!((drawn, engine.uncovered().count()), (300, 0));
    println!("first glyph after {first_glyph:.2?}, {drawn} more in {all:.2?}, {memory} KiB beyond the mapping");
    assert!(memory <= 10 * 1024, "{memory} KiB");
    // The promise is 5 ms of a release build on an idle machine; here it may be neither.
    assert!(first_glyph < Duration::from_millis(if cfg!(debug_assertions) { 200 } else { 5 }), "{first_glyph:?}");
}
