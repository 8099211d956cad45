//! `friendboard check`: everything that is wrong with a template and its style sheets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::content::{self, FontOptions, dialect};
use super::limits::LimitArguments;
use super::options::{AssetFolders, Variable, locale_help, theme_help};
use super::output::Stream;
use super::report::{learn_more, print_findings};
use super::watch::Watch;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, closest};
use crate::escape::escaped;
use crate::friends::Since;
use crate::geometry::Size;
use crate::grapheme;
use crate::host::headless::{Assets, read_text};
use crate::json::{self, Value};
use crate::layout;
use crate::picture::{self, Pictures};
use crate::pipeline::Request;
use crate::reading::Reading;
use crate::scene::{self, Content};
use crate::style::Dialect;
use crate::template::{StyleSheet, Template, check, named_files, strings, theme, unknown_families, unknown_names, unread_keys};
use crate::text::bitmap_font::BitmapFont;
use crate::text::{Fonts, TextEngine};

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
    #[command(flatten)]
    folders: AssetFolders,
    /// A value that the template can name beside the board's own; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<Variable>,
    #[arg(long, value_name = "THEME", default_value = "light", help = theme_help("The theme that it is for"))]
    theme: String,
    #[arg(long, value_name = "LOCALE", default_value = "en", help = locale_help("The language that it is for"))]
    locale: String,
    /// By whose rules the template is read, whatever its root says: css, or layout for what was written for the usual engine
    #[arg(long, value_name = "DIALECT", value_parser = dialect)]
    dialect: Option<Dialect>,
    #[command(flatten)]
    fonts: FontOptions,
    /// Print the findings as a JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    watch: Watch,
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
    arguments.watch.run(|| look(arguments))
}

fn look(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let mut checked = Checked::default();
    if let Err(error) = find(arguments, &mut checked, &mut Reading::new(&limits, &mut diagnostics)) {
        // A file that is over the limits is a finding; one that is not there is a mistake of the call.
        if error.kind() == ErrorKind::Io {
            return Err(error);
        }
        diagnostics.push(Diagnostic::from_error("malformed", &error));
    }
    if arguments.json {
        let found: Value = diagnostics.as_slice().iter().map(json::diagnostic).collect();
        Stream::Output.json(&found.to_json())?;
    } else {
        print_findings(&diagnostics)?;
    }
    let count = diagnostics.as_slice().len() + diagnostics.left_out();
    if count == 0 {
        return if arguments.json { Ok(()) } else { Stream::Output.text(&checked.to_text(arguments)) };
    }
    let findings = if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
    let error = Error::new(ErrorKind::Template, findings);
    Err(match learn_more(diagnostics.as_slice()) {
        Some(command) => error.hint(format!("learn more: {command}")),
        None => error,
    })
}

/// How much was looked at.
#[derive(Debug, Default)]
struct Checked {
    elements: usize,
    styles: usize,
    files: usize,
}

impl Checked {
    /// What was looked at, and that nothing is wrong with it.
    fn to_text(&self, arguments: &Arguments) -> String {
        let documents = [&arguments.template].into_iter().chain(&arguments.styles);
        let documents: Vec<String> = documents.map(|path| escaped(&path.to_string_lossy()).into_owned()).collect();
        let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        format!(
            "{}: {}, {} and {} that they name: nothing is wrong",
            documents.join(", "),
            counted(self.elements, "element", "elements"),
            counted(self.styles, "style", "styles"),
            counted(self.files, "file", "files"),
        )
    }
}

fn find(arguments: &Arguments, checked: &mut Checked, reading: &mut Reading<'_>) -> Result<()> {
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
    (checked.elements, checked.styles) = (template.element_count(), style.style_count());
    reading.diagnostics.extend(check(&template, &style));
    let fonts = arguments.fonts.added_to(Fonts::bundled(), reading.limits)?;
    reading.diagnostics.extend(unknown_families(&template, &style, &fonts.families().collect()));
    unread(arguments, &template, &style, reading)?;
    // What a template can name, with friends that have all that there is of a friend.
    let request = Request {
        variables: Variable::all(&arguments.var),
        theme: content::theme(&arguments.theme, reading.limits)?,
        locale: content::locale(&arguments.locale, reading.limits)?,
        date: Some(Since(86_400_000)),
        ..Request::friends(SOMEBODY).me("b")
    };
    let values = request.bind(&mut Reading::new(reading.limits, &mut Diagnostics::new()))?.values;
    reading.diagnostics.extend(unknown_names(&template, &style, &values));
    let dialect = arguments.dialect.unwrap_or(template.dialect());
    bound(&template, &style, dialect, &values, fonts, reading);
    let assets = Assets::new(arguments.folders.or_beside([&*arguments.template])?, reading.limits.clone());
    for (file, place) in named_files(&template, &style) {
        if file.contains("://") {
            continue;
        }
        let is_font = Path::new(&*file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("fnt"));
        checked.files += 1;
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

/// True of what a file says of itself: its schema, its locale's tag, the theme that it adds to.
fn is_of_the_file(key: &str) -> bool {
    key.starts_with('$') || matches!(key, "locale" | "extends" | "//")
}

/// Says which keys of a theme's and a locale's file nothing reads. A role or text that bundled boards have is not among them:
/// the file may be for several boards.
fn unread(arguments: &Arguments, template: &Template, style: &StyleSheet, reading: &mut Reading<'_>) -> Result<()> {
    let given = [("theme", &arguments.theme, theme("light")?), ("strings", &arguments.locale, strings("en")?)];
    for (name, file, bundled) in given {
        let Some(keys) = content::file_value(file, reading.limits) else { continue };
        let known: Vec<&str> = bundled.as_map().into_iter().flat_map(|map| map.keys()).map(AsRef::as_ref).collect();
        for key in
            unread_keys(template, style, name, &keys?).iter().filter(|key| !is_of_the_file(key) && !known.contains(&&***key))
        {
            let shown = grapheme::prefix_bytes(key, 60);
            let message = format!("nothing reads '{shown}': no expression says {name}.{shown}");
            let found = Diagnostic::warning("unread-key", message, Place::document(file));
            reading.push(match closest(key, known.iter().copied()) {
                Some(close) => found.hint(format!("did you mean '{close}'?")),
                None => found,
            });
        }
    }
    Ok(())
}

/// Says what expressions stumble over, and which texts have no room within their padding: what the usual engine draws over it.
fn bound(template: &Template, style: &StyleSheet, dialect: Dialect, values: &Value, fonts: Fonts, reading: &mut Reading<'_>) {
    let canvas = Size::new(800.0, 800.0);
    let mut silent = Diagnostics::new();
    let resolved = scene::resolve(template, style, dialect, values, canvas, &mut Reading::new(reading.limits, &mut silent));
    // Of what stands in data nobody knows here; a test's name is a constant.
    for found in silent.as_slice().iter().filter(|found| found.code == "unknown-test") {
        reading.push(found.clone());
    }
    let Ok(scene) = resolved else { return };
    let mut text = TextEngine::new(fonts);
    let Ok(layout) = layout::compute(&scene, canvas, &mut text, &Pictures::default(), reading.limits) else { return };
    let mut said = BTreeSet::new();
    for (node, place) in scene.nodes.iter().zip(&layout.boxes) {
        let is_text = matches!(&node.content, Content::Text(value) | Content::Button(value) if !value.trim().is_empty());
        let padding = place.padding.left + place.padding.right;
        let is_crowded = is_text && place.shown && padding > 0.0 && place.content().width < 1.0;
        if is_crowded && said.insert((node.place.line, node.place.column)) {
            let message = format!("a padding of {padding} px leaves no room for the text in a box of {} px", place.rect.width);
            let found = Diagnostic::warning("no-room", message, node.place.clone());
            reading.push(found.hint(
                "write dialect=\"layout\" on the root where it was made for the usual engine, whose texts ignore padding",
            ));
        }
    }
}
