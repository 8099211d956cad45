//! What a message says, once it is known what its word means.

use std::sync::Arc;

use super::fields::Fields;
use super::words::Meaning;
use crate::error::{Diagnostic, Place};
use crate::friends::Score;
use crate::geometry::{Point, Rect, Transform};
use crate::json::Value;
use crate::number::Number;

/// A message that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// What it says.
    pub message: Message,
    /// `selfOpenId`, which any message can bring along.
    pub self_openid: Option<Arc<str>>,
    /// The player's own name and picture, which stand beside a score or come by themselves.
    pub profile: Option<Profile>,
    /// Other members that say something in any message that shows a board.
    pub tab: Option<Arc<str>>,
}

/// Who plays, as the main domain knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name; empty where it is not said.
    pub nickname: Arc<str>,
    /// The avatar's address; empty where it is not said.
    pub avatar_url: Arc<str>,
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
    /// Values that the template can name.
    Variables(Value),
    /// Nothing that concerns a board.
    Nothing,
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

pub(super) fn wrong(expected: &str, found: &str) -> Diagnostic {
    let found: String = found.chars().take(80).collect();
    Diagnostic::warning("bad-message", format!("{expected}, found {found}"), Place::default())
}

fn whole(number: &Number) -> Option<i64> {
    number.as_integer().and_then(|number| i64::try_from(number).ok())
}

/// Reads what a word's message holds.
pub(super) fn understand(meaning: Meaning, word: &str, fields: &Fields) -> Result<Received, Diagnostic> {
    let lacks = |what: &str| {
        let message = if word.is_empty() { "a message".to_owned() } else { format!("message '{word:.40}'") };
        wrong(&format!("{message}: {what} was expected"), "none")
    };
    let message = match meaning {
        Meaning::ShowFriends | Meaning::ShowGroup => {
            // A ticket beside any show says that it is a group's.
            let ticket = fields.text(&["shareticket", "ticket"]).unwrap_or_default();
            let group = fields.text(&["groupid", "opengid"]).unwrap_or_default();
            let alone = || fields.text(&["text", "value", "data"]).unwrap_or_default();
            let is_group = meaning == Meaning::ShowGroup;
            let ticket = if is_group && ticket.is_empty() && group.is_empty() { alone() } else { ticket };
            if is_group || !(ticket.is_empty() && group.is_empty()) {
                Message::ShowGroup { ticket, group, show: show(fields) }
            } else {
                Message::ShowFriends(show(fields))
            }
        }
        Meaning::ShowNextToBeat => Message::ShowNextToBeat(show(fields)),
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
            None => return Err(lacks("a score as score, value, highestScore or KVDataList")),
        },
        Meaning::NextPage => Message::Page(Turn::By(1)),
        Meaning::PreviousPage => Message::Page(Turn::By(-1)),
        Meaning::Variables => match fields.get(&["variables", "data", "value", "payload"]) {
            Some(map @ Value::Map(_)) => Message::Variables(map.clone()),
            _ => return Err(lacks("an object of values by name as `data` or `variables`")),
        },
        Meaning::Ignore => Message::Nothing,
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
    let is_identity = meaning == Meaning::Identity;
    let person = fields.person();
    let named: &[&str] = if is_identity { &["selfopenid", "openid", "value", "data"] } else { &["selfopenid"] };
    let self_openid = fields.text(named).filter(|openid| !openid.is_empty());
    let self_openid = self_openid.or_else(|| person.as_ref()?.text(&["openid"]).filter(|openid| !openid.is_empty()));
    let profile = person.as_ref().map(profile).filter(|profile| *profile != Profile::default());
    if is_identity && self_openid.is_none() && profile.is_none() {
        return Err(lacks("an openid, or userInfo with nickName and avatarUrl"));
    }
    Ok(Received { message, self_openid, profile, tab: fields.text(&["tab"]) })
}

fn profile(person: &Fields) -> Profile {
    Profile {
        nickname: person.text(&["nickname"]).unwrap_or_default(),
        avatar_url: person.text(&["avatarurl", "userimg"]).unwrap_or_default(),
    }
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
        _ => fields.get(&["score", "highestscore", "maxscore", "bestscore", "value", "record", "data"])?.clone(),
    };
    let score = Score::of_value(&value)?;
    Some(Message::Score { score, key, store: store.then(|| Arc::from(Fields::stored(&value))) })
}
