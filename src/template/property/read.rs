//! How the values of each grammar are read.

use std::sync::Arc;

use super::grammar::Grammar;
use super::value::PropertyValue;
use super::value_reader::{Input, ValueReader};
use super::{gradient, shadow, transform, words};
use crate::color::Color;
use crate::geometry::{Corners, Edges};
use crate::style::{BackgroundSize, Length, LineHeight};

impl Grammar {
    /// Reads a value; `None` where it is none of this grammar.
    pub(super) fn read(&self, input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
        Some(match *self {
            Self::Length { word, negative } => PropertyValue::Length(length(input, word, negative, reader)?),
            Self::Points { word, negative } => PropertyValue::Number(points(input, word, negative, reader)?),
            Self::Number { least, most } => PropertyValue::Number(reader.within(input.number()?, least.into(), most.into())),
            Self::Opacity => PropertyValue::Number(opacity(input, reader)?),
            Self::Ratio => PropertyValue::OptionalNumber(ratio(input, reader)?),
            Self::Integer { word, .. } if input.text() == Some(word) => PropertyValue::OptionalInteger(None),
            Self::Integer { least, .. } => PropertyValue::OptionalInteger(Some(integer(input, least, reader)?)),
            Self::Color { current } => PropertyValue::Color(color(input.text()?, current)?),
            Self::KeywordOrAuto(_) if input.text() == Some("auto") => PropertyValue::Keyword("auto"),
            Self::Keyword(known) | Self::KeywordOrAuto(known) => PropertyValue::Keyword(keyword(input, known)?),
            Self::Edges { auto, negative } => {
                let word = auto.then_some("auto");
                PropertyValue::Lengths(edges(&several(input, |input| length(input, word, negative, reader))?)?)
            }
            Self::Widths => PropertyValue::Numbers(edges(&several(input, |input| width(input, reader))?)?),
            Self::EdgeColors => PropertyValue::Colors(edges(&several(input, |input| color(input.text()?, true))?)?),
            Self::Corners => PropertyValue::Corners(corners(input, reader)?),
            Self::Slices => PropertyValue::Numbers(slices(input, reader)?),
            Self::Gap => gap(input, reader)?,
            Self::Flex => flex(input, reader)?,
            Self::Weight => PropertyValue::Weight(weight(input, reader)?),
            Self::FontSize => PropertyValue::Number(font_size(input, reader)?),
            Self::Families => PropertyValue::Families(families(input.text()?)),
            Self::LineHeight => PropertyValue::LineHeight(line_height(input, reader)?),
            Self::Border => border(input, reader)?,
            Self::Shadows { boxes } => PropertyValue::Shadows(shadow::read(input.text()?, boxes, reader)?),
            Self::Image => PropertyValue::Background(gradient::image(input.text()?, reader)?),
            Self::Ground => ground(input.text()?, reader)?,
            Self::Transform => PropertyValue::Transform(transform::read(input.text()?, reader)?),
            Self::Filter => PropertyValue::Number(filter(input.text()?, reader)?),
            Self::Extent => PropertyValue::BackgroundSize(extent(input, reader)?),
            Self::Origin => origin(input, reader)?,
        })
    }
}

fn points(input: Input<'_>, word: Option<&str>, negative: bool, reader: &mut ValueReader<'_>) -> Option<f32> {
    match length(input, word, negative, reader)? {
        Length::Points(points) => Some(points),
        Length::Auto => Some(0.0),
        Length::Percent(_) => None,
    }
}

fn opacity(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<f32> {
    let number = match input {
        Input::Number(number) => number,
        Input::Text(text) => words::number(text.strip_suffix('%')?)? / 100.0,
    };
    Some(reader.within(number, 0.0, 1.0))
}

/// Several blurs are one, whose variance is the sum of theirs.
fn filter(text: &str, reader: &mut ValueReader<'_>) -> Option<f32> {
    if text == "none" {
        return Some(0.0);
    }
    let (mut rest, mut variance) = (text, 0.0);
    while !rest.is_empty() {
        let end = rest.find(')')? + 1;
        let (name, argument) = words::function(rest.get(..end)?)?;
        // Without an argument there is no blur (Filter Effects 1, §6.1).
        let deviation = match argument.trim() {
            "" => 0.0,
            argument => words::plain_number(argument).filter(|deviation| *deviation >= 0.0)?,
        };
        if name != "blur" {
            return None;
        }
        let deviation = reader.length(deviation);
        variance += deviation * deviation;
        rest = rest.get(end..)?.trim_start();
    }
    Some(variance.sqrt())
}

fn integer(input: Input<'_>, least: i32, reader: &mut ValueReader<'_>) -> Option<i32> {
    let number = input.number().filter(|number| number.fract() == 0.0)?;
    Some(reader.within(number, least.into(), 1_000_000.0) as i32)
}

fn corners(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<Corners<Length>> {
    let values = several(input, |input| length(input, None, false, reader))?;
    let Edges { left, top, right, bottom } = edges(&values)?;
    Some(Corners { top_left: top, top_right: right, bottom_right: bottom, bottom_left: left })
}

/// Of a nine-slice: left, top, right and bottom, not in CSS's order.
fn slices(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<Edges<f32>> {
    match *several(input, |input| width(input, reader))?.as_slice() {
        [all] => Some(Edges::all(all)),
        [horizontal, vertical] => Some(Edges { left: horizontal, top: vertical, right: horizontal, bottom: vertical }),
        [left, top, right, bottom] => Some(Edges { left, top, right, bottom }),
        _ => None,
    }
}

fn gap(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
    let values = several(input, |input| length(input, Some("normal"), false, reader))?;
    let none = |length| if length == Length::Auto { Length::ZERO } else { length };
    match *values.as_slice() {
        [both] => Some(PropertyValue::Pair(none(both), none(both))),
        [row, column] => Some(PropertyValue::Pair(none(row), none(column))),
        _ => None,
    }
}

fn font_size(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<f32> {
    // What is set one by one may stand the wrong way round.
    let least = reader.limits.font_size_min.min(reader.limits.font_size_max);
    let most = reader.limits.font_size_max;
    Some(reader.within(input.number()?, least.into(), most.into()))
}

fn families(text: &str) -> Arc<[Arc<str>]> {
    let names = words::split(text, b',').into_iter().map(words::unquoted);
    names.filter(|name| !name.is_empty()).map(Arc::from).collect()
}

fn line_height(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<LineHeight> {
    if let Some(text) = input.text() {
        if text == "normal" {
            return Some(LineHeight::Normal);
        }
        if let Some(times) = text.strip_suffix("em") {
            let times = words::number(times).filter(|times| *times >= 0.0)?;
            return Some(LineHeight::Percent(reader.within(times * 100.0, 0.0, 1_000_000.0)));
        }
    }
    match length(input, None, false, reader)? {
        Length::Percent(percent) => Some(LineHeight::Percent(percent)),
        Length::Points(points) => Some(LineHeight::Points(points)),
        Length::Auto => None,
    }
}

fn ground(text: &str, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
    Some(match Color::parse(text) {
        Some(color) => PropertyValue::Ground(color, None),
        None => PropertyValue::Ground(Color::TRANSPARENT, gradient::image(text, reader)?),
    })
}

fn origin(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
    let (x, y) = match input {
        Input::Number(number) => (Length::Points(reader.length(number)), Length::Percent(50.0)),
        Input::Text(text) => transform::origin(text, reader)?,
    };
    Some(PropertyValue::Pair(x, y))
}

fn extent(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<BackgroundSize> {
    match input.text() {
        Some("cover") => return Some(BackgroundSize::Cover),
        Some("contain") => return Some(BackgroundSize::Contain),
        _ => {}
    }
    match *several(input, |input| length(input, Some("auto"), false, reader))?.as_slice() {
        [width] => Some(BackgroundSize::Sides(width, Length::Auto)),
        [width, height] => Some(BackgroundSize::Sides(width, height)),
        _ => None,
    }
}

fn length(input: Input<'_>, word: Option<&str>, negative: bool, reader: &mut ValueReader<'_>) -> Option<Length> {
    let length = match input {
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
fn width(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<f32> {
    match input {
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

fn keyword(input: Input<'_>, known: &'static [&'static str]) -> Option<&'static str> {
    let text = input.text()?;
    known.iter().find(|keyword| keyword.eq_ignore_ascii_case(text)).copied()
}

/// Values with white space between them, at most four.
fn several<T>(input: Input<'_>, mut read: impl FnMut(Input<'_>) -> Option<T>) -> Option<Vec<T>> {
    match input {
        Input::Number(number) => Some(vec![read(Input::Number(number))?]),
        Input::Text(text) => {
            let parts = words::split_space(text);
            if parts.len() > 4 {
                return None;
            }
            parts.into_iter().map(|part| read(words::input(part))).collect()
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
fn ratio(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<Option<f32>> {
    let ratio = match input {
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
fn flex(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
    let zero = Length::ZERO;
    let factor = |number: f64, reader: &mut ValueReader<'_>| (number >= 0.0).then(|| reader.within(number, 0.0, 1_000_000.0));
    let text = match input {
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
            None => (1.0, length(Input::Text(basis), Some("auto"), false, reader)?),
        },
        [shrink, basis] => (factor(words::number(shrink)?, reader)?, length(Input::Text(basis), Some("auto"), false, reader)?),
        _ => return None,
    };
    Some(PropertyValue::Flex { grow, shrink, basis })
}

fn weight(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<u16> {
    match input {
        Input::Text("normal") => Some(400),
        Input::Text("bold") => Some(700),
        Input::Number(number) => Some(reader.within(number, 100.0, 900.0) as u16),
        Input::Text(_) => None,
    }
}

fn border(input: Input<'_>, reader: &mut ValueReader<'_>) -> Option<PropertyValue> {
    let text = match input {
        Input::Number(_) => return Some(PropertyValue::Border(width(input, reader)?, None)),
        Input::Text("none") => return Some(PropertyValue::Border(0.0, None)),
        Input::Text(text) => text,
    };
    // CSS: the width is 'medium' where only a style is given.
    let (mut found_width, mut found_color, mut solid) = (None, None, false);
    for part in words::split_space(text) {
        let input = words::input(part);
        if part == "solid" && !solid {
            solid = true;
        } else if let (Some(width), None) = (width(input, reader), found_width) {
            found_width = Some(width);
        } else if let (Some(color), None) = (color(part, true), found_color) {
            found_color = Some(color);
        } else {
            return None;
        }
    }
    Some(PropertyValue::Border(found_width.unwrap_or(3.0), found_color.flatten()))
}
