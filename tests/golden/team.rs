//! A team's way: cases of what was just tried, changes that are found and named, and accepting them.

use friendboard::json::Value;

use crate::junit::holds_to_schema;
use crate::workspace::{NEW_BOARD, Workspace, files};

/// A picture's outcome in the JSON of a run.
fn outcome<'a>(run: &'a Value, name: &str) -> &'a Value {
    let outcomes = run.get("outcomes").and_then(Value::as_list).unwrap();
    let is = |outcome: &&Value| outcome.get("name").and_then(Value::as_text) == Some(name);
    outcomes.iter().find(is).unwrap_or_else(|| panic!("there is no {name} in {}", run.to_json()))
}

/// The first failure of an outcome.
fn failure(outcome: &Value) -> &Value {
    &outcome.get("failures").and_then(Value::as_list).unwrap()[0]
}

fn text<'a>(value: &'a Value, path: &[&str]) -> &'a str {
    let found = path.iter().try_fold(value, |value, name| value.get(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("no {path:?} in {}", value.to_json()))
}

/// Without how long things took.
fn timeless(run: &Value) -> String {
    let outcomes = run.get("outcomes").and_then(Value::as_list).unwrap();
    outcomes.iter().map(|outcome| outcome.clone().with("milliseconds", 0_u64).to_json() + "\n").collect()
}

#[test]
fn a_teams_folder() {
    let team = Workspace::new("team");
    team.run(NEW_BOARD).succeeds().says(&["drew golden/scores/expected.png", "golden/scores is a case"]);
    team.run("new first-open --from play game/script.json").succeeds().says(&["golden/first-open/expected-there.png"]);
    team.run("new podium --from render --board podium --size 240x240 --data game/friends.json").succeeds();
    let copied = ["board.json", "board.xml", "case.toml", "expected.png", "expected.stages.gz", "friends.json"];
    assert_eq!(files(&team.path("golden/scores")), copied);
    // What the cases are of is their own copy.
    std::fs::remove_dir_all(team.path("game")).unwrap();
    team.run("run").succeeds().says(&["4 pictures as accepted"]);

    // Three locales and two ratios: other pictures of other names.
    team.write("golden/scores/de.json", r#"{"locale": "de", "leaderboard": "Bestenliste"}"#);
    team.change("golden/scores/case.toml", r#"locales = ["en"]"#, r#"locales = ["en", "zh-CN", "de.json"]"#);
    team.change("golden/scores/case.toml", "dprs = [1]", "dprs = [1, 2]");
    team.run("run").fails(1).says(&["FAIL golden/scores/1x-de", "there is no reference yet", "expected.png is of no picture"]);
    team.run("accept").fails(1).says(&["accepted golden/scores/expected-2x-zh-CN.png", "6 of 10 accepted"]);
    team.run("prune --dry-run").succeeds().says(&["would remove golden/scores/expected.png", "2 files to remove"]);
    team.run("prune").succeeds().says(&["removed golden/scores/expected.stages.gz"]);
    team.run("run").succeeds().says(&["9 pictures as accepted"]);

    changes_are_named(&team);

    // In CI nothing is accepted, and elsewhere all of it.
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let refused = team.command("accept").env("CI", "true").output().unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
    team.run("run").fails(1).says(&["6 of 9 pictures failed", "friendboard golden accept", "--report DIR"]);
    let in_ci = team.command("accept --in-ci --filter 2x").env("CI", "true").output().unwrap();
    assert!(in_ci.status.success());
    team.run("run").fails(1).says(&["3 of 9 pictures failed"]);
    team.run("accept").succeeds().says(&["3 of 9 accepted"]);
    team.run("run").succeeds();
    team.run("accept").succeeds().says(&["0 of 9 accepted"]);
}

/// A colour, a text, a padding and a datum: each is found with the node's file and line and the stage.
fn changes_are_named(team: &Workspace) {
    let changes = [
        ("board.json", "#114488", "#aa2200", "scene", "golden/scores/board.xml:5:5", "color: #aa2200"),
        ("board.xml", "Best of May", "Best of June", "scene", "golden/scores/board.xml:2:3", "Best of June"),
        ("board.json", r#""padding": 8"#, r#""padding": 12"#, "scene", "golden/scores/board.xml:1:1", "padding.left: 12"),
        ("friends.json", r#""Bo", "score": 20"#, r#""Bo", "score": 25"#, "data", "golden/scores/board.xml:5:5", "25"),
    ];
    for (file, from, to, stage, place, change) in changes {
        let path = format!("golden/scores/{file}");
        let old = team.change(&path, from, to);
        let report = team.path("report");
        let ran = team.run("run --json --jobs 2 --report report --junit report/junit/out.xml").fails(1);
        let run = ran.json();
        assert_eq!(run.get("failed").and_then(Value::as_integer), Some(6), "{file} {to}: {}", run.to_json());
        let failed = failure(outcome(&run, "golden/scores/2x-zh-CN"));
        assert_eq!(text(failed, &["code"]), "pixels");
        assert_eq!(text(failed, &["blame", "stage"]), stage, "{file} {to}");
        let nodes = failed.get("blame").and_then(|blame| blame.get("nodes")).and_then(Value::as_list).unwrap();
        let first = &nodes[0];
        assert_eq!(text(first, &["place"]), place, "{file} {to}: {}", failed.to_json());
        let changed = first.get("changes").and_then(Value::as_list).unwrap();
        assert!(changed.iter().any(|found| found.as_text().unwrap().contains(change)), "{change}: {}", first.to_json());
        assert!(text(failed, &["blame", "text"]).lines().any(|line| line.starts_with('+')), "{}", failed.to_json());

        // The same on one thread, and in words.
        let alone = team.run("run --json --jobs 1").fails(1).json();
        assert_eq!(timeless(&alone), timeless(&run));
        team.run("run --filter 2x-zh-CN").fails(1).says(&[
            &format!("begins at {stage}"),
            place,
            "it would pass with a tolerance",
        ]);

        let page = team.read("report/index.html");
        for shown in ["golden/scores/2x-zh-CN", place, stage, "data:image/"] {
            assert!(page.contains(shown), "the page does not show {shown}");
        }
        assert!(report.join("golden-scores-2x-zh-CN.png").is_file());
        junit(&team.read("report/junit/out.xml"), place);
        team.write(&path, old);
    }
    team.run("run").succeeds();
    would_have_passed(team);
}

/// What a failure says that would have passed passes, with a reason.
fn would_have_passed(team: &Workspace) {
    let style = team.change("golden/scores/board.json", "#114488", "#124488");
    let run = team.run("run --json --filter 1x-en").fails(1).json();
    let would = failure(outcome(&run, "golden/scores/1x-en")).get("wouldPass").unwrap().clone();
    let case = team.read("golden/scores/case.toml");
    for key in ["channel", "pixels"] {
        let value = would.get(key).unwrap().to_json();
        team.write("golden/scores/case.toml", format!("{case}\n[tolerance]\n{key} = {value}\nreason = 'a test'\n"));
        team.run("run --filter 1x-en").succeeds();
    }
    team.write("golden/scores/case.toml", format!("{case}\n[tolerance]\nchannel = 9\n"));
    team.run("run").fails(1).says(&["golden/scores/case.toml", "missing field `reason`"]);
    team.write("golden/scores/case.toml", case);
    team.write("golden/scores/board.json", style);
}

/// What the schema has, and the figures that hold together.
fn junit(xml: &str, place: &str) {
    holds_to_schema(xml);
    let document = roxmltree::Document::parse(xml).unwrap();
    let figure = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name("testsuites"));
    let mut failures = 0;
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert!(suite.has_tag_name("testsuite"));
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(cases.len(), figure(&suite, "tests"));
        for case in cases {
            assert!(case.has_tag_name("testcase"));
            let names: Vec<&str> = case.attributes().map(|attribute| attribute.name()).collect();
            assert_eq!(names, ["classname", "name", "time"]);
            case.attribute("time").unwrap().parse::<f64>().unwrap();
            let found: Vec<_> = case.children().filter(roxmltree::Node::is_element).collect();
            assert!(found.len() <= 1 && found.iter().all(|found| found.has_tag_name("failure") || found.has_tag_name("error")));
            failures += found.len();
            for found in found {
                assert!(found.attribute("message").is_some() && found.attribute("type").is_some());
                assert!(found.text().unwrap().contains(place), "{:?}", found.text());
            }
        }
    }
    assert_eq!((failures, figure(&root, "failures"), figure(&root, "tests")), (6, 6, 9));
}

#[test]
fn what_must_hold_beside_the_picture() {
    let team = Workspace::with_case("expectations");
    let case = team.read("golden/scores/case.toml");
    let expecting = |lines: &str| team.write("golden/scores/case.toml", format!("{case}\n[expect]\n{lines}\n"));
    expecting(
        "boxes = ['.row.count == 3', '.name.right <= .score.left', '#title.width <= board.width - 16']\n\
        no_cut_text = true\nno_missing_glyph = true\ncontrast = 4.5\nno_diagnostics = true",
    );
    team.run("run").succeeds();
    for (lines, told) in [
        ("boxes = ['.row.count >= 4']", "boxes: .row.count >= 4: found 3 and 4"),
        ("boxes = ['.scroe.width < 4']", "no node that is shown is .scroe"),
        ("boxes = ['.score.widht < 4']", "one of left, top, right"),
        ("contrast = 10", "contrast: golden/scores/board.xml:5:5: '31' in #114488 has"),
        ("no_cut_txt = true", "did you mean `no_cut_text`?"),
    ] {
        expecting(lines);
        team.run("run").fails(1).says(&[told]);
    }
    // Accepting does not mend them.
    expecting("contrast = 10");
    team.run("accept").fails(1).says(&["contrast:", "accepting does not mend that"]);

    let cut = r##""width": 20, "maxLines": 1, "textOverflow": "ellipsis", "fontSize": 14, "color": "#fffffe""##;
    team.change("golden/scores/board.json", r##""fontSize": 14, "color": "#333333""##, cut);
    team.change("golden/scores/board.xml", "Best of May", "Best \u{10FFF0} May");
    expecting("no_cut_text = ['#title']");
    team.run("accept").succeeds();
    for (lines, told) in [
        ("no_cut_text = true", "no_cut_text: golden/scores/board.xml:4:5: 'Ann' is cut"),
        ("no_cut_text = ['.name']", "is cut"),
        ("no_missing_glyph = true", "(U+10FFF0)"),
        ("contrast = 1.1", "in #fffffe has 1.00:1"),
    ] {
        expecting(lines);
        team.run("run").fails(1).says(&[told]);
    }
    team.write("golden/scores/case.toml", &case);
    team.change("golden/scores/board.json", r#""height": 24"#, r#""height": 24, "hieght": 3"#);
    expecting("no_diagnostics = true");
    team.run("run").fails(1).says(&["no_diagnostics: found golden/scores/board.json:", "height"]);
}

#[test]
fn sessions_are_cases_with_their_events() {
    let team = Workspace::new("sessions");
    team.run("new open --from play game/script.json --out run").succeeds().says(&["golden/open/expected.ndjson"]);
    assert!(!team.path("run").exists());
    team.write("golden/open/case.toml", "play = 'script.json'\n[expect]\nevents = ['snapshot']\n");
    team.run("run").succeeds();
    team.write(
        "golden/open/case.toml",
        "play = 'script.json'\n[expect]\nevents = ['snapshot', { event = 'shareAppMessage' }]\n",
    );
    team.run("run").fails(1).says(&["FAIL golden/open/events", r#"events: expected {"event":"shareAppMessage"}"#]);
    // What is wrong is logged with the same names wherever the command is run.
    team.change("golden/open/board.json", r#""height": 24"#, r#""height": 24, "hieght": 3"#);
    team.change("golden/open/board.xml", "</view>\n</view>", "</view>\n<image src='nowhere.png'/></view>");
    team.run("accept").fails(1);
    let log = team.read("golden/open/expected.ndjson");
    assert!(log.contains(r#""document":"board.json""#) && !log.contains("golden/"), "{log}");
    for (folder, path) in [("golden/open", "."), ("golden", "open"), ("game", "../golden/open")] {
        let mut command = team.command(&format!("run {path} --json"));
        let ran = command.current_dir(team.path(folder)).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(!said.contains(r#""code":"events""#), "{folder}: {said}");
    }
    team.change("golden/open/board.json", r#", "hieght": 3"#, "");
    team.change("golden/open/board.xml", "<image src='nowhere.png'/>", "");
    team.write("golden/open/case.toml", "play = 'script.json'\n");
    team.run("accept").succeeds();
    // A script alone is a case too.
    std::fs::remove_file(team.path("golden/open/case.toml")).unwrap();
    team.run("run").succeeds().says(&["2 pictures as accepted"]);
    team.change("golden/open/friends.json", "Ann", "Anna");
    team.change("golden/open/script.json", "200", "210");
    let run = team.run("run --json").fails(1).json();
    let failed = failure(outcome(&run, "golden/open/there"));
    assert_eq!(text(failed, &["blame", "stage"]), "data");
    assert!(failed.to_json().contains("golden/open/board.xml:4:5"), "{}", failed.to_json());
    assert_eq!(text(failure(outcome(&run, "golden/open/events")), &["code"]), "events");
    team.run("accept").succeeds();
    team.run("run").succeeds();
}
