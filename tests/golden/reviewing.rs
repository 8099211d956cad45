//! The review page's server: what it gives, and to whom. The page itself is tried in a browser by `src/host/runtime/test`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use friendboard::Limits;
use friendboard::json::Value;

use crate::workspace::Workspace;

/// The server of a workspace's failures; it ends with the test.
struct Server {
    process: Child,
    address: String,
    token: String,
}

impl Server {
    fn of(team: &Workspace, command: &str) -> Self {
        let mut process = team.command(command).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().rsplit(' ').next().unwrap();
        let (address, token) = url.strip_prefix("http://").unwrap_or_else(|| panic!("{line}")).split_once('/').unwrap();
        Self { address: address.to_owned(), token: token.trim_end_matches('/').to_owned(), process }
    }

    /// The status and the body of what is answered.
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

    fn accept(&self, body: &str, headers: &str) -> (u16, Vec<u8>) {
        let length = body.len();
        self.ask(&format!("POST /TOKEN/accept HTTP/1.1\r\nHost: ADDRESS\r\n{headers}Content-Length: {length}\r\n\r\n{body}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn failures_are_reviewed_and_accepted() {
    let team = Workspace::with_case("review");
    team.run("review").succeeds().says(&["1 picture as accepted: there is nothing to review"]);
    team.change("golden/scores/case.toml", r#"themes = ["light"]"#, r#"themes = ["light", "dark"]"#);
    team.run("accept").fails(1);
    team.run("prune").succeeds();
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let server = Server::of(&team, "review");
    assert!(server.address.starts_with("127.0.0.1:"));

    let (status, page) = server.get("");
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    assert!(!page.contains("http://") && !page.contains("https://"), "the page is of this server alone");
    for file in ["page.css", "page.js"] {
        assert!(page.contains(file));
        assert_eq!(server.get(file).0, 200);
    }
    let failures = String::from_utf8(server.get("failures.json").1).unwrap();
    let failures = Value::from_json(&failures, &Limits::default()).unwrap();
    assert_eq!(failures.as_list().unwrap().len(), 2);
    for name in ["expected", "actual", "difference"] {
        let (status, picture) = server.get(&format!("picture/1/{name}.png"));
        let picture = image::load_from_memory(&picture).unwrap_or_else(|error| panic!("{name}: {status} {error}"));
        assert_eq!((picture.width(), picture.height()), (240, 120));
    }
    for path in ["picture/2/actual.png", "picture/1/other.png", "../Cargo.toml", "picture/-1/actual.png"] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }

    // Who does not know the secret, and pages of elsewhere, get nothing.
    assert_eq!(server.ask("GET / HTTP/1.1\r\nHost: ADDRESS\r\n\r\n").0, 404);
    assert_eq!(server.ask("GET /TOKENx/ HTTP/1.1\r\nHost: ADDRESS\r\n\r\n").0, 404);
    assert_eq!(server.ask("GET /TOKEN/ HTTP/1.1\r\nHost: evil.example\r\n\r\n").0, 403);
    assert_eq!(server.ask("GET /TOKEN/ HTTP/1.1\r\n\r\n").0, 403);
    let json = "Content-Type: application/json\r\n";
    assert_eq!(server.accept(r#"{"indices": [0]}"#, "Content-Type: text/plain\r\n").0, 400);
    assert_eq!(server.accept(r#"{"indices": [0]}"#, &format!("{json}Origin: http://evil.example\r\n")).0, 403);
    assert_eq!(server.accept(r#"{"indices": [7]}"#, json).0, 400);
    assert_eq!(server.accept("no", json).0, 400);
    assert_eq!(server.ask("DELETE /TOKEN/ HTTP/1.1\r\nHost: ADDRESS\r\n\r\n").0, 405);
    assert_eq!(server.ask("nonsense\r\n\r\n").0, 400);
    team.run("run").fails(1).says(&["2 of 2 pictures failed"]);

    let (status, answer) = server.accept(r#"{"indices": [0]}"#, json);
    assert_eq!((status, String::from_utf8(answer).unwrap().as_str()), (200, r#"{"accepted":[0],"problems":[]}"#));
    team.run("run").fails(1).says(&["1 of 2 pictures failed"]);
    assert_eq!(server.accept(r#"{"indices": [1]}"#, &format!("{json}Origin: http://ADDRESS\r\n")).0, 200);
    team.run("run").succeeds();
}

/// Two folders on the same page, on a port that was asked for.
#[test]
fn folders_are_reviewed_and_accepted() {
    let team = Workspace::with_case("folders");
    for (file, value) in [("old/a.png", 9), ("new/a.png", 99)] {
        team.write(file, "");
        image::RgbaImage::from_pixel(20, 10, image::Rgba([value, 0, 0, 255])).save(team.path(file)).unwrap();
    }
    // One that is free now.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::of(&team, &format!("compare old new --review --port {port}"));
    assert_eq!(server.address, format!("127.0.0.1:{port}"));
    team.run(&format!("compare old new --review --port {port}")).fails(1).says(&["could not be opened"]);
    let failures = String::from_utf8(server.get("failures.json").1).unwrap();
    assert!(failures.contains(r#""titles":["old","new"]"#), "{failures}");
    for name in ["expected", "actual", "difference"] {
        assert_eq!(server.get(&format!("picture/0/{name}.png")).0, 200, "{name}");
    }
    assert_eq!(server.accept(r#"{"indices": [0]}"#, "Content-Type: application/json\r\n").0, 200);
    assert_eq!(std::fs::read(team.path("old/a.png")).unwrap(), std::fs::read(team.path("new/a.png")).unwrap());
}
