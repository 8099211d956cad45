//! Style sheets: JSON objects of names and properties.

use std::sync::Arc;

use super::compile::STEPS_PER_BYTE;
use super::declaration::{Declaration, broad_first, report_unknown};
use super::property::Property;
use super::source::{Located, Source};
use crate::budget::Stage;
use crate::error::{Diagnostic, Place, Result};
use crate::json::{Ceiling, Document, Kind, Member, Node, Value};
use crate::number::Number;
use crate::reading::Reading;
use crate::sorted::BTreeMap;

/// The compiled style sheet: what each class and id says.
///
/// ```
/// use friendboard::{Diagnostics, Limits, Reading, template::StyleSheet};
/// let mut diagnostics = Diagnostics::new();
/// let sheet = r##"{ "title": { "fontsize": 20, "color": "#fff" } }"##;
/// StyleSheet::compile("board.json", sheet, &mut Reading::new(&Limits::default(), &mut diagnostics)).unwrap();
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
    /// Of kind [`ErrorKind::Style`](crate::ErrorKind::Style) with line and column for what is no JSON object; of kind
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) for
    /// more than `Limits::template_bytes`. Everything else is a diagnostic, and the rest holds.
    pub fn compile(name: &str, json: &str, reading: &mut Reading<'_>) -> Result<Self> {
        reading.spend(Stage::Template, json.len() as u64 * STEPS_PER_BYTE)?;
        let document = Document::parse(json, name, Ceiling::style(reading.limits))?;
        let root = document.root();
        if root.kind() != Kind::Map {
            let message = format!("expected JSON of names and style objects, found {}", root.kind().name());
            return Err(root.error(message));
        }
        let source = Source::new(name, document.text());
        let mut sheet = Self::default();
        let mut compiler = Compiler { source: &source, reading: reading.reborrow() };
        for Member { name, value, .. } in root.members() {
            // `$schema` and `$comment` are for editors.
            if name.starts_with('$') {
                continue;
            }
            if let Some((what, instead)) = super::mistakes::selector(&name) {
                let shown = crate::grapheme::prefix_bytes(&name, 60);
                let place = compiler.source.place(value.offset());
                let diagnostic = Diagnostic::warning("selector", format!("expected a name, found {what}: '{shown}'"), place);
                compiler.reading.push(diagnostic.hint(instead));
            }
            if sheet.rules.contains_key(&*name) {
                compiler.twice(&name, value);
            }
            let rule = compiler.rule(&name, value);
            sheet.rules.insert(Arc::from(name), rule);
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
    reading: Reading<'a>,
}

impl Compiler<'_> {
    fn bad(&mut self, message: String, value: Node<'_>) {
        let place = self.source.place(value.offset());
        self.reading.push(Diagnostic::error("bad-value", message, place));
    }

    /// Of two members with one name the later holds, as in JavaScript; that they are two is a mistake all the same.
    fn twice(&mut self, name: &str, value: Node<'_>) {
        let shown = crate::grapheme::prefix_bytes(name, 60);
        let place = self.source.place(value.offset());
        let diagnostic = Diagnostic::warning("duplicate-name", format!("'{shown}' is there twice: the later one holds"), place);
        self.reading.push(diagnostic.hint("keep one, with what both say"));
    }

    fn rule(&mut self, name: &str, style: Node<'_>) -> Rule {
        let mut rule = Rule::default();
        if style.kind() != Kind::Map {
            self.bad(format!("expected a style object for '{name}'"), style);
            return rule;
        }
        for member in style.members() {
            if member.name == ":active" {
                rule.active = self.active(member.value);
            } else {
                rule.always.extend(self.declaration(&member));
            }
        }
        broad_first(&mut rule.always);
        rule
    }

    fn active(&mut self, style: Node<'_>) -> Vec<Declaration> {
        if style.kind() != Kind::Map {
            self.bad("expected a style object for ':active'".to_owned(), style);
            return Vec::new();
        }
        let mut declarations: Vec<_> = style.members().filter_map(|member| self.declaration(&member)).collect();
        broad_first(&mut declarations);
        declarations
    }

    fn declaration(&mut self, Member { name, value, key }: &Member<'_>) -> Option<Declaration> {
        let Some(property) = Property::named(name) else {
            // Behind the opening quote.
            self.unknown(name, self.source.place(key.offset() + 1));
            return None;
        };
        let place = self.source.place(value.offset());
        let found = match value.kind() {
            Kind::Null => return None,
            Kind::Text => {
                let text = value.text().unwrap_or_default();
                if text.contains("{{") {
                    let located = Located::of_bytes(self.source, value.text_offsets());
                    return Declaration::compile(property, &text, &located, &mut self.reading);
                }
                return Declaration::ready(property, &Value::from(&*text), place, &mut self.reading);
            }
            Kind::Number => match value.number() {
                Some(number) => {
                    return Declaration::ready(property, &Value::Number(number), place, &mut self.reading);
                }
                None => {
                    let message = format!("expected a number of at most {} digits for '{name}'", Number::MAX_CHARACTERS);
                    self.bad(message, *value);
                    return None;
                }
            },
            Kind::Bool => value.source(),
            kind @ (Kind::List | Kind::Map) => kind.name(),
        };
        self.bad(format!("expected {} for '{}', found {found}", property.grammar.describe(), property.name), *value);
        None
    }

    fn unknown(&mut self, name: &str, place: Place) {
        if name.starts_with(':') {
            let diagnostic = Diagnostic::warning("unknown-property", format!("unknown state '{name}'"), place);
            self.reading.push(diagnostic.hint("the one state is ':active'"));
        } else {
            report_unknown(name, place, self.reading.diagnostics);
        }
    }
}
