//! What a node shows, once it is bound.

use std::sync::Arc;

use super::{Content, Fallback, RichParagraph, RichText, Scrolling};
use crate::error::{Diagnostic, Diagnostics};
use crate::geometry::finite;
use crate::grapheme;
use crate::json::{Value, empty_text};
use crate::name::first_grapheme;
use crate::reading::Reading;
use crate::style::Style;
use crate::template::expression::{Bound, Scope};
use crate::template::rich::{Markup, MarkupParagraph};
use crate::template::tree::TemplateContent;

pub(super) fn resolve(content: &TemplateContent, style: &Arc<Style>, scope: &Scope<'_>, reading: &mut Reading<'_>) -> Content {
    match content {
        TemplateContent::View => Content::View,
        TemplateContent::Text(value) => Content::Text(value.text(scope, reading.diagnostics)),
        TemplateContent::Button(value) => Content::Button(value.text(scope, reading.diagnostics)),
        TemplateContent::Image { src, alt, seed } => {
            let src = src.text(scope, reading.diagnostics);
            let fallback = (alt.is_some() || seed.is_some()).then(|| {
                let mut text = |bound: &Option<Bound>| {
                    bound.as_ref().map_or_else(empty_text, |bound| bound.text(scope, reading.diagnostics))
                };
                let (alt, seed) = (text(alt), text(seed));
                Fallback { letter: Arc::from(first_grapheme(&alt)), seed }
            });
            Content::Image { src, fallback }
        }
        TemplateContent::ScrollView { x, y, row_height, scroll_to, snap } => {
            let mut flag =
                |bound: &Option<Bound>| bound.as_ref().and_then(|bound| truth(&bound.value(scope, reading.diagnostics)));
            let (x, y, snap) = (flag(x).unwrap_or(false), flag(y), flag(snap).unwrap_or(false));
            let row_height = row_height.as_ref().map(|bound| side(bound, "a row height", scope, reading.diagnostics));
            let scroll_to = scroll_to.as_ref().map(|bound| bound.text(scope, reading.diagnostics));
            let scrolling = Scrolling {
                row_height: row_height.filter(|height| *height > 0.0),
                to: scroll_to.filter(|key| !key.is_empty()),
                snaps: snap,
            };
            Content::ScrollView { x, y, scrolling }
        }
        TemplateContent::BitmapText { font, value } => {
            Content::BitmapText { font: font.text(scope, reading.diagnostics), value: value.text(scope, reading.diagnostics) }
        }
        TemplateContent::RichText(markup) => Content::RichText(rich_text(markup, style, scope, reading)),
        TemplateContent::Canvas { width, height } => {
            let mut side = |bound: &Option<Bound>| {
                bound.as_ref().map_or(0.0, |bound| side(bound, "a width or height", scope, reading.diagnostics))
            };
            Content::Canvas { width: side(width), height: side(height) }
        }
    }
}

/// `scrollY`, `scrollY=""` and `scrollY="true"` are true; nothing is not said.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(!matches!(text.trim().to_ascii_lowercase().as_str(), "false" | "0" | "no" | "off")),
        value => Some(value.is_true()),
    }
}

/// A length in px.
fn side(bound: &Bound, what: &str, scope: &Scope<'_>, diagnostics: &mut Diagnostics) -> f32 {
    let value = bound.value(scope, diagnostics);
    let number = match &value {
        Value::Null => return 0.0,
        Value::Number(number) => Some(number.to_f64()),
        Value::Text(text) => crate::Number::parse(text.trim().trim_end_matches("px")).map(|number| number.to_f64()),
        _ => None,
    };
    match number {
        Some(number) if number >= 0.0 => finite(number as f32),
        _ => {
            let message = format!("expected {what} in px, found {}", grapheme::prefix_bytes(&value.to_text(), 80));
            diagnostics.push(Diagnostic::error("bad-value", message, bound.place()));
            0.0
        }
    }
}

fn rich_text(markup: &Markup, style: &Arc<Style>, scope: &Scope<'_>, reading: &mut Reading<'_>) -> RichText {
    let paragraphs = markup.paragraphs.iter().map(|paragraph| rich_paragraph(paragraph, style, scope, reading));
    RichText { paragraphs: paragraphs.collect() }
}

fn rich_paragraph(
    paragraph: &MarkupParagraph,
    style: &Arc<Style>,
    scope: &Scope<'_>,
    reading: &mut Reading<'_>,
) -> RichParagraph {
    let mut text = String::new();
    let mut spans: Vec<(std::ops::Range<usize>, Arc<Style>)> = Vec::new();
    for run in &paragraph.runs {
        let start = text.len();
        text.push_str(&run.text.text(scope, reading.diagnostics));
        if text.len() == start {
            continue;
        }
        let styled = if run.declarations.is_empty() {
            style.clone()
        } else {
            let mut styled = Style::clone(style);
            for declaration in run.declarations.iter().flat_map(|list| list.iter()) {
                declaration.apply(&mut styled, scope, reading);
            }
            Arc::new(styled)
        };
        match spans.last_mut() {
            Some((range, last)) if *last == styled => range.end = text.len(),
            _ => spans.push((start..text.len(), styled)),
        }
    }
    if spans.is_empty() {
        // An empty line is as high as the text around it.
        spans.push((0..0, style.clone()));
    }
    let align = (!paragraph.alignment.is_empty()).then(|| {
        let mut aligned = Style::clone(style);
        for declaration in &paragraph.alignment {
            declaration.apply(&mut aligned, scope, reading);
        }
        aligned.text.inherited.text_align
    });
    RichParagraph { text: Arc::from(text), spans, align }
}
