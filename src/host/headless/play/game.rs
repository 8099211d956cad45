//! Reading what a script says of a game's own open data context.

use std::path::Path;

use super::entry::Entry;
use super::script::{STRICTNESS, ScriptPart, package_root};
use crate::error::Result;

/// A game's own script, where one is named.
pub(super) fn game_script(root: Entry<'_>, folder: &Path) -> Result<Option<ScriptPart>> {
    let beside = ["root", "seed", "strict"];
    let Some(script) = root.get("script") else {
        return match beside.iter().find_map(|name| root.get(name)) {
            Some(entry) => Err(entry.wrong("a script beside it", "none")),
            None => Ok(None),
        };
    };
    if root.get("board").or(root.get("template")).is_some() {
        return Err(script.wrong("a board, a template or a script", "two of them"));
    }
    let file = folder.join(script.text()?);
    if !file.is_file() {
        return Err(script.wrong("a file", &format!("none at {}", file.display())));
    }
    let package = match root.get("root") {
        Some(root) => folder.join(root.text()?),
        None => package_root(&file),
    };
    let names = |entry: Entry<'_>| {
        let known = |entry: Entry<'_>| {
            let name = entry.text()?;
            let wrong = || entry.wrong(&format!("one of {}", STRICTNESS.join(", ")), &format!("'{name:.40}'"));
            if STRICTNESS.contains(&name.as_str()) { Ok(name) } else { Err(wrong()) }
        };
        if entry.as_text().is_some() {
            return Ok(vec![known(entry)?]);
        }
        entry.items(100)?.into_iter().map(known).collect()
    };
    let part = ScriptPart::new(&file, package, |why| script.wrong("a file of the package", why))?;
    Ok(Some(ScriptPart {
        seed: root.read("seed", |entry| entry.whole(0..=u64::from(u32::MAX)))?.unwrap_or(1) as u32,
        strict: root.read("strict", names)?.unwrap_or_default(),
        ..part
    }))
}
