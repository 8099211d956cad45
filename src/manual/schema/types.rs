//! Schemas of the types that are read as they are: a request, a game's options, a share call's circumstances. `schemars` makes
//! them of the types themselves; what a type reads by a function of its own is said here.

use schemars::{Schema, json_schema};

use crate::context::{Meaning, Settings, TemplateType, Words};
use crate::error::Result;
use crate::friends::{Order, Period, Since, ThenBy, Ties, WithoutScore, Zone};
use crate::golden::{Spec, schema_of};
use crate::json;
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::pipeline::{Locale, Request, Theme};
use crate::platform::{Domain, Platform, Version};
use crate::scene::BoardState;
use crate::share::CircumstancesData;
use crate::style::Dialect;
use crate::template::{BOARDS, LOCALES, THEMES};

/// The schema of a request.
pub(super) fn request() -> Result<String> {
    finished(&schemars::schema_for!(Request), "A request to friendboard")
}

/// The schema of a golden case.
pub(super) fn case() -> Result<String> {
    finished(&schemars::schema_for!(Spec), "A golden case of friendboard")
}

/// The schema of a game's options.
pub(super) fn options() -> Result<String> {
    finished(&schemars::schema_for!(Settings), "The options of a board in a game")
}

/// The schema of a share call's circumstances.
pub(super) fn circumstances() -> Result<String> {
    finished(&schemars::schema_for!(CircumstancesData), "What a share call meets")
}

/// A schema with its title, and with descriptions as a reader of JSON understands them.
fn finished(schema: &Schema, title: &str) -> Result<String> {
    let made = Value::from_json(&json::write(schema), &Limits { data_depth: 128, ..Limits::default() })?;
    let mut value = described(&made, true);
    value.insert("title", title);
    value.insert("description", "Members of other names are refused.");
    if let Some(Value::Map(properties)) = value.get("properties").cloned() {
        let mut properties = Value::Map(properties);
        if properties.get("board").is_some() {
            let names: Value = BOARDS.iter().map(|board| Value::from(board.name)).collect();
            properties.insert(
                "board",
                json!({ "description": "A built-in board; leaderboard where there is no template.", "enum": names }),
            );
        }
        if let Some(name) = ["thenBy", "then_by"].into_iter().find(|name| properties.get(name).is_some()) {
            let text = json!({ "type": "string" });
            let about = "What decides between equal scores, before their times do: cost_ms:asc, or a list of such.";
            let either = Value::list([text.clone(), json!({ "type": "array", "items": text })]);
            properties.insert(name, json!({ "description": about, "anyOf": either }));
        }
        value.insert("properties", properties);
    }
    Ok(value.to_pretty_json() + "\n")
}

/// What Rust's documentation says in its own way said as a document's author reads it.
fn described(value: &Value, is_schema: bool) -> Value {
    match value {
        Value::Map(map) => Value::map(map.iter().map(|(name, value)| {
            let value = match (&**name, value) {
                ("description", Value::Text(text)) if is_schema => Value::from(plain(text)),
                // The members of these are names, whatever they are called.
                ("properties" | "$defs", value) => described(value, false),
                (_, value) => described(value, true),
            };
            (std::sync::Arc::clone(name), value)
        })),
        Value::List(items) => Value::list(items.iter().map(|item| described(item, true))),
        other => other.clone(),
    }
}

/// The first paragraph, without links; `None` is a member that is not there.
fn plain(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let mut out = String::new();
    let mut rest = first.as_str();
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let Some(close) = inside.find(']') else {
            rest = &rest[open..];
            break;
        };
        out.push_str(&inside[..close]);
        rest = &inside[close + 1..];
        if rest.starts_with('(') {
            rest = rest.find(')').map_or(rest, |end| &rest[end + 1..]);
        }
    }
    out.push_str(rest);
    out.replace("; `None`: ", "; without it, ").replace("`None` ", "Nothing ")
}

schema_of! {
    Value: "Json" = json_schema!(true);
    Source: "FriendData" = json_schema!({ "type": ["object", "array", "string"] });
    Theme: "Theme" = json_schema!({ "anyOf": [
        { "type": "string", "enum": THEMES },
        { "type": "object", "additionalProperties": { "type": "string" } }
    ] });
    Locale: "Locale" = json_schema!({ "anyOf": [
        { "type": "string", "examples": LOCALES },
        { "type": "object", "additionalProperties": { "type": "string" } }
    ] });
    Since: "Time" = json_schema!({ "type": ["string", "number"] });
    Zone: "Zone" = json_schema!({ "type": "string", "examples": ["+08:00", "Z"] });
    ThenBy: "ThenBy" = json_schema!({ "type": "string", "examples": ["cost_ms:asc"] });
    Order: "Order" = json_schema!({ "type": "string", "enum": Order::KEYWORDS });
    Ties: "Ties" = json_schema!({ "type": "string", "enum": Ties::KEYWORDS });
    WithoutScore: "WithoutScore" = json_schema!({ "type": "string", "enum": WithoutScore::KEYWORDS });
    Dialect: "Dialect" = json_schema!({ "type": "string", "enum": Dialect::KEYWORDS });
    Period: "Period" = json_schema!({ "type": "string", "enum": ["day", "week", "month"] });
    BoardState: "State" = json_schema!({ "type": "string", "enum": BoardState::ALL.map(|(name, _)| name) });
    Platform: "Platform" = json_schema!({ "type": "string", "enum": ["tiktok", "wechat", "douyin"] });
    Domain: "Domain" = json_schema!({ "type": "string", "enum": ["main", "open-data"] });
    Version: "Version" = json_schema!({ "type": "string", "pattern": "^\\d+(\\.\\d+)*$" });
    TemplateType: "TemplateType" = json_schema!({ "enum": [1, 2, "1", "2"] });
    Words: "Words" = words();
}

fn words() -> Schema {
    let means: Vec<&str> = Meaning::NAMES.iter().map(|(name, _)| *name).collect();
    json_schema!({ "anyOf": [
        { "type": "object", "additionalProperties": { "type": "string" } },
        { "type": "array", "items": {
            "type": "object",
            "required": ["match", "means"],
            "properties": {
                "match": { "type": "object", "description": "Values by path." },
                "means": { "enum": means },
                "value": { "type": "string", "description": "The path of the figure." }
            },
            "additionalProperties": { "type": "string" }
        } }
    ] })
}
