//! Opening a place in the editor of who works here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, ErrorKind, Result};

/// An editor: the words of its command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

/// Editors that want `-g FILE:LINE:COLUMN`.
const GOTO: &[&str] = &["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"];
/// Editors that want `FILE:LINE:COLUMN`.
const COLONS: &[&str] = &["subl", "sublime_text", "zed", "zeditor", "atom", "lapce"];
/// Editors that want `+LINE FILE`.
const PLUS: &[&str] = &["gvim", "mvim", "emacs", "emacsclient", "gedit", "kate", "mate", "geany", "pluma", "xed"];
/// Editors that want a terminal, which a page has not.
const OF_TERMINALS: &[&str] = &["vi", "vim", "nvim", "nano", "pico", "hx", "helix", "kak", "micro", "joe", "ed", "ne"];

impl Editor {
    /// What `$FRIENDBOARD_EDITOR` says, else `$VISUAL` where that has a window of its own, else `code` where it is on the path.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        let said = |name: &str| std::env::var(name).ok().filter(|command| !command.trim().is_empty());
        if let Some(command) = said("FRIENDBOARD_EDITOR") {
            return Some(Self::of(&command));
        }
        let visual = said("VISUAL").map(|command| Self::of(&command));
        visual
            .filter(|editor| !OF_TERMINALS.contains(&&*editor.name()))
            .or_else(|| is_on_path("code").then(|| Self::of("code -g")))
    }

    /// A command; `{file}`, `{line}` and `{column}` in it stand for the place.
    #[must_use]
    pub fn of(command: &str) -> Self {
        Self { words: command.split_whitespace().map(str::to_owned).collect() }
    }

    fn name(&self) -> String {
        let program = self.words.first().map(Path::new).and_then(Path::file_stem);
        program.map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
    }

    /// The words that open a place.
    #[must_use]
    pub fn words(&self, file: &Path, line: u32, column: u32) -> Vec<OsString> {
        let (line, column) = (line.max(1), column.max(1));
        let joined = |before: &str, after: &str| {
            let mut word = OsString::from(before);
            word.push(file);
            word.push(after);
            word
        };
        if self.words.iter().any(|word| word.contains("{file}")) {
            return self
                .words
                .iter()
                .map(|word| {
                    let word = word.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
                    word.split_once("{file}").map_or_else(|| OsString::from(&word), |(before, after)| joined(before, after))
                })
                .collect();
        }
        let mut words: Vec<OsString> = self.words.iter().map(OsString::from).collect();
        let name = self.name();
        let place = joined("", &format!(":{line}:{column}"));
        if GOTO.contains(&&*name) {
            if !self.words.iter().any(|word| word == "-g" || word == "--goto") {
                words.push("-g".into());
            }
            words.push(place);
        } else if COLONS.contains(&&*name) {
            words.push(place);
        } else if PLUS.contains(&&*name) {
            words.extend([format!("+{line}").into(), file.into()]);
        } else {
            words.push(file.into());
        }
        words
    }

    /// Opens a place, and waits for nothing. No shell reads the words.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the editor can't be started.
    pub fn open(&self, file: &Path, line: u32, column: u32) -> Result<()> {
        let words = self.words(file, line, column);
        let failed = |why: &str| {
            let error = Error::new(ErrorKind::Io, format!("the editor '{}' cannot be started: {why}", self.words.join(" ")));
            error.hint("name one in FRIENDBOARD_EDITOR, such as FRIENDBOARD_EDITOR='code -g'")
        };
        let (program, arguments) = words.split_first().ok_or_else(|| failed("no program is named"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| failed(&error.to_string()))?;
        // Waited for, so that none is left behind as a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

fn is_on_path(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = |folder: PathBuf| ["", ".cmd", ".exe"].iter().any(|ending| folder.join(format!("{program}{ending}")).is_file());
    std::env::split_paths(&folders).any(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_gets_a_place_as_it_wants_it() {
        let words = |command: &str| {
            let words = Editor::of(command).words(Path::new("/b/my board.xml"), 3, 0);
            words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(words("code"), "code|-g|/b/my board.xml:3:1");
        assert_eq!(words("/opt/code -g"), "/opt/code|-g|/b/my board.xml:3:1");
        assert_eq!(words("subl"), "subl|/b/my board.xml:3:1");
        assert_eq!(words("emacsclient -n"), "emacsclient|-n|+3|/b/my board.xml");
        assert_eq!(words("other --at={line}:{column} {file}"), "other|--at=3:1|/b/my board.xml");
        assert_eq!(words("other"), "other|/b/my board.xml");
        assert!(Editor::of("").open(Path::new("a"), 1, 1).is_err());
    }
}
