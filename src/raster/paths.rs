//! Any path by tiny-skia: its outline, its stroke, and how much of each pixel either covers.
//!
//! tiny-skia counts in fixed point, and what is too far out breaks it: lines are cut at ±[`COORDINATE_MAX`], so that what
//! is within stays as it is.

use super::pieces::Mask;
use crate::display::operations::{FillRule, LineCap, LineJoin, Path, Segment, StrokeStyle};
use crate::geometry::{COORDINATE_MAX, PixelRect, Point, Rect, RoundedRect, Transform};

/// Most dashes of one stroke, each counted as often as it is wider than a dash and its gap are long: wide ones lie over each
/// other, and all of them are to be summed up. A line of more is drawn whole.
const DASHES_MAX: f32 = 20_000.0;
/// Lines of one curve that reaches too far out.
const CUT_STEPS: u32 = 64;

/// The same transform in tiny-skia's terms.
pub fn skia(transform: &Transform) -> tiny_skia::Transform {
    tiny_skia::Transform::from_row(transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)
}

/// A rule in tiny-skia's terms.
fn skia_rule(rule: FillRule) -> tiny_skia::FillRule {
    match rule {
        FillRule::NonZero => tiny_skia::FillRule::Winding,
        FillRule::EvenOdd => tiny_skia::FillRule::EvenOdd,
    }
}

/// A stroke in tiny-skia's terms; `None` where it draws nothing.
pub fn skia_stroke(style: &StrokeStyle) -> Option<tiny_skia::Stroke> {
    if !(style.width > 0.0 && style.width.is_finite()) {
        return None;
    }
    let line_cap = match style.cap {
        LineCap::Butt => tiny_skia::LineCap::Butt,
        LineCap::Round => tiny_skia::LineCap::Round,
        LineCap::Square => tiny_skia::LineCap::Square,
    };
    let line_join = match style.join {
        LineJoin::Miter => tiny_skia::LineJoin::Miter,
        LineJoin::Round => tiny_skia::LineJoin::Round,
        LineJoin::Bevel => tiny_skia::LineJoin::Bevel,
    };
    let miter_limit = if style.miter_limit.is_finite() { style.miter_limit.max(0.0) } else { 10.0 };
    Some(tiny_skia::Stroke { width: style.width.min(COORDINATE_MAX), miter_limit, line_cap, line_join, dash: None })
}

/// The dashes of a stroke along a path; `None` where the line is whole.
fn dashes(style: &StrokeStyle, path: &tiny_skia::Path) -> Option<tiny_skia::StrokeDash> {
    let mut lengths = style.dashes.to_vec();
    if lengths.len() % 2 == 1 {
        lengths.extend_from_within(..);
    }
    let period: f32 = lengths.iter().sum();
    if !(period > 0.0 && period.is_finite()) || lengths.iter().any(|length| *length < 0.0) {
        return None;
    }
    // A curve is no longer than the lines between its points.
    let along: f32 = path.points().windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let count = along / period * lengths.len() as f32 * (style.width / period).max(1.0);
    // A period that is a tiny part of the offset leaves the offset nothing to say.
    let offset = if style.dash_offset.is_finite() { style.dash_offset % period } else { 0.0 };
    if count <= DASHES_MAX { tiny_skia::StrokeDash::new(lengths, offset) } else { None }
}

/// A path under a transform, on the canvas; `None` where nothing of it can be drawn.
pub fn outline(path: &Path, transform: &Transform) -> Option<tiny_skia::Path> {
    placed(skia_path(path)?, transform)
}

/// The outline of a path's stroke under a transform, on the canvas.
pub fn stroke_outline(path: &Path, style: &StrokeStyle, transform: &Transform) -> Option<tiny_skia::Path> {
    stroked(&skia_path(path)?, style, transform)
}

/// The same of a path that is tiny-skia's already.
pub fn stroked(path: &tiny_skia::Path, style: &StrokeStyle, transform: &Transform) -> Option<tiny_skia::Path> {
    let mut stroke = skia_stroke(style)?;
    stroke.dash = dashes(style, path);
    let scale = tiny_skia::PathStroker::compute_resolution_scale(&skia(transform));
    let scale = if scale.is_finite() { scale.clamp(1e-3, 1e3) } else { 1.0 };
    let dashed = match &stroke.dash {
        Some(dash) => Some(path.dash(dash, scale)?),
        None => None,
    };
    placed(dashed.as_ref().unwrap_or(path).stroke(&stroke, scale)?, transform)
}

fn skia_path(path: &Path) -> Option<tiny_skia::Path> {
    let mut builder = tiny_skia::PathBuilder::new();
    path.outline(&mut |segment| match segment {
        Segment::MoveTo(to) => builder.move_to(to.x, to.y),
        Segment::LineTo(to) => builder.line_to(to.x, to.y),
        Segment::QuadTo(control, to) => builder.quad_to(control.x, control.y, to.x, to.y),
        Segment::CubicTo(a, b, to) => builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
        Segment::Close => builder.close(),
        Segment::Box(_) => {}
    });
    builder.finish()
}

/// A rounded box under a transform, on the canvas.
pub fn box_outline(shape: &RoundedRect, transform: &Transform) -> Option<tiny_skia::Path> {
    if shape.rect.is_empty() {
        return None;
    }
    outline(&Path::of_box(*shape), transform)
}

/// A path through a transform, cut where it goes too far out.
pub fn placed(path: tiny_skia::Path, transform: &Transform) -> Option<tiny_skia::Path> {
    if !transform.is_finite() {
        return None;
    }
    let fits = |bounds: tiny_skia::Rect| {
        [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].iter().all(|edge| edge.abs() <= COORDINATE_MAX)
    };
    let own = path.bounds();
    let around = transform.bounds(&Rect::from_edges(own.left(), own.top(), own.right(), own.bottom()));
    let near = [around.x, around.y, around.right(), around.bottom()].iter().all(|edge| edge.abs() <= COORDINATE_MAX / 2.0);
    if near {
        return path.transform(skia(transform));
    }
    match path.clone().transform(skia(transform)) {
        Some(moved) if fits(moved.bounds()) => Some(moved),
        _ => cut(&path, transform),
    }
}

/// A path through a transform, its curves that reach too far out as lines, and what is too far out moved onto the edge: so it goes
/// round what is inside as often as it did.
fn cut(path: &tiny_skia::Path, transform: &Transform) -> Option<tiny_skia::Path> {
    let [a, b, c, d, e, f] = [transform.a, transform.b, transform.c, transform.d, transform.e, transform.f].map(f64::from);
    let at = |point: tiny_skia::Point| {
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        (a * x + c * y + e, b * x + d * y + f)
    };
    let mut lines = CutLines { builder: tiny_skia::PathBuilder::new(), start: (0.0, 0.0), here: (0.0, 0.0) };
    let mut here = tiny_skia::Point::default();
    for segment in path.segments() {
        match segment {
            tiny_skia::PathSegment::MoveTo(to) => {
                lines.move_to(at(to));
                here = to;
            }
            tiny_skia::PathSegment::LineTo(to) => {
                lines.line_to(at(to));
                here = to;
            }
            tiny_skia::PathSegment::QuadTo(control, to) => {
                let points = [at(here), at(control), at(to)];
                lines.curve_to(&points, |t| {
                    let u = 1.0 - t;
                    [u * u, 2.0 * u * t, t * t].into_iter().zip(points)
                });
                here = to;
            }
            tiny_skia::PathSegment::CubicTo(first, second, to) => {
                let points = [at(here), at(first), at(second), at(to)];
                lines.curve_to(&points, |t| {
                    let u = 1.0 - t;
                    [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t].into_iter().zip(points)
                });
                here = to;
            }
            tiny_skia::PathSegment::Close => lines.close(),
        }
    }
    lines.builder.finish()
}

/// Lines that are cut at the limit.
struct CutLines {
    builder: tiny_skia::PathBuilder,
    start: (f64, f64),
    here: (f64, f64),
}

impl CutLines {
    fn inside(value: (f64, f64)) -> (f32, f32) {
        let edge = f64::from(COORDINATE_MAX);
        let within = |value: f64| if value.is_nan() { 0.0 } else { value.clamp(-edge, edge) as f32 };
        (within(value.0), within(value.1))
    }

    fn move_to(&mut self, to: (f64, f64)) {
        let (x, y) = Self::inside(to);
        self.builder.move_to(x, y);
        (self.start, self.here) = (to, to);
    }

    fn close(&mut self) {
        self.line_to(self.start);
        self.builder.close();
    }

    /// A line in parts, none of which crosses the limit.
    fn line_to(&mut self, to: (f64, f64)) {
        let from = self.here;
        let edge = f64::from(COORDINATE_MAX);
        let crossing =
            |from: f64, to: f64, edge: f64| if (from < edge) == (to < edge) { 1.0 } else { (edge - from) / (to - from) };
        let mut stops = [
            crossing(from.0, to.0, -edge),
            crossing(from.0, to.0, edge),
            crossing(from.1, to.1, -edge),
            crossing(from.1, to.1, edge),
        ];
        stops.sort_by(f64::total_cmp);
        let parts =
            stops.into_iter().filter(|t| *t < 1.0).map(|t| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t));
        for part in parts.chain([to]) {
            let (x, y) = Self::inside(part);
            self.builder.line_to(x, y);
        }
        self.here = to;
    }

    /// A curve of these points: as it is where it is near, one line where all of it is beyond one edge, else many.
    fn curve_to<I: Iterator<Item = (f64, (f64, f64))>>(&mut self, points: &[(f64, f64)], mix: impl Fn(f64) -> I) {
        let edge = f64::from(COORDINATE_MAX);
        if points.iter().all(|point| point.0.abs() <= edge && point.1.abs() <= edge) {
            let near = |point: &(f64, f64)| (point.0 as f32, point.1 as f32);
            match points {
                [_, control, to] => {
                    let ((x1, y1), (x, y)) = (near(control), near(to));
                    self.builder.quad_to(x1, y1, x, y);
                    self.here = *to;
                }
                [_, first, second, to] => {
                    let ((x1, y1), (x2, y2), (x, y)) = (near(first), near(second), near(to));
                    self.builder.cubic_to(x1, y1, x2, y2, x, y);
                    self.here = *to;
                }
                _ => {}
            }
            return;
        }
        let beyond = |is: &dyn Fn(&(f64, f64)) -> bool| points.iter().all(is);
        let is_unseen = beyond(&|point| point.0 > edge)
            || beyond(&|point| point.0 < -edge)
            || beyond(&|point| point.1 > edge)
            || beyond(&|point| point.1 < -edge);
        if let (true, Some(to)) = (is_unseen, points.last()) {
            self.line_to(*to);
            return;
        }
        for step in 1..=CUT_STEPS {
            let t = f64::from(step) / f64::from(CUT_STEPS);
            let to = mix(t).fold((0.0, 0.0), |sum, (weight, point)| (sum.0 + weight * point.0, sum.1 + weight * point.1));
            self.line_to(to);
        }
    }
}

/// The pixels that a path on the canvas touches.
pub fn touched(path: &tiny_skia::Path) -> PixelRect {
    let edges = path.bounds();
    PixelRect::around(&Rect::from_edges(edges.left(), edges.top(), edges.right(), edges.bottom()))
}

/// The coverage of a path on the canvas, over all of the pixels of `canvas` that it touches.
pub fn path_mask(path: &tiny_skia::Path, rule: FillRule, canvas: &PixelRect) -> Option<Mask> {
    let area = touched(path).outset(1).intersection(canvas);
    if area.is_empty() {
        return None;
    }
    let mut mask = tiny_skia::Mask::new(area.width() as u32, area.height() as u32)?;
    let moved = tiny_skia::Transform::from_translate(-area.left as f32, -area.top as f32);
    mask.fill_path(path, skia_rule(rule), true, moved);
    Some(Mask::new(area, mask.take()))
}

/// The coverage of a rounded box under any transform.
pub fn box_mask(shape: &RoundedRect, transform: &Transform, canvas: &PixelRect) -> Option<Mask> {
    path_mask(&box_outline(shape, transform)?, FillRule::NonZero, canvas)
}

/// True where all of an area lies inside of a rectangle under a transform.
pub fn covers(rect: &Rect, transform: &Transform, area: &PixelRect) -> bool {
    let Some(inverse) = transform.inverse() else { return false };
    let Rect { x, y, .. } = area.to_rect();
    let (right, bottom) = (area.right as f32, area.bottom as f32);
    [(x, y), (right, y), (x, bottom), (right, bottom)].into_iter().all(|(x, y)| {
        let Point { x, y } = inverse.apply(Point::new(x, y));
        x >= rect.x && y >= rect.y && x <= rect.right() && y <= rect.bottom()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triangle(reach: f32) -> Path {
        Path::polygon(&[Point::new(-reach, -reach / 2.0), Point::new(reach, reach / 2.0), Point::new(-reach, reach)])
    }

    #[test]
    fn what_goes_far_out_is_the_same_inside() {
        let canvas = PixelRect::new(-20, -20, 20, 20);
        let near = path_mask(&outline(&triangle(1_000.0), &Transform::IDENTITY).unwrap(), FillRule::NonZero, &canvas).unwrap();
        for reach in [1e5, 1e7] {
            let far = outline(&triangle(reach), &Transform::IDENTITY).unwrap();
            let far = path_mask(&far, FillRule::NonZero, &canvas).unwrap();
            assert_eq!(far.bounds, near.bounds);
            let most = far.coverage.iter().zip(&near.coverage).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
            assert!(most <= 16, "{reach}: {most}");
        }
    }

    #[test]
    fn what_is_near_stays_few_steps_beside_what_is_far_out() {
        // Dashes with round ends along a curve that reaches far out: most of them are unseen, and none is many lines.
        let mut path = Path::default();
        path.move_to(Point::new(0.0, 0.0));
        path.cubic_to(Point::new(50.0, 1e4), Point::new(60.0, 1e5), Point::new(30.0, 1e4));
        let style = StrokeStyle { dashes: [6.0, 70.0].into(), cap: LineCap::Round, ..StrokeStyle::default() };
        let outline = stroke_outline(&path, &style, &Transform::IDENTITY).unwrap();
        assert!(outline.len() < 100_000, "{} steps", outline.len());
        // A curve that only begins near is drawn as the same curve elsewhere is.
        let mut far = Path::default();
        far.move_to(Point::new(0.0, 0.0));
        far.cubic_to(Point::new(0.0, 1e5), Point::new(1e5, 1e5), Point::new(1e5, 0.0));
        far.close();
        let canvas = PixelRect::new(0, 0, 100, 100);
        let mask = path_mask(&super::outline(&far, &Transform::IDENTITY).unwrap(), FillRule::NonZero, &canvas).unwrap();
        assert!(mask.coverage.iter().filter(|coverage| **coverage > 250).count() > 9_000);
    }

    #[test]
    fn too_many_dashes_are_a_line() {
        let style = StrokeStyle { dashes: [1e-4].into(), ..StrokeStyle::default() };
        let mut path = Path::default();
        path.move_to(Point::new(0.0, 0.0));
        path.line_to(Point::new(1_000.0, 0.0));
        let line = skia_path(&path).unwrap();
        assert!(dashes(&style, &line).is_none());
        assert!(dashes(&StrokeStyle { dashes: [3.0].into(), ..style.clone() }, &line).is_some());
        assert!(dashes(&StrokeStyle { dashes: [3.0, -1.0].into(), ..style }, &line).is_none());
    }
}
