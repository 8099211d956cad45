//! Points, sizes, rectangles and transforms. Coordinates are finite and within ±[`COORDINATE_MAX`]: the rasterizer
//! below panics on what is farther out, so nothing farther out is ever made.

/// No coordinate that is drawn lies farther from the origin, in device px.
pub const COORDINATE_MAX: f32 = 16_384.0;

/// A coordinate that can be drawn: within ±[`COORDINATE_MAX`], and 0 for what is not a number.
#[must_use]
pub fn finite(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-COORDINATE_MAX, COORDINATE_MAX) }
}

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Horizontal extent.
    pub width: f32,
    /// Vertical extent.
    pub height: f32,
}

impl Size {
    /// A size.
    #[must_use]
    pub const fn new(width: f32, height: f32) -> Self {
        Self { width, height }
    }
}

/// `WIDTHxHEIGHT`, both above 0.
impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |part: &str| part.trim().parse::<f32>().ok().filter(|side| side.is_finite() && *side > 0.0);
        text.split_once(['x', 'X', '×'])
            .and_then(|(width, height)| Some(Self::new(side(width)?, side(height)?)))
            .ok_or_else(|| "WIDTHxHEIGHT in px was expected, such as 360x640".to_owned())
    }
}

/// An axis-aligned rectangle; an empty one has no positive area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// A rectangle from its top left corner and size.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// A rectangle between two corners; empty where they are the wrong way round.
    #[must_use]
    pub fn from_edges(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self::new(left, top, (right - left).max(0.0), (bottom - top).max(0.0))
    }

    /// Right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// True where there is nothing inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !(self.width > 0.0 && self.height > 0.0)
    }

    /// True where the point is inside (left and top edges belong to it).
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.x && point.x < self.right() && point.y >= self.y && point.y < self.bottom()
    }

    /// True where all of another rectangle is inside.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// What both cover; empty where they don't meet.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self::from_edges(
            self.x.max(other.x),
            self.y.max(other.y),
            self.right().min(other.right()),
            self.bottom().min(other.bottom()),
        )
    }

    /// The smallest rectangle around both; an empty one adds nothing.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        Self::from_edges(
            self.x.min(other.x),
            self.y.min(other.y),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// Moved.
    #[must_use]
    pub fn translated(&self, x: f32, y: f32) -> Self {
        Self::new(self.x + x, self.y + y, self.width, self.height)
    }

    /// Each edge moved inwards by its amount.
    #[must_use]
    pub fn inset(&self, edges: Edges<f32>) -> Self {
        Self::from_edges(self.x + edges.left, self.y + edges.top, self.right() - edges.right, self.bottom() - edges.bottom)
    }

    /// Each edge moved outwards by the same amount.
    #[must_use]
    pub fn outset(&self, by: f32) -> Self {
        Self::from_edges(self.x - by, self.y - by, self.right() + by, self.bottom() + by)
    }

    /// Position and size multiplied.
    #[must_use]
    pub fn scaled(&self, by: f32) -> Self {
        Self::new(self.x * by, self.y * by, self.width * by, self.height * by)
    }

    /// Edges moved to the nearest whole coordinate, so that a filled rectangle has crisp edges; what had an extent of
    /// at least half a unit keeps at least one.
    #[must_use]
    pub fn snapped(&self) -> Self {
        let (left, top) = (self.x.round(), self.y.round());
        let (mut right, mut bottom) = (self.right().round(), self.bottom().round());
        if right == left && self.width >= 0.5 {
            right += 1.0;
        }
        if bottom == top && self.height >= 0.5 {
            bottom += 1.0;
        }
        Self::from_edges(left, top, right, bottom)
    }

    /// The smallest rectangle of whole coordinates around it.
    #[must_use]
    pub fn rounded_out(&self) -> Self {
        Self::from_edges(self.x.floor(), self.y.floor(), self.right().ceil(), self.bottom().ceil())
    }
}

/// A value for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edges<T> {
    /// Of the left side.
    pub left: T,
    /// Of the top side.
    pub top: T,
    /// Of the right side.
    pub right: T,
    /// Of the bottom side.
    pub bottom: T,
}

impl<T: Copy> Edges<T> {
    /// The same on all sides.
    #[must_use]
    pub const fn all(value: T) -> Self {
        Self { left: value, top: value, right: value, bottom: value }
    }

    /// Each value changed.
    #[must_use]
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Edges<U> {
        Edges { left: change(self.left), top: change(self.top), right: change(self.right), bottom: change(self.bottom) }
    }
}

/// A value for each corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners<T> {
    /// Of the top left corner.
    pub top_left: T,
    /// Of the top right corner.
    pub top_right: T,
    /// Of the bottom right corner.
    pub bottom_right: T,
    /// Of the bottom left corner.
    pub bottom_left: T,
}

impl<T: Copy> Corners<T> {
    /// The same at all corners.
    #[must_use]
    pub const fn all(value: T) -> Self {
        Self { top_left: value, top_right: value, bottom_right: value, bottom_left: value }
    }

    /// Each value changed.
    #[must_use]
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Corners<U> {
        Corners {
            top_left: change(self.top_left),
            top_right: change(self.top_right),
            bottom_right: change(self.bottom_right),
            bottom_left: change(self.bottom_left),
        }
    }
}

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
        (self.is_translation() && self.e.fract() == 0.0 && self.f.fract() == 0.0).then_some((self.e, self.f))
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

/// A rectangle of whole pixels; empty where `right <= left` or `bottom <= top`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PixelRect {
    /// First column.
    pub left: i32,
    /// First row.
    pub top: i32,
    /// Column after the last.
    pub right: i32,
    /// Row after the last.
    pub bottom: i32,
}

impl PixelRect {
    /// A rectangle between edges.
    #[must_use]
    pub const fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self { left, top, right, bottom }
    }

    /// The pixels that a rectangle touches.
    #[must_use]
    pub fn around(rect: &Rect) -> Self {
        let edge = |value: f32| finite(value) as i32;
        Self::new(edge(rect.x.floor()), edge(rect.y.floor()), edge(rect.right().ceil()), edge(rect.bottom().ceil()))
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> i32 {
        self.right.saturating_sub(self.left).max(0)
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> i32 {
        self.bottom.saturating_sub(self.top).max(0)
    }

    /// True where it holds no pixel.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.right <= self.left || self.bottom <= self.top
    }

    /// The pixels of both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self::new(
            self.left.max(other.left),
            self.top.max(other.top),
            self.right.min(other.right),
            self.bottom.min(other.bottom),
        )
    }

    /// The smallest rectangle around both; an empty one adds nothing.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        Self::new(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right.max(other.right),
            self.bottom.max(other.bottom),
        )
    }

    /// Each edge moved outwards.
    #[must_use]
    pub fn outset(&self, by: i32) -> Self {
        Self::new(
            self.left.saturating_sub(by),
            self.top.saturating_sub(by),
            self.right.saturating_add(by),
            self.bottom.saturating_add(by),
        )
    }

    /// The same rectangle in fractional coordinates.
    #[must_use]
    pub fn to_rect(self) -> Rect {
        Rect::new(self.left as f32, self.top as f32, self.width() as f32, self.height() as f32)
    }
}
