//! Which of the nodes under a finger are pressed, and which of them a tap is for.

use std::sync::Arc;

use crate::context::exchange::Tap;
use crate::scene::{Content, Node, NodeId, Scene};
use crate::sorted::{self, BTreeSet};

/// A node that takes a tap. A button without an action is one that does nothing now; what it stands in is not meant.
fn takes_taps(node: &Node) -> bool {
    node.action.is_some() || matches!(node.content, Content::Button(_))
}

/// Of the nodes under a finger, the topmost first, those that look pressed: up to the first that takes taps.
pub(super) fn pressed(scene: &Scene, nodes: &[NodeId]) -> BTreeSet<NodeId> {
    let node = |id: &NodeId| scene.nodes.get(*id);
    let count = nodes.iter().position(|id| node(id).is_some_and(takes_taps)).map_or(nodes.len(), |index| index + 1);
    let looks_pressed = |id: &&NodeId| node(id).is_some_and(|node| node.active_style.is_some());
    sorted::set(nodes.iter().take(count).filter(looks_pressed).copied())
}

/// A tap on nodes, the topmost first: the first of them that takes taps acts.
pub(super) fn tap(scene: &Scene, nodes: &[NodeId]) -> Option<Tap> {
    let node = nodes.iter().filter_map(|id| scene.nodes.get(*id)).find(|node| takes_taps(node))?;
    let action = node.action.clone()?;
    Some(Tap { action, id: Arc::clone(&node.id), data: Arc::clone(&node.data), openid: openid(scene, node) })
}

/// The friend that a node is about: by its `data-openid`, else by that of a node that it stands in.
fn openid(scene: &Scene, node: &Node) -> Option<Arc<str>> {
    let mut at = Some(node);
    while let Some(node) = at {
        if let Some((_, openid)) = node.data.iter().find(|(name, _)| &**name == "openid") {
            return Some(Arc::clone(openid));
        }
        at = node.parent.and_then(|parent| scene.nodes.get(parent));
    }
    None
}
