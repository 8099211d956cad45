//! What a platform finds wrong with a call.

use crate::error::{Diagnostic, Place, Severity};

/// One thing that a check found. The first one of [`Severity::Error`] is what the platform answers with.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// [`Severity::Error`]: the platform refuses the call; [`Severity::Warning`]: it does not, but it is worth knowing.
    pub severity: Severity,
    /// The kind as a stable word for machines: `file-missing`, `title-too-long` …
    pub code: &'static str,
    /// The platform's error number, where its documents give one.
    pub number: Option<i64>,
    /// The platform's text for an error, exactly; our own words for a warning.
    pub text: String,
    /// JSON path of the value that it is about.
    pub path: Option<String>,
    /// What was expected and found and what to do, where the platform's text does not say it.
    pub reason: Option<String>,
    /// True where number and text stand in the platform's documents; false where they are silent and the text is ours.
    pub documented: bool,
}

impl Finding {
    /// An error of the platform's tables: its number and its exact text.
    #[must_use]
    pub fn error(code: &'static str, number: i64, text: impl Into<String>) -> Self {
        Self { number: Some(number), documented: true, ..Self::undocumented(code, text) }
    }

    /// An error that the platform's documents describe without a number or a text of its own.
    #[must_use]
    pub fn undocumented(code: &'static str, text: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, number: None, text: text.into(), path: None, reason: None, documented: false }
    }

    /// An error that the documents give a text for and no number.
    #[must_use]
    pub fn text_only(code: &'static str, text: impl Into<String>) -> Self {
        Self { documented: true, ..Self::undocumented(code, text) }
    }

    /// Something worth knowing that stops nothing.
    #[must_use]
    pub fn warning(code: &'static str, text: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::undocumented(code, text) }
    }

    /// The same finding about a value.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same finding with the reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// True where the platform refuses the call for it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The finding as a diagnostic, with its place in the call's arguments, which `document` names.
    #[must_use]
    pub fn to_diagnostic(&self, document: &str) -> Diagnostic {
        let mut place = Place::document(document);
        if let Some(path) = &self.path {
            place = place.path(path);
        }
        let message = match (self.number, self.documented, self.is_error()) {
            (Some(number), ..) => format!("{number} {}", self.text),
            (None, false, true) => format!("{} (the platform's documents give no text for this)", self.text),
            (None, ..) => self.text.clone(),
        };
        let diagnostic = match self.severity {
            Severity::Warning => Diagnostic::warning(self.code, message, place),
            Severity::Error => Diagnostic::error(self.code, message, place),
        };
        match &self.reason {
            Some(reason) => diagnostic.hint(reason.clone()),
            None => diagnostic,
        }
    }
}

/// The first finding that the platform refuses the call for.
#[must_use]
pub fn first_error(findings: &[Finding]) -> Option<&Finding> {
    findings.iter().find(|finding| finding.is_error())
}
