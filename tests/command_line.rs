//! The command line as a user meets it: what it prints, what it writes, and how it ends on input that is out to harm it.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/folder.rs"]
mod folder;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use folder::Folder;

/// Runs the program in a folder; fails where it takes longer than a hang would be.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_friendboard"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Read as it comes: what fills a pipe would wait for a reader, and look as if it hung.
    let (output, errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |mut from: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes).unwrap();
            bytes
        })
    };
    let (stdout, stderr) = (read(Box::new(output)), read(Box::new(errors)));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A run that must end by itself: with a picture, or with one line that says what is wrong.
fn survives(folder: &Folder, arguments: &[&str]) -> Output {
    let output = run(&folder.0, arguments);
    let said = text(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?} ended with {}: {said}", output.status);
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    if !output.status.success() {
        assert!(said.contains("error"), "{arguments:?} failed without a word: {said}");
    }
    output
}

#[test]
fn without_arguments_the_example_is_drawn() {
    let folder = Folder::new("example");
    let output = run(&folder.0, &["render"]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(said.starts_with("leaderboard.png: 800×800 px"), "{said}");
    assert!(said.contains("17 friends, 7 drawn, 0 dropped"), "{said}");
    for stage in ["template", "friends", "layout", "raster", "encode"] {
        assert!(said.contains(stage), "{said}");
    }
    let picture = image::open(folder.0.join("leaderboard.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (800, 800));
}

#[test]
fn every_ending_is_written_and_standard_output_is_png() {
    let folder = Folder::new("endings");
    for name in ["a.png", "a.jpg", "a.webp"] {
        assert!(run(&folder.0, &["render", "--size", "90x120", "-o", name]).status.success());
        assert_eq!(image::open(folder.0.join(name)).unwrap().width(), 90, "{name}");
    }
    assert!(run(&folder.0, &["render", "--size", "90x120", "--dpr", "2", "-o", "a.rgba"]).status.success());
    assert_eq!(std::fs::metadata(folder.0.join("a.rgba")).unwrap().len(), 180 * 240 * 4);
    let output = run(&folder.0, &["render", "--size", "90x120", "-o", "-"]);
    assert!(output.stdout.starts_with(b"\x89PNG"));
    assert!(text(&output.stderr).contains("drawn"));
    let output = run(&folder.0, &["render", "-o", "a.bmp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("png"), "{}", text(&output.stderr));
}

#[test]
fn a_report_in_json_is_for_machines() {
    let folder = Folder::new("report");
    let data = folder.write("data.json", r#"{"data":[{"openid":"a","nickname":"A","avatarUrl":"x.png"},{"openid":7},4]}"#);
    let output = run(&folder.0, &["render", "--data", &data, "--report", "json", "-o", "out.png"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["drawn"].as_u64(), report["dropped"].as_u64()), (Some(1), Some(2)), "{report}");
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert!(diagnostics.iter().any(|found| found["path"] == "data[1].openid"), "{report}");
    assert!(diagnostics.iter().any(|found| found["code"] == "missing-picture"), "{report}");
    assert!(report["milliseconds"]["raster"].is_number(), "{report}");
}

#[test]
fn mistakes_are_told_with_what_was_meant() {
    let folder = Folder::new("mistakes");
    let cases: [(&[&str], i32, &str); 8] = [
        (&["rendr"], 2, "render"),
        (&["render", "--bord", "podium"], 2, "--board"),
        (&["render", "--board", "podum"], 2, "did you mean 'podium'"),
        (&["render", "--theme", "drak"], 2, "did you mean 'dark'"),
        (&["render", "--locale", "tlh"], 2, "zh-CN"),
        (&["render", "--size", "big"], 2, "360x640"),
        (&["render", "--scroll", "lst=0,9"], 2, "list"),
        (&["render", "--data", "nowhere.json"], 1, "nowhere.json"),
    ];
    for (arguments, status, hint) in cases {
        let output = run(&folder.0, arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.contains(hint), "{arguments:?}: {said}");
    }
}

#[test]
fn a_platforms_failure_is_the_boards_state() {
    let folder = Folder::new("states");
    let cases = [
        (r#"{"errMsg":"getFriendCloudStorage:fail system error","errCode":-1}"#, "error"),
        (r#"{"errMsg":"getFriendCloudStorage:fail auth deny","errCode":-12006}"#, "denied"),
        (r#"{"errMsg":"getFriendCloudStorage:ok","data":[]}"#, "empty"),
    ];
    for (json, state) in cases {
        let data = folder.write("data.json", json);
        let output = run(&folder.0, &["render", "--data", &data, "--report", "json", "-o", "out.png"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["state"], state);
    }
}

#[test]
fn boards_are_listed_and_written_out_to_be_changed() {
    let folder = Folder::new("boards");
    let listed = text(&run(&folder.0, &["boards"]).stdout);
    let names = friendboard::template::BOARDS.iter().map(|board| board.name);
    for name in names {
        assert!(listed.lines().any(|line| line.starts_with(name)), "{listed}");
        assert!(run(&folder.0, &["boards", "--export", name, "mine"]).status.success());
        let (template, style) = (format!("mine/{name}.xml"), format!("mine/{name}.json"));
        let (theme, strings) = (format!("mine/{name}.theme.json"), format!("mine/{name}.strings.json"));
        let own = ["render", "--template", &template, "--style", &style, "--theme", &theme, "--locale", &strings];
        let output = run(&folder.0, &[&own[..], &["--size", "360x480", "-o", "own.rgba"]].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(run(&folder.0, &["render", "--board", name, "--size", "360x480", "-o", "built-in.rgba"]).status.success());
        let bytes = |name: &str| std::fs::read(folder.0.join(name)).unwrap();
        assert!(bytes("own.rgba") == bytes("built-in.rgba"), "{name} draws otherwise once it is written out");
    }
    for (misspelt, meant) in [("podum", "podium"), ("invit", "invite")] {
        let output = run(&folder.0, &["boards", "--export", misspelt, "mine"]);
        let said = text(&output.stderr);
        assert!(!output.status.success() && said.contains(&format!("did you mean '{meant}'?")), "{said}");
    }
}

#[test]
fn completions_name_the_options() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish"] {
        let output = run(&folder.0, &["completions", shell]);
        assert!(output.status.success() && text(&output.stdout).contains("without-score"), "{shell}");
    }
}

#[test]
fn hostile_data_is_an_error_or_a_board() {
    let folder = Folder::new("hostile-data");
    let friend = |nickname: &str| {
        format!(
            r#"{{"data":[{{"openid":"a","nickname":"{nickname}","avatarUrl":"","KVDataList":[{{"key":"score","value":"5"}}]}}]}}"#
        )
    };
    let valid = friend("A");
    let mut cases: Vec<(String, Vec<u8>, Option<i32>)> = vec![
        ("empty".into(), Vec::new(), Some(1)),
        ("mistyped".into(), br#"{"data":{"a":[1,2,{"b":null}]},"errMsg":7}"#.to_vec(), None),
        ("nested".into(), "[".repeat(100_000).into_bytes(), Some(1)),
        ("nested and closed".into(), format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(), Some(1)),
        ("not UTF-8".into(), b"{\"data\":[\xFF]}".to_vec(), Some(1)),
        ("too long".into(), vec![b' '; 2 * 1024 * 1024], Some(1)),
        ("markup".into(), friend(r#"\"><view/>{{x}}"#).into_bytes(), Some(0)),
        ("marks".into(), friend(&format!("a{}", "\u{301}".repeat(2_000))).into_bytes(), Some(0)),
        ("many marks".into(), friend(&format!("Z{}", "\u{336}\u{489}".repeat(2_000))).into_bytes(), Some(0)),
        ("overrides".into(), friend(&"\u{202E}evil\u{2066}".repeat(100)).into_bytes(), Some(0)),
        ("lone surrogates".into(), friend(r"\ud83d\ude00 \ud83d x \udc00").into_bytes(), Some(0)),
        ("huge score".into(), valid.replace("\"5\"", &format!("\"{}\"", "9".repeat(3_000))).into_bytes(), Some(0)),
        ("not a number".into(), valid.replace("\"5\"", "\"NaN\"").into_bytes(), Some(0)),
    ];
    for end in (0..valid.len()).step_by(7) {
        cases.push((format!("cut at {end}"), valid.as_bytes()[..end].to_vec(), Some(1)));
    }
    for (name, content, status) in cases {
        let data = folder.write("data.json", content);
        let output = survives(&folder, &["render", "--data", &data, "--size", "200x200", "-o", "out.png"]);
        if let Some(status) = status {
            assert_eq!(output.status.code(), Some(status), "{name}: {}", text(&output.stderr));
        }
    }
}

#[test]
fn hostile_sizes_are_refused() {
    let folder = Folder::new("hostile-sizes");
    for size in ["NaNxNaN", "-5x10", "0x0", "1e30x5", "infx1", "60000x60000", "4097x10", "0.0001x0.0001", "4096x4097"] {
        let output = survives(&folder, &["render", "--size", size, "-o", "out.png"]);
        if size != "0.0001x0.0001" {
            assert!(!output.status.success(), "{size}");
        }
    }
    let over = run(&folder.0, &["render", "--size", "4000x4000", "--dpr", "2", "-o", "out.png"]);
    let said = text(&over.stderr);
    assert!(said.contains("4096 px") && said.contains("8000×8000") && said.contains("Limits::canvas_side"), "{said}");
    for (dpr, status) in [("NaN", 2), ("0", 2), ("-1", 2), ("1e9", 1)] {
        assert_eq!(survives(&folder, &["render", "--dpr", dpr]).status.code(), Some(status), "{dpr}");
    }
}

#[test]
fn a_limit_is_raised_by_the_option_that_its_error_names() {
    let folder = Folder::new("limits");
    let render = |more: &[&str]| {
        let mut arguments = vec!["render", "-o", "out.png"];
        arguments.extend(more);
        survives(&folder, &arguments)
    };
    let over = render(&["--size", "4200x10"]);
    assert!(text(&over.stderr).contains("--limit canvas_side=…, in Rust Limits::canvas_side"), "{}", text(&over.stderr));
    assert!(render(&["--size", "4200x10", "--limit", "canvas_side=4200"]).status.success());
    assert!(render(&["--size", "4200x10", "--limit", "canvas-side=5_000px"]).status.success());
    let lowered = render(&["--limit", "friends=3"]);
    assert!(lowered.status.success());
    assert!(
        text(&lowered.stderr).contains("the first 3 are drawn (raise it with --limit friends=…"),
        "{}",
        text(&lowered.stderr)
    );
    for (limit, said) in [
        ("freinds=3", "did you mean 'friends'?"),
        ("friends=many", "a whole number of friends from 0 to 1,000,000 was expected, found 'many'"),
        ("data_bytes=64MB5", "such as 64MiB or 16k, found '64MB5'"),
        ("canvas_side=1e9", "from 1 to 16,384"),
        ("friends", "NAME=VALUE was expected"),
    ] {
        let output = render(&["--limit", limit]);
        assert_eq!(output.status.code(), Some(2), "{limit}");
        assert!(text(&output.stderr).contains(said), "{limit}: {}", text(&output.stderr));
    }
}

#[test]
fn every_command_that_reads_input_takes_limits() {
    let folder = Folder::new("limits-of-commands");
    let data = folder.write("data.json", r#"[{"openid": "a"}]"#);
    let (xml, json) = (folder.write("b.xml", "<view class=\"a\"/>"), folder.write("b.json", r#"{"a": {"width": 1}}"#));
    let script = folder.write("script.json", r#"{"steps": []}"#);
    let commands: &[&[&str]] = &[
        &["render", "--data", &data, "-o", "o.png"],
        &["layout", "--template", &xml, "--style", &json, "--data", &data],
        &["check", &xml, &json],
        &["play", &script, "--out", "out"],
        &["card", "wechat", "shareAppMessage", "--request", &data],
        &["share-image", "top-three", "--data", &data, "-o", "o.png"],
        &["fonts", "--data", &data],
        &["fonts", "subset", "--data", &data, "-o", "o.ttc"],
    ];
    for command in commands {
        let arguments: Vec<&str> = [command, &["--limit", "data-bytes=1", "--limit", "template_bytes=1"] as &[&str]].concat();
        let output = survives(&folder, &arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(said.contains("over the limit of 1 bytes") && said.contains("--limit "), "{command:?}: {said}");
    }
    let list = run(&folder.0, &["limits"]);
    let list = text(&list.stdout);
    let nodes = list.lines().find(|line| line.contains("template_nodes")).unwrap();
    assert!(nodes.contains(" 20,000 nodes"), "{list}");
}

#[test]
fn hostile_templates_are_an_error_or_a_board() {
    let folder = Folder::new("hostile-templates");
    let style = folder.write("style.json", r#"{"a":{"width":1e300,"height":-5,"fontSize":1e9,"opacity":"NaN","flex":-1}}"#);
    let depth = 100_000;
    let mut bomb = String::from("<!DOCTYPE view [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let _ = write!(bomb, "<!ENTITY a{level} \"&a{0};&a{0};\">", level - 1);
    }
    bomb.push_str("]><view><text value=\"&a29;\"/></view>");
    let cases = [
        ("deep", format!("{}{}", "<view>".repeat(depth / 4), "</view>".repeat(depth / 4)), false),
        ("deeper than its file", "<view>".repeat(depth), false),
        ("entities", bomb, false),
        ("external", "<!DOCTYPE view SYSTEM \"file:///etc/passwd\"><view/>".to_owned(), false),
        ("wide", format!("<view>{}</view>", "<view/>".repeat(20_000)), false),
        ("absurd", "<view class=\"a\"><text class=\"a\" value=\"x\"/></view>".to_owned(), true),
        ("nothing", String::new(), false),
        (
            "loops in loops",
            {
                let open = "<view for=\"a in friends\">".repeat(12);
                format!("<view>{open}{}</view>", "</view>".repeat(12))
            },
            false,
        ),
    ];
    for (name, xml, drawn) in cases {
        let template = folder.write("template.xml", xml);
        let output =
            survives(&folder, &["render", "--template", &template, "--style", &style, "--size", "200x200", "-o", "out.png"]);
        assert_eq!(output.status.success(), drawn, "{name}: {}", text(&output.stderr));
    }
}

#[test]
fn hostile_pictures_become_placeholders() {
    let folder = Folder::new("hostile-pictures");
    // A PNG that claims 60,000 × 60,000 px.
    let mut png = Vec::new();
    image::ImageEncoder::write_image(
        image::codecs::png::PngEncoder::new(&mut png),
        &[0; 4],
        1,
        1,
        image::ExtendedColorType::Rgba8,
    )
    .unwrap();
    png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    folder.write("huge.png", png);
    folder.write("text.png", "no picture");
    folder.write("empty.png", "");
    std::fs::create_dir_all(folder.0.join("folder.png")).unwrap();
    let sources = [
        "huge.png",
        "text.png",
        "empty.png",
        "folder.png",
        "../../../etc/passwd",
        "/etc/passwd",
        "data:,x",
        "file:///etc/passwd",
    ];
    let rows: Vec<String> = sources
        .iter()
        .enumerate()
        .map(|(index, src)| format!(r#"{{"openid":"o{index}","nickname":"N{index}","avatarUrl":"{src}","KVDataList":[]}}"#))
        .collect();
    let data = folder.write("data.json", format!(r#"{{"data":[{}]}}"#, rows.join(",")));
    let arguments = ["render", "--data", &data, "--size", "360x900", "--report", "json", "-o", "out.png"];
    let output = survives(&folder, &arguments);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["drawn"], 8);
    let missing = report["diagnostics"].as_array().unwrap().iter().filter(|found| found["code"] == "missing-picture");
    assert_eq!(missing.count(), 8, "{report}");
    assert!(!report.to_string().contains("root:"), "{report}");
}

#[test]
fn fonts_say_what_draws_what_and_are_cut() {
    let folder = Folder::new("fonts");
    let faces = run(&folder.0, &["fonts", "--text", "A小👨‍👩‍👧\u{12000}"]);
    let said = text(&faces.stdout);
    assert!(faces.status.success());
    assert_eq!(said.lines().count(), 4, "{said}");
    for (line, face) in said.lines().zip(["noto sans 400", "noto sans sc 400", "twemoji mozilla 400", "no face has it"]) {
        assert!(line.contains(face), "{line}");
    }
    let data =
        folder.write("friends.json", r#"[{"openid":"a","nickname":"小明\ud808\udc00"},{"openid":"b","nickname":"Zoë"}]"#);
    let covered = text(&run(&folder.0, &["fonts", "--data", &data]).stdout);
    assert!(covered.starts_with("5 of 6 characters in 2 names are covered"), "{covered}");
    assert!(covered.contains("missing U+12000: in 小明"), "{covered}");
    let json: serde_json::Value =
        serde_json::from_slice(&run(&folder.0, &["fonts", "--data", &data, "--json"]).stdout).unwrap();
    assert_eq!((json["covered"].as_u64(), json["missing"][0]["codePoint"].as_str()), (Some(5), Some("U+12000")));

    let cut = run(&folder.0, &["fonts", "subset", "--data", &data, "-o", "small.ttc"]);
    assert!(cut.status.success(), "{}", text(&cut.stderr));
    let small = folder.0.join("small.ttc");
    assert!(std::fs::metadata(&small).unwrap().len() < 150_000);
    let again = text(&run(&folder.0, &["fonts", "--text", "小Zoë", "--font", "small.ttc", "--no-bundled-fonts"]).stdout);
    assert!(!again.contains("no face") && again.contains("(small.ttc)"), "{again}");
    for wrong in [&["fonts"][..], &["fonts", "--text", "a", "--data", &data], &["fonts", "subset", "-o", "x"]] {
        assert_eq!(run(&folder.0, wrong).status.code(), Some(2), "{wrong:?}");
    }
    let chars = folder.write("none.txt", "\u{12000}");
    let output = run(&folder.0, &["fonts", "subset", "--chars", &chars, "--font", "missing.ttf", "-o", "x.ttf"]);
    assert_eq!(output.status.code(), Some(1));
}
