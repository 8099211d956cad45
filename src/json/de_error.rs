//! What a type of ours has no room for, in this crate's words.

use std::fmt;

use serde::de::{Expected, Unexpected};

use super::document::Node;
use crate::error::{Error, closest};

/// An error of reading a type, with the value that it arose at.
#[derive(Debug)]
pub struct DeError<'a>(Box<Inner<'a>>);

#[derive(Debug)]
struct Inner<'a> {
    message: String,
    hint: Option<String>,
    node: Option<Node<'a>>,
}

impl<'a> DeError<'a> {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner { message: message.into(), hint: None, node: None }))
    }

    /// Expected what a visitor takes, found something else.
    pub(super) fn expected(expected: &dyn Expected, found: &str) -> Self {
        Self::new(format!("expected {}, found {found}", described(&expected.to_string())))
    }

    /// At a value, unless it is known to be at a deeper one.
    pub(super) fn at(mut self, node: Node<'a>) -> Self {
        self.0.node.get_or_insert(node);
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// As the crate's error; `whole` is the value that was being read.
    pub(super) fn into_error(self, whole: Node<'_>) -> Error {
        let Inner { message, hint, node } = *self.0;
        let error = match node {
            Some(node) => node.error(message),
            None => whole.error(message),
        };
        match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

impl fmt::Display for DeError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for DeError<'_> {}

impl serde::de::Error for DeError<'_> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected, &found_as(&found))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected, &format!("a list of {length}"))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        let error = Self::new(format!("expected {}, found `{}`", one_of(known), short(found)));
        match closest(found, known.iter().copied()) {
            Some(close) => error.hint(format!("did you mean `{close}`?")),
            None => error,
        }
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        let error = Self::new(format!("unknown member `{}`", short(found)));
        match closest(found, known.iter().copied()) {
            Some(close) => error.hint(format!("did you mean `{close}`?")),
            None if known.is_empty() => error.hint("no members are expected here"),
            None => error.hint(format!("expected {}", one_of(known))),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("expected the member `{field}`, found none"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("expected one member `{field}`, found two"))
    }
}

/// Most characters of what was found that a message shows.
const SHOWN: usize = 64;

fn short(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// `a`, `b` or `c`.
fn one_of(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}

fn found_as(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        Unexpected::Str(text) => format!("the string \"{}\"", short(text)),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Bytes(_) => "a number".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other => other.to_string(),
    }
}

/// What `serde`'s visitors say that they take, as people call it.
fn described(expected: &str) -> String {
    let whole = |from: &str, to: &str| format!("a whole number from {from} to {to}");
    match expected {
        "u8" => whole("0", "255"),
        "u16" => whole("0", "65,535"),
        "u32" => whole("0", "4,294,967,295"),
        "i8" => whole("-128", "127"),
        "i16" => whole("-32,768", "32,767"),
        "i32" => whole("-2,147,483,648", "2,147,483,647"),
        "u64" | "usize" => "a whole number from 0".to_owned(),
        "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "an object".to_owned(),
        "unit" => "null".to_owned(),
        other if other.starts_with("struct ") => "an object".to_owned(),
        other if other.starts_with("enum ") => "a name".to_owned(),
        other if other.starts_with("tuple ") => "a list".to_owned(),
        other if other.starts_with("a tuple of size ") => other.replace("a tuple of size", "a list of"),
        other => other.to_owned(),
    }
}
