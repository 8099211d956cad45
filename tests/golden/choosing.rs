//! Which pictures a command is about, and how much it says of each.

use crate::common::read;
use crate::workspace::{Workspace, files};

/// A board in two themes and two ratios, a session, and a board that is drawn as it should be.
fn team(name: &str) -> Workspace {
    let team = Workspace::with_case(name);
    team.change("golden/scores/case.toml", r#"themes = ["light"]"#, r#"themes = ["light", "dark"]"#);
    team.change("golden/scores/case.toml", "dprs = [1]", "dprs = [1, 2]");
    team.run("accept").fails(1);
    team.run("prune").succeeds();
    team.run("new open --from play game/script.json").succeeds();
    team
}

const NAMES: [&str; 6] = [
    "golden/open/there",
    "golden/open/events",
    "golden/scores/1x-dark",
    "golden/scores/1x-light",
    "golden/scores/2x-dark",
    "golden/scores/2x-light",
];

#[test]
fn names_are_listed_and_nothing_is_drawn() {
    let team = team("list");
    // What can't be drawn is listed all the same, as its references are not looked at.
    std::fs::remove_file(team.path("golden/scores/expected-1x-dark.png")).unwrap();
    let listed = team.run("run --list").succeeds();
    let mut lines: Vec<String> = listed.out().lines().map(str::to_owned).collect();
    lines.sort();
    let mut names = NAMES.map(str::to_owned);
    names.sort();
    assert_eq!(lines, names);
    assert_eq!(team.run("run --list --filter 2x --filter there").succeeds().out().lines().count(), 3);
    team.run("run --list --report out").fails(2).says(&["--list", "cannot be used with"]);
    assert!(!team.path("out").exists());
    team.write("golden/scores/case.toml", "sizes = ['1']");
    team.run("run --list").fails(1).says(&["golden/scores/case.toml:1:9: WIDTHxHEIGHT"]);
}

#[test]
fn pictures_are_chosen_by_names_and_by_sets() {
    let team = team("sets");
    for (arguments, count) in [
        ("--filter golden/scores/1x-dark --exact", 1),
        ("--filter 1x-dark --filter golden/open/events --exact", 1),
        ("-E name(/-(dark|light)$/)-name(#*/1x-*)", 2),
        ("-E kind(events)", 1),
        ("-E case(=golden/open)", 2),
        ("-E !case(open)&name(dark) --filter 2x", 1),
    ] {
        let said = if count == 1 { "1 picture as accepted" } else { "2 pictures as accepted" };
        team.run(&format!("run {arguments}")).succeeds().says(&[said]);
        assert_eq!(team.run(&format!("run --list {arguments}")).succeeds().out().lines().count(), count, "{arguments}");
    }
    team.run("run --exact").fails(2).says(&["--filter"]);
    team.run("run --filter dark --exact").fails(2).says(&["no picture of 2 cases is called 'dark'"]);
    team.run("run -E name(neon)").fails(2).says(&["no picture of 2 cases is in name(neon)"]);
    team.run("run -E kind(board)").fails(2).says(&["--expression:1:6: one of picture, events, case was expected"]);
}

/// A log of a session is taken as right, and its pictures are not.
#[test]
fn one_kind_of_reference_is_accepted_alone() {
    let team = team("kinds");
    team.change("golden/open/board.json", "#114488", "#aa2200");
    team.change("golden/open/script.json", r#""at": 0,"#, r#""at": 10,"#);
    team.run("run").fails(1).says(&["FAIL golden/open/there", "FAIL golden/open/events"]);
    let picture = std::fs::read(team.path("golden/open/expected-there.png")).unwrap();
    team.run("accept -E kind(events)").succeeds().says(&["accepted golden/open/expected.ndjson", "1 of 1 accepted"]);
    assert_eq!(std::fs::read(team.path("golden/open/expected-there.png")).unwrap(), picture);
    team.run("run").fails(1).says(&["FAIL golden/open/there", "1 of 6 pictures failed"]);
    team.run("accept -E kind(picture)").succeeds();
    team.run("run").succeeds();
}

#[test]
fn a_run_says_as_much_as_it_is_asked_for() {
    let team = team("said");
    let verbose = team.run("run --verbose").succeeds();
    for name in NAMES {
        assert!(verbose.out().lines().any(|line| line == format!("ok {name}")), "{name}: {}", verbose.out());
    }
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let whole = team.run("run").fails(1).says(&["FAIL golden/scores/1x-dark\n", "begins at scene", "board.xml:5:5"]);
    let compact = team.run("run --compact").fails(1);
    let lines: Vec<String> = compact.out().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{}", compact.out());
    assert!(lines.iter().all(|line| line.starts_with("FAIL golden/scores/") && line.contains(" pixels differ (")), "{lines:?}");
    assert!(whole.out().lines().count() > 12);
    team.run("run --compact --json").fails(2).says(&["cannot be used with"]);
    // Where there is no terminal that shows pictures, they are drawn of blocks, below what is said of each.
    let shown = team.run("run --show --filter 1x-dark").fails(1).says(&["begins at scene"]);
    let blocks = shown.errors().chars().filter(|c| ('\u{2580}'..='\u{259F}').contains(c)).count();
    assert!(blocks > 100, "{blocks} blocks: {}", shown.errors());
}

#[test]
fn what_was_drawn_elsewhere_is_accepted_by_copying_it() {
    let team = team("drawn");
    team.run("new lines --from render --template game/board.xml --style game/board.json --size 240x120").succeeds();
    team.write("golden/lines/case.toml", format!("references = 'hashes'\n{}", team.read("golden/lines/case.toml")));
    team.change("golden/lines/case.toml", r#"["light"]"#, r#"["light", "dark"]"#);
    team.run("accept golden/lines").fails(1);
    team.run("prune").succeeds();
    team.run("run --drawn out").succeeds();
    assert!(!team.path("out").exists(), "nothing failed");

    team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.change("golden/lines/board.json", "#222222", "#aa2200");
    let before = std::fs::read(team.path("golden/scores/expected-1x-dark.png")).unwrap();
    team.run("run --drawn out --filter dark").fails(1);
    assert_eq!(std::fs::read(team.path("golden/scores/expected-1x-dark.png")).unwrap(), before);
    let drawn = ["expected-1x-dark.png", "expected-1x-dark.stages.gz", "expected-2x-dark.png", "expected-2x-dark.stages.gz"];
    assert_eq!(files(&team.path("out/golden/scores")), drawn);
    assert!(read(&team.path("out/golden/scores/expected-1x-dark.png")).is_ok());
    assert_eq!(team.read("out/golden/lines/expected.hashes").lines().count(), 2, "those that pass stand beside the new ones");
    for case in ["scores", "lines"] {
        for file in files(&team.path(&format!("out/golden/{case}"))) {
            let (from, to) = (format!("out/golden/{case}/{file}"), format!("golden/{case}/{file}"));
            std::fs::copy(team.path(&from), team.path(&to)).unwrap();
        }
    }
    team.run("run --filter dark").succeeds().says(&["3 pictures as accepted"]);
    team.run("run").fails(1).says(&["3 of 8 pictures failed"]);
}

#[test]
fn requests_are_cases() {
    let team = Workspace::new("requests");
    let request = |title: &str| {
        format!(
            r#"{{"template": "<text id='title' value='{title}'/>", "styles": ["{{}}"], "width": 90, "height": 40, "data": []}}"#
        )
    };
    team.write("golden/calls/case.toml", "requests = ['a.json', 'more/b.json']\n[expect]\nno_diagnostics = true\n");
    team.write("golden/calls/a.json", request("Hello"));
    team.write("golden/calls/more/b.json", request("World"));
    team.run("accept").succeeds().says(&["accepted golden/calls/expected-a.png", "2 of 2 accepted"]);
    team.write("golden/calls/a.json", request("Hullo"));
    team.run("run").fails(1).says(&["FAIL golden/calls/a", "begins at scene", "text#title", "1 of 2 pictures failed"]);
    team.write("golden/calls/a.json", r#"{"widht": 90}"#);
    team.run("run").fails(1).says(&["golden/calls/a.json:1:", "did you mean `width`?"]);
    std::fs::remove_file(team.path("golden/calls/a.json")).unwrap();
    team.run("run").fails(1).says(&["golden/calls/a.json: cannot be read"]);
}
