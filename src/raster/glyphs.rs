//! Glyph runs on the canvas: cached masks on whole rows and quarters of a pixel; outlines where they are turned.

use super::clip::Clip;
use super::composite::Mix;
use super::paths::{self, path_mask, skia_stroke};
use super::pieces::{Cover, Mask};
use super::shadow;
use super::surface::{Source, Surface};
use crate::display::operations::{FillRule, LineJoin, StrokeStyle};
use crate::geometry::{PixelRect, Point, Rect, Transform, finite};
use crate::picture::Picture;
use crate::text::{GlyphImage, GlyphKey, GlyphRun, GlyphSource, OutlineStep};

/// Larger glyphs are no pictures that would be kept, px per em.
const CACHED_SIZE: f32 = 4_096.0;

/// Of larger glyphs it is known by their outlines whether any of them is seen before their masks are made, px per em.
const VAST_SIZE: f32 = 512.0;

/// A colour glyph is made no larger than this, px per em, and stretched from there: its layers are as many bytes a pixel as a mask
/// has bits.
const COLOR_SIZE: f32 = 1_024.0;

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
    each_glyph(placement, glyphs, &clip.bounds, &mut |image| match image {
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

/// Gives all glyphs of which something may be seen in an area.
fn each_glyph(placement: &Placement<'_>, glyphs: &mut dyn GlyphSource, area: &PixelRect, draw: &mut dyn FnMut(Drawn<'_>)) {
    let Some(uniform) = placement.uniform_scale() else {
        return each_turned_glyph(placement, glyphs, area, draw);
    };
    let size = placement.run.size * placement.scale * uniform;
    let stroke = finite(placement.stroke.map_or(0.0, |stroke| stroke.width) * uniform);
    // What is far outside is not even rasterized; a glyph reaches at most a few times its size.
    let near = area.outset((size.abs() * 3.0 + stroke + 2.0) as i32);
    for glyph in placement.run.glyphs.iter() {
        let given = Point::new(placement.origin.x + glyph.x * placement.scale, placement.origin.y + glyph.y * placement.scale);
        let at = placement.transform.apply(given);
        // Told by what it is, before it is made a whole pixel: most of a long text may be elsewhere.
        if at.x < near.left as f32 - 1.0
            || at.x > near.right as f32 + 1.0
            || at.y < near.top as f32 - 1.0
            || at.y > near.bottom as f32 + 1.0
        {
            continue;
        }
        let quarters = (finite(at.x) * 4.0 + 0.5).floor() as i32;
        let (x, y) = (quarters.div_euclid(4), (finite(at.y) + 0.5).floor() as i32);
        if x < near.left || x > near.right || y < near.top || y > near.bottom {
            continue;
        }
        let key = placement.key(size, quarters.rem_euclid(4) as u8, glyph.id, stroke);
        let placed = Transform::translate(x as f32, y as f32);
        if size > VAST_SIZE {
            let outline = glyphs.outline(&key);
            if !is_seen(&outline, &placed, stroke, area) {
                continue;
            }
            if size > COLOR_SIZE && outline.is_empty() {
                draw_colored(placement, (glyph.id, size), &placed, glyphs, draw);
                continue;
            }
        }
        let image = glyphs.image(&key);
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

/// True where an outline, or a stroke around it, touches an area; also for what has no outline.
fn is_seen(outline: &[OutlineStep], placed: &Transform, stroke: f32, area: &PixelRect) -> bool {
    let Some([left, top, right, bottom]) = OutlineStep::bounds(outline) else { return true };
    let own = placed.bounds(&Rect::from_edges(left, top, right, bottom).outset(stroke));
    // Two pixels for the quarters and for edges.
    !PixelRect::around(&own).outset(2).intersection(area).is_empty()
}

/// How far a stroke reaches from its path: at a sharp corner by its miter limit, at a square end by its diagonal.
fn stroke_reach(style: &StrokeStyle) -> f32 {
    let longest = if style.join == LineJoin::Miter { style.miter_limit.max(1.5) } else { 1.5 };
    finite(style.width / 2.0 * longest)
}

/// Turned, skewed or unevenly scaled glyphs: outlines through the path rasterizer, colour glyphs as pictures.
fn each_turned_glyph(
    placement: &Placement<'_>,
    glyphs: &mut dyn GlyphSource,
    area: &PixelRect,
    draw: &mut dyn FnMut(Drawn<'_>),
) {
    let size = placement.run.size * placement.scale;
    let stroke = placement.stroke.map_or(0.0, stroke_reach);
    let near = size.abs() * 3.0 + stroke;
    for glyph in placement.run.glyphs.iter() {
        let at = Point::new(placement.origin.x + glyph.x * placement.scale, placement.origin.y + glyph.y * placement.scale);
        let reach = placement.transform.bounds(&Rect::new(at.x, at.y, 0.0, 0.0).outset(near));
        if PixelRect::around(&reach).outset(2).intersection(area).is_empty() {
            continue;
        }
        let key = placement.key(size, 0, glyph.id, 0.0);
        let placed = placement.transform.then(&Transform::translate(at.x, at.y));
        let outline = glyphs.outline(&key);
        if !is_seen(&outline, &placed, stroke, area) {
            continue;
        }
        if let Some(path) = outline_path(&outline) {
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
        draw_colored(placement, (glyph.id, size), &placed, glyphs, draw);
    }
}

/// Gives a colour glyph as a picture, under a transform.
fn draw_colored(
    placement: &Placement<'_>,
    (glyph, size): (u32, f32),
    placed: &Transform,
    glyphs: &mut dyn GlyphSource,
    draw: &mut dyn FnMut(Drawn<'_>),
) {
    let made = size.min(COLOR_SIZE);
    let stretch = size / made;
    if let GlyphImage::Color { left, top, width, height, pixels } = &*glyphs.image(&placement.key(made, 0, glyph, 0.0))
        && let Some(picture) = Picture::from_premultiplied(*width, *height, pixels.as_slice())
    {
        let [x, y, width, height] = [*left as f32, *top as f32, *width as f32, *height as f32].map(|px| px * stretch);
        let destination = Rect::new(x, y, width, height);
        let area = PixelRect::around(&placed.bounds(&destination)).outset(1).intersection(&placement.canvas);
        if !area.is_empty()
            && let Some(pixels) = super::image::transformed(&picture, &destination, placed, area)
        {
            draw(Drawn::Color(area, &pixels));
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
    each_glyph(&wide, glyphs, &wide.canvas, &mut |drawn| {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::display::operations::Composite;
    use crate::raster::surface::Pixels;
    use crate::style::Style;
    use crate::text::{DecorationLine, FaceId, Glyph, Paragraph};

    /// Letters that are boxes, and how many pictures of them were made.
    struct Boxes(usize);

    impl GlyphSource for Boxes {
        fn image(&mut self, key: &GlyphKey) -> Arc<GlyphImage> {
            self.0 += 1;
            let (width, height) = ((key.size * 0.75) as u32, key.size as u32);
            let coverage = vec![255; width as usize * height as usize];
            Arc::new(GlyphImage::Mask { left: 0, top: -(height as i32), width, height, coverage })
        }

        fn outline(&mut self, key: &GlyphKey) -> Vec<OutlineStep> {
            vec![OutlineStep::MoveTo(0.0, 0.0), OutlineStep::LineTo(key.size * 0.75, -key.size), OutlineStep::Close]
        }
    }

    #[test]
    fn vast_letters_are_made_where_they_are_seen() {
        let line = DecorationLine::default();
        let glyphs = (0..12).map(|index| Glyph { id: 7, x: index as f32 * 600.0 - 900.0, y: 0.0 });
        let run = GlyphRun {
            text: Arc::from(""),
            clusters: Arc::from([]),
            font: Arc::clone(&Paragraph::from_style("".into(), &Style::default()).spans[0].font),
            face: FaceId(0),
            size: 800.0,
            span: 0,
            glyphs: glyphs.collect(),
            x: -900.0,
            advance: 7_200.0,
            embolden: 0.0,
            slant: 0.0,
            underline: line,
            line_through: line,
        };
        let canvas = PixelRect::new(0, 0, 1_000, 300);
        let placement = Placement {
            run: &run,
            origin: Point::new(0.0, 250.0),
            scale: 1.0,
            stroke: None,
            transform: Transform::IDENTITY,
            canvas,
        };
        let made = |area: PixelRect, origin: Point| {
            let mut pixels = vec![0; 1_000 * 300 * 4];
            let mut surface = Surface { bounds: canvas, pixels: Pixels::Borrowed(&mut pixels) };
            let paint = GlyphPaint {
                source: Source::Solid([255; 4]),
                color_opacity: 255,
                mix: Mix { opacity: 255, composite: Composite::SourceOver },
            };
            let mut boxes = Boxes(0);
            draw(&mut surface, &Clip::of(area), &Placement { origin, ..placement }, &paint, &mut boxes);
            (boxes.0, pixels.iter().any(|byte| *byte != 0))
        };
        // Turned or larger than any letter is kept, it is their outlines that are asked for, and no more of them.
        let vast = Placement { transform: Transform::scale(20.0, 20.0), ..placement };
        let mut boxes = Boxes(0);
        let mut drawn = 0;
        each_glyph(&vast, &mut boxes, &canvas, &mut |_| drawn += 1);
        assert_eq!((boxes.0, drawn), (0, 1));
        // From -900, -300, 300 and 900 on, each 600 px wide: the first ends left of the canvas.
        assert_eq!(made(canvas, Point::new(0.0, 250.0)), (3, true));
        assert_eq!(made(PixelRect::new(310, 0, 600, 300), Point::new(0.0, 250.0)), (1, true));
        assert_eq!(made(canvas, Point::new(0.0, 1_200.0)), (0, false));
    }
}
