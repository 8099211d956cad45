//! Where nodes are seen: the same walk as drawing, for who asks which node a pixel is of.

use super::walk::{View, clips_children, device_box, painting_order, style_of, transform};
use crate::geometry::{Point, Rect, Transform};
use crate::layout::Layout;
use crate::scene::{Content, NodeId, Scene};

/// Where each node that is shown stands on the canvas, in painting order: its border box in device px, with scroll offsets
/// and transforms, as far as what it stands in lets it be seen. Of what is turned it is the bounds. A node of which nothing
/// can be seen is left out.
///
/// ```
/// use friendboard::display::{View, places};
/// assert!(places(&Default::default(), &Default::default(), &View::default(), (800, 800)).is_empty());
/// ```
#[must_use]
pub fn places(scene: &Scene, layout: &Layout, view: &View, (width, height): (u32, u32)) -> Vec<(NodeId, Rect)> {
    let mut search = Search { scene, layout, view, found: Vec::new() };
    if !scene.nodes.is_empty() {
        let visible = Rect::new(0.0, 0.0, width as f32, height as f32);
        search.node(0, &At { visible, moved: Point::default(), transform: Transform::IDENTITY });
    }
    search.found
}

struct Search<'a> {
    scene: &'a Scene,
    layout: &'a Layout,
    view: &'a View,
    found: Vec<(NodeId, Rect)>,
}

/// What what a node stands in does to it.
struct At {
    /// What can be seen, px of the canvas.
    visible: Rect,
    /// How far scroll views have moved it.
    moved: Point,
    transform: Transform,
}

impl Search<'_> {
    /// A subtree; the depth of a scene is bounded where it is laid out.
    fn node(&mut self, id: NodeId, at: &At) {
        let (Some(node), Some(place)) = (self.scene.nodes.get(id), self.layout.boxes.get(id)) else { return };
        let style = style_of(node, id, self.view);
        if !place.shown || style.paint.opacity <= 0.0 {
            return;
        }
        let device = device_box(place, style, self.view.dpr, at.moved);
        let transform = match transform(style, &device, self.view.dpr) {
            Some(own) => at.transform.then(&own),
            None => at.transform,
        };
        let seen = transform.bounds(&device.border.rect).intersection(&at.visible);
        if !seen.is_empty() {
            self.found.push((id, seen));
        }
        let mut inner = At { visible: at.visible, moved: at.moved, transform };
        if clips_children(node, style) {
            inner.visible = inner.visible.intersection(&transform.bounds(&device.padding().rect));
            if inner.visible.is_empty() {
                return;
            }
        }
        if matches!(node.content, Content::ScrollView { .. })
            && let Some(offset) = self.view.scroll.get(&id)
        {
            inner.moved.x -= (offset.x * self.view.dpr).round();
            inner.moved.y -= (offset.y * self.view.dpr).round();
        }
        for child in painting_order(self.scene, node).iter() {
            self.node(*child, &inner);
        }
    }
}
