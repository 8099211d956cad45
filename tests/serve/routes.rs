//! What each route answers.

use serde_json::{Value, json};

use crate::harness::{Folder, Served, friendboard, small};

fn root(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_board_is_what_the_command_line_draws() {
    let (folder, assets) = (Folder::new("boards"), root("assets/example"));
    let friends = std::fs::read_to_string(root("assets/example/friends.json")).unwrap();
    let served = Served::start(&["--assets", &assets]);
    let data = format!("{assets}/friends.json");
    let request =
        format!(r#"{{"width": 360, "height": 480, "dpr": 2, "theme": "dark", "locale": "zh-CN", "data": {friends}}}"#);
    for (board, ending) in [("leaderboard", "png"), ("podium", "jpg"), ("neighbours", "webp")] {
        let file = folder.0.join(format!("{board}.{ending}"));
        let file = file.to_str().unwrap();
        let options = ["--size", "360x480", "--dpr", "2", "--theme", "dark", "--locale", "zh-CN", "-o", file];
        friendboard(&[&["render", "--data", &data, "--board", board][..], &options].concat());
        let answer = served.post(&format!("/v1/boards/{board}.{ending}"), &request);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.body == std::fs::read(file).unwrap(), "{board}.{ending} differs from the command line's");
        assert_eq!(answer.header("friendboard-diagnostics"), "0");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let again = served.post(&format!("/v1/boards/{board}.{ending}"), &request);
        assert!(again.body == answer.body && again.header("etag") == answer.header("etag") && !again.header("etag").is_empty());
    }
    let tag = |body: &str, path: &str| served.post(path, body).header("etag").to_owned();
    let tags = [
        tag(&small("Ann"), "/v1/boards/podium.png"),
        tag(&small("Bob"), "/v1/boards/podium.png"),
        tag(&small("Ann"), "/v1/boards/podium.jpg"),
        tag(&small("Ann"), "/v1/boards/group.png"),
    ];
    assert!((0..4).all(|a| (0..a).all(|b| tags[a] != tags[b])), "{tags:?}");
}

#[test]
fn cards_answers_and_share_images_are_what_the_command_line_gives() {
    let (folder, assets) = (Folder::new("cards"), root("golden/share/assets"));
    let served = Served::start(&["--assets", &assets]);
    let request = root("golden/share/wechat/onShareAppMessage/button.request.json");
    let body = std::fs::read(&request).unwrap();
    let card = folder.0.join("card.png");
    let common = ["card", "wechat", "onShareAppMessage", "--request", &request, "--assets", &assets];
    let answered = friendboard(&[&common[..], &["--theme", "dark", "-o", card.to_str().unwrap()]].concat());
    assert_eq!(served.post("/v1/share/wechat/onShareAppMessage", &body).body, answered);
    let drawn = served.post("/v1/cards/wechat/onShareAppMessage.png?theme=dark", &body);
    assert!(drawn.png() == std::fs::read(&card).unwrap(), "the card differs from the command line's");

    let cancelled = served.post("/v1/share/wps/shareMessage?person=cancel", "{}");
    assert_eq!(cancelled.status, 200);
    assert!(cancelled.json()["fail"].is_object(), "{}", cancelled.text());
    let text = r#"{"type": "text", "channelType": ["wx"], "content": {"text": "x"}}"#;
    let none = served.post("/v1/cards/wps/shareMessage.png?person=cancel", text).problem(422);
    assert!(none["detail"].as_str().unwrap().contains("no message is sent"), "{none}");

    let (data, image) = (root("golden/share-images/week.json"), folder.0.join("image.png"));
    let options = ["--size", "1:1", "--title", "Cube Jump", "-o", image.to_str().unwrap()];
    friendboard(&[&["share-image", "top-three", "--data", &data, "--assets", &assets][..], &options].concat());
    let answer = served.post("/v1/share-images/top-three.png?size=1:1&title=Cube%20Jump", std::fs::read(&data).unwrap());
    assert!(answer.png() == std::fs::read(&image).unwrap(), "the share image differs from the command line's");
}

#[test]
fn boards_of_ones_own_come_from_a_folder() {
    let folder = Folder::new("templates");
    folder.write("mine.xml", r#"<view class="a"><text value="{{ title }}"/></view>"#);
    folder.write("mine.json", r##"{"a": {"backgroundColor": "#ff0000", "width": 20, "height": 10}}"##);
    folder.write("notes.txt", "no board");
    let served = Served::start(&["--templates", folder.path()]);
    let body = r#"{"width": 20, "height": 10, "variables": {"title": "x"}}"#;
    let board = served.post("/v1/boards/mine.png", body);
    assert!(served.post("/v1/share-images/mine.png", body).png() == board.png());
    drop(served);
    // Another style is another picture, and has another tag.
    folder.write("mine.json", r##"{"a": {"backgroundColor": "#00ff00", "width": 20, "height": 10}}"##);
    let served = Served::start_with(&[], &[("FRIENDBOARD_TEMPLATES", folder.path())]);
    let changed = served.post("/v1/boards/mine.png", body);
    assert!(changed.png() != board.png() && changed.header("etag") != board.header("etag"));
}

#[test]
fn what_is_wrong_with_a_request_is_said_with_its_place() {
    let served = Served::start(&[]);
    let detail = |path: &str, body: &str, status: u16| {
        let problem = served.post(path, body).problem(status);
        format!("{} {}", problem["detail"], problem["diagnostics"])
    };
    for (path, body, status, said) in [
        ("/v1/boards/podum.png", "{}", 404, "did you mean 'podium'?"),
        ("/v1/boards/podium.bmp", "{}", 404, "png, jpg or webp"),
        ("/v1/boards/podium", "{}", 404, "png, jpg or webp"),
        ("/v1/boards/podium.png", "", 422, "expected"),
        ("/v1/boards/podium.png", "{", 422, "\"line\":1"),
        ("/v1/boards/podium.png", r#"{"width": 10, "heigth": 10}"#, 422, "did you mean `height`?"),
        ("/v1/boards/podium.png", r#"{"width": 10, "height": "10"}"#, 422, "\"path\":\"height\""),
        ("/v1/boards/podium.png", r#"{"width": 10, "height": 10, "board": "group"}"#, 422, "found one for 'group'"),
        ("/v1/boards/podium.png", r#"{"width": 10, "height": 10, "template": "<view/>"}"#, 422, "brings a template"),
        ("/v1/boards/podium.png", r#"{"width": -1, "height": 10}"#, 422, "a positive size"),
        ("/v1/boards/podium.png", r#"{"width": 1e9, "height": 1e9}"#, 422, "canvas_side"),
        ("/v1/boards/podium.png", r#"{"width": 4000, "height": 4000}"#, 422, "canvas_pixels"),
        ("/v1/boards/podium.png", r#"{"width": 10, "height": 10, "theme": "dak"}"#, 422, "did you mean 'dark'?"),
        ("/v1/share/wechat/onShareAppMesage", "{}", 404, "did you mean 'onShareAppMessage'?"),
        ("/v1/share/wechatt/onShareAppMessage", "{}", 404, "wechat"),
        ("/v1/share/wechat/onShareAppMessage", "[]", 422, "object"),
        ("/v1/share/wechat/onShareAppMessage?persn=cancel", "{}", 422, "did you mean `person`?"),
        ("/v1/cards/wechat/onShareAppMessage.png?dpr=abc", "{}", 422, "\"path\":\"dpr\""),
        ("/v1/cards/wechat/onShareAppMessage.png?channel=7", "{}", 422, "channel"),
        ("/v1/cards/wechat/onShareAppMessage.gif", "{}", 404, "png, jpg or webp"),
        ("/v1/share-images/beat-my-scor.png", "{}", 404, "did you mean 'beat-my-score'?"),
        ("/v1/share-images/invite.png?size=9:9", "{}", 422, "5:4, 1:1 or 1200x630"),
        ("/v1/nothing", "{}", 404, "no route"),
    ] {
        let found = detail(path, body, status);
        assert!(found.contains(said), "{path} {body}: {found}");
    }
    let wrong = served.get("/v1/boards/podium.png");
    wrong.problem(405);
    assert_eq!(wrong.header("allow"), "POST");
    assert_eq!(served.post("/health", "").header("allow"), "GET,HEAD");
}

#[test]
fn health_readiness_and_metrics() {
    let served = Served::start(&[]);
    assert_eq!((served.get("/health").status, served.get("/ready").status), (200, 200));
    served.post("/v1/boards/podium.png", small("Ann")).png();
    served.post("/v1/boards/podium.png", small("Ann")).png();
    served.post("/v1/boards/podium.png", r#"{"width": 4000, "height": 4000}"#).problem(422);
    let metrics = served.get("/metrics");
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    let text = metrics.text();
    for line in [
        r#"friendboard_requests_total{route="/v1/boards/{file}",status="200"} 2"#,
        r#"friendboard_requests_total{route="/v1/boards/{file}",status="422"} 1"#,
        r#"friendboard_cache_lookups_total{cache="answers",result="hit"} 1"#,
        r#"friendboard_budget_exceeded_total{limit="canvas_pixels"} 1"#,
        "friendboard_queue_waiting 0",
        r#"friendboard_stage_seconds_count{stage="raster"} 1"#,
        r#"friendboard_request_seconds_bucket{route="/v1/boards/{file}",le="10"} 3"#,
        r#"friendboard_cache_bytes{cache="answers"} "#,
        "friendboard_connections 1",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn logs_have_the_callers_trace_and_nothing_of_people() {
    let folder = Folder::new("logs");
    let key = folder.write("key", "k".repeat(32));
    let served = Served::start_with(&["--key", &format!("a={key}")], &[("FRIENDBOARD_LOG", "json")]);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traced = [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")];
    let answer = served.request("POST", "/v1/boards/podium.png?q=Secretname", &traced, small("Secretname").as_bytes());
    assert_eq!(answer.header("x-request-id"), trace);
    answer.png();
    served.get("/v1/i/a/Secretname/Secretname.png").problem(403);
    served.post("/v1/boards/Secretname.png", "{}").problem(404);
    served.post("/v1/boards/podium.png", r#"{"Secretname": 1}"#).problem(422);
    served.get("/Secretname").problem(404);
    served.request("POST", "/v1/sign", &[("Authorization", "Bearer Secretname")], b"{}").problem(404);
    let log = served.log();
    assert!(!log.contains("Secretname") && !log.contains("kkkk"), "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let drawn = lines.iter().find(|line| line["id"] == trace).expect("the request's line");
    assert_eq!(
        (&drawn["route"], &drawn["status"], &drawn["level"]),
        (&json!("/v1/boards/{file}"), &json!(200), &json!("INFO"))
    );
    assert!(drawn["milliseconds"].is_number() && drawn["timestamp"].is_string(), "{drawn}");
}

#[test]
fn options_come_from_the_environment_too_and_wrong_ones_are_said() {
    let environment =
        [("FRIENDBOARD_LIMIT", "canvas-side=100,friends=1"), ("FRIENDBOARD_RATE", "0.001"), ("FRIENDBOARD_FETCH", "0")];
    let served = Served::start_with(&[], &environment);
    let problem = served.post("/v1/boards/podium.png", small("Ann")).problem(422);
    assert!(problem["detail"].as_str().unwrap().contains("100 px a side"), "{problem}");
    let limited = served.post("/v1/boards/podium.png", small("Ann"));
    limited.problem(429);
    assert_eq!(limited.header("retry-after"), "1");
    assert_eq!(served.get("/health").status, 200, "who watches over the server is always let in");
    for (arguments, said) in [
        (&["--listen", "nowhere"][..], "invalid"),
        (&["--templates", "/none"], "a folder was expected"),
        (&["--key", "a=/none"], "cannot be read"),
        (&["--key", "a"], "ID=FILE was expected"),
        (&["--limit", "freinds=1"], "did you mean"),
        (&["--cache", "much"], "bytes up to"),
        (&["--public-url", "ftp://x"], "https://HOST"),
        (&["--allow-host", "localhost"], "--fetch"),
        (&["--listen", "192.0.2.1:1"], "can't be listened on"),
    ] {
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_friendboard")).arg("serve").args(arguments).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(said), "{arguments:?}: {text}");
    }
}

#[test]
fn pages_need_nothing_from_elsewhere_and_the_document_names_every_route() {
    let served = Served::start(&["--dev"]);
    for (path, kind) in [
        ("/docs", "text/html"),
        ("/docs/docs.js", "text/javascript"),
        ("/docs/page.css", "text/css"),
        ("/", "text/html"),
        ("/docs/dev.js", "text/javascript"),
        ("/docs/examples.json", "application/json"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        let text = answer.text();
        for elsewhere in ["https://", "src=\"http", "@import", "//cdn"] {
            assert!(!text.contains(elsewhere) || path.ends_with("json"), "{path} names {elsewhere}");
        }
        for named in text.split(['"', '\'']).filter(|part| part.starts_with("/docs/") && !part.contains(' ')) {
            assert_eq!(served.get(named).status, 200, "{path} names {named}");
        }
    }
    let api = served.get("/v1/openapi.json");
    assert_eq!(api.header("content-type"), "application/json");
    let api = api.json();
    assert_eq!(api["openapi"].as_str().unwrap().split('.').next(), Some("3"));
    let paths: Vec<&String> = api["paths"].as_object().unwrap().keys().collect();
    for path in [
        "/v1/boards/{board}.{format}",
        "/v1/share-images/{name}.{format}",
        "/v1/share/{platform}/{call}",
        "/v1/cards/{platform}/{call}.{format}",
        "/v1/i/{kid}/{signature}/{payload}.{format}",
        "/v1/sign",
        "/health",
        "/ready",
        "/metrics",
    ] {
        assert!(paths.iter().any(|known| *known == path), "{path}: {paths:?}");
    }
    // Every reference is there, and so is every member of a request.
    let text = api.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
    let members = &api["components"]["schemas"]["Request"]["properties"];
    for member in [
        "data",
        "width",
        "height",
        "dpr",
        "theme",
        "locale",
        "state",
        "selfOpenid",
        "key",
        "order",
        "ties",
        "withoutScore",
        "thenBy",
        "since",
        "pageSize",
        "top",
        "variables",
        "scroll",
        "pressed",
    ] {
        assert!(members[member].is_object(), "{member}");
    }
    assert_eq!(api["components"]["schemas"]["Request"]["required"], json!(["width", "height"]));
    // Each example is drawn.
    let examples = served.get("/docs/examples.json").json();
    for (kind, route) in [("shareImages", "share-images"), ("cards", "cards")] {
        for (name, body) in examples[kind].as_object().unwrap() {
            served.post(&format!("/v1/{route}/{name}.png"), body.to_string()).png();
        }
    }
    for name in examples["names"].as_array().unwrap() {
        let mut body = examples["boards"].clone();
        body["data"] = examples["friends"].clone();
        let answer = served.post(&format!("/v1/boards/{}.png", name.as_str().unwrap()), body.to_string());
        answer.png();
        assert_eq!(answer.header("friendboard-diagnostics"), "0", "{name}");
    }
    let without = Served::start(&[]);
    for path in ["/", "/docs/dev.js", "/docs/examples.json"] {
        without.get(path).problem(404);
    }
}
