//! The compiled template: a tree in which every expression is compiled and every property is read.

use std::sync::Arc;

use super::declaration::Declaration;
use super::expression::{Bound, Expression};
use super::rich::Markup;
use super::tag::Tag;
use crate::error::Place;
use crate::style::Dialect;

/// A compiled template, to be resolved with data any number of times.
///
/// ```
/// use friendboard::{Diagnostics, Limits, Reading, template::Template};
/// let mut diagnostics = Diagnostics::new();
/// let xml = "<view>\n  <txt value=\"Hello\"/>\n</view>";
/// Template::compile("board.xml", xml, &mut Reading::new(&Limits::default(), &mut diagnostics)).unwrap();
/// assert_eq!(diagnostics.as_slice()[0].to_string(), "board.xml:2:4: unknown tag 'txt', drawn as a view (did you mean 'text'?)");
/// ```
#[derive(Clone, Debug)]
pub struct Template {
    pub(crate) root: TemplateNode,
    /// What the root's attribute `dialect` says; CSS where there is none.
    pub(crate) dialect: Dialect,
}

impl Template {
    /// By whose rules it asks to be read: the root's attribute `dialect`.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The element that was written at a place.
    pub(crate) fn element_at(&self, place: &Place) -> Option<&TemplateNode> {
        let mut waiting = vec![&self.root];
        while let Some(node) = waiting.pop() {
            if node.place == *place {
                return Some(node);
            }
            waiting.extend(&node.children);
        }
        None
    }
}

/// An element of a template.
#[derive(Clone, Debug)]
pub(crate) struct TemplateNode {
    /// Its number in the template, in document order.
    pub index: usize,
    pub tag: Tag,
    pub place: Place,
    /// `for`.
    pub repeat: Option<Repeat>,
    /// `if`, `else-if`, `else`.
    pub branch: Branch,
    pub key: Option<Bound>,
    pub id: Bound,
    pub class: Bound,
    /// `style`.
    pub inline: Vec<Declaration>,
    pub action: Option<Bound>,
    /// `data-*`, names without the prefix.
    pub data: Vec<(Arc<str>, Bound)>,
    pub content: TemplateContent,
    /// `short`: what a text says where its value has no room.
    pub short: Option<Bound>,
    pub children: Vec<TemplateNode>,
}

/// `for="name in list"` or `for="key, value in map | items"`.
#[derive(Clone, Debug)]
pub(crate) struct Repeat {
    /// One or two names.
    pub names: Vec<Arc<str>>,
    pub of: Expression,
}

/// When a node is there.
#[derive(Clone, Debug, Default)]
pub(crate) enum Branch {
    /// Always.
    #[default]
    Always,
    /// Where the condition holds.
    If(Expression),
    /// Where none of the chain before was there and the condition holds.
    ElseIf(Expression),
    /// Where none of the chain before was there.
    Else,
}

/// What a node shows, before it is bound.
#[derive(Clone, Debug)]
pub(crate) enum TemplateContent {
    View,
    Text(Bound),
    Image { src: Bound, alt: Option<Bound>, seed: Option<Bound> },
    ScrollView { x: Option<Bound>, y: Option<Bound>, row_height: Option<Bound>, scroll_to: Option<Bound>, snap: Option<Bound> },
    BitmapText { font: Bound, value: Bound },
    Button(Bound),
    RichText(Markup),
    Canvas { width: Option<Bound>, height: Option<Bound> },
}
