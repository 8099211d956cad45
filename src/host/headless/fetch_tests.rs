use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;

use super::*;

#[path = "../../../tests/support/server.rs"]
mod server;
use server::{Server, head, ok, png, redirect};

/// A fetcher that may reach these servers, and no other one on loopback.
fn fetcher(servers: &[&Server]) -> Fetcher {
    let policy = servers
        .iter()
        .fold(AddressPolicy::default(), |policy, server| policy.allow(format!("127.0.0.1:{}", server.port).parse().unwrap()));
    Fetcher::new(policy, &Limits::default())
}

fn write(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).is_ok()
}

/// Bytes as chunks of a chunked answer; without its end.
fn chunk(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    write(stream, format!("{:x}\r\n", bytes.len()).as_bytes()) && write(stream, bytes) && write(stream, b"\r\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn packed(stream: &mut TcpStream, packing: &str, body: &[u8]) {
    head(stream, "200 OK", &format!("Content-Encoding: {packing}\r\nContent-Length: {}\r\n", body.len()));
    write(stream, body);
}

#[test]
fn fetches_what_a_server_answers_in_any_of_its_ways() {
    let server = Server::start(|path, stream| match path {
        "/chunked" => {
            head(stream, "200 OK", "Transfer-Encoding: chunked\r\n");
            let _ = png().chunks(1_000).all(|part| chunk(stream, part)) && write(stream, b"0\r\n\r\n");
        }
        "/to-the-end" => {
            head(stream, "200 OK", "");
            write(stream, &png());
        }
        "/gzip" => packed(stream, "GZip", &gzip(&png())),
        "/deflate" => packed(stream, "deflate", &zlib(&png())),
        // Called text, and a picture all the same.
        "/text" => ok(stream, "text/plain", &png()),
        "/largest" => ok(stream, "image/png", &vec![7; 2 * 1024 * 1024]),
        _ => ok(stream, "image/png", &png()),
    });
    let fetcher = fetcher(&[&server]);
    for path in ["/plain", "/chunked", "/to-the-end", "/gzip", "/deflate", "/text", "/plain?a=b#c"] {
        assert_eq!(fetcher.fetch(&server.address(path)).unwrap(), png(), "{path}");
    }
    assert_eq!(fetcher.fetch(&server.address("/largest")).unwrap().len(), 2 * 1024 * 1024);
    for request in server.requests() {
        let request = request.to_lowercase();
        assert!(request.contains("accept-encoding: identity") && request.contains("user-agent: friendboard/"), "{request}");
        for unwanted in ["cookie:", "authorization:", "referer:", "proxy"] {
            assert!(!request.contains(unwanted), "{request}");
        }
    }
}

#[test]
fn asks_nobody_for_an_address_of_many_bytes() {
    let long = format!("http://a.example/{}", "a".repeat(9_000));
    let error = fetcher(&[]).fetch(&long).unwrap_err();
    assert!(error.to_string().contains("8192 bytes of an address: found 9017 (raise it with --limit address_bytes"), "{error}");
}

#[test]
fn follows_three_redirects_and_no_more() {
    let server = Server::start(|path, stream| match path.strip_prefix("/down/").and_then(|left| left.parse::<u32>().ok()) {
        Some(0) => ok(stream, "image/png", &png()),
        Some(left) => redirect(stream, &format!("{}?no#fragment", left - 1)),
        None => match path.strip_prefix("/down/").and_then(|rest| rest.split('?').next()?.parse::<u32>().ok()) {
            Some(0) => ok(stream, "image/png", &png()),
            Some(left) => redirect(stream, &format!("./{}?no", left - 1)),
            None => redirect(stream, "/loop"),
        },
    });
    let fetcher = fetcher(&[&server]);
    for hops in 0..=3 {
        assert_eq!(fetcher.fetch(&server.address(&format!("/down/{hops}"))).unwrap(), png(), "{hops}");
    }
    for path in ["/down/4", "/loop"] {
        let before = server.requests().len();
        let error = fetcher.fetch(&server.address(path)).unwrap_err();
        assert!(error.to_string().contains("over the limit of 3 redirects"), "{error}");
        assert_eq!(server.requests().len() - before, 4);
    }
    for request in server.requests() {
        assert!(!request.to_lowercase().contains("cookie:"), "a cookie came back: {request}");
    }
}

#[test]
fn what_is_not_named_on_loopback_is_never_reached() {
    let canary = Server::canary();
    let port = canary.port;
    let targets = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("//127.0.0.1:{port}/"),
        format!("http://0:{port}/"),
        format!("http://me:secret@127.0.0.1:{port}/"),
        "http://127.0.0.1/".to_owned(),
        "http://localhost/".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "file:///etc/passwd".to_owned(),
        "data:image/png,x".to_owned(),
        "ftp://127.0.0.1/".to_owned(),
        "http://".to_owned(),
        "http://a b/".to_owned(),
    ];
    let redirects = targets.clone();
    let server = Server::start(move |path, stream| {
        let index: usize = path.trim_start_matches('/').parse().unwrap();
        redirect(stream, &redirects[index]);
    });
    let fetcher = fetcher(&[&server]);
    for (index, target) in targets.iter().enumerate() {
        let error = fetcher.fetch(&server.address(&format!("/{index}"))).unwrap_err();
        assert!(error.to_string().contains("redirected to"), "{target}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        if !target.starts_with("//") {
            fetcher.fetch(target).unwrap_err();
        }
    }
    assert_eq!(canary.connections(), 0, "the canary was reached");
    assert_eq!(server.requests().len(), targets.len());

    let error = fetcher.fetch(&server.address("/0")).unwrap_err();
    assert!(error.to_string().contains(&format!("(--allow-host 127.0.0.1:{port} lets it be fetched")), "{error}");
    // The canary sings where it may be reached: the silence above means something.
    assert_eq!(self::fetcher(&[&canary]).fetch(&canary.address("/")).unwrap(), png());
    assert_eq!(canary.connections(), 1);
}

#[test]
fn a_name_is_looked_up_once_and_its_addresses_are_checked_at_the_connection() {
    let canary = Server::canary();
    let loopback = SocketAddr::from(([127, 0, 0, 1], canary.port));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let lookup: Lookup = {
        let asked = Arc::clone(&asked);
        Arc::new(move |name: &str| {
            asked.lock().unwrap().push(name.to_owned());
            match name {
                "nowhere.test" => Err(io::Error::other("no such name")),
                "empty.test" => Ok(Vec::new()),
                _ => Ok(vec![loopback, SocketAddr::from(([0, 0, 0, 0, 0, 0xffff, 0x7f00, 1], canary.port))]),
            }
        })
    };
    let asked = move || std::mem::take(&mut *asked.lock().unwrap());
    let policy = AddressPolicy::default().allow("inner.test".parse().unwrap());
    let fetcher = Fetcher::with_lookup(policy, &Limits::default(), lookup);

    for scheme in ["http", "https"] {
        let error = fetcher.fetch(&format!("{scheme}://rebound.test/a.png")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "rebound.test is refused: its address 127.0.0.1 is a loopback address (--allow-host rebound.test lets it be \
             fetched, if you trust it)"
        );
        assert_eq!(asked(), ["rebound.test"]);
    }
    assert_eq!(canary.connections(), 0, "the canary was reached");
    for name in ["nowhere.test", "empty.test"] {
        let error = fetcher.fetch(&format!("http://{name}/")).unwrap_err();
        assert!(error.to_string().contains("could not be reached"), "{error}");
        assert_eq!(asked(), [name]);
    }
    // The same addresses under a name that is allowed: one lookup, and the connection goes there.
    assert_eq!(fetcher.fetch("http://inner.test/a.png").unwrap(), png());
    assert_eq!((asked(), canary.connections()), (vec!["inner.test".to_owned()], 1));
    // A connection that was made for a named host is not there for others.
    fetcher.fetch("http://rebound.test/a.png").unwrap_err();
    assert_eq!(canary.connections(), 1);
}

#[test]
fn answers_that_are_no_whole_picture_are_errors() {
    let jpeg = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/pictures/progressive.jpg")).unwrap();
    let half = jpeg[..jpeg.len() / 2].to_vec();
    let server = Server::start(move |path, stream| match path {
        "/cut" => {
            head(stream, "200 OK", &format!("Content-Type: image/jpeg\r\nContent-Length: {}\r\n", jpeg.len()));
            write(stream, &half);
        }
        "/cut-chunk" => {
            head(stream, "200 OK", "Transfer-Encoding: chunked\r\n");
            chunk(stream, &half);
        }
        "/cut-gzip" => {
            let whole = gzip(&jpeg);
            packed(stream, "gzip", &whole[..whole.len() - 9]);
        }
        "/no-gzip" => packed(stream, "gzip", &jpeg),
        "/brotli" => packed(stream, "br", &jpeg),
        "/twice" => packed(stream, "gzip, gzip", &gzip(&gzip(&jpeg))),
        "/cut-head" => drop(write(stream, b"HTTP/1.1 200 OK\r\nContent-Le")),
        "/no-http" => drop(write(stream, b"220 mail.example ESMTP\r\n")),
        "/silent" => {}
        "/empty" => ok(stream, "image/png", b""),
        "/no-content" => head(stream, "204 No Content", ""),
        "/page" => ok(stream, "text/html; charset=utf-8", b"<!doctype html><title>Sign in</title>"),
        "/nowhere" => head(stream, "302 Found", "Content-Length: 0\r\n"),
        "/500" => head(stream, "500 Oh no", "Content-Length: 0\r\n"),
        _ => head(stream, "404 Not Found", "Content-Length: 0\r\n"),
    });
    let fetcher = fetcher(&[&server]);
    let cases = [
        ("/cut", "cut off"),
        ("/cut-chunk", "cut off"),
        ("/cut-gzip", "unpacked"),
        ("/no-gzip", "unpacked"),
        ("/brotli", "packed as br"),
        ("/twice", "packed as gzip, gzip"),
        ("/cut-head", "could not be reached"),
        ("/no-http", "could not be reached"),
        ("/silent", "could not be reached"),
        ("/empty", "nothing"),
        ("/no-content", "nothing"),
        ("/page", "answered with text/html"),
        ("/nowhere", "without saying where"),
        ("/500", "answered 500"),
        ("/404", "answered 404 Not Found"),
    ];
    for (path, expected) in cases {
        let start = Instant::now();
        let error = fetcher.fetch(&server.address(path)).unwrap_err();
        assert!(error.to_string().contains(expected), "{path}: {error}");
        assert!(start.elapsed() < Duration::from_secs(2), "{path} took {:?}", start.elapsed());
    }
}

#[test]
fn lengths_are_not_believed_and_bombs_do_not_go_off() {
    let bomb = gzip(&vec![0; 256 * 1024 * 1024]);
    assert!(bomb.len() < 2 * 1024 * 1024, "{} bytes get past the count of what is packed", bomb.len());
    let server = Server::start(move |path, stream| match path {
        "/bomb" => packed(stream, "gzip", &bomb),
        "/declares-more" => {
            head(stream, "200 OK", "Content-Length: 99999999999999\r\n");
            write(stream, &png());
        }
        "/declares-less" => {
            head(stream, "200 OK", "Content-Length: 10\r\n");
            write(stream, &png());
        }
        "/declares-both" => head(stream, "200 OK", "Content-Length: 10\r\nContent-Length: 20\r\n"),
        "/declares-nonsense" => head(stream, "200 OK", "Content-Length: -1\r\n"),
        "/endless" => {
            head(stream, "200 OK", "Transfer-Encoding: chunked\r\n");
            while chunk(stream, &[0; 16_000]) {}
        }
        "/endless-gzip" => {
            head(stream, "200 OK", "Content-Encoding: gzip\r\n");
            // Empty members, one after the other: nothing ever comes out.
            let empty = gzip(b"").repeat(1_000);
            while write(stream, &empty) {}
        }
        "/endless-headers" => {
            let line = format!("X-Filler: {}\r\n", "a".repeat(1_000));
            write(stream, b"HTTP/1.1 200 OK\r\n");
            while write(stream, line.as_bytes()) {}
        }
        "/endless-header" => {
            write(stream, b"HTTP/1.1 200 OK\r\nX-Filler: ");
            while write(stream, &[b'a'; 16_000]) {}
        }
        "/endless-informing" => while write(stream, b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n") {},
        _ => {
            head(stream, "200 OK", "");
            write(stream, &vec![1; 2 * 1024 * 1024 + 1]);
        }
    });
    let fetcher = fetcher(&[&server]);
    for path in ["/bomb", "/declares-more", "/endless", "/one-too-many"] {
        let start = Instant::now();
        let error = fetcher.fetch(&server.address(path)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{path}: {error}");
        assert!(start.elapsed() < Duration::from_secs(3), "{path} took {:?}", start.elapsed());
    }
    assert_eq!(fetcher.fetch(&server.address("/declares-less")).unwrap(), &png()[..10]);
    let paths =
        ["/endless-gzip", "/endless-headers", "/endless-header", "/endless-informing", "/declares-both", "/declares-nonsense"];
    let addresses: Vec<String> = paths.iter().map(|path| server.address(path)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let start = Instant::now();
    fetcher.fetch_all(&addresses, start + Duration::from_secs(5), |index, fetched| {
        assert!(fetched.is_err(), "{}: {} bytes", paths[index], fetched.unwrap().len());
    });
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn time_limits_hold() {
    let server = Server::start(|path, stream| {
        let nap = || std::thread::sleep(Duration::from_millis(100));
        match path {
            "/drips-header" => {
                while write(stream, b"H") {
                    nap();
                }
            }
            "/drips-body" => {
                head(stream, "200 OK", "Content-Length: 100000\r\n");
                while write(stream, b".") {
                    nap();
                }
            }
            "/drips-gzip" => {
                head(stream, "200 OK", "Content-Encoding: gzip\r\n");
                for byte in gzip(&png()).chunks(1).take(1_000) {
                    if !write(stream, byte) {
                        return;
                    }
                    nap();
                }
            }
            // Each hop is quick enough, all of them are not.
            _ => {
                std::thread::sleep(Duration::from_secs(2));
                redirect(stream, "/again");
            }
        }
        std::thread::sleep(Duration::from_secs(20));
    });
    let slow_name: Lookup = Arc::new(|_| {
        std::thread::sleep(Duration::from_secs(20));
        Ok(Vec::new())
    });
    std::thread::scope(|scope| {
        let addresses: Vec<String> = ["/drips-header", "/drips-body", "/drips-gzip", "/hops", "/a", "/b"]
            .iter()
            .map(|path| server.address(path))
            .collect();
        scope.spawn(move || {
            let fetcher = fetcher(&[&server]);
            let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
            let start = Instant::now();
            fetcher.fetch_all(&addresses, start + Duration::from_secs(10), |index, fetched| {
                let (error, took) = (fetched.unwrap_err(), start.elapsed());
                assert!(error.to_string().contains("too long"), "{}: {error}", addresses[index]);
                assert!((4_500..8_000).contains(&took.as_millis()), "{} took {took:?}", addresses[index]);
            });
        });
        scope.spawn(move || {
            let fetcher = Fetcher::with_lookup(AddressPolicy::default(), &Limits::default(), slow_name);
            let start = Instant::now();
            let error = fetcher.fetch("http://slow.test/").unwrap_err();
            assert!(error.to_string().contains("too long"), "{error}");
            drop(fetcher);
            assert!((1_800..4_000).contains(&start.elapsed().as_millis()), "connecting took {:?}", start.elapsed());
        });
    });
}

#[test]
fn six_at_a_time_and_each_once_until_the_deadline() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        Server::start(move |path, stream| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(if path.starts_with("/hang") { Duration::from_secs(30) } else { Duration::from_millis(100) });
            now.fetch_sub(1, Ordering::SeqCst);
            ok(stream, "image/png", &png());
        })
    };
    let fetcher = fetcher(&[&server]);
    let fetch = |kind: &str, count: usize, time: Duration| {
        let addresses: Vec<String> = (0..count).map(|n| server.address(&format!("/{kind}/{n}"))).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let mut times = vec![0; count];
        let (mut fine, start) = (0, Instant::now());
        fetcher.fetch_all(&addresses, start + time, |index, fetched| {
            times[index] += 1;
            fine += usize::from(fetched.is_ok());
        });
        assert!(times.iter().all(|&times| times == 1), "{times:?}");
        (fine, start.elapsed())
    };
    let (fine, took) = fetch("quick", 24, Duration::from_secs(10));
    assert_eq!(fine, 24);
    assert!(took < Duration::from_millis(1_800), "24 of 100 ms took {took:?}");
    assert_eq!(most.load(Ordering::SeqCst), 6);
    let (fine, took) = fetch("hang", 50, Duration::from_millis(700));
    assert_eq!(fine, 0);
    assert!((600..2_500).contains(&took.as_millis()), "{took:?}");
    assert_eq!(fetch("none", 0, Duration::ZERO).0, 0);
    assert_eq!(fetch("late", 3, Duration::ZERO).0, 0);
}

#[test]
fn cache_control_says_how_long_a_picture_may_be_kept() {
    let seconds = |control: &str| freshness(control).map(|fresh| fresh.as_secs());
    assert_eq!(seconds(""), None);
    assert_eq!(seconds("public"), None);
    assert_eq!(seconds("public, max-age=60"), Some(60));
    assert_eq!(seconds("max-age=60, s-maxage=5"), Some(5));
    assert_eq!(seconds("max-age = \"7\""), Some(7));
    assert_eq!(seconds("max-age=-1"), None);
    for barred in ["no-store", "max-age=60, no-cache", "private, max-age=60", "no-cache=\"x\", max-age=9"] {
        assert_eq!(seconds(barred), Some(0), "{barred}");
    }
}
