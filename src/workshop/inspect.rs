//! What stands at a point of a frame, or is a node of it: its box, its properties, and where they are written.

use std::collections::BTreeMap;
use std::path::Path;

use super::pane::Pane;
use super::project::Project;
use crate::display::places;
use crate::error::{ErrorKind, Place};
use crate::escape::escaped;
use crate::geometry::{Edges, Rect};
use crate::golden::{node_name, properties};
use crate::host::headless::play::Live;
use crate::host::headless::read_regular_text;
use crate::json;
use crate::json::Value;
use crate::scene::{Content, Node, NodeId};
use crate::style::Length;

/// Characters of a value that are shown.
const SHOWN: usize = 160;

/// The topmost node at a point, device px; `None` where there is none.
#[must_use]
pub fn at(live: &Live, x: f32, y: f32) -> Option<NodeId> {
    let (prepared, view) = live.shown();
    let size = (live.canvas().width(), live.canvas().height());
    let holds = |rect: &Rect| x >= rect.x && y >= rect.y && x < rect.right() && y < rect.bottom();
    let found = places(&prepared.scene, &prepared.layout, view, size);
    found.into_iter().rev().find(|(_, rect)| holds(rect)).map(|(node, _)| node)
}

/// All that is known of a node.
#[must_use]
pub fn node(pane: &Pane, id: NodeId, project: &Project) -> Option<Value> {
    let live = pane.live.as_ref()?;
    let (prepared, view) = live.shown();
    let (node, laid) = (prepared.scene.nodes.get(id)?, prepared.layout.boxes.get(id)?);
    let size = (live.canvas().width(), live.canvas().height());
    let seen = places(&prepared.scene, &prepared.layout, view, size).into_iter().find(|(known, _)| *known == id);
    let seen = seen.map(|(_, rect)| rect_value(rect));
    let parent_width = node.parent.and_then(|parent| prepared.layout.boxes.get(parent)).map_or(0.0, |laid| laid.rect.width);
    let margin = edges(&node.style.layout.margin, |length: &Length| length.resolve(parent_width));
    let mut chain = Vec::new();
    let mut above = Some(id);
    while let Some((id, node)) = above.and_then(|id| Some((id, prepared.scene.nodes.get(id)?))) {
        chain.push(json!({ "node": id, "name": &*escaped(&node_name(node)) }));
        above = node.parent.filter(|parent| *parent < id);
    }
    let mut sources = Sources { project, texts: BTreeMap::new() };
    Some(json!({
        "node": id,
        "name": &*escaped(&node_name(node)),
        "chain": Value::list(chain),
        "shows": shows(node),
        "place": place(&node.place, project),
        "rect": rect_value(laid.absolute),
        "content": rect_value(laid.content()),
        "seen": seen.unwrap_or_default(),
        "margin": margin,
        "border": edges(&laid.border, |width| Some(*width)),
        "padding": edges(&laid.padding, |width| Some(*width)),
        "scrolls": Value::list([laid.scroll.width, laid.scroll.height]),
        "computed": properties(&prepared.scene, node).iter().map(|line| Value::from(&*escaped(line))).collect::<Value>(),
        "declared": declared(live, node, &mut sources),
    }))
}

/// What the documents say of it; what a later one says otherwise is marked.
fn declared(live: &Live, node: &Node, sources: &mut Sources<'_>) -> Value {
    let Some(board) = live.board() else { return Value::list::<Value>([]) };
    let found = board.declared(node);
    let lines: Vec<Value> = found
        .iter()
        .enumerate()
        .map(|(index, (from, property, at))| {
            let is_over = found.get(index + 1..).unwrap_or_default().iter().any(|(_, later, _)| later == property);
            json!({
                "from": if from.is_empty() { "style" } else { from.as_str() }, "property": *property,
                "value": &*escaped(&sources.value_at(at)), "place": place(at, sources.project), "isOver": is_over,
            })
        })
        .collect();
    Value::list(lines)
}

fn shows(node: &Node) -> Value {
    let text = match &node.content {
        Content::Text(text) | Content::Button(text) | Content::BitmapText { value: text, .. } => text.to_string(),
        Content::Image { src, .. } if src.starts_with("data:") => "data: …".to_owned(),
        Content::Image { src, .. } => src.to_string(),
        Content::RichText(rich) => rich.paragraphs.first().map(|paragraph| paragraph.text.to_string()).unwrap_or_default(),
        Content::View | Content::ScrollView { .. } | Content::Canvas { .. } => return Value::Null,
    };
    Value::from(&*escaped(&text.chars().take(SHOWN).collect::<String>()))
}

fn place(place: &Place, project: &Project) -> Value {
    let document = place.document.as_deref().map(|document| project.shown(Path::new(document)));
    json!({ "document": document.as_deref(), "line": place.line, "column": place.column })
}

fn rect_value(rect: Rect) -> Value {
    Value::list([rect.x, rect.y, rect.width, rect.height])
}

fn edges<T>(edges: &Edges<T>, value: impl Fn(&T) -> Option<f32>) -> Value {
    let side = |side: &T| value(side).map_or_else(|| Value::from("auto"), Value::from);
    Value::list([side(&edges.left), side(&edges.top), side(&edges.right), side(&edges.bottom)])
}

/// The documents that values are read from as they are written.
struct Sources<'a> {
    project: &'a Project,
    texts: BTreeMap<String, String>,
}

impl Sources<'_> {
    /// The value that is written at a place; empty where its document is none of the folder's.
    fn value_at(&mut self, place: &Place) -> String {
        let Some(document) = place.document.as_deref() else { return String::new() };
        let limit = self.project.limits.template_bytes;
        let text = self.texts.entry(document.to_owned()).or_insert_with(|| {
            let path = Path::new(document);
            let read = read_regular_text(path, limit, "template_bytes", ErrorKind::Template);
            if self.project.is_inside(path) { read.unwrap_or_default() } else { built_in(document).unwrap_or_default() }
        });
        written(text, place)
    }
}

/// The text of a built-in board's document.
fn built_in(document: &str) -> Option<String> {
    let (name, ending) = document.rsplit_once('.')?;
    let board = crate::template::BuiltIn::find(name).ok()?;
    // Of several sheets the places are those of each: its own is the last.
    Some(if ending == "xml" { board.template } else { board.styles.last().copied()? }.to_owned())
}

/// The value that is written at a line and column: a JSON value, or what stands in a `style` attribute up to its end.
fn written(text: &str, place: &Place) -> String {
    let line = text.lines().nth((place.line as usize).saturating_sub(1)).unwrap_or_default();
    let rest: String = line.chars().skip((place.column as usize).saturating_sub(1)).take(SHOWN).collect();
    if let Some(inside) = rest.strip_prefix('"') {
        let mut is_escaped = false;
        let end = inside.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            ends
        });
        return end.map_or(inside, |(end, _)| &inside[..end]).to_owned();
    }
    // What is between `{{` and `}}` ends nothing; a text of a style sheet that has such ends with its quote.
    let (mut end, mut depth) = (rest.len(), 0_usize);
    let is_bound = rest.starts_with("{{");
    for (at, c) in rest.char_indices() {
        let here = rest.get(at..).unwrap_or_default();
        if here.starts_with("{{") {
            depth += 1;
        } else if here.starts_with("}}") {
            depth = depth.saturating_sub(1);
        }
        if c == '"' || depth == 0 && (c == ';' || !is_bound && matches!(c, ',' | '}')) {
            end = at;
            break;
        }
    }
    rest.get(..end).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_they_are_written() {
        let at = |text: &str, column| written(text, &Place::document("d").at(1, column));
        assert_eq!(at(r#"{"color": "{{ theme.text, 'a' }}", "x": 1}"#, 11), "{{ theme.text, 'a' }}");
        assert_eq!(at(r#"{"x": 12.5}"#, 7), "12.5");
        assert_eq!(at(r#"<text style="margin: 4 8; color: red"/>"#, 22), "4 8");
        assert_eq!(at(r#"<text style="color: red"/>"#, 21), "red");
        assert_eq!(at(r#"{"a": "{{ 12 * unit }}"}"#, 8), "{{ 12 * unit }}");
        assert_eq!(at(r#"<text style="a: {{ 'x; y' }}; b: 2"/>"#, 17), "{{ 'x; y' }}");
        assert_eq!(at("", 9), "");
    }
}
