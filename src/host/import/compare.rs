//! The boxes that the engine makes, beside those of the board that was brought over.

use std::collections::BTreeMap;
use std::path::Path;

use super::document::Texts;
use super::run::Host;
use super::template::Source;
use crate::error::Result;
use crate::json::Value;
use crate::layout::DumpedBox;

/// px by which two boxes may differ.
const NEAR: f64 = 1.0;

/// Makes the markup, and has the engine lay it out.
const LAY_OUT: &str = r#"
const loaded = engine && require("/friendboard-import/engine.js");
const Layout = loaded && (loaded.default ?? loaded);
const boxes = [];
let lines = true;
const lay = () => {
  const canvas = wx.getSharedCanvas();
  if (Layout.updateViewPort) Layout.updateViewPort({ x: 0, y: 0, width: canvas.width, height: canvas.height });
  Layout.layout(canvas.getContext("2d"));
};
if (Layout) {
  // How it draws a text that says nothing of its lines.
  Layout.clear();
  Layout.init('<view class="a"><text class="b" value="x"></text></view>', { a: { width: 99, height: 99 }, b: { fontSize: 20 } });
  lay();
  lines = Layout.children[0].children[0].layoutBox.height !== 20;
  const laid = (markup) => {
    Layout.clear();
    Layout.init(markup, style);
    lay();
  };
  try {
    laid(xml);
  } catch (error) {
    // A list whose rows are higher than it scrolls without saying so; the engine stumbles where it switches that on (1.0.14).
    const scrolls = xml.replace(/<scrollview(?![^>]*\bscrollY)/gi, '<scrollview scrollY="true"');
    if (scrolls === xml) throw error;
    laid(scrolls);
  }
  const parts = /^(scrollbar|verticalScrollbar|horizontalScrollbar)$/i;
  const walk = (element) => {
    if (parts.test(element.type ?? "") || parts.test(element.tagName ?? "")) return;
    const { absoluteX, absoluteY, width, height } = element.layoutBox;
    boxes.push([element.tagName ?? "", element.idName ?? "", element.className ?? "", absoluteX, absoluteY, width, height]);
    element.children.forEach(walk);
  };
  Layout.children.forEach(walk);
}
say({ xml, boxes, lines });
"#;

/// A box of the engine's.
#[derive(Clone, Debug)]
pub struct EngineBox {
    pub tag: String,
    pub id: String,
    pub class: String,
    /// Left, top, width, height in the canvas.
    pub sides: [f64; 4],
}

/// What the engine made.
pub struct Engine {
    /// The markup that the template gives of the data.
    pub xml: String,
    /// Its boxes in document order; empty where there was no engine.
    pub boxes: Vec<EngineBox>,
    /// How it draws texts.
    pub texts: Texts,
}

/// Runs a template, and the engine on what it gives.
///
/// # Errors
/// Where one of them throws, or is stopped.
pub fn run(host: &Host, template: (&Path, &str, &Source), style: &Value, it: &Value, engine: Option<&str>) -> Result<Engine> {
    let (path, text, source) = template;
    let mut files = BTreeMap::new();
    let data = it.to_json();
    let own = "friendboard-import/template.js";
    let make = match source {
        Source::Body(body) => {
            files.insert(own.to_owned(), format!("module.exports = function (it) {{ {body}\n}};"));
            "require('/friendboard-import/template.js')(it)".to_owned()
        }
        Source::Bare(name) => {
            let text =
                if name.is_empty() { format!("module.exports = {text}") } else { format!("{text}\n;module.exports = {name};") };
            files.insert(own.to_owned(), text);
            "require('/friendboard-import/template.js')(it)".to_owned()
        }
        Source::Export(name, members) => {
            let file = host.path_of(path).unwrap_or_default();
            let arguments: Vec<String> = members
                .iter()
                .map(|member| if member.is_empty() { "it".to_owned() } else { format!("it[{member:?}]") })
                .collect();
            let arguments = if arguments.is_empty() { "it".to_owned() } else { arguments.join(", ") };
            format!(
                "(() => {{ const module = require({:?}), name = {name:?};\n\
                 const found = name === 'default' ? (module && module.default !== undefined ? module.default : module) : (module[name] ?? module.default[name]);\n\
                 return typeof found === 'function' ? found({arguments}) : found; }})()",
                format!("/{file}")
            )
        }
    };
    if let Some(engine) = engine {
        files.insert("friendboard-import/engine.js".to_owned(), engine.to_owned());
    }
    let body = format!(
        "const it = {data}, style = {}, engine = {};\nconst xml = String({make});\n{LAY_OUT}",
        style.to_json(),
        engine.is_some()
    );
    let given = host.ask(path, &body, files)?;
    let text = |value: Option<&Value>| value.and_then(Value::as_text).unwrap_or_default().to_owned();
    let boxes = given.get("boxes").and_then(Value::as_list).unwrap_or_default().iter().filter_map(|entry| {
        let list = entry.as_list()?;
        let side = |index: usize| list.get(index).and_then(Value::as_number).map(crate::number::Number::to_f64);
        Some(EngineBox {
            tag: text(list.first()),
            id: text(list.get(1)),
            class: text(list.get(2)),
            sides: [side(3)?, side(4)?, side(5)?, side(6)?],
        })
    });
    let has_lines = given.get("lines").and_then(Value::as_bool).unwrap_or(true);
    let texts = if has_lines { Texts::Lines } else { Texts::OneLine };
    Ok(Engine { xml: text(given.get("xml")), boxes: boxes.collect(), texts })
}

/// How the boxes of both compare.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Boxes of the engine's.
    pub all: usize,
    /// Those that agree.
    pub agree: usize,
    /// Those that do not: who, the engine's left, top, width and height, ours, and why as far as that is known.
    pub others: Vec<(String, [f64; 4], [f64; 4], String)>,
    /// Where the trees are not the same: what stands there in the engine's, and in ours.
    pub parted: Option<(String, String)>,
}

/// Compares boxes in document order.
pub fn compare(engine: &[EngineBox], ours: &[DumpedBox], style: &Value) -> Comparison {
    let mut comparison = Comparison { all: engine.len(), ..Comparison::default() };
    let name = |tag: &str, id: &str, class: &str| {
        let id = if id.is_empty() { String::new() } else { format!("#{id}") };
        let class: String = class.split_whitespace().flat_map(|class| [".", class]).collect();
        format!("{tag}{id}{class}")
    };
    let parts = |class: &str| class.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut drifted = false;
    for (index, theirs) in engine.iter().enumerate() {
        let said = name(&theirs.tag, &theirs.id, &theirs.class);
        let Some(own) = ours.get(index) else {
            comparison.parted = Some((said, "nothing".to_owned()));
            return comparison;
        };
        if own.tag != theirs.tag || own.id != theirs.id || parts(&own.class) != parts(&theirs.class) {
            comparison.parted = Some((said, name(own.tag, &own.id, &own.class)));
            return comparison;
        }
        let sides = [own.abs_x, own.abs_y, own.width, own.height].map(f64::from);
        if sides.iter().zip(theirs.sides).all(|(a, b)| (a - b).abs() <= NEAR) {
            comparison.agree += 1;
            continue;
        }
        let why = reason(theirs, sides, own, style, drifted);
        drifted |= (sides[3] - theirs.sides[3]).abs() > NEAR;
        comparison.others.push((said, theirs.sides, sides, why));
    }
    if let Some(more) = ours.get(engine.len()) {
        comparison.parted = Some(("nothing".to_owned(), name(more.tag, &more.id, &more.class)));
    }
    comparison
}

/// Why a box differs, as far as its style tells.
fn reason(theirs: &EngineBox, ours: [f64; 4], own: &DumpedBox, style: &Value, drifted: bool) -> String {
    let names = theirs.class.split_whitespace().chain([theirs.id.as_str()]);
    let properties: BTreeMap<&str, &Value> =
        names.filter_map(|name| style.get(name)?.as_map()).flatten().map(|(name, value)| (&**name, value)).collect();
    let is_percent = |name: &str| properties.get(name).and_then(|value| value.as_text()).is_some_and(|text| text.contains('%'));
    let size_differs = (ours[2] - theirs.sides[2]).abs() > NEAR || (ours[3] - theirs.sides[3]).abs() > NEAR;
    if properties.keys().any(|name| name.starts_with("margin") && is_percent(name)) {
        return "the engine reads a margin in percent as none; here it is as in CSS".to_owned();
    }
    if is_percent("lineHeight") {
        return "the engine takes a lineHeight in percent times 100; here it is of the font's size".to_owned();
    }
    if size_differs && (is_percent("width") || is_percent("height")) {
        return "the engine gives a percentage no size in a parent that is stretched; here it is a part of that parent"
            .to_owned();
    }
    if size_differs && own.text.is_some() {
        return "the text is measured or broken into lines otherwise: the engine wraps between any two letters, here as UAX #14 says".to_owned();
    }
    if !size_differs && drifted {
        return "a box before or around it has another size".to_owned();
    }
    if ["alignContent", "flexWrap"].iter().any(|name| properties.contains_key(name)) {
        return "lines of a box that wraps are placed otherwise".to_owned();
    }
    if size_differs {
        "its size differs; look at its style".to_owned()
    } else {
        "its place differs; look at the style of its parent".to_owned()
    }
}
