//! What a platform's table holds.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::storage::Storage;

/// Where a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// The game's own code.
    Main,
    /// The open data domain: the only place where friends' data may be read.
    OpenData,
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Main => "main domain",
            Self::OpenData => "open data domain",
        })
    }
}

/// One platform.
pub(super) struct Facts {
    /// Its name in data and on the command line.
    pub name: &'static str,
    /// The object whose functions the calls are.
    pub global: Option<&'static str>,
    /// Its calls.
    pub calls: &'static [Offer],
    /// What asks the player to allow the friend relation.
    pub permission: Option<Call>,
    /// Its cloud storage.
    pub storage: Option<Storage>,
    /// How it spells its answers.
    pub spelling: Spelling,
}

/// A call as one platform has it.
pub(super) struct Offer {
    pub call: Call,
    pub domains: &'static [Domain],
    pub needs_permission: bool,
    pub since_client: Option<[u32; 3]>,
    pub since_library: Option<[u32; 3]>,
}

impl Offer {
    const fn new(call: Call, domains: &'static [Domain]) -> Self {
        Self { call, domains, needs_permission: false, since_client: None, since_library: None }
    }

    /// A call of the game's own code.
    pub const fn main(call: Call) -> Self {
        Self::new(call, &[Domain::Main])
    }

    /// A call of the open data domain.
    pub const fn open_data(call: Call) -> Self {
        Self::new(call, &[Domain::OpenData])
    }

    /// A call of either.
    pub const fn both(call: Call) -> Self {
        Self::new(call, &[Domain::Main, Domain::OpenData])
    }

    /// The player must have allowed it.
    pub const fn with_permission(self) -> Self {
        Self { needs_permission: true, ..self }
    }

    /// The client that has it first.
    pub const fn since_client(self, major: u32, minor: u32, patch: u32) -> Self {
        Self { since_client: Some([major, minor, patch]), ..self }
    }

    /// The base library that has it first.
    pub const fn since_library(self, major: u32, minor: u32, patch: u32) -> Self {
        Self { since_library: Some([major, minor, patch]), ..self }
    }
}

/// How a platform spells its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The member that holds `NAME:ok` on success; `None` where `success` gets nothing of the kind.
    pub success: Option<&'static str>,
    /// The member that holds what a failure says.
    pub failure: &'static str,
    /// True where that is `NAME:fail …`, false where it is the text alone.
    pub names_call: bool,
    /// The member that holds a failure's number; `None` where the documents give no numbers.
    pub number: Option<&'static str>,
}
