//! Conditions on boxes: `#score.width <= 120`, `#name.right <= #score.left - 8`, `.row.count == 10`.

use std::fmt;

use serde::Deserialize;

use super::selector::Selector;
use crate::pipeline::Prepared;

/// How far two equal lengths may be apart, px.
const EQUAL: f32 = 0.01;
/// Pairs of nodes that one condition may compare.
const PAIRS_MOST: usize = 100_000;
/// The selector of the whole board.
const BOARD: &str = "board";

/// A condition.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct BoxRule {
    written: String,
    left: Side,
    comparison: Comparison,
    right: Side,
}

/// A sum of lengths and numbers, px at dpr 1.
#[derive(Clone, Debug)]
struct Side(Vec<(f32, Term)>);

#[derive(Clone, Debug)]
enum Term {
    Number(f32),
    /// A length of each node that is meant; without a selector, of the board.
    Length(Option<Selector>, Property),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    Left,
    Top,
    Right,
    Bottom,
    Width,
    Height,
    Count,
}

impl Property {
    const ALL: [(&'static str, Self); 7] = [
        ("left", Self::Left),
        ("top", Self::Top),
        ("right", Self::Right),
        ("bottom", Self::Bottom),
        ("width", Self::Width),
        ("height", Self::Height),
        ("count", Self::Count),
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtMost,
    AtLeast,
    Equal,
    Different,
    Below,
    Above,
}

impl Comparison {
    /// Those of two characters first: one begins as another does.
    const ALL: [(&'static str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("!=", Self::Different),
        ("<", Self::Below),
        (">", Self::Above),
    ];

    fn holds(self, left: f32, right: f32) -> bool {
        match self {
            Self::AtMost => left <= right + EQUAL,
            Self::AtLeast => left >= right - EQUAL,
            Self::Equal => (left - right).abs() <= EQUAL,
            Self::Different => (left - right).abs() > EQUAL,
            Self::Below => left < right - EQUAL,
            Self::Above => left > right + EQUAL,
        }
    }
}

impl TryFrom<String> for BoxRule {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let found = written.char_indices().find_map(|(at, _)| {
            let rest = &written[at..];
            Comparison::ALL.iter().find(|(sign, _)| rest.starts_with(sign)).map(|(sign, comparison)| (at, *sign, *comparison))
        });
        let Some((at, sign, comparison)) = found else {
            return Err(format!("a condition such as #score.width <= 120 was expected, found '{written:.80}'"));
        };
        let (left, right) = (Side::read(&written[..at])?, Side::read(&written[at + sign.len()..])?);
        Ok(Self { left, comparison, right, written: written.clone() })
    }
}

impl Side {
    fn read(text: &str) -> Result<Self, String> {
        let mut terms = Vec::new();
        let mut sign = Some(1.0);
        for word in text.split_whitespace() {
            match (word, sign) {
                ("+", None) => sign = Some(1.0),
                ("-", None) => sign = Some(-1.0),
                (word, Some(known)) => {
                    terms.push((known, Term::read(word)?));
                    sign = None;
                }
                (word, None) => return Err(format!("+ or - with spaces around was expected before '{word:.40}'")),
            }
        }
        if sign.is_some() { Err(format!("a length or a number was expected in '{text:.60}'")) } else { Ok(Self(terms)) }
    }

    /// What it is for each of the nodes that are meant, with what it was found of.
    fn values(&self, prepared: &Prepared) -> Result<Vec<(String, f32)>, String> {
        let mut values = vec![(String::new(), 0.0)];
        for (sign, term) in &self.0 {
            let found = term.values(prepared)?;
            if values.len().saturating_mul(found.len()) > PAIRS_MOST {
                return Err(format!("more than {PAIRS_MOST} combinations of nodes are meant"));
            }
            values = values
                .iter()
                .flat_map(|(label, sum)| {
                    found.iter().map(move |(node, value)| {
                        let comma = if label.is_empty() || node.is_empty() { "" } else { ", " };
                        (format!("{label}{comma}{node}"), sum + sign * value)
                    })
                })
                .collect();
        }
        Ok(values)
    }
}

impl Term {
    fn read(word: &str) -> Result<Self, String> {
        if let Some(number) = word.parse::<f32>().ok().filter(|number| number.is_finite()) {
            return Ok(Self::Number(number));
        }
        let names = || Property::ALL.map(|(name, _)| name).join(", ");
        let expected = || format!("a node and one of {}, such as #score.width, was expected, found '{word:.60}'", names());
        let (selector, property) = word.rsplit_once('.').ok_or_else(expected)?;
        let property = Property::ALL.iter().find(|(name, _)| *name == property).ok_or_else(expected)?.1;
        let selector = if selector == BOARD { None } else { Some(Selector::try_from(selector.to_owned())?) };
        Ok(Self::Length(selector, property))
    }

    /// What it is, with the place of the node that it is of.
    fn values(&self, prepared: &Prepared) -> Result<Vec<(String, f32)>, String> {
        let (selector, property) = match self {
            Self::Number(number) => return Ok(vec![(String::new(), *number)]),
            Self::Length(selector, property) => (selector, *property),
        };
        let nodes = prepared.scene.nodes.iter().zip(&prepared.layout.boxes);
        let Some(selector) = selector else {
            let root = prepared.layout.boxes.first().map(|root| root.absolute).unwrap_or_default();
            return Ok(vec![(BOARD.to_owned(), length(&root, property))]);
        };
        let meant = nodes.filter(|(node, place)| place.shown && selector.matches(node));
        if property == Property::Count {
            return Ok(vec![(selector.to_string(), meant.count() as f32)]);
        }
        let found: Vec<(String, f32)> =
            meant.map(|(node, place)| (format!("{selector} at {}", node.place), length(&place.absolute, property))).collect();
        if found.is_empty() { Err(format!("no node that is shown is {selector}")) } else { Ok(found) }
    }
}

fn length(rect: &crate::geometry::Rect, property: Property) -> f32 {
    match property {
        Property::Left => rect.x,
        Property::Top => rect.y,
        Property::Right => rect.right(),
        Property::Bottom => rect.bottom(),
        Property::Width => rect.width,
        Property::Height => rect.height,
        Property::Count => 1.0,
    }
}

impl BoxRule {
    /// Where it does not hold, in words.
    pub fn unmet(&self, prepared: &Prepared) -> Vec<String> {
        let sides = self.left.values(prepared).and_then(|left| Ok((left, self.right.values(prepared)?)));
        let (left, right) = match sides {
            Ok(sides) => sides,
            Err(reason) => return vec![format!("boxes: {self}: {reason}")],
        };
        if left.len().saturating_mul(right.len()) > PAIRS_MOST {
            return vec![format!("boxes: {self}: more than {PAIRS_MOST} pairs of nodes are meant")];
        }
        let mut unmet = Vec::new();
        for (left_of, left) in &left {
            for (right_of, right) in &right {
                if !self.comparison.holds(*left, *right) {
                    let of: Vec<&str> =
                        [left_of, right_of].into_iter().map(String::as_str).filter(|of| !of.is_empty()).collect();
                    unmet.push(format!("boxes: {self}: found {left} and {right} ({})", of.join("; ")));
                }
            }
        }
        unmet
    }
}

impl fmt::Display for BoxRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;
    use crate::picture::Pictures;
    use crate::pipeline::{Board, Renderer};
    use crate::text::Fonts;
    use crate::{Diagnostics, Limits, Reading};

    fn prepared() -> Prepared {
        let xml = "<view class='main'><view id='a' class='row'/><view id='b' class='row wide'/><view class='gone'/></view>";
        let style = r#"{"main": {"width": 200, "height": 100}, "row": {"width": 50, "height": 20}, "wide": {"width": 80},
            "gone": {"display": "none"}}"#;
        let board = Board::compile(("t.xml", xml), &[("t.json", style)], &Limits::default()).unwrap();
        let mut said = Diagnostics::new();
        let limits = Limits::default();
        let size = Size::new(200.0, 100.0);
        let scene = board.resolve(&crate::json::Value::Null, size, &mut Reading::new(&limits, &mut said)).unwrap();
        Renderer::new(Fonts::bundled(), limits).layout(scene, size, &Pictures::default()).unwrap()
    }

    fn unmet(rule: &str) -> Vec<String> {
        BoxRule::try_from(rule.to_owned()).unwrap().unmet(&prepared())
    }

    #[test]
    fn conditions_hold_or_say_where_not() {
        for holds in [
            "#a.width == 50",
            "#a.bottom <= #b.top",
            ".row.width<=80",
            ".row.count == 2",
            "view.row.wide.right <= board.width - 120",
            "#b.left + #a.width > 49",
            "#a.top != #b.top",
            ".gone.count == 0",
        ] {
            assert_eq!(unmet(holds), Vec::<String>::new(), "{holds}");
        }
        let found = unmet(".row.width < 60");
        assert_eq!(found, ["boxes: .row.width < 60: found 80 and 60 (.row at t.xml:1:46)"]);
        assert_eq!(unmet("#c.width < 60"), ["boxes: #c.width < 60: no node that is shown is #c"]);
        assert!(unmet(".gone.width < 60")[0].contains("no node that is shown"));
    }

    #[test]
    fn what_is_no_condition_is_told() {
        for (wrong, told) in [
            ("#a.width", "a condition such as"),
            ("#a.widht <= 3", "one of left, top"),
            ("#a.width <=", "a length or a number"),
            ("#a.width 3 <= 3", "+ or - with spaces"),
            ("a b <= 1", "found 'a'"),
            ("#.width <= 1", "#id or .class"),
        ] {
            let error = BoxRule::try_from(wrong.to_owned()).unwrap_err();
            assert!(error.contains(told), "{wrong}: {error}");
        }
    }
}
