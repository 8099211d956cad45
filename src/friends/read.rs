//! From a platform's answer, in any of its shapes, to [`FriendData`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::json::{Json, Kind};
use super::row::{Row, is_pair, looks_like_row, read_row};
use super::{Friend, FriendData, Group, Identity, PlatformFailure};
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result, closest};
use crate::limits::Limits;

/// How friend data is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The key of the cloud storage that holds the score. `None`: the key is found by itself — one named `score`, else
    /// one whose name has `score` or `rank` in it, else the one that most friends have a score under.
    pub key: Option<String>,
}

/// Reads friend data as a platform answers it, or as a game passes it on.
///
/// Shapes: `{data: […], errMsg}`; the list alone; one user's own `{KVDataList: […]}` or `{data: [{key, value}]}`; rows of
/// Douyin's `getImRankData` and of `getUserInfo`; an object inside of `data`; any of these as a JSON string. Beside the
/// list: `self` (an openid or an entry), `group` or `groupName`, `groupId`, `memberCount`. Names are read without regard
/// to case and `_`, so that `nickname`, `nickName` and `nick_name` are one.
///
/// An entry is dropped, with a diagnostic that names its index and field, where it is not an object, where its `openid`,
/// `nickname` or `KVDataList` has the wrong type, and where it has no openid, name or avatar at all. Anything else that
/// is wrong with it (an avatar that is a number, a pair without a key) is passed over with a diagnostic. Of two entries
/// with one openid the one whose score has the later `update_time` stays, else the one that has a score, else the first;
/// it stands where the first stood. `{errMsg: "…:fail …", errCode}` in place of data is no error of this call but
/// [`FriendData::failure`].
///
/// # Errors
/// `Data`, with line and column, where the text is not JSON or is nothing of the above; `Limit` where it is longer than
/// [`Limits::data_bytes`] or nested deeper than [`Limits::data_depth`].
pub fn read(
    json: impl AsRef<[u8]>,
    document: &str,
    options: &ReadOptions,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<FriendData> {
    let bytes = json.as_ref();
    if bytes.len() > limits.data_bytes {
        let allowed = format!("{} bytes of friend data", limits.data_bytes);
        return Err(Error::limit("data_bytes", allowed, bytes.len()).at(Place::document(document)));
    }
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Owned(_)) {
        let message = "expected UTF-8, found other bytes: each is read as U+FFFD";
        diagnostics.push(Diagnostic::warning("invalid-utf8", message, Place::document(document)));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut found = Found::default();
    let mut reader = Reader { text, document, key: options.key.as_deref(), limits, diagnostics, said: 0, unsaid: 0 };
    let root = Json::parse(text, document, limits.data_depth)?;
    reader.value(root, "", &mut found, 0)?;
    reader.finish_saying();
    Ok(found.into_data(options, document, diagnostics))
}

/// How often JSON may stand in a string of JSON, and lists in an object's `data`.
const MAX_WRAPPINGS: usize = 4;

/// Diagnostics of single entries that are kept; of more only the number is said.
const MAX_ENTRY_DIAGNOSTICS: usize = 100;

/// Names of the list of friends, normalised, the likeliest first.
const LIST_NAMES: &[&str] = &["data", "friends", "list", "rows", "items", "members", "userlist"];

/// What was found so far.
#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    group: Option<Group>,
    self_identity: Identity,
    self_row: Option<Row>,
    failure: Option<PlatformFailure>,
    is_own: bool,
    dropped: usize,
}

/// Reads one text; says what is wrong with a place in it.
pub(super) struct Reader<'a> {
    text: &'a str,
    document: &'a str,
    /// The score's key, where the caller named one.
    pub(super) key: Option<&'a str>,
    pub(super) limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    said: usize,
    unsaid: usize,
}

/// A member's name without case and underscores: what the platforms spell in several ways is one.
pub(super) fn normalised(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).take(64).collect::<String>().to_ascii_lowercase()
}

/// A JSON path with one more member.
pub(super) fn member_path(path: &str, name: &str) -> String {
    let name: String = name.chars().take(64).collect();
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

impl Reader<'_> {
    /// Adds a diagnostic at a value.
    pub(super) fn warn(&mut self, code: &'static str, message: String, value: Json<'_>, path: &str) {
        if self.said >= MAX_ENTRY_DIAGNOSTICS {
            self.unsaid += 1;
            return;
        }
        self.said += 1;
        let place = self.place(value, path);
        self.diagnostics.push(Diagnostic::warning(code, message, place));
    }

    fn place(&self, value: Json<'_>, path: &str) -> Place {
        let place = Place::document(self.document).at_offset(self.text, value.offset_in(self.text));
        if path.is_empty() { place } else { place.path(path) }
    }

    fn finish_saying(&mut self) {
        if self.unsaid > 0 {
            let message = format!("{} more entries have something wrong with them", self.unsaid);
            self.diagnostics.push(Diagnostic::warning("more-diagnostics", message, Place::document(self.document)));
        }
    }

    /// A string's text, cut to what a string may have.
    pub(super) fn text_of(&mut self, value: Json<'_>, path: &str) -> Arc<str> {
        let text = value.text().unwrap_or(Cow::Borrowed(value.written()));
        let cut = text.floor_char_boundary(self.limits.string_bytes);
        if cut < text.len() {
            let message =
                format!("expected a string of at most {} bytes, found {}: it is cut", self.limits.string_bytes, text.len());
            self.warn("cut-string", message, value, path);
        }
        Arc::from(text.get(..cut).unwrap_or_default())
    }

    /// Anything that may hold friends; `wrappings` counts how deep it is wrapped.
    fn value(&mut self, value: Json<'_>, path: &str, found: &mut Found, wrappings: usize) -> Result<()> {
        match value.kind() {
            Kind::List => self.list(value, path, found),
            Kind::Map if wrappings < MAX_WRAPPINGS => return self.envelope(value, path, found, wrappings),
            Kind::Text if wrappings < MAX_WRAPPINGS => return self.wrapped(value, path, found, wrappings),
            kind => return Err(self.unexpected(kind.name(), value, path)),
        }
        Ok(())
    }

    fn unexpected(&self, what: &str, value: Json<'_>, path: &str) -> Error {
        let expected = "expected a list of friends, or an object with the list as `data`";
        Error::new(ErrorKind::Data, format!("{expected}; found {what}")).at(self.place(value, path))
    }

    /// A string that holds JSON, or a failure's message.
    fn wrapped(&mut self, value: Json<'_>, path: &str, found: &mut Found, wrappings: usize) -> Result<()> {
        let text = value.text().unwrap_or_default();
        if PlatformFailure::is_failure_message(&text) {
            found.failure = Some(PlatformFailure::new(self.text_of(value, path).as_ref(), None));
            return Ok(());
        }
        if !text.trim_start().starts_with(['{', '[', '"']) {
            return Err(self.unexpected("a string that is no JSON", value, path));
        }
        let document = format!("{} (the JSON in its string)", self.document);
        let root = Json::parse(&text, &document, self.limits.data_depth)?;
        let mut inner = Reader {
            text: &text,
            document: &document,
            key: self.key,
            limits: self.limits,
            diagnostics: self.diagnostics,
            said: self.said,
            unsaid: self.unsaid,
        };
        let result = inner.value(root, path, found, wrappings + 1);
        (self.said, self.unsaid) = (inner.said, inner.unsaid);
        result
    }

    /// An object around the list, with what stands beside it; or one user.
    fn envelope(&mut self, map: Json<'_>, path: &str, found: &mut Found, wrappings: usize) -> Result<()> {
        let members = map.members();
        let named: Vec<(String, &str, Json<'_>)> =
            members.iter().map(|(name, value)| (normalised(name), name.as_ref(), *value)).collect();
        let get = |wanted: &str| {
            named
                .iter()
                .find(|(name, _, value)| name == wanted && value.kind() != Kind::Null)
                .map(|(_, name, value)| (*name, *value))
        };
        for wanted in ["self", "selfopenid", "me"] {
            if let Some((name, value)) = get(wanted) {
                self.self_of(value, &member_path(path, name), found);
            }
        }
        let group_rows = self.group_of(&get, path, found);

        let message = get("errmsg").and_then(|(_, value)| value.text()).unwrap_or_default();
        let code = ["errcode", "errno"].iter().find_map(|name| get(name)).and_then(|(_, value)| value.integer());
        let failed = PlatformFailure::is_failure_message(&message);

        let is_around_rows = LIST_NAMES
            .iter()
            .any(|name| get(name).is_some_and(|(_, value)| first_map(value).is_some_and(|item| !is_pair(item))));
        if looks_like_row(&named) && !is_around_rows {
            if let Some(row) = read_row(self, map, path, 0, true) {
                found.is_own = row.friend.openid.is_empty() && row.friend.nickname.is_empty();
                found.rows.push(row);
            } else {
                found.dropped += 1;
            }
            return Ok(());
        }
        let list =
            LIST_NAMES.iter().find_map(|name| get(name).filter(|(_, value)| *name != "members" || value.kind() == Kind::List));
        let is_empty = |value: Json<'_>| {
            (value.kind() == Kind::List && value.items().is_empty())
                || (value.kind() == Kind::Map && value.members().is_empty())
        };
        if (failed || code.is_some_and(|code| code != 0)) && list.is_none_or(|(_, value)| is_empty(value)) {
            let message = message.get(..message.floor_char_boundary(self.limits.string_bytes)).unwrap_or_default();
            found.failure = Some(PlatformFailure::new(message, code));
            return Ok(());
        }
        if let Some((name, value)) = list {
            if failed {
                let said = format!("the platform said `{message:.200}` and gave data all the same: the data is drawn");
                self.warn("failure-with-data", said, map, path);
            }
            return self.value(value, &member_path(path, name), found, wrappings + 1);
        }
        if let Some((rows_path, rows)) = group_rows {
            self.list(rows, &rows_path, found);
            return Ok(());
        }
        if !message.is_empty() || found.self_row.is_some() || named.iter().any(|(name, ..)| LIST_NAMES.contains(&name.as_str()))
        {
            self.warn(
                "missing-data",
                "expected `data` with the list of friends, found none: there are no friends".into(),
                map,
                path,
            );
            return Ok(());
        }
        let error = self.unexpected(&described(&members), map, path);
        let likely = members.iter().find_map(|(name, _)| closest(name, LIST_NAMES.iter().copied()).map(|known| (name, known)));
        Err(match likely {
            Some((name, known)) => error.hint(format!("did you mean `{known}` rather than `{name:.64}`?")),
            None => error,
        })
    }

    fn list(&mut self, list: Json<'_>, path: &str, found: &mut Found) {
        let items = list.items();
        if first_map(list).is_some_and(is_pair) {
            // A user's own pairs, as Douyin may answer them.
            if let Some(row) = read_row(self, list, path, 0, true) {
                found.is_own = true;
                found.rows.push(row);
            }
            return;
        }
        for (index, item) in items.into_iter().enumerate() {
            match read_row(self, item, &format!("{path}[{index}]"), index, false) {
                Some(row) => found.rows.push(row),
                None => found.dropped += 1,
            }
        }
    }

    fn self_of(&mut self, value: Json<'_>, path: &str, found: &mut Found) {
        match value.kind() {
            Kind::Text => found.self_identity.openid = self.text_of(value, path),
            Kind::Map => {
                if let Some(row) = read_row(self, value, path, 0, false) {
                    found.self_identity = Identity {
                        openid: Arc::clone(&row.friend.openid),
                        avatar_url: Arc::clone(&row.friend.avatar_url),
                        nickname: Arc::clone(&row.friend.nickname),
                    };
                    found.self_row = Some(row);
                }
            }
            kind => {
                self.warn("ignored-field", format!("expected an openid or an entry, found {}", kind.name()), value, path);
            }
        }
    }

    /// Reads the group's members; gives the list of its people, where it has one.
    fn group_of<'a, 'n>(
        &mut self,
        get: &dyn Fn(&str) -> Option<(&'n str, Json<'a>)>,
        path: &str,
        found: &mut Found,
    ) -> Option<(String, Json<'a>)> {
        let mut group = found.group.clone().unwrap_or_default();
        let mut rows = None;
        let mut count = |value: Json<'a>, path: String, group: &mut Group| match value.kind() {
            Kind::List => {
                let length = value.items().len();
                group.members = group.members.or(Some(length));
                rows.get_or_insert((path, value));
            }
            _ => group.members = value.integer().and_then(|count| usize::try_from(count).ok()).or(group.members),
        };
        if let Some((name, value)) = get("group") {
            let path = member_path(path, name);
            match value.kind() {
                Kind::Text => group.name = self.text_of(value, &path),
                Kind::Map => {
                    for (name, value) in value.members() {
                        let path = member_path(&path, &name);
                        match normalised(&name).as_str() {
                            "name" | "groupname" if value.kind() == Kind::Text => group.name = self.text_of(value, &path),
                            "id" | "groupid" | "opengid" if value.kind() == Kind::Text => group.id = self.text_of(value, &path),
                            "members" | "membercount" => count(value, path, &mut group),
                            _ => {}
                        }
                    }
                }
                kind => {
                    self.warn(
                        "ignored-field",
                        format!("expected a group's name or an object, found {}", kind.name()),
                        value,
                        &path,
                    );
                }
            }
        }
        let text = |name: &str| get(name).filter(|(_, value)| value.kind() == Kind::Text);
        if let Some((name, value)) = text("groupname") {
            group.name = self.text_of(value, &member_path(path, name));
        }
        if let Some((name, value)) = text("groupid").or_else(|| text("opengid")) {
            group.id = self.text_of(value, &member_path(path, name));
        }
        for wanted in ["membercount", "members"] {
            if let Some((name, value)) = get(wanted) {
                count(value, member_path(path, name), &mut group);
            }
        }
        if group != Group::default() {
            found.group = Some(group);
        }
        rows
    }
}

/// The first item that is an object.
fn first_map(list: Json<'_>) -> Option<Json<'_>> {
    list.items().into_iter().find(|item| item.kind() == Kind::Map)
}

/// An object by its members, for a message.
fn described(members: &[(Cow<'_, str>, Json<'_>)]) -> String {
    if members.is_empty() {
        return "an empty object".into();
    }
    let names: Vec<_> = members.iter().take(5).map(|(name, _)| format!("`{name:.32}`")).collect();
    format!("an object with {}{}", names.join(", "), if members.len() > 5 { " and more" } else { "" })
}

impl Found {
    /// Chooses the key of the scores, leaves one entry a person, adds self where the list lacks it.
    fn into_data(self, options: &ReadOptions, document: &str, diagnostics: &mut Diagnostics) -> FriendData {
        let Self { mut rows, group, self_identity, self_row, failure, is_own, mut dropped } = self;
        if let Some(row) = self_row
            && failure.is_none()
            && !rows.iter().any(|other| self_identity.is(&other.friend))
        {
            rows.push(Row { friend: Friend { index: rows.len(), ..row.friend }, ..row });
        }
        let score_key = match &options.key {
            Some(key) => {
                check_key(&rows, key, document, diagnostics);
                Some(Arc::from(key.as_str()))
            }
            None => likeliest_key(&rows),
        };
        choose_scores(&mut rows, score_key.as_deref(), options.key.is_some());

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
                    let place = Place::document(document);
                    let message = format!("friends {} and {} have the same openid: one is kept", first.index, friend.index);
                    diagnostics.push(Diagnostic::warning("duplicate-friend", message, place));
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
fn check_key(rows: &[Row], key: &str, document: &str, diagnostics: &mut Diagnostics) {
    let keys: BTreeSet<&str> = rows.iter().flat_map(|row| row.friend.kv.keys().map(AsRef::as_ref)).collect();
    if !keys.is_empty() && !keys.contains(key) && !rows.iter().any(|row| row.rank_score.is_some()) {
        let message = format!("no friend has anything under the key `{key:.64}`");
        let diagnostic = Diagnostic::warning("unknown-key", message, Place::document(document));
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

/// How much a key's name says that its value is the score; lower is more.
pub(super) fn name_class(key: &str) -> u8 {
    let name = normalised(key);
    match name.as_str() {
        "score" => 0,
        _ if name.contains("score") => 1,
        _ if name.contains("rank") => 2,
        _ => 3,
    }
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

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
