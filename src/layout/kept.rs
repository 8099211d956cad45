//! What was measured for the layout before, taken along for the rows that a scene took along.
//!
//! How a box comes out in a space follows from it and from what is in it, so the answers hold as long as the nodes are the same
//! ones. Where everything stands is asked anew; what has the same size there has the same lines.

use std::ops::Range;
use std::vec::IntoIter;

use super::boxes::{Layout, LayoutBox};
use super::leaf::{Leaf, size_of};
use super::tree::Item;
use crate::picture::Pictures;
use crate::scene::{Content, Node, NodeId, Scene};

/// How the nodes of a scene were measured, for the layout of the next one.
#[derive(Default)]
pub struct Kept {
    pub(super) items: Vec<Item>,
}

/// The rows of a scene that were taken along, with what was measured of them.
pub(super) struct Taken {
    items: IntoIter<Item>,
    /// The number that the next of the items had.
    next: NodeId,
    /// The rows whose items were given out: their nodes, and the first of the same nodes in the scene before.
    rows: Vec<(Range<NodeId>, NodeId)>,
}

impl Taken {
    pub fn new(kept: Vec<Item>) -> Self {
        Self { items: kept.into_iter(), next: 0, rows: Vec::new() }
    }

    /// The items of a row that begins at a node, numbered as it is now; `None` where the row is to be measured anew.
    pub fn row(&mut self, scene: &Scene, (nodes, before): (Range<NodeId>, NodeId), pictures: &Pictures) -> Option<Vec<Item>> {
        let passed = before.checked_sub(self.next)?;
        let known = self.items.as_slice().get(passed..passed.checked_add(nodes.len())?)?;
        let row = scene.nodes.get(nodes.clone())?;
        if !row.iter().zip(known).all(|(node, item)| holds(node, item, pictures)) {
            return None;
        }
        self.items.by_ref().take(passed).for_each(drop);
        self.next = before + nodes.len();
        let mut items: Vec<Item> = self.items.by_ref().take(nodes.len()).collect();
        if nodes.start != before {
            for child in items.iter_mut().flat_map(|item| &mut item.children) {
                *child = (*child + nodes.start).saturating_sub(before);
            }
        }
        self.rows.push((nodes, before));
        Some(items)
    }

    /// The rows, to find their boxes.
    pub fn into_rows(self) -> Vec<(Range<NodeId>, NodeId)> {
        self.rows
    }
}

/// True where a node is measured as it was: pictures come and go, which nodes do not tell.
fn holds(node: &Node, item: &Item, pictures: &Pictures) -> bool {
    match (&node.content, &item.leaf) {
        (Content::Image { src, .. }, Some(Leaf::Picture(known))) => *known == pictures.get(src).picture().and_then(size_of),
        (Content::Image { .. } | Content::BitmapText { .. }, _) => false,
        _ => true,
    }
}

/// The boxes of the layout before, by the nodes of this one.
pub(super) struct Earlier<'a> {
    rows: std::iter::Peekable<IntoIter<(Range<NodeId>, NodeId)>>,
    boxes: &'a [LayoutBox],
}

impl<'a> Earlier<'a> {
    pub fn new(rows: Vec<(Range<NodeId>, NodeId)>, before: &'a Layout) -> Self {
        Self { rows: rows.into_iter().peekable(), boxes: &before.boxes }
    }

    /// The box that a node had; asked for one node after the other.
    pub fn of(&mut self, node: NodeId) -> Option<&'a LayoutBox> {
        while self.rows.next_if(|(nodes, _)| nodes.end <= node).is_some() {}
        let (nodes, before) = self.rows.peek()?;
        self.boxes.get(node.checked_sub(nodes.start)? + before)
    }
}
