//! Fonts as CSS writes them, as a context takes them.

use friendboard::style::FontStyle;
use friendboard::text::FontDescription;

/// What stands before the size of a font.
pub fn before_size(font: &FontDescription) -> String {
    format!("{}{} ", if font.style == FontStyle::Italic { "italic " } else { "" }, font.weight)
}

/// What stands after it: the families, and what any host has.
pub fn after_size(font: &FontDescription) -> String {
    let mut css = String::new();
    for family in font.family.iter() {
        let is_generic = matches!(&**family, "serif" | "sans-serif" | "monospace" | "cursive" | "fantasy" | "system-ui");
        if is_generic {
            css.push_str(family);
        } else {
            css.push('"');
            css.extend(family.chars().filter(|character| !matches!(character, '"' | '\\') && !character.is_control()));
            css.push('"');
        }
        css.push_str(", ");
    }
    css + "sans-serif"
}
