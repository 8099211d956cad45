//! The boxes of leaves: padding, border, bounds and `aspectRatio` around a content.

use super::flex::{Bounds, Measured, Sizes, Space, Widths};
use super::tree::Tree;
use crate::geometry::Size;

impl Tree<'_> {
    /// The widths of a leaf's box.
    pub(super) fn leaf_widths(&mut self, id: usize, sizes: &Sizes<'_>, height: Option<f32>) -> Widths {
        let item = &self.items[id];
        let Some(leaf) = &item.leaf else { return Widths::default() };
        if let (Some(ratio), Some(height)) = (sizes.ratio(), height) {
            let width = sizes.width_of(height, ratio);
            return Widths { narrow: width, wide: width };
        }
        let (across, down) = (sizes.frame.width(), sizes.frame.height());
        let around = sizes.frame.around_content(&item.source.layout).height();
        let inner = |height: f32| (height - around).max(0.0);
        let bounds = sizes.heights();
        if let Some(ratio) = sizes.ratio() {
            // `aspectRatio` stands in for a picture's own proportions.
            let widths = leaf.widths(self.text, None, Bounds::default());
            let least = bounds.least.unwrap_or(0.0).max(down);
            let through =
                Bounds { least: Some(sizes.width_of(least, ratio)), most: bounds.most.map(|most| sizes.width_of(most, ratio)) };
            return Widths { narrow: through.clamp(widths.narrow + across), wide: through.clamp(widths.wide + across) };
        }
        let bounds = Bounds { least: bounds.least.map(inner), most: bounds.most.map(inner) };
        let widths = leaf.widths(self.text, height.map(inner), bounds);
        Widths { narrow: widths.narrow + across, wide: widths.wide + across }
    }

    /// How high a leaf's box is.
    pub(super) fn leaf_height(&mut self, id: usize, space: Space) -> Measured {
        let item = &self.items[id];
        let Some(leaf) = &item.leaf else { return Measured::default() };
        let style = &item.source.layout;
        let sizes = Sizes::new(style, space.basis);
        let frame = sizes.frame;
        let around = frame.around_content(style);
        let inner_width = (space.width - around.width()).max(0.0);
        let content_height = match sizes.ratio() {
            Some(ratio) => sizes.height_of(space.width, ratio),
            None => leaf.height(self.text, inner_width) + frame.height(),
        };
        let height = space.height.or_else(|| sizes.height());
        let height = height.unwrap_or_else(|| sizes.heights().clamp(content_height)).max(frame.height());
        let content = Size::new(inner_width, height - around.height());
        let align = item.source.text.vertical_align;
        let baseline = leaf.baseline(self.text, content, align).map(|baseline| baseline + around.top());
        Measured { height, content_height, baseline }
    }
}
