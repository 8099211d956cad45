//! Where items and lines stand: justification, alignment, stretching, baselines (CSS Flexbox 1, §9.5 and §9.6).

use super::container::{Container, Line};
use super::direction::{is_reversed, is_wrap_reversed};
use super::items::Item;
use super::space::{Basis, Space};
use crate::layout::style::bounded;
use crate::style::{Align, AlignContent, Justify, LayoutStyle, Length};

/// True where an item stands on its line's baseline.
pub(super) fn joins_baseline(item: &Item, container: &Container<'_>) -> bool {
    item.align == Align::Baseline && item.auto_margins(!container.row) == (false, false)
}

/// What an item is laid out in at last.
pub(super) fn final_space(container: &Container<'_>, item: &Item) -> Space {
    if container.row {
        let height = item.stretches(false).then_some(item.cross);
        Space { width: item.main, height, definite: true, basis: container.basis }
    } else {
        let definite = container.basis.height.is_some() || item.definite_base;
        Space { width: item.cross, height: Some(item.main), definite, basis: container.basis }
    }
}

/// Where the first of a number of things starts, and what is put between two, for what is left of a length.
fn distribute(free: f32, count: usize, how: Justify, reversed: bool) -> (f32, f32) {
    let count = count as f32;
    match how {
        Justify::FlexStart => (0.0, 0.0),
        Justify::Center => (free / 2.0, 0.0),
        Justify::FlexEnd => (free, 0.0),
        // Where nothing is left they fall back: to `flex-start`, or to the left or top edge (CSS Box Alignment 3, §5.3).
        Justify::SpaceBetween if free <= 0.0 => (0.0, 0.0),
        _ if free <= 0.0 => (if reversed { free } else { 0.0 }, 0.0),
        Justify::SpaceBetween if count > 1.0 => (0.0, free / (count - 1.0)),
        Justify::SpaceBetween => (0.0, 0.0),
        Justify::SpaceAround => (free / count / 2.0, free / count),
        Justify::SpaceEvenly => (free / (count + 1.0), free / (count + 1.0)),
    }
}

/// Places the lines of a container that wraps, and shares what is left among them.
pub(super) fn align_lines(container: &Container<'_>, lines: &mut [Line], length: f32) {
    if !container.wraps || lines.is_empty() {
        return;
    }
    let gap = container.cross_gap();
    let used = lines.iter().map(|line| line.cross).sum::<f32>() + gap * (lines.len() - 1) as f32;
    let free = length - used;
    let how = match container.style.align_content {
        AlignContent::Stretch => {
            if free > 0.0 {
                let share = free / lines.len() as f32;
                for line in lines.iter_mut() {
                    line.cross += share;
                }
            }
            Justify::FlexStart
        }
        AlignContent::FlexStart => Justify::FlexStart,
        AlignContent::Center => Justify::Center,
        AlignContent::FlexEnd => Justify::FlexEnd,
        AlignContent::SpaceBetween => Justify::SpaceBetween,
        AlignContent::SpaceAround => Justify::SpaceAround,
        AlignContent::SpaceEvenly => Justify::SpaceEvenly,
    };
    let (mut at, between) = distribute(free, lines.len(), how, is_wrap_reversed(container.style));
    for line in lines {
        line.at = at;
        at += line.cross + gap + between;
    }
}

/// Makes items as large across as their lines.
pub(super) fn stretch(container: &Container<'_>, items: &mut [Item], lines: &[Line]) {
    for line in lines {
        for item in items.get_mut(line.items.clone()).unwrap_or_default() {
            if item.stretches(!container.row) {
                let (before, after) = item.margins(!container.row);
                let least = item.cross_frame;
                item.cross = item.cross_bounds.clamp((line.cross - before - after).max(0.0)).max(least);
            }
        }
    }
}

/// Places items along the main axis.
pub(super) fn along(container: &Container<'_>, items: &mut [Item], lines: &[Line], length: f32) {
    let gap = container.main_gap();
    let reversed = is_reversed(container.style);
    for line in lines {
        let items = items.get_mut(line.items.clone()).unwrap_or_default();
        let used = items.iter().map(|item| item.main + item.main_margin).sum::<f32>();
        let mut free = length - used - gap * items.len().saturating_sub(1) as f32;
        let automatic = items.iter().map(|item| item.auto_margins(container.row));
        let automatic: usize = automatic.map(|(before, after)| usize::from(before) + usize::from(after)).sum();
        let share = if automatic > 0 && free > 0.0 { free / automatic as f32 } else { 0.0 };
        if share > 0.0 {
            free = 0.0;
        }
        let (mut at, between) = distribute(free, items.len(), container.style.justify_content, reversed);
        for item in items {
            let (mut before, mut after) = item.margins(container.row);
            let automatic = item.auto_margins(container.row);
            before += if automatic.0 { share } else { 0.0 };
            after += if automatic.1 { share } else { 0.0 };
            if reversed {
                std::mem::swap(&mut before, &mut after);
            }
            at += before;
            item.at.0 = if reversed { length - at - item.main } else { at };
            at += item.main + after + gap + between;
        }
    }
}

/// Places items across the main axis.
pub(super) fn across(container: &Container<'_>, items: &mut [Item], lines: &[Line], length: f32) {
    let reversed = is_wrap_reversed(container.style);
    for line in lines {
        let top = if reversed { length - line.at - line.cross } else { line.at };
        for item in items.get_mut(line.items.clone()).unwrap_or_default() {
            let (before, after) = item.margins(!container.row);
            let free = line.cross - item.cross - before - after;
            let offset = match item.auto_margins(!container.row) {
                (true, true) => free.max(0.0) / 2.0,
                (true, false) => free.max(0.0),
                (false, true) => 0.0,
                (false, false) => match item.align {
                    Align::FlexEnd => {
                        if reversed {
                            0.0
                        } else {
                            free
                        }
                    }
                    Align::Center => free / 2.0,
                    Align::Baseline => {
                        let (above, below) = line.baseline.unwrap_or_default();
                        let at = if reversed { line.cross - below } else { above };
                        at - before - item.baseline
                    }
                    Align::FlexStart | Align::Stretch => {
                        if reversed {
                            free
                        } else {
                            0.0
                        }
                    }
                },
            };
            item.at.1 = top + before + offset;
        }
    }
}

/// How far a relative box is moved by `left`, `top`, `right` and `bottom`.
pub(in crate::layout) fn moved(style: &LayoutStyle, basis: Basis) -> (f32, f32) {
    let by = |length: Length, of: Option<f32>| match length {
        Length::Percent(_) => of.and_then(|of| length.resolve(of)).map(bounded),
        _ => length.resolve(0.0).map(bounded),
    };
    let pair = |start: Option<f32>, end: Option<f32>| start.or_else(|| end.map(|end| -end)).unwrap_or(0.0);
    let inset = &style.inset;
    (
        pair(by(inset.left, basis.width), by(inset.right, basis.width)),
        pair(by(inset.top, basis.height), by(inset.bottom, basis.height)),
    )
}
