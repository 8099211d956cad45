//! Schemas of the documents that friendboard reads, made of the tables and types that it reads them by: JSON Schema 2020-12,
//! XML Schema 1.0 for templates, TypeScript for who writes them in a program.

mod template;
mod types;
mod typescript;

pub(super) use typescript::type_of;

use crate::error::{Error, ErrorKind, Result, closest};
use crate::json;
use crate::json::Value;
use crate::template::{string_keys, style_schema, theme_roles};

/// The documents that have a schema: each with its file below `assets`, and what it is.
pub const SCHEMAS: &[(&str, &str, &str)] = &[
    ("style", "style.schema.json", "a style sheet (JSON Schema)"),
    ("theme", "theme.schema.json", "a file of --theme: colours by role (JSON Schema)"),
    ("locale", "locale.schema.json", "a file of --locale: texts by key (JSON Schema)"),
    ("session", "play.schema.json", "a script of play (JSON Schema)"),
    ("case", "case.schema.json", "a golden case, case.toml (JSON Schema)"),
    ("request", "request.schema.json", "a request to the library, the module or the server (JSON Schema)"),
    ("options", "options.schema.json", "the options of a game: friendboard.start (JSON Schema)"),
    ("circumstances", "circumstances.schema.json", "a file of card --circumstances (JSON Schema)"),
    ("template", "template.xsd", "a template (XML Schema)"),
    ("types", "friendboard-types.d.ts", "request, options and circumstances for TypeScript"),
];

/// The schema of a document by its name.
///
/// # Errors
/// `Usage` for a name that there is not, with the nearest one.
///
/// ```
/// use friendboard::manual::schema;
/// assert!(schema("theme")?.contains("\"accent\""));
/// assert!(schema("template")?.contains("<xs:element name=\"scrollview\""));
/// assert!(schema("templat").unwrap_err().to_string().contains("did you mean 'template'?"));
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn schema(name: &str) -> Result<String> {
    match name {
        "style" => Ok(style_schema()),
        "theme" => theme(),
        "locale" => locale(),
        // It is written by hand beside the reader of scripts, and a test holds the two together.
        "session" => Ok(include_str!("../../assets/play.schema.json").to_owned()),
        "case" => types::case(),
        "request" => types::request(),
        "options" => types::options(),
        "circumstances" => types::circumstances(),
        "template" => Ok(template::xml_schema()),
        "types" => typescript::types(),
        _ => {
            let names = || SCHEMAS.iter().map(|(name, ..)| *name);
            let listed = names().collect::<Vec<_>>().join(", ");
            let shown = crate::grapheme::prefix_bytes(name, 60);
            let error = Error::new(ErrorKind::Usage, format!("no schema is called '{shown}': expected one of {listed}"));
            Err(match closest(name, names()) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            })
        }
    }
}

/// What a member is called that names a document's schema.
fn own_name() -> Value {
    json!({ "type": "string" })
}

fn theme() -> Result<String> {
    let roles = theme_roles()?;
    let about = |text: &Value| json!({ "description": text.clone(), "$ref": "#/$defs/color" });
    let known = roles.as_map().into_iter().flat_map(|map| map.iter()).map(|(role, text)| (role.to_string(), about(text)));
    let mut properties: std::collections::BTreeMap<String, Value> = known.collect();
    properties.insert("$schema".to_owned(), own_name());
    let properties = Value::from(properties);
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "friendboard theme",
        "description": "Colours by role; roles of the author's own are colours, too.",
        "type": "object",
        "properties": properties,
        "additionalProperties": { "$ref": "#/$defs/color" },
        "$defs": { "color": { "type": "string", "description": "A colour as CSS writes it." } }
    });
    Ok(schema.to_pretty_json() + "\n")
}

fn locale() -> Result<String> {
    let keys = string_keys()?;
    let about = |text: &Value| json!({ "description": text.clone(), "type": "string" });
    let known = keys.as_map().into_iter().flat_map(|map| map.iter()).map(|(key, text)| (key.to_string(), about(text)));
    let mut properties: std::collections::BTreeMap<String, Value> = known.collect();
    properties.insert("$schema".to_owned(), own_name());
    let tag = json!({ "description": "The locale's tag, such as ja or pt-BR.", "type": "string" });
    properties.insert("locale".to_owned(), tag);
    let properties = Value::from(properties);
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "friendboard locale",
        "description": "Texts by key; what is not here is said in English. Keys of the author's own are texts, too.",
        "type": "object",
        "properties": properties,
        "additionalProperties": { "type": "string" }
    });
    Ok(schema.to_pretty_json() + "\n")
}
