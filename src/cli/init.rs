//! `friendboard init`: the files that a game needs to show a board.

use std::path::{Path, PathBuf};

use super::fonts::read_data;
use super::limits::LimitArguments;
use super::options::{locale_help, theme_help};
use super::output::{self, Stream};
use super::report::print_diagnostics;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::escape::escaped;
use crate::host::game_folder::{Engine, FOLDER, GameBoard, MEMBER, Order, Painter, configuration, files, shown_texts};
use crate::host::headless::read_text;
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::{Board, Locale, Theme};
use crate::platform::Platform;

/// Options of `init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
It writes the open data domain's folder and friendboard-game.js for the main domain, and says what else is to be done.
What is there already stays, unless --force is given.

Examples:
  friendboard init mygame --platform wechat
  friendboard init mygame --platform tiktok --board friend-list --theme dark
  friendboard init mygame --platform douyin --template board.xml --style board.json --key best
  friendboard init mygame --platform wechat --painter pixels --data friends.json
  friendboard init mygame --platform wechat --engine cocos")]
pub struct Arguments {
    /// The folder of the game: the one that has its configuration
    folder: PathBuf,
    /// Where the game runs: tiktok, wechat or douyin
    #[arg(long, value_name = "PLATFORM", value_parser = platform)]
    platform: Platform,
    /// A built-in board; `friendboard boards` lists them
    #[arg(long, value_name = "NAME", default_value = "leaderboard", conflicts_with = "template")]
    board: String,
    /// A template of the game's own
    #[arg(long, value_name = "FILE", requires = "style")]
    template: Option<PathBuf>,
    /// Its style sheets; later ones win
    #[arg(long, value_name = "FILE", requires = "template")]
    style: Vec<PathBuf>,
    /// Who draws: canvas2d (the platform's fonts, a small package), pixels (our own, the same bytes everywhere) or auto (both
    /// are in the package, and what the phone can do decides)
    #[arg(long, value_name = "PAINTER", default_value = "canvas2d")]
    painter: Painter,
    /// What the main domain is made with: none, cocos, laya, egret or unity
    #[arg(long, value_name = "ENGINE", default_value = "none")]
    engine: Engine,
    #[arg(long, value_name = "THEME", default_value = "light", help = theme_help("The theme"))]
    theme: String,
    #[arg(long, value_name = "LOCALE", default_value = "en", help = locale_help("The language of the board's own texts"))]
    locale: String,
    /// The key of the cloud storage whose value is the score, or a path into its JSON such as daily.highestScore
    #[arg(long, value_name = "KEY", default_value = "score")]
    key: String,
    /// For the fonts of the pixels painter: a text with all characters of names, UTF-8
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    chars: Option<PathBuf>,
    /// For the fonts of the pixels painter: friend data whose names are to be drawn
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Write over files that are there and are others
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

fn platform(name: &str) -> std::result::Result<Platform, String> {
    let named: Option<Platform> = name.parse().ok().filter(|platform| configuration(*platform).is_some());
    named.ok_or_else(|| "tiktok, wechat or douyin was expected".to_owned())
}

/// Writes the files.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    if !arguments.painter.needs_fonts() && (arguments.chars.is_some() || arguments.data.is_some()) {
        let message = "--chars and --data are for the fonts of the pixels painter, and canvas2d has none";
        return Err(Error::new(ErrorKind::Usage, message).hint("add --painter pixels, or leave them out"));
    }
    let order = Order {
        platform: arguments.platform,
        painter: arguments.painter,
        engine: arguments.engine,
        board: board(arguments, &limits)?,
        theme: match json_file(&arguments.theme, &limits)? {
            Some(colors) => Theme::try_from(colors)?,
            None => Theme::from(arguments.theme.as_str()),
        },
        locale: match json_file(&arguments.locale, &limits)? {
            Some(texts) => Locale::try_from(texts)?,
            None => Locale::from(arguments.locale.as_str()),
        },
        key: arguments.key.clone(),
        texts: texts(arguments, &limits)?,
    };
    let files = files(&order)?;
    let named: Vec<(&Path, &[u8])> = files.iter().map(|file| (&*file.path, &*file.bytes)).collect();
    let mut said = output::write_folder(&arguments.folder, &named, arguments.force)?;
    said.push_str(&next_steps(arguments));
    Stream::Output.text(&said)
}

fn board(arguments: &Arguments, limits: &Limits) -> Result<GameBoard> {
    let Some(path) = &arguments.template else { return GameBoard::built_in(&arguments.board) };
    let read = |path: &Path, kind| read_text(path, limits.template_bytes, "template_bytes", kind);
    let name = path.display().to_string();
    let template = read(path, ErrorKind::Template)?;
    let mut styles = Vec::new();
    for path in &arguments.style {
        styles.push((path.display().to_string(), read(path, ErrorKind::Style)?));
    }
    let named: Vec<(&str, &str)> = styles.iter().map(|(name, json)| (name.as_str(), json.as_str())).collect();
    let compiled = Board::compile((&name, &template), &named, limits)?;
    print_diagnostics(compiled.diagnostics())?;
    Ok(GameBoard { name, template, styles: styles.into_iter().map(|(_, json)| json).collect() })
}

fn texts(arguments: &Arguments, limits: &Limits) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    if let Some(path) = &arguments.chars {
        texts.push(read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?);
    }
    if let Some(path) = &arguments.data {
        texts.extend(shown_texts(&read_data(path, limits)?).into_iter().map(|(text, _)| text));
    }
    Ok(texts)
}

/// What a JSON file holds; `None` where the name is none of one.
fn json_file(name: &str, limits: &Limits) -> Result<Option<Value>> {
    if !Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return Ok(None);
    }
    let text = read_text(Path::new(name), limits.template_bytes, "template_bytes", ErrorKind::Style)?;
    let read = Value::read(&text, name, limits);
    read.map(Some).map_err(|error| {
        let place = Place { document: Some(name.into()), ..error.place().clone() };
        error.at(place)
    })
}

/// The line for the configuration, and how the board is opened.
fn next_steps(arguments: &Arguments) -> String {
    let file = configuration(arguments.platform).unwrap_or_default();
    let folder = escaped(&arguments.folder.to_string_lossy()).into_owned();
    let usage = arguments.engine.usage(arguments.platform).replace('\n', "\n     ");
    let require = match arguments.engine {
        Engine::Unity => "",
        _ => "const { board } = require(\"./friendboard-game.js\");\n     ",
    };
    format!(
        "\nNext:\n  1. add this line to {folder}/{file}\n     \"{MEMBER}\": \"{FOLDER}\",\n  2. in the game\n     {require}{usage}\n  3. look for what is missing\n     friendboard doctor {folder}"
    )
}
