//! Points, sizes, rectangles and transforms. Coordinates are finite and within ±[`COORDINATE_MAX`]: the rasterizer
//! below panics on what is farther out, so nothing farther out is ever made.

mod pixel_rect;
mod rounded_rect;
mod sides;
mod transform;

pub use pixel_rect::PixelRect;
pub use rounded_rect::RoundedRect;
pub use sides::{Corners, Edges};
pub use transform::Transform;

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
