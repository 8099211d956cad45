//! What people and programs write in place of JSON, by name, and what to write instead.

/// What could have stood where something else was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    CommaOrEndOfList,
    CommaOrEndOfMap,
    /// Nothing more.
    End,
    /// A number, which is not written as JSON writes them.
    Number,
    /// A character that may stand in a string.
    Character,
    /// An escape that JSON has.
    Escape,
    /// The closing quote of the string that begins at this byte.
    EndOfText(usize),
}

impl Expected {
    fn name(self) -> &'static str {
        match self {
            Self::Value | Self::Number => "a value",
            Self::ValueOrEnd => "a value or `]`",
            Self::Name => "a name in double quotes",
            Self::NameOrEnd => "a name in double quotes or `}`",
            Self::Colon => "`:`",
            Self::CommaOrEndOfList => "`,` or `]`",
            Self::CommaOrEndOfMap => "`,` or `}`",
            Self::End => "nothing more",
            Self::Character | Self::Escape | Self::EndOfText(_) => "a string",
        }
    }

    fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::NameOrEnd)
    }

    fn is_value(self) -> bool {
        matches!(self, Self::Value | Self::ValueOrEnd | Self::Number)
    }
}

/// What was found.
pub(super) struct Mistake {
    /// As it follows 'expected JSON, found …'.
    pub what: String,
    pub hint: Option<String>,
    /// The byte where its author sees it.
    pub offset: usize,
}

/// Most characters of the text that a message shows.
const SHOWN: usize = 32;

/// Names what stands at a byte where something else was expected.
pub(super) fn name(text: &str, offset: usize, expected: Expected) -> Mistake {
    let rest = text.get(offset..).unwrap_or_default();
    let (what, hint) = match expected {
        _ if text.trim().is_empty() => ("nothing: the text is empty".to_owned(), Some("the data is empty".to_owned())),
        Expected::EndOfText(start) => return unclosed(start),
        _ if rest.is_empty() => return cut_off(text, expected),
        Expected::Escape => escape(rest),
        Expected::Character => control_character(rest),
        _ => {
            if let Some(comma) = trailing_comma(text, offset, rest, expected) {
                return comma;
            }
            anywhere(rest)
                .or_else(|| if offset == first_byte(text) { script(rest) } else { None })
                .or_else(|| if expected.is_value() { value(rest) } else { None })
                .or_else(|| if expected.is_name() { bare_name(rest) } else { None })
                .unwrap_or_else(|| (format!("{} in place of {}", shown(rest), expected.name()), after(rest, expected)))
        }
    };
    Mistake { what, hint, offset }
}

/// A comma that nothing follows but a bracket.
fn trailing_comma(text: &str, offset: usize, rest: &str, expected: Expected) -> Option<Mistake> {
    let closes = rest.starts_with([']', '}']);
    let before = text.get(..offset)?.trim_end();
    if !closes || !(expected.is_value() || expected.is_name()) || !before.ends_with(',') {
        return None;
    }
    let hint = Some("leave it out: nothing follows the last comma".to_owned());
    Some(Mistake { what: "a trailing comma".to_owned(), hint, offset: before.len() - 1 })
}

fn first_byte(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Told by the first characters, wherever it stands.
fn anywhere(rest: &str) -> Option<(String, Option<String>)> {
    let (what, hint) = match rest.chars().next()? {
        '/' if rest.starts_with("//") || rest.starts_with("/*") => ("a comment", "JSON has no comments: leave it out"),
        '#' => ("a comment", "JSON has no comments: leave it out"),
        '\'' | '`' => ("a text in other quotes", "write it in double quotes: \"…\""),
        '“' | '”' | '„' | '‘' | '’' | '「' | '＂' => {
            ("a typographic quote", "write the straight double quote \" (U+0022)")
        }
        '，' | '：' | '｛' | '｝' | '［' | '］' => {
            return Some((format!("the full-width {}", shown(rest)), Some("write the ASCII character".to_owned())));
        }
        '\u{a0}' | '\u{3000}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => {
            let character = rest.chars().next().unwrap_or_default();
            let what = format!("the invisible character U+{:04X}", u32::from(character));
            return Some((what, Some("write a plain space, or leave it out".to_owned())));
        }
        '<' => ("`<`", "this looks like a page (HTML) and not like data: is the address right?"),
        _ => return None,
    };
    Some((what.to_owned(), Some(hint.to_owned())))
}

/// A script in place of data.
fn script(rest: &str) -> Option<(String, Option<String>)> {
    let start = ["module.exports", "exports.", "export ", "window.", "var ", "let ", "const "]
        .into_iter()
        .find(|start| rest.starts_with(start))?;
    let hint = "JSON is the value alone: leave out what stands before and after it".to_owned();
    Some((format!("JavaScript (`{}`)", start.trim_end_matches(['.', ' '])), Some(hint)))
}

/// What JavaScript and Python have as values and JSON has not.
fn value(rest: &str) -> Option<(String, Option<String>)> {
    let word = word(rest);
    let instead = match word {
        "NaN" | "Infinity" | "-Infinity" | "-NaN" | "+Infinity" | "undefined" | "nan" | "inf" | "-inf" => {
            "write a number, or null where there is none"
        }
        "True" | "TRUE" => "write true",
        "False" | "FALSE" => "write false",
        "None" | "NULL" | "Null" | "nil" => "write null",
        "function" | "async" | "new" => "functions and classes are no data: leave them out",
        _ => return number(word).or_else(|| bare_text(word)),
    };
    Some((format!("`{word}`"), Some(instead.to_owned())))
}

/// The letters, digits and signs that stand together.
fn word(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '+' | '-'))).unwrap_or(rest.len());
    rest.get(..rest.floor_char_boundary(end.min(SHOWN * 4))).unwrap_or_default()
}

/// A number as other languages write it.
fn number(word: &str) -> Option<(String, Option<String>)> {
    let unsigned = word.trim_start_matches(['-', '+']);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || unsigned == "." {
        return None;
    }
    let radix = match unsigned.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => Some(("hexadecimal", 16)),
        Some("0o") => Some(("octal", 8)),
        Some("0b") => Some(("binary", 2)),
        _ => None,
    };
    let minus = if word.starts_with('-') { "-" } else { "" };
    let (what, instead) = match radix {
        Some((name, radix)) => {
            let value = unsigned.get(2..).and_then(|digits| u64::from_str_radix(digits, radix).ok());
            (format!("the {name} number `{word:.SHOWN$}`"), value.map(|value| format!("{minus}{value}")))
        }
        None => (format!("the number `{word:.SHOWN$}`"), plain_number(unsigned).map(|plain| format!("{minus}{plain}"))),
    };
    let hint = match instead {
        Some(instead) => format!("write {instead}"),
        None => "write digits, with a point and an exponent where there is one, or a text in double quotes".to_owned(),
    };
    Some((what, Some(hint)))
}

/// `.5`, `5.`, `007`, `1_000` as JSON has them.
fn plain_number(unsigned: &str) -> Option<String> {
    let unsigned = unsigned.replace('_', "");
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((&unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || unsigned.len() > SHOWN {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

fn bare_text(word: &str) -> Option<(String, Option<String>)> {
    if !word.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$') {
        return None;
    }
    let shown: String = word.chars().take(SHOWN).collect();
    Some((format!("`{shown}` without quotes"), Some(format!("a text stands in double quotes: \"{shown}\""))))
}

fn bare_name(rest: &str) -> Option<(String, Option<String>)> {
    let word = word(rest);
    if word.is_empty() {
        return None;
    }
    let shown: String = word.chars().take(SHOWN).collect();
    Some((format!("the name `{shown}` without quotes"), Some(format!("a name stands in double quotes: \"{shown}\""))))
}

fn escape(rest: &str) -> (String, Option<String>) {
    if rest.len() < 2 || (rest.starts_with("\\u") && rest.len() < 6) {
        return ("the end of the text in a string".to_owned(), Some(CUT_OFF.to_owned()));
    }
    if let Some(digits) = rest.strip_prefix("\\u") {
        let digits: String = digits.chars().take(4).collect();
        let hint = "write four hexadecimal digits after \\u, such as \\u4f60".to_owned();
        return (format!("the escape `\\u{}`", printable(&digits)), Some(hint));
    }
    let escape: String = rest.chars().take(2).collect();
    let hint = "write \\\\ for a backslash; JSON's escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits";
    (format!("the escape `{}`", printable(&escape)), Some(hint.to_owned()))
}

fn control_character(rest: &str) -> (String, Option<String>) {
    let character = rest.chars().next().unwrap_or_default();
    let instead = match character {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        other => format!("\\u{:04x}", u32::from(other)),
    };
    let what = match character {
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        other => format!("the control character U+{:04X}", u32::from(other)),
    };
    (format!("{what} in a string"), Some(format!("write {instead}, or close the string")))
}

const CUT_OFF: &str = "the data ends before the value does: was it cut off?";

/// The text ends where something must follow; the place is its last character.
fn cut_off(text: &str, expected: Expected) -> Mistake {
    let what = format!("the end of the text in place of {}", expected.name());
    let last = text.trim_end().char_indices().next_back().map_or(0, |(index, _)| index);
    Mistake { what, hint: Some(CUT_OFF.to_owned()), offset: last }
}

/// A string without its closing quote; the place is its opening one.
fn unclosed(start: usize) -> Mistake {
    Mistake { what: "a string that does not end".to_owned(), hint: Some(CUT_OFF.to_owned()), offset: start }
}

/// What follows a value that could be a mistake of its own.
fn after(rest: &str, expected: Expected) -> Option<String> {
    match expected {
        Expected::End => Some("a document holds one value".to_owned()),
        Expected::CommaOrEndOfList | Expected::CommaOrEndOfMap if rest.starts_with(['"', '{', '[']) => {
            Some("a comma stands between two of them".to_owned())
        }
        Expected::CommaOrEndOfList | Expected::CommaOrEndOfMap if rest.starts_with('}') || rest.starts_with(']') => {
            Some("each bracket is closed by its own kind".to_owned())
        }
        _ => None,
    }
}

/// The first character, in backticks or by its number.
fn shown(rest: &str) -> String {
    let character = rest.chars().next().unwrap_or_default();
    if character.is_control() {
        format!("the control character U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
