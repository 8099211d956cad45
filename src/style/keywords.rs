//! The properties whose values are CSS keywords.

/// Defines an enum of keywords, with the text of each; the first is the initial value.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every keyword, as it is spelled; the first is the initial value.
            pub const KEYWORDS: &'static [&'static str] = &[$($text),+];

            /// The value of a keyword.
            #[must_use]
            pub fn from_keyword(keyword: &str) -> Option<Self> {
                match keyword { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// The keyword of the value.
            #[must_use]
            pub fn keyword(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

pub(crate) use keywords;

keywords! {
    /// By whose rules a document is read: CSS's, or those of the field's usual layout engine, for what was written for it.
    #[derive(serde::Deserialize, Default)]
    #[serde(rename_all = "kebab-case")]
    Dialect {
        /// CSS.
        #[default]
        Css = "css",
        /// As `minigame-canvas-engine` draws: lines of a wrapping box are not stretched, and the padding of a text or a
        /// picture makes its box larger, but not the room for what it shows smaller.
        Layout = "layout",
    }
}
keywords! {
    /// Whether a box is drawn; it keeps its place in either case.
    Visibility {
        /// Drawn.
        Visible = "visible",
        /// Not drawn, and not under a finger; what is in it may be visible again.
        Hidden = "hidden",
    }
}
keywords! {
    /// Main axis of a box.
    FlexDirection {
        /// Top to bottom.
        Column = "column",
        /// Left to right.
        Row = "row",
        /// Bottom to top.
        ColumnReverse = "column-reverse",
        /// Right to left.
        RowReverse = "row-reverse",
    }
}
keywords! {
    /// Whether children go on in another line.
    FlexWrap {
        /// One line.
        NoWrap = "nowrap",
        /// As many lines as needed.
        Wrap = "wrap",
        /// As many, the first one last.
        WrapReverse = "wrap-reverse",
    }
}
keywords! {
    /// `justifyContent`: children along the main axis.
    Justify {
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First and last at the edges.
        SpaceBetween = "space-between",
        /// Half a space at the edges.
        SpaceAround = "space-around",
        /// The same space everywhere.
        SpaceEvenly = "space-evenly",
    }
}
keywords! {
    /// `alignItems` and `alignSelf`: a child across the main axis.
    Align {
        /// As large as the line.
        Stretch = "stretch",
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First baselines on one line.
        Baseline = "baseline",
    }
}
keywords! {
    /// `alignContent`: the lines of a box that wraps.
    AlignContent {
        /// Lines share what is left.
        Stretch = "stretch",
        /// At the start.
        FlexStart = "flex-start",
        /// In the middle.
        Center = "center",
        /// At the end.
        FlexEnd = "flex-end",
        /// First and last at the edges.
        SpaceBetween = "space-between",
        /// Half a space at the edges.
        SpaceAround = "space-around",
        /// The same space everywhere.
        SpaceEvenly = "space-evenly",
    }
}
keywords! {
    /// `position`.
    Position {
        /// In the flow, moved by `left`, `top`, `right`, `bottom`.
        Relative = "relative",
        /// Out of the flow, placed in the parent.
        Absolute = "absolute",
    }
}
keywords! {
    /// `display`.
    Display {
        /// A flex container.
        Flex = "flex",
        /// Not there.
        None = "none",
    }
}
keywords! {
    /// `overflow`.
    Overflow {
        /// Drawn beyond the box.
        Visible = "visible",
        /// Clipped to the rounded box.
        Hidden = "hidden",
    }
}
keywords! {
    /// `boxSizing`: what `width` and `height` measure.
    BoxSizing {
        /// With padding and border.
        BorderBox = "border-box",
        /// Without.
        ContentBox = "content-box",
    }
}
keywords! {
    /// `textAlign`.
    TextAlign {
        /// At the left.
        Left = "left",
        /// In the middle.
        Center = "center",
        /// At the right.
        Right = "right",
        /// Where the paragraph's direction starts.
        Start = "start",
        /// Where it ends.
        End = "end",
    }
}
keywords! {
    /// `verticalAlign`: the lines in a text's box.
    VerticalAlign {
        /// At the top.
        Top = "top",
        /// In the middle.
        Middle = "middle",
        /// At the bottom.
        Bottom = "bottom",
    }
}
keywords! {
    /// `whiteSpace`.
    WhiteSpace {
        /// Runs of white space are one space; lines wrap.
        Normal = "normal",
        /// Runs are one space; one line.
        NoWrap = "nowrap",
        /// Kept as written; one line for each in the source.
        Pre = "pre",
        /// Kept as written; lines wrap too.
        PreWrap = "pre-wrap",
        /// Runs are one space, line ends are kept; lines wrap too.
        PreLine = "pre-line",
    }
}
keywords! {
    /// `wordBreak`.
    WordBreak {
        /// By UAX #14.
        Normal = "normal",
        /// Between any two letters.
        BreakAll = "break-all",
        /// Not between Han, kana or Hangul.
        KeepAll = "keep-all",
    }
}
keywords! {
    /// `textOverflow`.
    TextOverflow {
        /// Cut at the box.
        Clip = "clip",
        /// Cut between grapheme clusters, with `…`.
        Ellipsis = "ellipsis",
    }
}
keywords! {
    /// `fontStyle`.
    FontStyle {
        /// Upright.
        Normal = "normal",
        /// Slanted.
        Italic = "italic",
    }
}
keywords! {
    /// `fontVariantNumeric`.
    FontVariantNumeric {
        /// As the face has them.
        Normal = "normal",
        /// All figures of one width.
        TabularNums = "tabular-nums",
    }
}
keywords! {
    /// `textDecoration`.
    TextDecoration {
        /// No line.
        None = "none",
        /// Below the baseline.
        Underline = "underline",
        /// Through the letters.
        LineThrough = "line-through",
    }
}
keywords! {
    /// `direction` of a paragraph.
    Direction {
        /// As its first strong character says (UAX #9, P2 and P3).
        Auto = "auto",
        /// Left to right.
        LeftToRight = "ltr",
        /// Right to left.
        RightToLeft = "rtl",
    }
}
keywords! {
    /// `objectFit` of an image.
    ObjectFit {
        /// Stretched to the box.
        Fill = "fill",
        /// As large as fits.
        Contain = "contain",
        /// As small as covers, cropped.
        Cover = "cover",
        /// Its own size.
        None = "none",
        /// The smaller of `none` and `contain`.
        ScaleDown = "scale-down",
    }
}
keywords! {
    /// `imageType` and `backgroundImageType`.
    ImageType {
        /// By `objectFit` (an image) or stretched (a background).
        Simple = "simple",
        /// Nine-slice: corners as they are, edges and middle stretched.
        Sliced = "sliced",
        /// Repeated from the top left.
        Tiled = "tiled",
    }
}
keywords! {
    /// `keepInView`: what stays in sight where the scroll view around it is scrolled.
    KeepInView {
        /// It scrolls along.
        None = "none",
        /// It stops at the upper and at the lower edge.
        Vertical = "vertical",
    }
}
