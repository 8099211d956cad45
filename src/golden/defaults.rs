//! The case of a folder, with what cases have in common: a `golden.toml` in a folder above them, with keys of `case.toml`.
//!
//! The nearest one above a case holds. A key that the case has itself is the case's; of `vars` and `expect` the members are.
//! Paths in it are from its own folder. A key that can't stand beside what the case is, such as `sizes` beside a session, is
//! left out.

use std::path::Path;

use super::paths::beside;
use super::spec::{CASE, SCRIPT, Spec};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::host::headless::read_regular_text;
use crate::limits::Limits;

/// The name of the file.
pub const DEFAULTS: &str = "golden.toml";
/// Keys that say what is drawn: a case with one of them has its own.
const SOURCES: [&str; 7] = ["board", "template", "styles", "play", "share_image", "card", "requests"];
/// Keys that are of a case alone.
const OF_ONE_CASE: [&str; 5] = ["play", "card", "requests", "skip", "same_as"];
/// Keys whose members are taken one by one.
const BY_MEMBER: [&str; 2] = ["vars", "expect"];
/// Keys with paths.
const PATHS: [&str; 5] = ["template", "styles", "data", "assets", "fonts"];
/// Keys with names, or with paths of JSON files.
const NAMES_OR_PATHS: [&str; 2] = ["themes", "locales"];

impl Spec {
    /// Reads the case of a folder: its `case.toml`, or else its session's script.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] with line and column for what is no case, [`ErrorKind::Io`] where it can't be read.
    pub fn of_folder(folder: &Path, limits: &Limits) -> Result<Self> {
        let path = folder.join(CASE);
        if !path.exists() && folder.join(SCRIPT).exists() {
            return with_defaults(&format!("play = '{SCRIPT}'"), folder, &folder.join(SCRIPT), limits);
        }
        let text = read_regular_text(&path, limits.data_bytes, "data_bytes", ErrorKind::Usage)?;
        with_defaults(&text, folder, &path, limits)
    }
}

/// A case of a folder by the text of its file, with what is said above it.
///
/// # Errors
/// [`ErrorKind::Usage`] with line and column for what is no case, in its own file and in the one above.
fn with_defaults(text: &str, folder: &Path, file: &Path, limits: &Limits) -> Result<Spec> {
    let own = Spec::from_toml(text, &file.display().to_string())?;
    let here = std::env::current_dir().unwrap_or_default();
    let whole = beside(&here, folder);
    let Some((depth, above)) = whole.ancestors().enumerate().skip(1).find(|(_, above)| above.join(DEFAULTS).is_file()) else {
        return Ok(own);
    };
    let path = above.join(DEFAULTS);
    // Named from where the program runs, as the case is.
    let path = path.strip_prefix(&here).map_or_else(|_| path.clone(), Path::to_owned);
    let document = path.display().to_string();
    let defaults = read_regular_text(&path, limits.data_bytes, "data_bytes", ErrorKind::Usage)?;
    Spec::from_toml(&defaults, &document)?;
    let read = |text: &str, document: &str| {
        let table = text.parse::<toml::Table>();
        table.map_err(|error| Error::new(ErrorKind::Usage, error.to_string()).at(Place::document(document)))
    };
    let (mut case, defaults) = (read(text, &document)?, read(&defaults, &document)?);
    if let Some(key) = OF_ONE_CASE.iter().find(|key| defaults.contains_key(**key)) {
        let message = format!("what several cases have in common was expected, found `{key}`, which is of one case");
        return Err(Error::new(ErrorKind::Usage, message).at(Place::document(&document)));
    }
    let has_source = SOURCES.iter().any(|key| case.contains_key(*key));
    let (sources, others): (Vec<_>, Vec<_>) = defaults.into_iter().partition(|(key, _)| SOURCES.contains(&key.as_str()));
    // What is drawn is one thing, whatever number of keys says it.
    let sources = if has_source { Vec::new() } else { vec![sources] };
    let mut spec = own;
    for keys in sources.into_iter().chain(others.into_iter().map(|key| vec![key])) {
        let mut tried = case.clone();
        for (key, value) in keys {
            add(&mut tried, &key, from_below(&key, value, depth));
        }
        if let Ok(read) = toml::Value::Table(tried.clone()).try_into::<Spec>()
            && read.check().is_ok()
        {
            (case, spec) = (tried, read);
        }
    }
    Ok(spec)
}

/// Adds a key, or the members of one, where the case has none of its own.
fn add(case: &mut toml::Table, key: &str, value: toml::Value) {
    match (case.get_mut(key), value) {
        (None, value) => drop(case.insert(key.to_owned(), value)),
        (Some(toml::Value::Table(own)), toml::Value::Table(members)) if BY_MEMBER.contains(&key) => {
            for (name, member) in members {
                own.entry(name).or_insert(member);
            }
        }
        _ => {}
    }
}

/// A value with its paths as they are from so many folders below.
fn from_below(key: &str, value: toml::Value, depth: usize) -> toml::Value {
    let is_path = |text: &str| {
        let is_file = || Path::new(text).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        PATHS.contains(&key) || (NAMES_OR_PATHS.contains(&key) && is_file())
    };
    match value {
        toml::Value::String(text) if is_path(&text) && !Path::new(&text).is_absolute() => {
            toml::Value::String("../".repeat(depth) + &text)
        }
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(|item| from_below(key, item, depth)).collect()),
        value => value,
    }
}
