//! A flex container while it is laid out, and its lines.

use super::direction::gap;
use super::space::{Basis, Sizes};
use crate::style::{LayoutStyle, Length};

/// Where a container's height comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Height {
    /// Its style or its parent.
    Fixed(f32),
    /// `aspectRatio`; the content may make it more.
    Ratio(f32),
    /// Its content.
    Content,
}

/// A line of a flex container.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Which items.
    pub items: std::ops::Range<usize>,
    /// Its size across the main axis.
    pub cross: f32,
    /// Where it starts across the main axis, from the container's cross-start edge.
    pub at: f32,
    /// Largest distances of a baseline from its item's margin edges: before, after.
    pub baseline: Option<(f32, f32)>,
}

/// A container being laid out.
#[allow(clippy::struct_excessive_bools, reason = "four properties, each of two values, that are asked for on every line")]
pub(super) struct Container<'a> {
    pub style: &'a LayoutStyle,
    pub sizes: Sizes<'a>,
    pub row: bool,
    pub reversed: bool,
    pub wraps: bool,
    pub clips: bool,
    pub height: Height,
    /// Its content box's width.
    pub inner_width: f32,
    /// The content box's height that items of a row are stretched to from the start.
    pub stretch_height: Option<f32>,
    /// What percentages of its children are of.
    pub basis: Basis,
}

impl Container<'_> {
    /// True where content makes it higher than `aspectRatio` asks for: the automatic minimum of CSS Sizing 4, §5.2.
    pub fn grows_over_ratio(&self) -> bool {
        let automatic = self.style.height == Length::Auto || self.sizes.height().is_some();
        !self.clips && self.style.min_height == Length::Auto && automatic
    }

    /// The content box's height for a height of the content.
    pub fn inner_height(&self, content: f32) -> f32 {
        let frame = self.sizes.frame.height();
        let heights = self.sizes.heights();
        let outer = match self.height {
            Height::Fixed(height) => height,
            Height::Ratio(height) if !self.grows_over_ratio() => heights.clamp(height),
            Height::Ratio(height) => heights.clamp(height.max(content + frame)),
            Height::Content => heights.clamp(content + frame),
        };
        (outer - frame).max(0.0)
    }

    pub fn main_gap(&self) -> f32 {
        if self.row { gap(self.style.column_gap, self.basis.width) } else { gap(self.style.row_gap, self.basis.height) }
    }

    pub fn cross_gap(&self) -> f32 {
        if self.row { gap(self.style.row_gap, self.basis.height) } else { gap(self.style.column_gap, self.basis.width) }
    }
}
