//! The tags and attributes of the dialect: one table, from which compiling, 'did you mean' and documentation are made.

use crate::error::closest;

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tag {
    View,
    Text,
    Image,
    ScrollView,
    BitmapText,
    Button,
    RichText,
    Canvas,
}

/// A tag's name, its own attributes and what it may have between its tags.
struct Entry {
    name: &'static str,
    tag: Tag,
    attributes: &'static [&'static str],
    content: Content,
}

/// What a tag may have in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Other elements.
    Children,
    /// A text, in place of its attribute.
    Text,
    /// Rich text's own tags.
    Markup,
    /// Nothing.
    Nothing,
}

const ENTRIES: [Entry; 8] = [
    Entry { name: "view", tag: Tag::View, attributes: &[], content: Content::Children },
    Entry { name: "text", tag: Tag::Text, attributes: &["value"], content: Content::Text },
    Entry { name: "image", tag: Tag::Image, attributes: &["src", "alt", "seed"], content: Content::Children },
    Entry { name: "scrollview", tag: Tag::ScrollView, attributes: &["scrollX", "scrollY"], content: Content::Children },
    Entry { name: "bitmaptext", tag: Tag::BitmapText, attributes: &["font", "value"], content: Content::Text },
    Entry { name: "button", tag: Tag::Button, attributes: &["value"], content: Content::Text },
    Entry { name: "richtext", tag: Tag::RichText, attributes: &["text"], content: Content::Markup },
    Entry { name: "canvas", tag: Tag::Canvas, attributes: &["width", "height"], content: Content::Nothing },
];

/// Attributes of every tag; beside them `data-*`.
pub(crate) const COMMON: [&str; 9] = ["id", "class", "style", "key", "for", "if", "else-if", "else", "action"];

impl Tag {
    /// The tag of a name.
    pub fn named(name: &str) -> Option<Self> {
        ENTRIES.iter().find(|entry| entry.name == name).map(|entry| entry.tag)
    }

    /// The name that is closest, for 'did you mean'.
    pub fn closest(name: &str) -> Option<&'static str> {
        closest(name, ENTRIES.iter().map(|entry| entry.name))
    }

    fn entry(self) -> Option<&'static Entry> {
        ENTRIES.iter().find(|entry| entry.tag == self)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.entry().map_or("view", |entry| entry.name)
    }

    /// Its own attributes.
    pub fn attributes(self) -> &'static [&'static str] {
        self.entry().map_or(&[], |entry| entry.attributes)
    }

    /// What it may have in it.
    pub fn content(self) -> Content {
        self.entry().map_or(Content::Children, |entry| entry.content)
    }
}
