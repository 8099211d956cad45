//! What the values of a property look like, and how a message describes them. `read` reads them.

use crate::color::Color;
use crate::error::closest;

/// What the values of a property look like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Grammar {
    /// A number of px or a percentage, and perhaps `auto` (or `none`: the word is given) and what is negative.
    Length { word: Option<&'static str>, negative: bool },
    /// A number of px, and perhaps a word for 0.
    Points { word: Option<&'static str>, negative: bool },
    /// A number in a range.
    Number { least: f32, most: f32 },
    /// 0 to 1, or 0% to 100%.
    Opacity,
    /// A ratio: `1.5` or `16 / 9`, or `auto`.
    Ratio,
    /// A whole number, or the word for none.
    Integer { word: &'static str, least: i32 },
    /// A colour; `currentcolor` where the property allows it.
    Color { current: bool },
    /// One of some words.
    Keyword(&'static [&'static str]),
    /// As [`Grammar::Keyword`], and `auto` for what the parent says.
    KeywordOrAuto(&'static [&'static str]),
    /// One to four lengths: top, right, bottom, left.
    Edges { auto: bool, negative: bool },
    /// One to four widths: top, right, bottom, left.
    Widths,
    /// One to four colours: top, right, bottom, left.
    EdgeColors,
    /// One to four lengths: top left, top right, bottom right, bottom left.
    Corners,
    /// Left, top, right and bottom of a nine-slice, in px of the picture.
    Slices,
    /// One or two lengths: row and column.
    Gap,
    /// `flex`.
    Flex,
    /// 100 to 900, `normal` or `bold`.
    Weight,
    /// Within the limits.
    FontSize,
    /// A list of names.
    Families,
    /// px, a percentage of the font size, or `normal`.
    LineHeight,
    /// `1px solid red`.
    Border,
    /// A list of shadows; of boxes they have a spread and may be inset.
    Shadows { boxes: bool },
    /// `url(…)`, a gradient or `none`.
    Image,
    /// A colour, `url(…)`, a gradient or `none`.
    Ground,
    /// `rotate(…) scale(…) …` or `none`.
    Transform,
    /// `blur(…)` or `none`.
    Filter,
    /// `cover`, `contain`, or one or two lengths or `auto`.
    Extent,
    /// One or two of lengths and `left center right top bottom`.
    Origin,
}

impl Grammar {
    /// What is expected, for a message.
    pub fn describe(&self) -> String {
        let one_of = |known: &[&str]| format!("one of {}", known.join(", "));
        let signed = |negative: bool, text: &str| if negative { text.to_owned() } else { format!("{text}, not negative") };
        match *self {
            Self::Length { word, negative } => {
                let numbers = signed(negative, "a number of px or a percentage");
                word.map_or_else(|| numbers.clone(), |word| format!("{numbers}, or '{word}'"))
            }
            Self::Points { word, negative } => {
                let numbers = signed(negative, "a number of px");
                word.map_or_else(|| numbers.clone(), |word| format!("{numbers}, or '{word}'"))
            }
            Self::Number { least, most } if most >= 1_000_000.0 => format!("a number from {least}"),
            Self::Number { least, most } => format!("a number from {least} to {most}"),
            Self::Opacity => "a number from 0 to 1 or a percentage".to_owned(),
            Self::Ratio => "a number such as 1.5, '16 / 9' or 'auto'".to_owned(),
            Self::Integer { word, .. } => format!("a whole number or '{word}'"),
            Self::Color { .. } => "a colour such as #f80, rgb(255 136 0 / 50%) or 'orange'".to_owned(),
            Self::Keyword(known) => one_of(known),
            Self::KeywordOrAuto(known) => format!("{} or auto", one_of(known)),
            Self::Edges { auto, negative } => {
                let numbers = signed(negative, "one to four numbers of px or percentages (top right bottom left)");
                if auto { format!("{numbers}, or 'auto'") } else { numbers }
            }
            Self::Widths => "one to four numbers of px (top right bottom left), not negative".to_owned(),
            Self::EdgeColors => "one to four colours (top right bottom left)".to_owned(),
            Self::Corners => {
                "one to four numbers of px or percentages (top left, top right, bottom right, bottom left)".to_owned()
            }
            Self::Slices => "four numbers of the picture's px: 'left top right bottom'".to_owned(),
            Self::Gap => "one or two numbers of px or percentages".to_owned(),
            Self::Flex => "a number, 'none', 'auto', or 'grow shrink basis'".to_owned(),
            Self::Weight => "100 to 900, 'normal' or 'bold'".to_owned(),
            Self::FontSize => "a number of px".to_owned(),
            Self::Families => "font names, with commas between them".to_owned(),
            Self::LineHeight => "a number of px, a percentage of the font size, or 'normal'".to_owned(),
            Self::Border => "a width, 'solid' and a colour, such as '1px solid #ddd', or 'none'".to_owned(),
            Self::Shadows { boxes: true } => "shadows such as '0 2px 8px rgb(0 0 0 / 20%)', or 'none'".to_owned(),
            Self::Shadows { boxes: false } => "shadows such as '1px 1px 2px black', or 'none'".to_owned(),
            Self::Image => "url(…), linear-gradient(…), radial-gradient(…) or 'none'".to_owned(),
            Self::Ground => "a colour, url(…), linear-gradient(…), radial-gradient(…) or 'none'".to_owned(),
            Self::Transform => "rotate(…), scale(…), translate(…), skew(…), or 'none'".to_owned(),
            Self::Filter => "'blur(…)' with a number of px, or 'none'; opacity fades, boxShadow casts shadows".to_owned(),
            Self::Extent => "'cover', 'contain', or a width and a height in px, percent or 'auto'".to_owned(),
            Self::Origin => "one or two of left, center, right, top, bottom, a number of px or a percentage".to_owned(),
        }
    }

    /// The keyword or colour that was perhaps meant.
    pub fn closest(&self, text: &str) -> Option<&'static str> {
        match *self {
            Self::Keyword(known) | Self::KeywordOrAuto(known) => closest(text, known.iter().copied()),
            Self::Color { .. } => closest(text, Color::names().chain(["transparent"])),
            Self::Weight => closest(text, ["normal", "bold"]),
            _ => None,
        }
    }
}
