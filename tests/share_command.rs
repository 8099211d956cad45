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

    // A refusal is an answer too. Nothing was sent: its card is drawn only where that is asked for.
    std::fs::remove_file(folder.0.join("card.png")).unwrap();
    let cancelled = run(&folder, &[&arguments[..], &["--person", "cancel"]].concat(), "", &[]);
    let answer = "{\"fail\":{\"errMsg\":\"shareAppMessage:fail cancel\",\"errNo\":10502}}\n";
    assert_eq!((cancelled.status.code(), text(&cancelled.stdout)), (Some(0), answer.to_owned()));
    assert!(text(&cancelled.stderr).contains("request.json: error: 10502 cancel"), "{}", text(&cancelled.stderr));

    assert!(text(&cancelled.stderr).contains("no card is drawn without --draw-anyway"), "{}", text(&cancelled.stderr));
    assert!(!folder.0.join("card.png").exists());
    let anyway = run(&folder, &[&arguments[..], &["--person", "cancel", "--draw-anyway"]].concat(), "", &[]);
    assert_eq!((anyway.status.code(), text(&anyway.stdout)), (Some(0), answer.to_owned()));
    assert_eq!(image::open(folder.0.join("card.png")).unwrap(), card);

    // From standard input, files are looked for in this folder.
    let request = r#"{"imageUrl": "none.png"}"#;
    let arguments = ["card", "douyin", "shareAppMessage", "--request", "-", "--draw-anyway", "-o", "a.png"];
    let output = run(&folder, &arguments, request, &[]);
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
fn the_card_goes_to_standard_output_and_all_that_is_said_into_one_report() {
    let folder = Folder::new("piped-card");
    let request = r#"{"title": "我跳了 128 层", "imageUrl": "nothing.png", "nonsense": 1}"#;
    folder.write("request.json", request);
    let call = ["card", "douyin", "shareAppMessage", "--request", "request.json", "--draw-anyway"];
    let file = run(&folder, &[&call[..], &["-o", "card.png"]].concat(), "", &[]);
    let piped = run(&folder, &[&call[..], &["-o", "-"]].concat(), "", &[]);
    assert_eq!(piped.stdout, std::fs::read(folder.0.join("card.png")).unwrap(), "{}", text(&piped.stderr));
    assert!(text(&piped.stderr).contains(text(&file.stdout).trim()), "{}", text(&piped.stderr));
    assert!(
        text(&file.stderr).lines().last().unwrap().starts_with("learn more: friendboard explain "),
        "{}",
        text(&file.stderr)
    );
    let report = run(&folder, &[&call[..], &["-o", "card.png", "--report", "json"]].concat(), "", &[]);
    let said: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    assert!(report.stderr.is_empty() && said["cards"][0] == "card.png", "{said}");
    assert_eq!(format!("{}\n", said["answer"]), text(&file.stdout));
    let codes: Vec<&str> =
        said["diagnostics"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"unknown-field"), "{said}");
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
fn a_button_without_a_handler_answers_nothing() {
    let folder = Folder::new("button");
    folder.write("page.json", r#"{"platform": {"wechat": {"menu": {"noHandler": true}}}}"#);
    let arguments = [
        "card",
        "wechat",
        "onShareAppMessage",
        "--request",
        "-",
        "--circumstances",
        "page.json",
        "-o",
        "card.png",
        "--draw-anyway",
    ];
    let output = run(&folder, &arguments, r#"{"from": "button"}"#, &[]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "{}\n".to_owned()));
    let said = text(&output.stderr);
    assert!(said.contains("the button has no effect: the page has no onShareAppMessage"), "{said}");
    assert!(said.contains("there is no card to draw") && !folder.0.join("card.png").exists(), "{said}");
}

#[test]
fn each_channel_has_a_card_of_its_own() {
    let folder = Folder::new("channels");
    let request = r#"{"type": "webPage", "channelType": ["wx", "wx_moments"],
        "content": {"title": "a", "description": "b", "webpageUrl": "https://a.example"}}"#;
    let output = run(&folder, &["card", "wps", "shareMessage", "--request", "-", "-o", "c.png"], request, &[]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "{\"success\":{}}\n".to_owned()));
    let alone = |channel: &str, file: &str| {
        let request = request.replace(r#"["wx", "wx_moments"]"#, &format!(r#"["{channel}"]"#));
        run(&folder, &["card", "wps", "shareMessage", "--request", "-", "-o", file], &request, &[]);
        image::open(folder.0.join(file)).unwrap()
    };
    assert_eq!(image::open(folder.0.join("c.png")).unwrap(), alone("wx", "chat.png"));
    assert_eq!(image::open(folder.0.join("c-2.png")).unwrap(), alone("wx_moments", "moments.png"));
    assert!(!folder.0.join("chat-2.png").exists() && !folder.0.join("moments-2.png").exists());
}

#[test]
fn versions_and_domains_are_told_apart() {
    let folder = Folder::new("versions");
    let ok = "{\"success\":{\"errMsg\":\"shareMessageToFriend:ok\"}}\n";
    let old = "{\"fail\":{\"errMsg\":\"shareMessageToFriend:fail not supported in this version of the base library\"}}\n";
    let main = "{\"fail\":{\"errMsg\":\"shareMessageToFriend:fail not supported in the main domain\"}}\n";
    let cases: [(&[&str], &str); 5] = [
        (&["--client", "2.0"], ok),
        (&["--library", "2.74.0"], ok),
        (&["--library", "2.73.0"], old),
        (&["--domain", "open-data"], ok),
        (&["--domain", "main"], main),
    ];
    for (options, expected) in cases {
        let arguments = [&["card", "douyin", "shareMessageToFriend", "--request", "-"], options].concat();
        let output = run(&folder, &arguments, r#"{"openId": "o1", "templateId": "t1"}"#, &[]);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), expected), "{options:?}");
    }
}

/// One answer of HTTP, at an address of this machine.
fn serve(file: Vec<u8>) -> (String, std::thread::JoinHandle<()>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4_096];
        let _ = std::io::Read::read(&mut stream, &mut request);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", file.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&file));
    });
    (host, thread)
}

#[test]
fn pictures_of_the_network_are_fetched_as_render_does() {
    let folder = Folder::new("network");
    let card = |options: &[&str], host: &str| {
        let request = format!(r#"{{"openid": "o1", "imageUrl": "http://{host}/a.png"}}"#);
        let arguments =
            [&["card", "tiktok", "shareToUser", "--request", "-", "-o", "card.png", "--image", "sent.png"], options].concat();
        run(&folder, &arguments, &request, &[])
    };
    let (host, thread) = serve(asset("share.png"));
    let output = card(&["--allow-host", &host], &host);
    thread.join().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert_eq!(std::fs::read(folder.0.join("sent.png")).unwrap(), asset("share.png"));
    // An address of this machine's own is not reached unless it is allowed; offline, none is.
    for (options, said) in [(&[][..], "--allow-host"), (&["--offline"], "--offline")] {
        let output = card(options, "127.0.0.1:9");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
    let (host, thread) = serve(asset("icon.png"));
    let icon = format!("http://{host}/icon.png");
    let drawn = |options: &[&str]| {
        let arguments = [&["share-image", "invite", "--title", "Cube Jump", "--icon", &icon, "-o", "i.png"], options].concat();
        run(&folder, &arguments, "", &[])
    };
    let output = drawn(&["--allow-host", &host]);
    thread.join().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let output = drawn(&["--offline"]);
    assert!(text(&output.stderr).contains("--offline"), "{}", text(&output.stderr));
}

#[test]
fn mistakes_are_told_with_what_was_meant() {
    let folder = Folder::new("mistakes");
    let cases: [(&[&str], &str, i32, &str); 12] = [
        (&["card", "wechta", "onShareAppMessage", "--request", "-"], "{}", 2, "did you mean 'wechat'?"),
        (&["card", "wps", "shareMesage", "--request", "-"], "{}", 2, "did you mean 'shareMessage'?"),
        (&["card", "wps", "shareMessage", "--request", "-", "--person", "maybe"], "{}", 2, "accept, cancel or no-app"),
        (&["card", "wps", "shareMessage", "--request", "-", "--client", "new"], "{}", 2, "such as 40.3.0"),
        (&["card", "wps", "shareMessage", "--request", "-", "--image", "-"], "{}", 2, "standard output is for the answer"),
        (&["card", "wps", "shareMessage", "--request", "none.json"], "", 1, "none.json: cannot be read"),
        (&["card", "wps", "shareMessage", "--request", "-"], "{\n  a", 1, "<request>:2:3: expected JSON"),
        (&["card", "wps", "shareMessage", "--request", "-", "--library", "new"], "{}", 2, "such as 40.3.0"),
        (&["card", "wps", "shareMessage", "--request", "-", "--domain", "open"], "{}", 2, "main or open-data"),
        (&["card", "tiktok", "shareMessageToFriend", "--request", "-"], "{}", 2, "tiktok has no share call"),
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

/// What a newcomer tries: the request in place of a file, a list of friends alone, an openid that nobody has.
#[test]
fn what_is_plainly_meant_is_taken_or_told() {
    let folder = Folder::new("newcomer");
    let output = run(&folder, &["card", "tiktok", "shareToStory", "--request", "{\"title\": 1}"], "", &[]);
    assert_eq!(text(&output.stdout), "{\"success\":{\"errMsg\":\"shareToStory:ok\"}}\n");
    assert!(text(&output.stderr).starts_with("<request> at title: warning: expected text"), "{}", text(&output.stderr));
    folder.write("bad.json", "hello");
    let output = run(&folder, &["card", "tiktok", "shareToStory", "--request", "bad.json"], "", &[]);
    assert!(text(&output.stderr).starts_with("error: bad.json:1:1: expected JSON"), "{}", text(&output.stderr));
    let output = run(&folder, &["card", "tiktok", "shareToStory", "--request", "{}", "--assets", "nowhere"], "", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--assets: a folder was expected, found none at nowhere"));
    let output = run(&folder, &["card", "wechat", "onShareAppMessage", "--request", "{}", "--image", "s.jpg"], "", &[]);
    assert!(text(&output.stderr).contains("give it with --screenshot FILE"), "{}", text(&output.stderr));
    let friends = r#"[{"openid": "a", "nickname": "Ann", "KVDataList": [{"key": "score", "value": "7"}]}]"#;
    let arguments = ["share-image", "top-three", "--data", "-", "-o", "list.png"];
    let output = run(&folder, &arguments, friends, &[]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    run(&folder, &[&arguments[..5], &["map.png"]].concat(), &format!(r#"{{"data": {friends}}}"#), &[]);
    let drawn = |name: &str| std::fs::read(folder.0.join(name)).unwrap();
    assert_eq!(drawn("list.png"), drawn("map.png"));
    let output = run(&folder, &[&arguments[..], &["--self", "nobody"]].concat(), friends, &[]);
    assert!(text(&output.stderr).contains("nobody in the data has the openid 'nobody'"), "{}", text(&output.stderr));
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

    // What `card` prints goes in as it is; without an app id none is asked for.
    let tickets = serde_json::json!({"platform": {"wechat": {"shareTickets": {"t1": {"encryptedData": data, "iv": iv}}}}});
    folder.write("tickets.json", tickets.to_string());
    let arguments = ["card", "wechat", "getShareInfo", "--request", "-", "--circumstances", "tickets.json"];
    let printed = run(&folder, &arguments, r#"{"shareTicket": "t1"}"#, &[]);
    let piped = run(&folder, &["share-info", "--session-key", "key.txt"], &text(&printed.stdout), &[]);
    assert_eq!((piped.status.code(), &piped.stdout), (Some(0), &by_file.stdout), "{}", text(&piped.stderr));
    let refused = run(&folder, &arguments, r#"{"shareTicket": "t2"}"#, &[]);
    let piped = run(&folder, &["share-info", "--session-key", "key.txt"], &text(&refused.stdout), &[]);
    assert_eq!(piped.status.code(), Some(1));
    assert!(text(&piped.stderr).contains("found a failure: getShareInfo:fail"), "{}", text(&piped.stderr));

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
