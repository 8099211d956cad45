//! How paths are shown.

use std::path::{Component, Path, PathBuf};

/// A path as it is shown: with `/` on every system, without a leading `./`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let joined = parts.join("/").replacen("//", "/", 1);
    joined.strip_prefix("./").map_or_else(|| joined.clone(), str::to_owned)
}

/// A path that is named from a folder, without the folders that `..` leaves again.
#[must_use]
pub fn beside(folder: &Path, path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in folder.join(path).components() {
        match (part, found.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => drop(found.pop()),
            (Component::CurDir, _) => {}
            _ => found.push(part),
        }
    }
    found
}

/// Names that Windows keeps for devices, whatever ending they have.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What keeps a name from being a folder's or file's on every system; `None` where nothing does.
#[must_use]
pub fn unportable(name: &str) -> Option<String> {
    let wrong = |c: &char| c.is_control() || "<>:\"|?*\\/".contains(*c);
    if let Some(found) = name.chars().find(wrong) {
        return Some(format!("{found:?} in it"));
    }
    if name.ends_with(['.', ' ']) {
        return Some("a dot or a space at its end".to_owned());
    }
    if name.len() > 200 {
        return Some(format!("{} bytes", name.len()));
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |kind: &str| {
        stem.strip_prefix(kind).is_some_and(|rest| rest.chars().count() == 1 && rest.contains(|c| "0123456789¹²³".contains(c)))
    };
    let is_device = RESERVED.contains(&stem.as_str()) || is_port("com") || is_port("lpt");
    is_device.then(|| "a name that Windows keeps for a device".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_from_a_folder_is_named_shortly() {
        for (folder, path, expected) in [
            ("golden/a", "../b", "golden/b"),
            ("golden/a", "../../b/./c", "b/c"),
            ("a", "../../b", "../b"),
            ("..", "../b", "../../b"),
            ("/a", "../b", "/b"),
            ("a", "/b", "/b"),
        ] {
            assert_eq!(beside(Path::new(folder), Path::new(path)), Path::new(expected), "{folder} {path}");
        }
    }

    #[test]
    fn names_that_are_none_on_every_system_are_told() {
        for fine in ["podium", "a.b", "first open", "console", "com10", "com", "排行榜", ".hidden"] {
            assert_eq!(unportable(fine), None, "{fine}");
        }
        for wrong in ["con", "Aux.txt", "nul .a", "COM1", "lpt³.x", "a:b", "a\\b", "a?", "a\tb", "a.", "a "] {
            assert!(unportable(wrong).is_some(), "{wrong}");
        }
    }
}
