//! Signed addresses.

use std::process::{Command, Stdio};

use crate::harness::{Folder, Served, small};

fn sign(arguments: &[&str], request: &str) -> String {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    let mut child = command.arg("sign").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["url"].as_str().unwrap().to_owned()
}

#[test]
fn a_platform_fetches_what_was_signed_and_nothing_else() {
    let folder = Folder::new("signed");
    let (old, new) = (folder.write("old", "o".repeat(32)), folder.write("new", "n".repeat(48)));
    let token = folder.write("token", "0123456789abcdef\n");
    let (old, new) = (format!("old={old}"), format!("new={new}"));
    let served = Served::start(&["--key", &new, "--key", &old, "--token", &token]);
    let bearer = [("Authorization", "Bearer 0123456789abcdef")];
    let body = format!(r#"{{"board": "podium", "format": "png", "request": {}, "expiresIn": 100}}"#, small("小明"));
    let answer = served.request("POST", "/v1/sign", &bearer, body.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("http://cards.example").unwrap();
    assert!(path.starts_with("/v1/i/new/"), "the first key signs: {path}");

    let picture = served.get(path);
    assert!(picture.png() == served.post("/v1/boards/podium.png", small("小明")).png());
    let control = picture.header("cache-control");
    assert!(control.starts_with("public, max-age=") && control.ends_with(", immutable"), "{control}");
    let head = served.request("HEAD", path, &[], b"");
    assert_eq!((head.status, head.header("content-length")), (200, picture.body.len().to_string().as_str()));
    let known = served.request("GET", path, &[("If-None-Match", picture.header("etag"))], b"");
    assert_eq!((known.status, known.body.len(), known.header("etag")), (304, 0, picture.header("etag")));
    assert_eq!(served.request("GET", path, &[("If-None-Match", "\"other\"")], b"").status, 200);
    served.post(path, "").problem(405);

    // Without a server, by an older key.
    let by_old = sign(&["--key", &old, "--board", "podium"], &small("小明"));
    assert!(by_old.starts_with("/v1/i/old/") && served.get(&by_old).png() == picture.png());
    let image = sign(
        &["--key", &old, "--share-image", "invite", "--format", "jpg", "--options", r#"{"size": "1:1"}"#],
        r#"{"game": {"title": "Cube"}}"#,
    );
    assert!(
        served.get(&image).body == served.post("/v1/share-images/invite.jpg?size=1:1", r#"{"game":{"title":"Cube"}}"#).body
    );
    let card = sign(&["--key", &old, "--card", "wechat/onShareAppMessage"], r#"{"title": "Beat me"}"#);
    assert!(served.get(&card).png() == served.post("/v1/cards/wechat/onShareAppMessage.png", r#"{"title": "Beat me"}"#).png());

    // Forged, cut, re-keyed, of another format, expired.
    let parts: Vec<&str> = path.split('/').collect();
    let [_, _, _, id, signature, file] = parts[..] else { panic!("{path}") };
    let address = |id: &str, signature: &str, file: &str| served.get(&format!("/v1/i/{id}/{signature}/{file}"));
    for answer in [
        address("old", signature, file),
        address("none", signature, file),
        address(id, &signature[..signature.len() - 1], file),
        address(id, "A", file),
        address(id, signature, &file.replace(".png", ".jpg")),
        address(id, signature, &file.replace(".png", "")),
        address(id, signature, &format!("A{file}")),
        address(id, signature, &file[4..]),
        address("%00", "%ff%fe".trim_end_matches("%ff%fe"), file),
    ] {
        assert!(matches!(answer.status, 403 | 404), "{} {}", answer.status, answer.text());
    }
    let other =
        sign(&["--key", &format!("new={}", folder.write("forged", "f".repeat(32))), "--board", "podium"], &small("小明"));
    let forged = served.get(&other).problem(403);
    let short = sign(&["--key", &new, "--board", "podium", "--expires-in", "1"], &small("小明"));
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(served.get(&short).problem(403), forged, "what is wrong is not told");
}

#[test]
fn only_who_has_the_token_may_have_anything_signed() {
    let folder = Folder::new("token");
    let key = format!("a={}", folder.write("key", "k".repeat(32)));
    let token = folder.write("token", "0123456789abcdef");
    let served = Served::start(&["--key", &key, "--token", &token, "--public-url", "https://cards.example/x/"]);
    let body = format!(r#"{{"board": "podium", "request": {}}}"#, small("Ann"));
    let signed = |authorization: &str| served.request("POST", "/v1/sign", &[("Authorization", authorization)], body.as_bytes());
    let answer = signed("bearer 0123456789abcdef");
    assert!(answer.json()["url"].as_str().unwrap().starts_with("https://cards.example/x/v1/i/a/"), "{}", answer.text());
    for wrong in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Basic 0123456789abcdef",
        "0123456789abcdef",
    ] {
        let answer = signed(wrong);
        answer.problem(401);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    served.request("POST", "/v1/sign", &[("Authorization", "Bearer 0123456789abcdef")], b"{}").problem(422);
    let unknown = served.request("POST", "/v1/sign", &[("Authorization", "Bearer 0123456789abcdef")], br#"{"board": "podum"}"#);
    assert!(unknown.problem(422)["detail"].as_str().unwrap().contains("podum"));
    // No address is given out that no picture is behind.
    for (undrawable, why) in [
        (r#"{"board": "podium"}"#, "width"),
        (r#"{"board": "podium", "request": {"widht": 1}}"#, "did you mean `width`?"),
        (r#"{"board": "podium", "request": {"width": 40, "height": 40, "dpr": 1000}}"#, "dpr"),
        (r#"{"shareImage": "invite", "options": {"size": "2:1"}, "request": {}}"#, "size"),
        (r#"{"card": "tiktok/shareToUser", "request": [null]}"#, ""),
        (r#"{"card": "tiktok/shareToUser", "request": {}}"#, "invalid parameter openid"),
        (r#"{"card": "wechat/shareAppMessage", "options": {"theme": "drak"}, "request": {}}"#, "did you mean 'dark'?"),
    ] {
        let answer = served.request("POST", "/v1/sign", &[("Authorization", "Bearer 0123456789abcdef")], undrawable.as_bytes());
        let problem = answer.problem(422).to_string();
        assert!(problem.contains(why), "{undrawable}: {problem}");
    }
    for arguments in [&["--key", key.as_str()][..], &["--token", &token], &[]] {
        let served = Served::start(arguments);
        served.request("POST", "/v1/sign", &[("Authorization", "Bearer 0123456789abcdef")], body.as_bytes()).problem(404);
    }
}
