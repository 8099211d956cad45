//! What a game settles once: its boards, its platform, times and numbers.

use std::sync::Arc;

use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::friends::{Period, RankOptions, Zone};
use crate::json::Value;
use crate::pipeline::{Board, Locale, Theme};
use crate::platform::Platform;
use crate::sorted::BTreeMap;

/// What a board is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// `render`, `show` and kin; built in: `leaderboard`.
    Friends,
    /// `showGroupRank` and kin; built in: `group`.
    Group,
    /// `beyond`; built in: `surpass`.
    NextToBeat,
    /// The `wholeBoard` action of a smaller board; built in: `leaderboard`.
    WholeBoard,
}

impl Occasion {
    /// The built-in board that serves it.
    #[must_use]
    pub fn built_in(self) -> &'static str {
        match self {
            Self::Friends | Self::WholeBoard => "leaderboard",
            Self::Group => "group",
            Self::NextToBeat => "surpass",
        }
    }
}

/// What `invite` and `share` send. In the texts `{name}`, `{score}` and `{rank}` stand for the friend's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareText {
    /// Title.
    pub title: Arc<str>,
    /// Line below it.
    pub subtitle: Arc<str>,
    /// Picture; the platforms want one.
    pub image_url: Arc<str>,
    /// 1: title, subtitle and picture; 2: interactive (T).
    pub template_type: u8,
    /// The template that passed the platform's review: all that a message to a friend shows there (D).
    pub template_id: Arc<str>,
    /// A JSON text for the game that the message opens; empty: none (D).
    pub query: Arc<str>,
}

impl Default for ShareText {
    fn default() -> Self {
        Self {
            title: Arc::from("Come and play with me"),
            subtitle: Arc::from("Can you beat my score?"),
            image_url: Arc::from("share.png"),
            template_type: 1,
            template_id: Arc::default(),
            query: Arc::default(),
        }
    }
}

/// What a game settles once. Times are ms.
#[derive(Clone, Debug)]
pub struct Options {
    /// Boards of the game's own; an occasion that is not here has its built-in one.
    pub boards: BTreeMap<Occasion, Board>,
    /// The platform that the board asks for data and sends messages by.
    pub platform: Platform,
    /// Which words mean what.
    pub vocabulary: Vocabulary,
    /// The keys of the cloud storage that are asked for; the first is the score's.
    pub keys: Vec<Arc<str>>,
    /// Where the score is within the first key's JSON: the key and the names of members with dots between. `None`: where
    /// platforms and games usually have it.
    pub score_path: Option<Arc<str>>,
    /// Scores from before the running period count as none: which period, and whose clocks.
    pub period: Option<(Period, Zone)>,
    /// When the context's clock is 0, ms since 1970: for periods.
    pub wall_clock: f64,
    /// On whose clocks dates are shown.
    pub zone: Zone,
    /// How friends are ranked; `self_openid` until a message says otherwise.
    pub rank: RankOptions,
    /// Colours by role.
    pub theme: Value,
    /// True where the theme is a dark one.
    pub dark: bool,
    /// Texts by key.
    pub strings: Value,
    /// The locale's tag.
    pub locale: Arc<str>,
    /// Further globals of templates.
    pub variables: Vec<(Arc<str>, Value)>,
    /// What `invite` sends.
    pub invite: ShareText,
    /// What `share` sends.
    pub share: ShareText,
    /// Data older than this is not shown again.
    pub data_age: f64,
    /// A platform that has not answered a request for data after this long has failed.
    pub data_timeout: f64,
    /// Pictures that are under way at once.
    pub pictures_at_once: usize,
    /// How often a picture is tried.
    pub picture_tries: u32,
    /// The wait before a picture's second try; it doubles with each further one.
    pub picture_backoff: f64,
    /// A picture that has not come after this long has failed.
    pub picture_timeout: f64,
    /// Pictures out of sight that are loaded ahead, in the order of the board.
    pub pictures_ahead: usize,
    /// The number of the first page in messages: 1, or 0 for a game that counts from there.
    pub first_page: i64,
    /// Farther than this (px) a finger drags and does not tap.
    pub tap_distance: f32,
    /// Longer than this a finger that stays where it is does not tap.
    pub tap_time: f64,
}

impl Options {
    /// The built-in boards on a platform, in a bundled theme and locale.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for a theme or a locale that is not bundled.
    pub fn new(platform: Platform, theme: &str, locale: &str) -> Result<Self> {
        Ok(Self::with_look(platform, Theme::from(theme).colors()?, Locale::from(locale).texts()?))
    }

    /// The same in colours (and whether they are dark ones) and texts (and their locale's tag) that are known.
    pub(crate) fn with_look(platform: Platform, (theme, dark): (Value, bool), (strings, locale): (Value, Arc<str>)) -> Self {
        Self {
            boards: BTreeMap::new(),
            platform,
            vocabulary: Vocabulary::default(),
            keys: vec![Arc::from("score")],
            score_path: None,
            period: None,
            wall_clock: 0.0,
            zone: Zone::default(),
            rank: RankOptions::default(),
            theme,
            dark,
            strings,
            locale,
            variables: Vec::new(),
            invite: ShareText::default(),
            share: ShareText { title: Arc::from("Look at my score"), ..ShareText::default() },
            data_age: 60_000.0,
            data_timeout: 10_000.0,
            pictures_at_once: 6,
            picture_tries: 3,
            picture_backoff: 500.0,
            picture_timeout: 10_000.0,
            pictures_ahead: 120,
            first_page: 1,
            tap_distance: 10.0,
            tap_time: 800.0,
        }
    }
}
