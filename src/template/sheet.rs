//! Style sheets: JSON objects of names and properties.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::declaration::{Declaration, broad_first, report_unknown};
use super::property::Property;
use super::raw_json::{RawObject, json_error, offset_in};
use super::source::{Located, Source};
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::json::Value;
use crate::limits::Limits;
use crate::number::Number;

/// The compiled style sheet: what each class and id says.
///
/// ```
/// use friendboard::{Diagnostics, Limits, template::StyleSheet};
/// let mut diagnostics = Diagnostics::new();
/// let sheet = r##"{ "title": { "fontsize": 20, "color": "#fff" } }"##;
/// StyleSheet::compile("board.json", sheet, &Limits::default(), &mut diagnostics).unwrap();
/// assert_eq!(
///     diagnostics.as_slice()[0].to_string(),
///     "board.json:1:15: unknown property 'fontsize' (did you mean 'fontSize'?)"
/// );
/// ```
#[derive(Clone, Debug, Default)]
pub struct StyleSheet {
    rules: BTreeMap<Arc<str>, Rule>,
}

/// What one name of a style sheet says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rule {
    /// Always.
    pub always: Vec<Declaration>,
    /// While the node is pressed (`":active"`).
    pub active: Vec<Declaration>,
}

impl StyleSheet {
    /// Compiles a style sheet. `name` is what places call it.
    ///
    /// Within one object, properties that stand for several (`margin`, `flex`, `borderRadius`) are applied before those
    /// that stand for one, in whatever order they are written. A value may have `{{ expr }}` in it, which sees the data's
    /// names and is evaluated when a scene is resolved: `"color": "{{ theme.text }}"`.
    ///
    /// # Errors
    ///
    /// Of kind [`ErrorKind::Style`] with line and column for what is no JSON object; of kind [`ErrorKind::Limit`] for
    /// more than `Limits::template_bytes`. Everything else is a diagnostic, and the rest holds.
    pub fn compile(name: &str, json: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Self> {
        if json.len() > limits.template_bytes {
            let error = Error::limit("template_bytes", format_args!("{} bytes", limits.template_bytes), json.len());
            return Err(error.at(Place::document(name)));
        }
        // A byte order mark is common in files from Windows and is no JSON.
        let source = Source::new(name, json);
        let text = json.strip_prefix('\u{feff}').unwrap_or(json);
        let in_document = |error: Error| {
            let place = Place { document: Some(source.document.clone()), ..error.place().clone() };
            error.at(place).hint("a style sheet is a JSON object of names and style objects")
        };
        let RawObject(entries) = serde_json::from_str(text)
            .map_err(|error| in_document(json_error(ErrorKind::Style, json, offset_in(json, text), &error)))?;
        let mut sheet = Self::default();
        let mut compiler = Compiler { source: &source, limits, diagnostics };
        for (rule_name, raw) in entries {
            // `$schema` and `$comment` are for editors.
            if rule_name.starts_with('$') {
                continue;
            }
            let rule = compiler.rule(&rule_name, raw);
            sheet.rules.insert(Arc::from(rule_name), rule);
        }
        Ok(sheet)
    }

    /// This sheet with another over it: where both name a property of a name, the other's holds.
    #[must_use]
    pub fn merge(mut self, over: Self) -> Self {
        for (name, rule) in over.rules {
            let under = self.rules.entry(name).or_default();
            under.always.extend(rule.always);
            under.active.extend(rule.active);
        }
        self
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.keys().map(AsRef::as_ref)
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    pub(crate) fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.get(name)
    }
}

struct Compiler<'a> {
    source: &'a Source<'a>,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Compiler<'a> {
    fn offset(&self, raw: &RawValue) -> usize {
        offset_in(self.source.text, raw.get())
    }

    /// Where the name of a value begins: its opening quote, one character further.
    fn name_place(&self, raw: &RawValue) -> Place {
        let before = self.source.text.get(..self.offset(raw)).unwrap_or_default().trim_end();
        let before = before.strip_suffix(':').unwrap_or(before).trim_end();
        let inner = before.strip_suffix('"').unwrap_or(before);
        // The opening quote is the last one that no odd number of backslashes stands before.
        let open = inner.rmatch_indices('"').map(|(index, _)| index).find(|&index| {
            let backslashes = inner.get(..index).unwrap_or_default().bytes().rev().take_while(|&byte| byte == b'\\').count();
            backslashes % 2 == 0
        });
        self.source.place(open.map_or(0, |open| open + 1))
    }

    fn bad(&mut self, message: String, raw: &RawValue) {
        let place = self.source.place(self.offset(raw));
        self.diagnostics.push(Diagnostic::error("bad-value", message, place));
    }

    fn rule(&mut self, name: &str, raw: &'a RawValue) -> Rule {
        let mut rule = Rule::default();
        let Ok(RawObject(entries)) = serde_json::from_str(raw.get()) else {
            self.bad(format!("expected a style object for '{name}'"), raw);
            return rule;
        };
        for (property, raw) in entries {
            if property == ":active" {
                rule.active = self.active(raw);
            } else {
                rule.always.extend(self.declaration(&property, raw));
            }
        }
        broad_first(&mut rule.always);
        rule
    }

    fn active(&mut self, raw: &'a RawValue) -> Vec<Declaration> {
        let Ok(RawObject(entries)) = serde_json::from_str(raw.get()) else {
            self.bad("expected a style object for ':active'".to_owned(), raw);
            return Vec::new();
        };
        let declarations = entries.into_iter().filter_map(|(property, raw)| self.declaration(&property, raw));
        let mut declarations: Vec<_> = declarations.collect();
        broad_first(&mut declarations);
        declarations
    }

    fn declaration(&mut self, name: &str, raw: &'a RawValue) -> Option<Declaration> {
        let Some(property) = Property::named(name) else {
            let place = self.name_place(raw);
            if name.starts_with(':') {
                let diagnostic = Diagnostic::warning("unknown-property", format!("unknown state '{name}'"), place);
                self.diagnostics.push(diagnostic.hint("the one state is ':active'"));
            } else {
                report_unknown(name, place, self.diagnostics);
            }
            return None;
        };
        let offset = self.offset(raw);
        let place = self.source.place(offset);
        let json = raw.get();
        match json.as_bytes().first() {
            Some(b'"') => {
                let Ok(text) = serde_json::from_str::<Cow<'_, str>>(json) else {
                    self.bad(format!("expected a text of Unicode characters for '{name}'"), raw);
                    return None;
                };
                if text.contains("{{") {
                    let located = Located::of_bytes(self.source, decoded_offsets(json, offset));
                    return Declaration::compile(property, &text, &located, self.limits, self.diagnostics);
                }
                Declaration::ready(property, &Value::from(&*text), place, self.limits, self.diagnostics)
            }
            Some(b'n') => None,
            Some(b't' | b'f' | b'[' | b'{') => {
                let kind = match json.as_bytes().first() {
                    Some(b'[') => "a list",
                    Some(b'{') => "an object",
                    _ => json,
                };
                self.bad(format!("expected {} for '{}', found {kind}", property.grammar.describe(), property.name), raw);
                None
            }
            _ => {
                let Some(number) = Number::parse(json) else {
                    self.bad(format!("expected a number of at most {} digits for '{name}'", Number::MAX_CHARACTERS), raw);
                    return None;
                };
                Declaration::ready(property, &Value::Number(number), place, self.limits, self.diagnostics)
            }
        }
    }
}

/// The source's byte for each byte of a JSON string's text, and for its end. `json` begins with the quote.
fn decoded_offsets(json: &str, start: usize) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(json.len());
    let mut characters = json.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        let mut bytes = character.len_utf8();
        if character == '\\' {
            bytes = 1;
            if let Some((_, 'u')) = characters.next() {
                let unit = |from: usize| json.get(from..from + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
                let first = unit(index + 2).unwrap_or(0);
                // A pair of surrogates is one character of four bytes, written as two escapes.
                let escapes = if (0xD800..0xDC00).contains(&first) { 2 } else { 1 };
                bytes = if escapes == 2 { 4 } else { char::from_u32(first.into()).map_or(3, char::len_utf8) };
                for _ in 0..(escapes * 6 - 2) {
                    characters.next();
                }
            }
        } else if character == '"' {
            bytes = 1;
        }
        offsets.extend(std::iter::repeat_n(start + index, bytes));
    }
    offsets
}
