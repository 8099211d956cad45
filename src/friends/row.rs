//! One entry of friend data.

use std::borrow::Cow;
use std::sync::Arc;

use super::entry_reader::EntryReader;
use super::keys::name_class;
use super::score::integer;
use super::{Friend, Score};
use crate::error::Diagnostic;
use crate::json::{self, Kind, Member, Node};

/// An entry, with every score that it could be ranked by.
pub(super) struct Row {
    pub(super) friend: Friend,
    /// Pairs whose value reads as a score, in the order written.
    pub(super) scores: Vec<(Arc<str>, Score)>,
    /// The score of a row of Douyin's `getImRankData`, which has no key.
    pub(super) rank_score: Option<Score>,
    /// What is wrong with values that should be a score and read as none: said where the row stays without one.
    pub(super) unreadable: Vec<Diagnostic>,
    /// It has pairs of the cloud storage, among which a score is expected.
    pub(super) has_pairs: bool,
}

/// True for `{key, value}` and nothing that says who: a pair of the cloud storage.
pub(super) fn is_pair(item: Node<'_>) -> bool {
    let names: Vec<String> = item.members().map(|member| json::folded(&member.name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("key") && !has("openid") && !has("nickname") && !has("avatarurl")
}

/// Reads an entry, or a user's own list of pairs; `None` with a diagnostic where it is malformed. `is_own` is one user's
/// own data, which needn't say who it is.
pub(super) fn read_row(reader: &mut EntryReader<'_>, entry: Node<'_>, index: usize, is_own: bool) -> Option<Row> {
    let mut row = Row {
        friend: Friend { index, ..Friend::default() },
        scores: Vec::new(),
        rank_score: None,
        unreadable: Vec::new(),
        has_pairs: false,
    };
    if entry.kind() == Kind::List && is_own {
        read_pairs(reader, entry, &mut row);
        return Some(row);
    }
    if entry.kind() != Kind::Map {
        let message = format!("friend {index} dropped: expected an object, found {}", entry.kind().name());
        reader.warn("dropped-friend", message, entry);
        return None;
    }
    let mut rank_row = RankRow::default();
    let mut others = Vec::new();
    for Member { name, value, .. } in entry.distinct_members() {
        let kind = value.kind();
        if kind == Kind::Null {
            continue;
        }
        let field = field_of(&name);
        match (&*field, kind) {
            ("openid", Kind::Text) if row.friend.openid.is_empty() => row.friend.openid = reader.text_of(value),
            ("nickname", Kind::Text) if row.friend.nickname.is_empty() => row.friend.nickname = reader.text_of(value),
            ("avatarurl" | "userimg", Kind::Text) => {
                if row.friend.avatar_url.is_empty() {
                    row.friend.avatar_url = read_address(reader, value);
                }
            }
            ("openid" | "nickname", Kind::Text) => {}
            ("openid" | "nickname", _) => return drop_entry(reader, index, &name, "a string", value),
            ("avatarurl" | "userimg", _) => {
                let message = format!("`{name}` of friend {index} ignored: expected a string, found {}", kind.name());
                reader.warn("ignored-field", message, value);
            }
            ("kvdatalist", Kind::List | Kind::Map) | ("data", Kind::List) => read_pairs(reader, value, &mut row),
            ("kvdatalist", _) => return drop_entry(reader, index, &name, "a list", value),
            _ => {
                match &*field {
                    "datatype" => rank_row.data_type = integer(value),
                    "priority" => rank_row.priority = Some(value),
                    "utime" => rank_row.update_time = integer(value),
                    "value" => rank_row.value = Some(value),
                    _ => {}
                }
                others.push((name, value));
            }
        }
    }
    for (name, value) in &others {
        add_identity(reader, name, *value, &mut row);
        if value.kind() == Kind::Map && PEOPLE.contains(&json::folded(name).as_str()) {
            for Member { name, value, .. } in value.distinct_members() {
                add_identity(reader, &name, value, &mut row);
            }
        }
    }
    let Friend { openid, nickname, avatar_url, .. } = &row.friend;
    if !is_own && openid.is_empty() && nickname.is_empty() && avatar_url.is_empty() {
        let message = format!(
            "friend {index} dropped: expected an `openid`, a `nickname` or an `avatarUrl`, found none of them, nor another name of one"
        );
        reader.warn("dropped-friend", message, entry);
        return None;
    }
    let is_rank_row = rank_row.is_one();
    if is_rank_row {
        row.rank_score = rank_row.score(reader, index, entry);
    }
    for (name, value) in others {
        let text = reader.text_of(value);
        let is_score = reader.key.map_or_else(|| name_class(&name) == 0, |key| key == name);
        if is_score && !is_rank_row && !row.friend.kv.contains_key(name.as_ref()) {
            add_score(reader, &Arc::from(name.as_ref()), value, &mut row);
        }
        row.friend.kv.entry(Arc::from(name.as_ref())).or_insert(text);
    }
    Some(row)
}

/// A member's name without case, `_` and `-`; as the platforms spell it, it is known without looking at each letter.
fn field_of(name: &str) -> Cow<'static, str> {
    const SPELT: [(&str, &str); 4] =
        [("openid", "openid"), ("nickname", "nickname"), ("avatarUrl", "avatarurl"), ("KVDataList", "kvdatalist")];
    let known = SPELT.iter().find(|(spelt, _)| *spelt == name);
    known.map_or_else(|| Cow::Owned(json::folded(name)), |&(_, field)| Cow::Borrowed(field))
}

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

/// Who somebody is, under another name than the platforms': where these say nothing.
fn add_identity(reader: &mut EntryReader<'_>, name: &str, value: Node<'_>, row: &mut Row) {
    let (field, kind) = (json::folded(name), value.kind());
    let is = |names: &[&str]| names.contains(&field.as_str());
    if is(NICKNAMES) && kind == Kind::Text && row.friend.nickname.is_empty() {
        row.friend.nickname = reader.text_of(value);
    } else if is(AVATARS) && kind == Kind::Text && row.friend.avatar_url.is_empty() {
        row.friend.avatar_url = read_address(reader, value);
    } else if is(IDS) && matches!(kind, Kind::Text | Kind::Number) && row.friend.openid.is_empty() {
        row.friend.openid = reader.text_of(value);
    }
}

fn drop_entry(reader: &mut EntryReader<'_>, index: usize, name: &str, expected: &str, value: Node<'_>) -> Option<Row> {
    let message = format!("friend {index} dropped: expected `{name:.64}` to be {expected}, found {}", value.kind().name());
    reader.warn("dropped-friend", message, value);
    None
}

/// An address must reach the host unchanged: one that is too long is of no use cut. `data:` addresses hold the picture.
fn read_address(reader: &mut EntryReader<'_>, value: Node<'_>) -> Arc<str> {
    let text = value.text().unwrap_or_default();
    let limit = if text.starts_with("data:") {
        // Base64 is four characters for three bytes; percent-encoding would be three for one.
        reader.limits().image_bytes.saturating_mul(3).saturating_add(256)
    } else {
        reader.limits().string_bytes
    };
    if text.len() > limit {
        let message = format!("address ignored: expected at most {limit} bytes, found {}", text.len());
        reader.warn("ignored-field", message, value);
        return Arc::default();
    }
    Arc::from(text.as_ref())
}

/// A list of `{key, value}`, or an object of values by key.
fn read_pairs(reader: &mut EntryReader<'_>, pairs: Node<'_>, row: &mut Row) {
    if pairs.kind() == Kind::Map {
        for Member { name: key, value, .. } in pairs.distinct_members() {
            let cut = key.floor_char_boundary(reader.limits().string_bytes);
            add_pair(reader, Arc::from(key.get(..cut).unwrap_or_default()), value, row);
        }
        return;
    }
    for pair in pairs.items() {
        let named = |wanted: &str| {
            pair.members().filter(|member| member.name.eq_ignore_ascii_case(wanted)).last().map(|member| member.value)
        };
        let problem = match (pair.kind(), named("key").map(Node::kind)) {
            (Kind::Map, Some(Kind::Text)) => None,
            (Kind::Map, Some(kind)) => Some(format!("pair ignored: expected `key` to be a string, found {}", kind.name())),
            (Kind::Map, None) => Some("pair ignored: expected `key` and `value`, found no `key`".to_owned()),
            (kind, _) => Some(format!("pair ignored: expected an object with `key` and `value`, found {}", kind.name())),
        };
        if let Some(message) = problem {
            reader.warn("ignored-field", message, pair);
            continue;
        }
        let Some(key) = named("key").map(|key| reader.key_of(key)) else { continue };
        if let Some(value) = named("value") {
            add_pair(reader, key, value, row);
        }
    }
}

/// Of two pairs with one key the first stays, as where a game looks for it with `find`.
fn add_pair(reader: &mut EntryReader<'_>, key: Arc<str>, value: Node<'_>, row: &mut Row) {
    if value.kind() == Kind::Null || row.friend.kv.contains_key(&key) {
        return;
    }
    row.has_pairs = true;
    add_score(reader, &key, value, row);
    let text = reader.text_of(value);
    row.friend.kv.insert(key, text);
}

/// Keeps the value as a score where it reads as one; says so where it should and does not.
fn add_score(reader: &mut EntryReader<'_>, key: &Arc<str>, value: Node<'_>, row: &mut Row) {
    if let Some(score) = Score::of(value) {
        row.scores.push((Arc::clone(key), score));
        return;
    }
    let is_wanted = reader.key.map_or_else(|| name_class(key) <= 1, |wanted| wanted == &**key);
    let is_empty = value.text().is_some_and(|text| text.trim().is_empty());
    if is_wanted && !is_empty {
        let found: String = value.source().chars().take(48).collect();
        let message = format!("expected a score (a number, or an object with `score`), found {found}: read as none");
        row.unreadable.push(Diagnostic::warning("unreadable-score", message, value.place_and_path()));
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

impl RankRow<'_> {
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
            let message = format!("friend {index} has no score: expected `{name}` to be a number, found {found}");
            reader.warn("unreadable-score", message, ranked_by.unwrap_or(entry));
        }
        score.map(|score| Score { label, update_time: self.update_time.or(score.update_time), ..score })
    }
}
