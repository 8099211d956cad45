//! Fixed amounts of work, of which each run takes the same instructions.

use std::hint::black_box;

use friendboard::context::{Effect, Input, OpenDataContext, Options, RequestId};
use friendboard::json::Value;
use friendboard::picture::Format;
use friendboard::platform::Platform;
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;
use friendboard::{Limits, Renderer};

use super::friends;
use super::pictures::{Drawer, Drawing};

/// What can be counted.
pub const NAMES: [&str; 7] = ["board", "board-png", "card", "card-png", "scroll", "score", "start"];

/// How many friends play.
const FRIENDS: usize = 100;

/// How many frames are counted, after as many that are not.
const FRAMES: usize = 4;

/// Does what is counted.
pub fn run(name: &str) {
    match name {
        "board" => draw(Drawing::Board, None),
        "board-png" => draw(Drawing::Board, Some(Format::PNG)),
        "card" => draw(Drawing::Card, None),
        "card-png" => draw(Drawing::Card, Some(Format::PNG)),
        "scroll" => scroll(FRIENDS),
        "score" => score(FRIENDS),
        "start" => {
            let avatars = friends::avatars();
            counted(|| drop(black_box(Drawer::new(Drawing::Board, 1, &avatars, None).frame().encode(Format::PNG))));
        }
        // `score-10000`: among so many friends; `data-10000`: so many anew.
        other => match other.split_once('-').and_then(|(name, count)| Some((name, count.parse().ok()?))) {
            Some(("scroll", count)) => scroll(count),
            Some(("score", count)) => score(count),
            Some(("data", count)) => data(count),
            _ => panic!("one of {} was expected, found {other}", NAMES.join(", ")),
        },
    }
}

/// What is counted is what happens in here: `valgrind --tool=callgrind --toggle-collect='*counted::counted*'`.
#[inline(never)]
fn counted(run: impl FnOnce()) {
    run();
}

/// Frames of a list that scrolls.
fn scroll(friends: usize) {
    let mut game = Game::new(friends);
    (1..=FRAMES).for_each(|frame| game.scroll(frame as f64 * 12.0));
    counted(|| (FRAMES + 1..=FRAMES * 2).for_each(|frame| game.scroll(frame as f64 * 12.0)));
}

/// New scores of the player, each with its frame.
fn score(friends: usize) {
    let mut game = Game::new(friends);
    (1..=FRAMES).for_each(|frame| game.score(100_000 + frame));
    counted(|| (FRAMES + 1..=FRAMES * 2).for_each(|frame| game.score(100_000 + frame)));
}

/// An answer with other scores than before, with its frame.
fn data(count: usize) {
    let mut game = Game::new(count);
    let mut everybody = friends::friends(count);
    for friend in &mut everybody {
        friend.score += 7;
    }
    let answer = friends::json(&everybody);
    let request = game.ask();
    counted(|| game.answer(request, answer));
}

fn draw(drawing: Drawing, format: Option<Format>) {
    let mut drawer = Drawer::new(drawing, FRAMES, &friends::avatars(), None);
    let mut frames = || {
        for _ in 0..FRAMES {
            let frame = drawer.frame();
            match format {
                Some(format) => drop(black_box(frame.encode(format).unwrap())),
                None => drop(black_box(frame)),
            }
        }
    };
    frames();
    counted(frames);
}

/// A game that shows the built-in leaderboard, its friends and avatars there.
pub struct Game {
    context: OpenDataContext,
    canvas: SharedCanvas,
    now: f64,
}

impl Game {
    /// With so many friends.
    pub fn new(count: usize) -> Self {
        let limits = Limits { friends: count.max(1_000), data_bytes: 8 << 20, ..Limits::default() };
        let renderer = Renderer::new(Fonts::bundled(), limits.clone());
        let context = OpenDataContext::new(Options::new(Platform::WeChat, "light", "en").unwrap(), renderer);
        let mut game = Self { context, canvas: SharedCanvas::new(800, 800, &limits).unwrap(), now: 0.0 };
        game.context.handle(Input::CanvasSize { width: 800, height: 800 }, 0.0);
        game.say(r#"{"command": "render", "selfOpenid": "o0030WorkloadOfTheBenches"}"#);
        game.settle(&friends::json(&friends::friends(count)));
        (0..20).for_each(|_| game.frame());
        game
    }

    /// Answers what the context asks for until it asks for nothing more.
    fn settle(&mut self, answer: &str) {
        let avatars = friends::avatars();
        for _ in 0..50 {
            self.frame();
            while let Some(effect) = self.context.poll() {
                match effect {
                    Effect::Call { request, api, .. } => {
                        let is_friends = api.starts_with("getFriend");
                        let json = if is_friends { answer } else { r#"{"data":[],"KVDataList":[]}"# };
                        self.context.handle(Input::Answer { request, success: true, json: json.into() }, self.now);
                    }
                    Effect::CreateImage { src } => {
                        let index = (0..friends::AVATARS).find(|&index| friends::avatar_name(index) == *src).unwrap_or(0);
                        self.context.handle(Input::Image { src, picture: Ok(avatars[index].clone()) }, self.now);
                    }
                    _ => {}
                }
            }
        }
        assert_eq!(self.context.state(), "ready");
    }

    /// Asks for data anew; gives the request that waits for it.
    pub fn ask(&mut self) -> RequestId {
        self.say(r#"{"command": "refresh"}"#);
        let mut asked = None;
        while let Some(effect) = self.context.poll() {
            if let Effect::Call { request, api, .. } = effect
                && api.starts_with("getFriend")
            {
                asked = Some(request);
            }
        }
        asked.expect("a refresh asks for friends")
    }

    /// Brings the data, and draws.
    pub fn answer(&mut self, request: RequestId, json: String) {
        self.context.handle(Input::Answer { request, success: true, json }, self.now);
        self.frame();
    }

    fn say(&mut self, json: &str) {
        let message = Value::from_json(json, &Limits::default()).unwrap();
        self.context.handle(Input::Message(message), self.now);
    }

    /// The next frame.
    pub fn frame(&mut self) {
        self.now += 16.0;
        self.context.handle(Input::AnimationFrame, self.now);
        self.context.frame(&mut self.canvas, self.now);
        black_box(self.canvas.pixels());
    }

    /// Scrolls the list to an offset, and draws.
    pub fn scroll(&mut self, y: f64) {
        self.say(&format!(r#"{{"command": "scrollTo", "y": {y}, "animated": false}}"#));
        self.frame();
    }

    /// Takes a new score of the player, and draws.
    pub fn score(&mut self, score: usize) {
        self.say(&format!(r#"{{"command": "updateScore", "score": {score}}}"#));
        self.frame();
    }
}
