//! The platforms' cloud storage, and a file that keeps it.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

mod calls;
mod file;

/// A value from the one that `json!` makes.
fn value(json: &serde_json::Value) -> friendboard::json::Value {
    friendboard::json::Value::from_json(&json.to_string(), &friendboard::Limits::default()).unwrap()
}
