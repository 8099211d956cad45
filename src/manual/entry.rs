//! What the manual is made of: topics, and entries in them.

/// One page: a kind of thing that can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name: `properties`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What stands above its entries, Markdown in paragraphs.
    pub about: String,
    /// What it lists.
    pub entries: Vec<Entry>,
    /// True where an entry is a line of a table, false where it is a section of its own.
    pub is_table: bool,
}

/// One thing that can be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What kind of thing it is: `property`, `attribute of image`.
    pub kind: String,
    /// Other names of it.
    pub also: Vec<String>,
    /// What it is or does, Markdown of one paragraph.
    pub about: String,
    /// What else is to be said of it, each with a label.
    pub facts: Vec<(String, String)>,
    /// How it is written, a block of text each.
    pub examples: Vec<String>,
    /// What the examples look like, drawn; none: they have no picture.
    pub tiles: Vec<Tile>,
}

/// A part of an example's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What stands below it.
    pub caption: String,
    /// The template that it shows.
    pub template: String,
}

impl Entry {
    /// An entry of a name, a kind and what it is.
    pub(super) fn new(name: impl Into<String>, kind: impl Into<String>, about: impl Into<String>) -> Self {
        Self { name: name.into(), kind: kind.into(), about: about.into(), ..Self::default() }
    }

    /// The same with a fact; an empty one is left out.
    pub(super) fn fact(mut self, label: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.facts.push((label.to_owned(), text));
        }
        self
    }

    /// The same with an example; an empty one is left out.
    pub(super) fn example(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.examples.push(text);
        }
        self
    }

    /// The same under other names, too.
    pub(super) fn also<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.also.extend(names.into_iter().map(Into::into));
        self
    }

    /// The name of its picture's file, without the ending; names that differ in case only have files that do so in more.
    #[must_use]
    pub fn file(&self) -> String {
        self.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
    }
}
