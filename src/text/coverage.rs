//! Outlines to coverage: the exact area of each pixel that lies inside, in 255 steps.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use tiny_skia::{FillRule, Mask, Path, Transform};

use super::glyph::{GlyphImage, OutlineStep};

/// Largest picture of one glyph, px: the largest canvas.
const MOST_PIXELS: u64 = 16 * 1024 * 1024;
/// How far a flattened curve may be from the curve, px: one step of coverage along a whole pixel's edge.
const FLATNESS: f32 = 1.0 / 256.0;
/// Most lines of one curve; reached by curves of thousands of pixels only.
const MOST_SEGMENTS: f32 = 512.0;

/// A box of pixels around the origin's pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelBox {
    pub left: i32,
    pub top: i32,
    pub width: u32,
    pub height: u32,
}

impl PixelBox {
    /// The pixels that a box of coordinates touches; `None` where they are none or too many.
    pub fn around([left, top, right, bottom]: [f32; 4]) -> Option<Self> {
        let (left, top) = (left.floor(), top.floor());
        let (width, height) = ((right.ceil() - left).max(0.0), (bottom.ceil() - top).max(0.0));
        let pixels = (width as u64).saturating_mul(height as u64);
        if pixels == 0 || pixels > MOST_PIXELS {
            return None;
        }
        Some(Self { left: left as i32, top: top as i32, width: width as u32, height: height as u32 })
    }

    /// How many pixels there are.
    pub fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }
}

/// Fills the exact-area rasterizer with an outline in the coordinates of a box.
pub(super) fn accumulate(steps: &[OutlineStep], area: PixelBox) -> Rasterizer {
    let mut rasterizer = Rasterizer::new(area.width as usize, area.height as usize);
    let at = |x: f32, y: f32| point(x - area.left as f32, y - area.top as f32);
    let (mut start, mut here): (Point, Point) = (at(0.0, 0.0), at(0.0, 0.0));
    let close = |rasterizer: &mut Rasterizer, from: Point, to: Point| {
        if from != to {
            rasterizer.draw_line(from, to);
        }
    };
    for step in steps {
        match *step {
            OutlineStep::MoveTo(x, y) => {
                close(&mut rasterizer, here, start);
                (start, here) = (at(x, y), at(x, y));
            }
            OutlineStep::LineTo(x, y) => {
                rasterizer.draw_line(here, at(x, y));
                here = at(x, y);
            }
            OutlineStep::QuadTo(cx, cy, x, y) => {
                flatten(&mut rasterizer, [here, at(cx, cy), at(cx, cy), at(x, y)], false);
                here = at(x, y);
            }
            OutlineStep::CurveTo(ax, ay, bx, by, x, y) => {
                flatten(&mut rasterizer, [here, at(ax, ay), at(bx, by), at(x, y)], true);
                here = at(x, y);
            }
            OutlineStep::Close => {
                close(&mut rasterizer, here, start);
                here = start;
            }
        }
    }
    close(&mut rasterizer, here, start);
    rasterizer
}

/// Draws a curve as lines that are nowhere further from it than [`FLATNESS`]. (The rasterizer's own curves are a seventh
/// of a pixel off, which makes round letters thin.) For a quadratic curve both control points are the one that it has.
fn flatten(rasterizer: &mut Rasterizer, [a, b, c, d]: [Point; 4], cubic: bool) {
    let bend = |p: Point, q: Point, r: Point| {
        let (x, y) = (p.x - 2.0 * q.x + r.x, p.y - 2.0 * q.y + r.y);
        (x * x + y * y).sqrt()
    };
    // The second derivative bounds the distance of a chord: it is 2 × the bend of a quadratic curve, 6 × that of a cubic.
    let distance = if cubic { 0.75 * bend(a, b, c).max(bend(b, c, d)) } else { 0.25 * bend(a, b, d) };
    let count = (distance / FLATNESS).sqrt().ceil().clamp(1.0, MOST_SEGMENTS);
    let mut here = a;
    for step in 1..count as u32 {
        let t = step as f32 / count;
        let s = 1.0 - t;
        let blend = |a: f32, b: f32, c: f32, d: f32| {
            if cubic {
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            } else {
                s * s * a + 2.0 * s * t * b + t * t * d
            }
        };
        let next = point(blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y));
        rasterizer.draw_line(here, next);
        here = next;
    }
    rasterizer.draw_line(here, d);
}

/// The coverage of an outline.
pub(super) fn fill(steps: &[OutlineStep]) -> GlyphImage {
    let Some(area) = OutlineStep::bounds(steps).and_then(PixelBox::around) else { return GlyphImage::Empty };
    let mut coverage = Vec::with_capacity(area.pixels());
    accumulate(steps, area).for_each_pixel(|_, part| coverage.push((part.min(1.0) * 255.0 + 0.5) as u8));
    coverage.resize(area.pixels(), 0);
    GlyphImage::Mask { left: area.left, top: area.top, width: area.width, height: area.height, coverage }
}

/// The coverage of a path that overlaps itself, as a stroke does: inside is where the winding is not zero.
pub(super) fn fill_winding(path: &Path) -> GlyphImage {
    let found = path.bounds();
    let Some(area) = PixelBox::around([found.left(), found.top(), found.right(), found.bottom()]) else {
        return GlyphImage::Empty;
    };
    let Some(mut mask) = Mask::new(area.width, area.height) else { return GlyphImage::Empty };
    mask.fill_path(path, FillRule::Winding, true, Transform::from_translate(-area.left as f32, -area.top as f32));
    GlyphImage::Mask { left: area.left, top: area.top, width: area.width, height: area.height, coverage: mask.take() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use OutlineStep::{Close, LineTo, MoveTo};

    #[test]
    fn coverage_is_the_area_of_each_pixel() {
        let steps = [MoveTo(-0.5, -1.25), LineTo(1.5, -1.25), LineTo(1.5, 0.0), LineTo(-0.5, 0.0), Close];
        let image = fill(&steps);
        let expected = vec![32, 64, 32, 128, 255, 128];
        assert_eq!(image, GlyphImage::Mask { left: -1, top: -2, width: 3, height: 2, coverage: expected });
    }

    #[test]
    fn an_open_contour_is_closed() {
        let open = [MoveTo(0.0, 0.0), LineTo(4.0, 0.0), LineTo(4.0, 4.0), MoveTo(0.0, 0.0)];
        let closed = [MoveTo(0.0, 0.0), LineTo(4.0, 0.0), LineTo(4.0, 4.0), Close];
        assert_eq!(fill(&open), fill(&closed));
    }

    #[test]
    fn what_is_too_large_for_any_canvas_is_not_drawn() {
        assert_eq!(fill(&[MoveTo(0.0, 0.0), LineTo(32e6, 0.0), LineTo(0.0, 32e6), Close]), GlyphImage::Empty);
        assert_eq!(fill(&[]), GlyphImage::Empty);
    }
}
