//! One entry of friend data.

use std::sync::Arc;

use super::json::{Json, Kind};
use super::read::{Reader, member_path, name_class, normalised};
use super::{Friend, Score};

/// An entry, with every score that it could be ranked by.
pub(super) struct Row {
    pub(super) friend: Friend,
    /// Pairs whose value reads as a score, in the order written.
    pub(super) scores: Vec<(Arc<str>, Score)>,
    /// The score of a row of Douyin's `getImRankData`, which has no key.
    pub(super) rank_score: Option<Score>,
}

/// True for `{key, value}` and nothing that says who: a pair of the cloud storage.
pub(super) fn is_pair(item: Json<'_>) -> bool {
    let names: Vec<String> = item.members().iter().map(|(name, _)| normalised(name)).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("key") && !has("openid") && !has("nickname") && !has("avatarurl")
}

/// True for an object that is itself an entry rather than around the list.
pub(super) fn looks_like_row(members: &[(String, &str, Json<'_>)]) -> bool {
    members.iter().any(|(name, ..)| matches!(name.as_str(), "kvdatalist" | "openid" | "nickname" | "avatarurl" | "userimg"))
}

/// Reads an entry, or a user's own list of pairs; `None` with a diagnostic where it is malformed. `is_own` is one user's
/// own data, which needn't say who it is.
pub(super) fn read_row(reader: &mut Reader<'_>, entry: Json<'_>, path: &str, index: usize, is_own: bool) -> Option<Row> {
    let mut row = Row { friend: Friend { index, ..Friend::default() }, scores: Vec::new(), rank_score: None };
    if entry.kind() == Kind::List && is_own {
        read_pairs(reader, entry, path, &mut row);
        return Some(row);
    }
    if entry.kind() != Kind::Map {
        let message = format!("friend {index} dropped: expected an object, found {}", entry.kind().name());
        reader.warn("dropped-friend", message, entry, path);
        return None;
    }
    let mut rank_row = RankRow::default();
    let mut others = Vec::new();
    for (name, value) in entry.members() {
        let path = member_path(path, &name);
        let kind = value.kind();
        if kind == Kind::Null {
            continue;
        }
        let field = normalised(&name);
        match (field.as_str(), kind) {
            ("openid", Kind::Text) if row.friend.openid.is_empty() => row.friend.openid = reader.text_of(value, &path),
            ("nickname", Kind::Text) if row.friend.nickname.is_empty() => row.friend.nickname = reader.text_of(value, &path),
            ("avatarurl" | "userimg", Kind::Text) => {
                if row.friend.avatar_url.is_empty() {
                    row.friend.avatar_url = read_address(reader, value, &path);
                }
            }
            ("openid" | "nickname", Kind::Text) => {}
            ("openid" | "nickname", _) => return drop_entry(reader, index, &name, "a string", value, &path),
            ("avatarurl" | "userimg", _) => {
                let message = format!("`{name}` of friend {index} ignored: expected a string, found {}", kind.name());
                reader.warn("ignored-field", message, value, &path);
            }
            ("kvdatalist", Kind::List | Kind::Map) | ("data", Kind::List) => read_pairs(reader, value, &path, &mut row),
            ("kvdatalist", _) => return drop_entry(reader, index, &name, "a list", value, &path),
            _ => {
                match field.as_str() {
                    "datatype" => rank_row.data_type = value.integer(),
                    "priority" => rank_row.priority = Some(value),
                    "utime" => rank_row.update_time = value.integer(),
                    "value" => rank_row.value = Some(value),
                    _ => {}
                }
                others.push((name, value, path));
            }
        }
    }
    let Friend { openid, nickname, avatar_url, .. } = &row.friend;
    if !is_own && openid.is_empty() && nickname.is_empty() && avatar_url.is_empty() {
        let message =
            format!("friend {index} dropped: expected an `openid`, a `nickname` or an `avatarUrl`, found none of them");
        reader.warn("dropped-friend", message, entry, path);
        return None;
    }
    let is_rank_row = rank_row.is_one();
    if is_rank_row {
        row.rank_score = rank_row.score(reader, index, entry, path);
    }
    for (name, value, path) in others {
        let text = reader.text_of(value, &path);
        let is_score = reader.key.map_or_else(|| name_class(&name) == 0, |key| key == name);
        if is_score && !is_rank_row && !row.friend.kv.contains_key(name.as_ref()) {
            add_score(reader, &Arc::from(name.as_ref()), value, &path, &mut row);
        }
        row.friend.kv.entry(Arc::from(name.as_ref())).or_insert(text);
    }
    Some(row)
}

fn drop_entry(reader: &mut Reader<'_>, index: usize, name: &str, expected: &str, value: Json<'_>, path: &str) -> Option<Row> {
    let message = format!("friend {index} dropped: expected `{name:.64}` to be {expected}, found {}", value.kind().name());
    reader.warn("dropped-friend", message, value, path);
    None
}

/// An address must reach the host unchanged: one that is too long is of no use cut. `data:` addresses hold the picture.
fn read_address(reader: &mut Reader<'_>, value: Json<'_>, path: &str) -> Arc<str> {
    let text = value.text().unwrap_or_default();
    let limit = if text.starts_with("data:") {
        // Base64 is four characters for three bytes; percent-encoding would be three for one.
        reader.limits.image_bytes.saturating_mul(3).saturating_add(256)
    } else {
        reader.limits.string_bytes
    };
    if text.len() > limit {
        let message = format!("address ignored: expected at most {limit} bytes, found {}", text.len());
        reader.warn("ignored-field", message, value, path);
        return Arc::default();
    }
    Arc::from(text.as_ref())
}

/// A list of `{key, value}`, or an object of values by key.
fn read_pairs(reader: &mut Reader<'_>, pairs: Json<'_>, path: &str, row: &mut Row) {
    if pairs.kind() == Kind::Map {
        for (key, value) in pairs.members() {
            let path = member_path(path, &key);
            let cut = key.floor_char_boundary(reader.limits.string_bytes);
            add_pair(reader, Arc::from(key.get(..cut).unwrap_or_default()), value, &path, row);
        }
        return;
    }
    for (index, pair) in pairs.items().into_iter().enumerate() {
        let path = format!("{path}[{index}]");
        let members = pair.members();
        let named = |wanted: &str| members.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|&(_, value)| value);
        let problem = match (pair.kind(), named("key").map(Json::kind)) {
            (Kind::Map, Some(Kind::Text)) => None,
            (Kind::Map, Some(kind)) => Some(format!("pair ignored: expected `key` to be a string, found {}", kind.name())),
            (Kind::Map, None) => Some("pair ignored: expected `key` and `value`, found no `key`".to_owned()),
            (kind, _) => Some(format!("pair ignored: expected an object with `key` and `value`, found {}", kind.name())),
        };
        if let Some(message) = problem {
            reader.warn("ignored-field", message, pair, &path);
            continue;
        }
        let Some(key) = named("key").map(|key| reader.text_of(key, &format!("{path}.key"))) else { continue };
        if let Some(value) = named("value") {
            add_pair(reader, key, value, &format!("{path}.value"), row);
        }
    }
}

/// Of two pairs with one key the first stays, as where a game looks for it with `find`.
fn add_pair(reader: &mut Reader<'_>, key: Arc<str>, value: Json<'_>, path: &str, row: &mut Row) {
    if value.kind() == Kind::Null || row.friend.kv.contains_key(&key) {
        return;
    }
    add_score(reader, &key, value, path, row);
    let text = reader.text_of(value, path);
    row.friend.kv.insert(key, text);
}

/// Keeps the value as a score where it reads as one; says so where it should and does not.
fn add_score(reader: &mut Reader<'_>, key: &Arc<str>, value: Json<'_>, path: &str, row: &mut Row) {
    if let Some(score) = Score::from_json(value) {
        row.scores.push((Arc::clone(key), score));
        return;
    }
    let is_wanted = reader.key.map_or_else(|| name_class(key) <= 1, |wanted| wanted == &**key);
    let is_empty = value.text().is_some_and(|text| text.trim().is_empty());
    if is_wanted && !is_empty {
        let found: String = value.written().chars().take(48).collect();
        let message = format!("expected a score (a number, or an object with `score`), found {found}: read as none");
        reader.warn("unreadable-score", message, value, path);
    }
}

/// What a row of Douyin's `getImRankData` is ranked by.
#[derive(Default)]
struct RankRow<'a> {
    data_type: Option<i64>,
    value: Option<Json<'a>>,
    priority: Option<Json<'a>>,
    update_time: Option<i64>,
}

impl RankRow<'_> {
    fn is_one(&self) -> bool {
        self.data_type.is_some() || (self.value.is_some() && (self.update_time.is_some() || self.priority.is_some()))
    }

    /// Type 0 is a number; type 1 is a word that stands as high as its priority. Among equals the earlier stands higher.
    fn score(&self, reader: &mut Reader<'_>, index: usize, entry: Json<'_>, path: &str) -> Option<Score> {
        let is_word = self.data_type == Some(1);
        let (name, ranked_by) = if is_word { ("priority", self.priority) } else { ("value", self.value) };
        let label = if is_word { self.value.map(|value| reader.text_of(value, &member_path(path, "value"))) } else { None };
        let score = ranked_by.and_then(Score::from_json);
        if score.is_none() {
            let found = ranked_by.map_or("none", |value| value.kind().name());
            let message = format!("friend {index} has no score: expected `{name}` to be a number, found {found}");
            reader.warn("unreadable-score", message, ranked_by.unwrap_or(entry), path);
        }
        score.map(|score| Score { label, update_time: self.update_time.or(score.update_time), ..score })
    }
}
