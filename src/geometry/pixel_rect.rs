//! Rectangles of whole pixels.

use super::{Rect, finite};

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
        // Without `floor` and `ceil`, which many processors are taken to have no instruction for.
        let down = |value: f32| {
            let (value, whole) = (finite(value), finite(value) as i32);
            whole.saturating_sub(i32::from(whole as f32 > value))
        };
        let up = |value: f32| {
            let (value, whole) = (finite(value), finite(value) as i32);
            whole.saturating_add(i32::from((whole as f32) < value))
        };
        Self::new(down(rect.x), down(rect.y), up(rect.right()), up(rect.bottom()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixels_around_are_those_that_floor_and_ceil_give() {
        let mut random = crate::random::random(11);
        let edge = |value: f32| finite(value) as i32;
        for round in 0..20_000 {
            let mut number = || match round % 4 {
                0 => (random() % 2_000) as f32 / 8.0 - 125.0,
                1 => f32::from_bits(random() ^ random() << 16),
                2 => -0.0,
                _ => (random() % 9) as f32 - 4.0,
            };
            let rect = Rect::new(number(), number(), number(), number());
            let expected = PixelRect::new(
                edge(rect.x.floor()),
                edge(rect.y.floor()),
                edge(rect.right().ceil()),
                edge(rect.bottom().ceil()),
            );
            assert_eq!(PixelRect::around(&rect), expected, "{rect:?}");
        }
    }
}
