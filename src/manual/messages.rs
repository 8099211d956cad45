//! The page of messages.

use super::entry::{Entry, Topic};
use crate::context::{ANY, Meaning, Member};

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn fact(member: &Member) -> String {
    if member.also.is_empty() { member.about.to_owned() } else { format!("{} Also {}.", member.about, list(member.also)) }
}

/// The page of messages.
pub(super) fn topic() -> Topic {
    let mut entries = Vec::new();
    for meaning in Meaning::ALL {
        let words: Vec<&str> = meaning.words().collect();
        let Some((first, others)) = words.split_first() else { continue };
        let name = Meaning::NAMES.iter().find(|(_, known)| *known == meaning).map(|(name, _)| *name);
        let entry = Entry::new(*first, "message", meaning.about()).also(others.iter().copied());
        let entry = entry.fact("in `words`", name.map(|name| format!("`\"means\": \"{name}\"`")).unwrap_or_default());
        let entry = meaning.members().iter().fold(entry, |entry, member| entry.fact(member.name, fact(member)));
        let most = meaning.members().iter().map(|member| member.example).max_by_key(|example| example.len());
        let most = most.map_or_else(String::new, |members| format!(", {members}"));
        entries.push(entry.example(format!("{{\"command\": \"{first}\"{most}}}")));
    }
    for member in ANY {
        let entry = Entry::new(member.name, "member of any message", member.about).also(member.also.iter().copied());
        entries.push(entry.example(format!("{{\"command\": \"render\", {}}}", member.example)));
    }
    Topic {
        name: "messages",
        title: "Messages",
        about: format!(
            "What the main domain posts to the board: an object with a word in one of {}; that object as a JSON text; a word \
             alone; or a page's number. Words are compared without regard to case, `_` and `-`; members may stand beside the \
             word, or in `data`, `box`, `params` and their like. A game that says it in other words maps them in its options: \
             `\"words\": [{{\"match\": {{\"messageType\": 3}}, \"means\": \"show\"}}]`, or \
             `\"words\": {{\"openBoard\": \"show\"}}`.",
            list(Meaning::discriminators())
        ),
        entries,
        is_table: false,
    }
}
