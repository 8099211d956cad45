//! The scene as a tree that taffy lays out.

use std::sync::Arc;

use taffy::{AvailableSpace, LayoutContainingBlock, LayoutInput, LayoutOutput, LayoutPartialTree, NodeId, TraversePartialTree};

use super::flex::{Basis, Measured, Sizes, Space, Widths};
use super::leaf::Leaf;
use crate::style::Style;
use crate::style::{Align, Length};
use crate::text::TextSystem;

/// Most answers that a box keeps: what a container asks an item is seldom new.
const ANSWERS_MAX: usize = 24;

/// One node as it is laid out.
pub(super) struct Item {
    /// Its children, in document order.
    pub children: Vec<usize>,
    /// What it was made from.
    pub source: Arc<Style>,
    /// What taffy reads.
    pub style: taffy::Style,
    /// How it is measured; `None` for a box that lays its children out.
    pub leaf: Option<Leaf>,
    /// True for `display: none`.
    pub hidden: bool,
    /// True where what is in it does not keep it from being smaller.
    pub clips: bool,
    /// True for what has a size of its own, and may be made smaller than that.
    pub own_size: bool,
    /// How it is aligned, if not as its parent says.
    pub align: Option<Align>,
    /// How far `left`, `top`, `right` and `bottom` moved it from where it would stand.
    pub moved: (f32, f32),
    /// Where it stands; the last answer holds.
    pub layout: taffy::Layout,
    /// How high it is in spaces that were asked for before.
    pub answers: Vec<(Space, Measured)>,
    /// How wide its content is, by the heights given.
    pub widths: Vec<(Option<u32>, Widths)>,
    /// The space that its children's places hold for.
    pub placed: Option<Space>,
}

impl Item {
    /// Keeps an answer, in place of the oldest where there are many.
    pub fn answer(&mut self, space: Space, measured: Measured) {
        if let Some(known) = self.answers.iter_mut().find(|(asked, _)| *asked == space) {
            known.1 = measured;
            return;
        }
        if self.answers.len() >= ANSWERS_MAX {
            self.answers.remove(0);
        }
        self.answers.push((space, measured));
    }
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
    /// Counts one more box computed; false once there were too many.
    pub fn step(&mut self) -> bool {
        let left = self.steps_left > 0;
        self.steps_left = self.steps_left.saturating_sub(1);
        left
    }

    fn item(&self, id: NodeId) -> &Item {
        &self.items[usize::from(id)]
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
        self.items[usize::from(id)].layout = *layout;
    }

    /// What taffy asks of an absolute box: its size where that is automatic, then its children's places.
    fn compute_child_layout(&mut self, id: NodeId, inputs: LayoutInput) -> LayoutOutput {
        let id = usize::from(id);
        let basis = Basis { width: inputs.parent_size.width, height: inputs.parent_size.height };
        let source = self.items[id].source.clone();
        let style = &source.layout;
        let sizes = Sizes::new(style, basis);
        let width = inputs.known_dimensions.width.unwrap_or_else(|| {
            let widths = self.content_widths(id, inputs.known_dimensions.height, true, &sizes);
            sizes.widths().clamp(match inputs.available_space.width {
                AvailableSpace::Definite(room) => widths.fit(room),
                AvailableSpace::MinContent => widths.narrow,
                AvailableSpace::MaxContent => widths.wide,
            })
        });
        // A height that comes from the content is none that percentages can be of.
        let stretched = style.inset.top != Length::Auto
            && style.inset.bottom != Length::Auto
            && matches!(style.align_self, None | Some(Align::Stretch));
        let given = stretched || sizes.height().is_some();
        // One that `aspectRatio` asks for is, and is found again.
        let found = !given && sizes.ratio().is_some();
        let height = inputs.known_dimensions.height.filter(|_| !found);
        let space = Space { width, height, definite: given || found, basis };
        let measured = self.layout(id, space, inputs.run_mode == taffy::RunMode::PerformLayout);
        let height = inputs.known_dimensions.height.unwrap_or(measured.content_height);
        LayoutOutput::from_outer_size(taffy::Size { width, height })
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
