//! Games below `golden/scripts/`, each with its `script.json`.

use std::path::Path;

use friendboard::Limits;
use friendboard::host::headless::play::{Run, read_script, run};

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/scripts").join(name)
}

fn play_golden(name: &str) -> Run {
    let limits = Limits::default();
    let script = read_script(&folder(name).join("script.json"), &limits).unwrap_or_else(|error| panic!("{error}"));
    run(&script, false, None, &limits).unwrap()
}

/// Its pictures and its log are held by the tests named golden, as every case below `golden/` is.
#[test]
fn the_friend_list_of_tiktoks_guide() {
    let run = play_golden("tiktok-guide");
    assert!(run.failed.is_empty(), "{:?}", run.failed);
    assert!(run.snapshots.len() > 2);
    assert_eq!(run.events, play_golden("tiktok-guide").events);
}

/// The same list as a board says it: avatars to the pixel, texts within half a pixel.
#[test]
fn a_board_that_says_the_same_is_the_same_picture() {
    let run = play_golden("tiktok-guide");
    let (_, png) = run.snapshots.iter().find(|(name, _)| name == "avatars").unwrap();
    let script = image::load_from_memory(png).unwrap().to_rgba8();
    let board = folder("tiktok-guide").join("board");
    let limits = Limits::default();
    let text = std::fs::read_to_string(folder("tiktok-guide").join("script.json")).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let map = json.as_object_mut().unwrap();
    map.remove("script");
    map.insert("template".into(), board.join("board.xml").to_string_lossy().into_owned().into());
    map.insert("style".into(), board.join("board.json").to_string_lossy().into_owned().into());
    map.insert("order".into(), "none".into());
    map["faults"]["image"].as_object_mut().unwrap().clear();
    map.insert("steps".into(), serde_json::json!([{"at": 0, "message": {"command": "render"}}, {"at": 900, "snapshot": "a"}]));
    let session = friendboard::host::headless::play::Script::read(&json.to_string(), "board", &folder("tiktok-guide"), &limits);
    let drawn = run_board(&session.unwrap(), &limits);
    assert_eq!(drawn.dimensions(), script.dimensions());
    // Avatars: the very same pixels.
    for top in [30, 110] {
        for (x, y) in (30..80).flat_map(|x| (top..top + 50).map(move |y| (x, y))) {
            assert_eq!(drawn.get_pixel(x, y), script.get_pixel(x, y), "avatar at {x},{y}");
        }
    }
    // Texts: their ink begins and ends at the same pixels, half a pixel more or less.
    for (left, right) in [(90, 250), (300, 380)] {
        for top in [20u32, 100] {
            let ink = |picture: &image::RgbaImage| {
                let dark = |x: u32, y: u32| picture.get_pixel(x, y).0[1] < 128;
                let columns: Vec<u32> = (left..right).filter(|x| (top..top + 70).any(|y| dark(*x, y))).collect();
                let rows: Vec<u32> = (top..top + 70).filter(|y| (left..right).any(|x| dark(x, *y))).collect();
                [columns[0], *columns.last().unwrap(), rows[0], *rows.last().unwrap()]
            };
            let (script, board) = (ink(&script), ink(&drawn));
            let apart = script.iter().zip(board).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(apart <= 1, "the text at {left},{top}: {script:?} in the script, {board:?} on the board");
        }
    }
}

fn run_board(script: &friendboard::host::headless::play::Script, limits: &Limits) -> image::RgbaImage {
    let run = run(script, false, None, limits).unwrap();
    image::load_from_memory(&run.snapshots[0].1).unwrap().to_rgba8()
}
