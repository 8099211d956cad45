//! A property with its value, as a style sheet or a `style` attribute gives it.

use super::expression::{Bound, Scope};
use super::property::{Property, PropertyValue};
use super::source::Located;
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::Value;
use crate::reading::Reading;
use crate::sorted;
use crate::style::Style;

/// A property with its value.
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    property: &'static Property,
    value: Declared,
    /// Where the value was written.
    place: Place,
}

#[derive(Clone, Debug)]
enum Declared {
    /// Read when the document was compiled.
    Ready(PropertyValue),
    /// Read when it is bound.
    Bound(Bound),
}

impl std::fmt::Debug for Property {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// One declaration is another with the same property, value and place.
impl PartialEq for Declaration {
    fn eq(&self, other: &Self) -> bool {
        let same_value = match (&self.value, &other.value) {
            (Declared::Ready(a), Declared::Ready(b)) => a == b,
            (Declared::Bound(a), Declared::Bound(b)) => a == b,
            _ => false,
        };
        std::ptr::eq(self.property, other.property) && same_value && self.place == other.place
    }
}

impl Declaration {
    /// A value that is known: of a number, a keyword, a text without `{{ }}`. A bad one is said and left out.
    pub fn ready(property: &'static Property, value: &Value, place: Place, reading: &mut Reading<'_>) -> Option<Self> {
        let value = read(property, value, &place, reading)?;
        Some(Self { property, value: Declared::Ready(value), place })
    }

    /// A value that may have `{{ }}` in it.
    pub fn compile(property: &'static Property, text: &str, located: &Located<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let place = located.place(0);
        match Bound::compile(text, located, reading) {
            Bound::Text(text) => Self::ready(property, &Value::Text(text), place, reading),
            bound => Some(Self { property, value: Declared::Bound(bound), place }),
        }
    }

    /// True where it is the same whatever the data says.
    pub fn is_ready(&self) -> bool {
        matches!(self.value, Declared::Ready(_))
    }

    /// The value, where it is the same whatever the data says.
    pub fn ready_value(&self) -> Option<&PropertyValue> {
        match &self.value {
            Declared::Ready(value) => Some(value),
            Declared::Bound(_) => None,
        }
    }

    /// The expression or expressions of its value, where it has any.
    pub fn bound(&self) -> Option<&Bound> {
        match &self.value {
            Declared::Bound(bound) => Some(bound),
            Declared::Ready(_) => None,
        }
    }

    /// Where the value was written.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// How many properties it stands for.
    pub fn breadth(&self) -> u8 {
        self.property.breadth
    }

    /// The property.
    pub fn property(&self) -> &'static Property {
        self.property
    }

    /// Sets it in a style. A bound value that can't be read is said and changes nothing.
    pub fn apply(&self, style: &mut Style, scope: &Scope<'_>, reading: &mut Reading<'_>) {
        match &self.value {
            Declared::Ready(value) => self.property.apply(style, value),
            Declared::Bound(bound) => {
                let value = bound.value(scope, reading.diagnostics);
                if let Some(value) = read(self.property, &value, &self.place, reading) {
                    self.property.apply(style, &value);
                }
            }
        }
    }
}

fn read(property: &'static Property, value: &Value, place: &Place, reading: &mut Reading<'_>) -> Option<PropertyValue> {
    match property.read(value, reading.limits) {
        Ok(None) => None,
        Ok(Some(read)) => {
            if let Some((found, used)) = read.clamped {
                let message = format!("out of range for '{}': found {found}, used {used}", property.name);
                reading.push(Diagnostic::warning("out-of-range", message, place.clone()));
            }
            Some(read.value)
        }
        Err(misread) => {
            let mut diagnostic = Diagnostic::error("bad-value", misread.message, place.clone());
            let instead = value.as_text().and_then(|text| super::mistakes::value(property, text));
            diagnostic.hint = instead.or(misread.hint);
            reading.push(diagnostic);
            None
        }
    }
}

/// Says that there is no property of a name.
pub(crate) fn report_unknown(name: &str, place: Place, diagnostics: &mut Diagnostics) {
    // Looking for a close name costs more than all else; what is only counted needs none.
    let full = diagnostics.as_slice().len() >= Diagnostics::KEPT;
    let close = if full { None } else { Property::closest(name) };
    let shown = crate::grapheme::prefix_bytes(name, 80);
    let mut diagnostic = Diagnostic::warning("unknown-property", format!("unknown property '{shown}'"), place);
    let instead = super::mistakes::property(name).map(str::to_owned);
    diagnostic.hint = instead.or_else(|| close.map(|close| format!("did you mean '{close}'?")));
    diagnostics.push(diagnostic);
}

/// The declarations of a `style` attribute: `width: 100; color: #fff`, in the order written.
pub(crate) fn compile_inline(text: &str, located: &Located<'_>, reading: &mut Reading<'_>) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    for (start, end) in statements(text) {
        let statement = text.get(start..end).unwrap_or_default();
        let trimmed = statement.trim();
        if trimmed.is_empty() {
            continue;
        }
        let begin = start + (statement.len() - statement.trim_start().len());
        if trimmed.starts_with("{{") {
            let diagnostic =
                Diagnostic::error("bad-value", "expected 'property: value', found an expression", located.place(begin));
            reading.push(diagnostic.hint("bind the value: color: {{ 'red' if hot else 'blue' }}"));
            continue;
        }
        let Some((name, value)) = trimmed.split_once(':') else {
            let message = format!("expected 'property: value', found '{}'", crate::grapheme::prefix_bytes(trimmed, 80));
            reading.push(Diagnostic::error("bad-value", message, located.place(begin)));
            continue;
        };
        let Some(property) = Property::named(name.trim_end()) else {
            report_unknown(name.trim_end(), located.place(begin), reading.diagnostics);
            continue;
        };
        let value_begin = begin + name.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        if !value.is_empty() {
            declarations.extend(Declaration::compile(property, value, &located.part(value_begin), reading));
        }
    }
    declarations
}

/// The byte ranges between semicolons that are outside of quotes, brackets and `{{ }}`.
fn statements(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_u32, None);
    let mut skip_to = 0;
    for (index, byte) in text.bytes().enumerate() {
        if index < skip_to {
            continue;
        }
        match (quote, byte) {
            (_, b'{') if text.as_bytes().get(index + 1) == Some(&b'{') => {
                // An expression that is not closed is said when the value is compiled.
                skip_to = super::expression::closing(text, index + 2).map_or(text.len(), |close| close + 2);
            }
            (Some(open), byte) => quote = if byte == open { None } else { Some(open) },
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, b';') if depth == 0 => {
                ranges.push((start, index));
                start = index + 1;
            }
            (None, _) => {}
        }
    }
    ranges.push((start, text.len()));
    ranges
}

/// Declarations that stand for more properties first; those that stand for as many stay in order.
pub(crate) fn broad_first(declarations: &mut [Declaration]) {
    sorted::sort_by_key(declarations, |declaration| std::cmp::Reverse(declaration.breadth()));
}
