//! What a card shows: plain data, which a template in `assets/templates/share/` draws.

use serde::Serialize;

use super::circumstances::is_remote;
use crate::json::{self, Value};
use crate::platform::Platform;

/// The kind of a card; each has a template of its own, named after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    /// TikTok, template 1: picture, title, subtitle, full-width button.
    TiktokCallToAction,
    /// TikTok, template 2: full-bleed picture, title and subtitle over a scrim, two quick answers.
    TiktokInteractive,
    /// TikTok: a story.
    TiktokStory,
    /// Douyin: a message with a picture.
    DouyinMessage,
    /// Douyin: a team invitation with seats.
    DouyinTeam,
    /// Douyin: a video's cover, 9:16.
    DouyinVideo,
    /// Douyin: a picture post.
    DouyinPicture,
    /// WeChat: a mini program card; with a status line for an updatable message.
    WechatMiniProgram,
    /// WeChat: a web page card.
    WechatWebPage,
    /// WeChat: a text bubble.
    WechatText,
    /// WeChat moments: the strip that a web page makes there, or a text.
    WechatMoments,
}

impl CardKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::TiktokCallToAction,
        Self::TiktokInteractive,
        Self::TiktokStory,
        Self::DouyinMessage,
        Self::DouyinTeam,
        Self::DouyinVideo,
        Self::DouyinPicture,
        Self::WechatMiniProgram,
        Self::WechatWebPage,
        Self::WechatText,
        Self::WechatMoments,
    ];

    /// The kind's name, which is its template's file name without the ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TiktokCallToAction => "tiktok-call-to-action",
            Self::TiktokInteractive => "tiktok-interactive",
            Self::TiktokStory => "tiktok-story",
            Self::DouyinMessage => "douyin-message",
            Self::DouyinTeam => "douyin-team",
            Self::DouyinVideo => "douyin-video",
            Self::DouyinPicture => "douyin-picture",
            Self::WechatMiniProgram => "wechat-mini-program",
            Self::WechatWebPage => "wechat-web-page",
            Self::WechatText => "wechat-text",
            Self::WechatMoments => "wechat-moments",
        }
    }
}

/// Where a card's picture comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageKind {
    /// There is none: a placeholder is drawn.
    #[default]
    None,
    /// An `http(s)` address.
    Remote,
    /// A path as the game spells it.
    Local,
    /// In the request itself, as a `data:` address.
    Inline,
    /// The app's icon, which the platform takes where there is no picture.
    Icon,
    /// The page that is open, from its top, 80% of the screen's width high (W).
    PageTop,
    /// The first frame of a video.
    VideoFrame,
}

/// A card's picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Image {
    /// Where it comes from.
    pub kind: ImageKind,
    /// Address or path; empty where there is none (a page's picture is the host's to take).
    pub src: String,
    /// Weight in bytes that the platform takes at most; `None` where it names no limit.
    #[serde(rename = "bytesMost")]
    pub bytes_most: Option<u32>,
}

impl Image {
    /// A picture that a request names by address or path.
    #[must_use]
    pub fn named(src: &str) -> Self {
        let kind = match src {
            "" => ImageKind::None,
            _ if is_remote(src) => ImageKind::Remote,
            _ if src.starts_with("data:") => ImageKind::Inline,
            _ => ImageKind::Local,
        };
        Self { kind, src: src.to_owned(), bytes_most: None }
    }

    /// A picture of this kind.
    #[must_use]
    pub fn of(kind: ImageKind, src: &str) -> Self {
        Self { kind, src: src.to_owned(), bytes_most: None }
    }
}

/// A card's line of state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Status {
    /// Its text.
    pub text: String,
    /// Its colour, `#rrggbb`.
    pub color: String,
}

/// A team's seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Seats {
    /// How many are taken.
    pub taken: u32,
    /// How many there are.
    pub limit: u32,
}

/// The app as a card names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct CardApp {
    /// Its name.
    pub name: String,
    /// Address or path of its icon; empty: none is known.
    pub icon: String,
}

/// Everything that a card shows. As data of a template it is the value `card`.
///
/// ```
/// use friendboard::platform::Platform;
/// use friendboard::share::{CardKind, CardModel};
/// let card = CardModel { title: "打败我".into(), ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram) };
/// assert_eq!(card.to_value().get("kind").unwrap().as_text(), Some("wechat-mini-program"));
/// assert_eq!(card.to_value().get("title").unwrap().as_text(), Some("打败我"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CardModel {
    /// The platform whose call it is.
    pub platform: Platform,
    /// The kind, which is the template.
    pub kind: CardKind,
    /// The app that shares.
    pub app: CardApp,
    /// Title; empty: none.
    pub title: String,
    /// Lines that the platform gives a title.
    pub title_lines: u8,
    /// Line below the title; empty: none.
    pub subtitle: String,
    /// Longer text; empty: none.
    pub description: String,
    /// Lines that the platform gives the longer text.
    pub description_lines: u8,
    /// The picture.
    pub image: Image,
    /// Width and height of the picture's frame, as a ratio.
    pub image_ratio: [u16; 2],
    /// Line of state.
    pub status: Option<Status>,
    /// A team's seats.
    pub seats: Option<Seats>,
    /// Topics of a video, without `#`.
    pub topics: Vec<String>,
    /// Buttons, from the first to the last.
    pub buttons: Vec<String>,
    /// The platform's mark, such as `小程序`.
    pub mark: String,
}

impl CardModel {
    /// An empty card of a kind.
    #[must_use]
    pub fn new(platform: Platform, kind: CardKind) -> Self {
        Self {
            platform,
            kind,
            app: CardApp::default(),
            title: String::new(),
            title_lines: 2,
            subtitle: String::new(),
            description: String::new(),
            description_lines: 3,
            image: Image::default(),
            image_ratio: [5, 4],
            status: None,
            seats: None,
            topics: Vec::new(),
            buttons: Vec::new(),
            mark: String::new(),
        }
    }

    /// The card as data: what templates know as `card`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json::to_value(self)
    }
}
