//! Rectangles with round corners.

use super::{Corners, Edges, Point, Rect, Size};

/// A rectangle with an elliptical corner at each of its corners (radii are horizontal and vertical).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RoundedRect {
    /// The box.
    pub rect: Rect,
    /// The radii, already fitted to the box.
    pub radii: Corners<Size>,
}

impl RoundedRect {
    /// A rectangle without rounding.
    #[must_use]
    pub fn plain(rect: Rect) -> Self {
        Self { rect, radii: Corners::default() }
    }

    /// Circular corners, scaled down together where they overlap (CSS Backgrounds 3, §5.5).
    ///
    /// ```
    /// use friendboard::geometry::{Corners, Rect, RoundedRect};
    /// let pill = RoundedRect::new(Rect::new(0.0, 0.0, 100.0, 20.0), Corners::all(999.0));
    /// assert_eq!(pill.radii.top_left.width, 10.0);
    /// ```
    #[must_use]
    pub fn new(rect: Rect, radii: Corners<f32>) -> Self {
        Self::elliptic(rect, radii.map(|radius| Size::new(radius, radius)))
    }

    /// Elliptic corners, scaled down together where they overlap. A corner without one of its radii is sharp.
    #[must_use]
    pub fn elliptic(rect: Rect, radii: Corners<Size>) -> Self {
        let usable = |radius: f32| radius.is_finite() && radius > 0.0;
        let radii = radii.map(|radius| if usable(radius.width) && usable(radius.height) { radius } else { Size::default() });
        let fit = |side: f32, a: f32, b: f32| if a + b > side { side.max(0.0) / (a + b) } else { 1.0 };
        let factor = fit(rect.width, radii.top_left.width, radii.top_right.width)
            .min(fit(rect.width, radii.bottom_left.width, radii.bottom_right.width))
            .min(fit(rect.height, radii.top_left.height, radii.bottom_left.height))
            .min(fit(rect.height, radii.top_right.height, radii.bottom_right.height));
        Self { rect, radii: radii.map(|radius| Size::new(radius.width * factor, radius.height * factor)) }
    }

    /// The inner edge of a border: the box inset, each radius less the border beside it (CSS Backgrounds 3, §5.2).
    #[must_use]
    pub fn inset(&self, edges: Edges<f32>) -> Self {
        let corner = |radius: Size, horizontal: f32, vertical: f32| {
            let (width, height) = ((radius.width - horizontal).max(0.0), (radius.height - vertical).max(0.0));
            if width > 0.0 && height > 0.0 { Size::new(width, height) } else { Size::default() }
        };
        Self {
            rect: self.rect.inset(edges),
            radii: Corners {
                top_left: corner(self.radii.top_left, edges.left, edges.top),
                top_right: corner(self.radii.top_right, edges.right, edges.top),
                bottom_right: corner(self.radii.bottom_right, edges.right, edges.bottom),
                bottom_left: corner(self.radii.bottom_left, edges.left, edges.bottom),
            },
        }
    }

    /// True where no corner is rounded.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let flat = |radius: Size| radius.width <= 0.0 || radius.height <= 0.0;
        flat(self.radii.top_left) && flat(self.radii.top_right) && flat(self.radii.bottom_right) && flat(self.radii.bottom_left)
    }

    /// Moved.
    #[must_use]
    pub fn translated(&self, x: f32, y: f32) -> Self {
        Self { rect: self.rect.translated(x, y), radii: self.radii }
    }

    /// True where the point is inside, corners considered.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        if !self.rect.contains(point) {
            return false;
        }
        let outside = |radius: Size, center_x: f32, center_y: f32, beyond: bool| {
            if !beyond || radius.width <= 0.0 || radius.height <= 0.0 {
                return false;
            }
            let (dx, dy) = ((point.x - center_x) / radius.width, (point.y - center_y) / radius.height);
            dx * dx + dy * dy > 1.0
        };
        let Corners { top_left: tl, top_right: tr, bottom_right: br, bottom_left: bl } = self.radii;
        let Rect { x, y, .. } = self.rect;
        let (right, bottom) = (self.rect.right(), self.rect.bottom());
        !(outside(tl, x + tl.width, y + tl.height, point.x < x + tl.width && point.y < y + tl.height)
            || outside(tr, right - tr.width, y + tr.height, point.x > right - tr.width && point.y < y + tr.height)
            || outside(br, right - br.width, bottom - br.height, point.x > right - br.width && point.y > bottom - br.height)
            || outside(bl, x + bl.width, bottom - bl.height, point.x < x + bl.width && point.y > bottom - bl.height))
    }
}
