//! The shapes that friend data comes in: where the list is, and what stands beside it.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::entry::{Entry, is_pair};
use super::entry_reader::EntryReader;
use super::score::integer;
use super::{Group, Identity, Page, PlatformFailure};
use crate::error::{Error, Result, closest};
use crate::json::{self, Document, Kind, Member, Node};
use crate::limits::Limits;

/// Names of the list of friends, normalised, the likeliest first.
const LIST_NAMES: &[&str] = &["data", "friends", "list", "rows", "items", "members", "userlist"];

/// How often JSON may stand in a string of JSON, and lists in an object's `data`.
const MAX_WRAPPINGS: usize = 4;

/// A friend has at least about so many, where room is made for friends before they are read.
const BYTES_OF_A_FRIEND: usize = 64;

/// What was found so far.
pub(super) struct Found<'l> {
    pub(super) limits: &'l Limits,
    /// The documents that were read, by their numbers; one that is read still has its place.
    pub(super) documents: Vec<Option<Document<'static>>>,
    pub(super) entries: Vec<Entry>,
    pub(super) group: Option<Group>,
    pub(super) self_identity: Identity,
    pub(super) self_entry: Option<Entry>,
    pub(super) failure: Option<PlatformFailure>,
    pub(super) is_own: bool,
    pub(super) page: Option<Page>,
    pub(super) dropped: usize,
}

impl<'l> Found<'l> {
    /// Nothing yet.
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            documents: Vec::new(),
            entries: Vec::new(),
            group: None,
            self_identity: Identity::default(),
            self_entry: None,
            failure: None,
            is_own: false,
            page: None,
            dropped: 0,
        }
    }
}

impl EntryReader<'_> {
    /// A document that may hold friends, and is kept with them.
    pub(super) fn document(&mut self, document: Document<'static>, found: &mut Found<'_>, wrappings: usize) -> Result<()> {
        let number = found.documents.len();
        let outer = std::mem::replace(&mut self.document, number as u32);
        found.documents.push(None);
        self.value(document.root(), found, wrappings)?;
        self.document = outer;
        if let Some(place) = found.documents.get_mut(number) {
            *place = Some(document);
        }
        Ok(())
    }

    /// Anything that may hold friends; `wrappings` counts how deep it is wrapped.
    fn value(&mut self, value: Node<'_>, found: &mut Found<'_>, wrappings: usize) -> Result<()> {
        match value.kind() {
            Kind::List => self.list(value, found),
            Kind::Map if wrappings < MAX_WRAPPINGS => return self.envelope(value, found, wrappings),
            Kind::Text if wrappings < MAX_WRAPPINGS => return self.wrapped(value, found, wrappings),
            kind => return Err(unexpected(kind.name(), value)),
        }
        Ok(())
    }

    /// A string that holds JSON, or a failure's message.
    fn wrapped(&mut self, value: Node<'_>, found: &mut Found<'_>, wrappings: usize) -> Result<()> {
        let text = value.text().unwrap_or_default();
        if PlatformFailure::is_failure_message(&text) {
            found.failure = Some(PlatformFailure::new(self.text_of(value).as_ref(), None));
            return Ok(());
        }
        match value.open(found.limits) {
            Some(inner) => self.document(inner?, found, wrappings + 1),
            None => Err(unexpected("a string that is no JSON", value)),
        }
    }

    /// An object around the list, with what stands beside it; or one user.
    fn envelope(&mut self, map: Node<'_>, found: &mut Found<'_>, wrappings: usize) -> Result<()> {
        let members = Named::of(map);
        let get = |wanted: &str| members.get(wanted);
        for wanted in ["self", "selfopenid", "me", "selfuserinfo"] {
            if let Some(value) = get(wanted) {
                self.self_of(value, found);
            }
        }
        self.page_of(&members, found);
        let group_rows = self.group_of(&members, found);

        let message = get("errmsg").and_then(Node::text).unwrap_or_default();
        let code = ["errcode", "errno"].iter().find_map(|name| get(name)).and_then(integer);
        let failed = PlatformFailure::is_failure_message(&message);

        let is_around_rows = LIST_NAMES.iter().any(|name| get(name).and_then(first_map).is_some_and(|item| !is_pair(item)));
        if members.look_like_row() && !is_around_rows {
            if let Some(entry) = self.entry(map, 0, true) {
                found.is_own = entry.record.openid.is_none() && entry.record.nickname.is_none();
                found.entries.push(entry);
            } else {
                found.dropped += 1;
            }
            return Ok(());
        }
        let list =
            LIST_NAMES.iter().find_map(|name| get(name).filter(|value| *name != "members" || value.kind() == Kind::List));
        let is_empty = |value: Node<'_>| matches!(value.kind(), Kind::List | Kind::Map) && value.is_empty();
        if (failed || code.is_some_and(|code| code != 0)) && list.is_none_or(is_empty) {
            found.failure = Some(PlatformFailure::new(self.limits.cut(&message), code));
            return Ok(());
        }
        if let Some(value) = list {
            if failed {
                self.warn("failure-with-data", map, || {
                    format!("the platform said `{message:.200}` and gave data all the same: the data is drawn")
                });
            }
            return self.value(value, found, wrappings + 1);
        }
        if let Some(rows) = group_rows {
            self.list(rows, found);
            return Ok(());
        }
        if !message.is_empty() || found.self_entry.is_some() || members.has_any(LIST_NAMES) {
            let said = "expected `data` with the list of friends, found none: there are no friends";
            self.warn("missing-data", map, || said.to_owned());
            return Ok(());
        }
        let error = unexpected(&described(map), map);
        let names = || map.members().map(|member| member.name);
        let likely = names().find_map(|name| closest(&name, LIST_NAMES.iter().copied()).map(|known| (name, known)));
        Err(match likely {
            Some((name, known)) => error.hint(format!("did you mean `{known}` rather than `{name:.64}`?")),
            None => error,
        })
    }

    fn list(&mut self, list: Node<'_>, found: &mut Found<'_>) {
        if first_map(list).is_some_and(is_pair) {
            // A user's own pairs, as Douyin may answer them.
            if let Some(entry) = self.entry(list, 0, true) {
                found.is_own = true;
                found.entries.push(entry);
            }
            return;
        }
        // Most lists are of friends with a score each. A friend has some bytes, whatever the text claims to be a list of.
        let likely = list.len().min(list.source().len() / BYTES_OF_A_FRIEND);
        found.entries.reserve(likely);
        self.held.reserve(likely);
        self.scores.reserve(likely);
        for (index, item) in list.items().enumerate() {
            match self.entry(item, index, false) {
                Some(entry) => found.entries.push(entry),
                None => found.dropped += 1,
            }
        }
    }

    fn self_of(&mut self, value: Node<'_>, found: &mut Found<'_>) {
        match value.kind() {
            Kind::Text => found.self_identity.openid = self.text_of(value),
            Kind::Map => {
                if let Some(entry) = self.entry(value, 0, false) {
                    let text = |number: Option<NonZeroU32>| number.map(|number| value.document().node(number.get()));
                    let (record, limits) = (&entry.record, self.limits);
                    found.self_identity = Identity {
                        openid: text(record.openid).map(|openid| Arc::from(limits.text_of(openid))).unwrap_or_default(),
                        avatar_url: text(record.avatar_url).and_then(Node::text).map(Arc::from).unwrap_or_default(),
                        nickname: text(record.nickname).map(|name| Arc::from(limits.text_of(name))).unwrap_or_default(),
                    };
                    found.self_entry = Some(entry);
                }
            }
            kind => {
                self.warn("ignored-field", value, || format!("expected an openid or an entry, found {}", kind.name()));
            }
        }
    }

    /// A page of a longer order, and self's own row and place in it.
    fn page_of(&mut self, members: &Named<'_>, found: &mut Found<'_>) {
        let count = |value: Option<Node<'_>>| value.and_then(integer).and_then(|count| usize::try_from(count).ok());
        let own = members.get("selfitem").filter(|item| item.kind() == Kind::Map).map(Named::of);
        if let Some(item) = own.as_ref().and_then(|own| own.get("item")).filter(|item| item.kind() == Kind::Map) {
            self.self_of(item, found);
        }
        let number = count(members.get("pagenum")).filter(|number| *number > 0);
        let self_rank = count(own.as_ref().and_then(|own| own.get("rank"))).filter(|rank| *rank > 0);
        let total = count(members.get("totalnum"));
        if number.is_some() || self_rank.is_some() {
            found.page = Some(Page { number: number.unwrap_or(1), total, self_rank, ..Page::default() });
        }
    }

    /// Reads the group's members; gives the list of its people, where it has one.
    fn group_of<'a>(&mut self, members: &Named<'a>, found: &mut Found<'_>) -> Option<Node<'a>> {
        let mut group = found.group.clone().unwrap_or_default();
        let mut rows = None;
        let mut count = |value: Node<'a>, group: &mut Group| match value.kind() {
            Kind::List => {
                group.members = group.members.or(Some(value.len()));
                rows.get_or_insert(value);
            }
            _ => group.members = integer(value).and_then(|count| usize::try_from(count).ok()).or(group.members),
        };
        match members.get("group").map(|value| (value, value.kind())) {
            None => {}
            Some((name, Kind::Text)) => group.name = self.text_of(name),
            Some((value, Kind::Map)) => {
                for Member { name, value, .. } in value.distinct_members() {
                    match json::folded(&name).as_str() {
                        "name" | "groupname" if value.kind() == Kind::Text => group.name = self.text_of(value),
                        "id" | "groupid" | "opengid" if value.kind() == Kind::Text => group.id = self.text_of(value),
                        "members" | "membercount" => count(value, &mut group),
                        _ => {}
                    }
                }
            }
            Some((value, kind)) => {
                self.warn("ignored-field", value, || format!("expected a group's name or an object, found {}", kind.name()));
            }
        }
        let text = |name: &str| members.get(name).filter(|value| value.kind() == Kind::Text);
        if let Some(name) = text("groupname") {
            group.name = self.text_of(name);
        }
        if let Some(id) = text("groupid").or_else(|| text("opengid")) {
            group.id = self.text_of(id);
        }
        for wanted in ["membercount", "members"] {
            if let Some(value) = members.get(wanted) {
                count(value, &mut group);
            }
        }
        if group != Group::default() {
            found.group = Some(group);
        }
        rows
    }
}

/// An object's members by their folded names.
struct Named<'a>(Vec<(String, Node<'a>)>);

impl<'a> Named<'a> {
    fn of(map: Node<'a>) -> Self {
        Self(map.distinct_members().into_iter().map(|member| (json::folded(&member.name), member.value)).collect())
    }

    /// The first that is called so and is not null.
    fn get(&self, wanted: &str) -> Option<Node<'a>> {
        self.0.iter().find(|(name, value)| name == wanted && !value.is_null()).map(|(_, value)| *value)
    }

    fn has_any(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|(name, _)| wanted.contains(&name.as_str()))
    }

    /// True where the object is itself an entry rather than around the list.
    fn look_like_row(&self) -> bool {
        self.has_any(&["kvdatalist", "openid", "nickname", "avatarurl", "userimg"])
    }
}

fn unexpected(what: &str, value: Node<'_>) -> Error {
    value.error(format!("expected a list of friends, or an object with the list as `data`; found {what}"))
}

/// The first item that is an object.
fn first_map(list: Node<'_>) -> Option<Node<'_>> {
    list.items().find(|item| item.kind() == Kind::Map)
}

/// An object by its members, for a message.
fn described(map: Node<'_>) -> String {
    if map.is_empty() {
        return "an empty object".into();
    }
    let names: Vec<_> = map.members().take(5).map(|member| format!("`{:.32}`", member.name)).collect();
    format!("an object with {}{}", names.join(", "), if map.len() > 5 { " and more" } else { "" })
}
