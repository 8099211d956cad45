//! Random runs of the open data context: messages, touches, data, pictures and time as they may come.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use friendboard::Limits;
use friendboard::context::{
    CanvasStyle, Effect, Input, Occasion, OpenDataContext, Options, RequestId, ScreenLength, SharedFrame, Touch, TouchPhase,
};
use friendboard::display::Damage;
use friendboard::geometry::{Point, Size};
use friendboard::json::Value;
use friendboard::picture::Picture;
use friendboard::pipeline::{Board, Renderer};
use friendboard::platform::Platform;
use friendboard::raster::SharedCanvas;
use friendboard::text::Fonts;

/// Numbers that are the same at every run.
pub struct Random(u32);

impl Random {
    pub fn new(seed: u32) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9) | 1)
    }

    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    pub fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }
}

/// Everything that can be painted, in a list that scrolls and in boxes that are turned, clipped, faded and stacked.
const TEMPLATE: &str = r#"
<view class="root">
  <view class="glow"/>
  <view class="head"><text class="title" value="{{ state }} {{ count }}"/></view>
  <scrollview class="list" id="list" scrollY="true">
    <view for="friend in friends" key="{{ friend.openid }}" class="row {{ 'odd' if loop.index % 2 }} {{ 'turned' if loop.index % 5 == 3 }}" action="friend" data-openid="{{ friend.openid }}">
      <image class="avatar" src="{{ friend.avatarUrl }}" alt="{{ friend.nickname }}" seed="{{ friend.openid }}"/>
      <text class="name" value="{{ friend.nickname }}"/>
      <button if="not friend.sent" class="go" action="invite" data-openid="{{ friend.openid }}" value="{{ friend.score }}"/>
    </view>
    <scrollview class="strip" id="strip" scrollX="true"><view for="bone in skeleton" key="b{{ bone }}" class="bone"/></scrollview>
  </scrollview>
  <view class="veil"><text class="soft" value="{{ self.score }} 🏆"/></view>
  <view class="badge" action="retry"/>
</view>"#;

const STYLE: &str = r##"{
  "root": { "backgroundColor": "#eef", "padding": 6, "borderRadius": 18, "overflow": "hidden" },
  "glow": { "position": "absolute", "left": 20, "top": 30, "width": 90, "height": 60, "borderRadius": 20, "boxShadow": "0 6px 18px rgba(90,0,160,.5), inset 0 0 9px #0a0", "backgroundImage": "radial-gradient(#fff, #fc8)" },
  "head": { "height": 34, "justifyContent": "center" },
  "title": { "fontSize": 20, "fontWeight": "bold", "textShadow": "1px 2px 4px rgba(200,0,0,.8)", "textStrokeWidth": 1, "textStrokeColor": "#fff" },
  "list": { "flex": 1, "borderWidth": 2, "borderColor": "#446", "borderRadius": 12 },
  "row": { "flexDirection": "row", "height": 38, "alignItems": "center", "marginBottom": 4, "borderBottomWidth": 1, "borderColor": "#99b", ":active": { "backgroundColor": "#fd8", "opacity": 0.7 } },
  "odd": { "backgroundImage": "linear-gradient(to right, #cdf, rgba(255,255,255,.2))", "opacity": 0.85 },
  "turned": { "transform": "rotate(-4deg) scale(.95)", "backgroundColor": "#fff" },
  "avatar": { "width": 28, "height": 28, "borderRadius": 14, "objectFit": "cover", "marginRight": 6 },
  "name": { "flex": 1, "whiteSpace": "nowrap", "textOverflow": "ellipsis", "fontSize": 14 },
  "go": { "width": 56, "height": 24, "borderRadius": 12, "backgroundColor": "#45e", "color": "#fff", "textAlign": "center", "verticalAlign": "middle", "fontSize": 11 },
  "strip": { "height": 26, "flexDirection": "row", "backgroundColor": "rgba(0,0,0,.1)" },
  "bone": { "width": 40, "height": 18, "margin": 4, "flexShrink": 0, "borderRadius": 5, "backgroundColor": "#b7c" },
  "veil": { "filter": "blur(0.8px)", "position": "absolute", "left": 10, "right": 30, "bottom": 8, "height": 26, "opacity": 0.6, "backgroundColor": "#222", "borderRadius": 13, "overflow": "hidden", "zIndex": 2 },
  "soft": { "color": "#ff0", "fontSize": 16, "textShadow": "0 0 6px #0ff" },
  "badge": { "position": "absolute", "right": 6, "top": 4, "width": 24, "height": 24, "borderWidth": 3, "borderTopColor": "#c00", "borderColor": "#0c0", "borderRadius": 6, "transform": "rotate(20deg)", ":active": { "transform": "scale(1.4)", "boxShadow": "0 0 8px #00f" } }
}"##;

/// What stands between a context and a phone.
pub struct Host {
    pub context: OpenDataContext,
    pub canvas: SharedCanvas,
    pub now: f64,
    pub frames_asked: u64,
    calls: VecDeque<(RequestId, &'static str)>,
    images: VecDeque<Arc<str>>,
    timer: Option<f64>,
    frame_due: bool,
    finger: Option<Point>,
    window: Size,
    /// Pictures whose pixels the host keeps, by the identity of what the context has of them; `None` where it gives them.
    kept: Option<HashMap<usize, Picture>>,
}

const BUILT_IN: &[&str] = &["leaderboard", "friend-list", "neighbours", "surpass", "podium", "group"];

impl Host {
    pub fn new(random: &mut Random) -> Self {
        let limits = Limits::default();
        let theme = *random.pick(&["light", "dark"]);
        let platform = *random.pick(&[Platform::TikTok, Platform::WeChat, Platform::Douyin]);
        let mut options = Options::new(platform, theme, random.pick::<&str>(&["en", "zh-CN"])).unwrap();
        let board = match random.below(3) {
            0 => Board::built_in(random.pick::<&str>(BUILT_IN)).unwrap(),
            _ => {
                let board = Board::compile(("own.xml", TEMPLATE), &[("own.json", STYLE)], &limits).unwrap();
                assert!(board.diagnostics().is_empty(), "{:?}", board.diagnostics().as_slice());
                board
            }
        };
        options.boards.insert(Occasion::Friends, board);
        options.rank.self_openid = Some(Arc::from("o3"));
        let mut host = Self {
            context: OpenDataContext::new(options, Renderer::new(Fonts::bundled(), limits.clone())),
            canvas: SharedCanvas::new(96, 120, &limits).unwrap(),
            now: 0.0,
            frames_asked: 0,
            calls: VecDeque::new(),
            images: VecDeque::new(),
            timer: None,
            frame_due: false,
            finger: None,
            window: Size::new(360.0, 640.0),
            kept: None,
        };
        let window = Input::Window { size: host.window, device_pixel_ratio: 2.0 };
        host.tell(window);
        host.resize(random);
        host.message(r#"{"command": "render"}"#);
        host
    }

    fn tell(&mut self, input: Input) {
        self.context.handle(input, self.now);
        self.settle();
    }

    fn message(&mut self, json: &str) {
        let message = Value::from_json(json, &Limits::default()).unwrap();
        self.tell(Input::Message(message));
    }

    fn settle(&mut self) {
        while let Some(effect) = self.context.poll() {
            match effect {
                Effect::Call { request, api, .. } => self.calls.push_back((request, api)),
                Effect::CreateImage { src } => self.images.push_back(src),
                Effect::RequestAnimationFrame => {
                    self.frames_asked += 1;
                    self.frame_due = true;
                }
                Effect::CancelAnimationFrame => self.frame_due = false,
                Effect::SetTimer { time } => self.timer = Some(time),
                Effect::ClearTimer => self.timer = None,
                Effect::LoadBitmapFont { .. } | Effect::Event(_) | Effect::Diagnostic(_) => {}
            }
        }
        // Answers that never come: a host forgets what it can't do.
        while self.calls.len() > 16 {
            self.calls.pop_front();
        }
        while self.images.len() > 32 {
            self.images.pop_front();
        }
    }

    /// Draws, as the screen would.
    pub fn frame(&mut self) -> Damage {
        if std::mem::take(&mut self.frame_due) {
            self.context.handle(Input::AnimationFrame, self.now);
        }
        let damage = self.context.frame(&mut self.canvas, self.now);
        self.settle();
        damage
    }

    /// From now on it gives no picture's pixels, and draws pictures itself.
    pub fn keep_pictures(&mut self) {
        self.kept = Some(HashMap::new());
    }

    /// The picture that it keeps.
    pub fn kept(&self, picture: &Picture) -> Picture {
        self.kept.as_ref().unwrap()[&picture.identity()].clone()
    }

    /// As [`Host::frame`], where the host draws its pictures itself.
    pub fn frame_with_host(&mut self) -> Option<SharedFrame> {
        if std::mem::take(&mut self.frame_due) {
            self.context.handle(Input::AnimationFrame, self.now);
        }
        let frame = self.context.frame_with_host(&mut self.canvas, self.now);
        self.settle();
        frame
    }

    /// What the context gets for a picture.
    fn given(&mut self, picture: Picture) -> Picture {
        let Some(kept) = &mut self.kept else { return picture };
        let given = Picture::of_host(picture.width(), picture.height());
        kept.insert(given.identity(), picture);
        given
    }

    /// True where a frame was asked for.
    pub fn is_frame_due(&self) -> bool {
        self.frame_due
    }

    /// Lets time go by, with the timers that fall into it.
    pub fn wait(&mut self, ms: f64) {
        let end = self.now + ms;
        let mut fired = 0;
        while let Some(time) = self.timer.filter(|time| *time <= end) {
            fired += 1;
            assert!(fired < 1_000, "timers without end, at {time} ms");
            self.now = self.now.max(time);
            self.timer = None;
            self.tell(Input::Timer);
        }
        self.now = end;
    }

    fn resize(&mut self, random: &mut Random) {
        let (width, height) = (60 + random.below(60), 70 + random.below(70));
        self.tell(Input::CanvasSize { width, height });
        // From half a canvas px a px of the board to two.
        let on_screen = width as f32 * *random.pick(&[0.5, 1.0, 1.5, 2.0, 2.37]);
        let style = CanvasStyle { width: Some(ScreenLength::Px(on_screen)), ..CanvasStyle::default() };
        self.tell(Input::CanvasStyle(style));
    }

    fn touch(&mut self, phase: TouchPhase, point: Point) {
        self.tell(Input::Touch(Touch { phase, finger: 0, point }));
    }

    /// Lifts the finger, if one is down.
    pub fn lift_finger(&mut self) {
        if let Some(point) = self.finger.take() {
            self.touch(TouchPhase::End, point);
        }
    }

    /// Shows a board of hundreds of friends, each with a score that nobody had before.
    pub fn crowd(&mut self, random: &mut Random) {
        self.message(r#"{"command": "render", "force": true}"#);
        let Some((request, _)) = self.calls.pop_back() else { return };
        let rows = (0..300).map(|index| {
            let score = random.next();
            format!(r#"{{"openid":"o{index}","nickname":"{score:x}","avatarUrl":"","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#)
        });
        let json = format!(r#"{{"data":[{}]}}"#, rows.collect::<Vec<_>>().join(","));
        self.tell(Input::Answer { request, success: true, json });
        self.frame();
    }

    /// Friends with names, scores and avatars.
    fn friends(random: &mut Random) -> String {
        let names = ["小明👑", "Zoë", "さくら🎮", "Bob 👨‍👩‍👧‍👦", "محمد", "김민수", "Q"];
        let rows = (0..random.below(12)).map(|index| {
            let (name, score, avatar) = (random.pick(&names), random.below(100_000), random.below(20));
            format!(r#"{{"openid":"o{index}","nickname":"{name}","avatarUrl":"a{avatar}.png","KVDataList":[{{"key":"score","value":"{score}"}}]}}"#)
        });
        format!(r#"{{"data":[{}]}}"#, rows.collect::<Vec<_>>().join(","))
    }

    fn picture(random: &mut Random) -> Picture {
        let side = 2 + random.below(20);
        let color = [random.next() as u8, random.next() as u8, random.next() as u8, 255];
        let pixels: Vec<u8> = (0..side * side).flat_map(|index| if index % 3 == 0 { [0, 0, 0, 255] } else { color }).collect();
        Picture::from_premultiplied(side, side, pixels).unwrap()
    }

    /// Something happens; gives its name.
    pub fn happen(&mut self, random: &mut Random) -> &'static str {
        self.wait(f64::from(random.below(40)) * f64::from(1 + random.below(4)));
        let anywhere = |random: &mut Random| Point::new(random.below(240) as f32, random.below(280) as f32);
        match random.below(20) {
            0..=3 => {
                let Some((request, api)) = self.calls.pop_front() else { return "nothing" };
                let (success, json) = match random.below(8) {
                    0 => (false, r#"{"errMsg":"x:fail timeout","errCode":-1}"#.to_owned()),
                    1 => (false, r#"{"errMsg":"x:fail auth deny","errCode":-12006}"#.to_owned()),
                    _ if api.starts_with("get") => (true, Self::friends(random)),
                    _ => (true, r#"{"errMsg":"x:ok"}"#.to_owned()),
                };
                self.tell(Input::Answer { request, success, json });
                "an answer"
            }
            4..=7 => {
                let Some(src) = self.images.pop_front() else { return "nothing" };
                let is_there = random.below(5) > 0;
                let picture = if is_there { Ok(Self::picture(random)) } else { Err("404".to_owned()) };
                let picture = picture.map(|picture| self.given(picture));
                self.tell(Input::Image { src, picture });
                "a picture"
            }
            8..=13 => match self.finger {
                None => {
                    let point = anywhere(random);
                    self.finger = Some(point);
                    self.touch(TouchPhase::Start, point);
                    "touchstart"
                }
                Some(point) if random.below(3) > 0 => {
                    let by = |random: &mut Random| random.below(61) as f32 - 30.0;
                    let point = Point::new(point.x + by(random) / 4.0, point.y + by(random));
                    self.finger = Some(point);
                    self.touch(TouchPhase::Move, point);
                    "touchmove"
                }
                Some(point) => {
                    self.finger = None;
                    self.touch(*random.pick(&[TouchPhase::End, TouchPhase::End, TouchPhase::Cancel]), point);
                    "touchend"
                }
            },
            14 => {
                self.resize(random);
                "another size"
            }
            15 => {
                let score = random.below(200_000);
                self.message(&format!(r#"{{"type":"update","score":{score}}}"#));
                "a score"
            }
            16 => {
                let message = *random.pick(&[
                    r#"{"command":"hide"}"#,
                    r#"{"type":"beyond"}"#,
                    r#"{"type":"showGroupRank","shareTicket":"t"}"#,
                    r#"{"type":"paging","delta":1}"#,
                    r#"{"type":"scrollTo","y":70}"#,
                    r#"{"type":"scrollTo","id":"strip","x":50}"#,
                    r#"{"type":"getOpenId","value":"o5"}"#,
                    r#"{"type":"refreshData"}"#,
                    r#"{"command":"render","tab":"x"}"#,
                ]);
                self.message(message);
                "a message"
            }
            17 => {
                self.message(r#"{"command":"render"}"#);
                "render"
            }
            _ => "time",
        }
    }
}
