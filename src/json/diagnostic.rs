//! A diagnostic for machines.

use super::value::Value;
use crate::error::{Diagnostic, Severity};
use crate::escape::escaped;
use crate::json;

impl Severity {
    /// The word for it: `warning` or `error`.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A diagnostic for machines. Its texts are escaped as they are for people: whoever reads them will print them.
///
/// ```
/// use friendboard::{Diagnostic, Place, json};
/// let found = json::diagnostic(&Diagnostic::warning("unknown-self", "nobody is `o1`", Place::default()));
/// assert_eq!(found.get("code").unwrap().as_text(), Some("unknown-self"));
/// ```
#[must_use]
pub fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let place = &diagnostic.place;
    let known = |number: u32| (number > 0).then_some(number);
    let shown = |text: Option<&str>| text.map(|text| escaped(text).into_owned());
    json!({
        "severity": diagnostic.severity.keyword(), "code": diagnostic.code, "message": &*escaped(&diagnostic.message),
        "document": shown(place.document.as_deref()), "line": known(place.line), "column": known(place.column),
        "path": shown(place.path.as_deref()), "hint": shown(diagnostic.hint.as_deref()),
    })
}
