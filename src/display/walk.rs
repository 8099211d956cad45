//! The walk over a scene in painting order, with what can be seen of it: drawing, asking for pictures and finding what is
//! under a finger all go this way.

use std::borrow::Cow;
use std::sync::Arc;

use crate::geometry::{Edges, Point, Rect, RoundedRect, Size, Transform, finite};
use crate::layout::{Layout, LayoutBox};
use crate::scene::{Content, Node, NodeId, Scene};
use crate::sorted::{self, BTreeMap, BTreeSet};
use crate::style::{KeepInView, Length, Overflow, Style, TransformStep};

/// As far as anything is drawn, device px.
const EVERYWHERE: Rect = Rect::new(-16_384.0, -16_384.0, 32_768.0, 32_768.0);

/// How the scene is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Device px per px.
    pub dpr: f32,
    /// Offsets of scroll views, px.
    pub scroll: BTreeMap<NodeId, Point>,
    /// How visible a scroll view's bar is, 0 to 1; absent is 0.
    pub bars: BTreeMap<NodeId, f32>,
    /// Nodes that are pressed.
    pub pressed: BTreeSet<NodeId>,
}

impl Default for View {
    fn default() -> Self {
        Self { dpr: 1.0, scroll: BTreeMap::new(), bars: BTreeMap::new(), pressed: BTreeSet::new() }
    }
}

impl View {
    /// The view of a scene that was made anew with other rows of its long lists: what scrolls is the same one after the other,
    /// what is pressed has the same key or id.
    #[must_use]
    pub fn carried_over(self, before: &Scene, after: &Scene) -> Self {
        let views = |scene: &Scene| -> Vec<NodeId> {
            let all = scene.nodes.iter().enumerate();
            all.filter(|(_, node)| matches!(node.content, Content::ScrollView { .. })).map(|(id, _)| id).collect()
        };
        let (old, new) = (views(before), views(after));
        let moved = |id: NodeId| old.iter().position(|known| *known == id).and_then(|place| new.get(place).copied());
        let same = |id: NodeId| {
            let node = before.nodes.get(id)?;
            let named =
                |other: &Node| (other.key.is_some() || !other.id.is_empty()) && other.key == node.key && other.id == node.id;
            after.nodes.iter().position(named)
        };
        Self {
            dpr: self.dpr,
            scroll: sorted::map(self.scroll.into_iter().filter_map(|(id, offset)| Some((moved(id)?, offset)))),
            bars: sorted::map(self.bars.into_iter().filter_map(|(id, bar)| Some((moved(id)?, bar)))),
            pressed: sorted::set(self.pressed.into_iter().filter_map(same)),
        }
    }
}

/// A node's boxes on the canvas, device px, edges on whole pixels.
#[derive(Clone, Copy, Debug)]
pub struct DeviceBox {
    /// Border box with its corners.
    pub border: RoundedRect,
    /// Widths of the border, whole px.
    pub widths: Edges<f32>,
    /// Border box, not snapped: text starts from here.
    pub exact: Rect,
}

impl DeviceBox {
    /// Padding box with its corners.
    pub fn padding(&self) -> RoundedRect {
        self.border.inset(self.widths)
    }
}

/// A node of which something can be seen.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// Its number.
    pub id: NodeId,
    /// The node.
    pub node: &'a Node,
    /// Its box.
    pub place: &'a LayoutBox,
    /// The style that it has now.
    pub style: &'a Arc<Style>,
    /// Its boxes on the canvas.
    pub device: DeviceBox,
    /// The transform of its subtree.
    pub transform: Option<Transform>,
    /// All that it and what is in it can touch here, device px.
    pub reach: Rect,
}

/// Where a walk is.
#[derive(Clone, Copy)]
pub struct Spot {
    /// What can be seen here, device px.
    pub visible: Rect,
    /// How far scroll views have moved what is here, whole device px.
    pub moved: Point,
    /// The padding box of the scroll view around it, device px.
    pub port: Option<Rect>,
}

/// A box that was scrolled out of sight, but for that it is kept in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinned {
    /// Where it stands, device px.
    pub area: Rect,
    /// How far down it was moved, device px; negative at the lower edge.
    pub down: f32,
}

/// A walk over a scene: from the root down, each node before its children.
pub struct Walk<'a> {
    pub(super) scene: &'a Scene,
    pub(super) layout: &'a Layout,
    pub(super) view: &'a View,
    /// All that a node and what is in it can touch, device px, unscrolled; what is turned reaches everywhere.
    reach: Cow<'a, [Rect]>,
    /// Where it is.
    pub(super) spot: Spot,
}

impl<'a> Walk<'a> {
    /// A walk that is at the root, on a canvas of `width` × `height` device px.
    pub fn new(scene: &'a Scene, layout: &'a Layout, view: &'a View, size: (u32, u32)) -> Self {
        let mut measured = Vec::new();
        reach(scene, layout, view.dpr, &mut measured);
        Self::over(scene, layout, view, size, Cow::Owned(measured))
    }

    /// The same where it is known what each node can touch.
    pub fn over(
        scene: &'a Scene,
        layout: &'a Layout,
        view: &'a View,
        (width, height): (u32, u32),
        reach: Cow<'a, [Rect]>,
    ) -> Self {
        let visible = Rect::new(0.0, 0.0, width as f32, height as f32);
        let spot = Spot { visible, moved: Point::default(), port: None };
        Self { scene, layout, view, reach, spot }
    }

    /// Moves to where a node stands that is kept in view. Whoever calls it sets `spot` back in the end.
    pub fn keep_in_view(&mut self, id: NodeId) {
        if let (Some(node), Some(place), Some(port)) = (self.scene.nodes.get(id), self.layout.boxes.get(id), self.spot.port) {
            let style = style_of(node, id, self.view);
            self.spot.moved.y += kept_in_view(place, style, self.view.dpr, self.spot.moved, &port);
        }
    }

    /// Where a child stands that is kept in view, and how far down it was moved for that, device px; `None` where it is in its
    /// own place.
    pub fn pinned(&self, id: NodeId) -> Option<Pinned> {
        let (node, place, port) = (self.scene.nodes.get(id)?, self.layout.boxes.get(id)?, self.spot.port?);
        let (style, Spot { moved, .. }) = (style_of(node, id, self.view), self.spot);
        let down = kept_in_view(place, style, self.view.dpr, moved, &port);
        let here = Point::new(moved.x, moved.y + down);
        let area = device_box(place, style, self.view.dpr, here).border.rect;
        (place.shown && down != 0.0).then_some(Pinned { area, down })
    }

    /// A node from where the walk is; `None` where nothing of it, and of what is in it, can be seen.
    pub fn see(&self, id: NodeId) -> Option<Seen<'a>> {
        let (node, place) = (self.scene.nodes.get(id)?, self.layout.boxes.get(id)?);
        if !place.shown {
            return None;
        }
        let Spot { visible, moved, .. } = self.spot;
        let reach = self.reach.get(id).copied().unwrap_or_default().translated(moved.x, moved.y);
        let style = style_of(node, id, self.view);
        if reach.intersection(&visible).is_empty() || style.paint.opacity <= 0.0 {
            return None;
        }
        let device = device_box(place, style, self.view.dpr, moved);
        let transform = transform(style, &device, self.view.dpr);
        Some(Seen { id, node, place, style, device, transform, reach })
    }

    /// Steps into a node's own space, in which nothing is out of sight where it is turned.
    pub fn turn(&mut self, seen: &Seen<'_>) {
        if seen.transform.is_some() {
            self.spot.visible = EVERYWHERE;
        }
    }

    /// Steps under a node's blur, which brings in what is out of sight, and gives what is seen there.
    pub fn blur(&mut self, seen: &Seen<'_>) -> Rect {
        let blur = seen.style.paint.blur;
        if blur > 0.0 {
            self.spot.visible = self.spot.visible.outset(blur_reach(blur * self.view.dpr));
        }
        self.spot.visible
    }

    /// Steps in among a node's children and gives them in painting order; `None`, and it stays where it is, where there
    /// are none, or where they are clipped to nothing. Whoever steps in sets `spot` back in the end.
    pub fn enter(&mut self, seen: &Seen<'a>) -> Option<Cow<'a, [NodeId]>> {
        let order = painting_order(self.scene, seen.node);
        if order.is_empty() {
            return None;
        }
        if clips_children(seen.node, seen.style) {
            let padding = seen.device.padding().rect;
            if padding.is_empty() {
                return None;
            }
            self.spot.visible = self.spot.visible.intersection(&padding);
        }
        if matches!(seen.node.content, Content::ScrollView { .. }) {
            self.spot.port = Some(seen.device.padding().rect);
        }
        if matches!(seen.node.content, Content::ScrollView { .. })
            && let Some(offset) = self.view.scroll.get(&seen.id)
        {
            self.spot.moved.x -= (offset.x * self.view.dpr).round();
            self.spot.moved.y -= (offset.y * self.view.dpr).round();
        }
        Some(order)
    }
}

/// The style that a node has now.
pub(super) fn style_of<'a>(node: &'a Node, id: NodeId, view: &View) -> &'a Arc<Style> {
    match &node.active_style {
        Some(active) if view.pressed.contains(&id) => active,
        _ => &node.style,
    }
}

/// True where nothing of its children is seen outside of a node's padding box.
pub(super) fn clips_children(node: &Node, style: &Style) -> bool {
    matches!(node.content, Content::ScrollView { .. }) || style.layout.overflow == Overflow::Hidden
}

/// A node's children in the order in which they are painted.
pub(super) fn painting_order<'a>(scene: &Scene, node: &'a Node) -> Cow<'a, [NodeId]> {
    let z_index = |child: &NodeId| scene.nodes.get(*child).and_then(|node| node.style.paint.z_index).unwrap_or(0);
    if node.children.iter().all(|child| z_index(child) == 0) {
        return Cow::Borrowed(&node.children);
    }
    let mut order = node.children.clone();
    sorted::sort_by_key(&mut order, z_index);
    Cow::Owned(order)
}

/// How far down a node is moved, device px, so that it is not scrolled out of a scroll view's padding box.
pub(super) fn kept_in_view(place: &LayoutBox, style: &Style, dpr: f32, moved: Point, port: &Rect) -> f32 {
    if style.paint.keep_in_view == KeepInView::None {
        return 0.0;
    }
    let own = device_box(place, style, dpr, moved).border.rect;
    let up = (port.bottom() - own.bottom()).min(0.0);
    // What is higher than the view begins at its top.
    up + (port.y - (own.y + up)).max(0.0)
}

/// A node's boxes on the canvas, where scroll views have moved it by so many whole device px.
pub(super) fn device_box(place: &LayoutBox, style: &Style, dpr: f32, moved: Point) -> DeviceBox {
    // Bounded where it is seen: in a long list a box may stand far below what can be drawn until it is scrolled to.
    let exact = bounded(place.absolute.scaled(dpr).translated(moved.x, moved.y));
    let snapped = exact.snapped();
    // As browsers do: a border is at least one device px, and whole ones.
    let widths = place.border.map(|width| if width <= 0.0 { 0.0 } else { (width * dpr).floor().max(1.0) });
    // Percentages are of the side along which the radius lies: 50% makes an ellipse.
    let radius = |length: Length, side: f32| finite(length.resolve(side).unwrap_or(0.0) * dpr);
    let Rect { width, height, .. } = place.rect;
    let radii = style.paint.border_radius.map(|length| Size::new(radius(length, width), radius(length, height)));
    DeviceBox { border: RoundedRect::elliptic(snapped, radii), widths, exact }
}

fn bounded(rect: Rect) -> Rect {
    let (left, top) = (finite(rect.x), finite(rect.y));
    Rect::from_edges(left, top, finite(rect.right()), finite(rect.bottom()))
}

/// How far a blur brings what is drawn, px, beyond which less is left than is seen; and no farther than blurs are drawn.
pub fn blur_reach(deviation: f32) -> f32 {
    deviation.min(150.0) * 3.0 + 4.0
}

/// A rectangle that may stand far outside of what is drawn, until it is scrolled to.
fn far(rect: Rect) -> Rect {
    let within = |edge: f32| if edge.is_nan() { 0.0 } else { edge.clamp(-1e8, 1e8) };
    Rect::from_edges(within(rect.x), within(rect.y), within(rect.right()), within(rect.bottom()))
}

/// The transform of a node's subtree on the canvas; `None` where it changes nothing.
pub(super) fn transform(style: &Style, device: &DeviceBox, dpr: f32) -> Option<Transform> {
    if style.paint.transform.is_empty() {
        return None;
    }
    let rect = device.border.rect;
    let length = |length: Length, extent: f32| match length {
        Length::Auto => 0.0,
        Length::Points(points) => points * dpr,
        Length::Percent(percent) => extent * percent / 100.0,
    };
    let origin = &style.paint.transform_origin;
    let (x, y) = (rect.x + length(origin.0, rect.width), rect.y + length(origin.1, rect.height));
    let mut combined = Transform::translate(x, y);
    for step in style.paint.transform.iter() {
        combined = combined.then(&match *step {
            TransformStep::Rotate(degrees) => Transform::rotate(degrees),
            TransformStep::Scale(x, y) => Transform::scale(x, y),
            TransformStep::Translate(x, y) => {
                Transform::translate(length(x, rect.width).round(), length(y, rect.height).round())
            }
            TransformStep::Skew(x, y) => {
                Transform { b: libm::tanf(y.to_radians()), c: libm::tanf(x.to_radians()), ..Transform::IDENTITY }
            }
        });
    }
    let combined = combined.then(&Transform::translate(-x, -y));
    let parts = [combined.a, combined.b, combined.c, combined.d, combined.e, combined.f];
    (combined != Transform::IDENTITY && parts.iter().all(|part| part.is_finite() && part.abs() < 1e6)).then_some(combined)
}

/// What every node can touch with all that is in it, device px; children stand after their parents, so one pass
/// backwards gathers it, into room for it.
pub(super) fn reach(scene: &Scene, layout: &Layout, dpr: f32, reach: &mut Vec<Rect>) {
    reach.clear();
    reach.resize(scene.nodes.len(), Rect::default());
    for (id, node) in scene.nodes.iter().enumerate().rev() {
        let Some(place) = layout.boxes.get(id).filter(|place| place.shown) else { continue };
        let style = &node.style;
        let mut own = far(place.absolute.scaled(dpr)).outset(1.0);
        for shadow in style.paint.box_shadows.iter().filter(|shadow| !shadow.inset) {
            let around = (shadow.blur * 1.5 + shadow.spread).max(0.0) * dpr + 3.0;
            own = own.union(&own.outset(around).translated(shadow.x * dpr, shadow.y * dpr));
        }
        let lines = place.text.as_ref().map(|text| (text.width, text.height));
        let rich = place.rich.last().map(|last| (place.rect.width, last.top + last.layout.height));
        let bitmap = place.bitmap.as_ref().map(|bitmap| (bitmap.width, bitmap.height));
        if let Some((width, height)) = lines.or(rich).or(bitmap) {
            let size = style.text.inherited.font_size * dpr;
            let beyond = style.text.shadows.iter().map(|shadow| shadow.blur * 1.5 + shadow.x.abs().max(shadow.y.abs()));
            let beyond = beyond.fold(style.text.stroke_width, f32::max) * dpr + size;
            let extent = Rect::new(own.x, own.y, width * dpr, (height + place.text_offset) * dpr);
            own = own.union(&own.union(&extent).outset(beyond));
        }
        if !clips_children(node, style) {
            for child in &node.children {
                if let Some(child) = reach.get(*child) {
                    own = own.union(child);
                }
            }
        }
        let blur = node.active_style.as_ref().map_or(0.0, |active| active.paint.blur).max(style.paint.blur);
        if blur > 0.0 {
            own = own.outset(blur_reach(blur * dpr));
        }
        let turned = |style: &Style| !style.paint.transform.is_empty();
        if style.paint.keep_in_view != KeepInView::None
            || turned(style)
            || node.active_style.as_ref().is_some_and(|active| turned(active))
        {
            own = EVERYWHERE;
        }
        if let Some(slot) = reach.get_mut(id) {
            *slot = far(own);
        }
    }
}
