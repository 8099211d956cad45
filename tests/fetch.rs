//! `friendboard render` with pictures of the network: a server on loopback that does what servers should not.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

#[path = "support/server.rs"]
mod server;
use server::{Server, head, ok, png, redirect};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fetch-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Friends with these avatars.
fn friends(avatars: &[String]) -> String {
    let row = |(index, avatar): (usize, &String)| {
        let pair = json!([{"key": "score", "value": (1_000 - index).to_string()}]);
        json!({"openid": format!("id{index}"), "nickname": format!("Friend {index}"), "avatarUrl": avatar, "KVDataList": pair})
    };
    json!({"data": avatars.iter().enumerate().map(row).collect::<Value>()}).to_string()
}

/// What a run of `render` gave.
struct Rendered {
    png: Vec<u8>,
    report: Value,
    took: Duration,
}

impl Rendered {
    /// The diagnostics that name an address.
    fn about(&self, address: &str) -> Vec<String> {
        let list = self.report["diagnostics"].as_array().unwrap().iter();
        list.map(Value::to_string).filter(|text| text.contains(&format!("'{address}'"))).collect()
    }
}

fn render(folder: &Path, data: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Rendered {
    fs::write(folder.join("friends.json"), data).unwrap();
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_friendboard"))
        .current_dir(folder)
        .args(["render", "--data", "friends.json", "--report", "json", "-o", "board.png"])
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let took = start.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = serde_json::from_slice(&output.stdout).unwrap();
    Rendered { png: fs::read(folder.join("board.png")).unwrap(), report, took }
}

fn allow(server: &Server) -> String {
    format!("127.0.0.1:{}", server.port)
}

#[test]
fn avatars_of_the_network_are_drawn_as_files_are_and_only_those_in_sight() {
    let folder = folder("same");
    let server = Server::start(|_, stream| ok(stream, "image/png", &png()));
    fs::write(folder.join("cat.png"), png()).unwrap();
    let remote: Vec<String> = (0..200).map(|n| server.address(&format!("/{n}/132"))).collect();
    let local = vec!["cat.png".to_owned(); 200];
    let canary = Server::canary();
    let proxy = format!("http://127.0.0.1:{}", canary.port);
    let proxies = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    let environment = proxies.map(|name| (name, proxy.as_str()));

    let fetched = render(&folder, &friends(&remote), &["--allow-host", &allow(&server)], &environment);
    let read = render(&folder, &friends(&local), &[], &[]);
    assert!(fetched.png == read.png, "a fetched avatar is drawn as one that was read");
    assert_eq!(fetched.report["diagnostics"], json!([]));
    let paths: Vec<String> = server.requests().iter().map(|request| request.split(' ').nth(1).unwrap().to_owned()).collect();
    assert!((5..30).contains(&paths.len()), "{} of 200 were fetched: {paths:?}", paths.len());
    let mut once = paths.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), paths.len(), "each once: {paths:?}");
    assert_eq!(canary.connections(), 0, "a proxy was used");

    // Without leave, nothing of loopback is reached; offline, nothing at all.
    let before = server.connections();
    let refused = render(&folder, &friends(&remote), &[], &[]);
    let said = refused.about(&remote[0]);
    assert!(said.len() == 1 && said[0].contains(&format!("--allow-host 127.0.0.1:{}", server.port)), "{said:?}");
    let offline = render(&folder, &friends(&remote), &["--offline"], &[]);
    assert!(offline.about(&remote[0])[0].contains("leave out --offline"), "{}", offline.report);
    assert!(refused.png == offline.png && offline.png != read.png);
    assert_eq!(server.connections(), before);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_board_is_drawn_whatever_the_servers_do() {
    let folder = folder("bad");
    let canary = Server::canary();
    let target = canary.address("/secret");
    let bomb = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&vec![0; 64 * 1024 * 1024]).unwrap();
        encoder.finish().unwrap()
    };
    let jpeg = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/pictures/progressive.jpg")).unwrap();
    let server = Server::start(move |path, stream| match path {
        "/slow" => std::thread::sleep(Duration::from_secs(30)),
        "/cut" => {
            head(stream, "200 OK", &format!("Content-Length: {}\r\n", jpeg.len()));
            let _ = stream.write_all(&jpeg[..jpeg.len() - 40]);
        }
        "/lies" => {
            head(stream, "200 OK", "Content-Length: 40\r\n");
            let _ = stream.write_all(&png());
        }
        "/bomb" => {
            head(stream, "200 OK", &format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", bomb.len()));
            let _ = stream.write_all(&bomb);
        }
        "/canary" => redirect(stream, &target),
        "/loop" => redirect(stream, "/loop"),
        "/page" => ok(stream, "text/html", b"<html>"),
        "/gone" => head(stream, "404 Not Found", "Content-Length: 0\r\n"),
        _ => ok(stream, "image/png", &png()),
    });
    let paths = ["/fine", "/slow", "/cut", "/lies", "/bomb", "/canary", "/loop", "/page", "/gone"];
    let mut avatars: Vec<String> = paths.iter().map(|path| server.address(path)).collect();
    avatars.push(canary.address("/direct"));
    avatars.push(format!("http://localhost:{}/named", canary.port));
    avatars.push("http://localhost/named".to_owned());
    let size = ["--size", "400x1600", "--allow-host", &allow(&server)];
    let rendered = render(&folder, &friends(&avatars), &size, &[]);
    assert!(rendered.took < Duration::from_secs(9), "{:?}", rendered.took);
    assert!(rendered.about(&avatars[0]).is_empty());
    for avatar in &avatars[1..] {
        assert_eq!(rendered.about(avatar).len(), 1, "{avatar}: {}", rendered.report);
    }
    assert_eq!(canary.connections(), 0, "the canary was reached");
    assert_eq!(server.requests().len(), paths.len() + 3, "each once, and the loop four times");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_board_waits_ten_seconds_and_no_longer() {
    let folder = folder("wait");
    let server = Server::start(|_, _| std::thread::sleep(Duration::from_mins(1)));
    let avatars: Vec<String> = (0..18).map(|n| server.address(&format!("/{n}"))).collect();
    let size = ["--size", "400x2400", "--allow-host", &allow(&server)];
    let rendered = render(&folder, &friends(&avatars), &size, &[]);
    assert!((9..13).contains(&rendered.took.as_secs()), "{:?}", rendered.took);
    for avatar in &avatars {
        assert_eq!(rendered.about(avatar).len(), 1, "{avatar}");
    }
    assert_eq!(server.connections(), 12, "six at a time for five seconds each");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_picture_without_a_size_gets_its_own_once_it_is_there() {
    let folder = folder("size");
    let server = Server::start(|_, stream| ok(stream, "image/png", &png()));
    let board = |src: &str| format!(r#"<view class="page"><image class="free" src="{src}"/><text>below</text></view>"#);
    fs::write(folder.join("style.json"), r#"{"page": {"width": 400, "height": 400}, "free": {"width": 120}}"#).unwrap();
    fs::write(folder.join("cat.png"), png()).unwrap();
    let draw = |src: &str, more: &[&str]| {
        fs::write(folder.join("board.xml"), board(src)).unwrap();
        let arguments = [&["--template", "board.xml", "--style", "style.json", "--size", "400x400"], more].concat();
        let rendered = render(&folder, &friends(&[]), &arguments, &[]);
        assert_eq!(rendered.report["diagnostics"], json!([]), "{src}");
        rendered.png
    };
    let fetched = draw(&server.address("/cat.png"), &["--allow-host", &allow(&server)]);
    assert!(fetched == draw("cat.png", &[]));
    assert_eq!(server.connections(), 1);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_no_host_is_a_wrong_call() {
    for host in ["http://a.example", "*", "a.example:x"] {
        let output = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(["render", "--allow-host", host]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{host}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("HOST or HOST:PORT was expected"), "{said}");
    }
}

/// A server on loopback that speaks TLS with the certificate of `tests/data/tls`.
fn secure_server() -> u16 {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tls");
    let certificate = CertificateDer::from_pem_file(data.join("localhost.crt")).unwrap();
    let key = PrivateKeyDer::from_pem_file(data.join("localhost.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            std::thread::spawn(move || {
                let connection = rustls::ServerConnection::new(config).unwrap();
                let mut stream = rustls::StreamOwned::new(connection, stream);
                let mut request = [0; 4_096];
                let _ = std::io::Read::read(&mut stream, &mut request);
                let body = png();
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).and_then(|()| stream.flush());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            });
        }
    });
    port
}

#[test]
fn certificates_are_checked() {
    let folder = folder("tls");
    let port = secure_server();
    let host = format!("localhost:{port}");
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tls/localhost.crt");
    let fine = format!("https://{host}/a.png");
    let draw = |avatar: &str, environment: &[(&str, &str)]| {
        let hosts = ["--allow-host", &host, "--allow-host", &format!("127.0.0.1:{port}")];
        render(&folder, &friends(&[avatar.to_owned()]), &hosts, environment)
    };
    // The machine trusts the certificate here, and not there.
    let trusted = draw(&fine, &[("SSL_CERT_FILE", certificate)]);
    assert_eq!(trusted.report["diagnostics"], json!([]));
    let untrusted = draw(&fine, &[]).about(&fine);
    assert!(untrusted.len() == 1 && untrusted[0].contains("certificate"), "{untrusted:?}");
    // Another name than the certificate's.
    let other = format!("https://127.0.0.1:{port}/a.png");
    let misnamed = draw(&other, &[("SSL_CERT_FILE", certificate)]).about(&other);
    assert!(misnamed.len() == 1 && misnamed[0].contains("certificate"), "{misnamed:?}");
    // No certificates at all: https fails with what to do, and nothing else does.
    let none = folder.join("none.pem");
    fs::write(&none, "").unwrap();
    let without = draw(&fine, &[("SSL_CERT_FILE", none.to_str().unwrap()), ("SSL_CERT_DIR", folder.to_str().unwrap())]);
    assert_eq!(without.about(&fine).len(), 1, "{}", without.report);
    fs::remove_dir_all(&folder).unwrap();
}
