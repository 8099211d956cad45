//! The templates, style sheets, colours and texts of cards and share images.

use super::card::CardKind;
use super::image::ImageTemplate;
use crate::error::{Error, ErrorKind, Result, closest};
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::Board;
use crate::platform::Platform;
use crate::template;

/// A template with its style sheet.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Name of both documents without their endings.
    pub name: &'static str,
    /// The template, XML.
    pub template: &'static str,
    /// The style sheet, JSON.
    pub style: &'static str,
}

macro_rules! look {
    ($name:literal) => {
        Look {
            name: $name,
            template: include_str!(concat!("../../assets/templates/share/", $name, ".xml")),
            style: include_str!(concat!("../../assets/templates/share/", $name, ".json")),
        }
    };
}

impl Look {
    /// How a card of a kind looks.
    #[must_use]
    pub fn of_card(kind: CardKind) -> Self {
        match kind {
            CardKind::TiktokCallToAction => look!("tiktok-call-to-action"),
            CardKind::TiktokInteractive => look!("tiktok-interactive"),
            CardKind::TiktokStory => look!("tiktok-story"),
            CardKind::DouyinMessage => look!("douyin-message"),
            CardKind::DouyinTeam => look!("douyin-team"),
            CardKind::DouyinVideo => look!("douyin-video"),
            CardKind::DouyinPicture => look!("douyin-picture"),
            CardKind::WechatMiniProgram => look!("wechat-mini-program"),
            CardKind::WechatWebPage => look!("wechat-web-page"),
            CardKind::WechatText => look!("wechat-text"),
            CardKind::WechatMoments => look!("wechat-moments"),
        }
    }

    /// How a share image looks.
    #[must_use]
    pub fn of_image(template: ImageTemplate) -> Self {
        match template {
            ImageTemplate::BeatMyScore => look!("beat-my-score"),
            ImageTemplate::TopThree => look!("top-three"),
            ImageTemplate::WeeklyReport => look!("weekly-report"),
            ImageTemplate::Invite => look!("invite"),
            ImageTemplate::Achievement => look!("achievement"),
        }
    }

    /// Compiles both documents.
    ///
    /// # Errors
    /// None with the bundled documents, but where they are over the limits.
    pub fn compile(&self, limits: &Limits) -> Result<Board> {
        let (xml, json) = (format!("{}.xml", self.name), format!("{}.json", self.name));
        Board::compile((&xml, self.template), &[(&json, self.style)], limits)
    }
}

/// Whether a chat is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CardTheme {
    /// Dark text on light ground.
    #[default]
    Light,
    /// Light text on dark ground.
    Dark,
}

impl CardTheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name: `light` or `dark`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl std::str::FromStr for CardTheme {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name).ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let error = Error::new(ErrorKind::Usage, format!("expected light or dark, found {shown:?}"));
            match closest(name, Self::ALL.map(Self::name)) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })
    }
}

/// Whose chat a card stands in: WPS shares to WeChat.
fn chat(platform: Platform) -> &'static str {
    match platform {
        Platform::TikTok => "tiktok",
        Platform::Douyin => "douyin",
        Platform::Wps | Platform::WeChat => "wechat",
    }
}

/// The colours of a platform's chat, by role.
///
/// # Errors
/// None with the bundled document; those of [`Value::from_json`] otherwise.
pub fn card_colors(platform: Platform, theme: CardTheme) -> Result<Value> {
    let all = Value::from_json(include_str!("../../assets/templates/share/themes.json"), &Limits::default())?;
    Ok(all.get(chat(platform)).and_then(|chat| chat.get(theme.name())).cloned().unwrap_or_default())
}

/// The colours of a share image, by the roles of a board's theme.
///
/// # Errors
/// None with the bundled documents; those of [`Value::from_json`] otherwise.
pub fn image_theme(image: ImageTemplate) -> Result<Value> {
    let all = Value::from_json(include_str!("../../assets/templates/share/images.json"), &Limits::default())?;
    template::extended_theme(&all.get(image.name()).cloned().unwrap_or_default())
}

/// What each text of share images says, by key.
///
/// # Errors
/// None: it is bundled.
pub fn image_string_keys() -> Result<Value> {
    Value::from_json(include_str!("../../assets/templates/share/about.json"), &Limits::default())
}

/// The texts of share images in the bundled locale that serves a locale best.
///
/// # Errors
/// [`ErrorKind::Usage`] where no bundled locale is in that language; it lists the known ones.
pub fn image_strings(locale: &str) -> Result<Value> {
    let all = Value::from_json(include_str!("../../assets/templates/share/strings.json"), &Limits::default())?;
    Ok(all.get(template::locale(locale)?).cloned().unwrap_or_default())
}
