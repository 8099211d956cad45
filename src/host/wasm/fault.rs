//! What a panic said, for the host that catches the trap: the module's memory can still be read then.

use std::sync::{Mutex, Once};

/// The longest text that is kept, bytes.
const LONGEST: usize = 1_000;

static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();

/// From here on what a panic says is kept.
pub fn keep() {
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let mut text = panic.to_string().into_bytes();
            text.truncate(LONGEST);
            if let Ok(mut said) = SAID.lock() {
                *said = text;
            }
        }));
    });
}

fn with<T>(read: impl FnOnce(&[u8]) -> T) -> T {
    read(&SAID.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// Where the text of the last panic is: UTF-8, perhaps cut within a character.
#[unsafe(no_mangle)]
pub extern "C" fn fault() -> *const u8 {
    with(<[u8]>::as_ptr)
}

/// Its length, bytes; 0: there was no panic, so a trap was for want of memory.
#[unsafe(no_mangle)]
pub extern "C" fn fault_length() -> usize {
    with(<[u8]>::len)
}
