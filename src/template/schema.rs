//! The JSON Schema of style sheets, made of the table of properties: editors complete and check with it.

use super::property::{Grammar, Property};
use crate::json;
use crate::json::Value;
use crate::sorted::BTreeMap;

/// The schema as JSON text (JSON Schema 2020-12). `assets/style.schema.json` is this text.
///
/// A style sheet names it by `"$schema": "…/style.schema.json"`.
#[must_use]
pub fn style_schema() -> String {
    let properties = |with_active: bool| {
        let mut map = BTreeMap::new();
        for property in Property::all() {
            map.insert(property.name.to_owned(), property_schema(property));
            for alias in property.aliases {
                map.insert((*alias).to_owned(), json!({ "$ref": format!("#/$defs/style/properties/{}", property.name) }));
            }
        }
        if with_active {
            let doc = "What holds while the node is pressed.";
            map.insert(":active".to_owned(), json!({ "description": doc, "$ref": "#/$defs/activeStyle" }));
        }
        Value::from(map)
    };
    // Every property in `:active` is the same: named once.
    let active: BTreeMap<String, Value> = Property::all()
        .map(|property| (property.name.to_owned(), json!({ "$ref": format!("#/$defs/style/properties/{}", property.name) })))
        .collect();
    // CSS's kebab-case spellings are known, but not completed.
    let spellings: Vec<String> = Property::all().map(|property| kebab_case(property.name)).collect();
    let kebab = format!("^({})$", spellings.join("|"));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "friendboard style sheet",
        "description": "Names of classes and ids, each with the style that they give to a template's nodes.",
        "type": "object",
        "properties": { "$schema": { "type": "string" } },
        "patternProperties": { "^[^$]": { "$ref": "#/$defs/style" }, "^\\$": true },
        "additionalProperties": false,
        "$defs": {
            "style": {
                "type": "object",
                "properties": properties(true),
                "patternProperties": { (kebab.as_str()): true },
                "additionalProperties": false
            },
            "activeStyle": {
                "type": "object",
                "properties": active,
                "patternProperties": { (kebab.as_str()): true },
                "additionalProperties": false
            },
            "expression": { "type": "string", "pattern": "\\{\\{.*\\}\\}" },
            "length": { "anyOf": [
                { "type": "number" },
                { "type": "string", "pattern": "^[+-]?(\\d+\\.?\\d*|\\.\\d+)(px|%)?$" }
            ] },
            "points": { "anyOf": [
                { "type": "number" },
                { "type": "string", "pattern": "^[+-]?(\\d+\\.?\\d*|\\.\\d+)(px)?$" }
            ] },
            "color": { "type": "string" }
        }
    });
    schema.to_pretty_json() + "\n"
}

/// `fontSize` as `font-size`.
pub(crate) fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}

fn property_schema(property: &Property) -> Value {
    let mut alternatives = grammar_schema(&property.grammar);
    alternatives.push(json!({ "$ref": "#/$defs/expression" }));
    alternatives.push(json!({ "enum": ["initial", "unset"] }));
    let expected = property.grammar.describe();
    json!({
        "description": format!("{} Expects {expected}.", property.doc),
        "default": property.initial,
        "anyOf": alternatives,
    })
}

/// What a value may be, as alternatives.
fn grammar_schema(grammar: &Grammar) -> Vec<Value> {
    let length = json!({ "$ref": "#/$defs/length" });
    let points = json!({ "$ref": "#/$defs/points" });
    let color = json!({ "$ref": "#/$defs/color" });
    let text = json!({ "type": "string" });
    let word = |word: &str| json!({ "const": word });
    match *grammar {
        Grammar::Length { word: named, .. } => {
            named.map_or_else(Vec::new, |named| vec![word(named)]).into_iter().chain([length]).collect()
        }
        Grammar::Points { word: named, .. } => {
            named.map_or_else(Vec::new, |named| vec![word(named)]).into_iter().chain([points]).collect()
        }
        Grammar::Number { least, most } => {
            vec![
                json!({ "type": "number", "minimum": least, "maximum": most }),
                json!({ "type": "string", "pattern": "^[\\d.]+$" }),
            ]
        }
        Grammar::Opacity => vec![json!({ "type": "number", "minimum": 0, "maximum": 1 }), length],
        Grammar::Ratio => vec![json!({ "type": "number", "exclusiveMinimum": 0 }), text],
        Grammar::Integer { word: named, least } => {
            vec![
                json!({ "type": "integer", "minimum": least }),
                json!({ "type": "string", "pattern": "^-?\\d+$" }),
                word(named),
            ]
        }
        Grammar::Color { .. } => vec![color],
        Grammar::Keyword(known) => vec![json!({ "enum": known })],
        Grammar::KeywordOrAuto(known) => vec![json!({ "enum": known }), word("auto")],
        Grammar::Edges { .. } | Grammar::Corners | Grammar::Gap | Grammar::Origin => vec![length, text],
        Grammar::Widths | Grammar::Slices | Grammar::Border => vec![points, text],
        Grammar::Extent => vec![json!({ "enum": ["cover", "contain", "auto"] }), length, text],
        Grammar::Flex => vec![json!({ "type": "number", "minimum": 0 }), json!({ "enum": ["none", "auto"] }), text],
        Grammar::Weight => vec![
            json!({ "type": "number", "minimum": 100, "maximum": 900 }),
            json!({ "enum": ["normal", "bold", "100", "200", "300", "400", "500", "600", "700", "800", "900"] }),
        ],
        Grammar::FontSize => vec![points],
        Grammar::LineHeight => vec![word("normal"), length, json!({ "type": "string", "pattern": "^[0-9.]+em$" })],
        Grammar::EdgeColors
        | Grammar::Ground
        | Grammar::Families
        | Grammar::Shadows { .. }
        | Grammar::Image
        | Grammar::Transform
        | Grammar::Filter => {
            vec![text]
        }
    }
}
