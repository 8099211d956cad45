//! A friend as a template sees one: made where a board looks at it.

use std::sync::Arc;

use super::board_state::Mark;
use super::named::{FRIEND, OWN_ROW};
use super::surroundings::Surroundings;
use crate::friends::{Friends, RankEntry, Ranking, Score};
use crate::json::{Maker, Map, Origin, Value};
use crate::name::display_name;
use crate::number::Number;
use crate::sorted::{self, BTreeMap};

/// What makes the rows of friends, each when a board first looks at it.
pub(super) struct Rows {
    ranking: Arc<Ranking>,
    /// The members' names, of which there is one text for all rows.
    names: Vec<Arc<str>>,
    /// What the rows have in common.
    common: Arc<Common>,
    /// What makes each one's `kv`, which few boards look into.
    stored: Arc<dyn Maker<Value>>,
}

/// All that the rows of one board have in common. It knows the friends and not their order, so that an order can be changed
/// while rows are remembered.
struct Common {
    friends: Friends,
    /// What somebody without a name is called.
    anonymous: Arc<str>,
    marks: Arc<BTreeMap<Arc<str>, Mark>>,
    /// The best score.
    best: Option<Number>,
    /// Whether anybody's data has an earlier rank.
    has_ranks: bool,
    /// Places before the first one of a page.
    places_before: usize,
}

impl Common {
    /// True where rows are the same as far as they have this in common. Friends who came again are others.
    fn is_as(&self, other: &Self) -> bool {
        let Self { friends, anonymous, marks, best: _, has_ranks, places_before } = self;
        friends.is_same_list(&other.friends)
            && (has_ranks, places_before, anonymous) == (&other.has_ranks, &other.places_before, &other.anonymous)
            && (Arc::ptr_eq(marks, &other.marks) || *marks == other.marks)
    }
}

/// What one row is made from: a friend, and a place in the order.
struct RowOrigin {
    common: Arc<Common>,
    friend: usize,
    /// How much of the best score is reached, which is all that a row tells of it.
    progress: usize,
    rank: Option<usize>,
    position: usize,
    is_self: bool,
    /// Of the player, the score that counts; of others it is the one in the data.
    own_score: Option<Score>,
}

impl PartialEq for RowOrigin {
    fn eq(&self, other: &Self) -> bool {
        let Self { common, friend, progress, rank, position, is_self, own_score } = self;
        // Equal numbers may be written otherwise.
        let is_written_alike = match (own_score, &other.own_score) {
            (Some(own), Some(other)) => own.value.is_written_as(&other.value),
            (own, other) => own.is_none() && other.is_none(),
        };
        is_written_alike
            && (friend, progress, rank, position) == (&other.friend, &other.progress, &other.rank, &other.position)
            && (is_self, own_score) == (&other.is_self, &other.own_score)
            && (Arc::ptr_eq(common, &other.common) || common.is_as(&other.common))
    }
}

/// What friends have stored, by their positions.
struct Stored(Arc<Ranking>);

impl Maker<Value> for Stored {
    fn make(&self, number: usize) -> BTreeMap<Arc<str>, Value> {
        self.0.entry(number).map(|entry| entry.friend.values()).unwrap_or_default()
    }
}

impl Rows {
    pub(super) fn new(ranking: &Arc<Ranking>, surroundings: &Surroundings) -> Self {
        let best = ranking.entry(0).and_then(|entry| entry.score);
        Self {
            names: FRIEND.iter().map(|member| Arc::from(member.name)).collect(),
            common: Arc::new(Common {
                friends: ranking.friends().clone(),
                anonymous: Arc::from(surroundings.strings.get("anonymous").and_then(Value::as_text).unwrap_or("")),
                marks: Arc::clone(&surroundings.marks),
                best: best.map(|score| score.value.clone()),
                has_ranks: ranking.has_former_ranks(),
                places_before: ranking.places_before(),
            }),
            stored: Arc::new(Stored(Arc::clone(ranking))),
            ranking: Arc::clone(ranking),
        }
    }

    /// The row of an entry.
    pub(super) fn of(&self, entry: RankEntry<'_>) -> BTreeMap<Arc<str>, Value> {
        let values = friend(entry, self);
        sorted::map(self.names.iter().map(Arc::clone).zip(values))
    }

    fn row_origin(&self, number: usize) -> Option<RowOrigin> {
        let entry = self.ranking.entry(number)?;
        Some(RowOrigin {
            common: Arc::clone(&self.common),
            friend: self.ranking.friend_place(number)?,
            progress: progress(entry.score.map(|score| &score.value), self.common.best.as_ref()),
            rank: entry.rank,
            position: entry.position,
            is_self: entry.is_self,
            own_score: entry.score.filter(|_| entry.is_self).cloned(),
        })
    }
}

impl Maker<Value> for Rows {
    fn make(&self, number: usize) -> BTreeMap<Arc<str>, Value> {
        self.ranking.entry(number).map(|entry| self.of(entry)).unwrap_or_default()
    }

    /// The player's own row is looked for among all.
    fn known(&self, number: usize, name: &str) -> Option<Value> {
        let is_self = self.ranking.self_position() == Some(number);
        (name == OWN_ROW && number < self.ranking.entries().len()).then(|| Value::from(is_self))
    }

    fn true_in(&self, name: &str) -> Option<Option<usize>> {
        (name == OWN_ROW).then(|| self.ranking.self_position())
    }

    fn origin(&self, number: usize) -> Option<Origin> {
        self.row_origin(number).map(|origin| Arc::new(origin) as Origin)
    }

    fn is_made_from(&self, number: usize, origin: &Origin) -> bool {
        origin.downcast_ref::<RowOrigin>().is_some_and(|known| self.row_origin(number).is_some_and(|own| own == *known))
    }
}

/// Who stands on the other side of a duel, how far self is ahead of them, and self's part of both scores in percent.
pub(super) fn rival<'a>(ranking: &'a Ranking, surroundings: &Surroundings) -> Option<(RankEntry<'a>, Value, usize)> {
    let own = ranking.self_entry()?;
    let named = surroundings.variables.iter().find(|(name, _)| &**name == "rival").map(|(_, openid)| openid.to_text());
    let mut others = ranking.entries().filter(|entry| !entry.is_self);
    let other = named.and_then(|openid| others.clone().find(|entry| *entry.friend.openid() == *openid));
    let other = other.or_else(|| ranking.next_to_beat().map(|target| target.entry));
    let other = other.or_else(|| others.next())?;
    let value = |entry: RankEntry<'_>| entry.score.map(|score| score.value.clone());
    let (mine, theirs) = (value(own), value(other));
    let zero = || Number::from(0_i128);
    let (ahead, behind) = if ranking.is_ascending() { (theirs.clone(), mine.clone()) } else { (mine.clone(), theirs.clone()) };
    let lead = ahead.unwrap_or_else(zero).checked_sub(&behind.unwrap_or_else(zero)).map_or(Value::Null, Value::from);
    let figure = |number: Option<Number>| number.map_or(0.0, |number| number.to_f64().max(0.0));
    let (mine, theirs) = (figure(mine), figure(theirs));
    let part = if mine + theirs > 0.0 { mine / (mine + theirs) } else { 0.5 };
    let part = if ranking.is_ascending() { 1.0 - part } else { part };
    Some((other, lead, (part * 100.0).round().clamp(8.0, 92.0) as usize))
}

/// The values of a friend's members, in the order of [`FRIEND`].
fn friend(entry: RankEntry<'_>, rows: &Rows) -> [Value; FRIEND.len()] {
    let (friend, common) = (entry.friend, &*rows.common);
    let (openid, nickname) = (friend.openid(), friend.nickname());
    let name = display_name(&nickname);
    let name = if name.is_empty() { Value::from(&common.anonymous) } else { Value::from(&*name) };
    let score = entry.score;
    let number = |number: usize| Value::from(Number::from(number));
    // Who is on another page has no position by which to be found again.
    let is_ranked = entry.is_self == (rows.ranking.self_position() == Some(entry.position));
    let kv = if is_ranked {
        Value::Map(Arc::new(Map::later(&rows.stored, entry.position)))
    } else {
        Value::from_map(friend.values())
    };
    // Who is on another page stands where the platform says; a place that nobody knows is none.
    let position = entry.position.saturating_add(1);
    let is_said = entry.is_self && entry.rank == Some(position);
    let position = if is_said { position } else { position.saturating_add(common.places_before) };
    let updated = score.and_then(|score| score.update_time).map(|time| Value::from(Number::from(i128::from(time))));
    let last = friend.former_rank();
    let moved = entry.rank.zip(last).map(|(rank, last)| Value::from(Number::from(last.saturating_sub(rank as i128))));
    let mark = common.marks.get(&*openid);
    let is_marked = |wanted: Mark| Value::from(mark == Some(&wanted));
    [
        entry.rank.map_or(Value::Null, number),
        entry.rank.filter(|&rank| rank <= 3).map_or(Value::Null, number),
        number(position),
        Value::from(&*openid),
        name,
        Value::from(&*friend.avatar_url()),
        score.map_or(Value::Null, shown_score),
        Value::from(score.is_some()),
        updated.unwrap_or_default(),
        Value::from(entry.is_self),
        kv,
        Value::from(Number::from(progress(score.map(|score| &score.value), common.best.as_ref()))),
        moved.unwrap_or_default(),
        Value::from(common.has_ranks && entry.rank.is_some() && last.is_none()),
        is_marked(Mark::Sending),
        is_marked(Mark::Sent),
        is_marked(Mark::Failed),
    ]
}

/// The score as it is shown: a rank's word (Douyin's enum values) in place of the number behind it.
fn shown_score(score: &Score) -> Value {
    score.label.as_ref().map_or_else(|| Value::from(score.value.clone()), |label| Value::from(&*display_name(label)))
}

/// How much of a goal is reached, in whole percent; where less is better, the goal's part of one's own.
pub(super) fn progress(own: Option<&Number>, theirs: Option<&Number>) -> usize {
    let (Some(own), Some(theirs)) = (own, theirs) else { return 0 };
    let (less, more) = if own < theirs { (own, theirs) } else { (theirs, own) };
    let (less, more) = (less.to_f64(), more.to_f64());
    if more <= 0.0 || less < 0.0 { 0 } else { (less / more * 100.0).round().clamp(0.0, 100.0) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_a_part_of_the_goal() {
        let number = |text| Number::parse(text).unwrap();
        assert_eq!(progress(Some(&number("50")), Some(&number("200"))), 25);
        assert_eq!(progress(None, Some(&number("200"))), 0);
        assert_eq!(progress(Some(&number("40.0")), Some(&number("38"))), 95);
        assert_eq!(progress(Some(&number("-5")), Some(&number("-1"))), 0);
    }
}
