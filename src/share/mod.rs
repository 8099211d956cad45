//! The four platforms' share calls: a typed request with the platform's own field names, what the platform would find
//! wrong with it, what its callbacks get, and the card as it will stand in the chat.
//!
//! ```text
//! options as JSON ──read──▶ typed call ──check──▶ findings ──answer──▶ {"success": …} | {"fail": …}
//!                               └───────────────card──▶ CardModel ──template──▶ picture
//! ```
//!
//! The room does no I/O: what the client is, what the person does, which files there are and how the platform is
//! disposed are [`Circumstances`]. Errors of the platforms' tables keep their number and their exact text; where the
//! documents give no text, [`Finding::documented`](crate::platform::Finding::documented) is false.
//!
//! ```
//! use friendboard::platform::Platform;
//! use friendboard::share::{Circumstances, NoFiles, run};
//! use friendboard::{Diagnostics, json};
//!
//! let request = r#"{"openid": "o1", "imageUrl": "https://example.com/a.png", "titel": "Beat me"}"#;
//! let mut diagnostics = Diagnostics::new();
//! let outcome = run(Platform::TikTok, "shareToUser", request, &Circumstances::new(&NoFiles), &mut diagnostics).unwrap();
//! assert_eq!(json::write(&outcome.answer), r#"{"success":{"errMsg":"shareToUser:ok"}}"#);
//! assert!(diagnostics.as_slice()[0].to_string().contains("did you mean 'title'?"));
//! ```

pub mod douyin;
#[cfg(feature = "raster")]
pub mod draw;
pub mod image;
pub mod info;
pub mod tiktok;
pub mod wechat;
pub mod weight;
pub mod wps;

mod card;
mod circumstances;
mod common;
mod encoding;
mod length;
mod looks;
mod outcome;
mod run;
#[cfg(feature = "raster")]
mod sent;

pub use card::{CardApp, CardKind, CardModel, Image, ImageKind, Seats, Status};
pub use circumstances::{
    App, Circumstances, CircumstancesData, DouyinFault, DouyinState, EncryptedShareInfo, FileFacts, FileState, Files, Invited,
    ListedFiles, Menu, Network, NoFiles, Person, PlatformState, SentTo, Template, Updatable, WeChatState,
};
pub use looks::{CardTheme, Look, card_colors, image_string_keys, image_strings, image_theme};
pub use outcome::{Outcome, REQUEST, ShareCall};
pub use run::{run, run_value, share_call, share_calls};
#[cfg(feature = "raster")]
pub use sent::{Sent, picture_to_send};
