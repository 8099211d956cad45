//! Pages of a list: each begins with the first row that the page before did not show whole.

use crate::pipeline::Prepared;
use crate::scene::NodeId;

/// More pages than this are not counted.
const PAGES_MAX: usize = 10_000;

/// Where the pages of a scroll view begin, px; the first at 0, the last where there is no more to scroll. `extent` is how
/// far it scrolls, `length` how long it is.
pub(super) fn page_starts(prepared: &Prepared, view: NodeId, extent: f64, length: f64) -> Vec<f64> {
    let (Some(node), Some(place)) = (prepared.scene.nodes.get(view), prepared.layout.boxes.get(view)) else { return vec![0.0] };
    let top = f64::from(place.absolute.y + place.border.top);
    if let Some(row) = prepared.scene.lists.iter().find(|list| list.view == view).and_then(|list| list.nodes.first()) {
        let height = prepared.layout.boxes.get(*row).map_or(0.0, |row| f64::from(row.rect.height));
        let rows: Vec<(f64, f64)> = prepared.row_starts(view).into_iter().map(|from| (from, from + height)).collect();
        return starts_of(&rows, extent, length);
    }
    let rows = node.children.iter().filter_map(|&child| prepared.layout.boxes.get(child)).filter(|row| row.shown);
    let rows: Vec<(f64, f64)> =
        rows.map(|row| (f64::from(row.absolute.y) - top, f64::from(row.absolute.bottom()) - top)).collect();
    starts_of(&rows, extent, length)
}

/// Where pages of rows begin that reach from one place to another, px.
fn starts_of(rows: &[(f64, f64)], extent: f64, length: f64) -> Vec<f64> {
    let mut starts = vec![0.0];
    while let Some(&start) = starts.last() {
        // A row that is higher than the view is shown in as many pages as it needs.
        let cut = rows.iter().find(|(from, to)| *from > start + 0.5 && *to > start + length + 0.5).map(|(from, _)| *from);
        let next = cut.unwrap_or(start + length).min(extent).max(start + 1.0);
        if start >= extent - 0.5 || next > extent || starts.len() > PAGES_MAX {
            break;
        }
        starts.push(next);
    }
    starts
}

/// The page that an offset is on, from 0.
pub(super) fn page_at(starts: &[f64], offset: f64) -> usize {
    starts.iter().rposition(|start| *start <= offset + 0.5).unwrap_or(0)
}
