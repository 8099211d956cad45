//! The open data context: messages, friend data, avatars, scrolling and touches of a board that lives behind
//! `postMessage`. A state machine: it knows no file, socket, clock or browser; it is told what happens and asked what to
//! do, and time is an argument.
//!
//! ```text
//! messages, touches, answers, pictures, time ──handle──▶ OpenDataContext ──poll──▶ calls, pictures, frames, events
//!                                                              └─────frame──▶ SharedCanvas, damage
//! ```
//!
//! Inside there are two halves and a loader. The session knows whose board is shown, the data, its order and the calls
//! under way; the stage knows the canvas, the scene, the scrolls and the finger. The session gives the stage a board and
//! what its template can name, with a revision that tells whether it has changed; the stage gives the session taps.
//!
//! ```text
//! Session ──Showing, revision──▶ Stage ──draw list──▶ canvas
//!    ▲                             │ ▲
//!    └────────────Tap──────────────┘ └──pictures── PictureLoader
//! ```
//!
//! A host does three things: it passes what happens to [`OpenDataContext::handle`], does what
//! [`OpenDataContext::poll`] asks for until there is no more, and when the screen comes to the frame that was asked for, it
//! says so ([`Input::AnimationFrame`]) and calls [`OpenDataContext::frame`]. After a message it may call `frame` before it
//! polls, so that a board is on the screen at once.
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

mod exchange;
mod fields;
#[cfg(feature = "raster")]
mod frames;
mod input;
#[cfg(test)]
mod kept_tests;
mod log;
mod messages;
mod options;
mod outbox;
mod pictures;
mod placement;
mod session;
mod settings;
mod stage;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;
#[cfg(feature = "cli")]
mod words_about;

use std::sync::Arc;

#[cfg(feature = "raster")]
pub use frames::SharedFrame;
pub use input::{Effect, Event, Input, RequestId, Touch, TouchPhase};
pub use log::LogLine;
pub use messages::{Message, Profile, Received, Show, Turn};
pub use options::{Occasion, Options, ShareText};
pub use placement::{CanvasStyle, PlaceOverride, Placement, ScreenLength};
pub use settings::{Settings, ShareSettings, TemplateType, Words};
pub use vocabulary::{Match, Vocabulary};
pub use words::Meaning;
#[cfg(feature = "cli")]
pub(crate) use words_about::{ANY, Member};

use crate::display::{Damage, DrawList, View};
use crate::error::{Diagnostic, Place};
use crate::json::Value;
use crate::picture::{self, Picture, PictureState, shortened};
use crate::pipeline::{Board, Prepared, Renderer};
use crate::text::bitmap_font::BitmapFont;
use exchange::Tap;
use outbox::Outbox;
use pictures::{Arrived, PictureLoader};
use session::{GroupName, Reaction, Session};
use stage::Stage;

/// What messages said so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    /// No more than where the canvas stands.
    Place,
    More,
}

/// What bringing the draw list up to a time came to.
#[derive(Default)]
struct Renewed {
    damage: Damage,
    /// The canvas shows the list before, wherever they do not differ.
    #[cfg_attr(not(feature = "raster"), allow(dead_code, reason = "read where something is drawn"))]
    is_next: bool,
}

/// A board behind `postMessage`. See [the module](self) for how a host drives it.
pub struct OpenDataContext {
    options: Arc<Options>,
    renderer: Renderer,
    session: Session,
    stage: Stage,
    pictures: PictureLoader,
    outbox: Outbox,
    /// The latest time that it was told, ms.
    now: f64,
    /// The canvas shows an older frame than the list: the list would have cost too much.
    #[cfg(feature = "raster")]
    is_behind: bool,
    /// The pixels in which the canvas holds something else than the list: pieces of it were drawn there.
    #[cfg(feature = "raster")]
    overdrawn: crate::geometry::PixelRect,
    told: Told,
    /// A frame was asked for that the screen has not come to yet.
    frame_due: bool,
    /// The timer that the host was asked for, ms.
    timer: Option<f64>,
}

impl OpenDataContext {
    /// A context that shows nothing yet.
    #[must_use]
    pub fn new(options: Options, renderer: Renderer) -> Self {
        let options = Arc::new(options);
        Self {
            session: Session::new(Arc::clone(&options), renderer.limits().clone()),
            stage: Stage::new(&options),
            outbox: Outbox::new(renderer.limits().context_effects),
            options,
            renderer,
            pictures: PictureLoader::default(),
            now: 0.0,
            #[cfg(feature = "raster")]
            is_behind: false,
            #[cfg(feature = "raster")]
            overdrawn: crate::geometry::PixelRect::default(),
            told: Told::Nothing,
            frame_due: false,
            timer: None,
        }
    }

    /// Ends the context; what it drew with is kept for another one.
    #[must_use]
    pub fn into_renderer(self) -> Renderer {
        self.renderer
    }

    /// Takes what happened at a time (ms on any clock that does not go back).
    pub fn handle(&mut self, input: Input, now: f64) {
        self.advance(now);
        match input {
            Input::Message(message) => self.receive(&message),
            Input::Touch(touch) => {
                if let Some(tap) = self.stage.touch(touch, self.now) {
                    self.act(tap);
                }
            }
            Input::Answer { request, success, json } => {
                let budget = self.renderer.take_budget();
                self.session.answer(request, success, json, budget, self.now, &mut self.outbox);
            }
            Input::Image { src, picture } => self.picture_arrived(&src, picture),
            Input::BitmapFont { path, font } => self.font_arrived(&path, font),
            Input::CanvasSize { width, height } => self.resize((width, height)),
            Input::CanvasStyle(style) => self.place(|placement| placement.style = style),
            Input::Window { size, device_pixel_ratio } => self.place(|placement| {
                if size.width > 0.0 && size.height > 0.0 && size.width.is_finite() && size.height.is_finite() {
                    placement.window = size;
                }
                placement.device_pixel_ratio = device_pixel_ratio;
            }),
            Input::Timer => self.timer = None,
            Input::AnimationFrame => self.frame_due = false,
        }
        self.give_up_overdue();
    }

    /// What the host is to do next; `None`: nothing, until something happens.
    pub fn poll(&mut self) -> Option<Effect> {
        if let Some(effect) = self.outbox.take() {
            return Some(effect);
        }
        self.stage.report_scrolls(self.now, &mut self.outbox);
        let is_needed = self.stage.needs_frame(self.session.revision(), self.now);
        if is_needed && !self.frame_due {
            self.frame_due = true;
            self.outbox.ask(Effect::RequestAnimationFrame);
        }
        if !is_needed && !self.session.is_shown() && std::mem::take(&mut self.frame_due) {
            self.outbox.ask(Effect::CancelAnimationFrame);
        }
        match self.next_time() {
            Some(time) if self.timer.is_none_or(|asked| time < asked) => {
                self.timer = Some(time);
                self.outbox.ask(Effect::SetTimer { time });
            }
            None if self.timer.take().is_some() => self.outbox.ask(Effect::ClearTimer),
            _ => {}
        }
        self.outbox.take()
    }

    /// Brings the draw list up to a time and gives the pixels in which it differs from the last one; `None` where nothing
    /// does. [`OpenDataContext::frame`] does this by itself.
    pub fn update(&mut self, now: f64) -> Damage {
        self.renew(now).damage
    }

    fn renew(&mut self, now: f64) -> Renewed {
        self.advance(now);
        self.give_up_overdue();
        self.build_if_stale();
        self.stage.follow_scrolls(&mut self.renderer, self.pictures.known(), self.now, &mut self.outbox);
        let mut renewed = Renewed::default();
        if self.stage.is_list_stale(self.now) {
            let mut shown = self.pictures.take_shown();
            self.stage.find_wanted(self.pictures.known(), self.now, &mut shown);
            renewed.is_next = true;
            renewed.damage = self.stage.draw(&mut self.renderer, self.pictures.known(), self.now);
            self.pictures.in_sight(shown);
            self.load_pictures();
        }
        if self.stage.take_cleared() {
            renewed = Renewed { damage: Some(self.stage.area()), is_next: false };
        }
        renewed
    }

    /// The draw list of the last frame: for a host that draws it itself, after [`OpenDataContext::update`].
    #[must_use]
    pub fn list(&self) -> &DrawList {
        self.stage.list()
    }

    /// What the last frame shows: the scene with its boxes, how it is looked at, and all that its template could name.
    #[must_use]
    pub fn shown(&self) -> (&Prepared, &View, &Value) {
        self.stage.shown()
    }

    /// The board of the last frame; `None` where none was shown.
    #[must_use]
    pub fn board(&self) -> Option<&Board> {
        self.stage.board()
    }

    /// Where the canvas stands.
    #[must_use]
    pub fn placement(&self) -> &Placement {
        self.stage.placement()
    }

    /// The state that the host was told of last: `loading`, `ready`, `empty`, `denied`, `error`, or `hidden`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        self.session.reported_state()
    }

    /// The texts of the board that is shown, in document order, those that are scrolled out of sight with them.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        if self.is_shown() { self.stage.scene().texts() } else { Vec::new() }
    }

    /// True while a board is shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.session.is_shown()
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

    /// Does what a message says.
    fn receive(&mut self, message: &Value) {
        let read = self.options.vocabulary.read(message, self.renderer.limits());
        let Received { message, self_openid, profile, tab } = match read {
            Ok(received) => received,
            Err(diagnostic) => return self.outbox.say_once(&diagnostic),
        };
        if let Some(openid) = self_openid {
            self.session.set_self(openid);
        }
        if let Some(profile) = profile {
            self.session.set_profile(&profile);
        }
        if let Some(tab) = tab {
            self.session.set_tab(tab);
        }
        // The only message of some games says where the board stands: it is to be seen then.
        let is_first = self.told != Told::More;
        let is_place = matches!(message, Message::Viewport(_) | Message::Nothing);
        self.told = if is_first && is_place { Told::Place } else { Told::More };
        if is_first && matches!(message, Message::Viewport(_)) && !self.session.is_shown() {
            self.show(Occasion::Friends, None, Show::default());
        }
        match message {
            Message::ShowFriends(show) => self.show(Occasion::Friends, None, show),
            Message::ShowNextToBeat(show) => self.show(Occasion::NextToBeat, None, show),
            Message::ShowGroup { ticket, group, show } => {
                let group = self.session.group(ticket, group, &mut self.outbox);
                let occasion = if group.is_some() { Occasion::Group } else { Occasion::Friends };
                self.show(occasion, group, show);
            }
            Message::Hide => {
                if self.session.hide(&mut self.outbox) {
                    self.pictures.cancel();
                    self.stage.close();
                }
            }
            Message::Viewport(area) => self.place(|placement| placement.stated = Some(PlaceOverride::Box(area))),
            Message::Matrix(matrix, size) => {
                self.place(|placement| placement.stated = Some(PlaceOverride::Matrix(matrix)));
                self.resize_if_other(size);
            }
            Message::Resize(width, height) => self.resize((width, height)),
            Message::Score { score, key, store } => {
                self.session.set_own_score(score, key, store, self.now, &mut self.outbox);
            }
            Message::Page(turn) => {
                self.build_if_stale();
                self.stage.turn(turn, self.now, &mut self.outbox);
            }
            Message::Variables(values) => self.session.set_variables(&values),
            Message::Identity | Message::Nothing => {}
            Message::Refresh => {
                self.pictures.forgive(self.stage.scene());
                self.stage.invalidate_list();
                self.session.refresh(self.now, &mut self.outbox);
            }
            Message::Scroll { id, x, y, animated } => {
                self.build_if_stale();
                self.stage.scroll_to(id.as_deref(), (x, y), animated, self.now, &mut self.outbox);
            }
        }
    }

    fn show(&mut self, occasion: Occasion, group: Option<GroupName>, show: Show) {
        self.resize_if_other(show.size);
        if show.force {
            self.pictures.forgive(self.stage.scene());
        }
        let is_same = self.session.show(occasion, (group, show.key), show.force, self.now, &mut self.outbox);
        self.stage.open(is_same, show.scroll_y);
    }

    fn act(&mut self, tap: Tap) {
        match self.session.act(tap, self.now, &mut self.outbox) {
            Reaction::Nothing => {}
            Reaction::Retry => self.pictures.forgive(self.stage.scene()),
            Reaction::AnotherBoard => self.stage.change_board(),
        }
    }

    fn place(&mut self, change: impl FnOnce(&mut Placement)) {
        self.stage.place(change, &mut self.outbox);
    }

    fn resize(&mut self, size: (u32, u32)) {
        self.stage.resize(size, self.renderer.limits(), &mut self.outbox);
    }

    fn resize_if_other(&mut self, size: Option<(u32, u32)>) {
        if let Some(size) = size.filter(|size| *size != self.stage.placement().own) {
            self.resize(size);
        }
    }

    fn picture_arrived(&mut self, src: &str, picture: Result<Picture, String>) {
        match self.pictures.arrived(src, picture, self.now, &self.options) {
            Arrived::Stale => self.outbox.event(Event::Dropped { what: Arc::from(shortened(src)) }),
            Arrived::Ready => self.stage.picture_changed(src, true),
            Arrived::Again => {}
            Arrived::Failed => {
                self.stage.picture_changed(src, false);
                // Why it failed, or why it is not kept.
                if let PictureState::Failed(reason) = self.pictures.known().get(src) {
                    self.outbox.say(picture::missing("picture", src, format_args!("{reason:.300}")));
                }
            }
        }
    }

    fn font_arrived(&mut self, path: &Arc<str>, font: Result<Arc<BitmapFont>, String>) {
        if let Err(reason) = &font {
            let message = format!("bitmap font '{path}': {reason}");
            self.outbox.say(Diagnostic::warning("missing-font", message, Place::default()));
        }
        if self.pictures.font_arrived(path, font.ok()) {
            self.stage.invalidate_scene();
        }
    }

    /// Makes the scene anew where the session or the stage has changed.
    fn build_if_stale(&mut self) {
        let revision = self.session.revision();
        if !self.stage.is_scene_stale(revision) {
            return;
        }
        self.stage.forget_values();
        let budget = self.renderer.take_budget();
        let showing = self.session.showing(self.stage.placement().board_size(), budget, &mut self.outbox);
        self.stage.build(showing, revision, &mut self.renderer, self.pictures.known(), self.now, &mut self.outbox);
        self.pictures.look_ahead(self.stage.scene(), &self.options);
    }

    /// Gives up what did not come in time.
    fn give_up_overdue(&mut self) {
        self.session.give_up_overdue(self.now, &mut self.outbox);
        self.load_pictures();
    }

    /// Asks for the pictures that are needed next.
    fn load_pictures(&mut self) {
        if self.session.is_shown() && self.pictures.load_next(self.now, &self.options, &mut self.outbox) {
            self.stage.invalidate_list();
        }
    }

    /// When something is to be done though nothing happens.
    fn next_time(&self) -> Option<f64> {
        if !self.session.is_shown() {
            return None;
        }
        let times = [self.session.next_time(), self.pictures.next_time(self.now), self.stage.next_time(self.now)];
        times.into_iter().flatten().min_by(f64::total_cmp)
    }
}
