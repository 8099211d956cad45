//! The context as a host sees it. Whole runs with their pictures are in `golden/play/`.

use std::sync::Arc;

use super::*;
use crate::geometry::{PixelRect, Point, Size};
use crate::limits::Limits;
use crate::pipeline::Board;
use crate::platform::Platform;
use crate::raster::SharedCanvas;
use crate::text::Fonts;

const ROW: f32 = 40.0;

const TEMPLATE: &str = r#"<view class="root">
  <text class="state" value="{{ state }} {{ self.score }}"/>
  <scrollview id="list" class="list" scrollY="true">
    <view for="friend in friends" key="{{ friend.openid }}" class="row" action="friend" data-openid="{{ friend.openid }}">
      <image class="face" src="{{ friend.avatarUrl }}"/>
      <button if="friend.sent" class="button" value="sent"/>
      <button else="" class="button" action="invite" value="{{ friend.nickname }}"/>
    </view>
    <scrollview id="strip" class="strip" scrollX="true"><view class="wide"/></scrollview>
  </scrollview>
  <button class="button" action="retry" value="retry"/>
</view>"#;

const STYLE: &str = r##"{
  "root": { "backgroundColor": "#fff" }, "state": { "height": 20 }, "list": { "height": 200 },
  "row": { "height": 40, "flexDirection": "row", "borderBottomWidth": 1, "borderColor": "#888", ":active": { "backgroundColor": "#f00" } },
  "face": { "width": 30, "height": 30 }, "button": { "width": 60, "height": 30, "fontSize": 10 },
  "strip": { "height": 40, "flexDirection": "row" }, "wide": { "width": 900, "height": 40, "flexShrink": 0 }
}"##;

struct Host {
    context: OpenDataContext,
    canvas: SharedCanvas,
    log: Vec<Effect>,
}

impl Host {
    fn new(change: impl FnOnce(&mut Options)) -> Self {
        let limits = Limits::default();
        let board = Board::compile(("own.xml", TEMPLATE), &[("own.json", STYLE)], &limits).unwrap();
        assert!(board.diagnostics().is_empty(), "{:?}", board.diagnostics().as_slice());
        let mut options = Options::new(Platform::WeChat, "light", "en").unwrap();
        options.boards.insert(Occasion::Friends, board);
        options.rank.self_openid = Some(Arc::from("o1"));
        change(&mut options);
        let context = OpenDataContext::new(options, Renderer::new(Fonts::bundled(), limits.clone()));
        let mut host = Self { context, canvas: SharedCanvas::new(10, 10, &limits).unwrap(), log: Vec::new() };
        host.tell(Input::Window { size: Size::new(360.0, 640.0), device_pixel_ratio: 1.0 }, 0.0);
        host.tell(Input::CanvasSize { width: 120, height: 270 }, 0.0);
        host
    }

    fn tell(&mut self, input: Input, now: f64) -> Vec<Effect> {
        self.context.handle(input, now);
        self.poll()
    }

    fn poll(&mut self) -> Vec<Effect> {
        let effects: Vec<Effect> = std::iter::from_fn(|| self.context.poll()).collect();
        self.log.extend(effects.iter().cloned());
        effects
    }

    fn post(&mut self, json: &str, now: f64) -> Vec<Effect> {
        self.tell(Input::Message(Value::from_json(json, &Limits::default()).unwrap()), now)
    }

    fn frame(&mut self, now: f64) -> Damage {
        self.context.handle(Input::AnimationFrame, now);
        let damage = self.context.frame(&mut self.canvas, now);
        self.poll();
        damage
    }

    fn touch(&mut self, phase: TouchPhase, x: f32, y: f32, now: f64) -> Vec<Effect> {
        self.tell(Input::Touch(Touch { phase, finger: 0, point: Point::new(x, y) }), now)
    }

    fn tap(&mut self, x: f32, y: f32, now: f64) -> Vec<Effect> {
        let mut effects = self.touch(TouchPhase::Start, x, y, now);
        effects.extend(self.touch(TouchPhase::End, x, y, now + 50.0));
        effects
    }

    fn answer(&mut self, request: RequestId, json: &str, now: f64) -> Vec<Effect> {
        self.tell(Input::Answer { request, success: true, json: json.to_owned() }, now)
    }

    /// A board of friends that is drawn.
    fn with_friends(count: usize) -> Self {
        let mut host = Self::new(|_| {});
        let request = call(&host.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
        host.answer(request, &friends(count), 10.0);
        host.frame(16.0);
        host
    }

    fn arrive(&mut self, src: &str, works: bool, now: f64) -> Vec<Effect> {
        let picture = Picture::from_premultiplied(1, 1, [1, 2, 3, 255])
            .ok_or(String::new())
            .and_then(|picture| if works { Ok(picture) } else { Err("404".to_owned()) });
        self.tell(Input::Image { src: Arc::from(src), picture }, now)
    }
}

fn friends(count: usize) -> String {
    let row = |index: usize| {
        let score = 1_000 - index;
        format!(
            r#"{{"openid":"o{index}","nickname":"N{index}","avatarUrl":"a{index}","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#
        )
    };
    format!(r#"{{"data":[{}]}}"#, (0..count).map(row).collect::<Vec<_>>().join(","))
}

fn call(effects: &[Effect], name: &str) -> Option<RequestId> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Call { request, api, .. } if *api == name => Some(*request),
        _ => None,
    })
}

fn images(effects: &[Effect]) -> Vec<String> {
    let src = |effect: &Effect| match effect {
        Effect::CreateImage { src } => Some(src.to_string()),
        _ => None,
    };
    effects.iter().filter_map(src).collect()
}

fn states(effects: &[Effect]) -> Vec<&'static str> {
    let state = |effect: &Effect| match effect {
        Effect::Event(Event::State { state, .. }) => Some(*state),
        _ => None,
    };
    effects.iter().filter_map(state).collect()
}

fn taps(effects: &[Effect]) -> Vec<(String, Value)> {
    let tap = |effect: &Effect| match effect {
        Effect::Event(Event::Tap { action, friend, .. }) => {
            Some((action.to_string(), friend.get("openid").cloned().unwrap_or_default()))
        }
        _ => None,
    };
    effects.iter().filter_map(tap).collect()
}

#[test]
fn the_first_frame_has_the_loading_state() {
    let mut host = Host::new(|_| {});
    host.context.handle(Input::Message(Value::from("render")), 5.0);
    assert_eq!(host.context.frame(&mut host.canvas, 5.0), Some(PixelRect::new(0, 0, 120, 270)));
    assert_eq!((host.canvas.width(), host.canvas.height()), (120, 270));
    let effects = host.poll();
    assert_eq!(states(&effects), ["loading"]);
    assert!(!effects.contains(&Effect::RequestAnimationFrame), "what is drawn already needs no frame");
}

#[test]
fn late_answers_are_dropped() {
    let mut host = Host::new(|_| {});
    let first = call(&host.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
    host.post(r#"{"command":"hide"}"#, 10.0);
    host.frame(10.0);
    assert!(host.canvas.pixels().iter().all(|&byte| byte == 0));
    let effects = host.answer(first, &friends(3), 20.0);
    assert_eq!(effects, [Effect::Event(Event::Dropped { what: Arc::from("answer") })]);
    // The group's answer comes for the friends' board.
    let group = call(&host.post(r#"{"type":"showGroupRank","shareTicket":"t"}"#, 30.0), "getGroupCloudStorage").unwrap();
    let own = call(&host.post(r#"{"command":"render"}"#, 40.0), "getFriendCloudStorage").unwrap();
    assert!(states(&host.answer(group, &friends(9), 50.0)).is_empty());
    assert_eq!(states(&host.answer(own, &friends(3), 60.0)), ["ready"]);
}

#[test]
fn data_is_shown_again_while_it_is_fresh() {
    let mut host = Host::with_friends(3);
    for (shown, hidden, state) in
        [(30_000.0, 31_000.0, "ready"), (60_009.0, 60_500.0, "ready"), (60_600.0, 61_000.0, "loading")]
    {
        host.post(r#"{"command":"hide"}"#, shown - 1.0);
        let effects = host.post(r#"{"command":"render"}"#, shown);
        assert_eq!(states(&effects), [state], "{shown}");
        assert!(call(&effects, "getFriendCloudStorage").is_some(), "it is refreshed behind");
        host.post(r#"{"command":"hide"}"#, hidden);
    }
}

#[test]
fn a_failed_refresh_leaves_what_is_there_but_a_denial_does_not() {
    let mut host = Host::with_friends(3);
    let fail = |host: &mut Host, json: &str, now: f64| {
        let request = call(&host.post(r#"{"type":"refreshData"}"#, now), "getFriendCloudStorage").unwrap();
        states(&host.tell(Input::Answer { request, success: false, json: json.to_owned() }, now + 5.0))
    };
    assert!(fail(&mut host, r#"{"errMsg":"getFriendCloudStorage:fail timeout"}"#, 20.0).is_empty());
    assert_eq!(fail(&mut host, r#"{"errMsg":"getFriendCloudStorage:fail","errCode":-12006}"#, 40.0), ["denied"]);
    for (json, now) in [("\"getFriendCloudStorage:fail x\"", 100.0), ("not json", 200.0), ("{}", 300.0), ("", 400.0)] {
        host.frame(now);
        let effects = host.tap(30.0, 235.0, now);
        let request = call(&effects, "getFriendCloudStorage").unwrap();
        let failed = host.tell(Input::Answer { request, success: false, json: json.to_owned() }, now + 60.0);
        assert_eq!((states(&effects), states(&failed)), (vec!["loading"], vec!["error"]), "{json}");
    }
}

#[test]
fn a_platform_that_does_not_answer_has_failed() {
    let mut host = Host::new(|_| {});
    let effects = host.post(r#"{"command":"render"}"#, 0.0);
    assert!(effects.contains(&Effect::SetTimer { time: 10_000.0 }));
    assert_eq!(states(&host.tell(Input::Timer, 10_000.0)), ["error"]);
    host.frame(10_016.0);
    let effects = host.tap(30.0, 235.0, 11_000.0);
    assert!(call(&effects, "getFriendCloudStorage").is_some());
    assert_eq!(states(&effects), ["loading"]);
}

#[test]
fn pictures_in_sight_come_first_six_at_a_time_three_tries() {
    let mut host = Host::with_friends(12);
    let first = images(&host.log);
    assert_eq!(first, ["a0", "a1", "a2", "a3", "a4", "a5"]);
    assert_eq!(images(&host.arrive("a0", true, 20.0)), ["a6"]);
    // A failure waits, and another takes its place.
    assert_eq!(images(&host.arrive("a1", false, 30.0)), ["a7"]);
    assert!(images(&host.tell(Input::Timer, 530.0)).is_empty(), "there is no room for the second try");
    assert_eq!(images(&host.arrive("a2", true, 540.0)), ["a1"]);
    assert_eq!(images(&host.arrive("a1", false, 550.0)), ["a8"]);
    host.arrive("a3", true, 560.0);
    for src in ["a4", "a5", "a6", "a7", "a8", "a9"] {
        host.arrive(src, true, 570.0);
    }
    assert_eq!(images(&host.tell(Input::Timer, 1_550.0)), ["a1"]);
    let effects = host.arrive("a1", false, 1_560.0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Diagnostic(said) if said.code == "missing-picture")));
    host.frame(1_580.0);
    assert!(images(&host.tell(Input::Timer, 9_000.0)).is_empty(), "three tries are all");
    assert_eq!(host.log.iter().filter(|effect| matches!(effect, Effect::CreateImage { .. })).count(), 12 + 2);
}

#[test]
fn pictures_that_hang_make_room_in_the_end() {
    let mut host = Host::with_friends(8);
    for (now, expected) in [(10_016.0, 2), (10_516.0, 4), (20_016.0, 2), (20_516.0, 2), (21_000.0, 0), (21_516.0, 2)] {
        let effects = host.tell(Input::Timer, now);
        assert_eq!(images(&effects).len(), expected, "{now}: {:?}", images(&effects));
        let mut timers = effects.iter().filter_map(|effect| match effect {
            Effect::SetTimer { time } => Some(*time),
            _ => None,
        });
        assert!(timers.all(|time| time > now), "a timer in the past never ends");
    }
}

#[test]
fn hiding_keeps_pictures_and_asks_for_none_twice() {
    let mut host = Host::with_friends(4);
    host.post(r#"{"command":"hide"}"#, 20.0);
    host.arrive("a0", true, 30.0);
    host.post(r#"{"command":"render"}"#, 40.0);
    host.frame(40.0);
    host.arrive("a1", true, 50.0);
    assert_eq!(images(&host.log).len(), 4);
}

#[test]
fn who_plays_for_the_first_time_is_asked_for_and_stands_on_the_board() {
    let mut host = Host::new(|options| options.rank.self_openid = Some(Arc::from("oNew")));
    let request = call(&host.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
    host.answer(request, &friends(3), 10.0);
    let effects = host.post(r#"{"type":"setUserRecord","score":5000}"#, 20.0);
    assert!(call(&effects, "setUserCloudStorage").is_some());
    let asked = call(&effects, "getUserInfo").unwrap();
    host.answer(asked, r#"{"data":[{"nickName":"Newbie","avatarUrl":"new.png","openId":"oNew"}]}"#, 30.0);
    host.frame(40.0);
    assert!(images(&host.poll()).is_empty() && images(&host.log).contains(&"new.png".to_owned()), "{:?}", images(&host.log));
    assert!(call(&host.post(r#"{"type":"setUserRecord","score":6000}"#, 50.0), "getUserInfo").is_none(), "asked once");
}

#[test]
fn a_score_that_is_no_better_is_neither_stored_nor_shown() {
    let stores = |effects: &[Effect]| call(effects, "setUserCloudStorage").is_some();
    let mut host = Host::with_friends(3);
    assert!(!stores(&host.post(r#"{"type":"setUserRecord","score":999}"#, 20.0)), "o1 has it already");
    assert!(stores(&host.post(r#"{"type":"setUserRecord","score":1001}"#, 30.0)));
    assert!(!stores(&host.post(r#"{"type":"setUserRecord","score":1000}"#, 40.0)), "the better of both counts");
    let mut fewer = Host::new(|options| options.rank.order = crate::friends::Order::Asc);
    let request = call(&fewer.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
    fewer.answer(request, &friends(3), 10.0);
    assert!(!stores(&fewer.post(r#"{"type":"setUserRecord","score":1001}"#, 20.0)));
    assert!(stores(&fewer.post(r#"{"type":"setUserRecord","score":5}"#, 30.0)));
    // What the platform has is looked at first, where it is not known.
    for (stored, is_stored) in [("1000", false), ("7", true), ("", true)] {
        let mut host = Host::new(|_| {});
        let effects = host.post(r#"{"type":"setUserRecord","score":50}"#, 0.0);
        assert!(!stores(&effects));
        let asked = call(&effects, "getUserCloudStorage").unwrap();
        let answer = format!(r#"{{"KVDataList":[{{"key":"score","value":"{stored}"}}]}}"#);
        assert_eq!(stores(&host.answer(asked, &answer, 10.0)), is_stored, "{stored}");
    }
}

#[test]
fn the_first_viewport_shows_a_board_and_later_ones_place_it() {
    let viewport = r#"{"type":"engine","event":"viewport","x":20,"y":100,"width":320,"height":400}"#;
    let mut host = Host::new(|_| {});
    assert_eq!(states(&host.post(r#"{"command":"loadRes"}"#, 0.0)), Vec::<&str>::new());
    assert_eq!(states(&host.post(viewport, 10.0)), ["loading"]);
    host.post(r#"{"command":"hide"}"#, 20.0);
    assert!(states(&host.post(viewport, 30.0)).is_empty(), "what is hidden stays so");
    let mut host = Host::new(|_| {});
    host.post(r#"{"command":"hide"}"#, 0.0);
    assert!(states(&host.post(viewport, 10.0)).is_empty(), "a game that hides shows by a word");
    assert_eq!(host.context.placement().own, (120, 270), "a viewport's box is no size of the canvas");
}

#[test]
fn a_frame_that_is_under_way_is_not_asked_for_again() {
    let mut host = Host::with_friends(12);
    let asked = |effects: &[Effect]| effects.iter().filter(|effect| **effect == Effect::RequestAnimationFrame).count();
    assert_eq!(asked(&host.post(r#"{"type":"scrollTo","y":100}"#, 20.0)), 1);
    // Another message draws by itself before the screen comes to the frame.
    host.context.handle(Input::Message(Value::from_json(r#"{"type":"scrollTo","y":160}"#, &Limits::default()).unwrap()), 24.0);
    assert!(host.context.frame(&mut host.canvas, 24.0).is_some());
    assert_eq!(asked(&host.poll()), 0);
    host.context.handle(Input::AnimationFrame, 33.0);
    host.context.frame(&mut host.canvas, 33.0);
    assert_eq!(asked(&host.poll()), 1, "it moves on");
}

#[test]
fn what_is_hidden_asks_for_no_frame_and_no_timer() {
    let mut host = Host::new(|_| {});
    let request = call(&host.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
    host.frame(0.0);
    assert!(host.answer(request, &friends(3), 20.0).contains(&Effect::RequestAnimationFrame));
    host.context.handle(Input::Message(Value::from_json(r#"{"command":"hide"}"#, &Limits::default()).unwrap()), 25.0);
    // A host's `onMessage` draws at once: the canvas is transparent, and the frame that was under way is for nothing.
    assert!(host.context.frame(&mut host.canvas, 25.0).is_some());
    assert!(host.canvas.pixels().iter().all(|byte| *byte == 0));
    let effects = host.poll();
    assert!(effects.contains(&Effect::CancelAnimationFrame), "{effects:?}");
    let timers = |effect: &Effect| match effect {
        Effect::SetTimer { .. } => Some(true),
        Effect::ClearTimer => Some(false),
        _ => None,
    };
    assert_ne!(host.log.iter().rev().find_map(timers), Some(true), "a timer is left: {:?}", host.log);
    assert!(host.poll().is_empty());
}

#[test]
fn the_own_score_stands_until_the_platform_knows_it() {
    let mut host = Host::with_friends(3);
    // The best one is self, whose score a tap tells.
    let shown = |host: &mut Host, now| {
        host.frame(now);
        host.touch(TouchPhase::Start, 110.0, 30.0, now);
        let effects = host.touch(TouchPhase::End, 110.0, 30.0, now);
        let friend = effects.iter().find_map(|effect| match effect {
            Effect::Event(Event::Tap { friend, .. }) => Some(friend),
            _ => None,
        });
        friend.filter(|friend| friend.get("isSelf") == Some(&Value::from(true))).unwrap().get("score").unwrap().to_string()
    };
    let effects = host.post(r#"{"type":"setUserRecord","value":5000}"#, 20.0);
    let stored = call(&effects, "setUserCloudStorage").unwrap();
    assert_eq!(shown(&mut host, 20.0), "5000");
    let refreshed = call(&host.answer(stored, r#"{"errMsg":"ok"}"#, 30.0), "getFriendCloudStorage").unwrap();
    host.answer(refreshed, &friends(3), 40.0);
    assert_eq!(shown(&mut host, 40.0), "5000", "the platform has not heard of it yet");
    let again = call(&host.post("\"refreshData\"", 50.0), "getFriendCloudStorage").unwrap();
    host.answer(again, &friends(3).replace("999", "6000"), 60.0);
    assert_eq!(shown(&mut host, 60.0), "6000");
    // A player whom the list lacks.
    host.post(r#"{"type":"getOpenId","value":"new"}"#, 70.0);
    host.post(r#"{"type":"update","score":"9007199254740993"}"#, 80.0);
    assert_eq!(shown(&mut host, 80.0), "9007199254740993");
}

#[test]
fn a_tap_is_short_and_near() {
    let mut host = Host::with_friends(12);
    let at = |row: usize| 20.0 + ROW * row as f32 + 10.0;
    assert_eq!(taps(&host.tap(110.0, at(1), 100.0)), [("friend".to_owned(), Value::from("o1"))]);
    let effects = host.tap(50.0, at(2), 200.0);
    assert_eq!(taps(&effects), [("invite".to_owned(), Value::from("o2"))]);
    let share = call(&effects, "shareMessageToFriend").unwrap();
    assert!(call(&host.tap(50.0, at(2), 300.0), "shareMessageToFriend").is_none(), "it is being sent");
    host.answer(share, r#"{"errMsg":"shareMessageToFriend:ok"}"#, 400.0);
    host.frame(416.0);
    assert!(taps(&host.tap(50.0, at(2), 500.0)).is_empty(), "a button without an action is not its row");
    // Too long, too far, cancelled, a second finger.
    host.touch(TouchPhase::Start, 110.0, at(1), 600.0);
    assert!(taps(&host.touch(TouchPhase::End, 110.0, at(1), 1_500.0)).is_empty());
    host.touch(TouchPhase::Start, 110.0, at(1), 1_600.0);
    host.touch(TouchPhase::Move, 110.0, at(1) + 15.0, 1_610.0);
    assert!(taps(&host.touch(TouchPhase::End, 110.0, at(1), 1_620.0)).is_empty());
    host.tell(Input::Timer, 4_000.0);
    host.touch(TouchPhase::Start, 110.0, at(1), 5_000.0);
    assert!(taps(&host.touch(TouchPhase::Cancel, 110.0, at(1), 5_010.0)).is_empty());
    host.touch(TouchPhase::Start, 110.0, at(1), 5_100.0);
    let second = Touch { phase: TouchPhase::Start, finger: 1, point: Point::new(50.0, at(2)) };
    host.tell(Input::Touch(second), 5_110.0);
    let second = Touch { phase: TouchPhase::End, ..second };
    assert!(taps(&host.tell(Input::Touch(second), 5_120.0)).is_empty());
    assert_eq!(taps(&host.touch(TouchPhase::End, 110.0, at(1), 5_130.0)).len(), 1);
}

#[test]
fn a_press_looks_pressed_until_it_is_a_drag() {
    let mut host = Host::with_friends(12);
    let red = |host: &Host| host.canvas.pixels().chunks_exact(4).filter(|pixel| *pixel == [255, 0, 0, 255]).count();
    host.touch(TouchPhase::Start, 110.0, 70.0, 100.0);
    host.frame(116.0);
    assert!(red(&host) > 1_000);
    host.touch(TouchPhase::Move, 110.0, 50.0, 120.0);
    host.frame(133.0);
    assert_eq!(red(&host), 0);
}

#[test]
fn scrolling_is_a_function_of_time_alone() {
    let run = |frames: &[f64]| {
        let mut host = Host::with_friends(30);
        let mut next = frames.iter().peekable();
        let moves = [
            (TouchPhase::Start, 200.0, 100.0),
            (TouchPhase::Move, 180.0, 116.0),
            (TouchPhase::Move, 150.0, 132.0),
            (TouchPhase::End, 130.0, 140.0),
        ];
        for (phase, y, now) in moves {
            while let Some(frame) = next.next_if(|frame| **frame < now) {
                host.frame(*frame);
            }
            host.touch(phase, 110.0, y, now);
        }
        for frame in next {
            host.frame(*frame);
        }
        host.frame(500.0);
        (host.context.stage.view_at(500.0), host.canvas)
    };
    let often: Vec<f64> = (20..500).map(f64::from).collect();
    let (smooth, rough) = (run(&often), run(&[]));
    assert!(smooth == rough);
    assert!(smooth.0.scroll.values().any(|offset| offset.y > 100.0));
}

#[test]
fn the_first_direction_decides_what_scrolls() {
    let mut host = Host::with_friends(2);
    // The strip is below two rows, and scrolls to the side only; the list is too short to scroll.
    let y = 20.0 + 2.0 * ROW + 20.0;
    host.touch(TouchPhase::Start, 60.0, y, 100.0);
    host.touch(TouchPhase::Move, 40.0, y + 5.0, 116.0);
    host.touch(TouchPhase::Move, 20.0, y + 60.0, 132.0);
    host.frame(133.0);
    let offsets: Vec<Point> = host.context.stage.view_at(133.0).scroll.into_values().collect();
    assert_eq!(offsets, [Point::new(20.0, 0.0)]);
}

#[test]
fn a_finger_stops_a_fling_and_does_not_tap() {
    let mut host = Host::with_friends(30);
    for (phase, y, now) in
        [(TouchPhase::Start, 200.0, 100.0), (TouchPhase::Move, 150.0, 116.0), (TouchPhase::End, 110.0, 132.0)]
    {
        host.touch(phase, 110.0, y, now);
    }
    host.frame(200.0);
    assert!(taps(&host.tap(110.0, 70.0, 210.0)).is_empty());
    host.frame(300.0);
    let offset = host.context.stage.view_at(300.0).scroll;
    host.frame(400.0);
    assert_eq!(host.context.stage.view_at(400.0).scroll, offset);
}

#[test]
fn of_a_long_list_the_rows_in_sight_are_made() {
    let mut host = Host::with_friends(900);
    assert!(host.context.stage.scene().nodes.len() < 200, "{}", host.context.stage.scene().nodes.len());
    for (y, row, now) in [(300, 9, 20.0), (20_000, 502, 40.0), (8_000, 202, 60.0), (50_000, 898, 80.0), (0, 2, 90.0)] {
        host.post(&format!(r#"{{"type":"scrollTo","y":{y},"animated":false}}"#), now);
        host.frame(now);
        let texts = host.context.stage.scene().texts();
        assert!(texts.contains(&format!("N{row}")), "{y}: {texts:?}");
        assert!(host.context.stage.scene().nodes.len() < 300);
    }
    // A fling over many of them: what is tapped then is the row that is there.
    host.post(r#"{"type":"scrollTo","y":16000,"animated":true}"#, 100.0);
    for step in 0..40 {
        host.frame(100.0 + 16.0 * f64::from(step));
    }
    let tapped = taps(&host.tap(10.0, 20.0 + 20.0, 900.0));
    assert!(tapped.iter().any(|(_, openid)| *openid == Value::from("o400")), "{tapped:?}");
}

#[test]
fn a_list_comes_to_rest_where_a_row_begins() {
    let mut host = Host::new(|options| {
        let template = TEMPLATE.replace(r#"scrollY="true">"#, r#"scrollY="true" snap="" scroll-to="{{ target }}">"#);
        let board = Board::compile(("own.xml", &template), &[("own.json", STYLE)], &Limits::default()).unwrap();
        options.boards.insert(Occasion::Friends, board);
        options.variables.push((Arc::from("target"), Value::from("o20")));
    });
    let request = call(&host.post(r#"{"command":"render"}"#, 0.0), "getFriendCloudStorage").unwrap();
    host.answer(request, &friends(30), 10.0);
    host.frame(16.0);
    let offset =
        |host: &Host, now: f64| host.context.stage.view_at(now).scroll.values().map(|offset| offset.y).fold(0.0, f32::max);
    // In the middle of 200 px: from 720 on.
    assert_eq!(offset(&host, 16.0), 20.0 * ROW + ROW / 2.0 - 100.0);
    for (phase, y, now) in
        [(TouchPhase::Start, 200.0, 100.0), (TouchPhase::Move, 170.0, 116.0), (TouchPhase::End, 157.0, 132.0)]
    {
        host.touch(phase, 110.0, y, now);
    }
    for frame in 0..100 {
        host.frame(140.0 + 16.0 * f64::from(frame));
    }
    let rest = offset(&host, 2_000.0);
    assert!(rest > 720.0 && rest % ROW == 0.0, "{rest}");
    // Whoever scrolled away is let go; another wish is followed.
    host.post(r#"{"type":"setVariables","variables":{"target":"o3"}}"#, 2_100.0);
    for frame in 0..60 {
        host.frame(2_100.0 + 16.0 * f64::from(frame));
    }
    assert_eq!(offset(&host, 3_100.0), 3.0 * ROW + ROW / 2.0 - 100.0);
}

#[test]
fn what_is_scrolled_stays_when_data_comes() {
    let mut host = Host::with_friends(30);
    host.post(r#"{"type":"scrollTo","y":300,"animated":false}"#, 20.0);
    host.frame(20.0);
    let request = call(&host.post("\"refreshData\"", 30.0), "getFriendCloudStorage").unwrap();
    host.answer(request, &friends(31), 40.0);
    host.frame(50.0);
    assert!(host.context.stage.view_at(50.0).scroll.values().any(|offset| offset.y == 300.0));
    let request = call(&host.post("\"refreshData\"", 60.0), "getFriendCloudStorage").unwrap();
    host.answer(request, &friends(7), 70.0);
    host.frame(80.0);
    let offsets = host.context.stage.view_at(80.0).scroll;
    assert!(offsets.values().all(|offset| offset.y <= 7.0 * ROW + 40.0 - 200.0), "a shorter list ends sooner");
}

#[test]
fn setting_the_size_clears_even_if_it_is_the_same() {
    let mut host = Host::with_friends(3);
    host.canvas.pixels_mut().fill(9);
    assert_eq!(host.frame(30.0), None);
    host.tell(Input::CanvasSize { width: 120, height: 270 }, 40.0);
    assert_eq!(host.frame(40.0), Some(PixelRect::new(0, 0, 120, 270)));
    assert!(!host.canvas.pixels().chunks_exact(4).any(|pixel| pixel == [9, 9, 9, 9]));
    let refused = host.tell(Input::CanvasSize { width: 0, height: 70_000 }, 50.0);
    assert!(matches!(refused.as_slice(), [Effect::Diagnostic(_)]));
    assert_eq!(host.frame(60.0), None);
}

#[test]
fn nonsense_is_survived() {
    let mut host = Host::with_friends(5);
    let mut random = crate::random::random(5);
    for step in 0..3_000 {
        let number = |random: &mut dyn FnMut() -> u32| match random() % 7 {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => -1e30,
            3 => 0.0,
            _ => random() as f32 / 1e7,
        };
        let now = match random() % 9 {
            0 => f64::NAN,
            1 => -5.0,
            2 => f64::INFINITY,
            _ => f64::from(step) * 30.0,
        };
        let point = Point::new(number(&mut random), number(&mut random));
        let input = match random() % 6 {
            0 => Input::Touch(Touch { phase: TouchPhase::Start, finger: 0, point }),
            1 => Input::Touch(Touch { phase: TouchPhase::Move, finger: 0, point }),
            2 => Input::Touch(Touch { phase: TouchPhase::End, finger: 0, point }),
            3 => Input::Window { size: Size::new(point.x, point.y), device_pixel_ratio: number(&mut random) },
            4 => Input::Answer { request: RequestId(random().into()), success: random() & 1 == 0, json: "[".to_owned() },
            _ => Input::Message(Value::from(
                ["render", "hide", "beyond", "{\"type\":\"changeMatrix\",\"a\":0,\"d\":1e6}"][random() as usize % 4],
            )),
        };
        host.tell(input, now);
        host.log.clear();
        if random().is_multiple_of(4) {
            host.frame(now);
        }
    }
}
