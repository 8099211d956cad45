//! Types of ours: derives over the reader, places in what is wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::{self, Source, Value};
use crate::limits::Limits;
use crate::number::Number;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
struct Request {
    board: String,
    dpr: Option<f32>,
    size: Option<(u32, u8)>,
    order: Order,
    shapes: Vec<Shape>,
    variables: Value,
    exact: Option<Number>,
    by_name: BTreeMap<String, i8>,
    by_number: BTreeMap<u16, bool>,
    unit: Unit,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Order {
    #[default]
    Desc,
    Asc,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Shape {
    Circle(f64),
    Point { x: i64, y: i64 },
    Pair(char, bool),
    Empty,
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    json::read(text, "x", &Limits::default()).map_err(|error| error.to_string())
}

const FULL: &str = r#"{"board":"b\n","dpr":1.5,"size":[10,255],"order":"asc",
    "shapes":[{"circle":1},{"point":{"x":-1,"y":9007199254740993}},{"pair":["é",true]},"empty"],
    "variables":{"a":[1.50,123456789012345678901234567890123456789012,null]},"exact":0.10,
    "byName":{"a":-5,"b":6},"byNumber":{"7":true},"unit":null}"#;

#[test]
fn reads_and_writes_every_form() {
    let request: Request = read(FULL).unwrap();
    assert_eq!((request.board.as_str(), request.dpr, request.size), ("b\n", Some(1.5), Some((10, 255))));
    assert_eq!(request.shapes[1], Shape::Point { x: -1, y: 9_007_199_254_740_993 });
    assert_eq!(request.variables.to_json(), r#"{"a":[1.50,123456789012345678901234567890123456789012,null]}"#);
    assert_eq!(request.exact.as_ref().unwrap().to_string(), "0.10");
    assert_eq!((request.by_name["a"], request.by_number[&7]), (-5, true));
    for written in [json::write(&request), json::write_pretty(&request), json::to_value(&request).to_json()] {
        assert_eq!(read::<Request>(&written).unwrap(), request, "{written}");
    }
    assert_eq!(json::to_value(&request).get("exact").unwrap().to_string(), "0.10");
    assert_eq!(read::<Request>("{}").unwrap(), Request::default());
}

#[test]
fn says_where_it_does_not_fit() {
    let cases = [
        (r#"{"boad": "x"}"#, "x:1:2 at boad: unknown member `boad` (did you mean `board`?)"),
        (r#"{"zzzzzz": 1}"#, "x:1:2 at zzzzzz: unknown member `zzzzzz` (expected `board`, `dpr`, "),
        ("{\n \"board\": 5}", "x:2:11 at board: expected a string, found a number"),
        (r#"{"dpr": "2"}"#, "x:1:9 at dpr: expected a number, found a string"),
        (r#"{"size": [10, 256]}"#, "x:1:15 at size[1]: expected a whole number from 0 to 255, found 256"),
        (r#"{"size": [10, -1]}"#, "x:1:15 at size[1]: expected a whole number from 0 to 255, found -1"),
        (r#"{"size": [1.5, 1]}"#, "x:1:11 at size[0]: expected a whole number from 0 to 4,294,967,295, found 1.5"),
        (r#"{"size": [1, 2, 3]}"#, "x:1:17 at size[2]: expected a list of 2, found 3"),
        (r#"{"size": [1]}"#, "x:1:10 at size: expected a list"),
        (r#"{"size": {}}"#, "x:1:10 at size: expected a list"),
        (r#"{"order": "dsc"}"#, "x:1:11 at order: expected `desc` or `asc`, found `dsc` (did you mean `desc`?)"),
        (r#"{"order": 1}"#, "x:1:11 at order: expected a name, found a number"),
        (r#"{"shapes": [{"point": {"x": 1}}]}"#, "x:1:23 at shapes[0].point: expected the member `y`, found none"),
        (r#"{"shapes": [{"circle": 1, "empty": null}]}"#, "x:1:13 at shapes[0]: expected an object with one member"),
        (r#"{"shapes": ["circle"]}"#, "at shapes[0]: expected an object {\"circle\": …}, found the name alone"),
        (r#"{"shapes": [{"empty": 5}]}"#, "at shapes[0].empty: expected \"empty\" alone, found a value with it"),
        (r#"{"byName": {"a": 128}}"#, "x:1:18 at byName.a: expected a whole number from -128 to 127, found 128"),
        (r#"{"byNumber": {"x": true}}"#, "x:1:15 at byNumber.x: expected a whole number from 0 to 65,535, found a string"),
        (r#"{"dpr": 1e999}"#, "x:1:9 at dpr: expected a number"),
        ("[]", "x:1:1: expected an object, found a list"),
    ];
    for (text, expected) in cases {
        let said = read::<Request>(text).unwrap_err();
        assert!(said.contains(expected), "{text}:\n  {said}\n  {expected}");
    }
    let digits = format!("{{\"variables\": [{}]}}", "9".repeat(200));
    assert_eq!(read::<Request>(&digits).unwrap_err(), "x:1:16 at variables[0]: expected a number of at most 128 digits");
}

#[test]
fn the_last_of_two_members_counts() {
    assert_eq!(read::<Request>(r#"{"board": "a", "board": "b"}"#).unwrap().board, "b");
    assert_eq!(read::<Value>(r#"{"a": 1, "a": 2}"#).unwrap().to_json(), r#"{"a":2}"#);
}

#[test]
fn a_part_is_handed_on_with_its_place() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        data: Source,
        more: Option<Source>,
    }
    let outer: Outer = read("{\n  \"data\": [\n    {\"order\": \"up\"}], \"more\": null}").unwrap();
    assert!(outer.more.is_none());
    assert_eq!(outer.data.text(), "[\n    {\"order\": \"up\"}]");
    assert_eq!(outer.data.place().to_string(), "x:2:11 at data");
    let error = outer.data.read::<Vec<Request>>(&Limits::default()).unwrap_err();
    assert!(error.to_string().starts_with("x:3:15 at data[0].order: "), "{error}");
    let broken = Source::new("[1,\n 2,]", "y");
    assert!(broken.document(&Limits::default()).unwrap_err().to_string().starts_with("y:2:3: "));
}

#[test]
fn values_are_read_by_other_readers_too() {
    let value: Value = serde_json::from_str(r#"{"a": [1, -2, 0.5, "x", true, null]}"#).unwrap();
    assert_eq!(value.to_json(), r#"{"a":[1,-2,0.5,"x",true,null]}"#);
    assert_eq!(serde_json::to_string(&value).unwrap(), value.to_json());
}

#[test]
fn writes_floats_short_and_what_has_no_form_as_null() {
    assert_eq!(json::to_value(&0.1_f32).to_json(), "0.1");
    assert_eq!(json::to_value(&(f64::NAN, f32::INFINITY)).to_json(), "[null,null]");
    assert_eq!(json::write(&f64::NAN), "null");
    assert_eq!(json::to_value(&BTreeMap::from([(3, 'x')])).to_json(), r#"{"3":"x"}"#);
    assert!(json::to_value(&BTreeMap::from([(vec![1], 1)])).is_null());
    assert_eq!(json::write(&BTreeMap::from([(vec![1], 1)])), "null");
}
