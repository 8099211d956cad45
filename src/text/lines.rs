//! Where lines end: greedily, as browsers do, at the opportunities of UAX #14; then `maxLines` and the ellipsis.

use std::ops::Range;

use super::clusters::{Kind, Shaped};
use super::paragraph::Paragraph;
use crate::style::{TextOverflow, WhiteSpace};

/// A width may be this much too small, px: what a box measured comes back through sums and halves of it.
const TOLERANCE: f32 = 1.0 / 64.0;
/// A tab goes to the next multiple of this many spaces (CSS Text 3, §4.2: `tab-size`).
const TAB_SPACES: f32 = 8.0;

/// A line: clusters in logical order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// All of its clusters, with the white space that hangs at its end.
    pub clusters: Range<usize>,
    /// End of those that count.
    pub visible: usize,
    /// Width of those that count, and of the ellipsis.
    pub width: f32,
    /// Something was cut off at its end, and an ellipsis stands for it.
    pub ellipsis: bool,
}

/// The lines of a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    /// From the top.
    pub lines: Vec<Line>,
    /// True where something was cut off.
    pub truncated: bool,
}

/// The advance of a cluster that starts at `x` in its line.
pub(super) fn advance_at(shaped: &Shaped, cluster: usize, x: f32) -> f32 {
    let Some(cluster) = shaped.clusters.get(cluster) else { return 0.0 };
    if cluster.kind != Kind::Tab {
        return cluster.advance;
    }
    let stop = cluster.advance * TAB_SPACES;
    if stop > 0.0 && x.is_finite() { ((x / stop).floor() + 1.0) * stop - x } else { 0.0 }
}

/// Whether lines wrap.
pub(super) fn wraps(white_space: WhiteSpace) -> bool {
    matches!(white_space, WhiteSpace::Normal | WhiteSpace::PreWrap | WhiteSpace::PreLine)
}

/// Whether what does not fit is cut with an ellipsis.
fn cuts(paragraph: &Paragraph) -> bool {
    paragraph.overflow == TextOverflow::Ellipsis && (paragraph.max_lines.is_some() || !wraps(paragraph.white_space))
}

/// Breaks a paragraph into lines. `ellipsis` gives the width of `…` in the style of a span.
pub(super) fn break_lines(
    paragraph: &Paragraph,
    shaped: &Shaped,
    width: Option<f32>,
    mut ellipsis: impl FnMut(u16) -> f32,
) -> Lines {
    let width = width.map(|width| if width.is_nan() { 0.0 } else { width.max(0.0) });
    let wrap_width = width.filter(|_| wraps(paragraph.white_space));
    let most = paragraph.max_lines.map_or(usize::MAX, |lines| lines.max(1) as usize);
    let count = shaped.clusters.len();
    let mut result = Lines::default();
    let mut start = 0;
    while start < count {
        let last = result.lines.len() + 1 == most;
        // The last line takes all that is left of its paragraph, to be cut between any two clusters, not between words.
        let fill = last && cuts(paragraph);
        let mut line = one_line(shaped, start, if fill { None } else { wrap_width });
        start = line.clusters.end;
        let goes_on = last && start < count;
        if cuts(paragraph) {
            let fits = width.is_none_or(|width| line.width <= width + TOLERANCE);
            if !fits || goes_on {
                cut(shaped, &mut line, width.unwrap_or(f32::INFINITY), &mut ellipsis);
                result.truncated = true;
            }
        }
        result.truncated |= goes_on;
        result.lines.push(line);
        if last {
            return result;
        }
    }
    result
}

/// The line that starts with a cluster.
fn one_line(shaped: &Shaped, start: usize, width: Option<f32>) -> Line {
    let mut x = 0.0;
    let mut line = Line { clusters: start..start, visible: start, width: 0.0, ellipsis: false };
    // The last place to break, and the line that ends there.
    let mut opportunity: Option<Line> = None;
    for (number, cluster) in shaped.clusters.iter().enumerate().skip(start) {
        if cluster.kind == Kind::Newline {
            line.clusters.end = number + 1;
            return line;
        }
        if cluster.break_before && number > start {
            opportunity = Some(line.clone());
        }
        x += advance_at(shaped, number, x);
        if cluster.kind != Kind::Space {
            if width.is_some_and(|width| x > width + TOLERANCE)
                && let Some(broken) = opportunity
            {
                return broken;
            }
            (line.visible, line.width) = (number + 1, x);
        }
        line.clusters.end = number + 1;
    }
    line
}

/// Cuts a line so that it and an ellipsis fit.
fn cut(shaped: &Shaped, line: &mut Line, width: f32, ellipsis: &mut impl FnMut(u16) -> f32) {
    let ends: Vec<f32> = line
        .clusters
        .clone()
        .scan(0.0, |x, number| {
            *x += advance_at(shaped, number, *x);
            Some(*x)
        })
        .collect();
    let span_of =
        |end: usize| shaped.clusters.get(end.saturating_sub(1).max(line.clusters.start)).map_or(0, |cluster| cluster.span);
    let width_to =
        |end: usize| end.checked_sub(line.clusters.start + 1).and_then(|index| ends.get(index)).copied().unwrap_or(0.0);
    let mut end = line.visible;
    while end > line.clusters.start && width_to(end) + ellipsis(span_of(end)) > width + TOLERANCE {
        end -= 1;
    }
    while end > line.clusters.start && shaped.clusters.get(end).is_some_and(|cluster| !cluster.starts) {
        end -= 1;
    }
    // A space before the ellipsis would look like a gap.
    while end > line.clusters.start && shaped.clusters.get(end - 1).is_some_and(|cluster| cluster.kind == Kind::Space) {
        end -= 1;
    }
    line.visible = end;
    line.width = width_to(end) + ellipsis(span_of(end));
    line.ellipsis = true;
}

/// The widest part that can't be broken, px.
pub(super) fn min_content(paragraph: &Paragraph, shaped: &Shaped) -> f32 {
    let wrap = wraps(paragraph.white_space);
    let mut widest: f32 = 0.0;
    let (mut x, mut visible) = (0.0, 0.0_f32);
    for (number, cluster) in shaped.clusters.iter().enumerate() {
        if cluster.kind == Kind::Newline || (wrap && cluster.break_before) {
            widest = widest.max(visible);
            (x, visible) = (0.0, 0.0);
        }
        if cluster.kind == Kind::Newline {
            continue;
        }
        x += advance_at(shaped, number, x);
        if cluster.kind != Kind::Space {
            visible = x;
        }
    }
    widest.max(visible)
}
