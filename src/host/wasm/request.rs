//! One picture of one request.
//!
//! The module keeps one request and one answer in its own memory, so that no pointer ever comes in from outside:
//!
//! ```js
//! const at = friendboard_request(bytes.length);             // 0: too long
//! new Uint8Array(memory.buffer, at, bytes.length).set(bytes); // UTF-8 JSON of a `Request`
//! if (friendboard_render() === 1) {
//!   const size = friendboard_width() * friendboard_height() * 4;
//!   const pixels = new Uint8ClampedArray(memory.buffer, friendboard_pixels(), size); // valid until the next call
//! }
//! const report = new Uint8Array(memory.buffer, friendboard_report(), friendboard_report_length()); // JSON
//! ```
//!
//! Pictures that are asked for and not there are the report's `wanted`. Who has them brings each by [`friendboard_picture`] and
//! draws once more; they are known until the next request.

use std::cell::RefCell;
use std::collections::BTreeMap;

use friendboard::picture::{self, Straight};
use friendboard::pipeline::{Job, Need};
use friendboard::text::Fonts;
use friendboard::{Diagnostic, Format, Frame, Limits, Renderer, Request, Result, json};

/// What stays between calls.
#[derive(Default)]
struct Module {
    renderer: Option<Renderer>,
    request: Vec<u8>,
    brought: Brought,
    picture: ((u32, u32), Vec<u8>),
    report: Vec<u8>,
    /// A picture to be encoded, and then its file.
    file: ((u32, u32), Vec<u8>),
}

/// The files of pictures that the host brought, or why there are none.
#[derive(Default)]
struct Brought {
    files: BTreeMap<String, std::result::Result<Vec<u8>, String>>,
    /// What the host writes: an address, as many bytes of it, and what is there.
    coming: Option<(Vec<u8>, usize, bool)>,
}

impl Brought {
    /// Takes what the host has written.
    fn take(&mut self) {
        let Some((mut src, length, is_file)) = self.coming.take() else { return };
        let file = src.split_off(length.min(src.len()));
        let file = if is_file { Ok(file) } else { Err(String::from_utf8_lossy(&file).into_owned()) };
        self.files.insert(String::from_utf8_lossy(&src).into_owned(), file);
    }

    /// Draws a job with what is there; gives the addresses of what is not.
    fn draw(&self, mut job: Job<'_>, limits: &Limits) -> (Result<Frame>, Vec<String>) {
        let mut wanted: Vec<String> = Vec::new();
        loop {
            let needs = job.wanted();
            if needs.is_empty() {
                return (job.finish(), wanted);
            }
            for need in &needs {
                let src = need.src();
                match self.files.get(src) {
                    Some(Ok(file)) => job.supply_need(need, Ok::<_, &str>(file)),
                    Some(Err(reason)) => job.supply_need(need, Err::<&[u8], _>(reason)),
                    None if is_data(need) => job.supply_need(need, picture::data_url(src, limits)),
                    None => {
                        job.supply_need(need, Err::<&[u8], _>("it was not brought"));
                        if !wanted.iter().any(|known| known == src) {
                            wanted.push(src.to_owned());
                        }
                    }
                }
            }
        }
    }
}

/// True for a picture that is its own address.
fn is_data(need: &Need) -> bool {
    need.src().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

thread_local! {
    static MODULE: RefCell<Module> = RefCell::default();
}

fn with<T>(call: impl FnOnce(&mut Module) -> T) -> T {
    MODULE.with(|module| call(&mut module.borrow_mut()))
}

/// Makes room for a request of so many bytes and says where it is; 0 where it is longer than data and template may be.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_request(length: usize) -> *mut u8 {
    if length > Request::bytes_most(&Limits::default()) {
        return std::ptr::null_mut();
    }
    with(|module| {
        module.brought = Brought::default();
        module.request.clear();
        module.request.resize(length, 0);
        module.request.as_mut_ptr()
    })
}

/// Draws the request. 1: the picture is there; 0: the report says what is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_render() -> u32 {
    with(|module| {
        let renderer = module.renderer.get_or_insert_with(|| Renderer::new(Fonts::bundled(), Limits::default()));
        let request = Request::from_json(&String::from_utf8_lossy(&module.request), renderer.limits());
        module.brought.take();
        let mut wanted = Vec::new();
        let drawn = request.and_then(|request| {
            let limits = renderer.limits().clone();
            let job = renderer.begin(&request.compile(&limits)?, &request)?;
            let (frame, missing) = module.brought.draw(job, &limits);
            wanted = missing;
            let frame = frame?;
            Ok(((frame.size(), frame.encode(Format::Rgba)?), frame.diagnostics))
        });
        let is_drawn = drawn.is_ok();
        let error = drawn.as_ref().err().map(|error| json!({"kind": error.kind().code(), "message": error.to_string()}));
        let (picture, found) = drawn.unwrap_or_default();
        module.picture = picture;
        let said = |it: &Diagnostic| {
            json!({
                "severity": it.severity.keyword(), "code": it.code, "message": &*it.message, "hint": it.hint.as_deref(),
                "place": it.place.to_string(),
            })
        };
        let said: Vec<json::Value> = found.as_slice().iter().map(said).collect();
        let wanted: Vec<json::Value> = wanted.into_iter().map(json::Value::from).collect();
        let report = json!({"error": error, "diagnostics": said, "diagnosticsLeftOut": found.left_out(), "wanted": wanted});
        module.report = report.to_json().into_bytes();
        u32::from(is_drawn)
    })
}

/// Where the picture is: straight RGBA8 rows, until the next call of any other function.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_pixels() -> *const u8 {
    with(|module| module.picture.1.as_ptr())
}

/// Width of the picture, device px; 0 where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_width() -> u32 {
    with(|module| module.picture.0.0)
}

/// Height of the picture, device px; 0 where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_height() -> u32 {
    with(|module| module.picture.0.1)
}

/// Makes room for a picture that is wanted and says where it is: its address, `src` bytes of UTF-8, and behind it `length` bytes:
/// the file as it came (`is_file` is 1), or why there is none. 0 where it is too long.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_picture(src: usize, length: usize, is_file: u32) -> *mut u8 {
    with(|module| {
        module.brought.take();
        let limits = Limits::default();
        if src > Request::bytes_most(&limits) || length > limits.image_bytes {
            return std::ptr::null_mut();
        }
        let (bytes, ..) = module.brought.coming.insert((vec![0; src.saturating_add(length)], src, is_file == 1));
        bytes.as_mut_ptr()
    })
}

/// Makes room for a picture of straight RGBA8 rows that [`friendboard_png`] encodes, and says where it is; 0 where it is larger
/// than a canvas may be.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_image(width: u32, height: u32) -> *mut u8 {
    with(|module| {
        let pixels = u64::from(width) * u64::from(height);
        if pixels > u64::from(Limits::default().canvas_pixels) {
            return std::ptr::null_mut();
        }
        module.file = ((width, height), vec![0; pixels as usize * 4]);
        module.file.1.as_mut_ptr()
    })
}

/// Encodes that picture as PNG, with the bytes that the command line writes, and says how many there are; 0 where there is no
/// picture. They stand where the picture stood by [`friendboard_file`], until the next call of any other function.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_png() -> usize {
    with(|module| {
        let ((width, height), pixels) = std::mem::take(&mut module.file);
        let encoded = Straight::new(width, height, &pixels).and_then(|pixels| picture::encode(pixels, Format::PNG).ok());
        module.file.1 = encoded.unwrap_or_default();
        module.file.1.len()
    })
}

/// Where the file is that [`friendboard_png`] made.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_file() -> *const u8 {
    with(|module| module.file.1.as_ptr())
}

/// Where the report is: JSON with `error` (`kind`, `message`, or null), `diagnostics`, and the addresses of pictures that are
/// `wanted`.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_report() -> *const u8 {
    with(|module| module.report.as_ptr())
}

/// Length of the report, bytes.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_report_length() -> usize {
    with(|module| module.report.len())
}

/// Forgets all that is kept: fonts, glyphs, the request, the picture. The next request starts afresh.
#[unsafe(no_mangle)]
pub extern "C" fn friendboard_release() {
    with(|module| *module = Module::default());
}
