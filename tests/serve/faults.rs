//! What strangers send: each is an answer of the 4xx kind, and the process stays as small as it was.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::harness::{Answer, Folder, Served, message, small};

const BOARD: &str = "/v1/boards/podium.png";

/// More than any of these inputs may take, all of them together and whatever allocators keep: bytes.
const GROWTH: u64 = 96 * 1024 * 1024;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn bodies_that_are_too_long_are_refused_and_not_held() {
    let served = Served::start(&[]);
    served.post(BOARD, small("Ann")).png();
    let before = served.memory();
    // A gigabyte that is declared, of which some is sent.
    let head = format!("POST {BOARD} HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n");
    served.raw(&[head.as_bytes(), &vec![b' '; 4 << 20]].concat()).problem(413);
    // Chunks without end: as many as are taken.
    let mut stream = served.connect();
    let head = format!("POST {BOARD} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n", &vec![b' '; 0x10000][..], b"\r\n"].concat();
    let sent = (0..16_384).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    assert!(sent < 2_000, "a gigabyte was read: {sent}");
    Answer::read(&mut stream, false).expect("an answer").problem(413);
    // What grows when it is unpacked.
    let bomb = gzip(&vec![b' '; 256 << 20]);
    assert!(bomb.len() < 1 << 20);
    served.request("POST", BOARD, &[("Content-Encoding", "gzip")], &bomb).problem(413);
    served.request("POST", BOARD, &[("Content-Encoding", "gzip, gzip")], &gzip(&bomb)).problem(415);
    served.request("POST", BOARD, &[("Content-Encoding", "br")], b"x").problem(415);
    served.request("POST", BOARD, &[("Content-Encoding", "gzip")], b"no gzip").problem(400);
    let cut = gzip(small("Ann").as_bytes());
    served.request("POST", BOARD, &[("Content-Encoding", "gzip")], &cut[..cut.len() - 9]).problem(400);
    served.request("POST", BOARD, &[("Content-Encoding", "gzip")], &cut).png();
    served.request("POST", BOARD, &[], b"\xff\xfe").problem(400);
    served.request("POST", BOARD, &[], format!("\u{feff}{}", small("Ann")).as_bytes()).png();
    assert!(served.memory() < before + GROWTH, "{before} {}", served.memory());
}

#[test]
fn documents_that_cost_too_much_are_refused() {
    let served = Served::start(&[]);
    served.post(BOARD, small("Ann")).png();
    let before = served.memory();
    let friends = |count: usize| {
        let rows: Vec<String> =
            (0..count).map(|index| format!(r#"{{"openid":"{index}","nickname":"n{index}","score":{index}}}"#)).collect();
        format!(r#"{{"width": 100, "height": 100, "data": [{}]}}"#, rows.join(","))
    };
    served.post(BOARD, friends(10_000)).png();
    let problem = served.post(BOARD, friends(10_001)).problem(422);
    assert_eq!(problem["diagnostics"][0]["code"], "too-many-friends", "{problem}");
    let members: Vec<String> = (0..10_000).map(|index| format!(r#""n{index}": 1"#)).collect();
    served.post(BOARD, format!("{{{}}}", members.join(","))).problem(422);
    served.post(BOARD, "[".repeat(500_000)).problem(422);
    served
        .post(
            BOARD,
            format!(r#"{{"width": 10, "height": 10, "variables": {}1{}}}"#, r#"{"a":"#.repeat(90_000), "}".repeat(90_000)),
        )
        .problem(422);
    served.post(BOARD, format!(r#"{{"width": {}, "height": 10}}"#, "9".repeat(900_000))).problem(422);
    served.post(BOARD, format!(r#"{{"width": 10, "height": 10, "dpr": {}}}"#, "1e400")).problem(422);
    served.post("/v1/share/wechat/onShareAppMessage", "{".repeat(500_000)).problem(422);
    assert!(served.memory() < before + GROWTH, "{before} {}", served.memory());
}

#[test]
fn heads_that_are_too_long_are_refused() {
    let served = Served::start(&[]);
    let before = served.memory();
    let long = "a".repeat(1 << 20);
    let status = |bytes: String| served.raw(bytes.as_bytes()).status;
    assert_eq!(status(format!("GET /health HTTP/1.1\r\nHost: a\r\nX-Long: {long}\r\n\r\n")), 431);
    let many: String = (0..1_000).map(|index| index.to_string() + ": a\r\n").collect();
    assert_eq!(status(format!("GET /health HTTP/1.1\r\nHost: a\r\n{many}\r\n")), 431);
    assert!(matches!(status(format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n")), 414 | 431));
    assert!(matches!(status(format!("GET /health?{long} HTTP/1.1\r\nHost: a\r\n\r\n")), 414 | 431));
    // Two lengths, or a length and chunks, would let a proxy and the server take different things for the request.
    for smuggled in [
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "Content-Length: x\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "No colon\r\n\r\n",
    ] {
        let found = served.raw(format!("POST {BOARD} HTTP/1.1\r\nHost: a\r\n{smuggled}").as_bytes()).status;
        assert!((400..500).contains(&found), "{smuggled:?}: {found}");
    }
    for nonsense in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\0\r\n\r\n"] {
        let found = served.raw(nonsense.as_bytes()).status;
        assert!((400..500).contains(&found), "{nonsense:?}: {found}");
    }
    assert!(served.memory() < before + GROWTH);
    assert_eq!(served.get("/health").status, 200);
}

#[test]
fn paths_lead_to_nothing_but_what_is_offered() {
    let folder = Folder::new("paths");
    folder.write(
        "assets/fox.png",
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/example/avatars/fox.png")).unwrap(),
    );
    folder.write("boards/mine.xml", "<view/>");
    folder.write("secret.png", std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/example/avatars/cat.png")).unwrap());
    folder.write("secret.xml", "<view/>");
    std::os::unix::fs::symlink(folder.0.join("secret.png"), folder.0.join("assets/link.png")).unwrap();
    let (assets, boards) = (folder.0.join("assets"), folder.0.join("boards"));
    let served = Served::start(&["--assets", assets.to_str().unwrap(), "--templates", boards.to_str().unwrap()]);
    for name in
        ["../secret", "..%2fsecret", "%2e%2e%2fsecret", "..%5csecret", "mine%00", "mine/", "./mine", "%ff", "mine.xml", "MINE"]
    {
        for route in ["boards", "share-images"] {
            let found = served.post(&format!("/v1/{route}/{name}.png"), r#"{"width": 1, "height": 1}"#);
            assert!(matches!(found.status, 400 | 404), "{route}/{name}: {} {}", found.status, found.text());
        }
    }
    let drawn = |avatar: &str| {
        let avatar = serde_json::to_string(avatar).unwrap();
        let body = format!(
            r#"{{"width": 200, "height": 200, "data": [{{"openid": "a", "nickname": "Ann", "score": 1, "avatarUrl": {avatar}}}]}}"#
        );
        served.post(BOARD, body)
    };
    let (fox, none) = (drawn("fox.png"), drawn("none.png"));
    assert!(fox.png() != none.png() && fox.header("friendboard-diagnostics") == "0");
    let secret = folder.0.join("secret.png");
    for trick in [
        "../secret.png",
        "./../secret.png",
        "fox.png/../../secret.png",
        secret.to_str().unwrap(),
        &format!("file://{}", secret.display()),
        &format!("/{}", secret.display()),
        "link.png",
        "..\\secret.png",
        "fox.png\0",
        "/etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        "",
        ".",
    ] {
        let found = drawn(trick);
        assert!(found.png() == none.png() || trick.is_empty(), "{trick:?} is drawn");
        // A picture that may be there another time is not to be kept.
        assert!(
            trick.is_empty() || found.header("cache-control") == "no-store" && found.header("etag").is_empty(),
            "{trick:?}"
        );
    }
}

#[test]
fn slow_clients_keep_nobody_out() {
    let served = Served::start(&[]);
    let start = Instant::now();
    let mut slow: Vec<_> = (0..1_000).map(|_| served.connect()).collect();
    for (index, stream) in slow.iter_mut().enumerate() {
        stream.set_nonblocking(true).unwrap();
        let sent = if index % 2 == 0 {
            stream.write(b"POST /v1/boards/podium.png HTTP/1.1\r\nHost: a\r\nX-")
        } else {
            stream.write(b"POST /v1/boards/podium.png HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{")
        };
        assert!(sent.is_ok());
    }
    // As long as a head and a body may take, and some time for the machine.
    while start.elapsed() < Duration::from_secs(40) && !slow.is_empty() {
        let asked = Instant::now();
        served.post(BOARD, small(&format!("n{}", start.elapsed().as_millis()))).png();
        assert!(asked.elapsed() < Duration::from_secs(5), "kept out for {:?}", asked.elapsed());
        let mut scrap = [0; 4096];
        slow.retain_mut(|stream| {
            let gone = stream.write(b"a").is_err() || matches!(stream.read(&mut scrap), Ok(0));
            !gone
        });
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(slow.is_empty(), "{} slow clients are still there", slow.len());
}

#[test]
fn whoever_goes_away_before_the_answer_breaks_nothing() {
    let served = Served::start(&[]);
    for index in 0..50 {
        let mut stream = served.connect();
        let bytes = message("POST", BOARD, &[], small(&format!("n{index}")).as_bytes());
        let length = if index % 2 == 0 { bytes.len() } else { bytes.len() - 1 - index };
        stream.write_all(&bytes[..length]).unwrap();
    }
    // Until the server has noticed, they may have all places.
    while served.post(BOARD, small("Ann")).status == 503 {
        std::thread::sleep(Duration::from_millis(20));
    }
    served.post(BOARD, small("Ann")).png();
    // Several requests at once on one connection are answered in their order.
    let mut stream = served.connect();
    let three: Vec<u8> = (0..3).flat_map(|index| message("POST", BOARD, &[], small(&format!("n{index}")).as_bytes())).collect();
    stream.write_all(&three).unwrap();
    let tags: Vec<String> = (0..3).map(|_| Answer::read(&mut stream, false).unwrap().header("etag").to_owned()).collect();
    assert_eq!(tags[1], served.post(BOARD, small("n1")).header("etag"));
    assert!(tags[0] != tags[1] && tags[1] != tags[2]);
}
