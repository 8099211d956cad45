//! The order of friends by their scores, of small keys: nobody is looked at again while they are sorted.

use std::cmp::Ordering;

use super::friend::Looker;
use super::score::number_of_value;
use super::{Friend, Friends, Order, RankOptions, Score, Since, path};
use crate::number::Number;
use crate::sorted;

/// A friend's place in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The place in the data.
    pub(super) friend: u32,
    /// The rank, from 1; 0 where no score counts.
    pub(super) rank: u32,
}

/// What a friend is sorted by; what is equal stays in the order of the data.
struct Key {
    /// A score of up to 64 bits, turned so that the less is the better; of others 0.
    score: i64,
    /// [`by_time`] as a number.
    time: i64,
    friend: u32,
    /// Whether the score is all in the key.
    is_whole: bool,
}

/// True for a score from before the time from which on scores count.
pub(super) fn is_outdated(score: &Score, since: Option<Since>) -> bool {
    since.zip(score.time()).is_some_and(|(since, time)| time < since.0)
}

/// The score of a friend that counts.
pub(super) fn counting<'a>(friend: Friend<'a>, options: &RankOptions) -> Option<&'a Score> {
    friend.score().filter(|score| !is_outdated(score, options.since))
}

/// The places in the data of those whose score counts, best first, and of those who have none, as they stand there.
pub(super) fn in_order(friends: &Friends, options: &RankOptions) -> (Vec<u32>, Vec<u32>) {
    let (mut keys, mut without) = (Vec::with_capacity(friends.len()), Vec::new());
    for (place, friend) in friends.iter().enumerate() {
        match counting(friend, options) {
            Some(score) => keys.push(Key::of(score, place as u32, options.order)),
            None => without.push(place as u32),
        }
    }
    if options.order != Order::None {
        let are_whole = keys.iter().all(|key| key.is_whole);
        let score = |key: &Key| friends.get(key.friend as usize).and_then(Friend::score);
        let by_score = |a: &Key, b: &Key| {
            let exact = || Some(by_score(score(a)?, score(b)?, options));
            let ordering = if are_whole { None } else { exact() };
            ordering.unwrap_or_else(|| a.score.cmp(&b.score))
        };
        if options.then_by.is_empty() {
            sorted::sort_by(&mut keys, |a, b| {
                by_score(a, b).then_with(|| a.time.cmp(&b.time)).then_with(|| a.friend.cmp(&b.friend))
            });
        } else {
            let further = Further::of(friends, options);
            sorted::sort_by(&mut keys, |a, b| {
                by_score(a, b).then_with(|| further.compare(a.friend, b.friend)).then_with(|| a.time.cmp(&b.time))
            });
            sorted::sort_by(&mut without, |a, b| further.compare(*a, *b));
        }
    }
    (keys.iter().map(|key| key.friend).collect(), without)
}

impl Key {
    fn of(score: &Score, friend: u32, order: Order) -> Self {
        let whole = score.value.as_integer().and_then(|value| i64::try_from(value).ok());
        // Bit by bit the other way round, the greatest is the least, and nothing overflows.
        let turned = |value: i64| if order == Order::Asc { value } else { !value };
        // Who has no time stands behind all who have one.
        let time = score.time().map_or(i64::MAX, |time| time.min(i64::MAX - 1));
        Self { score: whole.map_or(0, turned), time, friend, is_whole: whole.is_some() }
    }
}

/// Which of two scores is better by itself.
fn by_score(a: &Score, b: &Score, options: &RankOptions) -> Ordering {
    let ascending = a.value.cmp(&b.value);
    if options.order == Order::Asc { ascending } else { ascending.reverse() }
}

/// The earlier one; one without a time after those with one.
fn by_time(a: &Score, b: &Score) -> Ordering {
    (a.time().is_none(), a.time()).cmp(&(b.time().is_none(), b.time()))
}

/// Which of two friends comes first by score, then by time, where what decides before times do is not looked at; one without a
/// score comes last.
pub(super) fn by_score_and_time(a: Option<&Score>, b: Option<&Score>, options: &RankOptions) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => by_score(a, b, options).then_with(|| by_time(a, b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// What decides between equal scores before their times do, of each friend.
struct Further<'a> {
    numbers: Vec<Vec<Option<Number>>>,
    options: &'a RankOptions,
}

impl<'a> Further<'a> {
    fn of(friends: &Friends, options: &'a RankOptions) -> Self {
        let mut looker = Looker::new();
        let numbers = friends.iter().map(|friend| {
            looker.look_at(friend);
            let number = |path: &str| number_of_value(&path::value_at(&looker.getter(), path)?);
            options.then_by.iter().map(|by| number(&by.path)).collect()
        });
        Self { numbers: numbers.collect(), options }
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        let of = |friend: u32| self.numbers.get(friend as usize).into_iter().flatten();
        let pairs = self.options.then_by.iter().zip(of(a).zip(of(b)));
        pairs.fold(Ordering::Equal, |so_far, (by, pair)| {
            so_far.then_with(|| match pair {
                (Some(a), Some(b)) if by.order == Order::Asc => a.cmp(b),
                (Some(a), Some(b)) => b.cmp(a),
                (a, b) => b.is_some().cmp(&a.is_some()),
            })
        })
    }
}
