//! Friends as a list that stays with the text it was read from: of each one only what ranks them and tells them apart was
//! read, and what else they have is read where somebody asks for it.

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use super::entry_reader::{EntryReader, Held, TextLimits};
use super::names::FORMER_RANK;
use super::path::{self, Stored};
use super::score::Score;
use crate::json::{Document, Node, Value};
use crate::number::Number;
use crate::sorted::{self, BTreeMap};

/// Friends in the order of the data. Cheap to clone.
///
/// ```
/// use friendboard::friends::{Friends, Person};
/// let friends = Friends::from_iter([Person { nickname: "Ann".into(), ..Person::default() }]);
/// assert_eq!((friends.len(), &*friends.get(0).unwrap().nickname()), (1, "Ann"));
/// ```
#[derive(Clone, Default)]
pub struct Friends(Arc<Table>);

#[derive(Clone, Default)]
struct Table {
    /// The texts that friends were read from.
    documents: Arc<[Document<'static>]>,
    limits: TextLimits,
    records: Vec<Record>,
    /// Of the records so many are friends; one behind them is the player, whom a page of a longer order has not.
    listed: usize,
    scores: Vec<Score>,
    /// Friends who were not read.
    people: Vec<Person>,
}

/// What is known of a friend at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    /// Place of the entry in the data, from 0.
    pub(super) index: u32,
    pub(super) document: u32,
    /// The number of the entry in the document; of somebody who was not read, the place among the people.
    pub(super) entry: u32,
    /// The numbers of these in the document.
    pub(super) openid: Option<NonZeroU32>,
    pub(super) nickname: Option<NonZeroU32>,
    pub(super) avatar_url: Option<NonZeroU32>,
    /// The number of the score, from 1.
    pub(super) score: Option<NonZeroU32>,
    /// It is one user's own data.
    pub(super) is_own: bool,
    pub(super) has_former_rank: bool,
}

/// What stands for a document where there is none.
const NO_DOCUMENT: u32 = u32::MAX;

/// A friend who was not read from data: whom a program or a platform's other answers know of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The platform's identity; empty where there is none.
    pub openid: Arc<str>,
    /// The name; empty where there is none.
    pub nickname: Arc<str>,
    /// The avatar's address; empty where there is none.
    pub avatar_url: Arc<str>,
    /// The score.
    pub score: Option<Score>,
    /// Further values by key.
    pub kv: BTreeMap<Arc<str>, Arc<str>>,
}

/// One friend of [`Friends`]: as cheap to copy as a reference. Texts are read from the data each time that they are asked for.
#[derive(Clone, Copy)]
pub struct Friend<'a> {
    table: &'a Table,
    record: &'a Record,
}

impl Friends {
    /// Friends who were read, and their scores.
    pub(super) fn read(
        documents: Vec<Document<'static>>,
        limits: TextLimits,
        records: Vec<Record>,
        scores: Vec<Score>,
    ) -> Self {
        let listed = records.len();
        Self(Arc::new(Table { documents: documents.into(), limits, records, listed, scores, people: Vec::new() }))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.listed
    }

    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.listed == 0
    }

    /// True where both are one list, which is known without looking at its friends.
    pub(crate) fn is_same_list(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The friend of a place, from 0.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Friend<'_>> {
        self.0.records.get(..self.0.listed)?.get(place).map(|record| Friend { table: &self.0, record })
    }

    /// All of them.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Friend<'_>> + DoubleEndedIterator + Clone {
        let listed = self.0.records.get(..self.0.listed).unwrap_or_default();
        listed.iter().map(|record| Friend { table: &self.0, record })
    }

    /// The player, where this is a page of a longer order that has them not.
    #[must_use]
    pub fn outside(&self) -> Option<Friend<'_>> {
        self.0.records.get(self.0.listed).map(|record| Friend { table: &self.0, record })
    }

    /// Adds somebody at the end.
    pub fn push(&mut self, person: Person) {
        let table = Arc::make_mut(&mut self.0);
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let mut record = Record {
            index: number(table.listed),
            document: NO_DOCUMENT,
            entry: number(table.people.len()),
            has_former_rank: person.kv.keys().any(|key| FORMER_RANK.contains(&&**key)),
            ..Record::default()
        };
        if let Some(score) = &person.score {
            table.scores.push(score.clone());
            record.score = NonZeroU32::new(number(table.scores.len()));
        }
        table.people.push(person);
        table.records.insert(table.listed, record);
        table.listed += 1;
    }

    /// Gives the friend of a place another score.
    pub fn set_score(&mut self, place: usize, score: Score) {
        let table = Arc::make_mut(&mut self.0);
        table.scores.push(score);
        if let Some(record) = table.records.get_mut(..table.listed).and_then(|listed| listed.get_mut(place)) {
            record.score = NonZeroU32::new(u32::try_from(table.scores.len()).unwrap_or(u32::MAX));
        }
    }

    /// Changes the records, of which the first so many are friends afterwards.
    pub(super) fn change_records(&mut self, change: impl FnOnce(&mut Vec<Record>) -> usize) {
        let table = Arc::make_mut(&mut self.0);
        table.listed = change(&mut table.records).min(table.records.len());
    }

    /// The same of their scores.
    pub(super) fn change_scores(&mut self, change: impl FnOnce(&mut Vec<Record>, &mut Vec<Score>)) {
        let table = Arc::make_mut(&mut self.0);
        change(&mut table.records, &mut table.scores);
    }

    /// A value by the numbers of its document and of its own.
    pub(super) fn node(&self, document: u32, number: u32) -> Option<Node<'_>> {
        self.0.documents.get(document as usize).map(|document| document.node(number))
    }
}

impl FromIterator<Person> for Friends {
    fn from_iter<I: IntoIterator<Item = Person>>(people: I) -> Self {
        let mut friends = Self::default();
        people.into_iter().for_each(|person| friends.push(person));
        friends
    }
}

impl PartialEq for Friends {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.len() == other.len() && self.iter().eq(other.iter()) && self.outside() == other.outside())
    }
}

impl fmt::Debug for Friends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> Friend<'a> {
    /// Place of the entry in the data, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.record.index as usize
    }

    /// The platform's identity of the person; empty where the data has none.
    #[must_use]
    pub fn openid(self) -> Cow<'a, str> {
        self.text(self.record.openid, |person| &person.openid)
    }

    /// The name as it was given; empty where the data has none.
    #[must_use]
    pub fn nickname(self) -> Cow<'a, str> {
        self.text(self.record.nickname, |person| &person.nickname)
    }

    /// The avatar's address exactly as it was given; empty where there is none.
    #[must_use]
    pub fn avatar_url(self) -> Cow<'a, str> {
        match (self.person(), self.record.avatar_url) {
            (Some(person), _) => Cow::Borrowed(&person.avatar_url),
            // One that is longer than a string may be was left out, unless it holds the picture.
            (None, Some(number)) => self.node(number.get()).and_then(Node::text).unwrap_or_default(),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// The score; `None` where none is stored, or what is stored is none.
    #[must_use]
    pub fn score(self) -> Option<&'a Score> {
        self.table.scores.get(self.record.score?.get() as usize - 1)
    }

    /// Every pair of the cloud storage, values as they were given: strings as their text, anything else as its JSON.
    /// Other members of the entry (`extra`, `city`, `level`) are here too, after the pairs of the same name.
    #[must_use]
    pub fn kv(self) -> BTreeMap<Arc<str>, Arc<str>> {
        Looker::at(self).kv()
    }

    /// The same as the values that they are: JSON objects and lists where they are such.
    #[must_use]
    pub fn values(self) -> BTreeMap<Arc<str>, Value> {
        sorted::map(self.kv().into_iter().map(|(key, text)| (key, path::opened(&text))))
    }

    /// What is stored at a path: a key, or a key and the names of members with dots between, where the value is JSON.
    ///
    /// ```
    /// use friendboard::friends::{Friends, Person};
    /// let kv = [("daily".into(), r#"{"date": "2026-11-25", "highestScore": 310}"#.into())].into();
    /// let friends = Friends::from_iter([Person { kv, ..Person::default() }]);
    /// let friend = friends.get(0).unwrap();
    /// assert_eq!(friend.value_at("daily.highestScore").unwrap().to_json(), "310");
    /// assert!(friend.value_at("daily.lowestScore").is_none());
    /// ```
    #[must_use]
    pub fn value_at(self, path: &str) -> Option<Value> {
        path::value_at(&Looker::at(self).getter(), path)
    }

    /// The rank that the friend had before, as a game stores it beside the score.
    #[must_use]
    pub fn former_rank(self) -> Option<i128> {
        // Most friends have none: that was seen when they were read.
        if !self.record.has_former_rank {
            return None;
        }
        let looker = Looker::at(self);
        let found = FORMER_RANK.iter().find_map(|key| path::value_at(&looker.getter(), key))?;
        match &found {
            Value::Number(number) => number.as_integer(),
            other => Number::parse(&other.to_text()).and_then(|number| number.as_integer()),
        }
    }

    /// True where both are the same entry, whatever the scores: as it is written, or else by all that it holds.
    pub(super) fn is_same_entry(self, other: Friend<'_>) -> bool {
        if self.index() != other.index() {
            return false;
        }
        if let (Some(a), Some(b)) = (self.node(self.record.entry), other.node(other.record.entry))
            && a.source() == b.source()
            && self.table.limits == other.table.limits
        {
            return true;
        }
        self.openid() == other.openid()
            && self.nickname() == other.nickname()
            && self.avatar_url() == other.avatar_url()
            && self.kv() == other.kv()
    }

    fn person(self) -> Option<&'a Person> {
        self.table.people.get(self.record.entry as usize).filter(|_| self.record.document == NO_DOCUMENT)
    }

    fn node(self, number: u32) -> Option<Node<'a>> {
        self.table.documents.get(self.record.document as usize).map(|document| document.node(number))
    }

    fn text(self, number: Option<NonZeroU32>, of: fn(&Person) -> &Arc<str>) -> Cow<'a, str> {
        match (self.person(), number) {
            (Some(person), _) => Cow::Borrowed(of(person)),
            (None, Some(number)) => self.node(number.get()).map(|node| self.table.limits.text_of(node)).unwrap_or_default(),
            (None, None) => Cow::Borrowed(""),
        }
    }
}

/// What friends have stored, for who looks at many of them one after another: names are found once for all.
pub(super) struct Looker<'a> {
    reader: EntryReader<'static>,
    friend: Option<Friend<'a>>,
}

impl<'a> Looker<'a> {
    /// One that looks at nobody yet.
    pub(super) fn new() -> Self {
        Self { reader: EntryReader::new(None, TextLimits::default(), None), friend: None }
    }

    fn at(friend: Friend<'a>) -> Self {
        let mut looker = Self::new();
        looker.look_at(friend);
        looker
    }

    /// Looks at a friend from here on.
    pub(super) fn look_at(&mut self, friend: Friend<'a>) {
        self.friend = Some(friend);
        self.reader.limits = friend.table.limits;
        self.reader.held.clear();
        if let Some(entry) = friend.node(friend.record.entry) {
            self.reader.entry(entry, 0, friend.record.is_own);
        }
    }

    /// What the friend has under a key.
    fn get(&self, key: &str) -> Option<Arc<str>> {
        let friend = self.friend?;
        if let Some(person) = friend.person() {
            return person.kv.get(key).map(Arc::clone);
        }
        let name = self.reader.names.known(key)?;
        let held = self.reader.held.iter().find(|held| held.name == name)?;
        friend.node(held.value).map(|value| Arc::from(friend.table.limits.text_of(value)))
    }

    /// The same as a function, for paths.
    pub(super) fn getter(&self) -> impl Fn(&str) -> Option<Arc<str>> {
        |key| self.get(key)
    }

    /// All that the friend has stored.
    pub(super) fn kv(&self) -> Stored {
        let Some(friend) = self.friend else { return Stored::new() };
        if let Some(person) = friend.person() {
            return person.kv.clone();
        }
        let pair = |held: &Held| {
            let value = friend.node(held.value)?;
            let key = Arc::clone(&self.reader.names.get(held.name).text);
            Some((key, Arc::from(friend.table.limits.text_of(value))))
        };
        sorted::map(self.reader.held.iter().filter_map(pair))
    }
}

impl PartialEq for Friend<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.score() == other.score() && self.is_same_entry(*other)
    }
}

impl fmt::Debug for Friend<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Friend")
            .field("index", &self.index())
            .field("openid", &self.openid())
            .field("nickname", &self.nickname())
            .field("avatar_url", &self.avatar_url())
            .field("score", &self.score())
            .field("kv", &self.kv())
            .finish()
    }
}
