//! The manual as Markdown: a file for each topic, and one that lists them.

use std::fmt::Write as _;

use super::entry::{Entry, Topic};

const MADE: &str =
    "<!-- Made of the program's own tables: FRIENDBOARD_ACCEPT=1 cargo test --test house writes it anew. -->\n\n";

/// What is written by hand beside the pages, and followed by a test.
const GUIDES: [(&str, &str); 6] = [
    ("A board of your own in ten minutes", "guides/first-board.md"),
    ("Coming from the usual engine", "guides/from-the-usual-engine.md"),
    ("In a game", "guides/in-a-game.md"),
    ("On a server", "guides/on-a-server.md"),
    ("Picture tests of a board", "guides/picture-tests.md"),
    (
        "Recipes: nine-slice panel, VIP frame, level column, rank arrows, tabs, pages, countdown, self on top, weekly board, right to left",
        "guides/recipes.md",
    ),
];

/// The file that lists the topics.
#[must_use]
pub fn index(topics: &[Topic]) -> String {
    let mut text = format!("{MADE}# The manual of friendboard\n\n");
    text.push_str("`friendboard explain NAME` says on the terminal what stands here of a name, `friendboard explain` what topics there are.\n\n");
    for (title, file) in GUIDES {
        let _ = writeln!(text, "- [{title}]({file})");
    }
    text.push_str("\nWhatever can be named:\n\n");
    for topic in topics {
        let _ = writeln!(text, "- [{}]({}.md): {}", topic.title, topic.name, counted(topic));
    }
    text
}

/// How much there is, as a line says it.
fn counted(topic: &Topic) -> String {
    let names: Vec<String> = topic.entries.iter().take(6).map(|entry| format!("`{}`", entry.name)).collect();
    let more = if topic.entries.len() > 6 { ", …" } else { "" };
    format!("{} ({}{more})", topic.entries.len(), names.join(", "))
}

/// A topic's file.
#[must_use]
pub fn page(topic: &Topic) -> String {
    let mut text = format!("{MADE}# {}\n\n{}\n\n", topic.title, topic.about);
    if topic.is_table {
        table(&mut text, topic);
    } else {
        for entry in &topic.entries {
            section(&mut text, entry);
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// All entries of a topic as one table: its columns are the labels of their facts.
fn table(text: &mut String, topic: &Topic) {
    let mut labels: Vec<&str> = Vec::new();
    for (label, _) in topic.entries.iter().flat_map(|entry| &entry.facts) {
        if !labels.contains(&label.as_str()) {
            labels.push(label);
        }
    }
    let heads = [&["name", "what it is"], labels.as_slice()].concat();
    let _ = writeln!(text, "| {} |", heads.join(" | "));
    let _ = writeln!(text, "|---|---|{}", "---|".repeat(labels.len()));
    for entry in &topic.entries {
        let _ = write!(text, "| `{}` | {} |", entry.name, cell(&entry.about));
        for label in &labels {
            let fact = entry.facts.iter().find(|(known, _)| known == label);
            let _ = write!(text, " {} |", fact.map(|(_, fact)| cell(fact)).unwrap_or_default());
        }
        text.push('\n');
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn section(text: &mut String, entry: &Entry) {
    let _ = writeln!(text, "## `{}`\n", entry.name);
    let kind = if entry.kind == "property" || entry.kind == "tag" { String::new() } else { format!(" ({})", entry.kind) };
    let _ = writeln!(text, "{}{kind}\n", entry.about);
    let also: Vec<String> = entry.also.iter().map(|name| format!("`{name}`")).collect();
    for (label, fact) in &entry.facts {
        let _ = writeln!(text, "- {label}: {fact}");
    }
    if !also.is_empty() {
        let _ = writeln!(text, "- also: {}", also.join(", "));
    }
    if !also.is_empty() || !entry.facts.is_empty() {
        text.push('\n');
    }
    if !entry.tiles.is_empty() {
        let _ = writeln!(text, "![{} drawn](pictures/{}.png)\n", entry.name, entry.file());
    }
    for example in &entry.examples {
        let language = if example.starts_with('<') {
            "xml"
        } else if example.starts_with('{') && !example.starts_with("{{") {
            "json"
        } else {
            "text"
        };
        let _ = writeln!(text, "```{language}\n{example}\n```\n");
    }
}
