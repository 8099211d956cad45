//! How paths are shown.

use std::path::Path;

/// A path as it is shown: with `/` on every system, without a leading `./`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let joined = parts.join("/").replacen("//", "/", 1);
    joined.strip_prefix("./").map_or_else(|| joined.clone(), str::to_owned)
}
