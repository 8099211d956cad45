//! `friendboard run`: a quick look at a game's script.

use std::process::{Command, Output};

use super::Game;

const SCRIPT: &str = "openDataContext/index.js";

/// Runs a folder's script as it is named from within a folder; gives what was said, and whether the 20×20 px have colour.
fn looked(game: &Game, within: &str, arguments: &[&str]) -> (Output, String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    command.current_dir(game.folder.join(within)).args(["run", "--platform", "wechat", "--canvas", "20x20", "-o", "look.png"]);
    let output = command.args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let picture = std::fs::read(game.folder.join(within).join("look.png")).unwrap_or_default();
    let has_colour =
        image::load_from_memory(&picture).is_ok_and(|picture| picture.into_rgba8().pixels().any(|pixel| pixel[3] > 0));
    (output, said, has_colour)
}

fn with_picture(source: &str) -> Game {
    let game = Game::new(&[("game.json", r#"{"openDataContext": "openDataContext"}"#), (SCRIPT, source)]);
    let avatar = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example/avatars/fox.png");
    std::fs::create_dir_all(game.folder.join("img")).unwrap();
    std::fs::copy(avatar, game.folder.join("img/fox.png")).unwrap();
    game
}

#[test]
fn the_package_is_found_however_its_script_is_named() {
    let game = with_picture(
        "const m = wx.createImage(); m.onload = () => wx.getSharedCanvas().getContext('2d').drawImage(m, 0, 0, 20, 20); m.src = 'img/fox.png';",
    );
    let named = [
        ("", "."),
        ("", "openDataContext"),
        ("", "./openDataContext"),
        ("", SCRIPT),
        ("openDataContext", "."),
        ("openDataContext", "index.js"),
        ("openDataContext", "./index.js"),
        ("img", "../openDataContext"),
    ];
    for (within, path) in named {
        let (output, said, has_colour) = looked(&game, within, &[path, "--strict"]);
        assert!(output.status.success() && has_colour, "{within}: {path}: {said}");
    }
}

#[test]
fn a_message_comes_when_what_was_before_is_done() {
    for source in [
        // A picture that is on its way, and a listener that comes late.
        "const i = wx.createImage(); i.src = 'img/fox.png'; wx.onMessage(() => wx.getSharedCanvas().getContext('2d').drawImage(i, 0, 0, 20, 20));",
        "setTimeout(() => wx.onMessage(() => wx.getSharedCanvas().getContext('2d').fillRect(0, 0, 9, 9)), 1500);",
        // What is kept for half a minute is older than the beginning.
        "let last = 0; wx.onMessage(() => { if (Date.now() - last >= 30000) wx.getSharedCanvas().getContext('2d').fillRect(0, 0, 9, 9); });",
        "wx.onMessage((m) => { if (m === 1) setTimeout(() => globalThis.ready = true, 3000); else if (globalThis.ready) wx.getSharedCanvas().getContext('2d').fillRect(0, 0, 9, 9); });",
    ] {
        let (_, said, has_colour) = looked(&with_picture(source), "", &[".", "--message", "1", "--message", "2"]);
        assert!(has_colour, "{source}: {said}");
    }
    // A script that never rests is not waited for without end, nor beyond the time of the picture.
    let restless = "let n = 0; const x = wx.getSharedCanvas().getContext('2d'); wx.onMessage(() => x.fillRect(9, 9, 9, 9));\
        setInterval(() => { x.clearRect(0, 0, 5, 5); x.fillRect(n++ % 5, 0, 1, 1); }, 16);";
    let (_, said, has_colour) = looked(&with_picture(restless), "", &[".", "--message", "1", "--at", "300"]);
    assert!(has_colour && !said.contains("listens"), "{said}");
    let (_, said, _) = looked(&with_picture(restless), "", &[".", "--message", "1"]);
    assert!(said.contains("something still moved"), "{said}");
}

#[test]
fn a_picture_that_is_missing_is_told() {
    let source =
        "const m = wx.createImage(); m.src = 'img/cat.png'; wx.getSharedCanvas().getContext('2d').fillRect(0, 0, 9, 9);";
    let game = with_picture(source);
    let (output, said, _) = looked(&game, "", &["."]);
    assert!(output.status.success() && said.contains("warning: the picture 'img/cat.png' did not load"), "{said}");
    assert_eq!(looked(&game, "", &[".", "--strict"]).0.status.code(), Some(1));
}

#[test]
fn the_date_is_told_and_a_wrong_one_is_an_error() {
    let source = "wx.getSharedCanvas().getContext('2d').fillRect(0, 0, 9, 9); console.warn(new Date().getUTCFullYear());";
    let game = with_picture(source);
    assert!(looked(&game, "", &[".", "--date", "2031-05-06"]).1.contains("console.warn: 2031"));
    let (output, said, _) = looked(&game, "", &[".", "--date", "yesterday"]);
    assert!(output.status.code() == Some(1) && said.contains("date"), "{said}");
}
