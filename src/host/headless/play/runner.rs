//! A run of a script: the virtual clock, and what is due on it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::super::Fetcher;
use super::animation::Animation;
use super::log::Log;
use super::options::context_options;
use super::outcome::{Album, Run, Shown, Snapshot, next_frame, snapshot_steps, writing_steps};
use super::pictures::ScriptPictures;
#[cfg(not(feature = "script"))]
use super::script::ScriptPart;
use super::script::{Action, BoardPart, CanvasPart, Expected, ImageFault, Script, Step};
use super::service::Service;
use crate::budget::{Budget, Stage};
use crate::context::{CanvasStyle, Effect, Input, OpenDataContext, RequestId, Touch, TouchPhase};
use crate::error::{Diagnostic, Diagnostics, Result};
use crate::geometry::Point;
use crate::json::Value;
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::pipeline::Renderer;
use crate::platform::{Call, Domain};
use crate::raster::SharedCanvas;
use crate::reading::Reading;
use crate::text::bitmap_font::BitmapFont;

/// Runs a script, and keeps its snapshots.
///
/// # Errors
/// As [`run_into`].
pub fn run(script: &Script, animate: bool, network: Option<Fetcher>, limits: &Limits) -> Result<Run> {
    let (mut snapshots, mut all_shown) = (Vec::new(), Vec::new());
    let run = run_into(script, animate, network, limits, &mut |Snapshot { name, png, shown }| {
        snapshots.push((name.to_owned(), png));
        all_shown.extend(shown());
        Ok(())
    })?;
    Ok(Run { snapshots, shown: all_shown, ..run })
}

/// Runs a script, and hands out each snapshot as it is taken.
///
/// # Errors
/// Where a board, a theme or a file of the script is not as it should be, a canvas is over the limits, or the session costs
/// more than [`Limits::session_work`]; what the album says.
/// What goes wrong in the run itself is in its log.
pub fn run_into(script: &Script, animate: bool, network: Option<Fetcher>, limits: &Limits, album: Album<'_>) -> Result<Run> {
    if let BoardPart::Script(part) = &script.board {
        return scripted(script, part, animate, network, limits, album);
    }
    let spent = Budget::of_session(limits);
    let animation = animate.then(|| Animation::new(limits, &spent));
    let renderer = script.renderer(limits)?;
    let mut runner = Runner::begin(script, animation, network, renderer, spent)?;
    for (index, step) in script.steps.iter().enumerate() {
        runner.schedule(step.at, Due::Step(index));
    }
    runner.until(script.end, &script.steps, album)?;
    let animation = runner.animation.take().map(|animation| animation.encode(script.end));
    Ok(Run {
        snapshots: Vec::new(),
        shown: Vec::new(),
        events: runner.log.text,
        said: runner.log.said,
        animation,
        misunderstood: runner.misunderstood,
        failed: runner.failed,
        frames: runner.frames,
        end: script.end,
        faults: Vec::new(),
        console: (0, 0),
    })
}

#[cfg(feature = "script")]
use super::scripted::run as scripted;

/// Scripts of games need the engine.
#[cfg(not(feature = "script"))]
fn scripted(_: &Script, _: &ScriptPart, _: bool, _: Option<Fetcher>, _: &Limits, _: Album<'_>) -> Result<Run> {
    let error = crate::error::Error::new(crate::error::ErrorKind::Usage, "this build runs no scripts of games");
    Err(error.hint("use the native program, or build it with the feature `script`"))
}

/// Steps of a budget for all that is done of an input beside what it draws.
const STEPS_PER_INPUT: u64 = 20_000;
/// Steps for each byte of a platform's answer, beside what reading it costs: it is made, compared, ranked.
const STEPS_PER_ANSWERED_BYTE: u64 = 10;

/// What is due at a time.
enum Due {
    Step(usize),
    Answer { request: RequestId, success: bool, json: String },
    Image { src: Arc<str>, is_failing: bool },
    Font { path: Arc<str>, font: Result<Arc<BitmapFont>, String> },
    Frame,
    Timer,
}

/// A run under way.
pub(super) struct Runner {
    pub(super) context: OpenDataContext,
    service: Service,
    pictures: ScriptPictures,
    pub(super) canvas: SharedCanvas,
    pub(super) log: Log,
    /// Times with the number of what is due; of what is due at one time, what was scheduled first comes first.
    due: BinaryHeap<Reverse<(u64, u64)>>,
    waiting: BTreeMap<u64, Due>,
    next: u64,
    pub(super) now: u64,
    misunderstood: Vec<(u64, Diagnostic)>,
    failed: Vec<(u64, String)>,
    /// The log up to the last expectation, bytes.
    expected: usize,
    animation: Option<Animation>,
    /// The last snapshot, for as long as the canvas is as it was.
    taken: Option<Vec<u8>>,
    pub(super) frames: usize,
    /// The frame that was asked for.
    frame_due: Option<u64>,
    /// The timer that runs: a newer one takes its place.
    timer: Option<u64>,
    /// What the whole session may spend, which the context, the log and what is written are charged to.
    spent: Budget,
}

impl Runner {
    /// A run at its begin: the window and the canvas are told of, and nothing else.
    ///
    /// # Errors
    /// As [`run`].
    pub(super) fn begin(
        script: &Script,
        animation: Option<Animation>,
        network: Option<Fetcher>,
        mut renderer: Renderer,
        spent: Budget,
    ) -> Result<Self> {
        let limits = &renderer.limits().clone();
        renderer.charge_to(Some(spent.clone()));
        let mut diagnostics = Diagnostics::new();
        let (service, self_openid) = Service::new(script, &mut Reading::new(limits, &mut diagnostics));
        let options = context_options(script, self_openid.as_deref(), &mut Reading::new(limits, &mut diagnostics))?;
        let (width, height) = script.canvas.size.unwrap_or((300, 150));
        let mut runner = Runner {
            context: OpenDataContext::new(options, renderer),
            service,
            pictures: ScriptPictures::new(script, network, limits, &spent),
            canvas: SharedCanvas::new(width, height, limits)?,
            log: Log::of(&script.folder, &spent),
            due: BinaryHeap::new(),
            waiting: BTreeMap::new(),
            next: 0,
            now: 0,
            misunderstood: Vec::new(),
            failed: Vec::new(),
            expected: 0,
            animation,
            taken: None,
            frames: 0,
            frame_due: None,
            timer: None,
            spent,
        };
        runner.log.diagnostics(0, &diagnostics);
        let (size, device_pixel_ratio) = script.window;
        runner.tell(Input::Window { size, device_pixel_ratio });
        runner.canvas_part(&CanvasPart { size: Some((width, height)), style: script.canvas.style.clone() });
        runner.settle();
        Ok(runner)
    }

    /// Does what is due up to a time and at it; `steps` are those that were scheduled.
    ///
    /// # Errors
    /// As [`run`].
    pub(super) fn until(&mut self, end: u64, steps: &[Step], album: Album<'_>) -> Result<()> {
        while let Some(&Reverse((at, number))) = self.due.peek()
            && at <= end
        {
            self.due.pop();
            let Some(due) = self.waiting.remove(&number) else { continue };
            self.now = at;
            self.happen(due, steps, album)?;
            self.settle();
            self.spent.spend(Stage::Data, STEPS_PER_INPUT);
            self.spent.check()?;
        }
        Ok(())
    }

    /// When something is due next that was not taken back.
    pub(super) fn next_due(&self) -> Option<u64> {
        self.due.iter().filter(|Reverse((_, number))| self.waiting.contains_key(number)).map(|Reverse((at, _))| *at).min()
    }

    fn schedule(&mut self, at: u64, due: Due) -> u64 {
        let number = self.next;
        self.next += 1;
        self.due.push(Reverse((at, number)));
        self.waiting.insert(number, due);
        number
    }

    fn tell(&mut self, input: Input) {
        self.context.handle(input, self.now as f64);
    }

    fn happen(&mut self, due: Due, steps: &[Step], album: Album<'_>) -> Result<()> {
        match due {
            Due::Step(index) => {
                if let Some(step) = steps.get(index) {
                    self.step(&step.action, album)?;
                }
            }
            Due::Answer { request, success, json } => {
                self.spent.spend(Stage::Data, json.len() as u64 * STEPS_PER_ANSWERED_BYTE);
                self.tell(Input::Answer { request, success, json });
            }
            Due::Image { src, is_failing } => {
                let picture = self.pictures.picture(&src, is_failing);
                self.tell(Input::Image { src, picture });
            }
            Due::Font { path, font } => self.tell(Input::BitmapFont { path, font }),
            Due::Frame => {
                self.frame_due = None;
                self.tell(Input::AnimationFrame);
                self.frame();
            }
            Due::Timer => {
                self.timer = None;
                self.tell(Input::Timer);
            }
        }
        Ok(())
    }

    pub(super) fn step(&mut self, action: &Action, album: Album<'_>) -> Result<()> {
        match action {
            Action::Message { value, .. } => {
                self.tell(Input::Message(value.clone()));
                // A game's `onMessage` draws at once.
                self.frame();
            }
            Action::Tap(point) => {
                // Two events of the platform's, each with what it asks for.
                self.touch(TouchPhase::Start, *point);
                self.settle();
                self.touch(TouchPhase::End, *point);
            }
            Action::Touch(phase, point) => self.touch(*phase, *point),
            Action::Snapshot(name) => {
                self.frame();
                let png = match self.taken.take() {
                    Some(png) => png,
                    None => {
                        let png = picture::encode(&self.canvas, Format::PNG)?;
                        self.spent.spend(Stage::Writing, snapshot_steps(&self.canvas, &png));
                        png
                    }
                };
                self.spent.spend(Stage::Writing, writing_steps(&png));
                self.taken = Some(png.clone());
                let (prepared, view, globals) = self.context.shown();
                let shown = || {
                    let (globals, prepared, view) = (globals.clone(), prepared.clone(), view.clone());
                    Some(Shown { globals, prepared, view, list: self.context.list().clone() })
                };
                album(Snapshot { name, png, shown: &shown })?;
                self.log.event(self.now, "snapshot", &[("name", Value::from(name.as_str()))]);
            }
            Action::Expect(expected) => self.expect(expected),
            Action::Call(domain, call, arguments) => self.game_call(*domain, *call, arguments),
            Action::Canvas(part) => {
                self.canvas_part(part);
                self.frame();
            }
            Action::Window(size, ratio) => {
                self.tell(Input::Window { size: *size, device_pixel_ratio: *ratio });
                self.frame();
            }
            Action::Faults(faults) => self.service.set_faults(faults.clone()),
            Action::Latency(latency) => self.service.set_latency(latency.clone()),
        }
        Ok(())
    }

    /// What the game calls by itself: its answer is in the log.
    fn game_call(&mut self, domain: Domain, call: Call, arguments: &Value) {
        let mut said = Diagnostics::new();
        let answer = self.service.make(domain, call.name(), arguments, &mut said);
        self.log.game_call(self.now, call, arguments, &answer);
        self.log.diagnostics(self.now, &said);
    }

    /// Compares what is on the board now, and what was told since the last time, with what is expected.
    fn expect(&mut self, expected: &Expected) {
        self.frame();
        self.settle();
        let texts = self.context.texts();
        let failed = expected.failures(self.context.state(), &texts, &self.log.text[self.expected..]);
        let lines = if failed.is_empty() { Value::Null } else { Value::list(failed.iter().map(String::as_str)) };
        self.log.event(self.now, "expect", &[("failed", lines)]);
        self.failed.extend(failed.into_iter().map(|failure| (self.now, failure)));
        self.expected = self.log.text.len();
    }

    fn touch(&mut self, phase: TouchPhase, point: Point) {
        self.tell(Input::Touch(Touch { phase, finger: 0, point }));
    }

    fn canvas_part(&mut self, part: &CanvasPart) {
        if let Some((width, height)) = part.size {
            self.tell(Input::CanvasSize { width, height });
        }
        if let Some(style) = &part.style {
            let mut said = Vec::new();
            let style = CanvasStyle::read(style, &mut |diagnostic| said.push(diagnostic));
            for diagnostic in said {
                self.log.diagnostic(self.now, &diagnostic);
            }
            self.tell(Input::CanvasStyle(style));
        }
    }

    fn frame(&mut self) {
        let damage = self.context.frame(&mut self.canvas, self.now as f64);
        if let Some(area) = damage {
            self.taken = None;
            self.frames += 1;
            if let Some(animation) = &mut self.animation {
                animation.push(self.now, &self.canvas, area);
            }
        }
    }

    /// Does what the context asks for until it asks for nothing more.
    pub(super) fn settle(&mut self) {
        while let Some(effect) = self.context.poll() {
            self.log.effect(self.now, &effect);
            match effect {
                Effect::Call { request, api, arguments } => {
                    let reply = self.service.call(api, &arguments);
                    self.log.diagnostics(self.now, &reply.said);
                    let due = Due::Answer { request, success: reply.success, json: reply.json };
                    self.schedule(self.now.saturating_add(reply.after), due);
                }
                Effect::CreateImage { src } => {
                    let fault = self.service.faults().images.get(&*src).copied();
                    let after = self.service.latency().of_image(&src);
                    if fault != Some(ImageFault::Hang) {
                        let is_failing = fault.is_some();
                        self.schedule(self.now.saturating_add(after), Due::Image { src, is_failing });
                    }
                }
                Effect::LoadBitmapFont { path } => {
                    let font = self.pictures.bitmap_font(&path);
                    self.schedule(self.now, Due::Font { path, font });
                }
                Effect::RequestAnimationFrame => {
                    self.frame_due = Some(self.schedule(next_frame(self.now), Due::Frame));
                }
                Effect::CancelAnimationFrame => {
                    self.frame_due.take().and_then(|number| self.waiting.remove(&number));
                }
                Effect::SetTimer { time } => {
                    self.timer.take().and_then(|number| self.waiting.remove(&number));
                    let at = (time.ceil() as u64).max(self.now + 1);
                    self.timer = Some(self.schedule(at, Due::Timer));
                }
                Effect::ClearTimer => {
                    self.timer.take().and_then(|number| self.waiting.remove(&number));
                }
                Effect::Diagnostic(said) if matches!(said.code, "unknown-message" | "bad-message") => {
                    self.misunderstood.push((self.now, said));
                }
                Effect::Event(_) | Effect::Diagnostic(_) => {}
            }
        }
    }
}
