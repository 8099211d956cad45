//! The friends of a session, as they are edited.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::friends::{ReadOptions, read_document};
use crate::host::headless::example;
use crate::host::headless::play::Script;
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::reading::Reading;

/// Friends that a page may make.
const PEOPLE_MOST: usize = 2_000;
/// Characters of a name, an address or a score that a page may make.
const CHARACTERS_MOST: usize = 200_000;

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Who.
    pub openid: String,
    /// The name as it is stored.
    pub nickname: String,
    /// The picture's address.
    pub avatar_url: String,
    /// What is stored; `None`: nothing.
    pub score: Option<String>,
}

/// Where friends come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Friends {
    /// As the folder's script says.
    OfScript,
    /// A file of the folder.
    File(String),
    /// These, under a key.
    People(Vec<Person>, String),
}

impl Friends {
    /// The friends of the bundled example, their pictures with them, so that a script has all that it needs.
    ///
    /// # Errors
    /// None: it is bundled.
    pub fn example(limits: &Limits) -> Result<Self> {
        let mut people = people(&Source::new(example::FRIENDS, "<example>"), None, limits)?.0;
        for person in &mut people {
            if let Some((_, bytes)) = example::AVATARS.iter().find(|(name, _)| *name == person.avatar_url) {
                person.avatar_url = format!("data:image/png;base64,{}", STANDARD.encode(bytes));
            }
        }
        Ok(Self::People(people, "score".to_owned()))
    }

    /// Friends as a page makes them: `[{openid, nickname, avatarUrl, score}]`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for anything else, and for too many.
    pub fn from_page(list: &Value, key: &str) -> Result<Self> {
        let wrong = || {
            Error::new(
                ErrorKind::Usage,
                format!("at most {PEOPLE_MOST} objects of openid, nickname, avatarUrl and score were expected"),
            )
        };
        let items = list.as_list().filter(|items| items.len() <= PEOPLE_MOST).ok_or_else(wrong)?;
        let mut characters = 0;
        let mut people = Vec::with_capacity(items.len());
        for item in items {
            let text = |name: &str| item.get(name).map(|value| value.to_text().to_string()).unwrap_or_default();
            let person = Person {
                openid: text("openid"),
                nickname: text("nickname"),
                avatar_url: text("avatarUrl"),
                score: item.get("score").filter(|score| !score.is_null()).map(|score| score.to_text().to_string()),
            };
            characters += person.nickname.len() + person.score.as_ref().map_or(0, String::len);
            people.push(person);
        }
        if characters > CHARACTERS_MOST.saturating_mul(10) {
            return Err(wrong());
        }
        Ok(Self::People(people, key.to_owned()))
    }

    /// What a script says of them; `None`: what it says already.
    #[must_use]
    pub fn to_script(&self) -> Option<Value> {
        match self {
            Self::OfScript => None,
            Self::File(name) => Some(Value::from(name.as_str())),
            Self::People(people, key) => Some(Value::list(people.iter().map(|person| {
                let pair = |score: &String| crate::json!([{ "key": key.as_str(), "value": score.as_str() }]);
                crate::json!({
                    "openid": person.openid.as_str(), "nickname": person.nickname.as_str(),
                    "avatarUrl": person.avatar_url.as_str(),
                    "KVDataList": person.score.as_ref().map_or_else(|| Value::list::<Value>([]), pair),
                })
            }))),
        }
    }

    /// For the page: where they come from.
    #[must_use]
    pub fn origin(&self) -> &str {
        match self {
            Self::OfScript => "script",
            Self::File(name) => name,
            Self::People(..) => "made",
        }
    }
}

/// The friends of some data, and the key that their scores have.
///
/// # Errors
/// As [`crate::friends::read`].
pub fn people(source: &Source, key: Option<&str>, limits: &Limits) -> Result<(Vec<Person>, String)> {
    let mut diagnostics = Diagnostics::new();
    let options = ReadOptions { key: key.map(str::to_owned) };
    let data = read_document(source.document(limits)?, &options, &mut Reading::new(limits, &mut diagnostics))?;
    let key = key.map(str::to_owned).or_else(|| data.score_key.as_deref().map(str::to_owned));
    let key = key.unwrap_or_else(|| "score".to_owned());
    let people = data.friends.iter().take(PEOPLE_MOST).map(|friend| Person {
        openid: friend.openid().into_owned(),
        nickname: friend.nickname().into_owned(),
        avatar_url: friend.avatar_url().into_owned(),
        // What is stored is kept as it is; a score elsewhere in the data is written as the figure that it is.
        score: friend.kv().get(&*key).map(ToString::to_string).or_else(|| friend.score().map(|score| score.value.to_string())),
    });
    Ok((people.collect(), key))
}

/// The friends of a script, and the key that their scores have.
///
/// # Errors
/// As [`crate::friends::read`].
pub fn of_script(script: &Script, limits: &Limits) -> Result<(Vec<Person>, String)> {
    let key = script.settings.key.as_deref().map(|key| key.split('.').next().unwrap_or(key));
    people(&script.friends, key, limits)
}

/// For the page.
#[must_use]
pub fn to_page(people: &[Person]) -> Value {
    people
        .iter()
        .map(|person| {
            crate::json!({
                "openid": person.openid.as_str(), "nickname": person.nickname.as_str(),
                "avatarUrl": person.avatar_url.as_str(), "score": person.score.as_deref(),
            })
        })
        .collect()
}
