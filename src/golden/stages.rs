//! What each stage makes of a picture, as lines of text: the data that the template can name, the resolved scene, its boxes
//! and the draw list. Kept beside a reference, they tell later at which stage a difference began.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::sync::Arc;

use super::fields::fields;
use crate::display::{Command, DrawList};
use crate::host::headless::play::Shown;
use crate::layout::Layout;
use crate::scene::{Content, Node, NodeId, Scene};
use crate::style::Style;

/// The names of the stages that have a text, in their order; what differs in none of them begins at `pixels`.
pub const STAGES: [&str; 4] = ["data", "scene", "boxes", "list"];
/// What begins where no stage before the pixels differs.
pub const PIXELS: &str = "pixels";
/// How such a record begins.
const MAGIC: &str = "friendboard stages 1";
/// As far as a record is unpacked, bytes.
const RECORD_BYTES: u64 = 64 * 1024 * 1024;

/// The texts of the stages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// By [`STAGES`].
    pub texts: [String; 4],
    /// The node that each line of the scene is of.
    pub scene_nodes: Vec<NodeId>,
    /// The node that each line of the boxes is of.
    pub box_nodes: Vec<NodeId>,
}

impl Stages {
    /// The stages of what is shown.
    #[must_use]
    pub fn of(shown: &Shown) -> Self {
        let (scene, scene_nodes) = scene_lines(&shown.prepared.scene);
        let (boxes, box_nodes) = box_lines(&shown.prepared.scene, &shown.prepared.layout);
        let data = shown.globals.to_pretty_json() + "\n";
        Self { texts: [data, scene, boxes, list_lines(&shown.list)], scene_nodes, box_nodes }
    }

    /// The first stage at which they differ from others, and what it made then and now; where none does, [`PIXELS`].
    #[must_use]
    pub fn first_difference<'a>(&'a self, now: &'a Self) -> (&'static str, Option<(&'a str, &'a str)>) {
        let pairs = STAGES.into_iter().zip(self.texts.iter().zip(&now.texts));
        let found = pairs.map(|(stage, (old, new))| (stage, old.as_str(), new.as_str())).find(|(_, old, new)| old != new);
        found.map_or((PIXELS, None), |(stage, old, new)| (stage, Some((old, new))))
    }

    /// A record of them: gzip of a text that names the picture by its hash.
    #[must_use]
    pub fn packed(&self, picture_hash: &str) -> Vec<u8> {
        let mut text = format!("{MAGIC}\npicture {picture_hash}\n");
        for (name, stage) in STAGES.iter().zip(&self.texts) {
            let _ = write!(text, "== {name} {}\n{stage}", stage.len());
        }
        let mut encoder = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
        // Into memory, nothing can fail.
        drop(encoder.write_all(text.as_bytes()));
        encoder.finish().unwrap_or_default()
    }

    /// The stages of a record that was made of a picture; `None` where it was made of another one, or is none.
    #[must_use]
    pub fn unpacked(record: &[u8], picture_hash: &str) -> Option<Self> {
        let mut text = String::new();
        flate2::read::GzDecoder::new(record).take(RECORD_BYTES).read_to_string(&mut text).ok()?;
        let mut rest = text.strip_prefix(MAGIC)?.strip_prefix("\npicture ")?.strip_prefix(picture_hash)?.strip_prefix('\n')?;
        let mut stages = Self::default();
        for (name, stage) in STAGES.iter().zip(&mut stages.texts) {
            let (length, after) = rest.strip_prefix("== ")?.strip_prefix(*name)?.strip_prefix(' ')?.split_once('\n')?;
            let length: usize = length.parse().ok()?;
            after.get(..length)?.clone_into(stage);
            rest = &after[length..];
        }
        Some(stages)
    }
}

/// A node as it is named to people: `text#score.num`.
#[must_use]
pub fn node_name(node: &Node) -> String {
    let mut name = node.content.tag().to_owned();
    if !node.id.is_empty() {
        let _ = write!(name, "#{}", node.id);
    }
    for class in node.class.split_whitespace() {
        let _ = write!(name, ".{class}");
    }
    name
}

/// A line for each node with what it is, and one for each property that is not at its initial value.
fn scene_lines(scene: &Scene) -> (String, Vec<NodeId>) {
    let mut styles = StyleLines::default();
    let (mut text, mut nodes) = (String::new(), Vec::new());
    for (id, node) in scene.nodes.iter().enumerate() {
        let indent = "  ".repeat(usize::from(node.depth));
        let _ = writeln!(text, "{indent}{}{}", node_name(node), content(node));
        nodes.push(id);
        let parent = node.parent.and_then(|parent| scene.nodes.get(parent)).map(|parent| &parent.style);
        let mut lines = styles.lines(&node.style, parent);
        if let Some(active) = &node.active_style {
            let pressed = styles.beyond(active, &node.style);
            lines.extend(pressed.into_iter().map(|line| format!("active {line}")));
        }
        for line in lines {
            let _ = writeln!(text, "{indent}    {line}");
            nodes.push(id);
        }
    }
    (text, nodes)
}

/// What a node shows and does, beside its style.
fn content(node: &Node) -> String {
    let mut text = match &node.content {
        Content::Text(value) | Content::Button(value) => format!(" {value:?}"),
        Content::BitmapText { font, value } => format!(" {value:?} font={font:?}"),
        Content::Image { src, fallback } => match fallback {
            Some(fallback) => format!(" src={src:?} letter={:?} seed={:?}", fallback.letter, fallback.seed),
            None => format!(" src={src:?}"),
        },
        Content::RichText(rich) => {
            let paragraphs: Vec<String> = rich.paragraphs.iter().map(|paragraph| format!("{:?}", paragraph.text)).collect();
            format!(" {}", paragraphs.join(" "))
        }
        Content::ScrollView { x, y, scrolling } => {
            let snaps = if scrolling.snaps { " snaps" } else { "" };
            let to = scrolling.to.as_ref().map_or(String::new(), |to| format!(" to={to}"));
            format!(" x={x} y={}{snaps}{to}", y.map_or("auto".to_owned(), |y| y.to_string()))
        }
        Content::Canvas { width, height } => format!(" {width}×{height}"),
        Content::View => String::new(),
    };
    if let Some(action) = &node.action {
        let _ = write!(text, " action={action:?}");
    }
    for (name, value) in node.data.iter() {
        let _ = write!(text, " data-{name}={value:?}");
    }
    text
}

/// The fields of styles, each style put into text once.
#[derive(Default)]
struct StyleLines {
    known: HashMap<usize, Arc<[(String, String)]>>,
    /// The styles that are known, so that no address is another style's.
    kept: Vec<Arc<Style>>,
    initial: Option<Arc<[(String, String)]>>,
}

impl StyleLines {
    fn fields(&mut self, style: &Arc<Style>) -> Arc<[(String, String)]> {
        let address = Arc::as_ptr(style) as usize;
        if let Some(known) = self.known.get(&address) {
            return Arc::clone(known);
        }
        let found: Arc<[(String, String)]> = fields(&format!("{style:?}")).into();
        self.known.insert(address, Arc::clone(&found));
        self.kept.push(Arc::clone(style));
        found
    }

    /// The properties that are not at their initial value; of what is inherited, those that are not the parent's.
    fn lines(&mut self, style: &Arc<Style>, parent: Option<&Arc<Style>>) -> Vec<String> {
        let own = self.fields(style);
        let initial = self.initial.get_or_insert_with(|| fields(&format!("{:?}", Style::default())).into());
        let initial = Arc::clone(initial);
        let inherited = parent.map_or_else(|| Arc::clone(&initial), |parent| self.fields(parent));
        let is_inherited = |path: &str| path.contains("inherited.");
        let before = initial.iter().zip(inherited.iter());
        let differing = own.iter().zip(before).filter(|(own, (initial, inherited))| {
            let before = if is_inherited(&own.0) { &inherited.1 } else { &initial.1 };
            own.1 != *before
        });
        differing.map(|(own, _)| line(own)).collect()
    }

    /// The properties in which one style is not as another.
    fn beyond(&mut self, style: &Arc<Style>, other: &Arc<Style>) -> Vec<String> {
        let (own, other) = (self.fields(style), self.fields(other));
        own.iter().zip(other.iter()).filter(|(own, other)| own != other).map(|(own, _)| line(own)).collect()
    }
}

/// The properties of a node that are not at their initial value; of what is inherited, those that are not its parent's.
#[must_use]
pub fn properties(scene: &Scene, node: &Node) -> Vec<String> {
    let parent = node.parent.and_then(|parent| scene.nodes.get(parent)).map(|parent| &parent.style);
    StyleLines::default().lines(&node.style, parent)
}

fn line((path, value): &(String, String)) -> String {
    let name = path.split_once('.').map_or(path.as_str(), |(_, name)| name);
    format!("{}: {value}", name.strip_prefix("inherited.").unwrap_or(name))
}

/// A line for each node: where it stands in its parent, and the lines of its text. Further lines for what it scrolls.
fn box_lines(scene: &Scene, layout: &Layout) -> (String, Vec<NodeId>) {
    let (mut text, mut nodes) = (String::new(), Vec::new());
    let dumped = crate::layout::dump(scene, layout);
    for (id, ((node, place), dumped)) in scene.nodes.iter().zip(&layout.boxes).zip(&dumped).enumerate() {
        let indent = "  ".repeat(usize::from(node.depth));
        let rect = place.rect;
        let _ = write!(text, "{indent}{} {},{} {}×{}", node_name(node), rect.x, rect.y, rect.width, rect.height);
        if !place.shown {
            text.push_str(" hidden");
        }
        if place.scroll.width > 0.0 || place.scroll.height > 0.0 {
            let _ = write!(text, " scrolls {}×{}", place.scroll.width, place.scroll.height);
        }
        for line in dumped.text.iter().flat_map(|text| &text.lines) {
            let _ = write!(text, " {line:?}");
        }
        text.push('\n');
        nodes.push(id);
    }
    (text, nodes)
}

/// A line for each command, behind one for the canvas.
#[must_use]
pub fn list_lines(list: &DrawList) -> String {
    let mut text = format!("canvas {}×{}\n", list.width, list.height);
    for command in &list.commands {
        let _ = match command {
            Command::Fill { shape, paint } => writeln!(text, "fill {shape:?} {paint:?}"),
            Command::Image { src, picture, source, destination, clip, tile } => {
                writeln!(text, "image {src:.200?} {picture:?} {source:?} to {destination:?} {clip:?} {tile:?}")
            }
            Command::Glyphs { run, origin, scale, color, stroke, blur } => {
                let glyphs: Vec<String> =
                    run.glyphs.iter().map(|glyph| format!("{}@{},{}", glyph.id, glyph.x, glyph.y)).collect();
                let glyphs = glyphs.join(" ");
                let what = format!("{:?} face {} size {}", run.text, run.face.0, run.size);
                writeln!(text, "glyphs {what} at {origin:?} ×{scale} {color:?} stroke {stroke:?} blur {blur} [{glyphs}]")
            }
            Command::Shadow { shape, deviation, color, cut, inset } => {
                writeln!(text, "shadow {shape:?} {deviation} {color:?} cut {cut:?} inset {inset}")
            }
            state => writeln!(text, "{state:?}"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_of_one_picture() {
        let stages = Stages { texts: ["a\n", "b == scene\n", "", "ü\n"].map(str::to_owned), ..Stages::default() };
        let record = stages.packed("abc");
        assert_eq!(Stages::unpacked(&record, "abc"), Some(stages));
        assert_eq!(Stages::unpacked(&record, "abd"), None);
        assert_eq!(Stages::unpacked(&record[..record.len() / 2], "abc"), None);
        assert_eq!(Stages::unpacked(b"", "abc"), None);
    }
}
