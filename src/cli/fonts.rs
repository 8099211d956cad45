//! `friendboard fonts`: which face draws what, what no face draws, and small fonts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::content::FontOptions;
use super::limits::LimitArguments;
use super::output::{self, Stream};
use super::report::print_diagnostics;
use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::escape::escaped;
use crate::friends::{self, FriendData, ReadOptions};
use crate::host::game_folder::{around_names, shown_texts};
use crate::host::headless::read_text;
use crate::json;
use crate::json::Value;
use crate::limits::Limits;
use crate::name::display_name;
use crate::reading::Reading;
use crate::style::Style;
use crate::text::{DrawnCluster, Fonts, Paragraph, Subset, TextEngine};

/// Missing characters that are listed for people.
const MISSING_LISTED: usize = 16;

/// Options of `fonts`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  friendboard fonts --text '小明 👨‍👩‍👧 सलाम'
  friendboard fonts --data friends.json --font Brand.otf
  friendboard fonts subset --data friends.json -o small.ttc
  friendboard fonts subset --chars names.txt --font NotoSansCJK-Regular.ttc -o names.ttc"
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print which face draws each cluster of a text
    #[arg(long, value_name = "TEXT", required_unless_present = "data", conflicts_with = "data")]
    text: Option<String>,
    /// Print how much of a friend data file the fonts cover, and whose names have characters that they lack; - is standard
    /// input
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    #[command(flatten)]
    fonts: FontOptions,
    /// Leave the bundled fonts out
    #[arg(long)]
    no_bundled_fonts: bool,
    /// The weight of the text, 100 to 900
    #[arg(long, value_name = "N", default_value = "400", value_parser = clap::value_parser!(u16).range(1..=1000))]
    weight: u16,
    /// Families to prefer, as `fontFamily` names them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    family: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make the small font that a game package can carry: only the characters that are shown
    Subset(SubsetArguments),
}

/// Options of `fonts subset`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without --font it is the bundled stack that is cut: a collection of the faces that are needed, regular and bold.
With it, only the files that are named. Several faces become one collection (.ttc), in order of fallback.

Examples:
  friendboard fonts subset --chars level-names.txt -o small.ttc
  friendboard fonts subset --data friends.json --font Brand.otf -o Brand-small.otf")]
struct SubsetArguments {
    /// A text with all that is shown, UTF-8; - is standard input
    #[arg(long, value_name = "FILE", required_unless_present = "data", conflicts_with = "data")]
    chars: Option<PathBuf>,
    /// Friend data: its names, and what the built-in boards say around them in the languages of --locale
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Bundled locales whose texts are kept with --data
    #[arg(long, value_name = "TAGS", value_delimiter = ',', default_value = "en,zh-CN")]
    locale: Vec<String>,
    /// A font file to cut; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// The small font
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Runs `fonts`.
pub fn run(arguments: &Arguments) -> Result<()> {
    if let Some(Command::Subset(arguments)) = &arguments.command {
        return subset(arguments, &arguments.limits.to_limits());
    }
    let limits = arguments.limits.to_limits();
    let fonts = if arguments.no_bundled_fonts { Fonts::none() } else { Fonts::bundled() };
    let mut engine = TextEngine::new(arguments.fonts.added_to(fonts, &limits)?);
    let mut style = Style::default();
    style.text.inherited.font_weight = arguments.weight;
    style.text.inherited.font_family = arguments.family.iter().map(|name| Arc::from(name.as_str())).collect();
    let said = match (&arguments.text, &arguments.data) {
        (Some(text), _) => faces(&mut engine, text, &style, arguments.json),
        (None, Some(data)) => coverage(&mut engine, &read_data(data, &limits)?, &style, arguments.json),
        (None, None) => return Err(Error::new(ErrorKind::Usage, "--text or --data was expected, found neither")),
    };
    say(Stream::Output, &said, arguments.json)
}

fn say(stream: Stream, text: &str, is_json: bool) -> Result<()> {
    if is_json { stream.json(text) } else { stream.text(text) }
}

/// Friend data, with what is wrong with it said.
pub fn read_data(path: &Path, limits: &Limits) -> Result<FriendData> {
    let mut diagnostics = Diagnostics::new();
    let json = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    let data = friends::read(
        &json,
        &path.display().to_string(),
        &ReadOptions::default(),
        &mut Reading::new(limits, &mut diagnostics),
    )?;
    print_diagnostics(&diagnostics)?;
    Ok(data)
}

/// A face as it is called in reports: family, weight, and the file that it is from.
fn face_label(engine: &TextEngine, cluster: &DrawnCluster) -> (String, u16, Option<String>) {
    let (family, weight) = engine.face_name(cluster.face).unwrap_or(("", 0));
    (family.to_owned(), weight, engine.face_file(cluster.face).map(str::to_owned))
}

fn code_points(text: &str) -> String {
    let points: Vec<String> = text.chars().map(|character| format!("U+{:04X}", u32::from(character))).collect();
    points.join(" ")
}

/// A cluster as it can be printed: what is invisible or moves the line would break the table.
fn printable(text: &str) -> String {
    let hides = |character: char| character.is_control() || display_name(&character.to_string()).is_empty();
    if text.chars().all(hides) { String::new() } else { text.replace(char::is_control, " ") }
}

/// Which face draws each cluster.
fn faces(engine: &mut TextEngine, text: &str, style: &Style, json: bool) -> String {
    let clusters = engine.clusters(&Paragraph::from_style(Arc::from(text), style));
    let mut rows = Vec::new();
    let mut table = String::new();
    for cluster in &clusters {
        let shown = text.get(cluster.range.clone()).unwrap_or_default();
        let missing = cluster.glyphs.contains(&0);
        let (family, weight, file) = face_label(engine, cluster);
        if json {
            let family = (!missing).then_some(family);
            let family_weight = family.as_ref().map(|_| weight);
            rows.push(json!({
                "text": shown, "codePoints": code_points(shown), "family": family, "weight": family_weight,
                "file": file.filter(|_| !missing), "glyphs": cluster.glyphs.as_slice(), "missing": missing,
            }));
        } else {
            let face = if missing {
                "no face has it".to_owned()
            } else {
                format!("{family} {weight}{}", file.map_or(String::new(), |file| format!(" ({file})")))
            };
            let glyphs: Vec<String> = cluster.glyphs.iter().map(ToString::to_string).collect();
            let glyphs = if missing || glyphs.is_empty() { String::new() } else { format!("  glyph {}", glyphs.join(" ")) };
            let _ = writeln!(table, "{}\t{}\t{face}{glyphs}", printable(shown), code_points(shown));
        }
    }
    if json { Value::from(rows).to_json() } else { table }
}

/// How much of the data's names the fonts cover.
fn coverage(engine: &mut TextEngine, data: &FriendData, style: &Style, json: bool) -> String {
    let mut characters: BTreeSet<char> = BTreeSet::new();
    let mut missing: BTreeMap<char, BTreeSet<String>> = BTreeMap::new();
    let mut faces: BTreeMap<(u32, String, u16, Option<String>), usize> = BTreeMap::new();
    let texts = shown_texts(data);
    for (text, owner) in &texts {
        characters.extend(text.chars().filter(|character| !display_name(&character.to_string()).is_empty()));
        for cluster in engine.clusters(&Paragraph::from_style(Arc::from(text.as_str()), style)) {
            let shown = text.get(cluster.range.clone()).unwrap_or_default();
            if cluster.glyphs.contains(&0) {
                let uncovered: BTreeSet<char> = engine.uncovered().filter(|&character| shown.contains(character)).collect();
                for character in uncovered {
                    missing.entry(character).or_default().insert(owner.clone());
                }
            } else if !cluster.glyphs.is_empty() {
                let (family, weight, file) = face_label(engine, &cluster);
                *faces.entry((cluster.face.0, family, weight, file)).or_default() += 1;
            }
        }
    }
    let covered = characters.len() - missing.keys().filter(|character| characters.contains(character)).count();
    if json {
        let missing: Value = missing
            .iter()
            .map(|(character, owners)| {
                let code_point = code_points(&character.to_string());
                json!({ "character": *character, "codePoint": code_point, "names": Value::list(owners) })
            })
            .collect();
        let faces: Value = faces
            .iter()
            .map(|((_, family, weight, file), clusters)| {
                json!({ "family": family, "weight": *weight, "file": file.as_deref(), "clusters": *clusters })
            })
            .collect();
        return json!({
            "names": texts.len(), "characters": characters.len(), "covered": covered, "missing": missing, "faces": faces,
        })
        .to_json();
    }
    let mut text = format!("{covered} of {} characters in {} names are covered\n", characters.len(), texts.len());
    for ((_, family, weight, file), clusters) in &faces {
        let file = file.as_ref().map_or(String::new(), |file| format!(" ({file})"));
        let _ = writeln!(text, "  {family} {weight}{file}: {clusters} clusters");
    }
    for (character, owners) in &missing {
        let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
        let more = owners.len().saturating_sub(5);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let listed = owners.get(..owners.len().min(5)).unwrap_or_default().join(", ");
        let _ = writeln!(text, "missing {}: in {listed}{more}", code_points(&character.to_string()));
    }
    text
}

/// Makes the small font.
fn subset(arguments: &SubsetArguments, limits: &Limits) -> Result<()> {
    let mut texts: Vec<String> = Vec::new();
    if let Some(path) = &arguments.chars {
        texts.push(read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?);
    }
    if let Some(path) = &arguments.data {
        texts.extend(shown_texts(&read_data(path, limits)?).into_iter().map(|(text, _)| text));
        texts.extend(around_names(arguments.locale.iter().map(String::as_str))?);
    }
    let mut fonts = if arguments.font.is_empty() { Fonts::bundled() } else { Fonts::none() };
    for path in &arguments.font {
        fonts.add_file(path, limits)?;
    }
    let small = fonts.subset(texts.iter().map(String::as_str))?;
    if small.faces.is_empty() {
        return Err(Error::new(ErrorKind::Font, "none of the characters is in the fonts: there is nothing to keep"));
    }
    output::write(&arguments.output, &small.bytes)?;
    let said = if arguments.json { subset_json(&small) } else { subset_text(&small, &arguments.output) };
    let stream = if arguments.output == Path::new("-") { Stream::Errors } else { Stream::Output };
    say(stream, &said, arguments.json)
}

fn subset_json(small: &Subset) -> String {
    let faces: Value = small
        .faces
        .iter()
        .map(|face| {
            json!({
                "family": &*face.family, "weight": face.weight, "characters": face.characters, "bytes": face.bytes,
                "lostTables": &face.lost[..],
            })
        })
        .collect();
    let missing = Value::list(small.missing.iter().copied());
    json!({ "bytes": small.bytes.len(), "faces": faces, "missing": missing }).to_json()
}

fn subset_text(small: &Subset, path: &Path) -> String {
    let mut text = format!("{}: {:.1} KB\n", escaped(&path.to_string_lossy()), small.bytes.len() as f64 / 1000.0);
    for face in &small.faces {
        let lost = if face.lost.is_empty() { String::new() } else { format!(", without its {}", face.lost.join(" and ")) };
        let size = face.bytes as f64 / 1000.0;
        let _ = writeln!(text, "  {} {}: {} characters, {size:.1} KB{lost}", face.family, face.weight, face.characters);
    }
    if !small.missing.is_empty() {
        let listed: String = small.missing.iter().take(MISSING_LISTED).collect();
        let more = small.missing.len().saturating_sub(MISSING_LISTED);
        let more = if more > 0 { format!(" and {more} more; --json lists all") } else { String::new() };
        let _ = writeln!(text, "missing, no face has them: {}{more}", code_points(&listed));
    }
    text
}
