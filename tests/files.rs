//! What the program does to files and pipes when the disk is full, when it is killed, and when nobody reads.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use folder::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_friendboard");

/// Runs a line of the shell in a folder, with the program as `$F`; what it starts must end within a minute.
fn shell(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("timeout");
    command.args(["60", "bash", "-c", line]).env("F", PROGRAM).current_dir(folder).stdin(Stdio::null());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() != Some(124), "{line} hangs");
    assert!(!said.contains("panicked") && !output.stdout.windows(8).any(|part| part == b"panicked"), "{line}: {said}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every command that writes files, with the files that it writes, each larger than 1,024 bytes.
fn writers(folder: &Folder) -> Vec<(&'static str, Vec<&'static str>)> {
    folder.write("request.json", r#"{"query":"a","title":"t","imageUrl":"avatars/fox.png"}"#);
    folder.write("name.txt", "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭修禊事也群贤毕至少长咸集此地有崇山峻岭茂林修竹又有清流激湍映带左右引以为流觞曲水列坐其次虽无丝竹管弦之盛一觞一咏亦足以畅叙幽情是日也天朗气清惠风和畅仰观宇宙之大俯察品类之盛所以游目骋怀足以极视听之娱信可乐也");
    folder.write(
        "script.json",
        r#"{"platform":"wechat","canvas":{"width":600,"height":600},"friends":{"data":[{"openid":"a","nickname":"Ann","KVDataList":[{"key":"score","value":"3"}]}]},"steps":[{"at":0,"message":{"command":"render"}},{"at":3000,"snapshot":"one"}]}"#,
    );
    let row = |row: usize| format!("<view class='row' id='r{row}'><text class='name' value='{{{{=it.name}}}}'></text></view>");
    folder.write("list.dot", format!("<view class='list'>{}</view>", (0..24).map(row).collect::<String>()));
    folder.write("list.json", r#"{"list":{"width":400},"row":{"height":50},"name":{"fontSize":20}}"#);
    vec![
        ("$F import list.dot list.json -o brought --force", vec!["brought/board.xml"]),
        ("$F render -o board.png", vec!["board.png"]),
        ("$F share-image beat-my-score -o share.png", vec!["share.png"]),
        ("$F card wechat shareAppMessage --request request.json -o card.png", vec!["card.png"]),
        ("$F fonts subset --chars name.txt -o small.ttc", vec!["small.ttc"]),
        ("$F play script.json --out . --animate", vec!["one.png", "animation.png"]),
        ("$F boards --export podium .", vec!["podium.xml"]),
        (
            "$F init game --platform wechat --force",
            vec!["game/friendboard-game.js", "game/openDataContext/friendboard.wasm", "game/openDataContext/board.js"],
        ),
        ("$F run game --platform wechat -o looked.png", vec!["looked.png"]),
        ("$F man pages", vec!["pages/friendboard.1", "pages/friendboard-render.1"]),
    ]
}

#[test]
fn on_a_full_disk_what_was_there_stays() {
    let folder = Folder::new("full");
    for (line, files) in writers(&folder) {
        let good = shell(&folder.0, line);
        assert!(good.status.success(), "{line}: {}", said(&good));
        let export = line.contains("--export");
        let old: Vec<Vec<u8>> = files.iter().map(|file| fs::read(folder.0.join(file)).unwrap()).collect();
        if export {
            for file in &files {
                fs::remove_file(folder.0.join(file)).unwrap();
            }
        }
        let before = names(&folder.0);
        // Files of at most 1,024 bytes: the write that passes it fails after the first part.
        let full = shell(&folder.0, &format!("trap '' XFSZ; ulimit -f 1; {line}"));
        assert_eq!(full.status.code(), Some(1), "{line}: {}", said(&full));
        assert!(
            said(&full).lines().any(|line| line.starts_with("error: ")) && said(&full).contains("cannot be written"),
            "{}",
            said(&full)
        );
        if export {
            // What failed half-way is no reason to refuse.
            assert!(shell(&folder.0, line).status.success());
        } else {
            assert_eq!(names(&folder.0), before, "{line}");
        }
        for (file, old) in files.iter().zip(old) {
            assert!(fs::read(folder.0.join(file)).unwrap() == old, "{line}: {file}");
        }
    }
}

#[test]
fn a_disk_of_64_kb_that_is_full() {
    let folder = Folder::new("tmpfs");
    let disk = folder.0.join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        println!("only root mounts a disk: not tried here");
        return;
    }
    let small = shell(&folder.0, "$F render --size 100x100 -o disk/board.png");
    let old = fs::read(disk.join("board.png"));
    let full = shell(&folder.0, "$F render -o disk/board.png");
    let (now, left) = (fs::read(disk.join("board.png")), names(&disk));
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    assert!(small.status.success(), "{}", said(&small));
    assert_eq!(full.status.code(), Some(1), "{}", said(&full));
    assert_eq!((old.unwrap(), left), (now.unwrap(), vec!["board.png".to_owned()]));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_picture_or_the_new_one() {
    let folder = Folder::new("kill");
    let path = folder.0.join("board.rgba");
    let sizes = [("400x300", 400 * 300 * 4), ("401x300", 401 * 300 * 4)];
    assert!(shell(&folder.0, "$F render --size 400x300 -o board.rgba").status.success());
    let start = Instant::now();
    assert!(shell(&folder.0, "$F render --size 401x300 -o board.rgba").status.success());
    let whole = start.elapsed();
    // More of them: FRIENDBOARD_KILLS=200.
    let kills = std::env::var("FRIENDBOARD_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20u32);
    for kill in 0..kills {
        let (size, _) = sizes[kill as usize % 2];
        let mut child = Command::new(PROGRAM)
            .args(["render", "--size", size, "-o", "board.rgba"])
            .current_dir(&folder.0)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Spread over the last half of a run, where it writes.
        std::thread::sleep(whole / 2 + whole * (kill * 7 % kills) / (kills * 2));
        child.kill().unwrap();
        child.wait().unwrap();
        let length = fs::metadata(&path).unwrap().len() as usize;
        assert!(sizes.iter().any(|(_, whole)| *whole == length), "{length} bytes after kill {kill}");
    }
}

/// Each command that writes, killed at moments spread over its run, and several of it beside readers: whoever reads sees what
/// was written at one time, whole. Writers take turns between two contents of other lengths. `FRIENDBOARD_KILLS=200` is the long
/// run of minutes, with sixty writers for each command.
#[test]
fn every_command_that_writes_leaves_whole_files() {
    let folder = Folder::new("whole");
    folder.write("other.txt", "小明");
    let long = std::env::var("FRIENDBOARD_KILLS").ok().and_then(|kills| kills.parse().ok());
    let (kills, rounds) = long.map_or((4_usize, 1), |kills| (kills, 6));
    for (line, files) in writers(&folder) {
        // What is exported is not written over: it is taken away first, and may be missing.
        let export = line.contains("--export");
        let other = match line {
            "$F render -o board.png" => "$F render --size 300x200 -o board.png",
            "$F share-image beat-my-score -o share.png" => "$F share-image beat-my-score --locale zh-CN -o share.png",
            "$F fonts subset --chars name.txt -o small.ttc" => "$F fonts subset --chars other.txt -o small.ttc",
            same => same,
        };
        let contents = |line: &str| {
            for file in &files {
                let _ = fs::remove_file(folder.0.join(file));
            }
            assert!(shell(&folder.0, line).status.success(), "{line}");
            files.iter().map(|file| fs::read(folder.0.join(file)).unwrap()).collect::<Vec<_>>()
        };
        let start = Instant::now();
        let whole = [contents(line), contents(other)];
        let took = start.elapsed() / 2;
        let check = |seen: &str| {
            for (number, file) in files.iter().enumerate() {
                match fs::read(folder.0.join(file)) {
                    Ok(now) => {
                        let is_whole = whole.iter().any(|whole| whole[number] == now);
                        assert!(is_whole, "{seen}: {file} has {} bytes", now.len());
                    }
                    Err(error) => assert!(export, "{seen}: {file}: {error}"),
                }
            }
        };
        let spawn = |line: &str| {
            if export {
                let _ = fs::remove_file(folder.0.join(files[0]));
            }
            let line = format!("exec {line}");
            let mut command = Command::new("bash");
            command.args(["-c", &line]).env("F", PROGRAM).current_dir(&folder.0);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        for kill in 0..kills {
            let mut child = spawn([line, other][kill % 2]);
            std::thread::sleep(took * (kill * 7 % kills) as u32 / kills as u32);
            let _ = child.kill();
            child.wait().unwrap();
            check(&format!("kill {kill} of {line}"));
        }
        let (mut ran, mut reads) = (0, 0);
        for _ in 0..rounds {
            let mut children: Vec<_> = (0..10).map(|index| spawn([line, other][index % 2])).collect();
            while !children.is_empty() {
                for _ in 0..10 {
                    check(&format!("beside {line}"));
                    reads += 1;
                }
                children.retain_mut(|child| child.try_wait().unwrap().is_none());
            }
            ran += 10;
        }
        println!("{line}: {kills} kills, {ran} writers beside {reads} reads: each read is whole");
    }
}

/// What would take too much memory ends in an error or a picture where there is little, never by a signal.
#[test]
#[ignore = "draws 4096×4096 px of blurs, minutes long where nothing is optimised: cargo test --release --test files -- --ignored --nocapture"]
fn where_memory_is_short_nothing_ends_by_a_signal() {
    let folder = Folder::new("short");
    let row = |index: usize| format!(r#"{{"openid":"o{index}","nickname":"n{index}","score":{index}}}"#);
    let rows: Vec<String> = (0..1_000).map(row).collect();
    folder.write("many.json", format!("[{}]", rows.join(",")));
    folder.write("board.json", "{}");
    let over = "position: absolute; left: 0; top: 0; width: 100%; height: 100%";
    let boxes = |style: &str, count: usize| {
        let one = format!("<view style='{over}; {style}'/>");
        format!("<view style='width: 100%; height: 100%'>{}</view>", one.repeat(count))
    };
    let attributes: Vec<String> = (0..50).map(|index| format!("data-x{index}='{{{{ friends }}}}'")).collect();
    let group = format!("<view style='{over}; opacity: 0.5; background-color: #f008'>").repeat(60);
    let cases = [
        ("text", "<view><text for='f in friends' value='{{ loop.index }}{{ friends }}'/></view>".to_owned()),
        ("attributes", format!("<view><view for='f in friends' {}/></view>", attributes.join(" "))),
        ("shadows", boxes("box-shadow: 0 0 50px #000; transform: rotate(7deg)", 6)),
        ("layers", boxes("opacity: 0.5; background-color: #f00", 4)),
        ("nested", group + &"</view>".repeat(60)),
    ];
    for (name, template) in cases {
        folder.write("board.xml", &template);
        let line =
            "ulimit -v 400000; $F render --data many.json --template board.xml --style board.json --size 4096x4096 -o out.png";
        let output = shell(&folder.0, line);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}: {}", output.status, said(&output));
        println!("{name}: {:?}", output.status.code());
    }
}

#[test]
fn a_full_output_is_an_error_and_a_closed_one_the_end() {
    let folder = Folder::new("streams");
    writers(&folder);
    folder.write("friends.json", r#"[{"openid":"a","nickname":"Ann","score":3},{"nickname":7}]"#);
    folder.write("t.xml", "<view class=\"a\"><text valeu=\"x\"/></view>");
    folder.write("s.json", "{\"a\": {\"colour\": \"red\"}}");
    let speaks = [
        "$F boards",
        "$F boards --json",
        "$F boards --export podium out",
        "$F limits",
        "$F limits --json",
        "$F completions bash",
        "$F render -o board.png",
        "$F render -o - ",
        "$F play script.json --out run",
        "$F layout --template t.xml --style s.json",
        "$F check t.xml s.json --json",
        "$F fonts --text abc",
        "$F card wechat shareAppMessage --request request.json",
        "$F --help",
        "$F render --help",
    ];
    for line in speaks {
        let full = shell(&folder.0, &format!("{line} >/dev/full"));
        assert_eq!(full.status.code(), Some(1), "{line}: {}", said(&full));
        assert!(said(&full).contains("error: "), "{line}: {}", said(&full));
        // The reader is gone before the first byte.
        let closed = shell(&folder.0, &format!("{{ sleep 0.2; {line}; echo $? >status; }} | true"));
        assert_eq!(fs::read_to_string(folder.0.join("status")).unwrap().trim(), "141", "{line}: {}", said(&closed));
        assert!(!said(&closed).contains("error"), "{line}: {}", said(&closed));
    }
    for line in ["$F render --data friends.json -o warned.png", "$F check t.xml s.json", "$F render --data none.json"] {
        let full = shell(&folder.0, &format!("{line} 2>/dev/full"));
        assert_eq!(full.status.code(), Some(1), "{line}");
        let closed = shell(&folder.0, &format!("({{ sleep 0.2; {line}; }} 2>&1 >/dev/null; echo $? >status) | true"));
        assert!(closed.status.code().is_some());
        let status = fs::read_to_string(folder.0.join("status")).unwrap();
        assert!(matches!(status.trim(), "141" | "1"), "{line}: {status}");
        shell(&folder.0, &format!("{line} 2>&- >&-"));
    }
    assert!(fs::metadata(folder.0.join("warned.png")).unwrap().len() > 1_000);
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = Folder::new("kinds");
    writers(&folder);
    assert!(Command::new("mkfifo").arg(folder.0.join("pipe.png")).status().unwrap().success());
    std::os::unix::fs::symlink("pipe.png", folder.0.join("link.png")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.0.join("zero.png")).unwrap();
    let friend = |name: &str| format!(r#"{{"openid":"{name}","nickname":"n","avatarUrl":"{name}","score":1}}"#);
    let list = ["pipe.png", "link.png", "zero.png"].map(friend).join(",");
    folder.write("friends.json", format!("[{list}]"));
    let drawn = shell(&folder.0, "$F render --data friends.json -o board.png");
    assert!(drawn.status.success(), "{}", said(&drawn));
    assert!(said(&drawn).contains("a regular file was expected") && said(&drawn).contains("outside of the asset folder"));

    let request = r#"{"query":"a","title":"t","imageUrl":"pipe.png"}"#;
    folder.write("request.json", request);
    let card = shell(&folder.0, "$F card wechat shareAppMessage --request request.json -o card.png");
    assert!(card.status.code().is_some_and(|code| code <= 1), "{}", said(&card));
    folder.write(
        "script.json",
        r#"{"platform":"wechat","canvas":{"width":300,"height":300},"assets":{"https://a/1":"pipe.png","https://a/2":"/dev/zero"},"friends":{"data":[{"openid":"a","nickname":"Ann","avatarUrl":"https://a/1","KVDataList":[{"key":"score","value":"3"}]},{"openid":"b","nickname":"Bo","avatarUrl":"https://a/2","KVDataList":[{"key":"score","value":"2"}]}]},"steps":[{"at":0,"message":{"command":"render"}},{"at":3000,"snapshot":"one"}]}"#,
    );
    let played = shell(&folder.0, "$F play script.json --out run");
    assert!(played.status.success(), "{}", said(&played));
    let log = fs::read_to_string(folder.0.join("run/events.ndjson")).unwrap();
    assert_eq!(log.matches("a regular file was expected").count(), 2, "{log}");

    // A pipe that is named on the command line is read as one.
    let named = shell(&folder.0, "$F render --data <(cat friends.json) --assets . -o named.png");
    assert!(named.status.success(), "{}", said(&named));
    let named = shell(
        &folder.0,
        "mkfifo out.png; cat out.png >through.png & cat friends.json | $F render --data - --assets . -o out.png && wait",
    );
    assert!(named.status.success(), "{}", said(&named));
    assert!(fs::read(folder.0.join("through.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(shell(&folder.0, "$F render --data /dev/zero").status.code() == Some(1));
}

#[test]
fn what_a_document_names_is_a_regular_file_and_what_a_user_names_may_be_a_pipe() {
    let folder = Folder::new("named");
    assert!(Command::new("mkfifo").arg(folder.0.join("pipe")).status().unwrap().success());
    folder.write("t.xml", "<view/>");
    let script = |what: &str| {
        format!(r#"{{"platform":"wechat","canvas":{{"width":300,"height":300}},{what},"steps":[{{"at":0,"snapshot":"one"}}]}}"#)
    };
    for (name, what) in [
        ("data", r#""friends":"pipe""#),
        ("device", r#""friends":"/dev/zero""#),
        ("template", r#""template":"pipe""#),
        ("style", r#""template":"t.xml","style":"pipe""#),
    ] {
        folder.write("script.json", script(what));
        let played = shell(&folder.0, "$F play script.json --out run");
        assert!(!played.status.success() && said(&played).contains("a regular file was expected"), "{name}: {}", said(&played));
    }
    let font = format!("{}/assets/fonts/NotoSansThai-Regular.ttf", env!("CARGO_MANIFEST_DIR"));
    let fonts = shell(
        &folder.0,
        &format!("$F fonts --text \u{0E01} --no-bundled-fonts --font <(cat {font}); $F fonts --text a --font {font}"),
    );
    assert!(
        fonts.status.success() && String::from_utf8_lossy(&fonts.stdout).matches("noto sans thai").count() == 1,
        "{}",
        said(&fonts)
    );
    for (font, expected) in [("/dev/zero", "font_bytes"), (".", "a regular file was expected"), ("none.ttf", "No such file")] {
        let refused = shell(&folder.0, &format!("$F fonts --text a --font {font}"));
        assert!(refused.status.code() == Some(1) && said(&refused).contains(expected), "{}", said(&refused));
    }
}

#[test]
fn the_next_writer_removes_what_a_killed_one_left_behind() {
    let folder = Folder::new("leftovers");
    for number in 0..3 {
        folder.write(&format!(".board.png.{number}.tmp"), "half");
    }
    folder.write(".other.png.0.tmp", "half");
    assert!(shell(&folder.0, "$F render --size 100x100 -o board.png").status.success());
    assert_eq!(names(&folder.0), [".other.png.0.tmp", "board.png"]);
}

#[test]
fn what_came_from_outside_moves_no_cursor_and_forges_no_line() {
    let folder = Folder::new("escapes");
    let name = "x\\u001b[2J\\nerror: forged\\u202e\\u009b1m.png";
    folder.write("friends.json", format!(r#"[{{"openid":"a","nickname":"Ann","avatarUrl":"{name}","score":1}}]"#));
    folder.write("failed.json", format!(r#"{{"errMsg":"getFriendCloudStorage:fail {name}","errCode":-1}}"#));
    folder.write("request.json", format!(r#"{{"query":"a","title":"{name}","imageUrl":"{name}","{name}":1}}"#));
    folder.write(
        "script.json",
        format!(
            r#"{{"platform":"wechat","canvas":{{"width":300,"height":300}},"friends":{{"data":[{{"openid":"a","nickname":"{name}","avatarUrl":"{name}","KVDataList":[{{"key":"score","value":"3"}}]}}]}},"steps":[{{"at":0,"message":{{"command":"{name}"}}}},{{"at":1,"message":{{"command":"render"}}}},{{"at":500,"snapshot":"one"}}]}}"#
        ),
    );
    let lines = [
        "$F render --data friends.json -o a.png",
        "$F render --data friends.json -o a.png --report json",
        "$F render --data failed.json -o a.png",
        "FRIENDBOARD_LOG=debug $F render --data \"$(printf 'no\\nerror: forged\\033[2J')\"",
        "FRIENDBOARD_LOG=debug $F render --data friends.json --strict -o \"$(printf 'b\\nerror: forged\\033[2J.png')\"",
        "$F render --data friends.json -o \"$(printf 'b\\nerror: forged\\033[2J.png')\"",
        "$F card wechat shareAppMessage --request request.json",
        "$F play script.json --out run; cat run/events.ndjson",
        "$F \"$(printf 'no\\nerror: forged\\033[2J')\"",
        "$F render \"$(printf -- '--no\\nerror: forged\\033[2J')\"",
        "$F render --size \"$(printf '1x1\\nerror: forged\\033[2J')\"",
        "$F render --theme \"$(printf 'dark\\nerror: forged\\033[2J')\"",
        "$F boards --export podium \"$(printf 'b\\nerror: forged\\033[2J')\"",
        "$F fonts --text \"$(printf 'b\\nerror: forged\\033[2J')\"",
        "$F check \"$(printf 'b\\nerror: forged\\033[2J')\"",
        "$F layout --template \"$(printf 'b\\nerror: forged\\033[2J')\"",
        "$F completions \"$(printf 'b\\nerror: forged\\033[2J')\"",
        "$F render --limit \"$(printf 'b\\nerror: forged\\033[2J=1')\"",
        "$F render --font \"$(printf 'b\\nerror: forged\\033[2J')\"",
    ];
    for line in lines {
        let output = shell(&folder.0, line);
        for bytes in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let wrong = text.chars().find(|&character| {
                (character.is_control() && character != '\n' && character != '\t')
                    || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(wrong, None, "{line}: {text}");
            assert!(!text.lines().any(|line| line.starts_with("error: forged")), "{line}: {text}");
        }
    }
    let log = fs::read_to_string(folder.0.join("run/events.ndjson")).unwrap();
    assert!(log.contains(r"\u202e"), "{log}");
}
