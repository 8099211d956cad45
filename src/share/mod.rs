//! The four platforms' share calls: a typed request with the platform's own field names, what the platform would find
//! wrong with it, what its callbacks get, and the card as it will stand in the chat.
//!
//! ```text
//! request JSON ──request──▶ typed call ──check──▶ findings ──answer──▶ {"success": …} | {"fail": …}
//!                               └───────────────card──▶ CardModel ──template──▶ picture
//! ```
//!
//! The room does no I/O: what the client is, what the person does, which files there are and how the platform is
//! disposed are [`Circumstances`]. Errors of the platforms' tables keep their number and their exact text; where the
//! documents give no text, [`Finding::documented`] is false.
//!
//! ```
//! use friendboard::share::{Answer, Circumstances, NoFiles, Platform, run};
//! use friendboard::Diagnostics;
//!
//! let request = r#"{"openid": "o1", "imageUrl": "https://example.com/a.png", "titel": "Beat me"}"#;
//! let mut diagnostics = Diagnostics::new();
//! let outcome = run(Platform::TikTok, "shareToUser", request, &Circumstances::new(&NoFiles), &mut diagnostics).unwrap();
//! assert_eq!(outcome.answer, Answer::success([("errMsg", "shareToUser:ok".into())]));
//! assert!(diagnostics.as_slice()[0].to_string().contains("did you mean 'title'?"));
//! ```

pub mod douyin;
pub mod draw;
pub mod image;
pub mod info;
pub mod tiktok;
pub mod wechat;
pub mod weight;
pub mod wps;

mod answer;
mod call;
mod card;
mod circumstances;
mod length;
mod looks;
mod platform;
mod request;
mod version;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

pub use answer::{Answer, Finding, first_error};
pub use call::Request;
pub use card::{CardApp, CardKind, CardModel, Image, ImageKind, Seats, Status};
pub use circumstances::{
    App, Circumstances, CircumstancesData, DouyinFault, DouyinState, EncryptedShareInfo, FileFacts, FileState, Files, Invited,
    ListedFiles, Menu, Network, NoFiles, Person, PlatformState, SentTo, Template, Updatable, WeChatState,
};
pub use looks::{CardTheme, Look, card_colors, image_strings};
pub use platform::{Call, Platform};
pub use version::Version;

use call::Read;
use request::{Notes, Reader};

use crate::error::{Diagnostics, Result};

/// Base64 as encoders write it, with or without `=` at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What comes of a share call.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the callbacks get.
    pub answer: Answer,
    /// The card; `None` for a call that sends no message. It is there for a refused call too, to be looked at.
    pub card: Option<CardModel>,
    /// Everything that was found, in the platform's order.
    pub findings: Vec<Finding>,
}

/// Runs a share call: reads the request, checks it, answers it.
///
/// # Errors
/// `ErrorKind::Usage` where the platform has no such call, `ErrorKind::Data` where the request is no JSON object,
/// `ErrorKind::Limit` where it is over a ceiling. What the *platform* refuses is no error but an [`Answer::Fail`].
pub fn run(
    platform: Platform,
    call: &str,
    request_json: &str,
    circumstances: &Circumstances<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome> {
    let call = platform.call(call)?;
    let object = request::parse(request_json, &circumstances.limits)?;
    Ok(match (platform, call) {
        (Platform::TikTok, Call::ShareToUser) => outcome::<tiktok::ShareToUser>(&object, circumstances, diagnostics),
        (Platform::TikTok, Call::ShareToStory) => outcome::<tiktok::ShareToStory>(&object, circumstances, diagnostics),
        (Platform::TikTok, Call::AuthorizeOpenContext) => {
            outcome::<tiktok::AuthorizeOpenContext>(&object, circumstances, diagnostics)
        }
        (Platform::TikTok, _) => outcome::<tiktok::ShareAppMessage>(&object, circumstances, diagnostics),
        (Platform::Douyin, _) => outcome::<douyin::ShareAppMessage>(&object, circumstances, diagnostics),
        (Platform::Wps, _) => outcome::<wps::ShareMessage>(&object, circumstances, diagnostics),
        (Platform::WeChat, Call::ShowShareMenu) => outcome::<wechat::ShowShareMenu>(&object, circumstances, diagnostics),
        (Platform::WeChat, Call::HideShareMenu) => outcome::<wechat::HideShareMenu>(&object, circumstances, diagnostics),
        (Platform::WeChat, Call::UpdateShareMenu) => outcome::<wechat::UpdateShareMenu>(&object, circumstances, diagnostics),
        (Platform::WeChat, Call::GetShareInfo) => outcome::<wechat::GetShareInfo>(&object, circumstances, diagnostics),
        (Platform::WeChat, _) => outcome::<wechat::OnShareAppMessage>(&object, circumstances, diagnostics),
    })
}

fn outcome<R: Read>(object: &Map<String, Value>, circumstances: &Circumstances<'_>, diagnostics: &mut Diagnostics) -> Outcome {
    let mut notes = Notes::default();
    let mut reader = Reader::new(object, &circumstances.limits, &mut notes);
    let request = R::read(&mut reader);
    reader.finish();
    // A value of the wrong type is refused before anything else is looked at.
    let mut findings: Vec<Finding> = notes.invalid.iter().map(R::invalid).collect();
    let said = |finding: &Finding| notes.invalid.iter().any(|invalid| Some(&invalid.path) == finding.path.as_ref());
    findings.extend(request.check(circumstances).into_iter().filter(|finding| !said(finding)));
    diagnostics.extend(notes.diagnostics);
    for finding in &findings {
        diagnostics.push(finding.to_diagnostic());
    }
    Outcome { answer: request.answer(&findings, circumstances), card: request.card(circumstances), findings }
}
