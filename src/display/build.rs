//! Scene and boxes to draw list: one walk in painting order.

use std::borrow::Cow;

use super::builder::Builder;
use super::list::{Command, DrawList};
use super::room::Room;
use super::walk::{DeviceBox, Seen, View, Walk, blur_reach, clips_children};
use super::{boxes, edges, images, texts};
use crate::layout::{Layout, LayoutBox};
use crate::picture::Pictures;
use crate::scene::{Content, Node, NodeId, Scene};
use crate::style::{KeepInView, Style};

/// Makes the draw list of a scene on a canvas of `width` × `height` device px. Of the pictures it reads those that
/// [`wanted`](super::wanted()) names; where one is not there, what stands in for it is drawn.
#[must_use]
pub fn build(scene: &Scene, layout: &Layout, view: &View, size: (u32, u32), pictures: &Pictures) -> DrawList {
    build_next((scene, layout, view), size, pictures, &mut Room::default())
}

/// The same with what was kept of the list before.
#[must_use]
pub fn build_next(
    (scene, layout, view): (&Scene, &Layout, &View),
    (width, height): (u32, u32),
    pictures: &Pictures,
    room: &mut Room,
) -> DrawList {
    let (reach, commands, fades) = room.parts(scene, layout, view.dpr);
    let walk = Walk::over(scene, layout, view, (width, height), Cow::Borrowed(reach));
    let list = Builder { layout, view, pictures, commands, fades };
    let mut building = Building { walk, list };
    if !scene.nodes.is_empty() {
        building.node(0);
    }
    DrawList { width, height, commands: building.list.commands }
}

/// The walk, and the list that grows along it.
struct Building<'a> {
    walk: Walk<'a>,
    list: Builder<'a>,
}

impl<'a> Building<'a> {
    fn node(&mut self, id: NodeId) {
        let outside = self.walk.spot;
        self.walk.keep_in_view(id);
        let Some(seen) = self.walk.see(id) else {
            self.walk.spot = outside;
            return;
        };
        let Seen { node, place, style, device, transform, reach, .. } = seen;
        if let Some(transform) = transform {
            self.list.push(Command::PushTransform(transform));
        }
        self.walk.turn(&seen);
        let (opacity, blur) = (style.paint.opacity, style.paint.blur * self.walk.view.dpr);
        let is_layer = opacity < 1.0 || blur > 0.0;
        if is_layer {
            let visible = self.walk.blur(&seen);
            let own = if blur > 0.0 { reach.outset(-blur_reach(blur)) } else { reach };
            let bounds = if transform.is_some() { own } else { own.intersection(&visible) };
            self.list.push(Command::PushLayer { opacity, blur, bounds: bounds.rounded_out() });
        }
        if !style.is_hidden() {
            boxes::paint(&mut self.list, style, &device);
            self.content(node, place, style, &device);
        }
        self.children(&seen);
        if is_layer {
            self.list.push(Command::PopLayer);
        }
        if transform.is_some() {
            self.list.push(Command::PopTransform);
        }
        self.walk.spot = outside;
    }

    fn content(&mut self, node: &Node, place: &LayoutBox, style: &Style, device: &DeviceBox) {
        match &node.content {
            Content::Text(_) | Content::Button(_) | Content::RichText(_) => {
                texts::paint(&mut self.list, node, place, style, device);
            }
            Content::Image { src, fallback } => images::paint(&mut self.list, src, fallback.as_ref(), place, style, device),
            Content::BitmapText { font, .. } => texts::paint_bitmap(&mut self.list, font, place, device),
            Content::View | Content::ScrollView { .. } | Content::Canvas { .. } => {}
        }
    }

    fn children(&mut self, seen: &Seen<'a>) {
        let spot = self.walk.spot;
        let Some(order) = self.walk.enter(seen) else { return };
        let clips = clips_children(seen.node, seen.style);
        if clips {
            self.list.push(Command::PushClip(seen.device.padding()));
        }
        let before = self.list.commands.len();
        let scrolls = matches!(seen.node.content, Content::ScrollView { .. });
        let scene = self.walk.scene;
        // What is kept in view lies over the fade into which the rest is scrolled.
        let kept = |child: &NodeId| {
            scrolls && scene.nodes.get(*child).is_some_and(|node| node.style.paint.keep_in_view != KeepInView::None)
        };
        for child in order.iter().filter(|child| !kept(child)) {
            self.node(*child);
        }
        if scrolls && !seen.style.is_hidden() {
            let pinned: Vec<_> =
                order.iter().filter(|child| kept(child)).filter_map(|child| self.walk.pinned(*child)).collect();
            edges::paint(&mut self.list, (seen.id, seen.style), &seen.device, &pinned);
        }
        for child in order.iter().filter(|child| kept(child)) {
            self.node(*child);
        }
        self.walk.spot = spot;
        if scrolls && !seen.style.is_hidden() {
            boxes::paint_bars(&mut self.list, seen.id, &seen.device);
        }
        if clips && self.list.commands.len() == before {
            self.list.commands.pop();
        } else if clips {
            self.list.push(Command::PopClip);
        }
    }
}
