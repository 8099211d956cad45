//! Text beside headless Chromium's: the same lines in the same font files, at 14, 24 and 64 px, by place and by coverage.
//!
//! `tests/browser/text.mjs` records what Chromium draws. The test writes both pictures and their difference, with a page
//! that shows them, into `target/text-browser/`.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use friendboard::display::{Command, DrawList, Paint, Shape};
use friendboard::geometry::{Corners, Point, Rect, RoundedRect};
use friendboard::raster::{Rasterizer, SharedCanvas};
use friendboard::style::{Style, WhiteSpace};
use friendboard::text::{Fonts, Paragraph, TextEngine, TextLayout, TextSystem};
use friendboard::{Color, Limits};

/// How far a cluster or word may be from the browser's, px.
const PLACE: f32 = 0.5;
/// Mean absolute difference of coverage over the pixels that either has any of, as a part of full coverage.
const COVERAGE: f64 = 0.06;

#[derive(serde::Deserialize)]
struct Recording {
    sizes: std::collections::BTreeMap<u32, Vec<Line>>,
}

#[derive(serde::Deserialize)]
struct Line {
    weight: u16,
    text: String,
    left: f32,
    right: f32,
    baseline: f32,
    clusters: Vec<(String, f32, f32)>,
}

/// Coverage, a byte a pixel.
struct Picture {
    width: usize,
    height: usize,
    coverage: Vec<u8>,
}

fn layout(engine: &mut TextEngine, line: &Line, size: u32) -> Arc<TextLayout> {
    let mut style = Style::default();
    style.text.inherited.font_size = size as f32;
    style.text.inherited.font_weight = line.weight;
    style.text.white_space = WhiteSpace::NoWrap;
    engine.layout(&Paragraph::from_style(Arc::from(line.text.as_str()), &style), None)
}

/// The worst distance of an edge from where the browser has it, px.
fn misplaced(layout: &TextLayout, line: &Line) -> f32 {
    let runs = || layout.lines.iter().flat_map(|line| &line.runs).filter(|run| !run.glyphs.is_empty());
    let joins = |c: char| matches!(u32::from(c), 0x590..=0x6FF | 0x900..=0x97F | 0xE00..=0xE7F);
    let (mut expected, mut found): (Vec<f32>, Vec<f32>) = if line.text.contains(joins) {
        // Letters share and stack glyphs there: words are compared. Spaces are another face's, so each word is a run.
        let words = line.clusters.split(|(text, ..)| text == " ").map(|word| {
            let left = word.iter().map(|cluster| cluster.1).fold(f32::INFINITY, f32::min);
            let right = word.iter().map(|cluster| cluster.2).fold(f32::NEG_INFINITY, f32::max);
            [left, right]
        });
        (words.flatten().collect(), runs().flat_map(|run| [run.x, run.x + run.advance]).collect())
    } else {
        let clusters = line.clusters.iter().filter(|(text, ..)| text != " ").map(|cluster| cluster.1);
        (clusters.collect(), runs().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.x)).collect())
    };
    assert_eq!(expected.len(), found.len(), "{}", line.text);
    expected.sort_by(f32::total_cmp);
    found.sort_by(f32::total_cmp);
    let width = (layout.width - (line.right - line.left)).abs();
    let edges = expected.iter().zip(&found).map(|(expected, found)| (expected - line.left - found).abs());
    edges.fold(width, f32::max)
}

fn draw(engine: &mut TextEngine, lines: &[Line], size: u32, width: usize, height: usize) -> Picture {
    let shape = RoundedRect::new(Rect::new(0.0, 0.0, width as f32, height as f32), Corners::default());
    let mut list = DrawList { width: width as u32, height: height as u32, commands: Vec::new() };
    list.commands.push(Command::Fill { shape: Shape::Rect(shape), paint: Paint::Solid(Color::WHITE) });
    for line in lines {
        let layout = layout(engine, line, size);
        for run in layout.lines.iter().flat_map(|line| &line.runs) {
            list.commands.push(Command::Glyphs {
                run: Arc::clone(run),
                origin: Point::new(line.left, line.baseline),
                scale: 1.0,
                color: Color::BLACK,
                stroke: None,
                blur: 0.0,
            });
        }
    }
    let mut canvas = SharedCanvas::new(list.width, list.height, &Limits::default()).unwrap();
    Rasterizer::new().draw(&list, engine, &mut canvas, None);
    Picture { width, height, coverage: canvas.pixels().chunks(4).map(|pixel| 255 - pixel[0]).collect() }
}

/// What the browser drew: black on white.
fn recorded(size: u32) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/browser/text-{size}.png"));
    let picture = image::open(path).unwrap().to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    Picture { width, height, coverage: picture.into_raw().iter().map(|light| 255 - light).collect() }
}

struct Difference {
    /// Over the pixels that either has any coverage of.
    ink: f64,
    /// Over the whole picture.
    all: f64,
    /// Ours less the browser's, over the ink: positive is darker.
    bias: f64,
}

fn difference(ours: &[u8], theirs: &[u8]) -> Difference {
    let (mut sum, mut signed, mut ink) = (0_u64, 0_i64, 0_u64);
    for (&a, &b) in ours.iter().zip(theirs) {
        sum += u64::from(a.abs_diff(b));
        signed += i64::from(a) - i64::from(b);
        ink += u64::from(a > 0 || b > 0);
    }
    let part = |sum: f64, count: u64| sum / 255.0 / (count.max(1) as f64);
    Difference { ink: part(sum as f64, ink), all: part(sum as f64, ours.len() as u64), bias: part(signed as f64, ink) }
}

#[test]
fn text_is_as_chromium_draws_it() {
    let recording: Recording = serde_json::from_str(include_str!("browser/text.json")).unwrap();
    assert_eq!(recording.sizes.keys().copied().collect::<Vec<_>>(), [14, 24, 64]);
    let mut engine = TextEngine::new(Fonts::bundled());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/text-browser");
    std::fs::create_dir_all(&folder).unwrap();
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Text beside Chromium's</title><style>body{font:14px sans-serif}\
         img{image-rendering:pixelated;vertical-align:top}td{padding:2px 8px;text-align:right}</style>",
    );
    let mut failures = Vec::new();
    for (&size, lines) in &recording.sizes {
        let theirs = recorded(size);
        let ours = draw(&mut engine, lines, size, theirs.width, theirs.height);
        let whole = difference(&ours.coverage, &theirs.coverage);
        println!(
            "{size} px: coverage differs by {:.2} % of the ink ({:.2} % of the picture), ours is {:+.2} % darker",
            whole.ink * 100.0,
            whole.all * 100.0,
            whole.bias * 100.0
        );
        write_pictures(&folder, size, &ours, &theirs);
        let _ = write!(page, "<h2>{size} px: {:.2} % of the ink</h2><table>", whole.ink * 100.0);
        let step = theirs.height / lines.len();
        for (number, line) in lines.iter().enumerate() {
            let rows = number * step * theirs.width..(number + 1) * step * theirs.width;
            let found = difference(&ours.coverage[rows.clone()], &theirs.coverage[rows]);
            let place = misplaced(&layout(&mut engine, line, size), line);
            println!("  {:5.2} % {:+.2} %  {place:.3} px  {}", found.ink * 100.0, found.bias * 100.0, line.text);
            let _ = write!(page, "<tr><td>{:.2} %<td>{place:.3} px<td>{}", found.ink * 100.0, line.text);
            if place > PLACE {
                failures.push(format!("{size} px: {place:.3} px off: {}", line.text));
            }
        }
        if whole.ink > COVERAGE {
            failures.push(format!("{size} px: coverage differs by {:.2} %", whole.ink * 100.0));
        }
        let _ = write!(page, "</table><p>Ours, Chromium's, their difference</p>");
        for kind in ["ours", "chromium", "difference"] {
            let _ = write!(page, "<img src={kind}-{size}.png> ");
        }
    }
    std::fs::write(folder.join("index.html"), page).unwrap();
    assert!(failures.is_empty(), "see target/text-browser/index.html:\n{}", failures.join("\n"));
}

fn write_pictures(folder: &Path, size: u32, ours: &Picture, theirs: &Picture) {
    let save = |name: &str, shade: &dyn Fn(usize) -> [u8; 3]| {
        let (width, height) = (theirs.width as u32, theirs.height as u32);
        let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb(shade(y as usize * theirs.width + x as usize)));
        picture.save(folder.join(format!("{name}-{size}.png"))).unwrap();
    };
    save("ours", &|at| [255 - ours.coverage[at]; 3]);
    save("chromium", &|at| [255 - theirs.coverage[at]; 3]);
    // Red where ours is darker, blue where the browser is.
    save("difference", &|at| {
        let (a, b) = (ours.coverage[at], theirs.coverage[at]);
        [255 - b.saturating_sub(a), 255 - a.abs_diff(b), 255 - a.saturating_sub(b)]
    });
}
