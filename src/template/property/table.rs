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

mod entry;
mod layout;
mod paint;
mod text;

use super::Property;

/// Every property.
pub(super) fn all() -> impl Iterator<Item = &'static Property> + Clone {
    layout::LAYOUT.iter().chain(text::TEXT).chain(paint::PAINT)
}
