//! JavaScript as far as it can be read without running it: tokens, and values that are written out.

use std::sync::Arc;

use crate::json::Value;

/// A token; what it was in the text is where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Name(String),
    /// A text whose value is known.
    Text(String),
    /// A number.
    Number(f64),
    /// One character of anything else.
    Mark(char),
    /// What has no value that can be known: a template with values in it, a regular expression.
    Unknown,
}

/// A token with its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    /// Bytes from the start.
    pub offset: usize,
}

/// Values nested deeper are not read.
const DEPTH_MOST: usize = 64;

/// The tokens of a script; nothing is refused, as a script is not ours to judge.
pub(super) fn tokens(script: &str) -> Vec<Token> {
    let mut reader = Reader { text: script, at: 0, tokens: Vec::new() };
    while reader.at < script.len() {
        reader.step();
    }
    reader.tokens
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, offset: self.at });
        self.at += length;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if first.is_alphabetic() || first == '_' || first == '$' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
            let name = rest.get(..end).unwrap_or_default().to_owned();
            self.push(Kind::Name(name), end);
        } else if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')).unwrap_or(rest.len());
            let digits = rest.get(..end).unwrap_or_default().replace('_', "");
            let kind = digits.parse().map_or(Kind::Unknown, Kind::Number);
            self.push(kind, end);
        } else if matches!(first, '"' | '\'' | '`') {
            let (kind, length) = quoted(rest, first);
            self.push(kind, length);
        } else if first == '/' && self.may_be_expression() {
            let length = expression_length(rest);
            self.push(Kind::Unknown, length);
        } else {
            self.push(Kind::Mark(first), first.len_utf8());
        }
    }

    /// True where a `/` begins a regular expression rather than divides.
    fn may_be_expression(&self) -> bool {
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Mark(mark)) => !matches!(mark, ')' | ']' | '}'),
            Some(Kind::Name(name)) => matches!(name.as_str(), "return" | "typeof" | "case" | "in" | "of" | "delete" | "void"),
            _ => false,
        }
    }
}

/// A quoted text with its quotes: what it says, and its length in bytes.
fn quoted(rest: &str, quote: char) -> (Kind, usize) {
    let mut text = String::new();
    let mut known = true;
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            _ if character == quote => return (if known { Kind::Text(text) } else { Kind::Unknown }, at + 1),
            '\n' if quote != '`' => return (Kind::Unknown, at),
            '$' if quote == '`' && rest.get(at + 1..).is_some_and(|after| after.starts_with('{')) => known = false,
            '\\' => match characters.next().map(|(_, escaped)| escaped) {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('u') => {
                    let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                    match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                        Some(escaped) => text.push(escaped),
                        None => known = false,
                    }
                }
                Some('x') => known = false,
                Some('\n') | None => {}
                Some(escaped) => text.push(escaped),
            },
            _ => text.push(character),
        }
    }
    (Kind::Unknown, rest.len())
}

/// A regular expression's length in bytes, to its closing slash or the end of its line.
fn expression_length(rest: &str) -> usize {
    let mut in_class = false;
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\n' => return at,
            '\\' => {
                characters.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Gives what a name stands for, where that is known: what another file exports.
pub(super) type Named<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// The value that begins at a token; `None` where it has none that can be known.
pub(super) fn value(tokens: &[Token], at: usize, named: Named<'_>) -> Option<Value> {
    match tokens.get(at).map(|token| &token.kind) {
        // Whatever stands after it, it is that object: statements need no semicolon.
        Some(Kind::Mark('{')) => object(tokens, at, named, 0).0,
        _ => read(tokens, at, named, 0).0,
    }
}

/// The arguments of a call whose opening bracket is at a token.
pub(super) fn arguments(tokens: &[Token], at: usize, named: Named<'_>) -> Vec<Option<Value>> {
    sequence(tokens, at, ')', named, 0).0
}

fn read(tokens: &[Token], at: usize, named: Named<'_>, depth: usize) -> (Option<Value>, usize) {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let end = after(tokens, at);
    if depth > DEPTH_MOST {
        return (None, end);
    }
    let (found, next) = match kind(at) {
        Some(Kind::Text(text)) => (Some(Value::from(text.as_str())), at + 1),
        Some(Kind::Number(number)) => (Some(number_value(*number)), at + 1),
        Some(Kind::Mark('-')) => match kind(at + 1) {
            Some(Kind::Number(number)) => (Some(number_value(-number)), at + 2),
            _ => (None, end),
        },
        Some(Kind::Mark('[')) => list(tokens, at, named, depth),
        Some(Kind::Mark('{')) => object(tokens, at, named, depth),
        Some(Kind::Name(name)) => match (name.as_str(), kind(at + 1)) {
            ("true", _) => (Some(Value::from(true)), at + 1),
            ("false", _) => (Some(Value::from(false)), at + 1),
            ("null" | "undefined", _) => (Some(Value::Null), at + 1),
            ("JSON" | "Object", Some(Kind::Mark('.'))) => call(tokens, at, named, depth),
            _ => (named(name), at + 1),
        },
        _ => (None, end),
    };
    // `a + b`, `f(x)`: what goes on is another value than what it began with.
    if next == end { (found, end) } else { (None, end) }
}

fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { Value::from(number as i64) } else { Value::from(number) }
}

/// `JSON.stringify(value)` and `Object.assign({}, a, b)`.
fn call(tokens: &[Token], at: usize, named: Named<'_>, depth: usize) -> (Option<Value>, usize) {
    let end = after(tokens, at);
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let (Some(Kind::Name(object)), Some(Kind::Name(method)), Some(Kind::Mark('('))) = (kind(at), kind(at + 2), kind(at + 3))
    else {
        return (None, end);
    };
    let (arguments, next) = sequence(tokens, at + 3, ')', named, depth);
    match (object.as_str(), method.as_str()) {
        ("JSON", "stringify") => {
            let value = arguments.into_iter().next().flatten();
            (value.map(|value| Value::from(value.to_json())), next)
        }
        ("Object", "assign") => {
            let mut merged = Value::map::<Arc<str>, Value>([]);
            for argument in arguments.into_iter().flatten() {
                if let Value::Map(members) = argument {
                    members.iter().for_each(|(name, value)| merged.insert(Arc::clone(name), value.clone()));
                }
            }
            (Some(merged), next)
        }
        _ => (None, end),
    }
}

fn list(tokens: &[Token], at: usize, named: Named<'_>, depth: usize) -> (Option<Value>, usize) {
    let (items, next) = sequence(tokens, at, ']', named, depth);
    (Some(Value::list(items.into_iter().map(Option::unwrap_or_default))), next)
}

/// What stands between an opening bracket and its closing one, and the token after that.
fn sequence(tokens: &[Token], at: usize, close: char, named: Named<'_>, depth: usize) -> (Vec<Option<Value>>, usize) {
    let mut items = Vec::new();
    let mut at = at + 1;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Mark(mark) if *mark == close => return (items, at + 1),
            Kind::Mark(',') => at += 1,
            _ => {
                let (item, next) = read(tokens, at, named, depth + 1);
                items.push(item);
                at = next.max(at + 1);
            }
        }
    }
    (items, at)
}

/// The members of an object; those whose value can't be known are null, and methods are left out.
fn object(tokens: &[Token], at: usize, named: Named<'_>, depth: usize) -> (Option<Value>, usize) {
    let mut members = Value::map::<Arc<str>, Value>([]);
    let mut at = at + 1;
    while let Some(token) = tokens.get(at) {
        let name = match &token.kind {
            Kind::Mark('}') => return (Some(members), at + 1),
            Kind::Mark(',') => {
                at += 1;
                continue;
            }
            Kind::Name(name) | Kind::Text(name) => name.clone(),
            _ => {
                at = after(tokens, at).max(at + 1);
                continue;
            }
        };
        match tokens.get(at + 1).map(|token| &token.kind) {
            Some(Kind::Mark(':')) => {
                let (value, next) = read(tokens, at + 2, named, depth + 1);
                members.insert(name, value.unwrap_or_default());
                at = next.max(at + 2);
            }
            Some(Kind::Mark(',' | '}')) => {
                members.insert(name.as_str(), named(&name).unwrap_or_default());
                at += 1;
            }
            _ => at = after(tokens, at).max(at + 1),
        }
    }
    (Some(members), at)
}

/// The token at which what begins here ends: a comma, a semicolon or a closing bracket on its own level.
fn after(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0usize;
    let mut at = at;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Mark('(' | '[' | '{') => depth += 1,
            Kind::Mark(')' | ']' | '}' | ',' | ';') if depth == 0 => return at,
            Kind::Mark(')' | ']' | '}') => depth -= 1,
            // A new statement without a semicolon.
            Kind::Name(ref name) if depth == 0 && matches!(name.as_str(), "const" | "let" | "var") => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_value(script: &str) -> Option<String> {
        let tokens = tokens(script);
        let named = |name: &str| (name == "board").then(|| Value::map([("template", Value::from("<view/>"))]));
        value(&tokens, 0, &named).map(|value| value.to_json())
    }

    #[test]
    fn values_that_are_written_out_are_read() {
        for (script, json) in [
            ("{a: 1, 'b': [true, null, -2.5], c: {d: 'x\\u0041\\n'}}", r#"{"a":1,"b":[true,null,-2.5],"c":{"d":"xA\n"}}"#),
            (
                "Object.assign({}, board, {key: `k`, onEvent(e) { return {x: 1}; }, f: () => 3, n: a + 1})",
                r#"{"f":null,"key":"k","n":null,"template":"<view/>"}"#,
            ),
            ("[JSON.stringify({a: 1}), board]", r#"["{\"a\":1}",{"template":"<view/>"}]"#),
            ("{board, ...other, /* } */ z: 1 // }\n}", r#"{"board":{"template":"<view/>"},"z":1}"#),
        ] {
            assert_eq!(read_value(script).as_deref(), Some(json), "{script}");
        }
        for script in ["a.b", "f({a: 1})", "`${x}`", "1 + 2", "", "/}/.test(x)"] {
            assert_eq!(read_value(script), None, "{script}");
        }
    }

    #[test]
    fn nothing_is_too_broken() {
        let deep = "[".repeat(100_000);
        for script in ["'", "`${", "/[", "{a:", "\\", "{a: {b: ", "'\\u12", "\u{feff}/*", deep.as_str()] {
            let tokens = tokens(script);
            let _ = value(&tokens, 0, &|_| None);
        }
    }
}
