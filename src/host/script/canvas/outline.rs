//! A context's path: it is built in canvas coordinates under a transform that may change meanwhile.

use std::sync::Arc;

use super::matrix::Matrix;
use crate::display::operations::{Path, Segment};
use crate::geometry::{Corners, Point, Rect, RoundedRect, Size};

/// The current default path of a context, or a `Path2D`.
///
/// It is kept in the coordinates of the transform that held while it was built, which is most often the one that holds when
/// it is drawn: so boxes stay boxes and numbers stay as they were given. Where the transform changed meanwhile, it is kept in
/// canvas coordinates.
#[derive(Clone, Debug)]
pub struct Outline {
    path: Arc<Path>,
    /// From the path's coordinates to the canvas's.
    place: Matrix,
}

impl Default for Outline {
    fn default() -> Self {
        Self { path: Arc::default(), place: Matrix::IDENTITY }
    }
}

impl Outline {
    /// A path in coordinates that a transform places.
    pub fn new(path: Arc<Path>, place: Matrix) -> Self {
        Self { path, place }
    }

    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.path.segments().len()
    }

    /// Bytes that it takes, as it grows.
    pub fn bytes(&self) -> usize {
        2 * size_of_val(self.path.segments())
    }

    /// True where something else has the same path: it is copied before anything is added.
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.path) > 1
    }

    /// `beginPath()`.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Adds what `add` does to a path, under a transform.
    pub fn add(&mut self, transform: &Matrix, add: impl FnOnce(&mut Path)) {
        if self.path.is_empty() && self.path.current_point().is_none() {
            self.place = *transform;
        }
        if self.place == *transform {
            return add(Arc::make_mut(&mut self.path));
        }
        if self.place != Matrix::IDENTITY {
            self.path = Arc::new(mapped(&self.path, &self.place));
            self.place = Matrix::IDENTITY;
        }
        let mut part = Path::default();
        let back = transform.inverse();
        let here = self.path.current_point().map(|here| back.map_or(here, |back| back.point(here)));
        if let Some(here) = here {
            part.move_to(here);
        }
        add(&mut part);
        let path = Arc::make_mut(&mut self.path);
        let steps = part.segments().iter().skip(usize::from(here.is_some()));
        for step in steps {
            push(path, *step, transform);
        }
    }

    /// The path under a transform, and that transform; `None` where it flattens the plane, in which nothing is drawn.
    pub fn under(&self, transform: &Matrix) -> Option<Arc<Path>> {
        if self.place == *transform {
            return Some(Arc::clone(&self.path));
        }
        let back = transform.inverse()?;
        Some(Arc::new(mapped(&self.path, &back.then(&self.place))))
    }

    /// The path in canvas coordinates.
    pub fn on_canvas(&self) -> Arc<Path> {
        if self.place == Matrix::IDENTITY { Arc::clone(&self.path) } else { Arc::new(mapped(&self.path, &self.place)) }
    }
}

/// A path through a transform.
pub fn mapped(path: &Path, transform: &Matrix) -> Path {
    let mut to = Path::default();
    for step in path.segments() {
        push(&mut to, *step, transform);
    }
    to
}

fn push(path: &mut Path, step: Segment, transform: &Matrix) {
    let at = |point: Point| transform.point(point);
    match step {
        Segment::MoveTo(to) => path.move_to(at(to)),
        Segment::LineTo(to) => path.line_to(at(to)),
        Segment::QuadTo(control, to) => path.quad_to(at(control), at(to)),
        Segment::CubicTo(first, second, to) => path.cubic_to(at(first), at(second), at(to)),
        Segment::Close => path.close(),
        Segment::Box(shape) => path.add_path(&Path::of_box(shape), &transform.to_transform()),
    }
}

/// A path without what has no length, as strokes are traced (HTML, "trace a path"): neither a line nor a subpath of such.
pub fn pruned(path: &Arc<Path>) -> Arc<Path> {
    let mut kept = Path::default();
    let (mut start, mut here, mut drawn, mut dropped) = (Point::default(), Point::default(), false, false);
    for step in path.segments() {
        let (points, to): (&[Point], Point) = match step {
            Segment::MoveTo(to) => {
                kept.move_to(*to);
                (start, here, drawn) = (*to, *to, false);
                continue;
            }
            Segment::Close => {
                if drawn {
                    kept.close();
                } else {
                    dropped = true;
                }
                (here, drawn) = (start, false);
                continue;
            }
            Segment::Box(shape) => {
                kept.push_box(*shape);
                start = Point::new(shape.rect.x, shape.rect.y);
                (here, drawn) = (start, false);
                continue;
            }
            Segment::LineTo(to) => (&[], *to),
            Segment::QuadTo(control, to) => (std::slice::from_ref(control), *to),
            Segment::CubicTo(first, second, to) => (&[*first, *second], *to),
        };
        if to == here && points.iter().all(|point| *point == here) {
            dropped = true;
            continue;
        }
        match *step {
            Segment::QuadTo(control, to) => kept.quad_to(control, to),
            Segment::CubicTo(first, second, to) => kept.cubic_to(first, second, to),
            _ => kept.line_to(to),
        }
        (here, drawn) = (to, true);
    }
    if dropped { Arc::new(kept) } else { Arc::clone(path) }
}

/// `rect()`: a box, or where a side is not above 0, its four lines.
pub fn rect(path: &mut Path, [x, y, width, height]: [f64; 4]) {
    if width > 0.0 && height > 0.0 {
        return path.push_box(RoundedRect::plain(Rect::new(x as f32, y as f32, width as f32, height as f32)));
    }
    let at = |x: f64, y: f64| Point::new(x as f32, y as f32);
    path.move_to(at(x, y));
    path.line_to(at(x + width, y));
    path.line_to(at(x + width, y + height));
    path.line_to(at(x, y + height));
    path.close();
    path.move_to(at(x, y));
}

/// `roundRect()`, with the radii of the upper left, upper right, lower right and lower left corner, each across and down.
pub fn round_rect(path: &mut Path, [x, y, width, height]: [f64; 4], radii: [(f64, f64); 4]) {
    // A box that goes to the left or up is one whose corners change places.
    let [mut upper_left, mut upper_right, mut lower_right, mut lower_left] = radii;
    if width < 0.0 {
        std::mem::swap(&mut upper_left, &mut upper_right);
        std::mem::swap(&mut lower_left, &mut lower_right);
    }
    if height < 0.0 {
        std::mem::swap(&mut upper_left, &mut lower_left);
        std::mem::swap(&mut upper_right, &mut lower_right);
    }
    let (left, top) = (x.min(x + width), y.min(y + height));
    let (wide, high) = (width.abs(), height.abs());
    let sums = [
        (wide, upper_left.0 + upper_right.0),
        (high, upper_right.1 + lower_right.1),
        (wide, lower_left.0 + lower_right.0),
        (high, upper_left.1 + lower_left.1),
    ];
    let fits = |least: f64, &(side, sum): &(f64, f64)| if sum > 0.0 { least.min(side / sum) } else { least };
    let by = sums.iter().fold(1.0, fits);
    let size = |(across, down): (f64, f64)| {
        // A corner without one of its radii is a sharp one.
        if across > 0.0 && down > 0.0 { Size::new((across * by) as f32, (down * by) as f32) } else { Size::default() }
    };
    let corners = Corners {
        top_left: size(upper_left),
        top_right: size(upper_right),
        bottom_right: size(lower_right),
        bottom_left: size(lower_left),
    };
    let rect = Rect::new(left as f32, top as f32, wide as f32, high as f32);
    let shape = RoundedRect { rect, radii: corners };
    if width * height > 0.0 {
        path.push_box(shape);
    } else {
        reversed_box(path, &shape);
    }
    path.move_to(Point::new(x as f32, y as f32));
}

/// A rounded box counterclockwise, as one of which one side is negative goes; and one without area.
fn reversed_box(path: &mut Path, shape: &RoundedRect) {
    let mut steps = Vec::new();
    Path::of_box(*shape).outline(&mut |step| steps.push(step));
    let ends: Vec<Point> = steps
        .iter()
        .filter_map(|step| match *step {
            Segment::MoveTo(to) | Segment::LineTo(to) | Segment::CubicTo(_, _, to) => Some(to),
            _ => None,
        })
        .collect();
    let Some(last) = ends.last() else { return };
    path.move_to(*last);
    let mut index = ends.len();
    for step in steps.iter().rev() {
        match *step {
            Segment::LineTo(_) | Segment::CubicTo(..) => {
                index -= 1;
                let Some(to) = index.checked_sub(1).and_then(|index| ends.get(index)) else { break };
                match *step {
                    Segment::CubicTo(first, second, _) => path.cubic_to(second, first, *to),
                    _ => path.line_to(*to),
                }
            }
            _ => {}
        }
    }
    path.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_place_while_the_transform_changes() {
        let mut outline = Outline::default();
        let twice = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        outline.add(&twice, |path| path.move_to(Point::new(5.0, 5.0)));
        outline.add(&Matrix::IDENTITY, |path| path.line_to(Point::new(7.0, 7.0)));
        assert_eq!(
            outline.on_canvas().segments(),
            [Segment::MoveTo(Point::new(10.0, 10.0)), Segment::LineTo(Point::new(7.0, 7.0))]
        );
        assert_eq!(outline.under(&twice).unwrap().segments()[1], Segment::LineTo(Point::new(3.5, 3.5)));
    }

    #[test]
    fn what_has_no_length_is_not_stroked() {
        let at = |x: f32, y: f32| Point::new(x, y);
        let mut path = Path::default();
        path.move_to(at(5.0, 5.0));
        path.line_to(at(5.0, 5.0));
        path.close();
        path.quad_to(at(5.0, 5.0), at(5.0, 5.0));
        path.line_to(at(9.0, 5.0));
        let kept = pruned(&Arc::new(path));
        assert_eq!(kept.segments(), [Segment::MoveTo(at(5.0, 5.0)), Segment::LineTo(at(9.0, 5.0))]);
        let whole = Arc::new(Path::polygon(&[at(0.0, 0.0), at(5.0, 0.0), at(5.0, 5.0)]));
        assert!(Arc::ptr_eq(&pruned(&whole), &whole));
    }

    #[test]
    fn a_box_to_the_left_goes_round_the_other_way() {
        let mut path = Path::default();
        round_rect(&mut path, [10.0, 0.0, -10.0, 10.0], [(2.0, 2.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]);
        // Its first corner is the upper right one now.
        assert!(path.segments().iter().any(|step| matches!(step, Segment::CubicTo(_, _, to) if *to == Point::new(8.0, 0.0))));
        assert_eq!(path.current_point(), Some(Point::new(10.0, 0.0)));
    }
}
