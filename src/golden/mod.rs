//! Picture tests for those who make boards: cases in folders, their references, and what is said where they differ.

mod accept;
mod blame;
mod compare;
mod draw;
mod draw_share;
mod drawn;
mod expect;
mod fields;
mod files;
mod find;
mod hashes;
mod matrix;
mod new_case;
mod new_session;
mod outcome;
mod paths;
mod reference;
pub mod report;
#[cfg(feature = "network")]
pub mod review;
mod run;
mod schema;
mod source;
mod spec;
mod stages;
mod test;

pub use accept::{accept, is_ci, orphans};
pub use blame::{Blame, Culprit};
pub use draw::Artist;
pub use drawn::{Drawn, Played};
pub use find::{Case, cases};
pub use matrix::{Variant, variants};
pub use new_case::{NewCase, new_folder};
pub use new_session::session_case;
pub use outcome::{DrawnFile, Failure, Outcome, OutcomeKind, PixelFailure};
pub use paths::shown;
pub use reference::{Keeping, Stale};
pub use run::{Options, names, run};
pub use spec::{CASE, SCRIPT, Spec};
pub use stages::{list_lines, node_name, properties};
pub use test::{Test, case};
