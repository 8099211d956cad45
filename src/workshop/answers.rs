//! What the workshop's page asks for, and is answered.

use std::path::Path;

use super::editor::Editor;
use super::shop::Shop;
use super::{inspect, people, record};
use crate::error::{Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::golden::list_lines;
use crate::host::loopback::{Answer, Request};
use crate::json;
use crate::json::{Ceiling, Value};
use crate::picture::{Format, encode};
use crate::raster::SharedCanvas;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPTS: &[(&str, &str)] = &[
    ("page.js", include_str!("page/page.js")),
    ("frames.js", include_str!("page/frames.js")),
    ("panels.js", include_str!("page/panels.js")),
    ("names.js", include_str!("page/names.js")),
];
/// Bytes of a log that are sent at once, and characters of a command's line.
const LOG_BYTES: usize = 512 * 1024;
const LINE_CHARACTERS: usize = 400;

/// Answers a request of the page.
pub fn answer(request: &Request, shop: &mut Shop, editor: Option<&Editor>) -> Answer<'static> {
    let done = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "") => return Answer::found("text/html; charset=utf-8", PAGE),
        ("GET", "page.css") => return Answer::found("text/css; charset=utf-8", STYLE),
        ("GET", "state.json") => Ok(Answer::found("application/json", shop.state(editor.is_some()).to_json())),
        ("GET", "people.json") => friends(shop),
        ("GET", path) => match SCRIPTS.iter().find(|(name, _)| *name == path) {
            Some((_, script)) => Ok(Answer::found("text/javascript; charset=utf-8", *script)),
            None => of_frame(request, shop),
        },
        ("POST", _) if request.content_type != "application/json" => return Answer::text(400, "JSON was expected"),
        ("POST", path) => read(request, shop).and_then(|asked| posted(path, &asked, shop, editor)),
        _ => return Answer::text(405, "GET or POST was expected"),
    };
    done.unwrap_or_else(|error| {
        let status = if error.kind() == ErrorKind::Usage && error.message() == NOTHING { 404 } else { 400 };
        let place = error.place();
        let hint = error.to_string();
        let body = json!({ "error": &*escaped(&hint), "line": place.line, "column": place.column });
        Answer::found("application/json", body.to_json()).status(status)
    })
}

const NOTHING: &str = "there is nothing here";

fn nothing() -> Error {
    Error::new(ErrorKind::Usage, NOTHING)
}

fn read(request: &Request, shop: &Shop) -> Result<Value> {
    let text = String::from_utf8_lossy(&request.body);
    Value::read(&text, "<request>", Ceiling::data(&shop.limits).kind(ErrorKind::Usage))
}

fn friends(shop: &Shop) -> Result<Answer<'static>> {
    let (people, key) = shop.current_people()?;
    let body = json!({ "people": people::to_page(&people), "key": key.as_str() });
    Ok(Answer::found("application/json", body.to_json()))
}

/// What a page asks of a frame: `frame/ID/WHAT`.
fn of_frame(request: &Request, shop: &mut Shop) -> Result<Answer<'static>> {
    let (id, what) = request.path.strip_prefix("frame/").and_then(|rest| rest.split_once('/')).ok_or_else(nothing)?;
    let id = id.parse::<u32>().map_err(|_| nothing())?;
    let number = |name: &str| request.asked(name).and_then(|text| text.parse::<f32>().ok()).filter(|number| number.is_finite());
    let whole = |name: &str| request.asked(name).and_then(|text| text.parse::<usize>().ok());
    if what == "inspect" {
        let project = shop.project.clone();
        let pane = shop.pane(id)?;
        let point = number("x").zip(number("y"));
        let node = match (whole("node"), &pane.live) {
            (Some(node), _) => Some(node),
            (None, Some(live)) => point.and_then(|(x, y)| inspect::at(live, x, y)),
            (None, None) => None,
        };
        let found = node.and_then(|node| inspect::node(pane, node, &project)).unwrap_or_default();
        return Ok(Answer::found("application/json", found.to_json()));
    }
    let live = shop.pane(id)?.live.as_mut().ok_or_else(nothing)?;
    Ok(match what {
        "pixels" => Answer::found("application/octet-stream", pixels(live.canvas())?),
        "picture.png" => Answer::found("image/png", encode(live.canvas(), Format::PNG)?),
        "steps" => Answer::found("application/json", Value::list(live.steps().iter().cloned()).to_json()),
        "commands" => {
            let lines = list_lines(live.list());
            let lines = lines
                .lines()
                .skip(1)
                .map(|line| Value::from(&*escaped(&line.chars().take(LINE_CHARACTERS).collect::<String>())));
            Answer::found("application/json", Value::list(lines).to_json())
        }
        "commands/pixels" => {
            let canvas = live.first_commands(whole("count").unwrap_or(usize::MAX))?;
            Answer::found("application/octet-stream", pixels(&canvas)?)
        }
        "log" => {
            let log = live.log();
            let log = log.get(..whole("to").unwrap_or(log.len()).min(log.len())).unwrap_or(log);
            // Of a very long log the end.
            let from = whole("from").unwrap_or(0).min(log.len()).max(log.len().saturating_sub(LOG_BYTES));
            let from = (from..=log.len()).find(|&at| log.is_char_boundary(at)).unwrap_or(log.len());
            let rest = log.get(from..).unwrap_or_default();
            Answer::found("application/x-ndjson", crate::escape::escaped_json(rest).as_bytes())
        }
        _ => return Err(nothing()),
    })
}

/// Width and height, each four bytes with the lowest first, and straight RGBA8 rows from the top.
fn pixels(canvas: &SharedCanvas) -> Result<Vec<u8>> {
    let rows = encode(canvas, Format::Rgba)?;
    let mut bytes = Vec::with_capacity(rows.len() + 8);
    bytes.extend_from_slice(&canvas.width().to_le_bytes());
    bytes.extend_from_slice(&canvas.height().to_le_bytes());
    bytes.extend_from_slice(&rows);
    Ok(bytes)
}

/// What a page does.
fn posted(path: &str, asked: &Value, shop: &mut Shop, editor: Option<&Editor>) -> Result<Answer<'static>> {
    let id = asked.get("frame").and_then(Value::as_integer).and_then(|id| u32::try_from(id).ok());
    let frame = || id.ok_or_else(|| Error::new(ErrorKind::Usage, "`frame`, the number of a frame, was expected"));
    let part = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let mut answer = json!({ "done": true });
    match path {
        "add" => {
            let look = match id {
                Some(id) => shop.pane(id)?.look.clone(),
                None => super::pane::Look::first(&shop.project),
            };
            let look = look.changed(&part("look"), &shop.project)?;
            answer.insert("frame", shop.add(look)?);
        }
        "remove" => shop.remove(frame()?)?,
        "set" => shop.set(frame()?, &part("look"))?,
        "step" => shop.step(id, &part("step"))?,
        "wheel" => {
            let number = |name: &str| asked.get(name).and_then(Value::as_number).map_or(0.0, |number| number.to_f64() as f32);
            shop.pane(frame()?)?.wheel((number("x"), number("y")), (number("right"), number("down")))?;
        }
        "start-over" => shop.start_over(),
        "friends" => shop.set_friends(asked)?,
        "trouble" => shop.set_trouble(part("latency"), part("faults"))?,
        "save" | "golden" => {
            let name = asked.get("name").and_then(Value::as_text).unwrap_or_default();
            answer = if path == "save" { record::save(shop, frame()?, name)? } else { record::golden(shop, frame()?, name)? };
        }
        "open" => answer.insert("opened", open(asked, shop, editor)?),
        _ => return Err(nothing()),
    }
    Ok(Answer::found("application/json", answer.to_json()))
}

/// Opens a place in the editor; false where there is none.
fn open(asked: &Value, shop: &Shop, editor: Option<&Editor>) -> Result<bool> {
    let name = asked.get("document").and_then(Value::as_text).unwrap_or_default();
    let path = shop.document(name);
    let path = path.ok_or_else(|| Error::new(ErrorKind::Usage, "a file of the board was expected"))?;
    let whole =
        |name: &str| asked.get(name).and_then(Value::as_integer).and_then(|number| u32::try_from(number).ok()).unwrap_or(1);
    let Some(editor) = editor else { return Ok(false) };
    let path = path.canonicalize().unwrap_or_else(|_| Path::new(name).to_owned());
    editor.open(&path, whole("line"), whole("column"))?;
    Ok(true)
}
