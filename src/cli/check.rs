//! `friendboard check`: everything that is wrong with a template and its style sheets.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::limits::LimitArguments;
use super::options::Variable;
use super::report::{diagnostic_json, print_diagnostics};
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Result};
use crate::friends::{self, FriendData, RankOptions};
use crate::geometry::Size;
use crate::host::headless::{Assets, read_text};
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::PictureState;
use crate::pipeline::PictureSource;
use crate::scene::{BoardState, Surroundings, globals};
use crate::template::{StyleSheet, Template, check, named_files, unknown_names};

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

/// Prints what is wrong; exit status 1 where anything is.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    if let Err(error) = find(arguments, &limits, &mut diagnostics) {
        // A file that is over the limits is a finding; one that is not there is a mistake of the call.
        if error.kind() == ErrorKind::Io {
            return Err(error);
        }
        diagnostics.push(Diagnostic::from_error("malformed", &error));
    }
    if arguments.json {
        let found: Value = diagnostics.as_slice().iter().map(diagnostic_json).collect();
        println!("{}", found.to_json());
    } else {
        print_diagnostics(&diagnostics);
    }
    let count = diagnostics.as_slice().len() + diagnostics.left_out();
    match count {
        0 => Ok(()),
        1 => Err(Error::new(ErrorKind::Template, "1 finding")),
        _ => Err(Error::new(ErrorKind::Template, format!("{count} findings"))),
    }
}

/// What a template can name, without any friends.
fn names(arguments: &Arguments, limits: &Limits) -> Result<Value> {
    let data = FriendData::default();
    let ranking = friends::rank(&data, &RankOptions::default());
    let mut surroundings = Surroundings::new(BoardState::Empty, "light", "en", Size::new(360.0, 640.0))?;
    surroundings.variables =
        arguments.var.iter().map(|variable| (Arc::from(variable.0.as_str()), variable.1.clone())).collect();
    Ok(globals(&data, &ranking, &surroundings, limits, &mut Diagnostics::new()))
}

fn find(arguments: &Arguments, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<()> {
    let read = |path: &Path, kind| read_text(path, limits.template_bytes, "template_bytes", kind);
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
    let template = match Template::compile(&name(&arguments.template), &xml, limits, diagnostics) {
        Ok(template) => Some(template),
        Err(error) => {
            malformed(&error, diagnostics);
            None
        }
    };
    let mut style = StyleSheet::default();
    for (name, json) in &sheets {
        match StyleSheet::compile(name, json, limits, diagnostics) {
            Ok(sheet) => style = style.merge(sheet),
            Err(error) => malformed(&error, diagnostics),
        }
    }
    let Some(template) = template.filter(|_| is_whole) else { return Ok(()) };
    diagnostics.extend(check(&template, &style));
    diagnostics.extend(unknown_names(&template, &style, &names(arguments, limits)?));
    let beside = arguments
        .template
        .parent()
        .map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
    let assets = Assets::new(arguments.assets.clone().or(beside), limits.clone());
    for (file, place) in named_files(&template, &style) {
        if file.contains("://") {
            continue;
        }
        let is_font = Path::new(&*file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("fnt"));
        let missing = if is_font {
            assets.bitmap_font(&file).is_none().then(|| "not found, or no bitmap font".to_owned())
        } else {
            match assets.picture(&file) {
                PictureState::Failed(reason) => Some(reason.to_string()),
                _ => None,
            }
        };
        if let Some(reason) = missing {
            let what = if is_font { "bitmap font" } else { "picture" };
            diagnostics.push(Diagnostic::warning("missing-picture", format!("{what} '{file}': {reason}"), place));
        }
    }
    Ok(())
}
