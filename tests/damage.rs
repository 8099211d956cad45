//! What a frame reports is all that it changed: over random runs of the open data context, repainting only that gives
//! the same bytes as repainting everything.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod common;

use std::sync::atomic::{AtomicU32, Ordering};

use common::runs::{Host, Random};
use friendboard::Limits;
use friendboard::pipeline::Renderer;
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;

/// Runs, each with a seed of its own; `FRIENDBOARD_RUNS` asks for more.
const RUNS: u32 = 512;
/// What happens in each.
const STEPS: usize = 60;

#[test]
fn repainting_the_damage_is_repainting_everything() {
    let runs = std::env::var("FRIENDBOARD_RUNS").map_or(RUNS, |runs| runs.parse().unwrap());
    let next = AtomicU32::new(0);
    let drawn = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                let limits = Limits::default();
                let mut reference = Renderer::new(Fonts::bundled(), limits.clone());
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= runs {
                        break;
                    }
                    drawn.fetch_add(run(seed, &mut reference, &limits), Ordering::Relaxed);
                }
            });
        }
    });
    let drawn = drawn.into_inner();
    assert!(drawn > runs * 8, "only {drawn} frames changed a part");
}

/// One run; gives how many frames changed a part of the canvas.
fn run(seed: u32, reference: &mut Renderer, limits: &Limits) -> u32 {
    let mut random = Random::new(seed);
    let mut host = Host::new(&mut random);
    let mut parts = 0;
    for step in 0..STEPS {
        let happened = host.happen(&mut random);
        let before = host.canvas.clone();
        let damage = host.frame();
        let (width, height) = (host.canvas.width(), host.canvas.height());
        let mut whole = SharedCanvas::new(width, height, limits).unwrap();
        reference.rasterize(host.context.list(), &mut whole, None);
        if let Some(place) = first_difference(&host.canvas, &whole) {
            // Either too little was painted anew, or painting a part of the canvas is not the same as painting it all.
            let mut again = whole.clone();
            reference.rasterize(host.context.list(), &mut again, damage);
            let cause = first_difference(&again, &whole).map_or("too little damage", |_| "a part drawn otherwise");
            let pixel = |canvas: &SharedCanvas| {
                let index = (place.1 * width as usize + place.0) * 4;
                canvas.pixels()[index..index + 4].to_vec()
            };
            let colors = (pixel(&host.canvas), pixel(&whole), pixel(&before));
            eprintln!("{cause}: drawn, expected, before: {colors:?}");
            if std::env::var_os("FRIENDBOARD_SHOW").is_some() {
                for command in &host.context.list().commands {
                    eprintln!("  {}", format!("{command:?}").chars().take(260).collect::<String>());
                }
            }
            panic!("seed {seed}, step {step} ({happened}): damage {damage:?} left {place:?} as it was");
        }
        match damage {
            None => assert!(before == host.canvas, "seed {seed}, step {step} ({happened}): no damage was told"),
            Some(area) => {
                let inside = area.left >= 0 && area.top >= 0 && area.right <= width as i32 && area.bottom <= height as i32;
                assert!(inside && !area.is_empty(), "seed {seed}, step {step} ({happened}): {area:?}");
                if (area.width(), area.height()) != (width as i32, height as i32) {
                    parts += 1;
                }
            }
        }
    }
    parts
}

/// The first pixel in which two canvases differ.
fn first_difference(a: &SharedCanvas, b: &SharedCanvas) -> Option<(usize, usize)> {
    let pixels = || a.pixels().chunks_exact(4).zip(b.pixels().chunks_exact(4));
    let index = pixels().position(|(a, b)| a != b)?;
    Some((index % a.width() as usize, index / a.width() as usize))
}
