//! The vocabulary: which word of a message means what. Games spell one thing in many ways; a game can add its own.

use std::sync::Arc;

use super::fields::Fields;
use crate::error::{Diagnostic, Place, closest};
use crate::friends::Score;
use crate::geometry::{Point, Rect, Transform};
use crate::json::{Value, is_same_name};
use crate::limits::Limits;
use crate::number::Number;

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Show the friends' board.
    ShowFriends,
    /// Show a group's board.
    ShowGroup,
    /// Show the next friend to beat.
    ShowNextToBeat,
    /// Hide the board and clear the canvas.
    Hide,
    /// The box that the canvas covers on the screen.
    Viewport,
    /// The same as a matrix.
    Matrix,
    /// The canvas's own size.
    Resize,
    /// The player's own new score, to be stored too.
    StoreScore,
    /// The player's own new score, which the main domain stores.
    Score,
    /// A page of the board.
    Page,
    /// Who 'self' is.
    Identity,
    /// Ask for the data anew.
    Refresh,
    /// Scroll somewhere.
    Scroll,
}

/// The members that can hold a message's word, in the order in which they are looked at.
const DISCRIMINATORS: &[&str] = &["type", "command", "event", "action", "message", "method", "key"];

/// The words that are in use.
const WORDS: &[(&str, Meaning)] = &[
    ("show", Meaning::ShowFriends),
    ("showFriendList", Meaning::ShowFriends),
    ("render", Meaning::ShowFriends),
    ("showFriendRank", Meaning::ShowFriends),
    ("showFriendsRank", Meaning::ShowFriends),
    ("rank", Meaning::ShowFriends),
    ("showRank", Meaning::ShowFriends),
    ("renderRank", Meaning::ShowFriends),
    ("showGroupRank", Meaning::ShowGroup),
    ("showGroupFriendsRank", Meaning::ShowGroup),
    ("beyond", Meaning::ShowNextToBeat),
    ("hide", Meaning::Hide),
    ("close", Meaning::Hide),
    ("undisplay", Meaning::Hide),
    ("hideFriendRank", Meaning::Hide),
    ("clear", Meaning::Hide),
    ("WXDestroy", Meaning::Hide),
    ("updateViewPort", Meaning::Viewport),
    ("layoutUpdateViewPort", Meaning::Viewport),
    ("WXRender", Meaning::Viewport),
    ("viewport", Meaning::Viewport),
    ("changeMatrix", Meaning::Matrix),
    ("resize", Meaning::Resize),
    ("setUserRecord", Meaning::StoreScore),
    ("update", Meaning::Score),
    ("updateData", Meaning::Score),
    ("changePage", Meaning::Page),
    ("paging", Meaning::Page),
    ("getOpenId", Meaning::Identity),
    ("friend", Meaning::Identity),
    ("selfOpenId", Meaning::Identity),
    ("refreshData", Meaning::Refresh),
    ("invalidate", Meaning::Refresh),
    ("scrollTo", Meaning::Scroll),
];

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
}

impl Default for Vocabulary {
    /// What the platforms' samples, the engines and known games say.
    fn default() -> Self {
        Self {
            discriminators: DISCRIMINATORS.iter().map(|name| Arc::from(*name)).collect(),
            words: WORDS.iter().map(|(word, meaning)| (Arc::from(*word), *meaning)).collect(),
        }
    }
}

/// A message that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// What it says.
    pub message: Message,
    /// `selfOpenId`, which any message can bring along.
    pub self_openid: Option<Arc<str>>,
    /// Other members that say something in any message that shows a board.
    pub tab: Option<Arc<str>>,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Show the friends' board.
    ShowFriends(Show),
    /// Show a group's board.
    ShowGroup {
        /// The ticket of the share that the game was opened from; empty where there is none.
        ticket: Arc<str>,
        /// The group's identity; empty where there is none.
        group: Arc<str>,
        /// How.
        show: Show,
    },
    /// Show the next friend to beat.
    ShowNextToBeat(Show),
    /// Hide the board and clear the canvas.
    Hide,
    /// The canvas covers this box, logical px of the window.
    Viewport(Rect),
    /// From the canvas's own px to the screen's device px, and the canvas's own size.
    Matrix(Transform, Option<(u32, u32)>),
    /// The canvas's own size.
    Resize(u32, u32),
    /// The player's own new score.
    Score {
        /// The score.
        score: Score,
        /// The key that it is stored under, where the message names one.
        key: Option<Arc<str>>,
        /// The value as it is stored, where the context is to store it.
        store: Option<Arc<str>>,
    },
    /// A page.
    Page(Turn),
    /// Who 'self' is: in [`Received::self_openid`].
    Identity,
    /// Ask for the data anew.
    Refresh,
    /// Scroll somewhere.
    Scroll {
        /// The scroll view's `id`; the first that can scroll where there is none.
        id: Option<Arc<str>>,
        /// Offsets, px; `None` leaves one as it is.
        x: Option<f32>,
        /// The same downwards.
        y: Option<f32>,
        /// In a movement rather than at once.
        animated: bool,
    },
}

/// How a board is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Show {
    /// The score's key, where the message names one.
    pub key: Option<Arc<str>>,
    /// The canvas's own size.
    pub size: Option<(u32, u32)>,
    /// How far down the board is scrolled, px.
    pub scroll_y: Option<f32>,
    /// Data is asked for anew whatever its age.
    pub force: bool,
}

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// This one, as messages count.
    To(i64),
    /// So many on, or back.
    By(i64),
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

    fn meaning(&self, word: &str) -> Option<Meaning> {
        self.words.iter().find(|(known, _)| is_same_name(known, word)).map(|(_, meaning)| *meaning)
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
            Value::Number(number) => {
                let turn = Turn::To(whole(number).ok_or_else(|| wrong("a page's number was expected", &number.to_string()))?);
                Ok(Received { message: Message::Page(turn), self_openid: None, tab: None })
            }
            Value::Map(_) => self.read_map(message, limits),
            other => Err(wrong("a message is an object, a word or JSON", other.kind())),
        }
    }

    fn read_map(&self, message: &Value, limits: &Limits) -> Result<Received, Diagnostic> {
        let mut found: Vec<Arc<str>> = Vec::new();
        // A message may stand whole inside of another: `{message: {command: "render"}}`.
        let mut level = message.clone();
        for _ in 0..4 {
            let mut inner = None;
            for name in &self.discriminators {
                let Some(value) = level.get(name) else { continue };
                let opened = Fields::open(value, limits);
                match opened.as_ref().unwrap_or(value) {
                    Value::Text(word) => {
                        if let Some(meaning) = self.meaning(word) {
                            return understand(meaning, word, &Fields::of(&level, name, limits));
                        }
                        found.push(Arc::clone(word));
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
        if found.is_empty() && level.get("selfOpenId").is_some() {
            return understand(Meaning::Identity, "selfOpenId", &Fields::of(&level, "", limits));
        }
        let words: Vec<&str> = found.iter().map(|word| &**word).collect();
        Err(self.unknown(&words))
    }

    fn unknown(&self, words: &[&str]) -> Diagnostic {
        let shown: Vec<String> = words.iter().map(|word| format!("'{word:.40}'")).collect();
        let message = if shown.is_empty() {
            format!("unknown message: none of {} has a word in it", self.discriminators.join(", "))
        } else {
            format!("unknown message {}", shown.join(", "))
        };
        let known = || self.words.iter().map(|(word, _)| &**word);
        let close = words.iter().find_map(|word| closest(word, known()));
        let diagnostic = Diagnostic::warning("unknown-message", message, Place::default());
        match close {
            Some(close) => diagnostic.hint(format!("did you mean '{close}'?")),
            None => diagnostic,
        }
    }
}

fn wrong(expected: &str, found: &str) -> Diagnostic {
    let found: String = found.chars().take(80).collect();
    Diagnostic::warning("bad-message", format!("{expected}, found {found}"), Place::default())
}

fn whole(number: &Number) -> Option<i64> {
    number.as_integer().and_then(|number| i64::try_from(number).ok())
}

/// Reads what a word's message holds.
fn understand(meaning: Meaning, word: &str, fields: &Fields) -> Result<Received, Diagnostic> {
    let lacks = |what: &str| wrong(&format!("message '{word:.40}': {what} was expected"), "none");
    let message = match meaning {
        Meaning::ShowFriends => Message::ShowFriends(show(fields)),
        Meaning::ShowNextToBeat => Message::ShowNextToBeat(show(fields)),
        Meaning::ShowGroup => Message::ShowGroup {
            ticket: fields.text(&["shareticket", "ticket"]).unwrap_or_default(),
            group: fields.text(&["groupid", "opengid"]).unwrap_or_default(),
            show: show(fields),
        },
        Meaning::Hide => Message::Hide,
        Meaning::Viewport => Message::Viewport(viewport(fields).ok_or_else(|| lacks("a box of x, y, width and height"))?),
        Meaning::Matrix => {
            let part = |name| fields.float(&[name]);
            let (a, d) = (part("a"), part("d"));
            let (Some(a), Some(d)) = (a, d) else { return Err(lacks("a matrix of a, b, c, d, tx and ty")) };
            let (b, c) = (part("b").unwrap_or(0.0), part("c").unwrap_or(0.0));
            let (e, f) = (part("tx").unwrap_or(0.0), part("ty").unwrap_or(0.0));
            Message::Matrix(Transform { a, b, c, d, e, f }, size(fields, 1.0))
        }
        Meaning::Resize => {
            let (width, height) = size(fields, ratio(fields)).ok_or_else(|| lacks("width and height"))?;
            Message::Resize(width, height)
        }
        Meaning::StoreScore | Meaning::Score => match own_score(fields, meaning == Meaning::StoreScore) {
            Some(message) => message,
            // 'Something changed', without saying what.
            None if meaning == Meaning::Score => Message::Refresh,
            None => return Err(lacks("a score as value, score or KVDataList")),
        },
        Meaning::Page => Message::Page(turn(fields).ok_or_else(|| lacks("a page's number"))?),
        Meaning::Identity => Message::Identity,
        Meaning::Refresh => Message::Refresh,
        Meaning::Scroll => {
            let (x, y) = (fields.float(&["x", "scrollx", "left"]), fields.float(&["y", "scrolly", "top", "offset", "value"]));
            if x.is_none() && y.is_none() {
                return Err(lacks("x or y in px"));
            }
            let animated = fields.get(&["animated", "animate"]).is_none_or(Value::is_true);
            Message::Scroll { id: fields.text(&["id", "target"]).filter(|id| !id.is_empty()), x, y, animated }
        }
    };
    let named: &[&str] =
        if meaning == Meaning::Identity { &["selfopenid", "openid", "value", "data"] } else { &["selfopenid"] };
    let self_openid = fields.text(named).filter(|openid| !openid.is_empty());
    if meaning == Meaning::Identity && self_openid.is_none() {
        return Err(lacks("an openid"));
    }
    Ok(Received { message, self_openid, tab: fields.text(&["tab"]) })
}

fn show(fields: &Fields) -> Show {
    Show {
        key: fields.text(&["rankkey", "key", "scorekey"]).filter(|key| !key.is_empty()),
        size: size(fields, ratio(fields)),
        scroll_y: fields.float(&["scrolly"]),
        force: fields.get(&["force"]).is_some_and(Value::is_true),
    }
}

/// What turns the message's px into the canvas's own.
fn ratio(fields: &Fields) -> f32 {
    fields.float(&["pixelratio", "devicepixelratio"]).filter(|ratio| *ratio > 0.0 && *ratio <= 8.0).unwrap_or(1.0)
}

fn size(fields: &Fields, ratio: f32) -> Option<(u32, u32)> {
    let side = |names: &[&str]| {
        let own = (fields.float(names)? * ratio).round();
        (1.0..=65_535.0).contains(&own).then_some(own as u32)
    };
    Some((side(&["width", "w"])?, side(&["height", "h"])?))
}

fn viewport(fields: &Fields) -> Option<Rect> {
    let extent = |names: &[&str]| fields.float(names).filter(|extent| *extent > 0.0);
    let (width, height) = (extent(&["width", "w"])?, extent(&["height", "h"])?);
    let origin = Point::new(fields.float(&["x", "left"]).unwrap_or(0.0), fields.float(&["y", "top"]).unwrap_or(0.0));
    // `WXRender` counts in device px and says how many a logical px has.
    Some(Rect::new(origin.x, origin.y, width, height).scaled(1.0 / ratio(fields)))
}

fn turn(fields: &Fields) -> Option<Turn> {
    let number = |names: &[&str]| fields.get(names).and_then(Fields::number).and_then(|number| whole(&number));
    if let Some(by) = number(&["delta", "by", "offset"]) {
        return Some(Turn::By(by));
    }
    match fields.text(&["page", "value", "data", "direction"]).as_deref() {
        Some("next") => return Some(Turn::By(1)),
        Some("prev" | "previous" | "last") => return Some(Turn::By(-1)),
        _ => {}
    }
    number(&["page", "pageindex", "index", "value", "data"]).map(Turn::To)
}

fn own_score(fields: &Fields, store: bool) -> Option<Message> {
    let mut key = fields.text(&["rankkey", "key", "scorekey"]).filter(|key| !key.is_empty());
    let pairs = fields.get(&["kvdatalist"]).or_else(|| fields.get(&["data"]).filter(|data| matches!(data, Value::List(_))));
    let value = match pairs {
        Some(Value::List(pairs)) => {
            let named = |pair: &&Value| match &key {
                Some(key) => pair.get("key").and_then(Value::as_text) == Some(key),
                None => true,
            };
            let pair = pairs.iter().filter(named).find(|pair| pair.get("value").and_then(Score::of_value).is_some())?;
            key = pair.get("key").and_then(Value::as_text).map(Arc::from);
            pair.get("value")?.clone()
        }
        _ => fields.get(&["score", "value", "record", "data"])?.clone(),
    };
    let score = Score::of_value(&value)?;
    Some(Message::Score { score, key, store: store.then(|| Arc::from(Fields::stored(&value))) })
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
