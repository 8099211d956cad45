//! What is under a finger: the same walk as drawing, from the top down.

use super::walk::{View, clips_children, device_box, kept_in_view, painting_order, style_of, transform};
use crate::geometry::{Point, Rect};
use crate::layout::Layout;
use crate::scene::{Content, Node, NodeId, Scene};
use crate::style::KeepInView;

/// The topmost node at a point that does something when it is touched, and everything that it stands in: the node first,
/// the root last. Empty where there is none.
///
/// A node does something where it has an `action`, is a `button`, looks different while it is pressed, or scrolls. What
/// does nothing is no obstacle, so that a fade over the end of a list leaves its rows within reach. Scroll offsets, clips
/// with their rounded corners, transforms and `zIndex` count as they do when the scene is drawn.
///
/// The point is in px at dpr 1.
///
/// ```
/// use friendboard::display::{View, hit};
/// use friendboard::geometry::Point;
/// assert!(hit(&Default::default(), &Default::default(), &View::default(), Point::default()).is_empty());
/// ```
#[must_use]
pub fn hit(scene: &Scene, layout: &Layout, view: &View, point: Point) -> Vec<NodeId> {
    let search = Search { scene, layout, view };
    let device = Point::new(point.x * view.dpr, point.y * view.dpr);
    let mut chain = Vec::new();
    let mut at = if scene.nodes.is_empty() { None } else { search.node(0, device, Point::default(), None) };
    while let Some(id) = at {
        chain.push(id);
        // Parents stand before their children, so this ends.
        at = scene.nodes.get(id).and_then(|node| node.parent).filter(|parent| *parent < id);
    }
    chain
}

struct Search<'a> {
    scene: &'a Scene,
    layout: &'a Layout,
    view: &'a View,
}

/// True where touching the node does something.
fn is_touched(node: &Node) -> bool {
    node.action.is_some()
        || node.active_style.is_some()
        || matches!(node.content, Content::Button(_) | Content::ScrollView { .. })
}

impl Search<'_> {
    /// The topmost node in a subtree at a point, device px; the depth of a scene is bounded where it is laid out.
    fn node(&self, id: NodeId, point: Point, mut moved: Point, port: Option<Rect>) -> Option<NodeId> {
        let (node, place) = (self.scene.nodes.get(id)?, self.layout.boxes.get(id)?);
        let style = style_of(node, id, self.view);
        if !place.shown || style.paint.opacity <= 0.0 {
            return None;
        }
        if let Some(port) = &port {
            moved.y += kept_in_view(place, style, self.view.dpr, moved, port);
        }
        let device = device_box(place, style, self.view.dpr, moved);
        let point = match transform(style, &device, self.view.dpr) {
            Some(transform) => transform.inverse()?.apply(point),
            None => point,
        };
        let scrolls = matches!(node.content, Content::ScrollView { .. });
        if !clips_children(node, style) || device.padding().contains(point) {
            let mut inner = moved;
            if scrolls && let Some(offset) = self.view.scroll.get(&id) {
                inner.x -= (offset.x * self.view.dpr).round();
                inner.y -= (offset.y * self.view.dpr).round();
            }
            let port = if scrolls { Some(device.padding().rect) } else { port };
            let order = painting_order(self.scene, node);
            let kept = |child: &&NodeId| {
                let node = self.scene.nodes.get(**child);
                scrolls && node.is_some_and(|node| node.style.paint.keep_in_view != KeepInView::None)
            };
            let on_top = order.iter().rev().filter(kept);
            let below = order.iter().rev().filter(|child| !kept(child));
            if let Some(found) = on_top.chain(below).find_map(|&child| self.node(child, point, inner, port)) {
                return Some(found);
            }
        }
        (is_touched(node) && !style.is_hidden() && device.border.contains(point)).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::geometry::{Corners, Rect};
    use crate::layout::LayoutBox;
    use crate::style::Style;
    use crate::style::{Length, Overflow, TransformStep, Visibility};

    /// What is special about a box.
    type Change<'a> = &'a dyn Fn(&mut Node, &mut Style);

    /// Boxes below the root, each with a parent, a rectangle on the canvas and what is special about it.
    fn scene(boxes: &[(NodeId, Rect, Change<'_>)]) -> (Scene, Layout) {
        let mut scene = Scene::default();
        let mut layout = Layout::default();
        for (id, (parent, absolute, change)) in boxes.iter().enumerate() {
            let mut node = Node {
                parent: (id > 0).then_some(*parent),
                children: Vec::new(),
                depth: 0,
                content: Content::View,
                short: None,
                id: Arc::default(),
                class: Arc::default(),
                key: None,
                style: Arc::default(),
                active_style: None,
                action: None,
                data: Arc::default(),
                friend: None,
                place: crate::Place::default(),
            };
            let mut style = Style::default();
            change(&mut node, &mut style);
            node.style = Arc::new(style);
            if id > 0 {
                scene.nodes[*parent].children.push(id);
            }
            scene.nodes.push(node);
            layout.boxes.push(LayoutBox { absolute: *absolute, rect: *absolute, shown: true, ..LayoutBox::default() });
        }
        (scene, layout)
    }

    fn button(node: &mut Node, _: &mut Style) {
        node.action = Some(Arc::from("go"));
    }

    fn nothing(_: &mut Node, _: &mut Style) {}

    const ALL: Rect = Rect::new(0.0, 0.0, 100.0, 100.0);

    #[test]
    fn the_topmost_that_does_something_wins() {
        let cover = |node: &mut Node, style: &mut Style| {
            button(node, style);
            style.paint.z_index = Some(1);
        };
        let (scene, layout) = scene(&[
            (0, ALL, &nothing),
            (0, Rect::new(0.0, 0.0, 60.0, 60.0), &cover),
            (0, Rect::new(40.0, 40.0, 60.0, 60.0), &button),
            (0, ALL, &nothing),
        ]);
        let at = |x, y| hit(&scene, &layout, &View { dpr: 2.0, ..View::default() }, Point::new(x, y));
        assert_eq!(at(50.0, 50.0), [1, 0]);
        assert_eq!(at(70.0, 70.0), [2, 0]);
        assert!(at(90.0, 10.0).is_empty());
    }

    #[test]
    fn scrolls_and_clips_count() {
        let scroller = |node: &mut Node, style: &mut Style| {
            node.content = Content::ScrollView { x: false, y: None, scrolling: crate::scene::Scrolling::default() };
            style.paint.border_radius = Corners::all(Length::Points(20.0));
        };
        let list = Rect::new(0.0, 20.0, 100.0, 60.0);
        let (scene, layout) = scene(&[
            (0, ALL, &nothing),
            (0, list, &scroller),
            (1, Rect::new(0.0, 20.0, 100.0, 50.0), &button),
            (1, Rect::new(0.0, 70.0, 100.0, 50.0), &button),
        ]);
        let at = |x, y, offset| {
            let view = View { scroll: [(1, Point::new(0.0, offset))].into(), ..View::default() };
            hit(&scene, &layout, &view, Point::new(x, y))
        };
        assert_eq!(at(50.0, 30.0, 0.0), [2, 1, 0]);
        assert_eq!(at(50.0, 30.0, 45.0), [3, 1, 0]);
        assert!(at(50.0, 90.0, 0.0).is_empty(), "below the list");
        assert!(at(1.0, 21.0, 0.0).is_empty(), "outside of the rounded corner");
    }

    #[test]
    fn transforms_are_undone() {
        let turned = |node: &mut Node, style: &mut Style| {
            button(node, style);
            style.paint.transform = [TransformStep::Rotate(90.0)].into();
            style.layout.overflow = Overflow::Hidden;
        };
        let (scene, layout) = scene(&[(0, ALL, &nothing), (0, Rect::new(10.0, 40.0, 80.0, 20.0), &turned)]);
        let at = |x, y| hit(&scene, &layout, &View::default(), Point::new(x, y)).len();
        assert_eq!((at(50.0, 15.0), at(15.0, 50.0)), (2, 0));
    }

    #[test]
    fn what_is_not_shown_is_not_touched() {
        let clear = |node: &mut Node, style: &mut Style| {
            button(node, style);
            style.paint.opacity = 0.0;
        };
        let (mut scene, mut layout) = scene(&[(0, ALL, &nothing), (0, ALL, &button), (0, ALL, &clear)]);
        assert_eq!(hit(&scene, &layout, &View::default(), Point::new(5.0, 5.0)), [1, 0]);
        let hidden = Arc::make_mut(&mut scene.nodes[1].style);
        hidden.text.inherited.visibility = Visibility::Hidden;
        assert!(hit(&scene, &layout, &View::default(), Point::new(5.0, 5.0)).is_empty());
        Arc::make_mut(&mut scene.nodes[1].style).text.inherited.visibility = Visibility::Visible;
        layout.boxes[1].shown = false;
        assert!(hit(&scene, &layout, &View::default(), Point::new(5.0, 5.0)).is_empty());
        assert!(hit(&scene, &layout, &View::default(), Point::new(f32::NAN, 5.0)).is_empty());
    }
}
