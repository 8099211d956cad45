//! Which nodes are meant: `text`, `#score`, `.row`, `text.name`.

use serde::Deserialize;

use crate::scene::Node;

/// A tag, ids and classes that a node has, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Selector {
    written: String,
    tag: Option<String>,
    ids: Vec<String>,
    classes: Vec<String>,
}

impl Selector {
    /// True for a node that it means.
    pub fn matches(&self, node: &Node) -> bool {
        self.tag.as_ref().is_none_or(|tag| tag == node.content.tag())
            && self.ids.iter().all(|id| **id == *node.id)
            && self.classes.iter().all(|class| node.class.split_whitespace().any(|own| own == class))
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.written)
    }
}

impl TryFrom<String> for Selector {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || format!("a tag, #id or .class was expected, found '{text:.60}'");
        let mut selector = Self { written: text.clone(), tag: None, ids: Vec::new(), classes: Vec::new() };
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (sign, named) = match rest.strip_prefix(['#', '.']) {
                Some(named) => (rest.chars().next(), named),
                None => (None, rest),
            };
            let end = named.find(['#', '.']).unwrap_or(named.len());
            let (name, after) = named.split_at(end);
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
            if !is_name {
                return Err(expected());
            }
            match sign {
                Some('#') => selector.ids.push(name.to_owned()),
                Some(_) => selector.classes.push(name.to_owned()),
                None => selector.tag = Some(name.to_owned()),
            }
            rest = after;
        }
        if text.is_empty() { Err(expected()) } else { Ok(selector) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_tags_ids_and_classes() {
        let read = |text: &str| Selector::try_from(text.to_owned());
        let found = read("text#score.num.big").unwrap();
        assert_eq!(found.tag.as_deref(), Some("text"));
        assert_eq!((found.ids, found.classes), (vec!["score".to_owned()], vec!["num".to_owned(), "big".to_owned()]));
        for wrong in ["", "#", ".a..b", "a b", "#a >"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
