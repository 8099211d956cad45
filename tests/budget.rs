//! What strangers send costs no more than its budget: by counted steps and bytes, never by the clock.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use friendboard::text::Fonts;
use friendboard::{Board, ErrorKind, Frame, Limits, Renderer, Request, Result};

fn draw_within(template: &str, style: &str, request: &Request, limits: &Limits) -> Result<Frame> {
    let board = Board::compile(("t.xml", template), &[("s.json", style)], limits)?;
    Renderer::new(Fonts::bundled(), limits.clone()).begin(&board, request)?.finish()
}

fn draw(template: &str, style: &str, side: u32) -> Result<Frame> {
    draw_within(template, style, &Request::friends("[]").size(side, side), &Limits::default())
}

const FULL: &str = r#""width": "100%", "height": "100%""#;
const OVER: &str = r#""position": "absolute", "left": 0, "top": 0, "width": "100%", "height": "100%""#;

fn nested(count: usize) -> String {
    format!("{}<view class='leaf'/>{}", "<view class='o'>".repeat(count), "</view>".repeat(count))
}

fn many(count: usize) -> String {
    format!("<view class='root'>{}</view>", "<view class='b'/>".repeat(count))
}

/// A board that would cost too much, and the limit that says so.
#[test]
fn what_costs_too_much_is_refused_with_the_option_that_raises_it() {
    let nested_style = |what: &str| format!(r##"{{"o": {{{FULL}, {what}}}, "leaf": {{{FULL}, "backgroundColor": "#f00"}}}}"##);
    let many_style = |what: &str| format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, {what}}}}}"#);
    let cases = [
        (nested(62), nested_style(r#""opacity": 0.9"#), 4096, "work"),
        (nested(60), nested_style(r#""overflow": "hidden", "borderRadius": 40"#), 4096, "memory"),
        (many(4_900), many_style(r##""backgroundColor": "#0f08""##), 4096, "work"),
        (many(4_900), many_style(r#""boxShadow": "0 0 50px #000", "borderRadius": 9"#), 800, "work"),
        (many(4_900), many_style(r#""boxShadow": "inset 0 0 50px #000""#), 800, "work"),
        (many(16), many_style(r#""boxShadow": "inset 0 0 50px #000""#), 4096, "work"),
        (many(16), many_style(r#""boxShadow": "0 0 50px #000", "transform": "rotate(7deg)""#), 4096, "work"),
        (many(400), many_style(r#""backgroundImage": "linear-gradient(37deg, #f008, #00f8)""#), 4096, "work"),
        (
            format!("<view class='root'>{}</view>", "<text class='b' value='MMMMMMMMMMMM'/>".repeat(40)),
            many_style(r#""fontSize": 600, "textShadow": "0 0 50px #f00""#),
            4096,
            "work",
        ),
    ];
    for (template, style, side, limit) in cases {
        let error = draw(&template, &style, side).expect_err(&style);
        assert_eq!(error.kind(), ErrorKind::Limit, "{style}");
        assert!(error.to_string().contains(&format!("--limit {limit}=")), "{style}: {error}");
    }
}

/// Masks, blurs and scaled pictures are made of all that is on the canvas, however little of it a clip leaves: so it is counted.
#[test]
fn a_small_clip_over_vast_things_is_counted_as_what_is_made() {
    let clipped = |count: usize, inner: &str| {
        let inner = inner.repeat(count);
        format!("<view class='root'><view class='clip'>{inner}</view></view>")
    };
    let style = |what: &str| {
        format!(
            r#"{{"root": {{{FULL}}}, "clip": {{"width": 3, "height": 3, "overflow": "hidden"}},
                "b": {{"position": "absolute", "left": -90, "top": -90, "width": 4096, "height": 4096, {what}}}}}"#
        )
    };
    for what in [
        r##""backgroundColor": "#0f08", "borderRadius": "50%", "transform": "rotate(3deg)""##,
        r##""backgroundColor": "#0f0", "borderRadius": "50%", "left": -90.5"##,
        r##""borderWidth": 40, "borderTopColor": "#f008", "borderLeftColor": "#0f08", "borderRadius": 100"##,
        r#""boxShadow": "0 0 50px #000", "transform": "rotate(7deg)""#,
        r#""boxShadow": "inset 0 0 50px #000", "borderRadius": "50%""#,
        r#""boxShadow": "inset 0 0 50px #000, inset 1px 1px 9px #000, inset 2px 2px 9px #000""#,
    ] {
        let error = draw(&clipped(1_500, "<view class='b'/>"), &style(what), 4096).expect_err(what);
        assert!(error.to_string().contains("--limit work="), "{what}: {error}");
    }
    // What is clipped away altogether costs nothing.
    let gone = style(r##""left": 300, "backgroundColor": "#0f08", "borderRadius": "50%", "transform": "rotate(3deg)""##);
    let frame = draw(&clipped(1_500, "<view class='b'/>"), &gone, 1024).unwrap();
    let cost = friendboard::raster::cost(&frame.list, None);
    assert!(cost.work < 10_000_000 && cost.bytes < 1_000, "{cost:?}");
}

/// Letters that lie over each other are counted one by one.
#[test]
fn letters_are_counted_where_they_overlap() {
    let letters = "M".repeat(1_300);
    let template = format!("<view class='root'>{}</view>", format!("<text class='b' value='{letters}'/>").repeat(30));
    for what in [
        r#""fontSize": 500, "letterSpacing": -430, "whiteSpace": "nowrap""#,
        r#""fontSize": 500, "letterSpacing": -430, "whiteSpace": "nowrap", "textShadow": "0 0 40px #f00""#,
    ] {
        let style = format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, {what}}}}}"#);
        let error = draw(&template, &style, 4096).expect_err(what);
        assert!(error.to_string().contains("--limit work="), "{what}: {error}");
    }
}

/// Letters that are not seen are not drawn, and not counted, however large they are.
#[test]
fn letters_off_the_canvas_are_free() {
    let row = "<text class='b' value='MMMMMMMMMMMM'/>";
    let style =
        |what: &str| format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, "fontSize": 512, "whiteSpace": "nowrap", {what}}}}}"#);
    let cost = |count: usize, what: &str| {
        let frame = draw(&format!("<view class='root'>{}</view>", row.repeat(count)), &style(what), 64).unwrap();
        friendboard::raster::cost(&frame.list, None)
    };
    for what in [r#""left": 9000"#, r#""left": 16000, "transform": "scale(8)""#, r#""top": 9000, "transform": "rotate(9deg)""#]
    {
        assert!(cost(20, what).work < 100_000, "{what}: {:?}", cost(20, what));
    }
    // Of a long line it is the letters in sight that are counted.
    let long = cost(1, r#""left": -900"#).work;
    assert!(long < cost(1, r#""left": 10"#).work * 3, "{long}");
}

/// A picture larger than what is kept is drawn band by band: the bytes of it are not held, and the pixels are the same.
#[test]
fn a_vast_picture_is_drawn_in_bands() {
    use friendboard::picture::Picture;

    let pixels: Vec<u8> = (0..64 * 64_u32).flat_map(|i| [((i * i) >> 5) as u8, (i * 7) as u8, (i >> 4) as u8, 255]).collect();
    let picture = Picture::from_premultiplied(64, 64, pixels).unwrap();
    let draw = |style: &str| {
        let template = format!("<view class='root'><image src='p.png' style='position: absolute; {style}'/></view>");
        let board = Board::compile(
            ("t.xml", &template),
            &[("s.json", "{\"root\": {\"width\": 300, \"height\": 300}}")],
            &Limits::default(),
        );
        let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
        let mut job = renderer.begin(&board.unwrap(), &Request::friends("[]").size(300, 300)).unwrap();
        while let Some(src) = job.next_picture() {
            job.supply_picture(&src, Ok::<_, String>(picture.clone()));
        }
        job.finish().unwrap()
    };
    let frame = draw("left: -1000; top: -500; width: 2500; height: 2400; borderRadius: 700");
    let cost = friendboard::raster::cost(&frame.list, None);
    assert!(cost.bytes < 1_000_000, "{cost:?}");
    let whole = picture.scaled_crop(friendboard::geometry::Rect::new(0.0, 0.0, 64.0, 64.0), 2_500, 2_400);
    for (y, row) in frame.canvas.pixels().chunks_exact(300 * 4).enumerate().step_by(7) {
        let start = ((y + 500) * 2_500 + 1_000) * 4;
        assert!(row == &whole.pixels()[start..start + 300 * 4], "row {y}");
    }
}

/// What an opaque box covers is not drawn, and not counted.
#[test]
fn what_is_covered_is_free() {
    let style = format!(r##"{{"root": {{{FULL}}}, "b": {{{OVER}, "backgroundColor": "#0f0"}}}}"##);
    let frame = draw(&many(4_900), &style, 1024).unwrap();
    assert!(frame.canvas.pixels().as_chunks::<4>().0.iter().all(|pixel| *pixel == [0, 255, 0, 255]));
    // The picture is what it is without the covered ones.
    let below = format!(
        r##"{{"root": {{{FULL}}}, "b": {{{OVER}, "backgroundColor": "#fff"}}, "c": {{{OVER}, "left": 3.5, "top": 7, "borderRadius": 30, "opacity": 0.5, "boxShadow": "0 0 9px #000", "backgroundColor": "#00f8"}}}}"##
    );
    let covered =
        "<view class='root'><view class='c'/><view class='c'><view class='c'/></view><view class='b'/><view class='c'/></view>";
    let alone = "<view class='root'><view class='b'/><view class='c'/></view>";
    let (covered, alone) = (draw(covered, &below, 200).unwrap(), draw(alone, &below, 200).unwrap());
    assert!(covered.canvas == alone.canvas);
}

/// A thousand friends with shadows, round avatars and a canvas as large as there is one.
#[test]
fn the_largest_honest_board_has_room_to_spare() {
    let rows: Vec<String> = (0..1_000)
        .map(|index| format!(r#"{{"openid":"o{index}","nickname":"小明 {index}","avatarUrl":"a{index}.png","score":{index}}}"#))
        .collect();
    let friends = format!("[{}]", rows.join(","));
    let template = r#"<view class="root"><scrollview class="list" id="list" scrollY="true"><view for="f in friends" key="{{ f.openid }}" class="row">
        <image class="face" src="{{ f.avatarUrl }}"/><text class="name" value="{{ f.nickname }}"/><text class="score" value="{{ f.score }}"/></view></scrollview></view>"#;
    let style = format!(
        r##"{{"root": {{{FULL}, "backgroundImage": "linear-gradient(#fff, #ccd)", "borderRadius": 60, "overflow": "hidden"}}, "list": {{{FULL}}},
            "row": {{"flexDirection": "row", "height": 160, "margin": 20, "flexShrink": 0, "borderRadius": 30, "backgroundColor": "#fffe", "boxShadow": "0 8px 30px rgba(0,0,0,.3)"}},
            "face": {{"width": 120, "height": 120, "borderRadius": 60}}, "name": {{"fontSize": 60, "textShadow": "0 2px 6px #888"}}, "score": {{"fontSize": 60}}}}"##
    );
    let limits = Limits::default();
    let board = Board::compile(("t.xml", template), &[("s.json", &style)], &limits).unwrap();
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let (prepared, _) = renderer.begin(&board, &Request::friends(friends).size(4096, 4096)).unwrap().lay_out().unwrap();
    let list = renderer.draw_list(
        &prepared,
        &friendboard::display::View::default(),
        (4096, 4096),
        &friendboard::picture::Pictures::default(),
    );
    let cost = friendboard::raster::cost(&list, None);
    assert!(cost.work * 2 < limits.work && cost.bytes * 2 < limits.memory, "{cost:?}");
    let shipped = Request::friends(
        std::fs::read_to_string(format!("{}/assets/example/friends.json", env!("CARGO_MANIFEST_DIR"))).unwrap(),
    );
    let frame = renderer.begin(&Board::built_in("leaderboard").unwrap(), &shipped.size(800, 800)).unwrap().finish().unwrap();
    let shipped = friendboard::raster::cost(&frame.list, None);
    assert!(shipped.work * 50 < limits.work, "{shipped:?}");
}

#[test]
fn thousands_of_friends_are_a_board() {
    let boards = ["leaderboard", "friend-list", "neighbours", "surpass", "podium", "group"];
    for (name, count) in boards.into_iter().zip([10_000, 1_000, 1_000, 1_000, 10_000, 1_000]) {
        let rows: Vec<String> =
            (0..count).map(|index| format!(r#"{{"openid":"o{index}","nickname":"n{index}","score":{index}}}"#)).collect();
        let mut renderer = Renderer::new(Fonts::bundled(), Limits::default());
        let request = Request::friends(format!("[{}]", rows.join(","))).me("o5").size(360, 640);
        let frame = renderer.begin(&Board::built_in(name).unwrap(), &request).unwrap().finish().unwrap();
        assert_eq!(frame.drawn, count, "{name}");
    }
}

/// What a filter does to a long list counts for each of its items, and sorting for each comparison.
#[test]
fn filters_of_long_lists_are_counted_by_their_items() {
    let rows: Vec<String> =
        (0..5_000).map(|index| format!(r#"{{"openid":"o{index}","nickname":"n{index}","score":{index}}}"#)).collect();
    let request = Request::friends(format!("[{}]", rows.join(","))).size(300, 300);
    let limits = Limits { work: 150_000_000, ..Limits::default() };
    for value in [
        "(friends | sort('nickname') | first).nickname",
        "friends | map('nickname') | map('x') | map('y') | first",
        "friends | selectattr('score', 'gt', 9) | selectattr('score', 'lt', 5) | length",
    ] {
        let template = |count: usize| format!("<view>{}</view>", format!("<text value=\"{{{{ {value} }}}}\"/>").repeat(count));
        assert!(draw_within(&template(1), "{}", &request, &limits).is_ok(), "{value}");
        let error = draw_within(&template(70), "{}", &request, &limits).expect_err(value);
        assert!(error.to_string().contains("binding the template"), "{error}");
    }
}

/// A list is no text: what is shown of it is cut, said, and copied for nobody.
#[test]
fn a_list_as_text_is_cut() {
    let rows: Vec<String> = (0..900).map(|index| format!(r#"{{"openid":"o{index}","nickname":"n{index}"}}"#)).collect();
    let request = Request::friends(format!("[{}]", rows.join(","))).size(300, 300);
    for template in [
        "<view><text value='{{ friends }}'/></view>",
        "<view><text value='all: {{ friends }}'/></view>",
        "<view><view for='f in friends' id='a{{ friends }}' class='{{ friends }}' data-x='{{ friends }}'/></view>",
    ] {
        let frame = draw_within(template, "{}", &request, &Limits::default()).unwrap();
        assert!(frame.diagnostics.as_slice().iter().any(|said| said.code == "cut-text"), "{template}");
        let longest = frame.prepared.scene.texts().iter().map(String::len).max().unwrap_or(0);
        assert!(longest < 4_200, "{template}: {longest}");
        let held: usize = frame.prepared.scene.nodes.iter().map(|node| node.id.len() + node.class.len()).sum();
        assert!(held < 900 * 10_000, "{template}: {held}");
    }
}

/// Writing a list out costs more for each byte than copying a text, and letters are looked at wherever they stand.
#[test]
fn a_list_as_text_is_counted_by_what_is_written() {
    let rows: Vec<String> = (0..900).map(|index| format!(r#"{{"openid":"o{index}","nickname":"n{index}"}}"#)).collect();
    let request = Request::friends(format!("[{}]", rows.join(","))).size(300, 300);
    let text = format!("<view>{}</view>", "<text value='{{ friends }}'/>".repeat(50));
    let limits = |work: u64| Limits { work, ..Limits::default() };
    let error = draw_within(&text, "{}", &request, &limits(1_700_000)).expect_err("200 KB are written");
    assert!(error.to_string().contains("binding the template"), "{error}");
    // Short of what is written out, it is bound: what is said of the list is too little for the rest.
    let copied = text.replace("{{ friends }}", &"m".repeat(4_000));
    let error = draw_within(&copied, "{}", &request, &limits(1_700_000)).expect_err("200 KB are laid out");
    assert!(!error.to_string().contains("binding the template"), "{error}");

    let long = format!("<view class='root'>{}</view>", format!("<text class='b' value='{}'/>", "m".repeat(4_000)).repeat(25));
    let style = format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, "whiteSpace": "nowrap"}}}}"#);
    let frame = draw_within(&long, &style, &Request::friends("[]").size(64, 64), &Limits::default()).unwrap();
    assert!(friendboard::raster::cost(&frame.list, None).work > 25 * 4_000 * 5);
}

/// In the game the last good frame stays, and the log says why.
#[test]
fn a_frame_that_costs_too_much_leaves_the_last_good_one() {
    use friendboard::context::{Effect, Input, Occasion, OpenDataContext, Options};
    use friendboard::json::Value;
    use friendboard::platform::Platform;
    use friendboard::raster::SharedCanvas;

    let limits = Limits { work: 3_000_000, ..Limits::default() };
    let template = "<view class='root'><view for='f in friends' key='{{ f.openid }}' class='b'/></view>";
    let style = format!(r##"{{"root": {{{FULL}, "backgroundColor": "#123"}}, "b": {{{OVER}, "backgroundColor": "#0f08"}}}}"##);
    let board = Board::compile(("t.xml", template), &[("s.json", &style)], &limits).unwrap();
    let mut options = Options::new(Platform::WeChat, "light", "en").unwrap();
    options.boards.insert(Occasion::Friends, board);
    let mut context = OpenDataContext::new(options, Renderer::new(Fonts::bundled(), limits.clone()));
    let mut canvas = SharedCanvas::new(400, 400, &limits).unwrap();
    context.handle(Input::CanvasSize { width: 400, height: 400 }, 0.0);
    let polled = |context: &mut OpenDataContext| std::iter::from_fn(|| context.poll()).collect::<Vec<Effect>>();
    let friends = |count: usize| {
        let rows: Vec<String> = (0..count).map(|index| format!(r#"{{"openid":"o{index}","nickname":"n"}}"#)).collect();
        format!(r#"{{"data":[{}],"errMsg":"getFriendCloudStorage:ok"}}"#, rows.join(","))
    };
    let mut show = |count: usize, now: f64, canvas: &mut SharedCanvas| {
        context.handle(Input::Message(Value::from_json(r#"{"command":"render","force":true}"#, &limits).unwrap()), now);
        let request = polled(&mut context).into_iter().find_map(|effect| match effect {
            Effect::Call { request, .. } => Some(request),
            _ => None,
        });
        context.handle(Input::Answer { request: request.unwrap(), success: true, json: friends(count) }, now + 1.0);
        let damage = context.frame(canvas, now + 2.0);
        (damage, polled(&mut context))
    };
    assert!(show(3, 0.0, &mut canvas).0.is_some());
    let good = canvas.clone();
    let (damage, effects) = show(100, 100.0, &mut canvas);
    assert!(damage.is_none() && canvas == good);
    let said = effects.iter().find_map(|effect| match effect {
        Effect::Diagnostic(said) if said.code == "frame-cost" => Some(said.to_string()),
        _ => None,
    });
    assert!(said.unwrap().contains("--limit work="));
    // What fits again is drawn whole.
    assert!(show(3, 200.0, &mut canvas).0.is_some());
    assert!(canvas == good);
}
