//! Runs of the open data context. The scripts below `golden/play/` are cases of `tests/golden`; what else is true of them
//! stands here.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "play/platform.rs"]
mod platform;

use std::path::{Path, PathBuf};
use std::process::Command;

use friendboard::host::headless::play::{ACTIONS, MEMBERS, Run, Script, read_script, run};
use friendboard::{Limits, context::Vocabulary};
use image::AnimationDecoder;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/play")
}

fn play(name: &str, animate: bool) -> Run {
    let limits = Limits::default();
    let script = read_script(&folder().join(name).join("script.json"), &limits).unwrap_or_else(|error| panic!("{error}"));
    run(&script, animate, None, &limits).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The vocabulary's script leaves no word out.
#[test]
fn every_word_is_in_the_vocabulary_script() {
    let script = std::fs::read_to_string(folder().join("vocabulary/script.json")).unwrap();
    for (word, _) in Vocabulary::default().words() {
        assert!(script.contains(&format!("\"{word}\"")), "{word}");
    }
    let unknown = play("vocabulary", false).events.lines().filter(|line| line.contains("unknown-message")).count();
    assert_eq!(unknown, 4);
}

#[test]
fn the_same_script_gives_the_same_bytes() {
    let (first, second) = (play("failed-fetch-and-retry", true), play("failed-fetch-and-retry", true));
    assert_eq!(first.events, second.events);
    assert!(first.snapshots == second.snapshots && first.animation.unwrap().unwrap() == second.animation.unwrap().unwrap());
}

#[test]
fn each_picture_is_asked_for_once_and_six_at_a_time() {
    let run = play("first-open", false);
    let mut asked: Vec<&str> = run.events.lines().filter(|line| line.contains("\"createImage\"")).collect();
    assert!(asked.iter().filter(|line| line.contains("\"at\":217,")).count() == 6 && asked.len() == 8);
    let count = asked.len();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), count);
}

/// Frames are asked for while something moves, and not at rest.
#[test]
fn no_frame_is_asked_for_at_rest() {
    let run = play("fling", false);
    let times: Vec<u64> = run
        .events
        .lines()
        .filter(|line| line.contains("\"requestAnimationFrame\""))
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["at"].as_u64().unwrap())
        .collect();
    assert!(times.iter().filter(|at| (160..1_490).contains(*at)).count() > 70);
    // The bar stays for a while before it fades, and nothing moves then, nor after it.
    assert!(times.iter().all(|at| !(1_500..1_870).contains(at) && !(2_190..3_300).contains(at)), "{times:?}");
    assert!(times.iter().any(|at| (1_870..2_190).contains(at)));
}

#[test]
fn an_animation_ends_as_the_last_snapshot() {
    let run = play("fling", true);
    let decoder = image::codecs::png::PngDecoder::new(std::io::Cursor::new(run.animation.unwrap().unwrap())).unwrap();
    let frames: Vec<_> = decoder.apng().unwrap().into_frames().collect::<Result<_, _>>().unwrap();
    let last = image::load_from_memory(&run.snapshots.last().unwrap().1).unwrap().to_rgba8();
    assert_eq!(*frames.last().unwrap().buffer(), last);
    assert!(frames.len() > 100);
}

#[test]
fn the_command_writes_what_the_library_gives() {
    let out = std::env::temp_dir().join(format!("friendboard-play-{}", std::process::id()));
    let script = folder().join("group/script.json");
    let call =
        |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_friendboard")).arg("play").args(arguments).output().unwrap();
    let done = call(&[script.to_str().unwrap(), "--out", out.to_str().unwrap(), "--animate"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let run = play("group", true);
    assert_eq!(std::fs::read_to_string(out.join("events.ndjson")).unwrap(), run.events);
    assert_eq!(std::fs::read(out.join("group.png")).unwrap(), run.snapshots[1].1);
    assert_eq!(std::fs::read(out.join("animation.png")).unwrap(), run.animation.unwrap().unwrap());
    std::fs::remove_dir_all(&out).unwrap();
    assert_eq!(call(&["missing.json", "--out", "x"]).status.code(), Some(1));
}

#[test]
fn what_is_wrong_with_a_script_is_said_with_its_place() {
    let folder = std::env::temp_dir().join(format!("friendboard-scripts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("s.json");
    for (script, said) in [
        ("{\"steps\": [],\n \"platfrom\": \"wechat\"}", ":2:14 at platfrom: expected one of platform"),
        ("{\"steps\": [],\n \"platfrom\": \"wechat\"}", "did you mean `platform`?"),
        (r#"{"steps": [], "platform": "wechta"}"#, "did you mean 'wechat'?"),
        (r#"{"steps": [], "platform": "wps"}"#, "no open data context"),
        (r#"{"steps": [{"at": 0, "mesage": "hide"}]}"#, "steps[0].mesage: expected one of at, message"),
        (r#"{"steps": [{"at": 0}]}"#, "found only a time"),
        (r#"{"steps": [{"at": 9, "tap": [1, 2]}, {"at": 8, "tap": [1, 2]}]}"#, "at steps[1].at: expected a time of at least 9"),
        (r#"{"steps": [{"at": 0, "tap": [1]}]}"#, "[x, y] in px"),
        (r#"{"steps": [{"at": -1, "tap": [1, 2]}]}"#, "a whole number from 0"),
        (r#"{"steps": [{"at": 0, "snapshot": "../x"}]}"#, "for a file"),
        (r#"{"steps": [{"at": 0, "snapshot": "animation"}]}"#, "for a file"),
        (r#"{"steps": [{"at": 0, "snapshot": "a"}, {"at": 1, "snapshot": "A"}]}"#, "no other snapshot"),
        (r#"{"steps": [], "friends": "none.json"}"#, "at friends: "),
        (r#"{"steps": [], "latency": {"getFriendCloudStorag": 5}}"#, "did you mean `getFriendCloudStorage`?"),
        (r#"{"steps": [], "faults": {"image": {"a.png": "errors"}}}"#, "error or hang"),
        (r#"{"steps": [], "canvas": {"width": 10}}"#, "a height beside the width"),
        (r#"{"steps": [], "canvas": {"width": 0, "height": 1}}"#, "from 1 to 65535"),
        (r#"{"steps": [], "board": "leaderbord"}"#, "did you mean 'leaderboard'?"),
        (r#"{"steps": [], "words": {"openIt": "rendr"}}"#, "did you mean 'render'?"),
        (r#"{"steps": [], "canvas": {"width": 65000, "height": 65000}}"#, "over the limit"),
        (r#"{"steps": [}"#, ":1:12"),
        ("[]", "expected an object, found a list"),
    ] {
        std::fs::write(&path, script).unwrap();
        let limits = Limits::default();
        let error = read_script(&path, &limits).and_then(|script| run(&script, false, None, &limits)).err();
        let error = error.unwrap_or_else(|| panic!("{script}")).to_string();
        assert!(error.contains(said), "{script}: {error}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The lines of a run's log, and of what is named.
fn log_of(name: &str, script: &str) -> Vec<String> {
    let limits = Limits::default();
    let path = std::env::temp_dir().join(format!("friendboard-{name}-{}.json", std::process::id()));
    std::fs::write(&path, script).unwrap();
    let run = read_script(&path, &limits).and_then(|script| run(&script, false, None, &limits));
    std::fs::remove_file(&path).unwrap();
    run.unwrap().events.lines().map(str::to_owned).collect()
}

/// A script with these members and steps.
fn script(members: &str, steps: &str) -> String {
    format!(r#"{{"canvas": {{"width": 60, "height": 60}}, {members}, "steps": [{steps}]}}"#)
}

/// The states of the board that a log tells of.
fn states(lines: &[String]) -> Vec<String> {
    let state = |line: &String| Some(line.split_once("\"state\",\"state\":\"")?.1.split('"').next()?.to_owned());
    lines.iter().filter_map(state).collect()
}

const SHOW: &str = r#"{"at": 0, "message": {"command": "render"}}, {"at": 100, "snapshot": "s"}"#;

#[test]
fn a_store_over_the_platforms_limits_is_refused_as_the_platform_does() {
    let long = "9".repeat(2_000);
    let steps = format!(
        r#"{{"at": 0, "setUserCloudStorage": {{"KVDataList": [{{"key": "score", "value": "{long}"}}]}}}},
            {{"at": 1, "setUserCloudStorage": {{"KVDataList": [{{"key": "score", "value": "7"}}]}}}},
            {{"at": 2, "removeUserCloudStorage": ["score"]}}"#
    );
    let lines = log_of("limits", &script(r#""platform": "wechat", "self": "me", "friends": {"data": []}"#, &steps));
    let of = |part: &str| -> Vec<&String> { lines.iter().filter(|line| line.contains(part)).collect() };
    let stored = of("\"event\":\"setUserCloudStorage\"");
    assert_eq!(stored.len(), 2, "{lines:?}");
    assert!(stored[0].contains("setUserCloudStorage:fail"), "{}", stored[0]);
    assert!(!stored[1].contains("fail"), "{}", stored[1]);
    // The platform does not say which value it was.
    let said = of("\"diagnostic\"");
    assert!(said.len() == 1 && said[0].contains("expected key and value of at most 1024 bytes, found 2005"), "{said:?}");
    assert_eq!(of("\"event\":\"removeUserCloudStorage\"").len(), 1);
}

#[test]
fn only_the_keys_that_are_asked_for_are_answered() {
    let friends =
        r#""friends": {"data": [{"openid": "a", "nickname": "Ann", "KVDataList": [{"key": "coins", "value": "5"}]}]}"#;
    let lines = log_of("keys", &script(friends, SHOW));
    let said = lines.iter().find(|line| line.contains("unasked-keys")).unwrap();
    assert!(said.contains("asked for: score") && said.contains("has `coins`"), "{said}");
    let lines = log_of("keys", &script(&format!(r#"{friends}, "keyList": ["coins"]"#), SHOW));
    assert!(!lines.iter().any(|line| line.contains("unasked-keys")), "{lines:?}");
}

/// What no storage would have answered is answered as the script has it: a failure, something broken, rows of a ranking.
#[test]
fn data_that_is_none_of_a_storage_is_answered_as_it_is() {
    for (friends, state) in [
        (r#"{"errMsg": "getFriendCloudStorage:fail timeout"}"#, "error"),
        (r#"{"errMsg": "getFriendCloudStorage:fail", "errCode": -12006}"#, "denied"),
        (r#""[not JSON""#, "error"),
        (r#"{"data": [{"data_type": 0, "value": 12, "utime": 5, "openid": "a", "nick_name": "Ann"}]}"#, "ready"),
        (r#"{"data": []}"#, "empty"),
    ] {
        let lines = log_of("written", &script(&format!(r#""friends": {friends}"#), SHOW));
        assert_eq!(states(&lines), ["loading", state], "{friends}: {lines:?}");
    }
}

#[test]
fn what_is_wrong_with_a_scripts_friends_is_said_once() {
    let friends = r#""friends": {"data": [{"openid": 7, "nickname": "Ann"}, {"openid": "b", "nickname": "Bo"}]}"#;
    let steps = format!("{SHOW}, {}", r#"{"at": 200, "message": {"command": "render", "force": true}}"#);
    let lines = log_of("dropped", &script(friends, &steps));
    let said: Vec<_> = lines.iter().filter(|line| line.contains("dropped-friend")).collect();
    assert!(said.len() == 1 && said[0].contains(r#""line":1,"column":"#), "{said:?}");
    assert!(said[0].contains(r#""path":"friends.data[0].openid""#), "{said:?}");
}

/// On Douyin groups and friends are one call, and any key of the script is a ranking.
#[test]
fn douyins_groups_are_answered() {
    let member = |openid: &str, score: u32| {
        format!(r#"{{"openid": "{openid}", "nickname": "{openid}", "KVDataList": [{{"key": "score", "value": "{score}"}}]}}"#)
    };
    let groups = format!(r#""platform": "douyin", "self": "me", "groups": {{"g1": {{"data": [{}]}}}}"#, member("a", 3));
    let steps = r#"{"at": 0, "message": {"type": "showGroupRank", "groupId": "g1"}}, {"at": 50, "message": {"type": "update", "score": 9}},
        {"at": 100, "snapshot": "s"}"#;
    let lines = log_of("douyin", &script(&groups, steps));
    assert_eq!(states(&lines), ["loading", "ready"], "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("\"diagnostic\"")), "{lines:?}");
}

/// Reading takes each step once: this would take minutes, were the steps gone over again for each snapshot.
#[test]
fn many_snapshots_are_read() {
    let steps: Vec<String> = (0..20_000).map(|n| format!(r#"{{"at":{n},"snapshot":"s{n}"}}"#)).collect();
    let text = script(r#""friends": {"data": []}"#, &steps.join(","));
    let script = Script::read(&text, "script.json", Path::new(""), &Limits::default()).unwrap();
    assert_eq!(script.steps.len(), 20_000);
}

#[test]
fn what_was_not_understood_is_said_on_the_terminal_and_strictly_an_error() {
    let play = |name: &str, strict: bool| {
        let out = tempfile_folder(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
        command.arg("play").arg(folder().join(name).join("script.json")).arg("--out").arg(&out);
        let output = if strict { command.arg("--strict") } else { &mut command }.output().unwrap();
        std::fs::remove_dir_all(out).unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, said) = play("field-rank-words", false);
    assert_eq!(
        (status, said.as_str()),
        (Some(0), "300 ms: warning: unknown message 'level'\nlearn more: friendboard explain messages\n")
    );
    let (status, said) = play("field-rank-words", true);
    assert!(status == Some(1) && said.contains("a message was not understood"), "{said}");
    assert_eq!(play("field-pager", true), (Some(0), String::new()));
}

#[test]
fn what_is_expected_and_not_there_is_an_error_that_says_what_is() {
    let limits = Limits::default();
    let case = folder().join("expectations");
    let text = std::fs::read_to_string(case.join("script.json")).unwrap();
    let run_of = |text: &str| run(&Script::read(text, "script.json", &case, &limits).unwrap(), false, None, &limits).unwrap();
    assert!(run_of(&text).failed.is_empty());
    for (right, wrong, said) in [
        (
            r#""state": "ready", "texts": ["Mina""#,
            r#""state": "empty", "texts": ["Mina""#,
            "state: expected empty, found ready",
        ),
        (r#"["Mina", "960""#, r#"["Mina", "961""#, "texts: expected '961', found 'Bestenliste · no season', 'Mina', '960'"),
        (r#"{"event": "state", "state": "ready"}"#, r#"{"event": "tap"}"#, r#"events: expected {"event":"tap"}"#),
        (
            r#""diagnostics": ["unknown-message"]"#,
            r#""diagnostics": []"#,
            "diagnostics: expected no 'unknown-message', found 'unknown message 'dance''",
        ),
        (
            r#""diagnostics": ["unknown-message"]"#,
            r#""diagnostics": ["missing-picture"]"#,
            "diagnostics: expected 'missing-picture', found none",
        ),
    ] {
        assert!(text.contains(right), "{right}");
        let failed = run_of(&text.replacen(right, wrong, 1)).failed;
        assert!(failed.iter().any(|(_, failure)| failure.contains(said)), "{wrong}: {failed:?}");
    }
    let read = |text: &str| Script::read(text, "script.json", &case, &limits).unwrap_err().to_string();
    let error = read(r#"{"steps": [{"at": 0, "expect": {"stat": "ready"}}]}"#);
    assert!(error.contains("did you mean `state`?") && error.contains("steps[0].expect"), "{error}");
    let error = read(r#"{"steps": [], "theme": "nothing.json"}"#);
    assert!(error.contains("nothing.json") && error.contains("theme"), "{error}");
}

/// An editor that completes a script, and who asks for help, learn of every member.
#[test]
fn help_and_schema_name_every_member_of_a_script() {
    let help = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(["play", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let schema = include_str!("../assets/play.schema.json");
    let schema = friendboard::json::Value::from_json(schema, &Limits::default()).unwrap();
    let members = schema.get("properties").unwrap().as_map().unwrap();
    let step = schema.get("$defs").unwrap().get("step").unwrap().get("properties").unwrap().as_map().unwrap();
    for member in MEMBERS {
        assert!(members.contains_key(*member), "the schema has no {member}");
        assert!(help.contains(member), "the help has no {member}");
    }
    for action in ACTIONS {
        assert!(step.contains_key(*action), "the schema has no step {action}");
        assert!(help.contains(action), "the help has no step {action}");
    }
    let known: Vec<&str> = members.keys().map(AsRef::as_ref).filter(|name| *name != "$schema").collect();
    assert_eq!(known.len(), MEMBERS.len(), "the schema has members that no script has");
}

fn tempfile_folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("friendboard-play-{name}-{}-{:?}", std::process::id(), std::thread::current().id()))
}

/// An animation that is too long costs neither the snapshots nor the memory.
#[test]
fn an_animation_that_is_too_long_leaves_all_else() {
    let limits = Limits { animation_bytes: 20_000, ..Limits::default() };
    let script = read_script(&folder().join("fling/script.json"), &limits).unwrap();
    let run = run(&script, true, None, &limits).unwrap();
    assert!(run.snapshots.len() > 3 && !run.events.is_empty());
    assert!(run.animation.unwrap().unwrap_err().to_string().contains("--limit animation_bytes="));
}

/// Each input and each frame has a budget of its own, and all of a session have one together.
#[test]
fn a_session_that_asks_for_too_much_in_all_is_told_what_raises_it() {
    let sized = |count: usize, work: u64| {
        let steps: Vec<String> = (0..count)
            .map(|step| format!(r#"{{"at": {}, "canvas": {{"width": {}, "height": 300}}}}"#, step * 20, 300 + step % 7))
            .collect();
        let script = format!(
            r#"{{"platform": "wechat", "canvas": {{"width": 300, "height": 300}},
                 "friends": {{"data": [{{"openid": "a", "nickname": "Ann", "KVDataList": [{{"key": "score", "value": "3"}}]}}]}},
                 "steps": [{{"at": 0, "message": {{"command": "render"}}}}, {}]}}"#,
            steps.join(",")
        );
        let folder = tempfile_folder(&format!("sized-{count}-{work}"));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("script.json");
        std::fs::write(&path, script).unwrap();
        let limits = Limits { session_work: work, ..Limits::default() };
        let script = read_script(&path, &limits).unwrap();
        let done = run(&script, false, None, &limits);
        std::fs::remove_dir_all(&folder).unwrap();
        done
    };
    // The least that a count of steps takes is where it stops to be refused: twice the steps take about twice as much.
    let least = |count: usize| {
        let (mut refused, mut enough) = (0, 4_000_000_000);
        while enough - refused > 1_000_000 {
            let middle = u64::midpoint(refused, enough);
            *(if sized(count, middle).is_ok() { &mut enough } else { &mut refused }) = middle;
        }
        enough
    };
    let (few, many) = (least(20), least(40));
    assert!(many > few * 3 / 2 && many < few * 5 / 2, "{few} steps for 20, {many} for 40");
    let said = sized(40, few).err().unwrap().to_string();
    let expected = "of work for one session: found ";
    assert!(said.contains(expected) && said.contains(" while ") && said.contains("--limit session_work="), "{said}");
}

/// A session draws with fonts of its own, named in its script or on the command line.
#[test]
fn a_session_has_fonts_of_its_own() {
    let limits = Limits::default();
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts/NotoSansThai-Bold.ttf");
    let place = tempfile_folder("fonts");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::copy(&font, place.join("own.ttf")).unwrap();
    std::fs::write(place.join("board.xml"), "<text class='t' value='Agnes'/>").unwrap();
    std::fs::write(place.join("board.json"), r#"{"t": {"fontSize": 40}}"#).unwrap();
    let script = |fonts: &str| {
        format!(
            r#"{{"template": "board.xml", "style": "board.json", "canvas": {{"width": 200, "height": 60}}, {fonts}
            "steps": [{{"at": 0, "message": {{"command": "render"}}}}, {{"at": 100, "snapshot": "s"}}]}}"#
        )
    };
    let read = |fonts: &str| Script::read(&script(fonts), "script.json", &place, &limits);
    let drawn = |fonts: &str| run(&read(fonts).unwrap(), false, None, &limits).map(|run| run.snapshots[0].1.clone());
    let (bundled, own) = (drawn("").unwrap(), drawn(r#""fonts": ["own.ttf"],"#).unwrap());
    assert!(bundled != own, "the letters are those of another font");
    assert!(drawn(r#""fonts": ["nowhere.ttf"],"#).unwrap_err().to_string().contains("nowhere.ttf"));
    assert!(read(r#""fonts": "own.ttf","#).unwrap_err().to_string().contains("a list"));

    std::fs::write(place.join("script.json"), script("")).unwrap();
    let mut play = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    let played = play.args(["play", "script.json", "--out", "out", "--font", "own.ttf"]).current_dir(&place).output().unwrap();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    assert_eq!(std::fs::read(place.join("out/s.png")).unwrap(), own);
    let mut new = Command::new(env!("CARGO_BIN_EXE_friendboard"));
    std::fs::write(place.join("script.json"), script(r#""fonts": ["own.ttf"],"#)).unwrap();
    let made = new.args(["golden", "new", "case", "--from", "play", "script.json"]).current_dir(&place).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(place.join("golden/case/fonts/own.ttf").is_file(), "a case takes its fonts along");
    std::fs::remove_dir_all(place).unwrap();
}
