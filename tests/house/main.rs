//! The rooms of the house: imports point down only, and no files in a circle but those that are named here.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod graph;
mod manual;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use graph::Graph;
use source::Source;

/// Each room with what it may use, the ground first; a room may use all of itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("css", &[]),
    ("color", &["css"]),
    ("cache", &["random"]),
    ("limits", &[]),
    ("unwind", &[]),
    ("escape", &[]),
    ("error", &["escape"]),
    ("budget", &[]),
    ("number", &[]),
    ("open", &[]),
    ("sorted", &["random"]),
    ("few", &["random"]),
    ("grapheme", &[]),
    ("name", &[]),
    ("random", &[]),
    ("reading", &[]),
    ("style", &[]),
    ("lines", &[]),
    ("json", &[]),
    ("moment", &["json"]),
    ("platform", &["json"]),
    ("friends", &["json", "moment"]),
    ("template", &["json", "moment"]),
    ("scene", &["json", "moment", "friends", "template"]),
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
const GROUND: &[&str] = &[
    "geometry", "css", "color", "limits", "error", "number", "grapheme", "name", "random", "reading", "style", "lines",
    "cache", "unwind", "escape", "open", "budget", "sorted", "few",
];

/// Names that the crate's root gives again.
const ROOT_NAMES: &[&str] = &[
    "Budget",
    "Color",
    "Diagnostic",
    "Diagnostics",
    "Error",
    "ErrorKind",
    "Place",
    "Result",
    "Severity",
    "Limits",
    "Number",
    "Reading",
];

/// Rooms that may use everything.
const TOP: &[&str] = &["host", "golden", "manual", "workshop", "cli", "server", "batch", "lib", "main"];

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
        for named in Source::read(text).named {
            let [root, name, ..] = named.path.as_slice() else { continue };
            let fine = root != "crate"
                || name == room
                || GROUND.contains(&name.as_str())
                || may_use.contains(&name.as_str())
                || ROOT_NAMES.contains(&name.as_str());
            if !fine {
                wrong.push(format!("{path}:{}: {room} may not use {name}", named.line));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up:\n{}", wrong.join("\n"));
}

/// Files that name each other in a circle, each list in order. The first may stay: a filter calls expressions, and an
/// expression filters. The others are to be cut, and taken off the list then.
const CIRCLES: &[&[&str]] = &[&[
    "template/expression/arithmetic.rs",
    "template/expression/evaluate.rs",
    "template/expression/filters.rs",
    "template/expression/filters/colors.rs",
    "template/expression/filters/lists.rs",
    "template/expression/filters/moments.rs",
    "template/expression/filters/numeric.rs",
    "template/expression/filters/plural.rs",
    "template/expression/filters/textual.rs",
    "template/expression/predicates.rs",
    "template/expression/tree.rs",
]];

#[test]
fn no_circle_of_files_but_the_named_ones() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let circles = Graph::new(&files).circles();
    let mut wrong = Vec::new();
    for circle in circles.iter().filter(|circle| !CIRCLES.iter().any(|known| *known == circle.files)) {
        let edges = circle.edges.iter().map(|(from, to, what)| format!("    {from} names {to} ({what})"));
        wrong.push(format!("  {}\n{}", circle.files.join(", "), edges.collect::<Vec<_>>().join("\n")));
    }
    assert!(wrong.is_empty(), "files in circles: move what both need into a file of its own\n{}", wrong.join("\n"));
    let found: BTreeSet<&[String]> = circles.iter().map(|circle| circle.files.as_slice()).collect();
    let gone: Vec<_> = CIRCLES.iter().filter(|known| !found.iter().any(|files| ***known == **files)).collect();
    assert!(gone.is_empty(), "these circles are no more, and are to be taken off the list: {gone:?}");
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

/// A description of the house that names files which moved away misleads more than none.
#[test]
fn the_architecture_names_rooms_and_files_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    let named: BTreeSet<&str> = text.split('`').skip(1).step_by(2).filter(|name| is_source(name)).collect();
    assert!(named.len() > 40, "only {} files are named", named.len());
    for name in named {
        let there = files.iter().any(|(path, _)| path == name || path.ends_with(&format!("/{name}")));
        assert!(there, "ARCHITECTURE.md names {name}, and there is no such file");
    }
    for (room, _) in ROOMS.iter().filter(|(room, _)| *room != "random") {
        assert!(text.contains(&format!("`{room}`")), "ARCHITECTURE.md says nothing of the room {room}");
    }
}

#[test]
fn json_is_read_and_written_in_one_room_only() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let others = files.iter().filter(|(path, _)| !path.starts_with("json/"));
    let wrong: Vec<&str> = others.filter(|(_, text)| text.contains("serde_json")).map(|(path, _)| path.as_str()).collect();
    assert!(wrong.is_empty(), "`serde_json` outside of the room json: {wrong:?}");
}

fn is_source(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "rs")
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if is_source(&path.to_string_lossy()) {
            let name = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
            files.push((name.to_string_lossy().replace('\\', "/"), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// One model of each thing: platforms and their calls are listed in their own room only.
#[test]
fn platforms_and_calls_are_listed_once() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let lists = |text: &str, name: &str| text.lines().any(|line| line.trim_start().starts_with(&format!("pub enum {name} ")));
    for (name, home) in [("Platform", "platform/platforms.rs"), ("Call", "platform/call.rs"), ("Answer", "platform/answer.rs")]
    {
        let found: Vec<&String> = files.iter().filter(|(_, text)| lists(text, name)).map(|(path, _)| path).collect();
        assert_eq!(found, [home], "`enum {name}` stands in one file");
    }
}
