//! Too many at once, and the end under load.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::harness::{Answer, Served, message, small};

/// A board that takes a while.
fn large(name: &str) -> String {
    let rows: Vec<String> =
        (0..40).map(|index| format!(r#"{{"openid": "{index}", "nickname": "{name}{index}", "score": {index}}}"#)).collect();
    format!(r#"{{"width": 1500, "height": 1500, "data": [{}]}}"#, rows.join(","))
}

#[test]
fn a_full_queue_is_told_at_once_and_those_in_it_are_answered() {
    let served = Served::start(&["--workers", "1", "--queue", "2", "--time", "60000"]);
    let (drawn, shed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for index in 0..24 {
            let (served, drawn, shed) = (&served, &drawn, &shed);
            scope.spawn(move || {
                let answer = served.post("/v1/boards/leaderboard.png", large(&format!("n{index}")));
                if answer.status == 503 {
                    answer.problem(503);
                    assert_eq!(answer.header("retry-after"), "1");
                    shed.fetch_add(1, Ordering::Relaxed);
                } else {
                    answer.png();
                    drawn.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let (drawn, shed) = (drawn.into_inner(), shed.into_inner());
    assert!(drawn >= 3 && shed >= 1 && drawn + shed == 24, "{drawn} drawn, {shed} shed");
    assert!(served.get("/metrics").text().contains(r#"friendboard_sheds_total{reason="queue"}"#));
    assert_eq!(served.get("/ready").status, 200, "ready again");
}

#[test]
fn what_takes_too_long_is_given_up() {
    let served = Served::start(&["--workers", "1", "--time", "1"]);
    let problem = served.post("/v1/boards/leaderboard.png", large("n")).problem(504);
    assert!(problem["detail"].as_str().unwrap().contains("more than the 1 ms"), "{problem}");
}

#[test]
fn a_client_has_its_burst_and_its_rate() {
    let served = Served::start(&["--rate", "5"]);
    let statuses: Vec<u16> = (0..14).map(|_| served.post("/v1/boards/podium.png", small("Ann")).status).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count().clamp(10, 13),
        statuses.iter().filter(|status| **status == 200).count()
    );
    assert!(statuses.contains(&429), "{statuses:?}");
    std::thread::sleep(Duration::from_millis(500));
    served.post("/v1/boards/podium.png", small("Ann")).png();
    let proxied = Served::start(&["--rate", "1", "--proxies", "1"]);
    for client in 0..8 {
        let headers = [("X-Forwarded-For", format!("6.6.6.6, 1.2.3.{client}"))];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        proxied.request("POST", "/v1/boards/podium.png", &headers, small("Ann").as_bytes()).png();
    }
}

#[test]
fn sigterm_under_load_answers_what_was_accepted_and_ends_well() {
    let mut served = Served::start(&["--workers", "2", "--queue", "64", "--time", "60000"]);
    let mut open: Vec<_> = (0..16).map(|_| served.connect()).collect();
    for (index, stream) in open.iter_mut().enumerate() {
        stream.write_all(&message("POST", "/v1/boards/leaderboard.png", &[], large(&format!("n{index}")).as_bytes())).unwrap();
    }
    // All of them are read, and some are drawn.
    let start = Instant::now();
    while !served.get("/metrics").text().contains("friendboard_connections 17") && start.elapsed() < Duration::from_secs(20) {}
    std::thread::sleep(Duration::from_millis(100));
    served.signal("TERM");
    for stream in &mut open {
        Answer::read(stream, false).expect("what was accepted is answered").png();
    }
    assert_eq!(served.wait(Duration::from_secs(25)), Some(0), "{}", served.log());
}

#[test]
fn whatever_the_end_a_client_sees_a_whole_answer_or_none() {
    for signal in ["TERM", "KILL"] {
        let mut served = Served::start(&["--workers", "2", "--queue", "64"]);
        let (whole, is_ending) = (AtomicUsize::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            for client in 0..4 {
                let (address, whole, is_ending) = (served.address, &whole, &is_ending);
                scope.spawn(move || {
                    for index in 0.. {
                        let Ok(mut stream) = std::net::TcpStream::connect(address) else { break };
                        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
                        let body = small(&format!("{client}-{index}"));
                        let _ = stream.write_all(&message("POST", "/v1/boards/podium.png", &[], body.as_bytes()));
                        match Answer::read(&mut stream, false) {
                            Some(answer) => {
                                answer.png();
                                whole.fetch_add(1, Ordering::Relaxed);
                            }
                            None => assert!(is_ending.load(Ordering::Relaxed), "an answer was cut off while the server ran"),
                        }
                    }
                });
            }
            std::thread::sleep(Duration::from_millis(700));
            is_ending.store(true, Ordering::Relaxed);
            served.signal(signal);
        });
        let status = served.wait(Duration::from_secs(25));
        assert_eq!(status, if signal == "TERM" { Some(0) } else { None });
        assert!(whole.into_inner() > 0, "some were answered before");
        // The same address is free at once.
        let address = served.address.to_string();
        let again = std::process::Command::new(env!("CARGO_BIN_EXE_friendboard"))
            .args(["serve", "--listen", &address])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn();
        let mut again = again.unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(again.stdout.take().unwrap()), &mut line).unwrap();
        again.kill().unwrap();
        again.wait().unwrap();
        assert!(line.contains(&address), "{line}");
    }
}
