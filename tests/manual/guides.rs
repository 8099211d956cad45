//! Guides are followed literally: what has a file's name is written, commands are run where the files are, what they print is
//! compared line by line, and the pictures that they make are those that are shown. `FRIENDBOARD_ACCEPT=1` writes the pictures.

use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual/guides")
}

/// What a guide is made of, in its order.
enum Part {
    /// A block with what stands behind its language.
    Block { language: String, name: String, text: String },
    /// A picture below `pictures`.
    Picture(String),
    /// A file to be taken along.
    File(PathBuf),
}

fn parts(guide: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let (language, name) = info.split_once(' ').unwrap_or((info, ""));
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            parts.push(Part::Block { language: language.to_owned(), name: name.to_owned(), text: text.join("\n") + "\n" });
            continue;
        }
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            match target.strip_prefix("pictures/") {
                Some(picture) => parts.push(Part::Picture(picture.to_owned())),
                None if Path::new(target).extension().is_some_and(|ending| ending == "png") => {
                    parts.push(Part::File(folder().join(target)));
                }
                None => {}
            }
        }
    }
    parts
}

/// A guide's folder: where the guide fails, a server that it has begun ends.
struct Left<'a>(&'a Path);

impl Drop for Left<'_> {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(process) = std::fs::read_to_string(self.0.join("server.pid"))
        {
            drop(Command::new("kill").arg(process.trim()).status());
        }
    }
}

/// Follows a guide in a folder of its own; gives how many commands and pictures there were.
fn follow(name: &str) -> (usize, usize) {
    let guide = std::fs::read_to_string(folder().join(name)).unwrap();
    // Whatever listens where servers of friendboard do is left alone.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let guide = guide.replace(":8787", &format!(":{free}"));
    let place = std::env::temp_dir().join(format!("friendboard-guide-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let _left = Left(&place);
    let program = Path::new(env!("CARGO_BIN_EXE_friendboard")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let accepts = std::env::var_os("FRIENDBOARD_ACCEPT").is_some();
    let (mut said, mut commands, mut pictures) = (String::new(), 0, 0);
    for part in parts(&guide) {
        match part {
            Part::Block { language, text, .. } if language == "sh" => {
                // A guide is followed at one's desk, also where its test is run by continuous integration.
                let mut shell = Command::new("sh");
                shell.args(["-eu", "-c", &text]).current_dir(&place).env("PATH", &path).env_remove("CI");
                let output = shell.env_remove("FRIENDBOARD_ACCEPT").output().unwrap();
                said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
                assert!(output.status.success(), "{name}: {text}{said}");
                assert!(text.contains("|| true") || !said.contains("warning"), "{name}: {text}{said}");
                commands += text.lines().count();
            }
            Part::Block { language, text, .. } if language == "text" => {
                for line in text.lines() {
                    assert!(said.contains(line), "{name}: '{line}' is not in:\n{said}");
                }
            }
            Part::Block { name: file, text, .. } => {
                assert!(!file.is_empty(), "{name}: a block without a file's name:\n{text}");
                let path = place.join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            Part::File(path) => {
                std::fs::copy(&path, place.join(path.file_name().unwrap())).unwrap();
            }
            Part::Picture(picture) => {
                let made = std::fs::read(place.join(&picture)).unwrap_or_else(|error| panic!("{name}: {picture}: {error}"));
                let kept = folder().join("pictures").join(&picture);
                if accepts {
                    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
                    std::fs::write(&kept, &made).unwrap();
                }
                let is_same = std::fs::read(&kept).unwrap_or_default() == made;
                assert!(is_same, "{name}: {picture} is not what is shown: FRIENDBOARD_ACCEPT=1 cargo test --test manual");
                pictures += 1;
            }
        }
    }
    std::fs::remove_dir_all(&place).unwrap();
    (commands, pictures)
}

#[test]
fn a_board_of_ones_own() {
    let (commands, pictures) = follow("first-board.md");
    assert!(commands >= 7 && pictures == 2, "{commands} commands, {pictures} pictures");
}

#[test]
fn from_the_usual_engine() {
    let (commands, pictures) = follow("from-the-usual-engine.md");
    assert!(commands >= 8 && pictures == 2, "{commands} commands, {pictures} pictures");
}

#[test]
fn in_a_game() {
    let (commands, pictures) = follow("in-a-game.md");
    assert!(commands >= 9 && pictures == 1, "{commands} commands, {pictures} pictures");
}

#[test]
fn on_a_server() {
    let (commands, pictures) = follow("on-a-server.md");
    assert!(commands >= 15 && pictures == 1, "{commands} commands, {pictures} pictures");
}

#[test]
fn picture_tests() {
    let (commands, pictures) = follow("picture-tests.md");
    assert!(commands >= 9 && pictures == 0, "{commands} commands, {pictures} pictures");
}

#[test]
fn recipes() {
    let (commands, pictures) = follow("recipes.md");
    assert!(commands == pictures && pictures >= 11, "{commands} commands, {pictures} pictures");
}

/// Every link of the manual leads to a file that there is.
#[test]
fn links_hold() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual");
    let mut count = 0;
    for folder in [manual.clone(), manual.join("guides")] {
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let (file, heading) = target.split_once('#').unwrap_or((target, ""));
                let file = if file.is_empty() { path.clone() } else { folder.join(file) };
                assert!(file.is_file(), "{}: {target}", path.display());
                let led_to = std::fs::read_to_string(&file).unwrap_or_default();
                let headings = led_to.lines().filter_map(|line| line.strip_prefix('#')).map(|line| {
                    line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-").replace([',', ':', '.'], "")
                });
                let is_there = heading.is_empty() || headings.into_iter().any(|found| found == heading);
                assert!(is_there, "{}: there is no heading for {target}", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 100, "only {count} links");
}
