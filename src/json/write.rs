//! From values and types of ours to JSON.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// A value or a type of ours as JSON on one line. What JSON has no form for (a map whose keys are no texts) is `null`.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Row { name: &'static str, score: Option<u32> }
/// assert_eq!(friendboard::json::write(&Row { name: "Ann", score: None }), r#"{"name":"Ann","score":null}"#);
/// ```
#[must_use]
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    written(value, Escaping(CompactFormatter))
}

/// The same on many lines, indented by two spaces, as people read it.
#[must_use]
pub fn write_pretty<T: Serialize + ?Sized>(value: &T) -> String {
    written(value, Escaping(PrettyFormatter::new()))
}

fn written<T: Serialize + ?Sized>(value: &T, formatter: impl Formatter) -> String {
    let mut bytes = Vec::with_capacity(128);
    let result = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
    match result.ok().and_then(|()| String::from_utf8(bytes).ok()) {
        Some(text) => text,
        None => "null".to_owned(),
    }
}

/// Escapes what old JavaScript ends a line at, and what no terminal should get.
struct Escaping<F>(F);

/// Forwards to the formatter within.
macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<W: io::Write + ?Sized>(&mut self, writer: &mut W, $($argument: $type),*) -> io::Result<()> {
            self.0.$method(writer, $($argument),*)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaping<F> {
    forward! {
        begin_array() end_array() begin_array_value(first: bool) end_array_value()
        begin_object() end_object() begin_object_key(first: bool) end_object_key()
        begin_object_value() end_object_value()
    }

    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let is_special = |c: char| matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some(index) = rest.find(is_special) {
            writer.write_all(&rest.as_bytes()[..index])?;
            let special = rest[index..].chars().next().unwrap_or_default();
            write!(writer, "\\u{:04x}", u32::from(special))?;
            rest = &rest[index + special.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}
