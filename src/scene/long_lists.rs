//! Lists of which only the rows in sight are made: what a screenful costs is what ten thousand rows cost.
//!
//! A list is long where a `for` repeats more than [`LONG`] rows straight in a scroll view that scrolls down, or in the box in
//! it. Of its rows those of a [`RowWindow`] are made; an empty box stands in for the rows before, and one for those behind.
//! Rows stand one below the other, or in lines of as many as fit (`flexWrap`). That needs rows of one height, and lines of as
//! many rows each: who binds and lays out measures those that are there, and makes the list whole where they are not alike.

use std::ops::Range;
use std::sync::Arc;

use super::named::OWN_ROW;
use super::node_id::NodeId;
use crate::json::{List, Value};
use crate::sorted::BTreeMap;
use crate::style::{FlexDirection, FlexWrap, LayoutStyle, Length};

/// A list of more rows than this is long.
pub const LONG: usize = 48;
/// So many rows are made of a long list before anything is known of their height: enough to see how high they are. The others
/// in sight come with what they are seen to be.
pub const FIRST_ROWS: usize = 12;
/// And so many where they stand beside each other, as many as fit.
const FIRST_ROWS_BESIDE: usize = 32;

/// Which rows of a long list are made.
#[derive(Clone, Debug, PartialEq)]
pub struct RowWindow {
    /// Their numbers, from 0: whole lines.
    pub rows: Range<usize>,
    /// So many rows stand beside each other on a line, at least 1.
    pub columns: usize,
    /// From the top of a line to that of the next, px; `None`: not known yet, so that nothing stands in for other rows.
    pub pitch: Option<f32>,
    /// How much further down the second line is than that, px: a first row may be larger than the others.
    pub lead: f32,
}

impl RowWindow {
    /// How far the top of a row is below that of the first, px; nothing while that is not known.
    #[must_use]
    pub fn above(&self, row: usize) -> f32 {
        self.above_line(row / self.columns.max(1))
    }

    fn above_line(&self, line: usize) -> f32 {
        let lead = if line == 0 { 0.0 } else { self.lead };
        self.pitch.map_or(0.0, |pitch| line as f32 * pitch + lead)
    }

    /// How far the lines of a list of so many rows reach, px; nothing while that is not known.
    pub(super) fn height(&self, total: usize) -> f32 {
        self.above_line(total.div_ceil(self.columns.max(1)))
    }

    /// The rows on the line of a row, of `total`.
    fn line(&self, row: usize, total: usize) -> Range<usize> {
        let first = row - row % self.columns.max(1);
        first..(first + self.columns.max(1)).min(total)
    }

    /// The rows to make of `total`, in order: its own; the player's, which may stay in sight while the others scroll; and those
    /// of a last line that is not full, beside which may stand what comes after the list.
    pub(super) fn parts(&self, own: Option<usize>, total: usize) -> Vec<Range<usize>> {
        let mut parts = vec![self.rows.clone()];
        // Where rows are not known to be, only the first ones are right.
        if self.pitch.is_some() {
            parts.extend(own.map(|row| self.line(row, total)));
            parts.extend((!total.is_multiple_of(self.columns.max(1))).then(|| self.line(total - 1, total)));
        }
        parts.sort_by_key(|part| part.start);
        let mut made = 0;
        let mut rest = |part: Range<usize>| {
            let rest = part.start.max(made)..part.end;
            made = made.max(part.end);
            (!rest.is_empty()).then_some(rest)
        };
        parts.into_iter().filter_map(&mut rest).collect()
    }
}

/// Where the player's own row is in a list, kept with the list where each of its rows was looked at for it.
#[derive(Clone, Debug)]
pub struct OwnRow {
    looked_at: Option<Arc<List<Value>>>,
    row: Option<usize>,
}

impl OwnRow {
    fn find(items: &Arc<List<Value>>) -> Self {
        if let Some(row) = items.known_place(OWN_ROW) {
            return Self { looked_at: None, row };
        }
        let is_own = |item: &Value| match item {
            Value::Map(row) => row.look_up(OWN_ROW).is_some_and(|own| own.is_true()),
            _ => false,
        };
        let row = items.iter().position(is_own);
        Self { looked_at: Some(Arc::clone(items)), row }
    }

    pub(super) fn row(&self) -> Option<usize> {
        self.row
    }

    fn is_of(&self, items: &Arc<List<Value>>) -> bool {
        self.looked_at.as_ref().is_some_and(|looked_at| Arc::ptr_eq(looked_at, items))
    }
}

/// Of one list: its rows are not compared.
impl PartialEq for OwnRow {
    fn eq(&self, other: &Self) -> bool {
        match (&self.looked_at, &other.looked_at) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => self.row == other.row,
            _ => false,
        }
    }
}

/// Which rows are made of each long list, by the number of its element in the template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowWindows {
    /// The lists that were seen.
    pub known: BTreeMap<usize, RowWindow>,
    /// Where the player's own row was found in them.
    pub own: BTreeMap<usize, OwnRow>,
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
    pub(super) fn of(&self, element: usize, total: usize, row_height: Option<f32>, wraps: bool) -> RowWindow {
        let window = self.known.get(&element).cloned();
        let count = if wraps { FIRST_ROWS_BESIDE } else { FIRST_ROWS };
        let first = || RowWindow { rows: 0..count, columns: 1, pitch: row_height, lead: 0.0 };
        let mut window = window.unwrap_or_else(first);
        window.rows = window.rows.start.min(total)..window.rows.end.min(total);
        window
    }

    /// Where the player's own row is among the items of a list: as it was found in the same items, or found now.
    pub(super) fn own_row(&self, element: usize, items: &Arc<List<Value>>) -> OwnRow {
        let known = self.own.get(&element).filter(|known| known.is_of(items));
        known.cloned().unwrap_or_else(|| OwnRow::find(items))
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
    /// True where rows stand beside each other as far as they fit.
    pub wraps: bool,
    /// Where the player's own row is.
    pub own: OwnRow,
}

impl LongList {
    /// The rows that a part of the scroll view shows, where the first row of all is at `top` and rows are as far apart as a
    /// window says; all in px, downwards.
    #[must_use]
    pub fn seen(&self, top: f32, window: &RowWindow, part: Range<f32>) -> Range<usize> {
        let (pitch, columns) = (window.pitch.unwrap_or(1.0), window.columns.max(1));
        // The second line's top may be anywhere within the first one's.
        let line = |at: f32| ((at - top - window.lead.max(0.0)) / pitch).max(0.0) as usize;
        let end = line(part.end - window.lead.min(0.0)).saturating_add(2).min(self.total.div_ceil(columns));
        // With the one before: what is drawn around a row reaches into the next.
        let start = line(part.start).saturating_sub(1).min(end);
        start.saturating_mul(columns).min(self.total)..end.saturating_mul(columns).min(self.total)
    }
}

/// How the children of a box stand, where they make lines one below the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lines {
    /// Between two lines, px.
    pub gap: f32,
    /// True where a line has as many children as fit.
    pub wraps: bool,
}

impl Lines {
    /// `None` where they make none.
    pub(super) fn of(style: &LayoutStyle) -> Option<Self> {
        let is_column = style.flex_direction == FlexDirection::Column && style.flex_wrap == FlexWrap::NoWrap;
        let is_row = matches!(style.flex_direction, FlexDirection::Row | FlexDirection::RowReverse);
        let wraps = is_row && style.flex_wrap == FlexWrap::Wrap;
        match style.row_gap {
            Length::Points(gap) if is_column || wraps => Some(Self { gap, wraps }),
            _ => None,
        }
    }
}
