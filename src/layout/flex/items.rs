//! Flex items: base size, automatic minimum, hypothetical size (CSS Flexbox 1, §9.2 and §4.5).

use super::direction::is_row;
use super::space::{Basis, Bounds, Sizes, Space};
use crate::geometry::Edges;
use crate::layout::style::{bounded, factor};
use crate::layout::tree::Tree;
use crate::style::{Align, FlexWrap, LayoutStyle, Length};

/// A child as its flex container treats it. Sizes are of its border box.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub id: usize,
    /// Automatic ones are 0 here.
    pub margin: Edges<f32>,
    pub auto_margin: Edges<bool>,
    pub align: Align,
    pub grow: f32,
    pub shrink: f32,
    /// Padding and border along the main axis.
    pub frame: f32,
    /// Padding and border across it.
    pub cross_frame: f32,
    /// Both margins along the main axis.
    pub main_margin: f32,
    /// Bounds along the main axis, the automatic minimum included.
    pub bounds: Bounds,
    /// Bounds across it.
    pub cross_bounds: Bounds,
    pub base: f32,
    pub hypothetical: f32,
    /// True where the base size does not come from its content.
    pub definite_base: bool,
    /// True where its size across is automatic.
    pub auto_cross: bool,
    /// Size along the main axis.
    pub main: f32,
    /// Size across it.
    pub cross: f32,
    /// First baseline from its top edge.
    pub baseline: f32,
    /// Where it stands along the main axis and across it, from the container's content box.
    pub at: (f32, f32),
    /// In a column, its width before the column's is known.
    pub width: f32,
}

impl Item {
    /// Its width in a column, with margins.
    pub fn outer_width(&self) -> f32 {
        self.width + self.margin.left + self.margin.right
    }

    /// Margins along an axis: before, after.
    pub fn margins(&self, horizontal: bool) -> (f32, f32) {
        if horizontal { (self.margin.left, self.margin.right) } else { (self.margin.top, self.margin.bottom) }
    }

    /// Which of these margins are automatic.
    pub fn auto_margins(&self, horizontal: bool) -> (bool, bool) {
        if horizontal {
            (self.auto_margin.left, self.auto_margin.right)
        } else {
            (self.auto_margin.top, self.auto_margin.bottom)
        }
    }

    /// True where it is as large across as its line.
    pub fn stretches(&self, cross_is_horizontal: bool) -> bool {
        self.align == Align::Stretch && self.auto_cross && self.auto_margins(cross_is_horizontal) == (false, false)
    }
}

/// The height of a row's item that is stretched in a row whose height is known.
pub(super) fn stretched_height(item: &Item, container: &LayoutStyle, inner_height: Option<f32>) -> Option<f32> {
    let height = inner_height.filter(|_| container.flex_wrap == FlexWrap::NoWrap && item.stretches(false))?;
    Some(item.cross_bounds.clamp((height - item.margin.top - item.margin.bottom).max(0.0)))
}

impl Tree<'_> {
    /// The items of a container. `basis` is its content box as far as it is known; `available` is the width that a
    /// column's items have, where that is not `basis.width`.
    pub(super) fn flex_items(&mut self, id: usize, container: &LayoutStyle, basis: Basis, available: Option<f32>) -> Vec<Item> {
        let row = is_row(container);
        let children = self.children_in_flow(id);
        children.into_iter().map(|child| self.flex_item(child, container, row, basis, available)).collect()
    }

    fn flex_item(&mut self, id: usize, container: &LayoutStyle, row: bool, basis: Basis, available: Option<f32>) -> Item {
        let source = self.items[id].source.clone();
        let style = &source.layout;
        let sizes = Sizes::new(style, basis);
        let margin = style.margin.map(|length| bounded(length.resolve(basis.width.unwrap_or(0.0)).unwrap_or(0.0)));
        let (widths, heights) = (sizes.widths(), sizes.heights());
        let mut item = Item {
            id,
            margin,
            auto_margin: style.margin.map(|length| length == Length::Auto),
            align: self.items[id].align.unwrap_or(container.align_items),
            grow: factor(style.flex_grow),
            shrink: factor(style.flex_shrink),
            frame: if row { sizes.frame.width() } else { sizes.frame.height() },
            cross_frame: if row { sizes.frame.height() } else { sizes.frame.width() },
            main_margin: if row { margin.left + margin.right } else { margin.top + margin.bottom },
            bounds: if row { widths } else { heights },
            cross_bounds: if row { heights } else { widths },
            base: 0.0,
            hypothetical: 0.0,
            definite_base: false,
            auto_cross: (if row { style.height } else { style.width }) == Length::Auto,
            main: 0.0,
            cross: 0.0,
            baseline: 0.0,
            at: (0.0, 0.0),
            width: 0.0,
        };
        let specified = if row { sizes.across(style.width) } else { sizes.down(style.height) };
        let flex_basis = match style.flex_basis {
            Length::Auto => specified,
            // While the container's width is being found out, a part of it is as good as none.
            Length::Percent(_) if row && basis.width.is_none() => specified,
            given if row => sizes.across(given),
            given => sizes.down(given),
        };
        let least = if row { style.min_width } else { style.min_height };
        let has_least = least != Length::Auto || self.items[id].clips || self.items[id].own_size;
        let content = if row {
            self.row_content(&item, container, &sizes)
        } else {
            item.width = self.column_width(&item, container, &sizes, available.or(basis.width));
            let needed = flex_basis.is_none() || !has_least;
            let space = Space { width: item.width, height: None, definite: false, basis };
            let height = if needed { self.layout(id, space, false).content_height } else { 0.0 };
            (height, height)
        };
        let definite_cross = if row {
            sizes.height().or_else(|| stretched_height(&item, container, basis.height))
        } else if sizes.width().is_some() || container.flex_wrap == FlexWrap::NoWrap && item.stretches(true) {
            Some(item.width)
        } else {
            None
        };
        item.definite_base = flex_basis.is_some() || sizes.ratio().is_some() && (!row || definite_cross.is_some());
        // The other side's size and bounds count through the proportions.
        let other = |cross: f32, ratio: f32| if row { sizes.width_of(cross, ratio) } else { sizes.height_of(cross, ratio) };
        let cross_bounds = item.cross_bounds;
        let through = |ratio: f32| Bounds {
            least: cross_bounds.least.map(|least| other(least, ratio)),
            most: cross_bounds.most.map(|most| other(most, ratio)),
        };
        item.base = flex_basis.unwrap_or_else(|| match (sizes.ratio(), definite_cross) {
            (Some(ratio), Some(cross)) => other(cross, ratio),
            (Some(ratio), None) => through(ratio).clamp(content.1),
            (None, _) => content.1,
        });
        let content = sizes.ratio().map_or(content.0, |ratio| through(ratio).clamp(content.0));
        if !has_least {
            let least = specified.map_or(content, |specified| specified.min(content));
            item.bounds.least = Some(least.min(item.bounds.most.unwrap_or(f32::INFINITY)));
        }
        item.base = item.base.max(item.frame);
        item.hypothetical = item.bounds.clamp(item.base).max(item.frame);
        item
    }

    /// The narrowest and the base width of a row's item by its content.
    fn row_content(&mut self, item: &Item, container: &LayoutStyle, sizes: &Sizes<'_>) -> (f32, f32) {
        let height = sizes.height().or_else(|| stretched_height(item, container, sizes.basis.height));
        let widths = self.content_widths(item.id, height, true, sizes);
        (widths.narrow, widths.wide)
    }

    /// The width that a column's item is measured with.
    fn column_width(&mut self, item: &Item, container: &LayoutStyle, sizes: &Sizes<'_>, available: Option<f32>) -> f32 {
        if let Some(width) = sizes.width() {
            return width;
        }
        let room = available.map(|room| (room - item.margin.left - item.margin.right).max(0.0));
        let least = sizes.frame.width();
        match room {
            Some(room) if container.flex_wrap == FlexWrap::NoWrap && item.stretches(true) => {
                item.cross_bounds.clamp(room).max(least)
            }
            _ => {
                let widths = self.content_widths(item.id, None, true, sizes);
                item.cross_bounds.clamp(widths.fit(room.unwrap_or(f32::INFINITY))).max(least)
            }
        }
    }
}
