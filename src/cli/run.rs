//! `friendboard run`.

use std::path::{Path, PathBuf};

use super::limits::LimitArguments;
use super::network::Network;
use super::output::{self, Stream};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::{escaped, escaped_lines};
use crate::host::headless::example;
use crate::host::headless::play::{BoardPart, Script, look};
use crate::json::{Ceiling, Value};
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::platform::Platform;

/// Options of `run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The script runs unmodified: its platform, its canvas and its clock are pretended. The picture is taken when nothing is
pending any more and the pixels rest, or at --at. Without --data the friends are those of the bundled example, under the key
score.

Examples:
  friendboard run game/openDataContext --message '{\"type\": \"show\"}' -o board.png
  friendboard run game --platform tiktok --canvas 750x1334 --data friends.json --message '{\"command\": \"render\"}' -o board.png
  friendboard play script.json --out run               a whole session, with touches, faults and latencies")]
pub struct Arguments {
    /// The folder of the open data context, or of the game, or the file that runs first
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// The platform: wechat, douyin or tiktok
    #[arg(long, value_name = "NAME", default_value = "wechat")]
    platform: Platform,
    /// The shared canvas's size, px
    #[arg(long, value_name = "WxH", default_value = "400x400", value_parser = size)]
    canvas: (u32, u32),
    /// The window, logical px, with its device px per logical px: 375x667@2
    #[arg(long, value_name = "WxH[@RATIO]", value_parser = window)]
    window: Option<(u32, u32, f64)>,
    /// Friend data in any platform's shape, which the calls answer with
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The folder below which pictures are found; without it, the game's package
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// A font file that the main domain has loaded, found by its name; may be repeated
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// A message of the main domain, JSON or a bare text; may be repeated, each comes when the one before is done
    #[arg(long, value_name = "JSON", allow_hyphen_values = true)]
    message: Vec<String>,
    /// When the session begins, as `Date` has it: 2026-01-01, 2026-01-01T08:30:00Z, seconds or milliseconds [default: 2026-01-01]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Take the picture at this time, ms
    #[arg(long, value_name = "MS")]
    at: Option<u64>,
    /// What is refused as only some phones do: pictures, wechat-old; may be repeated
    #[arg(long, value_name = "NAME")]
    refuse: Vec<String>,
    /// End with status 1 where the script did something wrong
    #[arg(long)]
    strict: bool,
    /// The picture, PNG; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    network: Network,
    #[command(flatten)]
    limits: LimitArguments,
}

fn size(text: &str) -> std::result::Result<(u32, u32), String> {
    let sides = text.split_once(['x', '×', 'X']).and_then(|(width, height)| width.parse().ok().zip(height.parse().ok()));
    sides.ok_or_else(|| "a width and a height in px were expected, such as 400x400".to_owned())
}

fn window(text: &str) -> std::result::Result<(u32, u32, f64), String> {
    let (sides, ratio) = text.split_once('@').unwrap_or((text, "1"));
    let ratio = ratio.parse::<f64>().ok().filter(|ratio| (0.25..=8.0).contains(ratio));
    let window = size(sides).ok().zip(ratio).map(|((width, height), ratio)| (width, height, ratio));
    window.ok_or_else(|| "a width and a height in logical px were expected, such as 375x667 or 375x667@2".to_owned())
}

/// Runs a script and draws what it draws.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let entry = entry(&arguments.path, &limits)?;
    let mut script = script(arguments, &entry, &limits)?;
    if arguments.data.is_none() {
        script.assets.bundled = example::AVATARS;
    }
    let BoardPart::Script(part) = script.board.clone() else {
        return Err(Error::new(ErrorKind::Usage, "a script was expected"));
    };
    let look = look(&script, &part, arguments.at, arguments.network.fetcher(&limits), &limits)?;
    output::write(&arguments.output, &picture::encode(&look.canvas, Format::PNG)?)?;
    for line in look.run.events.lines() {
        if let Some((level, text)) = console(line) {
            Stream::Errors.text(&format!("console.{level}: {}", escaped_lines(&text)))?;
        }
    }
    for (at, what) in &look.run.faults {
        Stream::Errors.text(&format!("{at} ms: {}", escaped_lines(what)))?;
    }
    // Pictures and calls that failed, which a script may pass over.
    for (at, said) in &look.run.said {
        Stream::Errors.text(&format!("{at} ms: warning: {}", escaped_lines(&said.message)))?;
    }
    if !look.rests {
        Stream::Errors.text("warning: something still moved when the picture was taken; --at says when to take it")?;
    }
    if look.run.frames == 0 {
        let hint = if arguments.message.is_empty() { ": it may wait for a --message" } else { "" };
        Stream::Errors.text(&format!("warning: the script drew nothing{hint}"))?;
    }
    if arguments.output != Path::new("-") {
        let (width, height) = (look.canvas.width(), look.canvas.height());
        let (at, frames, wrong) = (look.run.end, look.run.frames, look.run.faults.len() + look.run.said.len());
        let name = arguments.output.to_string_lossy();
        Stream::Output.text(&format!(
            "{}: {width}×{height} px at {at} ms, {frames} frames, {wrong} errors and warnings",
            escaped(&name)
        ))?;
    }
    if arguments.strict && !(look.run.faults.is_empty() && look.run.said.is_empty()) {
        return Err(Error::new(ErrorKind::Data, "the script did something wrong"));
    }
    Ok(())
}

/// Level and text of a line of `console` in a log.
fn console(line: &str) -> Option<(String, String)> {
    let line = Value::read(line, "<log>", Ceiling { bytes: usize::MAX, ..Ceiling::data(&Limits::DEFAULT) }).ok()?;
    let text = |name: &str| line.get(name).and_then(Value::as_text).map(str::to_owned);
    Some((text("console")?, text("text")?))
}

/// The file that runs first: a file, the `index.js` of a folder, or that of the open data domain that a game's configuration
/// names.
fn entry(path: &Path, limits: &Limits) -> Result<PathBuf> {
    if path.is_file() {
        return Ok(path.to_owned());
    }
    let configured = ["game.json", "project.config.json"].iter().find_map(|name| {
        let text = std::fs::read_to_string(path.join(name)).ok().filter(|text| text.len() <= limits.data_bytes)?;
        let config = Value::from_json(&text, limits).ok()?;
        config.get("openDataContext").and_then(Value::as_text).map(|folder| path.join(folder.trim_start_matches('/')))
    });
    let folders = configured.into_iter().chain([path.to_owned(), path.join("openDataContext"), path.join("open-data-context")]);
    let files = folders.map(|folder| folder.join("index.js"));
    files.into_iter().find(|file| file.is_file()).ok_or_else(|| {
        let message = format!("'{}' has no open data context: an index.js was expected", path.display());
        Error::new(ErrorKind::Io, message).hint("name the folder of the open data context, or its file")
    })
}

fn script(arguments: &Arguments, entry: &Path, limits: &Limits) -> Result<Script> {
    // As they are written: their members keep their order.
    let messages = arguments.message.iter().map(|text| {
        let is_json = Value::from_json(text, limits).is_ok();
        let message = if is_json { text.clone() } else { Value::from(text.as_str()).to_json() };
        format!("{{\"at\": 0, \"message\": {message}}}")
    });
    let steps: Vec<String> = messages.collect();
    let text = |path: &Path| Value::from(&*path.to_string_lossy());
    let (width, height) = arguments.canvas;
    let canvas = Value::map([("width", width as usize), ("height", height as usize)]);
    let mut json = Value::map([
        ("platform", Value::from(arguments.platform.name())),
        ("canvas", canvas),
        ("script", text(entry)),
        ("strict", Value::list(arguments.refuse.iter().map(String::as_str))),
    ]);
    match &arguments.data {
        Some(path) => json.insert("friends", text(path)),
        None => json.insert("friends", example::FRIENDS),
    }
    if let Some((width, height, ratio)) = arguments.window {
        let ratio = Value::from(ratio);
        let sides =
            [("width", Value::from(width as usize)), ("height", Value::from(height as usize)), ("devicePixelRatio", ratio)];
        json.insert("window", Value::map(sides));
    }
    if let Some(path) = &arguments.assets {
        json.insert("assets", text(path));
    }
    if let Some(date) = &arguments.date {
        json.insert("date", Value::from(date.as_str()));
    }
    if !arguments.font.is_empty() {
        json.insert("fonts", Value::list(arguments.font.iter().map(|path| text(path))));
    }
    let json = json.to_json();
    let json = format!("{}, \"steps\": [{}]}}", json.strip_suffix('}').unwrap_or(&json), steps.join(", "));
    Script::read(&json, "<arguments>", Path::new(""), limits)
}
