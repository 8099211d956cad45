//! The vocabulary: which word of a message means what. Games spell one thing in many ways; a game can add its own.

use std::sync::Arc;

use super::fields::Fields;
use super::messages::{Received, understand, wrong};
use super::words::{DISCRIMINATORS, Meaning, WORDS};
use crate::error::{Diagnostic, Error, ErrorKind, Place, closest};
use crate::json::{Value, folded, is_same_name};
use crate::limits::Limits;

/// Which word of a message means what. Words are compared without regard to case, `_` and `-`.
///
/// ```
/// use friendboard::context::{Meaning, Message, Vocabulary};
/// use friendboard::{Limits, json::Value};
/// let limits = Limits::default();
/// let mut vocabulary = Vocabulary::default();
/// vocabulary.add("openBoard", Meaning::ShowFriends);
/// for json in [r#"{"command": "render"}"#, r#"{"type": "showFriendList", "data": {}}"#, r#""{\"event\":\"openBoard\"}""#] {
///     let message = vocabulary.read(&Value::from_json(json, &limits).unwrap(), &limits).unwrap();
///     assert!(matches!(message.message, Message::ShowFriends(_)));
/// }
/// assert!(vocabulary.read(&Value::from("rendre"), &limits).unwrap_err().to_string().contains("did you mean 'render'?"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    discriminators: Vec<Arc<str>>,
    words: Vec<(Arc<str>, Meaning)>,
    matches: Vec<Match>,
}

impl Default for Vocabulary {
    /// What the platforms' samples, the engines and known games say.
    fn default() -> Self {
        Self {
            discriminators: DISCRIMINATORS.iter().map(|name| Arc::from(*name)).collect(),
            words: WORDS.iter().map(|(word, meaning)| (Arc::from(*word), *meaning)).collect(),
            matches: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// Adds a word, or changes what one means.
    pub fn add(&mut self, word: &str, meaning: Meaning) {
        match self.words.iter_mut().find(|(known, _)| is_same_name(known, word)) {
            Some((_, known)) => *known = meaning,
            None => self.words.push((Arc::from(word), meaning)),
        }
    }

    /// Adds a member that can hold a message's word; it is looked at after the others.
    pub fn add_discriminator(&mut self, name: &str) {
        if !self.discriminators.iter().any(|known| &**known == name) {
            self.discriminators.push(Arc::from(name));
        }
    }

    /// Every word with its meaning.
    pub fn words(&self) -> impl Iterator<Item = (&str, Meaning)> {
        self.words.iter().map(|(word, meaning)| (&**word, *meaning))
    }

    /// Adds a game's own way to say something; of several that fit the first counts, before any word does.
    pub fn add_match(&mut self, own: Match) {
        self.matches.push(own);
    }

    /// What a word means: `hideX` hides what `showX` shows.
    fn meaning(&self, word: &str) -> Option<Meaning> {
        let known = |word: &str| self.words.iter().find(|(known, _)| is_same_name(known, word)).map(|(_, meaning)| *meaning);
        known(word).or_else(|| {
            let folded = folded(word);
            let what = ["hide", "close"].into_iter().find_map(|verb| folded.strip_prefix(verb))?;
            let shows = |verb: &str| matches!(known(&format!("{verb}{what}")), Some(shown) if shown.is_show());
            ["show", "open", ""].into_iter().any(shows).then_some(Meaning::Hide)
        })
    }

    /// Understands a message: an object with its word in one of the discriminators; that object as a JSON string; a word
    /// alone; the number of a page.
    ///
    /// # Errors
    /// A diagnostic for a message that has no known word, or lacks what its word needs. It is to be ignored.
    pub fn read(&self, message: &Value, limits: &Limits) -> Result<Received, Diagnostic> {
        let opened = Fields::open(message, limits);
        let message = opened.as_ref().unwrap_or(message);
        match message {
            Value::Text(word) => match self.meaning(word) {
                Some(meaning) => understand(meaning, word, &Fields::default()),
                None => Err(self.unknown(&[word])),
            },
            Value::Number(number) => understand(Meaning::Page, "", &Fields::alone("page", Value::from(number.clone()))),
            Value::Map(_) => self.read_map(message, limits),
            other => Err(wrong("a message is an object, a word or JSON", other.kind())),
        }
    }

    fn read_map(&self, message: &Value, limits: &Limits) -> Result<Received, Diagnostic> {
        if let Some(own) = self.matches.iter().find(|own| own.fits(message, limits)) {
            let mut fields = Fields::of(message, "", limits);
            for (name, path) in &own.figures {
                if let Some(value) = at_path(message, path, limits) {
                    fields.put_first(name, value);
                }
            }
            return understand(own.means, "", &fields);
        }
        let mut found: Vec<Arc<str>> = Vec::new();
        // A message may stand whole inside of another: `{message: {command: "render"}}`.
        let mut level = message.clone();
        let mut number_found: Option<(Arc<str>, String)> = None;
        let mut incomplete = None;
        for _ in 0..4 {
            let mut inner = None;
            for name in &self.discriminators {
                let Some(value) = level.get(name) else { continue };
                let opened = Fields::open(value, limits);
                match opened.as_ref().unwrap_or(value) {
                    Value::Text(word) => {
                        match self.meaning(word).map(|meaning| understand(meaning, word, &Fields::of(&level, name, limits))) {
                            Some(Ok(understood)) => return Ok(understood),
                            // Another member may have the word: `{"command": "open", "type": "friend"}` names no friend.
                            Some(Err(lacking)) => incomplete = incomplete.or(Some(lacking)),
                            None => found.push(Arc::clone(word)),
                        }
                    }
                    Value::Number(number) => {
                        number_found = number_found.or_else(|| Some((Arc::clone(name), number.to_string())));
                    }
                    map @ Value::Map(_) => inner = inner.or_else(|| Some(map.clone())),
                    _ => {}
                }
            }
            match inner {
                Some(map) => level = map,
                None => break,
            }
        }
        if let Some(lacking) = incomplete {
            return Err(lacking);
        }
        // Cocos Creator tells its own half of other things too: nothing to a board.
        if message.get("fromEngine").and_then(Value::as_bool) == Some(true) {
            return understand(Meaning::Ignore, "engine", &Fields::default());
        }
        if found.is_empty() && level.get("selfOpenId").is_some() {
            return understand(Meaning::Identity, "selfOpenId", &Fields::of(&level, "", limits));
        }
        if found.is_empty()
            && let Some((name, number)) = number_found
        {
            let message = format!("unknown message: nothing is known of `{name}` {number:.40}");
            let hint = format!(r#"map it in `words`: {{"match": {{"{name}": {number:.40}}}, "means": "show"}}"#);
            return Err(Diagnostic::warning("unknown-message", message, Place::default()).hint(hint));
        }
        // What engines put around every message says nothing.
        let words: Vec<&str> = found.iter().map(|word| &**word).filter(|word| !is_same_name(word, "engine")).collect();
        Err(self.unknown(&words))
    }

    fn unknown(&self, words: &[&str]) -> Diagnostic {
        let shown: Vec<String> = words.iter().map(|word| format!("'{word:.40}'")).collect();
        let message = if shown.is_empty() {
            format!("unknown message: none of {} has a word in it", self.discriminators.join(", "))
        } else {
            format!("unknown message {}", shown.join(", "))
        };
        // What was meant is another spelling of the same thing, and no other thing that is spelled alike.
        let known = || self.words.iter().map(|(word, _)| &**word);
        let close = words.iter().find_map(|word| closest(word, known()).filter(|close| is_likely(word, close)));
        let diagnostic = Diagnostic::warning("unknown-message", message, Place::default());
        match close {
            Some(close) => diagnostic.hint(format!("did you mean '{close}'?")),
            None => diagnostic,
        }
    }
}

/// True for a word that another may be a slip of: few letters differ, and none of them are a whole ending.
fn is_likely(word: &str, close: &str) -> bool {
    let (word, close) = (folded(word), folded(close));
    let (short, long) = if word.len() < close.len() { (&word, &close) } else { (&close, &word) };
    let differs = strsim::osa_distance(&word, &close);
    // `friend` is no slip of `friends`, `showRank` none of `show`: each is a word that somebody says.
    !long.starts_with(short.as_str()) && differs * 4 <= long.chars().count().max(4)
}

/// A game's own way to say something: what its messages hold, what that means, and where the figures are.
///
/// As JSON: `{"match": {"messageType": 3}, "means": "score", "value": "data.score"}`. `match` has values by path, texts and
/// numbers alike; `means` is one of [`Meaning::NAMES`]; `value` is the path of the meaning's own figure (a score, a page, a
/// ticket, an openid, an object of variables), and members of other names (`key`, `width`, `nickName`, …) are paths of what
/// messages have under these names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Values by path.
    pub values: Vec<(Arc<str>, Arc<str>)>,
    /// What it means.
    pub means: Meaning,
    /// Names of members with the paths that stand in for them.
    pub figures: Vec<(Arc<str>, Arc<str>)>,
}

impl Match {
    fn fits(&self, message: &Value, limits: &Limits) -> bool {
        let is = |(path, wanted): &(Arc<str>, Arc<str>)| {
            at_path(message, path, limits).is_some_and(|value| *value.to_text() == **wanted)
        };
        !self.values.is_empty() && self.values.iter().all(is)
    }
}

impl TryFrom<&Value> for Match {
    type Error = Error;

    fn try_from(value: &Value) -> Result<Self, Error> {
        let wrong = |message: String| Error::new(ErrorKind::Usage, message);
        let members = value
            .as_map()
            .ok_or_else(|| wrong(format!("expected an object of `match` and `means`, found {}", value.kind())))?;
        let values = members.get("match").and_then(Value::as_map).filter(|values| !values.is_empty());
        let values =
            values.ok_or_else(|| wrong("expected `match`: an object of values by path, such as {\"type\": 3}".into()))?;
        let means =
            members.get("means").and_then(Value::as_text).ok_or_else(|| wrong("expected `means`, found none".into()))?;
        let known = Meaning::NAMES.iter().find(|(name, _)| is_same_name(name, means)).map(|(_, meaning)| *meaning);
        let known = known.ok_or_else(|| {
            let names = || Meaning::NAMES.iter().map(|(name, _)| *name);
            let error =
                wrong(format!("expected one of {} as `means`, found '{means:.40}'", names().collect::<Vec<_>>().join(", ")));
            match closest(means, names()) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })?;
        let mut figures = Vec::new();
        for (name, path) in members.iter().filter(|(name, _)| !matches!(&***name, "match" | "means")) {
            let path =
                path.as_text().ok_or_else(|| wrong(format!("expected a path as `{name:.40}`, found {}", path.kind())))?;
            let name = if &**name == "value" { known.figure().unwrap_or("value").into() } else { folded(name) };
            figures.push((Arc::from(name), Arc::from(path)));
        }
        let values = values.iter().map(|(path, value)| (Arc::clone(path), value.to_text())).collect();
        Ok(Self { values, means: known, figures })
    }
}

/// The value at a path of members with dots between; texts of JSON on the way are opened.
fn at_path(message: &Value, path: &str, limits: &Limits) -> Option<Value> {
    path.split('.').try_fold(message.clone(), |value, name| {
        let inner = value.get(name)?;
        Some(Fields::open(inner, limits).unwrap_or_else(|| inner.clone()))
    })
}

#[cfg(test)]
#[path = "vocabulary_tests.rs"]
mod tests;
