//! Reading arguments as games write them.

use super::*;

fn read<T>(text: &str, read: impl FnOnce(&mut ArgumentReader<'_>) -> T) -> (T, Notes) {
    let object = parse(text, "<request>", &Limits::default()).unwrap();
    let mut notes = Notes::new("<request>");
    let mut reader = ArgumentReader::new(&object, &Limits::default(), &mut notes);
    let value = read(&mut reader);
    reader.finish();
    (value, notes)
}

fn messages(notes: &Notes) -> Vec<String> {
    notes.diagnostics.as_slice().iter().map(ToString::to_string).collect()
}

#[test]
fn unknown_fields_are_named_with_the_closest_known_one() {
    let ((), notes) = read(r#"{"titel": "a", "extra": {"videoTopic": []}, "success": null}"#, |reader| {
        reader.text("title");
        if let Some(mut extra) = reader.object("extra") {
            extra.texts("videoTopics");
            extra.finish();
        }
    });
    assert_eq!(
        messages(&notes),
        [
            "<request> at extra.videoTopic: there is no field \"videoTopic\" here; it is passed over (did you mean 'videoTopics'?)",
            "<request> at titel: there is no field \"titel\" here; it is passed over (did you mean 'title'?)",
        ]
    );
}

#[test]
fn takes_what_is_meant_and_says_so() {
    let (values, notes) = read(r#"{"a": 5, "b": "true", "c": "7", "d": "x", "e": 1}"#, |reader| {
        (reader.text("a"), reader.boolean("b"), reader.integer("c"), reader.texts("d"), reader.boolean("e"))
    });
    assert_eq!(values, (Some("5".into()), Some(true), Some(7), vec!["x".into()], Some(true)));
    assert_eq!(notes.diagnostics.as_slice().len(), 5);
    assert!(notes.invalid.is_empty());
}

#[test]
fn refuses_what_can_not_be_meant() {
    let ((), notes) = read(r#"{"a": {}, "b": "perhaps", "c": 1.5, "d": 3, "e": [1], "p": [7, {"value": 1}]}"#, |reader| {
        assert_eq!(reader.text("a"), None);
        assert_eq!(reader.boolean("b"), None);
        assert_eq!(reader.integer("c"), None);
        assert!(reader.texts("d").is_empty());
        assert!(reader.texts("e").is_empty());
        assert!(reader.required_text("f").is_none());
        assert_eq!(reader.parameters("p", &["memberCount"]), Some(Vec::new()));
    });
    let invalid: Vec<_> = notes.invalid.iter().map(|invalid| format!("{}: {}", invalid.path, invalid.reason)).collect();
    assert_eq!(
        invalid,
        [
            "a: expected text, found an object",
            "b: expected true or false, found text",
            "c: expected a whole number, found a number",
            "d: expected a list of texts, found a number",
            "e[0]: expected text, found a number",
            "f: it is required and missing",
            "p[0]: expected an object, found a number",
            "p[1].name: it is required and missing",
        ]
    );
}

#[test]
fn documents_that_are_no_object() {
    for text in ["", " \n", "null", "\u{feff}{}", r#""{\"title\": \"a\"}""#] {
        assert!(parse(text, "<request>", &Limits::default()).is_ok(), "{text:?}");
    }
    let error = parse("[1]", "<request>", &Limits::default()).unwrap_err().to_string();
    assert!(error.starts_with("<request>: expected the call's options as an object, found a list"), "{error}");
    let error = parse("{\n  title: 1}", "<request>", &Limits::default()).unwrap_err().to_string();
    assert!(error.starts_with("<request>:2:3: expected JSON, found the name `title` without quotes"), "{error}");
    let deep = "[".repeat(100_000);
    assert!(parse(&deep, "<request>", &Limits::default()).is_err());
    let long = " ".repeat(Limits::default().data_bytes + 1);
    assert_eq!(parse(&long, "<request>", &Limits::default()).unwrap_err().kind(), ErrorKind::Limit);
}
