//! The built-in boards: templates and style sheets like a game's own, and the themes and strings that they name.

use std::sync::Arc;

use crate::color::Color;
use crate::error::{Error, ErrorKind, Result, closest};
use crate::json::{Ceiling, Value};
use crate::limits::Limits;
use crate::sorted::BTreeMap;

/// A board that is bundled.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name on the command line and in messages.
    pub name: &'static str,
    /// What it is for, in one line.
    pub description: &'static str,
    /// The template, XML.
    pub template: &'static str,
    /// The style sheets, JSON; a later one adds to and wins over an earlier one.
    pub styles: &'static [&'static str],
}

const COMMON: &str = include_str!("../../assets/templates/board.json");
const CARD: &str = include_str!("../../assets/templates/card.json");

macro_rules! board {
    ($name:literal, $description:literal, [$($style:expr),+]) => {
        BuiltIn {
            name: $name,
            description: $description,
            template: include_str!(concat!("../../assets/templates/", $name, ".xml")),
            styles: &[$($style),+],
        }
    };
}

/// The built-in boards.
pub const BOARDS: &[BuiltIn] = &[
    board!("leaderboard", "ranks, medals, avatars and scores, the player pinned below", [COMMON]),
    board!(
        "friend-list",
        "friends with their scores and a button to invite them",
        [COMMON, include_str!("../../assets/templates/friend-list.json")]
    ),
    board!(
        "neighbours",
        "the player between the next better and the next worse friend: for a result screen",
        [CARD, include_str!("../../assets/templates/neighbours.json")]
    ),
    board!(
        "surpass",
        "the next friend to beat, with the points that are missing",
        [CARD, include_str!("../../assets/templates/surpass.json")]
    ),
    board!("podium", "the best three on steps, the others below", [COMMON, include_str!("../../assets/templates/podium.json")]),
    board!("group", "a leaderboard with a group's name", [COMMON, include_str!("../../assets/templates/group.json")]),
    board!(
        "weekly",
        "this week's ranks with each one's part of the best score, and the days left (--var daysLeft=3)",
        [COMMON, include_str!("../../assets/templates/weekly.json")]
    ),
    board!(
        "rank-change",
        "ranks with the places won and lost since the ones stored as lastRank",
        [COMMON, include_str!("../../assets/templates/rank-change.json")]
    ),
    board!(
        "duel",
        "the player and one friend side by side (--var rival=OPENID; else the next to beat)",
        [CARD, include_str!("../../assets/templates/duel.json")]
    ),
    board!(
        "mini",
        "rank, score and what is missing, in one line for a corner",
        [include_str!("../../assets/templates/mini.json")]
    ),
];

impl BuiltIn {
    /// A board by its name.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an unknown name; it lists the known ones.
    ///
    /// ```
    /// use friendboard::template::BuiltIn;
    /// assert!(BuiltIn::find("podium").is_ok());
    /// assert!(BuiltIn::find("leaderbord").unwrap_err().to_string().contains("did you mean 'leaderboard'?"));
    /// ```
    pub fn find(name: &str) -> Result<&'static Self> {
        let names = || BOARDS.iter().map(|board| board.name);
        BOARDS.iter().find(|board| board.name == name).ok_or_else(|| unknown("board", name, names()))
    }
}

/// Style sheets put together into one JSON document, a later one adding to and winning over an earlier one.
///
/// # Errors
/// [`ErrorKind::Style`] where one is not a JSON object of objects.
pub fn merge_json(sheets: &[&str]) -> Result<String> {
    let ceiling = Ceiling::style(&Limits::default());
    let mut merged = BTreeMap::new();
    for sheet in sheets {
        let Value::Map(classes) = Value::read(sheet, "<style sheet>", ceiling)? else {
            return Err(Error::new(ErrorKind::Style, "expected JSON of names and style objects"));
        };
        for (name, style) in classes.iter() {
            match (merged.get_mut(name), style) {
                (Some(Value::Map(known)), Value::Map(style)) => {
                    Arc::make_mut(known)
                        .change(|known| known.extend(style.iter().map(|(name, value)| (Arc::clone(name), value.clone()))));
                }
                _ => {
                    merged.insert(Arc::clone(name), style.clone());
                }
            }
        }
    }
    Ok(Value::from(merged).to_pretty_json() + "\n")
}

/// Names, and for each the bundled document of its own: what is not asked for is not read.
macro_rules! documents {
    ($folder:literal, $($name:literal),+) => {
        (&[$($name),+], &[$(include_str!(concat!("../../assets/templates/", $folder, "/", $name, ".json"))),+])
    };
}

const NAMED_THEMES: (&[&str], &[&str]) = documents!("themes", "light", "dark", "neon", "paper", "candy");
const NAMED_LOCALES: (&[&str], &[&str]) =
    documents!("strings", "en", "zh-CN", "zh-TW", "ja", "ko", "es", "pt-BR", "id", "vi", "th", "ar");

/// The names of the bundled themes.
pub const THEMES: &[&str] = NAMED_THEMES.0;

/// The tags of the bundled locales.
pub const LOCALES: &[&str] = NAMED_LOCALES.0;

/// The colours of a bundled theme, by role.
///
/// # Errors
/// [`ErrorKind::Usage`] for an unknown name; it lists the known ones.
pub fn theme(name: &str) -> Result<Value> {
    let document = document(NAMED_THEMES, name).ok_or_else(|| unknown("theme", name, THEMES.iter().copied()))?;
    read(document)
}

/// What each role of a theme is for, by role.
///
/// # Errors
/// None: it is bundled.
pub fn theme_roles() -> Result<Value> {
    read(include_str!("../../assets/templates/themes/about.json"))
}

/// What each of the board's own texts says, by key.
///
/// # Errors
/// None: it is bundled.
pub fn string_keys() -> Result<Value> {
    read(include_str!("../../assets/templates/strings/about.json"))
}

/// The document of a name.
fn document((names, documents): (&[&str], &[&'static str]), name: &str) -> Option<&'static str> {
    let place = names.iter().position(|known| *known == name)?;
    documents.get(place).copied()
}

/// A bundled document.
fn read(json: &str) -> Result<Value> {
    Value::from_json(json, &Limits::default())
}

/// True where a theme's ground is dark.
#[must_use]
pub fn is_dark(theme: &Value) -> bool {
    let surface = theme.get("surface").and_then(Value::as_text).and_then(Color::parse);
    surface.is_some_and(|surface| surface.luminance() < 0.2)
}

/// Colours by role, added to those of the bundled theme that they name as `extends` (`light`, where they name none).
///
/// # Errors
/// [`ErrorKind::Usage`] for an unknown theme, and for a colour that is none; it names the role.
///
/// ```
/// use friendboard::{json::Value, template::extended_theme};
/// let own = extended_theme(&Value::map([("extends", "dark"), ("accent", "tomato")])).unwrap();
/// assert_eq!(own.get("accent").and_then(Value::as_text), Some("tomato"));
/// assert_eq!(own.get("surface").and_then(Value::as_text), Some("#10142A"));
/// assert!(extended_theme(&Value::map([("accent", "tomatoe")])).unwrap_err().to_string().contains("accent"));
/// ```
pub fn extended_theme(own: &Value) -> Result<Value> {
    theme_over(own, || theme("light"))
}

/// Colours by role, added to those of the bundled theme that they name as `extends`, or to what is theirs without a name.
///
/// # Errors
/// As [`extended_theme`], and what `unnamed` returns.
pub fn theme_over(own: &Value, unnamed: impl FnOnce() -> Result<Value>) -> Result<Value> {
    let mut colors = own.get("extends").and_then(Value::as_text).map_or_else(unnamed, theme)?;
    let Value::Map(roles) = own else { return Ok(colors) };
    for (role, color) in roles.iter().filter(|(role, _)| !matches!(&***role, "extends" | "$schema" | "//")) {
        let text = color.as_text().unwrap_or_default();
        if Color::parse(text).is_none() {
            let shown = crate::grapheme::prefix_bytes(&color.to_text(), 80).to_owned();
            let message = format!("expected a CSS colour for '{role}' of the theme, found '{shown}'");
            return Err(
                Error::new(ErrorKind::Usage, message).hint("write it as #4F46E5, rgb(79 70 229), hsl(…) or by its name")
            );
        }
        colors.insert(Arc::clone(role), color.clone());
    }
    Ok(colors)
}

/// The tag of the bundled locale that serves a locale best: `zh_Hans_CN` is served by `zh-CN`.
///
/// # Errors
/// [`ErrorKind::Usage`] where no bundled locale is in that language; it lists the known ones.
///
/// ```
/// use friendboard::template::locale;
/// assert_eq!(locale("zh_Hans_CN").unwrap(), "zh-CN");
/// assert_eq!(locale("zh-Hant-HK").unwrap(), "zh-TW");
/// assert_eq!(locale("en-GB").unwrap(), "en");
/// assert!(locale("tlh").is_err());
/// ```
pub fn locale(wanted: &str) -> Result<&'static str> {
    let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let traditional = language(wanted) == "zh"
        && wanted.split(['-', '_']).any(|part| ["hant", "tw", "hk", "mo"].contains(&&*part.to_ascii_lowercase()));
    LOCALES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(wanted) || (traditional && **known == "zh-TW"))
        .or_else(|| LOCALES.iter().find(|known| language(known) == language(wanted)))
        .copied()
        .ok_or_else(|| unknown("locale", wanted, LOCALES.iter().copied()))
}

/// Whether a locale is written from right to left.
#[must_use]
pub fn is_right_to_left(locale: &str) -> bool {
    let mut parts = locale.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.next().filter(|part| part.len() == 4).map(str::to_ascii_lowercase);
    match script.as_deref() {
        Some(script) => matches!(script, "arab" | "hebr" | "thaa" | "nkoo" | "syrc" | "adlm"),
        None => matches!(language.as_str(), "ar" | "he" | "iw" | "fa" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb"),
    }
}

/// The strings of a bundled locale, by key.
///
/// # Errors
/// As [`locale`].
pub fn strings(wanted: &str) -> Result<Value> {
    read(document(NAMED_LOCALES, locale(wanted)?).unwrap_or("{}"))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Error {
    let listed = known.clone().collect::<Vec<_>>().join(", ");
    let error = Error::new(ErrorKind::Usage, format!("unknown {what} '{name}': expected one of {listed}"));
    match closest(name, known) {
        Some(close) => error.hint(format!("did you mean '{close}'?")),
        None => error,
    }
}
