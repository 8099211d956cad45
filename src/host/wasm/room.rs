//! The buffer through which texts and bytes come in.

use friendboard::{Limits, Request};

/// A buffer larger than this is let go after its use, bytes: a picture's pixels are not kept for the next touch.
const KEPT_BYTES: usize = 256 * 1024;

/// What the host writes before it calls.
#[derive(Default)]
pub struct Room(Vec<u8>);

impl Room {
    /// Makes room for so many bytes and says where it is; null for more than any call takes.
    pub fn make(&mut self, length: usize, limits: &Limits) -> *mut u8 {
        let picture = (limits.image_pixels as usize).saturating_mul(4).saturating_add(limits.data_bytes);
        if length > Request::bytes_most(limits).max(picture) {
            return std::ptr::null_mut();
        }
        self.0.clear();
        if self.0.try_reserve_exact(length).is_err() {
            return std::ptr::null_mut();
        }
        self.0.resize(length, 0);
        self.0.as_mut_ptr()
    }

    /// Takes what was written: bytes.
    pub fn bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    /// Takes what was written: a text, and the bytes after it. A length beyond the end is that of all.
    pub fn text_and_rest(&mut self, length: usize) -> (String, Vec<u8>) {
        let mut text = self.bytes();
        let rest = text.split_off(length.min(text.len()));
        (text_of(text), rest)
    }

    /// Reads what was written as a text, and keeps the buffer for the next one where it is small.
    pub fn with_text<T>(&mut self, read: impl FnOnce(&str) -> T) -> T {
        let result = read(&String::from_utf8_lossy(&self.0));
        self.0.clear();
        if self.0.capacity() > KEPT_BYTES {
            self.0 = Vec::new();
        }
        result
    }
}

/// A text as the host wrote it; what is no UTF-8 in it is replaced.
pub fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
