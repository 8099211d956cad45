//! Every property, in the order of the dialect's page.

/// A setter of one field from one kind of value.
macro_rules! sets {
    ($kind:ident => $($field:ident).+) => {
        |style, value| {
            if let PropertyValue::$kind(value) = value {
                style.$($field).+ = value.clone();
            }
        }
    };
    ($keyword:ident as $enumeration:ident => $($field:ident).+) => {
        |style, value| {
            if let PropertyValue::$keyword(keyword) = value {
                // A keyword was read from this enumeration's own list.
                if let Some(value) = $enumeration::from_keyword(keyword) {
                    style.$($field).+ = value;
                }
            }
        }
    };
}

/// A setter of one side of a border: its width and colour.
macro_rules! sets_border {
    ($side:ident) => {
        |style, value| {
            if let PropertyValue::Border(width, color) = value {
                style.layout.border.$side = *width;
                style.paint.border_color.$side = *color;
            }
        }
    };
}

mod layout;
mod paint;
mod text;

use super::grammar::Grammar;
use super::{Group, Property, PropertyValue};
use crate::style::Style;

const SIZE: Grammar = Grammar::Length { word: Some("auto"), negative: false };
const LEAST: Grammar = Grammar::Length { word: Some("auto"), negative: false };
const MOST: Grammar = Grammar::Length { word: Some("none"), negative: false };
const PLACE: Grammar = Grammar::Length { word: Some("auto"), negative: true };
const PADDING: Grammar = Grammar::Length { word: None, negative: false };
const RADIUS: Grammar = Grammar::Length { word: None, negative: false };
const GAP: Grammar = Grammar::Length { word: Some("normal"), negative: false };
const WIDTH: Grammar = Grammar::Points { word: None, negative: false };
const FACTOR: Grammar = Grammar::Number { least: 0.0, most: 1_000_000.0 };

const fn property(
    name: &'static str,
    group: Group,
    grammar: Grammar,
    initial: &'static str,
    doc: &'static str,
    set: fn(&mut Style, &PropertyValue),
) -> Property {
    Property { name, aliases: &[], group, grammar, initial, breadth: 1, doc, set }
}

impl Property {
    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn breadth(self, breadth: u8) -> Self {
        Self { breadth, ..self }
    }
}

/// Every property.
pub(super) fn all() -> impl Iterator<Item = &'static Property> + Clone {
    layout::LAYOUT.iter().chain(text::TEXT).chain(paint::PAINT)
}
