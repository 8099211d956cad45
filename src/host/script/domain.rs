//! An open data domain that a script makes: it is told what happens, and asked what it wants.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::function::This;
use rquickjs::{Context, Ctx, Function, Object, Persistent, Runtime, Value};

use super::account::Account;
use super::ask::{Ask, Fault};
use super::fault::{OWN, frames, place, thrown};
use super::loader::{PackageLoader, PackageResolver};
use super::memory::Counted;
use super::natives::{self, Shared, lines_around};
use super::package::Package;
use super::world::World;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Size;
use crate::json::Value as Json;
use crate::limits::Limits;
use crate::picture::Picture;
use crate::platform::{Call, Domain as Where, Platform, Version};
use crate::raster::SharedCanvas;
use crate::text::Fonts;

/// What of the call stack the engine may use: a script's recursion ends there, and a thread of 2 MB has room for what is below.
const STACK: usize = 640 * 1024;

/// Steps of work of a job: a promise's reaction.
const JOB: u64 = 300;
/// Jobs that are still done when the script is over: each is a call, so that the engine's interrupt comes before.
const LAST_JOBS: u32 = 20_000;

/// The prelude: the Web's objects in JavaScript, over the functions of `natives`, in the order in which they are evaluated.
const PRELUDE: &[(&str, &str)] = &[
    ("ground", include_str!("prelude/ground.js")),
    ("costs", include_str!("prelude/costs.js")),
    ("webidl", include_str!("prelude/webidl.js")),
    ("matrix", include_str!("prelude/matrix.js")),
    ("paths", include_str!("prelude/paths.js")),
    ("styles", include_str!("prelude/styles.js")),
    ("pixels", include_str!("prelude/pixels.js")),
    ("image", include_str!("prelude/image.js")),
    ("context", include_str!("prelude/context.js")),
    ("canvas", include_str!("prelude/canvas.js")),
    ("bitmaps", include_str!("prelude/bitmaps.js")),
    ("platform", include_str!("prelude/platform.js")),
    ("modules", include_str!("prelude/modules.js")),
];

/// What a domain is like.
#[derive(Clone, Debug)]
pub struct DomainOptions {
    /// The platform.
    pub platform: Platform,
    /// The client's version, and that of the base library; `None` is the newest.
    pub versions: (Option<Version>, Option<Version>),
    /// The shared canvas's size, px.
    pub canvas: (u32, u32),
    /// The window, logical px, and its device px per logical px.
    pub window: (Size, f32),
    /// What the domain's clock shows at the start, ms since 1970.
    pub date: f64,
    /// The clock's zone, minutes east of UTC.
    pub zone: i32,
    /// Of `Math.random`.
    pub seed: u32,
    /// What is refused that only some phones refuse.
    pub strict: Strictness,
}

/// What a test may ask to be refused, where the simulators of the platforms let it pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strictness {
    /// A picture that is drawn before it has loaded is an error.
    pub early_pictures: bool,
    /// What older WeChat clients lack of a context is missing.
    pub old_wechat: bool,
}

/// How a touch goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScriptTouch {
    /// `touchstart`, `touchmove`, `touchend` or `touchcancel`.
    pub kind: &'static str,
    /// Window px.
    pub x: f64,
    /// Window px.
    pub y: f64,
}

/// A domain.
pub struct Domain {
    hooks: Option<Persistent<Object<'static>>>,
    rejected: Rc<RefCell<Vec<(Persistent<Value<'static>>, Persistent<Value<'static>>)>>>,
    context: Context,
    runtime: Runtime,
    world: Shared,
    account: Account,
}

impl Drop for Domain {
    fn drop(&mut self) {
        // The engine's values before the engine.
        self.hooks = None;
        self.rejected.borrow_mut().clear();
        self.runtime.set_host_promise_rejection_tracker(None);
    }
}

fn engine(error: &rquickjs::Error) -> Error {
    Error::new(ErrorKind::Data, format!("the script engine could not be started: {error}"))
}

impl Domain {
    /// A domain in which nothing has run yet, with the fonts that its text is drawn with.
    ///
    /// # Errors
    /// Where the engine can't be started: too little memory is allowed.
    pub fn new(options: &DomainOptions, fonts: Fonts, package: Box<dyn Package>, limits: &Limits) -> Result<Self> {
        let account = Account::new(limits);
        let runtime = Runtime::new_with_alloc(Counted(account.clone())).map_err(|error| engine(&error))?;
        runtime.set_max_stack_size(STACK);
        let world: Shared = Rc::new(RefCell::new(World::new(options.canvas, fonts, package, limits.clone(), account.clone())));
        let loops = account.clone();
        // What it throws can't be caught.
        runtime.set_interrupt_handler(Some(Box::new(move || !loops.spend_loops())));
        runtime.set_loader(PackageResolver(Rc::clone(&world)), PackageLoader(Rc::clone(&world)));
        let rejected = Rc::new(RefCell::new(Vec::<(Persistent<Value<'static>>, Persistent<Value<'static>>)>::new()));
        let seen = Rc::clone(&rejected);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(move |ctx, promise, reason, handled| {
            let mut seen = seen.borrow_mut();
            if handled {
                let is = |saved: &Persistent<Value<'static>>| saved.clone().restore(&ctx).is_ok_and(|value| value == promise);
                seen.retain(|(of, _)| !is(of));
            } else {
                seen.push((Persistent::save(&ctx, promise), Persistent::save(&ctx, reason)));
            }
        })));
        let context = Context::full(&runtime).map_err(|error| engine(&error))?;
        let hooks = context.with(|ctx| {
            let made = prelude(&ctx, &world, options).map(|hooks| Persistent::save(&ctx, hooks));
            made.map_err(|error| match error {
                rquickjs::Error::Exception => {
                    let (message, stack) = thrown(&ctx, &ctx.catch());
                    Error::new(ErrorKind::Data, format!("the script engine could not be started: {message}\n{stack}"))
                }
                error => engine(&error),
            })
        })?;
        // The prelude's own work is not the script's.
        account.forget();
        Ok(Self { hooks: Some(hooks), rejected, context, runtime, world, account })
    }

    /// Runs a file of the package, as the platform does when the game starts.
    pub fn start(&mut self, path: &str) {
        self.account.name(path);
        self.turn((0.0, false), "start", |ctx| Ok(vec![path.to_owned().into_js_value(ctx)?]));
    }

    /// A message of the main domain, JSON: its members stay in their order.
    pub fn message(&mut self, now: f64, json: &str) {
        self.turn((now, true), "message", |ctx| Ok(vec![ctx.json_parse(json)?]));
    }

    /// A finger.
    pub fn touch(&mut self, now: f64, touch: ScriptTouch) {
        self.turn((now, true), "touch", |ctx| {
            let kind = touch.kind.into_js_value(ctx)?;
            Ok(vec![kind, Value::new_float(ctx.clone(), touch.x), Value::new_float(ctx.clone(), touch.y)])
        });
    }

    /// The answer to a call.
    pub fn answer(&mut self, now: f64, id: u32, success: bool, json: &str) {
        self.world.borrow_mut().came(json.len());
        self.turn((now, false), "answer", |ctx| {
            let id = Value::new_float(ctx.clone(), f64::from(id));
            Ok(vec![id, Value::new_bool(ctx.clone(), success), ctx.json_parse(json)?])
        });
    }

    /// A picture that has come, or why it has not.
    pub fn image(&mut self, now: f64, id: u32, src: &str, picture: std::result::Result<Picture, String>) {
        let kept = picture.and_then(|picture| {
            let size = (picture.width(), picture.height());
            let kept = self.world.borrow_mut().keep_picture(src.into(), picture);
            if kept { Ok(size) } else { Err("there is no room for more pictures (`board_image_bytes`)".to_owned()) }
        });
        self.world.borrow_mut().came(0);
        self.turn((now, false), "image", |ctx| {
            let id = Value::new_float(ctx.clone(), f64::from(id));
            Ok(match &kept {
                Ok((width, height)) => {
                    let side = |side: u32| Value::new_float(ctx.clone(), f64::from(side));
                    vec![id, side(*width), side(*height)]
                }
                Err(error) => vec![id, error.as_str().into_js_value(ctx)?],
            })
        });
    }

    /// A timer is due.
    pub fn timer(&mut self, now: f64, id: u32) {
        self.world.borrow_mut().came(0);
        self.turn((now, false), "timer", |ctx| Ok(vec![Value::new_float(ctx.clone(), f64::from(id))]));
    }

    /// The screen is drawn.
    pub fn animation_frame(&mut self, now: f64) {
        self.world.borrow_mut().came(0);
        self.turn((now, false), "frame", |_| Ok(Vec::new()));
    }

    /// The main domain gives the shared canvas another size, which clears it.
    pub fn canvas_size(&mut self, now: f64, width: u32, height: u32) {
        self.turn((now, true), "canvasSize", |ctx| {
            let side = |side: u32| Value::new_float(ctx.clone(), f64::from(side));
            Ok(vec![side(width), side(height)])
        });
    }

    /// The window changes.
    pub fn window(&mut self, now: f64, size: Size, ratio: f32) {
        self.turn((now, true), "window", |ctx| {
            let number = |number: f32| Value::new_float(ctx.clone(), f64::from(number));
            Ok(vec![number(size.width), number(size.height), number(ratio)])
        });
    }

    /// What the script asks next.
    pub fn poll(&mut self) -> Option<Ask> {
        self.world.borrow_mut().asks.pop_front()
    }

    /// Why the script was stopped for good.
    #[must_use]
    pub fn stopped(&self) -> Option<String> {
        self.account.why()
    }

    /// An answer to a call is kept until its time: so many bytes are held for the script.
    pub fn expect(&mut self, json: &str) {
        self.world.borrow_mut().expect(json.len());
    }

    /// The shared canvas, as it is now, with a number that changes with it; `None` where it has no pixels.
    pub fn shared_canvas<T>(&mut self, look: impl FnOnce(&SharedCanvas, u64) -> T) -> Option<T> {
        let mut world = self.world.borrow_mut();
        let world = &mut *world;
        let canvas = world.canvases.get_mut(&1)?;
        let version = canvas.version;
        canvas.pixels(&mut world.pen).map(|pixels| look(pixels, version))
    }

    /// The texts that were drawn since this was asked last, each once.
    pub fn take_texts(&mut self) -> Vec<String> {
        self.world.borrow_mut().take_texts().into_iter().collect()
    }

    /// How often the shared canvas was drawn on.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.world.borrow().canvases.get(&1).map_or(0, |canvas| canvas.version)
    }

    /// One turn: a hook of the prelude, and all that is pending in the engine after it.
    /// `is_event` where the session makes it, and not something that the script asked for.
    fn turn(
        &mut self,
        (now, is_event): (f64, bool),
        hook: &str,
        arguments: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<Vec<Value<'js>>>,
    ) {
        if self.account.is_over() {
            return;
        }
        self.world.borrow_mut().now = now;
        self.account.begin_turn(now, is_event);
        self.context.with(|ctx| {
            let called =
                self.hooks.clone().map_or(Err(rquickjs::Error::Unknown), |hooks| hooks.restore(&ctx)).and_then(|hooks| {
                    let function: Function<'_> = hooks.get(hook)?;
                    let mut list = rquickjs::function::Args::new(ctx.clone(), 4);
                    list.this(hooks)?;
                    list.push_args(arguments(&ctx)?)?;
                    function.call_arg::<()>(list)
                });
            if called.is_err() {
                self.caught(&ctx, "error");
            }
            self.jobs(&ctx);
            if self.account.is_over() {
                self.caught(&ctx, "error");
                self.say_stopped(&ctx);
            }
            if !self.account.is_over() {
                self.report_rejections(&ctx);
            }
        });
        self.account.end_turn();
    }

    /// What is pending in the engine: promises, and what waits for them.
    fn jobs(&self, ctx: &Ctx<'_>) {
        // Over, it goes on until the engine's next interrupt, whose error says where it was.
        let mut left = LAST_JOBS;
        while ctx.execute_pending_job() {
            if !self.account.spend(JOB) {
                left -= 1;
                if left == 0 || ctx.has_exception() {
                    break;
                }
            }
        }
    }

    /// Says what was thrown.
    fn caught(&self, ctx: &Ctx<'_>, kind: &'static str) {
        if !ctx.has_exception() {
            return;
        }
        let value = ctx.catch();
        self.say(ctx, kind, &value);
    }

    fn say<'js>(&self, ctx: &Ctx<'js>, kind: &'static str, value: &Value<'js>) {
        let (message, stack) = thrown(ctx, value);
        let message = self.account.why().unwrap_or(message);
        let stack = frames(&stack);
        let place = place(&stack).or_else(|| self.last_place(ctx));
        let mut world = self.world.borrow_mut();
        let source = lines_around(&mut world, place.as_ref());
        world.fault(Fault { message, kind, place, stack, source });
    }

    fn report_rejections(&self, ctx: &Ctx<'_>) {
        let rejected = std::mem::take(&mut *self.rejected.borrow_mut());
        for (promise, reason) in rejected {
            drop(promise);
            if let Ok(reason) = reason.restore(ctx) {
                self.say(ctx, "unhandled rejection", &reason);
            }
        }
    }

    /// That it was stopped is said once, also where nothing was thrown.
    fn say_stopped(&self, ctx: &Ctx<'_>) {
        let Some(message) = self.account.why() else { return };
        let place = self.last_place(ctx);
        let mut world = self.world.borrow_mut();
        let is_said = world.asks.iter().any(|ask| matches!(ask, Ask::Fault(fault) if fault.message == message));
        if !is_said {
            let source = lines_around(&mut world, place.as_ref());
            world.asks.push_back(Ask::Fault(Fault { message, kind: "error", place, source, ..Fault::default() }));
        }
    }

    /// Where a script that is over was last called, for what ends between two of its calls.
    fn last_place(&self, ctx: &Ctx<'_>) -> Option<(String, u32, u32)> {
        if !self.account.is_over() {
            return None;
        }
        self.account.last_words();
        let found =
            self.hooks.clone()?.restore(ctx).and_then(|hooks| hooks.get::<_, Function<'_>>("last")?.call::<_, String>(()));
        if found.is_err() {
            drop(ctx.catch());
        }
        place(&[format!("at {}", found.ok()?)])
    }
}

/// A value of the engine's from one of ours.
trait IntoJsValue {
    fn into_js_value<'js>(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>>;
}

impl<T: for<'js> rquickjs::IntoJs<'js>> IntoJsValue for T {
    fn into_js_value<'js>(self, ctx: &Ctx<'js>) -> rquickjs::Result<Value<'js>> {
        self.into_js(ctx)
    }
}

/// Evaluates the prelude; the functions by which the host reaches it.
fn prelude<'js>(ctx: &Ctx<'js>, world: &Shared, options: &DomainOptions) -> rquickjs::Result<Object<'js>> {
    let native = natives::object(ctx, world)?;
    let shared = Object::new(ctx.clone())?;
    let hooks = Object::new(ctx.clone())?;
    shared.set("hooks", hooks.clone())?;
    shared.set("options", ctx.json_parse(options_json(options).to_json())?)?;
    for (name, source) in PRELUDE {
        let mut evaluation = rquickjs::context::EvalOptions::default();
        evaluation.filename = Some(format!("{OWN}{name}"));
        let part: Function<'js> = ctx.eval_with_options(*source, evaluation)?;
        part.call::<_, ()>((This(Value::new_undefined(ctx.clone())), native.clone(), shared.clone()))?;
    }
    Ok(hooks)
}

/// What the prelude must know of a domain.
fn options_json(options: &DomainOptions) -> Json {
    let platform = options.platform;
    let (client, library) = (options.versions.0.as_ref(), options.versions.1.as_ref());
    let calls = platform.calls().filter(|call| *call != Call::CanIUse);
    // What a call of the other domain's comes to is its answer; what the client is too old for is not there.
    let calls = calls.filter(|call| platform.can_i_use(call.name(), client, library) || !platform.has(*call, Where::OpenData));
    let number = |number: f64| crate::number::Number::from_f64(number).map_or(Json::Null, Json::from);
    Json::map([
        ("platform", Json::from(platform.name())),
        ("calls", Json::list(calls.map(Call::name))),
        ("client", Json::from(client.map_or_else(String::new, ToString::to_string))),
        ("library", Json::from(library.map_or_else(String::new, ToString::to_string))),
        ("width", Json::from(options.canvas.0 as usize)),
        ("height", Json::from(options.canvas.1 as usize)),
        ("windowWidth", number(f64::from(options.window.0.width))),
        ("windowHeight", number(f64::from(options.window.0.height))),
        ("pixelRatio", number(f64::from(options.window.1))),
        ("date", number(options.date)),
        ("zone", number(f64::from(options.zone))),
        ("seed", number(f64::from(options.seed))),
        ("earlyPictures", Json::from(options.strict.early_pictures)),
        ("oldWeChat", Json::from(options.strict.old_wechat)),
    ])
}
