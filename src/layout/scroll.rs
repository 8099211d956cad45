//! How far a scroll view scrolls: its scrollable overflow (CSS Overflow 3, §2.2) less its padding box.

use super::tree::Item;
use super::{LayoutBox, style::positive};
use crate::geometry::Size;
use crate::scene::{Content, Scene};
use crate::template::style::{Overflow, Position};

/// Sets `scroll` of every scroll view. What reaches beyond the left or top edge can't be scrolled to, as in CSS.
pub(super) fn measure(scene: &Scene, items: &[Item], boxes: &mut [LayoutBox]) {
    // How far each node's content reaches, from its border box's left top corner: children before their parents.
    let mut reach: Vec<Size> = vec![Size::default(); items.len()];
    for index in (0..items.len()).rev() {
        let (node, laid) = (&scene.nodes[index], &boxes[index]);
        let style = &node.style.layout;
        let own = Size::new(laid.rect.width, laid.rect.height);
        let scrolls = matches!(node.content, Content::ScrollView { .. });
        let mut content = Size::default();
        for &child in &items[index].children {
            let below = &boxes[child];
            if !below.shown {
                continue;
            }
            let in_flow = scene.nodes[child].style.layout.position == Position::Relative;
            let (mut right, mut bottom) = (0.0_f32, 0.0_f32);
            if reach[child].width > 0.0 && reach[child].height > 0.0 {
                (right, bottom) = (below.rect.x + reach[child].width, below.rect.y + reach[child].height);
            }
            if scrolls && in_flow {
                // A scroll view's own padding, and its children's margins, stay reachable at the end: from where the
                // child would stand.
                let (margin, moved) = (items[child].layout.margin, items[child].moved);
                right = right.max(below.rect.right() - moved.0 + margin.right + laid.padding.right);
                bottom = bottom.max(below.rect.bottom() - moved.1 + margin.bottom + laid.padding.bottom);
            }
            content = Size::new(content.width.max(right), content.height.max(bottom));
        }
        let clips = scrolls || style.overflow == Overflow::Hidden;
        reach[index] = if clips { own } else { Size::new(own.width.max(content.width), own.height.max(content.height)) };
        if let Content::ScrollView { x, y } = node.content {
            let width = positive(content.width - (own.width - laid.border.right));
            let height = positive(content.height - (own.height - laid.border.bottom));
            boxes[index].scroll = Size::new(if x { width } else { 0.0 }, if y == Some(false) { 0.0 } else { height });
        }
    }
}
