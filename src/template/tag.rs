//! The tags and attributes of the dialect: one table, from which compiling, 'did you mean', the manual and the XML schema are
//! made.

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
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the manual is made natively"))]
struct Entry {
    name: &'static str,
    tag: Tag,
    attributes: &'static [Attribute],
    content: Content,
    /// What it is, for the manual.
    about: &'static str,
    /// A template that shows it.
    example: &'static str,
}

/// An attribute.
#[cfg_attr(not(feature = "cli"), allow(dead_code, reason = "the manual is made natively"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it is for, for the manual.
    pub about: &'static str,
    /// How it is written.
    pub example: &'static str,
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

const fn attribute(name: &'static str, about: &'static str, example: &'static str) -> Attribute {
    Attribute { name, about: told(about), example: told(example) }
}

/// What the manual says, where there is one: a module in a game has none.
const fn told(text: &'static str) -> &'static str {
    if cfg!(feature = "advice") { text } else { "" }
}

const ENTRIES: [Entry; 8] = [
    Entry {
        name: "view",
        tag: Tag::View,
        attributes: &[],
        content: Content::Children,
        about: told("A box: it has a background and a border, and places its children by flexbox."),
        example: told(
            r#"<view style="flexDirection: row; gap: 8; padding: 8; backgroundColor: #ecebfd; borderRadius: 8">
  <view style="width: 24; height: 24; backgroundColor: #4f46e5"/>
  <view style="width: 24; height: 24; backgroundColor: #f5b301; borderRadius: 12"/>
</view>"#,
        ),
    },
    Entry {
        name: "text",
        tag: Tag::Text,
        attributes: &[
            attribute("value", "The text. It may stand between the tags instead.", r#"<text value="{{ friend.nickname }}"/>"#),
            attribute(
                "short",
                "What stands in for the value where that does not fit at the smallest size: a score in short.",
                r#"<text value="{{ friend.score | score }}" short="{{ friend.score | score(true) }}"/>"#,
            ),
        ],
        content: Content::Text,
        about: told(
            "A text in one style. Without a size it is as large as its words; it breaks into lines where its width ends.",
        ),
        example: told(
            r#"<text style="width: 150; fontSize: 16; color: #14182b" value="Ann, 李明 and Mehmet have passed you"/>"#,
        ),
    },
    Entry {
        name: "image",
        tag: Tag::Image,
        attributes: &[
            attribute(
                "src",
                "The picture: a path below the assets, an http or https address, or a data: address.",
                r#"<image src="{{ friend.avatarUrl }}"/>"#,
            ),
            attribute(
                "alt",
                "What it shows, in words: its first letter stands in for a picture that is not there.",
                r#"<image src="{{ friend.avatarUrl }}" alt="{{ friend.nickname }}"/>"#,
            ),
            attribute(
                "seed",
                "A text that decides the colour of what stands in: one friend has one colour on every board.",
                r#"<image src="{{ friend.avatarUrl }}" seed="{{ friend.openid }}"/>"#,
            ),
        ],
        content: Content::Children,
        about: told(
            "A picture: PNG, JPEG, WebP or GIF (its first frame). Where it is not there, a letter on a colour stands in. Its \
                children are placed in it and drawn on it.",
        ),
        example: told(
            r#"<view style="flexDirection: row; gap: 12">
  <image src="avatars/fox.png" style="width: 56; height: 56; borderRadius: 28"/>
  <image src="nobody.png" alt="Ann" seed="o1" style="width: 56; height: 56; borderRadius: 28"/>
</view>"#,
        ),
    },
    Entry {
        name: "scrollview",
        tag: Tag::ScrollView,
        attributes: &[
            attribute(
                "scrollX",
                "Whether it scrolls sideways: true or false; without it, it does not.",
                r#"<scrollview id="tabs" scrollX="true">…</scrollview>"#,
            ),
            attribute(
                "scrollY",
                "Whether it scrolls up and down: true or false; without it, where its content is higher than it.",
                r#"<scrollview id="list" scrollY="true">…</scrollview>"#,
            ),
            attribute(
                "rowHeight",
                "From the top of one row to that of the next, px. Rows of a list of more than 48 are made as they come in sight; \
                without it, their distance is measured.",
                r#"<scrollview id="list" rowHeight="72">…</scrollview>"#,
            ),
            attribute(
                "scroll-to",
                "The key, or the id, of what is brought in sight, once for each value.",
                r#"<scrollview id="list" scroll-to="{{ self.openid }}">…</scrollview>"#,
            ),
            attribute(
                "snap",
                "Whether it comes to rest where a row begins.",
                r#"<scrollview id="list" snap="true">…</scrollview>"#,
            ),
        ],
        content: Content::Children,
        about: told(
            "A box that clips its children and scrolls them under a finger. Its id keeps its offset between two renders.",
        ),
        example: told(
            r#"<scrollview id="list" scrollY="true" style="height: 60; width: 150; backgroundColor: #ecebfd; padding: 6; gap: 6">
  <view style="height: 24; backgroundColor: #4f46e5"/>
  <view style="height: 24; backgroundColor: #8b83ff"/>
  <view style="height: 24; backgroundColor: #4f46e5"/>
</scrollview>"#,
        ),
    },
    Entry {
        name: "bitmaptext",
        tag: Tag::BitmapText,
        attributes: &[
            attribute(
                "font",
                "The bitmap font: a .fnt file (AngelCode BMFont, text or XML) below the assets, with its pictures beside it.",
                r#"<bitmaptext font="digits.fnt" value="{{ friend.score }}"/>"#,
            ),
            attribute(
                "value",
                "The text. It may stand between the tags instead.",
                r#"<bitmaptext font="digits.fnt" value="{{ friend.rank }}"/>"#,
            ),
        ],
        content: Content::Text,
        about: told("A text of letters that are pictures. Where the font is not there, an ordinary text stands in."),
        example: told(r#"<bitmaptext font="digits.fnt" value="1204" style="fontSize: 32; color: #4f46e5"/>"#),
    },
    Entry {
        name: "button",
        tag: Tag::Button,
        attributes: &[
            attribute(
                "value",
                "The text. It may stand between the tags instead.",
                r#"<button value="{{ strings.invite }}" action="invite"/>"#,
            ),
            attribute(
                "short",
                "What stands in for the value where that does not fit at the smallest size: a score in short.",
                r#"<button value="{{ strings.emptyAction }}" short="+" action="invite"/>"#,
            ),
        ],
        content: Content::Text,
        about: told(
            "A text to be tapped. It grows while a finger is on it, and is 300×60 px, white on green, where its style says no more.",
        ),
        example: told(
            r#"<button value="Invite" action="invite" style="width: 120; height: 40; lineHeight: 40; fontSize: 18; backgroundColor: #4f46e5"/>"#,
        ),
    },
    Entry {
        name: "richtext",
        tag: Tag::RichText,
        attributes: &[attribute(
            "text",
            "The markup, with &lt; for <. It may stand between the tags as it is instead.",
            r#"<richtext text="&lt;strong&gt;{{ count }}&lt;/strong&gt; players"/>"#,
        )],
        content: Content::Markup,
        about: told("A text of parts in several styles: <p>, <strong>, <em>, <br/>, and <span style=\"…\">."),
        example: told(
            r#"<richtext style="width: 160; fontSize: 15"><p>You passed <strong>Ann</strong><br/>with <span style="color: #c8322b; font-size: 20">1,204</span> points</p></richtext>"#,
        ),
    },
    Entry {
        name: "canvas",
        tag: Tag::Canvas,
        attributes: &[
            attribute("width", "Width of the box, px.", r#"<canvas id="chart" width="120" height="40"/>"#),
            attribute("height", "Height of the box, px.", r#"<canvas id="chart" width="120" height="40"/>"#),
        ],
        content: Content::Nothing,
        about: told("An empty box that keeps a place, which a host draws into."),
        example: told(
            r#"<canvas id="chart" width="120" height="40" style="backgroundColor: #ecebfd; borderWidth: 1; borderColor: #4f46e5"/>"#,
        ),
    },
];

/// Attributes of the root alone.
pub(crate) const ROOT: [Attribute; 1] = [attribute(
    "dialect",
    "By whose rules the board is laid out: css, or layout for one that was written for the usual layout engine.",
    r#"<view dialect="layout"/>"#,
)];

/// Attributes of every tag; beside them `data-*`.
pub(crate) const COMMON: [Attribute; 9] = [
    attribute(
        "id",
        "A name that no other node has: a style of that name holds, and messages and events name it.",
        r#"<scrollview id="list"/>"#,
    ),
    attribute(
        "class",
        "Names of styles, with spaces between them; a later one wins, the id's over all of them.",
        r#"<view class="row {{ 'self' if friend.isSelf else '' }}"/>"#,
    ),
    attribute(
        "style",
        "The node's own style, as CSS writes it; it wins over classes and id.",
        r#"<view style="width: 40; background-color: {{ theme.accent }}"/>"#,
    ),
    attribute(
        "key",
        "Who an item of a loop is: its offset, its pressed state and its pictures stay with it between two renders.",
        r#"<view for="friend in friends" key="{{ friend.openid }}"/>"#,
    ),
    attribute(
        "for",
        "The node once for each item of a list; a second name is the place in it, from 0. `loop` tells how far it is.",
        r#"<view for="friend, place in friends"/>"#,
    ),
    attribute(
        "if",
        "The node is there where the expression holds.",
        r#"<text if="friend.hasScore" value="{{ friend.score }}"/>"#,
    ),
    attribute(
        "else-if",
        "The node is there where the one before it is not, and the expression holds.",
        r#"<text else-if="friend.isSelf" value="{{ strings.you }}"/>"#,
    ),
    attribute(
        "else",
        "The node is there where the one before it is not: its `if` does not hold, or its `for` has no items.",
        r#"<text else="" value="{{ strings.noScore }}"/>"#,
    ),
    attribute(
        "action",
        "What a tap does: the name of the event that the game hears. `invite`, `share`, `authorize`, `retry` and `wholeBoard` \
         the board does by itself, too.",
        r#"<button value="{{ strings.retry }}" action="retry"/>"#,
    ),
];

impl Tag {
    /// The tag of a name.
    pub fn named(name: &str) -> Option<Self> {
        ENTRIES.iter().find(|entry| entry.name == name).map(|entry| entry.tag)
    }

    /// The name that is closest, for 'did you mean'.
    pub fn closest(name: &str) -> Option<&'static str> {
        closest(name, ENTRIES.iter().map(|entry| entry.name))
    }

    /// Every tag.
    #[cfg(feature = "cli")]
    pub fn all() -> impl Iterator<Item = Self> {
        ENTRIES.iter().map(|entry| entry.tag)
    }

    fn entry(self) -> Option<&'static Entry> {
        ENTRIES.iter().find(|entry| entry.tag == self)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.entry().map_or("view", |entry| entry.name)
    }

    /// Its own attributes.
    pub fn attributes(self) -> &'static [Attribute] {
        self.entry().map_or(&[], |entry| entry.attributes)
    }

    /// The names of its own attributes, then of those that every tag has, then of those of the root.
    pub fn attribute_names(self) -> impl Iterator<Item = &'static str> {
        self.attributes().iter().chain(&COMMON).chain(&ROOT).map(|attribute| attribute.name)
    }

    /// What it may have in it.
    pub fn content(self) -> Content {
        self.entry().map_or(Content::Children, |entry| entry.content)
    }

    /// What it is, and a template that shows it.
    #[cfg(feature = "cli")]
    pub fn about(self) -> (&'static str, &'static str) {
        self.entry().map_or(("", ""), |entry| (entry.about, entry.example))
    }
}
