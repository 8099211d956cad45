//! Which of the scores that were found count: one key for all, one entry a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry_reader::MAX_ENTRY_DIAGNOSTICS;
use super::keys::name_class;
use super::row::Row;
use super::shapes::Found;
use super::{Friend, FriendData};
use crate::error::{Diagnostic, Diagnostics, Place, closest};

impl Found {
    /// Chooses the key of the scores (`named`, where the caller named one), leaves one entry a person, adds self where the
    /// list lacks it.
    pub(super) fn into_data(self, named: Option<&str>, document: &Place, diagnostics: &mut Diagnostics) -> FriendData {
        let Self { mut rows, group, self_identity, self_row, failure, is_own, mut dropped } = self;
        if let Some(row) = self_row
            && failure.is_none()
            && !rows.iter().any(|other| self_identity.is(&other.friend))
        {
            rows.push(Row { friend: Friend { index: rows.len(), ..row.friend }, ..row });
        }
        let score_key = match named {
            Some(key) => {
                check_key(&rows, key, document, diagnostics);
                Some(Arc::from(key))
            }
            None => likeliest_key(&rows),
        };
        choose_scores(&mut rows, score_key.as_deref(), named.is_some());

        let mut friends: Vec<Arc<Friend>> = Vec::with_capacity(rows.len());
        let mut duplicates = 0;
        let mut by_openid: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for Row { friend, .. } in rows {
            let kept = by_openid.get(&friend.openid).filter(|_| !friend.openid.is_empty()).copied();
            let Some(position) = kept else {
                by_openid.insert(Arc::clone(&friend.openid), friends.len());
                friends.push(Arc::new(friend));
                continue;
            };
            dropped += 1;
            duplicates += 1;
            if let Some(first) = friends.get_mut(position) {
                if duplicates <= MAX_ENTRY_DIAGNOSTICS {
                    let message = format!("friends {} and {} have the same openid: one is kept", first.index, friend.index);
                    diagnostics.push(Diagnostic::warning("duplicate-friend", message, document.clone()));
                }
                if is_fresher(&friend, first) {
                    *first = Arc::new(friend);
                }
            }
        }
        FriendData { friends, group, self_identity, failure, score_key, is_own, dropped }
    }
}

fn is_fresher(later: &Friend, first: &Friend) -> bool {
    match (&later.score, &first.score) {
        (Some(_), None) => true,
        (Some(later), Some(first)) => matches!((later.update_time, first.update_time), (Some(l), Some(f)) if l > f),
        _ => false,
    }
}

/// Says where no friend has anything under the key that the caller named.
fn check_key(rows: &[Row], key: &str, document: &Place, diagnostics: &mut Diagnostics) {
    let keys: BTreeSet<&str> = rows.iter().flat_map(|row| row.friend.kv.keys().map(AsRef::as_ref)).collect();
    if !keys.is_empty() && !keys.contains(key) && !rows.iter().any(|row| row.rank_score.is_some()) {
        let message = format!("no friend has anything under the key `{key:.64}`");
        let diagnostic = Diagnostic::warning("unknown-key", message, document.clone());
        diagnostics.push(match closest(key, keys.iter().take(1_000).copied()) {
            Some(known) => diagnostic.hint(format!("did you mean `{known:.64}`?")),
            None => diagnostic,
        });
    }
}

/// The key that a board compares friends by where nobody named one: a board must not compare one friend's score with
/// another's level.
fn likeliest_key(rows: &[Row]) -> Option<Arc<str>> {
    let mut keys: BTreeMap<&Arc<str>, (usize, usize)> = BTreeMap::new();
    for (seen, (key, _)) in rows.iter().flat_map(|row| &row.scores).enumerate() {
        let (count, _) = keys.entry(key).or_insert((0, seen));
        *count += 1;
    }
    let likeliest = keys.iter().min_by_key(|(key, (count, first))| (name_class(key), usize::MAX - count, *first));
    likeliest.map(|(key, _)| Arc::clone(key))
}

/// Each friend's score under the key. Without a named key, a friend who lacks it is read by a key of theirs that nobody
/// has beside it: two names for one thing, rather than two things.
fn choose_scores(rows: &mut [Row], key: Option<&str>, is_named: bool) {
    let Some(key) = key else {
        for row in rows {
            row.friend.score = row.rank_score.take();
        }
        return;
    };
    let has_it = |row: &Row| row.friend.kv.contains_key(key);
    let beside: BTreeSet<Arc<str>> =
        rows.iter().filter(|row| has_it(row)).flat_map(|row| row.friend.kv.keys().map(Arc::clone)).collect();
    for row in rows {
        let under_key = row.scores.iter().find(|(name, _)| &**name == key);
        let other = || row.scores.iter().find(|(name, _)| !is_named && !has_it(row) && !beside.contains(name));
        let score = under_key.or_else(other).map(|(_, score)| score.clone());
        row.friend.score = score.or_else(|| row.rank_score.take());
    }
}
