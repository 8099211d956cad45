//! A warm frame of the leaderboard: what a game pays while it scrolls, and what a change of data costs.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails where it panics; criterion's macros make what has no docs")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use friendboard::display::View;
use friendboard::geometry::Point;
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer, Request};

/// A hundred friends with the names that people give themselves.
fn data() -> String {
    let names =
        ["小明👑王者归来", "Zoë ⚡", "さくら🎮", "Bob 👨‍👩‍👧‍👦 family", "김민수 gamer", "Håkon Ångström", "云淡风轻", "Quinn ❤️"];
    let rows = (0..100).map(|index| {
        let (name, score) = (names[index % names.len()], 100_000 - index * 137);
        format!(r#"{{"openid":"o{index}","nickname":"{name} {index}","avatarUrl":"","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#)
    });
    format!(r#"{{"self":"o40","data":[{}]}}"#, rows.collect::<Vec<_>>().join(","))
}

fn frame(criterion: &mut Criterion) {
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let board = Board::built_in("leaderboard").unwrap();
    let request = Request::friends(data()).size(800, 800);
    let mut frame = Some(renderer.begin(&board, &request).unwrap().finish().unwrap());

    let mut offset = 0.0;
    criterion.bench_function("warm frame, scrolling, 800×800, 100 friends", |bencher| {
        bencher.iter(|| {
            offset = (offset + 7.0) % 4_000.0;
            let last = frame.take().unwrap();
            let scroll = last.prepared.scrolled([("list", Point::new(0.0, offset))]).unwrap();
            let next = renderer.again(last, View { scroll, ..View::default() }).finish().unwrap();
            black_box(frame.insert(next).canvas.pixels());
        });
    });
    criterion.bench_function("new data: read, bind and lay out 100 friends, warm", |bencher| {
        bencher.iter(|| black_box(renderer.begin(&board, &request).unwrap().lay_out().unwrap()));
    });
}

criterion_group!(benches, frame);
criterion_main!(benches);
