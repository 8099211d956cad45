//! JSON paths as messages show them: `data[3].nickname`.

use std::fmt::Write as _;

/// Most characters of a name that a path shows.
const SHOWN: usize = 64;

/// Adds a member's name to a path; what is no plain name stands in brackets: `style["font size"]`.
///
/// ```
/// let mut path = String::from("data[3]");
/// friendboard::json::path::push_member(&mut path, "nickname");
/// assert_eq!(path, "data[3].nickname");
/// ```
pub fn push_member(path: &mut String, name: &str) {
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '-'));
    let shown: String = name.chars().take(SHOWN).collect();
    if !is_plain {
        let _ = write!(path, "[{shown:?}]");
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&shown);
}

/// Adds an item's index to a path.
pub fn push_item(path: &mut String, index: usize) {
    let _ = write!(path, "[{index}]");
}

/// A path with one more member.
#[must_use]
pub fn member(path: &str, name: &str) -> String {
    let mut path = path.to_owned();
    push_member(&mut path, name);
    path
}

/// A path with one more item.
#[must_use]
pub fn item(path: &str, index: usize) -> String {
    let mut path = path.to_owned();
    push_item(&mut path, index);
    path
}
