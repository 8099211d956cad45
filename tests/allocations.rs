//! What a frame of a scroll asks the allocator for, in the code that a game's module runs: counted, never timed.

#![allow(unsafe_code, reason = "an allocator that counts is one, and hands everything on to the system's")]
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test fails where it panics; its numbers are small")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use friendboard::context::{Effect, Input, OpenDataContext, Options, Touch, TouchPhase};
use friendboard::geometry::{Point, Size};
use friendboard::picture::Picture;
use friendboard::platform::Platform;
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;
use friendboard::{Limits, Renderer};

thread_local! {
    /// Calls of the allocator, and their bytes, on this thread.
    static COUNTED: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

struct Counting;

fn count(bytes: usize) {
    // A thread that ends has no counter any more.
    let _ = COUNTED.try_with(|counted| {
        let (calls, all) = counted.get();
        counted.set((calls + 1, all + bytes));
    });
}

// SAFETY: every call is the system's, with what it was called with.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        // SAFETY: as the caller promises.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Calls of a frame: the median of a scroll, and the most, with its bytes. Measured: 13; 25, 21,951.
const CALLS: usize = 16;
const CALLS_MOST: usize = 32;
const BYTES_MOST: usize = 26_000;
const FRIENDS: usize = 100;
const SIDE: u32 = 800;

/// A game that shows the leaderboard, under a finger.
struct Game {
    context: OpenDataContext,
    canvas: SharedCanvas,
    now: f64,
    straight: Vec<u8>,
}

impl Game {
    fn new() -> Self {
        let limits = Limits::default();
        let renderer = Renderer::new(Fonts::bundled(), limits.clone());
        let context = OpenDataContext::new(Options::new(Platform::WeChat, "light", "en").unwrap(), renderer);
        let canvas = SharedCanvas::new(SIDE, SIDE, &limits).unwrap();
        let mut game = Self { context, canvas, now: 0.0, straight: vec![0; (SIDE * SIDE * 4) as usize] };
        let size = Size::new(SIDE as f32, SIDE as f32);
        game.context.handle(Input::Window { size, device_pixel_ratio: 1.0 }, 0.0);
        game.context.handle(Input::CanvasSize { width: SIDE, height: SIDE }, 0.0);
        let show = friendboard::json::Value::read(r#"{"command": "render"}"#, "test", &limits).unwrap();
        game.context.handle(Input::Message(show), 0.0);
        for _ in 0..200 {
            game.frame();
            game.settle();
        }
        game
    }

    /// The platform does what is asked for.
    fn settle(&mut self) {
        while let Some(effect) = self.context.poll() {
            match effect {
                Effect::Call { request, .. } => {
                    let row = |n: usize| {
                        format!(
                            r#"{{"openid":"o{n}","nickname":"Player {n}","avatarUrl":"a{n}","KVDataList":[{{"key":"score","value":"{}"}}]}}"#,
                            90_000 - n * 17
                        )
                    };
                    let rows: Vec<String> = (0..FRIENDS).map(row).collect();
                    let json = format!(r#"{{"data":[{}]}}"#, rows.join(","));
                    self.context.handle(Input::Answer { request, success: true, json }, self.now);
                }
                Effect::CreateImage { src } => {
                    let picture = Ok(Picture::from_straight(64, 64, vec![200; 64 * 64 * 4]).unwrap());
                    self.context.handle(Input::Image { src, picture }, self.now);
                }
                _ => {}
            }
        }
    }

    fn touch(&mut self, phase: TouchPhase, y: f32) {
        self.context.handle(Input::Touch(Touch { phase, finger: 0, point: Point::new(400.0, y) }), self.now);
    }

    /// As the module draws one (`host/wasm/pixels.rs`); true where something has changed.
    fn frame(&mut self) -> bool {
        self.now += 16.0;
        self.context.handle(Input::AnimationFrame, self.now);
        let Some(damage) = self.context.frame(&mut self.canvas, self.now) else { return false };
        self.canvas.write_straight(damage, &mut self.straight);
        true
    }
}

/// A list under a finger, down and up again, until every row was seen and every glyph is there: then the same once more, counted.
#[test]
fn a_scroll_frame_asks_the_allocator_for_no_more_than_it_did() {
    let mut game = Game::new();
    let steps: Vec<f32> = (0..60).chain((0..60).rev()).map(|step| 700.0 - step as f32 * 9.0).collect();
    let mut worst = Vec::new();
    for round in 0..3 {
        game.touch(TouchPhase::Start, 700.0);
        for &y in &steps {
            COUNTED.set((0, 0));
            game.touch(TouchPhase::Move, y);
            let has_changed = game.frame();
            let counted = COUNTED.get();
            if round == 2 && has_changed {
                worst.push(counted);
            }
            game.settle();
        }
        game.touch(TouchPhase::End, 700.0);
        for _ in 0..300 {
            game.frame();
            game.settle();
        }
    }
    assert!(worst.len() > 100, "{} frames were drawn", worst.len());
    worst.sort_unstable();
    let (calls, bytes) = worst[worst.len() / 2];
    let (most_calls, most_bytes) = worst[worst.len() - 1];
    eprintln!("calls of a frame: median {calls} ({bytes} bytes), at most {most_calls} ({most_bytes} bytes)");
    // The goal is nothing. What is left is of the scene's rows, their boxes and the draw list: whoever takes some of it away
    // lowers this.
    assert!(calls <= CALLS && most_calls <= CALLS_MOST && most_bytes <= BYTES_MOST, "a frame asks for more than it did");
}
