//! TypeScript of the JSON schemas.

use std::fmt::Write as _;

use super::types;
use crate::error::Result;
use crate::json::Value;
use crate::limits::Limits;

/// Interfaces of a request, a game's options and a share call's circumstances.
pub(super) fn types() -> Result<String> {
    let mut text = String::from(
        "// Made by `friendboard schema types` of the program's own types.\n\n/** A value as JSON has it. */\nexport type Json = null | boolean | number | string | Json[] | { [name: string]: Json };\n",
    );
    let mut known: Vec<String> = Vec::new();
    for (name, json) in
        [("Request", types::request()?), ("Options", types::options()?), ("Circumstances", types::circumstances()?)]
    {
        let schema = Value::from_json(&json, &Limits::default())?;
        interface(&mut text, name, &schema);
        let defined = schema.get("$defs").and_then(Value::as_map).cloned().unwrap_or_default();
        for (name, schema) in &defined {
            if known.iter().any(|known| **known == **name) {
                continue;
            }
            known.push(name.to_string());
            if schema.get("properties").is_some() {
                interface(&mut text, name, schema);
            } else {
                comment(&mut text, 0, schema);
                let _ = writeln!(text, "export type {name} = {};", type_of(schema));
            }
        }
    }
    Ok(text)
}

fn comment(text: &mut String, indent: usize, schema: &Value) {
    if let Some(about) = schema.get("description").and_then(Value::as_text) {
        let _ = writeln!(text, "{}/** {} */", " ".repeat(indent), about.replace("*/", "* /"));
    }
}

fn interface(text: &mut String, name: &str, schema: &Value) {
    text.push('\n');
    comment(text, 0, schema);
    let _ = writeln!(text, "export interface {name} {{");
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_list).unwrap_or_default().iter().filter_map(Value::as_text).collect();
    for (member, schema) in schema.get("properties").and_then(Value::as_map).into_iter().flat_map(|map| map.iter()) {
        if &**member == "$schema" {
            continue;
        }
        comment(text, 2, schema);
        let mark = if required.contains(&&**member) { "" } else { "?" };
        let _ = writeln!(text, "  {member}{mark}: {};", type_of(schema));
    }
    text.push_str("}\n");
}

/// The type that a schema is.
pub(in crate::manual) fn type_of(schema: &Value) -> String {
    let text = |name: &str| schema.get(name).and_then(Value::as_text);
    if let Some(reference) = text("$ref") {
        return reference.rsplit('/').next().unwrap_or("Json").to_owned();
    }
    if let Some(constant) = schema.get("const") {
        return constant.to_json();
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_list) {
        return values.iter().map(Value::to_json).collect::<Vec<_>>().join(" | ");
    }
    for name in ["anyOf", "oneOf"] {
        if let Some(alternatives) = schema.get(name).and_then(Value::as_list) {
            return union(alternatives.iter().map(type_of));
        }
    }
    match schema.get("type") {
        Some(Value::List(types)) => union(types.iter().map(|name| named(name.as_text().unwrap_or_default(), schema))),
        Some(Value::Text(name)) => named(name, schema),
        _ => "Json".to_owned(),
    }
}

/// Alternatives, each once; what is not there is left out in JSON.
fn union(types: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = Vec::new();
    for one in types {
        if one != "null" && !list.contains(&one) {
            list.push(one);
        }
    }
    list.join(" | ")
}

fn named(name: &str, schema: &Value) -> String {
    match name {
        "integer" | "number" => "number".to_owned(),
        "string" | "boolean" | "null" => name.to_owned(),
        "array" => match (schema.get("items"), schema.get("prefixItems").and_then(Value::as_list)) {
            (_, Some(items)) => format!("[{}]", items.iter().map(type_of).collect::<Vec<_>>().join(", ")),
            (Some(items), None) => {
                let item = type_of(items);
                if item.contains('|') { format!("({item})[]") } else { format!("{item}[]") }
            }
            (None, None) => "Json[]".to_owned(),
        },
        "object" => match schema.get("additionalProperties") {
            Some(values @ Value::Map(_)) => format!("{{ [name: string]: {} }}", type_of(values)),
            _ => "{ [name: string]: Json }".to_owned(),
        },
        _ => "Json".to_owned(),
    }
}
