//! The rules, and what breaks them.

use friendboard::geometry::{Rect, Size};
use friendboard::pipeline::Prepared;
use friendboard::scene::{Content, Node, NodeId};
use friendboard::style::{Overflow, TextOverflow};
use friendboard::{Color, Request};

/// What rounding may make of a length, px.
const SLACK: f32 = 0.75;
/// Classes of texts that are figures: these are never cut.
const FIGURES: [&str; 9] = ["score", "points", "result", "winnerScore", "end", "rank", "gap", "stepText", "moved"];
/// Classes of boxes that are columns: those in one parent are equal.
const COLUMNS: [&str; 5] = ["stepColumn", "column", "side", "cell", "target"];

/// How many texts are shown.
pub fn texts(prepared: &Prepared) -> usize {
    shown_texts(prepared).count()
}

fn shown_texts(prepared: &Prepared) -> impl Iterator<Item = (NodeId, &Node, &str)> {
    prepared.scene.nodes.iter().enumerate().filter_map(|(id, node)| match &node.content {
        Content::Text(text) | Content::Button(text) if prepared.layout.boxes[id].shown && !text.is_empty() => {
            Some((id, node, &**text))
        }
        _ => None,
    })
}

/// Every rule that is broken, in words.
pub fn broken(prepared: &Prepared, request: &Request) -> Vec<String> {
    let mut broken = Vec::new();
    for (id, node, text) in shown_texts(prepared) {
        let name = format!("'{}' ({})", text.chars().take(24).collect::<String>(), node.class);
        own_box(prepared, id, &name, &mut broken);
        glyphs_and_size(prepared, request, id, &name, &mut broken);
        contrast(prepared, id, text, &name, &mut broken);
    }
    for (id, node) in prepared.scene.nodes.iter().enumerate().filter(|(id, _)| prepared.layout.boxes[*id].shown) {
        let visible =
            matches!(node.content, Content::Text(_) | Content::Button(_) | Content::Image { .. }) || node.action.is_some();
        if visible && !is_inside(prepared, id, request.canvas()) {
            broken.push(format!(
                "<{}> ({}) stands outside of what is seen: {:?}",
                node.content.tag(),
                node.class,
                prepared.layout.boxes[id].absolute
            ));
        }
        let place = prepared.layout.boxes[id].rect;
        let is_touched = node.action.is_some() || matches!(node.content, Content::Button(_));
        if is_touched && place.width.min(place.height) < 44.0 - SLACK {
            broken.push(format!("({}) is touched on {}×{} px, less than 44", node.class, place.width, place.height));
        }
    }
    overlaps(prepared, &mut broken);
    equal_columns(prepared, &mut broken);
    broken
}

/// A text stays in its box, and a figure is whole.
fn own_box(prepared: &Prepared, id: NodeId, name: &str, broken: &mut Vec<String>) {
    let (node, place) = (&prepared.scene.nodes[id], &prepared.layout.boxes[id]);
    let Some(lines) = &place.text else { return };
    let content = place.content();
    let (left, right) =
        lines.lines.iter().fold((0.0_f32, 0.0_f32), |(left, right), line| (left.min(line.x), right.max(line.x + line.width)));
    if left < -SLACK || right > content.width + SLACK {
        broken.push(format!("{name} runs out of its box: {left}–{right} of {} px", content.width));
    }
    if lines.height + place.text_offset > content.height + SLACK || place.text_offset < -SLACK {
        broken.push(format!("{name} is higher than its box: {} of {} px", lines.height, content.height));
    }
    let is_figure = node.class.split_ascii_whitespace().any(|class| FIGURES.contains(&class));
    if lines.truncated && (is_figure || node.style.text.text_overflow != TextOverflow::Ellipsis) {
        broken.push(format!("{name} is cut at {} px", content.width));
    }
}

/// No letter is missing, and none is too small.
fn glyphs_and_size(prepared: &Prepared, request: &Request, id: NodeId, name: &str, broken: &mut Vec<String>) {
    let Some(lines) = &prepared.layout.boxes[id].text else { return };
    for run in lines.lines.iter().flat_map(|line| &line.runs) {
        if run.glyphs.iter().any(|glyph| glyph.id == 0) {
            broken.push(format!("{name} has a letter that no face has: {}", run.text));
        }
        let unit = (request.width.min(request.height) / 520.0).max(1.0);
        if run.size < 10.5 * unit.floor() {
            broken.push(format!("{name} is {} px high", run.size));
        }
    }
}

/// A text can be told from its ground (WCAG 2.2, 1.4.3).
fn contrast(prepared: &Prepared, id: NodeId, text: &str, name: &str, broken: &mut Vec<String>) {
    if !text.chars().any(char::is_alphanumeric) {
        return;
    }
    let style = &prepared.scene.nodes[id].style;
    let mut at = Some(id);
    while let Some(node) = at.map(|id| &prepared.scene.nodes[id]) {
        let ground: Color = node.style.paint.background_color;
        if ground.alpha == 255 {
            let size = style.text.inherited.font_size;
            let large = size >= 24.0 || size >= 18.66 && style.text.inherited.font_weight >= 700;
            let (found, least) = (style.text.inherited.color.contrast(ground), if large { 3.0 } else { 4.5 });
            if found < least {
                broken.push(format!("{name} has a contrast of {found:.2}, less than {least}"));
            }
            return;
        }
        at = node.parent;
    }
}

/// True where a node lies in all that clips it, and in the canvas; along the way that a list scrolls it may lie anywhere.
fn is_inside(prepared: &Prepared, id: NodeId, canvas: Size) -> bool {
    let own = prepared.layout.boxes[id].absolute;
    let fits = |outer: &Rect, down: bool| {
        let across = own.x >= outer.x - SLACK && own.right() <= outer.right() + SLACK;
        across && (!down || own.y >= outer.y - SLACK && own.bottom() <= outer.bottom() + SLACK)
    };
    let mut scrolls = false;
    let mut at = prepared.scene.nodes[id].parent;
    while let Some(parent) = at {
        let (node, place) = (&prepared.scene.nodes[parent], &prepared.layout.boxes[parent]);
        if matches!(node.content, Content::ScrollView { .. }) {
            if !fits(&place.absolute, false) || place.absolute.height < 44.0 {
                return false;
            }
            scrolls = true;
        } else if node.style.layout.overflow == Overflow::Hidden
            && !fits(&place.absolute, !scrolls)
            && !is_skeleton(prepared, id)
        {
            return false;
        }
        at = node.parent;
    }
    fits(&Rect::new(0.0, 0.0, canvas.width, canvas.height), !scrolls) || is_skeleton(prepared, id)
}

/// Loading rows go on below the canvas.
fn is_skeleton(prepared: &Prepared, id: NodeId) -> bool {
    prepared.scene.nodes[id].class.contains("bone")
}

/// No text lies on another: not even a long one's end.
fn overlaps(prepared: &Prepared, broken: &mut Vec<String>) {
    let mut inked: Vec<(Rect, NodeId)> = Vec::new();
    for (id, _, _) in shown_texts(prepared) {
        let place = &prepared.layout.boxes[id];
        let content = place.content();
        for line in place.text.iter().flat_map(|text| &text.lines) {
            // The letters themselves, not the room between lines.
            let top = content.y + place.text_offset + line.top + line.height * 0.2;
            inked.push((Rect::new(content.x + line.x, top, line.width, line.height * 0.6), id));
        }
    }
    inked.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    for (index, (rect, id)) in inked.iter().enumerate() {
        for (other, with) in inked.iter().skip(index + 1).take_while(|(other, _)| other.y < rect.bottom()) {
            let common = rect.intersection(other);
            if id != with && common.width > 1.0 && common.height > 1.0 && scrolls(prepared, *id) == scrolls(prepared, *with) {
                let class = |id: &NodeId| prepared.scene.nodes[*id].class.clone();
                broken.push(format!("({}) and ({}) overlap by {}×{} px", class(id), class(with), common.width, common.height));
            }
        }
    }
}

/// The scroll view that a node stands in.
fn scrolls(prepared: &Prepared, id: NodeId) -> Option<NodeId> {
    let mut at = prepared.scene.nodes[id].parent;
    while let Some(parent) = at {
        if matches!(prepared.scene.nodes[parent].content, Content::ScrollView { .. }) {
            return Some(parent);
        }
        at = prepared.scene.nodes[parent].parent;
    }
    None
}

/// Columns are equal whatever stands in them.
fn equal_columns(prepared: &Prepared, broken: &mut Vec<String>) {
    for node in &prepared.scene.nodes {
        for class in COLUMNS {
            let is_column = |id: &&NodeId| prepared.scene.nodes[**id].class.split_ascii_whitespace().any(|own| own == class);
            let widths: Vec<f32> =
                node.children.iter().filter(is_column).map(|id| prepared.layout.boxes[*id].rect.width).collect();
            let (least, most) =
                widths.iter().fold((f32::MAX, 0.0_f32), |(least, most), width| (least.min(*width), most.max(*width)));
            if most - least > SLACK && widths.len() > 1 {
                broken.push(format!("columns ({class}) are {least} to {most} px wide"));
            }
        }
    }
}
