//! The platforms' cloud storage: a player's pairs, the friends' and a group's, with each platform's limits and answers.
//!
//! ```text
//! a call with its arguments ──Cloud (limits, domains, answers)──▶ CloudStorage ──▶ Records, or what a host keeps them in
//! ```
//!
//! A [`CloudStorage`] only keeps; [`Cloud`] is the platform in front of it.
//!
//! ```
//! use friendboard::cloud::{Cloud, Records};
//! use friendboard::platform::{Domain, Platform};
//! use friendboard::{Diagnostics, Limits, json::Value};
//!
//! let mut cloud = Cloud::new(Platform::WeChat, "me", Records::default());
//! let mut call = |domain, name, arguments| {
//!     let arguments = Value::from_json(arguments, &Limits::default())?;
//!     cloud.call(domain, name, &arguments, &mut Diagnostics::new())
//! };
//! let score = r#"{"KVDataList": [{"key": "score", "value": "9007199254740993"}]}"#;
//! let stored = call(Domain::Main, "setUserCloudStorage", score)?;
//! assert_eq!(stored.complete().to_json(), r#"{"errMsg":"setUserCloudStorage:ok"}"#);
//!
//! let friends = call(Domain::OpenData, "getFriendCloudStorage", r#"{"keyList": ["score"]}"#)?;
//! assert!(friends.complete().to_json().contains(r#"{"key":"score","value":"9007199254740993"}"#));
//! assert!(call(Domain::Main, "getFriendCloudStorage", r#"{"keyList": ["score"]}"#).is_err());
//! # Ok::<(), friendboard::Error>(())
//! ```

mod answers;
mod call;
mod pairs;
mod records;
mod storage;

pub use answers::Cloud;
pub use records::{GroupRecord, Records};
pub use storage::{CloudStorage, GroupKey, PlayerRecord};
