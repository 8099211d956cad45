//! What an example of a property is drawn on: the manual shows each property with values that a test draws.

/// A template around the node that has the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Up to the node's own style.
    before: &'static str,
    /// The node's own style, before that of the example.
    style: &'static str,
    /// What comes after the style.
    after: &'static str,
}

impl Example {
    /// One box.
    pub const BOX: Self =
        Self { before: r#"<view style=""#, style: "width: 56; height: 40; backgroundColor: #4f46e5", after: r#""/>"# };

    /// The last row of a list that is longer than it is seen.
    pub const SCROLLED: Self = Self {
        before: r#"<scrollview style="width: 90; height: 64; backgroundColor: #ecebfd; gap: 4"><view style="height: 24; backgroundColor: #a7b0be"/><view style="height: 24; backgroundColor: #a7b0be"/><view style="height: 24; backgroundColor: #a7b0be"/><view style=""#,
        style: "height: 24; backgroundColor: #4f46e5",
        after: r#""/></scrollview>"#,
    };

    /// A list that is longer than it is seen.
    pub const SCROLLER: Self = Self {
        before: r#"<scrollview style=""#,
        style: "width: 90; height: 64; gap: 4",
        after: r#""><view style="height: 24; backgroundColor: #a7b0be"/><view style="height: 24; backgroundColor: #a7b0be"/><view style="height: 24; backgroundColor: #a7b0be"/></scrollview>"#,
    };

    /// The second of three boxes in a row.
    pub const ITEM: Self = Self {
        before: r#"<view style="flexDirection: row; width: 110; height: 56; backgroundColor: #ecebfd"><view style="width: 24; height: 24; backgroundColor: #a7b0be"/><view style=""#,
        style: "width: 24; height: 24; backgroundColor: #4f46e5",
        after: r#""/><view style="width: 24; height: 24; backgroundColor: #a7b0be"/></view>"#,
    };

    /// A box with three others in it.
    pub const CHILDREN: Self = Self {
        before: r#"<view style=""#,
        style: "width: 110; height: 60; backgroundColor: #ecebfd",
        after: r#""><view style="minWidth: 20; minHeight: 8; backgroundColor: #4f46e5"/><view style="minWidth: 20; minHeight: 12; backgroundColor: #f5b301"/><view style="minWidth: 20; minHeight: 16; backgroundColor: #177245"/></view>"#,
    };

    /// A text.
    pub const TEXT: Self = Self {
        before: r#"<text value="Ann beats 李明 by 1,204" style=""#,
        style: "width: 110; fontSize: 14; color: #14182b; backgroundColor: #ecebfd",
        after: r#""/>"#,
    };

    /// A picture.
    pub const IMAGE: Self = Self {
        before: r#"<image src="avatars/fox.png" style=""#,
        style: "width: 100; height: 48; backgroundColor: #ecebfd",
        after: r#""/>"#,
    };

    /// A box with a small frame as its background picture.
    pub const PANEL: Self =
        Self { before: r#"<view style=""#, style: "width: 100; height: 56; backgroundImage: url(panel.png)", after: r#""/>"# };

    /// The same frame as a picture.
    pub const IMAGE_PANEL: Self =
        Self { before: r#"<image src="panel.png" style=""#, style: "width: 100; height: 56", after: r#""/>"# };

    /// The template with more of a style for the node.
    #[cfg(feature = "cli")]
    pub fn template(self, style: &str) -> String {
        let Self { before, style: own, after } = self;
        format!("{before}{own}; {style}{after}")
    }
}
