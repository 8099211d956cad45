//! What the names of keys say of their values.

use crate::json;

/// How much a key's name says that its value is the score; lower is more.
pub(super) fn name_class(key: &str) -> u8 {
    let name = json::folded(key);
    match name.as_str() {
        "score" => 0,
        _ if name.contains("score") => 1,
        _ if name.contains("rank") => 2,
        _ => 3,
    }
}
