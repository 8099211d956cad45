//! The data that a board is compared with: what was given, or what a template asks for, made up.

use std::collections::BTreeMap;

use super::names::{Names, friend_member};
use super::pieces::{Piece, Value as Asked};
use super::tree::Node;
use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::example;
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;
use crate::pipeline::Request;
use crate::reading::Reading;

/// Rows that are made up.
const ROWS: usize = 8;
/// Items of a list within a row.
const INNER_ROWS: usize = 2;

/// What a template and its board are given.
pub struct Sample {
    /// `it` of the template.
    pub it: Value,
    /// The same for a board: its friends, and variables.
    pub request: Request,
}

/// What is asked of a value: its members, its items, and whether it is a number.
#[derive(Default)]
struct Shape {
    members: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
    is_number: bool,
}

/// Data that was given, or some that is made up; `data` is either what the template is given, a list of rows, or friend data as
/// platforms have it.
///
/// # Errors
/// Where friend data can't be read.
pub fn sample(nodes: &[Node], names: &Names, data: Option<&Value>, limits: &Limits) -> Result<Sample> {
    let mut asked = Asks { shape: Shape::default(), lists: BTreeMap::new() };
    asked.nodes(nodes);
    let list = names.friends.as_ref().map(|(_, name)| name.as_str());
    let has_any = |value: &Value| {
        asked.shape.members.keys().any(|name| value.get(name).is_some_and(|found| list != Some(name) || is_rows(found)))
    };
    let it = match data {
        Some(given) if has_any(given) && !is_platforms(given, list) => given.clone(),
        Some(given) if given.as_list().is_some() && list.is_some() => {
            made(&asked.shape, "", 0, &own_rows(limits)?).with(list.unwrap_or_default(), given.clone())
        }
        Some(given) => made(&asked.shape, "", 0, &rows_of(&given.to_json(), limits)?),
        None => made(&asked.shape, "", 0, &own_rows(limits)?),
    };
    // A template may be given the rows themselves.
    let it = match list {
        Some("it") if it.as_list().is_none() => it.get("it").cloned().unwrap_or(it),
        _ => it,
    };
    let request = request(&it, names);
    Ok(Sample { it, request })
}

fn is_rows(value: &Value) -> bool {
    value.as_list().is_some_and(|rows| rows.iter().all(|row| row.as_map().is_some()))
}

/// True for friend data as a platform answers it: its rows have pairs by key.
fn is_platforms(value: &Value, list: Option<&str>) -> bool {
    let rows = list.and_then(|list| value.get(list)?.as_list());
    rows.and_then(<[Value]>::first).is_some_and(|row| row.get("KVDataList").is_some())
}

fn own_rows(limits: &Limits) -> Result<Vec<Value>> {
    rows_of(example::FRIENDS, limits)
}

/// The friends of some data, ranked.
fn rows_of(json: &str, limits: &Limits) -> Result<Vec<Value>> {
    let mut diagnostics = crate::error::Diagnostics::new();
    let bound = Request::friends(json).bind(&mut Reading::new(limits, &mut diagnostics))?;
    let rows = bound.values.get("friends").and_then(Value::as_list).unwrap_or_default().to_vec();
    if rows.is_empty() {
        let reason = diagnostics.as_slice().first().map_or("there are no friends in it", |first| &first.message);
        return Err(Error::new(ErrorKind::Data, format!("the data can't be compared with: {reason}"))
            .hint("what the template is given was expected, or friend data as a platform answers it"));
    }
    Ok(rows)
}

/// A value of a shape; rows are made of friends.
fn made(shape: &Shape, name: &str, place: usize, friends: &[Value]) -> Value {
    if let Some(items) = &shape.items {
        let is_friend = items.members.keys().any(|member| friend_member(member).is_some());
        let count = if is_friend {
            friends.len()
        } else if place == 0 {
            ROWS
        } else {
            INNER_ROWS
        };
        return (0..count).map(|index| made(items, name, index, friends)).collect();
    }
    if shape.members.is_empty() {
        return leaf(name, place, shape.is_number);
    }
    let friend = friends.get(place % friends.len().max(1));
    let members = shape.members.iter().map(|(member, inner)| {
        let of_friend = friend.filter(|_| inner.members.is_empty() && inner.items.is_none()).and_then(|friend| {
            let known = friend_member(member).or(member.to_ascii_lowercase().contains("score").then_some("score"))?;
            friend.get(known).filter(|value| !value.is_null()).cloned()
        });
        (member.as_str(), of_friend.unwrap_or_else(|| made(inner, member, place, friends)))
    });
    Value::map(members)
}

/// A value for a name.
fn leaf(name: &str, place: usize, is_number: bool) -> Value {
    let lower = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if name.starts_with("is") || name.starts_with("has") || has(&["show", "visible", "enable"]) {
        return Value::from(place.is_multiple_of(2));
    }
    if has(&["url", "img", "image", "icon", "src", "bg", "avatar"]) {
        return Value::from("");
    }
    if is_number || has(&["num", "index", "rank", "count", "level", "score", "value", "total", "time", "star", "point", "sum"])
    {
        return Value::Number(Number::from(place + 1));
    }
    Value::from(if name.is_empty() { "text" } else { name })
}

/// What a board is asked with, of what the template is given.
fn request(it: &Value, names: &Names) -> Request {
    let rows = names.friends.as_ref().and_then(|(_, name)| if name == "it" { it.as_list() } else { it.get(name)?.as_list() });
    let rows = rows.unwrap_or_default();
    let own = names.own.as_ref().and_then(|(_, name)| it.get(name));
    let mut own_openid = None;
    let known = |row: &Value, wanted: &str| {
        let found = row.as_map()?.iter().find(|(name, value)| friend_member(name) == Some(wanted) && !value.is_null());
        found.map(|(_, value)| value.clone())
    };
    let mut list = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let openid = known(row, "openid").map_or_else(|| format!("row-{index}"), |openid| openid.to_string());
        let same =
            |member: &str| own.is_some_and(|own| known(own, member).is_some_and(|value| known(row, member) == Some(value)));
        if own_openid.is_none()
            && (same("openid")
                || (same("nickname") && !same("openid"))
                || known(row, "isSelf").is_some_and(|own| own.is_true()))
        {
            own_openid = Some(openid.clone());
        }
        let mut pairs = Vec::new();
        for (name, value) in row.as_map().into_iter().flatten() {
            let is_score = names.score.as_ref().is_some_and(|score| **score == **name);
            let key = if is_score { "score" } else { &**name };
            let text = match value {
                Value::Text(text) => text.to_string(),
                other => other.to_json(),
            };
            if !value.is_null() && (is_score || names.kept.contains(&**name)) {
                pairs.push(crate::json!({ "key": key, "value": text }));
            }
        }
        list.push(crate::json!({
            "openid": openid,
            "nickname": known(row, "nickname").unwrap_or_default(),
            "avatarUrl": known(row, "avatarUrl").unwrap_or_default(),
            "KVDataList": Value::list(pairs),
        }));
    }
    let data = crate::json!({ "data": Value::list(list) }).to_json();
    let mut request = Request::friends(data);
    request.order = crate::friends::Order::None;
    request.key = names.score.as_ref().map(|_| "score".to_owned());
    request.self_openid = own_openid;
    for name in &names.variables {
        if let Some(value) = it.get(name) {
            request.variables.insert(name.clone(), value.clone());
        }
    }
    request
}

struct Asks {
    shape: Shape,
    lists: BTreeMap<u32, Asked>,
}

impl Asks {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(pieces, _) => self.pieces(pieces),
                Node::Element(element) => {
                    element.attributes.iter().for_each(|attribute| self.pieces(&attribute.value));
                    self.nodes(&element.children);
                }
                Node::Choice(branches, otherwise) => {
                    for (condition, inner) in branches {
                        self.value(condition);
                        self.nodes(inner);
                    }
                    self.nodes(otherwise);
                }
                Node::Loop(head, body) => {
                    self.value(&head.list);
                    self.lists.insert(head.id, head.list.clone());
                    if let Some(list) = self.at(&head.list) {
                        list.items.get_or_insert_default();
                    }
                    self.nodes(body);
                }
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Value(value, _) => self.value(value),
                Piece::Choice(branches, otherwise) => {
                    for (condition, inner) in branches {
                        self.value(condition);
                        self.pieces(inner);
                    }
                    self.pieces(otherwise);
                }
                Piece::Text(..) | Piece::Loop(_) => {}
            }
        }
    }

    fn value(&mut self, value: &Asked) {
        let mut parts = Vec::new();
        value.visit(&mut |part| parts.push(part.clone()));
        for part in &parts {
            match part {
                Asked::Member(..) | Asked::Item(_) | Asked::At(..) => {
                    self.at(part);
                }
                Asked::Filter("length", list, _) => {
                    if let Some(list) = self.at(list) {
                        // A text has a length, too: what has nothing in it is none.
                        if list.items.is_some() || !list.members.is_empty() {
                            list.items.get_or_insert_default();
                        }
                    }
                }
                Asked::Binary("+" | "-" | "*" | "/" | "%" | "<" | "<=" | ">" | ">=", a, b) => {
                    for side in [a, b] {
                        if let Some(shape) = self.at(side) {
                            shape.is_number = true;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The shape of what a path leads to.
    fn at(&mut self, value: &Asked) -> Option<&mut Shape> {
        match value {
            Asked::Data => Some(&mut self.shape),
            Asked::Member(of, name) => Some(self.at(of)?.members.entry(name.clone()).or_default()),
            Asked::Item(id) => {
                let list = self.lists.get(id)?.clone();
                Some(self.at(&list)?.items.get_or_insert_default().as_mut())
            }
            Asked::At(list, _) => Some(self.at(list)?.items.get_or_insert_default().as_mut()),
            Asked::Slice(list, ..) | Asked::Filter("default" | "reverse", list, _) => self.at(list),
            _ => None,
        }
    }
}
