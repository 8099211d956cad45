//! `friendboard render`.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::content::Content;
use super::limits::LimitArguments;
use super::network::Network;
use super::options::{CanvasSize, ScrollOffset, ratio};
use super::output::{self, Stream};
use super::report::{Report, print_diagnostics};
use super::show::Show;
use super::watch::Watch;
use crate::display::DrawList;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Result, Severity};
use crate::host::headless::compile_files;
use crate::limits::Limits;
use crate::picture::{Format, Pictures};
use crate::pipeline::{Board, Renderer, Request, Times};

/// Options of `render`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard render
  friendboard render --data friends.json --assets images --board podium --theme dark -o podium.png
  friendboard render --size 360x640 --dpr 2 --locale zh-CN --state loading
  friendboard render --template board.xml --style board.json --var title='Best of May' --report json
  curl -s https://game.example/friends | friendboard render --data - -o - > board.png")]
pub struct Arguments {
    #[command(flatten)]
    pub(in crate::cli) content: Content,
    /// A built-in board; `friendboard boards` lists them
    #[arg(long, value_name = "NAME", default_value = "leaderboard", conflicts_with = "template")]
    pub(in crate::cli) board: String,
    /// A template of your own
    #[arg(long, value_name = "FILE", requires = "style")]
    pub(in crate::cli) template: Option<PathBuf>,
    /// Its style sheet; several add up, later ones win
    #[arg(long, value_name = "FILE", requires = "template")]
    pub(in crate::cli) style: Vec<PathBuf>,
    /// The canvas in px at dpr 1
    #[arg(long, value_name = "WxH", default_value = "800x800")]
    pub(in crate::cli) size: CanvasSize,
    #[command(flatten)]
    pub(in crate::cli) network: Network,
    /// Device pixels per px: the picture has size × dpr pixels
    #[arg(long, value_name = "N", default_value = "1", value_parser = ratio)]
    pub(in crate::cli) dpr: f32,
    /// Scroll the scrollview with an id; may be repeated
    #[arg(long, value_name = "ID=X,Y")]
    pub(in crate::cli) scroll: Vec<ScrollOffset>,
    /// Show the node with an id pressed (its `:active` style); may be repeated
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) press: Vec<String>,
    /// Fail where anything is wrong with template or style, or a picture is missing
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// How to report: text or json
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = ["text", "json"])]
    pub(in crate::cli) report: String,
    /// The picture: .png, .jpg, .webp, .rgba (straight RGBA8 rows); - is PNG on standard output. Without it, BOARD.png
    #[arg(short, long, value_name = "OUT")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    watch: Watch,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    pub(in crate::cli) limits: LimitArguments,
}

/// Draws a board.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut show = arguments.show;
    arguments.watch.run(|| draw(arguments, &mut show))
}

fn draw(arguments: &Arguments, show: &mut Show) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut times = Times::start(Some(now));
    let path = arguments.output.clone().unwrap_or_else(|| default_output(arguments));
    let format = if path == Path::new("-") { Format::PNG } else { Format::from_path(&path)? };
    let board = match &arguments.template {
        Some(template) => compile_files(template, &arguments.style, &limits)?,
        None => Board::built_in(&arguments.board)?,
    };
    times.end("template");
    let mut renderer = Renderer::new(arguments.content.fonts(&limits)?, limits.clone()).with_clock(now);
    times.end("fonts");
    let request = request(arguments, &limits)?;
    times.end("friends");

    let mut job = renderer.begin(&board, &request)?;
    let assets = arguments.content.assets(arguments.template.as_deref(), &limits)?;
    assets.with_network(arguments.network.fetcher(&limits)).supply(&mut job);
    let mut frame = job.finish()?;
    times.extend(&frame.times);
    // A file is made without them, and pictures, which the list has too, may be as large as the canvas.
    (frame.pictures, frame.list) = (Pictures::default(), DrawList::default());
    drop(renderer);

    let encoded = frame.encode(format)?;
    times.end("encode");
    if arguments.strict {
        refuse(&frame.diagnostics)?;
    }
    output::write(&path, &encoded)?;
    times.end("write");
    show.picture(&path, || frame.encode(Format::PNG), &limits)?;
    let report = Report { path: path.display().to_string(), bytes: encoded.len(), frame: &frame, times: &times };
    say(arguments, &report, path == Path::new("-"))
}

/// The time since this was first asked.
fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The request that the options are.
pub(in crate::cli) fn request(arguments: &Arguments, limits: &Limits) -> Result<Request> {
    let size = arguments.size.0;
    Ok(Request {
        width: size.width,
        height: size.height,
        dpr: arguments.dpr,
        scroll: arguments.scroll.iter().map(|ScrollOffset(id, offset)| (id.clone(), (offset.x, offset.y))).collect(),
        pressed: arguments.press.clone(),
        ..arguments.content.request(limits)?
    })
}

fn default_output(arguments: &Arguments) -> PathBuf {
    let name = match &arguments.template {
        Some(template) => template.file_stem().map_or("board".into(), |stem| stem.to_string_lossy()),
        None => arguments.board.as_str().into(),
    };
    PathBuf::from(format!("{name}.png"))
}

/// With `--strict`, what is wrong with template or style, or a picture that is not there, is an error.
fn refuse(diagnostics: &Diagnostics) -> Result<()> {
    let is_wrong =
        |found: &&Diagnostic| found.severity == Severity::Error || found.place.line > 0 || found.code == "missing-picture";
    let wrong = diagnostics.as_slice().iter().filter(is_wrong);
    let count = wrong.count();
    if count == 0 {
        return Ok(());
    }
    print_diagnostics(diagnostics)?;
    let noun = if count == 1 { "diagnostic" } else { "diagnostics" };
    Err(Error::new(ErrorKind::Template, format!("{count} {noun}, and --strict was given; nothing was written")))
}

fn say(arguments: &Arguments, report: &Report, picture_on_standard_output: bool) -> Result<()> {
    let stream = if picture_on_standard_output { Stream::Errors } else { Stream::Output };
    if arguments.report == "json" {
        return stream.json(&report.to_json());
    }
    print_diagnostics(&report.frame.diagnostics)?;
    stream.text(&report.to_text())
}
