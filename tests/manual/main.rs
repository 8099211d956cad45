//! The manual's examples: each is run, and its picture kept. `FRIENDBOARD_ACCEPT=1 cargo test --test manual` writes the pictures.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod guides;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use friendboard::golden::Spec;
use friendboard::json::Value;
use friendboard::manual::{Found, SCHEMAS, Topic, draw, find, schema, topics};
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

/// A document's members of one level, by its schema.
fn members(name: &str) -> BTreeSet<String> {
    let schema = Value::from_json(&schema(name).unwrap(), &Limits::default()).unwrap();
    schema.get("properties").and_then(Value::as_map).unwrap().keys().map(ToString::to_string).collect()
}

/// The runtime's own types and the schema of options say the same of a game's options.
#[test]
fn the_runtimes_types_have_every_option_and_no_other() {
    /// What the runtime itself takes, and does not pass on to the module.
    const OF_THE_RUNTIME: [&str; 9] = ["module", "plain", "painter", "canvas", "fonts", "files", "log", "onEvent", "onError"];
    let types = include_str!("../../assets/open-data-context/friendboard.d.ts");
    let interface = types.split("export interface Options {").nth(1).unwrap().split("\n}").next().unwrap();
    let is_member =
        |line: &&str| line.starts_with("  ") && !line.starts_with("   ") && !line.trim_start().starts_with(['/', '*']);
    let named = interface.lines().filter(is_member).filter_map(|line| line.trim().split(['?', ':', '(']).next());
    let named: BTreeSet<String> = named.filter(|name| !OF_THE_RUNTIME.contains(name)).map(str::to_owned).collect();
    // When the clock was 0 the runtime says by itself.
    let mut options = members("options");
    assert!(options.remove("date"));
    assert_eq!(named, options);
}

#[test]
fn schemas_are_printed_and_know_what_is_written() {
    for (name, ..) in SCHEMAS {
        let output = friendboard(&["schema", name]);
        assert!(output.status.success() && String::from_utf8(output.stdout).unwrap() == schema(name).unwrap(), "{name}");
    }
    let output = friendboard(&["schema", "styl"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean 'style'?"));
    // A request that has every member is read; one with a member less in the schema would be refused there.
    let request = r#"{"width": 1, "height": 1, "then_by": 1}"#;
    assert!(Request::from_json(request, &Limits::default()).is_err());
    for member in members("request") {
        assert!(!member.contains('_'), "{member}");
    }
    // What a case may say is what its reader expects.
    let said = Spec::from_toml("nothing_like_it = 1", "case.toml").unwrap_err().to_string();
    let keys: BTreeSet<String> = said.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(keys.len() > 25 && keys == members("case"), "{said}");
    let case = Value::from_json(&schema("case").unwrap(), &Limits::default()).unwrap();
    for (name, member) in
        [("Expect", "diagnostics"), ("Tolerance", "reason"), ("CardSpec", "requests"), ("ShareImageSpec", "kind")]
    {
        let properties = case.get("$defs").and_then(|all| all.get(name)).and_then(|one| one.get("properties"));
        assert!(properties.is_some_and(|properties| properties.get(member).is_some()), "{name}.{member}");
    }
    // Every tag and attribute of the bundled boards is in the schema of templates.
    let schema = schema("template").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/templates");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "xml") {
            continue;
        }
        // A template may write what XML would have as an entity.
        let xml = std::fs::read_to_string(&path).unwrap().replace(" < ", " &lt; ");
        let document = roxmltree::Document::parse(&xml).unwrap();
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            let tag = element.tag_name().name();
            assert!(schema.contains(&format!("<xs:element name=\"{tag}\">")), "{tag}");
            for attribute in element.attributes().filter(|attribute| !attribute.name().starts_with("data-")) {
                assert!(schema.contains(&format!("<xs:attribute name=\"{}\"", attribute.name())), "{}", attribute.name());
                count += 1;
            }
        }
    }
    assert!(count > 100, "only {count} attributes");
    assert!(roxmltree::Document::parse(&schema).is_ok());
}

/// Packed from a program that is built already: what an archive has in it, its checksum, and the manifests.
#[cfg(target_os = "linux")]
#[test]
fn a_release_is_packed_with_checksums_and_manifests() {
    let out = std::env::temp_dir().join(format!("friendboard-release-{}", std::process::id()));
    // The program itself is large where it is built for tests: one that calls it stands in.
    std::fs::create_dir_all(&out).unwrap();
    let program = out.join("program.sh");
    std::fs::write(&program, format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_friendboard"))).unwrap();
    assert!(Command::new("chmod").arg("+x").arg(&program).status().unwrap().success());
    let pack = |target: &str| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/deploy/release.sh");
        let output = Command::new("bash")
            .arg(script)
            .arg(target)
            .env("FRIENDBOARD_BINARY", &program)
            .env("OUT", &out)
            .env("SOURCE_DATE_EPOCH", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let said = pack("x86_64-unknown-linux-musl");
    assert!(said.contains("friendboard.json is not written: it needs the archive of x86_64-pc-windows-msvc"), "{said}");
    let name = format!("friendboard-v{}-x86_64-unknown-linux-musl", env!("CARGO_PKG_VERSION"));
    let archive = out.join(format!("{name}.tar.gz"));
    let listed = Command::new("tar").arg("-tzf").arg(&archive).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for file in [
        "friendboard",
        "man/friendboard.1",
        "man/friendboard-render.1",
        "completions/friendboard.zsh",
        "README.md",
        "LICENSE-MIT",
    ] {
        assert!(listed.lines().any(|line| line == format!("{name}/{file}")), "{file} is not in {listed}");
    }
    let sums = std::fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let checked = Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&out).output().unwrap();
    assert!(checked.status.success(), "{sums}");
    let formula = std::fs::read_to_string(out.join("friendboard.rb")).unwrap();
    let sum = sums.split_whitespace().next().unwrap();
    assert!(formula.contains(sum) && !formula.contains('@') && !formula.contains("on_macos"), "{formula}");
    // The same sources give the same bytes.
    let first = std::fs::read(&archive).unwrap();
    pack("x86_64-unknown-linux-musl");
    assert!(first == std::fs::read(&archive).unwrap());
    std::fs::remove_dir_all(&out).unwrap();
}
