//! Which of the scores that were found count: one key for all, one entry a person.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::entry_reader::MAX_ENTRY_DIAGNOSTICS;
use super::keys::name_class;
use super::path::{number_paths, score_at};
use super::row::Row;
use super::shapes::Found;
use super::{Friend, FriendData};
use crate::error::{Diagnostic, Diagnostics, Place, closest};
use crate::sorted;

impl Found {
    /// Chooses the key of the scores (`named`, where the caller named one), leaves one entry a person, adds self where the
    /// list lacks it.
    pub(super) fn into_data(self, named: Option<&str>, document: &Place, diagnostics: &mut Diagnostics) -> FriendData {
        let Self { mut rows, group, self_identity, self_row, failure, is_own, mut page, mut dropped } = self;
        let is_listed = |rows: &[Row]| rows.iter().any(|other| self_identity.is(&other.friend));
        let listed = rows.len();
        if let Some(row) = self_row
            && failure.is_none()
            && !is_listed(&rows)
        {
            rows.push(Row { friend: Friend { index: rows.len(), ..row.friend }, ..row });
        }
        let score_key = score_key(&mut rows, named, document, diagnostics);
        let without = rows.iter_mut().filter(|row| row.friend.score.is_none());
        let unreadable = without.flat_map(|row| std::mem::take(&mut row.unreadable));
        for diagnostic in unreadable.take(MAX_ENTRY_DIAGNOSTICS) {
            diagnostics.push(diagnostic);
        }
        let mut self_outside = None;
        if let Some(page) = &mut page {
            // Self stands where the platform says, and not at the end of this page.
            self_outside = rows.drain(listed..).next().map(|row| Arc::new(row.friend));
            page.length = rows.len();
            page.self_index = rows.iter().position(|row| self_identity.is(&row.friend));
        }

        let mut friends: Vec<Arc<Friend>> = Vec::with_capacity(rows.len());
        let mut duplicates = 0;
        let mut by_openid: HashMap<Arc<str>, usize, RandomState> =
            HashMap::with_capacity_and_hasher(rows.len(), RandomState::default());
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
        FriendData { friends, group, self_identity, failure, score_key, is_own, page, self_outside, dropped }
    }
}

fn is_fresher(later: &Friend, first: &Friend) -> bool {
    match (&later.score, &first.score) {
        (Some(_), None) => true,
        (Some(later), Some(first)) => matches!((later.time(), first.time()), (Some(later), Some(first)) if later > first),
        _ => false,
    }
}

/// Gives each friend their score, and the key or path that it is under.
fn score_key(rows: &mut [Row], named: Option<&str>, document: &Place, diagnostics: &mut Diagnostics) -> Option<Arc<str>> {
    let key = match named {
        Some(key) => Some(Arc::from(key)),
        None => likeliest_key(rows),
    };
    choose_scores(rows, key.as_deref(), named.is_some());
    if rows.iter().any(|row| row.friend.score.is_some()) || rows.iter().all(|row| row.friend.kv.is_empty()) {
        return key;
    }
    // Nobody has a score under a usual name: what numbers are there?
    let paths = shared_paths(rows, named.filter(|key| rows.iter().any(|row| row.friend.kv.contains_key(*key))));
    let say = |diagnostics: &mut Diagnostics, code, message: String, hint: Option<String>| {
        let diagnostic = Diagnostic::warning(code, message, document.clone());
        diagnostics.push(match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        });
    };
    let take = |rows: &mut [Row], path: &str| {
        for row in rows.iter_mut() {
            row.friend.score = score_at(&row.friend.kv, path);
        }
        rows.iter().any(|row| row.friend.score.is_some())
    };
    if let Some(path) = named
        && take(rows, path)
    {
        return Some(Arc::from(path));
    }
    let under = named.map_or_else(String::new, |key| format!(" under `{key:.64}`"));
    match paths.as_slice() {
        [path] if named.is_none_or(|key| path.starts_with(&format!("{key}."))) => {
            take(rows, path);
            let message = format!("no score{under} has a usual name: `{path}` is taken, the one number that all have");
            say(diagnostics, "score-by-guess", message, Some(format!("name it with --key {path}, or what else is meant")));
            return Some(Arc::from(path.as_str()));
        }
        [] => {
            let keys: BTreeSet<&str> = sorted::set(rows.iter().flat_map(|row| row.friend.kv.keys().map(AsRef::as_ref)));
            let Some(key) = named else {
                // Names alone, as `getUserInfo` answers them, lack nothing.
                if !rows.iter().any(|row| row.has_pairs) {
                    return None;
                }
                let message = format!("none of {} friends has a number that could be a score", rows.len());
                say(diagnostics, "no-scores", message, None);
                return None;
            };
            if keys.contains(key) {
                say(diagnostics, "no-scores", format!("no friend has a score under `{key:.64}`"), None);
            } else {
                let known = closest(key, keys.iter().take(1_000).copied());
                let hint = known.map(|known| format!("did you mean `{known:.64}`?"));
                say(diagnostics, "unknown-key", format!("no friend has anything under the key `{key:.64}`"), hint);
            }
        }
        _ => {
            let named_path = named.filter(|key| !paths.iter().any(|path| path.starts_with(&format!("{key}."))));
            let shown = paths.iter().take(8).map(|path| format!("`{path:.64}`")).collect::<Vec<_>>().join(", ");
            match named_path {
                Some(key) => {
                    let known = closest(key, paths.iter().map(String::as_str));
                    let hint =
                        known.map_or_else(|| format!("there are {shown}"), |known| format!("did you mean `{known:.64}`?"));
                    say(diagnostics, "unknown-key", format!("no friend has anything under the key `{key:.64}`"), Some(hint));
                }
                None => {
                    let first = paths.first().map_or("", String::as_str);
                    let message = format!("no score{under} has a usual name, and several numbers could be one: {shown}");
                    say(diagnostics, "ambiguous-score", message, Some(format!("name one with --key, such as --key {first}")));
                }
            }
        }
    }
    key
}

/// The paths of the numbers that all have who have anything; below a key where one is named.
fn shared_paths(rows: &[Row], below: Option<&str>) -> Vec<String> {
    let mut with_numbers = rows.iter().filter(|row| !row.friend.kv.is_empty()).map(|row| number_paths(&row.friend.kv, below));
    let Some(mut shared) = with_numbers.next() else { return Vec::new() };
    for paths in with_numbers {
        shared.retain(|path| paths.contains(path));
    }
    shared
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
    // Where all have it, nobody is read by another one.
    let is_everybodys = is_named || rows.iter().all(has_it);
    let with_it = rows.iter().filter(|row| !is_everybodys && has_it(row));
    let beside: BTreeSet<Arc<str>> = sorted::set(with_it.flat_map(|row| row.friend.kv.keys().map(Arc::clone)));
    for row in rows {
        let under_key = row.scores.iter().find(|(name, _)| &**name == key);
        let other = || row.scores.iter().find(|(name, _)| !is_named && !has_it(row) && !beside.contains(name));
        let score = under_key.or_else(other).map(|(_, score)| score.clone());
        row.friend.score = score.or_else(|| row.rank_score.take());
    }
}
