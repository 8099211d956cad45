//! Mutated templates, style sheets, data and expressions, from a fixed seed: nothing panics, hangs or grows without bound,
//! and every scene that comes out keeps its promises.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

#[path = "common/mutator.rs"]
mod mutator;

use std::fmt::Write as _;

use friendboard::Reading;
use friendboard::geometry::{COORDINATE_MAX, Size};
use friendboard::json::Value;
use friendboard::scene::{Content, Scene};
use friendboard::style::{Dialect, Length, Style};
use friendboard::template::{Expression, Scope, StyleSheet, Template};
use friendboard::{Color, Diagnostics, Limits, scene};
use mutator::{Random, mutate};

const TEMPLATES: [&str; 3] = [
    r#"<view id="root" class="a {{ kind }}" style="width: {{ n }}; color: #fff">
  <text for="f, g in kv | items" if="f != 'x' and n < 2" key="{{ f }}" value="{{ f | upper }} {{ g + 1 }}"/>
  <text else-if="n is defined" data-x="{{ loop.index }}">{{ friends[0].name | truncate(3) }} &amp; more</text><view else=""/>
  <image src="{{ friends[-1].url | default('a.png') }}" alt="{{ name }}" seed="{{ id }}"/>
</view>"#,
    r#"<view><scrollview scrollY scrollX="false"><view for="friend in friends" class="row {{ 'self' if friend.me else loop.index % 2 }}" action="tap">
  <richtext text="<p style='text-align: center'>Hi <strong>{{ friend.name }}</strong><br/><em>x</em> &nbsp;</p>"/>
  <bitmaptext font="f.fnt" value="{{ friend.score | thousands ~ (friend.score | compact('zh')) }}"/></view></scrollview>
  <button value="Go" style="transform: rotate(3deg) scale(2)"/><canvas width="10" height="{{ n * 2 }}"/></view>"#,
    r#"<?xml version="1.0"?><!-- c --><view><richtext><p>a<span style="color: red; font-size: 10">b</span></p>c</richtext><![CDATA[ x ]]></view>"#,
];

const SHEET: &str = r#"{ "root": {"width": 100, "height": "50%", "margin": "0 auto", "flex": 1, "borderRadius": "4 50%", "border": "1px solid red"},
 "a": {"fontSize": "{{ n * 12 }}", "lineHeight": "150%", "textShadow": "1px 1px 2px rgba(0,0,0,.5)", ":active": {"opacity": 0.5}},
 "row": {"backgroundImage": "linear-gradient(45deg, red, #00f 20%)", "boxShadow": "inset 0 1px 2px 3px hsl(9 9% 9% / 9%)"},
 "self": {"transform": "translate(1, 2%) skew(3deg)", "transformOrigin": "left 5px", "font-family": "\"A\", B", "zIndex": "auto"} }"#;

const DATA: &str = r#"{"n": 1.5, "kind": "row", "name": "👨‍👩‍👧é", "id": "o1", "kv": {"x": 1, "y": -2},
 "friends": [{"name": "Ann", "me": true, "score": 9007199254740993}, {"name": "\"><view/>{{x}}", "score": "12", "url": "http://x"}]}"#;

const PIECES: [&str; 72] = [
    "<",
    ">",
    "</view>",
    "<view>",
    "/>",
    "\"",
    "'",
    "=",
    "{{",
    "}}",
    "{{ ",
    " }}",
    "&",
    "&amp;",
    "&#x41;",
    "&#0;",
    "&x;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a>",
    "<?",
    "?>",
    "\u{0}",
    "\u{feff}",
    "你",
    "👨‍👩‍👧",
    "\u{301}",
    "\r\n",
    "\t",
    ":",
    ";",
    ",",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    "..",
    "%",
    "**",
    "//",
    "~",
    "-",
    "--",
    "not ",
    " in ",
    " is ",
    " if ",
    " else ",
    "for=\"a in b\"",
    "if=\"",
    "else",
    "loop",
    "loop.x",
    "1e999",
    "NaN",
    "99999999999999999999999999999999999999999",
    "0.1",
    "-1",
    "100%",
    "px",
    "url(",
    "rgb(",
    "#fff",
    "auto",
    "\\u0041",
    "\\ud800",
];

fn check_style(style: &Style) {
    let layout = &style.layout;
    let mut lengths = vec![layout.width, layout.height, layout.min_width, layout.max_width, layout.flex_basis, layout.row_gap];
    for edges in [layout.margin, layout.padding, layout.inset] {
        lengths.extend([edges.left, edges.top, edges.right, edges.bottom]);
    }
    for length in lengths {
        match length {
            Length::Points(value) | Length::Percent(value) => assert!(value.abs() <= COORDINATE_MAX, "{length:?}"),
            Length::Auto => {}
        }
    }
    let size = style.text.inherited.font_size;
    assert!((1.0..=512.0).contains(&size), "{size}");
    assert!((0.0..=1.0).contains(&style.paint.opacity));
    assert!(layout.flex_grow >= 0.0 && layout.flex_shrink >= 0.0);
}

fn check_scene(scene: &Scene, limits: &Limits) {
    assert!(scene.nodes.len() <= limits.template_nodes);
    for (id, node) in scene.nodes.iter().enumerate() {
        assert_eq!(node.parent.is_none(), id == 0);
        if let Some(parent) = node.parent {
            assert!(parent < id && scene.nodes[parent].children.contains(&id));
            assert_eq!(node.depth, scene.nodes[parent].depth + 1);
        }
        check_style(&node.style);
        node.active_style.iter().for_each(|style| check_style(style));
        if let Content::RichText(rich) = &node.content {
            for paragraph in &rich.paragraphs {
                let mut end = 0;
                for (range, style) in &paragraph.spans {
                    assert!(range.start == end && paragraph.text.get(range.clone()).is_some());
                    end = range.end;
                    check_style(style);
                }
                assert_eq!(end, paragraph.text.len());
            }
        }
    }
}

/// Templates, sheets and data together; many mutations fail early, so each is also tried with the others whole.
fn round(random: &mut Random, limits: &Limits) -> bool {
    let template = TEMPLATES[random.below(TEMPLATES.len())];
    let which = random.below(4);
    let xml = if which == 0 || which == 3 { mutate(random, template, &PIECES) } else { template.to_owned() };
    let sheet = if which == 1 || which == 3 { mutate(random, SHEET, &PIECES) } else { SHEET.to_owned() };
    let data = if which == 2 { mutate(random, DATA, &PIECES) } else { DATA.to_owned() };
    let mut diagnostics = Diagnostics::new();
    let template = Template::compile("t", &xml, &mut Reading::new(limits, &mut diagnostics));
    let sheet = StyleSheet::compile("s", &sheet, &mut Reading::new(limits, &mut diagnostics));
    let data = Value::from_json(&data, limits);
    let (Ok(template), Ok(sheet), Ok(data)) = (template, sheet, data) else { return false };
    if let Ok(scene) = scene::resolve(
        &template,
        &sheet,
        Dialect::Css,
        &data,
        Size::new(300.0, 200.0),
        &mut Reading::new(limits, &mut diagnostics),
    ) {
        check_scene(&scene, limits);
    }
    let mut shown = String::new();
    for diagnostic in diagnostics.as_slice() {
        let _ = write!(shown, "{diagnostic}");
        assert!(diagnostic.message.len() < 2_000, "{diagnostic}");
    }
    true
}

#[test]
fn mutated_templates_and_style_sheets() {
    let limits = Limits::default();
    let mut random = Random(1);
    let whole = (0..20_000).filter(|_| round(&mut random, &limits)).count();
    // Most mutations break the document; enough must get through to try what comes after.
    assert!(whole > 3_000, "{whole}");
}

#[test]
fn mutated_expressions() {
    let seeds = [
        "friends[0].name | truncate(3) ~ n * 2 ** 3",
        "a if n < 2 and not kv.x in [1, 2] else (n // 0.3 % 7) | round(2)",
        "friends[1:-1] | join(', ', attribute='name') | upper | replace('a', 'bb')",
        "n | duration(2) ~ (n | compact('ja')) ~ (9 | ordinal) ~ (n is divisibleby 3)",
    ];
    let limits = Limits::default();
    let data = Value::from_json(DATA, &limits).unwrap();
    let mut random = Random(2);
    let mut compiled = 0;
    for index in 0..20_000 {
        let text = mutate(&mut random, seeds[index % seeds.len()], &PIECES);
        let mut diagnostics = Diagnostics::new();
        if let Ok(expression) = Expression::compile("t", &text, &limits) {
            compiled += 1;
            let value = expression.evaluate(&Scope::new(&data, &limits), &mut diagnostics);
            assert!(value.as_text().is_none_or(|text| text.len() <= limits.string_bytes));
        }
    }
    assert!(compiled > 1_000, "{compiled}");
}

/// An expression of the grammar, nested at most so deep.
fn expression(random: &mut Random, depth: usize) -> String {
    const LEAVES: [&str; 16] = [
        "n",
        "kv.x",
        "friends",
        "friends[0].name",
        "nothing",
        "'a'",
        "\"你 \"",
        "0",
        "7",
        "-1.50",
        "none",
        "true",
        "kv",
        "[1, 'b']",
        "9e30",
        "friends[-1]",
    ];
    const OPERATORS: [&str; 19] = [
        " + ",
        " - ",
        " * ",
        " / ",
        " // ",
        " % ",
        " ** ",
        " ~ ",
        " == ",
        " != ",
        " < ",
        " <= ",
        " > ",
        " >= ",
        " in ",
        " not in ",
        " and ",
        " or ",
        " if n else ",
    ];
    const FILTERS: [&str; 24] = [
        "thousands",
        "compact",
        "compact('zh')",
        "duration",
        "duration(1, 's')",
        "ordinal",
        "upper",
        "lower",
        "length",
        "default('x')",
        "default(1, true)",
        "round",
        "round(-1, 'ceil')",
        "truncate(2)",
        "truncate(1, end='')",
        "replace('a', 'aa')",
        "join('-')",
        "first",
        "last",
        "trim",
        "abs",
        "int",
        "items",
        "reverse",
    ];
    if depth == 0 {
        return random.pick(&LEAVES).to_owned();
    }
    let mut part = || expression(random, depth - 1);
    let (a, b) = (part(), part());
    match random.below(8) {
        0 => format!("({a})"),
        1 => format!("not {a}"),
        2 => format!("-({a})"),
        3 => format!("({a}) | {}", random.pick(&FILTERS)),
        4 => format!("({a})[{b}]"),
        5 => format!("({a})[{b}:]"),
        6 => format!(
            "({a}) is {}",
            random.pick(&["defined", "none", "empty", "number", "even", "odd", "divisibleby(3)", "not text"])
        ),
        _ => format!("({a}){}({b})", random.pick(&OPERATORS)),
    }
}

#[test]
fn expressions_of_the_grammar_always_have_a_value() {
    let limits = Limits::default();
    let data = Value::from_json(DATA, &limits).unwrap();
    let mut random = Random(4);
    for _ in 0..10_000 {
        let depth = random.below(5);
        let text = expression(&mut random, depth);
        let compiled = Expression::compile("t", &text, &limits).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut diagnostics = Diagnostics::new();
        let value = compiled.evaluate(&Scope::new(&data, &limits), &mut diagnostics);
        assert!(value.as_text().is_none_or(|value| value.len() <= limits.string_bytes), "{text}");
        // The same again.
        assert_eq!(value, compiled.evaluate(&Scope::new(&data, &limits), &mut diagnostics), "{text}");
    }
}

#[test]
fn mutated_colours() {
    let seeds = ["#ff8800cc", "rgba(255, 136, 0, .5)", "hsl(30deg 100% 50% / 25%)", "rebeccapurple", "rgb(10% 20% 30%)"];
    let mut random = Random(3);
    for index in 0..20_000 {
        let text = mutate(&mut random, seeds[index % seeds.len()], &PIECES);
        let _ = Color::parse(&text);
    }
}

#[test]
fn hostile_templates_end_soon() {
    let limits = Limits::default();
    let attribute = |text: &str| format!("<view><text value=\"{text}\"/></view>");
    let hostile = [
        attribute(&"{{a}}".repeat(800)),
        attribute(&"{{".repeat(2_000)),
        attribute(&"&amp;".repeat(4_000)),
        format!("<view>{}</view>", "{{ a < b }}".repeat(20_000)),
        format!("<richtext>{}</richtext>", "<b>".repeat(30) + &"x</b><b>".repeat(4_000) + &"</b>".repeat(30)),
        format!("<richtext text='{}'/>", "<p>".repeat(1_300)),
        format!("<view style='{}'/>", "{{'".repeat(1_000)),
        format!("<view style='{}'/>", "w:(;".repeat(1_000)),
        "<a ".repeat(80_000),
        "<a>\n".repeat(60),
        format!("<view>{}</view>", "<a b='c'/>".repeat(4_900)),
        format!("<view>{}</view>", "<text for='a in l' value='{{ a }}'/>".repeat(4_900)),
        format!("<view>{}</view>", "\u{301}".repeat(100_000)),
    ];
    let data = Value::map([("a", "\u{301}".repeat(4_000))]);
    for xml in hostile {
        let mut diagnostics = Diagnostics::new();
        if let Ok(template) = Template::compile("t", &xml, &mut Reading::new(&limits, &mut diagnostics)) {
            let _ = scene::resolve(
                &template,
                &StyleSheet::default(),
                Dialect::Css,
                &data,
                Size::new(9.0, 9.0),
                &mut Reading::new(&limits, &mut diagnostics),
            );
        }
    }
    let sheets = [
        format!("{{{}\"z\": {{}}}}", "\"a\": {\"b\": 1},".repeat(15_000)),
        format!("{{\"a\": {{{}\"z\": 1}}}}", "\"colr\": 1,".repeat(20_000)),
        format!("{{\"a\": {{\"color\": \"{}\"}}}}", "\\".repeat(200_000)),
        format!("{{\"a\": {{\"boxShadow\": \"{}\"}}}}", "1 1,".repeat(50_000)),
        format!("{{\"a\": {{\"transform\": \"{}\"}}}}", "scale(1)".repeat(20_000)),
        format!("{{\"a\": {{\"fontFamily\": \"{}\"}}}}", "x,".repeat(100_000)),
        format!("{{{}}}", "\"a\": ".repeat(40_000)),
    ];
    for sheet in sheets {
        let _ = StyleSheet::compile("s", &sheet, &mut Reading::new(&limits, &mut Diagnostics::new()));
    }
}
