//! Inputs that are made to cost much, each within all limits: what each takes, and how it ends.
//!
//! ```text
//! cargo bench --bench hostile            # all
//! cargo bench --bench hostile -- shadow  # those with a name like that
//! ```
//!
//! Each runs in a process of its own, so that its peak of memory is its own; what is told is beyond its canvas. What would cost
//! too much ends in an error that names the limit.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use friendboard::host::headless::play::{Script, run_into};
use friendboard::picture::{Format, Straight, encode};
use friendboard::text::Fonts;
use friendboard::{Board, Limits, Renderer, Request, Result};

/// A board with its data and its pictures.
struct Case {
    name: String,
    template: String,
    style: String,
    data: String,
    side: u32,
    /// By the end of their `src`, whatever stands before it.
    picture: Option<Vec<u8>>,
    /// A script of `play` in place of a board, and whether it is animated.
    session: Option<(String, bool)>,
}

const FULL: &str = r#""width": "100%", "height": "100%""#;
const OVER: &str = r#""position": "absolute", "left": 0, "top": 0, "width": "100%", "height": "100%""#;

fn case(name: impl Into<String>, template: impl Into<String>, style: impl Into<String>) -> Case {
    Case {
        name: name.into(),
        template: template.into(),
        style: style.into(),
        data: "[]".into(),
        side: 4096,
        picture: None,
        session: None,
    }
}

fn nested(name: &str, leaf: &str, what: &str) -> Case {
    let template = format!("{}{leaf}{}", "<view class='o'>".repeat(60), "</view>".repeat(60));
    let style = format!(r##"{{"o": {{{FULL}, {what}}}, "leaf": {{{FULL}, "backgroundColor": "#f00"}}}}"##);
    case(format!("nested {name}"), template, style)
}

fn many(name: &str, count: usize, side: u32, what: &str) -> Case {
    let template = format!("<view class='root'>{}</view>", "<view class='b'/>".repeat(count));
    let style = format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, {what}}}}}"#);
    Case { side, ..case(format!("{count} {name} at {side}"), template, style) }
}

fn people(count: usize, avatar: impl Fn(usize) -> String) -> String {
    let row =
        |index: usize| format!(r#"{{"openid":"o{index}","nickname":"n{index}","score":1,"avatarUrl":"{}"}}"#, avatar(index));
    format!("[{}]", (0..count).map(row).collect::<Vec<_>>().join(","))
}

/// An image of a GIF that claims a size in 43 bytes, as an address; each is another.
fn gif(index: usize) -> String {
    let mut bytes = b"GIF89a\x00\x10\x00\x08\x80\x00\x00".to_vec();
    bytes.extend([index as u8, (index >> 8) as u8, 0, 0, 255, 0]);
    bytes.extend(b",\x00\x00\x00\x00\x00\x10\x00\x08\x00\x02\x02\x44\x01\x00;");
    let mut address = String::from("data:image/gif,");
    for byte in bytes {
        let _ = write!(address, "%{byte:02x}");
    }
    address
}

fn png(width: u32, height: u32, noise: bool) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let pixels: Vec<u8> =
        (0..width * height).flat_map(|_| if noise { [next(), next(), next(), 255] } else { [9, 99, 200, 255] }).collect();
    Straight::new(width, height, &pixels).and_then(|picture| encode(picture, Format::PNG).ok()).unwrap_or_default()
}

fn drawing() -> Vec<Case> {
    let mut cases = Vec::new();
    let leaf = "<view class='leaf'/>";
    for (name, what) in [
        ("opacities", r#""opacity": 0.9"#),
        ("clips", r#""overflow": "hidden", "borderRadius": 40"#),
        ("turned opacities", r#""opacity": 0.9, "transform": "rotate(1deg)""#),
        ("turned clips", r#""overflow": "hidden", "transform": "rotate(1deg)""#),
    ] {
        cases.push(nested(name, leaf, what));
    }
    cases.push(nested("opacities of a letter", "<text value='x'/>", r#""opacity": 0.9"#));
    for (name, what) in [
        ("opaque boxes", r##""backgroundColor": "#0f0""##),
        ("translucent boxes", r##""backgroundColor": "#0f08""##),
        ("opacity groups", r##""backgroundColor": "#0f0", "opacity": 0.5"##),
        ("rounded boxes", r##""backgroundColor": "#0f0", "borderRadius": 30"##),
        ("turned boxes", r##""backgroundColor": "#0f08", "transform": "rotate(3deg)""##),
        ("gradients", r#""backgroundImage": "linear-gradient(37deg, #f008, #00f8)""#),
        ("borders", r##""borderWidth": 40, "borderColor": "#0008", "borderRadius": 100"##),
        ("shadows", r#""boxShadow": "0 0 50px #000""#),
        ("inset shadows", r#""boxShadow": "inset 0 0 50px #000""#),
        ("turned shadows", r#""boxShadow": "0 0 50px #000", "transform": "rotate(7deg)""#),
    ] {
        for (count, side) in [(4_900, 800), (4_900, 4_096), (16, 4_096)] {
            cases.push(many(name, count, side, what));
        }
    }
    for (name, what) in [
        ("boxes", r##""backgroundColor": "#0f08", "borderRadius": "50%", "transform": "rotate(3deg)""##),
        ("borders", r##""borderWidth": 40, "borderTopColor": "#f008", "borderLeftColor": "#0f08""##),
        ("shadows", r#""boxShadow": "0 0 50px #000", "transform": "rotate(7deg)""#),
        ("inset shadows", r#""boxShadow": "inset 0 0 50px #000", "borderRadius": "50%""#),
    ] {
        for count in [20, 1_500] {
            let boxes = "<view class='b'/>".repeat(count);
            let template = format!("<view class='root'><view class='clip'>{boxes}</view></view>");
            let clip = r#""width": 3, "height": 3, "overflow": "hidden""#;
            let style = format!(
                r#"{{"root": {{{FULL}}}, "clip": {{{clip}}}, "b": {{"position": "absolute", "left": -90, "top": -90, "width": 4096, "height": 4096, {what}}}}}"#
            );
            cases.push(case(format!("{count} {name} in a small clip"), template, style));
        }
    }
    let text = |what: &str| format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, "fontSize": 500, {what}}}}}"#);
    for (name, what) in [
        ("blurred texts", r#""textShadow": "0 0 50px #f00""#),
        ("outlined texts", r#""textStroke": "20px #f00""#),
        ("vast texts", r#""transform": "scale(8)""#),
        ("overlapping texts", r#""letterSpacing": -430, "textShadow": "0 0 50px #f00""#),
    ] {
        let template = format!("<view class='root'>{}</view>", "<text class='b' value='MMMMMMMMMMMM'/>".repeat(100));
        cases.push(case(format!("100 {name}"), template, text(what)));
    }
    cases
}

fn pictures() -> Vec<Case> {
    let mut cases = vec![
        Case { data: people(150, gif), side: 800, ..case("GIFs of 43 bytes", String::new(), "{}") },
        Case { data: people(150, gif), ..case("GIFs of 43 bytes in sight", String::new(), "{}") },
        Case {
            data: people(400, |index| format!("{index}.png")),
            picture: Some(png(4096, 2048, false)),
            ..case("400 avatars of 8 Mpx", String::new(), "{}")
        },
        Case {
            data: people(400, |index| format!("{index}.png")),
            picture: Some(png(840, 620, true)),
            ..case("400 avatars of noise", String::new(), "{}")
        },
    ];
    let full: Vec<String> = (0..5).map(|index| format!("<image class='b' src='{index}.png'/>")).collect();
    let full = full.concat();
    let style = format!(r#"{{"root": {{{FULL}}}, "b": {{{OVER}, "opacity": 0.5}}}}"#);
    for side in [600, 2_048] {
        let template = format!("<view class='root'>{full}</view>");
        let picture = Some(png(side, side, side < 1_000));
        cases.push(Case { picture, ..case(format!("5 full pictures of {side} px"), template, style.clone()) });
    }
    for turn in ["", "transform: rotate(10deg)", "transform: skew(30deg, 10deg)"] {
        let template = format!(
            "<view class='root'><image src='t.png' style='width: 16384; height: 16384; imageType: tiled; {turn}'/></view>"
        );
        let style = format!(r#"{{"root": {{{FULL}}}}}"#);
        cases.push(Case { picture: Some(png(1, 1, false)), ..case(format!("tiles of 1 px, {turn}"), template, style.clone()) });
        let mut sizes = String::from("<view class='root'>");
        for index in 0..100 {
            let _ = write!(
                sizes,
                "<image src='p.png' style='position: absolute; left: {index}; width: {}; height: {}; {turn}'/>",
                2_000 - index * 3,
                1_990 - index * 2
            );
        }
        sizes += "</view>";
        cases.push(Case {
            picture: Some(png(2048, 2048, false)),
            ..case(format!("a picture at 100 sizes, {turn}"), sizes, style)
        });
    }
    cases
}

fn texts() -> Vec<Case> {
    let data = || people(900, |_| String::new());
    let mut cases = Vec::new();
    for count in [1, 50] {
        let template = format!("<view>{}</view>", "<text value=\"{{ friends }}\"/>".repeat(count));
        cases.push(Case { data: data(), ..case(format!("a list as {count} texts"), template, "{}") });
    }
    let attributes: Vec<String> = (0..50).map(|index| format!("data-x{index}='{{{{ friends }}}}'")).collect();
    for (name, row) in [
        ("attributes", format!("<view for='f in friends' {}/>", attributes.join(" "))),
        ("texts", "<text for='f in friends' value='{{ loop.index }}{{ friends }}'/>".to_owned()),
        (
            "narrow texts",
            "<text for='f in friends' value='{{ loop.index }}{{ friends }}' style='width: 30; wordBreak: break-all'/>"
                .to_owned(),
        ),
        (
            "loops",
            "<view for='f in friends'><view for='g in friends'><view for='h in friends' if='h.score > 2'/></view></view>"
                .to_owned(),
        ),
        ("searches", "<view for='f in friends' if='friends | join in f.nickname'/>".to_owned()),
    ] {
        cases.push(Case { data: data(), ..case(format!("a list in {name}"), format!("<view>{row}</view>"), "{}") });
    }
    let flex =
        r#"{"a": {"flexDirection": "row", "flexWrap": "wrap", "alignItems": "baseline", "flexGrow": 0.5, "padding": "1%"}}"#;
    let deep = format!("{}{}", "<view class='a'><text value='word word'/>".repeat(60), "</view>".repeat(60));
    cases.push(case("boxes that are measured again and again", deep, flex));
    cases
}

/// A session of so many friends, and what happens in it after the board is shown.
fn session(name: &str, side: u32, friends: usize, animate: bool, steps: impl Iterator<Item = String>) -> Case {
    let stored = |index: usize| {
        format!(r#"{{"openid":"o{index}","nickname":"n{index}","KVDataList":[{{"key":"score","value":"{index}"}}]}}"#)
    };
    let friends: Vec<String> = (0..friends).map(stored).collect();
    let steps: Vec<String> = steps.collect();
    let script = format!(
        r#"{{"platform": "wechat", "canvas": {{"width": {side}, "height": {side}}}, "friends": {{"data": [{}]}},
             "steps": [{{"at": 0, "message": {{"command": "render"}}}}, {}]}}"#,
        friends.join(","),
        steps.join(",")
    );
    Case { side, session: Some((script, animate)), ..case(format!("session: {name}"), "", "{}") }
}

fn sessions() -> Vec<Case> {
    let sized = |side: u32| {
        move |step: u32| {
            let (width, height) = (side - step % (side / 5), side - step % (side / 7));
            format!(r#"{{"at": {}, "canvas": {{"width": {width}, "height": {height}}}}}"#, step * 20)
        }
    };
    let scrolled = |step: u32| format!(r#"{{"at": {}, "touchmove": [50, {}]}}"#, 200 + step * 16, 400 - step % 300);
    let touched = || std::iter::once(r#"{"at": 200, "touchstart": [50, 400]}"#.to_owned());
    let snapshot = |step: u32| format!(r#"{{"at": {}, "snapshot": "s{step}"}}"#, 300 + step);
    let message = |_| r#"{"at": 0, "message": {"command": "render", "force": true}}"#.to_owned();
    vec![
        session("2,000 canvas sizes, 100 friends", 1_000, 100, false, (0..2_000).map(sized(1_000))),
        session("2,000 canvas sizes of 4096", 4_096, 10, false, (0..2_000).map(sized(4_096))),
        session("a minute animated", 800, 40, true, touched().chain((0..3_600).map(scrolled))),
        session("ten seconds of 4096 animated", 4_096, 40, true, touched().chain((0..600).map(scrolled))),
        session("4,000 snapshots", 300, 10, false, (0..4_000).map(snapshot)),
        session("8,000 snapshots", 300, 10, false, (0..8_000).map(snapshot)),
        session("snapshots of 4096", 4_096, 1_000, false, (0..50).map(snapshot)),
        session("4,000 messages", 800, 100, false, (0..4_000).map(message)),
        session("10,000 moves of a finger", 800, 400, false, touched().chain((0..10_000).map(scrolled))),
    ]
}

/// Draws a case; the name of the limit where it is over one.
fn draw(case: &Case) -> Result<()> {
    let limits = Limits::default();
    if let Some((script, animate)) = &case.session {
        let script = Script::read(script, "hostile.json", Path::new("."), &limits)?;
        return run_into(&script, *animate, None, &limits, &mut |_| Ok(()))?.animation.transpose().map(drop);
    }
    let board = if case.template.is_empty() {
        Board::built_in("leaderboard")?
    } else {
        Board::compile(("hostile.xml", &case.template), &[("hostile.json", &case.style)], &limits)?
    };
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let mut job = renderer.begin(&board, &Request::friends(case.data.as_str()).size(case.side, case.side))?;
    while let Some(src) = job.next_picture() {
        let inline = friendboard::host::headless::Assets::new(None, limits.clone());
        match &case.picture {
            Some(picture) => job.supply(&src, Ok::<_, String>(picture)),
            None => job.supply(&src, inline.bytes(&src)),
        }
    }
    job.finish().map(drop)
}

/// The most memory that this process has had, MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

fn main() {
    let cases: Vec<Case> = [drawing(), pictures(), texts(), sessions()].into_iter().flatten().collect();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let Ok(name) = std::env::var("FRIENDBOARD_HOSTILE_CASE") {
        if let Some(case) = cases.iter().find(|case| case.name == name) {
            let start = Instant::now();
            let outcome = draw(case);
            let (time, canvas) = (start.elapsed().as_secs_f64(), f64::from(case.side * case.side) / 262_144.0);
            let said = outcome.map_or_else(|error| error.to_string(), |()| "a picture".to_owned());
            println!("{:<44} {time:>6.2} s {:>5.0} MiB  {said:.110}", case.name, (peak() - canvas).max(0.0));
        }
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    for case in cases.iter().filter(|case| arguments.iter().all(|part| case.name.contains(part.as_str()))) {
        let status = Command::new(&program).env("FRIENDBOARD_HOSTILE_CASE", &case.name).status();
        if !status.is_ok_and(|status| status.success()) {
            println!("{:<44} did not end by itself", case.name);
        }
    }
}
