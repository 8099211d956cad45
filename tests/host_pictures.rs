//! What a rasterizer and a host draw together is what the rasterizer draws alone where the host gives its pixels: over random
//! runs of the open data context, with a host that replays operations by our rasterizer.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod common;

use common::runs::{Host, Random};
use friendboard::Limits;
use friendboard::context::SharedFrame;
use friendboard::display::operations::Operation;
use friendboard::display::{Command, DrawList, Step};
use friendboard::geometry::{PixelRect, Rect, Transform};
use friendboard::picture::Picture;
use friendboard::pipeline::Renderer;
use friendboard::raster::{Rasterizer, SharedCanvas};
use friendboard::text::{Fonts, TextEngine};

/// Runs, each with a seed of its own; `FRIENDBOARD_RUNS` asks for more.
const RUNS: u32 = 60;
/// What happens in each.
const STEPS: usize = 60;
/// What a channel may differ by: what is drawn over something in two pieces is rounded twice.
const ROUNDED: u8 = 4;

#[test]
fn a_frame_in_pieces_is_the_frame_as_a_whole() {
    let runs = std::env::var("FRIENDBOARD_RUNS").map_or(RUNS, |runs| runs.parse().unwrap());
    let limits = Limits::default();
    let mut reference = Renderer::new(Fonts::bundled(), limits.clone());
    let mut player = Player { rasterizer: Rasterizer::new(), text: TextEngine::new(Fonts::bundled()) };
    let (mut shared, mut pieces) = (0, 0);
    for seed in 0..runs {
        let mut random = Random::new(seed);
        let mut host = Host::new(&mut random);
        host.keep_pictures();
        let mut shown = SharedCanvas::new(1, 1, &limits).unwrap();
        for step in 0..STEPS {
            let happened = host.happen(&mut random);
            let Some(frame) = host.frame_with_host() else { continue };
            shared += usize::from(!frame.steps.is_empty());
            pieces += frame.steps.iter().filter(|step| matches!(step, Step::Piece(_))).count();
            let (width, height) = (host.canvas.width(), host.canvas.height());
            if (shown.width(), shown.height()) != (width, height) {
                shown.resize(width, height, &limits).unwrap();
            }
            player.show(&frame, &mut host, &mut shown);
            let mut whole = SharedCanvas::new(width, height, &limits).unwrap();
            reference.rasterize(&readable(host.context.list(), &host), &mut whole, None);
            let far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > ROUNDED;
            if let Some(at) = shown.pixels().iter().zip(whole.pixels()).position(far) {
                let (x, y) = (at / 4 % width as usize, at / 4 / width as usize);
                let pixel = |canvas: &SharedCanvas| canvas.pixels()[at / 4 * 4..][..4].to_vec();
                let SharedFrame { damage, has_canvas, steps } = &frame;
                panic!(
                    "seed {seed}, step {step} ({happened}), damage {damage:?}, {has_canvas}, {} steps: at {x}, {y} {:?} for {:?}",
                    steps.len(),
                    pixel(&shown),
                    pixel(&whole)
                );
            }
        }
    }
    let runs = runs as usize;
    assert!(shared > runs && pieces > runs * 2, "only {shared} frames were shared, in {pieces} pieces");
}

/// A list with the pictures that the host keeps.
fn readable(list: &DrawList, host: &Host) -> DrawList {
    let mut list = list.clone();
    for command in &mut list.commands {
        if let Command::Image { picture, .. } = command
            && picture.is_of_host()
        {
            *picture = host.kept(picture);
        }
    }
    list
}

/// A 2D context.
struct Player {
    rasterizer: Rasterizer,
    text: TextEngine,
}

impl Player {
    fn show(&mut self, frame: &SharedFrame, host: &mut Host, shown: &mut SharedCanvas) {
        let all = Rect::new(0.0, 0.0, shown.width() as f32, shown.height() as f32);
        let mut operations = vec![Operation::ClearRect(all)];
        if frame.has_canvas {
            bring(&mut operations, &host.canvas, frame.damage);
        }
        for step in &frame.steps {
            match step {
                Step::Piece(piece) => {
                    host.context.draw_piece(piece, &mut host.canvas);
                    bring(&mut operations, &host.canvas, piece.area);
                }
                Step::Operation(operation) => {
                    let mut operation = operation.clone();
                    if let Operation::Image { picture, .. } = &mut operation {
                        *picture = host.kept(picture);
                    }
                    operations.push(operation);
                }
            }
        }
        self.rasterizer.draw_operations(&operations, &mut self.text, shown, Some(frame.damage));
    }
}

/// Draws a part of a canvas onto what is below, as it is.
fn bring(operations: &mut Vec<Operation>, canvas: &SharedCanvas, area: PixelRect) {
    let (width, height) = (canvas.width(), canvas.height());
    let picture = Picture::from_premultiplied(width, height, canvas.pixels().to_vec()).unwrap();
    let (source, destination) = (area.to_rect(), area.to_rect());
    operations.extend([
        Operation::Save,
        Operation::SetTransform(Transform::IDENTITY),
        Operation::Image { src: "piece".into(), picture, source, destination, smooth: false },
        Operation::Restore,
    ]);
}
