//! The platforms that mini-games live on: their names, the calls that each has in which domain and since when, what its
//! cloud storage takes, and how it spells its answers.
//!
//! ```text
//! a call's name ──Call──▶ the platform's table ──▶ domain, version, permission, limits
//! arguments ──ArgumentReader──▶ a room's typed call ──▶ Findings ──the platform's spelling──▶ Answer
//! ```
//!
//! One platform is one file, which holds its table. A new one is such a file, its name in [`Platform`], and what is its own
//! in `share`: the options and the cards of its share calls.
//!
//! ```
//! use friendboard::platform::{Call, Domain, Platform};
//! let platform: Platform = "douyin".parse()?;
//! assert!(platform.has(Call::GetCloudStorageByRelation, Domain::OpenData));
//! assert!(!platform.has(Call::GetCloudStorageByRelation, Domain::Main));
//! assert!(!platform.offers(Call::GetFriendCloudStorage));
//! # Ok::<(), friendboard::Error>(())
//! ```

mod answer;
#[cfg_attr(not(feature = "share"), allow(dead_code, reason = "most of it reads the options of share calls"))]
pub(crate) mod arguments;
mod call;
mod douyin;
mod facts;
mod finding;
mod platforms;
mod storage;
#[cfg(test)]
mod tests;
mod tiktok;
mod version;
mod wechat;
mod wps;

pub use answer::Answer;
pub use call::Call;
pub use facts::{Domain, Spelling};
pub use finding::{Finding, first_error};
pub use platforms::Platform;
pub use storage::{Fault, Measure, Storage};
pub use version::Version;
