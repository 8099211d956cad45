//! The platform's calls that a board makes: their names and arguments.

use std::sync::Arc;

use super::data::{GroupName, Source};
use crate::context::options::{Options, ShareText};
use crate::error::{Diagnostic, Place};
use crate::friends::RankEntry;
use crate::json::Value;
use crate::name::display_name;
use crate::number::Number;
use crate::platform::{Call, Platform};

/// Asks for a source's data.
pub(super) fn get_data(source: &Source, options: &Options) -> (Call, Value) {
    let keys: Vec<Value> = match &source.key {
        Some(key) => vec![Value::from(Arc::clone(key))],
        None => options.keys.iter().map(|key| Value::from(Arc::clone(key))).collect(),
    };
    let sort_key = keys.first().cloned().unwrap_or_default();
    let list = Value::list(keys);
    match (&source.group, options.platform.offers(Call::GetCloudStorageByRelation)) {
        (None, false) => (Call::GetFriendCloudStorage, Value::map([("keyList", list)])),
        (Some(GroupName { ticket, id }), false) => {
            let by = if ticket.is_empty() { ("groupid", id) } else { ("shareTicket", ticket) };
            (Call::GetGroupCloudStorage, Value::map([("keyList", list), (by.0, Value::from(Arc::clone(by.1)))]))
        }
        (group, true) => {
            let extra = Value::map([("sortKey", sort_key)]);
            let (kind, extra) = match group {
                None => ("friend", extra),
                Some(GroupName { ticket, id }) => {
                    let id = if id.is_empty() { ticket } else { id };
                    ("group", extra.with("groupId", Value::from(Arc::clone(id))))
                }
            };
            let arguments = [("type", Value::from(kind)), ("keyList", list), ("extra", extra)];
            (Call::GetCloudStorageByRelation, Value::map(arguments))
        }
    }
}

/// What is wrong with a group that can't be asked for.
pub(super) fn group_trouble(group: &GroupName, options: &Options) -> Option<Diagnostic> {
    let said = if !options.platform.has_groups() {
        "this platform has no groups: the friends are shown"
    } else if group.ticket.is_empty() && group.id.is_empty() {
        "a group's board needs a shareTicket or a groupId: the friends are shown"
    } else {
        return None;
    };
    Some(Diagnostic::warning("no-group", said, Place::default()))
}

/// Stores a value under a key, or under the score's own.
pub(super) fn store(key: Option<Arc<str>>, value: Arc<str>, options: &Options) -> (Call, Value) {
    let key = key.or_else(|| options.keys.first().cloned()).unwrap_or_else(|| Arc::from("score"));
    let pair = Value::map([("key", Value::from(key)), ("value", Value::from(value))]);
    let stored_as = options.platform.storage().map_or("KVDataList", |storage| storage.stored_as);
    (Call::SetUserCloudStorage, Value::map([(stored_as, Value::list([pair]))]))
}

/// Asks the player to allow the friend relation; `None` where the platform has no call for that.
pub(super) fn authorize(options: &Options) -> Option<(Call, Value)> {
    let call = options.platform.permission_call()?;
    let arguments = match call {
        Call::AuthorizeOpenContext => Value::map([("get_status_only", false)]),
        _ => Value::Map(Arc::default()),
    };
    Some((call, arguments))
}

/// Sends a friend a message, by the platform's own call; `None` where it has none.
pub(super) fn share(text: &ShareText, entry: RankEntry<'_>, platform: Platform) -> Option<(Call, Value)> {
    let ShareText { title, subtitle, image_url, template_type, template_id, query } = text;
    let openid = Value::from(&*entry.friend.openid());
    let filled = |text: &str| Value::from(fill_in(text, entry));
    let call = platform.friend_message_call()?;
    let arguments = match (call, platform) {
        (Call::ShareToUser, _) => Value::map([
            ("openid", openid),
            ("title", filled(title)),
            ("subtitle", filled(subtitle)),
            ("imageUrl", filled(image_url)),
            ("templateType", Value::from(Number::from(usize::from(*template_type)))),
        ]),
        // All that the message shows is in the template.
        (_, Platform::Douyin) => {
            let arguments = Value::map([("openId", openid), ("templateId", Value::from(Arc::clone(template_id)))]);
            if query.is_empty() { arguments } else { arguments.with("query", Value::from(Arc::clone(query))) }
        }
        _ => Value::map([("openId", openid), ("title", filled(title)), ("imageUrl", filled(image_url))]),
    };
    Some((call, arguments))
}

/// A text with a friend's own name, score and rank in it.
fn fill_in(text: &str, entry: RankEntry<'_>) -> String {
    let score = entry.score.map(|score| score.value.to_string()).unwrap_or_default();
    let rank = entry.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let nickname = entry.friend.nickname();
    let name = display_name(&nickname);
    // Each place is filled once: what is filled in is not looked at again.
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let places = [("{name}", &*name), ("{score}", &score), ("{rank}", &rank)];
        let place = places.iter().find(|(place, _)| from.starts_with(place));
        let (value, length) = place.map_or(("{", 1), |(place, value)| (value, place.len()));
        out.push_str(value);
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::friends::{Friends, Person, Score};

    #[test]
    fn what_is_filled_in_is_not_filled_once_more() {
        let person = Person { nickname: Arc::from("{score}"), score: Score::parse("12"), ..Person::default() };
        let friends = Friends::from_iter([person]);
        let friend = friends.get(0).unwrap();
        let entry = RankEntry { friend, score: friend.score(), rank: None, position: 0, is_self: false };
        assert_eq!(fill_in("{name} has {score}, {rank}{other}{", entry), "{score} has 12, {other}{");
    }
}
