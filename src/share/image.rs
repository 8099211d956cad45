//! Share images, to be used as a call's `imageUrl`: what they show, read from JSON or from a ranking.
//!
//! Data only; [`super::draw::image`] draws it by the templates in `assets/templates/share/`. Platforms crop: what matters stays within the inner 80%.

mod size;
mod values;

use std::str::FromStr;
use std::sync::Arc;

pub use size::ImageSize;

use super::outcome::REQUEST;
use crate::error::{Diagnostic, Error, ErrorKind, Place, Result, closest};
use crate::friends::{self, Order, RankOptions, ReadOptions};
use crate::json::Value;
use crate::number::Number;
use crate::platform::arguments::{self, ArgumentReader, Members, Notes};
use crate::reading::Reading;
use crate::sorted::BTreeMap;

/// What an image tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageTemplate {
    /// The player's score, and a line of challenge.
    BeatMyScore,
    /// The three best.
    TopThree,
    /// Three figures of the week and its days as bars.
    WeeklyReport,
    /// The game and the friends who play it.
    Invite,
    /// A badge that the player has won.
    Achievement,
}

impl ImageTemplate {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::BeatMyScore, Self::TopThree, Self::WeeklyReport, Self::Invite, Self::Achievement];

    /// The name, which is the template's file name without the ending.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BeatMyScore => "beat-my-score",
            Self::TopThree => "top-three",
            Self::WeeklyReport => "weekly-report",
            Self::Invite => "invite",
            Self::Achievement => "achievement",
        }
    }
}

impl FromStr for ImageTemplate {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|template| template.name() == name).ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let names = Self::ALL.map(Self::name);
            let error = Error::new(ErrorKind::Usage, format!("expected {}, found {shown:?}", names.join(", ")));
            match closest(name, names) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            }
        })
    }
}

/// The game that an image is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Game {
    /// Its title.
    pub title: String,
    /// Address or path of its icon.
    pub icon: String,
    /// A line about it.
    pub tagline: String,
}

/// A player.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImagePlayer {
    /// Nickname.
    pub name: String,
    /// Address or path of the avatar; empty: a placeholder with the name's first letter.
    pub avatar: String,
    /// Score; `None`: none yet.
    pub score: Option<Number>,
    /// What is shown in place of the score: Douyin's ranks with a word, such as `Gold III`. Empty: the score itself.
    pub label: String,
    /// Rank, from 1.
    pub rank: Option<usize>,
    /// The player whose image it is.
    pub is_self: bool,
}

/// One figure of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// The figure.
    pub value: Option<Number>,
    /// Change since the week before.
    pub change: Option<Number>,
}

/// One day of a week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Its name.
    pub label: String,
    /// What was reached.
    pub value: Option<Number>,
    /// Of the best day: 0 to 1; what is below zero is 0.
    pub part: f64,
}

/// What a badge is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Badge {
    /// Gold.
    #[default]
    Gold,
    /// Silver.
    Silver,
    /// Bronze.
    Bronze,
}

impl Badge {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 3] = [("gold", Self::Gold), ("silver", Self::Silver), ("bronze", Self::Bronze)];

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, badge)| *badge == self).map_or("gold", |(name, _)| name)
    }
}

/// Something that a player has won.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Achievement {
    /// What it is called; empty: the game's title stands there.
    pub title: String,
    /// What it was won for.
    pub description: String,
    /// Address or path of the picture in its badge; empty: a star.
    pub icon: String,
    /// The badge.
    pub badge: Badge,
    /// How many of all players have it, in percent.
    pub owners: Option<Number>,
}

/// Everything that a share image shows. As data of a template it is the value `image`.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareImage {
    /// What it tells.
    pub template: ImageTemplate,
    /// The game.
    pub game: Game,
    /// Whose image it is.
    pub player: ImagePlayer,
    /// The friend ahead of the player, or the one behind where the player leads.
    pub rival: Option<ImagePlayer>,
    /// The best, at most three.
    pub top: Vec<ImagePlayer>,
    /// Friends to show, at most [`ShareImage::FRIENDS_MOST`].
    pub friends: Vec<ImagePlayer>,
    /// How many friends there are besides those.
    pub more_friends: usize,
    /// Figures of the week, at most three.
    pub figures: Vec<Figure>,
    /// Days of the week, at most seven.
    pub days: Vec<Day>,
    /// What the player has won.
    pub achievement: Achievement,
    /// A line of the game's own, instead of the built-in challenge or invitation.
    pub message: String,
}

/// How friend data in a platform's shape is read and ranked for a share image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FriendOptions {
    /// Which key holds the score.
    pub read: ReadOptions,
    /// Order, ties, and who self is.
    pub rank: RankOptions,
}

/// Members that only a platform's entries have.
const PLATFORM_MEMBERS: [&str; 4] = ["KVDataList", "kvDataList", "data", "value"];

/// True for friends as a platform hands them out, and not as this module's own form writes them.
fn is_platform_shape(members: &Members, field: &str) -> bool {
    let entries = members.get(field).and_then(Value::as_list);
    entries.is_some_and(|entries| entries.iter().any(|entry| PLATFORM_MEMBERS.iter().any(|member| entry.get(member).is_some())))
}

impl ShareImage {
    /// Friends' avatars that an image shows.
    pub const FRIENDS_MOST: usize = 5;

    /// An image from players in ranked order, the best first; the one with `is_self` is whose image it is.
    ///
    /// ```
    /// use friendboard::share::image::{Game, ImageTemplate, ImagePlayer, ShareImage};
    /// let player = |name: &str, rank, is_self| ImagePlayer { name: name.into(), rank: Some(rank), is_self, ..ImagePlayer::default() };
    /// let ranked = [player("Mia", 1, false), player("Jo", 2, true), player("Ann", 3, false)];
    /// let image = ShareImage::from_ranking(ImageTemplate::BeatMyScore, Game::default(), ranked);
    /// assert_eq!((image.player.name.as_str(), image.rival.unwrap().name.as_str()), ("Jo", "Mia"));
    /// ```
    #[must_use]
    pub fn from_ranking(template: ImageTemplate, game: Game, ranked: impl IntoIterator<Item = ImagePlayer>) -> Self {
        let mut image = Self {
            template,
            game,
            player: ImagePlayer::default(),
            rival: None,
            top: Vec::new(),
            friends: Vec::new(),
            more_friends: 0,
            figures: Vec::new(),
            days: Vec::new(),
            achievement: Achievement::default(),
            message: String::new(),
        };
        let (mut before, mut found) = (None, false);
        for player in ranked {
            if image.top.len() < 3 && player.score.is_some() {
                image.top.push(player.clone());
            }
            if player.is_self && !found {
                image.rival = before.take();
                image.player = player;
                found = true;
                continue;
            }
            if found && image.rival.is_none() {
                image.rival = Some(player.clone());
            }
            if image.friends.len() < Self::FRIENDS_MOST {
                image.friends.push(player.clone());
            } else {
                image.more_friends += 1;
            }
            before = Some(player);
        }
        if !found {
            image.rival = image.top.first().cloned();
        }
        image
    }

    /// An image from JSON: `{game: {title, icon, tagline}, player: {…}, friends: [{…}], week: {figures: [{label, value,
    /// change}], days: [{label, value}]}, achievement: {title, description, icon, badge, owners}, message}`, all of them optional.
    ///
    /// `friends` (or `data`) may be what a platform's call answered with, which is read and ranked as a board's; the
    /// player is self then. Otherwise players are `{name, avatar, score, rank}`, where name and avatar may be spelled as
    /// any of the platforms does: friends with a `rank` keep it, the others are put behind them, by score.
    ///
    /// # Errors
    /// `ErrorKind::Data` where it is no JSON object, `ErrorKind::Limit` where it is over [`Limits::data_bytes`](crate::Limits::data_bytes).
    pub fn from_json(text: &str, template: ImageTemplate, options: &FriendOptions, reading: &mut Reading<'_>) -> Result<Self> {
        // A list alone is the friends: so platforms' answers are kept, without what stood around them.
        let is_list = text.trim_start_matches('\u{feff}').trim_start().starts_with('[');
        let members = if is_list {
            Arc::new(Members::from(BTreeMap::from([(Arc::from("data"), Value::read(text, REQUEST, reading.limits)?)])))
        } else {
            arguments::parse(text, REQUEST, reading.limits)?
        };
        let mut notes = Notes::new(REQUEST);
        let mut reader = ArgumentReader::new(&members, reading.limits, &mut notes);
        let game = reader.object("game").map(Game::read).unwrap_or_default();
        let player = reader.object("player").map(|mut reader| {
            let player = ImagePlayer { is_self: true, ..ImagePlayer::read(&mut reader) };
            reader.finish();
            player
        });
        let field = reader.spelling(&["friends", "data"]).unwrap_or("friends");
        let from_platform = is_platform_shape(&members, field);
        let mut players = if from_platform {
            // What stands around the friends in a platform's answer.
            reader.pass_over(&["errMsg", "self", "group", "errCode", "errNo", "errno"]);
            let data = friends::read(text, REQUEST, &options.read, reading)?;
            friends::rank(&data, &options.rank).entries().map(ImagePlayer::from).collect()
        } else {
            reader.objects(field, reading.limits.friends, ImagePlayer::read)
        };
        let (mut figures, mut days) = (Vec::new(), Vec::new());
        if let Some(mut week) = reader.object("week") {
            figures = week.objects("figures", 3, Figure::read);
            days = week.objects("days", 7, Day::read);
            week.finish();
        }
        let achievement = reader.object("achievement").map(Achievement::read).unwrap_or_default();
        let message = reader.text("message").unwrap_or_default();
        reader.finish();
        if let Some(player) = player {
            for friend in &mut players {
                friend.is_self = false;
                if from_platform && player.rank.is_none() {
                    // The player stands among them, and not behind them.
                    friend.rank = None;
                }
            }
            players.push(player);
        }
        rank(&mut players, options.rank.order);
        let best = days.iter().filter_map(|day| day.value.as_ref()).map(Number::to_f64).fold(0.0, f64::max);
        for day in &mut days {
            let value = day.value.as_ref().map_or(0.0, Number::to_f64);
            day.part = if best > 0.0 { (value / best).clamp(0.0, 1.0) } else { 0.0 };
        }
        let image = Self { figures, days, achievement, message, ..Self::from_ranking(template, game, players) };
        for invalid in notes.invalid {
            let place = Place::document(REQUEST).path(&invalid.path);
            reading.push(Diagnostic::warning("wrong-type", invalid.reason, place).hint("it is passed over"));
        }
        reading.diagnostics.extend(notes.diagnostics);
        Ok(image)
    }

    /// What the template shows and the data lacks.
    #[must_use]
    pub fn lacking(&self) -> Vec<Diagnostic> {
        let needs: &[(&str, &str, bool)] = match self.template {
            ImageTemplate::BeatMyScore => &[("player.score", "the player's score", self.player.score.is_some())],
            ImageTemplate::TopThree => &[("friends", "the best scores", !self.top.is_empty())],
            ImageTemplate::WeeklyReport => &[
                ("week.figures", "figures of the week", !self.figures.is_empty()),
                ("week.days", "the week's days", !self.days.is_empty()),
            ],
            ImageTemplate::Invite => &[("game.title", "the game's title", !self.game.title.is_empty())],
            ImageTemplate::Achievement => &[("achievement.title", "what was won", !self.achievement.title.is_empty())],
        };
        let missing = needs.iter().filter(|(.., there)| !there).map(|&(path, lacking, _)| {
            let place = Place::document(REQUEST).path(path);
            let text = format!("{} shows {lacking}, and there is none", self.template.name());
            Diagnostic::warning("missing-data", text, place)
        });
        missing.collect()
    }
}

/// Players with a rank in its order, then those with a score, the best first, then the others; those without a rank get
/// the place at which they then stand, where they have a score.
fn rank(players: &mut [ImagePlayer], order: Order) {
    players.sort_by(|a, b| {
        let given = (a.rank.is_none(), a.rank).cmp(&(b.rank.is_none(), b.rank));
        let by_score = || match (&a.score, &b.score) {
            (Some(a), Some(b)) if order == Order::Asc => a.cmp(b),
            (a, b) => b.cmp(a),
        };
        given.then_with(by_score)
    });
    for (index, player) in players.iter_mut().enumerate() {
        if player.rank.is_none() && player.score.is_some() {
            player.rank = Some(index + 1);
        }
    }
}

impl Game {
    fn read(mut reader: ArgumentReader<'_>) -> Self {
        let game = Self {
            title: reader.spelling(&["title", "name"]).and_then(|field| reader.text(field)).unwrap_or_default(),
            icon: reader.text("icon").unwrap_or_default(),
            tagline: reader.text("tagline").unwrap_or_default(),
        };
        reader.finish();
        game
    }
}

impl Badge {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let Some(name) = reader.text("badge").filter(|name| !name.is_empty()) else { return Self::default() };
        let found = Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, badge)| *badge);
        found.unwrap_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            reader.refuse_value("badge", format!("expected gold, silver or bronze, found {shown:?}"));
            Self::default()
        })
    }
}

impl Achievement {
    fn read(mut reader: ArgumentReader<'_>) -> Self {
        let achievement = Self {
            title: reader.spelling(&["title", "name"]).and_then(|field| reader.text(field)).unwrap_or_default(),
            description: reader.text("description").unwrap_or_default(),
            icon: reader.text("icon").unwrap_or_default(),
            badge: Badge::read(&mut reader),
            owners: reader.number("owners"),
        };
        reader.finish();
        achievement
    }
}

impl ImagePlayer {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let names = ["name", "nickname", "nickName", "nick_name"];
        let avatars = ["avatar", "avatarUrl", "avatarURL", "user_img"];
        let player = Self {
            name: reader.spelling(&names).and_then(|field| reader.text(field)).unwrap_or_default(),
            avatar: reader.spelling(&avatars).and_then(|field| reader.text(field)).unwrap_or_default(),
            score: reader.number("score"),
            label: String::new(),
            rank: reader.integer("rank").and_then(|rank| usize::try_from(rank).ok()).filter(|&rank| rank > 0),
            is_self: reader.boolean("isSelf").unwrap_or_default(),
        };
        reader.pass_over(&["openid", "openId"]);
        player
    }
}

impl Figure {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { label: reader.text("label").unwrap_or_default(), value: reader.number("value"), change: reader.number("change") }
    }
}

impl Day {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { label: reader.text("label").unwrap_or_default(), value: reader.number("value"), part: 0.0 }
    }
}

#[cfg(test)]
mod tests;
