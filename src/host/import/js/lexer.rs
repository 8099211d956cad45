//! The words of a script.

use super::tree::Offset;
use crate::error::{Error, ErrorKind, Result};

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    Number(String),
    Text(String),
    /// Texts, and the sources between them with where those begin.
    Template(Vec<(String, Offset)>, Vec<(String, usize)>),
    Pattern(String),
    Symbol(&'static str),
    End,
}

/// A token, where it begins, and whether a line ended before it.
pub type Placed = (Token, usize, bool);

/// Longer ones before their beginnings.
const SYMBOLS: [&str; 54] = [
    ">>>=", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "...", "=>", "==", "!=", "<=", ">=", "&&", "||",
    "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**", "<<", ">>", "{", "}", "(", ")", "[", "]",
    ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "?", ":",
];
const SINGLE: [&str; 5] = ["=", ".", "~", "@", "#"];

/// What can't be read, and where.
pub fn fault(offset: usize, message: impl Into<String>) -> (usize, Error) {
    (offset, Error::new(ErrorKind::Template, message.into()))
}

pub type Read<T> = std::result::Result<T, (usize, Error)>;

/// The tokens of a script; the last is [`Token::End`].
pub fn tokens(text: &str, base: usize) -> Read<Vec<Placed>> {
    let mut lexer = Lexer { text, at: 0, base, list: Vec::new(), line_ended: false };
    while lexer.step()? {}
    lexer.list.push((Token::End, base + text.len(), true));
    Ok(lexer.list)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where the text begins in its file.
    base: usize,
    list: Vec<Placed>,
    line_ended: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, token: Token, length: usize) {
        self.list.push((token, self.base + self.at, self.line_ended));
        self.line_ended = false;
        self.at += length;
    }

    /// One token, or white space or a comment; false at the end.
    fn step(&mut self) -> Read<bool> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(false) };
        if first.is_whitespace() || first == '\u{feff}' {
            self.line_ended |= first == '\n';
            self.at += first.len_utf8();
        } else if rest.starts_with("//") || (rest.starts_with("#!") && self.at == 0) {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            self.line_ended |= rest[..length].contains('\n');
            self.at += length;
        } else if first == '"' || first == '\'' {
            let (text, length) =
                quoted(rest, first).ok_or_else(|| fault(self.base + self.at, "a text that ends was expected"))?;
            self.push(Token::Text(text), length);
        } else if first == '`' {
            self.template()?;
        } else if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|next: char| next.is_ascii_digit())) {
            let mut length = 0;
            for (index, next) in rest.char_indices() {
                let after_exponent = matches!(rest.as_bytes().get(index.wrapping_sub(1)), Some(b'e' | b'E'));
                let is_part = next.is_ascii_alphanumeric()
                    || matches!(next, '.' | '_')
                    || (after_exponent && "+-".contains(next) && !rest.starts_with("0x"));
                if !is_part {
                    break;
                }
                length = index + next.len_utf8();
            }
            let number = rest[..length].replace('_', "");
            self.push(Token::Number(number), length);
        } else if first.is_alphabetic() || matches!(first, '_' | '$') {
            let is_part = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$');
            let length = rest.find(|next: char| !is_part(next)).unwrap_or(rest.len());
            let name = rest[..length].to_owned();
            self.push(Token::Name(name), length);
        } else if first == '/' && !self.after_value() {
            let length =
                pattern(rest).ok_or_else(|| fault(self.base + self.at, "a regular expression that ends was expected"))?;
            let pattern = rest[..length].to_owned();
            self.push(Token::Pattern(pattern), length);
        } else {
            let symbol = SYMBOLS.iter().chain(&SINGLE).find(|symbol| rest.starts_with(**symbol));
            let symbol = symbol.ok_or_else(|| fault(self.base + self.at, format!("{first:?} was not expected")))?;
            self.push(Token::Symbol(symbol), symbol.len());
        }
        Ok(true)
    }

    /// True where a `/` divides.
    fn after_value(&self) -> bool {
        match self.list.last() {
            Some((Token::Name(name), ..)) => !matches!(&**name, "return" | "typeof" | "case" | "in" | "of" | "else"),
            Some((Token::Symbol(symbol), ..)) => matches!(*symbol, ")" | "]" | "}"),
            Some((Token::End, ..)) | None => false,
            Some(_) => true,
        }
    }

    fn template(&mut self) -> Read<()> {
        let (start, text) = (self.at, self.text);
        let unended = || fault(self.base + start, "a template that ends was expected");
        let (mut texts, mut sources) = (Vec::new(), Vec::new());
        let (mut part, mut part_at, mut at) = (String::new(), start + 1, start + 1);
        loop {
            let rest = text.get(at..).unwrap_or_default();
            let Some(next) = rest.chars().next() else { return Err(unended()) };
            if next == '`' {
                texts.push((part, Offset(self.base + part_at)));
                break;
            }
            if let Some(source) = rest.strip_prefix("${") {
                let length = inside(source).ok_or_else(unended)?;
                texts.push((std::mem::take(&mut part), Offset(self.base + part_at)));
                sources.push((source[..length].to_owned(), self.base + at + 2));
                at += length + 3;
                part_at = at;
                continue;
            }
            if next == '\\' {
                at += escape(rest, &mut part);
                continue;
            }
            part.push(next);
            at += next.len_utf8();
        }
        self.push(Token::Template(texts, sources), at + 1 - start);
        Ok(())
    }
}

/// The bytes up to the bracket that ends what `${` begins.
fn inside(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        match next {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            '"' | '\'' => {
                at += quoted(&text[at..], next)?.1;
                continue;
            }
            '`' => {
                at += 1;
                loop {
                    let rest = &text[at..];
                    if rest.starts_with('`') {
                        break;
                    } else if rest.starts_with("${") {
                        at += 2;
                        at += inside(&text[at..])? + 1;
                    } else {
                        let escaped = usize::from(rest.starts_with('\\'));
                        at += escaped + rest.get(escaped..)?.chars().next()?.len_utf8();
                    }
                }
            }
            _ => {}
        }
        at += next.len_utf8().max(1);
    }
    None
}

/// What a quoted text says, and its bytes with the quotes.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut said = String::new();
    let mut at = 1;
    loop {
        let rest = text.get(at..)?;
        let next = rest.chars().next()?;
        if next == quote {
            return Some((said, at + 1));
        }
        if next == '\n' {
            return None;
        }
        if next == '\\' {
            at += escape(rest, &mut said);
        } else {
            said.push(next);
            at += next.len_utf8();
        }
    }
}

/// Reads an escape; how many bytes it has.
fn escape(text: &str, said: &mut String) -> usize {
    let Some(kind) = text[1..].chars().next() else { return 1 };
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let length = 1 + kind.len_utf8();
    match kind {
        'n' => said.push('\n'),
        't' => said.push('\t'),
        'r' => said.push('\r'),
        '0' => said.push('\0'),
        '\n' => {}
        'u' if text[2..].starts_with('{') => {
            let end = text[3..].find('}').unwrap_or(0);
            said.extend(hex(&text[3..3 + end]));
            return 4 + end;
        }
        'u' | 'x' => {
            let digits = if kind == 'u' { 4 } else { 2 };
            let given = text.get(2..2 + digits);
            said.extend(given.and_then(hex));
            return 2 + given.map_or(0, str::len);
        }
        other => said.push(other),
    }
    length
}

/// The bytes of a regular expression with its flags.
fn pattern(text: &str) -> Option<usize> {
    let (mut is_class, mut is_escaped) = (false, false);
    for (index, next) in text.char_indices().skip(1) {
        match next {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_class = true,
            ']' => is_class = false,
            '/' if !is_class => {
                let flags = text[index + 1..].find(|next: char| !next.is_ascii_alphabetic()).unwrap_or(text.len() - index - 1);
                return Some(index + 1 + flags);
            }
            _ => {}
        }
    }
    None
}

/// An error at a place of a text.
pub fn at(error: (usize, Error), document: &str, text: &str) -> Error {
    let (offset, error) = error;
    error.at(crate::error::Place::document(document).at_offset(text, offset.min(text.len())))
}

/// The same for a whole result.
pub fn placed<T>(read: Read<T>, document: &str, text: &str) -> Result<T> {
    read.map_err(|error| at(error, document, text))
}
