//! What is no JSON is named, with what to write instead.

use crate::json::Document;
use crate::limits::Limits;

fn said(text: &str) -> String {
    Document::parse(text, "x", &Limits::default()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn names_what_was_written() {
    let cases = [
        ("{\n  // a\n  \"a\": 1}", "x:2:3: expected JSON, found a comment (JSON has no comments: leave it out)"),
        ("[1, /* two */ 2]", "x:1:5: expected JSON, found a comment"),
        ("[1] # one", "x:1:5: expected JSON, found a comment"),
        ("[1, 2,\n]", "x:1:6: expected JSON, found a trailing comma (leave it out: nothing follows the last comma)"),
        ("{\"a\": 1,}", "x:1:8: expected JSON, found a trailing comma"),
        ("{a: 1}", "x:1:2: expected JSON, found the name `a` without quotes (a name stands in double quotes: \"a\")"),
        ("{\"a\": 1, b2: 1}", "x:1:10: expected JSON, found the name `b2` without quotes"),
        ("{'a': 1}", "x:1:2: expected JSON, found a text in other quotes (write it in double quotes: \"…\")"),
        ("['a']", "x:1:2: expected JSON, found a text in other quotes"),
        ("[“a”]", "x:1:2: expected JSON, found a typographic quote"),
        ("[1，2]", "x:1:3: expected JSON, found the full-width `，`"),
        ("module.exports = {}", "x:1:1: expected JSON, found JavaScript (`module.exports`) (JSON is the value alone"),
        ("export default {}", "x:1:1: expected JSON, found JavaScript (`export`)"),
        ("const a = {}", "x:1:1: expected JSON, found JavaScript (`const`)"),
        ("[NaN]", "x:1:2: expected JSON, found `NaN` (write a number, or null where there is none)"),
        ("[-Infinity]", "x:1:2: expected JSON, found `-Infinity` (write a number"),
        ("{\"a\": undefined}", "x:1:7: expected JSON, found `undefined` (write a number"),
        ("[True]", "x:1:2: expected JSON, found `True` (write true)"),
        ("[None]", "x:1:2: expected JSON, found `None` (write null)"),
        ("[0x1F]", "x:1:2: expected JSON, found the hexadecimal number `0x1F` (write 31)"),
        ("[-0x10]", "x:1:2: expected JSON, found the hexadecimal number `-0x10` (write -16)"),
        ("[007]", "x:1:2: expected JSON, found the number `007` (write 7)"),
        ("[+5]", "x:1:2: expected JSON, found the number `+5` (write 5)"),
        ("[.5]", "x:1:2: expected JSON, found the number `.5` (write 0.5)"),
        ("[-5.]", "x:1:2: expected JSON, found the number `-5.` (write -5)"),
        ("[1_000]", "x:1:2: expected JSON, found the number `1_000` (write 1000)"),
        ("[12px]", "x:1:2: expected JSON, found the number `12px` (write digits"),
        ("[red]", "x:1:2: expected JSON, found `red` without quotes (a text stands in double quotes: \"red\")"),
        ("[\"a\nb\"]", "x:1:4: expected JSON, found a line break in a string (write \\n, or close the string)"),
        ("[\"a\tb\"]", "x:1:4: expected JSON, found a tab in a string (write \\t"),
        ("[\"\u{1}\"]", "x:1:3: expected JSON, found the control character U+0001 in a string (write \\u0001"),
        ("[\"C:\\dir\"]", "x:1:5: expected JSON, found the escape `\\d` (write \\\\ for a backslash"),
        ("[\"\\u12x4\"]", "x:1:3: expected JSON, found the escape `\\u12x4` (write four hexadecimal digits"),
        ("", "x:1:1: expected JSON, found nothing: the text is empty (the data is empty)"),
        (" \n ", "expected JSON, found nothing"),
        (
            "{\"a\": [1, 2",
            "x:1:11: expected JSON, found the end of the text in place of `,` or `]` (the data ends before the value does: was it cut off?)",
        ),
        ("{\"a\":", "x:1:5: expected JSON, found the end of the text in place of a value"),
        ("[\"abc", "x:1:2: expected JSON, found a string that does not end"),
        ("[\"abc\\u00", "x:1:6: expected JSON, found the end of the text in a string"),
        ("{} {}", "x:1:4: expected JSON, found `{` in place of nothing more (a document holds one value)"),
        ("[1 2]", "x:1:4: expected JSON, found `2` in place of `,` or `]`"),
        ("{\"a\": 1 \"b\": 2}", "x:1:9: expected JSON, found `\"` in place of `,` or `}` (a comma stands between two of them)"),
        ("{\"a\" 1}", "x:1:6: expected JSON, found `1` in place of `:`"),
        ("[1}", "x:1:3: expected JSON, found `}` in place of `,` or `]` (each bracket is closed by its own kind)"),
        ("<!doctype html>", "x:1:1: expected JSON, found `<` (this looks like a page (HTML)"),
        ("[1,\u{a0}2]", "x:1:4: expected JSON, found the invisible character U+00A0"),
        ("\u{0}", "x:1:1: expected JSON, found the control character U+0000 in place of a value"),
    ];
    for (text, expected) in cases {
        assert!(said(text).contains(expected), "{text:?}:\n  {}\n  {expected}", said(text));
    }
}

#[test]
fn counts_columns_in_characters() {
    assert!(said("{\"é\":\n  \"ééé\" x}").starts_with("x:2:9: "), "{}", said("{\"é\":\n  \"ééé\" x}"));
    // A byte order mark is no column.
    assert!(said("\u{feff}{a: 1}").starts_with("x:1:2: "));
}

#[test]
fn shows_no_more_than_a_line_of_what_is_long() {
    for text in
        [format!("[{}]", "a".repeat(100_000)), format!("{{{}:1}}", "é".repeat(100_000)), format!("[0{}]", "1".repeat(100_000))]
    {
        assert!(said(&text).len() < 400, "{}", said(&text));
    }
}
