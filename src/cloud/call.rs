//! A call of the cloud storage with its arguments, read as strictly as the platforms read them.

use super::storage::GroupKey;
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid, Members, Notes, kind};
use crate::platform::{Call, Fault, Finding, Storage};

/// A call with its arguments.
pub(super) enum StorageCall<'a> {
    Set(Vec<Pair<'a>>),
    Remove(Vec<String>),
    GetOwn(Vec<String>),
    GetOwnKeys,
    GetFriends(Vec<String>),
    GetGroup(Group, Vec<String>),
    GetByRelation(Relation, Vec<String>),
    JoinGroup(String),
}

/// A pair to be stored, of which only the form is known to be right.
pub(super) struct Pair<'a> {
    pub key: &'a str,
    pub value: &'a str,
}

/// A group as the game names it.
pub(super) enum Group {
    Id(String),
    ShareTicket(String),
}

impl Group {
    /// The group as a storage takes it, with the name of the argument that it was given as.
    pub fn key(&self) -> (GroupKey<'_>, &'static str) {
        match self {
            Self::Id(id) => (GroupKey::Id(id), "groupId"),
            Self::ShareTicket(ticket) => (GroupKey::ShareTicket(ticket), "shareTicket"),
        }
    }
}

/// Whom Douyin's `getCloudStorageByRelation` asks for.
pub(super) enum Relation {
    Friends,
    Strangers,
    /// A group's members, the best under a key first.
    Group {
        group: Group,
        sort_key: String,
    },
}

/// The calls of the cloud storage.
const CALLS: [Call; 8] = [
    Call::SetUserCloudStorage,
    Call::RemoveUserCloudStorage,
    Call::GetUserCloudStorage,
    Call::GetUserCloudStorageKeys,
    Call::GetFriendCloudStorage,
    Call::GetGroupCloudStorage,
    Call::GetCloudStorageByRelation,
    Call::SetUserGroup,
];

/// The call of this name, where it is one of the cloud storage.
pub(super) fn from_name(name: &str) -> Option<Call> {
    CALLS.into_iter().find(|call| call.name() == name)
}

/// All names, for who misspelt one.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    CALLS.into_iter().map(Call::name)
}

/// What a platform refuses a call for.
pub(super) fn refusal(
    storage: &Storage,
    fault: Fault,
    text: impl Into<String>,
    path: impl Into<String>,
    reason: impl Into<String>,
) -> Finding {
    let (text, path) = (text.into(), path.into());
    let finding = match storage.number(fault) {
        Some(number) => Finding::error("cloud-storage", number, text),
        None => Finding::undocumented("cloud-storage", text),
    };
    let finding = finding.because(reason);
    if path.is_empty() { finding } else { finding.at(path) }
}

impl<'a> StorageCall<'a> {
    /// Reads a call's arguments.
    ///
    /// # Errors
    /// What the platform refuses them for.
    pub fn read(call: Call, storage: &Storage, arguments: &'a Value, notes: &mut Notes) -> Result<Self, Finding> {
        let none = Members::default();
        let members = match arguments {
            Value::Map(members) => &**members,
            Value::Null => &none,
            other => {
                let reason = format!("expected an object, found {}", kind(other));
                return Err(refusal(storage, Fault::Parameter, "invalid arguments", "", reason));
            }
        };
        if call == Call::SetUserCloudStorage {
            return Self::read_set(storage, arguments, members, notes);
        }
        let mut reader = ArgumentReader::strict(members, notes);
        let read = match call {
            Call::RemoveUserCloudStorage => reader.required_texts("keyList").map(Self::Remove),
            Call::GetUserCloudStorage => reader.required_texts("keyList").map(Self::GetOwn),
            Call::GetFriendCloudStorage => reader.required_texts("keyList").map(Self::GetFriends),
            Call::GetGroupCloudStorage => {
                let keys = reader.required_texts("keyList");
                // The platform advises the identity, where both are given.
                let id = reader.spelling(&["groupid", "groupId"]);
                let group = match id {
                    Some(name) => {
                        reader.pass_over(&["shareTicket"]);
                        reader.required_text(name).map(Group::Id)
                    }
                    None => reader.required_text("shareTicket").map(Group::ShareTicket),
                };
                group.zip(keys).map(|(group, keys)| Self::GetGroup(group, keys))
            }
            Call::GetCloudStorageByRelation => {
                let keys = reader.required_texts("keyList");
                read_relation(&mut reader).zip(keys).map(|(relation, keys)| Self::GetByRelation(relation, keys))
            }
            Call::SetUserGroup => reader.required_text("groupId").map(Self::JoinGroup),
            _ => Some(Self::GetOwnKeys),
        };
        reader.finish();
        match (read, notes.invalid.first()) {
            (Some(read), None) => Ok(read),
            (_, invalid) => Err(invalid_argument(storage, invalid)),
        }
    }

    fn read_set(storage: &Storage, arguments: &'a Value, members: &Members, notes: &mut Notes) -> Result<Self, Finding> {
        let name = storage.stored_as;
        let mut reader = ArgumentReader::strict(members, notes);
        let is_list = reader.required_list(name).is_some();
        reader.finish();
        let items = arguments.get(name).and_then(Value::as_list).filter(|_| is_list);
        let Some(items) = items else {
            let text = format!("{name} must be an Array");
            return Err(Finding { text, ..invalid_argument(storage, notes.invalid.first()) });
        };
        if items.is_empty() {
            let (text, reason) =
                (format!("{name}.length must greater than 0"), "expected a pair at least, found an empty list");
            return Err(refusal(storage, Fault::Parameter, text, name, reason));
        }
        let pair = |(index, item): (usize, &'a Value)| {
            let text = |member: &str| item.get(member).and_then(Value::as_text);
            let pair = text("key").filter(|key| !key.is_empty()).zip(text("value")).map(|(key, value)| Pair { key, value });
            pair.ok_or_else(|| {
                let wrong = if text("key").is_none_or(str::is_empty) { "key" } else { "value" };
                let found = item.get(wrong).map_or("nothing", kind);
                let reason = format!("expected {{key, value}} of two strings, found {wrong} {found}");
                refusal(storage, Fault::Pair, "invalid KVData item", format!("{name}[{index}]"), reason)
            })
        };
        items.iter().enumerate().map(pair).collect::<Result<_, _>>().map(Self::Set)
    }
}

fn read_relation(reader: &mut ArgumentReader<'_>) -> Option<Relation> {
    let relation = reader.required_text("type")?;
    match relation.as_str() {
        "friend" | "recommend" => {
            reader.pass_over(&["extra"]);
            Some(if relation == "friend" { Relation::Friends } else { Relation::Strangers })
        }
        "group" => {
            let mut extra = reader.required_object("extra")?;
            let sort_key = extra.required_text("sortKey");
            let group = extra.required_text("groupId").map(Group::Id);
            extra.finish();
            sort_key.zip(group).map(|(sort_key, group)| Relation::Group { group, sort_key })
        }
        other => {
            let shown: String = other.chars().take(40).collect();
            reader.refuse_value("type", format!("expected friend, recommend or group, found {shown:?}"));
            None
        }
    }
}

/// What a platform says to an argument of the wrong type, and to one that is missing.
fn invalid_argument(storage: &Storage, invalid: Option<&Invalid>) -> Finding {
    let Some(Invalid { path, reason }) = invalid else {
        return refusal(storage, Fault::Parameter, "invalid arguments", "", "");
    };
    let name = path.rsplit('.').next().unwrap_or_default();
    let name = name.split('[').next().unwrap_or_default();
    refusal(storage, Fault::Parameter, format!("invalid {name}"), path.as_str(), reason.as_str())
}
