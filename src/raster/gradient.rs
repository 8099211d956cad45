//! Gradients as a table of colours and a cheap way to find a pixel's place in it.

use super::ramp::{Ramp, TABLE};
use super::tables::{Table, Tables};
use crate::display::operations::{self, Circle};
use crate::display::{Gradient, GradientKind};
use crate::geometry::{Point, Transform};

/// A gradient that is ready to shade rows of device pixels.
pub struct PreparedGradient {
    table: Table,
    repeating: bool,
    place: Place,
    /// Along a line whose colours do not repeat, rows are cut from it.
    ramp: Option<Ramp>,
    is_opaque: bool,
    /// From the canvas back to where the gradient was given.
    inverse: Transform,
}

/// How a pixel's offset is found.
#[derive(Clone, Copy)]
enum Place {
    /// Along a line.
    Line { start: Point, end: Point },
    /// Out from a centre, on an ellipse.
    Ellipse { center: Point, radius_x: f32, radius_y: f32 },
    /// Through circles from one to another.
    Circles { start: Circle, end: Circle },
    /// Round a centre, from an angle on.
    Turn { center: Point, angle: f32 },
}

impl PreparedGradient {
    /// Prepares a board's gradient under a transform; `None` where the transform flattens the plane.
    pub fn new(gradient: &Gradient, transform: &Transform, tables: &mut Tables) -> Option<Self> {
        let place = match gradient.kind {
            GradientKind::Linear { start, end } => Place::Line { start, end },
            GradientKind::Radial { center, radius_x, radius_y } => Place::Ellipse { center, radius_x, radius_y },
        };
        Some(Self::placed(tables.get(&gradient.stops, true), gradient.repeating, place, transform.inverse()?))
    }

    /// Prepares a context's gradient under a transform; `None` where it draws nothing.
    pub fn of_context(gradient: &operations::Gradient, transform: &Transform, tables: &mut Tables) -> Option<Self> {
        let mut inverse = transform.inverse().filter(Transform::is_finite)?;
        let place = match gradient.kind {
            operations::GradientKind::Linear { start, end } => {
                if start == end {
                    return None;
                }
                Place::Line { start, end }
            }
            operations::GradientKind::Radial { start, end } => {
                if start == end || start.radius < 0.0 || end.radius < 0.0 {
                    return None;
                }
                if start.radius > 0.0 || start.center != end.center {
                    Place::Circles { start, end }
                } else if transform.b == 0.0 && transform.c == 0.0 && !transform.is_translation() {
                    // Circles that a transform makes ellipses, as they come of a board: its own way, to the last bit.
                    inverse = Transform::IDENTITY;
                    let (radius_x, radius_y) = ((end.radius * transform.a).abs(), (end.radius * transform.d).abs());
                    Place::Ellipse { center: transform.apply(end.center), radius_x, radius_y }
                } else {
                    Place::Ellipse { center: end.center, radius_x: end.radius, radius_y: end.radius }
                }
            }
            operations::GradientKind::Conic { center, angle } => Place::Turn { center, angle },
        };
        if gradient.stops.is_empty() {
            return None;
        }
        Some(Self::placed(tables.get(&gradient.stops, gradient.premultiplied), gradient.repeating, place, inverse))
    }

    fn placed(table: Table, repeating: bool, place: Place, inverse: Transform) -> Self {
        let ramp = match place {
            Place::Line { start, end } if !repeating => Ramp::new(start, end, &inverse),
            _ => None,
        };
        let is_opaque = table.is_opaque && !matches!(place, Place::Circles { .. });
        Self { table, repeating, place, ramp, is_opaque, inverse }
    }

    /// True where nothing is seen through any part of it.
    pub fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// The one colour of a row, where rows have one: of what goes straight down.
    pub fn of_row(&self, y: i32) -> Option<[u8; 4]> {
        self.ramp.as_ref()?.of_row(&self.table.colors, y)
    }

    /// Shades a row that starts at a pixel, premultiplied RGBA8.
    pub fn shade_row(&self, left: i32, y: i32, row: &mut [u8]) {
        let (pixels, _) = row.as_chunks_mut::<4>();
        if let Some(ramp) = &self.ramp {
            return ramp.shade(&self.table.colors, left, y, pixels);
        }
        // Counted from the canvas's edge and not from the row's start: a repaint of a part must not change a pixel.
        let edge = self.inverse.apply(Point::new(0.0, y as f32 + 0.5));
        let (step_x, step_y) = (self.inverse.a, self.inverse.b);
        let columns = (left..).map(|x| x as f32 + 0.5);
        let at = |column: f32| Point::new(edge.x + step_x * column, edge.y + step_y * column);
        match self.place {
            Place::Line { start, end } => {
                let (dx, dy) = (end.x - start.x, end.y - start.y);
                let squared = dx * dx + dy * dy;
                if squared <= 0.0 {
                    return pixels.fill(self.color(1.0));
                }
                let offset = ((edge.x - start.x) * dx + (edge.y - start.y) * dy) / squared;
                let step = (step_x * dx + step_y * dy) / squared;
                for (x, pixel) in columns.zip(pixels) {
                    *pixel = self.color(offset + step * x);
                }
            }
            Place::Ellipse { center, radius_x, radius_y } => {
                let (reciprocal_x, reciprocal_y) = (1.0 / radius_x.max(1e-6), 1.0 / radius_y.max(1e-6));
                for (column, pixel) in columns.zip(pixels) {
                    let x = (edge.x + step_x * column - center.x) * reciprocal_x;
                    let y = (edge.y + step_y * column - center.y) * reciprocal_y;
                    *pixel = self.color((x * x + y * y).sqrt());
                }
            }
            Place::Circles { start, end } => {
                for (column, pixel) in columns.zip(pixels) {
                    *pixel = on_circles(&start, &end, at(column)).map_or([0; 4], |offset| self.color(offset));
                }
            }
            Place::Turn { center, angle } => {
                for (column, pixel) in columns.zip(pixels) {
                    let Point { x, y } = at(column);
                    let turned = (libm::atan2f(y - center.y, x - center.x) - angle) / std::f32::consts::TAU;
                    *pixel = self.color(turned - turned.floor());
                }
            }
        }
    }

    fn color(&self, offset: f32) -> [u8; 4] {
        let offset = if self.repeating { offset - offset.floor() } else { offset.clamp(0.0, 1.0) };
        let index = (offset * (TABLE - 1) as f32 + 0.5) as usize;
        self.table.colors.get(index.min(TABLE - 1)).copied().unwrap_or_default()
    }
}

/// The largest offset whose circle goes through a point and has a radius (HTML, `createRadialGradient`, step by step); `None`
/// where none does.
fn on_circles(start: &Circle, end: &Circle, point: Point) -> Option<f32> {
    let difference = |a: f32, b: f32| f64::from(a) - f64::from(b);
    let (dx, dy) = (difference(end.center.x, start.center.x), difference(end.center.y, start.center.y));
    let (px, py) = (difference(point.x, start.center.x), difference(point.y, start.center.y));
    let (radius, growth) = (f64::from(start.radius), difference(end.radius, start.radius));
    // |p − ω·d| = r + ω·g, squared: a·ω² − 2·b·ω + c = 0.
    let (a, b, c) =
        (dx * dx + dy * dy - growth * growth, px * dx + py * dy + radius * growth, px * px + py * py - radius * radius);
    let has_radius = |offset: &f64| radius + offset * growth >= 0.0;
    if a.abs() < 1e-9 {
        return Some(c / (2.0 * b)).filter(|offset| offset.is_finite()).filter(has_radius).map(|offset| offset as f32);
    }
    let discriminant = b * b - a * c;
    if discriminant < 0.0 {
        return None;
    }
    let root = discriminant.sqrt();
    let (one, other) = ((b + root) / a, (b - root) / a);
    [one.max(other), one.min(other)].into_iter().find(has_radius).map(|offset| offset as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(x: f32, radius: f32) -> Circle {
        Circle { center: Point::new(x, 0.0), radius }
    }

    #[test]
    fn circles_are_found_as_specified() {
        let near = |found: Option<f32>, expected: f32| found.is_some_and(|found| (found - expected).abs() < 1e-4);
        // One circle in another: each point lies on one.
        let (inner, outer) = (circle(0.0, 10.0), circle(0.0, 30.0));
        assert!(near(on_circles(&inner, &outer, Point::new(0.0, 20.0)), 0.5));
        // Beyond the cone of two circles side by side there is nothing.
        let (left, right) = (circle(0.0, 5.0), circle(100.0, 5.0));
        assert!(near(on_circles(&left, &right, Point::new(50.0, 5.0)), 0.5));
        assert_eq!(on_circles(&left, &right, Point::new(50.0, 6.0)), None);
        let (point, large) = (circle(0.0, 0.0), circle(100.0, 50.0));
        assert_eq!(on_circles(&point, &large, Point::new(-50.0, 0.0)), None);
        assert!(near(on_circles(&point, &large, Point::new(50.0, 0.0)), 1.0));
    }
}
