//! Where a difference comes from: the first stage that differs, and the nodes of the template whose pixels or properties do.

use std::collections::BTreeMap;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::compare::Difference;
use super::drawn::Drawn;
use super::stages::{Stages, node_name};
use crate::geometry::PixelRect;
use crate::scene::NodeId;

/// How long two texts may be compared; after that the difference is a coarse one.
const COMPARING: Duration = Duration::from_millis(500);
/// Nodes that are named.
const NODES_MOST: usize = 12;
/// Lines of a text difference that are kept.
const LINES_MOST: usize = 120;
/// Characters of such a line.
const LINE_CHARACTERS: usize = 300;
/// Changes of a node that are named.
const CHANGES_MOST: usize = 6;

/// Where a difference comes from.
#[derive(Clone, Debug, Default)]
pub struct Blame {
    /// The first stage that differs; `None` where the reference has no record of its stages.
    pub stage: Option<&'static str>,
    /// That stage's text, old and new: lines that begin with `-`, `+` or a space.
    pub text: String,
    /// The nodes, those that changed before those whose pixels alone did.
    pub nodes: Vec<Culprit>,
}

/// Nodes of one place in a template.
#[derive(Clone, Debug)]
pub struct Culprit {
    /// The first of them: `text#score.num`.
    pub node: String,
    /// File, line and column.
    pub place: String,
    /// How many nodes of that place it is.
    pub count: usize,
    /// How many pixels differ in their boxes, and in no box in those.
    pub pixels: u64,
    /// What of them changed: `- fontSize: 24`, `+ fontSize: 26`.
    pub changes: Vec<String>,
    /// Where the first of them is seen, px of the picture.
    pub seen: Option<PixelRect>,
}

/// Where a difference comes from: `before` are the stages of the reference, where they are known, `now` those of what is
/// drawn.
#[must_use]
pub fn blame(drawn: &Drawn, before: Option<&Stages>, now: &Stages, difference: Option<&Difference>) -> Blame {
    let mut blame = Blame::default();
    let mut changes: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
    if let Some(before) = before {
        let (stage, texts) = before.first_difference(now);
        blame.stage = Some(stage);
        blame.text = texts.map_or_else(String::new, |(old, new)| text_difference(old, new));
        let [_, old_scene, old_boxes, _] = &before.texts;
        let [_, scene, boxes, _] = &now.texts;
        changes = changed_nodes(old_scene, scene, &now.scene_nodes);
        if changes.is_empty() {
            changes = changed_nodes(old_boxes, boxes, &now.box_nodes);
        }
    }
    let seen = drawn.places();
    let pixels = difference.map(|difference| pixels_by_node(&seen, difference)).unwrap_or_default();
    blame.nodes = culprits(drawn, &changes, &pixels, &seen);
    blame
}

/// Nodes by their place in the template.
fn culprits(
    drawn: &Drawn,
    changes: &BTreeMap<NodeId, Vec<String>>,
    pixels: &BTreeMap<NodeId, u64>,
    seen: &[(NodeId, crate::geometry::Rect)],
) -> Vec<Culprit> {
    let mut found: Vec<Culprit> = Vec::new();
    let ids = changes.keys().chain(pixels.keys().filter(|id| !changes.contains_key(id)));
    for id in ids {
        let Some(node) = drawn.shown.prepared.scene.nodes.get(*id) else { continue };
        let place = node.place.to_string();
        let own = pixels.get(id).copied().unwrap_or(0);
        if let Some(known) = found.iter_mut().find(|known| known.place == place) {
            known.count += 1;
            known.pixels += own;
            continue;
        }
        let rect = seen.iter().find(|(node, _)| node == id).map(|(_, rect)| PixelRect::around(rect));
        let changes = changes.get(id).cloned().unwrap_or_default();
        found.push(Culprit { node: node_name(node), place, count: 1, pixels: own, changes, seen: rect });
    }
    found.sort_by_key(|culprit| {
        (culprit.changes.is_empty(), std::cmp::Reverse(if culprit.changes.is_empty() { culprit.pixels } else { 0 }))
    });
    found.truncate(NODES_MOST);
    found
}

/// How many pixels differ in each node's box, and in none that is painted over it.
fn pixels_by_node(seen: &[(NodeId, crate::geometry::Rect)], difference: &Difference) -> BTreeMap<NodeId, u64> {
    let area = difference.bounds;
    let width = area.width().max(0) as usize;
    // The topmost node of each pixel of the area, by its number and 1; 0 is none.
    let mut owners = vec![0_u32; width * area.height().max(0) as usize];
    for (id, rect) in seen {
        let rect = PixelRect::around(rect).intersection(&area);
        if rect.is_empty() {
            continue;
        }
        for y in rect.top..rect.bottom {
            let start = (y - area.top) as usize * width + (rect.left - area.left) as usize;
            if let Some(row) = owners.get_mut(start..start + rect.width() as usize) {
                row.fill(*id as u32 + 1);
            }
        }
    }
    let mut counts = BTreeMap::new();
    for (row, owners) in owners.chunks(width.max(1)).enumerate() {
        let start = (area.top as usize + row) * difference.width as usize + area.left as usize;
        let distances = difference.distances.get(start..start + owners.len()).unwrap_or_default();
        for (owner, _) in owners.iter().zip(distances).filter(|(owner, distance)| **owner > 0 && **distance > 0) {
            *counts.entry(*owner as usize - 1).or_insert(0) += 1;
        }
    }
    counts
}

/// The nodes of whose lines any is new, with what is old and new about them. What is gone is of the node before it.
fn changed_nodes(old: &str, new: &str, nodes: &[NodeId]) -> BTreeMap<NodeId, Vec<String>> {
    let mut changed: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
    if old == new {
        return changed;
    }
    let difference = TextDiff::configure().timeout(COMPARING).diff_lines(old, new);
    let mut next = 0_usize;
    for change in difference.iter_all_changes() {
        let (sign, at) = match change.tag() {
            ChangeTag::Equal => {
                next = change.new_index().unwrap_or(next) + 1;
                continue;
            }
            // A line that is replaced is of the node that the new one is of, as the new one follows.
            ChangeTag::Delete => ('-', next.min(nodes.len().saturating_sub(1))),
            ChangeTag::Insert => {
                let at = change.new_index().unwrap_or(next);
                next = at + 1;
                ('+', at)
            }
        };
        if let Some(node) = nodes.get(at) {
            let lines = changed.entry(*node).or_default();
            if lines.len() < CHANGES_MOST {
                lines.push(shortened(&format!("{sign} {}", change.value().trim())));
            }
        }
    }
    changed
}

/// What is old and new of two texts, with a line before and after.
#[must_use]
pub fn text_difference(old: &str, new: &str) -> String {
    let difference = TextDiff::configure().timeout(COMPARING).diff_lines(old, new);
    let mut text = String::new();
    let mut lines = 0;
    for hunk in difference.unified_diff().context_radius(1).iter_hunks() {
        for change in hunk.iter_changes() {
            if lines == LINES_MOST {
                text.push_str(" …\n");
                return text;
            }
            lines += 1;
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            text.push(sign);
            text.push_str(&shortened(change.value().trim_end_matches(['\n', '\r'])));
            text.push('\n');
        }
    }
    text
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LINE_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_of_its_node() {
        let old = "view\n  text \"a\"\n      fontSize: 12\n  text \"b\"\n";
        let new = "view\n  text \"a\"\n      fontSize: 14\n  text \"b\"\n";
        let changed = changed_nodes(old, new, &[0, 1, 1, 2]);
        assert_eq!(changed, BTreeMap::from([(1, vec!["- fontSize: 12".to_owned(), "+ fontSize: 14".to_owned()])]));
        assert_eq!(text_difference(old, new).lines().filter(|line| !line.starts_with(' ')).count(), 2);
        assert!(changed_nodes(old, old, &[0, 1, 1, 2]).is_empty());
    }

    #[test]
    fn long_differences_end() {
        let lines: Vec<String> = (0..5_000).map(|line| format!("{line}\n")).collect();
        let text = text_difference("", &lines.concat());
        assert_eq!(text.lines().count(), LINES_MOST + 1);
        assert!(text_difference("", &"x".repeat(5_000)).chars().count() < LINE_CHARACTERS + 10);
    }
}
