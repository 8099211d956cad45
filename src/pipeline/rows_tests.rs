//! Long lists: what is in sight is drawn as if all rows were there.

use super::*;
use crate::display::{Command, View};
use crate::error::Diagnostics;
use crate::geometry::{Point, Size};
use crate::json::Value;
use crate::limits::Limits;
use crate::reading::Reading;
use crate::scene::{NodeId, RowWindows};
use crate::text::Fonts;

fn friends(count: usize) -> Request {
    let row = |index: usize| {
        format!(r#"{{"openid":"o{index}","nickname":"Friend {index}","avatarUrl":"","score":{}}}"#, 2 * count - index)
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    Request::friends(format!("[{}]", rows.join(","))).me("o5").size(360, 640)
}

/// What is drawn of a request, and what would be if every row was made.
fn drawn(board: &Board, request: &Request) -> [Vec<Command>; 2] {
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let mut job = renderer.begin(board, request).unwrap();
    while let Some(src) = job.next_picture() {
        job.supply(&src, Err::<&[u8], _>("none"));
    }
    let frame = job.finish().unwrap();
    let lists = &frame.prepared.scene.lists;
    assert!(!lists.is_empty() && lists.iter().all(|list| list.nodes.len() < list.total), "not all rows are made");
    let limits = Limits { template_nodes: 1_000_000, ..Limits::default() };
    let mut whole = Renderer::new(Fonts::bundled(), limits.clone());
    let mut diagnostics = Diagnostics::new();
    let values = request.bind(&mut Reading::new(&limits, &mut diagnostics)).unwrap().values;
    let source = Source { board: board.clone(), values, size: Size::new(request.width, request.height) };
    let scene = source.resolve(&RowWindows::whole(), &mut Reading::new(&limits, &mut diagnostics)).unwrap();
    let prepared = whole.layout(scene, source.size, &frame.pictures).unwrap();
    let offsets = request.scroll.iter().map(|(id, (x, y))| (id.as_str(), Point::new(*x, *y)));
    let view = View { scroll: prepared.scrolled(offsets).unwrap(), ..View::default() };
    let list = whole.draw_list(&prepared, &view, frame.size(), &frame.pictures);
    [frame.list.commands, list.commands]
}

/// The built-in boards whose friends scroll.
const LISTS: [&str; 6] = ["leaderboard", "friend-list", "group", "podium", "rank-change", "weekly"];

#[test]
fn what_is_in_sight_of_a_built_in_board_is_drawn_as_if_all_rows_were_there() {
    let sizes = [(360, 640), (812, 375), (1_600, 300), (750, 1_334), (200, 200)];
    for (number, name) in LISTS.into_iter().enumerate() {
        let board = Board::built_in(name).unwrap();
        // With the player's own row at the top, in the middle, on the last line, and not among them.
        for (turn, me) in ["o0", "o101", "o199", "nobody"].into_iter().enumerate() {
            let (width, height) = sizes[(number + turn) % sizes.len()];
            for offset in [37.5, 2_222.25, 1e9] {
                let request = friends(200).me(me).size(width, height).scroll("list", 0.0, offset);
                let [windowed, whole] = drawn(&board, &request);
                let seen = format!("{name} at {width}×{height}, {me}, {offset}");
                assert!(windowed == whole, "{seen}: {} commands, {} in all", windowed.len(), whole.len());
            }
        }
    }
}

#[test]
fn lines_of_a_list_that_wraps_are_drawn_as_if_all_were_there() {
    let limits = Limits::default();
    let around = r#"<view><scrollview id="list" class="list">ABOVE<view for="friend in friends" key="{{ friend.openid }}" class="row {{ 'first' if loop.first }}"><text value="{{ friend.nickname }}"/></view><view class="row"><text value="below"/></view></scrollview></view>"#;
    for (list, row) in [
        (r#""rowGap": 3, "columnGap": 5"#, r#""width": 100"#),
        (r#""flexDirection": "row-reverse""#, r#""width": "25%", "marginTop": 2"#),
        (r#""alignContent": "flex-start", "padding": 7"#, r#""flexBasis": 90, "flexGrow": 1"#),
        (r#""justifyContent": "center""#, r#""width": 70"#),
    ] {
        let style = format!(
            r##"{{"list": {{"height": 300, "flexDirection": "row", "flexWrap": "wrap", {list}}},
                "row": {{"height": 31, "backgroundColor": "#eef", {row}}}, "first": {{"height": 45}}, "line": {{"width": "100%", "height": 20}}}}"##
        );
        for above in ["", r#"<view class="line"/>"#] {
            let xml = around.replace("ABOVE", above);
            let board = Board::compile(("t.xml", &xml), &[("s.json", &style)], &limits).unwrap();
            for count in [200, 203] {
                for offset in [0.0, 333.5, 1e9] {
                    let [windowed, whole] = drawn(&board, &friends(count).scroll("list", 0.0, offset));
                    assert!(windowed == whole, "{list} at {offset} of {count}: {}, {}", windowed.len(), whole.len());
                }
            }
        }
    }
}

#[test]
fn what_is_in_sight_is_drawn_as_if_all_rows_were_there() {
    let limits = Limits::default();
    let mut boards = Vec::new();
    let style = r##"{"list": {"height": 300, "gap": 3}, "row": {"height": 31, "margin": "2 0", "backgroundColor": "#eef"},
        "first": {"height": 60}, "last": {"height": 90}}"##;
    let row = r#"class="row {{ 'first' if loop.first }} {{ 'last' if loop.last }}" key="{{ friend.openid }}""#;
    for inside in ["%", "<view style=\"gap: 3\">%</view>"] {
        let rows = inside
            .replace('%', &format!(r#"<view for="friend in friends" {row}><text value="{{{{ friend.nickname }}}}"/></view>"#));
        let xml = format!(
            r#"<view><text value="above"/><scrollview id="list" class="list">{rows}<text value="below"/></scrollview></view>"#
        );
        boards.push(Board::compile(("t.xml", &xml), &[("s.json", style)], &limits).unwrap());
    }
    for (number, board) in boards.iter().enumerate() {
        for offset in [0.0, 1.0, 333.5, 5_555.25, 1e9] {
            let [windowed, whole] = drawn(board, &friends(200).scroll("list", 0.0, offset));
            assert!(windowed == whole, "board {number} at {offset}: {} commands, {} in all", windowed.len(), whole.len());
        }
    }
}

#[test]
fn lines_of_other_widths_or_begun_by_something_else_are_all_made() {
    let limits = Limits::default();
    let style = r#"{"list": {"height": 300, "flexDirection": "row", "flexWrap": "wrap"}, "row": {"height": 20, "width": 100}, "wide": {"width": 150}}"#;
    for (before, class) in [(r#"<view class="row"/>"#, "row"), ("", "row {{ 'wide' if loop.index % 5 == 0 }}")] {
        let xml = format!(
            r#"<view><scrollview id="list" class="list">{before}<text for="friend in friends" class="{class}" value="{{{{ friend.nickname }}}}"/></scrollview></view>"#
        );
        let board = Board::compile(("t.xml", &xml), &[("s.json", style)], &limits).unwrap();
        let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
        let frame = renderer.begin(&board, &friends(300)).unwrap().finish().unwrap();
        let texts = frame.prepared.scene.texts();
        assert_eq!(texts.len(), 300, "{before} {class}");
    }
}

#[test]
fn rows_that_differ_are_all_made() {
    let style = r#"{"list": {"height": 300}, "row": {"height": 20}, "tall": {"height": 25}}"#;
    let xml = r#"<view><scrollview id="list" class="list"><text for="friend in friends" class="row {{ 'tall' if loop.index is odd }}" value="{{ friend.nickname }}"/></scrollview></view>"#;
    let board = Board::compile(("t.xml", xml), &[("s.json", style)], &Limits::default()).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    let frame = renderer.begin(&board, &friends(300)).unwrap().finish().unwrap();
    assert_eq!(frame.prepared.scene.nodes.len(), 302);
}

#[test]
fn ten_thousand_rows_cost_what_a_screenful_costs() {
    let xml = r#"<view><scrollview id="list" style="height: 400"><view for="friend in friends" style="height: 40; flexDirection: row">
        <text value="{{ friend.rank }}"/><text value="{{ friend.nickname }}"/></view></scrollview></view>"#;
    let board = Board::compile(("t.xml", xml), &[], &Limits::default()).unwrap();
    let limits = Limits { data_bytes: 16 * 1024 * 1024, friends: 10_000, ..Limits::default() };
    let mut renderer = Renderer::new(Fonts::bundled(), limits);
    let frame = renderer.begin(&board, &friends(10_000).scroll("list", 0.0, 300_000.0)).unwrap().finish().unwrap();
    assert!(frame.prepared.scene.nodes.len() < 1_200, "{} nodes", frame.prepared.scene.nodes.len());
    let texts = frame.prepared.scene.texts();
    let list = &frame.prepared.scene.lists[0];
    let middle = list.window.rows.start + list.window.rows.len() / 2;
    assert!(texts.contains(&format!("Friend {middle}")), "{:?}", list.window);
    // The same boxes in another view: the rows that come in sight are made.
    let view: NodeId = list.view;
    let look = View { scroll: [(view, Point::new(0.0, 1_000.0))].into(), ..View::default() };
    let again = renderer.again(frame, look).finish().unwrap();
    assert!(again.prepared.scene.lists[0].window.rows.start < 20);
    assert!(again.prepared.scene.nodes.len() < 1_200);
}

#[test]
fn a_scroll_view_shows_what_it_is_to_show() {
    let xml = r#"<view><scrollview id="list" style="height: 300" scroll-to="{{ target }}">
        <view for="friend in friends" key="{{ friend.openid }}" style="height: 40"><text value="{{ friend.nickname }}"/></view></scrollview></view>"#;
    let board = Board::compile(("t.xml", xml), &[], &Limits::default()).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
    for (count, target, expected) in [
        (400, "o250", 250.0 * 40.0 + 20.0 - 150.0),
        (400, "o2", 0.0),
        (400, "nobody", 0.0),
        (50, "o20", 670.0),
        (50, "o49", 1_700.0),
    ] {
        let request = friends(count).variable("target", Value::from(target));
        let frame = renderer.begin(&board, &request).unwrap().finish().unwrap();
        let offset = frame.view.scroll.values().next().map_or(0.0, |offset| offset.y);
        assert!((offset - expected).abs() < 0.5, "{target} of {count}: {offset}");
    }
}
