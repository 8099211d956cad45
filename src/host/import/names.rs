//! What a template's data is called on a board: which list is the friends, who is the player, which member is the score.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::Attribute;
use super::pieces::{Piece, Value};
use super::tree::Node;

/// Members by which a row is known as a friend, and what a board calls them.
const FRIEND: [(&str, &str); 17] = [
    ("nickname", "nickname"),
    ("nickName", "nickname"),
    ("nick_name", "nickname"),
    ("displayName", "nickname"),
    ("userName", "nickname"),
    ("avatarUrl", "avatarUrl"),
    ("avatarURL", "avatarUrl"),
    ("avatar_url", "avatarUrl"),
    ("avatar", "avatarUrl"),
    ("headUrl", "avatarUrl"),
    ("headImg", "avatarUrl"),
    ("openid", "openid"),
    ("openId", "openid"),
    ("open_id", "openid"),
    ("isSelf", "isSelf"),
    ("isMe", "isSelf"),
    ("rank", "rank"),
];

/// What a board calls a member of a friend by itself.
pub fn friend_member(name: &str) -> Option<&'static str> {
    FRIEND.iter().find(|(known, _)| *known == name).map(|(_, own)| *own)
}

/// Words that name the player's own row.
const OWN: [&str; 8] = ["self", "selfData", "selfInfo", "me", "mine", "my", "myself", "own"];
/// Words that name the player's own place.
const OWN_PLACE: [&str; 5] = ["selfIndex", "selfRank", "myRank", "myIndex", "selfNum"];
/// Names that an expression or the globals of a board have already.
const TAKEN: [&str; 16] = [
    "loop", "friends", "self", "podium", "others", "count", "next", "state", "in", "is", "not", "and", "or", "if", "else",
    "size",
];

/// What things are called.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The list that is `friends`, with the name that the template has for it.
    pub friends: Option<(Value, String)>,
    /// What is `self`, with its name.
    pub own: Option<(Value, String)>,
    /// The number of the player's place, with its name.
    pub own_place: Option<String>,
    /// The member of a friend that is the score.
    pub score: Option<String>,
    /// Loops by number: the name of an item, and whether it is a friend.
    pub loops: BTreeMap<u32, (String, bool)>,
    /// Loops whose place is asked for in loops within them.
    pub placed: BTreeSet<u32>,
    /// Members of the data that become variables.
    pub variables: BTreeSet<String>,
    /// Members of friends that are read from `kv`.
    pub kept: BTreeSet<String>,
}

impl Names {
    /// What the data was called, and what it is called on a board.
    pub fn told(&self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        if let Some((_, name)) = &self.friends {
            told.push((format!("it.{name}"), "`friends`".to_owned()));
        }
        if let Some((_, name)) = &self.own {
            told.push((format!("it.{name}"), "`self`".to_owned()));
        }
        if let Some(name) = &self.own_place {
            told.push((format!("it.{name}"), "`self.rank`".to_owned()));
        }
        if let Some(score) = &self.score {
            told.push((format!("item.{score}"), "`friend.score`".to_owned()));
        }
        told.extend(
            self.kept.iter().map(|name| (format!("item.{name}"), format!("`friend.kv.{name}`: a value of the cloud storage"))),
        );
        told.extend(
            self.variables
                .iter()
                .map(|name| (format!("it.{name}"), format!("`{name}`: a variable, given with --var, an option or a message"))),
        );
        told
    }
}

/// Decides by what a template asks for.
pub fn names(nodes: &[Node]) -> Names {
    let mut seen = Seen::default();
    seen.nodes(nodes);
    let mut names = Names::default();
    for (id, list, _) in &seen.loops {
        let members = seen.members.get(&Value::Item(*id).key()).cloned().unwrap_or_default();
        if names.friends.is_none()
            && let Some((root, name)) = root(list)
            && members.iter().any(|member| is_telling(member))
        {
            names.friends = Some((root, name));
        }
    }
    let is_friends =
        |list: &Value| names.friends.as_ref().is_some_and(|(friends, _)| root(list).is_some_and(|(root, _)| root == *friends));
    let of_friends: BTreeSet<String> = seen
        .loops
        .iter()
        .filter(|(_, list, _)| is_friends(list))
        .flat_map(|(id, ..)| seen.members.get(&Value::Item(*id).key()).cloned().unwrap_or_default())
        .collect();
    for name in OWN {
        let own = Value::Data.member(name);
        let members = seen.members.get(&own.key());
        if names.own.is_none()
            && names.friends.is_some()
            && members.is_some_and(|members| members.iter().any(|member| is_telling(member)))
        {
            names.own = Some((own, name.to_owned()));
        }
    }
    let own_members = names.own.as_ref().and_then(|(own, _)| seen.members.get(&own.key())).cloned().unwrap_or_default();
    if names.friends.is_some() {
        names.own_place = OWN_PLACE.into_iter().map(str::to_owned).find(|name| seen.of_data.contains(name));
        let all: Vec<&String> = of_friends.iter().chain(&own_members).collect();
        let scored =
            |test: &dyn Fn(&str) -> bool| all.iter().find(|name| test(&name.to_ascii_lowercase())).map(|name| (**name).clone());
        names.score = scored(&|name| name == "score")
            .or_else(|| {
                scored(&|name| {
                    name.contains("score") && !["img", "image", "url", "icon"].iter().any(|part| name.contains(part))
                })
            })
            .or_else(|| scored(&|name| matches!(name, "value" | "point" | "points" | "starsum" | "stars")));
    }
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).chain(seen.of_data.iter().cloned()).collect();
    for (id, list, item) in &seen.loops {
        let is_friend = names.friends.is_some() && is_friends(list);
        let wanted = if is_friend { "friend" } else { item };
        let mut name: String = wanted.chars().filter(|next| next.is_alphanumeric() || *next == '_').collect();
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert_str(0, "item");
        }
        // Loops beside each other may use one name; those in one another, and the data, need their own.
        while taken.contains(&name) {
            name.push('_');
        }
        if seen.nested.contains(id) {
            taken.insert(name.clone());
        }
        names.loops.insert(*id, (name, is_friend));
    }
    let special = |name: &str| {
        let is = |known: &Option<(Value, String)>| known.as_ref().is_some_and(|(value, _)| *value == Value::Data.member(name));
        is(&names.friends) || is(&names.own) || names.own_place.as_deref() == Some(name)
    };
    names.placed.clone_from(&seen.placed);
    names.variables = seen.of_data.iter().filter(|name| !special(name)).cloned().collect();
    let kept = of_friends.iter().chain(&own_members);
    names.kept = kept
        .filter(|name| friend_member(name).is_none() && names.score.as_ref() != Some(name) && *name != "index")
        .cloned()
        .collect();
    names
}

/// True for a member that only a friend has.
fn is_telling(member: &str) -> bool {
    matches!(friend_member(member), Some("nickname" | "avatarUrl" | "openid"))
}

/// The list of the data that a list is, or a part of, and its name.
pub fn root(list: &Value) -> Option<(Value, String)> {
    match list {
        Value::Member(of, name) if **of == Value::Data => Some((list.clone(), name.clone())),
        Value::Data => Some((Value::Data, "it".to_owned())),
        Value::Slice(of, ..) | Value::Filter("default" | "reverse" | "sort", of, _) => root(of),
        _ => None,
    }
}

impl Value {
    /// A name for it, to find it by.
    fn key(&self) -> String {
        format!("{self:?}")
    }
}

/// What a template names.
#[derive(Default)]
struct Seen {
    loops: Vec<(u32, Value, String)>,
    /// Loops that stand in others, or have others in them.
    nested: BTreeSet<u32>,
    /// Loops whose place is asked for further inside.
    placed: BTreeSet<u32>,
    open: Vec<u32>,
    members: BTreeMap<String, BTreeSet<String>>,
    of_data: BTreeSet<String>,
}

impl Seen {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(pieces, _) => self.pieces(pieces),
                Node::Element(element) => {
                    element.attributes.iter().for_each(|Attribute { value, .. }| self.pieces(value));
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
                    if !self.loops.iter().any(|(id, ..)| *id == head.id) {
                        self.loops.push((head.id, head.list.clone(), head.item.clone()));
                    }
                    if !self.open.is_empty() {
                        self.nested.insert(head.id);
                        self.nested.extend(&self.open);
                    }
                    self.open.push(head.id);
                    self.nodes(body);
                    self.open.pop();
                }
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(..) => {}
                Piece::Value(value, _) => self.value(value),
                Piece::Choice(branches, otherwise) => {
                    for (condition, inner) in branches {
                        self.value(condition);
                        self.pieces(inner);
                    }
                    self.pieces(otherwise);
                }
                Piece::Loop(inner) => {
                    self.value(&inner.list);
                    self.pieces(&inner.body);
                }
            }
        }
    }

    fn value(&mut self, value: &Value) {
        value.visit(&mut |part| {
            if let Value::Index(id) = part
                && self.open.last() != Some(id)
            {
                self.placed.insert(*id);
            }
            if let Value::Member(of, name) = part {
                self.members.entry(of.key()).or_default().insert(name.clone());
                if **of == Value::Data {
                    self.of_data.insert(name.clone());
                }
            }
        });
    }
}
