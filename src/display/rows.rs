//! How many friends' rows a view shows: the walk of drawing, without the drawing.

use super::walk::{View, Walk};
use crate::layout::Layout;
use crate::scene::{NodeId, Scene};
use crate::sorted::BTreeSet;

/// How many friends have something on a canvas of `width` × `height` device px: each once, whatever the board shows of them.
#[must_use]
pub fn rows(scene: &Scene, layout: &Layout, view: &View, size: (u32, u32)) -> usize {
    let mut search = Search { walk: Walk::new(scene, layout, view, size), found: BTreeSet::new() };
    if !scene.nodes.is_empty() {
        search.node(0);
    }
    search.found.len()
}

struct Search<'a> {
    walk: Walk<'a>,
    found: BTreeSet<u32>,
}

impl Search<'_> {
    /// The depth of a scene is bounded where it is laid out.
    fn node(&mut self, id: NodeId) {
        let Some(seen) = self.walk.see(id) else { return };
        let own = seen.device.border.rect;
        if let Some(friend) = seen.node.friend
            && (seen.transform.is_some() || !own.intersection(&self.walk.spot.visible).is_empty())
        {
            self.found.insert(friend);
        }
        let spot = self.walk.spot;
        self.walk.turn(&seen);
        for child in self.walk.enter(&seen).as_deref().unwrap_or_default() {
            self.node(*child);
        }
        self.walk.spot = spot;
    }
}
