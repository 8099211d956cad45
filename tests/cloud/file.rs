//! A cloud storage in a file: what was stored survives a kill at any moment.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use friendboard::cloud::{Cloud, CloudStorage, Records};
use friendboard::host::headless::FileStorage;
use friendboard::platform::{Domain, Platform};
use friendboard::{Diagnostics, Limits};
use serde_json::json;

use super::value;

/// Names the file to the child that the kill test starts.
const CHILD: &str = "FRIENDBOARD_TEST_CLOUD_FILE";

/// Pairs that each change writes: enough that a write takes several blocks.
const PAIRS: usize = 120;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cloud-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn pairs(generation: u64) -> BTreeMap<String, String> {
    (0..PAIRS).map(|n| (format!("key{n}"), format!("{generation:-<900}"))).collect()
}

/// The generation that a file holds; panics where it holds parts of two.
fn generation(path: &Path) -> u64 {
    let player = FileStorage::open(path, &Limits::default()).unwrap().player("me").unwrap().unwrap_or_default();
    let values: Vec<&String> = player.pairs.values().collect();
    assert!(values.is_empty() || values.len() == PAIRS, "{} pairs", values.len());
    assert!(values.windows(2).all(|two| two[0] == two[1]), "a mixture of two generations");
    values.first().map_or(0, |value| value.trim_end_matches('-').parse().unwrap())
}

/// True where a killed writer's own file is there.
fn has_leftovers(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().ends_with(".tmp"))
}

/// Not a test: what the child of the next one runs, until it is killed.
#[test]
#[ignore = "runs until it is killed"]
fn child_that_writes() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut storage = FileStorage::open(&path, &Limits::default()).unwrap();
    for generation in generation(Path::new(&path)) + 1.. {
        storage.set("me", &pairs(generation)).unwrap();
        // Straight to the pipe: what is printed is what has returned.
        println!("kept {generation}");
    }
}

#[test]
fn the_file_is_the_old_one_or_the_new_one_whenever_the_process_is_killed() {
    let folder = folder("kill");
    let path = folder.join("cloud.json");
    let mut state = 0x9E37_79B9_u32;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let (mut kept_before, mut kills_in_the_middle) = (0, 0);
    for round in 0..40 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "file::child_that_writes", "--ignored", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, receiver) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some(kept) = line.rsplit_once("kept ").and_then(|(_, number)| number.parse::<u64>().ok()) {
                    let _ = sender.send(kept);
                }
            }
        });
        // From the first change on, at a moment that has nothing to do with the writing.
        let first = receiver.recv_timeout(Duration::from_secs(30)).expect("the child writes");
        assert_eq!(first, kept_before + 1, "round {round} began where the last one ended");
        std::thread::sleep(Duration::from_micros(u64::from(random(30_000))));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        let kept = receiver.iter().last().unwrap_or(first);

        if has_leftovers(&folder) {
            kills_in_the_middle += 1;
        }
        let found = generation(&path);
        assert!(found == kept || found == kept + 1, "round {round}: {kept} was kept, {found} was found");
        kept_before = found;
    }
    assert!(kept_before >= 40);
    println!("{kept_before} changes, {kills_in_the_middle} of 40 kills in the middle of one");
    // What the last kill left behind is in nobody's way.
    FileStorage::open(&path, &Limits::default()).unwrap().set("me", &pairs(kept_before + 1)).unwrap();
    assert!(!has_leftovers(&folder));
    assert_eq!(generation(&path), kept_before + 1);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn two_storages_on_one_file_lose_nothing() {
    let folder = folder("two");
    let path = folder.join("cloud.json");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut cloud = Cloud::new(Platform::WeChat, "me", FileStorage::open(path, &Limits::default()).unwrap());
                for n in 0..10 {
                    let pair = json!({"KVDataList": [{"key": format!("{writer}-{n}"), "value": "1"}]});
                    let reply =
                        cloud.call(Domain::Main, "setUserCloudStorage", &value(&pair), &mut Diagnostics::new()).unwrap();
                    assert!(reply.is_success(), "{reply:?}");
                }
            });
        }
    });
    assert_eq!(FileStorage::open(&path, &Limits::default()).unwrap().player("me").unwrap().unwrap().pairs.len(), 40);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_that_is_no_storage_is_left_as_it_is() {
    let folder = folder("broken");
    let path = folder.join("cloud.json");
    for (text, line) in [("", 1), ("{\"players\": [\n{\"openid\": 3}]}", 2), ("[1, 2]", 1), ("{\"players\": [", 1)] {
        fs::write(&path, text).unwrap();
        let error = FileStorage::open(&path, &Limits::default()).unwrap_err();
        assert!(error.place().line <= line && error.to_string().contains("cloud.json"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert!(FileStorage::open(&folder, &Limits::default()).is_err(), "a folder");

    // Broken behind our back: the change is refused, and nothing is written over it.
    fs::write(&path, "{}").unwrap();
    let mut storage = FileStorage::open(&path, &Limits::default()).unwrap();
    fs::write(&path, "{\"players\"").unwrap();
    assert!(storage.set("me", &pairs(1)).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"players\"");
    assert_eq!(*storage.records(), Records::default());
    fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("links");
    let (file, link) = (folder.join("real.json"), folder.join("link.json"));
    fs::write(&file, "{}").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&file, &link).unwrap();
    FileStorage::open(&link, &Limits::default()).unwrap().set("me", &pairs(7)).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(generation(&file), 7);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    // A folder that can't be written: an error, and the old file. (Root may write everywhere.)
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    let refused = FileStorage::open(&link, &Limits::default()).unwrap().set("me", &pairs(8));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let expected = if refused.is_ok() { 8 } else { 7 };
    assert_eq!(generation(&file), expected);
    fs::remove_dir_all(&folder).unwrap();
}
