//! What the values of a property look like: how they are read, and how a message describes them.

use std::sync::Arc;

use super::{Input, PropertyValue, Reader, gradient, shadow, transform, words};
use crate::color::Color;
use crate::error::closest;
use crate::geometry::{Corners, Edges};
use crate::style::{Length, LineHeight};

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
    /// One or two of lengths and `left center right top bottom`.
    Origin,
}

impl Grammar {
    /// Reads a value; `None` where it is none of this grammar.
    pub fn read(&self, input: &Input<'_>, reader: &mut Reader<'_>) -> Option<PropertyValue> {
        match *self {
            Self::Length { word, negative } => length(input, word, negative, reader).map(PropertyValue::Length),
            Self::Points { word, negative } => {
                let points = match length(input, word, negative, reader)? {
                    Length::Points(points) => points,
                    Length::Auto => 0.0,
                    Length::Percent(_) => return None,
                };
                Some(PropertyValue::Number(points))
            }
            Self::Number { least, most } => match *input {
                Input::Number(number) => Some(PropertyValue::Number(reader.within(number, least.into(), most.into()))),
                Input::Text(_) => None,
            },
            Self::Opacity => {
                let number = match *input {
                    Input::Number(number) => number,
                    Input::Text(text) => words::number(text.strip_suffix('%')?)? / 100.0,
                };
                Some(PropertyValue::Number(reader.within(number, 0.0, 1.0)))
            }
            Self::Ratio => ratio(input, reader).map(PropertyValue::OptionalNumber),
            Self::Integer { word, least } => match *input {
                Input::Text(text) if text == word => Some(PropertyValue::OptionalInteger(None)),
                Input::Number(number) if number.fract() == 0.0 => {
                    let number = reader.within(number, least.into(), 1_000_000.0);
                    Some(PropertyValue::OptionalInteger(Some(number as i32)))
                }
                _ => None,
            },
            Self::Color { current } => match *input {
                Input::Text(text) => color(text, current).map(PropertyValue::Color),
                Input::Number(_) => None,
            },
            Self::Keyword(known) => keyword(input, known).map(PropertyValue::Keyword),
            Self::KeywordOrAuto(known) => match *input {
                Input::Text("auto") => Some(PropertyValue::Keyword("auto")),
                _ => keyword(input, known).map(PropertyValue::Keyword),
            },
            Self::Edges { auto, negative } => {
                let word = auto.then_some("auto");
                let values = several(input, |input| length(&input, word, negative, reader))?;
                edges(&values).map(PropertyValue::Lengths)
            }
            Self::Widths => {
                let values = several(input, |input| width(&input, reader))?;
                edges(&values).map(PropertyValue::Numbers)
            }
            Self::EdgeColors => {
                let values = several(input, |input| match input {
                    Input::Text(text) => color(text, true),
                    Input::Number(_) => None,
                })?;
                edges(&values).map(PropertyValue::Colors)
            }
            Self::Corners => {
                let values = several(input, |input| length(&input, None, false, reader))?;
                let Edges { left, top, right, bottom } = edges(&values)?;
                let corners = Corners { top_left: top, top_right: right, bottom_right: bottom, bottom_left: left };
                Some(PropertyValue::Corners(corners))
            }
            Self::Slices => {
                let values = several(input, |input| width(&input, reader))?;
                let sides = match *values.as_slice() {
                    [all] => Edges::all(all),
                    [horizontal, vertical] => Edges { left: horizontal, top: vertical, right: horizontal, bottom: vertical },
                    [left, top, right, bottom] => Edges { left, top, right, bottom },
                    _ => return None,
                };
                Some(PropertyValue::Numbers(sides))
            }
            Self::Gap => {
                let values = several(input, |input| length(&input, Some("normal"), false, reader))?;
                let none = |length| if length == Length::Auto { Length::ZERO } else { length };
                match *values.as_slice() {
                    [both] => Some(PropertyValue::Pair(none(both), none(both))),
                    [row, column] => Some(PropertyValue::Pair(none(row), none(column))),
                    _ => None,
                }
            }
            Self::Flex => flex(input, reader),
            Self::Weight => weight(input, reader).map(PropertyValue::Weight),
            Self::FontSize => match *input {
                Input::Number(size) => {
                    // What is set one by one may stand the wrong way round.
                    let least = reader.limits.font_size_min.min(reader.limits.font_size_max);
                    let most = reader.limits.font_size_max;
                    Some(PropertyValue::Number(reader.within(size, least.into(), most.into())))
                }
                Input::Text(_) => None,
            },
            Self::Families => match *input {
                Input::Text(text) => {
                    let names = words::split(text, b',').into_iter().map(words::unquoted);
                    Some(PropertyValue::Families(names.filter(|name| !name.is_empty()).map(Arc::from).collect()))
                }
                Input::Number(_) => None,
            },
            Self::LineHeight => match *input {
                Input::Text("normal") => Some(PropertyValue::LineHeight(LineHeight::Normal)),
                _ => match length(input, None, false, reader)? {
                    Length::Percent(percent) => Some(PropertyValue::LineHeight(LineHeight::Percent(percent))),
                    Length::Points(points) => Some(PropertyValue::LineHeight(LineHeight::Points(points))),
                    Length::Auto => None,
                },
            },
            Self::Border => border(input, reader),
            Self::Shadows { boxes } => match *input {
                Input::Text(text) => shadow::read(text, boxes, reader).map(PropertyValue::Shadows),
                Input::Number(_) => None,
            },
            Self::Image => match *input {
                Input::Text(text) => gradient::image(text, reader).map(PropertyValue::Background),
                Input::Number(_) => None,
            },
            Self::Ground => match *input {
                Input::Text(text) => match Color::parse(text) {
                    Some(color) => Some(PropertyValue::Ground(color, None)),
                    None => Some(PropertyValue::Ground(Color::TRANSPARENT, gradient::image(text, reader)?)),
                },
                Input::Number(_) => None,
            },
            Self::Transform => match *input {
                Input::Text(text) => transform::read(text, reader).map(PropertyValue::Transform),
                Input::Number(_) => None,
            },
            Self::Origin => {
                let text = match *input {
                    Input::Number(number) => {
                        return Some(PropertyValue::Pair(Length::Points(reader.length(number)), Length::Percent(50.0)));
                    }
                    Input::Text(text) => text,
                };
                transform::origin(text, reader).map(|(x, y)| PropertyValue::Pair(x, y))
            }
        }
    }

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

fn length(input: &Input<'_>, word: Option<&str>, negative: bool, reader: &mut Reader<'_>) -> Option<Length> {
    let length = match *input {
        Input::Number(number) => Length::Points(reader.length(number)),
        Input::Text(text) if word == Some(text) => Length::Auto,
        Input::Text(text) => words::length(text, reader)?,
    };
    match length {
        Length::Points(value) | Length::Percent(value) if value < 0.0 && !negative => None,
        length => Some(length),
    }
}

/// A width of a border: px, or CSS's words for some.
fn width(input: &Input<'_>, reader: &mut Reader<'_>) -> Option<f32> {
    match *input {
        Input::Text("thin") => Some(1.0),
        Input::Text("medium") => Some(3.0),
        Input::Text("thick") => Some(5.0),
        _ => match length(input, None, false, reader)? {
            Length::Points(points) => Some(points),
            _ => None,
        },
    }
}

#[allow(clippy::option_option, reason = "no value, or the value `currentcolor`")]
fn color(text: &str, current: bool) -> Option<Option<Color>> {
    if current && text.eq_ignore_ascii_case("currentcolor") {
        return Some(None);
    }
    Color::parse(text).map(Some)
}

fn keyword(input: &Input<'_>, known: &'static [&'static str]) -> Option<&'static str> {
    match *input {
        Input::Text(text) => known.iter().find(|keyword| keyword.eq_ignore_ascii_case(text)).copied(),
        Input::Number(_) => None,
    }
}

/// Values with white space between them, at most four.
fn several<T>(input: &Input<'_>, mut read: impl FnMut(Input<'_>) -> Option<T>) -> Option<Vec<T>> {
    match *input {
        Input::Number(number) => Some(vec![read(Input::Number(number))?]),
        Input::Text(text) => {
            let parts = words::split_space(text);
            if parts.len() > 4 {
                return None;
            }
            let read = |part: &str| match words::plain_number(part) {
                Some(number) => read(Input::Number(number)),
                None => read(Input::Text(part)),
            };
            parts.into_iter().map(read).collect()
        }
    }
}

/// CSS's order: all; vertical and horizontal; top, horizontal, bottom; top, right, bottom, left.
fn edges<T: Copy>(values: &[T]) -> Option<Edges<T>> {
    match *values {
        [all] => Some(Edges::all(all)),
        [vertical, horizontal] => Some(Edges { left: horizontal, top: vertical, right: horizontal, bottom: vertical }),
        [top, horizontal, bottom] => Some(Edges { left: horizontal, top, right: horizontal, bottom }),
        [top, right, bottom, left] => Some(Edges { left, top, right, bottom }),
        _ => None,
    }
}

#[allow(clippy::option_option, reason = "no value, or the value `auto`")]
fn ratio(input: &Input<'_>, reader: &mut Reader<'_>) -> Option<Option<f32>> {
    let ratio = match *input {
        Input::Number(number) => number,
        Input::Text("auto") => return Some(None),
        Input::Text(text) => {
            let (width, height) = text.split_once('/')?;
            words::number(width.trim())? / words::number(height.trim())?
        }
    };
    (ratio.is_finite() && ratio > 0.0).then(|| Some(reader.within(ratio, 0.0001, 10_000.0)))
}

/// CSS's `flex`, but that `flex: 0` is `none`: the dialect's rule for a number is of those above 0.
fn flex(input: &Input<'_>, reader: &mut Reader<'_>) -> Option<PropertyValue> {
    let zero = Length::ZERO;
    let factor = |number: f64, reader: &mut Reader<'_>| (number >= 0.0).then(|| reader.within(number, 0.0, 1_000_000.0));
    let text = match *input {
        Input::Number(0.0) | Input::Text("none") => {
            return Some(PropertyValue::Flex { grow: 0.0, shrink: 0.0, basis: Length::Auto });
        }
        Input::Number(number) => {
            let grow = factor(number, reader)?;
            return Some(PropertyValue::Flex { grow, shrink: 1.0, basis: zero });
        }
        Input::Text("auto") => return Some(PropertyValue::Flex { grow: 1.0, shrink: 1.0, basis: Length::Auto }),
        Input::Text(text) => text,
    };
    let parts = words::split_space(text);
    let (grow, rest) = parts.split_first()?;
    let grow = factor(words::number(grow)?, reader)?;
    let (shrink, basis) = match *rest {
        [] => (1.0, zero),
        [basis] => match words::number(basis) {
            Some(shrink) => (factor(shrink, reader)?, zero),
            None => (1.0, length(&Input::Text(basis), Some("auto"), false, reader)?),
        },
        [shrink, basis] => (factor(words::number(shrink)?, reader)?, length(&Input::Text(basis), Some("auto"), false, reader)?),
        _ => return None,
    };
    Some(PropertyValue::Flex { grow, shrink, basis })
}

fn weight(input: &Input<'_>, reader: &mut Reader<'_>) -> Option<u16> {
    match *input {
        Input::Text("normal") => Some(400),
        Input::Text("bold") => Some(700),
        Input::Number(number) => Some(reader.within(number, 100.0, 900.0) as u16),
        Input::Text(_) => None,
    }
}

fn border(input: &Input<'_>, reader: &mut Reader<'_>) -> Option<PropertyValue> {
    let text = match *input {
        Input::Number(_) => return Some(PropertyValue::Border(width(input, reader)?, None)),
        Input::Text("none") => return Some(PropertyValue::Border(0.0, None)),
        Input::Text(text) => text,
    };
    // CSS: the width is 'medium' where only a style is given.
    let (mut found_width, mut found_color, mut solid) = (None, None, false);
    for part in words::split_space(text) {
        let input = words::plain_number(part).map_or(Input::Text(part), Input::Number);
        if part == "solid" && !solid {
            solid = true;
        } else if let (Some(width), None) = (width(&input, reader), found_width) {
            found_width = Some(width);
        } else if let (Some(color), None) = (color(part, true), found_color) {
            found_color = Some(color);
        } else {
            return None;
        }
    }
    Some(PropertyValue::Border(found_width.unwrap_or(3.0), found_color.flatten()))
}
