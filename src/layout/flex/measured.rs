//! What a box answers: how wide it would like to be, and how high it is.

/// How high a box is in a [`Space`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Measured {
    /// Its height.
    pub height: f32,
    /// The height that its content (or `aspectRatio`) asks for, whatever its own height says.
    pub content_height: f32,
    /// Its first baseline, from its top edge; `None` where there is none.
    pub baseline: Option<f32>,
}

/// The narrowest and the widest that a content asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Widths {
    pub narrow: f32,
    pub wide: f32,
}

impl Widths {
    /// As wide as there is room for, within the two.
    pub fn fit(self, room: f32) -> f32 {
        self.wide.min(room.max(self.narrow))
    }
}
