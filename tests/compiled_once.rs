//! A board is compiled once and drawn many times; what is laid out and drawn does not depend on what the template could
//! have said: branches that are not taken, rules that no node has.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fmt::Write as _;

use friendboard::display::View;
use friendboard::geometry::Size;
use friendboard::json::Value;
use friendboard::pipeline::{Board, NoPictures, Renderer};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};

const SIZE: Size = Size::new(360.0, 400.0);

/// What is shown, and so many nodes and rules that are not.
fn documents(unused: usize) -> (String, String) {
    let mut xml = String::from("<view id=\"root\">\n");
    let mut sheet = String::from(r##"{"root": {"backgroundColor": "#fff"}, "row": {"height": 20, "borderRadius": 4}"##);
    xml.push_str("<view class=\"row\" for=\"n in skeleton\"><text value=\"{{ n }} {{ name }}\"/></view>\n");
    xml.push_str("<view if=\"dark\">\n");
    for index in 0..unused {
        let _ = writeln!(xml, "<view class=\"unused{index}\"><text value=\"{{{{ skeleton[{index}] | thousands }}}}\"/></view>");
        let _ = write!(sheet, r##", "unused{index}": {{"boxShadow": "0 0 {index}px red", ":active": {{"color": "#f00"}}}}"##);
    }
    xml.push_str("</view>\n</view>\n");
    sheet.push('}');
    (xml, sheet)
}

fn compile(unused: usize) -> Board {
    let (xml, sheet) = documents(unused);
    let mut diagnostics = Diagnostics::new();
    let board = Board::compile(("t.xml", &xml), &[("s.json", &sheet)], &Limits::default(), &mut diagnostics).unwrap();
    assert!(diagnostics.as_slice().is_empty(), "{:?}", diagnostics.as_slice());
    board
}

fn globals() -> Value {
    let rows = Value::list((1..=12).map(Value::from));
    Value::map([("dark", Value::from(false)), ("name", Value::from("小明 👑")), ("skeleton", rows)])
}

#[test]
fn unused_branches_and_rules_are_not_drawn() {
    let (limits, globals) = (Limits::default(), globals());
    let (small, large) = (compile(0), compile(1_200));
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let prepare = |board: &Board, renderer: &mut Renderer| {
        let scene = board.resolve(&globals, SIZE, &limits, &mut Diagnostics::new()).unwrap();
        renderer.layout(scene, SIZE, &NoPictures).unwrap()
    };
    let prepared = [prepare(&small, &mut renderer), prepare(&large, &mut renderer)];
    assert_eq!(prepared[0].scene.nodes.len(), prepared[1].scene.nodes.len());
    let lists = prepared.each_ref().map(|prepared| renderer.draw_list(prepared, &View::default(), (360, 400), &NoPictures));
    assert_eq!(lists[0].commands, lists[1].commands);
}
