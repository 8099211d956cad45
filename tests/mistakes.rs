//! What people type who come from HTML, CSS, JavaScript, other frameworks or the field's usual engine, and what each of them is
//! told: where it is, what it is, and what takes its place. `FRIENDBOARD_ACCEPT=1` writes what is said now.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/folder.rs"]
mod folder;

use std::process::Command;

use folder::Folder;
use friendboard::Limits;
use friendboard::json::Value;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mistakes.json");

#[test]
fn every_mistake_is_told_what_it_is() {
    let folder = Folder::new("mistakes");
    let limits = Limits::default();
    let cases = Value::from_json(&std::fs::read_to_string(PATH).unwrap(), &limits).unwrap();
    let text = |case: &Value, name: &str| case.get(name).and_then(Value::as_text).unwrap().to_owned();
    let mut current = Vec::new();
    let mut hinted = 0;
    for case in cases.as_list().unwrap() {
        let (template, style) = (text(case, "template"), text(case, "style"));
        folder.write("t.xml", &template);
        folder.write("s.json", &style);
        let output = Command::new(env!("CARGO_BIN_EXE_friendboard"))
            .args(["check", "t.xml", "s.json"])
            .current_dir(&folder.0)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{template} {style}");
        let said = String::from_utf8(output.stderr).unwrap();
        // The last line says how many there are.
        let said: Vec<Value> = said.lines().filter(|line| !line.starts_with("error: ")).map(Value::from).collect();
        hinted += usize::from(said.iter().any(|line| line.as_text().is_some_and(|line| line.ends_with(')'))));
        current.push(case.clone().with("said", Value::list(said)));
    }
    assert!(current.len() >= 100 && hinted >= 85, "{} mistakes, {hinted} with what takes their place", current.len());
    if std::env::var_os("FRIENDBOARD_ACCEPT").is_some() {
        return std::fs::write(PATH, Value::list(current).to_pretty_json() + "\n").unwrap();
    }
    for (now, then) in current.iter().zip(cases.as_list().unwrap()) {
        assert_eq!(now.get("said"), then.get("said"), "{} {}", text(then, "template"), text(then, "style"));
    }
}
