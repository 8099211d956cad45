//! How an entry of the table is written: the grammars that several properties share, and the constructor.

use crate::style::Style;
use crate::template::property::{Example, Grammar, Group, Property, PropertyValue};

pub(super) const SIZE: Grammar = Grammar::Length { word: Some("auto"), negative: false };
pub(super) const LEAST: Grammar = Grammar::Length { word: Some("auto"), negative: false };
pub(super) const MOST: Grammar = Grammar::Length { word: Some("none"), negative: false };
pub(super) const PLACE: Grammar = Grammar::Length { word: Some("auto"), negative: true };
pub(super) const PADDING: Grammar = Grammar::Length { word: None, negative: false };
pub(super) const RADIUS: Grammar = Grammar::Length { word: None, negative: false };
pub(super) const GAP: Grammar = Grammar::Length { word: Some("normal"), negative: false };
pub(super) const WIDTH: Grammar = Grammar::Points { word: None, negative: false };
pub(super) const FACTOR: Grammar = Grammar::Number { least: 0.0, most: 1_000_000.0 };

pub(super) const fn property(
    name: &'static str,
    group: Group,
    grammar: Grammar,
    initial: &'static str,
    doc: &'static str,
    set: fn(&mut Style, &PropertyValue),
) -> Property {
    // Editors read it, and a game has none.
    let doc = if cfg!(feature = "advice") { doc } else { "" };
    Property { name, aliases: &[], group, grammar, initial, breadth: 1, doc, shown: (Example::BOX, "", &[]), set }
}

impl Property {
    pub(super) const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// Its examples: what they are drawn on, more of the style there, and the values.
    pub(super) const fn shown(self, on: Example, style: &'static str, values: &'static [&'static str]) -> Self {
        if cfg!(feature = "advice") { Self { shown: (on, style, values), ..self } } else { self }
    }

    pub(super) const fn breadth(self, breadth: u8) -> Self {
        Self { breadth, ..self }
    }
}
