//! Text on its box: shadows, stroke, fill and decoration of each run.

use std::sync::Arc;

use super::builder::Builder;
use super::list::{Command, Paint, Shape};
use super::walk::DeviceBox;
use crate::color::Color;
use crate::geometry::{Point, Rect, RoundedRect};
use crate::layout::LayoutBox;
use crate::scene::{Content, Node};
use crate::style::Style;
use crate::style::TextDecoration;
use crate::text::{DecorationLine, GlyphRun, TextLayout};

/// Paints a text's lines into its content box.
pub fn paint(builder: &mut Builder<'_>, node: &Node, place: &LayoutBox, style: &Style, device: &DeviceBox) {
    let origin = content_origin(builder, place, device);
    if let Some(text) = &place.text {
        paint_layout(builder, text, origin, builder.view.dpr, &|_| style);
    }
    if let Content::RichText(rich) = &node.content {
        for (lines, paragraph) in place.rich.iter().zip(&rich.paragraphs) {
            let at = Point::new(origin.x, origin.y + lines.top * builder.view.dpr);
            let style_of = |span: usize| paragraph.spans.get(span).map_or(style, |(_, style)| style);
            paint_layout(builder, &lines.layout, at, builder.view.dpr, &style_of);
        }
    }
}

/// Paints a bitmap text: each letter is a part of a page of the font.
pub fn paint_bitmap(builder: &mut Builder<'_>, font: &str, place: &LayoutBox, device: &DeviceBox) {
    let Some(lines) = &place.bitmap else { return };
    let pictures = builder.pictures;
    let Some(found) = pictures.font(font) else { return };
    let origin = content_origin(builder, place, device);
    let dpr = builder.view.dpr;
    let pages: Vec<Arc<str>> = found.pages.iter().map(|page| Arc::from(page_src(font, page))).collect();
    for letter in &lines.letters {
        let Some(src) = pages.get(letter.page) else { continue };
        let Some(picture) = pictures.get(src).picture() else { continue };
        let sheet = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32);
        let source = letter.source.intersection(&sheet);
        let destination = letter.target.scaled(dpr).translated(origin.x, origin.y).snapped();
        if !source.is_empty() && !destination.is_empty() {
            let (src, picture) = (Arc::clone(src), picture.clone());
            builder.push(Command::Image { src, picture, source, destination, clip: None, tile: None });
        }
    }
}

/// The path of a font's page: beside the font.
pub fn page_src(font: &str, page: &str) -> String {
    font.rfind('/').map_or_else(|| page.to_owned(), |slash| format!("{}{page}", &font[..=slash]))
}

/// Where the lines start, device px. The top edge is taken from the snapped box, so that the lines of rows that are
/// alike stand alike in them.
fn content_origin(builder: &Builder<'_>, place: &LayoutBox, device: &DeviceBox) -> Point {
    let dpr = builder.view.dpr;
    Point::new(
        device.exact.x + (place.border.left + place.padding.left) * dpr,
        device.border.rect.y + (place.border.top + place.padding.top + place.text_offset) * dpr,
    )
}

/// Paints lines from a place on; a run is drawn in its span's style. `scale` is device px per px.
fn paint_layout<'a>(
    builder: &mut Builder<'_>,
    text: &TextLayout,
    origin: Point,
    scale: f32,
    style_of: &dyn Fn(usize) -> &'a Style,
) {
    for line in &text.lines {
        let baseline = (origin.y + line.baseline * scale).round();
        let at = Point::new(origin.x, baseline);
        // Under the letters of the whole line, so that no letter lies under its neighbour's shadow.
        for run in &line.runs {
            let style = &style_of(run.span).text;
            let run = Arc::clone(run);
            for shadow in style.shadows.iter().rev() {
                let moved = Point::new(at.x + shadow.x * scale, at.y + shadow.y * scale);
                let color = shadow.color.unwrap_or(style.inherited.color);
                let blur = shadow.blur * scale / 2.0;
                let stroke = None;
                builder.push(Command::Glyphs { run: Arc::clone(&run), origin: moved, scale, color, stroke, blur });
            }
            if style.stroke_width > 0.0 {
                let color = style.stroke_color.unwrap_or(style.inherited.color);
                let stroke = Some(style.stroke_width * scale);
                builder.push(Command::Glyphs { run, origin: at, scale, color, stroke, blur: 0.0 });
            }
        }
        for run in &line.runs {
            let style = &style_of(run.span).text;
            let color = style.inherited.color;
            if style.decoration == TextDecoration::Underline {
                decorate(builder, run, at, scale, run.underline, color);
            }
            builder.push(Command::Glyphs { run: Arc::clone(run), origin: at, scale, color, stroke: None, blur: 0.0 });
            if style.decoration == TextDecoration::LineThrough {
                decorate(builder, run, at, scale, run.line_through, color);
            }
        }
    }
}

fn decorate(builder: &mut Builder<'_>, run: &GlyphRun, at: Point, scale: f32, line: DecorationLine, color: Color) {
    let (x, advance, DecorationLine { offset, thickness }) = (run.x, run.advance, line);
    let thickness = (thickness * scale).round().max(1.0);
    let (left, right) = ((at.x + x * scale).round(), (at.x + (x + advance) * scale).round());
    let rect = Rect::new(left, (at.y + offset * scale).round(), right - left, thickness);
    if !rect.is_empty() {
        builder.push(Command::Fill { shape: Shape::Rect(RoundedRect::plain(rect)), paint: Paint::Solid(color) });
    }
}

/// The letter that stands in for a picture: white, in the middle of an area.
pub fn paint_letter(builder: &mut Builder<'_>, place: &LayoutBox, area: &Rect) {
    let Some(letter) = &place.letter else { return };
    let Some(line) = letter.lines.first() else { return };
    // It was laid out for the box before its edges were moved onto whole pixels.
    let scale = area.height / place.content().height;
    let (width, height) = (letter.width * scale, line.height * scale);
    let origin = Point::new(area.x + (area.width - width) / 2.0 - line.x * scale, area.y + (area.height - height) / 2.0);
    let mut style = Style::default();
    style.text.inherited.color = Color::WHITE;
    paint_layout(builder, letter, origin, scale, &|_| &style);
}
