//! A value for each side, and one for each corner.

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
