//! Flexbox (CSS Flexbox 1), as browsers do it.
//!
//! A box is laid out in two questions. *How wide would it like to be?* (`intrinsic`) has no constraint but percentages'
//! height. *How high is it in this width?* ([`Tree::layout`]) lays its children out; asked to `place`, it also says where
//! everything stands. Heights follow from widths, never the other way round, but for `aspectRatio`: so no question is
//! asked in circles. Answers are kept with each box, since a flex container asks its items several times.
//!
//! Absolute boxes come once their container is laid out (`absolute`).

mod absolute;
mod container;
mod direction;
mod intrinsic;
mod items;
mod lines;
mod measured;
mod place;
mod space;

use super::tree::{Place, Tree};
use crate::style::{FlexWrap, Length};
use container::{Container, Height, Line};
use items::Item;
pub(super) use measured::{Measured, Widths};
pub(super) use place::moved;
pub(super) use space::{Basis, Bounds, Frame, Sizes, Space};

impl Tree<'_> {
    /// Lays a box out in a space; with `place`, everything in it gets its place.
    pub(super) fn layout(&mut self, id: usize, space: Space, place: bool) -> Measured {
        let item = &self.items[id];
        if let Some((_, known)) = item.answers.iter().find(|(asked, _)| *asked == space)
            && (!place || item.placed == Some(space))
        {
            return *known;
        }
        if !self.step() {
            return Measured::default();
        }
        let measured =
            if self.items[id].leaf.is_some() { self.leaf_height(id, space) } else { self.container(id, space, place) };
        let item = &mut self.items[id];
        if place {
            item.placed = Some(space);
        }
        item.answer(space, measured);
        measured
    }

    fn container(&mut self, id: usize, space: Space, place: bool) -> Measured {
        let source = self.items[id].source.clone();
        let style = &source.layout;
        let sizes = Sizes::new(style, space.basis);
        let height = match (space.height.or_else(|| sizes.height()), sizes.ratio()) {
            (Some(height), _) => Height::Fixed(height),
            (None, Some(ratio)) => Height::Ratio(sizes.height_of(space.width, ratio)),
            (None, None) => Height::Content,
        };
        let definite = match height {
            _ if !space.definite => None,
            Height::Fixed(height) => Some(height),
            Height::Ratio(height) => Some(sizes.heights().clamp(height)),
            Height::Content => None,
        };
        let inner_width = (space.width - sizes.frame.width()).max(0.0);
        let container = Container {
            style,
            sizes,
            row: direction::is_row(style),
            reversed: direction::is_reversed(style),
            wraps: style.flex_wrap != FlexWrap::NoWrap,
            clips: self.items[id].clips,
            height,
            inner_width,
            stretch_height: match height {
                Height::Fixed(height) if space.height.is_some() || space.definite => {
                    Some((height - sizes.frame.height()).max(0.0))
                }
                _ => None,
            },
            basis: Basis { width: Some(inner_width), height: definite.map(|height| (height - sizes.frame.height()).max(0.0)) },
        };
        let mut items = self.flex_items(id, style, container.basis, None);
        let (main_length, content_main) = flex_lines(&container, &mut items);
        let mut lines = split(&container, &items);
        self.measure_across(&container, &mut items);
        let content_cross = size_lines(&container, &items, &mut lines);
        let (content, inner_height) =
            if container.row { (content_cross, container.inner_height(content_cross)) } else { (content_main, main_length) };
        let cross_length = if container.row { inner_height } else { inner_width };
        place::align_lines(&container, &mut lines, cross_length);
        place::stretch(&container, &mut items, &lines);
        place::along(&container, &mut items, &lines, main_length);
        place::across(&container, &mut items, &lines, cross_length);
        let mut baseline = self.first_baseline(&container, &items, &lines);
        let outer_height = inner_height + sizes.frame.height();
        if container.clips {
            baseline = baseline.map(|baseline| baseline.clamp(0.0, outer_height.max(0.0)));
        }
        if place {
            self.place_items(id, &container, &items, (space.width, outer_height));
        }
        let content = content + sizes.frame.height();
        let content_height = match sizes.ratio() {
            Some(ratio) if !container.grows_over_ratio() => sizes.height_of(space.width, ratio),
            Some(ratio) => sizes.height_of(space.width, ratio).max(content),
            None => content,
        };
        Measured { height: outer_height, content_height, baseline }
    }

    /// Each item's size across the main axis, by its own height or width, and its baseline where that is asked for.
    fn measure_across(&mut self, container: &Container<'_>, items: &mut [Item]) {
        if !container.row {
            for item in items {
                item.cross = self.width_across(container, item);
            }
            return;
        }
        for item in items {
            let stretched = items::stretched_height(item, container.style, container.stretch_height);
            item.cross = if let Some(height) = stretched {
                height.max(item.cross_frame)
            } else {
                let space = Space { width: item.main, height: None, definite: true, basis: container.basis };
                let measured = self.layout(item.id, space, false);
                item.baseline = measured.baseline.unwrap_or(measured.height);
                measured.height
            };
        }
    }

    /// The width of a column's item, now that its height is known.
    fn width_across(&mut self, container: &Container<'_>, item: &Item) -> f32 {
        let source = self.items[item.id].source.clone();
        let sizes = Sizes::new(&source.layout, container.basis);
        if sizes.width().is_some() || !container.wraps && item.stretches(true) {
            return item.width;
        }
        if let (Some(ratio), Length::Auto) = (sizes.ratio(), source.layout.height) {
            return item.cross_bounds.clamp(sizes.width_of(item.main, ratio)).max(item.cross_frame);
        }
        let definite = place::final_space(container, item).definite;
        let widths = self.content_widths(item.id, Some(item.main), definite, &sizes);
        let room = (container.inner_width - item.margin.left - item.margin.right).max(0.0);
        item.cross_bounds.clamp(widths.fit(room)).max(item.cross_frame)
    }

    /// The first baseline, from the container's top edge (CSS Flexbox 1, §8.5).
    fn first_baseline(&mut self, container: &Container<'_>, items: &[Item], lines: &[Line]) -> Option<f32> {
        let line = if container.style.flex_wrap == FlexWrap::WrapReverse { lines.last() } else { lines.first() }?;
        let in_line = items.get(line.items.clone())?;
        // The first from the left or top edge.
        let mut in_line: Vec<&Item> = in_line.iter().collect();
        if container.reversed {
            in_line.reverse();
        }
        let joining = in_line.iter().find(|item| container.row && place::joins_baseline(item, container));
        let item = *joining.or_else(|| in_line.first())?;
        let measured = self.layout(item.id, place::final_space(container, item), false);
        let top = if container.row { item.at.1 } else { item.at.0 };
        Some(container.sizes.frame.top() + top + measured.baseline.unwrap_or(measured.height))
    }

    /// Gives each item its place, then the absolute children theirs.
    fn place_items(&mut self, id: usize, container: &Container<'_>, items: &[Item], size: (f32, f32)) {
        let frame = container.sizes.frame;
        for item in items {
            let space = place::final_space(container, item);
            let measured = self.layout(item.id, space, true);
            let (x, y) = if container.row { item.at } else { (item.at.1, item.at.0) };
            let moved = place::moved(&self.items[item.id].source.layout, container.basis);
            let own = Frame::new(&self.items[item.id].source.layout, container.basis);
            self.items[item.id].moved = moved;
            self.items[item.id].place = Place {
                x: frame.left() + x + moved.0,
                y: frame.top() + y + moved.1,
                width: space.width,
                height: measured.height,
                padding: own.padding,
                border: own.border,
                margin: item.margin,
            };
        }
        self.place_absolute(id, container, size);
    }
}

/// Shares the main axis out: its length, and the length that the items ask for.
fn flex_lines(container: &Container<'_>, items: &mut [Item]) -> (f32, f32) {
    let gap = container.main_gap();
    let lines = split(container, items);
    let asked =
        |line: &Line, items: &[Item]| lines::hypothetical_length(items.get(line.items.clone()).unwrap_or_default(), gap);
    let longest = lines.iter().map(|line| asked(line, items)).fold(0.0, f32::max);
    let length = if container.row { container.inner_width } else { container.inner_height(longest) };
    for line in &lines {
        lines::flex(items.get_mut(line.items.clone()).unwrap_or_default(), length, gap);
    }
    (length, longest)
}

/// The lines that the items fall into.
fn split(container: &Container<'_>, items: &[Item]) -> Vec<Line> {
    let limit = match container.height {
        _ if container.row => container.inner_width,
        Height::Ratio(_) => container.inner_height(0.0),
        Height::Fixed(_) | Height::Content => container.inner_height(f32::INFINITY),
    };
    let ranges = lines::split(items, limit, container.main_gap(), container.wraps);
    ranges.into_iter().map(|items| Line { items, cross: 0.0, at: 0.0, baseline: None }).collect()
}

/// Each line's size across the main axis; their sum with gaps.
fn size_lines(container: &Container<'_>, items: &[Item], lines: &mut [Line]) -> f32 {
    for line in lines.iter_mut() {
        for item in items.get(line.items.clone()).unwrap_or_default() {
            let (before, after) = item.margins(!container.row);
            if place::joins_baseline(item, container) {
                let ascent = before + item.baseline;
                let descent = item.cross + after - item.baseline;
                let (above, below) = line.baseline.unwrap_or((ascent, descent));
                line.baseline = Some((above.max(ascent), below.max(descent)));
            } else {
                line.cross = line.cross.max(item.cross + before + after);
            }
        }
        if let Some((above, below)) = line.baseline {
            line.cross = line.cross.max(above + below);
        }
    }
    let sum = lines.iter().map(|line| line.cross).sum::<f32>();
    if let (false, [line]) = (container.wraps, &mut *lines) {
        line.cross = if container.row { container.inner_height(line.cross) } else { container.inner_width };
    }
    sum + container.cross_gap() * lines.len().saturating_sub(1) as f32
}
