//! References that are not as they should be: a clear line for each, and nothing lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use crate::workspace::{Workspace, files};

const PICTURE: &str = "golden/scores/expected.png";

#[test]
fn references_that_are_not_as_they_should_be() {
    let team = Workspace::with_case("references");
    let path = team.path(PICTURE);
    let good = std::fs::read(&path).unwrap();
    let record = std::fs::read(team.path("golden/scores/expected.stages.gz")).unwrap();

    std::fs::write(&path, &good[..good.len() / 2]).unwrap();
    team.run("run").fails(1).says(&["golden/scores/expected.png: a picture was expected:"]);
    std::fs::write(&path, b"no picture at all").unwrap();
    team.run("run").fails(1).says(&["golden/scores/expected.png: a picture was expected:"]);
    team.run("accept").succeeds().says(&["accepted golden/scores/expected.png"]);
    assert_eq!(std::fs::read(&path).unwrap(), good);

    image::RgbaImage::new(7, 5).save(&path).unwrap();
    team.run("run").fails(1).says(&["expected 7×5 px, drew 240×120 px", "no record of the stages"]);
    std::fs::remove_file(&path).unwrap();
    team.run("run").fails(1).says(&["there is no reference yet"]);
    std::fs::create_dir(&path).unwrap();
    team.run("run").fails(1).says(&["expected.png: it cannot be read"]);
    team.run("accept").fails(1).says(&["nothing was written: it is no regular file"]);
    std::fs::remove_dir(&path).unwrap();
    let huge = std::fs::File::create(&path).unwrap();
    huge.set_len(3_000_000_000).unwrap();
    team.run("run").fails(1).says(&["bytes were expected, found more: it is no reference"]);
    team.run("accept").succeeds();
    assert_eq!(std::fs::read(&path).unwrap(), good);

    // A record that is broken, or another picture's, is none.
    std::fs::write(team.path("golden/scores/expected.stages.gz"), &record[..20]).unwrap();
    let style = team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.run("run").fails(1).says(&["no record of the stages", "golden/scores/board.xml:5:5: text.score (×3)"]);
    team.write("golden/scores/board.json", style);

    team.write("golden/scores/expected-old.png", &good);
    team.run("run").fails(1).says(&["expected-old.png is of no picture of this case", "friendboard golden prune"]);
    team.run("prune").succeeds().says(&["removed golden/scores/expected-old.png", "1 file removed"]);
    // What is no reference by its name stays, and a folder that has only references goes with its case.
    team.write("golden/scores/avatar.png", &good);
    team.write("golden/gone/expected-dark.png", &good);
    team.write("golden/other/expected.png", &good);
    team.write("golden/other/notes.txt", "not a case of ours");
    team.run("prune").succeeds().says(&["removed golden/gone/expected-dark.png", "1 file removed"]);
    assert!(team.path("golden/scores/avatar.png").exists() && team.path("golden/other/expected.png").exists());
}

#[test]
fn what_weighs_too_much_is_kept_as_a_hash() {
    let team = Workspace::with_case("heavy");
    let case = team.read("golden/scores/case.toml");
    team.write("golden/scores/case.toml", format!("{case}reference_bytes = 1000\n"));
    team.run("run").fails(1).says(&["at most 1 KiB were expected", "reference_bytes"]);
    team.run("accept").succeeds().says(&["accepted golden/scores/expected.hash"]);
    let kept = ["expected.hash", "expected.preview.png", "expected.stages.gz"];
    assert_eq!(files(&team.path("golden/scores")).iter().filter(|file| file.starts_with("expected")).collect::<Vec<_>>(), kept);
    team.run("run").succeeds();
    // Its line is what anyone can make of the pixels.
    let draw = "render --template board.xml --style board.json --data friends.json --size 240x120 -o ../../board.rgba";
    let mut render = std::process::Command::new(env!("CARGO_BIN_EXE_friendboard"));
    render.args(draw.split(' ')).current_dir(team.path("golden/scores"));
    assert!(render.status().unwrap().success());
    let sum = std::process::Command::new("sha256sum").arg(team.path("board.rgba")).output();
    if let Ok(sum) = sum {
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert_eq!(team.read("golden/scores/expected.hash"), format!("sha256 {} 240x120\n", sum.split(' ').next().unwrap()));
    }
    let style = team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.run("run").fails(1).says(&["another hash than its reference", "begins at scene", "golden/scores/board.xml:5:5"]);
    team.write("golden/scores/board.json", style);
    team.write("golden/scores/expected.hash", "sha256 what");
    team.run("run").fails(1).says(&["expected.hash: `sha256 HASH WIDTHxHEIGHT` was expected"]);
    std::fs::copy(team.path("golden/scores/expected.preview.png"), team.path(PICTURE)).unwrap();
    team.run("run").fails(1).says(&["one reference was expected, found golden/scores/expected.hash beside it"]);
    team.write("golden/scores/case.toml", case);
    team.run("accept").succeeds();
    assert!(!team.path("golden/scores/expected.hash").exists());
    team.run("run").succeeds();
}

#[test]
fn many_pictures_are_kept_as_lines_of_one_file() {
    let team = Workspace::with_case("lines");
    let case = team.read("golden/scores/case.toml");
    team.write("golden/scores/case.toml", format!("references = 'hashes'\n{case}"));
    team.change("golden/scores/case.toml", "dprs = [1]", "dprs = [1, 2]");
    team.run("run").fails(1).says(&["there is no reference yet", "expected.png is of no picture of this case"]);
    team.run("accept").fails(1).says(&["accepted golden/scores/expected.hashes"]);
    team.run("prune").succeeds().says(&["removed golden/scores/expected.png", "removed golden/scores/expected.stages.gz"]);
    team.run("run").succeeds().says(&["2 pictures as accepted"]);
    let lines = team.read("golden/scores/expected.hashes");
    let ends: Vec<&str> = lines.lines().map(|line| line.rsplit_once(' ').unwrap().1).collect();
    assert_eq!(ends, ["1x", "2x"], "{lines}");

    // One that changed, and no other; accepting changes its line.
    let style = team.change("golden/scores/board.json", "#114488", "#aa2200");
    team.run("run").fails(1).says(&["2 of 2 pictures failed", "another hash than its reference"]);
    team.run("accept --filter 2x").succeeds().says(&["1 of 1 accepted"]);
    team.run("run").fails(1).says(&["FAIL golden/scores/1x", "1 of 2 pictures failed"]);
    team.write("golden/scores/board.json", style);
    team.run("accept").succeeds();
    assert_eq!(team.read("golden/scores/expected.hashes"), lines);

    // A merge that was not finished, lines of no picture, and another way of keeping.
    team.write("golden/scores/expected.hashes", format!("<<<<<<< HEAD\n{lines}"));
    team.run("run").fails(1).says(&["expected.hashes:1: `sha256 HASH WIDTHxHEIGHT NAME` was expected, found '<<<<<<< HEAD'"]);
    team.run("accept").succeeds();
    assert_eq!(team.read("golden/scores/expected.hashes"), lines);
    team.write("golden/scores/expected.hashes", format!("{lines}{}\n", lines.lines().next().unwrap().replace("1x", "3x")));
    team.run("run").fails(1).says(&["expected.hashes: 3x is of no picture of this case"]);
    team.write("golden/scores/expected-old.png", "");
    team.run("prune --dry-run")
        .succeeds()
        .says(&["would remove golden/scores/expected.hashes: 3x", "1 file and 1 line to remove"]);
    std::fs::remove_file(team.path("golden/scores/expected-old.png")).unwrap();
    team.run("prune").succeeds().says(&["removed golden/scores/expected.hashes: 3x", "\n1 line removed"]);
    team.run("run").succeeds();
    team.write("golden/scores/case.toml", &case);
    team.run("run").fails(1).says(&["expected.hashes is of no picture of this case", "there is no reference yet"]);
}

/// What a checkout on Windows makes of a case's texts is the same case.
#[test]
fn line_feeds_behind_carriage_returns_are_line_feeds() {
    let team = Workspace::with_case("endings");
    team.run("new open --from play game/script.json").succeeds();
    team.run("new heavy --from render --template game/board.xml --style game/board.json --size 240x120").succeeds();
    let heavy = team.read("golden/heavy/case.toml");
    team.write("golden/heavy/case.toml", format!("reference_bytes = 1000\n{heavy}[vars]\na = \"\"\"x\ny\"\"\"\n"));
    team.run("accept").succeeds();
    team.run("new lines --from render --board podium --size 100x100").succeeds();
    let lines = team.read("golden/lines/case.toml");
    team.write("golden/lines/case.toml", format!("references = 'hashes'\n{lines}"));
    team.run("accept").fails(1);
    team.run("prune").succeeds();
    let mut changed = 0;
    for folder in ["scores", "open", "heavy", "lines"] {
        for file in files(&team.path(&format!("golden/{folder}"))) {
            let path = format!("golden/{folder}/{file}");
            let ending = std::path::Path::new(&file).extension();
            if ending.is_none_or(|ending| ending != "png" && ending != "gz") {
                team.write(&path, team.read(&path).replace('\n', "\r\n"));
                changed += 1;
            }
        }
    }
    assert!(changed >= 14, "{changed}");
    team.run("run").succeeds().says(&["5 pictures as accepted"]);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_what_may_not_be_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let team = Workspace::with_case("links");
    let path = team.path(PICTURE);
    let good = std::fs::read(&path).unwrap();
    team.write("elsewhere.png", "somebody else's");
    std::fs::remove_file(&path).unwrap();
    symlink(team.path("elsewhere.png"), &path).unwrap();
    team.run("run").fails(1).says(&["expected.png: a file of its own was expected, found a link"]);
    team.run("accept").fails(1).says(&["nothing was written: it is a link"]);
    assert_eq!(team.read("elsewhere.png"), "somebody else's");
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, &good).unwrap();

    // A link to a folder of cases is not gone into.
    team.run("new more --in other --from render --size 40x40 --state empty").succeeds();
    symlink(team.path("other"), team.path("golden/linked")).unwrap();
    team.run("run").succeeds().says(&["1 picture as accepted"]);

    // Who may do everything can write this too.
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_mode(0o444);
    std::fs::set_permissions(&path, rights).unwrap();
    let is_held = std::fs::OpenOptions::new().write(true).open(&path).is_err();
    if is_held {
        team.run("accept").fails(1).says(&["expected.png: nothing was written"]);
        assert_eq!(std::fs::read(&path).unwrap(), good);
    }
    let fifo = team.path("golden/scores/expected.hash");
    if std::process::Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()) {
        team.run("run").fails(1).says(&["expected.hash: it cannot be read: a regular file was expected"]);
    }
}

/// At moments that are spread over all of an accept, each file is as it was or as it is to be.
#[test]
fn whenever_accepting_is_killed_each_reference_is_whole() {
    const KILLS: u32 = 12;
    let team = Workspace::with_case("killed");
    team.change("golden/scores/case.toml", "dprs = [1]", "dprs = [1, 1.5, 2]");
    team.change("golden/scores/case.toml", r#"themes = ["light"]"#, r#"themes = ["light", "dark"]"#);
    let start = Instant::now();
    team.run("accept").fails(1);
    let takes = start.elapsed();
    team.run("prune").succeeds();
    let references = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        let names = files(folder).into_iter().filter(|file| file.starts_with("expected"));
        names.map(|file| (file.clone(), std::fs::read(folder.join(file)).unwrap())).collect()
    };
    let (mut colour, mut old_and_new) = ("#114488".to_owned(), (0, 0));
    for kill in 0..=KILLS {
        let next = format!("#{:06}", 100_000 + kill);
        team.change("golden/scores/board.json", &colour, &next);
        colour = next;
        let out = format!("new{kill}");
        team.run(&format!("run --drawn {out}")).fails(1);
        let (before, after) =
            (references(&team.path("golden/scores")), references(&team.path(&format!("{out}/golden/scores"))));
        let mut accepting = team.command("accept").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // The first does not come to write, and the last is not stopped, however busy the machine is.
        if kill < KILLS {
            std::thread::sleep(takes * kill / KILLS);
            drop(accepting.kill());
        }
        accepting.wait().unwrap();
        let now = references(&team.path("golden/scores"));
        assert_eq!(now.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        for (file, bytes) in &now {
            let (is_old, is_new) = (before.get(file) == Some(bytes), after.get(file) == Some(bytes));
            assert!(is_old || is_new, "{file} is neither old nor new, killed after {:?}", takes * kill / KILLS);
            old_and_new = (old_and_new.0 + usize::from(is_old), old_and_new.1 + usize::from(is_new));
        }
    }
    assert!(old_and_new.0 > 0 && old_and_new.1 > 0, "kills came before and after writing: {old_and_new:?}");
    team.run("accept").succeeds();
    team.run("run").succeeds().says(&["6 pictures as accepted"]);
}

#[test]
fn what_is_asked_for_wrongly_is_told() {
    let team = Workspace::with_case("wrong");
    team.run("run nowhere")
        .fails(1)
        .says(&["nowhere: a folder was expected", "`friendboard golden new NAME --from render …` makes a case"]);
    team.run("run game").fails(1).says(&["there is no reference"]);
    team.run("run --filter nothing-has-this").fails(2).says(&["no picture of 1 cases has 'nothing-has-this'"]);
    team.run("new scores --from render").fails(2).says(&["is there already"]);
    team.run("new ../out --from render").fails(2).says(&["the name of a case was expected"]);
    for name in ["con", "boards/AUX.old", "a:b", "what?", "end."] {
        team.run(&format!("new {name} --from render")).fails(2).says(&["a folder can have on every system"]);
    }
    team.run("new other --from renda").fails(2).says(&["--from: unrecognized subcommand 'renda'"]);
    team.run("new other --from render --sise 3").fails(2).says(&["--from: unexpected argument '--sise'"]);
    team.run("new other --from render --limit friends=3").fails(2).says(&["--limit: limits are no part of a case"]);
    team.write("golden/scores/case.toml", "template = 'board.xml'\nstyles = ['bord.json']");
    team.run("run").fails(1).says(&["golden/scores/bord.json: cannot be read"]);
    team.write("golden/scores/case.toml", "template = 'board.xml'\nstyles = ['looks\\board.json']");
    team.run("run").fails(1).says(&["a path with / was expected in `styles`"]);
    team.write("golden/scores/case.toml", "locales = ['en', 'a/en.json']");
    team.run("run").fails(1).says(&["found 'en' twice"]);
    team.write("golden/scores/case.toml", "[expect\n");
    team.run("run").fails(1).says(&["golden/scores/case.toml:1:"]);
    team.run("prune").fails(1).says(&["left as it is: golden/scores/case.toml:1:"]);
}
