//! `friendboard batch`, from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::{Folder, friendboard};

/// How many lines the long test has; `FRIENDBOARD_BATCH=100000` is the figure that the service is held to.
fn many() -> usize {
    std::env::var("FRIENDBOARD_BATCH").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

struct Ran {
    status: Option<i32>,
    results: Vec<Value>,
    errors: String,
}

fn batch(arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    command.arg("batch").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_owned());
    let feeder = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let results = String::from_utf8(output.stdout).unwrap();
    Ran {
        status: output.status.code(),
        results: results
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect(),
        errors: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Requests for small boards, one in a hundred of which is bad.
fn requests(count: usize) -> String {
    let line = |index: usize| match index % 100 {
        57 => format!(r#"{{"id": {index}, "board": "surpass", "widht": 1}}"#),
        _ => format!(
            r#"{{"id": {index}, "board": "surpass", "width": 120, "height": 40, "selfOpenid": "b", "data": [{{"openid": "a", "nickname": "A{index}", "score": {index}}}, {{"openid": "b", "nickname": "B", "score": 1}}]}}"#
        ),
    };
    (0..count).map(|index| line(index) + "\n").collect()
}

#[test]
fn every_good_line_is_a_picture_and_every_bad_one_is_named() {
    let (folder, count) = (Folder::new("batch"), many());
    let (out, input) = (folder.0.join("out"), requests(count));
    let out = out.to_str().unwrap();
    let first = batch(&["--out", out], &input);
    assert_eq!(first.status, Some(3), "{}", first.errors);
    assert_eq!(first.results.len(), count);
    let ids: BTreeSet<u64> = first.results.iter().map(|result| result["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), count, "each once");
    let mut sample = None;
    for result in &first.results {
        let index = result["id"].as_u64().unwrap() as usize;
        assert_eq!(result["line"], index + 1);
        if index % 100 == 57 {
            assert!(result["error"].as_str().unwrap().contains("did you mean `width`?"), "{result}");
            continue;
        }
        let bytes = std::fs::read(result["path"].as_str().unwrap()).unwrap();
        assert_eq!((result["bytes"].as_u64().unwrap() as usize, &result["drawn"]), (bytes.len(), &json!(true)));
        assert!(bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xAEB`\x82"));
        if index == 7 {
            sample = Some(bytes);
        }
    }
    // The bytes are those of the command line.
    let data = folder
        .write("data.json", r#"[{"openid": "a", "nickname": "A7", "score": 7}, {"openid": "b", "nickname": "B", "score": 1}]"#);
    let single = folder.0.join("single.png");
    friendboard(&[
        "render",
        "--board",
        "surpass",
        "--size",
        "120x40",
        "--self",
        "b",
        "--data",
        &data,
        "-o",
        single.to_str().unwrap(),
    ]);
    assert!(sample.unwrap() == std::fs::read(&single).unwrap(), "differs from the command line's");

    let again = batch(&["--out", out, "--ordered"], &input);
    assert!(again.results.iter().all(|result| result["drawn"] != json!(true)), "drawn again");
    assert!(again.results.iter().enumerate().all(|(index, result)| result["id"] == index), "in the order of the lines");
    assert!(
        again.errors.contains(&format!("0 drawn, {} there already, {} failed", count - count / 100, count / 100)),
        "{}",
        again.errors
    );
    // Nothing lies beside the pictures.
    assert_eq!(std::fs::read_dir(out).unwrap().count(), count - count / 100);
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let folder = Folder::new("killed");
    let (out, input) = (folder.0.join("out"), folder.write("requests.ndjson", requests(600)));
    let out = out.to_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    command.args(["batch", &input, "--out", out]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // Whole ones: beside them lie those that are being written.
    let is_whole = |entry: &std::fs::DirEntry| !entry.file_name().to_string_lossy().contains(".tmp");
    while std::fs::read_dir(out).map_or(0, |entries| entries.flatten().filter(is_whole).count()) < 60 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let rest = batch(&[&input, "--out", out], "");
    assert_eq!((rest.status, rest.results.len()), (Some(3), 600));
    let there = rest.results.iter().filter(|result| result["drawn"] == json!(false)).count();
    assert!((60..594).contains(&there), "{there} were there already");
    let names: BTreeMap<String, usize> =
        rest.results.iter().filter_map(|result| result["path"].as_str()).fold(BTreeMap::new(), |mut names, path| {
            *names.entry(path.to_owned()).or_default() += 1;
            names
        });
    assert_eq!(names.len(), 594);
    for path in names.keys() {
        assert!(std::fs::read(path).unwrap().ends_with(b"IEND\xAEB`\x82"), "{path} is not whole");
    }
}

#[test]
fn lines_may_be_of_any_kind_and_go_wherever_the_output_is() {
    let folder = Folder::new("kinds");
    let (out, assets) = (folder.0.join("objects"), format!("{}/assets/example", env!("CARGO_MANIFEST_DIR")));
    let lines = [
        r#"{"id": "board", "name": "a/board", "width": 40, "height": 40, "data": [{"openid": "a", "nickname": "n", "avatarUrl": "avatars/fox.png", "score": 1}]}"#,
        r#"{"id": "image", "name": "image.webp", "shareImage": "invite", "request": {"game": {"title": "x"}}, "options": {"size": "1:1"}}"#,
        r#"{"id": "card", "name": "card", "format": "jpg", "card": "wechat/onShareAppMessage", "request": {"title": "x"}}"#,
        r#"{"id": "fails", "card": "wps/shareMessage", "request": {}, "options": {"person": "cancel"}}"#,
        r#"{"id": "up", "name": "../up", "width": 1, "height": 1}"#,
        r#"{"id": "large", "width": 1e6, "height": 1e6}"#,
        "nonsense",
        "\u{0}",
    ];
    let long = format!(r#"{{"id": "long", "x": "{}"}}"#, "x".repeat(2 << 20));
    let input = format!("{}\n\n{long}\n{}", lines[..6].join("\n"), lines[6..].join("\n"));
    let url = format!("file://{}", out.display());
    let ran = batch(&["--out", &url, "--assets", &assets, "--ordered"], &input);
    assert_eq!((ran.status, ran.results.len()), (Some(3), 9), "{}", ran.errors);
    let error = |index: usize| ran.results[index]["error"].as_str().unwrap_or_default().to_owned();
    for (index, magic) in [(0, &b"\x89PNG"[..]), (1, b"RIFF"), (2, b"\xFF\xD8")] {
        let result = &ran.results[index];
        let path = format!("/{}", result["path"].as_str().unwrap().trim_start_matches('/'));
        assert!(path.ends_with(["a/board.png", "image.webp", "card.jpg"][index]), "{result}");
        assert!(std::fs::read(&path).unwrap().starts_with(magic), "{result}");
    }
    for (index, said) in
        [(3, "there is no card to draw"), (4, "below the output"), (5, "canvas_side"), (6, "bytes of a line"), (7, "expected")]
    {
        assert!(error(index).contains(said), "{said}: {}", ran.results[index]);
    }
    assert_eq!((&ran.results[6]["line"], &ran.results[6]["id"]), (&json!(8), &Value::Null));
    assert!(!folder.0.join("up.png").exists());

    for (arguments, said) in [
        (&["--out", "ftp://a/b"][..], "s3://"),
        (&["--out", "/dev/null/x"], "can't be made"),
        (&["/none.ndjson", "--out", folder.path()], "can't be read"),
        (&["--out", folder.path(), "--format", "bmp"], ".bmp"),
    ] {
        let ran = batch(arguments, "");
        assert!(ran.status != Some(0) && ran.errors.contains(said), "{arguments:?}: {}", ran.errors);
    }
}
