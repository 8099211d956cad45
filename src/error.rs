//! What went wrong, where, and what to do: one [`Error`] for what stops a call, one [`Diagnostic`] for what does not.

mod codes;

use std::fmt;
use std::sync::Arc;

use crate::escape::escaped;
pub use codes::{CODES, Code, KINDS};

/// A crate-wide result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A place in a document: a file with line and column, or a value with its JSON path, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The document's name as its reader knows it: a file name, `<data>`, `leaderboard.xml`.
    pub document: Option<Arc<str>>,
    /// Line, from 1; 0 where the place has no line.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1; 0 where the place has no column.
    pub column: u32,
    /// JSON path of the value, such as `data[3].nickname`.
    pub path: Option<Arc<str>>,
}

impl Place {
    /// A place that is known by its document only.
    ///
    /// ```
    /// let place = friendboard::Place::document("board.xml").at(3, 14);
    /// assert_eq!(place.to_string(), "board.xml:3:14");
    /// ```
    #[must_use]
    pub fn document(name: &str) -> Self {
        Self { document: Some(Arc::from(name)), ..Self::default() }
    }

    /// The same document at a line and column, both from 1.
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (line, column);
        self
    }

    /// The same document at a byte offset of its text.
    #[must_use]
    pub fn at_offset(self, text: &str, offset: usize) -> Self {
        let (line, column) = line_and_column(text, offset);
        self.at(line, column)
    }

    /// The same document at a JSON path.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(Arc::from(path));
        self
    }

    /// True where nothing is known of the place.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(self.document.as_deref().unwrap_or("<input>")))?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.line > 0 && self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        match &self.path {
            Some(path) => write!(f, " at {}", escaped(path)),
            None => Ok(()),
        }
    }
}

/// Line and column, both from 1 and the column in characters, of a byte offset; an offset past the end is the end.
#[must_use]
pub fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// What kind of thing went wrong; it decides the exit status and how a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call itself was wrong: an unknown board, a bad option value.
    Usage,
    /// The friend data could not be read at all.
    Data,
    /// The platform answered with a failure (`getFriendCloudStorage:fail …`).
    Platform,
    /// The template is not well-formed or breaks the dialect.
    Template,
    /// The style sheet is not well-formed or breaks the dialect.
    Style,
    /// A `{{ expression }}`, `for` or `if` could not be compiled or evaluated.
    Expression,
    /// A ceiling of [`Limits`](crate::Limits) was passed.
    Limit,
    /// It took longer than the host gave it ([`Budget::within`](crate::budget::Budget::within)).
    Deadline,
    /// A picture could not be decoded or encoded.
    Picture,
    /// A font could not be read.
    Font,
    /// A file or a stream could not be read or written.
    Io,
}

impl ErrorKind {
    /// The kind as a stable word for machines: `usage`, `data`, `limit` …
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Data => "data",
            Self::Platform => "platform",
            Self::Template => "template",
            Self::Style => "style",
            Self::Expression => "expression",
            Self::Limit => "limit",
            Self::Deadline => "deadline",
            Self::Picture => "picture",
            Self::Font => "font",
            Self::Io => "io",
        }
    }
}

/// What stopped a call. Small (one pointer), with the place and the cause.
///
/// ```
/// use friendboard::{Error, ErrorKind, Place};
/// let error = Error::new(ErrorKind::Template, "expected </view>, found </text>")
///     .at(Place::document("board.xml").at(3, 5))
///     .hint("close <text> before its parent");
/// assert_eq!(error.to_string(), "board.xml:3:5: expected </view>, found </text> (close <text> before its parent)");
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
#[error("{}", Located(place, message, hint.as_deref()))]
struct Inner {
    kind: ErrorKind,
    message: String,
    place: Place,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync + 'static>>,
}

impl Error {
    /// A new error; the message says what was expected and what was found.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), place: Place::default(), hint: None, source: None }))
    }

    /// An error of a passed ceiling: names the limit (a field of [`Limits`](crate::Limits)), the figure found and how to
    /// raise it.
    ///
    /// ```
    /// let error = friendboard::Error::limit("template_nodes", "5,000 nodes", "5,001");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "over the limit of 5,000 nodes: found 5,001 \
    ///      (raise it with --limit template_nodes=…, in Rust Limits::template_nodes)"
    /// );
    /// ```
    #[must_use]
    pub fn limit(field: &str, allowed: impl fmt::Display, found: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Limit, format!("over the limit of {allowed}: found {found}")).hint(raise_limit(field))
    }

    /// The same error at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.0.place = place;
        self
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error with its cause.
    #[must_use]
    pub fn source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What was expected and what was found, without place and hint.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }
}

/// `place: message (hint)`, with what came from outside [`escaped`].
struct Located<'a>(&'a Place, &'a str, Option<&'a str>);

impl fmt::Display for Located<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_unknown() {
            write!(f, "{}: ", self.0)?;
        }
        f.write_str(&escaped(self.1))?;
        self.2.map_or(Ok(()), |hint| write!(f, " ({})", escaped(hint)))
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The board is drawn, but something in it was passed over.
    Warning,
    /// Something that was asked for could not be done; the rest still draws.
    Error,
}

/// Something that did not stop the drawing: an unknown property, a dropped friend, a missing image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The kind as a stable word for machines: `unknown-property`, `dropped-friend`, `missing-image` …
    pub code: &'static str,
    /// What was expected and what was found.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it, such as `did you mean 'fontSize'?`.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self { severity: Severity::Warning, code, message: message.into(), place, hint: None }
    }

    /// An error that still lets the rest be drawn.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, place: Place) -> Self {
        Self { severity: Severity::Error, ..Self::warning(code, message, place) }
    }

    /// An error that stopped a part of a call and not the whole.
    #[must_use]
    pub fn from_error(code: &'static str, error: &Error) -> Self {
        let diagnostic = Self::error(code, error.message(), error.place().clone());
        Self { hint: error.0.hint.clone(), ..diagnostic }
    }

    /// The same diagnostic with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Located(&self.place, &self.message, self.hint.as_deref()).fmt(f)
    }
}

/// The diagnostics of one call, in the order in which they arose; hostile input can't make it grow without bound, nor
/// say the same thing of the same place twice.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    left_out: usize,
}

impl Diagnostics {
    /// How many diagnostics are kept; what comes after is only counted.
    pub const KEPT: usize = 500;

    /// No diagnostics yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless it is there already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.contains(&diagnostic) {
            return;
        }
        if self.list.len() < Self::KEPT {
            self.list.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Adds all of another call's.
    pub fn extend(&mut self, other: Self) {
        self.left_out += other.left_out;
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }

    /// The same, with what `name` makes of the names of their documents.
    #[must_use]
    pub fn renamed(mut self, name: impl Fn(&str) -> String) -> Self {
        for diagnostic in &mut self.list {
            diagnostic.place.document = diagnostic.place.document.as_deref().map(|document| Arc::from(name(document)));
        }
        self
    }

    /// The kept ones.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.list
    }

    /// How many came after the kept ones.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// True where nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// How a limit is raised, as a hint: by its option, and by its field.
#[must_use]
pub fn raise_limit(field: &str) -> String {
    format!("raise it with --limit {field}=…, in Rust Limits::{field}")
}

/// The closest of some names by edit distance, for 'did you mean'; `None` where nothing is close.
///
/// ```
/// assert_eq!(friendboard::error::closest("fontsize", ["color", "fontSize"]), Some("fontSize"));
/// assert_eq!(friendboard::error::closest("zzzz", ["color", "fontSize"]), None);
/// ```
#[must_use]
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: String = name.chars().take(64).collect::<String>().to_lowercase().replace(['-', '_'], "");
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase().replace(['-', '_'], "")), candidate))
        .filter(|&(distance, candidate)| distance <= 2.min(candidate.chars().count() / 2))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}
