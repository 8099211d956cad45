//! Names that the platforms and games spell in several ways: `nickname`, `nickName` and `nick_name` are one.

/// Most characters of a name that count.
const COUNTED: usize = 64;

/// A name without case, `_` and `-`.
///
/// ```
/// assert_eq!(friendboard::json::folded("Nick_Name"), "nickname");
/// ```
#[must_use]
pub fn folded(name: &str) -> String {
    letters(name).collect()
}

/// True for two names that are one.
#[must_use]
pub fn is_same_name(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '_' | '-')).take(COUNTED).map(|c| c.to_ascii_lowercase())
}
