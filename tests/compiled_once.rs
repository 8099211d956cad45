//! A board is compiled once and drawn many times; what is laid out and drawn does not depend on what the template could
//! have said: branches that are not taken, rules that no node has.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::fmt::Write as _;

use friendboard::geometry::Size;
use friendboard::json::Value;
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer};

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
    let board = Board::compile(("t.xml", &xml), &[("s.json", &sheet)], &Limits::default()).unwrap();
    assert!(board.diagnostics().is_empty(), "{:?}", board.diagnostics().as_slice());
    board
}

fn globals() -> Value {
    let rows = Value::list((1..=12).map(Value::from));
    Value::map([("dark", Value::from(false)), ("name", Value::from("小明 👑")), ("skeleton", rows)])
}

#[test]
fn unused_branches_and_rules_are_not_drawn() {
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let [small, large] =
        [0, 1_200].map(|unused| renderer.begin_values(&compile(unused), &globals(), SIZE, 1.0).unwrap().finish().unwrap());
    assert_eq!(small.prepared.scene.nodes.len(), large.prepared.scene.nodes.len());
    assert_eq!(small.list.commands, large.list.commands);
}
