//! What layout has to know before it can place anything: the pictures that give their boxes a size, and the bitmap fonts.

use std::sync::Arc;

use crate::scene::{Content, Node, Scene};
use crate::sorted::BTreeSet;
use crate::style::{Display, Length, Overflow, Position};

/// What a scene's boxes depend on, each once and in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Paths of bitmap fonts.
    pub fonts: Vec<Arc<str>>,
    /// `src` of the pictures without which a box has no size: those of an `image` with an automatic side.
    pub pictures: Vec<Arc<str>>,
}

/// What is known of a node's box without its content.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Known {
    /// Its own sides.
    width: bool,
    height: bool,
    /// True where its children's percentages of these sides are known, too.
    is_basis: bool,
    /// False for what is not laid out: `display: none`, what is in it, and what is in a text.
    laid_out: bool,
}

/// What [`compute`](super::compute) reads of the pictures. A picture whose box has both of its sides from its style is
/// not among them, be it in points or in parts of a box that has.
///
/// ```
/// use friendboard::{layout, scene::Scene};
/// assert_eq!(layout::needs(&Scene::default()), layout::Needs::default());
/// ```
#[must_use]
pub fn needs(scene: &Scene) -> Needs {
    let mut needs = Needs::default();
    let (mut pictures, mut fonts) = (BTreeSet::new(), BTreeSet::new());
    let mut known: Vec<Known> = Vec::with_capacity(scene.nodes.len());
    for node in &scene.nodes {
        // The root takes the canvas's sides where it has none.
        let root = Known { width: true, height: true, is_basis: true, laid_out: true };
        let own = node.parent.and_then(|parent| known.get(parent).copied()).map_or(root, |parent| within(node, parent));
        let shown = own.laid_out && node.style.layout.display != Display::None;
        match &node.content {
            Content::Image { src, .. } if shown && !src.is_empty() && !(own.width && own.height) && pictures.insert(src) => {
                needs.pictures.push(Arc::clone(src));
            }
            Content::BitmapText { font, .. } if shown && fonts.insert(font) => needs.fonts.push(Arc::clone(font)),
            _ => {}
        }
        let lays_out =
            matches!(node.content, Content::View | Content::ScrollView { .. } | Content::Image { .. } | Content::Canvas { .. });
        known.push(Known { laid_out: shown && lays_out, ..own });
    }
    needs
}

fn within(node: &Node, parent: Known) -> Known {
    let is_known = |length: Length, of: bool| match length {
        Length::Points(points) => points >= 0.0,
        Length::Percent(part) => part >= 0.0 && of && parent.is_basis,
        Length::Auto => false,
    };
    let layout = &node.style.layout;
    let clips = layout.overflow == Overflow::Hidden || matches!(node.content, Content::ScrollView { .. });
    let has_size = matches!(node.content, Content::Image { .. } | Content::Canvas { .. });
    let has_least = layout.min_width != Length::Auto && layout.min_height != Length::Auto;
    // A basis that is no length, or a part of what the parent has not found out yet, is as much as the content.
    let has_basis = layout.flex_basis == Length::Auto || is_known(layout.flex_basis, false);
    Known {
        width: has_basis && is_known(layout.width, parent.width),
        height: has_basis && is_known(layout.height, parent.height),
        // A basis that is given stands in for a side; and what may shrink as far as its content goes asks the content.
        is_basis: layout.flex_basis == Length::Auto
            && (layout.flex_shrink <= 0.0 || clips || has_size || has_least || layout.position == Position::Absolute),
        laid_out: parent.laid_out,
    }
}

#[cfg(test)]
#[path = "needs_tests.rs"]
mod tests;
