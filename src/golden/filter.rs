//! Which pictures a run is about: texts of their names, or an expression.
//!
//! Expressions are those of `cargo nextest` and `tytanic`, over pictures: sets, and what is made of them.

use regex_lite::{Regex, RegexBuilder};

use super::outcome::OutcomeKind;
use crate::error::{Error, ErrorKind, Place, Result, closest};

/// How deep sets may stand in each other.
const DEPTH_MOST: usize = 64;
/// What an expression may weigh, bytes.
const BYTES_MOST: usize = 10_000;
/// What a compiled pattern may weigh, bytes.
const PATTERN_BYTES: usize = 1_000_000;
/// The sets that take a pattern, and those that stand for themselves.
const SETS: [&str; 6] = ["name", "case", "kind", "skip", "all", "none"];

/// What a picture is selected by.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What it is called: the case's folder, with the picture's name.
    pub name: &'a str,
    /// The case's folder.
    pub case: &'a str,
    /// What it is of.
    pub kind: OutcomeKind,
    /// True where its case says to be left out.
    pub is_skipped: bool,
}

/// A set of pictures.
#[derive(Clone, Debug)]
pub enum Filter {
    /// All of them.
    All,
    /// None of them.
    None,
    /// Those with such a name.
    Name(Pattern),
    /// Those of cases with such a folder.
    Case(Pattern),
    /// Those of a kind.
    Kind(OutcomeKind),
    /// Those of cases that say to be left out.
    Skipped,
    /// Those that are not in a set.
    Not(Box<Self>),
    /// Those that are in all of these.
    And(Vec<Self>),
    /// Those that are in any of these.
    Or(Vec<Self>),
}

/// What a name is to be like.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// It has this text in it.
    Contains(String),
    /// It is this text.
    Equals(String),
    /// A regular expression is found in it.
    Matches(Regex),
}

impl Pattern {
    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Contains(text) => name.contains(text.as_str()),
            Self::Equals(text) => name == text,
            Self::Matches(pattern) => pattern.is_match(name),
        }
    }
}

impl Default for Filter {
    /// All pictures.
    fn default() -> Self {
        Self::All
    }
}

impl Filter {
    /// Pictures by texts of their names, any of which is enough, or that are all of their names; without one, all pictures.
    #[must_use]
    pub fn of_texts(texts: &[String], is_exact: bool) -> Self {
        if texts.is_empty() {
            return Self::All;
        }
        let pattern = if is_exact { Pattern::Equals } else { Pattern::Contains };
        Self::Or(texts.iter().map(|text| Self::Name(pattern(text.clone()))).collect())
    }

    /// Reads an expression:
    ///
    /// | set | pictures |
    /// |---|---|
    /// | `name(TEXT)`, `case(TEXT)` | with this text in their name, or in the folder of their case |
    /// | `name(=TEXT)`, `name(/REGEX/)`, `name(#GLOB)` | whose name is the text, has what the regular expression finds, is as `*` and `?` say |
    /// | `kind(picture)`, `kind(events)`, `kind(case)` | pictures, logs of sessions, what is of a case as a whole |
    /// | `skip()` | of cases that say to be left out |
    /// | `all()`, `none()` | |
    /// | `!a`, `a & b`, `a - b`, `a \| b`, `(a)` | also `not a`, `a and b`, `a or b` |
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] with its column for what is none.
    pub fn read(text: &str) -> Result<Self> {
        if text.len() > BYTES_MOST {
            let message = format!("an expression of at most {BYTES_MOST} bytes was expected, found {}", text.len());
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let mut reader = Reader { text, at: 0, depth: 0 };
        let filter = reader.either()?;
        match reader.rest() {
            "" => Ok(filter),
            _ => Err(reader.wrong("`&`, `-` or `|` was expected")),
        }
    }

    /// Those that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::And(vec![self, other])
    }

    /// True for a picture that is in it.
    #[must_use]
    pub fn has(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Name(pattern) => pattern.fits(subject.name),
            Self::Case(pattern) => pattern.fits(subject.case),
            Self::Kind(kind) => *kind == subject.kind,
            Self::Skipped => subject.is_skipped,
            Self::Not(set) => !set.has(subject),
            Self::And(sets) => sets.iter().all(|set| set.has(subject)),
            Self::Or(sets) => sets.iter().any(|set| set.has(subject)),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// What is left, without the spaces before it.
    fn rest(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn wrong(&mut self, expected: &str) -> Error {
        let rest = self.rest();
        let found = if rest.is_empty() { "the end".to_owned() } else { format!("'{rest:.30}'") };
        let place = Place::document("--expression").at_offset(self.text, self.at);
        Error::new(ErrorKind::Usage, format!("{expected}, found {found}")).at(place)
    }

    /// Takes a sign, or the word for it.
    fn takes(&mut self, sign: char, word: &str) -> bool {
        let rest = self.rest();
        let is_word = || {
            let behind = rest.strip_prefix(word).filter(|_| !word.is_empty());
            behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_whitespace() || c == '(' || c == '!'))
        };
        let length = if rest.starts_with(sign) {
            sign.len_utf8()
        } else if is_word() {
            word.len()
        } else {
            return false;
        };
        self.at += length;
        true
    }

    fn either(&mut self) -> Result<Filter> {
        let mut sets = vec![self.both()?];
        while self.takes('|', "or") {
            sets.push(self.both()?);
        }
        Ok(if sets.len() == 1 { sets.swap_remove(0) } else { Filter::Or(sets) })
    }

    fn both(&mut self) -> Result<Filter> {
        let mut sets = vec![self.one()?];
        loop {
            if self.takes('&', "and") {
                sets.push(self.one()?);
            } else if self.takes('-', "") {
                sets.push(Filter::Not(Box::new(self.one()?)));
            } else {
                return Ok(if sets.len() == 1 { sets.swap_remove(0) } else { Filter::And(sets) });
            }
        }
    }

    fn one(&mut self) -> Result<Filter> {
        if self.depth == DEPTH_MOST {
            return Err(self.wrong(&format!("sets at most {DEPTH_MOST} deep were expected")));
        }
        self.depth += 1;
        let filter = if self.takes('!', "not") {
            Filter::Not(Box::new(self.one()?))
        } else if self.takes('(', "") {
            let filter = self.either()?;
            if !self.takes(')', "") {
                return Err(self.wrong("`)` was expected"));
            }
            filter
        } else {
            self.set()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    /// `NAME(…)`.
    fn set(&mut self) -> Result<Filter> {
        let rest = self.rest();
        let name = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        if !SETS.contains(&name) {
            let known = SETS.map(|set| format!("`{set}(…)`")).join(", ");
            let wrong = self.wrong(&format!("one of {known} was expected"));
            return Err(match closest(name, SETS) {
                Some(meant) => wrong.hint(format!("did you mean `{meant}(…)`?")),
                None => wrong,
            });
        }
        self.at += name.len();
        if !self.takes('(', "") {
            return Err(self.wrong(&format!("`(` was expected behind `{name}`")));
        }
        let filter = match name {
            "all" => Filter::All,
            "none" => Filter::None,
            "skip" => Filter::Skipped,
            "kind" => Filter::Kind(self.kind()?),
            "case" => Filter::Case(self.pattern()?),
            _ => Filter::Name(self.pattern()?),
        };
        if !self.takes(')', "") {
            return Err(self.wrong("`)` was expected"));
        }
        Ok(filter)
    }

    fn kind(&mut self) -> Result<OutcomeKind> {
        let rest = self.rest();
        let word = rest.split(')').next().unwrap_or_default();
        let Some(kind) = OutcomeKind::ALL.into_iter().find(|kind| kind.word() == word.trim()) else {
            return Err(self.wrong("one of picture, events, case was expected"));
        };
        self.at += word.len();
        Ok(kind)
    }

    /// What stands between the parentheses: its own parentheses belong to it as pairs, and in `/…/` all of them.
    fn pattern(&mut self) -> Result<Pattern> {
        let rest = self.rest();
        if let Some(behind) = rest.strip_prefix('/') {
            // A slash of the pattern is written `\/`.
            let end = behind.char_indices().scan(false, |is_escaped, (at, c)| {
                let ends = c == '/' && !*is_escaped;
                *is_escaped = c == '\\' && !*is_escaped;
                Some((at, ends))
            });
            let Some((end, _)) = end.into_iter().find(|(_, ends)| *ends) else {
                return Err(self.wrong("`/` was expected at the end of the regular expression"));
            };
            let pattern = self.regex(&behind.get(..end).unwrap_or_default().replace("\\/", "/"))?;
            self.at += end + 2;
            return Ok(pattern);
        }
        let mut depth = 0_usize;
        let end = rest.char_indices().find(|(_, c)| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return true,
                ')' => depth -= 1,
                _ => {}
            }
            false
        });
        let Some((end, _)) = end else { return Err(self.wrong("`)` was expected behind a name")) };
        let text = rest.get(..end).unwrap_or_default().trim_end();
        if text.is_empty() {
            return Err(self.wrong("a name, `=NAME`, `/REGEX/` or `#GLOB` was expected"));
        }
        let pattern = match (text.strip_prefix('='), text.strip_prefix('#')) {
            (Some(exact), _) => Pattern::Equals(exact.to_owned()),
            (_, Some(glob)) => {
                let written = |c: char| match c {
                    '*' => ".*".to_owned(),
                    '?' => ".".to_owned(),
                    c => regex_lite::escape(c.encode_utf8(&mut [0; 4])),
                };
                self.regex(&format!("^(?s:{})$", glob.chars().map(written).collect::<String>()))?
            }
            _ => Pattern::Contains(text.to_owned()),
        };
        self.at += end;
        Ok(pattern)
    }

    fn regex(&mut self, pattern: &str) -> Result<Pattern> {
        let made = RegexBuilder::new(pattern).size_limit(PATTERN_BYTES).build();
        made.map(Pattern::Matches).map_err(|error| self.wrong(&format!("a regular expression was expected ({error})")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str, OutcomeKind); 5] = [
        ("golden/podium/dark-2x", "golden/podium", OutcomeKind::Picture),
        ("golden/podium/light-2x", "golden/podium", OutcomeKind::Picture),
        ("golden/play (old)/events", "golden/play (old)", OutcomeKind::Events),
        ("golden/play (old)/there", "golden/play (old)", OutcomeKind::Picture),
        ("golden/share", "golden/share", OutcomeKind::Case),
    ];

    /// The numbers of the names that an expression selects.
    fn selected(expression: &str) -> Vec<usize> {
        let filter = Filter::read(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
        let has = |(_, (name, case, kind)): &(usize, (&str, &str, OutcomeKind))| {
            filter.has(&Subject { name, case, kind: *kind, is_skipped: *case == "golden/share" })
        };
        NAMES.into_iter().enumerate().filter(has).map(|(index, _)| index).collect()
    }

    #[test]
    fn expressions_select_by_name_case_and_kind() {
        for (expression, expected) in [
            ("all()", vec![0, 1, 2, 3, 4]),
            ("none()", vec![]),
            ("skip()", vec![4]),
            ("all() - skip()", vec![0, 1, 2, 3]),
            ("name(dark)", vec![0]),
            ("name(=golden/share)", vec![4]),
            ("name(=golden/podium)", vec![]),
            ("case(=golden/podium)", vec![0, 1]),
            (r"name(/^golden\/.*(dark|there)/)", vec![0, 3]),
            ("name(#golden/*-2x)", vec![0, 1]),
            ("name(#golden/p??ium/*)", vec![0, 1]),
            ("name(play (old))", vec![2, 3]),
            ("kind(events) | kind( case )", vec![2, 4]),
            ("!name(podium) & kind(picture)", vec![3]),
            ("not name(podium) and kind(picture)", vec![3]),
            ("case(podium) - name(dark) or name(share)", vec![1, 4]),
            ("name(dark) | name(light) & none()", vec![0]),
            ("(name(dark) | name(light)) & none()", vec![]),
            ("!!name(dark)", vec![0]),
        ] {
            assert_eq!(selected(expression), expected, "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression_is_told_with_its_column() {
        for (expression, told) in [
            (
                "",
                "--expression:1:1: one of `name(…)`, `case(…)`, `kind(…)`, `skip(…)`, `all(…)`, `none(…)` was expected, found the end",
            ),
            ("nmae(a)", "did you mean `name(…)`?"),
            ("name(a) name(b)", "--expression:1:9: `&`, `-` or `|` was expected, found 'name(b)'"),
            ("name(a", "`)` was expected behind a name"),
            ("name()", "a name, `=NAME`, `/REGEX/` or `#GLOB` was expected"),
            ("name(/a)", "`/` was expected at the end"),
            ("name(/a(/)", "a regular expression was expected"),
            ("kind(board)", "one of picture, events, case was expected, found 'board)'"),
            ("name", "`(` was expected behind `name`"),
            ("(all()", "`)` was expected, found the end"),
            ("all() &", "found the end"),
        ] {
            let said = Filter::read(expression).unwrap_err().to_string();
            assert!(said.contains(told), "{expression}: {said}");
        }
        assert!(Filter::read(&"(".repeat(9_999)).unwrap_err().to_string().contains("at most 64 deep"));
        assert!(Filter::read(&"!".repeat(99_999)).unwrap_err().to_string().contains("at most 10000 bytes"));
        assert!(Filter::read(r"name(/(\w{900}){900}/)").unwrap_err().to_string().contains("a regular expression"));
    }
}
