//! A warm frame of the leaderboard: what a game pays while it scrolls, and what a change of data costs.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails where it panics; criterion's macros make what has no docs")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use friendboard::display::View;
use friendboard::friends::{self, RankOptions, ReadOptions};
use friendboard::geometry::{Point, Size};
use friendboard::pipeline::{Board, NoPictures, Renderer};
use friendboard::raster::SharedCanvas;
use friendboard::scene::{BoardState, Surroundings, globals};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};

const SIZE: Size = Size::new(800.0, 800.0);

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
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let board = Board::built_in("leaderboard", &limits, &mut diagnostics).unwrap();
    let data = friends::read(data(), "data", &ReadOptions::default(), &limits, &mut diagnostics).unwrap();
    let ranking = friends::rank(&data, &RankOptions::default());
    let surroundings = Surroundings::new(BoardState::Ready, "light", "en", SIZE).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let mut canvas = SharedCanvas::new(800, 800, &limits).unwrap();
    let prepare = |renderer: &mut Renderer| {
        let mut diagnostics = Diagnostics::new();
        let values = globals(&data, &ranking, &surroundings, &limits, &mut diagnostics);
        let scene = board.resolve(&values, SIZE, &limits, &mut diagnostics).unwrap();
        renderer.layout(scene, SIZE, &NoPictures).unwrap()
    };
    let prepared = prepare(&mut renderer);
    let list = prepared.scene.nodes.iter().position(|node| &*node.id == "list").unwrap();

    let mut offset = 0.0;
    criterion.bench_function("warm frame, scrolling, 800×800, 100 friends", |bencher| {
        bencher.iter(|| {
            offset = (offset + 7.0) % 4_000.0;
            let view = View { scroll: [(list, Point::new(0.0, offset))].into(), ..View::default() };
            let list = renderer.draw_list(&prepared, &view, (800, 800), &NoPictures);
            renderer.rasterize(&list, &mut canvas, None);
            black_box(canvas.pixels());
        });
    });
    criterion.bench_function("new data: bind and lay out 100 friends, warm", |bencher| {
        bencher.iter(|| black_box(prepare(&mut renderer)));
    });
}

criterion_group!(benches, frame);
criterion_main!(benches);
