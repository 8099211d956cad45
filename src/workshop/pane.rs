//! One frame of the page: a board on a canvas, at work.

use std::path::PathBuf;
use std::time::{Duration, Instant, UNIX_EPOCH};

use super::project::Project;
use crate::display::hit;
use crate::error::{Diagnostic, Error, ErrorKind, Result};
use crate::geometry::{Point, Size};
use crate::host::headless::Used;
use crate::host::headless::play::{Live, Script};
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::Renderer;
use crate::platform::Platform;
use crate::scene::Content;

/// Without anything due and anything done, the clock stands after so long, ms: a session is as long as what happens in it.
const IDLE: u64 = 1_000;
/// Pauses of a session are no longer than this when it is repeated with other files, ms.
const PAUSE: u64 = 1_500;
/// As far as the clock goes in one turn, ms: it does not hurry after a machine that slept.
const TURN: u64 = 250;
/// The canvas's longest side, px at dpr 1.
const SIDE: std::ops::RangeInclusive<i64> = 1..=4_096;

/// How a board is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// A template of the folder, or a built-in board.
    pub board: String,
    /// Px at dpr 1.
    pub width: u32,
    /// Px at dpr 1.
    pub height: u32,
    /// Device px per px.
    pub dpr: f32,
    /// Where it runs.
    pub platform: Platform,
    /// By name or file.
    pub theme: String,
    /// By tag or file.
    pub locale: String,
}

impl Look {
    /// As the folder's script says, or as most games have it.
    #[must_use]
    pub fn first(project: &Project) -> Self {
        let text = |name: &str| project.base.get(name).and_then(Value::as_text);
        let platform = text("platform").and_then(|name| name.parse().ok()).filter(|platform| *platform != Platform::Wps);
        let or_own = |name: &str, own: &[String], other: &str| {
            text(name).or(own.first().map(String::as_str)).unwrap_or(other).to_owned()
        };
        Self {
            board: project.first_board(),
            width: 360,
            height: 540,
            dpr: 2.0,
            platform: platform.unwrap_or(Platform::WeChat),
            theme: or_own("theme", &project.found.themes, "light"),
            locale: or_own("locale", &project.found.locales, "en"),
        }
    }

    /// The same with what a page asks for. Names are those of the folder and the bundled ones, and no others.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for anything else.
    pub fn changed(&self, asked: &Value, project: &Project) -> Result<Self> {
        let wrong = |name: &str| Error::new(ErrorKind::Usage, format!("`{name}`: no value that there is was found"));
        let named = |name: &str, is_known: &dyn Fn(&str) -> bool, own: &str| match asked.get(name) {
            None => Ok(own.to_owned()),
            Some(value) => value.as_text().filter(|text| is_known(text)).map(str::to_owned).ok_or_else(|| wrong(name)),
        };
        let side = |name: &str, own: u32| match asked.get(name) {
            None => Ok(own),
            Some(value) => value
                .as_integer()
                .filter(|side| SIDE.contains(side))
                .and_then(|side| u32::try_from(side).ok())
                .ok_or_else(|| wrong(name)),
        };
        let dpr = match asked.get("dpr") {
            None => self.dpr,
            Some(value) => {
                let number = value.as_number().map(|number| number.to_f64() as f32);
                number.filter(|dpr| (0.5..=4.0).contains(dpr)).ok_or_else(|| wrong("dpr"))?
            }
        };
        let is_platform = |name: &str| name.parse().is_ok_and(|platform: Platform| platform != Platform::Wps);
        let platform = named("platform", &is_platform, self.platform.name())?;
        Ok(Self {
            board: named("board", &|name| project.boards().any(|known| known == name), &self.board)?,
            width: side("width", self.width)?,
            height: side("height", self.height)?,
            dpr,
            platform: platform.parse()?,
            theme: named("theme", &|name| project.themes().any(|known| known == name), &self.theme)?,
            locale: named("locale", &|name| project.locales().any(|known| known == name), &self.locale)?,
        })
    }

    /// For the page.
    #[must_use]
    pub fn to_value(&self) -> Value {
        crate::json!({
            "board": self.board.as_str(), "width": self.width, "height": self.height, "dpr": f64::from(self.dpr),
            "platform": self.platform.name(), "theme": self.theme.as_str(), "locale": self.locale.as_str(),
        })
    }

    /// What a script says before its steps.
    #[must_use]
    pub fn head(&self, project: &Project) -> Value {
        let device = |side: u32| ((f64::from(side) * f64::from(self.dpr)).round() as i64).max(1);
        let mut head = project.base.clone();
        head.insert("platform", self.platform.name());
        let style = crate::json!({ "left": "0px", "top": "0px", "width": format!("{}px", self.width), "height": format!("{}px", self.height) });
        head.insert("canvas", crate::json!({ "width": device(self.width), "height": device(self.height), "style": style }));
        head.insert(
            "window",
            crate::json!({ "width": self.width, "height": self.height, "devicePixelRatio": f64::from(self.dpr) }),
        );
        head.insert("theme", self.theme.as_str());
        head.insert("locale", self.locale.as_str());
        for name in ["board", "template", "style"] {
            head.insert(name, Value::Null);
        }
        if project.is_template(&self.board) {
            head.insert("template", self.board.as_str());
            head.insert("style", project.styles(&self.board));
        } else {
            head.insert("board", self.board.as_str());
        }
        head
    }
}

/// A save that is to be seen.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The file, from the folder.
    pub file: String,
    /// When it was saved, ms since 1970.
    pub at: f64,
    /// How long it took to draw the board anew.
    pub took: Duration,
}

/// A frame of the page.
pub struct Pane {
    /// Its number.
    pub id: u32,
    /// How it is shown.
    pub look: Look,
    /// The session; that of the last files that could be read.
    pub live: Option<Live>,
    /// What the session before it drew with: the next one begins with its fonts, texts and glyphs.
    spare: Option<Renderer>,
    /// Why there is no newer one.
    pub error: Option<Error>,
    /// The head of the session's script.
    pub head: Value,
    /// The files that it reads.
    pub used: Used,
    /// Grows whenever another session has begun.
    pub generation: u64,
    /// The last save.
    pub saved: Option<Saved>,
    /// When the clock was looked at last.
    looked: Instant,
    /// When something happened last, ms of the session.
    happened: u64,
    limits: Limits,
}

impl Pane {
    /// A frame that shows nothing yet.
    #[must_use]
    pub fn new(id: u32, look: Look, limits: &Limits) -> Self {
        Self {
            id,
            look,
            live: None,
            spare: None,
            error: None,
            head: Value::Null,
            used: Used::default(),
            generation: 0,
            saved: None,
            looked: Instant::now(),
            happened: 0,
            limits: limits.clone(),
        }
    }

    /// Begins the session anew, and repeats in it what was done, or what is to be done first.
    pub fn begin(&mut self, project: &Project, head: Value, steps: &[Value]) {
        let script = head.clone().with("steps", Value::list::<Value>([]));
        let (spare, limits) = (self.spare.take(), &self.limits);
        let (begun, mut used) = Used::by(|| {
            let script = Script::read(&script.to_json(), "<session>", &project.folder, limits)?;
            // What was kept has the fonts of before, which may be others now.
            let spare = spare.filter(|_| script.fonts.is_empty());
            let renderer = spare.map_or_else(|| script.renderer(limits), Ok)?;
            let mut live = Live::begin_with(&script, None, renderer)?;
            repeat(&mut live, steps)?;
            Ok(live)
        });
        match begun {
            Ok(live) => {
                self.happened = live.now();
                let spare = self.live.replace(live).map(Live::into_renderer);
                let had_fonts = self.head.get("fonts").is_some_and(|fonts| !fonts.is_null());
                self.spare = spare.filter(|_| !had_fonts);
                (self.error, self.head) = (None, head);
            }
            Err(error) => {
                // A mistake may be mended in any of the files that were read before, too.
                let before = std::mem::take(&mut self.used);
                used.add(before.as_of_now());
                self.error = Some(error);
            }
        }
        self.used = used;
        self.generation += 1;
        self.looked = Instant::now();
    }

    /// The steps that are repeated where the session begins anew.
    #[must_use]
    pub fn steps(&self) -> Vec<Value> {
        self.live.as_ref().map(|live| live.steps().to_vec()).unwrap_or_default()
    }

    /// Lets the clock go on, and does what is due.
    pub fn turn(&mut self) {
        let passed = self.looked.elapsed().as_millis() as u64;
        let Some(live) = &mut self.live else { return };
        if passed == 0 {
            return;
        }
        self.looked = Instant::now();
        let time = live.now().saturating_add(passed.min(TURN)).min(self.limits.script_ms);
        let due = live.next_due();
        if due.is_none() && time > self.happened + IDLE {
            return;
        }
        if due.is_some_and(|due| due <= time) {
            self.happened = time;
        }
        let (done, used) = Used::by(|| live.until(time));
        self.used.add(used);
        if let Err(error) = done {
            self.error = Some(error);
        }
    }

    /// Does a step.
    ///
    /// # Errors
    /// As [`Live::step`]; [`ErrorKind::Usage`] where there is no session.
    pub fn step(&mut self, step: &Value) -> Result<()> {
        let Some(live) = &mut self.live else {
            return Err(Error::new(ErrorKind::Usage, "the board cannot be shown: mend it first"));
        };
        let (done, used) = Used::by(|| live.step(step));
        self.used.add(used);
        self.happened = done?;
        Ok(())
    }

    /// Scrolls what is under a point, px at dpr 1, as a wheel does; nothing where nothing scrolls there.
    ///
    /// # Errors
    /// As [`Pane::step`].
    pub fn wheel(&mut self, (x, y): (f32, f32), (right, down): (f32, f32)) -> Result<()> {
        let Some(live) = &self.live else { return Ok(()) };
        let (prepared, view) = live.shown();
        let moved = hit(&prepared.scene, &prepared.layout, view, Point::new(x, y)).into_iter().find_map(|id| {
            let (node, laid) = (prepared.scene.nodes.get(id)?, prepared.layout.boxes.get(id)?);
            let can_scroll = matches!(node.content, Content::ScrollView { .. }) && laid.scroll != Size::default();
            let from = view.scroll.get(&id).copied().unwrap_or_default();
            can_scroll.then(|| (node.id.to_string(), from))
        });
        let Some((id, from)) = moved else { return Ok(()) };
        let mut message = crate::json!({ "type": "scrollTo", "animated": false });
        if !id.is_empty() {
            message.insert("id", id);
        }
        for (name, from, by) in [("x", from.x, right), ("y", from.y, down)] {
            if by != 0.0 {
                message.insert(name, f64::from((from + by).round().max(0.0)));
            }
        }
        self.step(&crate::json!({ "message": message }))
    }

    /// The file that was saved last of some that changed.
    pub fn note_saved(&mut self, changed: &[PathBuf], project: &Project, began: Instant) {
        let time = |path: &PathBuf| std::fs::metadata(path).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok();
        let last = changed.iter().max_by_key(|path| time(path));
        self.saved = last.map(|path| Saved {
            file: project.shown(path),
            at: time(path).map_or(0.0, |time| time.as_secs_f64() * 1000.0),
            took: began.elapsed(),
        });
    }

    /// What is wrong, for the page: what keeps the board from being shown first.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let error = self.error.as_ref().map(|error| {
            let diagnostic = Diagnostic::from_error(error.kind().code(), error);
            Diagnostic { severity: crate::error::Severity::Error, ..diagnostic }
        });
        let said = self.live.iter().flat_map(Live::said).map(|(_, said)| said.clone());
        error.into_iter().chain(said).collect()
    }
}

/// Repeats steps, with their pauses cut short; a step that can't be done any more is left out.
fn repeat(live: &mut Live, steps: &[Value]) -> Result<()> {
    let time = |step: &Value| step.get("at").and_then(Value::as_integer).map_or(0, i64::unsigned_abs);
    let scrolls = |step: &Value| {
        let message = step.get("message").filter(|message| message.get("type").and_then(Value::as_text) == Some("scrollTo"));
        message.map(|message| message.get("id").cloned())
    };
    let mut before = 0;
    for (index, step) in steps.iter().enumerate() {
        // Of a wheel's many messages the last says it all.
        let next = steps.get(index + 1);
        if scrolls(step).is_some() && next.is_some_and(|next| scrolls(next) == scrolls(step)) {
            continue;
        }
        let pause = time(step).saturating_sub(before).min(PAUSE);
        before = time(step);
        live.until(live.now().saturating_add(pause.saturating_sub(1)))?;
        // What is wrong with it was said when it was done first.
        let _ = live.step(step);
    }
    if !steps.is_empty() {
        let end = live.now().saturating_add(PAUSE);
        live.until(live.next_due().map_or(live.now(), |_| end))?;
    }
    Ok(())
}
