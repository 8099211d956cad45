//! What a game settles once, as a document has it: what the module is started with, and what a session's script says.

use std::sync::Arc;

use serde::Deserialize;

use super::options::{Occasion, Options, ShareText};
use super::vocabulary::{Match, Vocabulary};
use crate::error::{Error, ErrorKind, Result, closest};
use crate::friends::{Order, Period, RankOptions, Since, ThenBy, Ties, WithoutScore, Zone};
use crate::json::{self, Ceiling, Value};
use crate::limits::Limits;
use crate::number::Number;
use crate::pipeline::{Board, Locale, Request, Theme, one_or_several};
use crate::platform::Platform;
use crate::platform::arguments::whole;
use crate::sorted::{self, BTreeMap};
use crate::style::Dialect;

/// What a game settles once: the JSON form of [`Options`].
///
/// | member | value |
/// |---|---|
/// | `platform` | `tiktok`, `wechat` or `douyin`; `wechat` |
/// | `board` | a built-in board for friends; `leaderboard` where there is no `template` either |
/// | `template`, `styles` | a template (XML) and its style sheets (JSON texts), in place of `board` |
/// | `dialect`, `theme`, `locale`, `variables`, `order`, `ties`, `withoutScore`, `thenBy`, `since`, `top`, `selfOpenid` | as in a [`Request`] |
/// | `strings` | texts by key, over those of the locale |
/// | `key` | the key whose value is the score, or a path into its JSON (`daily.highestScore`) |
/// | `keyList` | the keys that are asked for; the first is the score's |
/// | `period`, `zone` | `day`, `week` or `month`: older scores count as none; on whose clocks (`+08:00`) |
/// | `date` | when the context's clock is 0, as `since` is written |
/// | `words` | a list of [`Match`]es, or words of the game's own, each with a known word that means the same |
/// | `share` | what invitations say: `title`, `subtitle`, `imageUrl`, `templateType`, `templateId`, `query` |
/// | `dataAge` | ms after which data is asked for anew |
/// | `firstPage` | the number of the first page in messages; 1 |
///
/// Members of other names are refused, so that a misspelt one is not passed over.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    /// The platform that the board asks for data and sends messages by.
    pub platform: Platform,
    /// A built-in board by its name.
    pub board: Option<String>,
    /// A template of the game's own, XML.
    pub template: Option<String>,
    /// Its style sheets, JSON; a later one wins.
    pub styles: Vec<String>,
    /// By whose rules the boards are read; `None`: as their roots say.
    pub dialect: Option<Dialect>,
    /// Colours.
    pub theme: Theme,
    /// The board's own texts.
    pub locale: Locale,
    /// Texts by key, over those of the locale.
    pub strings: BTreeMap<String, String>,
    /// Further globals of templates.
    pub variables: BTreeMap<String, Value>,
    /// The key whose value is the score, or a path into its JSON; `None`: as the data says.
    pub key: Option<String>,
    /// Scores from before the running period count as none.
    pub period: Option<Period>,
    /// On whose clocks a period begins.
    pub zone: Zone,
    /// When the context's clock is 0: for periods.
    pub date: Option<Since>,
    /// The keys of the cloud storage that are asked for; none: that of `key`, else `score`.
    /// What a board shows of `friend.kv` beside it is named here, the score's first.
    pub key_list: Vec<String>,
    /// Which score is better.
    pub order: Order,
    /// Which rank equal scores get.
    pub ties: Ties,
    /// Where friends stand who have no score.
    pub without_score: WithoutScore,
    /// What decides between equal scores, before their times do.
    #[serde(deserialize_with = "one_or_several")]
    pub then_by: Vec<ThenBy>,
    /// Older scores count as none.
    pub since: Option<Since>,
    /// How many friends are shown; `None`: all.
    pub top: Option<usize>,
    /// The player's own openid; `None`: as messages and data say.
    pub self_openid: Option<String>,
    /// Which of the game's own messages mean what.
    pub words: Words,
    /// What invitations say.
    pub share: ShareSettings,
    /// Ms after which data is asked for anew.
    pub data_age: Option<u64>,
    /// The number of the first page in messages.
    pub first_page: i64,
}

impl Default for Settings {
    /// The built-in boards on WeChat, light, in English.
    fn default() -> Self {
        Self {
            platform: Platform::WeChat,
            board: None,
            template: None,
            styles: Vec::new(),
            dialect: None,
            theme: Theme::default(),
            locale: Locale::default(),
            strings: BTreeMap::new(),
            variables: BTreeMap::new(),
            key: None,
            period: None,
            zone: Zone::default(),
            date: None,
            key_list: Vec::new(),
            order: Order::default(),
            ties: Ties::default(),
            without_score: WithoutScore::default(),
            then_by: Vec::new(),
            since: None,
            top: None,
            self_openid: None,
            words: Words::default(),
            share: ShareSettings::default(),
            data_age: None,
            first_page: 1,
        }
    }
}

/// What invitations say; what is not here is as [`ShareText`] has it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ShareSettings {
    /// Title.
    pub title: Option<String>,
    /// Line below it.
    pub subtitle: Option<String>,
    /// Picture.
    pub image_url: Option<String>,
    /// 1 or 2, as a number or as text (T).
    pub template_type: Option<TemplateType>,
    /// The template that passed the platform's review (D).
    pub template_id: Option<String>,
    /// A JSON text for the game that the message opens (D).
    pub query: Option<String>,
}

/// A message's template: 1 or 2, in JSON as a number or as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct TemplateType(pub u8);

impl TryFrom<Value> for TemplateType {
    type Error = Error;

    /// 1 or 2, also as `1.0` and as text.
    fn try_from(value: Value) -> Result<Self> {
        let number = value.as_number().cloned().or_else(|| Number::parse(value.as_text()?.trim()));
        let kind = number.as_ref().and_then(whole).and_then(|kind| u8::try_from(kind).ok());
        kind.filter(|kind| (1..=2).contains(kind))
            .map(Self)
            .ok_or_else(|| Error::new(ErrorKind::Usage, format!("expected 1 or 2, found {:.40}", value.to_json())))
    }
}

/// Which of a game's own messages mean what.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub enum Words {
    /// Words, each with a known word that means the same.
    Same(BTreeMap<String, String>),
    /// Whatever a message holds; the first that fits.
    Matches(Vec<Match>),
}

/// None.
impl Default for Words {
    fn default() -> Self {
        Self::Matches(Vec::new())
    }
}

impl TryFrom<Value> for Words {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self> {
        let wrong = |message: String| Error::new(ErrorKind::Usage, message);
        match &value {
            Value::List(items) => {
                let read =
                    |(index, item)| Match::try_from(item).map_err(|error: Error| wrong(format!("item {index}: {error}")));
                Ok(Self::Matches(items.iter().enumerate().map(read).collect::<Result<_>>()?))
            }
            Value::Map(words) => {
                let word = |(word, means): (&Arc<str>, &Value)| match means.as_text() {
                    Some(means) => Ok((word.to_string(), means.to_owned())),
                    None => Err(wrong(format!("expected a known word for `{word:.40}`, found {}", means.kind()))),
                };
                Ok(Self::Same(sorted::map(words.iter().map(word).collect::<Result<Vec<_>>>()?)))
            }
            _ => {
                let expected = "a list of {match, means}, or an object of words with known words";
                Err(wrong(format!("expected {expected}, found {}", value.kind())))
            }
        }
    }
}

impl Settings {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`], with line, column and JSON path, for what is none.
    ///
    /// ```
    /// use friendboard::{Limits, context::Settings};
    /// let settings = Settings::from_json(r#"{"platform": "tiktok", "board": "podium", "theme": "dark"}"#, &Limits::default())?;
    /// assert!(settings.options(&Limits::default())?.dark);
    /// let error = Settings::from_json(r#"{"bord": "podium"}"#, &Limits::default()).unwrap_err();
    /// assert!(error.to_string().contains("did you mean `board`?"), "{error}");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        let data = Ceiling::data(limits).kind(ErrorKind::Usage);
        json::read(json, "<settings>", Ceiling { bytes: Request::bytes_most(limits), ..data })
    }

    /// The options that they come to, with the board that they name or bring along. What is wrong with that board's documents
    /// is among its [diagnostics](Board::diagnostics).
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a board, theme, locale or word that there is not, or for both a board and a template; as
    /// [`Board::compile`] says of documents.
    pub fn options(&self, limits: &Limits) -> Result<Options> {
        let request = Request { board: self.board.clone(), template: self.template.clone(), ..Request::default() };
        let mut board = Request { styles: self.styles.clone(), ..request }.compile(limits)?;
        board.name = match &self.template {
            Some(_) => Arc::from("board"),
            None => Arc::from(self.board.as_deref().unwrap_or("leaderboard")),
        };
        self.options_with(board, self.template.is_some())
    }

    /// The same with a board that was compiled already; one of the game's own is for whatever list it shows.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a theme, locale or word that there is not.
    pub fn options_with(&self, board: Board, is_own: bool) -> Result<Options> {
        let dialect = self.dialect.unwrap_or(board.dialect);
        let board = board.in_dialect(dialect);
        let mut options = Options::with_look(self.platform, self.theme.colors()?, self.locale.texts()?);
        for (key, text) in &self.strings {
            options.strings.insert(key.as_str(), text.as_str());
        }
        options.rank = RankOptions {
            order: self.order,
            ties: self.ties,
            without_score: self.without_score,
            top: self.top,
            self_openid: self.self_openid.as_deref().map(Arc::from),
            self_profile: None,
            then_by: self.then_by.clone(),
            since: self.since,
            page_size: None,
        };
        options.score_path = self.key.as_deref().map(Arc::from);
        options.period = self.period.map(|period| (period, self.zone));
        options.zone = self.zone;
        options.wall_clock = self.date.map_or(0.0, |date| date.0 as f64);
        if let Some(key) = &self.key {
            // The platform knows keys; what is within their values is ours.
            options.keys = vec![Arc::from(key.split('.').next().unwrap_or(key))];
        }
        if !self.key_list.is_empty() {
            options.keys = self.key_list.iter().map(|key| Arc::from(key.as_str())).collect();
        }
        options.variables = self.variables.iter().map(|(name, value)| (Arc::from(name.as_str()), value.clone())).collect();
        options.data_age = self.data_age.map_or(options.data_age, |age| age as f64);
        options.first_page = self.first_page;
        if self.share != ShareSettings::default() {
            options.invite = self.share.over(options.invite);
            options.share = options.invite.clone();
        }
        match &self.words {
            Words::Same(words) => {
                for (word, means) in words {
                    add_word(&mut options.vocabulary, word, means)?;
                }
            }
            Words::Matches(matches) => matches.iter().cloned().for_each(|own| options.vocabulary.add_match(own)),
        }
        if is_own {
            options.boards.insert(Occasion::Group, board.clone());
            options.boards.insert(Occasion::WholeBoard, board.clone());
        }
        options.boards.insert(Occasion::Friends, board);
        Ok(options)
    }
}

impl ShareSettings {
    /// What is said here, else what was said before.
    fn over(&self, own: ShareText) -> ShareText {
        let of = |text: &Option<String>, own| text.as_deref().map_or(own, Arc::from);
        ShareText {
            title: of(&self.title, own.title),
            subtitle: of(&self.subtitle, own.subtitle),
            image_url: of(&self.image_url, own.image_url),
            template_type: self.template_type.map_or(own.template_type, |kind| kind.0),
            template_id: of(&self.template_id, own.template_id),
            query: of(&self.query, own.query),
        }
    }
}

/// Adds a word of the game's own, which means what a known one does.
fn add_word(vocabulary: &mut Vocabulary, word: &str, means: &str) -> Result<()> {
    let known = vocabulary.words().find(|(known, _)| *known == means).map(|(_, meaning)| meaning);
    let Some(meaning) = known else {
        let names = vocabulary.words().map(|(known, _)| known);
        let error = Error::new(ErrorKind::Usage, format!("words: '{means:.40}' is no word that is known already"));
        return Err(match closest(means, names) {
            Some(close) => error.hint(format!("did you mean '{close}'?")),
            None => error,
        });
    };
    vocabulary.add(word, meaning);
    Ok(())
}
