//! The resolved tree: every value known, nothing left to look up.

mod board_state;
mod cascade;
mod content;
mod data;
mod friend_rows;
mod keeper;
mod kept;
mod long_lists;
mod named;
mod node_id;
mod resolve;
mod surroundings;

use std::sync::Arc;

pub use board_state::{BoardState, Mark};
pub use data::{WIDE, globals};
use kept::KeptRows;
pub use long_lists::{LongList, OwnRow, RowWindow, RowWindows};
pub use named::{GLOBALS, Global};
pub use node_id::NodeId;
pub use resolve::{resolve, resolve_next};
pub use surroundings::Surroundings;

use crate::error::Place;
use crate::style::Style;

/// A board with every value known: what layout, display and a tap's event read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The nodes in document order (each after its parent); the first is the root. Empty: nothing to draw.
    pub nodes: Vec<Node>,
    /// Lists of which not all rows are among the nodes.
    pub lists: Vec<LongList>,
    /// What the next scene can take along.
    pub(crate) kept: KeptRows,
}

/// One node of a [`Scene`].
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The node that it stands in; `None` for the root.
    pub parent: Option<NodeId>,
    /// The nodes in it, in document order.
    pub children: Vec<NodeId>,
    /// How many nodes it stands in.
    pub depth: u16,
    /// What it is and shows.
    pub content: Content,
    /// What a text says where its value has no room at its smallest size; `None` is cut.
    pub short: Option<Arc<str>>,
    /// `id`; empty where it has none.
    pub id: Arc<str>,
    /// `class`, as written once bound.
    pub class: Arc<str>,
    /// Identity between two renders: `key`, with its parents' keys; `None` is by place in the tree.
    pub key: Option<Arc<str>>,
    /// Every property.
    pub style: Arc<Style>,
    /// Every property while it is pressed; `None` where nothing changes.
    pub active_style: Option<Arc<Style>>,
    /// `action`: the name that a tap emits.
    pub action: Option<Arc<str>>,
    /// `data-*`, names without the prefix, in the order written; given back with events.
    pub data: Arc<[(Arc<str>, Arc<str>)]>,
    /// The friend whose row it is or stands in: the position among the friends, from 1; `None` outside of a loop over friends.
    pub friend: Option<u32>,
    /// Where it was written.
    pub place: Place,
}

/// What a node is, with what it shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A box.
    View,
    /// A text.
    Text(Arc<str>),
    /// A picture by its `src`; `fallback` is drawn where there is none.
    Image {
        /// http(s), `data:` or a path below the asset root; empty is missing.
        src: Arc<str>,
        /// What stands in until (or unless) the picture is there.
        fallback: Option<Fallback>,
    },
    /// A box that clips and scrolls its children.
    ScrollView {
        /// Scrolls horizontally.
        x: bool,
        /// Scrolls vertically; `None` is: where the content is taller.
        y: Option<bool>,
        /// How it scrolls besides.
        scrolling: Scrolling,
    },
    /// A text in a bitmap font.
    BitmapText {
        /// The `.fnt`'s path.
        font: Arc<str>,
        /// The text.
        value: Arc<str>,
    },
    /// A text that is pressed.
    Button(Arc<str>),
    /// A text with spans of other styles.
    RichText(RichText),
    /// An empty box that a host fills.
    Canvas {
        /// Its own width, px.
        width: f32,
        /// Its own height, px.
        height: f32,
    },
}

/// How a scroll view scrolls, beside in which directions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scrolling {
    /// `rowHeight`: from the top of one row to that of the next, px, where the template says so.
    pub row_height: Option<f32>,
    /// `scroll-to`: the `key` or `id` of what is to be in sight.
    pub to: Option<Arc<str>>,
    /// `snap`: it comes to rest where a row begins.
    pub snaps: bool,
}

impl Content {
    /// The tag's name in a template.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Text(_) => "text",
            Self::Image { .. } => "image",
            Self::ScrollView { .. } => "scrollview",
            Self::BitmapText { .. } => "bitmaptext",
            Self::Button(_) => "button",
            Self::RichText(_) => "richtext",
            Self::Canvas { .. } => "canvas",
        }
    }
}

impl Content {
    /// Bytes of the texts that nothing else has.
    fn own_bytes(&self) -> u64 {
        let own = |text: &Arc<str>| if Arc::strong_count(text) == 1 { text.len() as u64 } else { 0 };
        match self {
            Self::View | Self::ScrollView { .. } | Self::Canvas { .. } => 0,
            Self::Text(text) | Self::Button(text) => own(text),
            Self::Image { src, fallback } => {
                own(src) + fallback.as_ref().map_or(0, |fallback| own(&fallback.letter) + own(&fallback.seed))
            }
            Self::BitmapText { font, value } => own(font) + own(value),
            Self::RichText(rich) => rich.paragraphs.iter().fold(0, |sum, paragraph| {
                sum + paragraph.text.len() as u64 + paragraph.spans.len() as u64 * (64 + size_of::<Style>() as u64)
            }),
        }
    }
}

impl Scene {
    /// The next scene takes nothing of it along.
    pub(crate) fn keep_nothing(&mut self) {
        self.kept = KeptRows::default();
    }

    /// Its texts in document order, as their nodes have them; a `richtext` has one for each paragraph.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let of = |node: &Node| match &node.content {
            Content::Text(text) | Content::Button(text) | Content::BitmapText { value: text, .. } => vec![text.to_string()],
            Content::RichText(rich) => rich.paragraphs.iter().map(|paragraph| paragraph.text.to_string()).collect(),
            _ => Vec::new(),
        };
        self.nodes.iter().flat_map(of).collect()
    }
}

/// What stands in for an avatar: the name's first grapheme cluster on a colour derived from the openid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The name's first grapheme cluster.
    pub letter: Arc<str>,
    /// The person's identity, from which the colour is derived.
    pub seed: Arc<str>,
}

/// The content of a `richtext`: paragraphs of styled spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichText {
    /// The paragraphs, each on lines of its own.
    pub paragraphs: Vec<RichParagraph>,
}

/// A paragraph of a `richtext`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichParagraph {
    /// Its text.
    pub text: Arc<str>,
    /// Styles over byte ranges of the text, in order and without gaps.
    pub spans: Vec<(std::ops::Range<usize>, Arc<Style>)>,
    /// Its own alignment.
    pub align: Option<crate::style::TextAlign>,
}
