//! What `init` writes and says.

use std::fs;
use std::path::Path;

use super::folder::Folder;
use super::{run, text};

/// The files below a folder, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(path) = folders.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn an_empty_folder_becomes_a_game_that_the_doctor_likes() {
    for (platform, configuration) in [("wechat", "game.json"), ("douyin", "game.json"), ("tiktok", "project.config.json")] {
        for painter in ["canvas2d", "pixels", "auto"] {
            let folder = Folder::new(&format!("init-{platform}-{painter}"));
            let output = run(&folder.0, &["init", "game", "--platform", platform, "--painter", painter]);
            let said = text(&output.stdout);
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert!(said.contains(&format!("add this line to game/{configuration}")), "{said}");
            assert!(said.contains(r#""openDataContext": "openDataContext","#), "{said}");
            // TikTok puts the canvas onto the screen by itself.
            assert_eq!(said.contains("board.draw(context)"), platform != "tiktok", "{said}");
            // As the next steps say.
            folder.write(&format!("game/{configuration}"), r#"{"openDataContext": "openDataContext"}"#);
            folder.write(
                "game/game.js",
                "const { board } = require(\"./friendboard-game.js\");\nboard.open();\nboard.postScore(12);\n",
            );
            let output = run(&folder.0, &["doctor", "game"]);
            assert!(output.status.success(), "{platform} {painter}: {}", text(&output.stderr));
        }
    }
}

#[test]
fn what_is_there_stays_but_by_force() {
    let folder = Folder::new("force");
    let init = |more: &[&str]| run(&folder.0, &[&["init", ".", "--platform", "wechat"], more].concat());
    assert!(init(&[]).status.success());
    // Again, it is what would be written.
    assert!(init(&[]).status.success());
    let own = folder.write("openDataContext/index.js", "// mine");
    let before = files(&folder.0);
    let output = init(&["--board", "podium"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("is there already, and is another, and 1 more are") && said.contains("--force"), "{said}");
    assert_eq!(fs::read_to_string(&own).unwrap(), "// mine");
    assert_eq!(files(&folder.0), before);
    assert!(init(&["--board", "podium", "--force"]).status.success());
    assert!(fs::read_to_string(&own).unwrap().contains("friendboard.start"));
    assert!(fs::read_to_string(folder.0.join("openDataContext/board.js")).unwrap().contains("made from podium"));
}

#[test]
fn a_board_theme_and_texts_of_the_games_own_are_in_it() {
    let folder = Folder::new("own");
    folder.write("b.xml", "<view class=\"root\"><text class=\"t\" value=\"{{ strings.hello }} `$\\{x}\"/></view>");
    folder
        .write("b.json", r#"{"root": {"width": 100}, "t": {"color": "theme.accent", "backgroundColor": "lab(50% 40 59.5)"}}"#);
    folder.write("theme.json", r##"{"accent": "#123456", "surface": "oklch(70% 0.1 200)"}"##);
    folder.write("texts.json", r#"{"hello": "你好"}"#);
    let arguments = [
        "init",
        "g",
        "--platform",
        "tiktok",
        "--template",
        "b.xml",
        "--style",
        "b.json",
        "--theme",
        "theme.json",
        "--locale",
        "texts.json",
    ];
    let output = run(&folder.0, &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let board = fs::read_to_string(folder.0.join("g/openDataContext/board.js")).unwrap();
    // A game's module knows no colours of the newer notations.
    for part in [r"\`$\\{x}", "#123456", "#40b1b7", "#bf5700", "你好", "JSON.stringify({"] {
        assert!(board.contains(part), "{part}: {board}");
    }
}

#[test]
fn fonts_of_the_pixels_painter_have_what_is_shown() {
    let folder = Folder::new("fonts");
    folder.write("names.txt", "小明さくら");
    let size = |more: &[&str]| {
        let output = run(&folder.0, &[&["init", "g", "--platform", "wechat", "--painter", "pixels", "--force"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read_to_string(folder.0.join("g/openDataContext/fonts/fonts.js")).unwrap().len()
    };
    let (latin, named) = (size(&[]), size(&["--chars", "names.txt"]));
    assert!(latin > 20_000 && named > 10_000, "{latin} {named}");
    let output = run(&folder.0, &["init", "g", "--platform", "wechat", "--chars", "names.txt", "--force"]);
    assert_eq!(output.status.code(), Some(2), "canvas2d has no fonts");
    assert!(text(&output.stderr).contains("--painter pixels"), "{}", text(&output.stderr));
}

#[test]
fn engines_have_their_own_way() {
    for (engine, word) in [
        ("cocos", "SubContextView"),
        ("laya", "WXOpenDataViewer"),
        ("egret", "createDisplayObject"),
        ("unity", "FriendBoard.cs"),
    ] {
        let folder = Folder::new(&format!("engine-{engine}"));
        let output = run(&folder.0, &["init", ".", "--platform", "wechat", "--engine", engine]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(word), "{engine}: {}", text(&output.stdout));
        assert_eq!(folder.0.join("FriendBoard.cs").exists(), engine == "unity");
    }
}

#[test]
fn what_is_misspelt_is_said() {
    let folder = Folder::new("misspelt");
    for (arguments, said) in [
        (&["--platform", "wechta"][..], "tiktok, wechat or douyin was expected"),
        (&["--platform", "wps"], "tiktok, wechat or douyin was expected"),
        (&["--platform", "wechat", "--board", "leaderbord"], "did you mean 'leaderboard'?"),
        (&["--platform", "wechat", "--engine", "godot"], "one of none, cocos, laya, egret, unity was expected"),
        (&["--platform", "wechat", "--painter", "webgl"], "auto, pixels or canvas2d was expected"),
        (&["--platform", "wechat", "--theme", "drak"], "did you mean 'dark'?"),
        (&["--platform", "wechat", "--template", "a.xml"], "--style"),
        (&[], "--platform"),
    ] {
        let output = run(&folder.0, &[&["init", "."], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(said), "{arguments:?}: {}", text(&output.stderr));
    }
    assert_eq!(files(&folder.0), Vec::<String>::new());
}
