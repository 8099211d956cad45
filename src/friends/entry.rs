//! One entry of friend data: where what ranks it and tells it apart stands. What else it has is read when somebody looks
//! at it, by the same reader.

use std::num::NonZeroU32;

use super::Score;
use super::entry_reader::{EntryReader, Held, NamedMember, is_empty};
use super::friend::Record;
use super::names::{Field, NameId, RankField, Who};
use super::score::integer;
use crate::json::{self, Kind, Node};

/// An entry as it was read first, with every score that it could be ranked by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) record: Record,
    /// Where what it holds stands in the reader's list.
    pub(super) held: Part,
    /// The same of what reads as no score: said where the entry stays without one.
    pub(super) unreadable: Part,
    /// It has pairs of the cloud storage, among which a score is expected.
    pub(super) has_pairs: bool,
}

/// A part of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    from: u32,
    until: u32,
}

impl Part {
    /// From an index to the end that a list has now.
    fn of<T>(from: usize, list: &[T]) -> Self {
        Self { from: from as u32, until: list.len() as u32 }
    }

    /// What of the list it is.
    pub(super) fn within<T>(self, list: &[T]) -> &[T] {
        list.get(self.from as usize..self.until as usize).unwrap_or_default()
    }
}

/// True for `{key, value}` and nothing that says who: a pair of the cloud storage.
pub(super) fn is_pair(item: Node<'_>) -> bool {
    let names: Vec<String> = item.members().map(|member| json::folded(&member.name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("key") && !has("openid") && !has("nickname") && !has("avatarurl")
}

/// Who an entry is, so far.
#[derive(Default)]
struct Person<'a> {
    openid: Option<Node<'a>>,
    nickname: Option<Node<'a>>,
    avatar_url: Option<Node<'a>>,
}

impl EntryReader<'_> {
    /// Reads an entry, or a user's own list of pairs; `None` with a diagnostic where it is malformed. `is_own` is one user's
    /// own data, which needn't say who it is.
    pub(super) fn entry(&mut self, entry: Node<'_>, index: usize, is_own: bool) -> Option<Entry> {
        let (held, scores, unreadable) = (self.held.len(), self.scores.len(), self.unreadable.len());
        self.begun = held;
        let read = self.fields(entry, index, is_own);
        self.before = held;
        let Some(mut read) = read else {
            self.held.truncate(held);
            self.scores.truncate(scores);
            self.unreadable.truncate(unreadable);
            return None;
        };
        read.held = Part::of(held, &self.held);
        read.unreadable = Part::of(unreadable, &self.unreadable);
        let held = self.held.get(held..).unwrap_or_default();
        read.record.has_former_rank = held.iter().any(|held| self.names.get(held.name).is_former_rank);
        Some(read)
    }

    fn fields(&mut self, entry: Node<'_>, index: usize, is_own: bool) -> Option<Entry> {
        self.entry += 1;
        let record = Record {
            index: index as u32,
            document: self.document,
            entry: entry.number_in_document(),
            is_own,
            ..Record::default()
        };
        let mut read = Entry { record, ..Entry::default() };
        if entry.kind() == Kind::List && is_own {
            read.has_pairs = self.pairs(entry);
            return Some(read);
        }
        if entry.kind() != Kind::Map {
            self.warn("dropped-friend", entry, || {
                format!("friend {index} dropped: expected an object, found {}", entry.kind().name())
            });
            return None;
        }
        self.read_members(entry);
        let document = entry.document();
        let (mut person, mut rank_row) = (Person::default(), RankRow::default());
        // Members beside the platforms' own stay, in their order.
        let mut others = 0;
        for at in 0..self.members.len() {
            let member = self.members[at];
            let value = document.node(member.value);
            let kind = value.kind();
            if kind == Kind::Null {
                continue;
            }
            match (self.names.get(member.name).field, kind) {
                (Field::OpenId, Kind::Text) => self.take_text(&mut person.openid, value),
                (Field::Nickname, Kind::Text) => self.take_text(&mut person.nickname, value),
                (Field::Avatar, Kind::Text) => self.take_address(&mut person.avatar_url, value),
                (Field::OpenId | Field::Nickname, _) => return self.drop_entry(index, member.name, "a string", value),
                (Field::Avatar, _) => {
                    let name = self.names.get(member.name).text.clone();
                    self.warn("ignored-field", value, || {
                        format!("`{name}` of friend {index} ignored: expected a string, found {}", kind.name())
                    });
                }
                (Field::Pairs, Kind::List | Kind::Map) | (Field::Data, Kind::List) => read.has_pairs |= self.pairs(value),
                (Field::Pairs, _) => return self.drop_entry(index, member.name, "a list", value),
                (field, _) => {
                    if let Field::Rank(field) = field {
                        rank_row.take(field, value);
                    }
                    self.members[others] = member;
                    others += 1;
                }
            }
        }
        self.members.truncate(others);
        self.other_identity(entry, &mut person);
        let Person { openid, nickname, avatar_url } = person;
        if !is_own && openid.is_none() && nickname.is_none() && avatar_url.is_none() {
            self.warn("dropped-friend", entry, || {
                format!(
                    "friend {index} dropped: expected an `openid`, a `nickname` or an `avatarUrl`, found none of them, nor another name of one"
                )
            });
            return None;
        }
        let number = |node: Option<Node<'_>>| node.and_then(|node| NonZeroU32::new(node.number_in_document()));
        read.record.openid = number(openid);
        read.record.nickname = number(nickname);
        read.record.avatar_url = number(avatar_url);
        let is_rank_row = rank_row.is_one();
        if is_rank_row && self.is_first_reading() {
            let score = rank_row.score(self, index, entry);
            read.record.score = score.and_then(|score| self.keep(score));
        }
        for at in 0..self.members.len() {
            let NamedMember { name, value } = self.members[at];
            self.hold_member(name, document.node(value), !is_rank_row);
        }
        Some(read)
    }

    /// The members that count, of which names are found by those of the entry before: of two of one name the last one,
    /// where it stands.
    fn read_members(&mut self, entry: Node<'_>) {
        let mut before = std::mem::take(&mut self.guesses);
        self.members.clear();
        let mut is_repeated = false;
        for (at, member) in entry.members().enumerate() {
            let name = self.names.number(&member.name, before.get(at).copied());
            match before.get_mut(at) {
                Some(guess) => *guess = name,
                None => before.push(name),
            }
            let named_in = &mut self.names.get_mut(name).named_in;
            is_repeated |= *named_in == self.entry;
            *named_in = self.entry;
            self.members.push(NamedMember { name, value: member.value.number_in_document() });
        }
        self.guesses = before;
        if is_repeated {
            self.members.clear();
            for member in entry.distinct_members() {
                let name = self.names.number(&member.name, None);
                self.members.push(NamedMember { name, value: member.value.number_in_document() });
            }
        }
    }

    fn take_text<'n>(&mut self, text: &mut Option<Node<'n>>, value: Node<'n>) {
        if text.is_none() {
            self.check_length(value);
            *text = Some(value).filter(|value| !is_empty(*value));
        }
    }

    fn take_address<'n>(&mut self, address: &mut Option<Node<'n>>, value: Node<'n>) {
        if address.is_none() && self.is_address(value) {
            *address = Some(value);
        }
    }

    /// Who somebody is, under another name than the platforms': where these say nothing.
    fn other_identity<'n>(&mut self, entry: Node<'n>, person: &mut Person<'n>) {
        for at in 0..self.members.len() {
            let NamedMember { name, value } = self.members[at];
            let value = entry.document().node(value);
            let known = self.names.get(name);
            let (who, is_person) = (known.who, known.is_person);
            self.add_identity(who, value, person);
            if is_person && value.kind() == Kind::Map {
                for member in value.distinct_members() {
                    let name = self.names.number(&member.name, None);
                    self.add_identity(self.names.get(name).who, member.value, person);
                }
            }
        }
    }

    fn add_identity<'n>(&mut self, who: Option<Who>, value: Node<'n>, person: &mut Person<'n>) {
        match (who, value.kind()) {
            (Some(Who::Nickname), Kind::Text) => self.take_text(&mut person.nickname, value),
            (Some(Who::Avatar), Kind::Text) => self.take_address(&mut person.avatar_url, value),
            (Some(Who::OpenId), Kind::Text | Kind::Number) => self.take_text(&mut person.openid, value),
            _ => {}
        }
    }

    fn drop_entry(&mut self, index: usize, name: NameId, expected: &str, value: Node<'_>) -> Option<Entry> {
        let name = self.names.get(name).text.clone();
        self.warn("dropped-friend", value, || {
            format!("friend {index} dropped: expected `{name:.64}` to be {expected}, found {}", value.kind().name())
        });
        None
    }

    /// A list of `{key, value}`, or an object of values by key; true where it holds any.
    fn pairs(&mut self, pairs: Node<'_>) -> bool {
        let mut holds_any = false;
        if pairs.kind() == Kind::Map {
            for member in pairs.distinct_members() {
                let name = self.guessed_name(self.limits.cut(&member.name));
                holds_any |= self.hold_pair(name, member.value);
            }
            return holds_any;
        }
        for pair in pairs.items() {
            let (mut key, mut value) = (None, None);
            for member in pair.members() {
                if member.name.eq_ignore_ascii_case("key") {
                    key = Some(member.value);
                } else if member.name.eq_ignore_ascii_case("value") {
                    value = Some(member.value);
                }
            }
            match key {
                Some(key) if key.kind() == Kind::Text => {
                    self.check_length(key);
                    let text = self.limits.text_of(key);
                    let name = self.guessed_name(&text);
                    holds_any |= value.is_some_and(|value| self.hold_pair(name, value));
                }
                key => self.warn("ignored-field", pair, || wrong_pair(pair, key)),
            }
        }
        holds_any
    }

    /// The number of a name, which is likely to stand where the same one stood in the entry before.
    fn guessed_name(&mut self, name: &str) -> NameId {
        let so_far = self.held.len() - self.begun;
        let guess = self.held.get(self.before + so_far).map(|held| held.name);
        self.names.number(name, guess)
    }

    /// Of two pairs with one key the first stays, as where a game looks for it with `find`.
    fn hold_pair(&mut self, name: NameId, value: Node<'_>) -> bool {
        if value.kind() == Kind::Null || self.is_held(name) {
            return false;
        }
        let score = self.score_under(name, value);
        self.check_length(value);
        self.hold(name, value, score);
        true
    }

    /// A value beside the pairs.
    fn hold_member(&mut self, name: NameId, value: Node<'_>, may_be_score: bool) {
        self.check_length(value);
        let known = self.names.get(name);
        let is_score = self.key.map_or(known.class == 0, |key| *key == *known.text);
        if !self.is_held(name) {
            let score = if is_score && may_be_score { self.score_under(name, value) } else { None };
            self.hold(name, value, score);
        }
    }

    fn is_held(&self, name: NameId) -> bool {
        self.names.get(name).held_in == self.entry
    }

    fn hold(&mut self, name: NameId, value: Node<'_>, score: Option<NonZeroU32>) {
        self.names.get_mut(name).held_in = self.entry;
        self.held.push(Held { name, value: value.number_in_document(), score });
    }

    /// Keeps a score; gives its number.
    fn keep(&mut self, score: Score) -> Option<NonZeroU32> {
        self.scores.push(score);
        NonZeroU32::new(self.scores.len() as u32)
    }

    /// Keeps the value as a score where it reads as one; notes it where it should and does not.
    fn score_under(&mut self, name: NameId, value: Node<'_>) -> Option<NonZeroU32> {
        if !self.is_first_reading() {
            return None;
        }
        if let Some(score) = Score::of(value) {
            return self.keep(score);
        }
        let known = self.names.get(name);
        let is_wanted = self.key.map_or(known.class <= 1, |wanted| *wanted == *known.text);
        let is_empty = value.text().is_some_and(|text| text.trim().is_empty());
        if is_wanted && !is_empty {
            self.unreadable.push((self.document, value.number_in_document()));
        }
        None
    }
}

fn wrong_pair(pair: Node<'_>, key: Option<Node<'_>>) -> String {
    match (pair.kind(), key) {
        (Kind::Map, Some(key)) => format!("pair ignored: expected `key` to be a string, found {}", key.kind().name()),
        (Kind::Map, None) => "pair ignored: expected `key` and `value`, found no `key`".to_owned(),
        (kind, _) => format!("pair ignored: expected an object with `key` and `value`, found {}", kind.name()),
    }
}

/// What a row of Douyin's `getImRankData` is ranked by.
#[derive(Default)]
struct RankRow<'a> {
    data_type: Option<i64>,
    value: Option<Node<'a>>,
    priority: Option<Node<'a>>,
    update_time: Option<i64>,
}

impl<'a> RankRow<'a> {
    fn take(&mut self, field: RankField, value: Node<'a>) {
        match field {
            RankField::DataType => self.data_type = integer(value),
            RankField::Priority => self.priority = Some(value),
            RankField::UpdateTime => self.update_time = integer(value),
            RankField::Value => self.value = Some(value),
        }
    }

    fn is_one(&self) -> bool {
        self.data_type.is_some() || (self.value.is_some() && (self.update_time.is_some() || self.priority.is_some()))
    }

    /// Type 0 is a number; type 1 is a word that stands as high as its priority. Among equals the earlier stands higher.
    fn score(&self, reader: &mut EntryReader<'_>, index: usize, entry: Node<'_>) -> Option<Score> {
        let is_word = self.data_type == Some(1);
        let (name, ranked_by) = if is_word { ("priority", self.priority) } else { ("value", self.value) };
        let label = if is_word { self.value.map(|value| reader.text_of(value)) } else { None };
        let score = ranked_by.and_then(Score::of);
        if score.is_none() {
            let found = ranked_by.map_or("none", |value| value.kind().name());
            reader.warn("unreadable-score", ranked_by.unwrap_or(entry), || {
                format!("friend {index} has no score: expected `{name}` to be a number, found {found}")
            });
        }
        score.map(|score| Score { label, update_time: self.update_time.or(score.update_time), ..score })
    }
}
