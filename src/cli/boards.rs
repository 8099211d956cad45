//! `friendboard boards`.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::output::{self, Stream, io_error};
use crate::error::{Error, ErrorKind, Result, closest};
use crate::escape::escaped;
use crate::host::headless::read_within;
use crate::json;
use crate::json::Value;
use crate::open::open_regular;
use crate::share::image::ImageTemplate;
use crate::share::{Look, image_string_keys, image_strings, image_theme};
use crate::template::{self, BOARDS, BuiltIn, merge_json, style_schema};

/// Options of `boards`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard boards
  friendboard boards --json
  friendboard boards --export podium my-boards   write podium.xml and .json, its theme and its texts into a folder
  friendboard render --template my-boards/podium.xml --style my-boards/podium.json \
    --theme my-boards/podium.theme.json --locale my-boards/podium.strings.json")]
pub struct Arguments {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
    /// Write a board's or share image's template, style sheet, theme and texts into a folder, to be changed
    #[arg(long, num_args = 2, value_names = ["BOARD", "DIR"])]
    export: Option<Vec<String>>,
}

/// Lists the boards, or writes one out.
pub fn run(arguments: &Arguments) -> Result<()> {
    if let Some([board, folder]) = arguments.export.as_deref() {
        return export(board, folder);
    }
    if arguments.json {
        let board = |board: &BuiltIn| json!({ "name": board.name, "description": board.description });
        return Stream::Output.json(&BOARDS.iter().map(board).collect::<Value>().to_json());
    }
    let width = BOARDS.iter().map(|board| board.name.len()).max().unwrap_or(0);
    let mut list = String::new();
    for board in BOARDS {
        let _ = writeln!(list, "{:width$}  {}", board.name, board.description);
    }
    Stream::Output.text(&list)
}

/// What editors complete and check a style sheet by, beside it.
const STYLE_SCHEMA: &str = "style.schema.json";

/// What is written out of a board, or of a share image.
struct Exported {
    template: &'static str,
    style: String,
    theme: Value,
    strings: Value,
    strings_schema: String,
}

impl Exported {
    fn find(name: &str) -> Result<Self> {
        if let Some(image) = ImageTemplate::ALL.into_iter().find(|image| image.name() == name) {
            let look = Look::of_image(image);
            return Ok(Self {
                template: look.template,
                style: merge_json(&[look.style])?,
                theme: image_theme(image)?,
                strings: image_strings("en")?,
                strings_schema: template::strings_schema_of(
                    "Texts of friendboard's share images in one locale",
                    &image_string_keys()?,
                )?,
            });
        }
        let Some(board) = BOARDS.iter().find(|board| board.name == name) else { return Err(unknown(name)) };
        Ok(Self {
            template: board.template,
            style: merge_json(board.styles)?,
            theme: template::theme("light")?,
            strings: template::strings("en")?,
            strings_schema: template::strings_schema()?,
        })
    }
}

/// What can be written out, where neither a board nor a share image is called so.
fn unknown(name: &str) -> Error {
    let boards: Vec<&str> = BOARDS.iter().map(|board| board.name).collect();
    let images = ImageTemplate::ALL.map(ImageTemplate::name);
    let message = format!(
        "unknown board or share image '{name:.40}': expected one of {}, or of the share images {}",
        boards.join(", "),
        images.join(", ")
    );
    let error = Error::new(ErrorKind::Usage, message);
    match closest(name, boards.into_iter().chain(images)) {
        Some(close) => error.hint(format!("did you mean '{close}'?")),
        None => error,
    }
}

fn export(name: &str, folder: &str) -> Result<()> {
    let exported = Exported::find(name)?;
    let folder = PathBuf::from(folder);
    let style = exported.style.replacen('{', &format!("{{\n  \"$schema\": \"{STYLE_SCHEMA}\","), 1);
    let with_schema = |values: Value, schema: &str| values.with("$schema", schema).to_pretty_json() + "\n";
    let own = |ending: &str| folder.join(format!("{name}.{ending}"));
    // Share images have other texts than boards, and both may be written into one folder.
    let texts = if ImageTemplate::ALL.into_iter().any(|image| image.name() == name) { "share-strings" } else { "strings" };
    let strings_schema = format!("{texts}.schema.json");
    let files = [
        (own("xml"), exported.template.to_owned()),
        (own("json"), style),
        (folder.join(STYLE_SCHEMA), style_schema()),
        (own("theme.json"), with_schema(exported.theme, "./theme.schema.json")),
        (own("strings.json"), with_schema(exported.strings.with("locale", "en"), &format!("./{strings_schema}"))),
        (folder.join("theme.schema.json"), template::theme_schema()?),
        (folder.join(strings_schema), exported.strings_schema),
    ];
    // What an export that failed half-way wrote is no reason to refuse the next one: it is what would be written again.
    let is_there = |text: &str, path: &PathBuf| -> Result<bool> {
        match open_regular(path) {
            Ok(file) => match read_within(file, text.len()).map_err(|error| io_error(path, "read", error))? {
                Some(bytes) if bytes == text.as_bytes() => Ok(true),
                _ => Err(Error::new(ErrorKind::Io, format!("'{}' is there already, and is another", path.display()))
                    .hint("move it away, or name another folder")),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(io_error(path, "written", error)),
        }
    };
    std::fs::create_dir_all(&folder).map_err(|error| io_error(&folder, "made", error))?;
    let are_there = files.iter().map(|(path, text)| is_there(text, path)).collect::<Result<Vec<bool>>>()?;
    let mut said = String::new();
    for ((path, text), is_there) in files.iter().zip(are_there) {
        if !is_there {
            output::write(path, text.as_bytes())?;
        }
        let _ = writeln!(said, "{}", escaped(&path.to_string_lossy()));
    }
    Stream::Output.text(&said)
}
