//! What is taken along from one frame to the next is what would have been made anew: the same inputs in any order, with and
//! without it, give the same scene, boxes, list and pixels.

use std::sync::Arc;

use super::*;
use crate::geometry::Size;
use crate::limits::Limits;
use crate::pipeline::Board;
use crate::platform::Platform;
use crate::raster::SharedCanvas;
use crate::text::Fonts;

/// Rows that depend on all that rows can depend on; what the last two stand for differs by the number of the board.
const TEMPLATE: &str = r#"<view class="root">
  <text class="line" value="{{ state }} {{ self.score }} {{ mood | default('') }}"/>
  <scrollview id="list" class="list {{ mood | default('') }}" scrollY="true">
    <view for="friend in friends" key="{{ friend.openid }}" class="row {{ 'own' if friend.isSelf }}" data-openid="{{ friend.openid }}" action="invite">
      <text class="line" value="{{ friend.rank | default('–') }} {{ friend.nickname }} {{ mood | default('') }}"/>
      <image src="{{ friend.avatarUrl }}" alt="{{ friend.nickname }}" seed="{{ friend.openid }}"/>
      <text if="friend.sent or friend.sending" class="line" value="✓"/>
      <view else="" class="line"><text for="part in [1, friend.share]" value="{{ part }}%"/></view>
      <text class="line" value="{{ friend.score | default('') }} HERE"/>
    </view>
    <text value="{{ friends | length }}"/>
  </scrollview>
</view>"#;

const STYLE: &str = r##"{
  "root": { "backgroundColor": "#fff", "color": "{{ shade | default('#123456') }}" }, "line": { "height": 14, "fontSize": 11, "marginRight": 3 },
  "list": { "flex": 1 }, "wide": { "fontWeight": "bold", "alignItems": "center" }, "row": { "flexDirection": "row", "minHeight": 20 },
  "own": { "backgroundColor": "#fea", "borderWidth": 1, "borderColor": "{{ shade | default('red') }}" }
}"##;

/// What is read where the template says `HERE`: nothing, the loop, another global, the player, all friends, nothing that there is.
const READS: [&str; 6] = [
    "",
    "{{ loop.index }}/{{ loop.length }}",
    "{{ target | default(0) }}",
    "{{ self.score }}",
    "{{ friends | length }}",
    "{{ nobody }}",
];

/// Numbers that look random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

struct Host {
    context: OpenDataContext,
    canvas: SharedCanvas,
    keeps: bool,
    asked: Vec<RequestId>,
}

impl Host {
    fn new(board: &Board, keeps: bool, order: crate::friends::Order, locale: &str) -> Self {
        let limits = Limits::default();
        let mut options = Options::new(Platform::WeChat, if locale == "ar" { "dark" } else { "light" }, locale).unwrap();
        options.boards.insert(Occasion::Friends, board.clone());
        options.rank.self_openid = Some(Arc::from("o3"));
        options.rank.order = order;
        let context = OpenDataContext::new(options, Renderer::new(Fonts::bundled(), limits.clone()));
        Self { context, canvas: SharedCanvas::new(10, 10, &limits).unwrap(), keeps, asked: Vec::new() }
    }

    fn tell(&mut self, input: Input, now: f64) {
        self.context.handle(input, now);
        while let Some(effect) = self.context.poll() {
            if let Effect::Call { request, api, .. } = effect
                && api.starts_with("getFriend")
            {
                self.asked.push(request);
            }
        }
    }

    fn frame(&mut self, now: f64) {
        if !self.keeps {
            self.context.stage.keep_nothing();
        }
        self.context.handle(Input::AnimationFrame, now);
        self.context.frame(&mut self.canvas, now);
    }
}

fn answer(count: usize, dice: &mut Dice) -> String {
    let mut row = |index: usize| {
        let (name, score, face) = (dice.roll(40), dice.roll(500), dice.roll(6));
        let score = if dice.roll(9) == 0 { format!("{score}.50") } else { score.to_string() };
        format!(
            r#"{{"openid":"o{index}","nickname":"小N{name}","avatarUrl":"a{face}","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#
        )
    };
    format!(r#"{{"data":[{}]}}"#, (0..count).map(&mut row).collect::<Vec<_>>().join(","))
}

/// One of the things that can happen.
fn happening(dice: &mut Dice, count: usize) -> Vec<(String, Option<Input>)> {
    let message = |json: String| vec![(json, None)];
    match dice.roll(12) {
        0..=3 => message(format!(r#"{{"command":"updateScore","score":{}}}"#, dice.roll(700))),
        4 | 5 => message(format!(r#"{{"command":"scrollTo","y":{},"animated":false}}"#, dice.roll(900))),
        6 => {
            let side = 1 + dice.roll(9) as u32;
            let picture = Picture::from_premultiplied(side, 2, vec![90; side as usize * 8]);
            let src = Arc::from(format!("a{}", dice.roll(6)));
            vec![(String::new(), Some(Input::Image { src, picture: picture.ok_or_else(String::new) }))]
        }
        7 => {
            let (name, value) =
                [("mood", "wide"), ("mood", ""), ("shade", "#00f"), ("shade", "#080"), ("target", "7")][dice.roll(5)];
            message(format!(r#"{{"command":"setVariables","data":{{"{name}":"{value}"}}}}"#))
        }
        8 => vec![(String::new(), Some(Input::CanvasSize { width: 150 + 10 * dice.roll(3) as u32, height: 200 }))],
        9 => {
            let (x, y) = (20.0 + dice.roll(100) as f32, 40.0 + dice.roll(140) as f32);
            let touch = |phase| Touch { phase, finger: 0, point: crate::geometry::Point::new(x, y) };
            [TouchPhase::Start, TouchPhase::End].map(|phase| (String::new(), Some(Input::Touch(touch(phase))))).into()
        }
        10 => message(format!(r#"{{"command":"render","selfOpenid":"o{}"}}"#, dice.roll(count))),
        _ => message(r#"{"command":"refresh"}"#.to_owned()),
    }
}

/// Gives how many rows were taken along.
fn check(board: &Board, count: usize, (order, locale): (crate::friends::Order, &str), seed: u64, steps: usize) -> usize {
    let mut dice = Dice(seed);
    let mut hosts = [true, false].map(|keeps| Host::new(board, keeps, order, locale));
    let mut now = 0.0;
    for host in &mut hosts {
        host.tell(Input::Window { size: Size::new(150.0, 200.0), device_pixel_ratio: 1.0 }, now);
        host.tell(Input::CanvasSize { width: 150, height: 200 }, now);
        host.tell(Input::Message(Value::from_json(r#"{"command":"render"}"#, &Limits::default()).unwrap()), now);
    }
    let mut taken = 0;
    for step in 0..steps {
        now += 16.0;
        let happens = happening(&mut dice, count);
        let json = answer(count, &mut dice);
        for host in &mut hosts {
            for request in std::mem::take(&mut host.asked) {
                host.tell(Input::Answer { request, success: true, json: json.clone() }, now);
            }
            for (message, input) in &happens {
                let input = input.clone();
                let read = || Input::Message(Value::from_json(message, &Limits::default()).unwrap());
                host.tell(input.unwrap_or_else(read), now);
            }
            host.frame(now);
        }
        let [kept, anew] = &hosts;
        let told = format!("seed {seed}, step {step}, {count} friends, {happens:?}");
        let (kept_shown, anew_shown) = (kept.context.shown().0, anew.context.shown().0);
        assert!(kept_shown.scene == anew_shown.scene, "the scene differs: {told}");
        assert!(kept_shown.layout == anew_shown.layout, "the boxes differ: {told}");
        assert!(kept.context.list() == anew.context.list(), "the list differs: {told}");
        assert!(kept.canvas.pixels() == anew.canvas.pixels(), "the pixels differ: {told}");
        taken += kept_shown.scene.kept.taken().count();
    }
    taken
}

#[test]
fn what_is_taken_along_is_what_would_be_made_anew() {
    use crate::friends::Order;
    for (number, read) in READS.into_iter().enumerate() {
        let xml = TEMPLATE.replace("HERE", read);
        let board = Board::compile(("own.xml", &xml), &[("own.json", STYLE)], &Limits::default()).unwrap();
        let (count, order) = ([60, 9][number % 2], [Order::Desc, Order::Asc, Order::None][number % 3]);
        // What holds everybody in their order is not remembered, and what is said of a board is said again.
        let keeps = number < 3;
        let taken = check(&board, count, (order, "en"), 7 + number as u64, if keeps { 40 } else { 9 });
        assert_eq!(taken > 0, keeps, "{read}: {taken} rows were taken along");
    }
}

#[test]
fn what_is_taken_along_on_built_in_boards_is_what_would_be_made_anew() {
    use crate::friends::Order;
    let boards = [("leaderboard", 60, "en"), ("friend-list", 9, "zh-CN"), ("weekly", 12, "ar"), ("podium", 55, "en")];
    for (number, (name, count, locale)) in boards.into_iter().enumerate() {
        let taken = check(&Board::built_in(name).unwrap(), count, (Order::Desc, locale), 90 + number as u64, 16);
        assert!(taken > 0, "{name}: nothing was taken along");
    }
}
