//! One row of a loop: made, or taken along from the scene before.

use super::{NODE_BYTES, Parent, Resolver, friend};
use crate::budget::Stage;
use crate::error::Result;
use crate::json::Value;
use crate::scene::kept::KeptRow;
use crate::scene::{NodeId, Scene};
use crate::template::tree::TemplateNode;

impl<'a> Resolver<'a> {
    /// An element as one of the items of its loop: as it was in the scene before, where that is known.
    pub(super) fn row(
        &mut self,
        element: &'a TemplateNode,
        parent: Option<&Parent>,
        (index, length): (usize, usize),
        item: &[Value],
    ) -> Result<()> {
        // A row in a row, or under a key of its own, is one of many at the same place.
        let is_single = self.scope.loops() == 1 && parent.is_some_and(|parent| parent.key.is_none());
        let (true, Some(keeper), [value]) = (is_single, &self.keeper, item) else {
            return self.node_of(element, parent, item);
        };
        let place = (element.index, index);
        if let Some((before, row)) = keeper.find(place, length, value)
            && let Some(parent) = parent
            && self.take_along(before, row, parent)
        {
            return Ok(());
        }
        let (first, lists) = (self.nodes.len(), self.lists.len());
        if let Some(keeper) = &mut self.keeper {
            keeper.begin_row(&mut self.scope, &mut self.cascade.globals);
        }
        self.node_of(element, parent, item)?;
        let nodes = first..self.nodes.len();
        if let Some(keeper) = &mut self.keeper {
            keeper.end_row(&mut self.scope, &mut self.cascade.globals);
            // The rows of a list within it follow where that is scrolled.
            if self.lists.len() == lists {
                keeper.made(place, length, value, nodes);
            }
        }
        Ok(())
    }

    /// An element with what is in it, all of it of the friend that its item is.
    fn node_of(&mut self, element: &'a TemplateNode, parent: Option<&Parent>, item: &[Value]) -> Result<()> {
        let outside = self.friend;
        self.friend = item.iter().find_map(friend).or(outside);
        self.node(element, parent)?;
        self.friend = outside;
        Ok(())
    }

    /// Takes a row of the scene before along; false where it would be another one here.
    fn take_along(&mut self, before: &Scene, row: &KeptRow, parent: &Parent) -> bool {
        let Some(nodes) = before.nodes.get(row.nodes.clone()) else { return false };
        let first = self.nodes.len();
        let above = nodes.first().and_then(|node| before.nodes.get(node.parent?));
        let inherits = above.is_some_and(|above| above.style.text.inherited == parent.style.normal.text.inherited);
        let fits = first.saturating_add(nodes.len()) <= self.reading.limits.template_nodes;
        let keys = || nodes.iter().filter_map(|node| node.key.as_ref());
        if !inherits || !fits || keys().any(|key| self.keys.contains(key)) {
            return false;
        }
        self.keys.extend(keys().cloned());
        self.reading.budget.hold_more(Stage::Scene, NODE_BYTES * nodes.len() as u64);
        let moved = |id: NodeId| id - row.nodes.start + first;
        self.nodes.extend(nodes.iter().enumerate().map(|(number, node)| {
            let mut node = node.clone();
            node.parent = if number == 0 { Some(parent.id) } else { node.parent.map(moved) };
            for child in &mut node.children {
                *child = moved(*child);
            }
            node
        }));
        if let Some(parent) = self.nodes.get_mut(parent.id) {
            parent.children.push(first);
        }
        if let Some(keeper) = &mut self.keeper {
            keeper.taken(row, first);
        }
        true
    }
}
