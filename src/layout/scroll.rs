//! How far a scroll view scrolls: its scrollable overflow (CSS Overflow 3, §2.2) less its padding box.

use super::boxes::LayoutBox;
use super::style::positive;
use super::tree::Item;
use crate::geometry::Size;
use crate::scene::{Content, Scene};
use crate::style::Position;

/// Sets `scroll` of every scroll view. What lies beyond its left or top edge can't be scrolled to, as in CSS.
pub(super) fn measure(scene: &Scene, items: &[Item], boxes: &mut [LayoutBox]) {
    // The nearest box around each that clips: it alone can scroll to it.
    let mut clips: Vec<Option<usize>> = Vec::with_capacity(items.len());
    let mut ends: Vec<(f32, f32)> = vec![(0.0, 0.0); items.len()];
    for (index, node) in scene.nodes.iter().enumerate() {
        let clip = node.parent.and_then(|parent| if items[parent].clips { Some(parent) } else { clips[parent] });
        clips.push(clip);
        let (laid, Some(clip)) = (&boxes[index], clip) else { continue };
        if !laid.shown {
            continue;
        }
        let around = &boxes[clip];
        let (left, top) = (around.absolute.x + around.border.left, around.absolute.y + around.border.top);
        let end = &mut ends[clip];
        let rect = laid.absolute;
        if !rect.is_empty() && rect.right() > left && rect.bottom() > top {
            *end = (end.0.max(rect.right() - around.absolute.x), end.1.max(rect.bottom() - around.absolute.y));
        }
        if node.parent == Some(clip) && node.style.layout.position == Position::Relative {
            // Its own padding and its children's margins stay reachable at the end: from where a child would stand.
            let (margin, moved) = (items[index].place.margin, items[index].moved);
            end.0 = end.0.max(laid.rect.right() - moved.0 + margin.right + around.padding.right);
            end.1 = end.1.max(laid.rect.bottom() - moved.1 + margin.bottom + around.padding.bottom);
        }
    }
    for ((node, laid), end) in scene.nodes.iter().zip(boxes).zip(ends) {
        if let Content::ScrollView { x, y, .. } = node.content {
            let width = positive(end.0 - (laid.rect.width - laid.border.right));
            let height = positive(end.1 - (laid.rect.height - laid.border.bottom));
            laid.scroll = Size::new(if x { width } else { 0.0 }, if y == Some(false) { 0.0 } else { height });
        }
    }
}
