//! Values within what a friend has stored: by a path of the key and of members, `daily.highestScore`.

use std::sync::Arc;

use super::score::{Score, number_of_value, open_stored};
use crate::json::Value;
use crate::moment::{is_time, time_of};
use crate::number::Number;
use crate::sorted::BTreeMap;

/// Numbers that are looked at in one entry, at most.
const NUMBERS_MAX: usize = 64;
/// How deep they are looked for.
const DEPTH_MAX: usize = 4;

/// What one friend has stored, by key.
pub(super) type Stored = BTreeMap<Arc<str>, Arc<str>>;
/// What one friend has stored under a key.
type Getter<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// The value at a path: a key, or a key and the names of members, with dots between. A key may have dots itself.
pub(super) fn value_at(stored: &Getter<'_>, path: &str) -> Option<Value> {
    located(stored, path).map(|(value, _)| value)
}

/// The value at a path with what it stands in; the entry itself where it stands alone.
fn located(stored: &Getter<'_>, path: &str) -> Option<(Value, Option<Value>)> {
    if let Some(text) = stored(path) {
        return Some((opened(&text), None));
    }
    let dots = path.match_indices('.').map(|(dot, _)| dot).collect::<Vec<_>>();
    dots.into_iter().rev().find_map(|dot| {
        let mut around = None;
        let mut value = opened(&stored(path.get(..dot)?)?);
        for name in path.get(dot + 1..)?.split('.') {
            let inner = reopened(value.get(name)?.clone());
            around = Some(std::mem::replace(&mut value, inner));
        }
        Some((value, around))
    })
}

/// A stored text as the value that it is: a JSON object or list where it is one.
pub(super) fn opened(text: &Arc<str>) -> Value {
    open_stored(text).unwrap_or_else(|| Value::from(Arc::clone(text)))
}

fn reopened(value: Value) -> Value {
    match &value {
        Value::Text(text) => opened(text),
        _ => value,
    }
}

/// The score at a path: a number with the time beside it, or anything that [`Score::of_value`] reads.
pub(super) fn score_at(stored: &Getter<'_>, path: &str) -> Option<Score> {
    let (value, around) = located(stored, path)?;
    let mut score = Score::of_value(&value)?;
    if score.update_time.is_none() {
        score.update_time = match &around {
            Some(around) => time_of(|name| number_of_value(around.get(name)?)),
            None => time_of(|name| Number::parse(&stored(name)?)),
        };
    }
    Some(score)
}

/// The paths of all numbers of an entry that are no times, those below a key where one is named.
pub(super) fn number_paths(kv: &Stored, below: Option<&str>) -> Vec<String> {
    let mut paths = Vec::new();
    for (key, text) in kv.iter().filter(|(key, _)| below.is_none_or(|below| ***key == *below)) {
        collect(key, &opened(text), DEPTH_MAX, &mut paths);
    }
    paths
}

fn collect(path: &str, value: &Value, depth: usize, paths: &mut Vec<String>) {
    let name = path.rsplit('.').next().unwrap_or(path);
    if paths.len() >= NUMBERS_MAX || is_time(name) || is_about_a_person(name) {
        return;
    }
    match value {
        Value::Map(members) if depth > 0 => {
            for (name, inner) in members.iter() {
                collect(&format!("{path}.{name}"), &reopened(inner.clone()), depth - 1, paths);
            }
        }
        _ if number_of_value(value).is_some() => paths.push(path.to_owned()),
        _ => {}
    }
}

/// Numbers that platforms put beside a name and that nobody is ranked by.
fn is_about_a_person(name: &str) -> bool {
    matches!(crate::json::folded(name).as_str(), "gender" | "sex" | "age" | "openid" | "unionid" | "uid" | "userid" | "id")
}
