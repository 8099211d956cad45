//! Against `serde_json`, on made-up texts and on a list of what JSON is and is not.

use crate::json::{Ceiling, Document, Kind, Node};
use crate::limits::Limits;
use crate::random::random;

fn parse(text: &str) -> crate::Result<Document<'_>> {
    Document::parse(text, "test", &Limits::default())
}

/// Every value as `serde_json` has it.
fn assert_same(node: Node<'_>, other: &serde_json::Value) {
    match (node.kind(), other) {
        (Kind::Null, serde_json::Value::Null) => {}
        (Kind::Bool, serde_json::Value::Bool(value)) => assert_eq!(node.boolean(), Some(*value)),
        (Kind::Number, serde_json::Value::Number(number)) => {
            assert_eq!(node.source().parse::<f64>().ok(), number.as_f64(), "{node:?}");
        }
        (Kind::Text, serde_json::Value::String(text)) => assert_eq!(node.text().unwrap(), text.as_str()),
        (Kind::List, serde_json::Value::Array(items)) => {
            assert_eq!(node.len(), items.len());
            for (item, other) in node.items().zip(items) {
                assert_same(item, other);
            }
        }
        (Kind::Map, serde_json::Value::Object(members)) => {
            let distinct = node.distinct_members();
            assert_eq!(distinct.len(), members.len());
            for member in distinct {
                assert_same(member.value, &members[&*member.name]);
                assert_same(node.get(&member.name).unwrap(), &members[&*member.name]);
            }
        }
        (kind, other) => panic!("{kind:?} is {other:?}"),
    }
}

/// A well-formed text.
fn made(random: &mut impl FnMut() -> u32, depth: usize, out: &mut String) {
    let space = |random: &mut dyn FnMut() -> u32| ["", "", " ", "\n", "\t\r "][random() as usize % 5];
    out.push_str(space(random));
    match random() % if depth == 0 { 6 } else { 9 } {
        0 => out.push_str("null"),
        1 => out.push_str(["true", "false"][random() as usize % 2]),
        2 | 3 => out.push_str(
            ["0", "-0", "1.50", "-12e-3", "9007199254740993", "1E+2", "3.0e0", "-170141183460469231731687303715884105728"]
                [random() as usize % 8],
        ),
        4 | 5 => string(random, out),
        6 | 7 => {
            out.push('[');
            for index in 0..random() % 4 {
                out.push_str(if index > 0 { "," } else { "" });
                made(random, depth - 1, out);
            }
            out.push(']');
        }
        _ => {
            out.push('{');
            for index in 0..random() % 4 {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(space(random));
                string(random, out);
                out.push_str(space(random));
                out.push(':');
                made(random, depth - 1, out);
            }
            out.push('}');
        }
    }
    out.push_str(space(random));
}

fn string(random: &mut (impl FnMut() -> u32 + ?Sized), out: &mut String) {
    let pieces = [
        "a",
        "b",
        "é",
        "你",
        "🎉",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\u0000",
        "{",
        "]",
        ":",
        "\u{7f}",
    ];
    out.push('"');
    for _ in 0..random() % 5 {
        out.push_str(pieces[random() as usize % pieces.len()]);
    }
    out.push('"');
}

#[test]
fn agrees_with_serde_json_on_what_is_json() {
    let mut random = random(17);
    for _ in 0..20_000 {
        let mut text = String::new();
        made(&mut random, 5, &mut text);
        let document = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_same(document.root(), &serde_json::from_str(&text).unwrap());
        let value = document.root().to_value().unwrap();
        assert_eq!(crate::json::Value::from_json(&value.to_json(), &Limits::default()).unwrap(), value, "{text}");
        assert_eq!(crate::json::Value::from_json(&value.to_pretty_json(), &Limits::default()).unwrap(), value, "{text}");
        serde_json::from_str::<serde_json::Value>(&value.to_json()).unwrap();
    }
}

#[test]
fn agrees_with_serde_json_on_what_is_none() {
    let mut random = random(23);
    let pieces = [
        "\"", "\\", "\\ud83d", "\\u12", "{", "}", "[", "]", ",", ":", "null", "tru", "-", ".", "e", "01", "//", "\u{1}", " ",
        "é",
    ];
    for _ in 0..60_000 {
        let mut text = String::new();
        made(&mut random, 4, &mut text);
        for _ in 0..=random() % 3 {
            let at = text.floor_char_boundary(random() as usize % (text.len() + 1));
            let end = text.floor_char_boundary(at + random() as usize % 4).max(at);
            let piece = pieces[random() as usize % pieces.len()];
            text.replace_range(at..end, if random().is_multiple_of(3) { "" } else { piece });
        }
        // What differs on purpose: broken surrogates are read. As an unread value `serde_json` looks at no pairs either.
        let theirs = serde_json::from_str::<&serde_json::value::RawValue>(&text);
        match (parse(&text), theirs) {
            (Ok(document), Ok(_)) => {
                let _ = document.root().to_value();
                walk(document.root());
            }
            (Err(error), Err(_)) => {
                assert!(error.to_string().contains("expected JSON, found "), "{text}: {error}");
                let place = error.place();
                assert!(place.line >= 1 && place.column >= 1, "{text}: {error}");
            }
            (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
        }
    }
}

/// Asks everything of every value.
fn walk(node: Node<'_>) {
    let place = node.place_and_path();
    assert!(place.line >= 1);
    assert!(node.document().text()[node.offset()..].starts_with(node.source()));
    if let Some(text) = node.text() {
        let offsets = node.text_offsets();
        assert_eq!(offsets.len(), text.len() + 1);
        assert!(offsets.windows(2).all(|pair| pair[0] <= pair[1]));
    }
    node.items().for_each(walk);
    node.members().for_each(|member| {
        walk(member.key);
        walk(member.value);
    });
}

/// What JSON is, beside what is made at random.
const ACCEPTED: &[&str] = &[
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "\n[\r\n\t]\n",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.0",
    "1e5",
    "1E5",
    "1e+5",
    "1e-5",
    "1.5e-05",
    "0e0",
    "0.0",
    "123456789012345678901234567890",
    "\"\"",
    "\"a\"",
    r#""\"""#,
    r#""\\""#,
    r#""\/""#,
    r#""\b\f\n\r\t""#,
    r#""\u0000""#,
    r#""\uFFFF""#,
    r#""\uabcD""#,
    r#""\ud800""#,
    r#""\udc00""#,
    r#""\ud800\ud800""#,
    r#""\ud83d\ude00""#,
    "\"\u{7f}\"",
    "\"\u{2028}\u{2029}\"",
    "\"\u{10ffff}\"",
    "\"é\"",
    "[[]]",
    "[[],[]]",
    "[{}]",
    r#"{"":0}"#,
    r#"{"a":1,"a":2}"#,
    r#"{"a":{"a":{}}}"#,
    "[1,2,3]",
    "[null]",
    "[\"\",\"\"]",
    "\u{feff}[1]",
    " 1 ",
    r#"{"\u0061":1}"#,
    r#"["\u0060\u012a\u12AB"]"#,
    "[123.456e78]",
    "[-123123123123123123123123123123]",
    "[1,null,null,2]",
];

#[test]
fn takes_what_json_is() {
    for text in ACCEPTED {
        assert!(parse(text).is_ok(), "{text:?}: {:?}", parse(text).err().map(|error| error.to_string()));
    }
}

/// What JSON is not, each in one way.
const REFUSED: &[&str] = &[
    "",
    " ",
    "\u{feff}",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[1}",
    "{]",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{1:2}",
    "{null:1}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "[] []",
    "{}{}",
    "1 2",
    "nul",
    "nulll",
    "True",
    "NULL",
    "truefalse",
    "+1",
    "01",
    "-01",
    "--1",
    "-",
    "1.",
    ".1",
    "-.1",
    "1.e1",
    "1e",
    "1e+",
    "1e1.5",
    "1eE2",
    "0x1",
    "1_000",
    "1a",
    "-a",
    "1.5.5",
    "0e",
    "NaN",
    "Infinity",
    "-Infinity",
    "undefined",
    "\"",
    "\"a",
    "\"\\",
    "\"\\u",
    "\"\\u1\"",
    "\"\\u123\"",
    "\"\\u123g\"",
    "\"\\x41\"",
    "\"\\a\"",
    "\"\\'\"",
    "\"\\u{41}\"",
    "\"\n\"",
    "\"\t\"",
    "\"\0\"",
    "\"\u{1f}\"",
    "'a'",
    "`a`",
    "a",
    "\\u0061",
    "// a\n1",
    "1 // a",
    "[1 /* a */]",
    "# a\n1",
    "[1]\u{a0}",
    "\u{c}[1]",
    "\u{b}1",
    "1\0",
    "<html>",
    "[\u{feff}1]",
    "\u{feff}\u{feff}1",
    "[\"a\",\n4\n,1",
    "[1]x",
    "\"a\"b",
    "{\"a\":\"b\"}#",
    "“a”",
    "{\"a\":\"b\"}/**/",
    "{\"a\":\"b\",}",
    "[-Infinity]",
    "[+1]",
    "[1.0e]",
    "[0.e1]",
    "[2.e+3]",
    "[9.e]",
    "[\"\\\"]",
    "*",
];

#[test]
fn refuses_what_json_is_not() {
    for text in REFUSED {
        let error = parse(text).map(|document| document.root().source().to_owned()).unwrap_err();
        assert!(error.message().starts_with("expected JSON, found "), "{text:?}: {error}");
    }
}

#[test]
fn nesting_and_size_are_bounded_and_nothing_recurses_over_what_is_refused() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let limits = Limits::default();
    assert!(Document::parse(&nested(64), "test", &limits).is_ok());
    let error = Document::parse(&nested(65), "test.json", &limits).unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with("test.json:1:65: over the limit of 64 levels of nesting: found 65"), "{said}");
    assert!(said.contains("data_depth"), "{said}");
    assert!(Document::parse(&"[".repeat(500_000), "test", &limits).is_err());
    assert!(Document::parse(&"{\"a\":".repeat(100_000), "test", &limits).is_err());
    let endless = Limits { data_depth: usize::MAX, ..Limits::default() };
    let text = nested(Ceiling::DEEPEST);
    let deepest = Document::parse(&text, "test", &endless).unwrap();
    assert!(deepest.root().to_value().unwrap().to_json().contains("null"));
    assert_eq!(deepest.root().read::<serde::de::IgnoredAny>().map(|_| ()).ok(), Some(()));
    let error = Document::parse(&nested(Ceiling::DEEPEST + 1), "test", &endless).unwrap_err();
    assert!(error.to_string().contains("256 levels") && !error.to_string().contains("Limits::"), "{error}");
    let small = Limits { data_bytes: 5, ..Limits::default() };
    let error = Document::parse("[1, 2]", "test.json", &small).unwrap_err();
    assert!(error.to_string().starts_with("test.json: over the limit of 5 bytes: found 6"), "{error}");
    assert!(Document::parse(r#"["[[[[\"[[[["]"#, "test", &Limits { data_depth: 1, ..Limits::default() }).is_ok());
}
