//! The manual's examples: each is run, and its picture kept. `FRIENDBOARD_ACCEPT=1 cargo test --test manual` writes the pictures.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use friendboard::json::Value;
use friendboard::manual::{Found, Topic, draw, find, topics};
use friendboard::template::{Expression, Scope};
use friendboard::{Diagnostics, Limits, Request};

fn all() -> Vec<Topic> {
    topics(&friendboard::cli::command_line())
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual/pictures")
}

#[test]
fn every_picture_is_what_its_example_draws() {
    let accepts = std::env::var_os("FRIENDBOARD_ACCEPT").is_some();
    std::fs::create_dir_all(pictures()).unwrap();
    let mut stale = Vec::new();
    let mut names = BTreeSet::new();
    for entry in all().iter().flat_map(|topic| &topic.entries).filter(|entry| !entry.tiles.is_empty()) {
        let (png, said) = draw(&entry.tiles).unwrap();
        // The one picture that is not there on purpose: what stands in for it is shown.
        let said: Vec<String> =
            said.as_slice().iter().map(ToString::to_string).filter(|said| !said.contains("nobody.png")).collect();
        assert!(said.is_empty(), "{}: {said:?}", entry.name);
        let path = pictures().join(format!("{}.png", entry.file()));
        assert!(names.insert(entry.file().to_lowercase()), "two pictures are called {}", entry.file());
        if accepts {
            std::fs::write(&path, &png).unwrap();
        } else if std::fs::read(&path).unwrap_or_default() != png {
            stale.push(entry.name.clone());
        }
    }
    assert!(names.len() > 90, "only {} pictures", names.len());
    assert!(stale.is_empty(), "look at them, and write them with FRIENDBOARD_ACCEPT=1 cargo test --test manual: {stale:?}");
    for file in std::fs::read_dir(pictures()).unwrap() {
        let file = file.unwrap().file_name().to_string_lossy().into_owned();
        let name = file.trim_end_matches(".png").to_lowercase();
        assert!(names.contains(&name), "{file} is of nothing that there is");
    }
}

/// `{{ expression }} → result`, over friends as a board has them.
#[test]
fn every_filter_and_test_does_what_its_example_says() {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let friends = r#"[{"openid": "a", "nickname": "A", "score": 2}, {"openid": "b", "nickname": "B", "score": 1}]"#;
    let mut reading = friendboard::Reading::new(&limits, &mut diagnostics);
    let values = Request::friends(friends).me("b").bind(&mut reading).unwrap().values;
    let mut count = 0;
    let topics = all();
    for entry in topics.iter().filter(|topic| topic.name == "filters").flat_map(|topic| &topic.entries) {
        for example in &entry.examples {
            let (expression, result) = example.split_once(" → ").unwrap();
            let expression = expression.trim_start_matches("{{ ").trim_end_matches(" }}");
            let compiled =
                Expression::compile("example", expression, &limits).unwrap_or_else(|error| panic!("{example}: {error}"));
            let mut said = Diagnostics::new();
            assert_eq!(compiled.evaluate(&Scope::new(&values, &limits), &mut said).to_string(), result, "{example}");
            assert!(said.is_empty(), "{example}: {:?}", said.as_slice());
            count += 1;
        }
    }
    assert!(count > 25, "only {count} examples");
}

/// An attribute's example compiles without a word.
#[test]
fn every_template_that_is_shown_is_right() {
    let limits = Limits::default();
    for topic in all().iter().filter(|topic| matches!(topic.name, "tags" | "attributes")) {
        for (entry, example) in
            topic.entries.iter().flat_map(|entry| entry.examples.iter().map(move |example| (entry, example)))
        {
            let before = if example.contains("else") { r#"<view if="wide"/>"# } else { "" };
            let template = format!("<view>{before}{}</view>", example.replace('…', ""));
            let template = if entry.kind.ends_with("the root") { example.clone() } else { template };
            let board = friendboard::Board::compile(("example", &template), &[("style", "{}")], &limits).unwrap();
            assert!(board.diagnostics().is_empty(), "{}: {:?}", entry.name, board.diagnostics().as_slice());
        }
    }
}

fn friendboard(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).output().unwrap()
}

#[test]
fn explain_finds_whatever_has_a_name() {
    let topics = all();
    for topic in &topics {
        assert!(matches!(find(&topics, topic.name), Ok(Found::Topic(_))), "{}", topic.name);
        for entry in &topic.entries {
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                match find(&topics, name) {
                    Ok(Found::Entries(found) | Found::Instead(_, found)) => assert!(found.contains(entry), "{name}"),
                    Ok(Found::Topic(_)) => {}
                    other => panic!("{name}: {other:?}"),
                }
            }
        }
    }
    let said = |arguments: &[&str]| {
        let output = friendboard(arguments);
        (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
    };
    let (status, text) = said(&["explain"]);
    assert!(status == Some(0) && text.contains("properties"), "{text}");
    let (status, text) = said(&["explain", "font-size", "render"]);
    assert!(status == Some(0) && text.contains("fontSize (property)") && text.contains("inherited"), "{text}");
    let (status, text) = said(&["explain", "float"]);
    assert!(
        status == Some(0) && text.contains("there is no property 'float'") && text.contains("flexDirection (property)"),
        "{text}"
    );
    let (status, text) = said(&["explain", "fontSise"]);
    assert!(status == Some(2) && text.contains("did you mean 'fontSize'?"), "{text}");
}

#[test]
fn man_pages_are_there_for_every_command() {
    let folder = std::env::temp_dir().join(format!("friendboard-man-{}", std::process::id()));
    let output = friendboard(&["man", &folder.to_string_lossy()]);
    assert!(output.status.success(), "{output:?}");
    for command in friendboard::cli::command_line().get_subcommands() {
        let page = std::fs::read_to_string(folder.join(format!("friendboard-{}.1", command.get_name()))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("friendboard"), "{page}");
    }
    assert!(folder.join("friendboard.1").is_file());
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What each mistake leads to: the name that is to be looked up, and what stands there.
#[test]
fn every_mistake_leads_to_a_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mistakes.json");
    let limits = Limits::default();
    let cases = Value::from_json(&std::fs::read_to_string(path).unwrap(), &limits).unwrap();
    let topics = all();
    let mut leads = BTreeSet::new();
    for case in cases.as_list().unwrap() {
        let text = |name: &str| case.get(name).and_then(Value::as_text).unwrap();
        let mut diagnostics = Diagnostics::new();
        let mut reading = friendboard::Reading::new(&limits, &mut diagnostics);
        let template = friendboard::template::Template::compile("t.xml", text("template"), &mut reading);
        let style = friendboard::template::StyleSheet::compile("s.json", text("style"), &mut reading);
        for error in [template.as_ref().err(), style.as_ref().err()].into_iter().flatten() {
            diagnostics.push(friendboard::Diagnostic::from_error("malformed", error));
        }
        if let (Ok(template), Ok(style)) = (&template, &style) {
            diagnostics.extend(friendboard::template::check(template, style));
        }
        for diagnostic in diagnostics.as_slice() {
            let lead = friendboard::manual::lead(diagnostic);
            let found = find(&topics, &lead);
            assert!(found.is_ok(), "{diagnostic}: {found:?}");
            leads.insert(lead);
        }
    }
    assert!(leads.len() > 25, "{leads:?}");
}
