//! Affine transforms.

use super::{Point, Rect};

/// An affine transform: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as on a 2D canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Horizontal scale.
    pub a: f32,
    /// Vertical skew.
    pub b: f32,
    /// Horizontal skew.
    pub c: f32,
    /// Vertical scale.
    pub d: f32,
    /// Horizontal move.
    pub e: f32,
    /// Vertical move.
    pub f: f32,
}

impl Transform {
    /// Changes nothing.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// Moves.
    #[must_use]
    pub const fn translate(x: f32, y: f32) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// Scales about the origin.
    #[must_use]
    pub const fn scale(x: f32, y: f32) -> Self {
        Self { a: x, d: y, ..Self::IDENTITY }
    }

    /// Turns clockwise about the origin, in degrees; quarter turns are exact.
    #[must_use]
    pub fn rotate(degrees: f32) -> Self {
        let turned = degrees % 360.0;
        let (sin, cos) = match turned {
            0.0 => (0.0, 1.0),
            90.0 | -270.0 => (1.0, 0.0),
            180.0 | -180.0 => (0.0, -1.0),
            270.0 | -90.0 => (-1.0, 0.0),
            _ => libm::sincosf(turned.to_radians()),
        };
        Self { a: cos, b: sin, c: -sin, d: cos, e: 0.0, f: 0.0 }
    }

    /// This transform applied first to what `inner` gives: `self ∘ inner`, as canvas `transform()` calls compose.
    #[must_use]
    pub fn then(&self, inner: &Self) -> Self {
        Self {
            a: self.a * inner.a + self.c * inner.b,
            b: self.b * inner.a + self.d * inner.b,
            c: self.a * inner.c + self.c * inner.d,
            d: self.b * inner.c + self.d * inner.d,
            e: self.a * inner.e + self.c * inner.f + self.e,
            f: self.b * inner.e + self.d * inner.f + self.f,
        }
    }

    /// Where a point goes.
    #[must_use]
    pub fn apply(&self, point: Point) -> Point {
        Point::new(self.a * point.x + self.c * point.y + self.e, self.b * point.x + self.d * point.y + self.f)
    }

    /// The smallest rectangle around a transformed rectangle.
    #[must_use]
    pub fn bounds(&self, rect: &Rect) -> Rect {
        if self.is_translation() {
            let (x, right, y, bottom) = (rect.x + self.e, rect.right() + self.e, rect.y + self.f, rect.bottom() + self.f);
            return Rect::from_edges(x.min(right), y.min(bottom), x.max(right), y.max(bottom));
        }
        let corners = [(rect.x, rect.y), (rect.right(), rect.y), (rect.x, rect.bottom()), (rect.right(), rect.bottom())]
            .map(|(x, y)| self.apply(Point::new(x, y)));
        let fold = |pick: fn(Point) -> f32, choose: fn(f32, f32) -> f32| {
            corners.iter().map(|&p| pick(p)).reduce(choose).unwrap_or(0.0)
        };
        Rect::from_edges(fold(|p| p.x, f32::min), fold(|p| p.y, f32::min), fold(|p| p.x, f32::max), fold(|p| p.y, f32::max))
    }

    /// The way back; `None` where the transform flattens the plane.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let determinant = self.a * self.d - self.b * self.c;
        if !determinant.is_finite() || determinant.abs() < 1e-12 {
            return None;
        }
        let (a, b, c, d) = (self.d / determinant, -self.b / determinant, -self.c / determinant, self.a / determinant);
        Some(Self { a, b, c, d, e: -(a * self.e + c * self.f), f: -(b * self.e + d * self.f) })
    }

    /// The move that it is, where it is one by whole px and nothing else: there, what stands on whole px still does.
    #[must_use]
    pub fn whole_move(&self) -> Option<(f32, f32)> {
        // Without `trunc`, which many processors are taken to have no instruction for; what is further away is seen nowhere.
        let is_whole = |value: f32| value as i32 as f32 == value;
        (self.is_translation() && is_whole(self.e) && is_whole(self.f)).then_some((self.e, self.f))
    }

    /// How much larger it makes things, on average over all directions: the square root of what it does to areas.
    #[must_use]
    pub fn mean_scale(&self) -> f32 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// True where every part of it is a finite number.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        [self.a, self.b, self.c, self.d, self.e, self.f].iter().all(|part| part.is_finite())
    }

    /// True where it only moves.
    #[must_use]
    pub fn is_translation(&self) -> bool {
        (self.a, self.b, self.c, self.d) == (1.0, 0.0, 0.0, 1.0)
    }
}

impl Default for Transform {
    fn default() -> Self {
        Self::IDENTITY
    }
}
