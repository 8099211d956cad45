//! The scene as a tree that taffy lays out.

use std::sync::Arc;

use taffy::{
    Cache, CacheTree, LayoutContainingBlock, LayoutFlexboxContainer, LayoutInput, LayoutOutput, LayoutPartialTree, NodeId,
    RunMode, TraversePartialTree, TraverseTree, compute_cached_layout, compute_flexbox_layout, compute_hidden_layout,
    compute_oof_layout,
};

use super::leaf::{self, Leaf};
use crate::template::Style;
use crate::text::TextSystem;

/// One node as it is laid out.
pub(super) struct Item {
    /// Its children, in document order.
    pub children: Vec<usize>,
    /// What taffy reads.
    pub style: taffy::Style,
    /// What it was made from.
    pub source: Arc<Style>,
    /// How it is measured; `None` for a box that lays its children out.
    pub leaf: Option<Leaf>,
    /// Where it stands; the last answer holds.
    pub layout: taffy::Layout,
    /// Answers to questions asked before.
    pub cache: Cache,
}

/// The tree.
pub(super) struct Tree<'a> {
    /// The nodes, by their number in the scene.
    pub items: Vec<Item>,
    /// Measures texts.
    pub text: &'a mut dyn TextSystem,
    /// How many more boxes may be computed.
    pub steps_left: u64,
}

/// A node's children.
pub(super) struct Children<'a>(std::slice::Iter<'a, usize>);

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|&index| NodeId::from(index))
    }
}

// The numbers are `compute`'s own, made from the scene's length: indexing holds.
impl Tree<'_> {
    fn item(&self, id: NodeId) -> &Item {
        &self.items[usize::from(id)]
    }

    fn item_mut(&mut self, id: NodeId) -> &mut Item {
        &mut self.items[usize::from(id)]
    }

    fn compute(&mut self, id: NodeId, inputs: LayoutInput) -> LayoutOutput {
        let item = &self.items[usize::from(id)];
        if let Some(leaf) = &item.leaf {
            return leaf::compute(leaf, &item.source.layout, self.text, inputs);
        }
        let mut output = compute_flexbox_layout(self, id, inputs);
        if inputs.run_mode == RunMode::PerformLayout {
            compute_oof_layout(self, id, &mut output);
        }
        output
    }
}

impl TraversePartialTree for Tree<'_> {
    type ChildIter<'b>
        = Children<'b>
    where
        Self: 'b;

    fn child_ids(&self, id: NodeId) -> Self::ChildIter<'_> {
        Children(self.item(id).children.iter())
    }

    fn child_count(&self, id: NodeId) -> usize {
        self.item(id).children.len()
    }

    fn get_child_id(&self, id: NodeId, index: usize) -> NodeId {
        NodeId::from(self.item(id).children[index])
    }
}

impl TraverseTree for Tree<'_> {}

impl LayoutPartialTree for Tree<'_> {
    type CoreContainerStyle<'b>
        = &'b taffy::Style
    where
        Self: 'b;
    type CustomIdent = String;

    fn get_core_container_style(&self, id: NodeId) -> Self::CoreContainerStyle<'_> {
        &self.item(id).style
    }

    fn set_unrounded_layout(&mut self, id: NodeId, layout: &taffy::Layout) {
        self.item_mut(id).layout = *layout;
    }

    fn compute_child_layout(&mut self, id: NodeId, inputs: LayoutInput) -> LayoutOutput {
        if inputs.run_mode == RunMode::PerformHiddenLayout || self.item(id).style.display == taffy::Display::None {
            return compute_hidden_layout(self, id);
        }
        if self.steps_left == 0 {
            return LayoutOutput::HIDDEN;
        }
        compute_cached_layout(self, id, inputs, |tree, id, inputs| {
            tree.steps_left = tree.steps_left.saturating_sub(1);
            tree.compute(id, inputs)
        })
    }
}

impl LayoutContainingBlock for Tree<'_> {
    type OofItemStyle<'b>
        = &'b taffy::Style
    where
        Self: 'b;

    fn get_oof_item_style(&self, id: NodeId) -> Self::OofItemStyle<'_> {
        &self.item(id).style
    }

    // Every box is positioned, so an absolute one's containing block is its parent: there is nothing to keep a list of.
    fn clear_hoisted_children(&mut self, _id: NodeId) {}

    fn add_hoisted_children(&mut self, _id: NodeId, _hoisted: &[NodeId]) {}
}

impl CacheTree for Tree<'_> {
    fn cache_get(&mut self, id: NodeId, inputs: &LayoutInput) -> Option<LayoutOutput> {
        self.item_mut(id).cache.get(inputs)
    }

    fn cache_store(&mut self, id: NodeId, inputs: &LayoutInput, output: LayoutOutput) {
        self.item_mut(id).cache.store(inputs, output);
    }

    fn cache_clear(&mut self, id: NodeId) {
        self.item_mut(id).cache.clear();
    }
}

impl LayoutFlexboxContainer for Tree<'_> {
    type FlexboxContainerStyle<'b>
        = &'b taffy::Style
    where
        Self: 'b;
    type FlexboxItemStyle<'b>
        = &'b taffy::Style
    where
        Self: 'b;

    fn get_flexbox_container_style(&self, id: NodeId) -> Self::FlexboxContainerStyle<'_> {
        &self.item(id).style
    }

    fn get_flexbox_child_style(&self, id: NodeId) -> Self::FlexboxItemStyle<'_> {
        &self.item(id).style
    }
}
