//! This repository's own cases: boards, the dialect, sessions, cards and share images, each a folder below `golden/`.

use std::path::Path;

use friendboard::golden;

/// How many cases there are at least: what is not found is not tested.
const LEAST: usize = 160;

#[test]
fn pictures_are_as_accepted() {
    golden::case("golden").assert();
}

/// A case of the kind that was before is no case any more.
#[test]
fn every_case_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let found = golden::cases(&[root], &friendboard::Limits::default()).unwrap().len();
    assert!(found >= LEAST, "only {found} cases were found");
    let mut left = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden"), &mut left);
    assert!(left.is_empty(), "a case has a case.toml, or a script.json: {left:?}");
}

/// Folders with a reference and no case, and files of cases as they were.
fn collect(folder: &Path, left: &mut Vec<String>) {
    let names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let is_case = names.iter().any(|name| name == golden::CASE || name == golden::SCRIPT);
    for name in names {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, left);
        } else if name == "arguments.json" || name == "events.ndjson" || (name.starts_with("expected") && !is_case) {
            left.push(path.display().to_string());
        }
    }
}

#[test]
fn the_outcomes_are_the_same_on_one_thread_and_on_two() {
    let names = |jobs: usize| -> Vec<(String, bool)> {
        let outcomes = golden::case("golden/boards").filter("podium").jobs(jobs).outcomes().unwrap();
        outcomes.iter().map(|outcome| (outcome.name(), outcome.passed())).collect()
    };
    let one = names(1);
    assert!(one.len() >= 5 && one.iter().all(|(_, passed)| *passed), "{one:?}");
    assert_eq!(one, names(2));
}

#[test]
fn a_failing_test_says_in_one_line_what_failed_and_how_to_accept() {
    if std::env::var_os("FRIENDBOARD_ACCEPT").is_some() {
        // What is drawn is taken as right then.
        return;
    }
    let folder = crate::folder::Folder::new("assert");
    folder.write("case.toml", "board = 'podium'\nsizes = ['60x60']");
    let test = golden::case(&folder.0);
    let panic = std::panic::catch_unwind(|| test.assert()).unwrap_err();
    let said = panic.downcast_ref::<String>().unwrap();
    let first = said.lines().next().unwrap();
    assert!(first.contains("1 of 1 picture failed (FRIENDBOARD_ACCEPT=1 accepts; "), "{first}");
    assert!(said.contains("there is no reference yet"), "{said}");
}
