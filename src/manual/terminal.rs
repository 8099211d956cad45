//! The manual on a terminal: plain text within a width.

use std::fmt::Write as _;

use super::entry::{Entry, Topic};

/// The width of a page, columns.
const WIDTH: usize = 100;

/// The list of topics.
#[must_use]
pub fn contents(topics: &[Topic]) -> String {
    let width = topics.iter().map(|topic| topic.name.len()).max().unwrap_or(0);
    let mut text = String::from("Topics:\n");
    for topic in topics {
        let _ = writeln!(text, "  {:width$}  {} ({})", topic.name, topic.title, topic.entries.len());
    }
    text.push_str(
        "\n`friendboard explain TOPIC` lists what is in one; `friendboard explain NAME` explains a tag, an attribute, a\n",
    );
    text.push_str("property, a filter, a message's word, a role, a code: whatever can be named.\n");
    text
}

/// A topic: what it is, and its entries in a line each.
#[must_use]
pub fn topic(topic: &Topic) -> String {
    let mut text = format!("{}\n\n", topic.title);
    for paragraph in topic.about.split("\n\n") {
        let _ = writeln!(text, "{}\n", wrapped(&plain(paragraph), 0));
    }
    let width = topic.entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or(0).min(28);
    for entry in &topic.entries {
        let about = wrapped(&plain(&entry.about), width + 4);
        let _ = writeln!(text, "  {:width$}  {}", entry.name, about.trim_start());
    }
    text
}

/// An entry with all that is to be said of it.
#[must_use]
pub fn entry(entry: &Entry) -> String {
    let mut text = format!("{} ({})\n", entry.name, plain(&entry.kind));
    let _ = writeln!(text, "{}", wrapped(&plain(&entry.about), 2));
    let mut facts: Vec<(&str, String)> = entry.facts.iter().map(|(label, fact)| (label.as_str(), plain(fact))).collect();
    if !entry.also.is_empty() {
        facts.push(("also", entry.also.join(", ")));
    }
    if !facts.is_empty() {
        text.push('\n');
    }
    let width = facts.iter().map(|(label, _)| plain(label).chars().count()).max().unwrap_or(0);
    for (label, fact) in facts {
        let _ = writeln!(text, "  {:width$}  {}", plain(label), wrapped(&fact, width + 4).trim_start());
    }
    for example in &entry.examples {
        text.push('\n');
        for line in example.lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// Markdown's marks taken out, which a terminal has no use for.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// A paragraph in lines of the width, each after some spaces.
fn wrapped(text: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    let mut line = space.clone();
    for word in text.split_whitespace() {
        let begins = line.len() == space.len();
        if !begins && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, space.clone()));
            line.push_str(word);
            continue;
        }
        if !begins {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}
