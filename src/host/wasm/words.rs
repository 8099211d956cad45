//! Operations of a 2D context as words that the host replays.
//!
//! A word is 32 bits, a number where it is a coordinate and whole otherwise. Each operation begins with its number:
//!
//! | number | operation | words after it |
//! |---|---|---|
//! | 1, 2 | save, restore | |
//! | 3, 4 | set, add a transform | a b c d e f |
//! | 5 | alpha | alpha |
//! | 6 | composite | text: its keyword |
//! | 7 | shadow | colour, blur, x, y, 1 without what casts it |
//! | 8 | clip | path, rule |
//! | 9 | fill | path, rule, paint |
//! | 10 | stroke | path, width, cap, join, mitre limit, paint |
//! | 11 | image | text: its address, source, destination, 1 smooth |
//! | 12 | text | text, text: its font, x, y, size, stroke's width, 1 right to left, paint |
//! | 13 | begin a layer | alpha, text: composite, blur, 1 and bounds, or 0 |
//! | 14 | end a layer | |
//! | 15 | clear | rectangle |
//! | 16 | bring a piece, by the pixels painter alone | its number |
//!
//! - A path: the number of its words; then 0 move, 1 line, 2 quadratic, 3 cubic, 4 close, 5 rectangle with their points. A
//!   rule: 0 nonzero, 1 evenodd.
//! - A paint: 0 and a colour (RGBA8 from the highest byte); 1 linear (two points), 2 radial (two circles), then the number
//!   of stops, each with offset and colour; 3 a pattern (text: its address, source, tile, 1 repeats in x, in y, transform, 1
//!   smooth).
//! - A text is a number: the texts that are new come with the frame, and the host keeps them.

use std::collections::HashMap;
use std::sync::Arc;

use friendboard::Color;
use friendboard::display::operations::{FillRule, Gradient, GradientKind, Operation, Paint, Path, Segment, StrokeStyle};
use friendboard::geometry::{Point, Rect, Transform};
use friendboard::text::FontDescription;

use crate::css;

/// Texts that the host keeps at most; more, and all are told anew.
const TEXTS_MAX: usize = 4_096;

/// The operations of a frame.
#[derive(Default)]
pub struct Words {
    written: Vec<u32>,
    texts: HashMap<Arc<str>, u32>,
    /// The fonts that texts were drawn in, whatever their size, with the numbers of their CSS.
    fonts: Vec<(Arc<FontDescription>, u32)>,
    /// Texts that are new, each with a NUL after it.
    new_texts: String,
}

impl Words {
    /// Begins a frame.
    pub fn clear(&mut self) {
        self.written.clear();
        self.new_texts.clear();
        if self.texts.len() > TEXTS_MAX {
            self.texts.clear();
            self.fonts.clear();
        }
    }

    /// The words.
    pub fn as_slice(&self) -> &[u32] {
        &self.written
    }

    /// Texts that the operations name and that were not told before, each with a NUL after it; the first has the number that
    /// comes first.
    pub fn new_texts(&self) -> (&str, u32) {
        let told = self.new_texts.matches('\0').count();
        (&self.new_texts, (self.texts.len() - told) as u32)
    }

    /// Adds a piece that is rasterized.
    #[cfg(feature = "pixels")]
    pub fn piece(&mut self, number: u32) {
        self.written.extend([16, number]);
    }

    fn number(&mut self, value: f32) {
        self.written.push(value.to_bits());
    }

    fn numbers<const N: usize>(&mut self, values: [f32; N]) {
        self.written.extend(values.map(f32::to_bits));
    }

    fn flag(&mut self, value: bool) {
        self.written.push(u32::from(value));
    }

    fn color(&mut self, color: Color) {
        self.written.push(u32::from_be_bytes([color.red, color.green, color.blue, color.alpha]));
    }

    fn rect(&mut self, rect: &Rect) {
        self.numbers([rect.x, rect.y, rect.width, rect.height]);
    }

    fn transform(&mut self, transform: &Transform) {
        self.numbers([transform.a, transform.b, transform.c, transform.d, transform.e, transform.f]);
    }

    fn text(&mut self, text: &str) {
        let number = self.text_number(text);
        self.written.push(number);
    }

    fn text_number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.texts.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.insert(Arc::from(text), number);
        self.new_texts.extend(text.chars().filter(|character| *character != '\0'));
        self.new_texts.push('\0');
        number
    }

    /// The number of a font's CSS, which is written once.
    fn font(&mut self, font: &Arc<FontDescription>) -> u32 {
        let is_alike = |known: &Arc<FontDescription>| {
            Arc::ptr_eq(known, font) || (known.style, known.weight, &known.family) == (font.style, font.weight, &font.family)
        };
        if let Some((_, number)) = self.fonts.iter().find(|(known, _)| is_alike(known)) {
            return *number;
        }
        let number = self.text_number(&css_font(font));
        self.fonts.push((Arc::clone(font), number));
        number
    }

    fn path(&mut self, path: &Path, rule: Option<FillRule>) {
        let at = self.written.len();
        self.written.push(0);
        let points = |words: &mut Self, kind: u32, points: &[Point]| {
            words.written.push(kind);
            for point in points {
                words.numbers([point.x, point.y]);
            }
        };
        if let [Segment::Box(shape)] = path.segments()
            && shape.is_plain()
        {
            self.written.push(5);
            self.rect(&shape.rect);
        } else {
            path.outline(&mut |segment| match segment {
                Segment::MoveTo(point) => points(self, 0, &[point]),
                Segment::LineTo(point) => points(self, 1, &[point]),
                Segment::QuadTo(control, point) => points(self, 2, &[control, point]),
                Segment::CubicTo(first, second, point) => points(self, 3, &[first, second, point]),
                Segment::Close | Segment::Box(_) => points(self, 4, &[]),
            });
        }
        self.written[at] = (self.written.len() - at - 1) as u32;
        if let Some(rule) = rule {
            self.flag(rule == FillRule::EvenOdd);
        }
    }

    fn paint(&mut self, paint: &Paint, bounds: &Rect) {
        match paint {
            Paint::Solid(color) => {
                self.written.push(0);
                self.color(*color);
            }
            Paint::Gradient(gradient) => self.gradient(gradient, bounds),
            Paint::Pattern(pattern) => {
                self.written.push(3);
                self.text(&pattern.src);
                self.rect(&pattern.source);
                self.rect(&pattern.tile);
                self.flag(pattern.repeat_x);
                self.flag(pattern.repeat_y);
                self.transform(&pattern.transform);
                self.flag(pattern.smooth);
            }
        }
    }

    fn gradient(&mut self, gradient: &Gradient, bounds: &Rect) {
        let plain = gradient.plain(bounds);
        match plain.kind {
            GradientKind::Linear { start, end } => {
                self.written.push(1);
                self.numbers([start.x, start.y, end.x, end.y]);
            }
            GradientKind::Radial { start, end } => {
                self.written.push(2);
                self.numbers([start.center.x, start.center.y, start.radius, end.center.x, end.center.y, end.radius]);
            }
            // No board has one; a context without it would be lost.
            GradientKind::Conic { .. } => {
                self.written.push(0);
                return self.color(plain.stops.first().map_or(Color::TRANSPARENT, |(_, color)| *color));
            }
        }
        self.written.push(plain.stops.len() as u32);
        for (offset, color) in plain.stops.iter() {
            self.number(*offset);
            self.color(*color);
        }
    }

    fn stroke(&mut self, style: &StrokeStyle) {
        self.number(style.width);
        self.text(style.cap.keyword());
        self.text(style.join.keyword());
        self.number(style.miter_limit);
    }

    /// Adds an operation.
    pub fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Save => self.written.push(1),
            Operation::Restore => self.written.push(2),
            Operation::SetTransform(transform) => {
                self.written.push(3);
                self.transform(transform);
            }
            Operation::Transform(transform) => {
                self.written.push(4);
                self.transform(transform);
            }
            Operation::SetAlpha(alpha) => {
                self.written.push(5);
                self.number(*alpha);
            }
            Operation::SetComposite(composite) => {
                self.written.push(6);
                self.text(composite.keyword());
            }
            Operation::SetShadow(shadow) => {
                self.written.push(7);
                self.color(shadow.color);
                self.numbers([shadow.blur, shadow.x, shadow.y]);
                self.flag(shadow.only);
            }
            Operation::Clip { path, rule } => {
                self.written.push(8);
                self.path(path, Some(*rule));
            }
            Operation::Fill { path, rule, paint } => {
                self.written.push(9);
                self.path(path, Some(*rule));
                self.paint(paint, &path.bounds());
            }
            Operation::Stroke { path, style, paint } => {
                self.written.push(10);
                self.path(path, None);
                self.stroke(style);
                self.paint(paint, &path.bounds());
            }
            Operation::Image { src, source, destination, smooth, .. } => {
                self.written.push(11);
                self.text(src);
                self.rect(source);
                self.rect(destination);
                self.flag(*smooth);
            }
            Operation::Text { .. } => self.run(operation),
            Operation::BeginLayer(layer) => {
                self.written.push(13);
                self.number(layer.alpha);
                self.text(layer.composite.keyword());
                self.number(layer.blur);
                self.flag(layer.bounds.is_some());
                if let Some(bounds) = &layer.bounds {
                    self.rect(bounds);
                }
            }
            Operation::EndLayer => self.written.push(14),
            Operation::ClearRect(rect) => {
                self.written.push(15);
                self.rect(rect);
            }
            // Only scripts put pixels.
            Operation::PutPixels { .. } => {}
        }
    }

    /// A run of text: whole, or, where its letters are spaced apart, cluster by cluster.
    fn run(&mut self, operation: &Operation) {
        let Operation::Text { run, origin, scale, paint, stroke } = operation else { return };
        let font = self.font(&run.font);
        let width = stroke.as_ref().map_or(0.0, |stroke| stroke.width);
        let bounds = run.reach(*origin, *scale);
        let mut piece = |text: &str, x: f32, right_to_left: bool| {
            self.written.push(12);
            self.text(text);
            self.written.push(font);
            self.numbers([origin.x + x * scale, origin.y, run.size * scale, width]);
            self.flag(right_to_left);
            self.paint(paint, &bounds);
        };
        if run.font.letter_spacing == 0.0 {
            let is_reversed = run.clusters.first().is_some_and(|cluster| cluster.right_to_left);
            return piece(&run.text, run.x, is_reversed);
        }
        for cluster in run.clusters.iter() {
            let Some(text) = run.text.get(cluster.range.clone()) else { continue };
            piece(text, cluster.x, cluster.right_to_left);
        }
    }
}

/// A font as CSS writes it, but for its size: before it, and after it.
fn css_font(font: &FontDescription) -> String {
    let mut css = css::before_size(font);
    css.push('\u{1}');
    css.push_str(&css::after_size(font));
    css
}
