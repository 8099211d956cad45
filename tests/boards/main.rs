//! The built-in boards hold at any size, with anybody's data, in any script: each of them, with 0 to 1,000 friends, at the
//! sizes that phones and tools have, in light and dark, in three locales, with polite, long and hostile data.
//!
//! An everyday run holds a sample of them. `FRIENDBOARD_BOARDS=all cargo test --test boards` holds all, and
//! `FRIENDBOARD_BOARDS_SHEETS=FOLDER` writes what they look like, for the eye.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod cases;
mod rules;
mod scripts;
mod sheets;

use cases::{Case, all};
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer};

/// Of how many cases an everyday run holds one; a prime, so that every value of every side comes up.
const SAMPLE: usize = 41;

#[test]
fn boards_hold_at_any_size_with_anybodys_data() {
    let everything = std::env::var("FRIENDBOARD_BOARDS").is_ok_and(|wish| wish == "all");
    let cases: Vec<Case> = all()
        .enumerate()
        .filter(|(index, case)| everything || index % SAMPLE == 0 || case.is_narrowest())
        .map(|(_, case)| case)
        .collect();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let held: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let cases = &cases;
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
                    let (mut held, mut broken) = (0, Vec::new());
                    for case in cases.iter().skip(worker).step_by(workers) {
                        let found = hold(&mut renderer, case, &mut held);
                        broken.extend(found.into_iter().map(|what| format!("{case}: {what}")));
                    }
                    (held, broken)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let texts: usize = held.iter().map(|(texts, _)| texts).sum();
    let mut broken: Vec<&String> = held.iter().flat_map(|(_, broken)| broken).collect();
    broken.sort();
    println!("held {} boards with {texts} texts; {} rules broken", cases.len(), broken.len());
    let shown: Vec<String> = broken.iter().take(60).map(ToString::to_string).collect();
    assert!(broken.is_empty(), "{} rules are broken, such as\n{}", broken.len(), shown.join("\n"));
    assert!(texts > cases.len(), "hardly a text was looked at");
}

/// Lays a case out and returns the rules that it breaks.
fn hold(renderer: &mut Renderer, case: &Case, held: &mut usize) -> Vec<String> {
    let board = Board::built_in(case.board).unwrap();
    let request = case.request();
    let laid_out = renderer.begin(&board, &request).and_then(friendboard::Job::lay_out);
    match laid_out {
        Ok((prepared, diagnostics)) => {
            let mut broken = rules::broken(&prepared, &request);
            *held += rules::texts(&prepared);
            let said = diagnostics.as_slice().iter().filter(|said| said.code == "bad-expression" || said.code == "bad-value");
            broken.extend(said.map(ToString::to_string));
            broken
        }
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn contact_sheets_are_drawn_where_they_are_asked_for() {
    let Ok(folder) = std::env::var("FRIENDBOARD_BOARDS_SHEETS") else { return };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    for board in friendboard::template::BOARDS {
        let cases: Vec<Case> = all().filter(|case| case.board == board.name && case.is_for_the_eye()).collect();
        let sheet = sheets::draw(&mut renderer, &cases);
        sheet.save(folder.join(format!("{}.png", board.name))).unwrap();
    }
}

#[test]
fn right_to_left_mirrors_what_stands_in_rows() {
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let mut places = |board: &Board, case: &Case| -> Vec<(String, f32, f32)> {
        let (prepared, _) = renderer.begin(board, &case.request()).unwrap().lay_out().unwrap();
        let nodes = prepared.scene.nodes.iter().zip(&prepared.layout.boxes);
        let is_mirrored = |class: &str| MIRRORED.contains(&class.split_ascii_whitespace().next().unwrap_or_default());
        nodes
            .filter(|(node, place)| place.shown && is_mirrored(&node.class))
            .map(|(node, place)| (node.class.to_string(), place.absolute.x, place.absolute.right()))
            .collect()
    };
    let mut held = 0;
    for case in all().filter(|case| case.friends == 17 && case.locale == "en" && case.theme == "light" && case.is_for_the_eye())
    {
        let board = Board::built_in(case.board).unwrap();
        let width = case.size.0 as f32 / case.size.2;
        let (left, right) = (places(&board, &case), places(&board, &Case { locale: "ar", ..case.clone() }));
        assert_eq!(left.len(), right.len(), "{case}");
        for ((class, start, end), (_, mirrored_start, mirrored_end)) in left.iter().zip(&right) {
            let apart = (width - end - mirrored_start).abs().max((width - start - mirrored_end).abs());
            assert!(apart < 0.75, "{case}: ({class}) is {apart} px from where a mirror shows it");
            held += 1;
        }
    }
    assert!(held > 500, "{held} boxes");
}

/// What is as wide in every language.
const MIRRORED: [&str; 6] = ["rank", "avatar", "score", "moved", "medal", "face"];

#[test]
fn a_rule_that_is_broken_is_found() {
    let style = r##"{
        "root": {"width": 100, "height": 100, "backgroundColor": "#ffffff"},
        "narrow": {"width": 20, "whiteSpace": "nowrap", "color": "#000000"},
        "pale": {"color": "#eeeeee"},
        "over": {"position": "absolute", "left": 90, "top": 80, "whiteSpace": "nowrap", "color": "#000000"},
        "score": {"width": 20, "textOverflow": "ellipsis", "whiteSpace": "nowrap", "color": "#000000"},
        "small": {"width": 10, "height": 10}
    }"##;
    let xml = r#"<view class="root"><text class="narrow" value="wide enough"/><text class="pale" value="pale"/>
        <text class="over" value="beyond"/><text class="score" value="123456789"/><view class="small" action="tap"/></view>"#;
    let board = Board::compile(("t.xml", xml), &[("s.json", style)], &Limits::default()).unwrap();
    let request = friendboard::Request::friends("[]").size(100, 100);
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let (prepared, _) = renderer.begin(&board, &request).unwrap().lay_out().unwrap();
    let broken = rules::broken(&prepared, &request).join("\n");
    for expected in ["runs out of its box", "contrast", "outside of", "is cut", "is touched on"] {
        assert!(broken.contains(expected), "{expected} is not among\n{broken}");
    }
}
