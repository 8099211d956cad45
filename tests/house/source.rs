//! What a source file names of others: its `use` trees, and the paths in its code. Comments, strings and (for the graph of
//! files) tests are passed over. It reads words and braces, no types: a method that is called on a value is not seen.

use std::collections::{BTreeMap, BTreeSet};

/// A path as written, with what it can be called by here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
    /// The name that a `use` gives it; `None` for a path in code, for `_` and for a glob.
    pub alias: Option<String>,
    pub is_glob: bool,
    /// It is given to others under its name, and the file itself does not use it.
    pub is_only_passed_on: bool,
    /// It is in a test of the file.
    pub is_test: bool,
}

/// A file that was read.
#[derive(Debug, Default)]
pub struct Source {
    pub named: Vec<Named>,
    /// Modules that have files of their own.
    pub modules: Vec<String>,
    /// What the file defines, at any depth.
    pub defined: Vec<String>,
    /// Every word in its code but for `use` and tests.
    words: BTreeSet<String>,
}

impl Source {
    /// What each name of a `use` stands for, tests left out.
    pub fn aliases(&self) -> BTreeMap<String, Vec<String>> {
        let uses = self.named.iter().filter(|named| !named.is_test);
        uses.filter_map(|named| Some((named.alias.clone()?, named.path.clone()))).collect()
    }

    pub fn read(text: &str) -> Self {
        let code = blank(text);
        let tokens = tokens(&code);
        let mut reader = Reader { tokens: &tokens, at: 0, depth: 0, inline: Vec::new(), test: None, source: Self::default() };
        reader.file();
        let Self { named, words, .. } = &mut reader.source;
        for named in named {
            named.is_only_passed_on &= named.alias.as_ref().is_none_or(|alias| !words.contains(alias));
        }
        reader.source
    }
}

type Token<'a> = (usize, &'a str);

/// Words and single signs, `::` as one, each with its line.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (line, text) in code.lines().enumerate() {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = match first {
                _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                _ => first.len_utf8(),
            };
            if !first.is_whitespace() {
                found.push((line + 1, &rest[..end]));
            }
            rest = &rest[end..];
        }
    }
    found
}

/// The code with comments, strings and characters blanked; lines stay.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < chars.len() {
        let is_word_before = index > 0 && (at(index - 1).is_alphanumeric() || at(index - 1) == '_');
        let end = match at(index) {
            '/' if at(index + 1) == '/' => (index..chars.len()).find(|&i| at(i) == '\n').unwrap_or(chars.len()),
            '/' if at(index + 1) == '*' => comment_end(&chars, index),
            'r' if !is_word_before && matches!(at(index + 1), '"' | '#') => raw_end(&chars, index).unwrap_or(index),
            '"' => string_end(&chars, index),
            // A lifetime has no second quote.
            '\'' if at(index + 1) == '\\' => (index + 3..chars.len()).find(|&i| at(i) == '\'').unwrap_or(index) + 1,
            '\'' if at(index + 2) == '\'' => index + 3,
            _ => index,
        };
        if end > index {
            out.extend((index..end).map(|i| if at(i) == '\n' { '\n' } else { ' ' }));
            index = end;
        } else {
            out.push(at(index));
            index += 1;
        }
    }
    out
}

fn comment_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut index) = (0, start);
    while index < chars.len() {
        match chars[index..] {
            ['/', '*', ..] => (depth, index) = (depth + 1, index + 2),
            ['*', '/', ..] => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            break;
        }
    }
    index
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut index = start + 1;
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    (index + 1).min(chars.len())
}

/// The end of `r"…"` or `r#"…"#`; `None` where it is a raw name.
fn raw_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    let body = start + 1 + hashes + 1;
    if chars.get(body - 1) != Some(&'"') {
        return None;
    }
    let closes =
        |&end: &usize| chars[end] == '"' && chars[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
    (body..chars.len()).find(closes).map(|end| end + 1 + hashes)
}

struct Reader<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
    depth: usize,
    /// Depths of the modules that stand in the file itself.
    inline: Vec<usize>,
    /// The depth of the test that is being read.
    test: Option<usize>,
    source: Source,
}

impl<'t> Reader<'t> {
    fn word(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |(_, word)| word)
    }

    fn file(&mut self) {
        while self.at < self.tokens.len() {
            match self.word(0) {
                "{" => self.depth += 1,
                "}" => {
                    self.depth = self.depth.saturating_sub(1);
                    self.inline.retain(|depth| *depth <= self.depth);
                    self.test = self.test.filter(|depth| *depth < self.depth);
                }
                "#" if (1..=6).map(|ahead| self.word(ahead)).eq(["[", "cfg", "(", "test", ")", "]"]) => {
                    self.at += 7;
                    self.test_item();
                    continue;
                }
                "use" if self.word(1) != "<" => {
                    // `pub use`, `pub(crate) use`.
                    let is_passed_on = self.at > 0 && matches!(self.tokens[self.at - 1].1, "pub" | ")");
                    self.at += 1;
                    self.tree(&[], is_passed_on);
                    continue;
                }
                "mod" if self.word(2) == ";" => self.source.modules.push(self.word(1).to_owned()),
                "mod" if self.word(2) == "{" => self.inline.push(self.depth + 1),
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union" => {
                    self.source.defined.push(self.word(1).to_owned());
                }
                "macro_rules" => self.source.defined.push(self.word(2).to_owned()),
                word if is_name(word) && self.word(1) == "::" => {
                    self.path();
                    continue;
                }
                _ => {}
            }
            // The names of modules and methods are not those of what is passed on.
            let is_other = self.at > 0 && matches!(self.tokens[self.at - 1].1, "mod" | ".");
            if self.test.is_none() && !is_other {
                self.source.words.insert(self.word(0).to_owned());
            }
            self.at += 1;
        }
    }

    /// What follows `#[cfg(test)]`: a module without a body and a `use` are left out here, anything else is read as a test.
    fn test_item(&mut self) {
        let ends = |word: &str| word == ";" || word == "{";
        let start = self.at;
        while self.at < self.tokens.len() && !ends(self.word(0)) {
            self.at += 1;
        }
        if self.word(0) == ";" {
            self.at += 1;
        } else if self.tokens[start..self.at].iter().any(|(_, word)| *word == "use") {
            while self.at < self.tokens.len() && self.word(0) != ";" {
                self.at += 1;
            }
        } else {
            self.test = self.test.or(Some(self.depth));
            if self.tokens[start..self.at].iter().any(|(_, word)| *word == "mod") {
                self.inline.push(self.depth + 1);
            }
        }
    }

    /// A path in code.
    fn path(&mut self) {
        let line = self.tokens[self.at].0;
        let mut path = vec![self.word(0).to_owned()];
        if self.test.is_none() {
            self.source.words.insert(self.word(0).to_owned());
        }
        self.at += 1;
        while self.word(0) == "::" && is_name(self.word(1)) {
            path.push(self.word(1).to_owned());
            self.at += 2;
        }
        // `::<` ends it.
        if self.word(0) == "::" {
            self.at += 1;
        }
        self.add(line, path, None, (false, false));
    }

    /// A `use` tree below a path, up to the `,`, `}` or `;` after it.
    fn tree(&mut self, above: &[String], is_passed_on: bool) {
        let mut path = above.to_vec();
        if self.word(0) == "::" {
            self.at += 1;
        }
        loop {
            let line = self.tokens.get(self.at).map_or(0, |(line, _)| *line);
            match self.word(0) {
                "{" => {
                    self.at += 1;
                    while self.at < self.tokens.len() && self.word(0) != "}" {
                        self.tree(&path, is_passed_on);
                        if self.word(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    return self.add(line, path, None, (true, is_passed_on));
                }
                name => {
                    if name != "self" || path.is_empty() {
                        path.push(name.to_owned());
                    }
                    self.at += 1;
                }
            }
            if self.word(0) == "::" {
                self.at += 1;
                continue;
            }
            let mut alias = path.last().cloned();
            if self.word(0) == "as" {
                alias = Some(self.word(1).to_owned()).filter(|alias| alias != "_");
                self.at += 2;
            }
            return self.add(line, path, alias, (false, is_passed_on));
        }
    }

    fn add(&mut self, line: usize, mut path: Vec<String>, alias: Option<String>, (is_glob, is_only_passed_on): (bool, bool)) {
        // From a module in the file, `super` is the file itself.
        for _ in &self.inline {
            match path.first().map(String::as_str) {
                Some("super") if path.len() > 1 || is_glob => path.remove(0),
                _ => break,
            };
        }
        if !path.is_empty() {
            let is_test = self.test.is_some();
            self.source.named.push(Named { line, path, alias, is_glob, is_only_passed_on, is_test });
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let source = Source::read(text);
        source.named.iter().map(|named| named.path.join("::") + if named.is_glob { "::*" } else { "" }).collect()
    }

    #[test]
    fn lists_in_braces_are_read_to_the_end() {
        let text = "use crate::{a::{self, B as C, d::*}, e};\npub(crate) use super::f::{g};";
        assert_eq!(paths(text), ["crate::a", "crate::a::B", "crate::a::d::*", "crate::e", "super::f::g"]);
        let source = Source::read(text);
        assert_eq!(source.aliases().into_keys().collect::<Vec<_>>(), ["C", "a", "e", "g"]);
        assert_eq!(source.named[4].line, 2);
    }

    #[test]
    fn code_is_read_and_what_is_said_is_not() {
        let text = r##"
            // crate::no
            /* crate::no /* crate::no */ crate::no */
            fn own<'a>(c: &'a crate::yes::Type) -> char { let x = "crate::no \" crate::no"; r#"crate::no"#; '"' }
            fn more() { super::also::call::<u8>(); b"crate::no"; '\''; x.iter().map(crate::yes::f) }"##;
        assert_eq!(paths(text), ["crate::yes::Type", "super::also::call", "crate::yes::f"]);
    }

    #[test]
    fn tests_and_modules_in_a_file_are_told_apart() {
        let text = "mod a;\n#[cfg(test)]\nmod tests;\nmod inner { use super::super::b; fn f() { super::own() } }\n\
            #[cfg(test)]\nmod checks { use super::*; fn f() { crate::c::f() } }\nfn f() { crate::d::f() }";
        let source = Source::read(text);
        assert_eq!(source.modules, ["a"]);
        assert_eq!(paths(text), ["super::b", "own", "crate::c::f", "crate::d::f"]);
        let tests: Vec<bool> = source.named.iter().map(|named| named.is_test).collect();
        assert_eq!(tests, [false, false, true, false]);
    }
}
