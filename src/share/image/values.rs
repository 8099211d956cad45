//! A share image as data of its template, with every figure exact.

use super::{Achievement, Day, Figure, Game, ImagePlayer, ShareImage};
use crate::friends::RankEntry;
use crate::json::Value;
use crate::name::display_name;
use crate::number::Number;

impl From<RankEntry<'_>> for ImagePlayer {
    /// A friend's place in a ranking, with the score as it is stored.
    ///
    /// ```
    /// use friendboard::friends::{RankOptions, ReadOptions, rank, read};
    /// use friendboard::share::image::{Game, ImageTemplate, ImagePlayer, ShareImage};
    /// use friendboard::{Diagnostics, Limits, Reading};
    ///
    /// let json = r#"{"self": "b", "data": [
    ///     {"openid": "a", "nickname": "Ann", "KVDataList": [{"key": "score", "value": "9007199254740993"}]},
    ///     {"openid": "b", "nickname": "Bo", "KVDataList": [{"key": "score", "value": "12"}]}]}"#;
    /// let data = read(json, "friends.json", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut Diagnostics::new()))?;
    /// let ranking = rank(&data, &RankOptions::default());
    /// let ranked = ranking.entries().map(ImagePlayer::from);
    /// let image = ShareImage::from_ranking(ImageTemplate::BeatMyScore, Game::default(), ranked);
    /// assert_eq!(image.player.name, "Bo");
    /// assert_eq!(image.rival.unwrap().score.unwrap().to_string(), "9007199254740993");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    fn from(entry: RankEntry<'_>) -> Self {
        let score = entry.score;
        Self {
            name: entry.friend.nickname().into_owned(),
            avatar: entry.friend.avatar_url().into_owned(),
            score: score.map(|score| score.value.clone()),
            label: score.and_then(|score| score.label.as_deref()).unwrap_or_default().to_owned(),
            rank: entry.rank,
            is_self: entry.is_self,
        }
    }
}

impl ShareImage {
    /// The image as data, what templates know as `image`: names fit to be shown, numbers exact.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let players = |players: &[ImagePlayer]| Value::list(players.iter().map(ImagePlayer::to_value));
        let rival = self.rival.as_ref().map_or(Value::Null, ImagePlayer::to_value);
        Value::map([
            ("game", self.game.to_value()),
            ("player", self.player.to_value()),
            ("rival", rival),
            ("gap", Value::from(self.gap())),
            ("leads", Value::from(self.leads())),
            ("top", players(&self.top)),
            ("friends", players(&self.friends)),
            ("moreFriends", Value::from(self.more_friends)),
            ("figureLength", Value::from(self.figure_length())),
            ("figures", Value::list(self.figures.iter().map(Figure::to_value))),
            ("days", Value::list(self.days.iter().map(Day::to_value))),
            ("achievement", self.achievement.to_value()),
            ("message", Value::from(self.message.as_str())),
        ])
    }

    /// How far the rival's score is from the player's, never negative; `None` where one of them has none.
    fn gap(&self) -> Option<Number> {
        let (own, theirs) = (self.player.score.as_ref()?, self.rival.as_ref()?.score.as_ref()?);
        if own < theirs { theirs.checked_sub(own) } else { own.checked_sub(theirs) }
    }

    /// Characters of the longest figure with its separators: all figures are as large as the longest one allows.
    fn figure_length(&self) -> usize {
        let lengths = self.figures.iter().filter_map(|figure| {
            let written = figure.value.as_ref()?.to_string();
            let digits = written.split('.').next().map_or(0, |whole| whole.trim_start_matches('-').len());
            Some(written.len() + digits.saturating_sub(1) / 3)
        });
        lengths.max().unwrap_or(0)
    }

    /// True where the rival stands behind the player.
    fn leads(&self) -> bool {
        let rival = self.rival.as_ref().and_then(|rival| rival.rank);
        self.player.rank.is_some_and(|own| rival.is_none_or(|rival| own < rival))
    }
}

impl Game {
    fn to_value(&self) -> Value {
        Value::map([
            ("title", Value::from(&*display_name(&self.title))),
            ("icon", Value::from(self.icon.as_str())),
            ("tagline", Value::from(&*display_name(&self.tagline))),
        ])
    }
}

impl ImagePlayer {
    fn to_value(&self) -> Value {
        // A rank's word stands in place of the number behind it.
        let score =
            if self.label.is_empty() { Value::from(self.score.clone()) } else { Value::from(&*display_name(&self.label)) };
        Value::map([
            ("name", Value::from(&*display_name(&self.name))),
            ("avatar", Value::from(self.avatar.as_str())),
            ("score", score),
            ("hasScore", Value::from(self.score.is_some())),
            ("rank", Value::from(self.rank)),
            ("isSelf", Value::from(self.is_self)),
        ])
    }
}

impl Figure {
    fn to_value(&self) -> Value {
        let zero = Number::from(0_i128);
        let is = |there: bool| Value::from(there);
        Value::map([
            ("label", Value::from(&*display_name(&self.label))),
            ("value", Value::from(self.value.clone())),
            ("change", Value::from(self.change.clone())),
            ("rises", is(self.change.as_ref().is_some_and(|change| *change > zero))),
            ("falls", is(self.change.as_ref().is_some_and(|change| *change < zero))),
        ])
    }
}

impl Achievement {
    fn to_value(&self) -> Value {
        Value::map([
            ("title", Value::from(&*display_name(&self.title))),
            ("description", Value::from(&*display_name(&self.description))),
            ("icon", Value::from(self.icon.as_str())),
            ("badge", Value::from(self.badge.name())),
            ("owners", Value::from(self.owners.clone())),
        ])
    }
}

impl Day {
    fn to_value(&self) -> Value {
        Value::map([
            ("label", Value::from(&*display_name(&self.label))),
            ("value", Value::from(self.value.clone())),
            ("percent", Value::from(Number::from((self.part * 100.0).round() as i128))),
            ("isBest", Value::from(self.part >= 1.0)),
        ])
    }
}
