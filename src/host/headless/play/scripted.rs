//! A run of a game's own script: the same clock and the same platform as a board's, with the script between them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::super::Fetcher;
use super::animation::Animation;
use super::log::Log;
use super::outcome::{Album, Run, Snapshot, next_frame, snapshot_steps, writing_steps};
use super::package::Folder;
use super::pictures::ScriptPictures;
use super::script::{Action, CanvasPart, Expected, ImageFault, Script, ScriptPart};
use super::service::Service;
use crate::budget::{Budget, Stage};
use crate::context::TouchPhase;
use crate::error::{Diagnostic, Diagnostics, Error, ErrorKind, Place, Result};
use crate::geometry::{PixelRect, Point};
use crate::host::script::{Ask, Domain, DomainOptions, Fault, ScriptTouch, Strictness};
use crate::json::{Ceiling, Value};
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::platform::{Call, Domain as Where};
use crate::raster::SharedCanvas;
use crate::reading::Reading;

/// Turns at one time of the clock; what is asked for beyond them comes a ms later, so that time goes on.
const TURNS_MAX: u32 = 1_000;
/// How long the pixels must rest until a look is taken, frames.
const REST: u32 = 12;
/// When a session begins unless it says so, ms since 1970: 2026-01-01. What a script keeps with a time has to be older than what it
/// knows to begin with, which is 0, and the same on another day.
const BEGINS: f64 = 1_767_225_600_000.0;
/// How long a look waits for that at most, ms.
const LOOK_MAX: u64 = 10_000;

/// Runs a script of a game's own.
///
/// # Errors
/// Where the file can't be read, or the canvas is over the limits. What the script does wrong is in the run.
pub fn run(
    script: &Script,
    part: &ScriptPart,
    animate: bool,
    network: Option<Fetcher>,
    limits: &Limits,
    album: Album<'_>,
) -> Result<Run> {
    let spent = Budget::of_session(limits);
    let animation = animate.then(|| Animation::new(limits, &spent));
    let mut runner = Runner::new(script, part, (animation, album), network, limits, spent)?;
    for (index, step) in script.steps.iter().enumerate() {
        runner.schedule(step.at, 0, Due::Step(index));
    }
    runner.start(&part.entry);
    runner.go_on(script, script.end)?;
    Ok(runner.finish(script.end))
}

/// What a look at a script gave.
pub struct Look {
    /// The run up to the look.
    pub run: Run,
    /// The canvas.
    pub canvas: SharedCanvas,
    /// False where something still moved when the picture was taken.
    pub rests: bool,
}

/// Runs a script until nothing is pending and its pixels rest, or until a time, and looks at its canvas. Its steps come one after the
/// other, each when nothing is pending any more and the pixels rest.
///
/// # Errors
/// As a run of it, and where the canvas has no pixels.
pub fn look(script: &Script, part: &ScriptPart, at: Option<u64>, network: Option<Fetcher>, limits: &Limits) -> Result<Look> {
    let album: Album<'_> = &mut |_| Ok(());
    let mut runner = Runner::new(script, part, (None, album), network, limits, Budget::of_session(limits))?;
    runner.start(&part.entry);
    // Each step comes when what was before has come to rest, whatever it says itself.
    let until = |now: u64| at.unwrap_or(u64::MAX).min(now + LOOK_MAX);
    for index in 0..script.steps.len() {
        runner.rest(script, until(runner.now))?;
        runner.schedule(runner.now, 0, Due::Step(index));
    }
    let rests = match at {
        Some(at) => {
            runner.go_on(script, at)?;
            true
        }
        None => runner.rest(script, until(runner.now))?,
    };
    let canvas = runner.domain.shared_canvas(|canvas, _| canvas.clone()).ok_or_else(no_pixels)?;
    let end = runner.now;
    Ok(Look { run: runner.finish(end), canvas, rests })
}

fn no_pixels() -> Error {
    Error::new(ErrorKind::Data, "the shared canvas has no pixels: the script gave it a side of 0, or one that is too large")
}

/// True for the path of a file of the package.
fn is_of_package(src: &str) -> bool {
    !src.contains("://") && !src.starts_with("data:")
}

/// A picture as the script's assets name it.
fn named(src: &str) -> &str {
    if is_of_package(src) { src.trim_start_matches('/') } else { src }
}

/// What is due at a time.
enum Due {
    Step(usize),
    Answer { id: u32, success: bool, json: String },
    Image { id: u32, src: Arc<str>, is_failing: bool },
    Timer(u32),
    Frame,
}

/// A run under way.
struct Runner<'a> {
    domain: Domain,
    service: Service,
    pictures: ScriptPictures,
    log: Log,
    /// Times, with the package's files before all else of one time, and the number of what is due.
    due: BinaryHeap<Reverse<(u64, u8, u64)>>,
    waiting: BTreeMap<u64, Due>,
    timers: BTreeMap<u32, u64>,
    next: u64,
    now: u64,
    turns: u32,
    seen: u64,
    frames: usize,
    album: Album<'a>,
    animation: Option<Animation>,
    failed: Vec<(u64, String)>,
    expected: usize,
    faults: Vec<(u64, String)>,
    console: (usize, usize),
    limits: Limits,
    /// What the whole session may spend beside what the script itself does, which has limits of its own.
    spent: Budget,
}

impl<'a> Runner<'a> {
    fn new(
        script: &Script,
        part: &ScriptPart,
        (animation, album): (Option<Animation>, Album<'a>),
        network: Option<Fetcher>,
        limits: &Limits,
        spent: Budget,
    ) -> Result<Self> {
        let mut diagnostics = Diagnostics::new();
        let (service, _) = Service::new(script, &mut Reading::new(limits, &mut diagnostics));
        let size = script.canvas.size.unwrap_or((300, 150));
        SharedCanvas::new(size.0, size.1, limits)?;
        let is = |name: &str| part.strict.iter().any(|known| known == name);
        let options = DomainOptions {
            platform: script.settings.platform,
            versions: (script.client.clone(), script.library.clone()),
            canvas: size,
            window: script.window,
            date: script.settings.date.map_or(BEGINS, |date| date.0 as f64),
            zone: script.settings.zone.0,
            seed: part.seed,
            strict: Strictness { early_pictures: is("pictures"), old_wechat: is("wechat-old") },
        };
        let package = Folder::new(part.root.clone(), limits.script_source_bytes);
        let mut runner = Self {
            domain: Domain::new(&options, script.loaded_fonts(limits)?, Box::new(package), limits)?,
            service,
            pictures: ScriptPictures::new(script, network, limits, &spent),
            log: Log::of(&script.folder, &spent),
            due: BinaryHeap::new(),
            waiting: BTreeMap::new(),
            timers: BTreeMap::new(),
            next: 0,
            now: 0,
            turns: 0,
            seen: 0,
            frames: 0,
            album,
            animation,
            failed: Vec::new(),
            expected: 0,
            faults: Vec::new(),
            console: (0, 0),
            limits: limits.clone(),
            spent,
        };
        runner.log.diagnostics(0, &diagnostics);
        Ok(runner)
    }

    fn finish(self, end: u64) -> Run {
        Run {
            snapshots: Vec::new(),
            shown: Vec::new(),
            events: self.log.text,
            animation: self.animation.map(|animation| animation.encode(end)),
            misunderstood: Vec::new(),
            failed: self.failed,
            frames: self.frames,
            end,
            said: self.log.said,
            faults: self.faults,
            console: self.console,
        }
    }

    fn schedule(&mut self, at: u64, order: u8, due: Due) -> u64 {
        let number = self.next;
        self.next += 1;
        self.due.push(Reverse((at, order, number)));
        self.waiting.insert(number, due);
        number
    }

    fn time(&self) -> f64 {
        self.now as f64
    }

    fn start(&mut self, entry: &str) {
        self.domain.start(entry);
        self.settle();
        self.look();
    }

    /// Lets happen what is due up to a time.
    fn go_on(&mut self, script: &Script, end: u64) -> Result<()> {
        while let Some(&Reverse((at, _, _))) = self.due.peek() {
            if at > end {
                break;
            }
            self.step_once(script)?;
        }
        self.now = self.now.max(end);
        Ok(())
    }

    /// Lets happen what is due until nothing but frames is, and these change nothing; false where that did not come about until a
    /// time.
    fn rest(&mut self, script: &Script, until: u64) -> Result<bool> {
        let (mut still, mut version) = (0, self.domain.version());
        loop {
            let Some(&Reverse((at, _, _))) = self.due.peek() else { return Ok(true) };
            if at > until {
                return Ok(false);
            }
            let only_frames = self.waiting.values().all(|due| matches!(due, Due::Frame | Due::Timer(_)));
            if only_frames && still >= REST {
                return Ok(true);
            }
            self.step_once(script)?;
            let drawn = self.domain.version();
            still = if drawn == version { still + 1 } else { 0 };
            version = drawn;
        }
    }

    fn step_once(&mut self, script: &Script) -> Result<()> {
        let Some(Reverse((at, _, number))) = self.due.pop() else { return Ok(()) };
        let Some(due) = self.waiting.remove(&number) else { return Ok(()) };
        if at > self.now {
            self.turns = 0;
        }
        (self.now, self.turns) = (at, self.turns + 1);
        self.happen(due, script)?;
        self.settle();
        self.look();
        self.spent.check()
    }

    fn happen(&mut self, due: Due, script: &Script) -> Result<()> {
        let now = self.time();
        match due {
            Due::Step(index) => {
                if let Some(step) = script.steps.get(index) {
                    self.step(&step.action)?;
                }
            }
            Due::Answer { id, success, json } => self.domain.answer(now, id, success, &json),
            Due::Image { id, src, is_failing } => {
                let picture = self.pictures.picture(named(&src), is_failing);
                if let Err(why) = &picture {
                    let message = format!("the picture '{src:.200}' did not load: {why}");
                    self.log.diagnostic(self.now, &Diagnostic::warning("missing-picture", message, Place::default()));
                }
                self.domain.image(now, id, &src, picture);
            }
            Due::Timer(id) => {
                self.timers.remove(&id);
                self.domain.timer(now, id);
            }
            Due::Frame => self.domain.animation_frame(now),
        }
        Ok(())
    }

    fn step(&mut self, action: &Action) -> Result<()> {
        match action {
            Action::Message { written, .. } => self.domain.message(self.time(), written),
            Action::Tap(point) => {
                self.touch(TouchPhase::Start, *point);
                self.settle();
                self.touch(TouchPhase::End, *point);
            }
            Action::Touch(phase, point) => self.touch(*phase, *point),
            Action::Snapshot(name) => {
                let png =
                    self.domain.shared_canvas(|canvas, _| picture::encode(canvas, Format::PNG)).ok_or_else(no_pixels)??;
                self.domain.shared_canvas(|canvas, _| {
                    self.spent.spend(Stage::Writing, writing_steps(&png) + snapshot_steps(canvas, &png))
                });
                (self.album)(Snapshot { name, png, shown: &|| None })?;
                self.log.event(self.now, "snapshot", &[("name", Value::from(name.as_str()))]);
            }
            Action::Expect(expected) => self.expect(expected),
            Action::Call(domain, call, arguments) => self.game_call(*domain, *call, arguments),
            Action::Canvas(CanvasPart { size, .. }) => {
                if let Some((width, height)) = *size {
                    SharedCanvas::new(width, height, &self.limits)?;
                    self.domain.canvas_size(self.time(), width, height);
                }
            }
            Action::Window(size, ratio) => self.domain.window(self.time(), *size, *ratio),
            Action::Faults(faults) => self.service.set_faults(faults.clone()),
            Action::Latency(latency) => self.service.set_latency(latency.clone()),
        }
        Ok(())
    }

    fn touch(&mut self, phase: TouchPhase, point: Point) {
        let kind = match phase {
            TouchPhase::Start => "touchstart",
            TouchPhase::Move => "touchmove",
            TouchPhase::End => "touchend",
            TouchPhase::Cancel => "touchcancel",
        };
        self.domain.touch(self.time(), ScriptTouch { kind, x: f64::from(point.x), y: f64::from(point.y) });
    }

    fn game_call(&mut self, domain: Where, call: Call, arguments: &Value) {
        let mut said = Diagnostics::new();
        let answer = self.service.make(domain, call.name(), arguments, &mut said);
        self.log.game_call(self.now, call, arguments, &answer);
        self.log.diagnostics(self.now, &said);
    }

    fn expect(&mut self, expected: &Expected) {
        self.settle();
        let texts = self.domain.take_texts();
        let failed = expected.failures("none: a script has no states", &texts, &self.log.text[self.expected..]);
        let lines = if failed.is_empty() { Value::Null } else { Value::list(failed.iter().map(String::as_str)) };
        self.log.event(self.now, "expect", &[("failed", lines)]);
        self.failed.extend(failed.into_iter().map(|failure| (self.now, failure)));
        self.expected = self.log.text.len();
    }

    /// A frame, where the script drew something.
    fn look(&mut self) {
        let version = self.domain.version();
        if version == self.seen {
            return;
        }
        self.seen = version;
        self.frames += 1;
        if let Some(animation) = &mut self.animation {
            let now = self.now;
            self.domain.shared_canvas(|canvas, _| {
                let whole = PixelRect::new(0, 0, canvas.width() as i32, canvas.height() as i32);
                animation.push(now, canvas, whole);
            });
        }
    }

    /// Does what the script asks for until it asks for nothing more.
    fn settle(&mut self) {
        while let Some(ask) = self.domain.poll() {
            match ask {
                Ask::Call { id, name, arguments } => self.call(id, &name, &arguments),
                Ask::Image { id, src } => self.image(id, src),
                Ask::Timer { id, after } => {
                    let at = self.now.saturating_add((after.max(0.0).ceil() as u64).max(1));
                    let number = self.schedule(at, 1, Due::Timer(id));
                    self.timers.insert(id, number);
                }
                Ask::ClearTimer { id } => {
                    if let Some(number) = self.timers.remove(&id) {
                        self.waiting.remove(&number);
                    }
                }
                Ask::Frame => {
                    self.schedule(next_frame(self.now), 1, Due::Frame);
                }
                Ask::Console { level, text } => {
                    match level {
                        "warn" => self.console.0 += 1,
                        "error" => self.console.1 += 1,
                        _ => {}
                    }
                    self.log.console(self.now, level, &text);
                }
                Ask::Fault(fault) => self.fault(&fault),
            }
        }
    }

    /// When something is due that takes so long.
    fn after(&self, latency: u64) -> u64 {
        let spent = u64::from(self.turns >= TURNS_MAX);
        self.now.saturating_add(latency.max(spent))
    }

    fn call(&mut self, id: u32, name: &str, arguments: &str) {
        let read = Value::read(arguments, name, Ceiling::data(&self.limits));
        let arguments = read.unwrap_or_else(|error| {
            self.log.diagnostic(self.now, &Diagnostic::from_error("script-error", &error));
            Value::Null
        });
        let members: Vec<(&str, Value)> =
            arguments.as_map().into_iter().flatten().map(|(name, value)| (&**name, value.clone())).collect();
        self.log.asked(self.now, name, members);
        let reply = self.service.call_of_script(name, &arguments);
        self.log.diagnostics(self.now, &reply.said);
        self.domain.expect(&reply.json);
        self.schedule(self.after(reply.after), 1, Due::Answer { id, success: reply.success, json: reply.json });
    }

    fn image(&mut self, id: u32, src: Arc<str>) {
        self.log.asked(self.now, "createImage", vec![("src", Value::from(&*src))]);
        let fault = self.service.faults().images.get(&*src).copied();
        let latency = self.service.latency().of_image(&src);
        if fault != Some(ImageFault::Hang) {
            let order = u8::from(!is_of_package(&src));
            self.schedule(self.after(latency), order, Due::Image { id, src, is_failing: fault.is_some() });
        }
    }

    fn fault(&mut self, fault: &Fault) {
        let place = fault.place.as_ref();
        let place = place.map_or_else(Place::default, |(file, line, column)| Place::document(file).at(*line, *column));
        let (code, message) = match fault.kind {
            "warning" => ("script-warning", fault.message.clone()),
            "unhandled rejection" => ("unhandled-rejection", format!("unhandled rejection: {}", fault.message)),
            _ => ("script-error", fault.message.clone()),
        };
        let diagnostic = match code {
            "script-warning" => Diagnostic::warning(code, message, place),
            _ => Diagnostic::error(code, message, place),
        };
        let mut text = diagnostic.to_string();
        let diagnostic = if fault.stack.is_empty() { diagnostic } else { diagnostic.hint(fault.stack.join("; ")) };
        self.log.diagnostic(self.now, &diagnostic);
        for line in fault.source.iter().chain(&fault.stack) {
            text.push_str("\n    ");
            text.push_str(line);
        }
        self.faults.push((self.now, text));
    }
}
