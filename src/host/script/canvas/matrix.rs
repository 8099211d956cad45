//! The transform of a context, in the precision that scripts compute in.

use crate::geometry::{Point, Transform};

/// `a b c d e f` as `setTransform()` takes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// Changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This after what `inner` does, as `transform()` composes.
    pub fn then(&self, inner: &Self) -> Self {
        let ([a, b, c, d, e, f], [ia, ib, ic, id, ie, i_f]) = (self.0, inner.0);
        Self([a * ia + c * ib, b * ia + d * ib, a * ic + c * id, b * ic + d * id, a * ie + c * i_f + e, b * ie + d * i_f + f])
    }

    /// Where a point goes.
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The way back; `None` where the transform flattens the plane.
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let by = a * d - b * c;
        let (ia, ib, ic, id) = if by.is_finite() && by != 0.0 {
            (d / by, -b / by, -c / by, a / by)
        } else {
            // Parts as large as numbers go are made smaller first.
            let most = a.abs().max(b.abs()).max(c.abs()).max(d.abs());
            let [a, b, c, d] = [a, b, c, d].map(|part| part / most);
            let by = a * d - b * c;
            if by == 0.0 || !by.is_finite() {
                return None;
            }
            (d / by / most, -b / by / most, -c / by / most, a / by / most)
        };
        let inverse = Self([ia, ib, ic, id, -(ia * e + ic * f), -(ib * e + id * f)]);
        inverse.0.iter().all(|part| part.is_finite()).then_some(inverse)
    }

    /// The same as drawing takes it.
    pub fn to_transform(self) -> Transform {
        let [a, b, c, d, e, f] = self.0.map(|part| part as f32);
        Transform { a, b, c, d, e, f }
    }

    /// A point on the canvas, in the precision of drawing.
    pub fn point(&self, point: Point) -> Point {
        let (x, y) = self.apply(f64::from(point.x), f64::from(point.y));
        Point::new(x as f32, y as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_compose_and_go_back() {
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 10.0, 20.0]);
        let both = turned.then(&Matrix([2.0, 0.0, 0.0, 3.0, 1.0, 1.0]));
        assert_eq!(both.apply(1.0, 1.0), (6.0, 23.0));
        let back = both.inverse().unwrap();
        let (x, y) = back.apply(6.0, 23.0);
        assert!((x - 1.0).abs() < 1e-12 && (y - 1.0).abs() < 1e-12);
        assert!(Matrix([0.0, 0.0, 0.0, 1.0, 5.0, 5.0]).inverse().is_none());
        assert!(Matrix([0.0; 6]).inverse().is_none());
        let vast = Matrix([f64::MAX, 0.0, 0.0, f64::MAX, 0.0, 0.0]);
        assert!((vast.inverse().unwrap().apply(f64::MAX, 0.0).0 - 1.0).abs() < 1e-12);
    }
}
