//! Pages of the members of JSON documents, made of their schemas.

use super::entry::{Entry, Topic};
use super::schema::{schema, type_of};
use crate::json::Value;
use crate::limits::Limits;

/// How deep objects in objects are listed.
const DEPTH: usize = 6;

/// The pages of a script, a game's options, a request, and a share call's circumstances.
pub(super) fn topics() -> Vec<Topic> {
    let page = |name: &'static str, document: &str, title: &'static str, kind: &str, about: &str| Topic {
        name,
        title,
        about: format!("{about} `friendboard schema {document}` is the same for an editor."),
        entries: entries(document, kind),
        is_table: true,
    };
    vec![
        page(
            "play",
            "session",
            "Scripts of play",
            "member of a script",
            "A script of `friendboard play` is a JSON object. Times are ms, lengths px; files are beside the script.",
        ),
        page(
            "options",
            "options",
            "Options of a game",
            "option of a game",
            "What a game gives to `friendboard.start` in the open data domain, beside what the runtime itself takes (`module`, \
             `painter`, `fonts`, `files`, `log`, `onEvent`, `onError`).",
        ),
        page(
            "request",
            "request",
            "Requests",
            "member of a request",
            "What the library, the module and a server draw one board of. `width` and `height` are a must; a member of another \
             name is refused.",
        ),
        page(
            "circumstances",
            "circumstances",
            "Circumstances of a share call",
            "member of circumstances",
            "What `friendboard card --circumstances` reads: what a share call meets outside of its own request. W is WeChat, T \
             TikTok, D Douyin.",
        ),
    ]
}

fn entries(document: &str, kind: &str) -> Vec<Entry> {
    // Schemas are made of what is here: they are JSON.
    let limits = Limits { data_depth: 128, ..Limits::default() };
    let root = schema(document).and_then(|json| Value::from_json(&json, &limits)).unwrap_or_default();
    let mut entries = Vec::new();
    gather(&root, &root, "", kind, DEPTH, &mut entries);
    entries
}

/// What a schema refers to; itself where it refers to nothing.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_text).and_then(|path| path.strip_prefix("#/$defs/"));
    reference.and_then(|name| root.get("$defs")?.get(name)).unwrap_or(schema)
}

fn gather(root: &Value, schema: &Value, prefix: &str, kind: &str, depth: usize, entries: &mut Vec<Entry>) {
    for (name, member) in schema.get("properties").and_then(Value::as_map).into_iter().flat_map(|map| map.iter()) {
        if &**name == "$schema" {
            continue;
        }
        let of = resolved(root, member);
        let text = |schema: &Value, name: &str| schema.get(name).and_then(Value::as_text).map(str::to_owned);
        let about = text(member, "description").or_else(|| text(of, "description")).unwrap_or_default();
        let path = format!("{prefix}{name}");
        let default = member.get("default").filter(|default| !default.is_null() && !matches!(default, Value::Map(_)));
        let entry = Entry::new(path.clone(), kind, about).fact("value", format!("`{}`", type_of(of)));
        let entry = entry.fact("default", default.map(|default| format!("`{}`", default.to_json())).unwrap_or_default());
        entries.push(if prefix.is_empty() { entry } else { entry.also([&**name]) });
        if depth == 0 {
            continue;
        }
        let items = of.get("items").map(|items| resolved(root, items));
        match items {
            Some(items) if items.get("properties").is_some() => {
                gather(root, items, &format!("{path}[]."), kind, depth - 1, entries);
            }
            _ => gather(root, of, &format!("{path}."), kind, depth - 1, entries),
        }
    }
}
