//! How far a picture may differ: each key of `[tolerance]`, and what else a case expects.

use crate::workspace::Workspace;

/// The case with a tolerance in place of another.
fn tolerates(team: &Workspace, keys: &str) {
    let case = team.read("golden/scores/case.toml");
    let case = case.split("[tolerance]").next().unwrap().trim_end();
    team.write("golden/scores/case.toml", format!("{case}\n[tolerance]\n{keys}\nreason = 'a test'\n"));
}

/// What a run says that would have passed, as lines of a `case.toml`.
fn would_pass(team: &Workspace) -> Vec<String> {
    let said = team.run("run").fails(1).out();
    let line = said.lines().find_map(|line| line.trim().strip_prefix("it would pass with a tolerance of "));
    line.unwrap_or_else(|| panic!("{said}")).split(", or of ").map(str::to_owned).collect()
}

#[test]
fn each_measure_says_what_would_pass_and_that_passes() {
    let team = Workspace::with_case("measures");
    team.change("golden/scores/board.json", "#114488", "#1a4f90");
    for (strict, keys) in [
        ("channel = 0", ["channel", "pixels"].as_slice()),
        ("count = 0", &["channel", "count"]),
        ("perceived = 0.0", &["perceived", "pixels"]),
        ("antialiased = true", &["channel", "pixels"]),
        ("similarity = 1.0", &["similarity"]),
        ("blur = 0.5", &["channel", "pixels"]),
    ] {
        tolerates(&team, strict);
        let passing = would_pass(&team);
        assert_eq!(passing.iter().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(), keys);
        let kept = if strict.starts_with("antialiased") || strict.starts_with("blur") { strict } else { "" };
        for line in passing {
            tolerates(&team, &format!("{kept}\n{line}"));
            team.run("run").succeeds().says(&["1 picture as accepted, 1 within a tolerance"]);
        }
    }
}

/// Letters that are another colour have the same edges; another text has not.
#[test]
fn similarity_is_of_structure() {
    let team = Workspace::with_case("similar");
    tolerates(&team, "similarity = 0.995");
    let style = team.change("golden/scores/board.json", "#114488", "#1a4f90");
    team.run("run").succeeds();
    team.write("golden/scores/board.json", style);
    team.change("golden/scores/friends.json", "Ann", "Maximilian");
    team.run("run --report report").fails(1).says(&["FAIL golden/scores", "begins at data", "similarity = 0.9"]);
    assert!(team.read("report/index.html").contains("<code>similarity = 0.9"));
}

#[test]
fn a_picture_of_another_size_is_compared_where_that_is_allowed() {
    let team = Workspace::with_case("sizes");
    team.change("golden/scores/case.toml", "240x120", "250x130");
    team.run("run").fails(1).says(&["expected 240×120 px, drew 250×130 px"]);
    tolerates(&team, "any_size = true");
    let failed = team.run("run --json --report report").fails(1).json();
    let failure = &failed.get("outcomes").unwrap().as_list().unwrap()[0].get("failures").unwrap().as_list().unwrap()[0];
    assert_eq!(failure.get("code").unwrap().as_text(), Some("pixels"));
    assert_eq!(failure.get("total").unwrap().as_integer(), Some(250 * 130));
    assert!(team.path("report/golden-scores.png").is_file());
    assert!(team.read("report/index.html").contains("expected, drawn, difference"));
    tolerates(&team, "any_size = true\npixels = 0.2");
    team.run("run").succeeds().says(&["1 within a tolerance"]);
    // It is of another size still, and a line of a hash has no pixels to be compared.
    tolerates(&team, "");
    team.run("run").fails(1).says(&["expected 240×120 px"]);
}

#[test]
fn what_is_near_is_accepted_where_that_is_asked_for() {
    let team = Workspace::with_case("near");
    tolerates(&team, "channel = 20");
    let before = std::fs::read(team.path("golden/scores/expected.png")).unwrap();
    team.change("golden/scores/board.json", "#114488", "#124488");
    team.run("run --verbose").succeeds().says(&["ok golden/scores", "1 picture as accepted, 1 within a tolerance"]);
    team.run("accept").succeeds().says(&["0 of 1 accepted"]);
    assert_eq!(std::fs::read(team.path("golden/scores/expected.png")).unwrap(), before);
    team.run("accept --near").succeeds().says(&["accepted golden/scores/expected.png", "1 of 1 accepted"]);
    team.run("run").succeeds().says(&["1 picture as accepted\n"]);
    tolerates(&team, "");
    team.run("run").succeeds();
}

#[test]
fn diagnostics_are_expected_by_what_they_say() {
    let team = Workspace::with_case("diagnostics");
    team.change("golden/scores/board.json", r#""fontSize": 16"#, r#""fontSize": 16, "hieght": 3"#);
    let case = team.read("golden/scores/case.toml");
    let expects = |line: &str| team.write("golden/scores/case.toml", format!("{case}\n[expect]\n{line}\n"));
    expects("no_diagnostics = true");
    team.run("run").fails(1).says(&["no_diagnostics: found", "hieght"]);
    expects("diagnostics = ['hieght']");
    team.run("run").succeeds();
    expects("diagnostics = ['hieght', 'widht']");
    team.run("run").fails(1).says(&["diagnostics: expected 'widht', found none with it"]);
    expects("diagnostics = []");
    team.run("run").fails(1).says(&["diagnostics: found beside those that are expected:", "hieght"]);
    // Accepting a picture mends nothing of that.
    team.run("accept").fails(1).says(&["accepting does not mend that"]);
    team.change("golden/scores/board.json", r#", "hieght": 3"#, "");
    team.run("run").succeeds();
    expects("diagnostics = ['hieght']");
    team.run("run").fails(1).says(&["found none with it"]);
}
