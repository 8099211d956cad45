//! The scene as a tree that is laid out.

use std::sync::Arc;

use super::flex::{Measured, Space, Widths};
use super::leaf::Leaf;
use crate::budget::{Budget, Stage};
use crate::geometry::Edges;
use crate::style::{Align, Style};
use crate::text::TextSystem;

/// Most answers that a box keeps: what a container asks an item is seldom new.
const ANSWERS_MAX: usize = 24;

/// Where a box stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// From the parent's left border edge.
    pub x: f32,
    /// From the parent's top border edge.
    pub y: f32,
    /// Of the border box.
    pub width: f32,
    /// Of the border box.
    pub height: f32,
    pub padding: Edges<f32>,
    pub border: Edges<f32>,
    pub margin: Edges<f32>,
}

/// One node as it is laid out.
#[allow(clippy::struct_excessive_bools, reason = "each says of one thing of its own how the node is laid out")]
pub(super) struct Item {
    /// Its children, in document order.
    pub children: Vec<usize>,
    /// What it was made from.
    pub source: Arc<Style>,
    /// How it is measured; `None` for a box that lays its children out.
    pub leaf: Option<Leaf>,
    /// True for `display: none`.
    pub hidden: bool,
    /// True where what is in it does not keep it from being smaller.
    pub clips: bool,
    /// True for a picture.
    pub picture: bool,
    /// True for what has a size of its own, and may be made smaller than that.
    pub own_size: bool,
    /// How it is aligned, if not as its parent says.
    pub align: Option<Align>,
    /// How far `left`, `top`, `right` and `bottom` moved it from where it would stand.
    pub moved: (f32, f32),
    /// Where it stands; the last answer holds.
    pub place: Place,
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
    /// What is paid.
    pub budget: &'a Budget,
    /// The text system's work that was paid last.
    pub work: u64,
}

/// Steps of a budget for each box that is computed, its measurements included. A board asks for about ten a box; styles made
/// for it ask twice as often on every level down.
const STEPS_PER_BOX: u64 = 600;

// The numbers are `compute`'s own, made from the scene's length: indexing holds.
impl Tree<'_> {
    /// Pays for one more box computed, and for the text that was laid out since the last; false once it is too much.
    pub fn step(&mut self) -> bool {
        let work = self.text.work();
        let of_text = work.wrapping_sub(self.work);
        self.work = work;
        (of_text == 0 || self.budget.spend(Stage::Text, of_text)) && self.budget.spend(Stage::Layout, STEPS_PER_BOX)
    }
}
