//! From XML to a [`Template`].

use std::sync::Arc;

use super::declaration::compile_inline;
use super::expression::{Bound, Expression, compile_trimmed};
use super::markup::{self, Element, Text};
use super::rich::Markup;
use super::source::{Located, Source};
use super::tag::{Content, Tag};
use super::tree::{Branch, Repeat, Template, TemplateContent, TemplateNode};
use crate::budget::Stage;
use crate::error::{Diagnostic, Diagnostics, Error, Place, Result, closest};
use crate::json::Value;
use crate::reading::Reading;
use crate::style::Dialect;

impl Template {
    /// Compiles a template. `name` is what places call it.
    ///
    /// # Errors
    ///
    /// Of kind [`ErrorKind::Template`](crate::ErrorKind::Template) with line and column for what is no XML, of kind
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) for what is more than `Limits::template_bytes`, `template_nodes`,
    /// `template_depth` or `string_bytes`. Everything else is a diagnostic, and the rest is drawn.
    pub fn compile(name: &str, xml: &str, reading: &mut Reading<'_>) -> Result<Self> {
        reading.spend(Stage::Template, xml.len() as u64 * STEPS_PER_BYTE)?;
        let source = Source::new(name, xml);
        let element = markup::parse(&source, reading.limits)?;
        let mut compiler = Compiler { source: &source, reading: reading.reborrow(), count: 0, dialect: Dialect::Css };
        let mut root = compiler.node(element)?;
        if root.repeat.take().is_some() {
            let diagnostic = Diagnostic::error("bad-attribute", "expected no 'for' on the root", root.place.clone());
            compiler.reading.push(diagnostic.hint("put it on a child: a template has one root"));
        }
        let dialect = compiler.dialect;
        Ok(Self { root, dialect })
    }
}

/// Steps of a budget for each byte of a template or of a style sheet.
pub(super) const STEPS_PER_BYTE: u64 = 100;

struct Compiler<'a> {
    source: &'a Source<'a>,
    reading: Reading<'a>,
    count: usize,
    /// As the root's attribute says.
    dialect: Dialect,
}

/// A node while its attributes are read.
struct Draft {
    node: TemplateNode,
    own: Vec<(&'static str, Bound)>,
    markup: Option<Markup>,
}

impl<'a> Compiler<'a> {
    fn node(&mut self, element: Element<'a>) -> Result<TemplateNode> {
        let place = self.source.place(element.offset);
        let tag = self.tag(&element);
        let node = TemplateNode {
            index: self.count,
            tag,
            place,
            repeat: None,
            branch: Branch::Always,
            key: None,
            id: Bound::default(),
            class: Bound::default(),
            inline: Vec::new(),
            action: None,
            data: Vec::new(),
            content: TemplateContent::View,
            short: None,
            children: Vec::new(),
        };
        self.count += 1;
        let mut draft = Draft { node, own: Vec::new(), markup: None };
        for attribute in element.attributes {
            let place = self.source.place(attribute.offset);
            self.check_length(&attribute.value)?;
            self.attribute(&mut draft, &attribute.name, &attribute.value, place);
        }
        let markup_begin = element.inner.start;
        let inner = self.source.text.get(element.inner.clone()).unwrap_or_default();
        match tag.content() {
            Content::Markup if draft.markup.is_none() => {
                let located = Located::at(self.source, markup_begin);
                draft.markup = Some(Markup::compile(inner, &located, &mut self.reading));
            }
            Content::Text => {
                self.text_content(&mut draft, element.text.as_ref())?;
                self.no_children(tag, &element.children);
            }
            Content::Children => {
                self.no_text(tag, element.text.as_ref());
                for child in element.children {
                    let child = self.node(child)?;
                    draft.node.children.push(child);
                }
                self.check_chains(&mut draft.node.children);
            }
            Content::Nothing | Content::Markup => {
                self.no_text(tag, element.text.as_ref());
                self.no_children(tag, &element.children);
            }
        }
        Ok(draft.finish())
    }

    fn tag(&mut self, element: &Element<'_>) -> Tag {
        Tag::named(&element.name).unwrap_or_else(|| {
            let instead = super::mistakes::tag(&element.name).map(str::to_owned);
            let close = instead.or_else(|| self.close(|| Tag::closest(&element.name)));
            let place = self.source.place(element.offset + 1);
            let shown = crate::grapheme::prefix_bytes(&element.name, 80);
            self.warn("unknown-tag", format!("unknown tag '{shown}', drawn as a view"), place, close);
            Tag::View
        })
    }

    /// 'Did you mean', but for diagnostics that are only counted: looking for a close name costs more than all else.
    fn close(&self, find: impl FnOnce() -> Option<&'static str>) -> Option<String> {
        let full = self.reading.diagnostics.as_slice().len() >= Diagnostics::KEPT;
        if full { None } else { find().map(|close| format!("did you mean '{close}'?")) }
    }

    fn warn(&mut self, code: &'static str, message: String, place: Place, hint: Option<String>) {
        let mut diagnostic = Diagnostic::warning(code, message, place);
        diagnostic.hint = hint;
        self.reading.push(diagnostic);
    }

    fn check_length(&self, value: &Text<'_>) -> Result<()> {
        let allowed = self.reading.limits.string_bytes;
        // A picture within the template is as long as it is; the template's own limit holds for it.
        if value.text.len() <= allowed || value.text.starts_with("data:") || value.text.contains("(data:") {
            return Ok(());
        }
        let error = Error::limit("string_bytes", format_args!("{allowed} bytes of a text"), value.text.len());
        Err(error.at(value.located.place(0)))
    }

    fn bound(&mut self, value: &Text<'_>) -> Bound {
        Bound::compile(&value.text, &value.located, &mut self.reading)
    }

    fn attribute(&mut self, draft: &mut Draft, name: &str, value: &Text<'a>, place: Place) {
        let node = &mut draft.node;
        if let Some(data_name) = name.strip_prefix("data-") {
            let bound = self.bound(value);
            node.data.push((Arc::from(data_name), bound));
            return;
        }
        match name {
            "id" => node.id = self.bound(value),
            "class" => node.class = self.bound(value),
            "style" => node.inline = compile_inline(&value.text, &value.located, &mut self.reading),
            "key" => node.key = Some(self.bound(value)),
            "action" => node.action = Some(self.bound(value)),
            "for" => node.repeat = Some(self.repeat(value)),
            "if" => node.branch = Branch::If(self.expression(value)),
            "else-if" | "elif" | "elseif" => node.branch = Branch::ElseIf(self.expression(value)),
            "else" => node.branch = Branch::Else,
            "dialect" if node.index == 0 => self.dialect(value),
            "text" if node.tag == Tag::RichText => {
                draft.markup = Some(Markup::compile(&value.text, &value.located, &mut self.reading));
            }
            _ => match node.tag.attributes().iter().find(|known| known.name == name) {
                Some(known) => {
                    let bound = self.bound(value);
                    draft.own.push((known.name, bound));
                }
                // Namespaces and schema hints are for editors.
                None if name.starts_with("xmlns") || name.contains(':') => {}
                None => self.unknown_attribute(node.tag, name, place),
            },
        }
    }

    /// The root's `dialect`: a word, as it holds before there is data.
    fn dialect(&mut self, value: &Text<'_>) {
        if let Some(dialect) = Dialect::from_keyword(value.text.trim()) {
            self.dialect = dialect;
            return;
        }
        let shown = crate::grapheme::prefix_bytes(&value.text, 80);
        let message = format!("expected one of {} as 'dialect', found '{shown}'", Dialect::KEYWORDS.join(", "));
        let diagnostic = Diagnostic::error("bad-attribute", message, value.located.place(0));
        self.reading.push(diagnostic.hint("css is the default; layout is what was written for the usual layout engine"));
    }

    fn unknown_attribute(&mut self, tag: Tag, name: &str, place: Place) {
        let shown = crate::grapheme::prefix_bytes(name, 80);
        let is_property = super::property::Property::named(name).is_some();
        let close = if let Some(instead) = super::mistakes::attribute(name) {
            Some(instead.to_owned())
        } else if is_property {
            Some(format!("a property belongs into the style: style=\"{shown}: …\""))
        } else {
            self.close(|| closest(name, tag.attribute_names()))
        };
        self.warn("unknown-attribute", format!("unknown attribute '{shown}' of '{}'", tag.name()), place, close);
    }

    /// An expression as the whole value, with or without `{{ }}`.
    fn expression(&mut self, value: &Text<'_>) -> Expression {
        let trimmed = value.text.trim();
        let begin = value.text.len() - value.text.trim_start().len();
        let inner = trimmed.strip_prefix("{{").and_then(|inner| inner.strip_suffix("}}"));
        let (text, begin) = inner.map_or((trimmed, begin), |inner| (inner, begin + 2));
        compile_trimmed(text, &value.located.part(begin), &mut self.reading)
    }

    fn repeat(&mut self, value: &Text<'_>) -> Repeat {
        let text = value.text.as_str();
        let found = text.match_indices("in").find(|&(index, _)| {
            let before = text.get(..index).is_some_and(|before| before.ends_with(char::is_whitespace));
            let after = text
                .get(index + 2..)
                .is_some_and(|after| after.starts_with(|next: char| next.is_whitespace() || "[({".contains(next)));
            before && after
        });
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_alphabetic() || first == '_')
                && name.chars().all(|next| next.is_alphanumeric() || next == '_')
                && name != "loop"
        };
        let split = found.and_then(|(index, _)| Some((text.get(..index)?, text.get(index + 2..)?, index + 2)));
        let parts = split.map(|(names, of, begin)| (names.split(',').map(str::trim).collect::<Vec<_>>(), of, begin));
        match parts {
            Some((names, of, begin)) if names.len() <= 2 && names.iter().all(|name| is_name(name)) => {
                let of = compile_trimmed(of, &value.located.part(begin), &mut self.reading);
                Repeat { names: names.into_iter().map(Arc::from).collect(), of }
            }
            _ => {
                let shown = crate::grapheme::prefix_bytes(text, 80);
                let message = format!("expected 'name in list' in 'for', found '{shown}'");
                let diagnostic = Diagnostic::error("bad-attribute", message, value.located.place(0));
                self.reading.push(diagnostic.hint("write for=\"friend in friends\""));
                // Not drawn at all: without its names every child would complain.
                Repeat { names: vec![crate::json::empty_text()], of: Expression::constant(Value::Null) }
            }
        }
    }

    /// The text between the tags, where the attribute for it is not there.
    fn text_content(&mut self, draft: &mut Draft, text: Option<&Text<'_>>) -> Result<()> {
        let Some(text) = text else { return Ok(()) };
        self.check_length(text)?;
        if draft.own.iter().any(|(name, _)| *name == "value") {
            let message =
                format!("expected either 'value' or text between the tags of '{}', found both", draft.node.tag.name());
            self.warn("bad-attribute", message, text.located.place(0), Some("the attribute is shown".to_owned()));
            return Ok(());
        }
        let bound = self.bound(text);
        draft.own.push(("value", bound));
        Ok(())
    }

    fn no_children(&mut self, tag: Tag, children: &[Element<'_>]) {
        if let Some(child) = children.first() {
            let message = format!("expected no elements in '{}', found '{}'", tag.name(), child.name);
            let hint = (tag.content() == Content::Text).then(|| "use 'richtext' for parts of other styles".to_owned());
            self.warn("bad-content", message, self.source.place(child.offset), hint);
        }
    }

    fn no_text(&mut self, tag: Tag, text: Option<&Text<'_>>) {
        if let Some(text) = text {
            let shown = crate::grapheme::prefix(&text.text, 40);
            let message = format!("expected no text in '{}', found '{shown}'", tag.name());
            let into_text = || (tag.content() == Content::Children).then_some("put it into <text>");
            let hint = super::mistakes::dot(&text.text).or_else(into_text).map(str::to_owned);
            self.warn("bad-content", message, text.located.place(0), hint);
        }
    }

    /// An `else` needs an `if` or a `for` right before it.
    fn check_chains(&mut self, children: &mut [TemplateNode]) {
        let mut open = false;
        for child in children {
            let continues = matches!(child.branch, Branch::ElseIf(_) | Branch::Else);
            if continues && !open {
                let name = if matches!(child.branch, Branch::Else) { "else" } else { "else-if" };
                let message = format!("expected 'if' or 'for' on the element before '{name}'");
                self.warn("bad-attribute", message, child.place.clone(), None);
                child.branch = match std::mem::take(&mut child.branch) {
                    Branch::ElseIf(condition) => Branch::If(condition),
                    _ => Branch::Always,
                };
            }
            open = match child.branch {
                Branch::If(_) | Branch::ElseIf(_) => true,
                Branch::Else => false,
                Branch::Always => child.repeat.is_some(),
            };
        }
    }
}

impl Draft {
    fn finish(mut self) -> TemplateNode {
        let mut take = |name: &str| {
            let index = self.own.iter().position(|(known, _)| *known == name)?;
            Some(self.own.swap_remove(index).1)
        };
        self.node.short = take("short");
        self.node.content = match self.node.tag {
            Tag::View => TemplateContent::View,
            Tag::Text => TemplateContent::Text(take("value").unwrap_or_default()),
            Tag::Image => TemplateContent::Image { src: take("src").unwrap_or_default(), alt: take("alt"), seed: take("seed") },
            Tag::ScrollView => TemplateContent::ScrollView {
                x: take("scrollX"),
                y: take("scrollY"),
                row_height: take("rowHeight"),
                scroll_to: take("scroll-to"),
                snap: take("snap"),
            },
            Tag::BitmapText => {
                TemplateContent::BitmapText { font: take("font").unwrap_or_default(), value: take("value").unwrap_or_default() }
            }
            Tag::Button => TemplateContent::Button(take("value").unwrap_or_default()),
            Tag::RichText => TemplateContent::RichText(self.markup.unwrap_or_default()),
            Tag::Canvas => TemplateContent::Canvas { width: take("width"), height: take("height") },
        };
        self.node
    }
}
