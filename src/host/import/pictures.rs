//! The pictures that a board names: those of the package go along.

use std::collections::BTreeSet;
use std::path::Path;

use crate::host::headless::read_named;
use crate::json::Value;
use crate::limits::Limits;

/// A picture's path below the board, with its bytes.
pub type Picture = (String, Vec<u8>);

/// The pictures of some markup and a sheet that are in a package, and the names of those that are not there. What the data
/// names is none of the package's.
pub fn pictures(root: &Path, markup: &[&str], sheet: &Value, data: &Value, limits: &Limits) -> (Vec<Picture>, Vec<String>) {
    let mut names = BTreeSet::new();
    for text in markup {
        for quote in ['"', '\''] {
            for part in text.split(&format!(" src={quote}")).skip(1) {
                names.extend(part.split(quote).next().map(str::to_owned));
            }
        }
    }
    in_sheet(sheet, &mut names);
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let Ok(root) = root.canonicalize() else { return (found, names.into_iter().collect()) };
    for name in names {
        let name = name.trim();
        if name.is_empty() || name.contains("://") || name.starts_with("data:") || name.contains("{{") || says(data, name) {
            continue;
        }
        let path = name.trim_start_matches("./").trim_start_matches('/');
        // A link or `..` may lead out of the package.
        let file = root.join(path).canonicalize().ok().filter(|file| file.starts_with(&root) && file.is_file());
        let is_inside = !path.split(['/', '\\']).any(|part| part == "..");
        match file.filter(|_| is_inside).and_then(|file| read_named(&file, limits.image_bytes, "image_bytes").ok()) {
            Some(bytes) => found.push((path.to_owned(), bytes)),
            None => missing.push(name.to_owned()),
        }
    }
    (found, missing)
}

/// True where a value has a text in it.
fn says(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(said) => said.trim() == text,
        Value::List(items) => items.iter().any(|item| says(item, text)),
        Value::Map(map) => map.values().any(|inner| says(inner, text)),
        _ => false,
    }
}

/// Addresses in `url(…)`.
fn in_sheet(value: &Value, names: &mut BTreeSet<String>) {
    if let Some(map) = value.as_map() {
        for inner in map.values() {
            in_sheet(inner, names);
        }
    }
    for part in value.as_text().unwrap_or_default().split("url(").skip(1) {
        names.extend(part.split(')').next().map(|name| name.trim_matches(['"', '\'', ' ']).to_owned()));
    }
}
