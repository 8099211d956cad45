//! The style properties: one table of names, grammars and what each sets, from which reading, 'did you mean', the JSON
//! Schema and the documentation are made.

mod definition;
mod example;
mod gradient;
mod grammar;
mod read;
mod shadow;
mod table;
mod transform;
mod value;
mod value_reader;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use definition::{Group, Property};
pub(crate) use example::Example;
pub(crate) use grammar::Grammar;
pub(crate) use value::PropertyValue;

use crate::error::closest;

impl Property {
    /// The property of a name, in camelCase or in CSS's kebab-case.
    pub fn named(name: &str) -> Option<&'static Self> {
        let camel = camel_case(name);
        let camel = camel.as_deref().unwrap_or(name);
        table::all().find(|property| property.name == camel || property.aliases.contains(&camel))
    }

    /// The property whose name is closest, for 'did you mean'.
    pub fn closest(name: &str) -> Option<&'static str> {
        closest(name, table::all().map(|property| property.name))
    }

    /// Every property, in the order of the dialect's page.
    pub fn all() -> impl Iterator<Item = &'static Self> + Clone {
        table::all()
    }
}

/// `font-size` as `fontSize`; `None` where there is no hyphen.
fn camel_case(name: &str) -> Option<String> {
    if !name.contains('-') || name.len() > 64 {
        return None;
    }
    let mut camel = String::with_capacity(name.len());
    for (index, part) in name.split('-').enumerate() {
        let mut characters = part.chars();
        match characters.next() {
            Some(first) if index > 0 => camel.push(first.to_ascii_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(characters.as_str());
    }
    Some(camel)
}
