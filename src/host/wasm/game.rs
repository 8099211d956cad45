//! The open data context behind plain functions: `handle`, `poll` and `frame` of [`OpenDataContext`].
//!
//! ```text
//! start ─▶ window, canvas_size ─▶ message, touch, answer, picture, timer ─▶ poll … until 0 ─▶ frame ─▶ pixels, damage
//! ```
//!
//! Times are ms on any clock that does not go back. Before a call that has a text, the host asks for [`room`] and writes it
//! there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use friendboard::context::{CanvasStyle, Input, OpenDataContext, RequestId, Settings, Touch, TouchPhase};
use friendboard::geometry::{Point, Size};
use friendboard::json::Value;
#[cfg(feature = "pixels")]
use friendboard::picture;
use friendboard::picture::Picture;
use friendboard::text::bitmap_font::BitmapFont;
use friendboard::{Diagnostic, Limits, Result, json};

use crate::effects::Asked;
use crate::fault;
use crate::painter;
use crate::room::{Room, text_of};

/// What stays between calls.
#[derive(Default)]
struct Module {
    limits: Limits,
    room: Room,
    asked: Asked,
    #[cfg(feature = "pixels")]
    fonts: Option<friendboard::text::Fonts>,
    /// The host draws letters that no font has.
    #[cfg(feature = "pixels")]
    host_draws: bool,
    game: Option<Game>,
    now: f64,
}

/// A board under way.
struct Game {
    context: OpenDataContext,
    canvas: painter::Canvas,
    /// What is wrong with the board's documents, to be told first.
    found: VecDeque<Diagnostic>,
}

thread_local! {
    static MODULE: RefCell<Module> = RefCell::default();
}

fn with<T>(call: impl FnOnce(&mut Module) -> T) -> T {
    MODULE.with(|module| call(&mut module.borrow_mut()))
}

impl Module {
    fn tell(&mut self, input: Input, now: f64) {
        self.now = self.now.max(now);
        if let Some(game) = &mut self.game {
            game.context.handle(input, now);
        }
    }

    /// Something that the host handed over and that is none; it is told as other diagnostics are.
    fn say(&mut self, diagnostic: Diagnostic) {
        if let Some(game) = &mut self.game {
            game.found.push_back(diagnostic);
        }
    }

    fn start(&mut self, wall_clock: f64) -> Result<Game> {
        let limits = self.limits.clone();
        let settings = self.room.with_text(|json| Settings::from_json(json, &limits))?;
        let mut options = settings.options(&limits)?;
        if settings.date.is_none() {
            options.wall_clock = wall_clock;
        }
        let found = options.boards.values().next().map(|board| board.diagnostics().clone()).unwrap_or_default();
        Ok(Game {
            canvas: painter::Canvas::new(&limits)?,
            context: OpenDataContext::new(options, self.renderer()),
            found: found.as_slice().iter().cloned().collect(),
        })
    }

    #[cfg(feature = "pixels")]
    fn renderer(&mut self) -> friendboard::Renderer {
        let fonts = self.fonts.take().unwrap_or_else(friendboard::text::Fonts::bundled);
        painter::renderer(fonts, self.limits.clone(), self.host_draws)
    }

    #[cfg(not(feature = "pixels"))]
    fn renderer(&self) -> friendboard::Renderer {
        painter::renderer(self.limits.clone())
    }
}

/// Makes room for so many bytes and says where it is, until the next call; 0 for more than any call takes.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    with(|module| module.room.make(length, &module.limits))
}

/// Adds a font (room: its file), before `start`. It comes before those that the module has. 0: it can't be read, as the text
/// says.
#[cfg(feature = "pixels")]
#[unsafe(no_mangle)]
pub extern "C" fn add_font() -> u32 {
    with(|module| {
        let bytes = module.room.bytes();
        let fonts = module.fonts.get_or_insert_with(friendboard::text::Fonts::bundled);
        match fonts.add_bytes("a font of the game", bytes) {
            Ok(_) => 1,
            Err(error) => {
                module.asked.text = error.to_string();
                0
            }
        }
    })
}

/// Before `start`: the host measures and draws letters that no font has.
#[cfg(feature = "pixels")]
#[unsafe(no_mangle)]
pub extern "C" fn host_draws() {
    with(|module| module.host_draws = true);
}

/// Begins anew with the options of a game (room: the JSON of [`Settings`]). 0: they are none, as the text says: an object of
/// `kind` and `message`. `wall_clock` is when times are 0, ms since 1970.
#[unsafe(no_mangle)]
pub extern "C" fn start(wall_clock: f64) -> u32 {
    fault::keep();
    with(|module| match module.start(wall_clock) {
        Ok(game) => {
            module.game = Some(game);
            1
        }
        Err(error) => {
            module.asked.text = json!({"kind": error.kind().code(), "message": error.to_string()}).to_json();
            0
        }
    })
}

/// `onMessage`: what the main domain posted (room: its JSON).
#[unsafe(no_mangle)]
pub extern "C" fn message(now: f64) {
    with(|module| {
        let limits = module.limits.clone();
        match module.room.with_text(|json| Value::read(json, "<message>", &limits)) {
            Ok(message) => module.tell(Input::Message(message), now),
            Err(error) => module.say(Diagnostic::from_error("message", &error)),
        }
    });
}

/// A finger: phase 0 start, 1 move, 2 end, 3 cancel; where, in logical px of the window.
#[unsafe(no_mangle)]
pub extern "C" fn touch(phase: u32, finger: f64, x: f32, y: f32, now: f64) {
    let phase = match phase {
        0 => TouchPhase::Start,
        1 => TouchPhase::Move,
        2 => TouchPhase::End,
        _ => TouchPhase::Cancel,
    };
    with(|module| module.tell(Input::Touch(Touch { phase, finger: finger as i64, point: Point::new(x, y) }), now));
}

/// What a call came to (room: the JSON of what `success` or `fail` got).
#[unsafe(no_mangle)]
pub extern "C" fn answer(request: f64, success: u32, now: f64) {
    with(|module| {
        let json = text_of(module.room.bytes());
        module.tell(Input::Answer { request: RequestId(request as u64), success: success == 1, json }, now);
    });
}

/// A picture that the host decoded (room: its address, so many bytes, then straight RGBA8 rows, or nothing where the host
/// draws it), or, where it has no width, why there is none (room: its address, then a text).
#[unsafe(no_mangle)]
pub extern "C" fn picture(address: usize, width: u32, height: u32, now: f64) {
    with(|module| {
        let (src, rest) = module.room.text_and_rest(address);
        let picture = if width == 0 {
            Err(text_of(rest))
        } else if u64::from(width) * u64::from(height) > u64::from(module.limits.image_pixels) {
            Err(format!("at most {} px were expected, found {width}×{height}", module.limits.image_pixels))
        } else {
            brought(width, height, rest)
        };
        module.tell(Input::Image { src: Arc::from(src), picture }, now);
    });
}

#[cfg(feature = "pixels")]
fn brought(width: u32, height: u32, pixels: Vec<u8>) -> std::result::Result<Picture, String> {
    if pixels.is_empty() {
        return Ok(Picture::of_host(width, height));
    }
    let found = pixels.len();
    Picture::from_straight(width, height, pixels)
        .ok_or_else(|| format!("{width}×{height} px of 4 bytes were expected, found {found} bytes"))
}

#[cfg(not(feature = "pixels"))]
#[allow(clippy::unnecessary_wraps, reason = "the pixels painter's can fail")]
fn brought(width: u32, height: u32, _pixels: Vec<u8>) -> std::result::Result<Picture, String> {
    Ok(Picture::of_host(width, height))
}

/// A picture that the host could read as a file only (room: its address, so many bytes, then the file).
#[cfg(feature = "pixels")]
#[unsafe(no_mangle)]
pub extern "C" fn picture_file(address: usize, now: f64) {
    with(|module| {
        let (src, file) = module.room.text_and_rest(address);
        let picture = picture::decode(&file, &module.limits).map_err(|error| error.to_string());
        module.tell(Input::Image { src: Arc::from(src), picture }, now);
    });
}

/// A bitmap font (room: its path, so many bytes, then its document), or, where it was not found, why (room: its path, then a
/// text).
#[unsafe(no_mangle)]
pub extern "C" fn bitmap_font(path: usize, found: u32, now: f64) {
    with(|module| {
        let (path, rest) = module.room.text_and_rest(path);
        let text = text_of(rest);
        let font = match found {
            0 => Err(text),
            _ => BitmapFont::parse(&text, &path, &module.limits).map(Arc::new).map_err(|error| error.to_string()),
        };
        module.tell(Input::BitmapFont { path: Arc::from(path), font }, now);
    });
}

/// The canvas was given a size of its own, device px, which clears it.
#[unsafe(no_mangle)]
pub extern "C" fn canvas_size(width: u32, height: u32, now: f64) {
    with(|module| module.tell(Input::CanvasSize { width, height }, now));
}

/// The canvas was placed on the screen (room: the JSON of its style).
#[unsafe(no_mangle)]
pub extern "C" fn canvas_style(now: f64) {
    with(|module| {
        let limits = module.limits.clone();
        match module.room.with_text(|json| Value::read(json, "<style>", &limits)) {
            Ok(style) => {
                let style = CanvasStyle::read(&style, &mut |diagnostic| module.say(diagnostic));
                module.tell(Input::CanvasStyle(style), now);
            }
            Err(error) => module.say(Diagnostic::from_error("canvas-style", &error)),
        }
    });
}

/// The window: logical px, and device px per logical px.
#[unsafe(no_mangle)]
pub extern "C" fn window(width: f32, height: f32, device_pixel_ratio: f32, now: f64) {
    with(|module| module.tell(Input::Window { size: Size::new(width, height), device_pixel_ratio }, now));
}

/// The timer has come.
#[unsafe(no_mangle)]
pub extern "C" fn timer(now: f64) {
    with(|module| module.tell(Input::Timer, now));
}

/// The frame that was asked for has come; `frame` draws it.
#[unsafe(no_mangle)]
pub extern "C" fn animation_frame(now: f64) {
    with(|module| module.tell(Input::AnimationFrame, now));
}

/// What the host is to do next: see [`Asked::take`]; 0: nothing, until something happens.
#[unsafe(no_mangle)]
pub extern "C" fn poll() -> u32 {
    with(|module| {
        let Some(game) = &mut module.game else { return 0 };
        match game.found.pop_front() {
            Some(diagnostic) => module.asked.diagnostic(diagnostic, module.now),
            None => game.context.poll().map_or(0, |effect| module.asked.take(effect, module.now)),
        }
    })
}

/// Puts the log's line of what was polled last in the place of its text.
#[unsafe(no_mangle)]
pub extern "C" fn log_line() {
    with(|module| module.asked.line(module.now));
}

/// Where the text of what was polled last is, or of what failed: UTF-8, until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *const u8 {
    with(|module| module.asked.text.as_ptr())
}

/// Its length, bytes.
#[unsafe(no_mangle)]
pub extern "C" fn text_length() -> usize {
    with(|module| module.asked.text.len())
}

/// The call that was polled last.
#[unsafe(no_mangle)]
pub extern "C" fn call_number() -> f64 {
    with(|module| module.asked.request)
}

/// When the timer that was polled last is due, ms.
#[unsafe(no_mangle)]
pub extern "C" fn timer_time() -> f64 {
    with(|module| module.asked.time)
}

/// 1 while a board is shown.
#[unsafe(no_mangle)]
pub extern "C" fn is_shown() -> u32 {
    with(|module| u32::from(module.game.as_ref().is_some_and(|game| game.context.is_shown())))
}

/// Draws what has changed; 0: nothing has, and the canvas is as it was.
#[unsafe(no_mangle)]
pub extern "C" fn frame(now: f64) -> u32 {
    with(|module| {
        module.now = module.now.max(now);
        module.game.as_mut().map_or(0, |game| u32::from(game.canvas.draw(&mut game.context, now)))
    })
}

/// Where the canvas's pixels are: straight RGBA8 rows, until the next frame.
#[cfg(feature = "pixels")]
#[unsafe(no_mangle)]
pub extern "C" fn pixels() -> *const u8 {
    with(|module| module.game.as_ref().map_or(std::ptr::null(), |game| game.canvas.straight().as_ptr()))
}

/// Draws a piece of the last frame, by the number that its operations name it by: its pixels are then among the canvas's, where
/// `extent` says, until the next piece.
#[cfg(feature = "pixels")]
#[unsafe(no_mangle)]
pub extern "C" fn piece(number: usize) {
    with(|module| {
        if let Some(game) = &mut module.game {
            game.canvas.draw_piece(&mut game.context, number);
        }
    });
}

/// The operations of the last frame: where its words are, until the next one. See `words.rs`. The pixels painter has none where all
/// of the frame is in its pixels.
#[unsafe(no_mangle)]
pub extern "C" fn operations() -> *const u32 {
    with(|module| module.game.as_ref().map_or(std::ptr::null(), |game| game.canvas.words().as_slice().as_ptr()))
}

/// How many words there are.
#[unsafe(no_mangle)]
pub extern "C" fn operations_length() -> usize {
    with(|module| module.game.as_ref().map_or(0, |game| game.canvas.words().as_slice().len()))
}

/// Says that the host's context has no clip: from here on each frame has all operations.
#[cfg(not(feature = "pixels"))]
#[unsafe(no_mangle)]
pub extern "C" fn lacks_clip() {
    with(|module| {
        if let Some(game) = &mut module.game {
            game.canvas.lacks_clip();
        }
    });
}

/// Puts the texts that are new in the last frame in the place of the text, each with a NUL after it, and gives the number of
/// the first.
#[unsafe(no_mangle)]
pub extern "C" fn new_texts() -> u32 {
    with(|module| {
        let Some(game) = &module.game else { return 0 };
        let (texts, first) = game.canvas.words().new_texts();
        module.asked.text.clear();
        module.asked.text.push_str(texts);
        first
    })
}

/// Of the canvas: 0 width, 1 height; of what the last frame touched: 2 left, 3 top, 4 width, 5 height; of the last piece: 6 left,
/// 7 top, 8 width, 9 height. Device px.
#[unsafe(no_mangle)]
pub extern "C" fn extent(which: u32) -> i32 {
    with(|module| {
        let Some(game) = &module.game else { return 0 };
        let (width, height) = game.canvas.size();
        let area = if which < 6 { game.canvas.damage() } else { game.canvas.piece() };
        match which {
            0 => width as i32,
            1 => height as i32,
            2 | 6 => area.left,
            3 | 7 => area.top,
            4 | 8 => area.width(),
            _ => area.height(),
        }
    })
}
