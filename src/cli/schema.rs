//! `friendboard schema`.

use std::fmt::Write as _;

use super::output::Stream;
use crate::error::Result;
use crate::manual::{SCHEMAS, schema};

/// Options of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard schema                                list the documents that have a schema
  friendboard schema style > style.schema.json      then a style sheet says \"$schema\": \"style.schema.json\"
  friendboard schema template > template.xsd        then a template says xsi:noNamespaceSchemaLocation=\"template.xsd\"
  friendboard schema case > case.schema.json        then a case.toml begins with #:schema case.schema.json
  friendboard schema types > friendboard-types.d.ts")]
pub struct Arguments {
    #[arg(value_name = "DOCUMENT", help = document_help())]
    document: Option<String>,
}

/// What there is a schema of.
fn document_help() -> String {
    let names: Vec<&str> = SCHEMAS.iter().map(|(name, ..)| *name).collect();
    format!("The document: {}. Without it, all are listed", names.join(", "))
}

/// Prints a schema, or lists them.
pub fn run(arguments: &Arguments) -> Result<()> {
    if let Some(document) = &arguments.document {
        return Stream::Output.text(&schema(document)?);
    }
    let width = SCHEMAS.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let list = SCHEMAS.iter().fold(String::new(), |mut list, (name, _, about)| {
        let _ = writeln!(list, "{name:width$}  {about}");
        list
    });
    Stream::Output.text(&list)
}
