//! Lists of which only the rows in sight are made: what a screenful costs is what ten thousand rows cost.
//!
//! A list is long where a `for` repeats more than [`LONG`] rows straight in a scroll view that scrolls down, or in the box in
//! it. Of its rows those of a [`RowWindow`] are made; an empty box stands in for the rows before, and one for those behind.
//! That needs rows of one height: who binds and lays out measures those that are there, and makes the list whole where they
//! are not alike.

use std::collections::BTreeMap;
use std::ops::Range;

use super::node_id::NodeId;
use crate::style::{FlexDirection, FlexWrap, LayoutStyle, Length};

/// A list of more rows than this is long.
pub const LONG: usize = 128;
/// So many rows are made of a long list before anything is known of their height.
pub const FIRST_ROWS: usize = 32;

/// Which rows of a long list are made.
#[derive(Clone, Debug, PartialEq)]
pub struct RowWindow {
    /// Their numbers, from 0.
    pub rows: Range<usize>,
    /// From the top of a row to that of the next, px; `None`: not known yet, so that nothing stands in for other rows.
    pub pitch: Option<f32>,
    /// How much further down the second row is than that, px: a first row may be larger than the others.
    pub lead: f32,
}

impl RowWindow {
    /// How far the top of a row is below that of the first, px; nothing while that is not known.
    #[must_use]
    pub fn above(&self, row: usize) -> f32 {
        let lead = if row == 0 { 0.0 } else { self.lead };
        self.pitch.map_or(0.0, |pitch| row as f32 * pitch + lead)
    }
}

/// Which rows are made of each long list, by the number of its element in the template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowWindows {
    /// The lists that were seen.
    pub known: BTreeMap<usize, RowWindow>,
    /// Every row of every list, however many there are.
    pub whole: bool,
}

impl RowWindows {
    /// Every row of every list.
    #[must_use]
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// What is made of a list of `total` rows, whose scroll view says that they are `row_height` apart.
    pub(super) fn of(&self, element: usize, total: usize, row_height: Option<f32>) -> RowWindow {
        let window = self.known.get(&element).cloned();
        let first = || RowWindow { rows: 0..FIRST_ROWS, pitch: row_height, lead: 0.0 };
        let mut window = window.unwrap_or_else(first);
        window.rows = window.rows.start.min(total)..window.rows.end.min(total);
        window
    }
}

/// A long list of a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct LongList {
    /// The number of its element in the template.
    pub element: usize,
    /// The scroll view that it is in.
    pub view: NodeId,
    /// The rows that are there.
    pub window: RowWindow,
    /// Their nodes, in order.
    pub nodes: Vec<NodeId>,
    /// How many rows there are in all.
    pub total: usize,
    /// The row that the scroll view is to have in sight, where it is one of these.
    pub wanted: Option<usize>,
}

impl LongList {
    /// The rows that a part of the scroll view shows, where the first row of all is at `top` and rows are as far apart as a
    /// window says; all in px, downwards.
    #[must_use]
    pub fn seen(&self, top: f32, window: &RowWindow, part: Range<f32>) -> Range<usize> {
        let pitch = window.pitch.unwrap_or(1.0);
        // The second row's top may be anywhere within the first one's.
        let row = |at: f32| ((at - top - window.lead.max(0.0)) / pitch).max(0.0) as usize;
        let end = row(part.end - window.lead.min(0.0)).saturating_add(2).min(self.total);
        // With the one before: what is drawn around a row reaches into the next.
        row(part.start).saturating_sub(1).min(end)..end
    }
}

/// The gap between the children of a box one below the other, px; `None` where they are not so.
pub(super) fn column_gap(style: &LayoutStyle) -> Option<f32> {
    let is_column = style.flex_direction == FlexDirection::Column && style.flex_wrap == FlexWrap::NoWrap;
    match style.row_gap {
        Length::Points(gap) if is_column => Some(gap),
        _ => None,
    }
}
