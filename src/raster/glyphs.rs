//! Glyph runs on the canvas: cached masks on whole rows and quarters of a pixel; outlines where they are turned.

use super::composite::Mix;
use super::coverage::{Cover, Mask};
use super::paths::{self, path_mask, skia_stroke};
use super::shadow;
use super::surface::{Clip, Source, Surface};
use crate::display::operations::{FillRule, StrokeStyle};
use crate::geometry::{PixelRect, Point, Rect, Transform, finite};
use crate::picture::Picture;
use crate::text::{GlyphImage, GlyphKey, GlyphRun, GlyphSource, OutlineStep};

/// Larger glyphs are no pictures that would be kept, px per em.
const CACHED_SIZE: f32 = 4_096.0;

/// Masks of single letters that are held until they are made one, bytes.
const SHAPES_BYTES: usize = 8 * 1024 * 1024;

/// How a run of glyphs is drawn.
pub struct GlyphPaint<'a> {
    /// What fills what glyphs cover.
    pub source: Source<'a>,
    /// How opaque colour glyphs are, which have colours of their own.
    pub color_opacity: u8,
    /// How all of it comes onto the surface.
    pub mix: Mix,
}

/// Where a run of glyphs is drawn.
pub struct Placement<'a> {
    pub run: &'a GlyphRun,
    pub origin: Point,
    pub scale: f32,
    /// Stroke around the outlines in place of their filling.
    pub stroke: Option<&'a StrokeStyle>,
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
        let kept = self.stroke.is_none_or(StrokeStyle::is_round) && self.run.size * self.scale * a <= CACHED_SIZE;
        (b == 0.0 && c == 0.0 && a == d && a > 0.0 && kept).then_some(a)
    }
}

/// Draws a run.
pub fn draw(
    surface: &mut Surface<'_>,
    clip: &Clip,
    placement: &Placement<'_>,
    paint: &GlyphPaint<'_>,
    glyphs: &mut dyn GlyphSource,
) {
    each_glyph(placement, glyphs, &mut |image| match image {
        Drawn::Mask(mask) => surface.composite_cover(mask.bounds, Some(mask), clip, &paint.source, paint.mix),
        Drawn::Color(bounds, pixels) => {
            let opacity = super::blend::divide_255(u32::from(paint.color_opacity) * u32::from(paint.mix.opacity)) as u8;
            let mix = Mix { opacity, ..paint.mix };
            surface.composite(bounds, None, clip, &Source::Pixels { bounds, pixels }, mix);
        }
    });
}

/// One glyph on the canvas.
enum Drawn<'a> {
    Mask(Cover<'a>),
    Color(PixelRect, &'a [u8]),
}

fn each_glyph(placement: &Placement<'_>, glyphs: &mut dyn GlyphSource, draw: &mut dyn FnMut(Drawn<'_>)) {
    let Some(uniform) = placement.uniform_scale() else {
        return each_turned_glyph(placement, glyphs, draw);
    };
    let size = placement.run.size * placement.scale * uniform;
    let stroke = finite(placement.stroke.map_or(0.0, |stroke| stroke.width) * uniform);
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
                draw(Drawn::Mask(Cover { bounds, coverage }));
            }
            GlyphImage::Color { left, top, width, height, pixels } => {
                let bounds = PixelRect::new(x + left, y + top, x + left + *width as i32, y + top + *height as i32);
                draw(Drawn::Color(bounds, pixels));
            }
        }
    }
}

/// Turned, skewed or unevenly scaled glyphs: outlines through the path rasterizer, colour glyphs as pictures.
fn each_turned_glyph(placement: &Placement<'_>, glyphs: &mut dyn GlyphSource, draw: &mut dyn FnMut(Drawn<'_>)) {
    let size = placement.run.size * placement.scale;
    for glyph in placement.run.glyphs.iter() {
        let at = Point::new(placement.origin.x + glyph.x * placement.scale, placement.origin.y + glyph.y * placement.scale);
        let key = placement.key(size, 0, glyph.id, 0.0);
        let placed = placement.transform.then(&Transform::translate(at.x, at.y));
        if let Some(path) = outline_path(&glyphs.outline(&key)) {
            let path = match placement.stroke {
                Some(style) if style.is_round() => skia_stroke(style)
                    .and_then(|stroke| path.stroke(&stroke, 1.0))
                    .and_then(|path| paths::placed(path, &placed)),
                Some(style) => paths::stroked(&path, style, &placed),
                None => paths::placed(path, &placed),
            };
            if let Some(mask) = path.and_then(|path| path_mask(&path, FillRule::NonZero, &placement.canvas)) {
                draw(Drawn::Mask(Cover::from(&mask)));
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

/// The most that some masks cover, over an area.
fn summed(area: PixelRect, mut shapes: Vec<Mask>) -> Mask {
    let area = if area.is_empty() { PixelRect::default() } else { area };
    // The first may be the sum of others, and be as large already.
    let mut sum = match shapes.first_mut() {
        Some(first) if first.bounds == area => std::mem::replace(first, Mask::new(PixelRect::default(), Vec::new())),
        _ => Mask::new(area, vec![0; area.width() as usize * area.height() as usize]),
    };
    for shape in &shapes {
        sum.add(shape);
    }
    sum
}

/// A run's shadow: the shapes of all of its glyphs as one mask, blurred.
pub fn blurred_mask(placement: &Placement<'_>, deviation: f32, glyphs: &mut dyn GlyphSource) -> Option<Mask> {
    let reach = shadow::reach(deviation);
    let wide = Placement { canvas: placement.canvas.outset(reach), ..*placement };
    let mut shapes: Vec<Mask> = Vec::new();
    let (mut bounds, mut bytes) = (PixelRect::default(), 0);
    each_glyph(&wide, glyphs, &mut |drawn| {
        let mask = match drawn {
            // Outside of the canvas the copy of its coverage can be saved.
            Drawn::Mask(Cover { bounds, .. }) if bounds.intersection(&wide.canvas).is_empty() => return,
            Drawn::Mask(Cover { bounds, coverage }) => Mask::new(bounds, coverage.to_vec()),
            Drawn::Color(area, pixels) => Mask::new(area, pixels.as_chunks::<4>().0.iter().map(|pixel| pixel[3]).collect()),
        };
        bounds = bounds.union(&mask.bounds);
        bytes += mask.coverage.len();
        shapes.push(mask);
        // Large letters may lie over each other by the thousand.
        if bytes > SHAPES_BYTES {
            shapes = vec![summed(bounds.intersection(&wide.canvas), std::mem::take(&mut shapes))];
            bytes = 0;
        }
    });
    let bounds = bounds.outset(reach).intersection(&wide.canvas);
    if bounds.is_empty() {
        return None;
    }
    let mut sum = summed(bounds, shapes);
    shadow::blur(&mut sum, deviation);
    Some(sum)
}
