//! `friendboard import`.

use std::path::{Path, PathBuf};

use super::limits::LimitArguments;
use super::options::CanvasSize;
use super::output::{self, Stream};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::host::import::{Brought, Order, bring, orders};
use crate::json::Value;

/// Options of `import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The template is doT's text (.dot, .xml, or a text that a script exports), or the function that is made of it. The style is
run with limits, as a phone would run it, or is JSON. What comes out draws in the dialect layout what the engine draws:
board.xml, board.json, the pictures, and report.md, which says what was carried over, what needs a hand and where, and how
many boxes stand where the engine has them. For that the engine's package is looked for beside the template
(node_modules/minigame-canvas-engine).

Examples:
  friendboard import openDataContext -o board                     as its index.js gives them to the engine
  friendboard import render/tplfn.js render/style.js -o board
  friendboard import rank.dot rank.json --data friends.json --engine node_modules/minigame-canvas-engine -o board
  friendboard render --template board/board.xml --style board/board.json -o board.png")]
pub struct Arguments {
    /// The template and its style; or the index.js, or its folder, that gives both to the engine
    #[arg(value_name = "FILE", required = true, num_args = 1..=2)]
    files: Vec<PathBuf>,
    /// The folder that is written
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// What the template is given (JSON), or friend data in any platform's shape, to compare the boxes with; without it, some is made up
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The engine: the folder of its package, or its file
    #[arg(long, value_name = "PATH")]
    engine: Option<PathBuf>,
    /// The canvas in px at dpr 1, for a style that asks for it
    #[arg(long, value_name = "WxH")]
    size: Option<CanvasSize>,
    /// Which export of the template's file is the template
    #[arg(long, value_name = "NAME")]
    export: Option<String>,
    /// Which export of the style's file is the style
    #[arg(long, value_name = "NAME")]
    style_export: Option<String>,
    /// How the report is printed: text or json
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = ["text", "json"])]
    report: String,
    /// End with status 1 where something needs a hand, or a box stands elsewhere
    #[arg(long)]
    strict: bool,
    /// Write over files that are there and are others
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Notes that are printed; all of them are in the report.
const TOLD: usize = 10;

/// Brings boards over, and writes them.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let like = Order {
        export: arguments.export.clone(),
        style_export: arguments.style_export.clone(),
        data: arguments.data.clone(),
        engine: arguments.engine.clone(),
        size: arguments.size.map(|size| size.0),
        ..Order::default()
    };
    let list = match &*arguments.files {
        [template, style] => vec![Order { template: template.clone(), style: style.clone(), ..like }],
        [index] => orders(index, &like, &limits)?,
        _ => return Err(Error::new(ErrorKind::Usage, "a template and a style were expected, or an index.js")),
    };
    let mut boards = Vec::new();
    for order in &list {
        boards.push((folder_of(order, list.len(), &boards), bring(order, &limits)?));
    }
    // All or none of all boards.
    let files: Vec<(String, &[u8])> = boards
        .iter()
        .flat_map(|(folder, board)| board.files.iter().map(move |(path, bytes)| (format!("{folder}{path}"), bytes.as_slice())))
        .collect();
    let named: Vec<(&Path, &[u8])> = files.iter().map(|(path, bytes)| (Path::new(path), *bytes)).collect();
    let said = output::write_folder(&arguments.output, &named, arguments.force)?;
    if arguments.report == "json" {
        let reports: Vec<Value> = boards.iter().map(|(_, board)| board.report.to_value()).collect();
        let value = match <[Value; 1]>::try_from(reports) {
            Ok([only]) => only,
            Err(list) => Value::list(list),
        };
        Stream::Output.json(&value.to_pretty_json())?;
    } else {
        let told: Vec<String> = boards.iter().map(|(_, board)| told(board)).collect();
        Stream::Output.text(&format!("{said}{}", told.join("\n").trim_end()))?;
    }
    if arguments.strict && !boards.iter().all(|(_, board)| board.report.is_clean()) {
        return Err(Error::new(ErrorKind::Template, "not all was carried over; the report says what needs a hand"));
    }
    Ok(())
}

/// Where a board goes: of several each into a folder of its own, by the name of its template.
fn folder_of(order: &Order, count: usize, before: &[(String, Brought)]) -> String {
    if count == 1 {
        return String::new();
    }
    let stem = order.template.file_stem().map_or_else(|| "board".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let stem = order.export.as_ref().map_or(stem.clone(), |export| format!("{stem}-{export}"));
    let is_free = |folder: &String| before.iter().all(|(taken, _)| taken != folder);
    let names = std::iter::once(format!("{stem}/")).chain((2..).map(|number| format!("{stem}-{number}/")));
    names.into_iter().find(is_free).unwrap_or_default()
}

/// What people are told.
fn told(board: &Brought) -> String {
    let report = &board.report;
    let [elements, loops, conditions, expressions] = report.counts;
    let mut lines = vec![format!(
        "{}: {elements} elements, {loops} loops, {conditions} conditions, {expressions} expressions, {} styles, {} pictures",
        escaped(&report.sources.0),
        report.styles,
        report.pictures
    )];
    lines.push(report.boxes_line());
    for (place, note) in report.notes.iter().take(TOLD) {
        lines.push(format!("{place}: {} ({})", escaped(&note.message), escaped(&note.hint)));
    }
    if report.notes.len() > TOLD {
        lines.push(format!("{} more need a hand; see report.md", report.notes.len() - TOLD));
    }
    lines.push(String::new());
    lines.join("\n")
}
