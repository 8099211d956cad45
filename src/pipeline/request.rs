//! What is to be drawn: friends, how they are ranked, and what surrounds them.

use std::sync::Arc;

use serde::Deserialize;

use super::board::Board;
use super::look::{Locale, Theme};
use crate::error::{Diagnostic, Error, ErrorKind, Place, Result, closest};
use crate::friends::{self, Friend, FriendData, Order, RankOptions, ReadOptions, Since, ThenBy, Ties, WithoutScore, Zone};
use crate::geometry::{Point, Size};
use crate::json::{self, Ceiling, Source, Value};
use crate::limits::Limits;
use crate::reading::Reading;
use crate::scene::{BoardState, Surroundings, globals};
use crate::sorted::BTreeMap;
use crate::style::Dialect;

/// What is to be drawn, with every option of `friendboard render`.
///
/// As JSON:
///
/// | member | value |
/// |---|---|
/// | `board` | a built-in board; `leaderboard` where there is no `template` either |
/// | `template`, `styles` | a template (XML) and its style sheets (JSON texts), in place of `board` |
/// | `dialect` | `css` or `layout`, whatever the template's root says |
/// | `data` | friend data in any platform's shape: the value itself, or its JSON as a string |
/// | `width`, `height` | the canvas in px at dpr 1 |
/// | `dpr` | device px per px; 1 |
/// | `theme` | a bundled theme, or an object of colours by role; `light` |
/// | `locale` | a bundled locale, or an object of texts by key; `en` |
/// | `state` | `ready`, `loading`, `empty`, `denied`, `error`; without it, as the data says |
/// | `selfOpenid` | the player's own openid; without it, as the data says |
/// | `key` | the key whose value is the score, or a path into its JSON (`daily.highestScore`); without it, the first that reads as one |
/// | `order` | which score is better: `desc`, the higher, or `asc`; `none` keeps the order of the data |
/// | `ties` | ranks of equal scores: `competition`, `dense`, `ordinal` |
/// | `withoutScore` | friends without a score: `last` or `left-out` |
/// | `thenBy` | what decides between equal scores: `cost_ms:asc`, or a list of such |
/// | `since` | older scores count as none: a date, a time by RFC 3339, seconds or milliseconds |
/// | `date`, `zone` | the time it is, written as `since` is, and on whose clocks dates are shown (`+08:00`) |
/// | `pageSize` | places of a page, where the data is one (Douyin's `getImRankData`) |
/// | `top` | so many of the best only |
/// | `variables` | an object of further values that the template names |
/// | `scroll` | offsets by scrollview id: `{"list": [0, 120]}` |
/// | `pressed` | ids of nodes that are shown pressed |
///
/// `width` and `height` are a must. Members of other names are refused, so that a misspelt one is not passed over.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Request {
    /// A built-in board by its name, for [`Request::compile`].
    #[serde(default)]
    pub board: Option<String>,
    /// A template, XML, for [`Request::compile`].
    #[serde(default)]
    pub template: Option<String>,
    /// Its style sheets, JSON; a later one wins.
    #[serde(default)]
    pub styles: Vec<String>,
    /// By whose rules the board is read; `None`: as its root says.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<String>))]
    pub dialect: Option<Dialect>,
    /// Friend data; `None` is no friends.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<Value>))]
    pub data: Option<Source>,
    /// Width of the canvas, px at dpr 1.
    pub width: f32,
    /// Height of the canvas, px at dpr 1.
    pub height: f32,
    /// Device px per px.
    #[serde(default = "one")]
    pub dpr: f32,
    /// Colours.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Value))]
    pub theme: Theme,
    /// The board's own texts.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Value))]
    pub locale: Locale,
    /// The state that is shown; `None`: as the data says.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<String>))]
    pub state: Option<BoardState>,
    /// The player's own openid; `None`: as the data says.
    #[serde(default)]
    pub self_openid: Option<String>,
    /// The key whose value is the score; `None`: the first that reads as one.
    #[serde(default)]
    pub key: Option<String>,
    /// Which score is better.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub order: Order,
    /// Which rank equal scores get.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub ties: Ties,
    /// Where friends stand who have no score.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub without_score: WithoutScore,
    /// What decides between equal scores, before their times do.
    #[serde(default, deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "serve", schema(value_type = Value))]
    pub then_by: Vec<ThenBy>,
    /// Older scores count as none.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<Value>))]
    pub since: Option<Since>,
    /// The time it is, for `ago` and a board's own texts; `None`: nobody says.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<Value>))]
    pub date: Option<Since>,
    /// On whose clocks dates are shown.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Option<Value>))]
    pub zone: Zone,
    /// How many places a page has, where the data is a page of a longer order.
    #[serde(default)]
    pub page_size: Option<usize>,
    /// How many friends are shown; `None`: all.
    #[serde(default)]
    pub top: Option<usize>,
    /// Further values that the template names.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Object))]
    pub variables: BTreeMap<String, Value>,
    /// Offsets of scroll views by their id, px.
    #[serde(default)]
    #[cfg_attr(feature = "serve", schema(value_type = Object))]
    pub scroll: BTreeMap<String, (f32, f32)>,
    /// Ids of nodes that are shown pressed.
    #[serde(default)]
    pub pressed: Vec<String>,
}

fn one() -> f32 {
    1.0
}

/// A list, or the only item of one.
pub(crate) fn one_or_several<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Vec<ThenBy>, D::Error> {
    let text = |value: &Value| match value.as_text() {
        Some(text) => text.parse::<ThenBy>().map_err(serde::de::Error::custom),
        None => Err(serde::de::Error::custom(format!("expected KEY, KEY:asc or KEY:desc, found {}", value.kind()))),
    };
    match Value::deserialize(from)? {
        Value::Null => Ok(Vec::new()),
        Value::List(items) => items.iter().map(text).collect(),
        value => Ok(vec![text(&value)?]),
    }
}

/// What is said where nobody is who the caller says that self is.
fn unknown_self(openid: &str, data: &FriendData) -> Diagnostic {
    let message = format!("nobody of {} friends is `{openid:.64}`: nobody is self", data.friends.len());
    let diagnostic = Diagnostic::warning("unknown-self", message, Place::default());
    let known: Vec<_> = data.friends.iter().map(Friend::openid).filter(|openid| !openid.is_empty()).collect();
    match closest(openid, known.iter().map(AsRef::as_ref)) {
        Some(known) => diagnostic.hint(format!("did you mean `{known:.64}`?")),
        None => diagnostic,
    }
}

impl Default for Request {
    /// No friends on a canvas of 800×800 px.
    fn default() -> Self {
        Self {
            board: None,
            template: None,
            styles: Vec::new(),
            dialect: None,
            data: None,
            width: 800.0,
            height: 800.0,
            dpr: 1.0,
            theme: Theme::default(),
            locale: Locale::default(),
            state: None,
            self_openid: None,
            key: None,
            order: Order::default(),
            ties: Ties::default(),
            without_score: WithoutScore::default(),
            then_by: Vec::new(),
            since: None,
            date: None,
            zone: Zone::default(),
            page_size: None,
            top: None,
            variables: BTreeMap::new(),
            scroll: BTreeMap::new(),
            pressed: Vec::new(),
        }
    }
}

impl Request {
    /// Friends as any platform gives them, JSON, on a canvas of 800×800 px.
    ///
    /// ```
    /// use friendboard::{Request, friends::Order};
    /// let request = Request { order: Order::Asc, ..Request::friends("[]").me("o1").size(360, 640).dpr(2.0) };
    /// assert_eq!((request.width, request.dpr), (360.0, 2.0));
    /// ```
    #[must_use]
    pub fn friends(json: impl Into<Arc<str>>) -> Self {
        Self { data: Some(Source::new(json, "<data>")), ..Self::default() }
    }

    /// Reads a request's JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`], with line, column and JSON path, for what is no request; [`ErrorKind::Limit`] for more than
    /// [`Request::bytes_most`].
    ///
    /// ```
    /// use friendboard::{Limits, Request};
    /// let json = r#"{"width": 320, "height": 200, "data": [{"openid": "a", "nickname": "小明"}], "order": "asc"}"#;
    /// assert_eq!(Request::from_json(json, &Limits::default())?.width, 320.0);
    /// let error = Request::from_json(r#"{"width": 320, "heigth": 200}"#, &Limits::default()).unwrap_err();
    /// assert!(error.to_string().contains("did you mean `height`?"), "{error}");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        let data = Ceiling::data(limits).kind(ErrorKind::Usage);
        json::read(json, "<request>", Ceiling { bytes: Self::bytes_most(limits), ..data })
    }

    /// The longest JSON of a request, bytes: one whose data and template are as long as they may be, with room for how
    /// JSON writes the characters of a text.
    #[must_use]
    pub fn bytes_most(limits: &Limits) -> usize {
        limits.template_bytes.saturating_mul(4).saturating_add(limits.data_bytes).saturating_mul(6)
    }

    /// Who the player is, by openid.
    #[must_use]
    pub fn me(mut self, openid: &str) -> Self {
        self.self_openid = Some(openid.to_owned());
        self
    }

    /// The canvas in px at dpr 1.
    #[must_use]
    pub fn size(mut self, width: impl Into<f64>, height: impl Into<f64>) -> Self {
        (self.width, self.height) = (width.into() as f32, height.into() as f32);
        self
    }

    /// Device px per px.
    #[must_use]
    pub fn dpr(mut self, dpr: f32) -> Self {
        self.dpr = dpr;
        self
    }

    /// The colours, by a bundled theme's name or by role.
    #[must_use]
    pub fn theme(mut self, theme: impl Into<Theme>) -> Self {
        self.theme = theme.into();
        self
    }

    /// The board's own texts, by a bundled locale's tag or by key.
    #[must_use]
    pub fn locale(mut self, locale: impl Into<Locale>) -> Self {
        self.locale = locale.into();
        self
    }

    /// The state that is shown, whatever the data says.
    #[must_use]
    pub fn state(mut self, state: BoardState) -> Self {
        self.state = Some(state);
        self
    }

    /// A further value that the template names.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// Scrolls the scrollview with an id, px.
    #[must_use]
    pub fn scroll(mut self, id: &str, x: impl Into<f64>, y: impl Into<f64>) -> Self {
        self.scroll.insert(id.to_owned(), (x.into() as f32, y.into() as f32));
        self
    }

    /// Shows the node with an id pressed.
    #[must_use]
    pub fn press(mut self, id: &str) -> Self {
        self.pressed.push(id.to_owned());
        self
    }

    /// The canvas in px at dpr 1.
    #[must_use]
    pub fn canvas(&self) -> Size {
        Size::new(self.width, self.height)
    }

    /// The board that the request names or brings along. Who draws many frames of one compiles it once.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where it has both a board and a template; as [`Board::built_in`] and [`Board::compile`].
    pub fn compile(&self, limits: &Limits) -> Result<Board> {
        match (&self.template, &self.board) {
            (Some(_), Some(_)) => Err(Error::new(ErrorKind::Usage, "`board` or `template` was expected, found both")),
            (Some(template), None) => {
                let styles: Vec<(&str, &str)> = self.styles.iter().map(|style| ("<style>", style.as_str())).collect();
                Board::compile(("<template>", template), &styles, limits)
            }
            (None, board) => Board::built_in(board.as_deref().unwrap_or("leaderboard")),
        }
    }

    /// Reads and ranks the friends, and puts around them what a board can name.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a theme or a locale that is not bundled; as [`friends::read`] says of data that is none.
    pub fn bind(&self, reading: &mut Reading<'_>) -> Result<Bound> {
        let data = match &self.data {
            Some(source) => {
                let options = ReadOptions { key: self.key.clone() };
                friends::read_document(source.document(reading.limits)?, &options, reading)?
            }
            None => FriendData::default(),
        };
        let options = RankOptions {
            order: self.order,
            ties: self.ties,
            without_score: self.without_score,
            top: self.top,
            self_openid: self.self_openid.as_deref().map(Arc::from),
            self_profile: None,
            then_by: self.then_by.clone(),
            since: self.since,
            page_size: self.page_size,
        };
        let ranking = Arc::new(friends::rank(&data, &options));
        if let Some(openid) = self.self_openid.as_deref()
            && ranking.self_entry().is_none()
            && !data.friends.is_empty()
        {
            reading.push(unknown_self(openid, &data));
        }
        let around = self.surroundings(&data)?;
        let values = globals(&data, &ranking, &around, reading);
        let drawn = if around.state == BoardState::Ready { ranking.shown().len().min(reading.limits.friends) } else { 0 };
        Ok(Bound { values, state: around.state, drawn, dropped: data.dropped })
    }

    /// State, theme, texts and variables.
    fn surroundings(&self, data: &FriendData) -> Result<Surroundings> {
        let (theme, dark) = self.theme.colors()?;
        let (strings, locale) = self.locale.texts()?;
        Ok(Surroundings {
            state: self.state.unwrap_or_else(|| BoardState::of(data)),
            dark,
            theme,
            strings,
            locale,
            size: self.canvas(),
            now: self.date.map(|date| date.0),
            zone: self.zone,
            variables: self.variables.iter().map(|(name, value)| (Arc::from(name.as_str()), value.clone())).collect(),
            marks: Arc::default(),
        })
    }

    pub(super) fn offsets(&self) -> Vec<(String, Point)> {
        self.scroll.iter().map(|(id, &(x, y))| (id.clone(), Point::new(x, y))).collect()
    }
}

/// What a board is bound to.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// All that a template can name: see [`globals`].
    pub values: Value,
    /// The state that is shown.
    pub state: BoardState,
    /// Friends that are shown; none where the board shows another state than that they are there.
    pub drawn: usize,
    /// Entries of the data that were dropped.
    pub dropped: usize,
}
