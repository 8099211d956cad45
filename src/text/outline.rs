//! Outlines of glyphs in device px, and what is done to them: slanted, made bold, stroked.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{LineJoin, Path, PathBuilder, PathStroker, Stroke};

use super::glyph::OutlineStep;
use crate::geometry::finite;

/// Collects an outline, turned so that y points down.
#[derive(Default)]
struct Collector(Vec<OutlineStep>);

impl OutlinePen for Collector {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::MoveTo(finite(x), -finite(y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::LineTo(finite(x), -finite(y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::QuadTo(finite(cx), -finite(cy), finite(x), -finite(y)));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::CurveTo(finite(ax), -finite(ay), finite(bx), -finite(by), finite(x), -finite(y)));
    }
    fn close(&mut self) {
        self.0.push(OutlineStep::Close);
    }
}

/// The outline of a glyph at a size and a place on the axes of a variable font; empty where it has none.
pub(super) fn outline(font: &FontRef<'_>, location: LocationRef<'_>, glyph: u32, size: f32) -> Vec<OutlineStep> {
    let mut collector = Collector::default();
    if let Some(found) = font.outline_glyphs().get(GlyphId::new(glyph)) {
        let settings = DrawSettings::unhinted(Size::new(size), location);
        if found.draw(settings, &mut collector).is_err() {
            collector.0.clear();
        }
    }
    collector.0
}

/// Every point of an outline moved by a function.
pub(super) fn map(steps: &mut [OutlineStep], mut change: impl FnMut(f32, f32) -> (f32, f32)) {
    for step in steps {
        *step = match *step {
            OutlineStep::MoveTo(x, y) => {
                let (x, y) = change(x, y);
                OutlineStep::MoveTo(x, y)
            }
            OutlineStep::LineTo(x, y) => {
                let (x, y) = change(x, y);
                OutlineStep::LineTo(x, y)
            }
            OutlineStep::QuadTo(cx, cy, x, y) => {
                let ((cx, cy), (x, y)) = (change(cx, cy), change(x, y));
                OutlineStep::QuadTo(cx, cy, x, y)
            }
            OutlineStep::CurveTo(ax, ay, bx, by, x, y) => {
                let ((ax, ay), (bx, by), (x, y)) = (change(ax, ay), change(bx, by), change(x, y));
                OutlineStep::CurveTo(ax, ay, bx, by, x, y)
            }
            OutlineStep::Close => OutlineStep::Close,
        };
    }
}

/// Slants an outline to the right by dx per dy above the baseline.
pub(super) fn slant(steps: &mut [OutlineStep], slant: f32) {
    map(steps, |x, y| (x - slant * y, y));
}

/// Makes an outline bold: each point moves outwards by `growth` px along the bisector of its edges, as `FreeType`'s
/// `FT_Outline_EmboldenXY` does it. Counters shrink as the strokes grow.
pub(super) fn embolden(steps: &mut [OutlineStep], growth: f32) {
    let outwards = if area(steps) > 0.0 { growth } else { -growth };
    let mut start = 0;
    while start < steps.len() {
        let rest = steps.get(start + 1..).unwrap_or_default();
        let length = 1 + rest.iter().take_while(|step| !matches!(step, OutlineStep::MoveTo(..))).count();
        if let Some(contour) = steps.get_mut(start..start + length) {
            embolden_contour(contour, outwards);
        }
        start += length;
    }
}

/// Twice the signed area of the polygon of all points; positive is clockwise on screen.
fn area(steps: &[OutlineStep]) -> f32 {
    let mut sum = 0.0;
    for contour in steps.split_inclusive(|step| *step == OutlineStep::Close) {
        let points = points(contour);
        for (number, &(x, y)) in points.iter().enumerate() {
            let (next_x, next_y) = points.get(number + 1).or(points.first()).copied().unwrap_or((x, y));
            sum += x * next_y - next_x * y;
        }
    }
    sum
}

fn points(steps: &[OutlineStep]) -> Vec<(f32, f32)> {
    let mut points = Vec::with_capacity(steps.len() * 2);
    let mut copy = steps.to_vec();
    map(&mut copy, |x, y| {
        points.push((x, y));
        (x, y)
    });
    points
}

fn embolden_contour(contour: &mut [OutlineStep], growth: f32) {
    let old = points(contour);
    let count = old.len();
    if count < 3 {
        return;
    }
    // The start is often there twice, once as the end: equal neighbours share their shift.
    let direction = |from: (f32, f32), to: (f32, f32)| {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length > 1e-4 { Some((dx / length, dy / length, length)) } else { None }
    };
    let at = |index: usize| old.get(index % count).copied().unwrap_or((0.0, 0.0));
    let shifts: Vec<(f32, f32)> = (0..count)
        .map(|index| {
            let before = (1..count).find_map(|back| direction(at(index + count - back), at(index)));
            let after = (1..count).find_map(|ahead| direction(at(index), at(index + ahead)));
            let (Some((ax, ay, a_length)), Some((bx, by, b_length))) = (before, after) else { return (0.0, 0.0) };
            let cosine = ax * bx + ay * by;
            // A spike has no outer side to move to.
            if cosine <= -0.9375 {
                return (0.0, 0.0);
            }
            let sine = ax * by - ay * bx;
            let limit = a_length.min(b_length);
            let scale = growth / (1.0 + cosine);
            // Sharp corners don't move further than their shorter edge is long.
            let scale = if sine.abs() * growth.abs() <= limit * (1.0 + cosine) {
                scale
            } else {
                scale.signum() * limit / sine.abs().max(1e-4)
            };
            ((ay + by) * scale, -(ax + bx) * scale)
        })
        .collect();
    let mut next = shifts.into_iter();
    map(contour, |x, y| {
        let (dx, dy) = next.next().unwrap_or((0.0, 0.0));
        (finite(x + dx), finite(y + dy))
    });
}

/// The outline as a tiny-skia path.
pub(super) fn path(steps: &[OutlineStep]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in steps {
        match *step {
            OutlineStep::MoveTo(x, y) => builder.move_to(x, y),
            OutlineStep::LineTo(x, y) => builder.line_to(x, y),
            OutlineStep::QuadTo(cx, cy, x, y) => builder.quad_to(cx, cy, x, y),
            OutlineStep::CurveTo(ax, ay, bx, by, x, y) => builder.cubic_to(ax, ay, bx, by, x, y),
            OutlineStep::Close => builder.close(),
        }
    }
    builder.finish()
}

/// The outline of a stroke of a width around an outline, round at its corners as browsers stroke text by default.
pub(super) fn stroke(steps: &[OutlineStep], width: f32) -> Option<Path> {
    let stroke = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
    PathStroker::new().stroke(&path(steps)?, &stroke, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: f32, clockwise: bool) -> Vec<OutlineStep> {
        use OutlineStep::{Close, LineTo, MoveTo};
        if clockwise {
            vec![MoveTo(0.0, 0.0), LineTo(side, 0.0), LineTo(side, side), LineTo(0.0, side), Close]
        } else {
            vec![MoveTo(0.0, 0.0), LineTo(0.0, side), LineTo(side, side), LineTo(side, 0.0), Close]
        }
    }

    #[test]
    fn bold_grows_outwards_whichever_way_the_outline_runs() {
        for clockwise in [true, false] {
            let mut steps = square(10.0, clockwise);
            embolden(&mut steps, 1.0);
            assert_eq!(OutlineStep::bounds(&steps), Some([-1.0, -1.0, 11.0, 11.0]), "{clockwise}");
        }
    }

    #[test]
    fn bold_survives_degenerate_outlines() {
        use OutlineStep::{Close, LineTo, MoveTo, QuadTo};
        for mut steps in [
            vec![],
            vec![Close],
            vec![MoveTo(1.0, 1.0), Close],
            vec![MoveTo(1.0, 1.0), LineTo(1.0, 1.0), LineTo(1.0, 1.0), Close],
            vec![LineTo(1.0, 0.0), QuadTo(2.0, 0.0, 0.0, 0.0), MoveTo(0.0, 0.0)],
            vec![MoveTo(0.0, 0.0), LineTo(5.0, 0.0), LineTo(0.0, 0.0), LineTo(5.0, 0.0), Close],
        ] {
            embolden(&mut steps, 2.0);
            for step in &steps {
                if let OutlineStep::LineTo(x, y) = step {
                    assert!(x.is_finite() && y.is_finite());
                }
            }
        }
    }

    #[test]
    fn slant_leaves_the_baseline_alone() {
        let mut steps = vec![OutlineStep::MoveTo(3.0, 0.0), OutlineStep::LineTo(3.0, -8.0)];
        slant(&mut steps, 0.25);
        assert_eq!(steps, [OutlineStep::MoveTo(3.0, 0.0), OutlineStep::LineTo(5.0, -8.0)]);
    }
}
