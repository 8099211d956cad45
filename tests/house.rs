//! The rooms of the house: imports point down only.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::collections::BTreeMap;
use std::path::Path;

/// Each room with what it may use, the ground first; a room may use all of itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("color", &[]),
    ("limits", &[]),
    ("error", &[]),
    ("number", &[]),
    ("grapheme", &[]),
    ("name", &[]),
    ("random", &[]),
    ("style", &[]),
    ("lines", &[]),
    ("json", &[]),
    ("platform", &["json"]),
    ("friends", &["json"]),
    ("template", &["json"]),
    ("scene", &["json", "friends", "template"]),
    ("text", &[]),
    // It keeps bitmap fonts beside the pictures that their letters are parts of.
    ("picture", &["text"]),
    ("layout", &["json", "scene", "text", "picture"]),
    ("display", &["json", "scene", "text", "picture", "layout"]),
    ("raster", &["text", "picture", "display"]),
    ("pipeline", &["json", "friends", "template", "scene", "text", "picture", "layout", "display", "raster"]),
    ("cloud", &["json", "platform", "friends"]),
    (
        "context",
        &["json", "platform", "friends", "template", "scene", "text", "picture", "layout", "display", "raster", "pipeline"],
    ),
    (
        "share",
        &["json", "platform", "friends", "template", "scene", "text", "picture", "layout", "display", "raster", "pipeline"],
    ),
];

/// What every room may use.
const GROUND: &[&str] = &["geometry", "color", "limits", "error", "number", "grapheme", "name", "random", "style", "lines"];

/// Names that the crate's root gives again.
const ROOT_NAMES: &[&str] =
    &["Color", "Diagnostic", "Diagnostics", "Error", "ErrorKind", "Place", "Result", "Severity", "Limits", "Number"];

/// Rooms that may use everything.
const TOP: &[&str] = &["host", "cli", "server", "lib", "main"];

#[test]
fn imports_point_down_only() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 40, "only {} files were found", files.len());
    let mut wrong = Vec::new();
    for (path, text) in &files {
        let room = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if TOP.contains(&room) {
            continue;
        }
        let Some(may_use) = allowed.get(room) else {
            wrong.push(format!("{path}: the room '{room}' is not in the house"));
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for used in code.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let fine = name.is_empty()
                    || name == room
                    || GROUND.contains(&name.as_str())
                    || may_use.contains(&name.as_str())
                    || ROOT_NAMES.contains(&name.as_str());
                if !fine {
                    wrong.push(format!("{path}:{}: {room} may not use {name}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up:\n{}", wrong.join("\n"));
}

#[test]
fn every_error_names_a_limit_that_there_is() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut named = 0;
    for (path, text) in &files {
        for call in ["Error::limit(", "raise_limit("] {
            for rest in text.split(call).skip(1) {
                let Some(name) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                assert!(friendboard::Limits::names().any(|known| known == name), "{path}: there is no limit '{name}'");
                named += 1;
            }
        }
    }
    assert!(named > 30, "only {named} were found");
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
            files.push((name.to_string_lossy().replace('\\', "/"), std::fs::read_to_string(&path).unwrap()));
        }
    }
}
