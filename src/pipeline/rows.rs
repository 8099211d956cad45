//! Long lists on their way: bound and laid out as far as they are seen.

use std::ops::Range;

use super::frame::Prepared;
use super::renderer::Renderer;
use super::source::Source;
use crate::error::{ErrorKind, Result};
use crate::layout::{Kept, Layout, LayoutBox};
use crate::picture::Pictures;
use crate::reading::Reading;
use crate::scene::{Content, LongList, Node, NodeId, RowWindow, RowWindows, Scene};
use crate::sorted;

/// Distances that differ by less are one, px.
const SAME: f32 = 0.05;
/// So often rows are measured and made anew; a list that has not settled then is made whole.
const ATTEMPTS: usize = 4;

/// How far down each scroll view is scrolled, px.
pub type Offsets<'a> = &'a dyn Fn(NodeId, &Node) -> f32;

impl Renderer {
    /// Lays out a scene that was bound by a source, and binds it anew until the rows are there that are in sight.
    ///
    /// # Errors
    /// Where what is bound is over the limits.
    pub fn layout_rows(
        &mut self,
        source: &Source,
        scene: Scene,
        offsets: Offsets<'_>,
        pictures: &Pictures,
        reading: &mut Reading<'_>,
    ) -> Result<Prepared> {
        let prepared = self.layout_within(scene, source.size, pictures, &reading.budget.clone())?;
        self.with_rows_in_sight(prepared, (source, offsets, pictures), &mut Kept::default(), reading)
    }

    /// Binds and lays out what comes after what was prepared of the same board, with what was kept of that: what did not change
    /// is taken along. What comes out is the same as if nothing was.
    ///
    /// # Errors
    /// As [`Renderer::layout_rows`]; nothing is kept then.
    pub fn prepare_after(
        &mut self,
        (before, kept): (&Prepared, &mut Kept),
        source: &Source,
        offsets: Offsets<'_>,
        pictures: &Pictures,
        reading: &mut Reading<'_>,
    ) -> Result<Prepared> {
        let mut taken = std::mem::take(kept);
        let prepared = self.prepare(before, &mut taken, &before.windows(), (source, pictures), reading)?;
        let prepared = self.with_rows_in_sight(prepared, (source, offsets, pictures), &mut taken, reading)?;
        *kept = taken;
        Ok(prepared)
    }

    fn prepare(
        &mut self,
        before: &Prepared,
        kept: &mut Kept,
        windows: &RowWindows,
        (source, pictures): (&Source, &Pictures),
        reading: &mut Reading<'_>,
    ) -> Result<Prepared> {
        let scene = source.resolve_after(&before.scene, windows, reading)?;
        self.layout_next(scene, source.size, pictures, &reading.budget, (&before.layout, kept))
    }

    fn with_rows_in_sight(
        &mut self,
        mut prepared: Prepared,
        (source, offsets, pictures): (&Source, Offsets<'_>, &Pictures),
        kept: &mut Kept,
        reading: &mut Reading<'_>,
    ) -> Result<Prepared> {
        for attempt in 1..=ATTEMPTS {
            let Some(windows) = windows_to_make(&prepared, offsets) else { return Ok(prepared) };
            let windows = if attempt == ATTEMPTS { RowWindows::whole() } else { windows };
            match self.prepare(&prepared, kept, &windows, (source, pictures), reading) {
                // Rows that differ, and are too many to be made all, are better than none.
                Err(error) if windows.whole && error.kind() == ErrorKind::Limit => {
                    *kept = Kept::default();
                    return Ok(prepared);
                }
                made => prepared = made?,
            }
        }
        Ok(prepared)
    }
}

impl Prepared {
    /// True where every row is there that is in sight.
    #[must_use]
    pub fn has_rows_in_sight(&self, offsets: Offsets<'_>) -> bool {
        windows_to_make(self, offsets).is_none()
    }

    /// The windows of its long lists.
    #[must_use]
    pub fn windows(&self) -> RowWindows {
        let lists = || self.scene.lists.iter();
        RowWindows {
            known: sorted::map(lists().map(|list| (list.element, list.window.clone()))),
            own: sorted::map(lists().map(|list| (list.element, list.own.clone()))),
            whole: false,
        }
    }
}

impl Prepared {
    /// How far down a scroll view is to be scrolled, from where it is, so that what its `scroll-to` names is in sight: in the
    /// middle, as far as it scrolls. `None` where that is in sight already, or not there.
    #[must_use]
    pub fn offset_to_wanted(&self, view: NodeId, offset: f32) -> Option<f32> {
        let place = self.layout.boxes.get(view)?;
        let top = place.absolute.y + place.border.top;
        let height = (place.absolute.height - place.border.top - place.border.bottom).max(0.0);
        let (from, to) = self.wanted_place(view)?;
        let (from, to) = (from - top, to - top);
        if from >= offset - SAME && to <= offset + height + SAME {
            return None;
        }
        Some((f32::midpoint(from, to) - height / 2.0).clamp(0.0, place.scroll.height))
    }

    /// True where what a scroll view's `scroll-to` names is there.
    #[must_use]
    pub fn has_wanted(&self, view: NodeId) -> bool {
        self.wanted_place(view).is_some()
    }

    /// Top and bottom of what a scroll view is to have in sight, from the canvas, px.
    fn wanted_place(&self, view: NodeId) -> Option<(f32, f32)> {
        let Content::ScrollView { scrolling, .. } = &self.scene.nodes.get(view)?.content else { return None };
        let wanted = scrolling.to.as_ref()?;
        for list in self.scene.lists.iter().filter(|list| list.view == view) {
            if let (Some(row), Some(_)) = (list.wanted, list.window.pitch) {
                let first = self.layout.boxes.get(*list.nodes.first()?)?;
                let from = first.absolute.y + list.window.above(row) - list.window.above(list.window.rows.start);
                return Some((from, from + first.rect.height));
            }
        }
        let inside = |id: NodeId| {
            let parents = std::iter::successors(self.scene.nodes.get(id)?.parent, |&id| self.scene.nodes.get(id)?.parent);
            parents.take_while(|&parent| parent >= view).find(|&parent| parent == view)
        };
        // A key stands behind those of its parents.
        let is_wanted = |node: &Node| {
            let own = node.key.as_deref().and_then(|key| key.rsplit('\u{1f}').next());
            own == Some(&**wanted) || node.id == *wanted
        };
        let found =
            self.scene.nodes.iter().enumerate().skip(view + 1).find(|(id, node)| is_wanted(node) && inside(*id).is_some());
        let place = self.layout.boxes.get(found?.0)?;
        place.shown.then_some((place.absolute.y, place.absolute.bottom()))
    }

    /// Where the rows of a scroll view begin, px from its top: what it comes to rest at where it snaps.
    #[must_use]
    pub fn row_starts(&self, view: NodeId) -> Vec<f64> {
        let Some(place) = self.layout.boxes.get(view) else { return Vec::new() };
        let top = f64::from(place.absolute.y + place.border.top);
        if let Some((first, list)) = self.long_rows(view) {
            let window = &list.window;
            let head = first - top - f64::from(window.above(window.rows.start));
            return (0..list.total).map(|row| head + f64::from(window.above(row))).collect();
        }
        let Some(node) = self.scene.nodes.get(view) else { return Vec::new() };
        let rows = node.children.iter().filter_map(|&child| self.layout.boxes.get(child)).filter(|row| row.shown);
        rows.map(|row| f64::from(row.absolute.y) - top).collect()
    }

    /// The long list of a scroll view, with where its first made row begins, px.
    fn long_rows(&self, view: NodeId) -> Option<(f64, &LongList)> {
        let list = self.scene.lists.iter().find(|list| list.view == view && list.window.pitch.is_some())?;
        let first = self.layout.boxes.get(*list.nodes.first()?)?;
        Some((f64::from(first.absolute.y), list))
    }
}

/// Which rows are to be made, where that are not the ones that there are.
fn windows_to_make(prepared: &Prepared, offsets: Offsets<'_>) -> Option<RowWindows> {
    let mut windows: Option<RowWindows> = None;
    for list in &prepared.scene.lists {
        let Some((rows, seen)) = measured(prepared, list, offsets) else { return Some(RowWindows::whole()) };
        let Apart { columns, pitch, lead } = rows;
        let near = |a: f32, b: f32| (a - b).abs() < SAME;
        let known = list.window.pitch.is_some_and(|known| near(known, pitch)) && near(list.window.lead, lead);
        let covered = list.window.rows.start <= seen.start && seen.end <= list.window.rows.end;
        if known && covered && list.window.columns == columns {
            continue;
        }
        let windows = windows.get_or_insert_with(|| prepared.windows());
        // As much again before and behind, so that not every frame of a scroll makes rows.
        let around = seen.len().max(8).max(3 * columns).next_multiple_of(columns);
        let made = seen.start.saturating_sub(around)..seen.end.saturating_add(around).min(list.total);
        windows.known.insert(list.element, RowWindow { rows: made, columns, pitch: Some(pitch), lead });
    }
    windows
}

/// How far apart the rows of a list are, and which of them are in sight; `None` where they are not alike.
fn measured(prepared: &Prepared, list: &LongList, offsets: Offsets<'_>) -> Option<(Apart, Range<usize>)> {
    let apart = apart(&prepared.layout, list)?;
    let view = prepared.layout.boxes.get(list.view)?;
    let node = prepared.scene.nodes.get(list.view)?;
    let first = prepared.layout.boxes.get(*list.nodes.first()?)?;
    let offset = offsets(list.view, node).max(0.0);
    // How far it scrolls is known once all of its rows have their room.
    let offset = if list.window.pitch.is_some() { offset.min(view.scroll.height) } else { offset };
    let top = view.absolute.y + view.border.top + offset;
    let height = (view.absolute.height - view.border.top - view.border.bottom).max(0.0);
    let Apart { columns, pitch, lead } = apart;
    let window = RowWindow { rows: list.window.rows.clone(), columns, pitch: Some(pitch), lead };
    let above = list.window.above(list.window.rows.start);
    Some((apart, list.seen(first.absolute.y - above, &window, top..top + height)))
}

/// How the rows of a list stand.
#[derive(Clone, Copy)]
struct Apart {
    /// So many beside each other on a line.
    columns: usize,
    /// From the top of a line to that of the next, px.
    pitch: f32,
    /// How much more from the first to the second, px.
    lead: f32,
}

/// How the rows stand that are there; `None` where their lines differ. The first line of all may be higher than the others, the
/// last one of any height and of fewer rows.
fn apart(layout: &Layout, list: &LongList) -> Option<Apart> {
    let rows = &list.window.rows;
    let boxes: Vec<_> = list.nodes.iter().filter_map(|node| layout.boxes.get(*node)).collect();
    let near = |a: f32, b: f32| (a - b).abs() < SAME;
    let head = *boxes.first()?;
    let columns = if list.wraps { boxes.iter().take_while(|row| near(row.absolute.y, head.absolute.y)).count() } else { 1 };
    let mut lines: Vec<_> = boxes.chunks(columns).collect();
    // Rows that are not made yet are missing on a line that is not full.
    if rows.end < list.total && lines.last().is_some_and(|line| line.len() < columns) {
        lines.pop();
    }
    let begins = usize::from(rows.start == 0 && lines.len() > 2);
    let is_last_full = lines.last().is_none_or(|line| line.len() == columns);
    let ends = lines.len() - usize::from(rows.end == list.total && (lines.len() > 2 || !is_last_full));
    let alike = lines.get(begins..ends)?;
    let top = |line: &&[&LayoutBox]| line.first().map(|row| row.absolute.y);
    let (first, last) = (alike.first()?, alike.last()?);
    let pitch = match alike.len() {
        1 => list.window.pitch?,
        count => (top(last)? - top(first)?) / (count - 1) as f32,
    };
    let lead = if begins == 1 { top(first)? - head.absolute.y - pitch } else { list.window.lead };
    let is_like_first = |line: &&[&LayoutBox]| {
        let is_like = |(row, as_in): (&&LayoutBox, &&LayoutBox)| {
            let (place, as_in) = (row.absolute, as_in.absolute);
            row.shown && near(place.height, as_in.height) && near(place.x, as_in.x) && near(place.width, as_in.width)
        };
        line.len() == first.len() && line.iter().zip(*first).all(is_like)
    };
    // One below the other, rows may be of any width.
    let are_alike = if list.wraps {
        alike.iter().all(is_like_first)
    } else {
        boxes.get(begins..ends)?.iter().all(|row| row.shown && near(row.rect.height, first[0].rect.height))
    };
    let is_level = |line: &&[&LayoutBox]| line.iter().all(|row| near(row.absolute.y, line[0].absolute.y));
    let evenly = alike.windows(2).all(|pair| top(&pair[1]).zip(top(&pair[0])).is_some_and(|(b, a)| near(b - a, pitch)));
    let stand = evenly && are_alike && lines.iter().all(is_level) && pitch > 0.5 && lead > -pitch;
    stand.then_some(Apart { columns, pitch, lead: if near(lead, 0.0) { 0.0 } else { lead } })
}
