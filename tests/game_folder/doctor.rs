//! What `doctor` finds: each fault alone, in a game that has no other.

use std::fs;
use std::path::Path;

use super::folder::Folder;
use super::{run, text};

const GAME: &str = "const { board } = require(\"./friendboard-game.js\");\nboard.open();\nboard.postScore(12);\n";

/// A game without a fault.
fn game(name: &str, platform: &str) -> Folder {
    let folder = Folder::new(name);
    let output = run(&folder.0, &["init", ".", "--platform", platform]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let configuration = if platform == "tiktok" { "project.config.json" } else { "game.json" };
    folder.write(configuration, r#"{"deviceOrientation": "portrait", "openDataContext": "openDataContext"}"#);
    folder.write("game.js", GAME);
    folder
}

/// What doctor says of a folder, with its exit status.
fn doctor(folder: &Path) -> (Option<i32>, String) {
    let output = run(folder, &["doctor", "."]);
    (output.status.code(), text(&output.stderr))
}

/// A game with one fault has one finding, which says this.
fn finds(name: &str, platform: &str, spoil: impl FnOnce(&Folder), said: &[&str]) {
    let folder = game(name, platform);
    assert_eq!(doctor(&folder.0).0, Some(0), "{name}: {}", doctor(&folder.0).1);
    spoil(&folder);
    let (status, found) = doctor(&folder.0);
    assert_eq!(status, Some(1), "{name}: {found}");
    for part in said {
        assert!(found.contains(part), "{name}: '{part}' in {found}");
    }
    assert!(found.contains("error: 1 finding"), "{name}: {found}");
}

fn change(folder: &Folder, file: &str, from: &str, to: &str) {
    let path = folder.0.join(file);
    let old = fs::read_to_string(&path).unwrap();
    assert!(old.contains(from), "{file} has '{from}': {old}");
    fs::write(path, old.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_configuration() {
    finds("no-file", "wechat", |folder| fs::remove_file(folder.0.join("game.json")).unwrap(), &["project.config.json"]);
    finds(
        "no-line",
        "wechat",
        |folder| drop(folder.write("game.json", "{}")),
        &["game.json", "`openDataContext`", "add \"openDataContext\""],
    );
    finds(
        "other-file",
        "wechat",
        |folder| {
            folder.write("game.json", "{}");
            folder.write("project.config.json", r#"{"openDataContext": "openDataContext"}"#);
        },
        &["it is in project.config.json, where wechat does not look for it"],
    );
    finds(
        "wrong-folder",
        "wechat",
        |folder| drop(folder.write("game.json", r#"{"openDataContext": "src/context"}"#)),
        &["game.json:1:", "'src/context' is not there"],
    );
    finds(
        "case",
        "douyin",
        |folder| drop(folder.write("game.json", r#"{"openDataContext": "opendatacontext/"}"#)),
        &["'openDataContext' is"],
    );
    finds("outside", "wechat", |folder| drop(folder.write("game.json", r#"{"openDataContext": "../x"}"#)), &["found '../x'"]);
    finds("malformed", "wechat", |folder| drop(folder.write("game.json", "{\"openDataContext\": ")), &["game.json:1:"]);
    finds(
        "no-entry",
        "wechat",
        |folder| fs::remove_file(folder.0.join("openDataContext/index.js")).unwrap(),
        &["has no index.js"],
    );
    finds("tiktok", "tiktok", |folder| drop(folder.write("project.config.json", "{}")), &["project.config.json"]);
}

#[test]
fn files_that_are_named() {
    finds(
        "module",
        "wechat",
        |folder| fs::remove_file(folder.0.join("openDataContext/friendboard.wasm")).unwrap(),
        &["index.js:5:", "openDataContext/friendboard.wasm"],
    );
    finds(
        "text-module",
        "wechat",
        |folder| drop(folder.write("openDataContext/friendboard.wasm", "\u{feff}asm")),
        &["is no WebAssembly module"],
    );
    finds(
        "cut-module",
        "wechat",
        |folder| {
            let path = folder.0.join("openDataContext/friendboard.wasm");
            let module = fs::read(&path).unwrap();
            fs::write(path, &module[..module.len() - 1]).unwrap();
        },
        &["not the whole of it", "copy it anew"],
    );
    finds(
        "empty-runtime",
        "wechat",
        |folder| drop(folder.write("openDataContext/friendboard.js", "")),
        &["'./friendboard.js' is required, and is empty"],
    );
    finds(
        "runtime",
        "wechat",
        |folder| fs::remove_file(folder.0.join("openDataContext/friendboard.js")).unwrap(),
        &["'./friendboard.js' is required"],
    );
    finds(
        "plain",
        "wechat",
        |folder| fs::remove_file(folder.0.join("openDataContext/friendboard.wasm.js")).unwrap(),
        &["friendboard.wasm.js"],
    );
    finds(
        "outside-require",
        "wechat",
        |folder| {
            folder.write("score.js", "");
            change(folder, "openDataContext/index.js", "const board", "require(\"../score.js\");\nconst board");
        },
        &["outside of the open data domain's folder"],
    );
    finds(
        "inside-require",
        "wechat",
        |folder| drop(folder.write("game.js", format!("{GAME}require('./openDataContext/index');"))),
        &["game.js:4:", "the main domain can't require it"],
    );
    finds(
        "packed",
        "tiktok",
        |folder| {
            fs::rename(folder.0.join("openDataContext/friendboard.wasm"), folder.0.join("openDataContext/friendboard.wasm.br"))
                .unwrap();
            change(folder, "openDataContext/index.js", "friendboard.wasm\"", "friendboard.wasm.br\"");
        },
        &["tiktok does not unpack"],
    );
}

#[test]
fn the_canvas() {
    let canvas = |to: &'static str| {
        move |folder: &Folder| {
            change(
                folder,
                "openDataContext/index.js",
                r#"{ style: { left: "5vw", top: "15vh", width: "90vw", height: "70vh" } }"#,
                to,
            );
        }
    };
    finds(
        "below",
        "tiktok",
        canvas(r#"{ style: { top: "200vh", left: "5vw", width: "90vw", height: "70vh" } }"#),
        &["beyond the screen", "top: 200vh"],
    );
    finds("left", "tiktok", canvas(r#"{ style: { left: "-100%", width: "90vw", height: "70vh" } }"#), &["beyond the screen"]);
    finds("flat", "tiktok", canvas(r#"{ style: { width: "90vw", height: "0" } }"#), &["no height on the screen"]);
    finds("none", "tiktok", canvas(r#"{ width: 0, height: 300, style: { width: "90vw" } }"#), &["the canvas has no width"]);
    finds("unit", "tiktok", canvas(r#"{ style: { width: "90em", height: "70vh" } }"#), &["found '90em'"]);
    finds(
        "distorted",
        "tiktok",
        canvas(r#"{ width: 800, height: 800, style: { width: "80vw", height: "40vh" } }"#),
        &["800×800 px", "on a screen of"],
    );
    let code = |to: &'static str| move |folder: &Folder| drop(folder.write("game.js", format!("{GAME}{to}")));
    finds(
        "code",
        "wechat",
        code("const sharedCanvas = c.canvas;\nsharedCanvas.width = 800; sharedCanvas.height = 0;"),
        &["game.js:5:1", "no height"],
    );
    finds("style", "wechat", code("sharedCanvas.style.top = '200vh';"), &["beyond the screen"]);
    // One that is hidden and shown again is none.
    let folder = game("moved", "wechat");
    folder.write("game.js", format!("{GAME}sharedCanvas.style.top = '200vh';\nsharedCanvas.style.top = '10vh';\n"));
    assert_eq!(doctor(&folder.0).0, Some(0), "{}", doctor(&folder.0).1);
}

#[test]
fn the_package() {
    finds(
        "heavy",
        "wechat",
        |folder| fs::write(folder.0.join("level.bin"), vec![0; 5 << 20]).unwrap(),
        &["the main package has", "wechat takes 4.0 MB", "level.bin 5.0 MB"],
    );
    // Loaded later, it is no part of the main package.
    let folder = game("later", "wechat");
    fs::create_dir_all(folder.0.join("levels")).unwrap();
    fs::write(folder.0.join("levels/one.bin"), vec![0; 5 << 20]).unwrap();
    folder.write("game.json", r#"{"openDataContext": "openDataContext", "subpackages": [{"name": "l", "root": "levels/"}]}"#);
    assert_eq!(doctor(&folder.0).0, Some(0), "{}", doctor(&folder.0).1);
}

#[test]
fn messages_and_keys() {
    let code = |code: &'static str| move |folder: &Folder| drop(folder.write("game.js", code));
    let word =
        "const { board } = require('./friendboard-game.js');\nboard.postScore(1);\nboard.post({ type: 'showFreindList' });\n";
    finds("word", "wechat", code(word), &["game.js:3:7", "'showFreindList'", "did you mean 'showFriendList'?"]);
    let raw = "wx.getOpenDataContext().postMessage({ command: 'zeig' });\nwx.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '1' }] });";
    finds("raw", "wechat", code(raw), &["game.js:1:25", "'zeig'"]);
    let other = "wx.getOpenDataContext().postMessage({ command: 'render' });\nwx.setUserCloudStorage({ KVDataList: [{ key: 'best', value: '1' }] });";
    finds("other-key", "wechat", code(other), &["the key 'score' is asked for, and the game stores 'best'", "key: \"best\""]);
    finds("no-key", "wechat", code("wx.getOpenDataContext().postMessage('render');"), &["nothing in the game stores it"]);
    finds(
        "silent",
        "wechat",
        code(
            "require('./friendboard-game.js').board.postScore; wx.setUserCloudStorage({KVDataList: [{key: 'score', value: '1'}]});",
        ),
        &["nothing in the main domain opens the board"],
    );
    finds(
        "options",
        "wechat",
        |folder| change(folder, "openDataContext/index.js", "key:", "ordr: \"asc\",\n  key:"),
        &["index.js:5:", "did you mean `order`?"],
    );
    finds(
        "platform",
        "wechat",
        |folder| change(folder, "openDataContext/index.js", "\"wechat\"", "\"tiktok\""),
        &["the options say tiktok"],
    );
    // A game's own word that index.js maps is none.
    let folder = game("mapped", "wechat");
    change(&folder, "openDataContext/index.js", "key:", "words: [{ match: { what: 3 }, means: \"show\" }],\n  key:");
    folder.write(
        "game.js",
        "const { board } = require('./friendboard-game.js');\nboard.postScore(1);\nboard.post({ what: 3 });\n",
    );
    assert_eq!(doctor(&folder.0).0, Some(0), "{}", doctor(&folder.0).1);
}

#[test]
fn a_folder_that_is_none_is_an_error_and_machines_get_json() {
    let folder = Folder::new("none");
    let output = run(&folder.0, &["doctor", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("'nowhere' cannot be read"), "{}", text(&output.stderr));
    // Files are named as they are opened from here.
    std::fs::create_dir(folder.0.join("mygame")).unwrap();
    folder.write("mygame/game.json", "{\"openDataContext\": ");
    let output = run(&folder.0, &["doctor", "mygame/"]);
    assert!(text(&output.stderr).starts_with("mygame/game.json:1:"), "{}", text(&output.stderr));
    let output = run(&folder.0, &["doctor", "mygame", "--json"]);
    assert!(text(&output.stdout).contains("\"mygame/game.json\""), "{}", text(&output.stdout));
    let output = run(&folder.0, &["doctor", ".", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("\"code\":\"configuration\""), "{}", text(&output.stdout));
}
