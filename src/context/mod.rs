//! The open data context: messages, friend data, avatars, scrolling and touches of a board that lives behind
//! `postMessage`. A state machine: it knows no file, socket, clock or browser; it is told what happens and asked what to
//! do, and time is an argument.
//!
//! ```text
//! messages, touches, answers, pictures, time ──handle──▶ OpenDataContext ──poll──▶ calls, pictures, frames, events
//!                                                              └─────frame──▶ SharedCanvas, damage
//! ```
//!
//! A host does three things: it passes what happens to [`OpenDataContext::handle`], does what
//! [`OpenDataContext::poll`] asks for until there is no more, and calls [`OpenDataContext::frame`] when a frame was asked
//! for. After a message it may call `frame` before it polls, so that a board is on the screen at once.
//!
//! ```
//! use friendboard::context::{Effect, Input, OpenDataContext, Options};
//! use friendboard::platform::Platform;
//! use friendboard::raster::SharedCanvas;
//! use friendboard::json::Value;
//! use friendboard::text::Fonts;
//! use friendboard::{Limits, pipeline::Renderer};
//!
//! let limits = Limits::default();
//! let renderer = Renderer::new(Fonts::bundled(), limits.clone());
//! let mut context = OpenDataContext::new(Options::new(Platform::WeChat, "light", "en")?, renderer);
//! let mut canvas = SharedCanvas::new(240, 320, &limits)?;
//! context.handle(Input::CanvasSize { width: 240, height: 320 }, 0.0);
//! context.handle(Input::Message(Value::from_json(r#"{"command": "render"}"#, &limits)?), 0.0);
//! assert!(context.frame(&mut canvas, 0.0).is_some());
//! let asked = std::iter::from_fn(|| context.poll()).any(|effect| {
//!     matches!(effect, Effect::Call { api: "getFriendCloudStorage", .. })
//! });
//! assert!(asked && canvas.pixels().iter().any(|&byte| byte > 0));
//! # Ok::<(), friendboard::Error>(())
//! ```

mod actions;
mod data;
mod draw;
mod fields;
mod fingers;
mod input;
mod messages;
mod motion;
mod options;
mod pictures;
mod placement;
mod scroll;
mod show;
#[cfg(test)]
mod tests;
mod touches;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

pub use input::{Effect, Event, Input, RequestId, Touch, TouchPhase};
pub use messages::{Meaning, Message, Received, Show, Turn, Vocabulary};
pub use options::{Occasion, Options, ShareText};
pub use placement::{CanvasStyle, Placement, ScreenLength, Word};

use crate::display::{Damage, DrawList, View};
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::friends::{FriendData, Ranking};
use crate::pipeline::{Board, Prepared, Renderer};
#[cfg(feature = "raster")]
use crate::raster::SharedCanvas;
use crate::scene::BoardState;
use data::{Data, Source};
use pictures::Pictures;
use scroll::Scrolls;
use touches::Finger;

/// Diagnostics of boards and data that are remembered, so that each is said once.
const SAID_MAX: usize = 500;

/// A board behind `postMessage`. See [the module](self) for how a host drives it.
#[allow(clippy::struct_excessive_bools, reason = "each says of one thing of its own whether it is to be made anew")]
pub struct OpenDataContext {
    options: Options,
    renderer: Renderer,
    placement: Placement,
    /// The latest time that it was told, ms.
    now: f64,
    effects: VecDeque<Effect>,
    said: Vec<Diagnostic>,

    /// What is shown; `None`: nothing.
    shown: Option<Shown>,
    boards: BTreeMap<show::BoardName, Board>,
    data: Data,
    next_request: u64,
    calls: BTreeMap<RequestId, Purpose>,
    /// Who self is, as messages said.
    self_openid: Option<Arc<str>>,
    marks: BTreeMap<Arc<str>, &'static str>,
    /// What the main domain's `tab` was.
    tab: Option<Arc<str>>,
    /// What was last said of the state.
    told: Option<(&'static str, Arc<str>)>,

    pictures: Pictures,
    prepared: Prepared,
    ranking: Ranking,
    friends: Arc<FriendData>,
    scrolls: Scrolls,
    /// Where the board is to be scrolled once it is there, px.
    scroll_wanted: Option<f32>,
    finger: Option<Finger>,

    list: DrawList,
    view: View,
    stale: Stale,
    frame_asked: bool,
    /// The timer that the host was asked for, ms.
    timer: Option<f64>,
}

/// What is to be made anew.
#[derive(Clone, Copy, Debug)]
struct Stale {
    /// The scene and its boxes.
    scene: bool,
    /// The draw list.
    list: bool,
    /// All of the canvas.
    canvas: bool,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    occasion: Occasion,
    source: Source,
    state: BoardState,
}

/// What a call was for.
#[derive(Clone, Debug, PartialEq)]
enum Purpose {
    /// A message to a friend.
    Share { openid: Arc<str> },
    /// The permission to see friends.
    Authorize,
    /// The player's own score.
    Store,
}

impl OpenDataContext {
    /// A context that shows nothing yet.
    #[must_use]
    pub fn new(options: Options, renderer: Renderer) -> Self {
        Self {
            options,
            renderer,
            placement: Placement::default(),
            now: 0.0,
            effects: VecDeque::new(),
            said: Vec::new(),
            shown: None,
            boards: BTreeMap::new(),
            data: Data::default(),
            next_request: 1,
            calls: BTreeMap::new(),
            self_openid: None,
            marks: BTreeMap::new(),
            tab: None,
            told: None,
            pictures: Pictures::default(),
            prepared: Prepared::default(),
            ranking: Ranking::default(),
            friends: Arc::default(),
            scrolls: Scrolls::default(),
            scroll_wanted: None,
            finger: None,
            list: DrawList::default(),
            view: View::default(),
            stale: Stale { scene: false, list: false, canvas: true },
            frame_asked: false,
            timer: None,
        }
    }

    /// Takes what happened at a time (ms on any clock that does not go back).
    pub fn handle(&mut self, input: Input, now: f64) {
        self.advance(now);
        match input {
            Input::Message(message) => self.message(&message),
            Input::Touch(touch) => self.touch(touch),
            Input::Answer { request, success, json } => self.answered(request, success, &json),
            Input::Image { src, picture } => self.picture_arrived(&src, picture),
            Input::BitmapFont { path, font } => {
                if let Err(reason) = &font {
                    self.say(Diagnostic::warning("missing-font", format!("bitmap font '{path}': {reason}"), Place::default()));
                }
                self.stale.scene |= self.pictures.font_arrived(&path, font.ok());
            }
            Input::CanvasSize { width, height } => self.resized(width, height),
            Input::CanvasStyle(style) => self.place(|placement| placement.style = style),
            Input::Window { size, device_pixel_ratio } => self.place(|placement| {
                if size.width > 0.0 && size.height > 0.0 && size.width.is_finite() && size.height.is_finite() {
                    placement.window = size;
                }
                placement.device_pixel_ratio = device_pixel_ratio;
            }),
            Input::Timer => self.timer = None,
        }
        self.late();
    }

    /// What the host is to do next; `None`: nothing, until something happens.
    pub fn poll(&mut self) -> Option<Effect> {
        if let Some(effect) = self.effects.pop_front() {
            return Some(effect);
        }
        for change in self.scrolls.changes(self.now) {
            self.effects.push_back(Effect::Event(Event::Scroll {
                id: change.id,
                begins: change.begins,
                offset: change.offset,
            }));
        }
        if !self.frame_asked && self.needs_frame() {
            self.frame_asked = true;
            self.effects.push_back(Effect::RequestAnimationFrame);
        }
        if let Some(time) = self.next_time()
            && self.timer.is_none_or(|asked| time < asked)
        {
            self.timer = Some(time);
            self.effects.push_back(Effect::SetTimer { time });
        }
        self.effects.pop_front()
    }

    /// Draws what has changed and gives the pixels that it touched; `None`: the canvas is as it was.
    ///
    /// A canvas of another size than the context was told is given that size, which clears it.
    #[cfg(feature = "raster")]
    pub fn frame(&mut self, canvas: &mut SharedCanvas, now: f64) -> Damage {
        let mut damage = self.update(now);
        let (width, height) = self.placement.own;
        if (canvas.width(), canvas.height()) != (width, height) {
            if let Err(error) = canvas.resize(width, height, self.renderer.limits()) {
                self.say(Diagnostic::from_error("canvas-size", &error));
                return None;
            }
            damage = Some(self.whole());
        }
        if let Some(area) = damage {
            self.renderer.rasterize(&self.list, canvas, Some(area));
        }
        damage
    }

    /// The draw list of the last frame: for a host that draws it itself, after [`OpenDataContext::update`].
    #[must_use]
    pub fn list(&self) -> &DrawList {
        &self.list
    }

    /// Where the canvas stands.
    #[must_use]
    pub fn placement(&self) -> &Placement {
        &self.placement
    }

    /// True while a board is shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Bytes that the picture cache holds.
    #[must_use]
    pub fn picture_bytes(&self) -> usize {
        self.pictures.bytes()
    }

    fn advance(&mut self, now: f64) {
        if now.is_finite() && now > self.now {
            self.now = now;
        }
    }

    /// Gives up what did not come in time.
    fn late(&mut self) {
        let timeout = self.options.data_timeout;
        if self.data.deadline(timeout).is_some_and(|deadline| deadline <= self.now) {
            self.data_is_late();
        }
        if self.shown.is_some() {
            self.pump();
        }
    }

    /// Asks for the pictures that are needed next.
    fn pump(&mut self) {
        let effects = &mut self.effects;
        self.stale.list |= self.pictures.pump(self.now, &self.options, &mut |effect| effects.push_back(effect));
    }

    /// When something is to be done though nothing happens.
    fn next_time(&self) -> Option<f64> {
        self.shown.as_ref()?;
        let times = [
            self.data.deadline(self.options.data_timeout),
            self.pictures.next_time(self.now),
            self.scrolls.next_time(self.now),
        ];
        times.into_iter().flatten().min_by(f64::total_cmp)
    }

    /// A new number for a call.
    fn request_id(&mut self) -> RequestId {
        let request = RequestId(self.next_request);
        self.next_request += 1;
        request
    }

    /// Asks the platform for something beside data.
    fn call(&mut self, api: &'static str, arguments: crate::json::Value, purpose: Purpose) {
        let request = self.request_id();
        self.calls.insert(request, purpose);
        while self.calls.len() > self.renderer.limits().context_calls {
            self.calls.pop_first();
        }
        self.effects.push_back(Effect::Call { request, api, arguments });
    }

    fn event(&mut self, event: Event) {
        if self.effects.len() < self.renderer.limits().context_effects {
            self.effects.push_back(Effect::Event(event));
        }
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        if self.effects.len() < self.renderer.limits().context_effects {
            self.effects.push_back(Effect::Diagnostic(diagnostic));
        }
    }

    /// Says what was not said before: what is wrong with a board is wrong in every frame.
    fn say_once(&mut self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.as_slice() {
            if self.said.len() < SAID_MAX && !self.said.contains(diagnostic) {
                self.said.push(diagnostic.clone());
                self.say(diagnostic.clone());
            }
        }
    }
}
