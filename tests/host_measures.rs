//! Boxes and line breaks of a native run with a host's measures: those that the canvas2d module draws by the same measures
//! (`src/host/runtime/test/measures.test.mjs`). Both are held to `tests/data/host-measures.json`.

#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test fails where it panics; its numbers are small")]

use friendboard::context::{Effect, Input, OpenDataContext, Settings};
use friendboard::display::lower;
use friendboard::display::operations::{Operation, Segment};
use friendboard::geometry::{Point, Size, Transform};
use friendboard::json::Value;
use friendboard::style::FontStyle;
use friendboard::text::{FontDescription, HostMeasure, HostText};
use friendboard::{Limits, Renderer};

/// As `recorded.mjs` measures: letters are half as wide as they are high.
struct Typewriter;

impl HostMeasure for Typewriter {
    fn advance(&mut self, text: &str, font: &FontDescription) -> f32 {
        text.encode_utf16().count() as f32 * font.size / 2.0
    }

    fn extents(&mut self, font: &FontDescription) -> Option<(f32, f32)> {
        Some((font.size * 0.8, font.size * 0.2))
    }
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

/// What is drawn, as the recorded context writes it down.
fn drawn(context: &OpenDataContext) -> Vec<serde_json::Value> {
    let mut transform = Transform::IDENTITY;
    let mut saved = Vec::new();
    let mut found = Vec::new();
    for operation in lower(context.list()) {
        match &operation {
            Operation::Save => saved.push(transform),
            Operation::Restore => transform = saved.pop().unwrap(),
            Operation::SetTransform(other) => transform = *other,
            Operation::Transform(other) => transform = transform.then(other),
            Operation::Fill { path, .. } => {
                if let [Segment::Box(shape)] = path.segments()
                    && shape.is_plain()
                {
                    let rect = &shape.rect;
                    let at = transform.apply(Point::new(rect.x, rect.y));
                    let [x, y, width, height] = [at.x, at.y, rect.width, rect.height].map(rounded);
                    found.push(serde_json::json!(["fillRect", x, y, width, height]));
                }
            }
            Operation::Text { run, origin, scale, .. } => {
                let at = transform.apply(Point::new(origin.x + run.x * scale, origin.y));
                let slant = if run.font.style == FontStyle::Italic { "italic " } else { "" };
                let font = format!("{slant}{} {}px sans-serif", run.font.weight, run.size * scale);
                found.push(serde_json::json!(["fillText", &*run.text, rounded(at.x), rounded(at.y), font]));
            }
            _ => {}
        }
    }
    found
}

/// Numbers alike, however they are written.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" | "),
        serde_json::Value::Number(number) => format!("{:.2}", number.as_f64().unwrap()),
        other => other.to_string(),
    }
}

#[test]
fn every_box_and_line_break_is_that_of_the_module() {
    let text = std::fs::read_to_string("tests/data/host-measures.json").unwrap();
    let fixture: serde_json::Value = serde_json::from_str(&text).unwrap();
    let limits = Limits::default();
    let side = |index: usize| u32::try_from(fixture["canvas"][index].as_u64().unwrap()).unwrap();
    let (width, height) = (side(0), side(1));
    let settings = Settings::from_json(&fixture["settings"].to_string(), &limits).unwrap();
    let renderer = Renderer::with_host_text(Box::new(HostText::new(Typewriter)), limits.clone());
    let mut context = OpenDataContext::new(settings.options(&limits).unwrap(), renderer);
    context.handle(Input::Window { size: Size::new(width as f32, height as f32), device_pixel_ratio: 1.0 }, 0.0);
    context.handle(Input::CanvasSize { width, height }, 0.0);
    context.handle(Input::Message(Value::read(r#"{"type": "showFriendList"}"#, "test", &limits).unwrap()), 0.0);
    for turn in 0..10 {
        let now = f64::from(turn) * 16.0;
        context.update(now);
        while let Some(effect) = context.poll() {
            if let Effect::Call { request, .. } = effect {
                let json = serde_json::json!({"data": fixture["friends"]}).to_string();
                context.handle(Input::Answer { request, success: true, json }, now);
            }
        }
    }
    assert_eq!(context.state(), "ready");
    let expected: Vec<String> = fixture["drawn"].as_array().unwrap().iter().map(plain).collect();
    let found: Vec<String> = drawn(&context).iter().map(plain).collect();
    assert!(expected.len() > 20);
    assert_eq!(found, expected);
}
