//! Which of the scores that were found count: one key for all.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::duplicates::leave_one_a_person;
use super::entry::Entry;
use super::entry_reader::{Held, MAX_ENTRY_DIAGNOSTICS, Read};
use super::friend::Looker;
use super::names::{NameId, Names};
use super::path::{number_paths, score_at};
use super::shapes::Found;
use super::{FriendData, Friends};
use crate::error::{Diagnostic, Diagnostics, Place, closest};
use crate::sorted::{self, BTreeSet};

impl Found<'_> {
    /// Chooses the key of the scores (`named`, where the caller named one), leaves one entry a person, adds self where the
    /// list lacks it.
    pub(super) fn into_data(
        self,
        read: Read,
        named: Option<&str>,
        document: &Place,
        diagnostics: &mut Diagnostics,
    ) -> FriendData {
        let Self { documents, mut entries, group, self_identity, self_entry, failure, is_own, mut page, mut dropped, .. } =
            self;
        let Read { names, held, scores, unreadable, limits } = read;
        let records = entries.iter().map(|entry| entry.record).collect();
        let mut friends = Friends::read(documents.into_iter().flatten().collect(), limits, records, scores);
        let listed = entries.len();
        if let Some(mut entry) = self_entry
            && failure.is_none()
            && !friends.iter().any(|other| self_identity.is(other))
        {
            entry.record.index = listed as u32;
            entries.push(entry);
            friends.change_records(|records| {
                records.push(entry.record);
                records.len()
            });
        }
        let mut choice = Choice { friends, entries: &entries, names: &names, held: &held };
        let score_key = choice.score_key(named, document, diagnostics);
        let friends = &mut choice.friends;
        let without = friends.iter().zip(&entries).filter(|(friend, _)| friend.score().is_none());
        let unreadable = without.flat_map(|(_, entry)| entry.unreadable.within(&unreadable));
        for &(document, number) in unreadable.take(MAX_ENTRY_DIAGNOSTICS) {
            let Some(value) = friends.node(document, number) else { continue };
            let found: String = value.source().chars().take(48).collect();
            let message = format!("expected a score (a number, or an object with `score`), found {found}: read as none");
            diagnostics.push(Diagnostic::warning("unreadable-score", message, value.place_and_path()));
        }
        if let Some(page) = &mut page {
            // Self stands where the platform says, and not at the end of this page.
            friends.change_records(|_| listed);
            page.length = friends.len();
            page.self_index = friends.iter().position(|friend| self_identity.is(friend));
        }
        dropped += leave_one_a_person(friends, document, diagnostics);
        let friends = choice.friends;
        FriendData { friends, group, self_identity, failure, score_key, is_own, page, dropped }
    }
}

/// Friends whose scores are still to be chosen, with all that their entries hold.
struct Choice<'a> {
    friends: Friends,
    entries: &'a [Entry],
    names: &'a Names,
    held: &'a [Held],
}

impl Choice<'_> {
    /// What an entry holds.
    fn held(&self, entry: &Entry) -> &[Held] {
        entry.held.within(self.held)
    }

    fn holds(&self, entry: &Entry, name: Option<NameId>) -> bool {
        name.is_some_and(|name| self.held(entry).iter().any(|held| held.name == name))
    }

    fn has_scores(&self) -> bool {
        self.friends.iter().any(|friend| friend.score().is_some())
    }

    /// Gives each friend their score by a path; true where anybody has one.
    fn take(&mut self, path: &str) -> bool {
        let mut looker = Looker::new();
        let score_of = |friend| {
            looker.look_at(friend);
            score_at(&looker.getter(), path)
        };
        let found: Vec<_> = self.friends.iter().map(score_of).collect();
        self.friends.change_scores(|records, scores| {
            for (record, score) in records.iter_mut().zip(found) {
                record.score = score.and_then(|score| {
                    scores.push(score);
                    NonZeroU32::new(scores.len() as u32)
                });
            }
        });
        self.has_scores()
    }

    /// Gives each friend their score, and the key or path that it is under.
    fn score_key(&mut self, named: Option<&str>, document: &Place, diagnostics: &mut Diagnostics) -> Option<Arc<str>> {
        let key = match named {
            Some(key) => Some(Arc::from(key)),
            None => self.likeliest_key(),
        };
        self.choose_scores(key.as_deref(), named.is_some());
        if self.has_scores() || self.entries.iter().all(|entry| self.held(entry).is_empty()) {
            return key;
        }
        // Nobody has a score under a usual name: what numbers are there?
        let is_known = |key: &&str| self.entries.iter().any(|entry| self.holds(entry, self.names.known(key)));
        let paths = self.shared_paths(named.filter(is_known));
        let say = |diagnostics: &mut Diagnostics, code, message: String, hint: Option<String>| {
            let diagnostic = Diagnostic::warning(code, message, document.clone());
            diagnostics.push(match hint {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            });
        };
        if let Some(path) = named
            && self.take(path)
        {
            return Some(Arc::from(path));
        }
        let under = named.map_or_else(String::new, |key| format!(" under `{key:.64}`"));
        match paths.as_slice() {
            [path] if named.is_none_or(|key| path.starts_with(&format!("{key}."))) => {
                self.take(path);
                let message = format!("no score{under} has a usual name: `{path}` is taken, the one number that all have");
                say(diagnostics, "score-by-guess", message, Some(format!("name it with --key {path}, or what else is meant")));
                return Some(Arc::from(path.as_str()));
            }
            [] => {
                let held = self.entries.iter().flat_map(|entry| self.held(entry));
                let keys: BTreeSet<&str> = sorted::set(held.map(|held| &*self.names.get(held.name).text));
                let Some(key) = named else {
                    // Names alone, as `getUserInfo` answers them, lack nothing.
                    if !self.entries.iter().any(|entry| entry.has_pairs) {
                        return None;
                    }
                    let message = format!("none of {} friends has a number that could be a score", self.friends.len());
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
                        say(
                            diagnostics,
                            "unknown-key",
                            format!("no friend has anything under the key `{key:.64}`"),
                            Some(hint),
                        );
                    }
                    None => {
                        let first = paths.first().map_or("", String::as_str);
                        let message = format!("no score{under} has a usual name, and several numbers could be one: {shown}");
                        say(
                            diagnostics,
                            "ambiguous-score",
                            message,
                            Some(format!("name one with --key, such as --key {first}")),
                        );
                    }
                }
            }
        }
        key
    }

    /// The paths of the numbers that all have who have anything; below a key where one is named.
    fn shared_paths(&self, below: Option<&str>) -> Vec<String> {
        let with_any = self.friends.iter().zip(self.entries).filter(|(_, entry)| !self.held(entry).is_empty());
        let mut looker = Looker::new();
        let mut with_numbers = with_any.map(|(friend, _)| {
            looker.look_at(friend);
            number_paths(&looker.kv(), below)
        });
        let Some(mut shared) = with_numbers.next() else { return Vec::new() };
        for paths in with_numbers {
            shared.retain(|path| paths.contains(path));
        }
        shared
    }

    /// The key that a board compares friends by where nobody named one: a board must not compare one friend's score with
    /// another's level.
    fn likeliest_key(&self) -> Option<Arc<str>> {
        // How many have a score under each name, and when it was seen first.
        let mut counts = vec![(0_usize, usize::MAX); self.names.len()];
        let held = self.entries.iter().flat_map(|entry| self.held(entry));
        for (seen, held) in held.filter(|held| held.score.is_some()).enumerate() {
            if let Some((count, first)) = counts.get_mut(held.name as usize) {
                *count += 1;
                *first = (*first).min(seen);
            }
        }
        let names = counts.iter().enumerate().filter(|(_, (count, _))| *count > 0);
        let known = names.map(|(number, counted)| (self.names.get(number as NameId), counted));
        let likeliest = known.min_by_key(|(known, (count, first))| (known.class, usize::MAX - count, *first));
        likeliest.map(|(known, _)| Arc::clone(&known.text))
    }

    /// Each friend's score under the key. Without a named key, a friend who lacks it is read by a key of theirs that nobody
    /// has beside it: two names for one thing, rather than two things.
    fn choose_scores(&mut self, key: Option<&str>, is_named: bool) {
        // What a row is ranked by without a key is its score already.
        let Some(key) = key else { return };
        let key = self.names.known(key);
        // Where all have it, nobody is read by another one.
        let is_everybodys = is_named || self.entries.iter().all(|entry| self.holds(entry, key));
        let mut beside = vec![false; self.names.len()];
        for entry in self.entries.iter().filter(|entry| !is_everybodys && self.holds(entry, key)) {
            for held in self.held(entry) {
                if let Some(is_beside) = beside.get_mut(held.name as usize) {
                    *is_beside = true;
                }
            }
        }
        let score_of = |entry: &Entry| {
            let scored = || self.held(entry).iter().filter(|held| held.score.is_some());
            let under_key = scored().find(|held| Some(held.name) == key);
            let is_alone = |held: &&Held| beside.get(held.name as usize) == Some(&false);
            let other = || if is_everybodys || self.holds(entry, key) { None } else { scored().find(is_alone) };
            under_key.or_else(other).and_then(|held| held.score).or(entry.record.score)
        };
        let chosen: Vec<_> = self.entries.iter().map(score_of).collect();
        self.friends.change_scores(|records, _| {
            for (record, score) in records.iter_mut().zip(chosen) {
                record.score = score;
            }
        });
    }
}
