//! What became of a board that was brought over: for people, and for programs.

use std::fmt::Write as _;

use super::compare::Comparison;
use super::program::Note;
use crate::error::Place;
use crate::escape::escaped;
use crate::json::Value;

/// How the boxes compare with the engine's.
#[derive(Debug)]
pub enum Compared {
    /// They were compared.
    With(Comparison),
    /// They were not: why, and what to do.
    Not(String),
}

/// A report.
#[derive(Debug)]
pub struct Report {
    /// The template's and the style's files.
    pub sources: (String, String),
    /// What was written, by name.
    pub written: Vec<String>,
    /// Elements, loops, conditions, expressions.
    pub counts: [usize; 4],
    /// Styles.
    pub styles: usize,
    /// What the data was called, and what a board calls it.
    pub names: Vec<(String, String)>,
    /// Pictures that were copied.
    pub pictures: usize,
    /// What needs a hand.
    pub notes: Vec<(Place, Note)>,
    /// What was compared.
    pub compared: Compared,
}

/// Boxes that are told of one by one.
const TOLD: usize = 20;

impl Report {
    /// True where nothing needs a hand and all boxes agree.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let same = match &self.compared {
            Compared::With(comparison) => comparison.agree == comparison.all && comparison.parted.is_none(),
            Compared::Not(_) => true,
        };
        self.notes.is_empty() && same
    }

    /// A line or two of how the boxes compare.
    #[must_use]
    pub fn boxes_line(&self) -> String {
        match &self.compared {
            Compared::Not(why) => format!("boxes were not compared: {why}"),
            Compared::With(comparison) => {
                let mut line =
                    format!("{} of {} boxes are where the engine has them, within a pixel", comparison.agree, comparison.all);
                if let Some((theirs, ours)) = &comparison.parted {
                    let _ = write!(line, "; the trees part at {theirs}, where {ours} stands here");
                }
                line
            }
        }
    }

    /// For people, Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        let (template, style) = &self.sources;
        let _ = writeln!(text, "# {} and {}, brought over\n", escaped(template), escaped(style));
        let [elements, loops, conditions, expressions] = self.counts;
        let _ = writeln!(
            text,
            "Carried over: {elements} elements, {loops} loops, {conditions} conditions, {expressions} expressions, {} styles, {} pictures.\n\n{}.",
            self.styles,
            self.pictures,
            capitalized(&self.boxes_line())
        );
        if !self.names.is_empty() {
            text.push_str("\n## What the data is called\n\n| there | here |\n|---|---|\n");
            for (there, here) in &self.names {
                let _ = writeln!(text, "| `{}` | {} |", escaped(there), escaped(here));
            }
        }
        text.push_str("\n## What needs a hand\n\n");
        if self.notes.is_empty() {
            text.push_str("Nothing.\n");
        }
        for (place, note) in &self.notes {
            let _ = writeln!(text, "- {place}: {}: {}", escaped(&note.message), escaped(&note.hint));
        }
        if let Compared::With(comparison) = &self.compared
            && !comparison.others.is_empty()
        {
            text.push_str("\n## Boxes that stand elsewhere\n\nLeft, top, width and height in the canvas, px.\n\n| box | there | here | why |\n|---|---|---|---|\n");
            for (name, theirs, ours, why) in comparison.others.iter().take(TOLD) {
                let _ = writeln!(text, "| `{}` | {} | {} | {why} |", escaped(name), sides(theirs), sides(ours));
            }
            if comparison.others.len() > TOLD {
                let _ = writeln!(text, "\n{} more.", comparison.others.len() - TOLD);
            }
        }
        text
    }

    /// For programs.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let notes: Vec<Value> = self
            .notes
            .iter()
            .map(|(place, note)| {
                let number = |number: u32| if number == 0 { Value::Null } else { Value::from(number as usize) };
                crate::json!({
                    "document": place.document.as_deref().map_or(Value::Null, Value::from),
                    "line": number(place.line), "column": number(place.column),
                    "message": &note.message, "hint": &note.hint,
                })
            })
            .collect();
        let [elements, loops, conditions, expressions] = self.counts;
        let names = Value::list(self.names.iter().map(|(there, here)| crate::json!({ "there": there, "here": here })));
        let boxes = match &self.compared {
            Compared::Not(why) => crate::json!({ "compared": false, "why": why }),
            Compared::With(comparison) => {
                let list = |sides: &[f64; 4]| Value::list(sides.iter().map(|side| number(*side)));
                let others = Value::list(comparison.others.iter().map(|(name, theirs, ours, why)| {
                    crate::json!({ "box": name, "there": list(theirs), "here": list(ours), "why": why })
                }));
                let parted = comparison
                    .parted
                    .as_ref()
                    .map_or(Value::Null, |(theirs, ours)| crate::json!({ "there": theirs, "here": ours }));
                crate::json!({ "compared": true, "all": comparison.all, "agree": comparison.agree, "others": others, "parted": parted })
            }
        };
        crate::json!({
            "template": &self.sources.0, "style": &self.sources.1,
            "written": Value::list(self.written.iter().map(String::as_str)),
            "carriedOver": {
                "elements": elements, "loops": loops, "conditions": conditions, "expressions": expressions,
                "styles": self.styles, "pictures": self.pictures,
            },
            "names": names, "needsAHand": Value::list(notes), "boxes": boxes, "clean": self.is_clean(),
        })
    }
}

fn number(number: f64) -> Value {
    crate::number::Number::from_f64((number * 1000.0).round() / 1000.0).map_or(Value::Null, Value::from)
}

fn sides(sides: &[f64; 4]) -> String {
    sides.map(|side| format!("{}", (side * 100.0).round() / 100.0)).join(", ")
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
