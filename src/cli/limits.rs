//! `--limit`, for every command that reads input, and `friendboard limits`, which lists them.

use std::fmt::Write as _;
use std::str::FromStr;

use super::output::Stream;
use crate::error::Result;
use crate::json;
use crate::json::Value;
use crate::limits::{Limit, Limits};

/// The option that raises and lowers limits.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LimitArguments {
    /// Raise or lower a limit of what is read, such as friends=5000 or data-bytes=4MiB; may be repeated. `friendboard
    /// limits` lists them
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    set: Vec<Setting>,
}

impl LimitArguments {
    /// True where none was given.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// The limits that hold; of two values of one limit the later.
    pub fn to_limits(&self) -> Limits {
        let mut limits = Limits::default();
        for setting in &self.set {
            setting.set(&mut limits);
        }
        limits
    }
}

/// `NAME=VALUE`, both known to be right.
#[derive(Clone, Debug)]
pub struct Setting {
    name: String,
    value: String,
}

impl Setting {
    /// Sets the limit.
    pub fn set(&self, limits: &mut Limits) {
        // It was read when it was parsed, and is the same here.
        let _ = limits.set(&self.name, &self.value);
    }
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or_else(|| "NAME=VALUE was expected, such as friends=5000".to_owned())?;
        Limits::default().set(name, value).map_err(|error| error.to_string())?;
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }
}

/// Options of `limits`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The defaults hold for input from anywhere. Raise one only for input that is trusted.

Examples:
  friendboard limits
  friendboard limits --json
  friendboard render --data friends.json --limit friends=5000 --limit data-bytes=4MiB")]
pub struct Arguments {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

/// Lists the limits.
pub fn run(arguments: &Arguments) -> Result<()> {
    if arguments.json { Stream::Output.json(&json()) } else { Stream::Output.text(&text()) }
}

fn json() -> String {
    let list = Limits::ALL.iter().map(|limit| {
        json!({
            "name": limit.name, "stage": limit.stage, "unit": limit.unit, "default": limit.default,
            "lowest": limit.lowest, "highest": limit.highest, "about": limit.about.trim(),
        })
    });
    list.collect::<Value>().to_json()
}

fn text() -> String {
    let name = |limit: &Limit| limit.name.len();
    let names = Limits::ALL.iter().map(name).max().unwrap_or(0);
    let values = Limits::ALL.iter().map(|limit| limit.shown(limit.default).len()).max().unwrap_or(0);
    let (mut out, mut stage) = (String::new(), "");
    for limit in Limits::ALL {
        if limit.stage != stage {
            let between = if stage.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{between}{}", limit.stage);
            stage = limit.stage;
        }
        let _ = writeln!(out, "  {:names$}  {:>values$}  {}", limit.name, limit.shown(limit.default), limit.about.trim());
    }
    out
}
