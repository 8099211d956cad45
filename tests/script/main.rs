//! Games' own scripts: the engine and its limits, modules, the platform, and the 2D context by its specification.

#![cfg(feature = "script")]
#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod budget;
mod canvas;
mod command;
mod context;
mod engine;
mod golden;
mod import;
mod modules;
mod platform;
mod random;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use friendboard::Limits;
use friendboard::host::headless::play::{Run, Script, run};

/// A game in a folder of its own, which goes with it.
struct Game {
    folder: PathBuf,
}

impl Game {
    /// A game of these files.
    fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("friendboard-script-{}-{number}", std::process::id()));
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    /// Plays it: `members` are those of the script's JSON beside `script` and `steps`.
    fn play(&self, entry: &str, members: &str, steps: &str) -> Run {
        self.play_within(entry, members, steps, &Limits::default())
    }

    /// The same within limits.
    fn play_within(&self, entry: &str, members: &str, steps: &str, limits: &Limits) -> Run {
        let comma = if members.is_empty() { "" } else { "," };
        let json = format!(r#"{{"script": "{entry}", {members}{comma} "steps": [{steps}]}}"#);
        let script = Script::read(&json, "script.json", &self.folder, limits).unwrap_or_else(|error| panic!("{error}"));
        run(&script, false, None, limits).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Game {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// Plays one file in a game's `odc/index.js`.
fn play(source: &str, members: &str, steps: &str) -> Run {
    Game::new(&[("odc/index.js", source)]).play("odc/index.js", members, steps)
}

/// What it said on its console, a line each.
fn console(run: &Run) -> Vec<String> {
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line.get("console")?;
        Some(line["text"].as_str()?.to_owned())
    };
    run.events.lines().filter_map(text).collect()
}

/// All that it did wrong.
fn said(run: &Run) -> String {
    let texts: Vec<&str> = run.faults.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("\n")
}
