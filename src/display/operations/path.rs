//! Paths, built as a 2D context builds them (HTML, "Building paths").

use crate::geometry::{Corners, Point, Rect, RoundedRect, Size, Transform};
use crate::style::keywords;

/// Control point distance of a cubic that stands for a quarter circle of radius 1.
pub const KAPPA: f32 = 0.552_284_8;

keywords! {
    /// What is inside of a path.
    FillRule {
        /// Where the outline goes round more often one way than the other.
        NonZero = "nonzero",
        /// Where the outline goes round an odd number of times.
        EvenOdd = "evenodd",
    }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins a subpath.
    MoveTo(Point),
    /// A line to a point.
    LineTo(Point),
    /// A quadratic curve with a control point to a point.
    QuadTo(Point, Point),
    /// A cubic curve with two control points to a point.
    CubicTo(Point, Point, Point),
    /// A line back to where the subpath began; another begins there.
    Close,
    /// A closed subpath of its own, clockwise: `rect()` and `roundRect()`. Another subpath begins at its top left corner.
    Box(RoundedRect),
}

/// A path: subpaths of lines and curves. What is not finite is left out, as in a context.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    segments: Vec<Segment>,
    /// Where the open subpath began, and where it is now; `None` where there is none.
    pen: Option<(Point, Point)>,
}

impl Path {
    /// One box.
    #[must_use]
    pub fn of_box(shape: RoundedRect) -> Self {
        let mut path = Self::default();
        path.push_box(shape);
        path
    }

    /// Two boxes; by [`FillRule::EvenOdd`], what is between them.
    #[must_use]
    pub fn between(outer: RoundedRect, inner: RoundedRect) -> Self {
        let mut path = Self::of_box(outer);
        path.push_box(inner);
        path
    }

    /// A closed polygon.
    #[must_use]
    pub fn polygon(corners: &[Point]) -> Self {
        let mut path = Self::default();
        for corner in corners {
            path.line_to(*corner);
        }
        path.close();
        path
    }

    /// The steps.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// True where there is no step.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Where the next line would begin.
    #[must_use]
    pub fn current_point(&self) -> Option<Point> {
        self.pen.map(|(_, here)| here)
    }

    /// `moveTo()`.
    pub fn move_to(&mut self, point: Point) {
        if is_finite(&[point]) {
            self.segments.push(Segment::MoveTo(point));
            self.pen = Some((point, point));
        }
    }

    /// `lineTo()`; without a subpath, it begins one.
    pub fn line_to(&mut self, point: Point) {
        if !is_finite(&[point]) {
            return;
        }
        match &mut self.pen {
            None => self.move_to(point),
            Some((_, here)) => {
                *here = point;
                self.segments.push(Segment::LineTo(point));
            }
        }
    }

    /// `quadraticCurveTo()`.
    pub fn quad_to(&mut self, control: Point, point: Point) {
        if is_finite(&[control, point]) {
            self.curve(control, point, Segment::QuadTo(control, point));
        }
    }

    /// `bezierCurveTo()`.
    pub fn cubic_to(&mut self, first: Point, second: Point, point: Point) {
        if is_finite(&[first, second, point]) {
            self.curve(first, point, Segment::CubicTo(first, second, point));
        }
    }

    /// A curve; without a subpath, one begins at its first control point.
    fn curve(&mut self, control: Point, point: Point, segment: Segment) {
        if self.pen.is_none() {
            self.move_to(control);
        }
        if let Some((_, here)) = &mut self.pen {
            *here = point;
        }
        self.segments.push(segment);
    }

    /// `closePath()`; without a subpath, it does nothing.
    pub fn close(&mut self) {
        if let Some((start, here)) = &mut self.pen {
            *here = *start;
            self.segments.push(Segment::Close);
        }
    }

    /// `roundRect()`, and `rect()` of a box without corners. A box of negative size is for the caller to turn round.
    pub fn push_box(&mut self, shape: RoundedRect) {
        let Rect { x, y, width, height } = shape.rect;
        let corner = Point::new(x, y);
        let radii = shape.radii;
        let radii = [radii.top_left, radii.top_right, radii.bottom_right, radii.bottom_left];
        let sizes = radii.iter().map(|radius| Point::new(radius.width, radius.height));
        if is_finite(&[corner, Point::new(width, height)]) && sizes.into_iter().all(|size| is_finite(&[size])) {
            self.segments.push(Segment::Box(shape));
            self.pen = Some((corner, corner));
        }
    }

    /// `arc()`: a part of a circle from one angle to another (radians, clockwise from the right), after a line to where it
    /// begins. A negative radius is an error of the caller's, and draws nothing.
    pub fn arc(&mut self, center: (f32, f32), radius: f32, angles: (f64, f64), counterclockwise: bool) {
        self.ellipse(center, (radius, radius), 0.0, angles, counterclockwise);
    }

    /// `ellipse()`: the same of an ellipse, turned by so many radians.
    pub fn ellipse(&mut self, center: (f32, f32), radii: (f32, f32), turn: f64, angles: (f64, f64), counterclockwise: bool) {
        let numbers =
            [f64::from(center.0), f64::from(center.1), f64::from(radii.0), f64::from(radii.1), turn, angles.0, angles.1];
        if numbers.iter().any(|number| !number.is_finite()) || radii.0 < 0.0 || radii.1 < 0.0 {
            return;
        }
        let (turn_sin, turn_cos) = libm::sincos(turn);
        // From the unit circle to the canvas.
        let place = |x: f64, y: f64| {
            let (x, y) = (x * f64::from(radii.0), y * f64::from(radii.1));
            let across = f64::from(center.0) + x * turn_cos - y * turn_sin;
            let down = f64::from(center.1) + x * turn_sin + y * turn_cos;
            Point::new(across as f32, down as f32)
        };
        let (start, sweep) = (angles.0, sweep(angles.0, angles.1, counterclockwise));
        let (sin, cos) = libm::sincos(start);
        self.line_to(place(cos, sin));
        // An eighth of the circle is a curve: a quarter in one is so long that a corner of a pixel is missed where it is stretched.
        let steps = (sweep.abs() / std::f64::consts::FRAC_PI_4 - 1e-9).ceil().clamp(0.0, 8.0);
        let step = sweep / steps.max(1.0);
        let reach = 4.0 / 3.0 * libm::tan(step / 4.0);
        let (mut sin, mut cos) = (sin, cos);
        for index in 0..steps as u32 {
            let (next_sin, next_cos) = libm::sincos(start + step * f64::from(index + 1));
            self.cubic_to(
                place(cos - reach * sin, sin + reach * cos),
                place(next_cos + reach * next_sin, next_sin - reach * next_cos),
                place(next_cos, next_sin),
            );
            (sin, cos) = (next_sin, next_cos);
        }
    }

    /// `arcTo()`: a line towards a corner, and round it with a radius. A negative radius is an error of the caller's, and
    /// draws nothing.
    pub fn arc_to(&mut self, corner: Point, towards: Point, radius: f32) {
        if !is_finite(&[corner, towards, Point::new(radius, 0.0)]) || radius < 0.0 {
            return;
        }
        let from = self.current_point().unwrap_or(corner);
        let unit = |point: Point| {
            let (x, y) = (f64::from(point.x) - f64::from(corner.x), f64::from(point.y) - f64::from(corner.y));
            let length = (x * x + y * y).sqrt();
            (length > 0.0).then(|| (x / length, y / length))
        };
        let (Some(back), Some(on), true) = (unit(from), unit(towards), radius > 0.0) else {
            return self.line_to(corner);
        };
        let (cross, dot) = (back.0 * on.1 - back.1 * on.0, back.0 * on.0 + back.1 * on.1);
        if cross.abs() < 1e-9 {
            return self.line_to(corner);
        }
        // Half of the corner's angle gives how far from the corner the circle touches, and where its centre is.
        let (half_sin, half_cos) = (((1.0 - dot) / 2.0).sqrt(), f64::midpoint(1.0, dot).sqrt());
        let (touch, away) = (f64::from(radius) * half_cos / half_sin, f64::from(radius) / half_sin);
        let middle = ((back.0 + on.0) / (2.0 * half_cos), (back.1 + on.1) / (2.0 * half_cos));
        let center = (f64::from(corner.x) + middle.0 * away, f64::from(corner.y) + middle.1 * away);
        let angle = |side: (f64, f64)| {
            let (x, y) = (f64::from(corner.x) + side.0 * touch, f64::from(corner.y) + side.1 * touch);
            libm::atan2(y - center.1, x - center.0)
        };
        self.arc((center.0 as f32, center.1 as f32), radius, (angle(back), angle(on)), cross > 0.0);
    }

    /// `addPath()`: the subpaths of another, through a transform.
    pub fn add_path(&mut self, other: &Self, transform: &Transform) {
        let other = other.transformed(transform);
        self.segments.extend(other.segments);
        self.pen = other.pen.or(self.pen);
    }

    /// The path through a transform. Boxes stay boxes where they are not turned.
    #[must_use]
    pub fn transformed(&self, transform: &Transform) -> Self {
        let mut path = Self::default();
        let at = |point: Point| transform.apply(point);
        let is_upright = transform.b == 0.0 && transform.c == 0.0 && transform.a > 0.0 && transform.d > 0.0;
        let mut push = |segment: Segment| match segment {
            Segment::MoveTo(point) => path.move_to(at(point)),
            Segment::LineTo(point) => path.line_to(at(point)),
            Segment::QuadTo(control, point) => path.quad_to(at(control), at(point)),
            Segment::CubicTo(first, second, point) => path.cubic_to(at(first), at(second), at(point)),
            Segment::Close => path.close(),
            Segment::Box(shape) => {
                let scaled = |size: Size| Size::new(size.width * transform.a, size.height * transform.d);
                path.push_box(RoundedRect { rect: transform.bounds(&shape.rect), radii: shape.radii.map(scaled) });
            }
        };
        if is_upright {
            self.segments.iter().for_each(|segment| push(*segment));
        } else {
            self.outline(&mut push);
        }
        path
    }

    /// The steps with boxes as lines and curves.
    pub fn outline(&self, step: &mut dyn FnMut(Segment)) {
        // After a box a subpath is open at its corner, but holds nothing until something is added.
        let mut corner = None;
        for segment in &self.segments {
            match segment {
                Segment::Box(shape) => {
                    outline_of(shape, step);
                    corner = Some(Point::new(shape.rect.x, shape.rect.y));
                }
                Segment::MoveTo(_) => {
                    corner = None;
                    step(*segment);
                }
                Segment::LineTo(_) | Segment::QuadTo(..) | Segment::CubicTo(..) | Segment::Close => {
                    if let Some(corner) = corner.take() {
                        step(Segment::MoveTo(corner));
                    }
                    step(*segment);
                }
            }
        }
    }

    /// A rectangle around it, control points included; empty for an empty path.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let mut edges: Option<[f32; 4]> = None;
        let mut add = |point: Point| {
            let [left, top, right, bottom] = edges.unwrap_or([point.x, point.y, point.x, point.y]);
            edges = Some([left.min(point.x), top.min(point.y), right.max(point.x), bottom.max(point.y)]);
        };
        for segment in &self.segments {
            match *segment {
                Segment::MoveTo(point) | Segment::LineTo(point) => add(point),
                Segment::QuadTo(control, point) => [control, point].into_iter().for_each(&mut add),
                Segment::CubicTo(first, second, point) => [first, second, point].into_iter().for_each(&mut add),
                Segment::Box(RoundedRect { rect, .. }) => {
                    add(Point::new(rect.x, rect.y));
                    add(Point::new(rect.right(), rect.bottom()));
                }
                Segment::Close => {}
            }
        }
        edges.map_or_else(Rect::default, |[left, top, right, bottom]| Rect::from_edges(left, top, right, bottom))
    }
}

fn is_finite(points: &[Point]) -> bool {
    points.iter().all(|point| point.x.is_finite() && point.y.is_finite())
}

/// How far an arc goes round, radians, negative counterclockwise: as browsers read what the specification says.
fn sweep(start: f64, end: f64, counterclockwise: bool) -> f64 {
    let whole = std::f64::consts::TAU;
    let by = end - start;
    match counterclockwise {
        false if by >= whole => whole,
        true if by <= -whole => -whole,
        false if by < 0.0 => whole - (-by) % whole,
        true if by > 0.0 => by % whole - whole,
        _ => by,
    }
}

/// A rounded box clockwise, from where its top left corner's arc begins.
fn outline_of(shape: &RoundedRect, step: &mut dyn FnMut(Segment)) {
    let Rect { x, y, .. } = shape.rect;
    let (right, bottom) = (shape.rect.right(), shape.rect.bottom());
    let Corners { top_left, top_right, bottom_right, bottom_left } = shape.radii;
    let mut first = true;
    let mut corner = |start: (f32, f32), corner: (f32, f32), end: (f32, f32)| {
        let at = |(x, y): (f32, f32)| Point::new(x, y);
        let towards = |from: (f32, f32)| Point::new(from.0 + (corner.0 - from.0) * KAPPA, from.1 + (corner.1 - from.1) * KAPPA);
        step(if std::mem::take(&mut first) { Segment::MoveTo(at(start)) } else { Segment::LineTo(at(start)) });
        if start != end {
            step(Segment::CubicTo(towards(start), towards(end), at(end)));
        }
    };
    corner((x, y + top_left.height), (x, y), (x + top_left.width, y));
    corner((right - top_right.width, y), (right, y), (right, y + top_right.height));
    corner((right, bottom - bottom_right.height), (right, bottom), (right - bottom_right.width, bottom));
    corner((x + bottom_left.width, bottom), (x, bottom), (x, bottom - bottom_left.height));
    step(Segment::Close);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn a_subpath_begins_where_there_is_none() {
        let mut path = Path::default();
        path.close();
        path.line_to(point(1.0, 2.0));
        path.line_to(point(f32::NAN, 0.0));
        path.quad_to(point(3.0, 3.0), point(4.0, 2.0));
        assert_eq!(path.segments()[0], Segment::MoveTo(point(1.0, 2.0)));
        path.close();
        assert_eq!((path.segments().len(), path.current_point()), (3, Some(point(1.0, 2.0))));
        let mut curve = Path::default();
        curve.cubic_to(point(5.0, 5.0), point(6.0, 6.0), point(7.0, 5.0));
        assert_eq!(curve.segments()[0], Segment::MoveTo(point(5.0, 5.0)));
    }

    #[test]
    fn after_a_box_a_line_begins_at_its_corner() {
        let mut path = Path::of_box(RoundedRect::plain(Rect::new(10.0, 20.0, 5.0, 5.0)));
        path.line_to(point(0.0, 0.0));
        let mut steps = Vec::new();
        path.outline(&mut |step| steps.push(step));
        assert_eq!(steps[steps.len() - 2..], [Segment::MoveTo(point(10.0, 20.0)), Segment::LineTo(point(0.0, 0.0))]);
    }

    #[test]
    fn arcs_go_round_as_they_are_asked() {
        use std::f64::consts::{FRAC_PI_2, PI, TAU};
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(sweep(0.0, TAU, false), TAU) && close(sweep(0.0, TAU, true), -TAU));
        assert!(close(sweep(0.0, 9.0 * PI, false), TAU) && close(sweep(0.0, FRAC_PI_2, true), -1.5 * PI));
        assert!(close(sweep(PI, FRAC_PI_2, false), 1.5 * PI) && close(sweep(1.0, 1.0, true), 0.0));
        let mut quarter = Path::default();
        quarter.arc((10.0, 10.0), 5.0, (0.0, FRAC_PI_2), false);
        assert_eq!(quarter.segments().len(), 3);
        let end = quarter.current_point().unwrap();
        assert!((end.x - 10.0).abs() < 1e-5 && (end.y - 15.0).abs() < 1e-5, "{end:?}");
        let mut none = Path::default();
        none.arc((0.0, 0.0), -1.0, (0.0, 1.0), false);
        assert!(none.is_empty());
    }

    #[test]
    fn a_corner_is_rounded_between_its_sides() {
        let mut path = Path::default();
        path.move_to(point(0.0, 0.0));
        path.arc_to(point(10.0, 0.0), point(10.0, 10.0), 4.0);
        let Segment::LineTo(start) = path.segments()[1] else { panic!("{:?}", path.segments()) };
        let end = path.current_point().unwrap();
        assert!((start.x - 6.0).abs() < 1e-5 && start.y.abs() < 1e-5, "{start:?}");
        assert!((end.x - 10.0).abs() < 1e-5 && (end.y - 4.0).abs() < 1e-5, "{end:?}");
        assert_eq!(path.segments().len(), 4);
        path.arc_to(point(10.0, 9.0), point(10.0, 20.0), 4.0);
        assert_eq!(path.current_point(), Some(point(10.0, 9.0)));
    }

    #[test]
    fn boxes_stay_boxes_where_they_are_not_turned() {
        let path = Path::of_box(RoundedRect::new(Rect::new(1.0, 2.0, 10.0, 20.0), Corners::all(3.0)));
        let doubled = path.transformed(&Transform::scale(2.0, 3.0));
        assert!(matches!(doubled.segments(), [Segment::Box(shape)] if shape.rect == Rect::new(2.0, 6.0, 20.0, 60.0)
            && shape.radii.top_left == Size::new(6.0, 9.0)));
        assert!(path.transformed(&Transform::rotate(90.0)).segments().len() > 8);
        assert_eq!(path.bounds(), Rect::new(1.0, 2.0, 10.0, 20.0));
    }
}
