//! The manual: nothing that can be named is without a description, and no page in `assets/manual` is stale.
//! `FRIENDBOARD_ACCEPT=1 cargo test --test house` writes the pages anew, `--test manual` their pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use friendboard::error::{CODES, ErrorKind, KINDS};
use friendboard::manual::{SCHEMAS, Topic, index, page, schema, topics};

use super::collect;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual")
}

fn all() -> Vec<Topic> {
    topics(&friendboard::cli::command_line())
}

#[test]
fn every_entry_says_what_it_is_and_how_it_is_written() {
    let mut wrong = Vec::new();
    for topic in all() {
        assert!(!topic.about.is_empty() && topic.entries.len() > 1, "{}", topic.name);
        for entry in &topic.entries {
            if entry.about.len() < 5 {
                wrong.push(format!("{} {}: no description", topic.name, entry.name));
            }
            let is_shown = matches!(topic.name, "tags" | "attributes" | "properties" | "filters" | "messages");
            if is_shown && entry.examples.iter().all(String::is_empty) {
                wrong.push(format!("{} {}: no example", topic.name, entry.name));
            }
        }
    }
    assert!(wrong.is_empty(), "give each what it lacks, beside it in its table:\n{}", wrong.join("\n"));
}

#[test]
fn no_page_is_stale() {
    let topics = all();
    let mut pages: BTreeMap<String, String> = topics.iter().map(|topic| (format!("{}.md", topic.name), page(topic))).collect();
    pages.insert("README.md".to_owned(), index(&topics));
    let accepts = std::env::var_os("FRIENDBOARD_ACCEPT").is_some();
    let mut stale = Vec::new();
    for (name, text) in &pages {
        let path = folder().join(name);
        if accepts {
            std::fs::write(&path, text).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != *text {
            stale.push(name.as_str());
        }
    }
    assert!(stale.is_empty(), "write them anew with FRIENDBOARD_ACCEPT=1 cargo test --test house: {stale:?}");
}

/// The schemas in `assets` are those that the program makes.
#[test]
fn no_schema_is_stale() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let accepts = std::env::var_os("FRIENDBOARD_ACCEPT").is_some();
    let mut stale = Vec::new();
    for (name, file, _) in SCHEMAS {
        let (path, text) = (assets.join(file), schema(name).unwrap());
        if accepts {
            std::fs::write(&path, &text).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(*file);
        }
    }
    assert!(stale.is_empty(), "write them anew with FRIENDBOARD_ACCEPT=1 cargo test --test house: {stale:?}");
}

/// What the sources say, by the calls that say it.
#[test]
fn every_code_is_explained_and_none_that_nobody_says() {
    const CALLS: [&str; 9] =
        ["warning(", "error(", "from_error(", "undocumented(", "text_only(", "warn(", "say(", "refused(", "code: "];
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let known: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(known.len(), CODES.len(), "a code is there twice");
    let is_code = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let mut unexplained = BTreeSet::new();
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| !path.contains("test") && path != "error/codes.rs") {
        // Tests within a file say what they like.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for literal in text.split('"').skip(1).filter(|literal| known.contains(literal)) {
            said.insert(known.get(literal).unwrap());
        }
        for call in CALLS {
            for rest in text.split(call).skip(1) {
                let Some(literal) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                let is_first = rest.trim_start()[literal.len() + 2..].starts_with(',');
                if is_first && is_code(literal) && !known.contains(literal) {
                    unexplained.insert(format!("{path}: {literal}"));
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "say in src/error/codes.rs what these mean and what to do: {unexplained:?}");
    let unsaid: Vec<&&str> = known.iter().filter(|code| !said.contains(**code)).collect();
    assert!(unsaid.is_empty(), "nobody says these: take them out of src/error/codes.rs: {unsaid:?}");
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    for kind in [
        ErrorKind::Usage,
        ErrorKind::Data,
        ErrorKind::Platform,
        ErrorKind::Template,
        ErrorKind::Style,
        ErrorKind::Expression,
        ErrorKind::Picture,
        ErrorKind::Font,
        ErrorKind::Io,
        ErrorKind::Deadline,
    ] {
        assert!(kinds.contains(&kind.code()), "src/error/codes.rs does not explain the kind {}", kind.code());
    }
}
