//! How many boards a second the library makes as PNG, of the very requests that `benches/serve.lua` sends: what a server and a
//! batch on as many cores are held against (`benches/serve.sh`, `benches/batch.sh`).
//!
//! ```text
//! cargo bench --bench throughput -- THREADS SECONDS     prints boards a second
//! cargo bench --bench throughput -- lines COUNT         prints so many lines for `friendboard batch`
//! ```

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails where it panics, and nothing of it is used elsewhere")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use friendboard::picture::Format;
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer, Request};

/// Ten friends whose scores nobody has seen.
fn body(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut rows = String::new();
    for row in 1..=10 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let comma = if row > 1 { "," } else { "" };
        write!(rows, r#"{comma}{{"openid":"o{row}","nickname":"Friend {row}","score":{}}}"#, state % 1_000_000_000 + 1)
            .unwrap();
    }
    format!(r#"{{"width":360,"height":480,"data":[{rows}]}}"#)
}

fn draw(threads: u64, time: Duration) -> f64 {
    let drawn = AtomicU64::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let drawn = &drawn;
            scope.spawn(move || {
                let board = Board::built_in("leaderboard").unwrap();
                let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
                for count in 0.. {
                    if start.elapsed() >= time {
                        return;
                    }
                    let request = Request::from_json(&body(count * threads + thread), &Limits::default()).unwrap();
                    let frame = renderer.begin(&board, &request).unwrap().finish().unwrap();
                    std::hint::black_box(frame.encode(Format::PNG).unwrap());
                    drawn.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    drawn.into_inner() as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |index: usize| arguments.get(index).and_then(|argument| argument.parse::<u64>().ok());
    if arguments.first().is_some_and(|first| first == "lines") {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for line in 0..number(1).unwrap_or(10_000) {
            writeln!(out, r#"{{"id":{line},"board":"leaderboard","request":{}}}"#, body(line)).unwrap();
        }
        return;
    }
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    println!("{:.1}", draw(number(0).unwrap_or(cores), Duration::from_secs(number(1).unwrap_or(10))));
}
