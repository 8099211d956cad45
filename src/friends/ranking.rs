//! The order of a board: ranks, ties, self, the neighbours, the next friend to beat.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::order::{Placed, by_score_and_time, counting, in_order, is_outdated};
use super::{Friend, FriendData, Friends, Identity, Order, Page, RankOptions, Score, Ties, WithoutScore};
use crate::error::{Diagnostic, Place, raise_limit};
use crate::number::Number;
use crate::reading::Reading;

/// Friends in the order of their ranks.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    friends: Friends,
    placed: Vec<Placed>,
    top: Option<usize>,
    self_position: Option<usize>,
    /// The player's own new score, in place of the one that the data has.
    own_score: Option<Score>,
    order: Order,
    /// The rank and the place of the player, where the page that this is has them not.
    self_outside: Option<(Option<usize>, usize)>,
    /// Places before the first entry: this is a page of a longer order.
    places_before: usize,
    /// True where that is a guess.
    is_guess: bool,
    /// Places in all, where the data says so.
    total: Option<usize>,
    /// True where anybody's data has a former rank.
    has_former_ranks: bool,
}

/// A friend's place: as cheap to copy as a reference.
#[derive(Clone, Copy, Debug)]
pub struct RankEntry<'a> {
    /// The friend.
    pub friend: Friend<'a>,
    /// The score that counts: not one from before the time from which on scores do, and the player's new one in place of the
    /// [data's](Friend::score).
    pub score: Option<&'a Score>,
    /// The rank, from 1; `None` for a friend without a score.
    pub rank: Option<usize>,
    /// Place in the ranking, from 0.
    pub position: usize,
    /// True for the player's own entry; at most one is.
    pub is_self: bool,
}

/// Whoever stands at the same place with the same score, and the same data beside it.
impl PartialEq for RankEntry<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.score, self.rank, self.position, self.is_self) == (other.score, other.rank, other.position, other.is_self)
            && self.friend.is_same_entry(other.friend)
    }
}

/// Some of the entries of a [`Ranking`], one behind the other.
#[derive(Clone)]
pub struct Entries<'a> {
    ranking: &'a Ranking,
    positions: Range<usize>,
}

impl<'a> Entries<'a> {
    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// The first one.
    #[must_use]
    pub fn first(&self) -> Option<RankEntry<'a>> {
        self.get(0)
    }

    /// The one of a place among these, from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<RankEntry<'a>> {
        self.positions.clone().nth(index).and_then(|position| self.ranking.entry(position))
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = RankEntry<'a>;

    fn next(&mut self) -> Option<RankEntry<'a>> {
        self.positions.next().and_then(|position| self.ranking.entry(position))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }

    fn nth(&mut self, index: usize) -> Option<RankEntry<'a>> {
        self.positions.nth(index).and_then(|position| self.ranking.entry(position))
    }
}

impl DoubleEndedIterator for Entries<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.positions.next_back().and_then(|position| self.ranking.entry(position))
    }
}

impl ExactSizeIterator for Entries<'_> {}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The next friend to beat.
#[derive(Clone, Debug, PartialEq)]
pub struct Target<'a> {
    /// The nearest entry whose score is strictly better than that of self.
    pub entry: RankEntry<'a>,
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
    let friends = &data.friends;
    let (places_before, is_guess) = data.page.as_ref().map_or((0, false), |page| page.places_before(options.page_size));
    let mut placed = placed(friends, options, places_before);
    placed.shrink_to_fit();
    let self_position = self_position(&placed, data, options);
    let outside = |page: &Page| {
        let friend = friends.outside().filter(|_| self_position.is_none())?;
        let position = page.self_rank.map_or(usize::MAX, |rank| rank - 1);
        Some((page.self_rank.filter(|_| friend.score().is_some()), position))
    };
    let mut ranked = placed.iter().filter_map(|placed| friends.get(placed.friend as usize));
    Ranking {
        has_former_ranks: ranked.any(|friend| friend.former_rank().is_some()),
        friends: friends.clone(),
        top: options.top,
        order: options.order,
        own_score: None,
        self_outside: data.page.as_ref().and_then(outside),
        places_before,
        is_guess,
        total: data.page.as_ref().and_then(|page| page.total),
        self_position,
        placed,
    }
}

/// Everybody in order, with their ranks.
fn placed(friends: &Friends, options: &RankOptions, places_before: usize) -> Vec<Placed> {
    if options.order == Order::None {
        // As they stand in the data, whoever has a score.
        let everybody = friends.iter().enumerate().map(|(place, friend)| (place, counting(friend, options).is_some()));
        let ranked = everybody.filter(|(_, counts)| *counts || options.without_score == WithoutScore::Last);
        let placed = ranked.enumerate().map(|(position, (friend, counts))| {
            let rank = if counts { position + places_before + 1 } else { 0 };
            Placed { friend: friend as u32, rank: stored_rank(rank) }
        });
        return placed.collect();
    }
    let (scored, without) = in_order(friends, options);
    let score = |friend: u32| friends.get(friend as usize).and_then(Friend::score);
    let mut placed: Vec<Placed> = Vec::with_capacity(friends.len());
    let mut before: Option<(&Score, u32)> = None;
    for (position, friend) in scored.into_iter().enumerate() {
        let Some(score) = score(friend) else { continue };
        let rank = stored_rank(rank_after(before, score, position + places_before, options));
        before = Some((score, rank));
        placed.push(Placed { friend, rank });
    }
    if options.without_score == WithoutScore::Last {
        placed.extend(without.into_iter().map(|friend| Placed { friend, rank: 0 }));
    }
    placed
}

/// A rank as it is kept.
fn stored_rank(rank: usize) -> u32 {
    u32::try_from(rank).unwrap_or(u32::MAX)
}

/// The rank of a score with so many places before, behind another with its rank.
fn rank_after(before: Option<(&Score, u32)>, score: &Score, places: usize, options: &RankOptions) -> usize {
    let is_ordinal = options.ties == Ties::Ordinal || options.order == Order::None;
    match before {
        Some((previous, rank)) if !is_ordinal && rank > 0 => match options.ties {
            _ if previous.value == score.value => rank as usize,
            Ties::Dense => rank as usize + 1,
            Ties::Competition | Ties::Ordinal => places + 1,
        },
        _ => places + 1,
    }
}

/// An openid decides over avatar and name, wherever they stand.
fn self_position(placed: &[Placed], data: &FriendData, options: &RankOptions) -> Option<usize> {
    if data.is_own {
        return (!placed.is_empty()).then_some(0);
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
    if identity.is_unknown() {
        return None;
    }
    // Friends are looked through as they stand in the data, which is faster than as they are ranked.
    let first_of = |is_it: &dyn Fn(Friend<'_>) -> bool| {
        let mut found: Vec<u32> = Vec::new();
        found.extend(data.friends.iter().enumerate().filter(|(_, friend)| is_it(*friend)).map(|(place, _)| place as u32));
        if found.is_empty() { None } else { placed.iter().position(|placed| found.binary_search(&placed.friend).is_ok()) }
    };
    let by_openid = || first_of(&|friend| *friend.openid() == *identity.openid);
    let by_openid = if identity.openid.is_empty() { None } else { by_openid() };
    by_openid.or_else(|| first_of(&|friend| identity.is(friend)))
}

impl Ranking {
    /// The entry of a position, from 0.
    #[must_use]
    pub fn entry(&self, position: usize) -> Option<RankEntry<'_>> {
        let Placed { friend, rank } = *self.placed.get(position)?;
        let friend = self.friends.get(friend as usize)?;
        let is_self = self.self_position == Some(position);
        let score = self.own_score.as_ref().filter(|_| is_self).or_else(|| friend.score()).filter(|_| rank > 0);
        Some(RankEntry { friend, score, rank: Some(rank as usize).filter(|rank| *rank > 0), position, is_self })
    }

    /// Everybody who is ranked, in the order of the data.
    pub(crate) fn friends(&self) -> &Friends {
        &self.friends
    }

    /// Where the friend of a position stands in the data.
    pub(crate) fn friend_place(&self, position: usize) -> Option<usize> {
        self.placed.get(position).map(|placed| placed.friend as usize)
    }

    fn part(&self, positions: Range<usize>) -> Entries<'_> {
        let end = positions.end.min(self.placed.len());
        Entries { ranking: self, positions: positions.start.min(end)..end }
    }

    /// Gives the player another score: what is ranked by these options, without ranking all anew. False where that has to be
    /// done; nothing is changed then.
    ///
    /// Only those between the two places are touched.
    pub fn set_own_score(&mut self, score: &Score, options: &RankOptions) -> bool {
        let Some(from) = self.self_position else { return false };
        // Keys may be in the score itself.
        if !options.then_by.is_empty() || is_outdated(score, options.since) {
            return false;
        }
        self.own_score = Some(score.clone());
        let to = if options.order == Order::None { from } else { self.place_of(from, score, options) };
        if let Some(moved) = self.placed.get_mut(from.min(to)..=from.max(to)) {
            if to < from { moved.rotate_right(1) } else { moved.rotate_left(1) }
        }
        self.self_position = Some(to);
        let (first, last) = (from.min(to), from.max(to));
        for position in first..self.placed.len() {
            // Whether a score counts is known by the rank; who is given one has it now.
            let counts = position == to || self.placed.get(position).is_some_and(|placed| placed.rank > 0);
            let scored = |position: usize| self.entry_score(position);
            let before = position.checked_sub(1).and_then(|before| Some((scored(before)?, self.placed.get(before)?.rank)));
            let rank = match scored(position).filter(|_| counts) {
                Some(score) => stored_rank(rank_after(before, score, position + self.places_before, options)),
                None => 0,
            };
            let Some(placed) = self.placed.get_mut(position) else { break };
            // Behind both places a rank that stays leaves all others.
            if position > last && placed.rank == rank {
                break;
            }
            placed.rank = rank;
        }
        true
    }

    /// The score of a position, whether it counts or not.
    fn entry_score(&self, position: usize) -> Option<&Score> {
        if self.self_position == Some(position) && self.own_score.is_some() {
            return self.own_score.as_ref();
        }
        self.friends.get(self.placed.get(position)?.friend as usize)?.score()
    }

    /// Where an entry belongs among the others with a score.
    fn place_of(&self, own: usize, score: &Score, options: &RankOptions) -> usize {
        let Some((before, [placed, after @ ..])) = self.placed.split_at_checked(own) else { return own };
        // What is equal stays in the order of the data.
        let is_better = |other: &Placed| {
            let theirs = self.friends.get(other.friend as usize).and_then(Friend::score).filter(|_| other.rank > 0);
            by_score_and_time(theirs, Some(score), options).then(other.friend.cmp(&placed.friend)) == Ordering::Less
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
    pub fn entries(&self) -> Entries<'_> {
        self.part(0..self.placed.len())
    }

    /// The best `count`.
    #[must_use]
    pub fn top(&self, count: usize) -> Entries<'_> {
        self.part(0..count)
    }

    /// The entries that the options ask for: all, or [`RankOptions::top`].
    #[must_use]
    pub fn shown(&self) -> Entries<'_> {
        self.top(self.top.unwrap_or(usize::MAX))
    }

    /// True where the lower score is the better one.
    #[must_use]
    pub fn is_ascending(&self) -> bool {
        self.order == Order::Asc
    }

    /// [`Ranking::shown`], at most [`Limits::friends`](crate::Limits::friends) of it; says so in a diagnostic where that
    /// leaves some out.
    #[must_use]
    pub fn shown_within(&self, reading: &mut Reading<'_>) -> Entries<'_> {
        let (shown, most) = (self.shown(), reading.limits.friends);
        if shown.len() <= most {
            return shown;
        }
        let message = format!("{} friends are ranked, the first {most} are drawn", shown.len());
        let diagnostic = Diagnostic::warning("too-many-friends", message, Place::default());
        reading.push(diagnostic.hint(raise_limit("friends")));
        self.top(most)
    }

    /// The player's own entry, where there is one.
    #[must_use]
    pub fn self_entry(&self) -> Option<RankEntry<'_>> {
        let outside = || {
            let ((rank, position), friend) = (self.self_outside?, self.friends.outside()?);
            Some(RankEntry { friend, score: friend.score(), rank, position, is_self: true })
        };
        self.self_position.and_then(|position| self.entry(position)).or_else(outside)
    }

    /// Where the player stands in the data; `None` where the player is not in it.
    pub(crate) fn self_place(&self) -> Option<usize> {
        self.placed.get(self.self_position?).map(|placed| placed.friend as usize)
    }

    /// How many are ranked: where this is a page of a longer order, in all of it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.total.unwrap_or(self.placed.len()).max(self.placed.len())
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
    /// let openids: Vec<_> = ranking.neighbours(1).map(|entry| entry.friend.openid().to_string()).collect();
    /// assert_eq!(openids, ["a", "b", "c"]);
    /// ```
    #[must_use]
    pub fn neighbours(&self, each_side: usize) -> Entries<'_> {
        let Some(position) = self.self_position else { return self.part(0..0) };
        let length = each_side.saturating_mul(2).saturating_add(1).min(self.placed.len());
        let start = position.saturating_sub(each_side).min(self.placed.len() - length);
        self.part(start..start + length)
    }

    /// The nearest friend whose score is strictly better than that of self; where self has no score yet, the last one
    /// who has. `None` where self is nobody, or the best.
    #[must_use]
    pub fn next_to_beat(&self) -> Option<Target<'_>> {
        let own = self.self_entry()?;
        // Who is on another page has the nearest one that is known, or nobody.
        let mut before = self.part(0..own.position);
        let Some(own_score) = own.score else {
            return before.rfind(|entry| entry.score.is_some()).map(|entry| Target { entry, gap: None });
        };
        before.rev().find_map(|entry| {
            let score = entry.score?;
            let (better, worse) = match score.value.cmp(&own_score.value) {
                Ordering::Equal => return None,
                _ if self.order == Order::Asc => (&own_score.value, &score.value),
                _ => (&score.value, &own_score.value),
            };
            Some(Target { entry, gap: better.checked_sub(worse) })
        })
    }
}

/// The same friends in the same order, by whatever way they came into it.
impl PartialEq for Ranking {
    fn eq(&self, other: &Self) -> bool {
        let facts = |ranking: &Self| {
            let Self { top, order, places_before, is_guess, total, has_former_ranks, .. } = *ranking;
            (top, order, places_before, is_guess, total, has_former_ranks)
        };
        facts(self) == facts(other)
            && self.placed.len() == other.placed.len()
            && self.entries().eq(other.entries())
            && self.self_entry() == other.self_entry()
    }
}

#[cfg(test)]
#[path = "ranking_tests.rs"]
mod tests;
