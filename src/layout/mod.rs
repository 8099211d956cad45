//! Flexbox over the scene, and how far a scroll view scrolls. All lengths are px at dpr 1, unrounded.
//!
//! [`compute`] gives every node of a [`Scene`] its [`LayoutBox`]; [`dump`] writes them down as the dialect says.
//! `tests/layout_browser.rs` holds it against a browser. Taffy's own flexbox agrees with Chromium on half of its trees
//! (0.15.1: `flex` of less than 1 beside a `gap`, sizes of a column's items in an automatic height, percentages of
//! indefinite heights, `aspectRatio`, baselines, overflow at the start edge …), so `flex` is ours, and so are the
//! absolute boxes, which were all that was left of it.

mod boxes;
mod dump;
mod fit;
mod flex;
mod kept;
mod leaf;
mod leaf_box;
mod letter;
mod measured;
mod needs;
mod scroll;
mod style;
#[cfg(test)]
mod tests;
mod tree;

use std::sync::Arc;

pub use boxes::{Layout, LayoutBox, RichLines};
pub use dump::{DumpedBox, dump};
pub use kept::Kept;
pub use needs::{Needs, needs};

use crate::budget::{Budget, Stage};
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{Edges, Rect, Size};
use crate::limits::Limits;
use crate::picture::Pictures;
use crate::scene::{Content, Node, Scene};
use crate::style::{Align, Display, Length, Overflow, VerticalAlign};
use crate::text::TextSystem;
use flex::{Basis, Sizes, Space};
use kept::{Earlier, Taken};
use leaf::Leaf;
use style::{bounded, positive, ratio};
use tree::{Item, Place, Tree};

/// Lays a scene out on a canvas of a size (px at dpr 1). A root without a width or height takes the canvas's.
///
/// Of the pictures it reads the sizes and the bitmap fonts that [`needs`] names; one that is not there is 0 × 0.
///
/// # Errors
///
/// [`ErrorKind::Limit`] where the scene has more nodes or is deeper than the limits allow, or takes more than a budget, as
/// where its styles ask for measurements without end; [`ErrorKind::Template`] where a node does not stand after its parent.
///
/// ```
/// # use std::sync::Arc;
/// # use friendboard::text::{Paragraph, TextLayout, TextSystem};
/// # struct NoText;
/// # impl TextSystem for NoText {
/// #     fn layout(&mut self, _: &Paragraph, _: Option<f32>) -> Arc<TextLayout> { Arc::default() }
/// # }
/// use friendboard::geometry::{Rect, Size};
/// use friendboard::{Limits, layout, picture::Pictures, scene::Scene};
/// let canvas = Size::new(800.0, 600.0);
/// let layout = layout::compute(&Scene::default(), canvas, &mut NoText, &Pictures::default(), &Limits::default())?;
/// assert!(layout.boxes.is_empty());
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn compute(scene: &Scene, canvas: Size, text: &mut dyn TextSystem, pictures: &Pictures, limits: &Limits) -> Result<Layout> {
    compute_within(scene, canvas, text, pictures, limits, &Budget::new(limits))
}

/// As [`compute`], as a part of what a budget is for.
///
/// # Errors
/// As [`compute`].
pub fn compute_within(
    scene: &Scene,
    canvas: Size,
    text: &mut dyn TextSystem,
    pictures: &Pictures,
    limits: &Limits,
    budget: &Budget,
) -> Result<Layout> {
    compute_next(scene, canvas, text, (pictures, limits), budget, (&Layout::default(), &mut Kept::default()))
}

/// As [`compute_within`], after a layout of a scene of which this one took rows along: what was measured of them is taken along
/// too. What comes out is the same.
///
/// # Errors
/// As [`compute`].
pub fn compute_next(
    scene: &Scene,
    canvas: Size,
    text: &mut dyn TextSystem,
    (pictures, limits): (&Pictures, &Limits),
    budget: &Budget,
    (before, kept): (&Layout, &mut Kept),
) -> Result<Layout> {
    let mut taken = Taken::new(std::mem::take(&mut kept.items));
    if scene.nodes.is_empty() {
        return Ok(Layout::default());
    }
    let items = items_of(scene, pictures, limits, &mut taken)?;
    budget.hold(Stage::Layout, items.len() as u64 * (size_of::<Item>() + size_of::<LayoutBox>()) as u64);
    let work = text.work();
    let mut tree = Tree { items, text, budget, work };
    place_root(&mut tree, canvas);
    budget.check()?;
    let boxes = boxes_of(scene, &mut tree, Earlier::new(taken.into_rows(), before))?;
    kept.items = tree.items;
    Ok(Layout { boxes })
}

/// The nodes as they are laid out; their numbers are the scene's.
fn items_of(scene: &Scene, pictures: &Pictures, limits: &Limits, taken: &mut Taken) -> Result<Vec<Item>> {
    if scene.nodes.len() > limits.template_nodes {
        let allowed = format!("{} nodes", limits.template_nodes);
        return Err(Error::limit("template_nodes", allowed, scene.nodes.len()));
    }
    let depth_max = limits.template_depth.min(Limits::HIGHEST.template_depth);
    let mut items: Vec<Item> = Vec::with_capacity(scene.nodes.len());
    let mut depths: Vec<usize> = Vec::with_capacity(scene.nodes.len());
    let mut rows = scene.kept.taken().peekable();
    let mut row = Vec::new().into_iter();
    for (index, node) in scene.nodes.iter().enumerate() {
        let parent = match (index, node.parent) {
            (0, None) => None,
            (_, Some(parent)) if parent < index => Some(parent),
            (_, parent) => {
                let found = parent.map_or_else(|| "no parent".to_owned(), |parent| format!("the parent {parent}"));
                let message = format!("expected node {index} to stand after its parent, found {found}");
                return Err(Error::new(ErrorKind::Template, message).at(node.place.clone()));
            }
        };
        let depth = parent.map_or(0, |parent| depths[parent] + 1);
        if depth > depth_max {
            let error = Error::limit("template_depth", format!("{depth_max} levels"), depth).at(node.place.clone());
            let highest = Limits::HIGHEST.template_depth;
            let hint = format!("boxes deeper than {highest} are never laid out; nest fewer");
            return Err(if depth_max == highest { error.hint(hint) } else { error });
        }
        depths.push(depth);
        let parent_align = parent.map(|parent| scene.nodes[parent].style.layout.align_items);
        if let Some(item) = row.next() {
            items.push(item);
            continue;
        }
        if let Some(parent) = parent {
            items[parent].children.push(index);
        }
        let begun = rows.next_if(|(nodes, _)| nodes.start == index).and_then(|begun| taken.row(scene, begun, pictures));
        row = begun.unwrap_or_default().into_iter();
        let mut item = row.next().unwrap_or_else(|| item_of(node, pictures));
        // What its parent says of it.
        let style = &node.style.layout;
        item.hidden = style.display == Display::None;
        let keeps_its_size = item.own_size && parent_align == Some(Align::Stretch);
        item.align = style.align_self.or(keeps_its_size.then_some(Align::FlexStart));
        items.push(item);
    }
    for index in 0..items.len() {
        settle_children(&mut items, index);
    }
    Ok(items)
}

/// A node as it is laid out, but for what stands around it.
fn item_of(node: &Node, pictures: &Pictures) -> Item {
    let leaf = Leaf::of(node, pictures);
    Item {
        children: Vec::new(),
        source: node.style.clone(),
        picture: matches!(leaf, Some(Leaf::Picture(_))),
        own_size: leaf.as_ref().is_some_and(Leaf::keeps_its_size),
        leaf,
        hidden: false,
        clips: node.style.layout.overflow == Overflow::Hidden || matches!(node.content, Content::ScrollView { .. }),
        align: None,
        moved: (0.0, 0.0),
        place: Place::default(),
        answers: Vec::new(),
        widths: Vec::new(),
        placed: None,
    }
}

/// Decides what a node with a size of its own does with children: a picture becomes a box of its size that lays them
/// out; what is a text shows its text, and not them.
fn settle_children(items: &mut [Item], index: usize) {
    let Item { children, leaf, source, .. } = &mut items[index];
    if children.is_empty() {
        return;
    }
    match leaf.take() {
        None => {}
        Some(Leaf::Picture(size)) => {
            let layout = &source.layout;
            match (size, layout.width, layout.height) {
                (Some(size), Length::Auto, Length::Auto) => {
                    let changed = &mut Arc::make_mut(source).layout;
                    (changed.width, changed.height) = (Length::Points(size.width), Length::Points(size.height));
                }
                // The other side keeps the proportions.
                (Some(size), Length::Auto, _) | (Some(size), _, Length::Auto) if layout.aspect_ratio.is_none() => {
                    Arc::make_mut(source).layout.aspect_ratio = ratio(Some(size.width / size.height));
                }
                _ => {}
            }
        }
        shown => {
            *leaf = shown;
            for child in std::mem::take(children) {
                items[child].hidden = true;
            }
        }
    }
}

/// Lays the root out: in its own size, or the canvas's where it has none.
fn place_root(tree: &mut Tree<'_>, canvas: Size) {
    let Some(root) = tree.items.first() else { return };
    if root.hidden {
        return;
    }
    let source = root.source.clone();
    let basis = Basis { width: Some(positive(canvas.width)), height: Some(positive(canvas.height)) };
    let sizes = Sizes::new(&source.layout, basis);
    let width = match (sizes.width(), sizes.height(), sizes.ratio()) {
        (None, Some(height), Some(ratio)) => sizes.widths().clamp(sizes.width_of(height, ratio)),
        (width, ..) => width.unwrap_or_else(|| sizes.widths().clamp(positive(canvas.width))),
    };
    let own = sizes.height().is_some() || sizes.ratio().is_some();
    let height = if own { None } else { Some(sizes.heights().clamp(positive(canvas.height))) };
    let measured = tree.layout(0, Space { width, height, definite: true, basis }, true);
    let moved = flex::moved(&source.layout, basis);
    let margin = |length: Length, of: f32| bounded(length.resolve(of).unwrap_or(0.0));
    tree.items[0].place = Place {
        x: margin(source.layout.margin.left, canvas.width) + moved.0,
        y: margin(source.layout.margin.top, canvas.width) + moved.1,
        width,
        height: measured.height,
        padding: sizes.frame.padding,
        border: sizes.frame.border,
        margin: Edges::default(),
    };
}

/// The places, as boxes.
fn boxes_of(scene: &Scene, tree: &mut Tree<'_>, mut earlier: Earlier<'_>) -> Result<Vec<LayoutBox>> {
    let Tree { items, text, budget, work } = tree;
    let mut boxes: Vec<LayoutBox> = Vec::with_capacity(items.len());
    for (id, (node, item)) in scene.nodes.iter().zip(&*items).enumerate() {
        let place = item.place;
        let rect = Rect::new(bounded(place.x), bounded(place.y), positive(place.width), positive(place.height));
        let above = node.parent.and_then(|parent| boxes.get(parent));
        let origin = above.map_or((0.0, 0.0), |above| (above.absolute.x, above.absolute.y));
        let shown = above.is_none_or(|above| above.shown) && !item.hidden;
        let mut laid = LayoutBox {
            rect,
            absolute: rect.translated(origin.0, origin.1),
            border: place.border.map(positive),
            padding: if node.style.layout.pads_content { place.padding.map(positive) } else { Edges::default() },
            shown,
            ..LayoutBox::default()
        };
        if let Some(was) = earlier.of(id)
            && (was.rect, was.border, was.padding, was.shown) == (laid.rect, laid.border, laid.padding, shown)
        {
            boxes.push(LayoutBox { absolute: laid.absolute, ..was.clone() });
            continue;
        }
        if let (Some(leaf), true) = (&item.leaf, shown) {
            let content = laid.content();
            let align = match node.content {
                Content::RichText(_) | Content::Text(_) | Content::Button(_) | Content::BitmapText { .. } => {
                    node.style.text.vertical_align
                }
                _ => VerticalAlign::Top,
            };
            let shown = leaf.show(&mut **text, Size::new(content.width, content.height), align);
            let done = text.work();
            budget.spend(Stage::Text, done.wrapping_sub(*work));
            *work = done;
            budget.hold_more(Stage::Text, shown.own_bytes());
            budget.check()?;
            laid.text = shown.text;
            laid.rich = shown.rich;
            laid.bitmap = shown.bitmap;
            laid.text_offset = shown.offset;
        }
        if shown {
            laid.letter = letter::letter(node, &laid.content(), &mut **text);
        }
        boxes.push(laid);
    }
    scroll::measure(scene, items, &mut boxes);
    Ok(boxes)
}
