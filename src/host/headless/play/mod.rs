//! Runs the open data context from a script: a virtual clock, a platform that answers as the script says, snapshots and
//! a log. The same script gives the same bytes, always.

mod animation;
mod document;
mod log;
mod script;
mod service;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::Path;
use std::sync::Arc;

pub use animation::Animation;
pub use document::Document;
pub use script::{Action, BoardPart, CanvasPart, Faults, ImageFault, LookPart, Script, Step};

use super::{Fetcher, compile_files, read_text};
use crate::context::{
    Calls, CanvasStyle, Effect, Input, Occasion, OpenDataContext, Options, RequestId, ShareText, Touch, TouchPhase,
};
use crate::error::{Diagnostics, Error, ErrorKind, Result};
use crate::geometry::Point;
use crate::limits::Limits;
use crate::picture::{self, Format, Picture};
use crate::pipeline::{Board, Renderer};
use crate::raster::SharedCanvas;
use crate::share::Platform;
use crate::template::Value;
use crate::text::Fonts;
use crate::text::bitmap_font::BitmapFont;
use log::Log;
use service::Service;

/// The name of the animation's file, without its ending.
pub const ANIMATION: &str = "animation";

/// Frames a second of the virtual screen.
const FRAMES_PER_SECOND: u64 = 60;

/// What a run gave.
pub struct Run {
    /// Snapshots by name, PNG.
    pub snapshots: Vec<(String, Vec<u8>)>,
    /// The log, a JSON object a line.
    pub events: String,
    /// The whole run as an APNG, where it was asked for.
    pub animation: Option<Vec<u8>>,
    /// Frames that were drawn.
    pub frames: usize,
    /// When it ended, ms.
    pub end: u64,
}

/// Reads a script from a file.
///
/// # Errors
/// As [`Script::read`], and `Io` where the file can't be read.
pub fn read_script(path: &Path, limits: &Limits) -> Result<Script> {
    let text = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
    let document = Document::new(&path.display().to_string(), text, limits.clone());
    Script::read(&document, path.parent().unwrap_or(Path::new("")))
}

/// Runs a script.
///
/// # Errors
/// Where a board, a theme or a file of the script is not as it should be, or a canvas is over the limits. What goes wrong
/// in the run itself is in its log.
pub fn run(script: &Script, animate: bool, network: Option<Fetcher>, limits: &Limits) -> Result<Run> {
    let mut diagnostics = Diagnostics::new();
    let options = options(script, limits, &mut diagnostics)?;
    let renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let (width, height) = script.canvas.size.unwrap_or((300, 150));
    let mut player = Player {
        context: OpenDataContext::new(options, renderer),
        service: Service::new(script, network, limits)?,
        canvas: SharedCanvas::new(width, height, limits)?,
        log: Log::default(),
        due: BinaryHeap::new(),
        waiting: BTreeMap::new(),
        next: 0,
        now: 0,
        snapshots: Vec::new(),
        animation: animate.then(Animation::default),
        frames: 0,
        timer: None,
    };
    for diagnostic in diagnostics.as_slice() {
        player.log.diagnostic(0, diagnostic);
    }
    let (size, device_pixel_ratio) = script.window;
    player.tell(Input::Window { size, device_pixel_ratio });
    player.canvas_part(&CanvasPart { size: Some((width, height)), style: script.canvas.style.clone() });
    player.settle();
    for (index, step) in script.steps.iter().enumerate() {
        player.schedule(step.at, Due::Step(index));
    }
    while let Some(Reverse((at, number))) = player.due.pop() {
        if at > script.end {
            break;
        }
        player.now = at;
        let Some(due) = player.waiting.remove(&number) else { continue };
        player.happen(due, script)?;
        player.settle();
    }
    let animation = match player.animation.take() {
        Some(animation) => Some(animation.encode(script.end)?),
        None => None,
    };
    Ok(Run { snapshots: player.snapshots, events: player.log.text, animation, frames: player.frames, end: script.end })
}

/// The context's options as a script has them.
fn options(script: &Script, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<Options> {
    let look = &script.look;
    let calls = match script.platform {
        Platform::TikTok => Calls::TIKTOK,
        Platform::Douyin => Calls::DOUYIN,
        Platform::WeChat | Platform::Wps => Calls::WECHAT,
    };
    let theme = look.theme.as_deref().unwrap_or("light");
    let mut options = Options::new(calls, theme, look.locale.as_deref().unwrap_or("en"))?;
    options.rank.self_openid = script.self_openid.as_deref().map(Arc::from);
    if let Some(order) = &look.order {
        options.rank.order = order.parse()?;
    }
    if !look.keys.is_empty() {
        options.keys = look.keys.iter().map(|key| Arc::from(key.as_str())).collect();
    }
    options.variables = look.variables.iter().map(|(name, value)| (Arc::from(name.as_str()), value.clone())).collect();
    if let Some(age) = look.data_age {
        options.data_age = age as f64;
    }
    if let Some(share) = &look.share {
        let of =
            |name: &str, own: &Arc<str>| share.get(name).and_then(Value::as_text).map_or_else(|| Arc::clone(own), Arc::from);
        let own = options.invite;
        let template_type =
            share.get("templateType").map_or(own.template_type, |kind| if *kind == Value::from(2) { 2 } else { 1 });
        let (title, subtitle) = (of("title", &own.title), of("subtitle", &own.subtitle));
        options.invite = ShareText { title, subtitle, image_url: of("imageUrl", &own.image_url), template_type };
        options.share = options.invite.clone();
    }
    for (word, means) in &look.words {
        let known = options.vocabulary.words().find(|(known, _)| known == means).map(|(_, meaning)| meaning);
        let Some(meaning) = known else {
            let names = options.vocabulary.words().map(|(known, _)| known);
            let error = Error::new(ErrorKind::Usage, format!("words: '{means:.40}' is no word that is known already"));
            return Err(match crate::error::closest(means, names) {
                Some(close) => error.hint(format!("did you mean '{close}'?")),
                None => error,
            });
        };
        options.vocabulary.add(word, meaning);
    }
    let board = match &script.board {
        BoardPart::BuiltIn(name) => {
            let mut board = Board::built_in(name)?;
            board.name = Arc::from(name.as_str());
            board
        }
        BoardPart::Own(template, styles) => {
            let mut board = compile_files(template, styles, limits)?;
            board.name = template.file_name().map_or("board".into(), |name| name.to_string_lossy()).into();
            board
        }
    };
    diagnostics.extend(board.diagnostics().clone());
    if matches!(script.board, BoardPart::Own(..)) {
        // A template of the game's own is for whatever list it shows.
        options.boards.insert(Occasion::Group, board.clone());
        options.boards.insert(Occasion::WholeBoard, board.clone());
    }
    options.boards.insert(Occasion::Friends, board);
    Ok(options)
}

/// What is due at a time.
enum Due {
    Step(usize),
    Answer { request: RequestId, success: bool, json: String },
    Image { src: Arc<str>, picture: Result<Picture, String> },
    Font { path: Arc<str>, font: Result<Arc<BitmapFont>, String> },
    Frame,
    Timer,
}

struct Player {
    context: OpenDataContext,
    service: Service,
    canvas: SharedCanvas,
    log: Log,
    /// Times with the number of what is due; of what is due at one time, what was scheduled first comes first.
    due: BinaryHeap<Reverse<(u64, u64)>>,
    waiting: BTreeMap<u64, Due>,
    next: u64,
    now: u64,
    snapshots: Vec<(String, Vec<u8>)>,
    animation: Option<Animation>,
    frames: usize,
    /// The timer that runs: a newer one takes its place.
    timer: Option<u64>,
}

impl Player {
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

    fn happen(&mut self, due: Due, script: &Script) -> Result<()> {
        match due {
            Due::Step(index) => {
                if let Some(step) = script.steps.get(index) {
                    self.step(&step.action)?;
                }
            }
            Due::Answer { request, success, json } => self.tell(Input::Answer { request, success, json }),
            Due::Image { src, picture } => self.tell(Input::Image { src, picture }),
            Due::Font { path, font } => self.tell(Input::BitmapFont { path, font }),
            Due::Frame => self.frame(),
            Due::Timer => {
                self.timer = None;
                self.tell(Input::Timer);
            }
        }
        Ok(())
    }

    fn step(&mut self, action: &Action) -> Result<()> {
        match action {
            Action::Message(message) => {
                self.tell(Input::Message(message.clone()));
                // A game's `onMessage` draws at once.
                self.frame();
            }
            Action::Tap(point) => {
                for phase in [TouchPhase::Start, TouchPhase::End] {
                    self.touch(phase, *point);
                }
            }
            Action::Touch(phase, point) => self.touch(*phase, *point),
            Action::Snapshot(name) => {
                self.frame();
                let png = picture::encode(&self.canvas, Format::PNG)?;
                self.snapshots.push((name.clone(), png));
                self.log.event(self.now, "snapshot", &[("name", Value::from(name.as_str()))]);
            }
            Action::SetUserCloudStorage(pairs) => {
                let list = pairs.iter().map(|(key, value)| {
                    let text = value.as_text().map_or_else(|| value.to_json(), str::to_owned);
                    Value::map([("key", Value::from(key.as_str())), ("value", Value::from(text))])
                });
                let arguments = Value::map([("KVDataList", Value::list(list))]);
                let keys = Value::list(pairs.iter().map(|(key, _)| key.as_str()));
                match self.service.set(&arguments) {
                    Ok(()) => self.log.event(self.now, "setUserCloudStorage", &[("keyList", keys)]),
                    Err(answer) => {
                        let answer = Value::from_json(&answer, &Limits::default()).unwrap_or_default();
                        self.log.event(self.now, "setUserCloudStorage", &[("keyList", keys), ("fail", answer)]);
                    }
                }
            }
            Action::RemoveUserCloudStorage(keys) => {
                self.service.remove(keys);
                let keys = Value::list(keys.iter().map(String::as_str));
                self.log.event(self.now, "removeUserCloudStorage", &[("keyList", keys)]);
            }
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
            self.frames += 1;
            if let Some(animation) = &mut self.animation {
                animation.push(self.now, &self.canvas, area);
            }
        }
    }

    /// Does what the context asks for until it asks for nothing more.
    fn settle(&mut self) {
        while let Some(effect) = self.context.poll() {
            self.log.effect(self.now, &effect);
            match effect {
                Effect::Call { request, api, arguments } => {
                    let reply = self.service.call(api, &arguments);
                    let due = Due::Answer { request, success: reply.success, json: reply.json };
                    self.schedule(self.now.saturating_add(reply.after), due);
                }
                Effect::CreateImage { src } => {
                    if let Some((after, picture)) = self.service.picture(&src) {
                        self.schedule(self.now.saturating_add(after), Due::Image { src, picture });
                    }
                }
                Effect::LoadBitmapFont { path } => {
                    let font = self.service.bitmap_font(&path);
                    self.schedule(self.now, Due::Font { path, font });
                }
                Effect::RequestAnimationFrame => {
                    self.schedule(next_frame(self.now), Due::Frame);
                }
                Effect::SetTimer { time } => {
                    if let Some(number) = self.timer.take() {
                        self.waiting.remove(&number);
                    }
                    let at = (time.ceil() as u64).max(self.now + 1);
                    self.timer = Some(self.schedule(at, Due::Timer));
                }
                Effect::Event(_) | Effect::Diagnostic(_) => {}
            }
        }
    }
}

/// When the screen is next drawn, whole ms.
fn next_frame(now: u64) -> u64 {
    let number = now * FRAMES_PER_SECOND / 1_000 + 1;
    (number * 1_000).div_ceil(FRAMES_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_sixty_times_a_second() {
        let mut now = 0;
        let mut count = 0;
        while now < 1_000 {
            let next = next_frame(now);
            assert!(next > now && next - now <= 17);
            now = next;
            count += 1;
        }
        assert_eq!(count, 60);
    }
}
