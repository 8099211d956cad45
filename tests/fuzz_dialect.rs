//! The whole way from mutated documents to pixels, from a fixed seed: compile, resolve, lay out, list, draw. Nothing
//! panics, no round takes long, and what comes out keeps its promises.
//!
//! The seeds are the golden cases of the dialect, so that every tag and property is in them. Half of the mutations break
//! the text, as a slip of the hand would; the other half put wrong values in the right places, which get further.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/mutator.rs"]
mod mutator;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use friendboard::Reading;
use friendboard::display::{Command, DrawList, View, wanted};
use friendboard::geometry::{Point, Size};
use friendboard::json::Value;
use friendboard::layout::Layout;
use friendboard::picture::{PictureState, Pictures, decode};
use friendboard::pipeline::{Board, Prepared, Renderer};
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;
use friendboard::text::bitmap_font::BitmapFont;
use friendboard::{Diagnostics, Limits};
use mutator::{Random, mutate};
use serde_json::Value as Json;

const ROUNDS: usize = 60_000;

/// One in so many is drawn too.
const DRAWN: usize = 4;

/// No round may take longer, whatever it asks for, on a machine that is busy and in a build that is not optimized.
const ROUND_MAX: Duration = Duration::from_secs(20);

/// What people do not write, and programs do.
const NASTY: [&str; 40] = [
    "0",
    "-1",
    "1e9",
    "-1e9",
    "1e38",
    "1e-30",
    "0.0001",
    "16777217",
    "99999999999999999999",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\"auto\"",
    "\"none\"",
    "\"NaN\"",
    "\"Infinity\"",
    "\"100000%\"",
    "\"-50%\"",
    "\"0%\"",
    "\"1e9px\"",
    "\"99999px 1px 99999px 99999px red\"",
    "\"inset 0 0 9999px 9999px red\"",
    "\"rotate(1e9deg) scale(1e9)\"",
    "\"scale(0)\"",
    "\"scale(1e-9, 1e9)\"",
    "\"skew(90deg, 90deg)\"",
    "\"translate(-1e9px, 100000%)\"",
    "\"linear-gradient(red, red)\"",
    "\"repeating-linear-gradient(red 0, blue 0.0001px)\"",
    "\"radial-gradient(0 0 at 1e9px 50%, red, blue)\"",
    "\"linear-gradient(90deg, red 100%, blue 0%, lime -5000%)\"",
    "\"url(picture.png)\"",
    "\"url(..\\u002f..\\u002f..)\"",
    "\"9999 9999 9999 9999\"",
    "\"{{ 1 / 0 }}\"",
    "\"{{ nothing.at.all }}\"",
    "\"0 / 0\"",
    "\"\\u202e\\u0000\\ud83d\\ude00\"",
];

const PIECES: [&str; 28] = [
    "<",
    ">",
    "/>",
    "</view>",
    "<view>",
    "\"",
    "'",
    "&amp;",
    "&#0;",
    "{{",
    "}}",
    "{{ 1 }}",
    " for=\"i in [1,2,3]\"",
    " if=\"0\"",
    " else=\"\"",
    "<scrollview scrollX=\"true\">",
    "</scrollview>",
    "<text value=\"汉字👨‍👩‍👧 \u{202e}x\"/>",
    "<image src=\"picture.png\"/>",
    "<richtext text=\"&lt;p&gt;a&lt;br/&gt;\"/>",
    "<button/>",
    "<canvas width=\"1e9\"/>",
    "<bitmaptext font=\"digits.fnt\" value=\"0123\"/>",
    "\u{0}",
    "\u{feff}",
    "\u{301}",
    "\n",
    " ",
];

struct Seed {
    template: String,
    style: Json,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/dialect")
}

fn seeds() -> Vec<Seed> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let read = |path: &Path| {
        let style = std::fs::read_to_string(path.join("style.json")).ok()?;
        Some(Seed {
            template: std::fs::read_to_string(path.join("template.xml")).ok()?,
            style: serde_json::from_str(&style).unwrap(),
        })
    };
    // The page with all of them is no news.
    names.iter().filter(|path| !path.ends_with("gallery")).filter_map(|path| read(path)).collect()
}

/// Puts a piece between two tags, or repeats a line: what is left is well-formed more often than not.
fn rearrange(random: &mut Random, template: &str) -> String {
    let mut lines: Vec<&str> = template.lines().collect();
    let inner = |random: &mut Random, count: usize| 1 + random.below(count.saturating_sub(2).max(1));
    match random.below(3) {
        0 => {
            let piece = random.pick(&PIECES[17..23]);
            let at = inner(random, lines.len()).min(lines.len());
            lines.insert(at, piece);
        }
        1 => {
            let from = inner(random, lines.len()).min(lines.len() - 1);
            let at = inner(random, lines.len()).min(lines.len());
            let line = lines[from];
            lines.insert(at, line);
        }
        _ => {
            let at = inner(random, lines.len()).min(lines.len() - 1);
            lines.remove(at);
        }
    }
    lines.join("\n")
}

/// Gives properties values that are not theirs.
fn restyle(random: &mut Random, style: &Json, properties: &[(String, Json)]) -> Json {
    let mut style = style.clone();
    let rules = style.as_object_mut().unwrap();
    let names: Vec<String> = rules.keys().cloned().collect();
    for _ in 0..=random.below(3) {
        let rule = rules.get_mut(&names[random.below(names.len())]).and_then(Json::as_object_mut).unwrap();
        let (property, known) = &properties[random.below(properties.len())];
        let own: Vec<String> = rule.keys().cloned().collect();
        let property = if random.below(2) == 0 || own.is_empty() { property } else { &own[random.below(own.len())] };
        let value = match random.below(4) {
            0 => known.clone(),
            1 => properties[random.below(properties.len())].1.clone(),
            _ => serde_json::from_str(random.pick(&NASTY)).unwrap(),
        };
        rule.insert(property.clone(), value);
    }
    style
}

/// What is pushed is popped, in order, and nothing is endless.
fn check_list(list: &DrawList) {
    let mut open = Vec::new();
    for command in &list.commands {
        match command {
            Command::PushClip(shape) => {
                assert!(shape.rect.x.is_finite() && shape.rect.width.is_finite(), "{shape:?}");
                open.push("clip");
            }
            Command::PushTransform(transform) => {
                assert!(
                    [transform.a, transform.b, transform.c, transform.d, transform.e, transform.f]
                        .iter()
                        .all(|part| part.is_finite())
                );
                open.push("transform");
            }
            Command::PushLayer { opacity, .. } => {
                assert!((0.0..=1.0).contains(opacity));
                open.push("layer");
            }
            Command::PopClip => assert_eq!(open.pop(), Some("clip")),
            Command::PopTransform => assert_eq!(open.pop(), Some("transform")),
            Command::PopLayer => assert_eq!(open.pop(), Some("layer")),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

fn check_boxes(layout: &Layout) {
    for place in &layout.boxes {
        let rect = place.absolute;
        assert!(
            [rect.x, rect.y, rect.width, rect.height, place.scroll.width, place.scroll.height]
                .iter()
                .all(|side| side.is_finite())
        );
        assert!(rect.width >= 0.0 && rect.height >= 0.0, "{rect:?}");
    }
}

/// Everything below the dialect's asset folder.
fn pictures(limits: &Limits) -> Pictures {
    let mut pictures = Pictures::default();
    for entry in std::fs::read_dir(folder().join("assets")).unwrap() {
        let path = entry.unwrap().path();
        let (name, bytes) = (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("fnt") => {
                let font = BitmapFont::parse(&String::from_utf8_lossy(&bytes), &name, limits).unwrap();
                pictures.set_font(name, Arc::new(font));
            }
            Some("png") => drop(pictures.set(name, PictureState::Ready(decode(&bytes, limits).unwrap()))),
            _ => {}
        }
    }
    assert!(pictures.len() > 2, "only {} pictures", pictures.len());
    pictures
}

/// No picture is drawn that a host was not asked for.
fn check_wanted(list: &DrawList, wanted: &[Arc<str>], pictures: &Pictures) {
    for command in &list.commands {
        if let Command::Image { picture, .. } = command {
            assert!(wanted.iter().any(|src| pictures.get(src).picture() == Some(picture)), "{picture:?} of {wanted:?}");
        }
    }
}

/// Any view of a board: scrolled, pressed, with its bars, on any screen.
fn any_view(random: &mut Random, prepared: &Prepared) -> View {
    let count = prepared.scene.nodes.len();
    let mut view = View { dpr: random.pick(&[0.5, 1.0, 1.5, 3.0, 8.0]), ..View::default() };
    for _ in 0..random.below(3) {
        let id = random.below(count);
        let offset = Point::new(random.below(200) as f32 - 50.0, random.below(2_000) as f32 - 500.0);
        view.scroll.insert(id, offset);
        view.bars.insert(id, random.below(5) as f32 / 4.0);
        view.pressed.insert(random.below(count));
    }
    view
}

struct Outcome {
    laid_out: usize,
    drawn: usize,
    longest: Duration,
}

fn run(first: usize, rounds: usize) -> Outcome {
    let limits = Limits::default();
    let seeds = seeds();
    let properties: BTreeMap<String, Json> = seeds
        .iter()
        .flat_map(|seed| seed.style.as_object().unwrap().values())
        .flat_map(|rule| rule.as_object().unwrap().clone())
        .collect();
    let properties: Vec<(String, Json)> = properties.into_iter().collect();
    let mut fonts = Fonts::bundled();
    fonts.add_file(&folder().join("assets/figures.ttf"), &limits).unwrap();
    let mut renderer = Renderer::new(fonts, limits.clone());
    let pictures = pictures(&limits);
    let mut outcome = Outcome { laid_out: 0, drawn: 0, longest: Duration::ZERO };
    for round in first..first + rounds {
        let mut random = Random(round as u64);
        let start = Instant::now();
        let seed = &seeds[random.below(seeds.len())];
        let (mut xml, mut sheet) = (seed.template.clone(), seed.style.to_string());
        match random.below(6) {
            0 => xml = mutate(&mut random, &xml, &PIECES),
            1 => sheet = mutate(&mut random, &sheet, &PIECES),
            2 => xml = rearrange(&mut random, &xml),
            _ => {
                sheet = restyle(&mut random, &seed.style, &properties).to_string();
                if random.below(3) == 0 {
                    xml = rearrange(&mut random, &xml);
                }
            }
        }
        let mut diagnostics = Diagnostics::new();
        let size = random.pick(&[Size::new(120.0, 80.0), Size::new(1.0, 1.0), Size::new(33.3, 500.0)]);
        let laid_out = Board::compile(("t.xml", &xml), &[("s.json", &sheet)], &limits)
            .and_then(|board| board.resolve(&Value::default(), size, &mut Reading::new(&limits, &mut diagnostics)))
            .and_then(|scene| renderer.layout(scene, size, &pictures));
        if let Ok(prepared) = laid_out {
            outcome.laid_out += 1;
            check_boxes(&prepared.layout);
            let view = any_view(&mut random, &prepared);
            let pixels = (60, 45);
            let list = renderer.draw_list(&prepared, &view, pixels, &pictures);
            check_list(&list);
            check_wanted(&list, &wanted(&prepared.scene, &prepared.layout, &view, pixels, &pictures), &pictures);
            if round % DRAWN == 0 {
                outcome.drawn += 1;
                let mut canvas = SharedCanvas::new(pixels.0, pixels.1, &limits).unwrap();
                renderer.rasterize(&list, &mut canvas, None);
                let (colors, _) = canvas.pixels().as_chunks::<4>();
                // Premultiplied: no channel is above its alpha.
                assert!(colors.iter().all(|[red, green, blue, alpha]| red.max(green).max(blue) <= alpha));
            }
        }
        let took = start.elapsed();
        assert!(took < ROUND_MAX, "round {round} took {took:?}:\n{xml}\n{sheet}");
        outcome.longest = outcome.longest.max(took);
    }
    outcome
}

#[test]
fn mutated_boards_are_drawn_or_refused() {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let rounds = ROUNDS.div_ceil(workers);
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|worker| scope.spawn(move || run(worker * rounds, rounds))).collect();
        started.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let laid_out: usize = outcomes.iter().map(|outcome| outcome.laid_out).sum();
    let drawn: usize = outcomes.iter().map(|outcome| outcome.drawn).sum();
    let longest = outcomes.iter().map(|outcome| outcome.longest).max();
    eprintln!("{laid_out} of {ROUNDS} were laid out, {drawn} drawn; the longest took {longest:?}");
    // Enough must get through to try what comes after.
    assert!(laid_out > ROUNDS / 2 && drawn > ROUNDS / DRAWN / 2, "{laid_out}, {drawn}");
}

#[test]
fn the_seeds_are_the_whole_dialect() {
    let seeds = seeds();
    let tags: BTreeSet<&str> = ["view", "text", "image", "scrollview", "bitmaptext", "button", "richtext", "canvas"].into();
    assert!(seeds.len() > 40);
    assert!(tags.iter().all(|tag| seeds.iter().any(|seed| seed.template.contains(&format!("<{tag}")))));
}
