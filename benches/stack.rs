//! Where our own code stands beside a part of the fixed stack: the same work by both, so that the README's table can be
//! made again on any machine.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails where it panics; criterion's macros make what has no docs")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use friendboard::friends::{self, RankOptions, ReadOptions};
use friendboard::geometry::Rect;
use friendboard::json::{Document, Value};
use friendboard::picture::Picture;
use friendboard::text::Fonts;
use friendboard::{Board, Diagnostics, Frame, Limits, Reading, Renderer, Request};

const SIDE: u32 = 800;

/// A canvas that one box fills.
fn filled(style: &str) -> (Renderer, Frame) {
    let mut renderer = Renderer::new(Fonts::none(), Limits::default());
    let style = format!(r#"{{"board": {{"width": "100%", "height": "100%", {style}}}}}"#);
    let board =
        Board::compile(("board.xml", r#"<view class="board"/>"#), &[("board.json", &style)], renderer.limits()).unwrap();
    let request = Request::friends("[]").size(SIDE, SIDE);
    let frame = renderer.begin(&board, &request).unwrap().finish().unwrap();
    (renderer, frame)
}

fn ours(criterion: &mut Criterion, name: &str, style: &str) {
    let (mut renderer, mut frame) = filled(style);
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            renderer.rasterize(&frame.list, &mut frame.canvas, None);
            black_box(frame.canvas.pixels());
        });
    });
}

fn skia(criterion: &mut Criterion, name: &str, shader: tiny_skia::Shader<'_>) {
    let mut pixels = tiny_skia::Pixmap::new(SIDE, SIDE).unwrap();
    let paint = tiny_skia::Paint { shader, ..tiny_skia::Paint::default() };
    let all = tiny_skia::Rect::from_xywh(0.0, 0.0, SIDE as f32, SIDE as f32).unwrap();
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            pixels.fill(tiny_skia::Color::TRANSPARENT);
            pixels.fill_rect(all, &paint, tiny_skia::Transform::identity(), None);
            black_box(pixels.data());
        });
    });
}

fn fills(criterion: &mut Criterion) {
    use tiny_skia::{Color, GradientStop, LinearGradient, Point, Shader, SpreadMode, Transform};
    let half = Color::from_rgba8(255, 0, 0, 128);
    ours(criterion, "half-transparent fill of 800×800: ours", r##""backgroundColor": "#ff000080""##);
    skia(criterion, "half-transparent fill of 800×800: tiny-skia", Shader::SolidColor(half));
    ours(criterion, "gradient at an angle, 800×800: ours", r#""backgroundImage": "linear-gradient(135deg, #f00, #00f)""#);
    let stops = vec![
        GradientStop::new(0.0, Color::from_rgba8(255, 0, 0, 255)),
        GradientStop::new(1.0, Color::from_rgba8(0, 0, 255, 255)),
    ];
    let corner = Point::from_xy(SIDE as f32, SIDE as f32);
    let gradient = LinearGradient::new(Point::zero(), corner, stops, SpreadMode::Pad, Transform::identity()).unwrap();
    skia(criterion, "gradient at an angle, 800×800: tiny-skia", gradient);
}

fn glyphs(criterion: &mut Criterion) {
    for (name, face) in [("Noto Sans", "NotoSans-Regular.ttf"), ("Noto Sans SC", "NotoSansSC-Regular.otf")] {
        let bytes = std::fs::read(format!("{}/assets/fonts/{face}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        criterion.bench_function(&format!("{name}: opened by fontdue"), |bencher| {
            bencher.iter(|| black_box(fontdue::Font::from_bytes(&*bytes, fontdue::FontSettings::default()).unwrap()));
        });
    }
    criterion.bench_function("a line in Latin and Han at first sight, fonts and drawing: ours", |bencher| {
        let limits = Limits::default();
        let board = Board::compile(("line.xml", r#"<text value="Zoë 小明"/>"#), &[], &limits).unwrap();
        let request = Request::friends("[]").size(200, 40);
        bencher.iter(|| {
            let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
            black_box(renderer.begin(&board, &request).unwrap().finish().unwrap().canvas.pixels()[0])
        });
    });
}

/// Ten thousand friends as the platforms answer them.
fn ten_thousand() -> String {
    let rows = (0..10_000).map(|index| {
        format!(
            r#"{{"openid":"o{index}","nickname":"小明 {index}","avatarUrl":"https://example.com/{index}/132","KVDataList":[{{"key":"score","value":"{}"}}]}}"#,
            index * 37 % 90_001
        )
    });
    format!(r#"{{"data":[{}],"errMsg":"getFriendCloudStorage:ok"}}"#, rows.collect::<Vec<_>>().join(","))
}

fn json(criterion: &mut Criterion) {
    let (text, limits) = (ten_thousand(), Limits { friends: 10_000, data_bytes: 4 << 20, ..Limits::default() });
    criterion.bench_function("JSON of 10,000 friends checked, every value with its place: ours", |bencher| {
        bencher.iter(|| black_box(Document::parse(&text, "friends.json", &limits).unwrap()));
    });
    criterion.bench_function("JSON of 10,000 friends to a tree: ours", |bencher| {
        bencher.iter(|| black_box(Value::from_json(&text, &limits).unwrap()));
    });
    criterion.bench_function("JSON of 10,000 friends to a tree: serde_json", |bencher| {
        bencher.iter(|| black_box(serde_json::from_str::<serde_json::Value>(&text).unwrap()));
    });
    criterion.bench_function("JSON of 10,000 friends to ranked friends: ours", |bencher| {
        bencher.iter(|| {
            let mut diagnostics = Diagnostics::new();
            let mut reading = Reading::new(&limits, &mut diagnostics);
            let data = friends::read(&text, "friends.json", &ReadOptions::default(), &mut reading).unwrap();
            black_box(friends::rank(&data, &RankOptions::default()));
        });
    });
}

fn pictures(criterion: &mut Criterion) {
    let pixels: Vec<u8> =
        (0..512 * 512_u32).flat_map(|at| [(at % 251) as u8, (at / 512 % 241) as u8, (at % 13 * 19) as u8, 255]).collect();
    let picture = Picture::from_premultiplied(512, 512, pixels.clone()).unwrap();
    criterion.bench_function("an avatar of 512 px to 64 px: ours", |bencher| {
        bencher.iter(|| black_box(picture.scaled_crop(Rect::new(0.0, 0.0, 512.0, 512.0), 64, 64)));
    });
    let image = image::RgbaImage::from_raw(512, 512, pixels).unwrap();
    criterion.bench_function("an avatar of 512 px to 64 px: image, the same kernel", |bencher| {
        bencher.iter(|| black_box(image::imageops::resize(&image, 64, 64, image::imageops::FilterType::CatmullRom)));
    });
}

criterion_group!(benches, fills, glyphs, json, pictures);
criterion_main!(benches);
