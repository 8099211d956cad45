//! The words of an expression.

/// What can't be read, with the byte where.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub offset: usize,
    pub message: String,
    pub hint: Option<String>,
}

impl Fault {
    pub fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Name(&'a str),
    Number(&'a str),
    Text(String),
    /// An operator or a bracket.
    Symbol(&'static str),
    End,
}

impl Token<'_> {
    /// The token as a message shows it.
    pub fn describe(&self) -> String {
        match self {
            Self::Name(name) => format!("'{name}'"),
            Self::Number(number) => format!("'{number}'"),
            Self::Text(_) => "a text".to_owned(),
            Self::Symbol(symbol) => format!("'{symbol}'"),
            Self::End => "the end of the expression".to_owned(),
        }
    }
}

/// Longer ones before their beginnings.
const SYMBOLS: [&str; 27] = [
    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "|", ".", ",", ":", "(", ")", "[", "]",
    "{", "}", "!", "&",
];

/// What other languages write, and what is written here.
const ELSEWHERE: [(&str, &str); 6] = [
    ("===", "write '=='"),
    ("!==", "write '!='"),
    ("&&", "write 'and'"),
    ("||", "write 'or'"),
    ("?", "write 'a if condition else b'"),
    ("`", "write '…' or \"…\""),
];

/// The tokens with their bytes; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, usize)>, Fault> {
    let mut list = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let offset = text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            list.push((Token::End, offset));
            return Ok(list);
        };
        let (token, length) = if first == '"' || first == '\'' {
            quoted(rest, first, offset)?
        } else if first.is_ascii_digit() || (first == '.' && !ends_value(list.last()) && begins_fraction(rest)) {
            number(rest, offset)?
        } else if first.is_alphabetic() || first == '_' || first == '$' {
            let length = rest.find(|next: char| !next.is_alphanumeric() && next != '_' && next != '$').unwrap_or(rest.len());
            (Token::Name(&rest[..length]), length)
        } else {
            symbol(rest, first, offset)?
        };
        list.push((token, offset));
        rest = &rest[length..];
    }
}

/// `.5`, but not the `.1` of `friends.1`.
fn begins_fraction(rest: &str) -> bool {
    rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

fn ends_value(last: Option<&(Token<'_>, usize)>) -> bool {
    matches!(last, Some((Token::Name(_) | Token::Number(_) | Token::Text(_) | Token::Symbol("]" | ")"), _)))
}

fn symbol(rest: &str, first: char, offset: usize) -> Result<(Token<'static>, usize), Fault> {
    if let Some((found, hint)) = ELSEWHERE.iter().find(|(found, _)| rest.starts_with(found)) {
        return Err(Fault::new(offset, format!("'{found}' is no operator here")).hint(*hint));
    }
    let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
    match symbol {
        Some(&"!") => Err(Fault::new(offset, "'!' is no operator here").hint("write 'not'")),
        Some(&"&") => Err(Fault::new(offset, "'&' is no operator here").hint("write 'and'")),
        Some(symbol) => Ok((Token::Symbol(symbol), symbol.len())),
        None => Err(Fault::new(offset, format!("expected a value or an operator, found {first:?}"))),
    }
}

fn number(rest: &str, offset: usize) -> Result<(Token<'_>, usize), Fault> {
    let digits =
        |from: usize| rest[from..].find(|next: char| !next.is_ascii_digit()).map_or(rest.len(), |length| from + length);
    let mut end = digits(0);
    // `1.5`, but not `1.real`.
    if rest[end..].starts_with('.') && rest[end + 1..].starts_with(|next: char| next.is_ascii_digit()) {
        end = digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
        if rest[end + 1 + sign..].starts_with(|next: char| next.is_ascii_digit()) {
            end = digits(end + 1 + sign);
        }
    }
    if rest[end..].starts_with(|next: char| next.is_alphabetic() || next == '_') {
        return Err(Fault::new(offset + end, "expected an operator after the number").hint("a name can't begin with a digit"));
    }
    Ok((Token::Number(&rest[..end]), end))
}

fn quoted(rest: &str, quote: char, offset: usize) -> Result<(Token<'_>, usize), Fault> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        if character == quote {
            return Ok((Token::Text(text), index + 1));
        }
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some((_, 'n')) => text.push('\n'),
            Some((_, 't')) => text.push('\t'),
            Some((_, escaped)) => text.push(escaped),
            None => break,
        }
    }
    Err(Fault::new(offset, format!("the text that begins here has no closing {quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words() {
        let list: Vec<_> = tokens("a.b[0] // 'it\\'s' ~ 1.5e3").unwrap().into_iter().map(|(token, _)| token).collect();
        let expected = [
            Token::Name("a"),
            Token::Symbol("."),
            Token::Name("b"),
            Token::Symbol("["),
            Token::Number("0"),
            Token::Symbol("]"),
            Token::Symbol("//"),
            Token::Text("it's".to_owned()),
            Token::Symbol("~"),
            Token::Number("1.5e3"),
            Token::End,
        ];
        assert_eq!(list, expected);
    }

    #[test]
    fn says_where_a_word_is_wrong() {
        for (text, offset) in
            [("a && b", 2), ("a # b", 2), ("'abc", 0), ("12ab", 2), ("a ? b : c", 2), ("x === 1", 2), ("!x", 0), ("'\\", 0)]
        {
            assert_eq!(tokens(text).unwrap_err().offset, offset, "{text}");
        }
    }
}
