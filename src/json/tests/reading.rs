//! Values of a document where they stand.

use crate::json::{Document, Kind, Member, open};
use crate::limits::Limits;

fn parse(text: &str) -> Document<'_> {
    Document::parse(text, "test", &Limits::default()).unwrap()
}

#[test]
fn reads_members_with_broken_names_and_twice() {
    let document = parse(r#" {"\ud83d": 1, "a" : {"b":[]}, "a": 9007199254740993} "#);
    let root = document.root();
    let names: Vec<_> = root.members().map(|member| member.name.into_owned()).collect();
    assert_eq!(names, ["\u{fffd}", "a", "a"]);
    assert_eq!(root.members().nth(1).unwrap().value.kind(), Kind::Map);
    assert_eq!(root.get("a").unwrap().number().unwrap().to_string(), "9007199254740993");
    assert_eq!(root.get("\u{fffd}").unwrap().source(), "1");
    let distinct: Vec<_> = root.distinct_members().into_iter().map(|member| member.value.source()).collect();
    assert_eq!(distinct, ["1", "9007199254740993"]);
    assert!(root.get("b").is_none() && root.items().next().is_none());
    assert_eq!((root.len(), root.is_empty()), (3, false));
}

#[test]
fn finds_names_however_they_are_escaped() {
    let document = parse(r#"{"\u0061b": 1, "c\"d": 2, "ab": 3, "": 4}"#);
    for (name, value) in [("ab", "3"), ("c\"d", "2"), ("", "4")] {
        assert_eq!(document.root().get(name).unwrap().source(), value);
    }
}

#[test]
fn knows_places_and_paths() {
    let text = "[1, {\"a\": true,\n \"b c\": [null, \"x\"]}]";
    let document = parse(text);
    let map = document.root().items().nth(1).unwrap();
    assert_eq!(map.offset(), 4);
    let Member { name, value, key } = map.members().nth(1).unwrap();
    assert_eq!((&*name, key.place().to_string().as_str()), ("b c", "test:2:2"));
    assert_eq!(key.place_and_path().to_string(), "test:2:2 at [1][\"b c\"]");
    assert_eq!(value.items().nth(1).unwrap().place_and_path().to_string(), "test:2:16 at [1][\"b c\"][1]");
    assert_eq!(document.root().place_and_path().to_string(), "test:1:1");
    assert_eq!(map.get("a").unwrap().boolean(), Some(true));
}

#[test]
fn maps_a_texts_bytes_to_the_documents() {
    let text = r#"{"a": "1 \u00e9 {{ x }}"}"#;
    let document = parse(text);
    let value = document.root().get("a").unwrap();
    let decoded = value.text().unwrap();
    let offsets = value.text_offsets();
    let at = decoded.find("{{").unwrap();
    assert!(text[offsets[at]..].starts_with("{{ x"));
    assert_eq!(&text[*offsets.last().unwrap()..], "\"}");
    assert!(document.root().text_offsets().is_empty());
}

#[test]
fn opens_json_in_texts_of_json() {
    let limits = Limits::default();
    let wrap = |text: &str, times: usize| (0..times).fold(text.to_owned(), |inner, _| serde_json::to_string(&inner).unwrap());
    for times in 0..=3 {
        let text = wrap(r#"{"score": 9007199254740993}"#, times);
        let document = open(&text, "x", &limits).unwrap().unwrap();
        assert_eq!(document.root().get("score").unwrap().source(), "9007199254740993", "{times}");
    }
    let document = wrap("{}", 4);
    assert_eq!(open(&document, "x", &limits).unwrap().unwrap().root().kind(), Kind::Text);
    assert!(open("5", "x", &limits).is_none());
    assert!(open("text", "x", &limits).is_none());
    assert!(open("{broken", "x", &limits).unwrap().is_err());
    let only_a_text = open("\"[ok] then\"", "x", &limits).unwrap().unwrap();
    assert_eq!(only_a_text.root().text().unwrap(), "[ok] then");
}
