//! The deploy files: what they name is there.

use std::collections::BTreeSet;
use std::process::Command;

use crate::harness::{Folder, Served};

fn file(name: &str) -> String {
    std::fs::read_to_string(format!("{}/assets/deploy/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn deploy_files_name_options_routes_and_metrics_that_there_are() {
    let help = Command::new(env!("CARGO_BIN_EXE_friendboard")).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let served = Served::start(&[]);
    let metrics = served.get("/metrics").text();
    let mut named = BTreeSet::new();
    for name in ["Dockerfile", "friendboard.service", "kubernetes/friendboard.yaml"] {
        let text = file(name);
        for rest in text.split("FRIENDBOARD_").skip(1) {
            let option = rest.split(|c: char| !c.is_ascii_uppercase() && c != '_').next().unwrap();
            assert!(help.contains(&format!("FRIENDBOARD_{option}")), "{name} names FRIENDBOARD_{option}");
            named.insert(option.to_owned());
        }
        for line in text.lines().filter(|line| line.contains("httpGet:") || line.contains("prometheus.io/path")) {
            let path = line.split(['{', ' ', ',', '}']).find(|part| part.starts_with('/')).unwrap();
            assert_eq!(served.get(path).status, 200, "{name}: {line}");
        }
        for metric in text.split([' ', ',', '}']).filter(|word| word.starts_with("friendboard_")) {
            assert!(metrics.lines().any(|line| line.starts_with(metric)), "{name} names {metric}");
        }
        assert!(text.contains("8787"), "{name} listens where the server does");
    }
    assert!(named.len() > 5, "{named:?}");
    let dockerfile = file("Dockerfile");
    let image = dockerfile.split("FROM scratch").nth(1).unwrap();
    assert!(image.contains("USER 65532:65532") && image.contains("ENTRYPOINT [\"/friendboard\"]"), "{image}");
}

#[test]
fn systemd_takes_the_unit() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::new("systemd");
    let unit = file("friendboard.service").replace("/usr/local/bin/friendboard", env!("CARGO_BIN_EXE_friendboard"));
    let unit = folder.write("friendboard.service", unit);
    let checked = Command::new("systemd-analyze").args(["verify", &unit]).output().unwrap();
    let said = String::from_utf8(checked.stderr).unwrap();
    // Of the unit itself: what else stands on the machine is none of ours.
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("friendboard.service")).collect();
    assert!(ours.is_empty(), "{said}");
}
