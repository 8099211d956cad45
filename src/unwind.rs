//! Where the libraries run that read what strangers made: a panic of theirs becomes an error, and nothing of it is printed.
//!
//! In a WASM module a panic is a trap, which the runtime catches: there this does nothing.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// How many calls of [`contained`] this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Counts a call, also where it ends by a panic.
struct Entered;

impl Entered {
    fn new() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Self
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}

/// Runs a library on input that may be broken.
///
/// What `run` changes outside of itself must not be used after an error.
///
/// # Errors
/// What the library's panic said.
///
/// ```
/// use friendboard::unwind::contained;
/// assert_eq!(contained(|| 1), Ok(1));
/// let empty: Vec<u8> = Vec::new();
/// assert!(contained(|| empty[0]).unwrap_err().contains("out of bounds"));
/// ```
pub fn contained<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    silence();
    let entered = Entered::new();
    let outcome = catch_unwind(AssertUnwindSafe(run));
    drop(entered);
    outcome.map_err(|panic| {
        let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
        said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
    })
}

/// Sees to it, once in a process, that contained panics print nothing; all others are told as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if cfg!(target_arch = "wasm32") {
            return;
        }
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if DEPTH.try_with(Cell::get).unwrap_or(0) == 0 {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_next_call_is_as_the_first() {
        let text = contained(|| -> u8 { panic!("no {}", "luck") });
        assert_eq!(text, Err("no luck".to_owned()));
        let nested = contained(|| contained(|| -> u8 { panic!("inner") }).unwrap_or(7));
        assert_eq!(nested, Ok(7));
        assert_eq!(DEPTH.get(), 0);
    }
}
