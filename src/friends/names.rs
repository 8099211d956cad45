//! Names of members and keys, and what they mean: found once for each name, however many entries have it.

use std::sync::Arc;

use crate::json;
use crate::sorted::BTreeMap;

/// A name by its number.
pub(super) type NameId = u32;

/// What a member of an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    OpenId,
    Nickname,
    Avatar,
    /// The pairs of the cloud storage.
    Pairs,
    /// Pairs too, where it is a list; else a value.
    Data,
    /// Of a row of Douyin's `getImRankData`.
    Rank(RankField),
    /// A value beside the pairs.
    Value,
}

/// What a row of Douyin's `getImRankData` is ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RankField {
    DataType,
    Priority,
    UpdateTime,
    Value,
}

/// Who somebody is, under another name than the platforms'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    OpenId,
    Nickname,
    Avatar,
}

/// What a name says.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) text: Arc<str>,
    pub(super) field: Field,
    pub(super) who: Option<Who>,
    /// An object of this name says who somebody is.
    pub(super) is_person: bool,
    /// How much it says that a value under it is the score; lower is more.
    pub(super) class: u8,
    /// A former rank is stored under it.
    pub(super) is_former_rank: bool,
    /// The last entry that had a member of this name, and the last one that holds a value under it.
    pub(super) named_in: u32,
    pub(super) held_in: u32,
}

/// All names that were read so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<Meaning>,
    numbers: BTreeMap<Arc<str>, NameId>,
}

impl Names {
    /// A name's number: the guessed one, where it is that, which most are as entries are alike.
    pub(super) fn number(&mut self, name: &str, guess: Option<NameId>) -> NameId {
        if let Some(guess) = guess.filter(|&guess| self.all.get(guess as usize).is_some_and(|known| *known.text == *name)) {
            return guess;
        }
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.all.len() as NameId;
        let text: Arc<str> = Arc::from(name);
        self.numbers.insert(Arc::clone(&text), number);
        self.all.push(Meaning::of(text));
        number
    }

    /// The number of a name that was read already.
    pub(super) fn known(&self, name: &str) -> Option<NameId> {
        self.numbers.get(name).copied()
    }

    pub(super) fn get(&self, number: NameId) -> &Meaning {
        &self.all[number as usize]
    }

    pub(super) fn get_mut(&mut self, number: NameId) -> &mut Meaning {
        &mut self.all[number as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

impl Meaning {
    fn of(text: Arc<str>) -> Self {
        let folded = json::folded(&text);
        let is = |names: &[&str]| names.contains(&folded.as_str());
        let field = match folded.as_str() {
            "openid" => Field::OpenId,
            "nickname" => Field::Nickname,
            "avatarurl" | "userimg" => Field::Avatar,
            "kvdatalist" => Field::Pairs,
            "data" => Field::Data,
            "datatype" => Field::Rank(RankField::DataType),
            "priority" => Field::Rank(RankField::Priority),
            "utime" => Field::Rank(RankField::UpdateTime),
            "value" => Field::Rank(RankField::Value),
            _ => Field::Value,
        };
        let who = if is(NICKNAMES) {
            Some(Who::Nickname)
        } else if is(AVATARS) {
            Some(Who::Avatar)
        } else {
            is(IDS).then_some(Who::OpenId)
        };
        Self {
            field,
            who,
            is_person: is(PEOPLE),
            class: class_of(&folded),
            is_former_rank: FORMER_RANK.contains(&&*text),
            named_in: 0,
            held_in: 0,
            text,
        }
    }
}

/// How much a key's name says that its value is the score; lower is more.
fn class_of(folded: &str) -> u8 {
    match folded {
        "score" => 0,
        _ if folded.contains("score") => 1,
        _ if folded.contains("rank") => 2,
        _ => 3,
    }
}

/// The keys that games store a former rank under, the most usual first.
pub(super) const FORMER_RANK: [&str; 3] = ["lastRank", "last_rank", "previousRank"];

/// An object beside a score that says who somebody is.
const PEOPLE: &[&str] = &["user", "userinfo", "player", "playerinfo", "profile", "friend"];
/// What games' own servers call a nickname.
const NICKNAMES: &[&str] = &["nickname", "nick", "name", "username", "displayname", "playername", "uname"];
/// What they call the address of a picture.
const AVATARS: &[&str] = &[
    "avatarurl",
    "avatar",
    "head",
    "headurl",
    "headimg",
    "headimgurl",
    "headpic",
    "headicon",
    "icon",
    "iconurl",
    "photo",
    "photourl",
    "portrait",
    "picture",
    "figureurl",
    "faceurl",
    "userimg",
];
/// What they call somebody's id.
const IDS: &[&str] = &["openid", "id", "uid", "userid", "playerid", "unionid"];
