//! One entry a person.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;

use super::entry_reader::MAX_ENTRY_DIAGNOSTICS;
use super::{Friend, Friends};
use crate::error::{Diagnostic, Diagnostics, Place};

/// Leaves one entry of those with one openid, the fresher one, where the first stood; gives how many went.
pub(super) fn leave_one_a_person(friends: &mut Friends, document: &Place, diagnostics: &mut Diagnostics) -> usize {
    let mut kept: Vec<u32> = Vec::with_capacity(friends.len());
    let mut duplicates = 0;
    let mut seen = Seen::for_so_many(friends.len());
    for (place, friend) in friends.iter().enumerate() {
        let openid = friend.openid();
        let at = |position: usize| kept.get(position).and_then(|&place| friends.get(place as usize));
        let is_same = |position: usize| at(position).is_some_and(|first| first.openid() == openid);
        let known = if openid.is_empty() { None } else { seen.find_or_add(&openid, kept.len(), is_same) };
        let Some((position, first)) = known.and_then(|position| Some((position, at(position)?))) else {
            kept.push(place as u32);
            continue;
        };
        duplicates += 1;
        if duplicates <= MAX_ENTRY_DIAGNOSTICS {
            let message = format!("friends {} and {} have the same openid: one is kept", first.index(), friend.index());
            diagnostics.push(Diagnostic::warning("duplicate-friend", message, document.clone()));
        }
        if is_fresher(friend, first)
            && let Some(kept) = kept.get_mut(position)
        {
            *kept = place as u32;
        }
    }
    if duplicates > 0 {
        let listed = friends.len();
        friends.change_records(|records| {
            let behind = records.get(listed..).unwrap_or_default();
            *records = kept.iter().filter_map(|&place| records.get(place as usize)).chain(behind).copied().collect();
            kept.len()
        });
    }
    duplicates
}

fn is_fresher(later: Friend<'_>, first: Friend<'_>) -> bool {
    match (later.score(), first.score()) {
        (Some(_), None) => true,
        (Some(later), Some(first)) => matches!((later.time(), first.time()), (Some(later), Some(first)) if later > first),
        _ => false,
    }
}

/// Numbers by text, where the texts stay where they are: a table of nothing but parts of hashes and the numbers.
struct Seen {
    /// The upper half of a text's hash, and its number from 1; 0 where there is none.
    slots: Vec<u64>,
    hasher: RandomState,
}

impl Seen {
    /// Twice as many slots as texts: there is always an empty one.
    fn for_so_many(texts: usize) -> Self {
        Self { slots: vec![0; (texts * 2 + 1).next_power_of_two()], hasher: RandomState::default() }
    }

    /// The number of a text that was added before; else the text is added with another one.
    fn find_or_add(&mut self, text: &str, number: usize, is_same: impl Fn(usize) -> bool) -> Option<usize> {
        let hash = self.hasher.hash_one(text);
        let (upper, last) = (hash & !u64::from(u32::MAX), self.slots.len() - 1);
        let mut at = hash as usize & last;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == 0 {
                *slot = upper | (number as u64 + 1);
                return None;
            }
            let known = (*slot & u64::from(u32::MAX)) as usize - 1;
            if *slot & !u64::from(u32::MAX) == upper && is_same(known) {
                return Some(known);
            }
            at = (at + 1) & last;
        }
        None
    }
}
