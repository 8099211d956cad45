//! From the words of markup to its elements, also where a condition opens a tag that is closed behind it.

use super::evaluate::joined;
use super::js::tree::Offset;
use super::markup::{Attribute, Item};
use super::pieces::{Loop, Piece, Value};
use super::program::Note;

/// A node of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Element(Element),
    Text(Vec<Piece>, Offset),
    Choice(Vec<(Value, Vec<Node>)>, Vec<Node>),
    /// A loop with the nodes of its body; its pieces are empty.
    Loop(Loop, Vec<Node>),
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
    pub offset: Offset,
}

/// Makes a tree. Of more than `most` nodes the rest is left out, and told.
pub fn tree(items: Vec<Item>, most: usize, notes: &mut Vec<Note>) -> Vec<Node> {
    let mut builder = Builder { notes, left: most, known: Vec::new(), depth: 0 };
    let mut rest: Vec<Item> = items.into_iter().rev().collect();
    let mut list = Vec::new();
    while !rest.is_empty() {
        match builder.next(&mut rest) {
            Step::Node(node) => list.push(node),
            Step::Closed(at) => builder.tell(at, "this closes nothing that is open", "take it away, or open it in each branch"),
            Step::Nothing => {}
        }
    }
    list
}

/// Elements in one another.
const DEPTH_MOST: u32 = 100;

struct Builder<'a> {
    notes: &'a mut Vec<Note>,
    left: usize,
    /// Conditions that hold, or don't, in the branch that is read.
    known: Vec<(Value, bool)>,
    depth: u32,
}

enum Step {
    Node(Node),
    /// The end of the element around it.
    Closed(Offset),
    Nothing,
}

impl Builder<'_> {
    fn tell(&mut self, offset: Offset, message: &str, hint: &str) {
        let note = Note { offset: offset.0, message: message.to_owned(), hint: hint.to_owned() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The next node of the words that are left, which stand in reverse.
    fn next(&mut self, rest: &mut Vec<Item>) -> Step {
        let Some(item) = rest.pop() else { return Step::Nothing };
        if self.left == 0 || self.depth > DEPTH_MOST {
            self.tell(Offset(0), "the template is too large to be read", "split it");
            rest.clear();
            return Step::Nothing;
        }
        self.left -= 1;
        match item {
            Item::Close(at) => Step::Closed(at),
            Item::Text(pieces, at) => Step::Node(Node::Text(pieces, at)),
            Item::Open { name, attributes, is_empty, offset } => {
                let children = if is_empty { Vec::new() } else { self.children(rest, offset) };
                Step::Node(Node::Element(Element { name, attributes, children, offset }))
            }
            Item::Loop(head, body) => {
                let body = self.all(body);
                Step::Node(Node::Loop(head, body))
            }
            Item::Choice(branches, otherwise) => self.choice(branches, otherwise, rest),
        }
    }

    fn children(&mut self, rest: &mut Vec<Item>, opened: Offset) -> Vec<Node> {
        self.depth += 1;
        let mut list = Vec::new();
        loop {
            if rest.is_empty() {
                self.tell(opened, "this element is not closed", "close it, in each branch that opens it");
                break;
            }
            match self.next(rest) {
                Step::Node(node) => list.push(node),
                Step::Closed(_) => break,
                Step::Nothing => {}
            }
        }
        self.depth -= 1;
        list
    }

    /// Words that stand for themselves.
    fn all(&mut self, items: Vec<Item>) -> Vec<Node> {
        let mut rest: Vec<Item> = items.into_iter().rev().collect();
        let mut list = Vec::new();
        while !rest.is_empty() {
            match self.next(&mut rest) {
                Step::Node(node) => list.push(node),
                Step::Closed(at) => self.tell(at, "this closes nothing that is open here", "close it where it is opened"),
                Step::Nothing => {}
            }
        }
        list
    }

    /// Whether a condition holds in this branch, where that is known.
    fn holds(&self, condition: &Value) -> Option<bool> {
        let same = self.known.iter().find(|(known, _)| known == condition).map(|(_, holds)| *holds);
        let opposite = || self.known.iter().find(|(known, _)| known.is_opposite(condition)).map(|(_, holds)| !*holds);
        same.or_else(opposite).or_else(|| match condition {
            Value::Not(of) => self.holds(of).map(|holds| !holds),
            Value::Binary(operator @ ("and" | "or"), a, b) => {
                // One that decides is enough.
                let decides = *operator == "or";
                match (self.holds(a), self.holds(b)) {
                    (Some(one), _) | (_, Some(one)) if one == decides => Some(decides),
                    (Some(_), Some(_)) => Some(!decides),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    fn choice(&mut self, branches: Vec<(Value, Vec<Item>)>, otherwise: Vec<Item>, rest: &mut Vec<Item>) -> Step {
        // What is known already leaves one branch, or fewer.
        let mut open = Vec::new();
        let mut last = otherwise;
        for (condition, items) in branches {
            match self.holds(&condition) {
                Some(false) => {}
                Some(true) => {
                    last = items;
                    break;
                }
                None => open.push((condition, items)),
            }
        }
        if open.is_empty() {
            rest.extend(last.into_iter().rev());
            return Step::Nothing;
        }
        let is_even = |items: &[Item]| balance(items) == Some(0);
        if open.iter().all(|(_, items)| is_even(items)) && is_even(&last) {
            let branches = open.into_iter().map(|(condition, items)| (condition, self.all(items))).collect();
            let last = self.all(last);
            return Step::Node(merged(branches, last));
        }
        self.uneven(open, last, rest)
    }

    /// Branches that open or close a tag of which the other end stands behind them: what follows belongs to each of them.
    fn uneven(&mut self, mut ways: Vec<(Value, Vec<Item>)>, last: Vec<Item>, rest: &mut Vec<Item>) -> Step {
        let mut has_last = true;
        // One condition behind the other, each of which opens: exactly one of them holds, or nothing would fit.
        if ways.len() == 1 && last.is_empty() {
            while let Some(Item::Choice(branches, otherwise)) = rest.last() {
                let is_next =
                    otherwise.is_empty() && branches.len() == 1 && branches.iter().all(|(_, items)| balance(items) != Some(0));
                if !is_next {
                    break;
                }
                let Some(Item::Choice(branches, _)) = rest.pop() else { break };
                let Some((condition, items)) = branches.into_iter().next() else { break };
                match self.holds(&condition) {
                    // So that the others do not.
                    Some(true) => {
                        rest.extend(items.into_iter().rev());
                        return Step::Nothing;
                    }
                    Some(false) => {}
                    None => {
                        let opposite = ways.len() == 1 && ways[0].0.is_opposite(&condition);
                        ways.push((condition, items));
                        has_last = false;
                        if opposite {
                            break;
                        }
                    }
                }
            }
        }
        let conditions: Vec<Value> = ways.iter().map(|(condition, _)| condition.clone()).collect();
        let mut branches: Vec<(Option<Value>, Vec<Item>)> =
            ways.into_iter().map(|(condition, items)| (Some(condition), items)).collect();
        if has_last {
            branches.push((None, last));
        }
        // Each branch with what follows, until all of them are even again at the same place.
        let before = self.known.len();
        let mut read: Vec<(Option<Value>, Vec<Node>, Vec<Item>, bool)> = Vec::new();
        for (condition, items) in branches {
            let own: Vec<Item> = rest.iter().cloned().chain(items.into_iter().rev()).collect();
            read.push((condition, Vec::new(), own, false));
        }
        let mut target = rest.len();
        loop {
            let mut lowest = target;
            for (condition, nodes, own, closed) in &mut read {
                self.known.truncate(before);
                self.known.extend(conditions.iter().map(|known| (known.clone(), condition.as_ref() == Some(known))));
                while own.len() > target && !*closed {
                    match self.next(own) {
                        Step::Node(node) => nodes.push(node),
                        // The element around the choice ends in it.
                        Step::Closed(at) => {
                            self.tell(at, "a branch closes what was opened before it", "close it in each branch, or in none");
                            *closed = true;
                        }
                        Step::Nothing => {}
                    }
                }
                lowest = lowest.min(own.len());
            }
            if lowest >= target || read.iter().any(|(.., closed)| *closed) {
                break;
            }
            target = lowest;
        }
        self.known.truncate(before);
        rest.truncate(target);
        let mut branches = Vec::new();
        let mut last = Vec::new();
        for (condition, nodes, ..) in read {
            match condition {
                Some(condition) => branches.push((condition, nodes)),
                None => last = nodes,
            }
        }
        // The last of them needs no condition: one of them holds.
        if !has_last && let Some((condition, nodes)) = branches.pop() {
            let known = branches.len() == 1 && branches[0].0.is_opposite(&condition);
            if !known && let Some(Node::Element(element)) = nodes.first() {
                self.tell(
                    element.offset,
                    "one of several conditions opens this tag; that always one of them holds was taken for granted",
                    "look at the last branch, which is drawn where no other condition holds",
                );
            }
            last = nodes;
        }
        Step::Node(merged(branches, last))
    }
}

/// How many tags are open behind some words; `None` where more are closed than were opened, or it depends on a condition.
fn balance(items: &[Item]) -> Option<i32> {
    let mut open = 0;
    for item in items {
        match item {
            Item::Open { is_empty: false, .. } => open += 1,
            Item::Close(_) => open -= 1,
            Item::Choice(branches, otherwise) => {
                let even = branches.iter().all(|(_, items)| balance(items) == Some(0)) && balance(otherwise) == Some(0);
                if !even {
                    return None;
                }
            }
            _ => {}
        }
        if open < 0 {
            return None;
        }
    }
    Some(open)
}

/// A choice; where its branches are one element that differs in its attributes alone, that element.
fn merged(branches: Vec<(Value, Vec<Node>)>, last: Vec<Node>) -> Node {
    let single = |nodes: &[Node]| match nodes {
        [Node::Element(element)] => Some(element.clone()),
        _ => None,
    };
    let elements: Option<Vec<Element>> = branches.iter().map(|(_, nodes)| single(nodes)).chain([single(&last)]).collect();
    let Some(elements) = elements else { return Node::Choice(branches, last) };
    let Some((first, others)) = elements.split_first() else { return Node::Choice(branches, last) };
    let names = |element: &Element| {
        let mut names: Vec<String> =
            element.attributes.iter().map(|one| one.name.clone()).filter(|name| name != "class").collect();
        names.sort();
        names
    };
    let alike =
        others.iter().all(|other| other.name == first.name && other.children == first.children && names(other) == names(first));
    if !alike {
        return Node::Choice(branches, last);
    }
    let mut all: Vec<String> = Vec::new();
    for name in elements.iter().flat_map(|element| &element.attributes).map(|one| &one.name) {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    let value_in = |element: &Element, name: &str| {
        element.attributes.iter().find(|one| one.name == name).map(|one| one.value.clone()).unwrap_or_default()
    };
    let attributes = all.into_iter().map(|name| {
        let values: Vec<Vec<Piece>> = elements.iter().map(|element| value_in(element, &name)).collect();
        let said = |pieces: &[Piece]| joined(pieces);
        let is_same = values.iter().all(|value| said(value) == said(&values[0]));
        let value = if is_same {
            values.into_iter().next().unwrap_or_default()
        } else {
            let mut values = values;
            let last = values.pop().unwrap_or_default();
            let choices = branches.iter().map(|(condition, _)| condition.clone()).zip(values).collect();
            vec![Piece::Choice(choices, last)]
        };
        Attribute { name, value }
    });
    let attributes = attributes.collect();
    Node::Element(Element { attributes, ..first.clone() })
}
