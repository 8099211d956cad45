//! Draw lists lowered to the operations of a 2D context give the same pictures; and operations do what the specification
//! says, whatever they are given.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod common;

use std::fmt::Write as _;
use std::sync::Arc;

use common::cases::{cases, list_of};
use friendboard::display::operations::{
    Circle, Composite, FillRule, Gradient, GradientKind, Layer, LineCap, LineJoin, Operation, Paint, Path, Pattern, Shadow,
    StrokeStyle,
};
use friendboard::display::{DrawList, lower, lower_within};
use friendboard::geometry::{Corners, PixelRect, Point, Rect, RoundedRect, Transform};
use friendboard::picture::Picture;
use friendboard::raster::{Rasterizer, SharedCanvas};
use friendboard::style::Style;
use friendboard::text::{Fonts, GlyphRun, GlyphSource, Paragraph, TextEngine, TextSystem};
use friendboard::{Color, Limits};

/// Channels that differ between a list and its operations, and by how much at the most.
fn differences(list: &DrawList, text: &mut impl GlyphSource) -> (usize, u8) {
    let canvas = || SharedCanvas::new(list.width, list.height, &Limits::default()).unwrap();
    let (mut by_list, mut by_operations) = (canvas(), canvas());
    Rasterizer::new().draw(list, text, &mut by_list, None);
    Rasterizer::new().draw_operations(&lower(list), text, &mut by_operations, None);
    let apart = by_list.pixels().iter().zip(by_operations.pixels()).map(|(a, b)| a.abs_diff(*b)).filter(|apart| *apart > 0);
    apart.fold((0, 0), |(count, most), apart| (count + 1, most.max(apart)))
}

/// Cases whose operations give other bytes, by how much, and why.
const OTHERWISE: &[(&str, u8, &str)] = &[];

#[test]
fn lowered_lists_give_the_same_bytes() {
    let mut failures = String::new();
    let all: Vec<_> = ["boards", "dialect"].into_iter().flat_map(cases).collect();
    assert!(all.len() >= 100, "only {} cases were found", all.len());
    for case in all {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let (list, mut renderer) = list_of(&case);
        let (count, most) = differences(&list, &mut renderer.text);
        let allowed = OTHERWISE.iter().find(|(other, ..)| *other == name).map_or(0, |(_, most, _)| *most);
        if most > allowed || (most == 0 && allowed > 0) {
            writeln!(failures, "{name}: {count} channels differ, by {most} at the most; {allowed} is allowed").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_is_lowered_for_an_area_gives_the_same_bytes_in_it() {
    for case in ["boards", "dialect"].into_iter().flat_map(cases) {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let (list, mut renderer) = list_of(&case);
        let (width, height) = (list.width as i32, list.height as i32);
        let mut whole = SharedCanvas::new(list.width, list.height, &Limits::default()).unwrap();
        Rasterizer::new().draw_operations(&lower(&list), &mut renderer.text, &mut whole, None);
        let all = lower(&list).len();
        let areas = [
            PixelRect::new(0, 0, width, height),
            PixelRect::new(0, height / 3, width, height / 3 + 24.min(height)),
            PixelRect::new(width / 2, height / 2, width / 2 + 9, height / 2 + 9),
        ];
        for (area, is_part) in areas.iter().zip([false, true, true]) {
            let within = lower_within(&list, area);
            assert!(within.len() <= all, "{name}");
            if is_part && all > 100 {
                assert!(within.len() < all, "{name}: all of {all} operations are needed in {area:?}");
            }
            // What was there before is drawn over, in the area and nowhere else.
            let mut part = SharedCanvas::new(list.width, list.height, &Limits::default()).unwrap();
            part.pixels_mut().copy_from_slice(whole.pixels());
            let (x, y) = (area.left as f32, area.top as f32);
            let cleared = Operation::ClearRect(Rect::new(x, y, area.width() as f32, area.height() as f32));
            let drawn = [&[cleared], &*within].concat();
            Rasterizer::new().draw_operations(&drawn, &mut renderer.text, &mut part, Some(*area));
            assert!(part.pixels() == whole.pixels(), "{name}: another picture in {area:?}");
        }
    }
}

const SIDE: u32 = 24;

fn canvas() -> SharedCanvas {
    SharedCanvas::new(SIDE, SIDE, &Limits::default()).unwrap()
}

fn drawn(operations: &[Operation]) -> SharedCanvas {
    let (mut canvas, mut text) = (canvas(), TextEngine::new(Fonts::bundled()));
    Rasterizer::new().draw_operations(operations, &mut text, &mut canvas, None);
    canvas
}

fn pixel(canvas: &SharedCanvas, x: u32, y: u32) -> [u8; 4] {
    let start = ((y * canvas.width() + x) * 4) as usize;
    canvas.pixels()[start..start + 4].try_into().unwrap()
}

fn path(x: f32, y: f32, width: f32, height: f32) -> Arc<Path> {
    Arc::new(Path::of_box(RoundedRect::plain(Rect::new(x, y, width, height))))
}

fn fill_with(path: Arc<Path>, paint: Paint) -> Operation {
    Operation::Fill { path, rule: FillRule::NonZero, paint }
}

fn fill(x: f32, y: f32, width: f32, height: f32, color: Color) -> Operation {
    fill_with(path(x, y, width, height), Paint::Solid(color))
}

fn everything(paint: Paint) -> Operation {
    fill_with(path(0.0, 0.0, SIDE as f32, SIDE as f32), paint)
}

fn clip(x: f32, y: f32, width: f32, height: f32) -> Operation {
    Operation::Clip { path: path(x, y, width, height), rule: FillRule::NonZero }
}

const RED: Color = Color::rgb(255, 0, 0);
const GREEN: Color = Color::rgb(0, 255, 0);
const CLEAR: [u8; 4] = [0; 4];
const RED_PIXEL: [u8; 4] = [255, 0, 0, 255];
const GREEN_PIXEL: [u8; 4] = [0, 255, 0, 255];

/// A picture of four pixels: red, green, blue, white.
fn picture() -> Picture {
    let pixels = [RED_PIXEL, GREEN_PIXEL, [0, 0, 255, 255], [255; 4]].concat();
    Picture::from_premultiplied(2, 2, pixels).unwrap()
}

#[test]
fn state_is_saved_and_restored() {
    let canvas = drawn(&[
        Operation::Restore,
        Operation::Save,
        Operation::SetAlpha(0.5),
        Operation::SetAlpha(7.0),
        Operation::Transform(Transform::translate(10.0, 0.0)),
        clip(0.0, 0.0, 4.0, 4.0),
        fill(0.0, 0.0, 24.0, 24.0, RED),
        Operation::Restore,
        fill(0.0, 10.0, 1.0, 1.0, RED),
    ]);
    assert_eq!(pixel(&canvas, 10, 0), [128, 0, 0, 128]);
    assert_eq!((pixel(&canvas, 14, 0), pixel(&canvas, 10, 4), pixel(&canvas, 9, 0)), (CLEAR, CLEAR, CLEAR));
    assert_eq!(pixel(&canvas, 0, 10), RED_PIXEL);
}

#[test]
fn a_layer_is_drawn_as_a_whole() {
    let layer = Layer { alpha: 0.5, composite: Composite::SourceOver, blur: 0.0, bounds: None };
    let canvas = drawn(&[
        Operation::SetAlpha(0.25),
        Operation::Save,
        Operation::BeginLayer(layer),
        // Not from outside of the layer.
        Operation::Restore,
        fill(0.0, 0.0, 10.0, 10.0, RED),
        fill(5.0, 0.0, 10.0, 10.0, GREEN),
        Operation::EndLayer,
        Operation::Restore,
        fill(0.0, 20.0, 1.0, 1.0, RED),
        Operation::BeginLayer(layer),
        fill(20.0, 0.0, 1.0, 1.0, GREEN),
    ]);
    assert_eq!((pixel(&canvas, 2, 2), pixel(&canvas, 7, 2)), ([128, 0, 0, 128], [0, 128, 0, 128]));
    assert_eq!(pixel(&canvas, 0, 20), [64, 0, 0, 64]);
    assert_eq!(pixel(&canvas, 20, 0), [0, 128, 0, 128], "a layer that is not ended is drawn at the end");
}

#[test]
fn some_modes_change_all_of_the_clip() {
    for (composite, under, beside) in [
        (Composite::Copy, GREEN_PIXEL, CLEAR),
        (Composite::SourceIn, GREEN_PIXEL, CLEAR),
        (Composite::DestinationIn, RED_PIXEL, CLEAR),
        (Composite::SourceOut, CLEAR, CLEAR),
        (Composite::DestinationAtop, RED_PIXEL, CLEAR),
        (Composite::DestinationOut, CLEAR, RED_PIXEL),
        (Composite::Xor, CLEAR, RED_PIXEL),
        (Composite::Lighter, [255, 255, 0, 255], RED_PIXEL),
        (Composite::Multiply, [0, 0, 0, 255], RED_PIXEL),
    ] {
        let canvas = drawn(&[
            everything(Paint::Solid(RED)),
            clip(0.0, 0.0, 20.0, 20.0),
            Operation::SetComposite(composite),
            fill(4.0, 4.0, 8.0, 8.0, GREEN),
        ]);
        assert_eq!(pixel(&canvas, 6, 6), under, "{composite:?}");
        assert_eq!(pixel(&canvas, 15, 15), beside, "{composite:?}");
        assert_eq!(pixel(&canvas, 22, 22), RED_PIXEL, "{composite:?}");
    }
}

#[test]
fn strokes_have_width_caps_and_dashes() {
    let mut line = Path::default();
    line.move_to(Point::new(4.0, 10.0));
    line.line_to(Point::new(20.0, 10.0));
    let line = Arc::new(line);
    let stroke = |style: StrokeStyle| {
        drawn(&[Operation::Stroke { path: Arc::clone(&line), style: Arc::new(style), paint: Paint::Solid(RED) }])
    };
    let plain = StrokeStyle { width: 4.0, ..StrokeStyle::default() };
    let canvas = stroke(plain.clone());
    assert_eq!((pixel(&canvas, 4, 8), pixel(&canvas, 19, 11)), (RED_PIXEL, RED_PIXEL));
    assert_eq!((pixel(&canvas, 3, 9), pixel(&canvas, 4, 7), pixel(&canvas, 4, 12)), (CLEAR, CLEAR, CLEAR));
    assert_eq!(pixel(&stroke(StrokeStyle { cap: LineCap::Square, ..plain.clone() }), 2, 8), RED_PIXEL);
    let round = stroke(StrokeStyle { cap: LineCap::Round, ..plain.clone() });
    assert!(pixel(&round, 2, 8)[3] < 200 && pixel(&round, 2, 9)[3] > 200);
    let dashed = stroke(StrokeStyle { dashes: [3.0].into(), dash_offset: 1.0, ..plain.clone() });
    assert_eq!((pixel(&dashed, 5, 10), pixel(&dashed, 7, 10), pixel(&dashed, 9, 10)), (RED_PIXEL, CLEAR, RED_PIXEL));
    for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(stroke(StrokeStyle { width, ..plain.clone() }).pixels().iter().all(|byte| *byte == 0));
    }
}

#[test]
fn gradients_are_as_specified() {
    let gradient = |kind, stops: &[(f32, Color)]| {
        let gradient = Gradient { kind, stops: stops.into(), repeating: false, premultiplied: false };
        drawn(&[everything(Paint::Gradient(Arc::new(gradient)))])
    };
    let (start, end) = (Point::new(4.0, 0.0), Point::new(20.0, 0.0));
    let fade = gradient(GradientKind::Linear { start, end }, &[(0.0, RED), (1.0, Color::TRANSPARENT)]);
    assert_eq!((pixel(&fade, 2, 5), pixel(&fade, 22, 5)), (RED_PIXEL, CLEAR));
    // Straight: at 8.5 of 16 px the colour is as far to black as it is to transparent, and alpha scales it once more.
    let middle = pixel(&fade, 12, 5);
    assert!(middle[0].abs_diff(56) < 3 && middle[3].abs_diff(120) < 3, "{middle:?}");
    let none = gradient(GradientKind::Linear { start, end: start }, &[(0.0, RED), (1.0, RED)]);
    assert_eq!(pixel(&none, 2, 5), CLEAR);
    let circle = |x: f32, radius: f32| Circle { center: Point::new(x, 12.0), radius };
    let cone = gradient(GradientKind::Radial { start: circle(6.0, 0.0), end: circle(16.0, 5.0) }, &[(0.0, RED), (1.0, GREEN)]);
    assert_eq!((pixel(&cone, 2, 12), pixel(&cone, 8, 2)), (CLEAR, CLEAR));
    assert_eq!(pixel(&cone, 22, 12), GREEN_PIXEL);
    let conic = GradientKind::Conic { center: Point::new(12.0, 12.0), angle: 0.0 };
    let halves = gradient(conic, &[(0.0, RED), (0.5, RED), (0.5, GREEN), (1.0, GREEN)]);
    assert_eq!((pixel(&halves, 12, 20), pixel(&halves, 12, 3)), (RED_PIXEL, GREEN_PIXEL));
}

#[test]
fn patterns_repeat_as_they_are_asked() {
    let pattern = |repeat_x, repeat_y| {
        let pattern = Pattern {
            src: Arc::from("p.png"),
            picture: picture(),
            source: Rect::new(0.0, 0.0, 2.0, 2.0),
            tile: Rect::new(0.0, 0.0, 2.0, 2.0),
            repeat_x,
            repeat_y,
            transform: Transform { a: 2.0, d: 2.0, e: 8.0, f: 8.0, ..Transform::IDENTITY },
            smooth: false,
        };
        drawn(&[everything(Paint::Pattern(Arc::new(pattern)))])
    };
    let blue = [0, 0, 255, 255];
    for (x, y) in [(true, true), (true, false), (false, true), (false, false)] {
        let canvas = pattern(x, y);
        assert_eq!((pixel(&canvas, 8, 8), pixel(&canvas, 10, 9), pixel(&canvas, 9, 11)), (RED_PIXEL, GREEN_PIXEL, blue));
        assert_eq!(pixel(&canvas, 0, 8), if x { RED_PIXEL } else { CLEAR }, "{x} {y}");
        assert_eq!(pixel(&canvas, 10, 4), if y { GREEN_PIXEL } else { CLEAR }, "{x} {y}");
        assert_eq!(pixel(&canvas, 4, 4), if x && y { RED_PIXEL } else { CLEAR }, "{x} {y}");
    }
}

#[test]
fn pictures_are_scaled_smooth_or_by_pixels() {
    let image = |source, destination, smooth| {
        drawn(&[Operation::Image { src: Arc::from("p.png"), picture: picture(), source, destination, smooth }])
    };
    let (whole, large) = (Rect::new(0.0, 0.0, 2.0, 2.0), Rect::new(0.0, 0.0, 20.0, 20.0));
    let pixels = image(whole, large, false);
    assert_eq!((pixel(&pixels, 9, 9), pixel(&pixels, 10, 9), pixel(&pixels, 10, 10)), (RED_PIXEL, GREEN_PIXEL, [255; 4]));
    let smooth = pixel(&image(whole, large, true), 9, 1);
    assert!(smooth[0] > 60 && smooth[1] > 60, "{smooth:?}");
    // What the source has beyond the picture draws nothing.
    let beyond = image(Rect::new(-2.0, 0.0, 4.0, 2.0), large, false);
    assert_eq!((pixel(&beyond, 9, 1), pixel(&beyond, 10, 1), pixel(&beyond, 15, 1)), (CLEAR, RED_PIXEL, GREEN_PIXEL));
}

#[test]
fn pixels_are_put_whatever_the_state_is() {
    let canvas = drawn(&[
        everything(Paint::Solid(GREEN)),
        Operation::SetAlpha(0.1),
        Operation::Transform(Transform::rotate(30.0)),
        clip(100.0, 100.0, 1.0, 1.0),
        Operation::PutPixels { picture: picture(), source: PixelRect::new(0, 0, 2, 1), x: 23, y: 5 },
        Operation::PutPixels { picture: picture(), source: PixelRect::new(-9, -9, 99, 99), x: i32::MAX, y: i32::MIN },
        Operation::PutPixels { picture: picture(), source: PixelRect::new(1, 1, 2, 2), x: -1, y: -1 },
    ]);
    assert_eq!((pixel(&canvas, 23, 5), pixel(&canvas, 23, 6), pixel(&canvas, 0, 0)), (RED_PIXEL, GREEN_PIXEL, [255; 4]));
}

#[test]
fn a_rectangle_is_cleared_within_the_clip() {
    let canvas = drawn(&[
        everything(Paint::Solid(RED)),
        Operation::SetAlpha(0.3),
        Operation::SetComposite(Composite::Lighter),
        Operation::Save,
        clip(0.0, 0.0, 8.0, 24.0),
        Operation::ClearRect(Rect::new(4.0, 4.0, 16.0, 8.5)),
        Operation::Restore,
        Operation::Transform(Transform { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e: 24.0, f: 0.0 }),
        Operation::ClearRect(Rect::new(20.0, 0.0, 4.0, 4.0)),
    ]);
    assert_eq!((pixel(&canvas, 4, 4), pixel(&canvas, 8, 4), pixel(&canvas, 3, 4)), (CLEAR, RED_PIXEL, RED_PIXEL));
    assert!(pixel(&canvas, 4, 12)[3].abs_diff(128) < 2);
    assert_eq!((pixel(&canvas, 21, 21), pixel(&canvas, 19, 21)), (CLEAR, RED_PIXEL));
}

#[test]
fn shadows_are_cast_by_whatever_is_drawn() {
    let shadow = Shadow { color: GREEN, blur: 0.0, x: 40.0, y: 0.0, only: false };
    let far = Rect::new(-36.0, 4.0, 8.0, 8.0);
    let outline = path(far.x, far.y, far.width, far.height);
    let gradient = Gradient {
        kind: GradientKind::Linear { start: Point::new(-40.0, 0.0), end: Point::new(0.0, 0.0) },
        stops: [(0.0, RED), (1.0, RED)].into(),
        repeating: false,
        premultiplied: false,
    };
    let source = Rect::new(0.0, 0.0, 2.0, 2.0);
    let image = Operation::Image { src: Arc::from(""), picture: picture(), source, destination: far, smooth: true };
    let line = Operation::Stroke {
        path: path(-34.0, 6.0, 4.0, 4.0),
        style: Arc::new(StrokeStyle { width: 4.0, ..StrokeStyle::default() }),
        paint: Paint::Solid(RED),
    };
    for cast in [
        fill_with(Arc::clone(&outline), Paint::Solid(RED)),
        fill_with(outline, Paint::Gradient(Arc::new(gradient))),
        image,
        line,
    ] {
        let canvas = drawn(&[Operation::SetShadow(shadow), cast.clone()]);
        assert_eq!(
            (pixel(&canvas, 4, 4), pixel(&canvas, 11, 11), pixel(&canvas, 12, 8)),
            (GREEN_PIXEL, GREEN_PIXEL, CLEAR),
            "{cast:?}"
        );
        let blurred = drawn(&[Operation::SetShadow(Shadow { blur: 6.0, ..shadow }), cast]);
        let (inside, edge) = (pixel(&blurred, 8, 8)[3], pixel(&blurred, 12, 8)[3]);
        assert!(inside > edge && edge > 20 && inside > 150, "{inside} {edge}");
    }
    let only = Shadow { x: 0.0, only: true, ..shadow };
    let canvas = drawn(&[Operation::SetShadow(only), fill(0.0, 0.0, 4.0, 4.0, RED)]);
    assert_eq!(pixel(&canvas, 1, 1), GREEN_PIXEL);
}

#[test]
fn a_layer_is_blurred_to_all_sides() {
    let layer = Layer { alpha: 1.0, composite: Composite::SourceOver, blur: 2.0, bounds: None };
    let canvas = drawn(&[Operation::BeginLayer(layer), fill(8.0, 8.0, 8.0, 8.0, RED), Operation::EndLayer]);
    let (left, right) = (pixel(&canvas, 7, 12), pixel(&canvas, 16, 12));
    assert_eq!(left, right);
    assert!(left[3] > 60 && left[3] < 200 && pixel(&canvas, 12, 12)[3] > 200, "{left:?}");
    // What is beyond the canvas comes in.
    let beyond = drawn(&[Operation::BeginLayer(layer), fill(-8.0, 0.0, 8.0, 24.0, RED), Operation::EndLayer]);
    assert!(pixel(&beyond, 0, 12)[3] > 60);
}

fn run(text: &str) -> Arc<GlyphRun> {
    let mut style = Style::default();
    style.text.inherited.font_size = 20.0;
    let layout = TextEngine::new(Fonts::bundled()).layout(&Paragraph::from_style(Arc::from(text), &style), None);
    Arc::clone(&layout.lines[0].runs[0])
}

#[test]
fn text_is_filled_and_stroked() {
    let run = run("HI");
    let text = |paint: Paint, stroke: Option<StrokeStyle>| Operation::Text {
        run: Arc::clone(&run),
        origin: Point::new(2.0, 20.0),
        scale: 1.0,
        paint,
        stroke: stroke.map(Arc::new),
    };
    let ink = |canvas: &SharedCanvas| canvas.pixels().chunks(4).map(|pixel| u64::from(pixel[3])).sum::<u64>();
    let filled = drawn(&[text(Paint::Solid(RED), None)]);
    let kind = GradientKind::Linear { start: Point::new(0.0, 0.0), end: Point::new(0.0, 24.0) };
    let gradient = Gradient { kind, stops: [(0.0, RED), (1.0, GREEN)].into(), repeating: false, premultiplied: false };
    let coloured = drawn(&[text(Paint::Gradient(Arc::new(gradient)), None)]);
    assert!(ink(&filled) > 5_000 && ink(&coloured).abs_diff(ink(&filled)) < 300);
    let mitred = StrokeStyle { width: 1.5, join: LineJoin::Miter, ..StrokeStyle::default() };
    let (round, mitred) =
        (drawn(&[text(Paint::Solid(RED), Some(StrokeStyle::round(1.5)))]), drawn(&[text(Paint::Solid(RED), Some(mitred))]));
    assert!(ink(&round) > 3_000 && ink(&mitred) > 3_000 && round != mitred);
    // Another mode than source-over: glyphs that overlap are one source.
    let xor = drawn(&[everything(Paint::Solid(GREEN)), Operation::SetComposite(Composite::Xor), text(Paint::Solid(RED), None)]);
    let holes = 24 * 24 * 255 - ink(&xor);
    assert!(holes.abs_diff(ink(&filled)) < 600, "{holes} {}", ink(&filled));
}

/// `SplitMix64`: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }
}

/// Makes operations up: ordinary ones, or such as nobody should write.
struct Maker {
    random: Random,
    hostile: bool,
    runs: Vec<Arc<GlyphRun>>,
}

const NASTY: [f32; 16] = [
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN,
    f32::MIN_POSITIVE,
    0.0,
    -0.0,
    1e9,
    -1e9,
    16_384.0,
    -16_385.0,
    1e-9,
    1e20,
    -1e5,
    0.5,
];

impl Maker {
    fn new(seed: u64, hostile: bool) -> Self {
        Self { random: Random(seed), hostile, runs: ["Ho", "小👑", "ffi م"].into_iter().map(run).collect() }
    }

    /// A number about the canvas.
    fn number(&mut self) -> f32 {
        if self.hostile && self.random.chance(4) {
            return NASTY[self.random.below(NASTY.len() as u64) as usize];
        }
        let number = self.random.below(400) as f32 / 10.0 - 8.0;
        if self.random.chance(2) { number.round() } else { number }
    }

    fn point(&mut self) -> Point {
        Point::new(self.number(), self.number())
    }

    fn rect(&mut self) -> Rect {
        Rect::new(self.number(), self.number(), self.number(), self.number())
    }

    fn color(&mut self) -> Color {
        let bits = self.random.next().to_le_bytes();
        Color::rgba(bits[0], bits[1], bits[2], if self.random.chance(2) { 255 } else { bits[3] })
    }

    fn transform(&mut self) -> Transform {
        if self.hostile {
            let mut part = || {
                if self.random.chance(3) {
                    NASTY[self.random.below(16) as usize]
                } else {
                    self.random.below(40) as f32 / 10.0 - 2.0
                }
            };
            return Transform { a: part(), b: part(), c: part(), d: part(), e: part(), f: part() };
        }
        match self.random.below(4) {
            0 => Transform::translate(self.random.below(9) as f32 - 4.0, self.random.below(9) as f32 - 4.0),
            1 => Transform::translate(self.random.below(9) as f32 / 3.0, 0.5),
            2 => Transform::scale(0.5 + self.random.below(20) as f32 / 10.0, 0.5 + self.random.below(20) as f32 / 10.0),
            _ => Transform::rotate(self.random.below(360) as f32),
        }
    }

    fn rounded(&mut self) -> RoundedRect {
        let rect = self.rect();
        if self.random.chance(2) {
            return RoundedRect::plain(rect);
        }
        let radius = self.number();
        let fitted = RoundedRect::new(rect, Corners::all(radius));
        // Not fitted, as no one should make it.
        if self.hostile {
            RoundedRect { radii: Corners::all(friendboard::geometry::Size::new(radius, self.number())), ..fitted }
        } else {
            fitted
        }
    }

    fn path(&mut self) -> Arc<Path> {
        let mut path = Path::default();
        for _ in 0..=self.random.below(5) {
            match self.random.below(9) {
                0 => path.move_to(self.point()),
                1 | 2 => path.line_to(self.point()),
                3 => path.quad_to(self.point(), self.point()),
                4 => path.cubic_to(self.point(), self.point(), self.point()),
                5 => path.arc(
                    (self.number(), self.number()),
                    self.number(),
                    (f64::from(self.number()), f64::from(self.number())),
                    self.random.chance(2),
                ),
                6 => path.arc_to(self.point(), self.point(), self.number()),
                7 => path.close(),
                _ => path.push_box(self.rounded()),
            }
        }
        if self.random.chance(2) {
            path = Path::of_box(self.rounded());
        }
        Arc::new(path)
    }

    fn rule(&mut self) -> FillRule {
        if self.random.chance(2) { FillRule::NonZero } else { FillRule::EvenOdd }
    }

    fn composite(&mut self) -> Composite {
        let names = Composite::KEYWORDS;
        Composite::from_keyword(names[self.random.below(names.len() as u64) as usize]).unwrap()
    }

    fn stroke(&mut self) -> Arc<StrokeStyle> {
        let count = self.random.below(4);
        let pick = self.random.below(3) as usize;
        Arc::new(StrokeStyle {
            width: self.number(),
            cap: [LineCap::Butt, LineCap::Round, LineCap::Square][pick],
            join: [LineJoin::Miter, LineJoin::Round, LineJoin::Bevel][pick],
            miter_limit: self.number(),
            dashes: (0..count).map(|_| self.number()).collect(),
            dash_offset: self.number(),
        })
    }

    fn paint(&mut self) -> Paint {
        match self.random.below(4) {
            0 | 1 => Paint::Solid(self.color()),
            2 => {
                let circle = |maker: &mut Self| Circle { center: maker.point(), radius: maker.number().abs() };
                let kind = match self.random.below(3) {
                    0 => GradientKind::Linear { start: self.point(), end: self.point() },
                    1 => GradientKind::Radial { start: circle(self), end: circle(self) },
                    _ => GradientKind::Conic { center: self.point(), angle: self.number() },
                };
                let count = self.random.below(4);
                let offset =
                    |maker: &mut Self| if maker.hostile { maker.number() } else { maker.random.below(11) as f32 / 10.0 };
                let mut stops: Vec<(f32, Color)> = (0..count).map(|_| (offset(self), self.color())).collect();
                stops.sort_by(|a, b| a.0.total_cmp(&b.0));
                let (repeating, premultiplied) = (self.random.chance(2), self.random.chance(2));
                Paint::Gradient(Arc::new(Gradient { kind, stops: stops.into(), repeating, premultiplied }))
            }
            _ => Paint::Pattern(Arc::new(Pattern {
                src: Arc::from("p"),
                picture: picture(),
                source: if self.random.chance(2) { Rect::new(0.0, 0.0, 2.0, 2.0) } else { self.rect() },
                tile: if self.random.chance(2) { Rect::new(0.0, 0.0, 3.0, 4.0) } else { self.rect() },
                repeat_x: self.random.chance(2),
                repeat_y: self.random.chance(2),
                transform: if self.random.chance(2) { Transform::IDENTITY } else { self.transform() },
                smooth: self.random.chance(2),
            })),
        }
    }

    fn operation(&mut self) -> Operation {
        match self.random.below(22) {
            0 | 1 => Operation::Save,
            2 => Operation::Restore,
            3 => Operation::SetTransform(self.transform()),
            4 => Operation::Transform(self.transform()),
            5 => Operation::SetAlpha(self.number() / 20.0),
            6 => Operation::SetComposite(self.composite()),
            7 => Operation::SetShadow(Shadow {
                color: self.color(),
                blur: self.number(),
                x: self.number(),
                y: self.number(),
                only: self.random.chance(3),
            }),
            8 => Operation::Clip { path: self.path(), rule: self.rule() },
            9..=12 => Operation::Fill { path: self.path(), rule: self.rule(), paint: self.paint() },
            13 | 14 => Operation::Stroke { path: self.path(), style: self.stroke(), paint: self.paint() },
            15 => Operation::Image {
                src: Arc::from("p"),
                picture: picture(),
                source: self.rect(),
                destination: self.rect(),
                smooth: self.random.chance(2),
            },
            16 | 17 => {
                let run = Arc::clone(&self.runs[self.random.below(3) as usize]);
                let stroke = self.random.chance(3).then(|| self.stroke());
                Operation::Text { run, origin: self.point(), scale: self.number() / 10.0, paint: self.paint(), stroke }
            }
            18 => Operation::BeginLayer(Layer {
                alpha: self.number() / 20.0,
                composite: self.composite(),
                blur: self.number() / 8.0,
                bounds: self.random.chance(2).then(|| self.rect()),
            }),
            19 => Operation::EndLayer,
            20 => Operation::ClearRect(self.rect()),
            _ => {
                let whole = |number: f32| number as i32;
                let source =
                    PixelRect::new(whole(self.number()), whole(self.number()), whole(self.number()), whole(self.number()));
                Operation::PutPixels { picture: picture(), source, x: whole(self.number()), y: whole(self.number()) }
            }
        }
    }

    fn operations(&mut self) -> Vec<Operation> {
        (0..=self.random.below(14)).map(|_| self.operation()).collect()
    }
}

#[test]
fn hostile_operations_draw_something_or_nothing() {
    let mut maker = Maker::new(1, true);
    let mut text = TextEngine::new(Fonts::bundled());
    let mut rasterizer = Rasterizer::new();
    let mut marked = 0;
    for _ in 0..3_000 {
        let operations = maker.operations();
        let mut canvas = canvas();
        rasterizer.draw_operations(&operations, &mut text, &mut canvas, None);
        marked += usize::from(canvas.pixels().iter().any(|byte| *byte > 0));
        let sound = canvas.pixels().chunks(4).all(|pixel| pixel[..3].iter().all(|channel| *channel <= pixel[3]));
        assert!(sound, "a channel passes its alpha after {operations:?}");
    }
    // Most end in a transform without extent, a number that is none, or a layer that nothing is in.
    assert!(marked > 600, "only {marked} of 3,000 drew anything");
}

#[test]
fn a_part_is_drawn_as_the_whole_would_be() {
    let mut maker = Maker::new(2, false);
    let (mut rasterizer, mut text) = (Rasterizer::new(), TextEngine::new(Fonts::bundled()));
    for round in 0..1_500 {
        let operations = maker.operations();
        let (mut whole, mut part) = (canvas(), canvas());
        let (left, top) = (maker.random.below(16) as i32, maker.random.below(16) as i32);
        let area = PixelRect::new(left, top, left + 8, top + 8);
        rasterizer.draw_operations(&operations, &mut text, &mut whole, None);
        rasterizer.draw_operations(&operations, &mut text, &mut part, Some(area));
        for y in 0..SIDE {
            for x in 0..SIDE {
                let inside =
                    (x as i32) >= area.left && (x as i32) < area.right && (y as i32) >= area.top && (y as i32) < area.bottom;
                let expected = if inside { pixel(&whole, x, y) } else { CLEAR };
                assert_eq!(pixel(&part, x, y), expected, "round {round} at {x}, {y}: {operations:?}");
            }
        }
    }
}

#[test]
fn boards_as_they_come_give_the_same_picture() {
    let mut text = TextEngine::new(Fonts::bundled());
    let (mut lists, mut otherwise) = (0, 0);
    for seed in 0..12 {
        let mut random = common::runs::Random::new(seed);
        let mut host = common::runs::Host::new(&mut random);
        for _ in 0..60 {
            host.happen(&mut random);
            if !host.is_frame_due() {
                continue;
            }
            host.frame();
            let list = host.context.list();
            let (count, most) = differences(list, &mut text);
            (lists, otherwise) = (lists + 1, otherwise + usize::from(count > 0));
            assert!(most <= 1, "seed {seed}: {count} channels differ, by {most}: {list:?}");
        }
    }
    println!("{otherwise} of {lists} lists differ by 1");
    assert!(lists > 200, "{lists}");
}
