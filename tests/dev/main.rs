//! The workshop's server: what it gives, and to whom; and commands that are done again with `--watch`. The page itself is
//! tried in a browser by `src/host/runtime/test`.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use friendboard::Limits;
use friendboard::json::Value;

const BOARD: &str = r#"<view class="board">
  <text id="top" class="title" style="marginTop: 4" value="{{ friends[0].nickname if state == 'ready' else '' }}"/>
</view>"#;
const STYLE: &str = r##"{
  "board": { "width": "100%", "height": "100%", "backgroundColor": "#ffffff", "padding": 10 },
  "title": { "fontSize": 20, "color": "#114488" }
}"##;
const FRIENDS: &str =
    r#"{"data": [{"openid": "a", "nickname": "Ann", "avatarUrl": "", "KVDataList": [{"key": "score", "value": "7"}]}]}"#;

/// A folder with a board; it goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("friendboard-dev-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in [("board.xml", BOARD), ("board.json", STYLE), ("friends.json", FRIENDS)] {
            fs::write(folder.join(file), text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The workshop of a folder.
struct Workshop {
    _process: Running,
    address: String,
    token: String,
}

impl Workshop {
    fn of(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
        command.arg("dev").arg(folder).env_remove("VISUAL").env_remove("CI").env("FRIENDBOARD_EDITOR", "true");
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().rsplit(' ').next().unwrap();
        let (address, token) = url.strip_prefix("http://").unwrap_or_else(|| panic!("{line}")).split_once('/').unwrap();
        let (address, token) = (address.to_owned(), token.trim_end_matches('/').to_owned());
        Self { _process: Running(process), address, token }
    }

    fn ask(&self, request: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.replace("TOKEN", &self.token).replace("ADDRESS", &self.address).as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.ask(&format!("GET /TOKEN/{path} HTTP/1.1\r\nHost: ADDRESS\r\n\r\n"))
    }

    fn json(&self, path: &str) -> Value {
        let (status, body) = self.get(path);
        let text = String::from_utf8(body).unwrap();
        assert_eq!(status, 200, "{path}: {text}");
        Value::from_json(&text, &Limits::default()).unwrap()
    }

    fn post(&self, path: &str, body: &str) -> (u16, String) {
        let length = body.len();
        let head = format!(
            "POST /TOKEN/{path} HTTP/1.1\r\nHost: ADDRESS\r\nContent-Type: application/json\r\nOrigin: http://ADDRESS\r\n"
        );
        let (status, answer) = self.ask(&format!("{head}Content-Length: {length}\r\n\r\n{body}"));
        (status, String::from_utf8(answer).unwrap())
    }

    /// Waits until nothing more happens in the first frame by itself: what is looked at after a save is as it was then.
    fn rest(&self) {
        let begun = Instant::now();
        let mut before = None;
        loop {
            let now = Some((self.get("frame/1/log").1, self.get("frame/1/pixels").1));
            if now == before {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "the frame never comes to rest");
            before = now;
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    fn done(&self, path: &str, body: &str) -> Value {
        let (status, answer) = self.post(path, body);
        assert_eq!(status, 200, "{path}: {answer}");
        Value::from_json(&answer, &Limits::default()).unwrap()
    }

    /// The first frame, once it is as it should be.
    fn frame(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + Duration::from_secs(50);
        loop {
            let frame = self.json("state.json").get("panes").unwrap().as_list().unwrap()[0].clone();
            if is_so(&frame) {
                return frame;
            }
            assert!(Instant::now() < end, "{}", frame.to_pretty_json());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_text).unwrap_or_else(|| panic!("{name}: {}", value.to_pretty_json()))
}

#[test]
fn the_workshop_answers_its_page() {
    let folder = Folder::new("answers");
    let workshop = Workshop::of(&folder.0);
    assert!(workshop.address.starts_with("127.0.0.1:"));

    // The page is of this server alone, and small.
    let page = String::from_utf8(workshop.get("").1).unwrap();
    assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
    let mut size = page.len();
    for file in ["page.css", "page.js", "frames.js", "panels.js", "names.js"] {
        let (status, body) = workshop.get(file);
        assert_eq!(status, 200, "{file}");
        size += body.len();
    }
    assert!(size < 300_000, "{size} bytes");

    let frame = workshop.frame(|frame| text(frame, "state") == "ready");
    assert_eq!(text(frame.get("look").unwrap(), "board"), "board.xml");
    let (_, pixels) = workshop.get("frame/1/pixels");
    assert_eq!(pixels[..8], [208, 2, 0, 0, 56, 4, 0, 0]);
    assert_eq!(pixels.len(), 8 + 720 * 1080 * 4);
    let png = image::load_from_memory(&workshop.get("frame/1/picture.png").1).unwrap();
    assert_eq!(png.to_rgba8().into_raw(), pixels[8..]);

    // The inspector names the lines.
    let node = workshop.json("frame/1/inspect?x=40&y=50");
    assert_eq!(text(&node, "name"), "text#top.title");
    assert_eq!(text(&node, "shows"), "Ann");
    assert_eq!(node.get("place").unwrap().to_json(), r#"{"column":3,"document":"board.xml","line":2}"#);
    let declared: Vec<String> = node
        .get("declared")
        .unwrap()
        .as_list()
        .unwrap()
        .iter()
        .map(|one| {
            let place = one.get("place").unwrap();
            format!(
                "{} {} {} {}:{}",
                text(one, "from"),
                text(one, "property"),
                text(one, "value"),
                text(place, "document"),
                place.get("line").unwrap()
            )
        })
        .collect();
    assert_eq!(
        declared,
        [".title fontSize 20 board.json:3", ".title color #114488 board.json:3", "style marginTop 4 board.xml:2"]
    );
    let margin: Vec<f64> =
        node.get("margin").unwrap().as_list().unwrap().iter().map(|side| side.as_number().unwrap().to_f64()).collect();
    assert_eq!(margin, [0.0, 4.0, 0.0, 0.0]);
    let commands = workshop.json("frame/1/commands").as_list().unwrap().len();
    assert!(commands >= 2);
    let (_, none) = workshop.get("frame/1/commands/pixels?count=0");
    assert!(none[8..].iter().all(|&byte| byte == 0));
    assert_eq!(workshop.get(&format!("frame/1/commands/pixels?count={commands}")).1, pixels);
}

#[test]
fn nobody_else_is_answered_and_nothing_is_reached_outside_of_the_folder() {
    let folder = Folder::new("nobody");
    let outside = Folder::new("outside");
    fs::write(outside.0.join("secret.json"), "{\"color\": 1}").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.0.join("board.xml"), folder.0.join("linked.xml")).unwrap();
    let workshop = Workshop::of(&folder.0);
    workshop.frame(|frame| text(frame, "state") == "ready");
    let pixels = workshop.get("frame/1/pixels").1;

    // Who does not know the secret, and pages of elsewhere, get nothing.
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: ADDRESS\r\n\r\n", 404),
        ("GET /TOKENx/ HTTP/1.1\r\nHost: ADDRESS\r\n\r\n", 404),
        ("GET /TOKEN/state.json HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
        ("GET /TOKEN/state.json HTTP/1.1\r\n\r\n", 403),
        ("GET /TOKEN/events HTTP/1.1\r\nHost: ADDRESS\r\nOrigin: http://evil.example\r\n\r\n", 403),
        (
            "POST /TOKEN/start-over HTTP/1.1\r\nHost: ADDRESS\r\nOrigin: null\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            403,
        ),
        ("POST /TOKEN/start-over HTTP/1.1\r\nHost: ADDRESS\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 400),
        ("DELETE /TOKEN/ HTTP/1.1\r\nHost: ADDRESS\r\n\r\n", 405),
        ("nonsense\r\n\r\n", 400),
    ] {
        assert_eq!(workshop.ask(request).0, status, "{request}");
    }

    // Nothing outside of the folder is read, opened or written.
    for path in [
        "../Cargo.toml",
        "frame/1/../../state.json",
        "frame/9/pixels",
        "frame/-1/pixels",
        "frame/1/other",
        "board.xml",
        "%2e%2e/x",
    ] {
        assert!([400, 404].contains(&workshop.get(path).0), "{path}");
    }
    let secret = outside.0.join("secret.json").display().to_string();
    let up = format!("../{}/secret.json", outside.0.file_name().unwrap().to_string_lossy());
    for name in [secret.as_str(), up.as_str(), "linked.xml", "/etc/passwd", "", "board.xml/../board.xml"] {
        let name = Value::from(name).to_json();
        for (path, body) in [
            ("open", format!(r#"{{"document": {name}, "line": 1}}"#)),
            ("friends", format!(r#"{{"file": {name}}}"#)),
            ("set", format!(r#"{{"frame": 1, "look": {{"theme": {name}}}}}"#)),
            ("set", format!(r#"{{"frame": 1, "look": {{"locale": {name}}}}}"#)),
            ("set", format!(r#"{{"frame": 1, "look": {{"board": {name}}}}}"#)),
        ] {
            let (status, said) = workshop.post(path, &body);
            assert_eq!(status, 400, "{path} {body}: {said}");
        }
    }
    refused_names(&workshop);
    assert_eq!(fs::read_to_string(folder.0.join("friends.json")).unwrap(), FRIENDS);
    for (path, body) in [
        ("set", r#"{"frame": 1, "look": {"width": 1e9}}"#),
        ("set", r#"{"frame": 1, "look": {"dpr": -1}}"#),
        ("set", r#"{"frame": 7, "look": {}}"#),
        ("step", r#"{"step": {"mesage": 1}}"#),
        ("step", r#"{"step": 1}"#),
        ("trouble", r#"{"latency": {"image": -1}, "faults": {}}"#),
        ("remove", r#"{"frame": 1}"#),
        ("friends", r#"{"people": "all"}"#),
        ("add", "no JSON"),
    ] {
        let (status, said) = workshop.post(path, body);
        assert!(status == 400 && said.contains("error"), "{path} {body}: {status} {said}");
    }
    assert!(
        workshop
            .done("open", r#"{"document": "board.json", "line": 3, "column": 5}"#)
            .get("opened")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    assert_eq!(workshop.get("frame/1/pixels").1, pixels, "what was refused changed nothing");
}

/// Sessions and cases are written under names of the folder's own alone.
fn refused_names(workshop: &Workshop) {
    for name in ["../out", "/tmp/out", "a/b", "", ".hidden", "friends", "friends.json", "x\\y", "nul\0"] {
        for path in ["save", "golden"] {
            let body = format!(r#"{{"frame": 1, "name": {}}}"#, Value::from(name).to_json());
            if path == "golden" && name.starts_with("friends") {
                continue;
            }
            assert_eq!(workshop.post(path, &body).0, 400, "{path} {name:?}");
        }
    }
}

#[test]
fn saves_are_drawn_and_what_was_done_is_kept() {
    let folder = Folder::new("saves");
    let workshop = Workshop::of(&folder.0);
    workshop.frame(|frame| text(frame, "state") == "ready");
    let before = workshop.get("frame/1/pixels").1;
    fs::write(folder.0.join("board.json"), STYLE.replace("#ffffff", "#eeeeff")).unwrap();
    workshop.frame(|frame| frame.get("saved").is_some_and(|saved| saved.get("file").is_some()));
    let after = workshop.get("frame/1/pixels").1;
    assert_ne!(after, before);

    // What can't be shown is said with its place, and the last picture stays.
    fs::write(folder.0.join("board.xml"), BOARD.replace("</view>", "</vieww>")).unwrap();
    let broken = workshop.frame(|frame| frame.get("isBroken").and_then(Value::as_bool) == Some(true));
    let found = &broken.get("diagnostics").unwrap().as_list().unwrap()[0];
    assert_eq!((text(found, "document"), found.get("line").unwrap().as_integer()), ("board.xml", Some(3)));
    assert_eq!(workshop.get("frame/1/pixels").1, after);
    fs::write(folder.0.join("board.xml"), BOARD).unwrap();
    workshop.frame(|frame| frame.get("isBroken").and_then(Value::as_bool) == Some(false));

    // Other friends, a message, other frames.
    workshop.done("friends", r#"{"people": [{"openid": "b", "nickname": "Bo", "avatarUrl": "", "score": "9"}]}"#);
    assert_eq!(text(&workshop.json("frame/1/inspect?x=40&y=50"), "shows"), "Bo");
    workshop.done("step", r#"{"step": {"message": {"type": "hide"}}}"#);
    workshop.frame(|frame| text(frame, "state") == "hidden");
    workshop.done("step", r#"{"frame": 1, "step": {"message": "show"}}"#);
    workshop.frame(|frame| text(frame, "state") == "ready");
    let added = workshop.done("add", r#"{"frame": 1, "look": {"width": 200, "height": 100, "dpr": 1, "theme": "dark"}}"#);
    let second = added.get("frame").unwrap().as_integer().unwrap();
    assert_eq!(workshop.get(&format!("frame/{second}/pixels")).1.len(), 8 + 200 * 100 * 4);

    // What was done is a script that comes to the same bytes.
    workshop.rest();
    let saved = workshop.done("save", r#"{"frame": 1, "name": "done"}"#);
    assert_eq!(saved.get("isSame").unwrap().as_bool(), Some(true), "{saved}");
    let picture = workshop.get("frame/1/picture.png").1;
    let out = folder.0.join("run");
    let played = Command::new(env!("CARGO_BIN_EXE_friendboard"))
        .args(["play", "--offline", "--out"])
        .arg(&out)
        .arg(folder.0.join("done.json"))
        .output()
        .unwrap();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    assert!(fs::read(out.join("end.png")).unwrap() == picture);
    let log = String::from_utf8(workshop.get("frame/1/log").1).unwrap();
    assert_eq!(fs::read_to_string(out.join("events.ndjson")).unwrap(), log);
    let case = workshop.done("golden", r#"{"frame": 1, "name": "done"}"#);
    assert_eq!(case.get("isSame").unwrap().as_bool(), Some(true), "{case}");
    let checked =
        Command::new(env!("CARGO_BIN_EXE_friendboard")).args(["golden", "run"]).current_dir(&folder.0).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    workshop.done("remove", &format!(r#"{{"frame": {second}}}"#));
}

#[test]
fn a_folder_is_read_for_what_it_has() {
    let folder = Folder::new("exported");
    let export = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(["boards", "--export", "podium"]).arg(&folder.0).output();
    assert!(export.unwrap().status.success());
    let workshop = Workshop::of(&folder.0);
    let state = workshop.json("state.json");
    let own = |name: &str| {
        let names = state.get(name).unwrap().as_list().unwrap().iter().map(|name| name.as_text().unwrap());
        names.filter(|name| name.contains('.')).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(own("boards"), "board.xml podium.xml");
    assert_eq!(own("themes"), "podium.theme.json");
    assert_eq!(own("locales"), "podium.strings.json");
    assert_eq!(own("dataFiles"), "friends.json");
}

#[test]
fn a_command_is_done_again_when_its_files_change() {
    let folder = Folder::new("watch");
    let program = || Command::new(env!("CARGO_BIN_EXE_friendboard"));
    let mut command = program();
    command.current_dir(&folder.0).args([
        "render",
        "--template",
        "board.xml",
        "--style",
        "board.json",
        "--data",
        "friends.json",
    ]);
    command.args(["--size", "80x40", "--watch", "--show", "-o", "board.png"]).env("COLUMNS", "8");
    for name in ["KITTY_WINDOW_ID", "TERM_PROGRAM", "LC_TERMINAL", "TERM"] {
        command.env_remove(name);
    }
    let mut running = Running(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap());
    let mut said = BufReader::new(running.0.stderr.take().unwrap());
    let mut until = |wanted: &str| {
        let mut all = String::new();
        while !all.lines().last().is_some_and(|line| line.contains(wanted)) {
            assert!(said.read_line(&mut all).unwrap() > 0, "{wanted}: {all}");
        }
        all
    };
    let first = until("watching");
    assert!(first.contains("done in ") && first.contains("watching 3 files, Ctrl-C ends it"), "{first}");
    assert!(first.contains('▀'), "{first}");
    let before = fs::read(folder.0.join("board.png")).unwrap();
    fs::write(folder.0.join("board.json"), STYLE.replace("#ffffff", "#ff0000")).unwrap();
    until("board.json changed: done in ");
    assert_ne!(fs::read(folder.0.join("board.png")).unwrap(), before);
    fs::write(folder.0.join("board.xml"), "<view>").unwrap();
    assert!(until("board.xml changed: failed in ").contains("error: board.xml:1:"));
    fs::write(folder.0.join("board.xml"), BOARD).unwrap();
    until("board.xml changed: done in ");
    drop(running);

    let nothing = program().current_dir(&folder.0).args(["render", "--watch", "-o", "a.png"]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("files were expected"));
    let piped = program()
        .current_dir(&folder.0)
        .args(["render", "--watch", "--data", "-", "-o", "a.png"])
        .stdin(Stdio::null())
        .output();
    assert!(!piped.unwrap().status.success());
}
