//! What the roles of a theme and the keys of a locale are for, as JSON Schemas for editors.

use crate::error::Result;
use crate::json;
use crate::json::Value;

/// The JSON Schema of a theme's file: a CSS colour for each role, with what it is for.
///
/// # Errors
/// None, where the bundled descriptions are JSON.
pub fn theme_schema() -> Result<String> {
    let roles = super::theme_roles()?;
    let described = described(&roles, |doc| json!({ "type": "string", "description": doc }));
    let own = json!({
        "type": "string", "enum": super::THEMES, "description": "The bundled theme that this one is added to; light without it"
    });
    let colors = json!({ "type": "string", "description": "A role of your own templates: any CSS colour" });
    Ok(schema("A theme of friendboard: CSS colours by role", &described.with("extends", own), &colors))
}

/// The JSON Schema of a locale's file: a text, or its plural forms, for each key, with what it is for.
///
/// # Errors
/// None, where the bundled descriptions are JSON.
pub fn strings_schema() -> Result<String> {
    strings_schema_of("Texts of friendboard's boards in one locale", &super::string_keys()?)
}

/// The JSON Schema of a locale's file with these keys, each with what it is for.
///
/// # Errors
/// None.
pub fn strings_schema_of(title: &str, keys: &Value) -> Result<String> {
    let forms = json!({ "type": ["string", "object"], "description": "A text of your own templates" });
    let described = described(keys, |doc| {
        json!({
            "description": doc,
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object", "description": "Forms by CLDR's plural categories, or of an exact count (=0)",
                    "required": ["other"], "additionalProperties": { "type": "string" }
                }
            ]
        })
    });
    let tag =
        json!({ "type": "string", "description": "The locale's tag (BCP 47): it decides plural forms, numbers and direction" });
    Ok(schema(title, &described.with("locale", tag), &forms))
}

fn described(docs: &Value, property: impl Fn(&str) -> Value) -> Value {
    let Value::Map(docs) = docs else { return Value::Null };
    Value::map(docs.iter().map(|(name, doc)| (name.clone(), property(doc.as_text().unwrap_or_default()))))
}

fn schema(title: &str, properties: &Value, others: &Value) -> String {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "type": "object",
        "properties": properties.clone().with("$schema", json!({ "type": "string" })),
        "additionalProperties": others.clone(),
    });
    schema.to_pretty_json() + "\n"
}
