//! `friendboard render`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::example;
use super::limits::LimitArguments;
use super::network::Network;
use super::options::{CanvasSize, ScrollOffset, Variable, ratio};
use super::output;
use super::report::{Report, print_diagnostics};
use crate::display::View;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, Severity};
use crate::friends::{self, FriendData, Order, RankOptions, Ranking, ReadOptions, Ties, WithoutScore};
use crate::geometry::Size;
use crate::host::headless::{Assets, draw_list, read_text};
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::pipeline::{Board, Prepared, Renderer, device_size};
use crate::raster::SharedCanvas;
use crate::scene::{BoardState, Surroundings, globals};
use crate::template;
use crate::text::Fonts;

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
    content: Content,
    /// A built-in board; `friendboard boards` lists them
    #[arg(long, value_name = "NAME", default_value = "leaderboard", conflicts_with = "template")]
    board: String,
    /// A template of your own
    #[arg(long, value_name = "FILE", requires = "style")]
    template: Option<PathBuf>,
    /// Its style sheet; several add up, later ones win
    #[arg(long, value_name = "FILE", requires = "template")]
    style: Vec<PathBuf>,
    /// The canvas in px at dpr 1
    #[arg(long, value_name = "WxH", default_value = "800x800")]
    size: CanvasSize,
    #[command(flatten)]
    network: Network,
    /// Device pixels per px: the picture has size × dpr pixels
    #[arg(long, value_name = "N", default_value = "1", value_parser = ratio)]
    dpr: f32,
    /// Scroll the scrollview with an id; may be repeated
    #[arg(long, value_name = "ID=X,Y")]
    scroll: Vec<ScrollOffset>,
    /// Show the node with an id pressed (its `:active` style); may be repeated
    #[arg(long, value_name = "ID")]
    press: Vec<String>,
    /// Fail where anything is wrong with template or style, or a picture is missing
    #[arg(long)]
    strict: bool,
    /// How to report: text or json
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = ["text", "json"])]
    report: String,
    /// The picture: .png, .jpg, .webp, .rgba (straight RGBA8 rows); - is PNG on standard output. Without it, BOARD.png
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
}

/// What stands on a board: friends, how they are ranked, and what surrounds them.
#[derive(Debug, clap::Args)]
pub struct Content {
    /// Friend data in any platform's shape; - is standard input. Without it the bundled example is drawn
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The folder below which pictures are found; without it, the folder of the data file
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// The player's own openid; without it, as the data says
    #[arg(long = "self", value_name = "OPENID")]
    self_openid: Option<String>,
    /// The key whose value is the score; without it, the first that reads as one
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Which score is better: desc (the higher) or asc (the lower)
    #[arg(long, value_name = "ORDER", default_value = "desc")]
    order: Order,
    /// Ranks of equal scores: competition (1 2 2 4), dense (1 2 2 3) or ordinal (1 2 3 4)
    #[arg(long, value_name = "TIES", default_value = "competition")]
    ties: Ties,
    /// Friends without a score: last or left-out
    #[arg(long, value_name = "WHERE", default_value = "last")]
    without_score: WithoutScore,
    /// Show the best N only
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// The language of the board's own texts: en or zh-CN, or a JSON file of texts
    #[arg(long, value_name = "LOCALE", default_value = "en")]
    locale: String,
    /// light or dark, or a JSON file of colours by role
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: String,
    /// A value that the template can name; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<Variable>,
    /// Show a state whatever the data says: loading, empty, denied, error or ready
    #[arg(long, value_name = "STATE", value_parser = ["ready", "loading", "empty", "denied", "error"])]
    state: Option<String>,
    /// A font file to try before the bundled ones; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Try this machine's fonts for what the others lack
    #[arg(long)]
    system_fonts: bool,
}

/// Times what lies between its calls.
struct Stages {
    last: Instant,
    list: Vec<(&'static str, Duration)>,
}

impl Stages {
    fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.list.push((stage, now - self.last));
        self.last = now;
    }
}

/// Draws a board.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut stages = Stages { last: Instant::now(), list: Vec::new() };
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let path = arguments.output.clone().unwrap_or_else(|| default_output(arguments));
    let format = if path == Path::new("-") { Format::PNG } else { Format::from_path(&path)? };
    let size = arguments.size.0;
    let (width, height) = device_size(size, arguments.dpr, &limits)?;
    let board = compile(arguments, &limits, &mut diagnostics)?;
    stages.end("template");

    let (data, ranking) = arguments.content.read(&limits, &mut diagnostics)?;
    stages.end("friends");

    let mut renderer = Renderer::new(arguments.content.fonts(&limits)?, limits.clone());
    stages.end("fonts");

    let surroundings = arguments.content.surroundings(&data, size, &limits)?;
    let values = globals(&data, &ranking, &surroundings, &limits, &mut diagnostics);
    let scene = board.resolve(&values, size, &limits, &mut diagnostics)?;
    stages.end("scene");

    let assets = arguments.network.connect(arguments.content.assets(&limits), &limits);
    let mut prepared = renderer.layout(scene, size, &assets)?;
    let offsets: Vec<_> = arguments.scroll.iter().map(|offset| (offset.0.clone(), offset.1)).collect();
    let view = |prepared: &Prepared| {
        let (scroll, pressed) = (prepared.scrolled(&offsets)?, prepared.pressed(&arguments.press)?);
        Ok(View { dpr: arguments.dpr, scroll, pressed, ..View::default() })
    };
    stages.end("layout");

    let list = draw_list(&mut renderer, &mut prepared, size, (width, height), &assets, view)?;
    stages.end("display");
    split_off(&mut stages, assets.spent());

    let mut canvas = SharedCanvas::new(width, height, &limits)?;
    renderer.rasterize(&list, &mut canvas, None);
    stages.end("raster");

    let encoded = picture::encode(&canvas, format)?;
    stages.end("encode");
    diagnostics.extend(assets.take_diagnostics());
    if arguments.strict {
        refuse(&diagnostics)?;
    }
    output::write(&path, &encoded)?;
    stages.end("write");

    let ready = surroundings.state == BoardState::Ready;
    let report = Report {
        path: path.display().to_string(),
        width,
        height,
        bytes: encoded.len(),
        state: surroundings.state.keyword(),
        drawn: if ready { ranking.shown().len().min(limits.friends) } else { 0 },
        dropped: data.dropped,
        stages: stages.list,
        diagnostics,
    };
    say(arguments, &report, path == Path::new("-"));
    Ok(())
}

fn default_output(arguments: &Arguments) -> PathBuf {
    let name = match &arguments.template {
        Some(template) => template.file_stem().map_or("board".into(), |stem| stem.to_string_lossy()),
        None => arguments.board.as_str().into(),
    };
    PathBuf::from(format!("{name}.png"))
}

fn compile(arguments: &Arguments, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Board> {
    match &arguments.template {
        Some(template) => compile_files(template, &arguments.style, limits, diagnostics),
        None => Board::built_in(&arguments.board, limits, diagnostics),
    }
}

/// Compiles a template and style sheets from files.
pub fn compile_files(template: &Path, styles: &[PathBuf], limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Board> {
    let read = |path: &Path, kind| read_text(path, limits.template_bytes, "template_bytes", kind);
    let xml = read(template, ErrorKind::Template)?;
    let sheets = styles.iter().map(|path| Ok((path.display().to_string(), read(path, ErrorKind::Style)?)));
    let sheets = sheets.collect::<Result<Vec<(String, String)>>>()?;
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, json)| (name.as_str(), json.as_str())).collect();
    Board::compile((&template.display().to_string(), &xml), &sheets, limits, diagnostics)
}

impl Content {
    /// Reads and ranks the friends: the file's, or the bundled example's.
    pub fn read(&self, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<(FriendData, Ranking)> {
        let options = ReadOptions { key: self.key.clone() };
        let data = match &self.data {
            Some(path) => {
                let json = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
                let name = if path == Path::new("-") { "<standard input>".to_owned() } else { path.display().to_string() };
                friends::read(&json, &name, &options, limits, diagnostics)?
            }
            None => friends::read(example::FRIENDS, "<example>", &options, limits, diagnostics)?,
        };
        let ranking = friends::rank(
            &data,
            &RankOptions {
                order: self.order,
                ties: self.ties,
                without_score: self.without_score,
                top: self.top,
                self_openid: self.self_openid.as_deref().map(Arc::from),
                self_profile: None,
            },
        );
        Ok((data, ranking))
    }

    /// The font stack.
    pub fn fonts(&self, limits: &Limits) -> Result<Fonts> {
        let mut fonts = Fonts::bundled();
        for path in &self.font {
            fonts.add_file(path, limits)?;
        }
        if self.system_fonts {
            fonts.add_system(limits);
        }
        Ok(fonts)
    }

    /// State, theme, texts and variables.
    pub fn surroundings(&self, data: &FriendData, size: Size, limits: &Limits) -> Result<Surroundings> {
        let theme = if is_json(&self.theme) { read_value(&self.theme, limits)? } else { template::theme(&self.theme)? };
        let dark = match theme.get("surface").and_then(Value::as_text).and_then(crate::Color::parse) {
            Some(surface) => surface.luminance() < 0.2,
            None => self.theme == "dark",
        };
        let (strings, locale) = if is_json(&self.locale) {
            // What the file lacks is said in English.
            let mut strings = template::strings("en")?;
            if let Value::Map(own) = read_value(&self.locale, limits)? {
                for (key, text) in own.iter() {
                    strings = strings.with(Arc::clone(key), text.clone());
                }
            }
            let tag = strings.get("locale").and_then(Value::as_text).unwrap_or("en").to_owned();
            (strings, tag)
        } else {
            (template::strings(&self.locale)?, template::locale(&self.locale)?.to_owned())
        };
        let state = self.state.as_deref().and_then(BoardState::from_keyword).unwrap_or_else(|| BoardState::of(data));
        let variables = self.var.iter().map(|variable| (Arc::from(variable.0.as_str()), variable.1.clone())).collect();
        let marks = Arc::default();
        Ok(Surroundings { state, theme, dark, strings, locale: Arc::from(locale), size, variables, marks })
    }

    /// Pictures from below `--assets`, or beside the data; the example's own where it is drawn.
    pub fn assets(&self, limits: &Limits) -> Assets {
        let beside_data = || self.data.as_deref().filter(|path| *path != Path::new("-"))?.parent();
        let root = self.assets.clone().or_else(|| {
            beside_data().map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
        });
        let bundled = if self.data.is_none() { example::AVATARS } else { &[] };
        Assets::new(root, limits.clone()).with_bundled(bundled)
    }
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn read_value(path: &str, limits: &Limits) -> Result<Value> {
    let text = read_text(Path::new(path), limits.template_bytes, "template_bytes", ErrorKind::Style)?;
    Value::from_json(&text, limits).map_err(|error| {
        let place = Place { document: Some(Arc::from(path)), ..error.place().clone() };
        error.at(place)
    })
}

/// Pictures are loaded while the draw list is made; their time is a stage of its own.
fn split_off(stages: &mut Stages, pictures: Duration) {
    if let Some((_, display)) = stages.list.last_mut() {
        let pictures = pictures.min(*display);
        *display -= pictures;
        stages.list.push(("pictures", pictures));
    }
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
    print_diagnostics(diagnostics);
    let noun = if count == 1 { "diagnostic" } else { "diagnostics" };
    Err(Error::new(ErrorKind::Template, format!("{count} {noun}, and --strict was given; nothing was written")))
}

fn say(arguments: &Arguments, report: &Report, picture_on_standard_output: bool) {
    let json = arguments.report == "json";
    if !json {
        print_diagnostics(&report.diagnostics);
    }
    let text = if json { report.to_json() + "\n" } else { report.to_text() };
    // A closed pipe is no reason to fail: the picture is written.
    let _ = if picture_on_standard_output {
        std::io::stderr().lock().write_all(text.as_bytes())
    } else {
        std::io::stdout().lock().write_all(text.as_bytes())
    };
}
