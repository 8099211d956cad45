//! The id of a request: that of the trace which the caller began (`traceparent`, W3C Trace Context), else a new one.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderMap;

/// 32 hexadecimal digits.
pub fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get("traceparent").and_then(|value| value.to_str().ok());
    given.and_then(trace_id).map_or_else(new_id, str::to_owned)
}

/// The trace of a `traceparent`, where it is one: `00-TRACE-PARENT-FLAGS`.
fn trace_id(traceparent: &str) -> Option<&str> {
    let mut parts = traceparent.split('-');
    let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let is_zero = |part: &str| part.bytes().all(|byte| byte == b'0');
    // Later versions may have more parts; this one has not.
    let is_known = is_hex(version, 2) && version != "ff" && (version != "00" || parts.next().is_none());
    let is_valid =
        is_known && is_hex(trace, 32) && !is_zero(trace) && is_hex(parent, 16) && !is_zero(parent) && is_hex(flags, 2);
    is_valid.then_some(trace)
}

/// An id that no other request of this process has, and that cannot be guessed from another.
fn new_id() -> String {
    static KEYS: OnceLock<(RandomState, RandomState)> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (high, low) = KEYS.get_or_init(|| (RandomState::new(), RandomState::new()));
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}{:016x}", high.hash_one(count), low.hash_one(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_of_the_caller_is_taken_over_where_it_is_one() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(trace_id(&format!("00-{trace}-00f067aa0ba902b7-01")), Some(trace));
        assert_eq!(trace_id(&format!("01-{trace}-00f067aa0ba902b7-01-more")), Some(trace));
        for wrong in [
            "",
            "00",
            &format!("00-{trace}-00f067aa0ba902b7"),
            &format!("00-{trace}-00f067aa0ba902b7-01-more"),
            &format!("ff-{trace}-00f067aa0ba902b7-01"),
            &format!("00-{}-00f067aa0ba902b7-01", trace.to_uppercase()),
            &format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            &format!("00-{trace}-0000000000000000-01"),
            &format!("00-{}\n-00f067aa0ba902b7-01", &trace[1..]),
        ] {
            assert_eq!(trace_id(wrong), None, "{wrong}");
        }
        let mut headers = HeaderMap::new();
        assert_ne!(request_id(&headers), request_id(&headers));
        assert_eq!(request_id(&headers).len(), 32);
        headers.insert("traceparent", format!("00-{trace}-00f067aa0ba902b7-01").parse().unwrap());
        assert_eq!(request_id(&headers), trace);
    }
}
