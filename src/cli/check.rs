//! `friendboard check`: everything that is wrong with a template and its style sheets.

use std::path::{Path, PathBuf};

use super::limits::LimitArguments;
use super::options::Variable;
use super::output::Stream;
use super::report::{diagnostic_json, print_diagnostics};
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Result};
use crate::host::headless::{Assets, read_text};
use crate::json::Value;
use crate::picture;
use crate::pipeline::Request;
use crate::reading::Reading;
use crate::template::{StyleSheet, Template, check, named_files, unknown_names};
use crate::text::bitmap_font::BitmapFont;

/// Options of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each finding is one line, FILE:LINE:COLUMN: warning: what, as editors and CI annotate it.

Examples:
  friendboard check board.xml board.json
  friendboard check board.xml base.json board.json --assets images --json")]
pub struct Arguments {
    /// The template
    template: PathBuf,
    /// Its style sheets; later ones win
    #[arg(required = true)]
    styles: Vec<PathBuf>,
    /// The folder below which pictures are found; without it, the template's own
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// A value that the template can name beside the board's own; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<Variable>,
    /// Print the findings as a JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Two friends, the second of whom is self, and their group.
const SOMEBODY: &str = r#"{"group": {"name": "g", "id": "g"}, "data": [
  {"openid": "a", "nickname": "A", "score": 2},
  {"openid": "b", "nickname": "B", "score": 1},
  {"openid": "c", "nickname": "C", "score": 0}]}"#;

/// Prints what is wrong; exit status 1 where anything is.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    if let Err(error) = find(arguments, &mut Reading::new(&limits, &mut diagnostics)) {
        // A file that is over the limits is a finding; one that is not there is a mistake of the call.
        if error.kind() == ErrorKind::Io {
            return Err(error);
        }
        diagnostics.push(Diagnostic::from_error("malformed", &error));
    }
    if arguments.json {
        let found: Value = diagnostics.as_slice().iter().map(diagnostic_json).collect();
        Stream::Output.json(&found.to_json())?;
    } else {
        print_diagnostics(&diagnostics)?;
    }
    let count = diagnostics.as_slice().len() + diagnostics.left_out();
    match count {
        0 => Ok(()),
        1 => Err(Error::new(ErrorKind::Template, "1 finding")),
        _ => Err(Error::new(ErrorKind::Template, format!("{count} findings"))),
    }
}

fn find(arguments: &Arguments, reading: &mut Reading<'_>) -> Result<()> {
    let read = |path: &Path, kind| read_text(path, reading.limits.template_bytes, "template_bytes", kind);
    let name = |path: &Path| path.display().to_string();
    let xml = read(&arguments.template, ErrorKind::Template)?;
    let mut sheets = Vec::new();
    for path in &arguments.styles {
        sheets.push((name(path), read(path, ErrorKind::Style)?));
    }
    // A document that can't be read at all hides nothing of the others.
    let mut is_whole = true;
    let mut malformed = |error: &Error, diagnostics: &mut Diagnostics| {
        diagnostics.push(Diagnostic::from_error("malformed", error));
        is_whole = false;
    };
    let template = match Template::compile(&name(&arguments.template), &xml, reading) {
        Ok(template) => Some(template),
        Err(error) => {
            malformed(&error, reading.diagnostics);
            None
        }
    };
    let mut style = StyleSheet::default();
    for (name, json) in &sheets {
        match StyleSheet::compile(name, json, reading) {
            Ok(sheet) => style = style.merge(sheet),
            Err(error) => malformed(&error, reading.diagnostics),
        }
    }
    let Some(template) = template.filter(|_| is_whole) else { return Ok(()) };
    reading.diagnostics.extend(check(&template, &style));
    // What a template can name, with friends that have all that there is of a friend.
    let request = Request { variables: Variable::all(&arguments.var), ..Request::friends(SOMEBODY).me("b") };
    let values = request.bind(&mut Reading::new(reading.limits, &mut Diagnostics::new()))?.values;
    reading.diagnostics.extend(unknown_names(&template, &style, &values));
    let beside = arguments
        .template
        .parent()
        .map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
    let assets = Assets::new(arguments.assets.clone().or(beside), reading.limits.clone());
    for (file, place) in named_files(&template, &style) {
        if file.contains("://") {
            continue;
        }
        let is_font = Path::new(&*file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("fnt"));
        let bytes = assets.bytes(&file);
        let loaded = if is_font {
            bytes.and_then(|bytes| BitmapFont::parse(&String::from_utf8_lossy(&bytes), &file, reading.limits)).map(drop)
        } else {
            bytes.and_then(|bytes| picture::decode(&bytes, reading.limits)).map(drop)
        };
        if let Err(error) = loaded {
            let what = if is_font { "bitmap font" } else { "picture" };
            reading.push(Diagnostic { place, ..picture::missing(what, &file, error) });
        }
    }
    Ok(())
}
