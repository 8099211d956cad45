//! Flex lines: which items share one, and how they share its length (CSS Flexbox 1, §9.3 and §9.7).

use std::ops::Range;

use super::items::Item;

/// Collects items into lines no longer than a limit; an item alone may be longer.
pub(super) fn split(items: &[Item], limit: f32, gap: f32, wraps: bool) -> Vec<Range<usize>> {
    if items.is_empty() {
        return Vec::new();
    }
    if !wraps {
        return std::iter::once(0..items.len()).collect();
    }
    let (mut lines, mut start, mut length) = (Vec::new(), 0, 0.0_f32);
    for (index, item) in items.iter().enumerate() {
        let own = outer_hypothetical(item);
        if index > start && length + gap + own > limit + 1e-3 {
            lines.push(start..index);
            (start, length) = (index, own);
        } else {
            length += if index > start { gap + own } else { own };
        }
    }
    lines.push(start..items.len());
    lines
}

fn outer_hypothetical(item: &Item) -> f32 {
    item.hypothetical + item.main_margin
}

/// The length that a line's items ask for, gaps included.
pub(super) fn hypothetical_length(items: &[Item], gap: f32) -> f32 {
    items.iter().map(outer_hypothetical).sum::<f32>() + gap * items.len().saturating_sub(1) as f32
}

/// Grows or shrinks a line's items to a length.
pub(super) fn flex(items: &mut [Item], length: f32, gap: f32) {
    let gaps = gap * items.len().saturating_sub(1) as f32;
    let grows = hypothetical_length(items, gap) < length;
    let mut frozen: Vec<bool> = items
        .iter_mut()
        .map(|item| {
            item.main = item.hypothetical;
            let factor = if grows { item.grow } else { item.shrink };
            factor == 0.0 || if grows { item.base > item.hypothetical } else { item.base < item.hypothetical }
        })
        .collect();
    let free = |items: &[Item], frozen: &[bool]| {
        let used =
            items.iter().zip(frozen).map(|(item, &frozen)| item.main_margin + if frozen { item.main } else { item.base });
        length - gaps - used.sum::<f32>()
    };
    let initial = free(items, &frozen);
    // Each round freezes at least one item.
    for _ in 0..=items.len() {
        if frozen.iter().all(|&frozen| frozen) {
            break;
        }
        let mut remaining = free(items, &frozen);
        let flexible = || items.iter().zip(&frozen).filter(|&(_, &frozen)| !frozen).map(|(item, _)| item);
        let factors: f32 = flexible().map(|item| if grows { item.grow } else { item.shrink }).sum();
        if factors < 1.0 && (initial * factors).abs() < remaining.abs() {
            remaining = initial * factors;
        }
        let scaled: f32 = flexible().map(|item| item.shrink * (item.base - item.frame)).sum();
        let mut total = 0.0;
        let mut violations = vec![0.0_f32; items.len()];
        for (index, item) in items.iter_mut().enumerate().filter(|&(index, _)| !frozen[index]) {
            let share = if grows {
                remaining * (item.grow / factors)
            } else if scaled > 0.0 {
                remaining * (item.shrink * (item.base - item.frame) / scaled)
            } else {
                0.0
            };
            let target = item.base + share;
            item.main = item.bounds.clamp(target).max(item.frame);
            violations[index] = item.main - target;
            total += violations[index];
        }
        for (index, violation) in violations.into_iter().enumerate() {
            if !frozen[index] {
                frozen[index] = if total > 0.0 {
                    violation > 0.0
                } else if total < 0.0 {
                    violation < 0.0
                } else {
                    true
                };
            }
        }
    }
}
