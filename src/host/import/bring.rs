//! Brings a board over: reads its files, writes ours, and compares the boxes of both.

use std::path::{Path, PathBuf};

use super::compare::{self, compare};
use super::document::{Texts, document};
use super::index;
use super::pictures::pictures;
use super::program::Note;
use super::report::{Compared, Report};
use super::run::Host;
use super::sample::{Sample, sample};
use super::{style, template};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::geometry::Size;
use crate::host::headless::{read_regular_text, read_text};
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::{Board, Renderer};
use crate::text::Fonts;

/// What is brought over.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The template's file: doT's text, or a script.
    pub template: PathBuf,
    /// The style's file: a script, or JSON.
    pub style: PathBuf,
    /// Which export of the template's file; `None` finds it.
    pub export: Option<String>,
    /// Which export of the style's file; `None` finds it.
    pub style_export: Option<String>,
    /// What the template is given, or friend data; `None` makes some up.
    pub data: Option<PathBuf>,
    /// The engine: its file or its package; `None` looks for a package beside the template.
    pub engine: Option<PathBuf>,
    /// The canvas; `None` is as large as the root.
    pub size: Option<Size>,
}

/// A board that was brought over.
#[derive(Debug)]
pub struct Brought {
    /// Files by their paths below the board's folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// The report, which is one of the files, too.
    pub report: Report,
}

/// The canvas of a style that asks for one, before its board has a size.
const CANVAS: Size = Size { width: 960.0, height: 1410.0 };

/// The boards of an `index.js`, or of the folder that has one: an order for each, like one that is given.
///
/// # Errors
/// Where it can't be read, or gives no template and style to the engine.
pub fn orders(index: &Path, like: &Order, limits: &Limits) -> Result<Vec<Order>> {
    let file = if index.is_dir() { index.join("index.js") } else { index.to_owned() };
    let text = read_text(&file, limits.script_source_bytes, "script_source_bytes", ErrorKind::Template)?;
    let name = file.to_string_lossy();
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let resolved = |asked: &index::Asked| {
        let base = folder.join(asked.file.trim_start_matches("./"));
        let with = |ending: &str| PathBuf::from(format!("{}{ending}", base.display()));
        let candidates = [base.clone(), with(".js"), with(".json"), base.join("index.js")];
        candidates.into_iter().find(|path| path.is_file()).ok_or_else(|| {
            Error::new(ErrorKind::Io, format!("'{}' asks for '{}', which is not there", name, asked.file))
                .at(Place::document(&name))
                .hint("name the files: friendboard import TEMPLATE STYLE -o DIR")
        })
    };
    let order = |pair: &index::Pair| {
        Ok(Order {
            template: resolved(&pair.template)?,
            style: resolved(&pair.style)?,
            export: pair.template.export.clone(),
            style_export: pair.style.export.clone(),
            ..like.clone()
        })
    };
    index::pairs(&name, &text)?.iter().map(order).collect()
}

/// Brings one over.
///
/// # Errors
/// Where template, style or data can't be read. What can't be carried over is in the report.
pub fn bring(order: &Order, limits: &Limits) -> Result<Brought> {
    let read = |path: &Path, kind| read_text(path, limits.template_bytes, "template_bytes", kind);
    let name = order.template.to_string_lossy().into_owned();
    let text = read(&order.template, ErrorKind::Template)?;
    let style_text = read(&order.style, ErrorKind::Style)?;
    let template = template::read(&name, &text, order.export.as_deref(), limits)?;
    let host = Host::of(&[&order.template, &order.style], order.size.unwrap_or(CANVAS), limits);
    let style = style::read(&host, &order.style, &style_text, order.size.unwrap_or(CANVAS), order.style_export.as_deref())?;
    let data = order.data.as_ref().map(|path| {
        let text = read_regular_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
        Value::read(&text, &path.to_string_lossy(), limits)
    });
    let sample = sample(&template.nodes, &template.names, data.transpose()?.as_ref(), limits)?;
    let engine = engine(order, limits)?;
    let made = compare::run(&host, (&order.template, &text, &template.source), &style.sheet, &sample.it, engine.as_deref());
    let given = sample.it.clone();
    let texts = made.as_ref().map_or(Texts::Lines, |made| made.texts);
    let mut notes = template.notes.clone();
    let document = document(&template.nodes, &template.names, (&style.sheet, texts), &mut notes);
    let mut notes = template.placed(notes, &name, &text);
    notes.extend(style.notes);
    let xml = format!("{}\n", document.xml);
    let json = format!("{}\n", style.sheet.to_pretty_json());
    let style_name = order.style.to_string_lossy().into_owned();
    let board = Board::compile(("board.xml", &xml), &[("board.json", &json)], limits)?;
    notes.extend(complaints(&board, &json, (&style_name, &style_text)));
    let compared = match &made {
        Err(error) => Compared::Not(error.to_string()),
        Ok(_) if engine.is_none() => Compared::Not(
            "the engine's package is not at hand; npm install minigame-canvas-engine beside the template, or --engine PATH"
                .to_owned(),
        ),
        Ok(made) => match our_boxes(&board, sample, order.size, limits) {
            Ok(ours) => Compared::With(compare(&made.boxes, &ours, &style.sheet)),
            Err(error) => Compared::Not(error.to_string()),
        },
    };
    let expanded = made.map(|made| made.xml).unwrap_or_default();
    let (found, missing) = pictures(host.root(), &[&xml, &expanded], &style.sheet, &given, limits);
    for picture in missing {
        let message = format!("the picture '{picture}' is not in the package");
        let hint = "put it below the board's folder, under this path".to_owned();
        notes.push((Place::document(&name), Note { offset: 0, message, hint }));
    }
    for said in host.said() {
        let message = format!("while it ran, it said {said}");
        notes.push((Place::document(&name), Note { offset: 0, message, hint: "look whether that matters".to_owned() }));
    }
    let mut report = Report {
        sources: (name, style_name),
        written: ["board.xml", "board.json", "report.md"].map(str::to_owned).to_vec(),
        counts: document.counts,
        styles: style.sheet.as_map().map_or(0, std::collections::BTreeMap::len),
        names: template.names.told(),
        pictures: found.len(),
        notes,
        compared,
    };
    report.written.extend(found.iter().map(|(path, _)| path.clone()));
    let mut files = vec![("board.xml".to_owned(), xml.into_bytes()), ("board.json".to_owned(), json.into_bytes())];
    files.push(("report.md".to_owned(), report.to_markdown().into_bytes()));
    files.extend(found);
    Ok(Brought { files, report })
}

/// What a board's own reader says of the documents that were written; places in the style are those of its source.
fn complaints(board: &Board, json: &str, (style_name, style_text): (&str, &str)) -> Vec<(Place, Note)> {
    let list = board.diagnostics().as_slice().iter().map(|diagnostic| {
        let is_style = diagnostic.place.document.as_deref() == Some("board.json");
        let place = if is_style {
            let path = property_at(json, diagnostic.place.line);
            Place::document(style_name).at_offset(style_text, style::offset_of(style_text, &path))
        } else {
            diagnostic.place.clone()
        };
        let hint = diagnostic.hint.clone().unwrap_or_else(|| "the engine passes over it, too".to_owned());
        (place, Note { offset: 0, message: diagnostic.message.clone(), hint })
    });
    list.collect()
}

/// The property on a line of a sheet as it is written here: `row.width`.
fn property_at(json: &str, line: u32) -> String {
    let name = |line: &str| line.trim().strip_prefix('"').and_then(|rest| Some(rest.split_once('"')?.0.to_owned()));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = json.lines().take(line as usize).collect();
    let mut path = Vec::new();
    let mut least = usize::MAX;
    for text in lines.iter().rev() {
        if indent(text) < least
            && let Some(name) = name(text)
        {
            least = indent(text);
            path.insert(0, name);
        }
    }
    path.join(".")
}

fn our_boxes(board: &Board, sample: Sample, size: Option<Size>, limits: &Limits) -> Result<Vec<crate::layout::DumpedBox>> {
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let size = size.unwrap_or(CANVAS);
    let request = sample.request.size(size.width, size.height);
    let job = renderer.begin(board, &request)?;
    Ok(job.lay_out()?.0.boxes())
}

/// The engine's text: of the file or package that is named, or of a package beside the template.
fn engine(order: &Order, limits: &Limits) -> Result<Option<String>> {
    const NAME: &str = "node_modules/minigame-canvas-engine";
    let read = |path: &Path| read_regular_text(path, limits.script_source_bytes, "script_source_bytes", ErrorKind::Data);
    let of_package = |folder: &Path| {
        let main = std::fs::read_to_string(folder.join("package.json")).ok().and_then(|text| {
            let value = Value::from_json(&text, limits).ok()?;
            Some(value.get("main")?.as_text()?.to_owned())
        });
        let inside = main.filter(|main| !main.split(['/', '\\']).any(|part| part == "..") && !main.starts_with('/'));
        let candidates = inside.into_iter().chain(["dist/index.js", "index.js"].map(str::to_owned));
        candidates.map(|main| folder.join(main)).find(|path| path.is_file())
    };
    if let Some(path) = &order.engine {
        let file = if path.is_dir() { of_package(path) } else { Some(path.clone()) };
        let file = file.ok_or_else(|| {
            Error::new(ErrorKind::Io, format!("'{}' has no engine in it", path.display()))
                .hint("the folder of npm's minigame-canvas-engine was expected, or its dist/index.js")
        })?;
        return read(&file).map(Some);
    }
    let absolute = std::path::absolute(&order.template).unwrap_or_else(|_| order.template.clone());
    let found = absolute.ancestors().skip(1).find_map(|folder| of_package(&folder.join(NAME)));
    found.map(|file| read(&file)).transpose()
}
