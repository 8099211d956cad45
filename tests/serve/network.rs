//! Pictures of the network: where they come from, and where they never do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::canary::{Server, head, ok, png, redirect};
use crate::harness::{Answer, Served};

fn board(served: &Served, avatars: &[String]) -> Answer {
    let row = |(index, avatar): (usize, &String)| {
        format!(
            r#"{{"openid": "{index}", "nickname": "n", "score": {}, "avatarUrl": {}}}"#,
            100 - index,
            serde_json::to_string(avatar).unwrap()
        )
    };
    let rows: Vec<String> = avatars.iter().enumerate().map(row).collect();
    served.post("/v1/boards/leaderboard.png", format!(r#"{{"width": 300, "height": 600, "data": [{}]}}"#, rows.join(",")))
}

/// Addresses that are not public, in the forms in which they are written.
fn forms(port: u16) -> Vec<String> {
    let hosts = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "localhost",
        "LOCALHOST.",
        "ip6-localhost",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "１２７.０.０.１",
        "127.0.0.1%00.example.com",
        "example.com@127.0.0.1",
        "127.0.0.1#@example.com",
    ];
    hosts.iter().map(|host| format!("http://{host}:{port}/a.png")).collect()
}

#[test]
fn nothing_but_public_addresses_is_reached_in_whatever_form_they_are_written() {
    let canary = Server::canary();
    let target = canary.port;
    let sends_elsewhere = Server::start(move |path, stream| {
        let index: usize = path.trim_start_matches('/').parse().unwrap_or(0);
        redirect(stream, forms(target).get(index).map_or("http://127.0.0.1/", String::as_str));
    });
    let allowed = format!("127.0.0.1:{}", sends_elsewhere.port);
    let served = Served::start(&["--fetch", "--allow-host", &allowed, "--limit", "fetch_all_ms=3000"]);
    for form in forms(canary.port) {
        // Without its port too: the usual ones are the first that are tried.
        let plain = form.replace(&format!(":{}", canary.port), "");
        let answer = board(&served, &[form.clone(), plain, form.replace("http:", "https:")]);
        assert_eq!(answer.status, 200, "{form}: {}", answer.text());
        assert_ne!(answer.header("friendboard-diagnostics"), "0", "{form}");
    }
    for index in 0..forms(target).len() {
        let answer = board(&served, &[sends_elsewhere.address(&format!("/{index}"))]);
        assert_ne!(answer.header("friendboard-diagnostics"), "0", "{}", forms(target)[index]);
    }
    assert!(sends_elsewhere.connections() > 0, "the redirects were asked");
    assert_eq!(canary.connections(), 0, "{:?}", canary.requests());
    for scheme in ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "//127.0.0.1/a.png", "HTTP://127.0.0.1:1/"]
    {
        assert_ne!(board(&served, &[scheme.to_owned()]).header("friendboard-diagnostics"), "0", "{scheme}");
    }
    // Without --fetch nothing is reached at all.
    let offline = Served::start(&[]);
    let before = sends_elsewhere.connections();
    assert_ne!(board(&offline, &[sends_elsewhere.address("/0")]).header("friendboard-diagnostics"), "0");
    assert_eq!(sends_elsewhere.connections(), before);
}

#[test]
fn a_picture_is_fetched_once_for_all_and_kept_as_long_as_it_may_be() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |path, stream| {
        count.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(300));
        let body = png();
        let control = if path.starts_with("/kept") { "max-age=60" } else { "no-store" };
        head(
            stream,
            "200 OK",
            &format!("Content-Type: image/png\r\nCache-Control: {control}\r\nContent-Length: {}\r\n", body.len()),
        );
        let _ = std::io::Write::write_all(stream, &body);
    });
    let served = Served::start(&["--fetch", "--allow-host", &format!("127.0.0.1:{}", server.port)]);
    std::thread::scope(|scope| {
        for width in 0..6 {
            let (served, address) = (&served, server.address("/kept"));
            scope.spawn(move || {
                let body = format!(
                    r#"{{"width": {}, "height": 300, "data": [{{"openid": "a", "nickname": "n", "score": 1, "avatarUrl": "{address}"}}]}}"#,
                    300 + width
                );
                let answer = served.post("/v1/boards/leaderboard.png", body);
                assert_eq!((answer.status, answer.header("friendboard-diagnostics")), (200, "0"), "{}", answer.text());
            });
        }
    });
    assert_eq!(asked.load(Ordering::SeqCst), 1, "asked once for six");
    board(&served, &[server.address("/kept")]);
    assert_eq!(asked.load(Ordering::SeqCst), 1, "kept");
    board(&served, &[server.address("/not"), "none.png".to_owned()]);
    board(&served, &[server.address("/not"), "other.png".to_owned()]);
    assert_eq!(asked.load(Ordering::SeqCst), 3, "not kept");
}

#[test]
fn servers_that_do_not_answer_hold_up_nobody_else() {
    let stuck = Server::start(|_, _| std::thread::sleep(Duration::from_mins(1)));
    let fast = Server::start(|_, stream| ok(stream, "image/png", &png()));
    let (a, b) = (format!("127.0.0.1:{}", stuck.port), format!("127.0.0.1:{}", fast.port));
    let served =
        Served::start(&["--fetch", "--allow-host", &a, "--allow-host", &b, "--limit", "fetch_all_ms=4500", "--workers", "1"]);
    std::thread::scope(|scope| {
        for index in 0..3 {
            let (served, address) = (&served, stuck.address(&format!("/{index}")));
            scope.spawn(move || {
                let start = Instant::now();
                let answer = board(served, &[address]);
                assert_eq!((answer.status, answer.header("friendboard-diagnostics")), (200, "1"), "{}", answer.text());
                assert_eq!(answer.header("cache-control"), "no-store");
                assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
            });
        }
        std::thread::sleep(Duration::from_secs(1));
        let start = Instant::now();
        let answer = board(&served, &[fast.address("/a.png")]);
        assert_eq!((answer.status, answer.header("friendboard-diagnostics")), (200, "0"));
        assert!(start.elapsed() < Duration::from_secs(4), "held up for {:?}", start.elapsed());
    });
}
