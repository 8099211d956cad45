//! Glyph runs on the canvas: cached masks on whole rows and quarters of a pixel; outlines where they are turned.

use super::coverage::{Mask, path_mask};
use super::image::skia;
use super::shadow;
use super::surface::{Clip, Source, Surface};
use crate::color::Color;
use crate::geometry::{PixelRect, Point, Rect, Transform, finite};
use crate::picture::Picture;
use crate::text::{GlyphImage, GlyphKey, GlyphRun, GlyphSource, OutlineStep};

/// How a run of glyphs is drawn.
pub struct GlyphPaint {
    pub color: Color,
    /// Whole width of a stroke, device px.
    pub stroke: Option<f32>,
    /// Standard deviation of a blur, device px.
    pub blur: f32,
}

/// Where a run of glyphs is drawn.
pub struct Placement<'a> {
    pub run: &'a GlyphRun,
    pub origin: Point,
    pub scale: f32,
    pub transform: Transform,
    pub canvas: PixelRect,
}

impl Placement<'_> {
    fn key(&self, size: f32, quarter: u8, glyph: u32, stroke: f32) -> GlyphKey {
        GlyphKey { face: self.run.face, glyph, size, quarter, embolden: self.run.embolden, slant: self.run.slant, stroke }
    }

    /// The same factor in both directions, and nothing turned: cached glyphs serve at that size.
    fn uniform_scale(&self) -> Option<f32> {
        let Transform { a, b, c, d, .. } = self.transform;
        (b == 0.0 && c == 0.0 && a == d && a > 0.0).then_some(a)
    }
}

/// Draws a run.
pub fn draw(
    surface: &mut Surface<'_>,
    clip: &Clip,
    placement: &Placement<'_>,
    paint: &GlyphPaint,
    glyphs: &mut dyn GlyphSource,
) {
    if paint.blur > 0.0 {
        return draw_blurred(surface, clip, placement, paint, glyphs);
    }
    let color = super::blend::premultiply(paint.color);
    each_glyph(placement, paint, glyphs, &mut |image| match image {
        Drawn::Mask(mask) => surface.composite(mask.bounds, Some(mask), clip, &Source::Solid(color)),
        Drawn::Color(bounds, pixels) => {
            let source = Source::Pixels { bounds, pixels, opacity: paint.color.alpha };
            surface.composite(bounds, None, clip, &source);
        }
    });
}

/// One glyph on the canvas.
enum Drawn<'a> {
    Mask(&'a Mask),
    Color(PixelRect, &'a [u8]),
}

fn each_glyph(placement: &Placement<'_>, paint: &GlyphPaint, glyphs: &mut dyn GlyphSource, draw: &mut dyn FnMut(Drawn<'_>)) {
    let Some(uniform) = placement.uniform_scale() else {
        return each_turned_glyph(placement, paint, glyphs, draw);
    };
    let size = placement.run.size * placement.scale * uniform;
    let stroke = paint.stroke.unwrap_or(0.0) * uniform;
    // What is far outside is not even rasterized; a glyph reaches at most a few times its size.
    let near = placement.canvas.outset((size * 3.0 + stroke + 2.0) as i32);
    for glyph in placement.run.glyphs.iter() {
        let given = Point::new(placement.origin.x + glyph.x * placement.scale, placement.origin.y + glyph.y * placement.scale);
        let at = placement.transform.apply(given);
        let quarters = (finite(at.x) * 4.0 + 0.5).floor() as i32;
        let (x, y) = (quarters.div_euclid(4), (finite(at.y) + 0.5).floor() as i32);
        if x < near.left || x > near.right || y < near.top || y > near.bottom {
            continue;
        }
        let image = glyphs.image(&placement.key(size, quarters.rem_euclid(4) as u8, glyph.id, stroke));
        match &*image {
            GlyphImage::Empty => {}
            GlyphImage::Mask { left, top, width, height, coverage } => {
                let bounds = PixelRect::new(x + left, y + top, x + left + *width as i32, y + top + *height as i32);
                // Outside of the canvas the copy of its coverage can be saved.
                if !bounds.intersection(&placement.canvas).is_empty() {
                    draw(Drawn::Mask(&Mask::new(bounds, coverage.clone())));
                }
            }
            GlyphImage::Color { left, top, width, height, pixels } => {
                let bounds = PixelRect::new(x + left, y + top, x + left + *width as i32, y + top + *height as i32);
                draw(Drawn::Color(bounds, pixels));
            }
        }
    }
}

/// Turned, skewed or unevenly scaled glyphs: outlines through the path rasterizer, colour glyphs as pictures.
fn each_turned_glyph(
    placement: &Placement<'_>,
    paint: &GlyphPaint,
    glyphs: &mut dyn GlyphSource,
    draw: &mut dyn FnMut(Drawn<'_>),
) {
    let size = placement.run.size * placement.scale;
    for glyph in placement.run.glyphs.iter() {
        let at = Point::new(placement.origin.x + glyph.x * placement.scale, placement.origin.y + glyph.y * placement.scale);
        let key = placement.key(size, 0, glyph.id, 0.0);
        let placed = placement.transform.then(&Transform::translate(at.x, at.y));
        if let Some(path) = outline_path(&glyphs.outline(&key)) {
            let path = match paint.stroke {
                Some(width) => {
                    let stroke = tiny_skia::Stroke {
                        width,
                        line_join: tiny_skia::LineJoin::Round,
                        line_cap: tiny_skia::LineCap::Round,
                        ..Default::default()
                    };
                    path.stroke(&stroke, 1.0)
                }
                None => Some(path),
            };
            if let Some(mask) = path.and_then(|path| path_mask(&path, skia(&placed), &placement.canvas)) {
                draw(Drawn::Mask(&mask));
            }
            continue;
        }
        if let GlyphImage::Color { left, top, width, height, pixels } = &*glyphs.image(&key)
            && let Some(picture) = Picture::from_premultiplied(*width, *height, pixels.as_slice())
        {
            let destination = Rect::new(*left as f32, *top as f32, *width as f32, *height as f32);
            let area = PixelRect::around(&placed.bounds(&destination)).outset(1).intersection(&placement.canvas);
            if !area.is_empty()
                && let Some(pixels) = super::image::transformed(&picture, &destination, &placed, area)
            {
                draw(Drawn::Color(area, &pixels));
            }
        }
    }
}

fn outline_path(steps: &[OutlineStep]) -> Option<tiny_skia::Path> {
    if steps.is_empty() {
        return None;
    }
    let mut builder = tiny_skia::PathBuilder::new();
    for step in steps {
        match *step {
            OutlineStep::MoveTo(x, y) => builder.move_to(x, y),
            OutlineStep::LineTo(x, y) => builder.line_to(x, y),
            OutlineStep::QuadTo(x1, y1, x, y) => builder.quad_to(x1, y1, x, y),
            OutlineStep::CurveTo(x1, y1, x2, y2, x, y) => builder.cubic_to(x1, y1, x2, y2, x, y),
            OutlineStep::Close => builder.close(),
        }
    }
    builder.finish()
}

/// A run's shadow: the shapes of all of its glyphs as one mask, blurred.
fn draw_blurred(
    surface: &mut Surface<'_>,
    clip: &Clip,
    placement: &Placement<'_>,
    paint: &GlyphPaint,
    glyphs: &mut dyn GlyphSource,
) {
    let reach = shadow::reach(paint.blur);
    let wide = Placement { canvas: placement.canvas.outset(reach), run: placement.run, ..*placement };
    let mut shapes: Vec<Mask> = Vec::new();
    let mut bounds = PixelRect::default();
    each_glyph(&wide, paint, glyphs, &mut |drawn| {
        let mask = match drawn {
            Drawn::Mask(mask) => mask.clone(),
            Drawn::Color(area, pixels) => Mask::new(area, pixels.as_chunks::<4>().0.iter().map(|pixel| pixel[3]).collect()),
        };
        bounds = bounds.union(&mask.bounds);
        shapes.push(mask);
    });
    let bounds = bounds.outset(reach).intersection(&wide.canvas);
    if bounds.is_empty() {
        return;
    }
    let width = bounds.width() as usize;
    let mut sum = Mask::new(bounds, vec![0; width * bounds.height() as usize]);
    for shape in &shapes {
        let area = shape.bounds.intersection(&bounds);
        for y in area.top..area.bottom {
            let start = (y - bounds.top) as usize * width + (area.left - bounds.left) as usize;
            if let Some(row) = sum.coverage.get_mut(start..start + area.width().max(0) as usize) {
                for (sum, &own) in row.iter_mut().zip(shape.row(y, area.left, area.right.max(area.left))) {
                    *sum = (*sum).max(own);
                }
            }
        }
    }
    shadow::blur(&mut sum, paint.blur);
    surface.composite(bounds, Some(&sum), clip, &Source::Solid(super::blend::premultiply(paint.color)));
}
