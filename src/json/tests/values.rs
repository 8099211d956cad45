//! The value, and its forms as text and as JSON.

use crate::error::{ErrorKind, Result};
use crate::json::Value;
use crate::limits::Limits;

fn read(text: &str) -> Result<Value> {
    Value::from_json(text, &Limits::default())
}

#[test]
fn writes_itself_as_text() {
    let value = Value::map([("b", Value::Null), ("a", Value::list([Value::from("x\""), true.into(), 3.into()]))]);
    assert_eq!(value.to_string(), r#"{"a": ["x\"", true, 3], "b": null}"#);
    assert_eq!(Value::Null.to_string(), "");
    let deep = (0..1_000).fold(Value::Null, |inner, _| Value::list([inner]));
    assert!(deep.to_string().contains('…'));
}

#[test]
fn builds_maps() {
    let value = Value::Null.with("a", 1).with("b", "x").with("a", 2);
    assert_eq!(value, Value::map([("a", Value::from(2)), ("b", Value::from("x"))]));
    assert_eq!(value.get("c"), None);
    assert_eq!(Value::from(1).get("a"), None);
}

#[test]
fn keeps_numbers_and_order() {
    let value = read(r#"{"a":[1.50, 9007199254740993, -0, true, null], "b":{"c":"\u4f60\n"}, "a2":1e2}"#).unwrap();
    assert_eq!(value.get("a").unwrap().to_string(), "[1.50, 9007199254740993, 0, true, null]");
    assert_eq!(value.get("b").and_then(|b| b.get("c")), Some(&Value::from("你\n")));
    assert_eq!(value.get("a2").and_then(Value::as_integer), Some(100));
}

#[test]
fn says_where_it_is_no_json() {
    let error = read("{\n  \"a\": [1, 2,\n  \"é\": 3}").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert_eq!((error.place().line, error.place().column), (3, 6));
    let error = read(&format!("[1,\n{}]", "9".repeat(400))).unwrap_err();
    assert_eq!(error.to_string(), "<json>:2:1 at [1]: expected a number of at most 128 digits");
    assert_eq!(read("[\"\\ud800\"]").unwrap(), Value::list(["\u{fffd}"]));
}

#[test]
fn writes_what_it_reads() {
    let text = "\"\\/\n\u{1}\u{7f}\u{2028}é🎉";
    let value = Value::map([("k\"", Value::list([Value::from(text), 5.into()])), ("empty", Value::map([("", "")]))]);
    assert_eq!(read(&value.to_json()).unwrap(), value);
    assert!(value.to_json().contains(r"\n\u0001\u007f\u2028é"), "{}", value.to_json());
    assert_eq!(Value::map([("a", Value::list([1, 2]))]).to_pretty_json(), "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
    let deep = (0..100_000).fold(Value::Null, |inner, _| Value::list([inner]));
    assert!(deep.to_json().len() < 300);
    std::mem::forget(deep);
}
