//! A team's folder: boards and sessions of their own, and the command that tests them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use friendboard::Limits;
use friendboard::json::Value;

use crate::folder::Folder;

const TEMPLATE: &str = r#"<view class="board">
  <text id="title" class="title" value="Best of May: {{ strings.leaderboard }}"/>
  <view class="row" for="friend in friends">
    <text class="name" value="{{ friend.nickname }}"/>
    <text class="score" value="{{ friend.score }}"/>
  </view>
</view>
"#;
const STYLE: &str = r##"{
  "board": {"width": 240, "height": 120, "padding": 8, "backgroundColor": "#ffffff"},
  "title": {"fontSize": 16, "color": "#222222"},
  "row": {"flexDirection": "row", "justifyContent": "space-between", "height": 24},
  "name": {"fontSize": 14, "color": "#333333"},
  "score": {"fontSize": 14, "color": "#114488"}
}
"##;
const FRIENDS: &str = r#"[
  {"openid": "a", "nickname": "Ann", "score": 31},
  {"openid": "b", "nickname": "Bo", "score": 20},
  {"openid": "c", "nickname": "小明", "score": 12}
]
"#;
const SCRIPT: &str = r#"{
  "friends": "friends.json", "template": "board.xml", "style": ["board.json"],
  "canvas": {"width": 240, "height": 120}, "window": {"width": 240, "height": 120},
  "steps": [
    {"at": 0, "message": {"command": "render"}},
    {"at": 200, "snapshot": "there"},
    {"at": 300, "tap": [20, 20]}
  ]
}
"#;

/// The folder, with the files of a game in `game`.
pub struct Workspace(Folder);

impl Workspace {
    /// A folder with the game's files, and no case yet.
    pub fn new(name: &str) -> Self {
        let workspace = Self(Folder::new(name));
        for (file, text) in [
            ("board.xml", TEMPLATE),
            ("board.json", STYLE),
            ("friends.json", FRIENDS),
            ("script.json", SCRIPT),
            ("de.json", r#"{"locale": "de", "leaderboard": "Bestenliste"}"#),
        ] {
            workspace.write(&format!("game/{file}"), text);
        }
        workspace
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.0.0.join(below)
    }

    pub fn write(&self, below: &str, content: impl AsRef<[u8]>) {
        let path = self.path(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn read(&self, below: &str) -> String {
        std::fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    /// Changes a file's text once; gives the old text.
    pub fn change(&self, below: &str, from: &str, to: &str) -> String {
        let old = self.read(below);
        assert!(old.contains(from), "{below} has no {from}");
        self.write(below, old.replacen(from, to, 1));
        old
    }

    /// The command, where nobody says that this is CI.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_friendboard"));
        command.arg("golden").args(arguments.split_whitespace()).current_dir(&self.0.0).env_remove("CI");
        command
    }

    pub fn run(&self, arguments: &str) -> Ran {
        Ran(self.command(arguments).output().unwrap())
    }

    /// A case of one small board.
    pub fn with_case(name: &str) -> Self {
        let workspace = Self::new(name);
        workspace.run(NEW_BOARD).succeeds();
        workspace
    }
}

/// Makes the case `golden/scores`.
pub const NEW_BOARD: &str = "new scores --from render --template game/board.xml --style game/board.json --data game/friends.json \
    --size 240x120";

/// What a command did.
pub struct Ran(Output);

impl Ran {
    pub fn status(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// All that it said.
    pub fn said(&self) -> String {
        self.out() + &self.errors()
    }

    pub fn succeeds(self) -> Self {
        assert_eq!(self.status(), 0, "{}", self.said());
        self
    }

    pub fn fails(self, status: i32) -> Self {
        assert_eq!(self.status(), status, "{}", self.said());
        self
    }

    /// Says all of these.
    pub fn says(self, texts: &[&str]) -> Self {
        let said = self.said();
        for text in texts {
            assert!(said.contains(text), "expected '{text}' in:\n{said}");
        }
        self
    }

    pub fn json(&self) -> Value {
        Value::from_json(&self.out(), &Limits::default()).unwrap_or_else(|error| panic!("{error}: {}", self.said()))
    }
}

/// The names of a folder's files, in order.
pub fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}
