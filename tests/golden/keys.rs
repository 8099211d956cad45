//! Keys of `case.toml` beside what is drawn: names, cases that are left out, have no references, are the same as others or end
//! with an error; and what cases have in common.

use friendboard::json::Value;

use crate::junit::holds_to_schema;
use crate::workspace::{NEW_BOARD, Workspace, files};

/// Puts lines before the others of a case.
fn with(team: &Workspace, case: &str, lines: &str) -> String {
    let old = team.read(&format!("golden/{case}/case.toml"));
    team.write(&format!("golden/{case}/case.toml"), format!("{lines}\n{old}"));
    old
}

#[test]
fn a_case_names_its_pictures() {
    let team = Workspace::with_case("names");
    with(&team, "scores", "name = 'board_{theme}.{dpr}'");
    team.change("golden/scores/case.toml", r#"themes = ["light"]"#, r#"themes = ["light", "dark"]"#);
    team.run("accept").fails(1).says(&["accepted golden/scores/expected-board_dark.1x.png", "2 of 3 accepted"]);
    team.run("prune").succeeds().says(&["removed golden/scores/expected.png"]);
    team.run("run --filter board_light.1x").succeeds().says(&["1 picture as accepted"]);
    team.change("golden/scores/case.toml", "_{theme}", "");
    team.run("run").fails(1).says(&["pictures of several names were expected, found 'board.1x' twice"]);
}

#[test]
fn a_case_is_left_out_with_a_reason() {
    let team = Workspace::with_case("skip");
    team.run("new open --from play game/script.json").succeeds();
    team.write("golden/open/case.toml", "play = 'script.json'\nskip = 'the new list is not drawn yet'\n");
    team.change("golden/open/board.json", "#114488", "#aa2200");
    team.run("run").succeeds().says(&["1 picture as accepted, 2 left out"]);
    let verbose = team.run("run --verbose").succeeds();
    let verbose = verbose.says(&["left out golden/open/there: the new list is not drawn yet", "left out golden/open/events"]);
    assert!(!verbose.out().contains("ok golden/open"));
    let json = team.run("run --json --junit junit.xml").succeeds().json();
    assert_eq!(json.get("skipped").and_then(Value::as_integer), Some(2), "{}", json.to_json());
    let junit = team.read("junit.xml");
    assert_eq!(junit.matches("<skipped message=\"the new list is not drawn yet\"/>").count(), 2, "{junit}");
    holds_to_schema(&junit);
    assert!(junit.contains(r#"skipped="2""#), "{junit}");
    assert_eq!(team.run("run --list -E skip()").succeeds().out().lines().count(), 2);
    team.run("run -E all()-skip()").succeeds().says(&["1 picture as accepted"]);
    team.run("accept").succeeds().says(&["0 of 3 accepted"]);
    team.run("run --no-skip").fails(1).says(&["FAIL golden/open/there", "1 of 3 pictures failed"]);
    team.run("accept --no-skip").succeeds().says(&["1 of 3 accepted"]);
    team.run("run --no-skip").succeeds().says(&["3 pictures as accepted"]);
}

#[test]
fn a_case_without_references_is_drawn_and_looked_at() {
    let team = Workspace::with_case("none");
    let case = with(&team, "scores", "references = 'none'");
    team.run("run").fails(1).says(&["expected.png is of no picture of this case"]);
    team.run("prune").succeeds().says(&["2 files removed"]);
    team.run("run").succeeds().says(&["1 picture as accepted"]);
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.run("run").succeeds();
    team.run("accept").succeeds().says(&["0 of 1 accepted"]);
    team.write("golden/scores/case.toml", format!("references = 'none'\n{case}\n[expect]\nboxes = ['.row.count == 4']\n"));
    team.run("run").fails(1).says(&["boxes: .row.count == 4: found 3 and 4"]);
    team.run("accept").fails(1).says(&["accepting does not mend that"]);
    assert_eq!(files(&team.path("golden/scores")), ["board.json", "board.xml", "case.toml", "friends.json"]);
}

#[test]
fn a_case_is_the_same_as_another() {
    let team = Workspace::with_case("same");
    // The same board, written otherwise.
    team.run(&NEW_BOARD.replace("scores", "rewritten")).succeeds();
    with(&team, "rewritten", "same_as = '../scores'");
    team.run("prune").succeeds();
    team.change("golden/rewritten/board.xml", "<view class=\"board\">", "<view class=\"board\" id=\"all\">");
    team.run("run").succeeds().says(&["2 pictures as accepted"]);
    // Both change, and they are the same still.
    for case in ["rewritten", "scores"] {
        team.change(&format!("golden/{case}/board.json"), "#114488", "#aa2200");
    }
    team.run("run golden/rewritten").succeeds();
    team.change("golden/rewritten/board.json", r#""padding": 8"#, r#""padding": 12"#);
    let run = team.run("run golden/rewritten --report report --show").fails(1);
    run.says(&["begins at scene", "golden/rewritten/board.xml:1:1", "pixels differ", "\u{2580}"]);
    let page = team.read("report/index.html");
    assert!(page.contains("alt=\"expected, drawn, difference\""), "{page}");
    team.run("accept golden/rewritten").fails(1).says(&["0 of 1 accepted", "accepting does not mend that"]);
    team.change("golden/scores/case.toml", r#"["light"]"#, r#"["light", "dark"]"#);
    team.run("run golden/rewritten").fails(1).says(&["same_as: a picture '' was expected of golden/scores, found none"]);
    std::fs::remove_dir_all(team.path("golden/scores")).unwrap();
    team.run("run").fails(1).says(&["same_as: golden/scores/case.toml: cannot be read"]);
}

#[test]
fn an_error_is_what_a_case_expects() {
    let team = Workspace::with_case("error");
    let template = team.change("golden/scores/board.xml", "</view>\n</view>", "</view>");
    let case = team.read("golden/scores/case.toml");
    team.write("golden/scores/case.toml", format!("{case}\n[expect]\nerror = 'board.xml:'\n"));
    team.run("prune").succeeds();
    team.run("run").succeeds().says(&["1 picture as accepted"]);
    team.write("golden/scores/case.toml", format!("{case}\n[expect]\nerror = 'a wrong font'\n"));
    team.run("run").fails(1).says(&["error: expected one with 'a wrong font', found: golden/scores/board.xml:"]);
    team.write("golden/scores/board.xml", template);
    team.run("run").fails(1).says(&["error: expected one with 'a wrong font', and it was drawn"]);
    team.run("accept").fails(1).says(&["accepting does not mend that"]);
}

#[test]
fn cases_have_keys_in_common() {
    let team = Workspace::with_case("common");
    team.run("new open --from play game/script.json").succeeds();
    team.run("new podium --from render --board podium --size 240x240 --data game/friends.json").succeeds();
    for case in ["scores", "podium"] {
        let written = team.read(&format!("golden/{case}/case.toml"));
        let kept = written.lines().filter(|line| !line.starts_with("locales") && !line.starts_with("themes"));
        team.write(&format!("golden/{case}/case.toml"), kept.collect::<Vec<_>>().join("\n"));
    }
    team.write("golden/looks/own.json", r#"{"extends": "dark"}"#);
    team.write("golden/golden.toml", "themes = ['light', 'looks/own.json']\n[expect]\nno_diagnostics = true\n");
    let listed = team.run("run --list").succeeds().out();
    let lines: Vec<&str> = listed.lines().collect();
    let mut expected = ["open/there", "open/events", "podium/light", "podium/own", "scores/light", "scores/own"]
        .map(|name| format!("golden/{name}"));
    expected.sort();
    let mut found: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    found.sort();
    assert_eq!(found, expected);
    team.run("accept").fails(1);
    team.run("prune").succeeds();
    team.run("run").succeeds().says(&["6 pictures as accepted"]);
    // From wherever it is run, and of one case alone.
    let mut command = team.command("run . --list");
    let listed = command.current_dir(team.path("golden/podium")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 2);
    // What a case has itself is its own.
    let podium = with(&team, "podium", "themes = ['dark']");
    assert_eq!(team.run("run --list golden/podium").succeeds().out(), "golden/podium\n");
    team.write("golden/podium/case.toml", podium);
    team.change("golden/scores/board.json", r#""height": 24"#, r#""height": 24, "hieght": 3"#);
    team.run("run golden/scores").fails(1).says(&["no_diagnostics: found golden/scores/board.json:"]);
    // What is wrong in it is told with its place.
    team.write("golden/golden.toml", "themes = ['light']\nsize = ['1x1']\n");
    team.run("run").fails(1).says(&["golden/golden.toml:2:1: unknown field `size`", "did you mean `sizes`?"]);
    team.write("golden/golden.toml", "play = 'script.json'\n");
    team.run("run").fails(1).says(&["golden/golden.toml: what several cases have in common was expected, found `play`"]);
    // A template of all, with its paths from where it is said.
    std::fs::remove_dir_all(team.path("golden/podium")).unwrap();
    team.write("golden/shared/board.xml", "<text class='t' value='{{ count }}'/>");
    team.write("golden/shared/board.json", r#"{"t": {"fontSize": 20}}"#);
    team.write("golden/golden.toml", "template = 'shared/board.xml'\nstyles = ['shared/board.json']\nsizes = ['40x40']\n");
    team.write("golden/one/case.toml", "vars = { count = 1 }\n");
    team.write("golden/more/two/case.toml", "vars = { count = 2 }\n");
    team.run("accept golden/one golden/more").succeeds().says(&["2 of 2 accepted"]);
    team.run("run golden/one golden/more").succeeds();
    let of = |case: &str| std::fs::read(team.path(&format!("golden/{case}/expected.png"))).unwrap();
    assert_ne!(of("one"), of("more/two"));
}

#[test]
fn a_run_stops_at_the_first_failure_on_any_number_of_threads() {
    let team = Workspace::with_case("fast");
    for (number, colour) in [(1, "#114488"), (2, "#aa2200"), (3, "#aa2200"), (4, "#114488")] {
        team.run(&NEW_BOARD.replace("scores", &format!("board{number}"))).succeeds();
        if colour != "#114488" {
            team.change(&format!("golden/board{number}/board.json"), "#114488", colour);
        }
    }
    for jobs in [1, 2, 8] {
        let run = team.run(&format!("run --fail-fast --jobs {jobs}")).fails(1).says(&["1 of 2 pictures failed"]);
        assert!(run.out().contains("FAIL golden/board2") && !run.out().contains("board3"), "{}", run.out());
    }
    team.run("run --fail-fast --filter board1 --filter board4").succeeds().says(&["2 pictures as accepted"]);
}
