//! The texts that stand on a board: what a small font must have.

use crate::error::Result;
use crate::friends::FriendData;
use crate::json::Value;
use crate::name::display_name;
use crate::template;

/// The texts of friend data that a board shows, with whose they are.
#[must_use]
pub fn shown_texts(data: &FriendData) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for friend in data.friends.iter() {
        let name = display_name(&friend.nickname()).into_owned();
        if let Some(label) = friend.score().and_then(|score| score.label.as_ref()) {
            texts.push((display_name(label).into_owned(), name.clone()));
        }
        texts.push((name.clone(), name));
    }
    if let Some(group) = &data.group {
        let name = display_name(&group.name).into_owned();
        texts.push((name.clone(), name));
    }
    texts
}

/// What boards show beside the names: figures and Latin letters, and their own texts in some bundled languages.
///
/// # Errors
/// Where the bundled texts can't be read.
pub fn around_names<'a>(locales: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>> {
    let mut texts = vec![(' '..='~').collect::<String>(), "…–—·×•".to_owned()];
    for locale in locales {
        if let Value::Map(strings) = template::strings(locale)? {
            for text in strings.values() {
                match text {
                    Value::Map(forms) => texts.extend(forms.values().filter_map(Value::as_text).map(str::to_owned)),
                    text => texts.extend(text.as_text().map(str::to_owned)),
                }
            }
        }
    }
    Ok(texts)
}
