//! The layout dump: the resolved boxes as the dialect page's last section says.

use serde::{Serialize, Serializer};

use super::Layout;
use super::leaf::keeps_a_line;
use crate::scene::{Content, Node, RichText, Scene};
use crate::style::{TextOverflow, WhiteSpace};
use crate::text::TextLayout;

/// One node of a layout dump. As JSON, its numbers are px at dpr 1, unrounded, and without the noise of a longer float:
/// `16`, `33.3`, `0.1`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DumpedBox {
    /// The tag.
    pub tag: &'static str,
    /// `id`; empty where it has none.
    pub id: String,
    /// `class`; empty where it has none.
    pub class: String,
    /// How many nodes it stands in.
    pub depth: u16,
    /// From the parent's left edge.
    #[serde(serialize_with = "shortest")]
    pub left: f32,
    /// From the parent's top edge.
    #[serde(serialize_with = "shortest")]
    pub top: f32,
    /// Width of the border box.
    #[serde(serialize_with = "shortest")]
    pub width: f32,
    /// Height of the border box.
    #[serde(serialize_with = "shortest")]
    pub height: f32,
    /// From the canvas's left edge, with every scroll view at 0.
    #[serde(rename = "absX", serialize_with = "shortest")]
    pub abs_x: f32,
    /// From the canvas's top edge, with every scroll view at 0.
    #[serde(rename = "absY", serialize_with = "shortest")]
    pub abs_y: f32,
    /// What a text says, and its lines.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub text: Option<DumpedText>,
}

/// The text of a [`DumpedBox`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DumpedText {
    /// The whole text.
    pub value: String,
    /// Each line as it is shown: a line that was cut ends with `…`.
    pub lines: Vec<String>,
    /// Height of a line.
    #[serde(serialize_with = "shortest")]
    pub line_height: f32,
    /// Font size.
    #[serde(serialize_with = "shortest")]
    pub font_size: f32,
}

/// The boxes in document order.
#[must_use]
pub fn dump(scene: &Scene, layout: &Layout) -> Vec<DumpedBox> {
    let mut dumped: Vec<DumpedBox> = Vec::with_capacity(scene.nodes.len());
    for (node, laid) in scene.nodes.iter().zip(&layout.boxes) {
        let lines = match &node.content {
            Content::Text(value) | Content::Button(value) => {
                let mut lines = laid.text.as_ref().map(|text| lines_of(value, text, node)).unwrap_or_default();
                if lines.is_empty() && keeps_a_line(&node.style) {
                    lines.push(String::new());
                }
                Some((value.to_string(), lines))
            }
            Content::RichText(rich) => {
                let shown = rich.paragraphs.iter().zip(&laid.rich);
                let lines = shown.flat_map(|(from, lines)| lines_of(&from.text, &lines.layout, node)).collect();
                Some((value_of(rich), lines))
            }
            Content::BitmapText { value, .. } => Some((value.to_string(), value.split('\n').map(str::to_owned).collect())),
            Content::View | Content::Image { .. } | Content::ScrollView { .. } | Content::Canvas { .. } => None,
        };
        let inherited = &node.style.text.inherited;
        dumped.push(DumpedBox {
            tag: node.content.tag(),
            id: node.id.to_string(),
            class: node.class.to_string(),
            depth: node.depth,
            left: laid.rect.x,
            top: laid.rect.y,
            width: laid.rect.width,
            height: laid.rect.height,
            abs_x: laid.absolute.x,
            abs_y: laid.absolute.y,
            text: lines.map(|(value, lines)| DumpedText {
                value,
                lines,
                line_height: inherited.line_height.resolve(inherited.font_size),
                font_size: inherited.font_size,
            }),
        });
    }
    dumped
}

fn value_of(rich: &RichText) -> String {
    let paragraphs: Vec<&str> = rich.paragraphs.iter().map(|paragraph| &*paragraph.text).collect();
    paragraphs.join("\n")
}

/// The lines of a paragraph, with white space as it is shown.
fn lines_of(value: &str, layout: &TextLayout, node: &Node) -> Vec<String> {
    let style = &node.style.text;
    let last = layout.lines.len().saturating_sub(1);
    let lines = layout.lines.iter().enumerate().map(|(index, line)| {
        let written = value.get(line.range.clone()).unwrap_or_default();
        let mut shown = match style.white_space {
            WhiteSpace::Normal | WhiteSpace::NoWrap | WhiteSpace::PreLine => {
                written.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            }
            WhiteSpace::Pre | WhiteSpace::PreWrap => written.trim_end_matches(['\n', '\r']).to_owned(),
        };
        if index == last && layout.truncated && style.text_overflow == TextOverflow::Ellipsis {
            shown.truncate(shown.trim_end().len());
            shown.push('…');
        }
        shown
    });
    lines.collect()
}

/// Writes a number in as few digits as name it among `f32`s, and a whole one without a point.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's `serialize_with` passes by reference")]
fn shortest<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 16_777_216.0 {
        return serializer.serialize_i64(*value as i64);
    }
    // Its shortest decimal, read as a longer float, is written as that decimal again.
    serializer.serialize_f64(value.to_string().parse::<f64>().unwrap_or(f64::from(*value)))
}
