//! How wide a box would like to be: its narrowest and widest content (CSS Sizing 3, §5; CSS Flexbox 1, §9.9).

use super::direction::{gap, is_row};
use super::items::{Item, stretched_height};
use super::measured::Widths;
use super::space::{Basis, Bounds, Sizes};
use crate::layout::leaf::Leaf;
use crate::layout::tree::Tree;
use crate::style::{FlexWrap, LayoutStyle, Length, Position};

impl Tree<'_> {
    /// What a box adds to its parent's content, without margins: its width if it has one, or its content's, within its
    /// bounds. Percentages of a width that is being found out count as automatic. `height` is what the parent gives it.
    pub(super) fn contribution(&mut self, id: usize, height: Option<f32>, basis_height: Option<f32>) -> Widths {
        let source = self.items[id].source.clone();
        let sizes = Sizes::new(&source.layout, Basis { width: None, height: basis_height });
        let mut widths = match sizes.width() {
            Some(width) => Widths { narrow: width, wide: width },
            None => self.content_widths(id, height.or_else(|| sizes.height()), true, &sizes),
        };
        let is_part = |length: Length| matches!(length, Length::Percent(_));
        let given_part = is_part(source.layout.width) || is_part(source.layout.max_width);
        if given_part && matches!(self.items[id].leaf, Some(Leaf::Picture(_))) {
            // CSS Sizing 3, §5.2.2: what can be compressed asks for nothing.
            widths.narrow = 0.0;
        }
        let bounds = sizes.widths();
        Widths { narrow: bounds.clamp(widths.narrow), wide: bounds.clamp(widths.wide) }
    }

    /// The widths of a box's content with its padding and border, whatever its own width says. `height` is the box's, if
    /// it is known; `definite`, whether percentages of its children may be of that.
    pub(in crate::layout) fn content_widths(
        &mut self,
        id: usize,
        height: Option<f32>,
        definite: bool,
        sizes: &Sizes<'_>,
    ) -> Widths {
        if self.items[id].leaf.is_some() {
            return self.leaf_widths(id, sizes, height);
        }
        let inner_height = height.filter(|_| definite).map(|height| (height - sizes.frame.height()).max(0.0));
        let Some(ratio) = sizes.ratio() else { return self.children_widths(id, inner_height, sizes) };
        // Bounds of the height bound the width too (CSS Sizing 4, §5.1).
        let heights = sizes.heights();
        let least = heights.least.unwrap_or(0.0).max(sizes.frame.height());
        let bounds = Bounds {
            least: Some(sizes.width_of(least, ratio)),
            most: heights.most.map(|height| sizes.width_of(height, ratio)),
        };
        if let Some(height) = height {
            let mut width = sizes.width_of(height, ratio);
            if sizes.style.min_width == Length::Auto && !self.items[id].clips {
                width = width.max(self.children_widths(id, None, sizes).narrow);
            }
            return Widths { narrow: width, wide: width };
        }
        let widths = self.children_widths(id, inner_height, sizes);
        Widths { narrow: bounds.clamp(widths.narrow), wide: bounds.clamp(widths.wide) }
    }

    fn children_widths(&mut self, id: usize, inner_height: Option<f32>, sizes: &Sizes<'_>) -> Widths {
        let key = inner_height.map(f32::to_bits);
        let frame = sizes.frame.width();
        let framed = |widths: Widths| Widths { narrow: widths.narrow + frame, wide: widths.wide + frame };
        if let Some(known) = self.items[id].widths.iter().find(|known| known.0 == key) {
            return framed(known.1);
        }
        if !self.step() {
            return Widths::default();
        }
        let style = sizes.style;
        let mut widths = match (is_row(style), style.flex_wrap != FlexWrap::NoWrap) {
            (true, _) => self.row_widths(id, style, inner_height),
            (false, false) => self.column_widths(id, inner_height),
            (false, true) => self.columns_widths(id, style, inner_height),
        };
        widths.narrow = widths.narrow.max(0.0);
        widths.wide = widths.wide.max(widths.narrow);
        self.items[id].widths.push((key, widths));
        framed(widths)
    }

    /// Children one below the other: the widest of them.
    fn column_widths(&mut self, id: usize, inner_height: Option<f32>) -> Widths {
        let mut widest = Widths::default();
        for child in self.children_in_flow(id) {
            let margin = self.margins_across(child);
            let asked = self.contribution(child, None, inner_height);
            widest.narrow = widest.narrow.max(asked.narrow + margin);
            widest.wide = widest.wide.max(asked.wide + margin);
        }
        widest
    }

    /// Children beside each other: each one's content, unless it can't grow or shrink to it from its base size.
    fn row_widths(&mut self, id: usize, style: &LayoutStyle, inner_height: Option<f32>) -> Widths {
        let wraps = style.flex_wrap != FlexWrap::NoWrap;
        let basis = Basis { width: None, height: inner_height };
        let items = self.flex_items(id, style, basis, None);
        let (mut sum, mut largest) = (Widths::default(), 0.0_f32);
        for item in &items {
            let margin = item.margin.left + item.margin.right;
            let stretched = stretched_height(item, style, inner_height);
            let asked = self.contribution(item.id, stretched, inner_height);
            largest = largest.max(asked.narrow + margin);
            let grows = |asked: f32| asked > item.base && item.grow == 0.0;
            let shrinks = |asked: f32| asked < item.base && item.shrink == 0.0;
            // A base size that comes from the content may be made as narrow as that, whatever `flexShrink` says.
            let stays = !wraps && (grows(asked.narrow) || shrinks(asked.narrow) && item.definite_base);
            sum.narrow += margin + if stays { item.hypothetical } else { asked.narrow };
            let stays = grows(asked.wide) || shrinks(asked.wide);
            sum.wide += margin + if stays { item.hypothetical } else { asked.wide };
        }
        let gaps = gap(style.column_gap, None) * items.len().saturating_sub(1) as f32;
        if wraps {
            Widths { narrow: largest, wide: sum.wide + gaps }
        } else {
            Widths { narrow: sum.narrow + gaps, wide: sum.wide + gaps }
        }
    }

    /// Children in columns: the columns that they make when each may be as wide as the widest.
    fn columns_widths(&mut self, id: usize, style: &LayoutStyle, inner_height: Option<f32>) -> Widths {
        let widest = self.column_widths(id, inner_height);
        let basis = Basis { width: None, height: inner_height };
        let items = self.flex_items(id, style, basis, Some(widest.wide));
        let limit = inner_height.unwrap_or(f32::INFINITY);
        let between = gap(style.row_gap, inner_height);
        let columns = super::lines::split(&items, limit, between, true);
        let mut wide = gap(style.column_gap, None) * columns.len().saturating_sub(1) as f32;
        for column in &columns {
            let widths = items.get(column.clone()).unwrap_or_default().iter().map(Item::outer_width);
            wide += widths.fold(0.0, f32::max);
        }
        Widths { narrow: widest.narrow, wide }
    }

    pub(super) fn children_in_flow(&self, id: usize) -> Vec<usize> {
        let children = self.items[id].children.iter().copied();
        children
            .filter(|&child| {
                let item = &self.items[child];
                !item.hidden && item.source.layout.position == Position::Relative
            })
            .collect()
    }

    fn margins_across(&self, id: usize) -> f32 {
        let margin = &self.items[id].source.layout.margin;
        let side = |length: Length| match length {
            Length::Points(points) => crate::layout::style::bounded(points),
            Length::Auto | Length::Percent(_) => 0.0,
        };
        side(margin.left) + side(margin.right)
    }
}
