//! Pages of a board's looks: roles of a theme, texts of a locale.

use super::entry::{Entry, Topic};
use crate::json::Value;
use crate::template::{LOCALES, THEMES, string_keys, strings, theme as colors, theme_roles};

/// A text of a bundled document.
fn text(map: &Value, key: &str) -> String {
    map.get(key).and_then(Value::as_text).unwrap_or_default().to_owned()
}

/// An entry for each key of the first document, with what each of the named ones has under it.
fn entries(kind: &str, about: &Value, documents: &[(&'static str, Value)]) -> Vec<Entry> {
    let Some((_, first)) = documents.first() else { return Vec::new() };
    let keys = first.as_map().into_iter().flat_map(|map| map.keys());
    let entry = |key: &std::sync::Arc<str>| {
        let entry = Entry::new(&**key, kind, text(about, key));
        documents.iter().fold(entry, |entry, (name, document)| entry.fact(name, format!("`{}`", text(document, key))))
    };
    keys.map(entry).collect()
}

/// The page of a theme's roles.
pub(super) fn theme() -> Topic {
    let documents: Vec<_> = THEMES.iter().filter_map(|name| Some((*name, colors(name).ok()?))).collect();
    Topic {
        name: "theme",
        title: "Theme roles",
        about: "A theme is an object of colours by role; a template names one as `{{ theme.accent }}`. `--theme light` and \
                `--theme dark` are bundled; `--theme mine.json` is a file of roles, of your own names too. A theme is a dark \
                one (`dark` is true) where its `surface` is."
            .to_owned(),
        entries: entries("role of a theme", &theme_roles().unwrap_or_default(), &documents),
        is_table: true,
    }
}

/// The page of a board's own texts.
pub(super) fn strings_topic() -> Topic {
    let documents: Vec<_> = LOCALES.iter().filter_map(|tag| Some((*tag, strings(tag).ok()?))).collect();
    Topic {
        name: "strings",
        title: "Strings",
        about: "A board's own texts by key; a template names one as `{{ strings.empty }}`. `--locale en` and `--locale zh-CN` \
                are bundled; `--locale mine.json` is a file of texts: what it leaves out is said in English, and its text \
                `locale` is its tag. It may have texts of your own beside these, which the template names likewise; \
                `friendboard check … --locale mine.json` then knows them. What stands in `{}` in a text the template replaces: \
                `{{ strings.players | replace('{count}', count) }}`."
            .to_owned(),
        entries: entries("text of a locale", &string_keys().unwrap_or_default(), &documents),
        is_table: true,
    }
}
