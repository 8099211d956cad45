//! `textShadow` and `boxShadow` (CSS Backgrounds 3, §7.1; CSS Text Decoration 3, §4).

use std::sync::Arc;

use super::value_reader::ValueReader;
use super::words;
use crate::color::Color;
use crate::style::Shadow;

pub(super) fn read(text: &str, boxes: bool, reader: &mut ValueReader<'_>) -> Option<Arc<[Shadow]>> {
    if text == "none" {
        return Some(Arc::from([]));
    }
    let parts = words::split(text, b',');
    reader.count(parts.len(), "shadows", reader.limits.shadows)?;
    parts.into_iter().map(|part| one(part, boxes, reader)).collect()
}

fn one(text: &str, boxes: bool, reader: &mut ValueReader<'_>) -> Option<Shadow> {
    let (mut lengths, mut color, mut inset) = (Vec::new(), None, false);
    for part in words::split_space(text) {
        if let Some(number) = words::plain_number(part) {
            lengths.push(reader.length(number));
        } else if boxes && part == "inset" && !inset {
            inset = true;
        } else if color.is_none() {
            let current = part.eq_ignore_ascii_case("currentcolor");
            color = Some(if current { None } else { Some(Color::parse(part)?) });
        } else {
            return None;
        }
    }
    let (x, y, blur, spread) = match *lengths.as_slice() {
        [x, y] => (x, y, 0.0, 0.0),
        [x, y, blur] => (x, y, blur, 0.0),
        [x, y, blur, spread] if boxes => (x, y, blur, spread),
        _ => return None,
    };
    (blur >= 0.0).then_some(Shadow { x, y, blur, spread, inset, color: color.flatten() })
}
