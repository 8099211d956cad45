//! Looking something up: by its name, by a name that it has elsewhere, by one that is nearly right.

use super::all::what_is_written;
use super::entry::{Entry, Topic};
use crate::error::{Diagnostic, Error, ErrorKind, Result, closest};
use crate::json::is_same_name;
use crate::template::{Foreign, foreign};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A whole page.
    Topic(Topic),
    /// What is called that, of every topic.
    Entries(Vec<Entry>),
    /// Something from elsewhere: what takes its place here; what has that name here, and where to read on.
    Instead(String, Vec<Entry>),
}

/// Looks a name up in topics: one of them, or anything in one. Case, `-` and `_` don't matter where nothing has exactly that name.
///
/// # Errors
/// `Usage` for what there is not, with the nearest name.
///
/// ```
/// use friendboard::manual::{Found, find, topics};
/// let topics = topics(&friendboard::cli::command_line());
/// let Found::Entries(found) = find(&topics, "font-size")? else { panic!() };
/// assert_eq!((found[0].name.as_str(), found[0].kind.as_str()), ("fontSize", "property"));
/// assert!(matches!(find(&topics, "properties")?, Found::Topic(_)));
/// assert!(matches!(find(&topics, "div")?, Found::Instead(..)));
/// assert!(find(&topics, "fontsise").unwrap_err().to_string().contains("did you mean 'fontSize'?"));
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn find(topics: &[Topic], name: &str) -> Result<Found> {
    let name = name.trim().trim_matches(|c| matches!(c, '<' | '>' | '/' | '\'' | '"' | '`'));
    if let Some(topic) = topics.iter().find(|topic| topic.name.eq_ignore_ascii_case(name)) {
        // `theme` is a page and a variable: the page says more.
        return Ok(Found::Topic(topic.clone()));
    }
    let mut found = named(topics, |known| known == name);
    if found.is_empty() && !name.is_empty() {
        found = named(topics, |known| is_same_name(known, name));
    }
    // `float` is a filter here, and a property elsewhere.
    let is_other = |foreign: &Foreign| !found.iter().any(|entry| entry.kind.starts_with(foreign.what));
    if let Some(Foreign { what, instead }) = foreign(name).filter(is_other) {
        let said = format!("there is no {what} '{name}': {instead}");
        found.extend(mentioned(topics, &instead));
        return Ok(Found::Instead(said, found));
    }
    if !found.is_empty() {
        return Ok(Found::Entries(found));
    }
    let known = || topics.iter().map(|topic| topic.name).chain(topics.iter().flat_map(|topic| &topic.entries).flat_map(names));
    let shown = crate::grapheme::prefix_bytes(name, 60);
    let error = Error::new(ErrorKind::Usage, format!("nothing is called '{shown}'"));
    Err(match closest(name, known()) {
        Some(close) => error.hint(format!("did you mean '{close}'?")),
        None => error.hint("`friendboard explain` lists the topics"),
    })
}

fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(entry.name.as_str()).chain(entry.also.iter().map(String::as_str))
}

/// Entries of which a name fits: those that are called so before those that are also called so.
fn named(topics: &[Topic], fits: impl Fn(&str) -> bool) -> Vec<Entry> {
    let all = || topics.iter().flat_map(|topic| &topic.entries);
    let first = all().filter(|entry| fits(&entry.name));
    let second = all().filter(|entry| !fits(&entry.name) && entry.also.iter().any(|name| fits(name)));
    first.chain(second).cloned().collect()
}

/// Kinds of what a hint tells to write.
fn can_be_written(entry: &Entry) -> bool {
    entry.kind == "property" || entry.kind == "tag" || entry.kind.starts_with("attribute")
}

/// What a hint tells to write: `flexDirection` in 'write flexDirection: row on the parent'.
fn mentioned(topics: &[Topic], hint: &str) -> Option<Entry> {
    let entries: Vec<&Entry> = topics.iter().flat_map(|topic| &topic.entries).filter(|entry| can_be_written(entry)).collect();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut words: Vec<(bool, &str)> = Vec::new();
    let mut rest = hint;
    let mut before = ' ';
    while let Some(begin) = rest.find(is_name) {
        before = rest[..begin].chars().next_back().unwrap_or(before);
        let word = &rest[begin..];
        let end = word.find(|c| !is_name(c)).unwrap_or(word.len());
        let after = word[end..].chars().next().unwrap_or(' ');
        words.push((matches!(before, '<' | '\'') || matches!(after, ':' | '='), &word[..end]));
        before = after;
        rest = &word[end..];
    }
    let entry = |word: &str| entries.iter().find(|entry| entry.name == word).map(|entry| (*entry).clone());
    let written = words.iter().filter(|(is_written, _)| *is_written).find_map(|(_, word)| entry(word));
    written.or_else(|| words.iter().find_map(|(_, word)| entry(word)))
}

/// What to look up to learn more of a diagnostic: the property that it is about, what takes the place of a name that there
/// is not, the topic of what was misspelt, or else its code.
///
/// ```
/// use friendboard::{Diagnostic, Place, manual::lead};
/// let said = Diagnostic::warning("unknown-property", "unknown property 'float'", Place::default());
/// assert_eq!(lead(&said.hint("write flexDirection: row on the parent")), "flexDirection");
/// ```
#[must_use]
pub fn lead(diagnostic: &Diagnostic) -> String {
    let topics = what_is_written();
    let code = diagnostic.code;
    let message = diagnostic.message.as_str();
    let quoted = |prefix: &str| message.split_once(prefix).and_then(|(_, rest)| rest.split('\'').next());
    match code {
        "bad-value" | "out-of-range" => {
            let property = quoted("for '").and_then(|name| named(&topics, |known| known == name).into_iter().next());
            property.map_or_else(|| code.to_owned(), |entry| entry.name)
        }
        "unknown-property" | "unknown-attribute" | "unknown-tag" => {
            let instead = diagnostic.hint.as_deref().and_then(|hint| mentioned(&topics, hint));
            let topic = match code {
                "unknown-property" => "properties",
                "unknown-attribute" => "attributes",
                _ => "tags",
            };
            instead.map_or_else(|| topic.to_owned(), |entry| entry.name)
        }
        "unknown-name" | "unknown-member" => {
            let of = quoted("'").and_then(|name| name.split('.').next()).filter(|name| matches!(*name, "theme" | "strings"));
            of.unwrap_or("variables").to_owned()
        }
        "bad-expression" => "filters".to_owned(),
        "unknown-message" | "bad-message" => "messages".to_owned(),
        _ => code.to_owned(),
    }
}
