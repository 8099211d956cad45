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

use std::cell::RefCell;

use friendboard::text::Fonts;
use friendboard::{Diagnostic, Format, Limits, Renderer, Request, json};

/// What stays between calls.
#[derive(Default)]
struct Module {
    renderer: Option<Renderer>,
    request: Vec<u8>,
    picture: ((u32, u32), Vec<u8>),
    report: Vec<u8>,
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
        let drawn = request.and_then(|request| {
            let frame = renderer.begin(&request.compile(renderer.limits())?, &request)?.finish()?;
            Ok(((frame.size(), frame.encode(Format::Rgba)?), frame.diagnostics))
        });
        let is_drawn = drawn.is_ok();
        let error = drawn.as_ref().err().map(|error| json!({"kind": error.kind().code(), "message": error.to_string()}));
        let (picture, found) = drawn.unwrap_or_default();
        module.picture = picture;
        let said = |it: &Diagnostic| json!({"code": it.code, "message": &*it.message, "place": it.place.to_string()});
        let said: Vec<json::Value> = found.as_slice().iter().map(said).collect();
        let left_out = found.left_out();
        module.report = json!({"error": error, "diagnostics": said, "diagnosticsLeftOut": left_out}).to_json().into_bytes();
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

/// Where the report is: JSON with `error` (`kind`, `message`, or null) and `diagnostics`.
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
