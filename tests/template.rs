//! Templates, style sheets and data to scenes: every tag, attribute and binding form, and what is said of mistakes.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::sync::Arc;

use friendboard::Reading;
use friendboard::geometry::{Edges, Size};
use friendboard::json::Value;
use friendboard::scene::{Content, Fallback, Scene, Scrolling};
use friendboard::style::{Dialect, FontStyle, Length, TextAlign, TransformStep};
use friendboard::template::{StyleSheet, Template};
use friendboard::{Color, Diagnostics, ErrorKind, Limits, Result, scene};

const CANVAS: Size = Size { width: 360.0, height: 640.0 };

/// The scene and what was said.
fn resolve_in(xml: &str, sheet: &str, data: &str) -> Result<(Scene, Vec<String>)> {
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
    let template = Template::compile("t.xml", xml, &mut Reading::new(&limits, &mut diagnostics))?;
    let sheet = StyleSheet::compile("s.json", sheet, &mut Reading::new(&limits, &mut diagnostics))?;
    let data = Value::from_json(data, &limits)?;
    let scene = scene::resolve(&template, &sheet, Dialect::Css, &data, CANVAS, &mut Reading::new(&limits, &mut diagnostics))?;
    Ok((scene, diagnostics.as_slice().iter().map(ToString::to_string).collect()))
}

/// The scene, where nothing was to be said.
fn resolved(xml: &str, sheet: &str, data: &str) -> Scene {
    let (scene, diagnostics) = resolve_in(xml, sheet, data).unwrap_or_else(|error| panic!("{xml}: {error}"));
    assert!(diagnostics.is_empty(), "{xml}: {diagnostics:?}");
    scene
}

/// What was said.
fn said(xml: &str, sheet: &str, data: &str) -> Vec<String> {
    resolve_in(xml, sheet, data).unwrap_or_else(|error| panic!("{xml}: {error}")).1
}

fn texts(scene: &Scene) -> Vec<&str> {
    scene
        .nodes
        .iter()
        .filter_map(|node| match &node.content {
            Content::Text(text) | Content::Button(text) => Some(&**text),
            _ => None,
        })
        .collect()
}

#[test]
fn every_tag_with_its_attributes() {
    let xml = r#"<view>
      <text value="a"/> <text>  b &amp; {{ n }} </text>
      <image src="{{ url }}" alt="👨‍👩‍👧 family" seed="{{ id }}"/> <image src="x.png"/>
      <scrollview scrollX="true" scrollY="false"/> <scrollview/> <scrollview scrollY/>
      <bitmaptext font="f.fnt" value="{{ n }}"/>
      <button value="Go"/> <button>Go on</button>
      <canvas width="{{ n }}" height="20px"/>
    </view>"#;
    let scene = resolved(xml, "{}", r#"{"n": 12, "url": "http://a/b", "id": "o1"}"#);
    let contents: Vec<_> = scene.nodes.iter().map(|node| &node.content).collect();
    let fallback = Fallback { letter: "👨‍👩‍👧".into(), seed: "o1".into() };
    let expected = [
        Content::View,
        Content::Text("a".into()),
        Content::Text("b & 12".into()),
        Content::Image { src: "http://a/b".into(), fallback: Some(fallback) },
        Content::Image { src: "x.png".into(), fallback: None },
        Content::ScrollView { x: true, y: Some(false), scrolling: Scrolling::default() },
        Content::ScrollView { x: false, y: None, scrolling: Scrolling::default() },
        Content::ScrollView { x: false, y: Some(true), scrolling: Scrolling::default() },
        Content::BitmapText { font: "f.fnt".into(), value: "12".into() },
        Content::Button("Go".into()),
        Content::Button("Go on".into()),
        Content::Canvas { width: 12.0, height: 20.0 },
    ];
    assert_eq!(contents, expected.iter().collect::<Vec<_>>());
    let tags: Vec<_> = contents.iter().map(|content| content.tag()).collect();
    assert_eq!(tags[3..9], ["image", "image", "scrollview", "scrollview", "scrollview", "bitmaptext"]);
}

#[test]
fn the_tree_and_its_common_attributes() {
    let xml = r#"<view id="root">
      <view class="row {{ kind }}" id="{{ kind }}1" action="open" data-rank="{{ 1 + 1 }}" data-b="x"><text value="t"/></view>
      <view action=""/>
    </view>"#;
    let scene = resolved(xml, "{}", r#"{"kind": "gold"}"#);
    let row = &scene.nodes[1];
    assert_eq!((&*row.id, &*row.class, row.action.as_deref()), ("gold1", "row gold", Some("open")));
    let data: Vec<_> = row.data.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(data, [("rank", "2"), ("b", "x")]);
    assert_eq!((row.parent, row.depth, row.children.as_slice()), (Some(0), 1, &[2][..]));
    assert_eq!((scene.nodes[0].parent, scene.nodes[0].children.as_slice()), (None, &[1, 3][..]));
    assert_eq!((scene.nodes[2].depth, scene.nodes[3].action.as_deref()), (2, None));
    assert_eq!(row.place.to_string(), "t.xml:2:7");
}

#[test]
fn loops() {
    let data = r#"{"friends": [{"n": "a"}, {"n": "b"}, {"n": "c"}], "kv": {"x": 1, "y": 2}, "none": null, "empty": []}"#;
    let of = |loop_of: &str, value: &str| {
        let xml = format!(r#"<view><text for="{loop_of}" value="{{{{ {value} }}}}"/></view>"#);
        texts(&resolved(&xml, "{}", data)).join(",")
    };
    assert_eq!(of("friend in friends", "friend.n"), "a,b,c");
    assert_eq!(of("friend in friends", "loop.index ~ friend.n ~ loop.index0"), "1a0,2b1,3c2");
    assert_eq!(
        of("f in friends", "loop.first ~ loop.last ~ loop.length ~ loop.revindex"),
        "truefalse33,falsefalse32,falsetrue31"
    );
    assert_eq!(of("f in friends[1:] | reverse", "f.n"), "c,b");
    assert_eq!(of("i in [1, 2]", "i * 2"), "2,4");
    assert_eq!(of("name in kv", "name ~ kv[name]"), "x1,y2");
    assert_eq!(of("name, value in kv", "name ~ value"), "x1,y2");
    assert_eq!(of("name, value in kv | items", "name ~ value"), "x1,y2");
    assert_eq!(of("f in empty", "f"), "");
    assert_eq!(of("f in none", "f"), "");
    assert_eq!(of("binding in friends", "binding.n"), "a,b,c");

    let nested =
        r#"<view><view for="f in friends"><text for="g in friends" value="{{ f.n }}{{ g.n }}{{ loop.index }}"/></view></view>"#;
    assert_eq!(texts(&resolved(nested, "{}", data)).len(), 9);
    assert_eq!(texts(&resolved(nested, "{}", data))[5], "bc3");
}

#[test]
fn conditions() {
    let draws = |xml: &str, data: &str| texts(&resolved(&format!("<view>{xml}</view>"), "{}", data)).join(",");
    let chain = r#"<text if="n > 2" value="many"/><text else-if="{{ n > 1 }}" value="two"/><text else="" value="few"/><text value="!"/>"#;
    assert_eq!(draws(chain, r#"{"n": 3}"#), "many,!");
    assert_eq!(draws(chain, r#"{"n": 2}"#), "two,!");
    assert_eq!(draws(chain, r#"{"n": 1}"#), "few,!");
    // For each item, and `else` where there was none.
    let filtered = r#"<text for="f in l" if="f > 1" value="{{ f }}"/><text else value="none"/>"#;
    assert_eq!(draws(filtered, r#"{"l": [1, 2, 3]}"#), "2,3");
    assert_eq!(draws(filtered, r#"{"l": [1]}"#), "none");
    assert_eq!(draws(r#"<text for="f in l" value="{{ f }}"/><text else value="none"/>"#, r#"{"l": []}"#), "none");
    // `<` and `&` may stand for themselves, an attribute may have no value.
    assert_eq!(draws(r#"<text if="n < 2 and 'a&b' == s" value="<&>"/>"#, r#"{"n": 1, "s": "a&b"}"#), "<&>");
    assert_eq!(draws("<text>{{ 'yes' if n < 2 else 'no' }}</text>", r#"{"n": 1}"#), "yes");
    assert!(resolved(r#"<view if="false"/>"#, "{}", "null").nodes.is_empty());
}

#[test]
fn what_data_says_is_text() {
    let names = [r#""><view/>{{x}}"#, "<p>a</p>&amp;", "\u{202e}abc", "]]>"];
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
    let xml = r#"<view><text for="n in names" value="{{ n }}"/><richtext for="n in names" text="<p>{{ n }}</p>"/></view>"#;
    let template = Template::compile("t", xml, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
    let data = Value::map([("names", Value::list(names))]);
    let scene = scene::resolve(
        &template,
        &StyleSheet::default(),
        Dialect::Css,
        &data,
        CANVAS,
        &mut Reading::new(&limits, &mut diagnostics),
    )
    .unwrap();
    assert_eq!(texts(&scene), names);
    for (node, name) in scene.nodes[5..].iter().zip(names) {
        let Content::RichText(rich) = &node.content else { panic!("no rich text") };
        assert_eq!(&*rich.paragraphs[0].text, name);
    }
    assert!(diagnostics.is_empty());
}

#[test]
fn keys_are_with_their_parents() {
    let xml = r#"<view><view for="f in l" key="{{ f }}"><text key="name" value="x"/><text value="y"/></view></view>"#;
    let scene = resolved(xml, "{}", r#"{"l": ["a", 2]}"#);
    let keys: Vec<_> = scene.nodes.iter().map(|node| node.key.as_deref()).collect();
    assert_eq!(keys, [None, Some("a"), Some("a\u{1f}name"), None, Some("2"), Some("2\u{1f}name"), None]);
    let twice = said(xml, "{}", r#"{"l": ["a", "a"]}"#);
    assert_eq!(
        twice[0],
        "t.xml:1:7: expected each 'key' once, found 'a' again (write what tells the items apart, such as key=\"{{ friend.openid }}\")"
    );
}

#[test]
fn classes_then_id_then_inline() {
    let sheet = r##"{
      "a": {"width": 1, "height": 1, "color": "#010101", "marginLeft": 1},
      "b": {"width": 2, "height": 2, "margin": 9},
      "c": {"width": 3}
    }"##;
    let xml = r#"<view><view class="b  a" id="c" style="height: 4; padding: 1 2"/><view class="a b nothing"/><view style=""/></view>"#;
    let scene = resolved(xml, sheet, "null");
    let first = &scene.nodes[1].style.layout;
    assert_eq!((first.width, first.height), (Length::Points(3.0), Length::Points(4.0)));
    assert_eq!((first.padding.top, first.padding.left), (Length::Points(1.0), Length::Points(2.0)));
    // In the order listed: the margin of `b` is under the left one of `a`.
    assert_eq!((first.margin.left, first.margin.top), (Length::Points(1.0), Length::Points(9.0)));
    let second = &scene.nodes[2].style.layout;
    assert_eq!((second.width, second.margin), (Length::Points(2.0), Edges::all(Length::Points(9.0))));
}

#[test]
fn one_object_has_no_order_but_an_attribute_has() {
    let sheet = r#"{"a": {"marginLeft": 1, "borderTopWidth": 2, "margin": 9, "border": "5 solid red", "borderWidth": 4, "flexGrow": 3, "flex": 1}}"#;
    let scene = resolved(r#"<view><view class="a"/><view style="margin-left: 1; margin: 9"/></view>"#, sheet, "null");
    let layout = &scene.nodes[1].style.layout;
    assert_eq!((layout.margin.left, layout.margin.top), (Length::Points(1.0), Length::Points(9.0)));
    assert_eq!((layout.border.top, layout.border.left, layout.flex_grow), (2.0, 4.0, 3.0));
    assert_eq!(scene.nodes[2].style.layout.margin.left, Length::Points(9.0));
}

#[test]
fn children_inherit_the_text_properties_and_no_other() {
    let sheet = r#"{"p": {"color": "red", "fontSize": 20, "fontWeight": "bold", "fontFamily": "A", "lineHeight": 30,
      "letterSpacing": 2, "textAlign": "center", "direction": "rtl", "fontStyle": "italic", "opacity": 0.5, "width": 10},
      "q": {"color": "blue"}}"#;
    let scene = resolved(r#"<view class="p"><view><text class="q" value="a"/></view><text value="b"/></view>"#, sheet, "null");
    let parent = &scene.nodes[0].style.text;
    for node in [1, 3] {
        assert_eq!(scene.nodes[node].style.text.inherited, parent.inherited);
    }
    let inner = &scene.nodes[2].style;
    assert_eq!((inner.text.inherited.color, inner.text.inherited.font_size), (Color::rgb(0, 0, 255), 20.0));
    assert_eq!((inner.text.font_style, inner.paint.opacity), (FontStyle::Normal, 1.0));
    assert_eq!(inner.layout.width, Length::Auto);
    // What is equal is shared.
    let scene = resolved("<view><text for=\"i in [1,2]\" value=\"x\"/></view>", "{}", "null");
    assert!(Arc::ptr_eq(&scene.nodes[1].style, &scene.nodes[2].style));
}

#[test]
fn styles_are_bound() {
    let sheet = r#"{"a": {"color": "{{ theme.text }}", "padding": "{{ space }} {{ space * 2 }}", "width": "{{ space }}", ":active": {"opacity": "{{ 0.5 }}"}}}"#;
    let data = r##"{"theme": {"text": "#ff0000"}, "space": 4, "list": [10, 20]}"##;
    let xml = r#"<view><view class="a"/><view for="w in list" style="width: {{ w }}; backgroundImage: url({{ 'a;b)(' ~ w }}); height: {{ w }}%"/></view>"#;
    let scene = resolved(xml, sheet, data);
    let style = &scene.nodes[1].style;
    assert_eq!(style.text.inherited.color, Color::rgb(255, 0, 0));
    assert_eq!((style.layout.padding.top, style.layout.padding.left), (Length::Points(4.0), Length::Points(8.0)));
    assert_eq!(style.layout.width, Length::Points(4.0));
    assert_eq!(scene.nodes[1].active_style.as_ref().unwrap().paint.opacity, 0.5);
    let last = &scene.nodes[3].style;
    assert_eq!((last.layout.width, last.layout.height), (Length::Points(20.0), Length::Percent(20.0)));
    let url = friendboard::style::Background::Url("a;b)(20".into());
    assert_eq!(last.paint.background_image, Some(url));
}

#[test]
fn buttons_have_defaults() {
    let sheet = r#"{"plain": {"width": 100, ":active": {"transform": "none"}}, "turned": {"transform": "rotate(10deg)"}}"#;
    let scene = resolved(
        r#"<view style="color: red; fontWeight: bold"><button value="a"/><button class="plain" value="b"/><button class="turned"/></view>"#,
        sheet,
        "null",
    );
    let button = &scene.nodes[1];
    assert_eq!((button.style.layout.width, button.style.layout.height), (Length::Points(300.0), Length::Points(60.0)));
    assert_eq!(button.style.text.inherited.color, Color::WHITE);
    assert_eq!((button.style.text.inherited.font_size, button.style.text.inherited.font_weight), (30.0, 700));
    assert_eq!(button.style.text.inherited.text_align, TextAlign::Center);
    assert_eq!(button.style.paint.background_color, Color::rgb(0x34, 0xa1, 0x23));
    assert_eq!(*button.active_style.as_ref().unwrap().paint.transform, [TransformStep::Scale(1.05, 1.05)]);
    assert_eq!((scene.nodes[2].style.layout.width, &scene.nodes[2].active_style), (Length::Points(100.0), &None));
    let turned = scene.nodes[3].active_style.as_ref().unwrap();
    assert_eq!(*turned.paint.transform, [TransformStep::Rotate(10.0), TransformStep::Scale(1.05, 1.05)]);
}

#[test]
fn the_root_has_a_size() {
    let size = |style: &str| {
        let layout = resolved(&format!(r#"<view style="{style}"/>"#), "{}", "null").nodes[0].style.layout.clone();
        (layout.width.resolve(0.0).unwrap(), layout.height.resolve(0.0).unwrap())
    };
    assert_eq!(size(""), (360.0, 640.0));
    assert_eq!(size("width: 100"), (100.0, 640.0));
    assert_eq!(size("width: 50%; height: 25%"), (180.0, 160.0));
}

#[test]
fn sheets_are_merged() {
    let (limits, mut diagnostics) = (Limits::default(), Diagnostics::new());
    let mut sheet = |text: &str| StyleSheet::compile("s", text, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
    let base = sheet(r#"{"a": {"width": 1, "height": 1}, "b": {"width": 5}}"#);
    let over = sheet(r#"{"$schema": "x", "a": {"width": 2, ":active": {"width": 3}}}"#);
    let merged = base.merge(over);
    assert_eq!(merged.names().collect::<Vec<_>>(), ["a", "b"]);
    let template =
        Template::compile("t", r#"<view><view class="a"/></view>"#, &mut Reading::new(&limits, &mut diagnostics)).unwrap();
    let scene =
        scene::resolve(&template, &merged, Dialect::Css, &Value::Null, CANVAS, &mut Reading::new(&limits, &mut diagnostics))
            .unwrap();
    let layout = &scene.nodes[1].style.layout;
    assert_eq!((layout.width, layout.height), (Length::Points(2.0), Length::Points(1.0)));
    assert_eq!(scene.nodes[1].active_style.as_ref().unwrap().layout.width, Length::Points(3.0));
    assert!(diagnostics.is_empty());
}

#[test]
fn rich_text() {
    let rich = |xml: &str, data: &str| {
        let scene = resolved(&format!("<view style=\"fontSize: 20\">{xml}</view>"), "{}", data);
        let Content::RichText(rich) = scene.nodes[1].content.clone() else { panic!("no rich text") };
        rich
    };
    let markup = "<p style='text-align: center'>Hi <strong>{{ n }}</strong>, <em>you</em>!</p>a<br/><br>b &lt; <span style=\"color: red; font-size: 10px\">c</span>";
    for xml in [
        format!("<richtext text=\"{}\"/>", markup.replace('"', "&quot;")),
        format!("<richtext>\n  {}\n</richtext>", markup.replace("<br>", "<br/>")),
    ] {
        let rich = rich(&xml, r#"{"n": "<b>Ann</b>"}"#);
        let lines: Vec<_> = rich.paragraphs.iter().map(|paragraph| &*paragraph.text).collect();
        assert_eq!(lines, ["Hi <b>Ann</b>, you!", "a", "", "b < c"], "{xml}");
        let first = &rich.paragraphs[0];
        assert_eq!(first.align, Some(TextAlign::Center));
        let weights: Vec<_> =
            first.spans.iter().map(|(range, style)| (&first.text[range.clone()], style.text.inherited.font_weight)).collect();
        assert_eq!(weights, [("Hi ", 400), ("<b>Ann</b>", 700), (", ", 400), ("you", 400), ("!", 400)]);
        assert_eq!(first.spans[3].1.text.font_style, friendboard::style::FontStyle::Italic);
        let last = rich.paragraphs.last().unwrap();
        assert_eq!(last.align, None);
        let (range, style) = last.spans.last().unwrap();
        assert_eq!(&last.text[range.clone()], "c");
        assert_eq!((style.text.inherited.color, style.text.inherited.font_size), (Color::rgb(255, 0, 0), 10.0));
        assert_eq!(last.spans[0].1.text.inherited.font_size, 20.0);
        // An empty line has a style, so that it has a height.
        assert_eq!(rich.paragraphs[2].spans.len(), 1);
    }
    assert!(rich("<richtext/>", "null").paragraphs.is_empty());
    assert_eq!(&*rich("<richtext text=\"a < b\"/>", "null").paragraphs[0].text, "a < b");
}

#[test]
fn says_what_is_wrong_in_a_template() {
    let cases = [
        ("<view>\n <veiw/></view>", "t.xml:2:3: unknown tag 'veiw', drawn as a view (did you mean 'view'?)"),
        ("<view\n  clas='a'/>", "t.xml:2:3: unknown attribute 'clas' of 'view' (did you mean 'class'?)"),
        ("<view><text vale='你'/></view>", "t.xml:1:13: unknown attribute 'vale' of 'text' (did you mean 'value'?)"),
        (
            "<view width='3'/>",
            "t.xml:1:7: unknown attribute 'width' of 'view' (a property belongs into the style: style=\"width: …\")",
        ),
        ("<view style='a: 1'/>", "t.xml:1:14: unknown property 'a'"),
        ("<view style='width: 1; colour: red'/>", "t.xml:1:24: unknown property 'colour' (did you mean 'color'?)"),
        (
            "<view style='color:  rde; width'/>",
            "t.xml:1:22: expected a colour such as #f80, rgb(255 136 0 / 50%) or 'orange' for 'color', found 'rde' (did you mean 'red'?)",
        ),
        ("<view style='width'/>", "t.xml:1:14: expected 'property: value', found 'width'"),
        (
            "<view style='{{ x }}'/>",
            "t.xml:1:14: expected 'property: value', found an expression (bind the value: color: {{ 'red' if hot else 'blue' }})",
        ),
        ("<view style='width: {{ nobody }}'/>", "t.xml:1:24: unknown name 'nobody' (did you mean 'body'?)"),
        ("<view><text value='你好 {{ 1 + }}'/></view>", "t.xml:1:29: expected a value, found the end of the expression"),
        ("<view><text value='&lt;&#20320; {{ nobody }}'/></view>", "t.xml:1:36: unknown name 'nobody' (did you mean 'body'?)"),
        ("<view><text>\n  a &amp; {{\n nobody }}</text></view>", "t.xml:3:2: unknown name 'nobody' (did you mean 'body'?)"),
        ("<view><text if='1 < nobody' value='a'/></view>", "t.xml:1:21: unknown name 'nobody' (did you mean 'body'?)"),
        ("<view><text value='{{ a'/></view>", "t.xml:1:20: expected '}}' after '{{' (write {{ '{{' }} for two braces)"),
        (
            "<view><text for='f of l' value='a'/></view>",
            "t.xml:1:18: expected 'name in list' in 'for', found 'f of l' (write for=\"friend in friends\")",
        ),
        ("<view><text for='f in body' value='a'/></view>", "t.xml:1:23: expected a list or a map in 'for', found a text"),
        ("<view for='f in []'/>", "t.xml:1:1: expected no 'for' on the root (put it on a child: a template has one root)"),
        ("<view><text else='' value='a'/></view>", "t.xml:1:7: expected 'if' or 'for' on the element before 'else'"),
        ("<view> hello </view>", "t.xml:1:8: expected no text in 'view', found 'hello' (put it into <text>)"),
        (
            "<text value='a'>b</text>",
            "t.xml:1:17: expected either 'value' or text between the tags of 'text', found both (the attribute is shown)",
        ),
        (
            "<text>a<view/></text>",
            "t.xml:1:8: expected no elements in 'text', found 'view' (use 'richtext' for parts of other styles)",
        ),
        ("<canvas><view/></canvas>", "t.xml:1:9: expected no elements in 'canvas', found 'view'"),
        (
            "<richtext text='<h1>a</h1>'/>",
            "t.xml:1:18: unknown tag 'h1' in rich text, its text is kept (one of p, strong, em, br, span)",
        ),
        ("<richtext><p>a</p></em></richtext>", ""),
        ("<richtext text='</em>'/>", "t.xml:1:17: expected an open tag before </em>"),
        (
            "<richtext text='<span color=&quot;red&quot;>a</span>'/>",
            "t.xml:1:23: unknown attribute 'color' in rich text (write style=\"color: …\")",
        ),
        ("<richtext text='<span style=\"width: 3\">a</span>'/>", "t.xml:1:30: 'width' is no property of a part of a text"),
        (
            "<richtext text='<span style=\"coler: 3\">a</span>'/>",
            "t.xml:1:30: unknown property 'coler' (did you mean 'color'?)",
        ),
        ("<canvas width='wide'/>", ""),
    ];
    for (xml, expected) in cases {
        if expected.is_empty() {
            continue;
        }
        let diagnostics = said(xml, "{}", r#"{"body": "x"}"#);
        assert_eq!(diagnostics.first().map(String::as_str), Some(expected), "{xml}");
    }
}

#[test]
fn says_what_is_wrong_in_a_style_sheet() {
    let cases = [
        ("{\n \"a\": { \"fontsize\": 3 }}", "s.json:2:10: unknown property 'fontsize' (did you mean 'fontSize'?)"),
        ("{\"你\": {\"q\\\"x\" : 3 }}", "s.json:1:9: unknown property 'q\"x'"),
        (
            "{\"a\": {\"width\":\n  \"wide\"}}",
            "s.json:2:3: expected a number of px or a percentage, not negative, or 'auto' for 'width', found 'wide'",
        ),
        (
            "{\"a\": {\"flexDirection\": \"rwo\"}}",
            "s.json:1:25: expected one of column, row, column-reverse, row-reverse for 'flexDirection', found 'rwo' (did you mean 'row'?)",
        ),
        (
            "{\"a\": {\"width\": true}}",
            "s.json:1:17: expected a number of px or a percentage, not negative, or 'auto' for 'width', found true",
        ),
        (
            "{\"a\": {\"width\": [1]}}",
            "s.json:1:17: expected a number of px or a percentage, not negative, or 'auto' for 'width', found a list",
        ),
        (
            "{\"a\": {\"width\": 1e40}}",
            "s.json:1:17: out of range for 'width': found 10000000000000000000000000000000000000000, used 16384",
        ),
        ("{\"a\": {\"fontSize\": 1000}}", "s.json:1:20: out of range for 'fontSize': found 1000, used 512"),
        ("{\"a\": 3}", "s.json:1:7: expected a style object for 'a'"),
        ("{\"a\": {\":active\": 3}}", "s.json:1:19: expected a style object for ':active'"),
        ("{\"a\": {\":hover\": {}}}", "s.json:1:9: unknown state ':hover' (the one state is ':active')"),
        ("{\"a\": {\":active\": {\"x\": 1}}}", "s.json:1:21: unknown property 'x'"),
        ("{\"a\": {\"color\": \"{{ nobody }}\"}}", "s.json:1:21: unknown name 'nobody' (did you mean 'body'?)"),
        ("{\"a\": {\"color\": \"\\u4f60\\n{{ nobody }}\"}}", "s.json:1:29: unknown name 'nobody' (did you mean 'body'?)"),
        ("{\"a\": {\"color\": \"{{ 1 + }}\"}}", "s.json:1:24: expected a value, found the end of the expression"),
    ];
    for (sheet, expected) in cases {
        let diagnostics = said(r#"<view><view class="a"/></view>"#, sheet, r#"{"body": "x"}"#);
        assert_eq!(diagnostics.first().map(String::as_str), Some(expected), "{sheet}");
    }
    // The rest holds.
    let (scene, _) = resolve_in(r#"<view class="a"/>"#, r#"{"a": {"x": 1, "width": 7, "height": "?"}}"#, "null").unwrap();
    assert_eq!(scene.nodes[0].style.layout.width, Length::Points(7.0));
}

#[test]
fn refuses_what_is_no_document() {
    let cases = [
        ("", ErrorKind::Template, "t.xml:1:1: expected one root element"),
        ("<view>\n<text></view>", ErrorKind::Template, "t.xml:2:7: expected </text>, found </view>"),
        ("<view>\n 你<a></view>", ErrorKind::Template, "t.xml:2:6: expected </a>, found </view>"),
        ("<view>", ErrorKind::Template, "t.xml:1:1: expected </view> before the end"),
        ("<view a='1' a='2'/>", ErrorKind::Template, "t.xml:1:13: expected each attribute once, found 'a' twice"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><view/>", ErrorKind::Template, "expected no DOCTYPE"),
        ("<x:view/>", ErrorKind::Template, "expected no prefix, found 'x:'"),
        ("<view/><view/>", ErrorKind::Template, "t.xml:1:8"),
    ];
    for (xml, kind, message) in cases {
        let error = resolve_in(xml, "{}", "null").unwrap_err();
        assert!(error.kind() == kind && error.to_string().contains(message), "{xml}: {error}");
    }
    for (sheet, message) in [
        ("", "s.json:1:1: expected JSON"),
        ("{\"a\": {\n\"b\": }}", "s.json:2:6: expected JSON"),
        ("[]", "s.json:1:1: expected JSON"),
    ] {
        let error = resolve_in("<view/>", sheet, "null").unwrap_err();
        assert!(error.kind() == ErrorKind::Style && error.to_string().contains(message), "{sheet}: {error}");
    }
}

#[test]
fn is_limited() {
    let limited = |xml: &str, data: &str| resolve_in(xml, "{}", data).unwrap_err();
    let deep = "<view>".repeat(100_000);
    let error = limited(&deep[..240_000], "null");
    assert_eq!((error.kind(), error.place().column), (ErrorKind::Limit, 64 * 6 + 1));
    assert_eq!(limited(&deep, "null").kind(), ErrorKind::Limit);
    let just = format!("{}{}", "<view>".repeat(64), "</view>".repeat(64));
    assert_eq!(resolved(&just, "{}", "null").nodes.len(), 64);

    assert!(limited(&format!("<view>{}</view>", "<a/>".repeat(20_000)), "null").to_string().contains("template_nodes"));
    let list = format!("{{\"l\": [{}0]}}", "0,".repeat(20_000));
    assert!(limited("<view><view for='i in l'/></view>", &list).to_string().contains("template_nodes"));
    let loops = "<view><view for='a in l' if='true'><view for='b in l' if='false'/></view></view>";
    let list = format!("{{\"l\": [{}0]}}", "0,".repeat(8_000));
    // What it costs to look at so many is what ends it.
    assert_eq!(limited(loops, &list).kind(), ErrorKind::Limit);

    let entity = |i: usize| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10));
    let entities: Vec<_> = (1..10).map(entity).collect();
    let bomb = format!("<!DOCTYPE a [<!ENTITY a0 \"x\">{}]><view>&a9;</view>", entities.concat());
    assert_eq!(limited(&bomb, "null").kind(), ErrorKind::Template);
    assert!(limited(&format!("<text value='{}'/>", "x".repeat(5_000)), "null").to_string().contains("string_bytes"));
    assert!(resolve_in(&format!("<image src='data:image/png;base64,{}'/>", "x".repeat(5_000)), "{}", "null").is_ok());
    assert_eq!(limited(&format!("<view {}/>", "a='' ".repeat(300)), "null").kind(), ErrorKind::Limit);
    let error = resolve_in("<view/>", &format!("{{{}}}", " ".repeat(300_000)), "null").unwrap_err();
    assert!(error.to_string().contains("template_bytes"));
    let depth = resolve_in("<view class='a'/>", &format!("{{\"a\": {}}}", "[".repeat(100_000)), "null").unwrap_err();
    assert_eq!(depth.kind(), ErrorKind::Limit);
}
