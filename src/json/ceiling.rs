//! What a JSON text may cost, and what kind of error it makes.

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// The ceilings of one text, and the kind of error that what is wrong with it is. `&Limits` where one is asked for means
/// [`Ceiling::data`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// The kind of what is no JSON, or not the JSON that was expected.
    pub kind: ErrorKind,
    /// The field of [`Limits`] that bounds the bytes.
    pub field: &'static str,
    /// Most bytes.
    pub bytes: usize,
    /// Deepest nesting; more than [`Ceiling::DEEPEST`] is as good as that.
    pub depth: usize,
}

impl Ceiling {
    /// No JSON is read that is nested deeper than this, whatever the limits say: what walks over it recurses.
    pub const DEEPEST: usize = Limits::HIGHEST.data_depth;

    /// For what comes from outside: `data_bytes`, `data_depth`, errors of kind [`ErrorKind::Data`].
    #[must_use]
    pub fn data(limits: &Limits) -> Self {
        Self { kind: ErrorKind::Data, field: "data_bytes", bytes: limits.data_bytes, depth: limits.data_depth }
    }

    /// For style sheets: `template_bytes`, `data_depth`, errors of kind [`ErrorKind::Style`].
    #[must_use]
    pub fn style(limits: &Limits) -> Self {
        Self { kind: ErrorKind::Style, field: "template_bytes", bytes: limits.template_bytes, depth: limits.data_depth }
    }

    /// The same with errors of another kind.
    #[must_use]
    pub fn kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// Refuses a text that is too long.
    pub(super) fn check_bytes(&self, text: &str) -> Result<()> {
        // Offsets are kept in 32 bits.
        let allowed = self.bytes.min(u32::MAX as usize - 1);
        if text.len() <= allowed {
            return Ok(());
        }
        Err(Error::limit(self.field, format_args!("{allowed} bytes"), text.len()))
    }

    /// Deepest nesting that is read.
    pub(super) fn levels(&self) -> usize {
        self.depth.min(Self::DEEPEST)
    }

    /// What is nested too deep.
    pub(super) fn too_deep(&self) -> Error {
        let levels = self.levels();
        let (allowed, found) = (format!("{levels} levels of nesting"), levels + 1);
        if self.depth > Self::DEEPEST {
            return Error::new(ErrorKind::Limit, format!("over the limit of {allowed}: found {found}"))
                .hint("no JSON is read that is nested deeper");
        }
        Error::limit("data_depth", allowed, found)
    }
}

impl From<&Limits> for Ceiling {
    fn from(limits: &Limits) -> Self {
        Self::data(limits)
    }
}
