//! What a colour glyph is filled with: a colour, or a gradient (COLR version 1).

use skrifa::color::{Extend, Transform};

/// A filling, in device px; colours are premultiplied.
pub(super) enum Paint {
    /// One colour.
    Solid([f32; 4]),
    /// Colours along a shape.
    Gradient {
        /// The shape, in font units.
        shape: Gradient,
        /// Colours by offset, ascending.
        stops: Vec<(f32, [f32; 4])>,
        /// What is before the first and after the last.
        extend: Extend,
        /// From device px to font units.
        inverse: Transform,
    },
}

/// The shape of a gradient, in font units; y points up.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gradient {
    /// From a point to another.
    Linear { from: (f32, f32), to: (f32, f32) },
    /// From a circle to another.
    Radial { from: (f32, f32), first: f32, to: (f32, f32), last: f32 },
    /// Around a point, in degrees clockwise.
    Sweep { around: (f32, f32), from: f32, to: f32 },
}

impl Paint {
    /// A gradient under a transform to device px; `None` where nothing of it can be seen.
    pub fn gradient(shape: Gradient, stops: Vec<(f32, [f32; 4])>, extend: Extend, transform: &Transform) -> Option<Self> {
        if stops.len() < 2 {
            return stops.first().map(|stop| Self::Solid(stop.1));
        }
        Some(Self::Gradient { shape, stops, extend, inverse: inverse(transform)? })
    }

    /// The colour at a point.
    pub fn at(&self, x: f32, y: f32) -> [f32; 4] {
        match self {
            Self::Solid(color) => *color,
            Self::Gradient { shape, stops, extend, inverse } => {
                let x_in = inverse.xx * x + inverse.xy * y + inverse.dx;
                let y_in = inverse.yx * x + inverse.yy * y + inverse.dy;
                let along = shape.at(x_in, y_in).filter(|along| along.is_finite());
                along.map_or([0.0; 4], |along| color_at(stops, extended(along, *extend)))
            }
        }
    }
}

impl Gradient {
    /// How far along a point lies: 0 at the first stop, 1 at the last; `None` where the gradient does not reach it.
    fn at(self, x: f32, y: f32) -> Option<f32> {
        match self {
            Self::Linear { from, to } => {
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                let length = dx * dx + dy * dy;
                (length > 0.0).then(|| ((x - from.0) * dx + (y - from.1) * dy) / length)
            }
            Self::Radial { from, first, to, last } => {
                // The largest t at which the point lies on the circle between the two whose radius is not negative.
                let (cx, cy, radius) = (to.0 - from.0, to.1 - from.1, last - first);
                let (px, py) = (x - from.0, y - from.1);
                let square = cx * cx + cy * cy - radius * radius;
                let half = px * cx + py * cy + first * radius;
                let rest = px * px + py * py - first * first;
                let fits = |t: &f32| first + t * radius >= 0.0;
                if square.abs() < 1e-6 {
                    return (half != 0.0).then(|| rest / (2.0 * half)).filter(fits);
                }
                let under = half * half - square * rest;
                if under < 0.0 {
                    return None;
                }
                let root = under.sqrt();
                let (one, other) = ((half + root) / square, (half - root) / square);
                [one.max(other), one.min(other)].into_iter().find(fits)
            }
            Self::Sweep { around, from, to } => {
                let clockwise = 360.0 - degrees(y - around.1, x - around.0);
                let turn = to - from;
                if turn == 0.0 { Some(if clockwise < from { 0.0 } else { 1.0 }) } else { Some((clockwise - from) / turn) }
            }
        }
    }
}

/// The direction of a point in degrees, 0 to 360, counterclockwise.
fn degrees(y: f32, x: f32) -> f32 {
    let angle = libm::atan2f(y, x).to_degrees();
    if angle < 0.0 { angle + 360.0 } else { angle }
}

/// An offset brought between the first stop and the last.
fn extended(along: f32, extend: Extend) -> f32 {
    match extend {
        Extend::Repeat => along - along.floor(),
        Extend::Reflect => {
            let place = along - (along / 2.0).floor() * 2.0;
            if place > 1.0 { 2.0 - place } else { place }
        }
        Extend::Pad | Extend::Unknown => along.clamp(0.0, 1.0),
    }
}

fn color_at(stops: &[(f32, [f32; 4])], along: f32) -> [f32; 4] {
    let after = stops.iter().position(|stop| stop.0 > along).unwrap_or(stops.len());
    let (Some(next), Some(last)) = (stops.get(after), after.checked_sub(1).and_then(|before| stops.get(before))) else {
        let end = if after == 0 { stops.first() } else { stops.last() };
        return end.map_or([0.0; 4], |stop| stop.1);
    };
    let part = (along - last.0) / (next.0 - last.0).max(f32::MIN_POSITIVE);
    std::array::from_fn(|channel| last.1[channel] + (next.1[channel] - last.1[channel]) * part)
}

fn inverse(of: &Transform) -> Option<Transform> {
    let determinant = of.xx * of.yy - of.xy * of.yx;
    if !determinant.is_finite() || determinant.abs() < 1e-12 {
        return None;
    }
    let (xx, xy) = (of.yy / determinant, -of.xy / determinant);
    let (yx, yy) = (-of.yx / determinant, of.xx / determinant);
    Some(Transform { xx, yx, xy, yy, dx: -(xx * of.dx + xy * of.dy), dy: -(yx * of.dx + yy * of.dy) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_go_along_their_shapes() {
        let linear = Gradient::Linear { from: (0.0, 0.0), to: (10.0, 0.0) };
        assert_eq!(linear.at(2.5, 99.0), Some(0.25));
        let radial = Gradient::Radial { from: (0.0, 0.0), first: 0.0, to: (0.0, 0.0), last: 10.0 };
        assert_eq!(radial.at(0.0, 5.0), Some(0.5));
        let beside = Gradient::Radial { from: (0.0, 0.0), first: 1.0, to: (10.0, 0.0), last: 1.0 };
        assert_eq!(beside.at(5.0, 3.0), None);
        let sweep = Gradient::Sweep { around: (0.0, 0.0), from: 0.0, to: 360.0 };
        let quarter = sweep.at(0.0, -1.0).unwrap();
        assert!((quarter - 0.25).abs() < 1e-4, "clockwise from the right, down is a quarter: {quarter}");
    }

    #[test]
    fn beyond_its_ends_a_gradient_goes_on_as_it_says() {
        let of = |extend| [-0.25, 0.5, 1.25].map(|along| extended(along, extend));
        assert_eq!(of(Extend::Pad), [0.0, 0.5, 1.0]);
        assert_eq!(of(Extend::Repeat), [0.75, 0.5, 0.25]);
        assert_eq!(of(Extend::Reflect), [0.25, 0.5, 0.75]);
    }
}
