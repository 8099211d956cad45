//! The documents' examples: `golden/share/PLATFORM/CALL/NAME.request.json` and, beside it, what comes of it.
//!
//! `FRIENDBOARD_ACCEPT=1 cargo test --test share` writes what came as what is expected.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use friendboard::json::{self, Value};
use friendboard::platform::Platform;
use friendboard::share::{CircumstancesData, run};
use friendboard::{Diagnostics, Limits};

/// All requests below a folder, in the order of their paths.
fn requests(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(requests(&path));
        } else if path.to_string_lossy().ends_with(".request.json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn pretty(value: &Value) -> String {
    value.to_pretty_json() + "\n"
}

#[test]
fn examples_of_the_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/share");
    let accept = std::env::var_os("FRIENDBOARD_ACCEPT").is_some();
    let mut wrong = String::new();
    let requests = requests(&root);
    assert!(requests.len() >= 20, "only {} examples found", requests.len());
    for path in requests {
        let stem = path.to_string_lossy().replace(".request.json", "");
        let mut parts = path.strip_prefix(&root).unwrap().iter().map(|part| part.to_str().unwrap());
        let (platform, call) = (parts.next().unwrap(), parts.next().unwrap());
        let circumstances: CircumstancesData = match fs::read_to_string(format!("{stem}.circumstances.json")) {
            Ok(text) => json::read(&text, &stem, &Limits::default()).unwrap_or_else(|error| panic!("{error}")),
            Err(_) => CircumstancesData::default(),
        };
        let mut diagnostics = Diagnostics::new();
        let request = fs::read_to_string(&path).unwrap();
        let platform: Platform = platform.parse().unwrap();
        let outcome = run(platform, call, &request, &circumstances.circumstances(), &mut diagnostics).unwrap();
        let mut said = String::new();
        for diagnostic in diagnostics.as_slice() {
            writeln!(said, "{diagnostic}").unwrap();
        }
        let card = |index: usize| outcome.cards.get(index).map(|card| pretty(&card.to_value()));
        for (ending, came) in [
            ("answer.json", Some(pretty(&json::to_value(&outcome.answer)))),
            ("card.json", card(0)),
            ("card-2.json", card(1)),
            ("diagnostics.txt", Some(said).filter(|said| !said.is_empty())),
        ] {
            let file = format!("{stem}.{ending}");
            let expected = fs::read_to_string(&file).ok();
            if expected == came {
                continue;
            }
            if !accept {
                writeln!(wrong, "{file}\n  expected: {expected:?}\n  found:    {came:?}").unwrap();
            } else if let Some(came) = came {
                fs::write(&file, came).unwrap();
            } else {
                fs::remove_file(&file).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}accept with FRIENDBOARD_ACCEPT=1");
}
