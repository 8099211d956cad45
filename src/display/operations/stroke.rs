//! How lines are drawn.

use std::sync::Arc;

use crate::style::keywords;

keywords! {
    /// The ends of a line.
    LineCap {
        /// Straight, at the end.
        Butt = "butt",
        /// A half circle beyond the end.
        Round = "round",
        /// Straight, half a width beyond the end.
        Square = "square",
    }
}
keywords! {
    /// The corners of a line.
    LineJoin {
        /// Pointed, up to the mitre limit; then bevelled.
        Miter = "miter",
        /// Round.
        Round = "round",
        /// Cut off.
        Bevel = "bevel",
    }
}

/// Width, caps, joins and dashes of a stroke. By default they are those of a new context.
#[derive(Clone, Debug, PartialEq)]
pub struct StrokeStyle {
    /// `lineWidth`; one that is not above 0 draws nothing.
    pub width: f32,
    /// `lineCap`.
    pub cap: LineCap,
    /// `lineJoin`.
    pub join: LineJoin,
    /// `miterLimit`: how far a point may reach, in half widths.
    pub miter_limit: f32,
    /// `setLineDash()`: lengths of dashes and gaps in turn; an odd number of them counts twice, none is a whole line.
    pub dashes: Arc<[f32]>,
    /// `lineDashOffset`: how far into the dashes the line begins.
    pub dash_offset: f32,
}

impl StrokeStyle {
    /// A line with round ends and corners, as the strokes of a board's texts have.
    #[must_use]
    pub fn round(width: f32) -> Self {
        Self { width, cap: LineCap::Round, join: LineJoin::Round, ..Self::default() }
    }

    /// True for a line as [`StrokeStyle::round`] makes it.
    #[must_use]
    pub fn is_round(&self) -> bool {
        self.cap == LineCap::Round && self.join == LineJoin::Round && self.dashes.is_empty()
    }
}

impl Default for StrokeStyle {
    fn default() -> Self {
        Self {
            width: 1.0,
            cap: LineCap::Butt,
            join: LineJoin::Miter,
            miter_limit: 10.0,
            dashes: Arc::from([]),
            dash_offset: 0.0,
        }
    }
}
