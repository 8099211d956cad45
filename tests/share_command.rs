//! `card`, `share-image` and `share-info` as their users call them.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/folder.rs"]
mod folder;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folder::Folder;

/// Runs the program in a folder with a standard input and an environment.
fn run(folder: &Folder, arguments: &[&str], input: &str, environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_friendboard"))
        .args(arguments)
        .current_dir(&folder.0)
        .env_remove("FRIENDBOARD_SESSION_KEY")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who reads no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn asset(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/share/assets").join(name)).unwrap()
}

#[test]
fn the_answer_is_printed_and_the_card_drawn() {
    let folder = Folder::new("card");
    folder.write("share.png", asset("share.png"));
    folder.write("request.json", r#"{"title": "我跳了 128 层", "imageUrl": "share.png"}"#);
    let arguments = ["card", "douyin", "shareAppMessage", "--request", "request.json", "-o", "card.png", "--image", "sent.png"];
    let output = run(&folder, &arguments, "", &[]);
    assert_eq!(text(&output.stdout), "{\"success\":{\"errMsg\":\"shareAppMessage:ok\"}}\n", "{}", text(&output.stderr));
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let card = image::open(folder.0.join("card.png")).unwrap();
    assert_eq!(card.width(), 2 * (232 + 32));
    // What is light enough is sent as it is.
    assert_eq!(std::fs::read(folder.0.join("sent.png")).unwrap(), asset("share.png"));

    // A refusal is an answer too, and its card can be looked at.
    let cancelled = run(&folder, &[&arguments[..], &["--person", "cancel"]].concat(), "", &[]);
    let answer = "{\"fail\":{\"errMsg\":\"shareAppMessage:fail cancel\",\"errNo\":10502}}\n";
    assert_eq!((cancelled.status.code(), text(&cancelled.stdout)), (Some(0), answer.to_owned()));
    assert!(text(&cancelled.stderr).contains("<request>: error: 10502 cancel"), "{}", text(&cancelled.stderr));

    // From standard input, files are looked for in this folder.
    let request = r#"{"imageUrl": "none.png"}"#;
    let output = run(&folder, &["card", "douyin", "shareAppMessage", "--request", "-", "-o", "a.png"], request, &[]);
    assert!(text(&output.stdout).contains("\"errNo\":21103"), "{}", text(&output.stdout));
    assert!(folder.0.join("a.png").exists());
    let request = r#"{"channel": "video", "extra": {"videoPath": "/share.png"}}"#;
    let output = run(&folder, &["card", "douyin", "shareAppMessage", "--request", "-", "--client", "20.0"], request, &[]);
    assert!(text(&output.stdout).contains("success"), "{}", text(&output.stdout));
}

#[test]
fn videos_are_measured() {
    let folder = Folder::new("video");
    let mut header = vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    header.extend(1_000_u32.to_be_bytes());
    header.extend(1_500_u32.to_be_bytes());
    let boxed = |kind: &[u8; 4], content: &[u8]| [&(content.len() as u32 + 8).to_be_bytes()[..], &kind[..], content].concat();
    let video = [boxed(b"ftyp", b"isomisom"), boxed(b"moov", &boxed(b"mvhd", &header))].concat();
    folder.write("a.mp4", video);
    let request = r#"{"channel": "video", "extra": {"videoPath": "a.mp4"}}"#;
    let output = run(&folder, &["card", "douyin", "shareAppMessage", "--request", "-"], request, &[]);
    assert!(text(&output.stdout).contains("\"errNo\":21105"), "{}", text(&output.stdout));
}

#[test]
fn weights_are_kept_and_reported() {
    let folder = Folder::new("weight");
    // Noise, which nothing makes small.
    let mut state = 1_u32;
    let noise = image::RgbImage::from_fn(300, 300, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    noise.save(folder.0.join("noise.png")).unwrap();
    let web = r#"{"type": "webPage", "channelType": ["wx"],
        "content": {"title": "a", "description": "b", "webpageUrl": "https://example.com", "thumbImage": "noise.png"}}"#;
    for (request, platform, call, most) in
        [(web, "wps", "shareMessage", 32 * 1024), (r#"{"imageUrl": "noise.png"}"#, "wechat", "onShareAppMessage", 128 * 1024)]
    {
        for name in ["sent.jpg", "sent.png", "sent.webp"] {
            let arguments = ["card", platform, call, "--request", "-", "-o", "card.png", "--image", name];
            let output = run(&folder, &arguments, request, &[]);
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
            let sent = std::fs::read(folder.0.join(name)).unwrap();
            assert!(sent.len() <= most, "{name}: {} bytes", sent.len());
            let said = format!("{} bytes", sent.len());
            assert!(text(&output.stderr).contains(&said), "{}", text(&output.stderr));
            assert!(text(&output.stderr).contains("is sent as a"), "{}", text(&output.stderr));
        }
    }
}

#[test]
fn calls_without_a_message_have_no_card() {
    let folder = Folder::new("menu");
    let output = run(&folder, &["card", "wechat", "showShareMenu", "--request", "-", "-o", "card.png"], "{}", &[]);
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(0), "{\"success\":{\"errMsg\":\"showShareMenu:ok\"}}\n".into())
    );
    assert!(text(&output.stderr).contains("there is no card to draw") && !folder.0.join("card.png").exists());
}

#[test]
fn mistakes_are_told_with_what_was_meant() {
    let folder = Folder::new("mistakes");
    let cases: [(&[&str], &str, i32, &str); 9] = [
        (&["card", "wechta", "onShareAppMessage", "--request", "-"], "{}", 2, "did you mean 'wechat'?"),
        (&["card", "wps", "shareMesage", "--request", "-"], "{}", 2, "did you mean 'shareMessage'?"),
        (&["card", "wps", "shareMessage", "--request", "-", "--person", "maybe"], "{}", 2, "accept, cancel or no-app"),
        (&["card", "wps", "shareMessage", "--request", "-", "--client", "new"], "{}", 2, "such as 40.3.0"),
        (&["card", "wps", "shareMessage", "--request", "-", "-o", "-"], "{}", 2, "standard output is for the answer"),
        (&["card", "wps", "shareMessage", "--request", "none.json"], "", 1, "none.json: cannot be read"),
        (&["card", "wps", "shareMessage", "--request", "-"], "{\n  a", 1, "<request>:2:3: expected JSON"),
        (&["share-image", "top-tree"], "", 2, "did you mean 'top-three'?"),
        (&["share-image", "invite", "--size", "3:4"], "", 2, "5:4, 1:1 or 1200x630"),
    ];
    for (arguments, input, status, said) in cases {
        let output = run(&folder, arguments, input, &[]);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(said), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn share_images_are_drawn_from_friend_data() {
    let folder = Folder::new("image");
    let output = run(&folder, &["share-image", "top-three"], "", &[]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert_eq!(image::image_dimensions(folder.0.join("top-three.png")).unwrap(), (500, 400));
    let data =
        r#"{"data": [{"openid": "a", "nickname": "Ann", "KVDataList": [{"key": "score", "value": "9007199254740993"}]}]}"#;
    let arguments = ["share-image", "beat-my-score", "--data", "-", "--self", "a", "--size", "1200x630", "-o", "a.jpg"];
    let output = run(&folder, &arguments, data, &[]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert_eq!(image::image_dimensions(folder.0.join("a.jpg")).unwrap(), (1200, 630));
}

#[test]
fn share_info_is_decrypted_and_the_key_never_echoed() {
    let folder = Folder::new("info");
    let vector = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/wechat-encrypted-data.json"));
    let vector: serde_json::Value = serde_json::from_str(&vector.unwrap()).unwrap();
    let field = |names: [&str; 2]| names.iter().find_map(|name| vector[*name].as_str()).unwrap().to_owned();
    let key = field(["sessionKey", "session_key"]);
    let (app, iv, data) = (field(["appid", "appId"]), field(["iv", "iv"]), field(["encryptedData", "encrypted_data"]));
    let input = serde_json::json!({"encryptedData": data, "iv": iv}).to_string();
    folder.write("key.txt", format!("{key}\n"));
    let by_file = run(&folder, &["share-info", "--app-id", &app, "--session-key", "key.txt"], &input, &[]);
    let by_environment = run(&folder, &["share-info", "--app-id", &app], &input, &[("FRIENDBOARD_SESSION_KEY", &key)]);
    assert_eq!(by_file.stdout, by_environment.stdout);
    let plain: serde_json::Value = serde_json::from_slice(&by_file.stdout).unwrap();
    assert_eq!(plain["watermark"]["appid"], app.as_str());

    let other = "AAAAAAAAAAAAAAAAAAAAAA==";
    let cases: [(&[&str], &str, &[(&str, &str)], i32, &str); 7] = [
        (&["--app-id", "wxother"], &input, &[("FRIENDBOARD_SESSION_KEY", &key)], 1, "wrong app"),
        (&["--app-id", &app], &input, &[("FRIENDBOARD_SESSION_KEY", other)], 1, "wrong session key"),
        (&["--app-id", &app], &input, &[("FRIENDBOARD_SESSION_KEY", "tiih")], 1, "base64 of 16 bytes"),
        (&["--app-id", &app], &input, &[], 2, "FRIENDBOARD_SESSION_KEY"),
        // The key in place of its file.
        (&["--app-id", &app, "--session-key", &key], &input, &[], 1, "it names a file"),
        (&["--app-id", &app, "--session-key", "key.txt"], "{}", &[], 1, "encryptedData"),
        (&["--app-id", &app, "--session-key", "key.txt"], "", &[], 1, "getShareInfo"),
    ];
    for (arguments, input, environment, status, said) in cases {
        let output = run(&folder, &[&["share-info"], arguments].concat(), input, environment);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{error}");
        assert!(error.contains(said), "{error}");
        assert!(!error.contains(&key) && output.stdout.is_empty(), "the key is echoed: {error}");
    }
}
