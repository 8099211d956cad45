//! What the engine allocates, counted: how much it keeps, and how often it asks. Between two of its interrupts (ten thousand loops
//! and calls) nothing else tells what it does: the same loop takes a millisecond or a minute by what is made in it.

use rquickjs::allocator::{Allocator, RustAllocator};

use super::account::Account;

/// Steps of work of an allocation, beside its bytes: with what is made of it, and with what takes it away.
const ALLOCATION: u64 = 80;
/// Bytes of an allocation that are a step: they are filled, and most often copied from elsewhere.
const BYTES_PER_STEP: usize = 4;

/// The standard library's allocator, with an account.
pub struct Counted(pub Account);

impl Counted {
    fn count(&self, bytes: usize) {
        self.0.spend(ALLOCATION + (bytes / BYTES_PER_STEP) as u64);
    }

    /// A piece of memory that was asked for, if there is room for it.
    fn given(&self, size: usize, give: impl FnOnce() -> *mut u8) -> *mut u8 {
        self.count(size);
        if !self.0.take(size) {
            return std::ptr::null_mut();
        }
        let given = give();
        if given.is_null() {
            self.0.give_back(size);
        }
        given
    }
}

/// As the allocator keeps it.
fn rounded(size: usize) -> usize {
    size.saturating_add(7) & !7
}

// It does what `RustAllocator` does, or gives nothing, which the engine knows as the end of memory.
#[allow(unsafe_code, reason = "the engine has no other place where its work can be counted; the pointers are only passed on")]
// SAFETY: each pointer comes from `RustAllocator`, which keeps to the contract, or is null.
unsafe impl Allocator for Counted {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        self.given(rounded(size), || RustAllocator.alloc(size))
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        match count.checked_mul(size) {
            None | Some(0) => std::ptr::null_mut(),
            Some(all) => self.given(rounded(all), || RustAllocator.calloc(count, size)),
        }
    }

    unsafe fn dealloc(&mut self, ptr: *mut u8) {
        if ptr.is_null() {
            return;
        }
        // SAFETY: the engine gives back what it was given, once.
        unsafe {
            self.0.give_back(RustAllocator::usable_size(ptr));
            RustAllocator.dealloc(ptr);
        }
    }

    unsafe fn realloc(&mut self, ptr: *mut u8, new_size: usize) -> *mut u8 {
        if ptr.is_null() {
            return self.alloc(new_size);
        }
        // SAFETY: the engine asks about what it was given and has not given back.
        let before = unsafe { RustAllocator::usable_size(ptr) };
        let more = rounded(new_size).saturating_sub(before);
        self.count(new_size);
        if !self.0.take(more) {
            return std::ptr::null_mut();
        }
        // SAFETY: as above; where nothing comes back, what was there stays.
        let given = unsafe { RustAllocator.realloc(ptr, new_size) };
        self.0.give_back(if given.is_null() { more } else { before.saturating_sub(rounded(new_size)) });
        given
    }

    unsafe fn usable_size(ptr: *mut u8) -> usize {
        if ptr.is_null() {
            return 0;
        }
        // SAFETY: the engine asks about what it was given.
        unsafe { RustAllocator::usable_size(ptr) }
    }
}
