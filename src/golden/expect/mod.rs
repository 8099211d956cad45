//! What must hold beside a picture: boxes, texts, contrast; of a session its events.

mod boxes;
mod contrast;
mod selector;
mod texts;

use schemars::JsonSchema;
use serde::Deserialize;

pub use boxes::BoxRule;
pub use selector::Selector;

use super::drawn::Drawn;
use crate::error::Result;
use crate::host::headless::play::Expected;
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::Renderer;

/// Failures of one kind that are told.
const TOLD_MOST: usize = 20;

/// What must hold beside the picture.
///
/// | key | value |
/// |---|---|
/// | `boxes` | conditions: `#score.width <= 120`, `.row.count == 10`, `#name.right <= #score.left - 8` |
/// | `no_cut_text` | true, or the nodes whose texts may not be cut: `["#title", ".score"]` |
/// | `no_missing_glyph` | true: a font has every character |
/// | `contrast` | the least contrast of a text with what is behind it (WCAG 2.2), such as 4.5 |
/// | `no_diagnostics` | true: nothing is wrong with template, style, data and pictures |
/// | `diagnostics` | texts, each in something that is wrong, and nothing else is: `["unknown property 'hieght'"]` |
/// | `error` | text of the error that drawing ends with: the case passes where it is told, and has no reference |
/// | `events` | of a session: lines of its log in this order, each with members that a line has, or an event's name |
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// Conditions: `#score.width <= 120`, `.row.count == 10`, `#name.right <= #score.left - 8`.
    boxes: Vec<BoxRule>,
    /// True, or the nodes whose texts may not be cut.
    no_cut_text: Nodes,
    /// True: a font has every character.
    no_missing_glyph: bool,
    /// The least contrast of a text with what is behind it (WCAG 2.2), such as 4.5.
    contrast: Option<f32>,
    /// True: nothing is wrong with template, style, data and pictures.
    no_diagnostics: bool,
    /// Texts, each in something that is wrong, and nothing else is.
    diagnostics: Option<Vec<String>>,
    /// Text of the error that drawing ends with.
    pub error: Option<String>,
    /// Lines of a session's log in this order: members that a line has, or an event's name.
    pub events: Vec<Value>,
}

/// All nodes, none, or those that selectors name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "true, false, or a list of selectors such as \"#title\"")]
enum Nodes {
    All(bool),
    These(Vec<Selector>),
}

impl Default for Nodes {
    fn default() -> Self {
        Self::All(false)
    }
}

impl Expect {
    /// What of it does not hold of a picture, in words.
    ///
    /// # Errors
    /// Where the contrast can't be found, as the board can't be drawn without its texts.
    pub fn unmet(&self, drawn: &Drawn, renderer: &mut Renderer, limits: &Limits) -> Result<Vec<String>> {
        let mut unmet = Vec::new();
        let shown = &drawn.shown;
        unmet.extend(self.error.as_ref().map(|text| format!("error: expected one with '{text}', and it was drawn")));
        for rule in &self.boxes {
            unmet.extend(told(rule.unmet(&shown.prepared)));
        }
        let nodes = match &self.no_cut_text {
            Nodes::All(false) => None,
            Nodes::All(true) => Some(None),
            Nodes::These(selectors) => Some(Some(selectors.as_slice())),
        };
        if let Some(nodes) = nodes {
            unmet.extend(told(texts::cut(&shown.prepared, nodes)));
        }
        if self.no_missing_glyph {
            unmet.extend(told(texts::missing(&shown.prepared)));
        }
        if let Some(least) = self.contrast {
            unmet.extend(told(contrast::below(drawn, least, renderer, limits)?));
        }
        if self.no_diagnostics {
            let said = drawn.diagnostics.as_slice().iter().map(|found| format!("no_diagnostics: found {found}"));
            unmet.extend(told(said.collect()));
        }
        if let Some(expected) = &self.diagnostics {
            let said: Vec<String> = drawn.diagnostics.as_slice().iter().map(ToString::to_string).collect();
            let missing = expected.iter().filter(|text| !said.iter().any(|said| said.contains(text.as_str())));
            let missing = missing.map(|text| format!("diagnostics: expected '{text}', found none with it"));
            let others = said.iter().filter(|said| !expected.iter().any(|text| said.contains(text.as_str())));
            let others = others.map(|said| format!("diagnostics: found beside those that are expected: {said}"));
            unmet.extend(told(missing.chain(others).collect()));
        }
        Ok(unmet)
    }

    /// What of its events a session's log does not have, in words.
    #[must_use]
    pub fn unmet_events(&self, log: &str) -> Vec<String> {
        let named = |event: &Value| match event.as_text() {
            Some(name) => Value::map([("event", name)]),
            None => event.clone(),
        };
        let expected = Expected { events: Some(self.events.iter().map(named).collect()), ..Expected::default() };
        expected.failures("", &[], log)
    }
}

/// So many as are told, and how many more there are.
fn told(mut found: Vec<String>) -> Vec<String> {
    let more = found.len().saturating_sub(TOLD_MOST);
    found.truncate(TOLD_MOST);
    if more > 0 {
        found.push(format!("and {more} more like these"));
    }
    found
}
