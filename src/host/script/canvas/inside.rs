//! `isPointInPath()` and `isPointInStroke()`.

use std::sync::Arc;

use super::matrix::Matrix;
use crate::display::operations::{FillRule, Path, Segment, StrokeStyle};
use crate::geometry::Point;
use crate::raster::stroke_path;

/// Lines that stand for one curve.
const STEPS: u32 = 64;

/// True where a point is inside of a path or on its outline, both in the same coordinates.
pub fn is_inside(path: &Path, rule: FillRule, x: f64, y: f64) -> bool {
    let mut winding = 0i32;
    let mut on_line = false;
    lines(path, &mut |from, to| {
        on_line |= touches(from, to, (x, y));
        // Half-open in y: a corner is of one of its lines.
        if (from.1 <= y) != (to.1 <= y) {
            let across = from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0);
            if across > x {
                winding += if to.1 > from.1 { 1 } else { -1 };
            }
        }
    });
    on_line
        || match rule {
            FillRule::NonZero => winding != 0,
            FillRule::EvenOdd => winding % 2 != 0,
        }
}

/// True where a point of the canvas is inside of a path's stroke under a transform.
pub fn stroke_covers(path: &Arc<Path>, style: &StrokeStyle, transform: &Matrix, x: f64, y: f64) -> bool {
    stroke_path(path, style, &transform.to_transform()).is_some_and(|outline| is_inside(&outline, FillRule::NonZero, x, y))
}

fn touches(from: (f64, f64), to: (f64, f64), (x, y): (f64, f64)) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (px, py) = (x - from.0, y - from.1);
    let length = dx * dx + dy * dy;
    if length == 0.0 {
        return px == 0.0 && py == 0.0;
    }
    let along = px * dx + py * dy;
    let aside = (px * dy - py * dx).abs();
    (0.0..=length).contains(&along) && aside <= 1e-6 * length.sqrt().max(1.0)
}

/// The lines of a path, with each open subpath closed.
fn lines(path: &Path, line: &mut dyn FnMut((f64, f64), (f64, f64))) {
    let wide = |point: Point| (f64::from(point.x), f64::from(point.y));
    let (mut start, mut here, mut begun) = ((0.0, 0.0), (0.0, 0.0), false);
    path.outline(&mut |segment| match segment {
        Segment::MoveTo(to) => {
            // Before the first subpath there is nothing to close.
            if std::mem::replace(&mut begun, true) {
                line(here, start);
            }
            (start, here) = (wide(to), wide(to));
        }
        Segment::LineTo(to) => {
            line(here, wide(to));
            here = wide(to);
        }
        Segment::QuadTo(control, to) => {
            let (from, control, to) = (here, wide(control), wide(to));
            curve(from, line, |t| {
                let u = 1.0 - t;
                mix(&[(u * u, from), (2.0 * u * t, control), (t * t, to)])
            });
            here = to;
        }
        Segment::CubicTo(first, second, to) => {
            let (from, first, second, to) = (here, wide(first), wide(second), wide(to));
            curve(from, line, |t| {
                let u = 1.0 - t;
                mix(&[(u * u * u, from), (3.0 * u * u * t, first), (3.0 * u * t * t, second), (t * t * t, to)])
            });
            here = to;
        }
        Segment::Close => {
            line(here, start);
            here = start;
        }
        Segment::Box(_) => {}
    });
    if begun {
        line(here, start);
    }
}

fn mix(points: &[(f64, (f64, f64))]) -> (f64, f64) {
    points.iter().fold((0.0, 0.0), |sum, (by, point)| (sum.0 + by * point.0, sum.1 + by * point.1))
}

fn curve(from: (f64, f64), line: &mut dyn FnMut((f64, f64), (f64, f64)), at: impl Fn(f64) -> (f64, f64)) {
    let mut here = from;
    for step in 1..=STEPS {
        let to = at(f64::from(step) / f64::from(STEPS));
        line(here, to);
        here = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_inside_of_paths() {
        let mut path = Path::default();
        super::super::rect(&mut path, [0.0, 0.0, 20.0, 20.0]);
        assert!(is_inside(&path, FillRule::NonZero, 10.0, 10.0) && is_inside(&path, FillRule::NonZero, 0.0, 20.0));
        assert!(!is_inside(&Path::default(), FillRule::NonZero, 0.0, 0.0), "an empty path");
        assert!(!is_inside(&path, FillRule::NonZero, 30.0, 10.0) && !is_inside(&path, FillRule::NonZero, 20.1, 10.0));
        super::super::rect(&mut path, [5.0, 5.0, 10.0, 10.0]);
        assert!(is_inside(&path, FillRule::NonZero, 10.0, 10.0) && !is_inside(&path, FillRule::EvenOdd, 10.0, 10.0));
        let mut circle = Path::default();
        circle.arc((50.0, 50.0), 10.0, (0.0, 7.0), false);
        assert!(is_inside(&circle, FillRule::NonZero, 59.9, 50.0) && !is_inside(&circle, FillRule::NonZero, 58.0, 58.0));
    }
}
