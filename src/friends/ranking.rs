//! The order of a board: ranks, ties, self, the neighbours, the next friend to beat.

use std::cmp::Ordering;
use std::str::FromStr;
use std::sync::Arc;

use super::score::number_of_value;
use super::{Friend, FriendData, Identity, Page, Score, Since};
use crate::error::{Diagnostic, Error, ErrorKind, Place, closest, raise_limit};
use crate::number::Number;
use crate::reading::Reading;
use crate::sorted;

/// An enum whose values have a word in options, templates and reports.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every keyword; the first is the default.
            pub const KEYWORDS: &'static [&'static str] = &[$($text),+];

            /// The keyword of the value.
            #[must_use]
            pub fn keyword(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = Error;

            /// Reads a keyword; a `Usage` error lists them.
            fn from_str(keyword: &str) -> Result<Self, Error> {
                match keyword {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(unknown_keyword($what, keyword, Self::KEYWORDS)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.keyword())
            }
        }
    };
}

fn unknown_keyword(what: &str, found: &str, known: &[&str]) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("expected {what} ({}), found `{found:.40}`", known.join(", ")));
    match closest(found, known.iter().copied()) {
        Some(known) => error.hint(format!("did you mean `{known}`?")),
        None => error,
    }
}

keywords! {
    /// Which score is better.
    ///
    /// ```
    /// use friendboard::friends::Order;
    /// assert_eq!("asc".parse::<Order>().unwrap(), Order::Asc);
    /// assert!("down".parse::<Order>().is_err());
    /// ```
    Order ("an order") {
        /// The larger one: points.
        #[default]
        Desc = "desc",
        /// The smaller one: times, moves.
        Asc = "asc",
        /// The order of the data, whatever the scores are.
        None = "none",
    }
}

keywords! {
    /// Which rank equal scores get.
    Ties ("a way with ties") {
        /// The same, and the next one counts them all: 1, 2, 2, 4.
        #[default]
        Competition = "competition",
        /// The same, and the next one counts them once: 1, 2, 2, 3.
        Dense = "dense",
        /// Each its own, in the order of time and then of the data: 1, 2, 3, 4.
        Ordinal = "ordinal",
    }
}

keywords! {
    /// Where friends stand who have no score.
    WithoutScore ("a place for friends without a score") {
        /// After all others, in the order of the data, without a rank.
        #[default]
        Last = "last",
        /// Nowhere.
        LeftOut = "left-out",
    }
}

/// How friends are ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankOptions {
    /// Which score is better.
    pub order: Order,
    /// Which rank equal scores get.
    pub ties: Ties,
    /// Where friends stand who have no score.
    pub without_score: WithoutScore,
    /// How many entries [`Ranking::shown`] gives at most; `None` is all. Ranks, self and neighbours know everybody.
    pub top: Option<usize>,
    /// The openid of self; `None`: as the data says.
    pub self_openid: Option<Arc<str>>,
    /// The avatar's address and the name of self, for data without openids: both must be the same.
    pub self_profile: Option<(Arc<str>, Arc<str>)>,
    /// What decides between equal scores, before their times do.
    pub then_by: Vec<ThenBy>,
    /// Older scores count as none; one without a time counts.
    pub since: Option<Since>,
    /// How many places a page has, where the data is a page of a longer order: that of the call that was made.
    pub page_size: Option<usize>,
}

/// A value that decides between equal scores: its key or path (see [`Friend::value_at`]), and which is better. As text
/// `KEY`, `KEY:asc` or `KEY:desc`; without a word the higher is better.
///
/// ```
/// use friendboard::friends::{Order, ThenBy};
/// let by: ThenBy = "score.cost_ms:asc".parse()?;
/// assert_eq!((&*by.path, by.order), ("score.cost_ms", Order::Asc));
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ThenBy {
    /// The key, or the key and the names of members with dots between.
    pub path: Arc<str>,
    /// Which is better.
    pub order: Order,
}

impl FromStr for ThenBy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (path, order) = match text.rsplit_once(':') {
            Some((path, order)) => (path, order.parse()?),
            None => (text, Order::Desc),
        };
        if path.is_empty() || order == Order::None {
            let expected = "KEY, KEY:asc or KEY:desc";
            return Err(Error::new(ErrorKind::Usage, format!("expected {expected}, found `{text:.64}`")));
        }
        Ok(Self { path: Arc::from(path), order })
    }
}

impl TryFrom<String> for ThenBy {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// Friends in the order of their ranks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    entries: Vec<RankEntry>,
    top: Option<usize>,
    self_position: Option<usize>,
    order: Order,
    /// The player, where the page that this is has them not.
    self_outside: Option<RankEntry>,
    /// Places before the first entry: this is a page of a longer order.
    places_before: usize,
    /// True where that is a guess.
    is_guess: bool,
    /// Places in all, where the data says so.
    total: Option<usize>,
    /// True where anybody's data has a former rank.
    has_former_ranks: bool,
}

/// A friend's place.
#[derive(Clone, Debug, PartialEq)]
pub struct RankEntry {
    /// The friend.
    pub friend: Arc<Friend>,
    /// The rank, from 1; `None` for a friend without a score.
    pub rank: Option<usize>,
    /// Place in the ranking, from 0.
    pub position: usize,
    /// True for the player's own entry; at most one is.
    pub is_self: bool,
}

/// The next friend to beat.
#[derive(Clone, Debug, PartialEq)]
pub struct Target<'a> {
    /// The nearest entry whose score is strictly better than that of self.
    pub entry: &'a RankEntry,
    /// How far its score is from that of self, never negative; `None` where self has no score, or where the difference
    /// has more digits than a [`Number`] holds.
    pub gap: Option<Number>,
}

/// Ranks friends: by score; among equals the earlier `update_time` (one without a time after those with one), then the
/// order of the data. Friends without a score stand last or are left out.
///
/// Self is who the options name, else who the data names; by openid where both have one, else by avatar and name
/// together. In one user's own data, self is that user.
#[must_use]
pub fn rank(data: &FriendData, options: &RankOptions) -> Ranking {
    let friends = data.friends.iter().map(|friend| {
        let without_score = || Arc::new(Friend { score: None, ..Friend::clone(friend) });
        if is_outdated(friend, options) { without_score() } else { Arc::clone(friend) }
    });
    let counts = |friend: &Arc<Friend>| options.without_score == WithoutScore::Last || friend.score.is_some();
    let friends = in_order(friends.filter(counts).collect(), options);
    let (places_before, is_guess) = data.page.as_ref().map_or((0, false), |page| page.places_before(options.page_size));

    let mut entries: Vec<RankEntry> = Vec::with_capacity(friends.len());
    let mut has_former_ranks = false;
    for (position, friend) in friends.into_iter().enumerate() {
        has_former_ranks = has_former_ranks || friend.former_rank().is_some();
        let rank = rank_after(entries.last(), &friend, position + places_before, options);
        entries.push(RankEntry { friend, rank, position, is_self: false });
    }
    let self_position = self_position(&entries, data, options);
    if let Some(entry) = self_position.and_then(|position| entries.get_mut(position)) {
        entry.is_self = true;
    }
    let outside = |page: &Page| {
        let friend = data.self_outside.clone().filter(|_| self_position.is_none())?;
        let position = page.self_rank.map_or(usize::MAX, |rank| rank - 1);
        Some(RankEntry { rank: page.self_rank.filter(|_| friend.score.is_some()), friend, position, is_self: true })
    };
    Ranking {
        top: options.top,
        order: options.order,
        self_outside: data.page.as_ref().and_then(outside),
        places_before,
        is_guess,
        total: data.page.as_ref().and_then(|page| page.total),
        has_former_ranks,
        entries,
        self_position,
    }
}

/// True for a friend whose score is from before the time from which on scores count.
fn is_outdated(friend: &Friend, options: &RankOptions) -> bool {
    let time = friend.score.as_ref().and_then(Score::time);
    options.since.zip(time).is_some_and(|(since, time)| time < since.0)
}

/// The rank of a friend with so many places before, behind an entry.
fn rank_after(before: Option<&RankEntry>, friend: &Friend, places: usize, options: &RankOptions) -> Option<usize> {
    let score = friend.score.as_ref()?;
    let is_ordinal = options.ties == Ties::Ordinal || options.order == Order::None;
    Some(match before {
        Some(RankEntry { rank: Some(rank), friend: previous, .. }) if !is_ordinal => {
            let is_tie = previous.score.as_ref().is_some_and(|previous| previous.value == score.value);
            match options.ties {
                _ if is_tie => *rank,
                Ties::Dense => rank + 1,
                Ties::Competition | Ties::Ordinal => places + 1,
            }
        }
        _ => places + 1,
    })
}

/// Which of two friends comes first by score, then by time; what decides before times do is not looked at.
fn by_score_and_time(a: &Friend, b: &Friend, options: &RankOptions) -> Ordering {
    by_score(a, b, options).then_with(|| by_time(a, b))
}

fn by_score(a: &Friend, b: &Friend, options: &RankOptions) -> Ordering {
    match (&a.score, &b.score) {
        (Some(a), Some(b)) if options.order == Order::Asc => a.value.cmp(&b.value),
        (Some(a), Some(b)) => b.value.cmp(&a.value),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn by_time(a: &Friend, b: &Friend) -> Ordering {
    let time = |friend: &Friend| friend.score.as_ref().and_then(Score::time);
    (time(a).is_none(), time(a)).cmp(&(time(b).is_none(), time(b)))
}

/// Friends in their order; what is equal stays in the order of the data.
fn in_order(mut friends: Vec<Arc<Friend>>, options: &RankOptions) -> Vec<Arc<Friend>> {
    if options.order == Order::None {
        return friends;
    }
    if options.then_by.is_empty() {
        sorted::sort_by(&mut friends, |a, b| by_score_and_time(a, b, options));
        return friends;
    }
    let number = |friend: &Friend, by: &ThenBy| number_of_value(&friend.value_at(&by.path)?);
    let mut keyed: Vec<(Vec<Option<Number>>, Arc<Friend>)> =
        friends.into_iter().map(|friend| (options.then_by.iter().map(|by| number(&friend, by)).collect(), friend)).collect();
    sorted::sort_by(&mut keyed, |(keys, a), (other, b)| {
        let pairs = options.then_by.iter().zip(keys.iter().zip(other));
        let by_keys = pairs.fold(Ordering::Equal, |so_far, (by, pair)| {
            so_far.then_with(|| match pair {
                (Some(a), Some(b)) if by.order == Order::Asc => a.cmp(b),
                (Some(a), Some(b)) => b.cmp(a),
                (a, b) => b.is_some().cmp(&a.is_some()),
            })
        });
        by_score(a, b, options).then(by_keys).then_with(|| by_time(a, b))
    });
    keyed.into_iter().map(|(_, friend)| friend).collect()
}

/// An openid decides over avatar and name, wherever they stand.
fn self_position(entries: &[RankEntry], data: &FriendData, options: &RankOptions) -> Option<usize> {
    if data.is_own {
        return (!entries.is_empty()).then_some(0);
    }
    let (avatar_url, nickname) = match &options.self_profile {
        Some((avatar_url, nickname)) => (Arc::clone(avatar_url), Arc::clone(nickname)),
        None => (Arc::clone(&data.self_identity.avatar_url), Arc::clone(&data.self_identity.nickname)),
    };
    let openid = match (&options.self_openid, &options.self_profile) {
        (Some(openid), _) => Arc::clone(openid),
        // Whom the caller names by avatar and name is not whom the data names by openid.
        (None, Some(_)) => Arc::default(),
        (None, None) => Arc::clone(&data.self_identity.openid),
    };
    let identity = Identity { openid, avatar_url, nickname };
    let by_openid = || entries.iter().position(|entry| *entry.friend.openid == *identity.openid);
    let by_openid = if identity.openid.is_empty() { None } else { by_openid() };
    by_openid.or_else(|| entries.iter().position(|entry| identity.is(&entry.friend)))
}

impl Ranking {
    /// Gives the player another score: what is ranked by these options, without ranking all anew. False where that has to be
    /// done; nothing is changed then.
    ///
    /// Only those between the two places are touched.
    pub fn set_own_score(&mut self, friend: &Arc<Friend>, options: &RankOptions) -> bool {
        let Some(from) = self.self_position else { return false };
        // Keys may be in the score itself, and a player without one has no place to be moved from.
        if !options.then_by.is_empty() || friend.score.is_none() || is_outdated(friend, options) {
            return false;
        }
        let Some(own) = self.entries.get_mut(from) else { return false };
        own.friend = Arc::clone(friend);
        let to = if options.order == Order::None { from } else { self.place_of(from, options) };
        if let Some(moved) = self.entries.get_mut(from.min(to)..=from.max(to)) {
            if to < from { moved.rotate_right(1) } else { moved.rotate_left(1) }
        }
        self.self_position = Some(to);
        let (first, last) = (from.min(to), from.max(to));
        for position in first..self.entries.len() {
            let Some((before, [entry, ..])) = self.entries.split_at_mut_checked(position) else { break };
            let rank = rank_after(before.last(), &entry.friend, position + self.places_before, options);
            // Behind both places a rank that stays leaves all others.
            if position > last && entry.rank == rank {
                break;
            }
            (entry.rank, entry.position) = (rank, position);
        }
        true
    }

    /// Where an entry belongs among the others.
    fn place_of(&self, own: usize, options: &RankOptions) -> usize {
        let Some((before, [RankEntry { friend, .. }, after @ ..])) = self.entries.split_at_checked(own) else { return own };
        // What is equal stays in the order of the data.
        let is_better = |RankEntry { friend: other, .. }: &RankEntry| {
            by_score_and_time(other, friend, options).then(other.index.cmp(&friend.index)) == Ordering::Less
        };
        let place = before.partition_point(is_better);
        if place < own { place } else { own + after.partition_point(is_better) }
    }

    /// True where anybody's data has a former rank.
    #[must_use]
    pub fn has_former_ranks(&self) -> bool {
        self.has_former_ranks
    }

    /// Where the player's own entry is, from 0; `None` where it is on another page, or nowhere.
    #[must_use]
    pub fn self_position(&self) -> Option<usize> {
        self.self_position
    }

    /// Everybody, best first.
    #[must_use]
    pub fn entries(&self) -> &[RankEntry] {
        &self.entries
    }

    /// The best `count`.
    #[must_use]
    pub fn top(&self, count: usize) -> &[RankEntry] {
        self.entries.get(..count).unwrap_or(&self.entries)
    }

    /// The entries that the options ask for: all, or [`RankOptions::top`].
    #[must_use]
    pub fn shown(&self) -> &[RankEntry] {
        self.top.map_or(&self.entries, |count| self.top(count))
    }

    /// True where the lower score is the better one.
    #[must_use]
    pub fn is_ascending(&self) -> bool {
        self.order == Order::Asc
    }

    /// [`Ranking::shown`], at most [`Limits::friends`](crate::Limits::friends) of it; says so in a diagnostic where that
    /// leaves some out.
    #[must_use]
    pub fn shown_within(&self, reading: &mut Reading<'_>) -> &[RankEntry] {
        let shown = self.shown();
        let Some(drawn) = shown.get(..reading.limits.friends).filter(|drawn| drawn.len() < shown.len()) else { return shown };
        let message = format!("{} friends are ranked, the first {} are drawn", shown.len(), drawn.len());
        let diagnostic = Diagnostic::warning("too-many-friends", message, Place::default());
        reading.push(diagnostic.hint(raise_limit("friends")));
        drawn
    }

    /// The player's own entry, where there is one.
    #[must_use]
    pub fn self_entry(&self) -> Option<&RankEntry> {
        self.self_position.and_then(|position| self.entries.get(position)).or(self.self_outside.as_ref())
    }

    /// How many are ranked: where this is a page of a longer order, in all of it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.total.unwrap_or(self.entries.len()).max(self.entries.len())
    }

    /// Places before the first entry, where this is a page of a longer order.
    #[must_use]
    pub fn places_before(&self) -> usize {
        self.places_before
    }

    /// True where nothing says how long a page is, so that the places before this one are counted by its own length.
    #[must_use]
    pub fn is_page_guessed(&self) -> bool {
        self.is_guess
    }

    /// Self with `each_side` entries before and after; near an end the window moves inwards rather than shrinking, so
    /// that it has `2 × each_side + 1` entries wherever there are so many. Empty without self.
    ///
    /// ```
    /// # use friendboard::{friends::*, Diagnostics, Limits, Reading};
    /// # let json = r#"[{"openid":"a","score":3},{"openid":"b","score":2},{"openid":"c","score":1}]"#;
    /// # let data = read(json, "x", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut Diagnostics::new())).unwrap();
    /// let ranking = rank(&data, &RankOptions { self_openid: Some("c".into()), ..Default::default() });
    /// let openids: Vec<_> = ranking.neighbours(1).iter().map(|entry| entry.friend.openid.to_string()).collect();
    /// assert_eq!(openids, ["a", "b", "c"]);
    /// ```
    #[must_use]
    pub fn neighbours(&self, each_side: usize) -> &[RankEntry] {
        let Some(position) = self.self_position else { return &[] };
        let length = each_side.saturating_mul(2).saturating_add(1).min(self.entries.len());
        let start = position.saturating_sub(each_side).min(self.entries.len() - length);
        self.entries.get(start..start + length).unwrap_or_default()
    }

    /// The nearest friend whose score is strictly better than that of self; where self has no score yet, the last one
    /// who has. `None` where self is nobody, or the best.
    #[must_use]
    pub fn next_to_beat(&self) -> Option<Target<'_>> {
        let own = self.self_entry()?;
        // Who is on another page has the nearest one that is known, or nobody.
        let before = self.entries.get(..own.position.min(self.entries.len()))?;
        let Some(own_score) = &own.friend.score else {
            return before.iter().rfind(|entry| entry.friend.score.is_some()).map(|entry| Target { entry, gap: None });
        };
        before.iter().rev().find_map(|entry| {
            let score = entry.friend.score.as_ref()?;
            let (better, worse) = match score.value.cmp(&own_score.value) {
                Ordering::Equal => return None,
                _ if self.order == Order::Asc => (&own_score.value, &score.value),
                _ => (&score.value, &own_score.value),
            };
            Some(Target { entry, gap: better.checked_sub(worse) })
        })
    }
}

#[cfg(test)]
#[path = "ranking_tests.rs"]
mod tests;
