//! `friendboard check` and `render --strict`: everything that is wrong with a board, in the form that editors and CI
//! annotate.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/folder.rs"]
mod folder;

use std::path::Path;
use std::process::{Command, Output};

use folder::Folder;

/// A folder with documents of one test.
fn folder_with(name: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(name);
    for (name, text) in files {
        folder.write(name, text);
    }
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_friendboard")).args(arguments).current_dir(&folder.0).output().unwrap()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect()
}

const TEMPLATE: &str = r#"<view id="root" class="rot">
  <txt>x</txt>
  <text valeu="x" value="{{ frends[0].nickname }}"/>
  <text class="titel" value="{{ friends | uper }}" if="1 +"/>
  <image src="nothing.png"/>
  <text if="false" value="{{ conut }} {{ own | default('-') }}"/>
  <text for="friend in friends" value="{{ friend.rank }} {{ freind.score }}" style="color: {{ thme.text }}"/>
</view>
"#;

const STYLE: &str = r##"{
  "root": {"widht": 100, "height": "tall"},
  "title": {"color": "#ggg", "textAlign": "centre", ":activ": {}},
  "bound": {"color": "{{ them.accent }}"}
}
"##;

#[test]
fn every_finding_has_its_place_and_what_was_meant() {
    let folder = folder_with("findings", &[("board.xml", TEMPLATE), ("board.json", STYLE)]);
    let output = run(&folder, &["check", "board.xml", "board.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = lines(&output.stderr);
    let expected = [
        "board.xml:2:4: warning: unknown tag 'txt', drawn as a view (did you mean 'text'?)",
        "board.xml:3:9: warning: unknown attribute 'valeu' of 'text' (did you mean 'value'?)",
        "board.xml:3:29: warning: unknown name 'frends' (did you mean 'friends'?)",
        "board.xml:4:43: error: unknown filter 'uper' (did you mean 'upper'?)",
        "board.xml:4:59: error: expected a value, found the end of the expression",
        "board.xml:6:30: warning: unknown name 'conut' (did you mean 'count'?)",
        "board.xml:7:61: warning: unknown name 'freind' (did you mean 'friend'?)",
        "board.xml:7:95: warning: unknown name 'thme' (did you mean 'theme'?)",
        "board.xml:1:1: warning: the style sheet has no 'rot' (did you mean 'root'?)",
        "board.xml:4:3: warning: the style sheet has no 'titel' (did you mean 'title'?)",
        "board.json:2:13: warning: unknown property 'widht' (did you mean 'width'?)",
        "board.json:3:43: error: expected one of left, center, right, start, end for 'textAlign', found 'centre' (did you mean 'center'?)",
        "board.json:3:54: warning: unknown state ':activ' (the one state is ':active')",
        "board.json:4:26: warning: unknown name 'them' (did you mean 'theme'?)",
    ];
    for line in expected {
        assert!(said.iter().any(|said| said == line), "{line}\nis not in:\n{}", said.join("\n"));
    }
    assert!(said.iter().any(|said| said.starts_with("board.xml:5:3: warning: picture 'nothing.png'")), "{said:?}");
    // One line each, and their number at the end: every line but the last has file, line, column and severity.
    let (last, findings) = said.split_last().unwrap();
    let learn = "(learn more: friendboard explain text bad-content value)";
    assert_eq!(*last, format!("error: {} findings {learn}", findings.len()));
    for finding in findings {
        let mut parts = finding.splitn(5, ':');
        assert!(parts.next().unwrap().starts_with("board."), "{finding}");
        assert!(parts.next().unwrap().parse::<u32>().unwrap() > 0 && parts.next().unwrap().parse::<u32>().unwrap() > 0);
        assert!([" warning", " error"].contains(&parts.next().unwrap()), "{finding}");
    }
}

#[test]
fn a_clean_board_is_clean() {
    let template = r#"<view id="root"><text class="title" for="friend, index in friends | items" value="{{ title }}"/>
      <text value="{{ event.name }} {{ loop.index }}" for="friend in friends"/></view>"#;
    let template = template.replace("friend, index in friends | items", "name, text in strings | items");
    let folder = folder_with("clean", &[("t.xml", &template), ("s.json", r#"{"root": {}, "title": {"fontSize": 20}}"#)]);
    // What a game adds to the board's own names is said with --var.
    let output = run(&folder, &["check", "t.xml", "s.json", "--var", "event=x"]);
    assert_eq!((output.status.code(), lines(&output.stderr)), (Some(0), Vec::new()));
    let said = ["t.xml, s.json: 3 elements, 2 styles and 0 files that they name: nothing is wrong"];
    assert_eq!(lines(&output.stdout), said);
    let output = run(&folder, &["check", "t.xml", "s.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        lines(&output.stderr),
        ["t.xml:2:23: warning: unknown name 'event'", "error: 1 finding (learn more: friendboard explain variables)"]
    );
}

#[test]
fn findings_as_json() {
    let folder = folder_with("json", &[("t.xml", "<view>\n <texts/></view>"), ("s.json", "{}")]);
    let output = run(&folder, &["check", "t.xml", "s.json", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found[0]["code"], "unknown-tag");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&2.into(), &3.into()));
    assert_eq!(found[0]["hint"], "did you mean 'text'?");
}

#[test]
fn documents_that_are_none() {
    let folder = folder_with("malformed", &[("t.xml", "<view>\n  <text>\n</view>"), ("s.json", "{\n \"a\": {\n}")]);
    let output = run(&folder, &["check", "t.xml", "s.json"]);
    let said = lines(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    // One does not hide the other.
    assert!(said[0].starts_with("t.xml:3:") && said[1].starts_with("s.json:3:1: error: "), "{said:?}");
    assert_eq!(said.last().unwrap(), "error: 2 findings (learn more: friendboard explain malformed)");
    for arguments in [["check", "t.xml", "none.json"], ["check", "none.xml", "s.json"]] {
        let output = run(&folder, &arguments);
        let said = lines(&output.stderr);
        assert!(!output.status.success() && said.len() == 1 && said[0].contains("none."), "{said:?}");
    }
}

#[test]
fn the_built_in_boards_are_clean() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/templates");
    let mut boards = 0;
    for entry in std::fs::read_dir(&templates).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "xml") {
            continue;
        }
        let own = path.with_extension("json");
        let mut call = Command::new(env!("CARGO_BIN_EXE_friendboard"));
        let cards = std::fs::read_to_string(&path).unwrap().starts_with("<view class=\"stage\"");
        call.arg("check").arg(&path).arg(templates.join(if cards { "card.json" } else { "board.json" }));
        if own.is_file() {
            call.arg(own);
        }
        let output = call.output().unwrap();
        assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
        boards += 1;
    }
    assert!(boards >= 6, "{boards}");
}

#[test]
fn strict_refuses_what_is_wrong() {
    let style = r#"{"root": {"width": 10, "height": 10}}"#;
    let cases = [
        (r#"<view id="root"><text value="fine"/></view>"#, true),
        (r#"<view id="root"><txt/></view>"#, false),
        (r#"<view id="root"><text value="{{ nothing }}"/></view>"#, false),
        (r#"<view id="root"><image src="nothing.png"/></view>"#, false),
    ];
    for (template, is_clean) in cases {
        let folder = folder_with("strict", &[("t.xml", template), ("s.json", style)]);
        let call = ["render", "--template", "t.xml", "--style", "s.json", "--assets", ".", "--size", "10x10", "-o", "o.png"];
        let output = run(&folder, &[&call[..], &["--strict"]].concat());
        assert_eq!(output.status.success(), is_clean, "{template}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(folder.0.join("o.png").is_file(), is_clean, "{template}");
        // Without it the rest still draws.
        assert!(run(&folder, &call).status.success(), "{template}");
        assert!(folder.0.join("o.png").is_file());
    }
}

#[test]
fn what_is_pressed_must_be_there() {
    let folder = folder_with("press", &[("t.xml", r#"<view id="root"><button id="go"/></view>"#), ("s.json", "{}")]);
    let call = ["render", "--template", "t.xml", "--style", "s.json", "--size", "10x10", "-o", "o.png", "--press"];
    assert!(run(&folder, &[&call[..], &["go"]].concat()).status.success());
    let output = run(&folder, &[&call[..], &["og"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(lines(&output.stderr)[0].contains("no node has the id 'og'"), "{:?}", lines(&output.stderr));
}

/// What a file of texts or colours says of itself is read: its language, and the theme that it adds to.
#[test]
fn what_a_file_says_of_itself_is_no_unread_key() {
    let folder = folder_with(
        "itself",
        &[
            ("t.xml", "<text class='t' value='{{ strings.mine }}'/>"),
            ("s.json", r#"{"t": {"color": "{{ theme.own }}"}}"#),
            ("de.json", r#"{"$schema": "x", "//": "a note", "locale": "de", "mine": "Meins"}"#),
            ("own.json", r##"{"$schema": "x", "//": "a note", "extends": "neon", "own": "#ff0000"}"##),
        ],
    );
    let check = ["check", "t.xml", "s.json", "--locale", "de.json", "--theme", "own.json"];
    let checked = run(&folder, &check);
    assert_eq!(checked.status.code(), Some(0), "{:?}", lines(&checked.stderr));
    folder.write("de.json", r#"{"locale": "de", "mine": "Meins", "yours": "Deins"}"#);
    let said = lines(&run(&folder, &check).stderr);
    assert_eq!(said.first().unwrap(), "de.json: warning: nothing reads 'yours': no expression says strings.yours");
}
