//! `transform` and `transformOrigin` (CSS Transforms 1, in two dimensions).

use std::sync::Arc;

use super::value_reader::ValueReader;
use super::words;
use crate::style::{Length, TransformStep};

/// Largest factor of a scale.
const FACTOR_MAX: f64 = 1_000.0;

pub(super) fn read(text: &str, reader: &mut ValueReader<'_>) -> Option<Arc<[TransformStep]>> {
    if text == "none" {
        return Some(Arc::from([]));
    }
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(')')? + 1;
        let (name, arguments) = words::function(rest.get(..end)?)?;
        steps.push(step(&name, arguments, reader)?);
        // Other engines' users put commas between the functions.
        rest = rest.get(end..)?.trim_start_matches([' ', '\t', '\n', ',']);
        reader.count(steps.len(), "transform_steps", reader.limits.transform_steps)?;
    }
    Some(Arc::from(steps))
}

fn step(name: &str, arguments: &str, reader: &mut ValueReader<'_>) -> Option<TransformStep> {
    let arguments = words::split(arguments, b',');
    let (first, second) = match *arguments.as_slice() {
        [first] => (first, None),
        [first, second] => (first, Some(second)),
        _ => return None,
    };
    let both = name == "scale" || name == "translate" || name == "skew";
    if second.is_some() && !both {
        return None;
    }
    let mut factor = |text: &str| {
        let number = match text.strip_suffix('%') {
            Some(percent) => words::number(percent)? / 100.0,
            None => words::number(text)?,
        };
        Some(reader.within(number, -FACTOR_MAX, FACTOR_MAX))
    };
    match name {
        "rotate" | "rotatez" => words::angle(first).map(TransformStep::Rotate),
        "scale" => {
            let x = factor(first)?;
            Some(TransformStep::Scale(x, second.map_or(Some(x), factor)?))
        }
        "scalex" => Some(TransformStep::Scale(factor(first)?, 1.0)),
        "scaley" => Some(TransformStep::Scale(1.0, factor(first)?)),
        "translate" => {
            let x = words::length(first, reader)?;
            Some(TransformStep::Translate(x, second.map_or(Some(Length::ZERO), |second| words::length(second, reader))?))
        }
        "translatex" => Some(TransformStep::Translate(words::length(first, reader)?, Length::ZERO)),
        "translatey" => Some(TransformStep::Translate(Length::ZERO, words::length(first, reader)?)),
        "skew" => Some(TransformStep::Skew(words::angle(first)?, second.map_or(Some(0.0), words::angle)?)),
        "skewx" => Some(TransformStep::Skew(words::angle(first)?, 0.0)),
        "skewy" => Some(TransformStep::Skew(0.0, words::angle(first)?)),
        _ => None,
    }
}

/// One or two of lengths and words: horizontal, then vertical; two words in either order.
pub(super) fn origin(text: &str, reader: &mut ValueReader<'_>) -> Option<(Length, Length)> {
    let parts = words::split_space(text);
    let (first, second) = match *parts.as_slice() {
        [first] => (first, "center"),
        // A depth is accepted where it is none.
        [first, second] | [first, second, "0" | "0px"] => (first, second),
        _ => return None,
    };
    let vertical_first = matches!(first, "top" | "bottom") || matches!(second, "left" | "right");
    let (x, y) = if vertical_first { (second, first) } else { (first, second) };
    let mut side = |text: &str, start: &str, end: &str| match text {
        "center" => Some(Length::Percent(50.0)),
        text if text == start => Some(Length::Percent(0.0)),
        text if text == end => Some(Length::Percent(100.0)),
        text => words::length(text, reader),
    };
    Some((side(x, "left", "right")?, side(y, "top", "bottom")?))
}
