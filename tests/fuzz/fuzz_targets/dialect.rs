//! The whole way: a template and a style sheet, with a zero byte between them, compiled, resolved, laid out, listed and
//! drawn on a small canvas. None of it panics, hangs or exhausts memory.
#![no_main]

use std::cell::RefCell;

use friendboard::display::View;
use friendboard::geometry::{Point, Size};
use friendboard::picture::Pictures;
use friendboard::pipeline::{Board, Renderer};
use friendboard::raster::SharedCanvas;
use friendboard::json::Value;
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};
use friendboard::Reading;

thread_local! {
    /// Fonts are read once.
    static RENDERER: RefCell<Renderer> = RefCell::new(Renderer::new(Fonts::bundled(), Limits::default()));
}

libfuzzer_sys::fuzz_target!(|input: &str| {
    let limits = Limits::default();
    let (pictures, mut diagnostics) = (Pictures::default(), Diagnostics::new());
    let (xml, json) = input.split_once('\0').unwrap_or((input, "{}"));
    let size = Size::new(120.0, 80.0);
    RENDERER.with_borrow_mut(|renderer| {
        let prepared = Board::compile(("template", xml), &[("sheet", json)], &limits)
            .and_then(|board| board.resolve(&Value::default(), size, &mut Reading::new(&limits, &mut diagnostics)))
            .and_then(|scene| renderer.layout(scene, size, &pictures));
        let Ok(prepared) = prepared else { return };
        // Everything pressed and scrolled: both states of a style are tried in one round or another.
        let pressed = input.len() % 2 == 1;
        let nodes = 0..prepared.scene.nodes.len();
        let view = View {
            scroll: nodes.clone().map(|id| (id, Point::new(7.0, 31.0))).collect(),
            bars: nodes.clone().map(|id| (id, 0.5)).collect(),
            pressed: nodes.filter(|_| pressed).collect(),
            ..View::default()
        };
        let list = renderer.draw_list(&prepared, &view, (40, 30), &pictures);
        if let Ok(mut canvas) = SharedCanvas::new(40, 30, &limits) {
            renderer.rasterize(&list, &mut canvas, None);
        }
    });
});
