//! What machines get of a run: the page that is kept as an artefact, and the action for GitHub.

use std::path::Path;
use std::process::Command;

use friendboard::Limits;
use friendboard::golden::{self, Options, Outcome, report, report::Layout};

use crate::workspace::Workspace;

/// What a page of 50 failures may weigh, bytes.
const PAGE_BYTES: usize = 2_000_000;

#[test]
fn a_page_of_many_failures_is_light() {
    let team = Workspace::new("page");
    // All of the picture differs, and nothing in it can be packed.
    let mut random = 1_u32;
    let noise = image::RgbImage::from_fn(300, 300, |_, _| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(random >> 24) as u8, (random >> 16) as u8, (random >> 8) as u8])
    });
    noise.save(team.path("game/noise.png")).unwrap();
    team.write("game/noise.xml", "<image class='noise' src='noise.png'/>");
    team.write("game/noise.json", r#"{"noise": {"width": 300, "height": 300}}"#);
    team.run("new noise --from render --template game/noise.xml --style game/noise.json --size 300x300").succeeds();
    image::imageops::rotate90(&noise).save(team.path("golden/noise/assets/noise.png")).unwrap();
    let case = golden::Case::of_folder(&team.path("golden/noise"), &Limits::default());
    let outcomes = golden::run(&[case], &Options::default(), &|_, _| {});
    let failed: Vec<Outcome> = outcomes.into_iter().filter(|outcome| !outcome.passed()).collect();
    assert_eq!(failed.len(), 1);

    let page = report::html(&vec![failed[0].clone(); 50], Layout::Row, &Limits::default());
    assert_eq!(page.matches("<img").count(), 50);
    assert!(page.len() < PAGE_BYTES, "{} bytes", page.len());
    // What is shown of each can still be made out.
    assert!(page.len() > PAGE_BYTES / 4, "{} bytes", page.len());
    assert!(!page.contains("<script") && !page.contains("http"), "the page is one file");

    let text_only = Outcome { drawn: None, ..failed[0].clone() };
    let page = report::html(&vec![text_only; 3_000], Layout::Row, &Limits::default());
    assert!(page.len() < PAGE_BYTES, "{} bytes", page.len());
    assert!(page.contains("2800 more failed"));
}

/// 50 pictures of a board in five themes, five locales and two ratios, after a change of its data.
#[test]
fn a_page_of_fifty_boards_that_differ_is_light() {
    let team = Workspace::new("fifty");
    team.run("new board --from render --board leaderboard --data game/friends.json --size 240x320").succeeds();
    for (one, several) in [
        ("dprs = [1]", "dprs = [1, 2]"),
        (r#"["light"]"#, r#"["light", "dark", "neon", "paper", "candy"]"#),
        (r#"["en"]"#, r#"["en", "zh-CN", "es", "ar", "ja"]"#),
    ] {
        team.change("golden/board/case.toml", one, several);
    }
    team.run("accept").fails(1).says(&["50 of 51 accepted"]);
    team.run("prune").succeeds();
    team.change("golden/board/friends.json", r#""score": 31"#, r#""score": 1234567"#);
    team.change("golden/board/friends.json", "Bo", "Bo with a name that is too long to be shown");
    team.run("run --report report --junit report/junit.xml").fails(1).says(&["50 of 50 pictures failed"]);
    let page = team.read("report/index.html");
    assert!(page.len() < PAGE_BYTES, "{} bytes", page.len());
    assert_eq!(page.matches("<img alt=\"expected, drawn, difference\"").count(), 50);
    assert_eq!(page.matches("It begins at <b>data</b>").count(), 50);
    assert!(page.contains("text.score") && page.contains("1234567"), "what changed is named");
    assert_eq!(page.matches("<section id=").count(), 50);
}

/// What another crate's tests say of its cases, passing, failing, in CI, accepting and accepted.
fn a_crate_is_tested(team: &Workspace, run: &dyn Fn(&[(&str, &str)]) -> (bool, String)) {
    let (passed, said) = run(&[]);
    assert!(passed, "{said}");
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let (passed, said) = run(&[("FRIENDBOARD_REPORT", "report")]);
    assert!(!passed, "{said}");
    for told in ["golden: 1 of 1 picture failed (FRIENDBOARD_ACCEPT=1 accepts; report/index.html shows it)", "board.xml:5:5"] {
        assert!(said.contains(told), "expected '{told}' in:\n{said}");
    }
    assert!(team.path("report/index.html").is_file());
    let (passed, said) = run(&[("FRIENDBOARD_ACCEPT", "1"), ("CI", "true")]);
    assert!(!passed && said.contains("nothing is accepted in continuous integration"), "{said}");
    assert!(run(&[("FRIENDBOARD_ACCEPT", "1")]).0 && run(&[]).0);
}

/// Another crate's cases as `cargo nextest` runs its tests: each is a process in the folder of the package, which is named in
/// the environment. The test that is run so is this program's own, which names its folder from the package's.
#[test]
fn another_crates_cases_run_in_processes_of_their_own() {
    let team = Workspace::with_case("processes");
    a_crate_is_tested(&team, &|variables| {
        let mut test = Command::new(std::env::current_exe().unwrap());
        test.args(["repository::pictures_are_as_accepted", "--exact", "--nocapture"]).current_dir(team.path(""));
        test.env_remove("CI").env_remove("FRIENDBOARD_ACCEPT").env("CARGO_MANIFEST_DIR", team.path(""));
        test.envs([("NEXTEST", "1"), ("NEXTEST_EXECUTION_MODE", "process-per-test")]).envs(variables.iter().copied());
        let ran = test.output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        assert!(said.contains("running 1 test"), "{said}");
        (ran.status.success(), said)
    });
}

/// The same of a crate that depends on friendboard, by `cargo nextest` itself. It takes minutes, as friendboard is built once
/// more for it: CI has the test above, which starts the same processes with the same variables.
#[test]
#[ignore = "builds friendboard as a dependency, and needs cargo-nextest: cargo test --test golden -- --ignored"]
fn another_crates_cases_run_by_nextest() {
    let team = Workspace::with_case("nextest");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // With this repository's profile, what it depends on is built already.
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (profile, _) = manifest[manifest.find("[profile.dev]").unwrap()..].split_once("[profile.release]").unwrap();
    let dependency = format!("friendboard = {{ path = {:?} }}", root.display().to_string());
    team.write(
        "Cargo.toml",
        format!(
            "[package]\nname = 'team'\nversion = '0.1.0'\nedition = '2024'\n[dev-dependencies]\n{dependency}\n{profile}\n\
             [profile.dev.package.friendboard]\nopt-level = 0\n"
        ),
    );
    std::fs::copy(root.join("Cargo.lock"), team.path("Cargo.lock")).unwrap();
    team.write("src/lib.rs", "");
    let test = "#[test]\nfn boards() {\n    friendboard::golden::case(\"golden\").assert();\n}\n#[test]\nfn others() {\n    \
        friendboard::golden::case(\"golden/scores\").filter(\"scores\").jobs(1).assert();\n}\n";
    team.write("tests/golden.rs", test);
    a_crate_is_tested(&team, &|variables| {
        let mut nextest = Command::new("cargo");
        nextest.args(["nextest", "run", "--offline", "--no-fail-fast", "--target-dir"]).arg(root.join("target"));
        nextest.current_dir(team.path("")).env_remove("CI").envs(variables.iter().copied());
        let ran = nextest.output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        let passed = ran.status.success();
        let counted = if passed { "2 tests run: 2 passed" } else { "2 tests run: 0 passed, 2 failed" };
        assert!(said.contains(counted), "{said}");
        (passed, said)
    });
}

/// The scripts of the action, as a runner runs them.
#[cfg(unix)]
#[test]
fn the_action_for_github_runs_cases() {
    let team = Workspace::with_case("action");
    let action =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/deploy/golden/action.yml")).unwrap();
    let scripts: Vec<String> = action
        .split("run: |\n")
        .skip(1)
        .map(|rest| {
            let lines = rest.lines().take_while(|line| line.starts_with("        "));
            lines.map(|line| line.trim_start().to_owned() + "\n").collect()
        })
        .collect();
    let [install, compare] = scripts.as_slice() else { panic!("two scripts were expected: {scripts:?}") };
    let program = Path::new(env!("CARGO_BIN_EXE_friendboard")).parent().unwrap();
    let run = |script: &str| {
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        bash.args(["-eo", "pipefail", "-c", script]).current_dir(team.path("")).env("PATH", path).env("CI", "true");
        bash.envs([("PACKAGE", "friendboard --locked"), ("PATHS", "golden"), ("ARGUMENTS", ""), ("REPORT", "golden-report")]);
        let ran = bash.output().unwrap();
        (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr))
    };
    assert_eq!(run(install).0, Some(0));
    let (status, said) = run(compare);
    assert_eq!(status, Some(0), "{said}");
    team.change("golden/scores/board.json", "#114488", "#aa2200");
    let (status, said) = run(compare);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("golden/scores/board.xml:5:5"), "{said}");
    assert!(team.path("golden-report/index.html").is_file() && team.path("golden-report/junit.xml").is_file());
    // What the scripts take comes from the inputs that are named.
    for name in ["paths", "arguments", "report", "package"] {
        assert!(action.contains(&format!("\n  {name}:\n")) && action.contains(&format!("${{{{ inputs.{name} }}}}")), "{name}");
    }
}
